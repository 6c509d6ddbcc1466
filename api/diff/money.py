"""Where two plans pay differently, as data: stretches of an attainment or a fact, with what is paid there."""

from __future__ import annotations

from fractions import Fraction

from dsl.words import KindName, Lang
from engine.analyse.graph import Span, Straight
from engine.compare import Curves, Stretch
from engine.statement.show import quantity

from ..documents import label_of
from .vocabulary import Table

Document = dict[str, object]

STEPS: dict[KindName, Fraction] = {"percent": Fraction(1, 100), "money": Fraction(1000)}


def stretched(found: Curves, lang: Lang, words: Table) -> Document:
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


def _heading(found: Curves, words: Table) -> str:
    name = words["name"].format(name=found.line)
    along = words[f"along_{found.axis}"].format(line=name, name=words["name"].format(name=found.name))
    sorts = "; ".join(", ".join(f"{name}: {value}" for name, value in sort) for sort in found.sorts)
    return f"{along} ({sorts})" if sorts else along


def _stretch(found: Curves, one: Stretch, lang: Lang, words: Table) -> Document:
    return {
        "from": _point(one.low, found.unit, lang),
        "from_included": one.includes_low,
        "to": _point(one.high, found.unit, lang),
        "to_included": one.includes_high,
        "text": where(one, found.unit, lang, words),
        "old": _along(one.old, one, found.unit, lang, words),
        "new": _along(one.new, one, found.unit, lang, words),
        "change": _along(one.change, one, found.unit, lang, words, signed=True),
    }


def _point(x: Fraction | None, unit: KindName, lang: Lang) -> Document | None:
    return None if x is None else {"exact": str(x), "text": shown(x, unit, lang)}


def where(one: Stretch, unit: KindName, lang: Lang, words: Table) -> str:
    """A stretch in words: `from 80% to below 100%`."""
    if one.low is None and one.high is None:
        return words["everywhere"]
    low = None if one.low is None else shown(one.low, unit, lang)
    high = None if one.high is None else shown(one.high, unit, lang)
    if one.low is not None and one.low == one.high:
        return words["at"].format(x=low)
    parts = []
    if low is not None:
        parts.append(words["from" if one.includes_low else "above"].format(x=low))
    if high is not None:
        parts.append(words["up_to" if one.includes_high else "below"].format(x=high))
    return " ".join(parts)


def _along(
    line: Span | None, one: Stretch, unit: KindName, lang: Lang, words: Table, *, signed: bool = False
) -> Document | None:
    """A straight line over a stretch: exactly, and the amounts at its ends as a reader writes them."""
    if not isinstance(line, Straight):
        return None
    ends = [None if x is None else line.at(x) for x in (one.low, one.high)]
    texts = [None if end is None else amount(end, lang, signed=signed) for end in ends]
    step = STEPS.get(unit, Fraction(1))
    each = None if line.slope == 0 else amount(line.slope * step, lang, signed=True)
    if line.slope == 0:
        text = amount(line.constant, lang, signed=signed)
    elif texts[0] is not None and texts[1] is not None:
        text = texts[0] if texts[0] == texts[1] else f"{texts[0]} … {texts[1]}"
    else:
        end = texts[0] if texts[0] is not None else texts[1]
        unit_text = shown(step, unit, lang)
        text = words["and_each"].format(end=end if end is not None else "", each=each, step=unit_text).strip()
    return {
        "slope": str(line.slope),
        "constant": str(line.constant),
        "from": texts[0],
        "to": texts[1],
        "text": text,
    }


def shown(value: Fraction, kind: KindName, lang: Lang) -> str:
    """A value of a kind; with ≈ where it has no end in decimals."""
    text, exact = quantity(value, kind, lang)
    return text if exact else f"≈ {text}"


def amount(value: Fraction, lang: Lang, *, signed: bool = False) -> str:
    """An amount in the currency's unit; of a change, with its sign."""
    text = shown(value, "money", lang)
    return f"+{text}" if signed and value > 0 else text
