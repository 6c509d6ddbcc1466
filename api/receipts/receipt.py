"""What a receipt holds, and the one way in which its bytes are written.

A receipt proves nothing about who wrote it: whoever changes the facts can write another one. It proves that
this plan pays this for these facts, since nothing in it has to be believed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dsl.check import check, flat
from dsl.words import Lang
from engine import VERSION
from engine.compiled import Compiled, compile_plan
from engine.facts import Person

from ..documents import Document, evaluated

FORMAT = "premia receipt 1"
ENGINE = f"premia {VERSION}"
MOST = 256 * 1024 * 1024  # bytes of a receipt

Section = Literal["plan", "facts", "answers", "engine"]
SECTIONS: tuple[Section, ...] = ("plan", "facts", "answers", "engine")
FIELDS = ("format", "engine", "lang", "plan", "people", "answers", "digests")


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt as it was read: the plan's text and what it is called, and everybody with their answer."""

    engine: str
    lang: Lang
    plan: Mapping[str, str]
    people: tuple[Person, ...]
    answers: tuple[object, ...]


def issued(
    compiled: Compiled,
    plan: str | None,
    lang: Lang,
    paid: Sequence[tuple[Person, Document]],
    revision: str | None = None,
) -> Document:
    """The receipt for people who were paid by a plan, each with the answer that they were given."""
    if compiled.source.included:
        # A receipt has no files beside it.
        compiled, paid = _in_one_file(compiled, plan, lang, paid, revision)
    document: Document = {
        "format": FORMAT,
        "engine": ENGINE,
        "lang": lang,
        "plan": {
            "id": plan or "",
            "revision": revision or "",
            "file": compiled.source.name,
            "text": compiled.source.typed,
        },
        "people": [_given(person) for person, _ in paid],
        "answers": [answer for _, answer in paid],
    }
    return {**document, "digests": digests(document)}


def _in_one_file(
    compiled: Compiled,
    plan: str | None,
    lang: Lang,
    paid: Sequence[tuple[Person, Document]],
    revision: str | None,
) -> tuple[Compiled, Sequence[tuple[Person, Document]]]:
    """The plan with what it includes in its place, and answers that name its lines."""
    whole = compile_plan(check(flat(compiled.checked.parsed)))
    if not isinstance(whole, Compiled):
        return compiled, paid
    again = [(person, evaluated(whole, person, lang, plan, revision)) for person, _ in paid]
    return whole, [(person, answer) for person, answer in again if not isinstance(answer, tuple)]


def _given(person: Person) -> Document:
    """Somebody's facts as they were given, each number as its text."""
    given: Document = {"employee": person.employee, "period": person.period, "facts": dict(person.facts)}
    return {**given, "targets": dict(person.targets)} if person.targets else given


def digests(document: Mapping[str, object]) -> dict[Section, str]:
    """SHA-256, in hexadecimal, of the canonical bytes of each section."""
    parts: dict[Section, object] = {
        "plan": document["plan"],
        "facts": document["people"],
        "answers": [document["lang"], document["answers"]],
        "engine": [document["format"], document["engine"]],
    }
    return {name: hashlib.sha256(canonical(part)).hexdigest() for name, part in parts.items()}


def canonical(value: object) -> bytes:
    """The one spelling of a value: keys in order, no blank space, letters of any alphabet as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def written(document: Document) -> bytes:
    """A receipt as a file: its canonical bytes, and the end of the line."""
    return canonical(document) + b"\n"
