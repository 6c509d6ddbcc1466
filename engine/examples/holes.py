"""What is forgotten in a plan that cannot pay, where its examples tell what it is.

A fact of an example, the row of a table or a cell of it, a target, a bonus: a hole with the words around it.
What is looked for is the value with which the examples come out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain, pairwise

from dsl import tree
from dsl.check import Checked
from dsl.check.constant import constant
from dsl.check.tables import held
from dsl.faults import Fault, phrase
from dsl.place import NOWHERE, Place
from dsl.words import KindName, Lang, words
from dsl.write.value import value as written

from ..scales import places
from .run import Tried, tried
from .sought import Trials

# Values of a forgotten fact, by which it is found what it has to be: pay is a straight line between two.
PROBES = (0, 1, 100, 1_000, 10_000, 1_000_000)
NEAR = Fraction(101, 100)  # where a hundredth more does as well, nobody knows what is meant
# Percentages that people write, for what has to make a whole with others.
PARTS = tuple(map(Fraction, range(5, 105, 5)))
COARSE = (Fraction(1, 100), Fraction(1), Fraction(10), Fraction(100), Fraction(1_000))


@dataclass(frozen=True, slots=True)
class Hole:
    """Where a value is forgotten: the words around it, its kind, what it is told as, and the repair with it.

    `guesses` are values that are tried first; `example` is the only one that is in doubt, None for all.
    """

    at: Place
    words: tuple[str, str]
    kind: KindName
    lang: Lang
    place: Place = NOWHERE
    fix: Callable[[str], str] = str
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
        elif self.kind == "duration":
            literal = tree.Duration(value)
        return written(literal, words(self.lang))


def filled(checked: Checked, fault: Fault, lang: Lang, work: Trials) -> Fault:
    """The fault of something that is not there, with the only value with which the examples come out."""
    hole = HOLES[fault.code](checked, fault)
    if hole is None:
        return fault
    values = [*Solver(work, hole).fitting()]
    if len(values) != 1:
        return fault
    told = phrase("decided_given", lang).format(new=f"`{hole.said(values[0])}`")
    fix = hole.fix(hole.text(values[0]))
    also = fault.also if hole.place == fault.place or fault.also is None else fault.place
    return replace(fault, place=hole.place, also=also, fix=fix, facts={**fault.facts, "told": told})


def _given(checked: Checked, fault: Fault) -> Hole | None:
    """A fact that an example does not give, at the end of the row that it belongs to."""
    place, name = fault.place, str(fault.facts["names"]).strip("`")
    rows = [[row.place for row in one.rows] for one in checked.scope.examples]
    number = next((at for at, places in enumerate(rows) if place in places), None)
    if place is None or name not in checked.inputs or number is None:
        return None
    entry, at, text = checked.inputs[name], Place(place.end, place.end), checked.source.at(place)
    return Hole(
        at, (f"; {name} ", ""), entry.kind, checked.lang, place, lambda more: text + more, entry.choices,
        example=number,
    )  # fmt: skip


def _row(checked: Checked, fault: Fault) -> Hole | None:
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
        return Hole(at, (f"\n  {side}: ", ""), kind, checked.lang, row.place, lambda more: text + more)
    at = Place(row.place.start, row.place.start)
    return Hole(at, (f"{side}: ", "\n  "), kind, checked.lang, row.place, lambda more: more + text)


def _case(checked: Checked, fault: Fault) -> Hole | None:
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
    return Hole(
        at, (f"; {values[0].strip('`')}: ", ""), kind, checked.lang, by.place,
        lambda more: f"{text[:-1]}{more})", guesses=PARTS if kind == "percent" else (),
    )  # fmt: skip


def _target(checked: Checked, fault: Fault) -> Hole | None:
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
    return Hole(
        at, (f" {target} ", ""), checked.kinds[name], checked.lang, place, lambda more: text + more,
        guesses=guesses,
    )  # fmt: skip


def _cell(checked: Checked, fault: Fault) -> Hole | None:
    """The last cell of a row that has one too few."""
    rows = (row for table in held(checked.scope) for row in table.rows if row.place == fault.place)
    row, place = next(rows, None), fault.place
    if row is None or place is None or int(str(fault.facts["width"])) - len(row.cells) != 1:
        return None
    kind: KindName = "percent" if isinstance(row.cells[-1].value, tree.Percent) else "number"
    at, text = Place(place.end, place.end), checked.source.at(place)
    return Hole(at, ("; ", ""), kind, checked.lang, place, lambda more: text + more)


def _bonus(checked: Checked, _: Fault) -> Hole:
    """The line of the bonus, above all that it is divided among."""
    line = next(one for one in checked.scope.lines if isinstance(one, tree.Kpi | tree.Section))
    place = Place(line.place.start, line.name.place.end)
    at, text, bonus = Place(place.start, place.start), checked.source.at(place), words(checked.lang)["bonus"]
    return Hole(at, (f"{bonus} ", "\n"), "number", checked.lang, place, lambda more: more + text)


HOLES: Mapping[str, Callable[[Checked, Fault], Hole | None]] = {
    "P212": _bonus,
    "P221": _given,
    "P226": _target,
    "P240": _row,
    "P246": _cell,
    "P252": _case,
}


@dataclass(slots=True)
class Solver:
    """The search for the value that a hole has."""

    work: Trials
    hole: Hole

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
                    # What has no end nobody can write.
                    yield from (
                        value for value in (*rounded, exactly) if value >= 0 and places(value) is not None
                    )

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
