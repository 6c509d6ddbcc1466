"""A receipt as it is read: what it claims, as far as no section was changed since it was written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dsl.faults import Fault
from dsl.record import entries
from dsl.words import LANGS, Lang, language
from engine.facts import Person
from engine.facts.decimals import JsonNumber
from engine.facts.values import shown

from ..person import missing, mistyped, read_person, surplus, text_field
from .receipt import FIELDS, FORMAT, SECTIONS, ReceiptPlan, digests

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


def read(value: object, pointer: str = "") -> Claim | tuple[Fault, ...]:
    """A receipt of which no section was changed since its digests were written, or what is wrong with it."""
    value = counted(value)
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


def counted(value: object) -> object:
    """A value whose whole numbers are such again, as they were when their digest was made."""
    match value:
        case dict():
            return {name: counted(inner) for name, inner in value.items()}
        case list():
            return [counted(inner) for inner in value]
        case JsonNumber() if WHOLE.fullmatch(value):
            return int(value)
        case _:
            return value


def _read(value: Table, pointer: str, faults: list[Fault]) -> Claim | None:
    """The parts of a receipt; None where one is missing or of the wrong form, and a fault says which."""
    faults += surplus(value, FIELDS, pointer)
    faults += missing(value, FIELDS, pointer)
    engine, lang = (text_field(value, name, pointer, faults) for name in ("engine", "lang"))
    if lang is not None and lang not in LANGS:
        faults.append(Fault("P619", pointer=f"{pointer}/lang", facts={"value": shown(lang), "known": LANGS}))
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
    faults += missing(section, fields, where)
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
