"""What each table of a line of pay came to: the row that was reached, and what each band made."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from dsl.faults.answer import place_of

from .. import kernel as k
from ..evaluate import Result
from ..money import Money
from ..scales import exact
from .answer import PersonSums
from .clauses import chain
from .reasons import BandAmount, ReachedRow

TABLES = frozenset(
    {"row", "between", "band"}
)  # why a piece of a curve is one, where an author wrote it as a row


def reached(result: Result, line: k.PayLine) -> tuple[ReachedRow, ...]:
    """The row of each table that a line rests on and that somebody's facts asked for, in the plan's order."""
    return tuple(_tables(result, line))


def _tables(result: Result, line: k.PayLine) -> Iterator[ReachedRow]:
    kernel = result.kernel
    steps = sorted({node.index for node in k.needed(kernel, [line.amount]) if isinstance(node, k.Earlier)})
    roots = [*((kernel.steps[index].name, kernel.steps[index].value) for index in steps)]
    inner: set[int] = set()
    for name, root in (*roots, (line.name, line.amount)):
        for node in k.walk(root):
            if not isinstance(node, k.Piecewise) or id(node) in inner or node.pieces[0].reason not in TABLES:
                continue
            inner.add(id(node))
            inner.update(
                id(piece.constant) for piece in node.pieces if isinstance(piece.constant, k.Piecewise)
            )
            at, measure = result.pick(node), valued(result, node.measure)
            if at is not None and measure is not None:
                yield _row(result, name, node, at, measure)


def _row(result: Result, name: str, table: k.Piecewise, at: int, measure: Fraction) -> ReachedRow:
    source, piece = result.compiled.source, table.pieces[at]
    columns, column, across = piece.constant, None, None
    if isinstance(columns, k.Piecewise) and (found := result.pick(columns)) is not None:
        column, across = source.words(columns.pieces[found].edge), valued(result, columns.measure)
    banded = piece.reason == "band"
    return ReachedRow(
        name,
        result.compiled.checked.scope.label(name),
        exact(measure),
        source.words(piece.place if column is None else piece.edge),
        place_of(source, piece.place),
        column,
        None if across is None else exact(across),
        tuple(_bands(result, table, at, measure)) if banded else None,
    )


def _bands(result: Result, table: k.Piecewise, at: int, measure: Fraction) -> Iterator[BandAmount]:
    """Each band: from where to where, its rate, how much fell into it, and what that makes, unrounded."""
    start: Fraction | None = None
    before = Fraction(0)
    for index, piece in enumerate(table.pieces):
        bound = None if piece.bound is None else valued(result, piece.bound)
        rate = valued(result, piece.slope)
        part = made = Fraction(0)
        if index <= at:
            end = measure if index == at or bound is None else bound
            part = end - (start or 0)
            # What all bands up to here make, less what those before it made.
            whole = end * (rate or 0) + (valued(result, piece.constant) or 0)
            made, before = whole - before, whole
        yield BandAmount(
            result.compiled.source.words(piece.place),
            None if start is None else exact(start),
            None if bound is None else exact(bound),
            None if rate is None else exact(rate),
            exact(part),
            exact(made),
        )
        start = bound


def uncapped(result: Result, line: k.PayLine) -> str | None:
    """What a line, or several lines together, would come to without the cap that takes something off."""
    if line.kind == "cap" and isinstance(line.made, k.Limit):
        return _exactly(result, line.made.base)
    several, _ = chain(result.kernel, line.reckoned)
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
