"""What a line of pay came to on the way: the row of each table, what each band made, the sum before a cap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import zip_longest
from math import lcm

from dsl.faults.answer import ToldPlace, place_of
from dsl.place import Place
from dsl.source import Source
from dsl.words import Lang

from .. import kernel as k
from ..evaluate import Result
from ..money import Money, rounded
from ..scales import exact
from .answer import PersonSums
from .clauses import chain
from .reasons import BandAmount, ReachedRow
from .show import titled

TABLES = frozenset(
    {"row", "between", "band"}
)  # why a piece of a curve is one, where an author wrote it as a row


@dataclass(frozen=True, slots=True)
class Reach:
    """What a line of pay rests on that has rows: choices by an attribute, made already, and tables.

    `several` are the clauses that made its amount; `written` is what stands at places that were told of.
    """

    choices: tuple[ReachedRow, ...]
    tables: tuple[tuple[str, k.Piecewise], ...]
    several: tuple[k.Step, ...]
    source: Source
    lang: Lang
    written: dict[Place, tuple[str, ToldPlace]] = field(default_factory=dict)

    def rows(self, result: Result) -> tuple[ReachedRow, ...]:
        """The row of each that somebody's facts asked for, in the plan's order."""
        return (*self.choices, *self._tabled(result)) if self.tables else self.choices

    def words(self, place: Place) -> tuple[str, ToldPlace]:
        """What stands at a place, in one row, and which place that is."""
        if place not in self.written:
            self.written[place] = self.source.words(place), place_of(self.source, place)
        return self.written[place]

    def _tabled(self, result: Result) -> Iterator[ReachedRow]:
        for name, table in self.tables:
            at, measure = result.pick(table), valued(result, table.measure)
            if at is not None and measure is not None:
                yield self._row(result, name, table, at, measure)

    def _row(self, result: Result, name: str, table: k.Piecewise, at: int, measure: Fraction) -> ReachedRow:
        piece = table.pieces[at]
        (row, place), columns, column, across = self.words(piece.place), piece.constant, None, None
        if isinstance(columns, k.Piecewise) and (found := result.pick(columns)) is not None:
            row, _ = self.words(piece.edge)
            column, _ = self.words(columns.pieces[found].edge)
            across = valued(result, columns.measure)
        bands = tuple(self._bands(result, table, at, measure)) if piece.reason == "band" else None
        label = titled(result.compiled.checked.scope, name, self.lang)
        beside = None if across is None else exact(across)
        return ReachedRow(name, label, exact(measure), row, place, column, beside, bands)

    def _bands(self, result: Result, table: k.Piecewise, at: int, measure: Fraction) -> Iterator[BandAmount]:
        """Each band up to the one reached: its bounds, its rate, what fell into it and what it makes."""
        several: list[tuple[k.Piece, tuple[Fraction | None, ...], Fraction, Fraction]] = []
        low: Fraction | None = None
        start = before = Fraction(0)
        for index, piece in enumerate(table.pieces[: at + 1]):
            high = None if piece.bound is None else valued(result, piece.bound)
            rate, end = valued(result, piece.slope), measure if index == at or high is None else high
            whole = end * (rate or 0) + (valued(result, piece.constant) or 0)
            # A row that pays a fixed amount has no rate.
            fixed = isinstance(piece.slope, k.Constant) and not piece.slope.value and whole != before
            several.append((piece, (low, high, None if fixed else rate), end - start, whole - before))
            low, start, before = high, end, whole
        money = table.kind == "money"
        amounts = shared([made for *_, made in several], None, result.kernel.digits) if money else ()
        for (piece, numbers, part, made), amount in zip_longest(several, amounts):
            low_, high_, rate_ = (None if number is None else exact(number) for number in numbers)
            row = self.words(piece.place)[0]
            yield BandAmount(row, low_, high_, rate_, exact(part), amount, exact(made))


def reach(result: Result, line: k.PayLine, lang: Lang) -> Reach:
    """What a line rests on that has rows, for all people of one sort."""
    kernel = result.kernel
    steps = sorted({node.index for node in k.needed(kernel, [line.amount]) if isinstance(node, k.Earlier)})
    roots = [*((kernel.steps[index].name, kernel.steps[index].value) for index in steps)]
    tables: dict[int, tuple[str, k.Piecewise]] = {}
    inner: set[int] = set()  # the columns of a matrix, which its rows tell
    for name, root in (*roots, (line.name, line.amount)):
        for node in k.walk(root):
            if isinstance(node, k.Piecewise) and node.pieces[0].reason in TABLES:
                tables[id(node)] = name, node
                inner.update(id(one.constant) for one in node.pieces if isinstance(one.constant, k.Piecewise))
    several, _ = chain(kernel, line.reckoned)
    outer = tuple(found for key, found in tables.items() if key not in inner)
    choices = tuple(_choices(result, line, steps))
    return Reach(choices, outer, tuple(several), result.compiled.source, lang)


def _choices(result: Result, line: k.PayLine, steps: Sequence[int]) -> Iterator[ReachedRow]:
    """The case of each attribute that a line rests on by choices: they are in the whole plan's kernel."""
    compiled, kernel = result.compiled, result.compiled.kernel
    sort = dict(zip(compiled.attributes, result.facts.sort, strict=True))
    theirs = {(step.role, step.name) for step in (result.kernel.steps[index] for index in steps)}
    roots = [step.value for step in kernel.steps if (step.role, step.name) in theirs]
    nodes = [*roots, *(one.amount for one in kernel.lines if one.name == line.name)] if sort else []
    told: set[int] = set()
    done: set[int] = set()
    while nodes:
        node = nodes.pop(0)
        if id(node) in done:
            continue
        done.add(id(node))
        match node:
            case k.Choice(
                k.Comparison("=", k.Actual(index), k.Constant(value)) as asked, chosen, otherwise
            ) if index in sort:
                taken = chosen if sort[index] == value else otherwise
                nodes.insert(0, taken)
                # Of `by grade (senior: 5)` the condition is the case, and holds its value.
                by = asked.place.start <= chosen.place.start < asked.place.end
                more = isinstance(taken, k.Choice) and taken.place == node.place
                if by and not more and index not in told:
                    told.add(index)
                    yield _case(result, kernel.inputs[index], sort[index], taken)
            case _:
                nodes[:0] = k.operands(node)


