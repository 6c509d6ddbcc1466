"""What is said of straight lines between points: the two points around, and what lies between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from .. import kernel as k
from ..integers.executable import Numbers
from .closing import closing, preceded
from .show import Say, Saying, Test
from .speech import Amount, Part, Sentences, Telling, bracketed, fill
from .teller import Teller


@dataclass(frozen=True, slots=True)
class LinePoint:
    """A point of a line: where it stands, and what the stretch is worth there."""

    at: k.Node
    worth: Saying

    @property
    def operand(self) -> Say:
        """What it is worth, in a formula."""
        return bracketed(self.worth.plain)


def straight(teller: Teller, curve: k.Piecewise, index: int, lead: Part) -> Telling:
    """A stretch of a line: at its beginning, or between two points."""
    speaker, piece = teller.speaker, curve.pieces[index]
    inner = _inner(piece)
    row = speaker.quoted(piece.edge if inner else piece.place)
    close = partial(closing, speaker, lead=lead, measure=speaker.number(curve.measure), row=row)
    here = close("row", curve)
    rows = [_along(teller, curve, at, one) for at, one in zip((index, index - 1), inner, strict=False)]
    before = _told(teller, piece.slope, piece.constant)
    if isinstance(piece.slope, k.Constant) and piece.slope.value == 0:
        return preceded([*before, *rows], here)
    points = _ends(teller, curve, index)
    if points is None:
        slope, constant = speaker.operand(piece.slope), speaker.operand(piece.constant)
        cuts = speaker.cuts(curve.measure, piece.slope, piece.constant)
        before += rows
        return close("row_line", curve, before=before, cuts=cuts, slope=slope, constant=constant)
    at_point = preceded([*before, *rows[:1]], here)
    between = preceded([*before, *rows], _between(teller, curve, lead, points))
    exactly = _equal(teller, curve.measure, points[0].at)

    def tell(numbers: Numbers, out: list[str], amount: Amount | None = None) -> None:
        (at_point if exactly(numbers) else between)(numbers, out, amount)

    return tell


def _between(teller: Teller, curve: k.Piecewise, lead: Part, points: tuple[LinePoint, LinePoint]) -> Telling:
    speaker, (start, end) = teller.speaker, points
    measure = speaker.number(curve.measure)
    formula = fill(
        "{one} + ({measure} − {start}) × ({other} − {less}) / ({end} − {start})",
        one=start.worth.plain,
        measure=measure,
        start=speaker.operand(start.at),
        other=end.worth.plain,
        less=start.operand,
        end=speaker.number(end.at),
    )
    worths = [point.worth.cut for point in points if point.worth.cut is not None]
    cuts = [*speaker.cuts(curve.measure, start.at, end.at), *worths]
    return closing(
        speaker,
        "between",
        curve,
        cuts=cuts,
        lead=lead,
        measure=measure,
        start=speaker.number(start.at),
        end=speaker.number(end.at),
        one=start.worth.plain,
        other=end.worth.plain,
        formula=formula,
    )


def _ends(teller: Teller, curve: k.Piecewise, index: int) -> tuple[LinePoint, LinePoint] | None:
    """The points at both ends of a stretch; None where the plan does not say what lies below the first."""
    pieces = curve.pieces
    start = pieces[index].bound or (pieces[0].bound if pieces[0].sign == "<" else None)
    end = pieces[index - 1].bound
    if index == 0 or start is None or end is None or pieces[index - 1].sign == "<":
        return None
    one, other = (_worth(teller, curve, pieces[index], bound) for bound in (start, end))
    return LinePoint(start, one), LinePoint(end, other)


def _worth(teller: Teller, curve: k.Piecewise, piece: k.Piece, bound: k.Node) -> Saying:
    """What a stretch is worth at a bound."""
    nodes = (piece.slope, bound, piece.constant)
    return teller.speaker.reckoned(nodes, curve.kind, lambda slope, at, constant: slope * at + constant)


def _told(teller: Teller, *nodes: k.Node) -> list[Sentences]:
    """What has to be told before: the steps that some operations read, but not the rows of a matrix."""
    parts = [[*k.walk(node)] for node in nodes]
    plain = [
        part for walked in parts if not any(isinstance(one, k.Piecewise) for one in walked) for part in walked
    ]
    reads = [part.index for part in plain if isinstance(part, k.Earlier)]
    return [sentences for index in dict.fromkeys(reads) for sentences in teller.mention(index)]


def _equal(teller: Teller, measure: k.Node, bound: k.Node) -> Test:
    slots = teller.speaker.program.slots
    one, other = slots[id(measure)], slots[id(bound)]
    return lambda numbers: one.read(numbers) == other.read(numbers)


# ── A matrix of points, whose rows are lines themselves ──────────────────────────────────────────────────


def _inner(piece: k.Piece) -> Sequence[k.Piecewise]:
    """The lines at the beginning and at the end of a stretch, in a matrix."""
    match piece.slope, piece.constant:
        case k.Constant(), k.Piecewise() as only:
            return [only]
        case k.Arithmetic("/", k.Arithmetic("-", k.Piecewise() as following, k.Piecewise() as start)), _:
            return [start, following]
        case _:
            return []


def _along(teller: Teller, curve: k.Piecewise, index: int, row: k.Piecewise) -> Sentences:
    """What one row of a matrix comes to."""
    return teller.explained(row, f"`{teller.speaker.quoted(curve.pieces[index].edge)}`: ")
