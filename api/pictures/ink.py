"""How matplotlib's axes are dressed: ticks called by exact numbers, lines told apart without colour."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.transforms import Bbox, ScaledTranslation

from engine.picture import Axis

from .scale import Scale

# Dark enough for print, and apart for whoever does not see red from green (after Okabe and Ito).
COLOURS = ("#0b4f8a", "#c44601", "#00664f", "#7a2d7c", "#4d4d4d", "#8a6d00")
DASHES = ("solid", (0, (5, 2)), (0, (1.5, 1.5)), (0, (7, 2, 1.5, 2)), (0, (3, 1, 1, 1, 1, 1)), (0, (10, 3)))
WIDTHS = (3.0, 2.2, 2.0, 1.8, 1.6, 1.4)  # the later ones are drawn over the first and do not hide it
HATCHES = ("", "///", "...", "xxx", "\\\\\\", "+++")
QUIET = "#666666"
UNDER = 0.52  # inches from a drawing down to its legend, past its ticks and its label


def dress_x(axes: Axes, axis: Axis, scale: Scale) -> None:
    """The horizontal axis."""
    axes.set_xlim(float(scale.low), float(scale.high))
    axes.set_xticks([float(tick) for tick in scale.ticks], labels=scale.labels)
    axes.set_xlabel(axis.label)


def dress_y(axes: Axes, axis: Axis, scale: Scale) -> None:
    """The upright axis, with its label above it, where it can be read without turning one's head."""
    axes.set_ylim(float(scale.low), float(scale.high))
    axes.set_yticks([float(tick) for tick in scale.ticks], labels=scale.labels)
    axes.grid(axis="y", color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.annotate(
        axis.label,
        (0, 1),
        xytext=(0, 8),
        xycoords="axes fraction",
        textcoords="offset points",
        color=QUIET,
    )


def legend(axes: Axes) -> None:
    """Which line or bar is which: under the drawing, where it hides nothing."""
    below = ScaledTranslation(0, -UNDER, axes.figure.dpi_scale_trans)
    axes.legend(
        loc="upper center",
        bbox_to_anchor=(0.5, 0),
        bbox_transform=axes.transAxes + below,
        ncols=2,
        frameon=False,
        handlelength=3.4,
    )


# Left, lower, right and upper end, in pixels. A curve of hundreds of steps has thousands of boxes, and each
# of its words is held against them all: as objects of the library that took half a minute.
Extents = tuple[float, float, float, float]


def extents(box: Bbox) -> Extents:
    """The ends of a box."""
    return float(box.xmin), float(box.ymin), float(box.xmax), float(box.ymax)


def free(box: Extents, taken: Sequence[Extents], within: Extents) -> bool:
    """Whether words fit in a place where nothing else stands."""
    left, bottom, right, top = box
    if not (within[0] <= left and right <= within[2] and within[1] <= bottom and top <= within[3]):
        return False
    return not any(
        left <= end and start <= right and bottom <= high and low <= top for start, low, end, high in taken
    )
