"""Tables of numbers, the simple way: the row that holds, the two points around, the parts under a bound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

Edge = tuple[str, Fraction]


class Nothing(Exception):  # noqa: N818  # no error: the plan has no value
    """A quotient was needed whose divisor is 0, a value of no records, or a fact that a member lacks."""


@dataclass(frozen=True)
class Row:
    """A row: `side` of its bound (`else` for the last), its values, and whether these go with the measure."""

    side: str
    bound: Fraction
    values: Sequence[Fraction]
    goes: bool = False

    @property
    def value(self) -> Fraction:
        return self.values[0]


def tabled(
    mode: str, rows: Sequence[Row], measure: Fraction, columns: Sequence[Edge], across: Fraction | None
) -> Fraction:
    """The value of a table."""
    match mode:
        case "steps":
            return held(rows, measure).value
        case "whole":
            row = held(rows, measure)
            return row.value * measure if row.goes else row.value
        case "bands":
            return bands(rows, measure)
        case "line":
            return line(rows, measure)
        case _:
            assert across is not None
            return matrix(rows, measure, columns, across)


def held(rows: Sequence[Row], measure: Fraction) -> Row:
    """The row that a measure falls into: an exact point, or else the narrowest stretch that holds it."""
    points = [row for row in rows if row.side == "at" and measure == row.bound]
    upper = [row for row in rows if reaches(row, measure) and row.side in {"up_to", "below"}]
    lower = [row for row in rows if reaches(row, measure) and row.side in {"from", "above"}]
    others = [row for row in rows if row.side == "else"]
    nearest = sorted(upper, key=lambda row: row.bound)[:1] + sorted(lower, key=lambda row: -row.bound)[:1]
    return [*points, *nearest, *others][0]


def reaches(row: Row, measure: Fraction) -> bool:
    return {
        "up_to": measure <= row.bound,
        "below": measure < row.bound,
        "from": measure >= row.bound,
        "above": measure > row.bound,
    }.get(row.side, False)


def bands(rows: Sequence[Row], measure: Fraction) -> Fraction:
    """What lies in each band at its rate; an amount for each band that is reached."""
    total = start = Fraction(0)
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        # A band ends where its row says, or where the next one begins.
        own = row.side in {"up_to", "below"}
        end = row.bound if own else measure if following is None else following.bound
        within = reaches(row, measure) if own else following is None or not reaches(following, measure)
        end = measure if within else end
        total += (end - start) * row.value if row.goes else row.value
        if within:
            return total
        start = end
    raise AssertionError("a measure above all bands")


def line(rows: Sequence[Row], measure: Fraction) -> Fraction:
    """Between the nearest points below and above; flat at both ends; a jump belongs to its `from`."""
    first, *points, last = rows
    if measure < points[0].bound:
        return first.value
    if measure > points[-1].bound:
        return last.value
    left = [row for row in points if row.bound <= measure and row.side in {"at", "from", "above"}]
    right = [row for row in points if row.bound >= measure and row.side in {"at", "up_to", "below"}]
    exact = [row for row in points if row.bound == measure]
    if exact:
        # A point is a point; of a jump `from` and `up to` include it, and `from` goes first.
        order = ["at", "from", "up_to"]
        sides = {row.side: row for row in exact}
        return next(sides[side] for side in order if side in sides).value
    before, after = left[-1], right[0]
    share = (measure - before.bound) / (after.bound - before.bound)
    return before.value + share * (after.value - before.value)


def matrix(rows: Sequence[Row], measure: Fraction, columns: Sequence[Edge], across: Fraction) -> Fraction:
    """A cell; or, among points, in proportion between the four cells around, held within the edges."""
    if all(side == "at" for side, _ in columns):
        marks = [row.bound for row in rows]
        least, most = marks[0], marks[-1]
        values = [between([bound for _, bound in columns], row.values, across) for row in rows]
        return between(marks, values, min(max(measure, least), most))
    row = held(rows, measure)
    cells = [Row(side, bound, [value]) for (side, bound), value in zip(columns, row.values, strict=True)]
    return held(cells, across).value


def between(marks: Sequence[Fraction], values: Sequence[Fraction], measure: Fraction) -> Fraction:
    """On the broken line through some points, held within its ends."""
    if measure <= marks[0]:
        return values[0]
    for start, end, one, other in zip(marks, marks[1:], values, values[1:], strict=False):
        if measure <= end:
            return one + (other - one) * (measure - start) / (end - start)
    return values[-1]
