"""What a picture is, before anybody draws it: exact numbers, and labels in the reader's language.

Every label that holds a number is made from the exact number; whoever draws turns numbers into floats only to
find the place of ink.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import accumulate
from typing import Literal

from dsl.node import node
from dsl.words import KindName, Lang


@node
class Axis:
    """What is measured along an axis, and the kind by which its numbers are written.

    It reaches at least from `low` to `high`; None leaves that end to what is drawn.
    """

    label: str
    kind: KindName
    low: Fraction | None = None
    high: Fraction | None = None


@node
class Dot:
    """A single point of a line: `closed` where the line has this value, open where it only comes near it."""

    x: Fraction
    y: Fraction
    closed: bool = True


@node
class Stroke:
    """A straight stroke of a line, from one end to the other."""

    x: Fraction
    y: Fraction
    to_x: Fraction
    to_y: Fraction


@node
class Polyline:
    """A line of straight strokes, with dots where it jumps; `name` tells it from the other lines."""

    name: str
    strokes: tuple[Stroke, ...]
    dots: tuple[Dot, ...] = ()


@node
class Rule:
    """A number of an axis that a thin line is drawn at, such as a bound of the plan."""

    axis: Literal["x", "y"]
    at: Fraction


@node
class Note:
    """A point with words beside it: a jump with its size; one that is `strong` is drawn itself."""

    x: Fraction
    y: Fraction
    label: str
    strong: bool = False


@node
class Drawn:
    """Whatever is drawn: `title` and `about` say what it shows; who sees no picture has `about`."""

    title: str
    about: str
    lang: Lang


@node
class Chart(Drawn):
    """Lines over two axes."""

    x: Axis
    y: Axis
    lines: tuple[Polyline, ...]
    marks: tuple[Rule, ...] = ()
    spots: tuple[Note, ...] = ()

    def points(self) -> Iterator[tuple[Fraction, Fraction]]:
        """Everything that has to have room between the axes but the marks: ends of strokes, dots, spots."""
        for line in self.lines:
            for stroke in line.strokes:
                yield from ((stroke.x, stroke.y), (stroke.to_x, stroke.to_y))
            yield from ((dot.x, dot.y) for dot in line.dots)
        yield from ((spot.x, spot.y) for spot in self.spots)


@node
class Bar:
    """A named group of bars: a value for each series."""

    label: str
    values: tuple[Fraction, ...]


@node
class Bars(Drawn):
    """Bars side by side; `series` are the names of the values of each, where there are several."""

    axis: Axis
    bars: tuple[Bar, ...]
    series: tuple[str, ...] = ()


@node
class Stair:
    """A step of a waterfall: what is added or taken off; `total` where it is the sum so far."""

    label: str
    amount: Fraction
    total: bool = False


@node
class Waterfall(Drawn):
    """Steps that add up: each begins where the one before ended, and every total is what is there by then."""

    axis: Axis
    steps: tuple[Stair, ...]

    def __post_init__(self) -> None:
        for step, (_, end) in zip(self.steps, self.ends(), strict=True):
            if step.total and end != step.amount:
                raise ValueError(f"the steps before {step.label!r} come to {end}, not to {step.amount}")

    def ends(self) -> tuple[tuple[Fraction, Fraction], ...]:
        """Where each step begins and ends."""
        # The first total is where it begins.
        added = (step.amount if at == 0 or not step.total else 0 for at, step in enumerate(self.steps))
        ends = zip(self.steps, accumulate(added), strict=True)
        return tuple((Fraction(0) if step.total else end - step.amount, Fraction(end)) for step, end in ends)


@node
class Bucket:
    """How many lie between two numbers, the lower one included."""

    low: Fraction
    high: Fraction
    count: int


@node
class Histogram(Drawn):
    """How many have how much."""

    x: Axis
    y: Axis
    bins: tuple[Bucket, ...]


Single = Chart | Bars | Waterfall | Histogram


@node
class Sheet(Drawn):
    """Pictures one under another, drawn as one."""

    pictures: tuple[Single, ...]


Picture = Single | Sheet