def _case(result: Result, entry: k.Input, value: int, taken: k.Node) -> ReachedRow:
    label, clause = (
        result.compiled.checked.scope.label(entry.name),
        place_of(result.compiled.source, taken.place),
    )
    return ReachedRow(entry.name, label, None, entry.choices[value], clause, None, None, None)


def shared(parts: Sequence[Fraction], whole: int | None, digits: int) -> list[Money]:
    """Parts of an amount in minor units (else of their sum as printed) that add up: by largest remainder."""
    below = lcm(*(part.denominator for part in parts))
    tops = [int(part * below) * 10**digits for part in parts]
    cut = [divmod(top, below) for top in tops]
    left = (rounded(sum(tops), below) if whole is None else whole) - sum(units for units, _ in cut)
    more = {*sorted(range(len(cut)), key=lambda at: (-cut[at][1], at))[:left]}
    return [Money(units + (at in more), digits) for at, (units, _) in enumerate(cut)]


def uncapped(result: Result, line: k.PayLine, several: Sequence[k.Step]) -> str | None:
    """What a line, or several lines together, would come to without the cap that takes something off."""
    if line.kind == "cap" and isinstance(line.made, k.Limit):
        return _exactly(result, line.made.base)
    for step in several:
        made = step.made
        if step.role == "capped" and isinstance(made, k.Limit):
            capped, base = valued(result, step.value), valued(result, made.base)
            if capped is not None and base is not None and capped < base:
                return exact(base)
    return None


def sums(result: Result) -> PersonSums | None:
    """What somebody is paid as salary, for KPIs, in commissions, and besides; None where it is one sort."""
    totals: dict[str, Money | None] = dict.fromkeys(("salary", "kpi", "commission", "other"))
    for line, minor in zip(result.kernel.lines, result.amounts, strict=True):
        if minor or not line.of:
            kind = "kpi" if line.of not in {"", "variable", "total"} else line.kind
            sort = kind if kind in totals else "other"
            before = totals[sort]
            totals[sort] = Money(minor + (before.minor if before else 0), result.kernel.digits)
    return PersonSums(*totals.values()) if sum(map(bool, totals.values())) > 1 else None


def _exactly(result: Result, node: k.Node) -> str | None:
    value = valued(result, node)
    return None if value is None else exact(value)


def valued(result: Result, node: k.Node) -> Fraction | None:
    """The exact value of an operation; None where nobody had to compute it."""
    if isinstance(node, k.Constant):
        return node.value
    return result.value(node) if id(node) in result.program.slots else None
