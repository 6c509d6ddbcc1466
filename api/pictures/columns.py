"""Bars, waterfalls and histograms, drawn by matplotlib."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from textwrap import fill

from matplotlib.axes import Axes

from engine.picture import Bars, Histogram, Waterfall
from engine.statement.show import said

from .ink import COLOURS, HATCHES, QUIET, dress_x, dress_y, legend
from .scale import scale

TICKS = 6
LETTERS = 60  # that fill the lower axis
LABEL = 28  # letters in a row of a bar's label
THICK = 0.66  # of the room of a bar
TOTAL, MORE, LESS = ("#4d4d4d", ""), (COLOURS[0], "///"), (COLOURS[1], "...")


def bars(axes: Axes, picture: Bars) -> None:
    """Bars that lie, one group under another, each with its number."""
    count = max(1, *(len(bar.values) for bar in picture.bars), 1)
    _dress(axes, picture, (value for bar in picture.bars for value in bar.values))
    thick = THICK / count
    for series in range(count):
        rows = [(row, bar.values[series]) for row, bar in enumerate(picture.bars) if series < len(bar.values)]
        drawn = axes.barh(
            [row + (series - (count - 1) / 2) * thick for row, _ in rows],
            [float(value) for _, value in rows],
            thick,
            color=COLOURS[series % len(COLOURS)],
            hatch=HATCHES[series % len(HATCHES)],
            edgecolor="white",
            label=picture.series[series] if series < len(picture.series) else None,
        )
        labels = [said(value, picture.axis.kind, picture.lang) for _, value in rows]
        axes.bar_label(drawn, labels=labels, padding=4, fontsize=9)
    _rows(axes, [bar.label for bar in picture.bars])
    if picture.series:
        legend(axes)


def waterfall(axes: Axes, picture: Waterfall) -> None:
    """Bars that lie, each from where the one above it ended."""
    ends = picture.ends()
    _dress(axes, picture, (end for pair in ends for end in pair))
    for row, (step, (start, end)) in enumerate(zip(picture.steps, ends, strict=True)):
        colour, hatch = TOTAL if step.total else MORE if step.amount >= 0 else LESS
        drawn = axes.barh(
            [row],
            [float(end - start)],
            THICK,
            left=[float(start)],
            color=colour,
            hatch=hatch,
            edgecolor="white",
        )
        amount = said(step.amount, picture.axis.kind, picture.lang)
        plus = "+" if step.amount > 0 and not step.total else ""
        axes.bar_label(drawn, labels=[plus + amount], padding=4, fontsize=9)
        if row + 1 < len(ends):
            reach = [row - THICK / 2, row + 1 + THICK / 2]
            axes.plot([float(end)] * 2, reach, color=QUIET, linewidth=0.8, linestyle=(0, (2, 2)), zorder=1)
    _rows(axes, [step.label for step in picture.steps])


def histogram(axes: Axes, picture: Histogram) -> None:
    """Upright bars as wide as what they count."""
    edges = [edge for one in picture.bins for edge in (one.low, one.high)]
    across = scale(picture.x, edges, picture.lang, TICKS, letters=LETTERS)
    counts = [Fraction(0), *(Fraction(one.count) for one in picture.bins)]
    dress_x(axes, picture.x, across)
    dress_y(axes, picture.y, scale(picture.y, counts, picture.lang, TICKS, spare=True))
    axes.bar(
        [float(one.low) for one in picture.bins],
        [one.count for one in picture.bins],
        [float(one.high - one.low) for one in picture.bins],
        align="edge",
        color=COLOURS[0],
        edgecolor="white",
    )


def _dress(axes: Axes, picture: Bars | Waterfall, values: Iterable[Fraction]) -> None:
    """The axis of bars that lie: with 0 on it, and room at the ends."""
    axis, lang = picture.axis, picture.lang
    dress_x(axes, axis, scale(axis, [Fraction(0), *values], lang, TICKS, letters=LETTERS, spare=True))


def _rows(axes: Axes, labels: list[str]) -> None:
    """The names of bars that lie, the first at the top."""
    axes.set_yticks(range(len(labels)), labels=[fill(label, LABEL) for label in labels])
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.axvline(0, color="black", linewidth=0.8)
