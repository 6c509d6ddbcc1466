"""A receipt computed again: the same to the last digit, or exactly what differs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal

from dsl.faults import Fact, Fault, has_errors
from dsl.faults import answer as told
from dsl.node import node
from dsl.record import canonical, entries
from dsl.source import Source
from dsl.words import LANGS, Lang, language
from engine.compiled import Compiled, read_plan
from engine.evaluate import Result, pay
from engine.facts import Person
from engine.money import Amount
from engine.statement.answer import Currency
from engine.values import shown
from engine.written import Numeral

from .. import files
from ..documents import found
from ..exact import read_json, size
from ..person import mistyped, read_person, surplus, text_field
from ..plans import Heading, heading
from .differing import differences
from .receipt import ENGINE, FIELDS, FORMAT, MOST, SECTIONS, ReceiptPlan, digests

LISTED = 20  # differences that are told
WHOLE = re.compile("0|[1-9][0-9]{0,17}")  # the only numbers that a receipt writes as such: those of lines

Table = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a receipt claims: by which plan, and everybody with the answer that they were given."""

    engine: str
    lang: Lang
    plan: ReceiptPlan
    people: tuple[Person, ...]
    answers: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a receipt: everybody's result computed again, or the faults for which it is refused.

    The faults of one that holds are warnings. `source` is the plan in it, in which they may have places.
    """

    receipt: Claim | None
    results: tuple[Result, ...]
    faults: tuple[Fault, ...]
    source: Source | None = None

    @property
    def same(self) -> bool:
        """Whether the answer is the same."""
        return self.receipt is not None and not has_errors(self.faults)


# ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────


def opened(path: Path) -> Verdict:
    """The verdict on a file."""
    file = files.opened(path)
    if isinstance(file, Fault):
        return Verdict(None, (), (file,))
    with file:
        data = file.read(MOST + 1)
    if len(data) > MOST:
        return Verdict(None, (), (Fault("P657", facts={"path": str(path), "most": size(MOST)}),))
    return judged(data, path.name)


def judged(data: bytes, name: str) -> Verdict:
    """The verdict on the bytes of a file: they have to be those that were written."""
    value = read_json(data, MOST)
    if isinstance(value, tuple):
        placed = any(fault.place for fault in value)
        text = Source(name, data.decode("utf-8-sig", "replace")) if placed else None
        return Verdict(None, (), (Fault("P740"), *value), text)
    verdict = checked(value)
    if verdict.same and canonical(_counted(value)) + b"\n" != data:
        return Verdict(verdict.receipt, (), (Fault("P742"),), verdict.source)
    return verdict


def checked(value: object, pointer: str = "") -> Verdict:
    """The verdict on a receipt as a JSON value that stands at a pointer."""
    receipt = read(value, pointer)
    return Verdict(None, (), receipt) if isinstance(receipt, tuple) else recomputed(receipt, pointer)


def read(value: object, pointer: str = "") -> Claim | tuple[Fault, ...]:
    """A receipt of which no section was changed since its digests were written, or what is wrong with it."""
    value = _counted(value)
    if not isinstance(value, dict):
        return Fault("P740", pointer=pointer), mistyped(value, "", "object", pointer)
    if isinstance(value.get("format"), str) and value["format"] != FORMAT:
        facts = {"format": shown(value["format"]), "known": FORMAT}
        return (Fault("P741", pointer=f"{pointer}/format", facts=facts),)
    faults: list[Fault] = []
    receipt = _read(value, pointer, faults)
    if receipt is None:
        return Fault("P740", pointer=pointer), *faults
    was, now = value["digests"], entries(digests(*(value[name] for name in FIELDS[:-1])))
    return (
        tuple(
            Fault("P743", pointer=f"{pointer}/digests/{name}", facts={"section": (f"phrase:receipt_{name}",)})
            for name in SECTIONS
            if was[name] != now[name]
        )
        or receipt
    )


def _counted(value: object) -> object:
    """A value whose whole numbers are such again, as they were when their digest was made."""
    match value:
        case dict():
            return {name: _counted(inner) for name, inner in value.items()}
        case list():
            return [_counted(inner) for inner in value]
        case Numeral() if WHOLE.fullmatch(value):
            return int(value)
        case _:
            return value


def _read(value: Table, pointer: str, faults: list[Fault]) -> Claim | None:
    """The parts of a receipt; None where one is missing or of the wrong form, and a fault says which."""
    faults += surplus(value, FIELDS, pointer)
    faults += [Fault("P611", pointer=pointer, facts={"name": name}) for name in FIELDS if name not in value]
    engine, lang = (text_field(value, name, pointer, faults) for name in ("engine", "lang"))
    if lang is not None and lang not in LANGS:
        facts: dict[str, Fact] = {"value": shown(lang), "known": LANGS}
        faults.append(Fault("P619", pointer=f"{pointer}/lang", facts=facts))
    plan = _texts(value, "plan", ("id", "revision", "file", "text"), pointer, faults)
    _texts(value, "digests", SECTIONS, pointer, faults)
    people = list(_people(value, pointer, faults))
    answers = value.get("answers")
    if not isinstance(answers, list):
        faults.append(mistyped(answers, "answers", "list", f"{pointer}/answers"))
    elif len(answers) != len(people):
        faults.append(Fault("P744", pointer=f"{pointer}/answers"))
    if faults or engine is None or lang is None or not isinstance(answers, list):
        return None
    return Claim(engine, language(lang), ReceiptPlan(**plan), tuple(people), tuple(answers))


def _texts(
    value: Table, name: str, fields: tuple[str, ...], pointer: str, faults: list[Fault]
) -> dict[str, str]:
    """A section that is nothing but texts."""
    section, where = value.get(name), f"{pointer}/{name}"
    if not isinstance(section, dict):
        faults.append(mistyped(section, name, "object", where))
        return {}
    faults += surplus(section, fields, where)
    faults += [
        Fault("P611", pointer=where, facts={"name": field}) for field in fields if field not in section
    ]
    texts = {field: text_field(section, field, where, faults) for field in fields}
    return {field: text for field, text in texts.items() if text is not None}


def _people(value: Table, pointer: str, faults: list[Fault]) -> Iterator[Person]:
    people = value.get("people")
    if not isinstance(people, list):
        faults.append(mistyped(people, "people", "list", f"{pointer}/people"))
        return
    for index, entry in enumerate(people):
        person = read_person(entry, f"{pointer}/people/{index}")
        if isinstance(person, tuple):
            faults += person
        else:
            yield person


# ── Computing again ──────────────────────────────────────────────────────────────────────────────────────


def recomputed(receipt: Claim, pointer: str = "") -> Verdict:
    """The verdict on a receipt whose sections are as they were written."""
    source = Source(receipt.plan.file, receipt.plan.text)
    compiled = read_plan(source)
    if not isinstance(compiled, Compiled):
        return Verdict(receipt, (), (Fault("P745", pointer=f"{pointer}/plan"), *compiled), source)
    faults: list[Fault] = []
    if receipt.engine != ENGINE:
        facts = {"was": shown(receipt.engine), "now": ENGINE}
        faults.append(Fault("P746", "warning", pointer=f"{pointer}/engine", facts=facts))
    results: list[Result] = []
    for index, (person, answer) in enumerate(zip(receipt.people, receipt.answers, strict=True)):
        where = f"{pointer}/answers/{index}"
        result = pay(compiled, person)
        if isinstance(result, tuple):
            facts = {"employee": person.employee, "period": person.period}
            faults += [Fault("P747", pointer=where, facts=facts), *result]
            continue
        results.append(result)
        faults += islice(differences(receipt, result, answer, where), LISTED)
    return Verdict(receipt, tuple(results), tuple(faults), source)


# ── The verdict as it is answered ────────────────────────────────────────────────────────────────────────


@node
class Verified:
    """Somebody in a receipt, and what they are paid."""

    employee: str
    period: str
    currency: Currency
    total: Amount


@node
class Same:
    """The answer in a receipt, computed again, is the same to the last digit."""

    same: Literal[True]
    engine: str
    """The version that computed it again."""
    written_by: str
    """The version that wrote it: of another one amounts alone are compared."""
    plan: Heading | None
    people: tuple[Verified, ...]
    faults: tuple[told.Fault, ...]
    """Warnings."""


@node
class Refused:
    """A receipt that cannot be read, or whose answer is another when it is computed again."""

    same: Literal[False]
    engine: str
    written_by: str | None
    plan: None
    people: tuple[()]
    faults: tuple[told.Fault, ...]


def document(verdict: Verdict, lang: Lang) -> Same | Refused:
    """A verdict: whether the answer is the same, by what it was computed, and who is paid what."""
    claim, faults = verdict.receipt, found(verdict.faults, verdict.source, lang)
    if claim is None or not verdict.same:
        return Refused(False, ENGINE, claim.engine if claim else None, None, (), faults)
    plan = None
    for result in verdict.results:
        plan = heading(result.compiled.checked.header, result.compiled.kernel.digest)
    return Same(True, ENGINE, claim.engine, plan, tuple(map(_verified, verdict.results)), faults)


def _verified(result: Result) -> Verified:
    facts, kernel = result.facts, result.kernel
    return Verified(facts.employee, facts.period.text, kernel.currency, Amount(result.total, kernel.digits))
