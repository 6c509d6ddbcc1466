"""The edges of a plan: what is paid just below, exactly at and just above each of its bounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from dsl.place import Place
from dsl.words import KindName

from .. import kernel as k
from ..compile import Compiled
from ..follow import Attributes, Effort, Graph, View, paid, sorts, view
from .recorded import RecordBound, Showing, spots


@dataclass(frozen=True, slots=True)
class Beside:
    """Somebody at an edge: the fact, the attainment it makes, what the lines and all pay in minor units.

    The pay is None where a divisor is 0.
    """

    value: Fraction
    attainment: Fraction | None
    pays: int | None
    total: int | None


@dataclass(frozen=True, slots=True)
class Edge:
    """A bound of a plan: where it stands, which lines it bends, of which fact, and for whom, if not for all.

    `sort` are the values of attributes by their names.
    """

    place: Place
    lines: tuple[str, ...]
    fact: str
    kind: KindName
    bound: Fraction
    sort: Attributes
    rows: tuple[Beside, ...]
    example: str = ""
    """Of a bound of records: the first of the rows as an example of the plan, with records."""


def edges(compiled: Compiled) -> tuple[Edge, ...]:
    """Every edge of a plan, in the order of its text; everything else that is paid for is just on target."""
    several, _ = sorts(compiled)
    found: dict[tuple[object, ...], Edge] = {}
    for sort in several:
        seen = view(compiled, sort, Effort(), drawn=True)
        whose = tuple(seen.attributes) if len(several) > 1 else ()
        for edge in _edges(seen):
            # What is the same for several sorts of people is told once.
            key = (edge.place, edge.fact, edge.bound, edge.lines, edge.rows, edge.example)
            found.setdefault(key, replace(edge, sort=whose))
    return tuple(sorted(found.values(), key=lambda edge: (edge.place, edge.bound)))


def _edges(view: View) -> Iterator[Edge]:
    bends: dict[tuple[Place, str, int, Fraction], set[int]] = {}
    for line in range(len(view.kernel.lines)):
        for variable in view.facts[line]:
            graph, low = view.curve(line, variable), view.low(variable)
            for place, point in _bends(view, line, graph):
                if low is None or point >= low:
                    bends.setdefault((place, view.period(line), variable, point), set()).add(line)
    for (place, period, variable, point), lines in bends.items():
        yield _edge(view, place, period, variable, point, sorted(lines))
    for spot, several in spots(view):
        yield from _recorded(view, spot, several)


def _bends(view: View, line: int, graph: Graph) -> Iterator[tuple[Place, Fraction]]:
    """Where a line bends or jumps, and what makes it; of a line that follows from others, its own clause."""
    own = view.kernel.lines[line]
    for (point, _), causes in graph.causes.items():
        for cause in causes:
            if own.kind not in k.SETTLED | {"reduction"} or cause.place == own.place:
                yield cause.place, point


def _edge(view: View, place: Place, period: str, variable: int, point: Fraction, lines: list[int]) -> Edge:
    entry, unit, low = view.kernel.inputs[variable], view.unit(variable), view.low(variable)
    below, made = point // unit * unit, view.made.within(period)
    of = [view.kernel.lines[line] for line in lines]
    step = next((line.attainment for line in of if line.attainment is not None), None)
    rows: list[Beside] = []
    for value in (below, below + unit) if point % unit else (point - unit, point, point + unit):
        if low is not None and value < low:
            continue
        attained = None if step is None else view.over(period, variable).step(step).value(value)
        known = attained if isinstance(attained, Fraction) else None
        amounts = paid(view.compiled, made.having(variable, value))
        pays = (None, None) if amounts is None else (sum(amounts[line] for line in lines), sum(amounts))
        rows.append(Beside(value, known, *pays))
    names = tuple(line.name for line in of)
    return Edge(place, names, view.compiled.called(entry), entry.kind, point, (), tuple(rows))


def _recorded(view: View, spot: RecordBound, lines: list[int]) -> Iterator[Edge]:
    """A bound of records, by a record at each of its sides, and an example of them."""
    drawn = Showing(view, spot, lines)
    unit, names = drawn.unit, tuple(view.kernel.lines[line].name for line in lines)
    about = names, drawn.called, drawn.column.kind, spot.bound, ()
    if spot.crossed is not None:
        found = drawn.paid([value // unit * unit for value in spot.crossed])
        if found is not None:
            yield Edge(spot.place, *about, (), found.text)
        return
    below = spot.bound // unit * unit
    values = [below, below + unit] if spot.bound % unit else [below - unit, below, below + unit]
    several = [(value, drawn.paid([value])) for value in values if value >= 0 or drawn.column.signed]
    rows = tuple(Beside(value, None, one.pays, one.total) for value, one in several if one is not None)
    whole = drawn.paid([row.value for row in rows])
    if whole is not None and rows:
        yield Edge(spot.place, *about, rows, whole.text)
