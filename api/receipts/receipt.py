"""What a receipt holds, and the one way in which its bytes are written.

A receipt proves nothing about who wrote it: whoever changes the facts can write another one. It proves that
this plan pays this for these facts, since nothing in it has to be believed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import field, replace
from typing import Annotated, Any, Literal, cast

from dsl.check import check, flat
from dsl.node import node
from dsl.period import FORM
from dsl.record import ABSENT, Form, canonical
from dsl.words import Lang
from engine import VERSION
from engine.compile import Compiled, compile_plan
from engine.evaluate import Company, Result, pay_all
from engine.facts import Person
from engine.statement import document as statement

from ..origins import NAME as SOURCE
from ..person import EMPLOYEE, IDENTIFIER, NAMES, placeless

FORMAT: Literal["premia receipt 1"] = "premia receipt 1"
ENGINE = f"premia {VERSION}"
MOST = 256 * 1024 * 1024  # bytes of a receipt

Section = Literal["plan", "facts", "answers", "engine"]
SECTIONS: tuple[Section, ...] = ("plan", "facts", "answers", "engine")
FIELDS = ("format", "engine", "lang", "plan", "people", "answers", "digests")

Values = dict[str, str | bool]
Records = dict[str, tuple[dict[str, str | bool | None], ...]]


@node
class ReceiptPlan:
    """The plan that paid, whole."""

    id: str
    """Empty for a plan that came with the request."""
    revision: str
    """The commit that its text is of; empty of plain files."""
    file: str
    text: str


@node
class GivenOrigin:
    """Where a fact or a table came from, and as of when."""

    source: Annotated[str, Form(maxLength=SOURCE)] | None = field(default=None, metadata=ABSENT)
    as_of: str | None = field(default=None, metadata=ABSENT)


@node
class GivenPerson:
    """Somebody's facts as they were given, each number as its text."""

    employee: Annotated[str, Form(maxLength=EMPLOYEE, pattern=f"^{IDENTIFIER.pattern}$")]
    period: Annotated[str, Form(pattern=f"^{FORM.pattern}$")]
    facts: Annotated[Values, Form(maxProperties=NAMES)]
    targets: Annotated[Values, Form(maxProperties=NAMES)] | None = field(default=None, metadata=ABSENT)
    tables: Records | None = field(default=None, metadata=ABSENT)
    """Their records, and those of anybody that these belong to."""
    origins: dict[str, GivenOrigin] | None = field(default=None, metadata=ABSENT)
    """Where the facts and tables came from that were not typed in, by their names."""


@node
class Digests:
    """SHA-256 of the canonical JSON of each part: keys in order, no blank space, UTF-8."""

    plan: str
    """Of `plan`."""
    facts: str
    """Of `people`."""
    answers: str
    """Of `[lang, answers]`."""
    engine: str
    """Of `[format, engine]`."""


@node
class Receipt:
    """A plan, facts and the answer, from which anybody can compute the answer again. Keep its bytes."""

    format: Literal["premia receipt 1"]
    engine: str
    lang: Lang
    plan: ReceiptPlan
    people: tuple[GivenPerson, ...]
    answers: tuple[Any, ...]
    """What `POST /evaluate` answers, for each of the people."""
    digests: Digests


def held(compiled: Compiled, person: Person) -> Person:
    """Somebody as they stand in a receipt: with their own records alone, and at no place of a document."""
    sent = person.tables
    own = None if sent is None else sent.only(compiled, person.employee)
    return placeless(replace(person, tables=own))


def issued(
    compiled: Compiled,
    plan: str | None,
    lang: Lang,
    people: Sequence[Person],
    revision: str | None = None,
) -> Receipt:
    """The receipt for people whom a plan pays together, each with their answer."""
    # A receipt has no files beside it: its plan holds what was included, and answers name the lines of that.
    whole = compile_plan(check(flat(compiled.checked.parsed))) if compiled.source.included else compiled
    payer = whole if isinstance(whole, Compiled) else compiled
    text = ReceiptPlan(plan or "", revision or "", payer.source.name, payer.source.typed)
    paid = zip(people, pay_all(lambda _: payer, Company(people)), strict=True)
    results = [(person, result) for person, result in paid if isinstance(result, Result)]
    answers = tuple(statement(result, lang, plan, revision) for _, result in results)
    given = tuple(_given(person) for person, _ in results)
    sealed = digests(FORMAT, ENGINE, lang, text, given, answers)
    return Receipt(FORMAT, ENGINE, lang, text, given, answers, sealed)


def _given(person: Person) -> GivenPerson:
    # Whoever was paid has texts, yes and no, and nothing else.
    facts, targets = (cast(Values, {**values}) for values in (person.facts, person.targets))
    raw = {} if person.tables is None else person.tables.raw
    tables = cast(Records, {name: (*rows,) for name, rows in raw.items()})
    return GivenPerson(
        person.employee, person.period, facts, targets or None, tables or None, _origins(person) or None
    )


def _origins(person: Person) -> dict[str, GivenOrigin]:
    """Where what somebody brings came from, of each fact and table by itself."""
    sent = person.tables
    said = [(name, person.origins) for name in person.facts]
    said += [(name, sent.origins) for name in sent.raw] if sent is not None else []
    found = {name: origins.of(name) for name, origins in said if origins is not None}
    return {
        name: GivenOrigin(origin.source, origin.as_of)
        for name, origin in sorted(found.items())
        if origin.said
    }


def digests(
    form: object, engine: object, lang: object, plan: object, people: object, answers: object
) -> Digests:
    """SHA-256, in hexadecimal, of the canonical bytes of each section."""
    sections = plan, people, [lang, answers], [form, engine]
    return Digests(*(hashlib.sha256(canonical(section)).hexdigest() for section in sections))


def written(receipt: Receipt) -> bytes:
    """A receipt as a file: its canonical bytes, and the end of the line."""
    return canonical(receipt) + b"\n"
