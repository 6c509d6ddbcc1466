"""Lines as text for a terminal, drawn by plotext; without colours, so that they go into a file as well."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from textwrap import wrap
from threading import Lock
from typing import Any

from dsl.faults import Fault
from engine.picture import Chart

from .render import missing
from .scale import Scale, scale

LIBRARY = "plotext"
HEIGHT = 18  # rows of a drawing
TICKS_Y = 5
CELLS = 14  # columns of a tick of the lower axis, with what is left free between two
LEAST, WIDEST = 40, 120  # columns of a drawing
BRAILLE, OPEN, CLOSED, HERE = "braille", "○", "●", "◆"
MARKERS = (BRAILLE, "+", "x", "·", "*", "o")  # of lines, told apart without colours
# plotext has one drawing board for the whole process.
ONE = Lock()


def text(picture: Chart, width: int) -> str | Fault:
    """Lines over two axes in rows of at most `width` columns; a fault where plotext is missing."""
    if fault := missing(LIBRARY):
        return fault
    columns = max(LEAST, min(WIDEST, width))
    return "\n".join([*wrap(picture.title, columns), *_chart(picture, columns)])


def _chart(picture: Chart, width: int) -> Iterator[str]:
    points = [*picture.points()]
    bounds = [mark.at for mark in picture.marks if mark.axis == "x"]
    across = scale(picture.x, [*(x for x, _ in points), *bounds], picture.lang, width // CELLS, wanted=bounds)
    upright = scale(picture.y, [y for _, y in points], picture.lang, TICKS_Y, spare=True)
    marked = [*zip(cycle(MARKERS), picture.lines)]
    strong = [spot for spot in picture.spots if spot.strong]
    with ONE:
        board = _board(width, HEIGHT, across, upright)
        for marker, line in marked:
            for stroke in line.strokes:
                xs, ys = (stroke.x, stroke.to_x), (stroke.y, stroke.to_y)
                board.draw(board.signal([*map(float, xs)], [*map(float, ys)], marker=marker).lines(True))
        # No line hides where another one jumps.
        dots = [(dot.x, dot.y, CLOSED if dot.closed else OPEN) for line in picture.lines for dot in line.dots]
        for x, y, mark in (*dots, *((spot.x, spot.y, HERE) for spot in strong)):
            board.draw(board.signal([float(x)], [float(y)], marker=mark))
        drawn = _drawn(board)
    yield picture.y.label
    yield from drawn
    yield picture.x.label.center(width).rstrip()
    if len(picture.lines) > 1:
        for marker, line in marked:
            yield from wrap(f"{'⠤⠤' if marker == BRAILLE else marker * 2} {line.name}", width)
    yield from (f"{HERE} {spot.label}" for spot in strong)


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


def _drawn(board: Any) -> list[str]:
    rows: str = board.build().string(colorless=True)
    return [row.rstrip() for row in rows.splitlines() if row.strip()]
