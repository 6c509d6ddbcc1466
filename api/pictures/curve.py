"""Lines over two axes, drawn by matplotlib."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from textwrap import fill

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Annotation
from matplotlib.transforms import Bbox

from engine.picture import Chart, Note, Polyline

from .ink import COLOURS, DASHES, QUIET, WIDTHS, Extents, dress_x, dress_y, extents, free, legend
from .scale import Scale, scale

TICKS_X, TICKS_Y = 8, 6
LETTERS = 74  # that fill the lower axis
NAME = 34  # letters in a row of a legend
PARTS = [Fraction(part, 24) for part in range(25)]  # of a stroke, that stand in a box each
# Where the words of a spot are tried, in points from it, and how they are set there.
PLACES = (
    (9, -5, "left", "top"),
    (9, 5, "left", "bottom"),
    (-9, 5, "right", "bottom"),
    (-9, -5, "right", "top"),
    (9, -19, "left", "top"),
    (-9, 19, "right", "bottom"),
    (0, 22, "center", "bottom"),
    (0, -24, "center", "top"),
)

Curve = list[tuple[Fraction, Fraction]]


def chart(axes: Axes, picture: Chart) -> None:
    """Lines with their jumps, and the bounds between them."""
    across, upright = scales(picture)
    dress_x(axes, picture.x, across)
    dress_y(axes, picture.y, upright)
    for mark in picture.marks:
        rule = axes.axvline if mark.axis == "x" else axes.axhline
        rule(float(mark.at), color=QUIET, linewidth=0.8, linestyle=(0, (2, 3)), zorder=1)
    for index, line in enumerate(picture.lines):
        _line(axes, line, index)
    for spot in picture.spots:
        if spot.strong:
            axes.plot(
                [float(spot.x)],
                [float(spot.y)],
                marker="D",
                markersize=8,
                color="black",
                zorder=5,
                clip_on=False,
            )
    if len(picture.lines) > 1:
        legend(axes)


def scales(picture: Chart) -> tuple[Scale, Scale]:
    """The scales of a chart; bounds are ticked before anything else."""
    points = [*picture.points()]
    bounds = {side: [mark.at for mark in picture.marks if mark.axis == side] for side in ("x", "y")}
    xs, ys = [x for x, _ in points], [y for _, y in points]
    across = scale(picture.x, [*xs, *bounds["x"]], picture.lang, TICKS_X, letters=LETTERS, wanted=bounds["x"])
    upright = scale(picture.y, [*ys, *bounds["y"]], picture.lang, TICKS_Y, spare=True, wanted=bounds["y"])
    return across, upright


def curves(line: Polyline) -> Iterator[Curve]:
    """The strokes of a line, those that meet in one go."""
    found: Curve = []
    for stroke in line.strokes:
        start, end = (stroke.x, stroke.y), (stroke.to_x, stroke.to_y)
        if found and found[-1] != start:
            yield found
            found = []
        found = [*found, end] if found else [start, end]
    if found:
        yield found


def _line(axes: Axes, line: Polyline, index: int) -> None:
    turn = index % len(COLOURS)
    name: str | None = fill(line.name, NAME)
    for curve in curves(line):
        axes.plot(
            [float(x) for x, _ in curve],
            [float(y) for _, y in curve],
            color=COLOURS[turn],
            linestyle=DASHES[turn],
            linewidth=WIDTHS[turn],
            label=name,
            zorder=3,
        )
        name = None
    for dot in line.dots:
        axes.plot(
            [float(dot.x)],
            [float(dot.y)],
            marker="o",
            markersize=6.5,
            markeredgewidth=1.6,
            color=COLOURS[turn],
            markerfacecolor=COLOURS[turn] if dot.closed else "white",
            zorder=4,
            clip_on=False,
        )


def words(canvas: FigureCanvasAgg, several: Sequence[tuple[Axes, Chart]]) -> None:
    """The words of spots, each where nothing else stands; what finds no room is left to the table beside."""
    for axes, picture in several:
        taken = [_box(axes, curve) for line in picture.lines for curve in _pieces(line)]
        for spot in picture.spots:
            _said(canvas, axes, spot, taken)


def _said(canvas: FigureCanvasAgg, axes: Axes, spot: Note, taken: list[Extents]) -> None:
    renderer = canvas.get_renderer()  # type: ignore[no-untyped-call]  # of the library
    within = extents(axes.get_window_extent(renderer))
    for x, y, side, level in PLACES:
        said = Annotation(
            spot.label,
            (float(spot.x), float(spot.y)),
            xytext=(x, y),
            textcoords="offset points",
            ha=side,
            va=level,
            fontsize=9,
            fontweight="bold" if spot.strong else "normal",
        )
        axes.add_artist(said)
        box = extents(said.get_window_extent(renderer))
        if free(box, taken, within):
            taken.append(box)
            return
        said.remove()


def _pieces(line: Polyline) -> Iterator[Curve]:
    """Short parts of a line, whose boxes hold little but the line."""
    for stroke in line.strokes:
        wide, high = stroke.to_x - stroke.x, stroke.to_y - stroke.y
        points = [(stroke.x + wide * at, stroke.y + high * at) for at in PARTS]
        yield from map(list, pairwise(points))


def _box(axes: Axes, curve: Curve) -> Extents:
    corners = axes.transData.transform([(float(x), float(y)) for x, y in curve])
    return extents(Bbox(corners).padded(2))
