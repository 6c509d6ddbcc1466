"""Random people: facts for a plan, many of them just at its bounds, written as people and machines write."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

from dsl.words import KindName
from tests.support.chances import told
from tests.support.plans import Draft
from tests.support.registers import OWNER, Cells, Row, records, sent


@dataclass
class Given:
    """The facts of somebody, as texts, as people and machines write them."""

    facts: dict[str, object]
    targets: dict[str, object]
    sort: dict[str, str] = field(default_factory=dict)
    period: str = "2025-07"
    records: list[Row] = field(default_factory=list)
    cells: Sequence[Cells] = ()
    employee: str = OWNER

    @property
    def tables(self) -> dict[str, list[dict[str, object]]]:
        """The records as sources have them."""
        return sent(self.records, self.cells)


PERIODS = ("2025-07", "2025-07", "2024-02", "2025-Q3", "2025", "2026-12")


@dataclass(frozen=True)
class Wanted:
    """A fact that a plan needs."""

    name: str
    kind: KindName
    signed: bool
    optional: bool


def given(chance: Random, plan: Draft, facts: Sequence[Wanted], targets: Sequence[Wanted]) -> Given:
    """Random facts: many exactly at a bound, just below or just above; zeros; huge and overlong numbers."""
    aims: dict[str, object] = {}
    for want in targets:
        if not (want.optional and chance.randrange(2)):
            aims[want.name] = written(
                chance, max(least(want.kind, plan), some(chance, want.kind, plan)), want.kind
            )
    found: dict[str, object] = {}
    for want in facts:
        if want.optional and chance.randrange(2):
            continue
        value = some(chance, want.kind, plan)
        measure = plan.measures.get(want.name)
        target = None
        if measure is not None:
            target = read(aims[want.name]) if want.name in aims else measure.target
        if measure is not None and target is not None and measure.bounds and chance.randrange(4):
            value = near(chance, target * chance.choice(measure.bounds), least(want.kind, plan))
        elif plan.marks.get(want.name) and chance.randrange(4):
            value = near(chance, chance.choice(plan.marks[want.name]), least(want.kind, plan))
        if want.signed and not chance.randrange(3):
            value = -value
        found[want.name] = written(chance, value, want.kind)
    person = Given(found, aims, {}, chance.choice(PERIODS))
    if plan.cells:
        person.cells = plan.cells
        person.records = records(chance, plan.cells, plan.marks, plan.digits)
    told(person)
    return person


def read(text: object) -> Fraction:
    """The number that a written fact is."""
    if isinstance(text, bool):
        return Fraction(text)
    plain = str(text).replace(" ", "").replace("\u00a0", "")
    return Fraction(plain[:-1]) / 100 if plain.endswith("%") else Fraction(plain)


def least(kind: KindName, plan: Draft) -> Fraction:
    """The smallest step of a fact of a kind."""
    if kind == "money":
        return Fraction(1, 10**plan.digits)
    return Fraction(1) if kind in {"count", "date", "yes_no"} else Fraction(1, 10**6)


def near(chance: Random, bound: Fraction, step: Fraction) -> Fraction:
    """The bound itself as nearly as it can be written, or one step beside it."""
    return max(Fraction(0), (bound // step + chance.choice([-1, 0, 0, 1])) * step)


def some(chance: Random, kind: KindName, plan: Draft) -> Fraction:
    """A number that is not below 0."""
    if kind == "yes_no":
        return Fraction(chance.randrange(2))
    if kind == "date":
        return Fraction(chance.choice([2, 730120, 739433, 3652059]))  # the first day of all is none to 1C
    step = least(kind, plan)
    match chance.randrange(12):
        case 0 | 1:
            return Fraction(0)
        case 2:
            return step
        case 3:
            return Fraction(10**30 - 1)
        case 4 if kind not in {"count", "money"}:
            return Fraction(chance.randint(1, 10**8), 10 ** chance.choice([7, 13, 27]))
        case 5 | 6:
            return chance.randint(0, 3 * 10**9) * step
        case _:
            return Fraction(chance.randint(0, 2000)) / (100 if kind == "percent" else 1)


def written(chance: Random, value: Fraction, kind: KindName) -> object:
    """A number in one of the ways to write it."""
    if kind == "yes_no":
        return chance.choice([bool(value), "yes" if value else "нет"])
    if kind == "date":
        return datetime.date.fromordinal(int(value)).isoformat()
    percent = kind == "percent" and chance.randrange(2)
    value = value * 100 if percent else value
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    digits = abs(value.numerator) * 10**places // value.denominator
    sign = "-" if value < 0 else ""
    if chance.randrange(8) == 0 and places < 20:
        return f"{sign}{digits}e-{places}" + "%" * percent
    whole, part = divmod(digits, 10**places)
    text = f"{whole:,}".replace(",", chance.choice([" ", "\u00a0"])) if chance.randrange(2) else str(whole)
    return f"{sign}{text}" + (f".{part:0{places}}" if places else "") + "%" * percent


def values(plan: Mapping[str, object]) -> dict[str, Fraction]:
    """Written facts as numbers."""
    found: dict[str, Fraction] = {}
    for name, text in plan.items():
        if text in {"yes", "нет"}:
            found[name] = Fraction(text == "yes")
        elif isinstance(text, str) and text[4:5] == "-" and text[7:8] == "-":
            found[name] = Fraction(datetime.date.fromisoformat(text).toordinal())
        else:
            found[name] = read(text)
    return found
