"""A person's facts, taken exactly as written and held against what the plan needs."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from dsl.faults import Fault, nearest

from .compiled import Compiled, Shape
from .kernel import Input
from .period import Period, period
from .scales import DIGITS, scale

NUMBER = re.compile(r"(-?)([0-9]+|[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]{1,4}))?(%?)")
SPACES = str.maketrans("", "", " \u00a0\u2009\u202f")
ANSWERS = {"yes": 1, "no": 0, "да": 1, "нет": 0, "true": 1, "false": 0}

Words = dict[str, str | tuple[str, ...]]

@dataclass(frozen=True, slots=True)
class Person:
    """What somebody sends about one person for one period, not yet held against a plan.

    Values are texts as written (`"3300000"`, `"2.1%"`), or yes or no; anything else is a fault. `pointer` is
    where the person stands in the document that they came in.
    """

    employee: str
    period: str
    facts: Mapping[str, object]
    targets: Mapping[str, object] = field(default_factory=dict)
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class Presumed:
    """Something that nobody gave and the plan said: the default of a fact, or the plan's own target."""

    what: Literal["default", "target"]
    name: str


@dataclass(frozen=True, slots=True)
class Facts:
    """The inputs of an evaluation, in the kernel's order, as integers of so many decimal places each.

    None stands for a target of their own that the person lacks. `shape` is the plan for people of their sort and numbers
    of their length.
    """

    shape: Shape
    employee: str
    period: Period
    inputs: tuple[int | None, ...]
    presumed: tuple[Presumed, ...] = ()
    warnings: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Decimal:
    """`digits` / 10 ** `places`, and whether it was written with a percent sign."""

    digits: int
    places: int
    percent: bool = False


def read_facts(compiled: Compiled, person: Person) -> Facts | tuple[Fault, ...]:
    """The facts of a person for a plan, or everything that is wrong with them."""
    presumed: list[Presumed] = []
    chosen, faults = _attributes(compiled, person, presumed)
    when = period(person.period)
    faults.extend(_timing(compiled, person, when))
    if chosen is None:
        return tuple(faults)
    variant = compiled.variant(chosen)
    numbers: list[Decimal | None] = []
    for entry in variant.kernel.inputs:
        if entry.role == "period":
            numbers.append(_of_period(entry, when))
            continue
        table, where = (person.facts, "facts") if entry.role == "actual" else (person.targets, "targets")
        pointer = f"{person.pointer}/{where}/{escaped(entry.name)}"
        if entry.name in table:
            found = _value(compiled, entry, table[entry.name], pointer)
            faults.extend(found.faults)
            numbers.append(found.number)
        elif entry.default is not None:
            presumed.append(Presumed("default", entry.name))
            numbers.append(_finite(entry.default))
        elif entry.optional:
            presumed.append(Presumed("target", entry.name))
            numbers.append(None)
        else:
            faults.append(_missing(compiled, entry, person, f"{person.pointer}/{where}"))
            numbers.append(None)
    faults.extend(_surplus(compiled, person))
    if when is None or any(fault.severity == "error" for fault in faults):
        return tuple(faults)
    inputs = variant.kernel.inputs
    scales = tuple(
        scale(variant.kernel, entry, 0 if number is None else number.places)
        for entry, number in zip(inputs, numbers, strict=True)
    )
    integers = tuple(
        None if number is None else number.digits * 10 ** (most - number.places)
        for number, most in zip(numbers, scales, strict=True)
    )
    return Facts(variant.shape(scales), person.employee, when, integers, tuple(presumed), tuple(faults))


def _attributes(
    compiled: Compiled, person: Person, presumed: list[Presumed]
) -> tuple[tuple[int, ...] | None, list[Fault]]:
    """The values of a person's attributes, each by its number among the choices; None where one is not known."""
    chosen: list[int] = []
    faults: list[Fault] = []
    for index in compiled.attributes:
        entry = compiled.kernel.inputs[index]
        if entry.name not in person.facts:
            if entry.default is None:
                faults.append(_missing(compiled, entry, person, f"{person.pointer}/facts"))
            else:
                chosen.append(int(entry.default))
                presumed.append(Presumed("default", entry.name))
            continue
        raw = person.facts[entry.name]
        if isinstance(raw, str) and raw in entry.choices:
            chosen.append(entry.choices.index(raw))
            continue
        known = tuple(f"`{choice}`" for choice in entry.choices)
        facts: Words = {"name": entry.name, "value": shown(raw), "known": known}
        fix = nearest(raw, entry.choices) if isinstance(raw, str) else None
        faults.append(Fault("P522", pointer=f"{person.pointer}/facts/{escaped(entry.name)}", facts=facts, fix=fix))
    return (None if faults else tuple(chosen)), faults


def _of_period(entry: Input, when: Period | None) -> Decimal | None:
    """What the plan reads of the period: its first day, or how many days it has."""
    if when is None:
        return None
    days = (when.last - when.first).days + 1
    return Decimal(when.first.toordinal() if entry.name == "first" else days, 0)


