"""A receipt computed again: the same to the last digit, or exactly what differs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from dsl.faults import Fact, Fault, has_errors
from dsl.source import Source
from dsl.words import LANGS, Lang, language
from engine.compiled import Compiled, read_plan
from engine.evaluate import Result, pay
from engine.facts import Person
from engine.statement import document as statement
from engine.values import shown
from engine.written import Numeral

from .. import files
from ..documents import Document, found, heading
from ..exact import read_json, size
from ..person import mistyped, read_person, surplus, text_field
from .differing import differences
from .receipt import ENGINE, FIELDS, FORMAT, MOST, SECTIONS, Receipt, canonical, digests

LISTED = 20  # differences that are told
WHOLE = re.compile("0|[1-9][0-9]{0,17}")  # the only numbers that a receipt writes as such: those of lines

Table = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a receipt: everybody's result computed again, or the faults for which it is refused.

    The faults of one that holds are warnings. `source` is the plan in it, in which they may have places.
    """

    receipt: Receipt | None
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


def read(value: object, pointer: str = "") -> Receipt | tuple[Fault, ...]:
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
    was, now = value["digests"], digests(value)
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


def _read(value: Table, pointer: str, faults: list[Fault]) -> Receipt | None:
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
    return Receipt(engine, language(lang), plan, tuple(people), tuple(answers))


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


def recomputed(receipt: Receipt, pointer: str = "") -> Verdict:
    """The verdict on a receipt whose sections are as they were written."""
    source = Source(receipt.plan["file"], receipt.plan["text"])
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


def document(verdict: Verdict, lang: Lang) -> Document:
    """A verdict as data: whether the answer is the same, by what it was computed, and who is paid what."""
    receipt = verdict.receipt
    people: list[Document] = []
    plan: Document | None = None
    for result in verdict.results if verdict.same else ():
        answer = statement(result, lang, None)
        people.append({name: answer[name] for name in ("employee", "period", "currency", "total")})
        plan = heading(result.compiled.checked.header, result.compiled.kernel.digest)
    return {
        "same": verdict.same,
        "engine": ENGINE,
        "written_by": receipt.engine if receipt else None,
        "plan": plan,
        "people": people,
        "faults": found(verdict.faults, verdict.source, lang),
    }
