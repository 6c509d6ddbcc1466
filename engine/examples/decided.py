"""Faults of a plan that cannot pay, where its examples tell how it is meant.

Weights that make 110 %, rows out of order, a fact that an example forgets: what is wrong is certain, but not
which number is another: the examples know. Each is tried; the one with which all come out is the repair.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain, groupby, pairwise

from dsl import tree
from dsl.check import Checked
from dsl.check.constant import constant
from dsl.check.tables import held
from dsl.faults import Fault, phrase
from dsl.place import Place
from dsl.words import KindName, Lang, words
from dsl.write.value import value as written

from .changes import Amendment, Writer
from .run import Tried, tried
from .sought import Trials, all_come_out, grave

WEIGHTS = frozenset({"P401", "P402", "P430", "P431", "P432", "P433"})
ROWS, UNREACHED, UNMODED, BELOW = "P236", "P237", "P188", "P418"
MET = frozenset({"P238", "P239"})
FIGURE = "P333"
# Values of a forgotten fact, by which it is found what it has to be: pay is a straight line between two.
PROBES = (0, 1, 100, 1_000, 10_000, 1_000_000)
NEAR = Fraction(101, 100)  # where a hundredth more does as well, nobody knows what is meant
COARSE = (Fraction(1, 100), Fraction(1), Fraction(10), Fraction(100), Fraction(1_000))
RARE = 3  # the rank of a change that is too rare to be meant where the plan is at fault as it is


def decided(checked: Checked, faults: tuple[Fault, ...], lang: Lang) -> tuple[Fault, ...]:
    """Some faults, the only error among them with the repair that the examples tell, if they tell one."""
    errors = [fault for fault in faults if fault.severity == "error"]
    if len(errors) != 1 or not checked.scope.examples:
        return faults
    (fault,) = errors
    if fault.code in _HOLES:
        better = _filled(checked, fault, lang)
    elif fault.code == FIGURE:
        better = _paying(checked, fault)
    elif fault.fix is None and fault.place is not None:
        better = _amended(checked, fault, lang)
    else:
        better = fault
    return tuple(better if one is fault else one for one in faults)


def _trials(checked: Checked, fault: Fault) -> Trials:
    known = grave(checked.faults)
    known.pop(fault.code, None)
    return Trials(checked.source, known)


# ── A change of the plan ─────────────────────────────────────────────────────────────────────────────────


def _amended(checked: Checked, fault: Fault, lang: Lang) -> Fault:
    """A fault with the only amendment of the likeliest with which all examples come out.

    Others of its rank have to be such that they do not, or nothing tells that it is meant.
    """
    work = _trials(checked, fault)
    several = sorted(_candidates(checked, fault), key=lambda one: one.rank)
    for _, ranked in groupby(several, key=lambda one: one.rank):
        plans = [(one, plan) for one in ranked if (plan := work.mended(one.edits)) is not None]
        fitting = [one for one, plan in plans if all_come_out(plan, range(len(plan.checked.scope.examples)))]
        if work.done or len(fitting) > 1:
            return fault
        for one in fitting if len(plans) > 1 or fault.code in CERTAIN else ():
            ((place, fix),) = one.edits
            old, new = f"`{checked.source.words(place)}`", f"`{fix}`"
            way = "decided" if place.end > place.start else "decided_added"
            told = phrase(way, lang).format(old=old, new=new)
            also = fault.also if fault.also is None or not fault.also.inside(place) else fault.place
            return replace(fault, place=place, also=also, fix=fix, facts={**fault.facts, "told": told})
    return fault


def _paying(checked: Checked, fault: Fault) -> Fault:
    """The fault of a figure among what is paid, of which nothing is made: as a line of pay, if it fits."""
    figure = checked.scope.figures.get(str(fault.facts["name"]))
    if figure is None or figure.name.text in checked.scope.used or not Writer(checked).own(figure.place):
        return fault
    fix = f"{words(checked.lang)['pay']} {figure.name.text}"
    plan = _trials(checked, fault).mended([(figure.name.place, fix)])
    if plan is None or not all_come_out(plan, range(len(plan.checked.scope.examples))):
        return fault
    facts = {"name": figure.name.text, "instead": fix}
    return Fault("P338", place=figure.name.place, also=fault.place, facts=facts, fix=fix)


# What can be put right in few ways, of which one alone makes sense.
CERTAIN = WEIGHTS | {ROWS, BELOW}


def _candidates(checked: Checked, fault: Fault) -> Iterator[Amendment]:
    """The changes that may put a fault right."""
    writer = Writer(checked)
    if fault.place is None or not writer.own(fault.place):
        return
    ways = fault.facts.get("instead")
    if fault.code == UNMODED:
        modes = (f", {writer.words[mode]}" for mode in ("each_band", "whole"))
        yield from (Amendment(1, ((fault.place, mode),)) for mode in modes)
    elif fault.code in MET:
        yield from _met(fault, writer)
    elif isinstance(ways, tuple) and len(ways) > 1:
        gap = "" if fault.place.end > fault.place.start else " "
        yield from (Amendment(1, ((fault.place, f"{way}{gap}"),)) for way in ways)
    elif checked.parsed.broken:
        return
    elif fault.code in WEIGHTS:
        yield from _weights(checked, fault, writer)
    elif fault.code == ROWS:
        yield from _rows(checked, fault, writer)
    elif fault.code == BELOW:
        yield from _signed(checked, fault, writer)
    elif fault.code != UNREACHED:  # for which any bound beyond would do
        lines = (line for line in checked.parsed.tree.statements if not isinstance(line, tree.Example))
        found = (one for line in lines if _within(checked, fault.place, line) for one in writer.line(line))
        yield from (one for one in found if one.rank < RARE and len(one.edits) == 1)


def _within(checked: Checked, place: Place, line: tree.Statement) -> bool:
    """Whether something stands in a line, or in the table under it."""
    tables = (one.table for one in held(checked.scope) if one.table.place.inside(line.place))
    return any(place.inside(one.place) for one in (line, *(row for table in tables for row in table.rows)))


def _weights(checked: Checked, fault: Fault, writer: Writer) -> Iterator[Amendment]:
    """Each weight of a group by so much more or less; a condition of pay as one for whom a KPI is there."""
    scope, name = checked.scope, fault.facts["section"]
    kpis = [kpi for kpi in scope.kpis.values() if _section(checked, kpi) == name]
    lines: list[tree.Kpi | tree.Section] = [*kpis, *(() if name else scope.sections.values())]
    difference = "".join(str(fault.facts["difference"]).split()).rstrip("%").replace(",", ".")
    lacking = Fraction(difference) * Fraction(1 if fault.code in LESS else -1, 100)
    for weight in (weight for line in lines for weight in tree.among(line.clauses, tree.Weight)):
        for share in tree.walk(weight.share):
            if (
                isinstance(share, tree.Percent)
                and 0 < share.value + lacking <= 1
                and writer.own(weight.place)
            ):
                yield writer.weight(weight, share, share.value + lacking)
    for gate in (gate for kpi in kpis for gate in tree.among(kpi.clauses, tree.OnlyIf)):
        if writer.own(gate.place):
            text = f"{writer.words['for']} {checked.source.at(gate.condition.place)}"
            yield Amendment(1, ((gate.place, text),))


LESS = frozenset({"P401", "P430", "P432"})


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


def _met(fault: Fault, writer: Writer) -> Iterator[Amendment]:
    """Each of two rows as it meets the other: where that ends or begins."""
    ways, spots = fault.facts.get("ways"), (fault.place, fault.also)
    if isinstance(ways, tuple) and len(ways) == len(spots):
        for spot, way in zip(spots, ways, strict=True):
            if spot is not None and writer.own(spot):
                yield Amendment(1, ((spot, way),))


def _signed(checked: Checked, fault: Fault, writer: Writer) -> Iterator[Amendment]:
    """The line of a fact with the words that it can be negative."""
    fact = checked.scope.facts.get(str(fault.facts["name"]))
    if fact is not None and writer.own(fact.place) and fact.kind is not None:
        at, end = checked.source.at, fact.kind.place.end
        text = f"{at(Place(fact.place.start, end))} {writer.words['signed']}{at(Place(end, fact.place.end))}"
        yield Amendment(1, ((fact.place, text),))


# ── A number that is not there ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Hole:
    """Where a value is forgotten: the words around it, its kind, what it is told as, and the repair with it.

    `guesses` are values that are tried first; `example` is the only one that is in doubt, None for all.
    """

    at: Place
    words: tuple[str, str]
    kind: KindName
    lang: Lang
    place: Place
    fix: Callable[[str], str]
    choices: tuple[str, ...] = ()
    guesses: tuple[Fraction, ...] = ()
    example: int | None = None

    def text(self, value: Fraction | str) -> str:
        """What is put in, with a value."""
        before, after = self.words
        return f"{before}{value if isinstance(value, str) else self._number(value)}{after}"

    def said(self, value: Fraction | str) -> str:
        """What is put in, as it is told."""
        return self.text(value).strip(" ;\n")

    def _number(self, value: Fraction) -> str:
        literal: tree.Value = tree.Number(value)
        if self.kind == "percent":
            literal = tree.Percent(value / 100)
        elif self.kind == "days":
            literal = tree.Days(value)
        return written(literal, words(self.lang))


def _filled(checked: Checked, fault: Fault, lang: Lang) -> Fault:
    """The fault of something that is not there, with the only value with which the examples come out."""
    hole = _HOLES[fault.code](checked, fault)
    if hole is None:
        return fault
    values = [*_Search(_trials(checked, fault), hole).fitting()]
    if len(values) != 1:
        return fault
    told = phrase("decided_given", lang).format(new=f"`{hole.said(values[0])}`")
    fix = hole.fix(hole.text(values[0]))
    also = fault.also if hole.place == fault.place or fault.also is None else fault.place
    return replace(fault, place=hole.place, also=also, fix=fix, facts={**fault.facts, "told": told})


def _given(checked: Checked, fault: Fault) -> _Hole | None:
    """A fact that an example does not give, at the end of the row that it belongs to."""
    place, name = fault.place, str(fault.facts["names"]).strip("`")
    rows = [[row.place for row in one.rows] for one in checked.scope.examples]
    number = next((at for at, places in enumerate(rows) if place in places), None)
    if place is None or name not in checked.inputs or number is None:
        return None
    entry, at, text = checked.inputs[name], Place(place.end, place.end), checked.source.at(place)
    return _Hole(
        at, (f"; {name} ", ""), entry.kind, checked.lang, place, lambda more: text + more, entry.choices,
        example=number,
    )  # fmt: skip


def _row(checked: Checked, fault: Fault) -> _Hole | None:
    """The first or the last row of a table."""
    samples = str(fault.facts["samples"]).split("`, `")
    found = (
        (row, table.rows)
        for table in held(checked.scope)
        for row in table.rows
        if row.bound is not None and row.bound.place == fault.place and len(row.cells) == 1
    )
    row, rows = next(found, (None, []))
    if row is None or len(samples) > 1:
        return None
    side, text = samples[0].strip("`").rpartition(": ")[0], checked.source.at(row.place)
    kind: KindName = "percent" if isinstance(row.cells[0].value, tree.Percent) else "number"
    if row is rows[-1]:
        at = Place(row.place.end, row.place.end)
        return _Hole(at, (f"\n  {side}: ", ""), kind, checked.lang, row.place, lambda more: text + more)
    at = Place(row.place.start, row.place.start)
    return _Hole(at, (f"{side}: ", "\n  "), kind, checked.lang, row.place, lambda more: more + text)


def _case(checked: Checked, fault: Fault) -> _Hole | None:
    """What holds for the one sort of people that a choice forgets."""
    by = next(
        (one for one in checked.scope.expressions if isinstance(one, tree.By) and one.place == fault.place),
        None,
    )
    values = str(fault.facts["values"]).split(", ")
    text = "" if by is None else checked.source.at(by.place)
    if by is None or len(values) > 1 or not text.endswith(")"):
        return None
    kind: KindName = "percent" if isinstance(by.cases[-1].result, tree.Percent) else "number"
    at = Place(by.place.end - 1, by.place.end - 1)
    words_of = (f"; {values[0].strip('`')}: ", "")
    return _Hole(at, words_of, kind, checked.lang, by.place, lambda more: f"{text[:-1]}{more})")


def _target(checked: Checked, fault: Fault) -> _Hole | None:
    """The target of a KPI, which is often what an example gives as reached."""
    name = str(fault.facts["names"]).strip("`")
    kpi = checked.scope.kpis.get(name)
    if kpi is None or tree.among(kpi.clauses, tree.Target) or not kpi.clauses:
        return None
    last, target = kpi.clauses[-1].place, words(checked.lang)["target"]
    text = checked.source.at(Place(kpi.place.start, last.end))
    given = (
        one.value for example in checked.scope.examples for one in example.entries if one.name.text == name
    )
    scale = 100 if checked.kinds[name] == "percent" else 1
    guesses = tuple((constant(value) or Fraction(0)) * scale for value in given)
    place = Place(kpi.place.start, last.end)
    at = Place(last.end, last.end)
    return _Hole(
        at, (f" {target} ", ""), checked.kinds[name], checked.lang, place, lambda more: text + more,
        guesses=guesses,
    )  # fmt: skip


_HOLES: Mapping[str, Callable[[Checked, Fault], _Hole | None]] = {
    "P221": _given,
    "P226": _target,
    "P240": _row,
    "P252": _case,
}


@dataclass(slots=True)
class _Search:
    """The search for the value that a hole has."""

    work: Trials
    hole: _Hole

    def fitting(self) -> Iterator[Fraction | str]:
        """The values with which the examples come out; several where any would do."""
        if self.hole.kind in {"yes_no", "choice"}:
            vocabulary = words(self.hole.lang)
            answers = (vocabulary["yes"], vocabulary["no"])
            yield from (one for one in self.hole.choices or answers if self._passes(one))
            return
        if self.hole.kind == "date":
            return
        seen = set[Fraction]()
        for value in chain(self.hole.guesses, self._lines()):
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
        """What the examples expect and what is paid, each amount, with a value."""
        outcomes = self._outcomes(value)
        return [(item.expected.exact, item.got.exact) for one in outcomes for item in one.items]

    def _passes(self, value: Fraction | str) -> bool:
        outcomes = self._outcomes(value)
        return bool(outcomes) and all(one.passed for one in outcomes)

    def _outcomes(self, value: Fraction | str) -> list[Tried]:
        """What the examples in doubt come to with a value; none where nothing can be paid then."""
        plan = self.work.mended([(self.hole.at, self.hole.text(value))])
        if plan is None:
            return []
        several, number = plan.checked.scope.examples, self.hole.example
        return [tried(plan, one) for one in (several if number is None else [several[number]])]