def escaped(name: str) -> str:
    """A name as a step of a JSON pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")


def _finite(value: Fraction) -> Decimal:
    places = 0
    while value.denominator != 1:
        value *= 10
        places += 1
    return Decimal(value.numerator, places)


# ── One value ────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Found:
    number: Decimal | None
    faults: tuple[Fault, ...] = ()


def _value(compiled: Compiled, entry: Input, raw: object, pointer: str) -> _Found:
    label = compiled.checked.scope.label(entry.name)
    facts: Words = {"name": entry.name, "label": label, "value": shown(raw), "kind": (f"phrase:{entry.kind}",)}

    def wrong(code: str, **more: str) -> _Found:
        return _Found(None, (Fault(code, pointer=pointer, facts={**facts, **more}),))

    if entry.kind == "yes_no":
        answer = int(raw) if isinstance(raw, bool) else ANSWERS.get(raw.casefold()) if isinstance(raw, str) else None
        return wrong("P504") if answer is None else _Found(Decimal(answer, 0))
    if not isinstance(raw, str):
        return wrong("P503")
    if entry.kind == "date":
        try:
            return _Found(Decimal(datetime.date.fromisoformat(raw).toordinal(), 0))
        except ValueError:
            return wrong("P505")
    number = decimal(raw)
    if number is None:
        return wrong("P503")
    if number == "long":
        return wrong("P506", most=str(DIGITS))
    if number.percent and entry.kind != "percent":
        return wrong("P507")
    if number.digits < 0 and not entry.signed:
        return wrong("P508")
    if entry.role == "target" and number.digits <= 0:
        return wrong("P509")
    if entry.kind == "count" and number.places:
        return wrong("P510")
    if entry.kind == "money" and number.places > compiled.kernel.digits:
        return wrong("P511", digits=str(compiled.kernel.digits), currency=compiled.kernel.currency)
    if entry.kind == "percent" and not number.percent and number.digits > 10**number.places:
        read = f"{number.digits * 100 // 10**number.places}%"
        return _Found(number, (Fault("P512", "warning", pointer=pointer, facts={**facts, "read": read}),))
    return _Found(number)


def decimal(text: str) -> Decimal | Literal["long"] | None:
    """A number as people and machines write it, with no digit lost; None where it is none, `long` where it is too long."""
    found = NUMBER.fullmatch(text)
    if found is None:
        return None
    sign, whole, part, exponent, percent = found.groups()
    whole = whole.translate(SPACES)
    part = (part or "").rstrip("0")
    shift = int(exponent or 0) - (2 if percent else 0)
    if len(whole.lstrip("0")) + len(part) > 2 * DIGITS or abs(shift) > DIGITS + 2:
        return "long"
    digits, places = int(whole + part), len(part) - shift
    while places > 0 and digits % 10 == 0:
        digits, places = digits // 10, places - 1
    if places < 0:
        digits, places = digits * 10**-places, 0
    if places > DIGITS or digits >= 10 ** (DIGITS + places):
        return "long"
    return Decimal(-digits if sign else digits, places, bool(percent))


def shown(raw: object) -> str:
    """A value as it can be quoted in a sentence: short, and never the whole of something huge."""
    match raw:
        case None:
            text = "null"
        case bool():
            text = "true" if raw else "false"
        case str():
            text = raw
        case Mapping():
            text = "{…}"
        case _:
            text = "[…]"
    return text if len(text) <= 40 else f"{text[:37]}…"


# ── The person as a whole ────────────────────────────────────────────────────────────────────────────────


def _missing(compiled: Compiled, entry: Input, person: Person, pointer: str) -> Fault:
    table = person.facts if entry.role == "actual" else person.targets
    known = {other.name for other in compiled.kernel.inputs if other.role == entry.role}
    near = nearest(entry.name, (name for name in table if name not in known))
    code = "P501" if entry.role == "actual" else "P502"
    label = compiled.checked.scope.label(entry.name)
    facts: Words = {"name": entry.name, "label": label, "kind": (f"phrase:{entry.kind}",)}
    if near is not None:
        return Fault("P513", pointer=f"{pointer}/{escaped(near)}", facts={**facts, "given": near}, fix=entry.name)
    return Fault(code, pointer=pointer, facts=facts)


def _surplus(compiled: Compiled, person: Person) -> Iterator[Fault]:
    kernel = compiled.kernel
    actuals = {entry.name for entry in kernel.inputs if entry.role == "actual"}
    targets = {entry.name for entry in kernel.inputs if entry.role == "target"}
    taken = {
        nearest(name, (given for given in person.facts if given not in actuals))
        for name in actuals
        if name not in person.facts
    }
    for name in person.facts:
        if name not in actuals and name not in taken:
            near = nearest(name, actuals)
            pointer = f"{person.pointer}/facts/{escaped(name)}"
            if name in compiled.checked.scope.figures:
                yield Fault("P515", pointer=pointer, facts={"name": shown(name)})
            else:
                known = tuple(f"`{other}`" for other in sorted(actuals))
                yield Fault("P514", pointer=pointer, facts={"name": shown(name), "known": known}, fix=near)
    for name in person.targets:
        if name not in targets:
            pointer = f"{person.pointer}/targets/{escaped(name)}"
            fixed = name in compiled.checked.scope.kpis
            yield Fault("P516" if fixed else "P517", pointer=pointer, facts={"name": shown(name)}, fix=nearest(name, targets))


def _timing(compiled: Compiled, person: Person, when: Period | None) -> Iterator[Fault]:
    pointer = f"{person.pointer}/period"
    if when is None:
        yield Fault("P518", pointer=pointer, facts={"value": shown(person.period)})
        return
    effect = compiled.kernel.effect
    if effect is not None and when.last < effect:
        yield Fault("P519", pointer=pointer, facts={"period": when.text, "effect": effect.isoformat()})
    elif effect is not None and when.first < effect:
        yield Fault("P520", "warning", pointer=pointer, facts={"period": when.text, "effect": effect.isoformat()})
