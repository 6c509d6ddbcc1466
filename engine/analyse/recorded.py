"""The edges of what is asked of records: a record just below each bound, at it and just above it.

Each is shown by an example that the engine pays: small tables, to be pasted into the plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from dsl import tree
from dsl.period import period
from dsl.place import Place
from dsl.words import KindName, words

from .. import kernel as k
from ..compile import Compiled
from ..evaluate import Result
from ..examples.run import tried
from ..follow import Somebody, View, given, literal, outcomes, told, worktime, written
from ..follow.people import least

USUAL: Mapping[KindName, Fraction] = {
    "money": Fraction(100_000),
    "percent": Fraction(1, 10),
    "count": Fraction(10),
    "number": Fraction(1),
    "days": Fraction(10),
    "duration": Fraction(60),
    "yes_no": Fraction(1),
}
RECKONED = {"+": Fraction.__add__, "-": Fraction.__sub__, "*": Fraction.__mul__, "/": Fraction.__truediv__}
LONGEST = 6  # decimals of what an example shows
MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
Cells = Mapping[int, Fraction]  # of a record, by the numbers of its columns


@dataclass(frozen=True, slots=True)
class RecordBound:
    """A bound of a value of records: where the plan says it, of which column, and which record meets it."""

    place: Place
    records: k.Records
    column: int
    bound: Fraction
    crossed: tuple[Fraction, Fraction] | None = None
    """Two values, of records that together pass the bound, so that the second is split."""


@dataclass(frozen=True, slots=True)
class Tabled:
    """Some records of a table, and what they come to: pay of some lines, all of it, and a figure by name."""

    pays: int
    total: int
    text: str


def spots(view: View) -> Iterator[tuple[RecordBound, list[int]]]:
    """Every bound that is asked of records, with the lines of pay that hang on it."""
    found: dict[tuple[Place, int, int, Fraction], tuple[RecordBound, list[int]]] = {}
    for number, line in enumerate(view.kernel.lines):
        if line.kind in k.SETTLED:
            continue
        for node in k.needed(view.kernel, [line.amount]):
            for one in _asked(view.kernel, node):
                key = one.place, one.records.table, one.column, one.bound
                lines = found.setdefault(key, (one, []))[1]
                lines += [number] if number not in lines else []
    yield from found.values()


def _asked(kernel: k.Kernel, node: k.Node) -> Iterator[RecordBound]:
    if isinstance(node, k.Piecewise):
        yield from _crossed(kernel, node)
    if not isinstance(node, k.Records) or kernel.tables[node.table].group:
        return
    inside = [one for part in (node.where, node.value) if part is not None for one in k.walk(part)]
    for one in inside:
        match one:
            case k.Comparison(_, k.Column(_, at, kind=kind), k.Constant(bound)) if kind in USUAL:
                yield RecordBound(one.place, node, at, bound)
            case k.Comparison(_, k.Constant(bound), k.Column(_, at, kind=kind)) if kind in USUAL:
                yield RecordBound(one.place, node, at, bound)
            case k.Piecewise(k.Column(_, at), pieces):
                for piece in pieces:
                    if isinstance(piece.bound, k.Constant):
                        yield RecordBound(piece.place, node, at, piece.bound.value)
            case k.Extreme(_, (k.Constant(bound), other) | (other, k.Constant(bound))):
                yield from _limited(kernel, node, one.place, other, bound)


def _limited(
    kernel: k.Kernel, node: k.Records, place: Place, other: k.Node, bound: Fraction
) -> Iterator[RecordBound]:
    """Where a limit of each record begins to bind, along the first amount that leads there."""
    usual = _usual(kernel, node)
    for one in k.walk(other):
        if isinstance(one, k.Column) and one.kind == "money":
            low, high = (_worth(other, {**usual, one.index: Fraction(value)}) for value in (0, 1))
            if low is not None and high is not None and high != low:
                yield RecordBound(place, node, one.index, (bound - low) / (high - low))
                return


def _worth(node: k.Node, cells: Cells) -> Fraction | None:
    """What a plain product, quotient or sum of cells comes to."""
    match node:
        case k.Constant(value):
            return value
        case k.Column(_, at):
            return cells.get(at)
        case k.Arithmetic(sign, left, right):
            one, other = _worth(left, cells), _worth(right, cells)
            if one is None or other is None or (sign == "/" and not other):
                return None
            return RECKONED[sign](one, other)
        case _:
            return None


def _crossed(kernel: k.Kernel, curve: k.Piecewise) -> Iterator[RecordBound]:
    """The bounds of bands that records fill one after another: of each a record that passes it."""
    match k.behind(kernel, curve.measure):
        case k.Records("sum", value=k.Column(_, at), order=order) as node if order is not None:
            before = Fraction(0)
            for piece in curve.pieces:
                if isinstance(piece.bound, k.Constant) and piece.bound.value > before:
                    size = piece.bound.value - before
                    first = before + size / 2
                    yield RecordBound(piece.place, node, at, piece.bound.value, (first, size))
                    before = piece.bound.value


class Showing:
    """What records of a spot come to, for somebody who is otherwise just on target."""

    def __init__(self, view: View, spot: RecordBound, lines: Sequence[int]) -> None:
        self.view, self.spot, self.lines = view, spot, lines
        self.compiled: Compiled = view.compiled
        self.table = view.kernel.tables[spot.records.table]
        self.made: Somebody = view.made.within(view.period(lines[0]))
        self.column = self.table.columns[spot.column]

    @property
    def unit(self) -> Fraction:
        """The smallest step of the column."""
        return least(self.column.kind, self.view.kernel.digits)

    def paid(self, values: Sequence[Fraction]) -> Tabled | None:
        """Some records, each with a value; None where nothing can be paid by them."""
        rows = [row for at, value in enumerate(values, 1) for row in self._record(value, at)]
        facts, times = tuple(self._given()), tuple(worktime(self.made))
        listed: tuple[tree.ExampleRow, ...] = (*([tree.Given(facts, times)] if facts or times else []), *rows)
        when = self.made.period
        shown = tree.Example(tree.Text("?"), when, listed)
        result = tried(self.compiled, shown).result
        if not isinstance(result, Result):
            return None
        pays = outcomes(self.made, result.amounts, self.lines)
        kind = self.column.kind
        title = f"{self.called}: {'; '.join(told(self.compiled, value, kind) for value in values)}"
        shows = tuple(self._shown(result))
        said = (*listed, *([tree.Shows(shows)] if shows else []), pays)
        text = written(self.compiled, self.made, title, said)
        return Tabled(sum(result.amounts[line] for line in self.lines), sum(result.amounts), text)

    @property
    def called(self) -> str:
        """The column as a formula says it: `amount of deals`."""
        of = words(self.compiled.checked.lang).spellings["of"][-1]
        return f"{self.column.name} {of} {self.table.name}"

    def _given(self) -> Iterator[tree.Entry]:
        """The facts, and in place of records of other tables what they come to."""
        kernel = self.view.kernel
        drawn = {entry.name for entry in kernel.inputs if entry.role == "drawn"}
        named = {step.name for step in kernel.steps if step.role == "figure"}
        here = {
            kernel.inputs[one.index].name
            for step in kernel.steps
            for one in k.walk(step.value)
            if isinstance(one, k.Own) and self._rests(one.otherwise)
        }
        for entry in given(self.compiled, self.made):
            name = entry.name.text
            if name not in drawn or (name in named and name not in here):
                yield entry

    def _shown(self, result: Result) -> Iterator[tree.Shown]:
        """What figures of these records come to."""
        for step in result.kernel.steps:
            value = step.value
            if step.role == "figure" and isinstance(value, k.Own) and value.otherwise == self.spot.records:
                found = result.value(value)
                if found is not None and (found * 10**LONGEST).denominator == 1:
                    yield tree.Shown("figure", tree.Name(step.name), literal(value.kind, found))

    def _rests(self, node: k.Node) -> bool:
        """Whether a value rests on records of the table."""
        kernel = self.view.kernel
        return any(
            isinstance(one, k.Records) and one.table == self.spot.records.table
            for one in k.needed(kernel, [node])
        )

    def _record(self, value: Fraction, at: int) -> Iterator[tree.Record]:
        """A record that counts, but for what its value makes of it, and those that it belongs to."""
        own = {**_usual(self.view.kernel, self.spot.records), self.spot.column: value}
        yield from self._rows(self.spot.records.table, own, None, f"A{at}")

    def _rows(self, table: int, cells: Cells, called: str | None, name: str) -> Iterator[tree.Record]:
        """A record with such cells after those in which some of them stand; these are called by a name."""
        known = self.view.kernel.tables[table]
        linked: dict[int, dict[int, Fraction]] = {}
        for at, column in enumerate(known.columns):
            if column.via is not None and at in cells:
                linked.setdefault(column.via[0], {})[column.via[1]] = cells[at]
        for link, theirs in linked.items():
            if (leads := known.columns[link].leads) is not None:
                yield from self._rows(leads, theirs, name, name)
        entries: list[tree.Entry] = []
        for at, column in enumerate(known.columns):
            said: tree.Expr | None = None
            if at in linked or (at == known.id and called is not None):
                said = tree.Name(name)
            elif column.via is None and at not in {known.owner, known.id, known.counts}:
                said = self._cell(column, cells.get(at))
            if said is not None:
                entries.append(tree.Entry(tree.Name(column.name), False, said))
        yield tree.Record(tree.Name(known.name), tuple(entries))

    def _cell(self, column: k.ColumnInput, value: Fraction | None) -> tree.Expr | None:
        if column.leads is not None or (value is None and column.default is not None):
            return None
        value = USUAL.get(column.kind, Fraction(0)) if value is None else value
        if value == column.default:
            return None
        if column.choices:
            return tree.Name(column.choices[int(value)])
        if column.kind == "text":
            return tree.Name("A")
        if column.kind == "date":
            when = period(self.made.period)
            return literal("date", value or Fraction(when.first.toordinal() if when else 1))
        return literal(column.kind, value)


def _usual(kernel: k.Kernel, node: k.Records) -> dict[int, Fraction]:
    """Values with which a record counts, where its conditions are plain ones that all hold."""
    table = kernel.tables[node.table]
    found = {
        at: USUAL.get(column.kind, Fraction(0)) if column.default is None else column.default
        for at, column in enumerate(table.columns)
    }

    def held(at: int, sign: str, bound: Fraction) -> Fraction:
        """A value that compares so to a bound."""
        column = table.columns[at]
        if sign == "<>" and column.choices:
            return (bound + 1) % len(column.choices)
        unit = least(column.kind, kernel.digits)
        return bound + {">": unit, "<>": unit, "<": -unit}.get(sign, Fraction(0))

    for part in () if node.where is None else _parts(node.where):
        match part:
            case k.Column(_, at, kind="yes_no"):
                found[at] = Fraction(1)
            case k.Denial(k.Column(_, at)):
                found[at] = Fraction(0)
            case k.Comparison(sign, k.Column(_, at), k.Constant(bound)):
                found[at] = held(at, sign, bound)
            case k.Comparison(sign, k.Constant(bound), k.Column(_, at)):
                found[at] = held(at, MIRRORED.get(sign, sign), bound)
    return found


def _parts(where: k.Node) -> Iterator[k.Node]:
    """The conditions that all have to hold; of alternatives the first."""
    if isinstance(where, k.Logic):
        yield from _parts(where.left)
        if where.word == "and":
            yield from _parts(where.right)
    else:
        yield where
