"""Where two plans pay differently: stretches of an attainment or a fact, with what is paid there."""

from __future__ import annotations

from fractions import Fraction

from dsl.words import KindName, Lang
from engine.compare import Contrast
from engine.follow.graph import Straight
from engine.follow.stretches import Stretch, straight
from engine.statement.show import said, titled

from ..stretched import amount, where
from .answer import Along, ChangedPay, Point, StretchOfPay
from .vocabulary import Words

STEPS: dict[KindName, Fraction] = {"percent": Fraction(1, 100), "money": Fraction(1000)}


def stretched(found: Contrast, lang: Lang, words: Words) -> ChangedPay:
    """A line of pay, and every stretch on which the plans pay it differently."""
    newest = found.new.compiled if found.new.line is not None else found.old.compiled
    return ChangedPay(
        found.line,
        titled(newest.checked.scope, found.line, lang),
        found.kind,
        found.axis,
        found.name,
        _heading(found, words),
        tuple(dict(sort) for sort in found.sorts),
        tuple(_stretch(found, one, lang, words) for one in found.stretches),
    )


def _heading(found: Contrast, words: Words) -> str:
    name = words["name"].format(name=found.line)
    along = {
        "attainment": words["along_attainment"],
        "fact": words["along_fact"],
        "nothing": words["along_nothing"],
    }[found.axis].format(line=name, name=words["name"].format(name=found.name))
    sorts = "; ".join(", ".join(f"{name}: {value}" for name, value in sort) for sort in found.sorts)
    return f"{along} ({sorts})" if sorts else along


def _stretch(found: Contrast, one: Stretch, lang: Lang, words: Words) -> StretchOfPay:
    return StretchOfPay(
        _point(one.low, found.unit, lang),
        one.includes_low,
        _point(one.high, found.unit, lang),
        one.includes_high,
        where(one, found.unit, lang, words),
        _along(one.line, one, found.unit, lang, words),
        _along(straight(one.spans[-1]), one, found.unit, lang, words),
        _along(one.change, one, found.unit, lang, words, plus=True),
    )


def _point(x: Fraction | None, unit: KindName, lang: Lang) -> Point | None:
    return None if x is None else Point(str(x), said(x, unit, lang))


def _along(
    line: Straight | None, one: Stretch, unit: KindName, lang: Lang, words: Words, *, plus: bool = False
) -> Along | None:
    """A straight line over a stretch: exactly, and the amounts at its ends as a reader writes them."""
    if line is None:
        return None
    ends = [None if x is None else line.at(x) for x in (one.low, one.high)]
    texts = [None if end is None else amount(end, lang, plus=plus) for end in ends]
    step = STEPS.get(unit, Fraction(1))
    each = None if line.slope == 0 else amount(line.slope * step, lang, plus=True)
    if line.slope == 0:
        text = amount(line.constant, lang, plus=plus)
    elif texts[0] is not None and texts[1] is not None:
        text = texts[0] if texts[0] == texts[1] else f"{texts[0]} … {texts[1]}"
    else:
        end = texts[0] if texts[0] is not None else texts[1]
        unit_text = said(step, unit, lang)
        text = words["and_each"].format(end=end if end is not None else "", each=each, step=unit_text).strip()
    return Along(str(line.slope), str(line.constant), texts[0], texts[1], text)
