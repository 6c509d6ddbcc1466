"""Where two plans pay differently, as data: stretches of an attainment or a fact, with what is paid there."""

from __future__ import annotations

from fractions import Fraction

from dsl.words import KindName, Lang
from engine.compare import Contrast
from engine.follow.graph import Straight
from engine.follow.stretches import Stretch, straight
from engine.statement.show import said

from ..documents import label_of
from ..stretched import amount, where
from .vocabulary import Words

Document = dict[str, object]

STEPS: dict[KindName, Fraction] = {"percent": Fraction(1, 100), "money": Fraction(1000)}


def stretched(found: Contrast, lang: Lang, words: Words) -> Document:
    """A line of pay, and every stretch on which the plans pay it differently."""
    newest = found.new.compiled if found.new.line is not None else found.old.compiled
    return {
        "line": found.line,
        "label": label_of(newest, found.line, lang),
        "kind": found.kind,
        "along": found.axis,
        "name": found.name,
        "heading": _heading(found, words),
        "sorts": [dict(sort) for sort in found.sorts],
        "stretches": [_stretch(found, one, lang, words) for one in found.stretches],
    }


def _heading(found: Contrast, words: Words) -> str:
    name = words["name"].format(name=found.line)
    along = {
        "attainment": words["along_attainment"],
        "fact": words["along_fact"],
        "nothing": words["along_nothing"],
    }[found.axis].format(line=name, name=words["name"].format(name=found.name))
    sorts = "; ".join(", ".join(f"{name}: {value}" for name, value in sort) for sort in found.sorts)
    return f"{along} ({sorts})" if sorts else along


def _stretch(found: Contrast, one: Stretch, lang: Lang, words: Words) -> Document:
    return {
        "from": _point(one.low, found.unit, lang),
        "from_included": one.includes_low,
        "to": _point(one.high, found.unit, lang),
        "to_included": one.includes_high,
        "text": where(one, found.unit, lang, words),
        "old": _along(one.line, one, found.unit, lang, words),
        "new": _along(straight(one.spans[-1]), one, found.unit, lang, words),
        "change": _along(one.change, one, found.unit, lang, words, plus=True),
    }


def _point(x: Fraction | None, unit: KindName, lang: Lang) -> Document | None:
    return None if x is None else {"exact": str(x), "text": said(x, unit, lang)}


def _along(
    line: Straight | None, one: Stretch, unit: KindName, lang: Lang, words: Words, *, plus: bool = False
) -> Document | None:
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
    return {
        "slope": str(line.slope),
        "constant": str(line.constant),
        "from": texts[0],
        "to": texts[1],
        "text": text,
    }
