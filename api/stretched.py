"""Stretches of what pay is followed over, for whoever reads them: worded, and drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from dsl.words import KindName, Lang
from engine.follow import Stretch
from engine.picture import Dot, Polyline, Stroke
from engine.statement.show import said


def where(
    one: Stretch, unit: KindName, lang: Lang, words: Mapping[str, str], least: Fraction | None = None
) -> str:
    """A stretch in words, such as `from 80% below 100%`; a start at the `least` number goes unsaid."""
    low, high = (None if end is None else said(end, unit, lang) for end in (one.low, one.high))
    if one.low is not None and one.low == one.high:
        return words["exactly"].format(at=low)
    begins = low is not None and (one.low != least or high is None)
    start = words["from" if one.includes_low else "above"].format(at=low) if begins else ""
    end = "" if high is None else words["up_to" if one.includes_high else "below"].format(at=high)
    if start and end:
        return words["both"].format(start=start, end=end)
    return start or end or words["everywhere"]


def amount(value: Fraction, lang: Lang, *, plus: bool = False, kind: KindName = "money") -> str:
    """An amount in the currency's unit, or a number of another kind; of a change, with a sign of its own."""
    return "+" * (plus and value > 0) + said(value, kind, lang)


def line(name: str, several: Sequence[Stretch], start: Fraction, end: Fraction) -> Polyline:
    """A function between two numbers of its variable, as far as it is straight, with dots where it jumps."""
    strokes: list[Stroke] = []
    dots: list[Dot] = []
    for index, one in enumerate(several):
        if one.line is None:
            continue
        left = start if one.low is None else max(start, one.low)
        right = end if one.high is None else min(end, one.high)
        if left > right or (left == right and one.low != one.high):
            continue
        if left < right:
            strokes.append(Stroke(left, one.line.at(left), right, one.line.at(right)))
        dots.extend(_ends(several, index, start, end))
    return Polyline(name, tuple(strokes), tuple(dict.fromkeys(dots)))


def _ends(several: Sequence[Stretch], index: int, start: Fraction, end: Fraction) -> Iterator[Dot]:
    """The ends of a stretch at which the function jumps: closed where the value is the stretch's own."""
    one = several[index]
    assert one.line is not None
    sides = ((index - 1, one.low, one.includes_low), (index + 1, one.high, one.includes_high))
    for beside, point, own in sides:
        if point is None or not 0 <= beside < len(several) or not start <= point <= end:
            continue
        other = several[beside].line
        if other is None or other.at(point) != one.line.at(point):
            yield Dot(point, one.line.at(point), own)
