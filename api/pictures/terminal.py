"""Pictures as text for a terminal, drawn by plotext; without colours, so that they go into a file as well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from textwrap import wrap
from threading import Lock
from typing import Any, assert_never

from dsl.faults import Fault
from engine.picture import Bars, Chart, Histogram, Picture, Sheet, Single, Waterfall
from engine.statement.show import said

from .missing import missing
from .scale import Scale, scale

LIBRARY = "plotext"
HEIGHT = 18  # rows of a drawing
TICKS_Y = 5
CELLS = 14  # columns of a tick of the lower axis, with what is left free between two
LEAST, WIDEST = 40, 120  # columns of a drawing
LABEL = 24  # letters of a bar's label
BRAILLE, FULL, OPEN, CLOSED, HERE = "braille", "█", "○", "●", "◆"
MARKERS = (BRAILLE, "+", "x", "·", "*", "o")  # of lines, told apart without colours
SHADES = ("█", "▒", "░", "▓")
# plotext has one drawing board for the whole process.
ONE = Lock()


def text(picture: Picture, width: int) -> str | Fault:
    """A picture in rows of at most `width` columns; a fault where plotext is missing."""
    if fault := missing(LIBRARY):
        return fault
    columns = max(LEAST, min(WIDEST, width))
    if not isinstance(picture, Sheet):
        return "\n".join(_rows(picture, columns))
    parts = ["\n".join(_rows(one, columns)) for one in picture.pictures]
    return "\n\n".join(["\n".join(wrap(picture.title, columns)), *parts])


def _rows(picture: Single, width: int) -> Iterator[str]:
    yield from wrap(picture.title, width)
    match picture:
        case Chart():
            yield from _chart(picture, width)
        case Histogram():
            yield from _histogram(picture, width)
        case Bars():
            yield from _bars(picture, width)
        case Waterfall():
            yield from _waterfall(picture, width)
        case _:
            assert_never(picture)


# ── Over two axes ────────────────────────────────────────────────────────────────────────────────────────


def _chart(picture: Chart, width: int) -> Iterator[str]:
    points = [(stroke.x, stroke.y) for line in picture.lines for stroke in line.strokes]
    points += [(stroke.to_x, stroke.to_y) for line in picture.lines for stroke in line.strokes]
    points += [(dot.x, dot.y) for line in picture.lines for dot in line.dots]
    points += [(spot.x, spot.y) for spot in picture.spots]
    bounds = [mark.at for mark in picture.marks if mark.axis == "x"]
    across = scale(picture.x, [*(x for x, _ in points), *bounds], picture.lang, width // CELLS, wanted=bounds)
    upright = scale(picture.y, [y for _, y in points], picture.lang, TICKS_Y, spare=True)
    with ONE:
        board = _board(width, HEIGHT, across, upright)
        for index, line in enumerate(picture.lines):
            marker = MARKERS[index % len(MARKERS)]
            for stroke in line.strokes:
                xs, ys = (stroke.x, stroke.to_x), (stroke.y, stroke.to_y)
                board.draw(board.signal([*map(float, xs)], [*map(float, ys)], marker=marker).lines(True))
        # No line hides where another one jumps.
        for dot in (dot for line in picture.lines for dot in line.dots):
            _put(board, dot.x, dot.y, CLOSED if dot.closed else OPEN)
        for spot in picture.spots:
            if spot.strong:
                _put(board, spot.x, spot.y, HERE)
        drawn = _drawn(board)
    yield picture.y.label
    yield from drawn
    yield picture.x.label.center(width).rstrip()
    if len(picture.lines) > 1:
        for index, line in enumerate(picture.lines):
            marker = MARKERS[index % len(MARKERS)]
            yield from wrap(f"{'⠤⠤' if marker == BRAILLE else marker * 2} {line.name}", width)
    yield from (f"{HERE} {spot.label}" for spot in picture.spots if spot.strong)


def _histogram(picture: Histogram, width: int) -> Iterator[str]:
    edges = [edge for one in picture.bins for edge in (one.low, one.high)]
    counts = [Fraction(0), *(Fraction(one.count) for one in picture.bins)]
    across = scale(picture.x, edges, picture.lang, width // CELLS, letters=width - CELLS)
    upright = scale(picture.y, counts, picture.lang, TICKS_Y)
    with ONE:
        board = _board(width, HEIGHT, across, upright)
        for one in picture.bins:
            if one.count:
                ends = [float(one.low), float(one.high)]
                board.draw(board.rectangle(ends, [0, one.count], marker=FULL))
        drawn = _drawn(board)
    yield picture.y.label
    yield from drawn
    yield picture.x.label.center(width).rstrip()


def _board(width: int, height: int, across: Scale, upright: Scale) -> Any:
    import plotext  # noqa: PLC0415  # an extra

    plotext.terminal.limit(False, False)
    board: Any = plotext.figure
    board.clear.all()
    board.theme("colorless")
    board.plot_size(width, height)
    for number, one in enumerate((across, upright)):
        ruler = board.ruler(number, 0)
        ruler.ticks([*map(float, one.ticks)], [*one.labels])
        ruler.lim(float(one.low), float(one.high))
    return board


def _put(board: Any, x: Fraction, y: Fraction, mark: str) -> None:
    board.draw(board.signal([float(x)], [float(y)], marker=mark))


def _drawn(board: Any) -> list[str]:
    rows: str = board.build().string(colorless=True)
    return [row.rstrip() for row in rows.splitlines() if row.strip()]


# ── Bars that lie ────────────────────────────────────────────────────────────────────────────────────────


def _bars(picture: Bars, width: int) -> Iterator[str]:
    values = [value for bar in picture.bars for value in bar.values]
    rows = [
        (
            bar.label if series == 0 else "",
            Fraction(0),
            value,
            said(value, picture.axis.kind, picture.lang),
            series,
        )
        for bar in picture.bars
        for series, value in enumerate(bar.values)
    ]
    yield picture.axis.label
    yield from _lying(rows, values, width)
    yield from (f"{SHADES[series % len(SHADES)] * 2} {name}" for series, name in enumerate(picture.series))


def _waterfall(picture: Waterfall, width: int) -> Iterator[str]:
    rows = []
    for step, (start, end) in zip(picture.steps, picture.ends(), strict=True):
        amount = said(step.amount, picture.axis.kind, picture.lang)
        plus = "+" if step.amount > 0 and not step.total else ""
        shade = 0 if step.total else 1 if step.amount >= 0 else 2
        rows.append((step.label, start, end, plus + amount, shade))
    yield picture.axis.label
    yield from _lying(rows, [end for _, start, end, _, _ in rows for end in (start, end)], width)


def _lying(
    rows: Sequence[tuple[str, Fraction, Fraction, str, int]], values: Sequence[Fraction], width: int
) -> Iterator[str]:
    """Bars from one number to another, a row each, its label before it and its amount behind."""
    labels = max((min(LABEL, len(label)) for label, *_ in rows), default=0)
    amounts = max((len(amount) for *_, amount, _ in rows), default=0)
    room = max(8, width - labels - amounts - 4)
    low, high = min([Fraction(0), *values]), max([Fraction(0), *values])
    size = (high - low) or Fraction(1)
    for label, start, end, amount, shade in rows:
        first, last = (
            round((min(start, end) - low) / size * room),
            round((max(start, end) - low) / size * room),
        )
        bar = " " * first + SHADES[shade % len(SHADES)] * max(last - first, int(start != end))
        head, *more = wrap(label, LABEL) or [""]
        yield f"{head:{labels}}  {bar:{room}}  {amount:>{amounts}}"
        yield from more
