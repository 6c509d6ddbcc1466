"""Pictures laid out by matplotlib; imported only where there is one to draw."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill
from typing import assert_never

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from engine.picture import Bars, Chart, Histogram, Picture, Sheet, Single, Waterfall

from .columns import bars, histogram, waterfall
from .curve import chart, words

WIDTH, HEIGHT, HEAD = 8.0, 4.5, 0.5  # inches: of a picture, and of the title of a sheet
FINE = 4  # decimals of a place on the figure
WRAPPED, NARROW = 70, 64  # letters in a row of the title of a sheet, and of a picture


def figure(picture: Picture) -> Figure:
    """A picture, laid out."""
    pictures: Sequence[Single] = picture.pictures if isinstance(picture, Sheet) else (picture,)
    head = HEAD if isinstance(picture, Sheet) else 0
    heights = [_height(one) for one in pictures]
    made = Figure(figsize=(WIDTH, sum(heights) + head))
    made.set_layout_engine("constrained", h_pad=0.12, w_pad=0.12, hspace=0.04)
    canvas = FigureCanvasAgg(made)
    if isinstance(picture, Sheet):
        made.suptitle(fill(picture.title, WRAPPED), fontsize=13, fontweight="bold")
    grid = made.add_gridspec(len(pictures), 1, height_ratios=heights)
    several = [made.add_subplot(grid[index]) for index in range(len(pictures))]
    for axes, one in zip(several, pictures, strict=True):
        # Above an upright axis there is its label.
        room = 22 if isinstance(one, Chart | Histogram) else 8
        axes.set_title(fill(one.title, NARROW), loc="left", fontweight="bold", fontsize=11, pad=room)
        axes.spines[["top", "right"]].set_visible(False)
        _draw(axes, one)
    _settle(made, canvas)
    charts = [(axes, one) for axes, one in zip(several, pictures, strict=True) if isinstance(one, Chart)]
    words(canvas, charts)
    return made


def _settle(made: Figure, canvas: FigureCanvasAgg) -> None:
    """Lay it out, for good: what the layout finds is not the same to the last digit each time."""
    canvas.draw()  # type: ignore[no-untyped-call]  # of the library
    made.set_layout_engine("none")
    for axes in made.axes:
        left, bottom, width, height = (round(edge, FINE) for edge in axes.get_position().bounds)
        axes.set_position((left, bottom, width, height))
    for title in made.texts:
        x, y = title.get_position()
        title.set_position((round(x, FINE), round(y, FINE)))


def _height(picture: Single) -> float:
    """Bars that lie grow with their number."""
    match picture:
        case Waterfall(steps=rows) | Bars(bars=rows):
            return max(2.2, 1.2 + 0.42 * len(rows))
        case Chart() | Histogram():
            return HEIGHT
        case _:
            assert_never(picture)


def _draw(axes: Axes, picture: Single) -> None:
    match picture:
        case Chart():
            chart(axes, picture)
        case Bars():
            bars(axes, picture)
        case Waterfall():
            waterfall(axes, picture)
        case Histogram():
            histogram(axes, picture)
        case _:
            assert_never(picture)
