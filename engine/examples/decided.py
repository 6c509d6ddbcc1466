"""Faults of a plan that cannot pay, where its examples tell how it is meant.

Weights that make 110 %, rows out of order, a fact that an example forgets: what is wrong is certain, but not
which number is another: the examples know. Each is tried; the one with which all come out is the repair.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby, pairwise

from dsl import tree
from dsl.check import Checked
from dsl.check.constant import constant
from dsl.check.tables import held
from dsl.faults import Fault, phrase
from dsl.place import Place
from dsl.words import KindName, Lang, words
from dsl.write.value import value as written

from ..compile import Compiled
from .changes import Amendment, Writer
from .run import tried
from .sought import Trials, all_come_out, grave

WEIGHTS = frozenset({"P401", "P402", "P432", "P433"})
ROWS = frozenset({"P236"})
LACKING = "P221"
# Values of a forgotten fact, by which it is found what it has to be: pay is a straight line between two.
PROBES = (0, 1, 100, 1_000, 10_000, 1_000_000)
NEAR = Fraction(101, 100)  # where a hundredth more does as well, nobody knows what is meant
COARSE = (Fraction(1, 100), Fraction(1), Fraction(10), Fraction(100), Fraction(1_000))


def decided(checked: Checked, faults: tuple[Fault, ...], lang: Lang) -> tuple[Fault, ...]:
    """Some faults, the only error among them with the repair that the examples tell, if they tell one."""
    errors = [fault for fault in faults if fault.severity == "error"]
    if len(errors) != 1 or not checked.scope.examples or checked.parsed.broken:
        return faults
    (fault,) = errors
    better = fault
    if fault.code in WEIGHTS | ROWS:
        better = _amended(checked, fault, lang)
    elif fault.code == LACKING:
        better = _given(checked, fault, lang)
    return tuple(better if one is fault else one for one in faults)


def _trials(checked: Checked, fault: Fault) -> Trials:
    known = grave(checked.faults)
    known.pop(fault.code, None)
    return Trials(checked.source, known)


# ── A number of the plan ─────────────────────────────────────────────────────────────────────────────────


def _amended(checked: Checked, fault: Fault, lang: Lang) -> Fault:
    """A fault with the only amendment of the likeliest with which all examples come out."""
    writer, work = Writer(checked), _trials(checked, fault)
    several = _weights(checked, fault, writer) if fault.code in WEIGHTS else _rows(checked, fault, writer)
    order = range(len(checked.scope.examples))
    for _, ranked in groupby(sorted(several, key=lambda one: one.rank), key=lambda one: one.rank):
        fitting = [one for one in ranked if (plan := work.mended(one.edits)) and all_come_out(plan, order)]
        if work.done or len(fitting) > 1:
            return fault
        for one in fitting:
            ((place, fix),) = one.edits
            old, new = f"`{checked.source.words(place)}`", f"`{fix}`"
            told = phrase("decided", lang).format(old=old, new=new)
            also = fault.also if fault.also is None or not fault.also.inside(place) else fault.place
            return replace(fault, place=place, also=also, fix=fix, facts={**fault.facts, "told": told})
    return fault


def _weights(checked: Checked, fault: Fault, writer: Writer) -> Iterator[Amendment]:
    """Each weight of a group with what the others leave it."""
    scope, name = checked.scope, fault.facts["section"]
    kpis = [kpi for kpi in scope.kpis.values() if _section(checked, kpi) == name]
    lines: list[tree.Kpi | tree.Section] = [*kpis, *(() if name else scope.sections.values())]
    weights = [weight for line in lines for weight in tree.among(line.clauses, tree.Weight)]
    shares = [constant(weight.share) for weight in weights]
    for weight, share in zip(weights, shares, strict=True):
        left = 1 - sum((other or Fraction(0) for other in shares), Fraction(0)) + (share or Fraction(0))
        if share is not None and 0 < left <= 1 and writer.own(weight.place):
            yield writer.weight(weight, left)


def _section(checked: Checked, kpi: tree.Kpi) -> str:
    section = checked.scope.section_of(kpi)
    return section.name.text if section else ""


def _rows(checked: Checked, fault: Fault, writer: Writer) -> Iterator[Amendment]:
    """The bounds of two rows with a slip of the pen in one of their numbers."""
    spots = {fault.place, fault.also}
    for table in held(checked.scope):
        for row in table.rows:
            if row.bound is not None and row.bound.place in spots and writer.own(row.place):
                yield from (one for one in writer.formula(row.bound.value, row.place) if one.numeric)


# ── A fact of an example ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Forgotten:
    """A fact that an example forgets, and the end of the row that it belongs to."""

    name: str
    kind: KindName
    choices: tuple[str, ...]
    at: Place
    lang: Lang

    def text(self, value: Fraction | str) -> str:
        """The fact with a value, as an example gives it."""
        return f"{self.name} {value if isinstance(value, str) else self._number(value)}"

    def _number(self, value: Fraction) -> str:
        literal: tree.Value = tree.Number(value)
        if self.kind == "percent":
            literal = tree.Percent(value / 100)
        elif self.kind == "days":
            literal = tree.Days(value)
        return written(literal, words(self.lang))


def _given(checked: Checked, fault: Fault, lang: Lang) -> Fault:
    """The fault of an example that forgets a fact, with the only value with which it comes out."""
    place, name = fault.place, str(fault.facts["names"]).strip("`")
    if place is None or name not in checked.inputs:
        return fault
    entry = checked.inputs[name]
    forgotten = _Forgotten(name, entry.kind, entry.choices, Place(place.end, place.end), checked.lang)
    rows = [[row.place for row in one.rows] for one in checked.scope.examples]
    number = next((at for at, places in enumerate(rows) if place in places), None)
    if number is None:
        return fault
    search = _Search(_trials(checked, fault), forgotten, number)
    values = [*search.fitting()]
    if len(values) != 1:
        return fault
    text = forgotten.text(values[0])
    told = phrase("decided_given", lang).format(new=f"`{text}`")
    fix = f"{checked.source.at(place)}; {text}"
    return replace(fault, fix=fix, facts={**fault.facts, "told": told})


@dataclass(slots=True)
class _Search:
    """The search for the value of a forgotten fact."""

    work: Trials
    forgotten: _Forgotten
    number: int

    def fitting(self) -> Iterator[Fraction | str]:
        """The values with which the example comes out; several where any would do."""
        if self.forgotten.kind in {"yes_no", "choice"}:
            vocabulary = words(self.forgotten.lang)
            answers = (vocabulary["yes"], vocabulary["no"])
            yield from (one for one in self.forgotten.choices or answers if self._passes(one))
            return
        if self.forgotten.kind == "date":
            return
        seen = set[Fraction]()
        for value in self._lines():
            if value not in seen and self._passes(value):
                seen.add(value)
                if self._passes(value * NEAR if value else Fraction(1)):
                    seen.add(value * NEAR)
                break
        yield from seen

    def _lines(self) -> Iterator[Fraction]:
        """The values at which the line through two others comes to what is expected, also rounded."""
        paid = {probe: self._paid(Fraction(probe)) for probe in PROBES}
        for (low, first), (high, second) in pairwise(paid.items()):
            for (expected, one), (_, other) in zip(first, second, strict=False):
                if one != other:
                    exactly = low + (expected - one) * (high - low) / (other - one)
                    rounded = (round(exactly / unit) * unit for unit in COARSE)
                    yield from (value for value in (*rounded, exactly) if value >= 0)

    def _paid(self, value: Fraction) -> list[tuple[Fraction, Fraction]]:
        """What the example expects and what is paid, each amount, with a value of the fact."""
        plan = self._plan(value)
        if plan is None:
            return []
        outcome = tried(plan, plan.checked.scope.examples[self.number])
        return [(item.expected.exact, item.got.exact) for item in outcome.items]

    def _passes(self, value: Fraction | str) -> bool:
        plan = self._plan(value)
        return plan is not None and tried(plan, plan.checked.scope.examples[self.number]).passed

    def _plan(self, value: Fraction | str) -> Compiled | None:
        return self.work.mended([(self.forgotten.at, f"; {self.forgotten.text(value)}")])
