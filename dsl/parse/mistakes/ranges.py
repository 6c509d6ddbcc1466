"""Rows of a table that are written as ranges: `from 0 to 3: 100`, `100–200 – 2%`, `200+: 3%`.

In a plan a row has one bound, so that no gap can be written; in ranges each bound stands twice. Only the
whole table tells which row has the bound itself, so it is written anew as a whole, and told as one mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from lark import Token

from ...faults import Fact, Fault
from ...place import Place
from ...tree import Line
from ..grammar import Grammar, read
from ..limits import SCANNED, Work
from ..lines import SIDES, TokenRow, place
from .case import Mended, short
from .stripes import RangeBound, RangeRow, around

# What is understood of some tokens by themselves.
Mend = Callable[[tuple[Token, ...]], Mended]
HEADS = frozenset({"STEPS_BY", "BANDS_BY", "MATRIX_BY", "EACH_BAND", "WHOLE", "STEPS", "ON"})
DASHES = frozenset({"-", "–", "—"})
POINTS = frozenset({"LINE_BY", "LINE"})  # between points all is worked out
BANDS = frozenset({"EACH_BAND", "BANDS_BY"})


@dataclass(frozen=True, slots=True)
class RangeEdge:
    """Where a row ends, and the next begins but for a gap; `up` where it has the bound, None for unknown."""

    text: str
    up: bool | None
    gap: RangeBound | None = None


def told(
    rows: Sequence[TokenRow], index: int, text: str, rules: Grammar, work: Work, mended: Mend
) -> Mended | None:
    """The rows of the table that a broken row begins or goes on with, as one mistake.

    What is wrong in the line that they are under is told with them, where one repair puts it right.
    """
    tokens, lang = rows[index].tokens, rules.words.lang
    for start in list(dict.fromkeys(text.rfind("\n", 0, place(one).start) + 1 for one in tokens))[:3]:
        work.spend(1 + len(text) // SCANNED)
        stripes = around(text, start, lang)
        if not stripes or stripes[-1].at.end <= start:
            continue
        head = tuple(token for token in tokens if place(token).start < start)
        above = (
            _headed(head, text, rules, mended) if head else _Head(_above(text, stripes[0].at.start, rules))
        )
        found = None if above is None else _mistake(text, stripes, above.typed, rules)
        if above is None or found is None:
            continue
        if above.fault is not None and (found := _joined(above, above.fault, found, text)) is None:
            continue
        taken = 1
        while index + taken < len(rows) and place(rows[index + taken].tokens[0]).start < stripes[-1].at.end:
            taken += 1
        return Mended(above.lines, (found,), healed=False, begins="UP_TO", rows=taken)
    return None


@dataclass(frozen=True, slots=True)
class _Head:
    """The line that rows are under, as it is typed or repaired; with what is wrong in it."""

    typed: str
    lines: tuple[Line, ...] = ()
    fault: Fault | None = None


def _headed(head: tuple[Token, ...], text: str, rules: Grammar, mended: Mend) -> _Head | None:
    """The line that rows are under, where it is right or one repair makes it so."""
    found = mended(head)
    start, end = place(head[0]).start, place(head[-1]).end
    if not found.faults:
        return _Head(_above(text, end, rules), found.lines)
    first = found.faults[0]
    if len(found.faults) > 1 or first.fix is None or first.place is None or not found.healed:
        return None
    return _Head(f"{text[start : first.place.start]}{first.fix}{text[first.place.end : end]}", (), first)


def _joined(head: _Head, fault: Fault, rows: Fault, text: str) -> Fault | None:
    """The repair of a line and of the rows under it as one."""
    first, other = fault.place, rows.place
    if first is None or other is None or rows.code != "P186":
        return None
    fix = None if rows.fix is None else f"{fault.fix}{text[first.end : other.start]}{rows.fix}"
    facts = {**rows.facts, "word": short(text[text.rfind("\n", 0, first.start) + 1 : first.end])}
    return replace(
        rows, place=first.to(other), facts={**facts, "rows": f"`{head.typed}`, {rows.facts['rows']}"}, fix=fix
    )


def _above(text: str, start: int, rules: Grammar) -> str:
    """The line that the rows are under, as it is typed."""
    for line in reversed(text[:start].split("\n")):
        if _kinds(line, rules) - {"NEWLINE", "COMMENT"} and not _kinds(line, rules) & {"COLUMNS"}:
            return line
    return ""


def _kinds(line: str, rules: Grammar) -> frozenset[str]:
    """The terminals of a line."""
    return frozenset(token.type for token in rules.lex(line))


# ── What is meant ────────────────────────────────────────────────────────────────────────────────────────


def _mistake(text: str, typed: Sequence[RangeRow], head: str, rules: Grammar) -> Fault | None:
    """The fault of rows that are written as ranges, with all of them as a plan has them."""
    kinds = _kinds(head, rules)
    if not kinds & HEADS or kinds & POINTS:
        return None
    lows = [one.low.size for one in typed if one.low]
    falling = len(lows) == len(typed) and all(one > other for one, other in pairwise(lows))
    stripes = [*reversed(typed)] if falling else [*typed]
    dashed = [text[one.bounded : one.value].strip() in DASHES for one in stripes]
    # Before what is left a dash is no minus, where another row has one before its value too.
    plain = [
        not (falling or (dash and sum(dashed) > 1)) and _reads(text[one.at.start : one.at.end], rules)
        for one, dash in zip(stripes, dashed, strict=True)
    ]
    strange = [one for one, right in zip(stripes, plain, strict=True) if not right]
    own = [_kind(text[one.at.start : one.at.end], rules) in SIDES for one in strange]
    # What only has another sign behind its bound is known for that.
    known = any(not right or bool(one.low) == bool(one.high) for one, right in zip(strange, own, strict=True))
    if len(strange) == 1 and not (strange[0].low or strange[0].high):
        return None
    values = (f"{rules.words['up_to']} 1: {text[one.value : one.at.end]}" for one in stripes)
    if not known or not all(_reads(value, rules) for value in values):
        return None
    sided = [
        right or (_kind(text[one.at.start : one.at.end], rules) in SIDES and not (one.low and one.high))
        for one, right in zip(stripes, plain, strict=True)
    ]
    edges = _edges(stripes, sided, banded=bool(kinds & BANDS))
    return _told(text, stripes, plain, edges, rules)


def _kind(line: str, rules: Grammar) -> str:
    """The terminal that a line begins with."""
    return next((token.type for token in rules.lex(line)), "")


def _reads(line: str, rules: Grammar) -> bool:
    """Whether a line is a row as a plan has it."""
    tokens = [token for token in rules.lex(line) if token.type not in {"NEWLINE", "COMMENT"}]
    return bool(tokens) and tokens[0].type in SIDES and read(tokens, rules) is not None


def _edges(stripes: Sequence[RangeRow], sided: Sequence[bool], *, banded: bool) -> list[RangeEdge]:
    """Where each row ends and the next begins; a word of the language for a side tells whose the bound is."""
    found = [
        _edge(low, high, (sided[at], sided[at + 1]), banded=banded)
        for at, (low, high) in enumerate(pairwise(stripes))
    ]
    # Where one row says whether its bound is its own, so it is in the others.
    known = {edge.up for edge in found if edge.text and edge.up is not None}
    alike = known.pop() if len(known) == 1 else None
    return [edge if edge.up is not None else replace(edge, up=alike) for edge in found]


def _edge(lower: RangeRow, upper: RangeRow, sided: tuple[bool, bool], *, banded: bool) -> RangeEdge:
    """Where a row ends and another begins; without a text where they leave a gap, or say nothing of it."""
    high, low = lower.high, upper.low
    if high is not None and low is not None and high.size != low.size:
        if sided[1] and _counted(high, low):
            return RangeEdge(low.text, low.inside < 0)
        counted = _counted(high, low)
        gap = low if low.size > high.size and not counted else None
        return RangeEdge(high.text if counted or gap else "", high.inside >= 0, gap)
    bound = high or low
    if bound is None:
        return RangeEdge("", up=True)
    if sided[0] and high is not None:
        return RangeEdge(bound.text, up=high.inside >= 0)
    if sided[1] and low is not None:
        return RangeEdge(bound.text, up=low.inside < 0)
    if banded:
        return RangeEdge(bound.text, up=True)  # at the bound itself both rates come to the same
    inside = {high.inside if high else 0, -low.inside if low else 0} - {0}
    return RangeEdge(bound.text, up=min(inside) > 0 if len(inside) == 1 else None)


def _counted(high: RangeBound, low: RangeBound) -> bool:
    """Whether a row begins with the next number after the last of the one before it."""
    return low.size - high.size == min(high.step, low.step) and min(high.inside, low.inside) >= 0


def _side(bound: RangeBound, word: str, rules: Grammar) -> str:
    """A bound behind the word of the language for its side."""
    return f"{rules.words[word]} {bound.text}"


def _bounds(
    stripes: Sequence[RangeRow], plain: Sequence[bool], edges: Sequence[RangeEdge], rules: Grammar
) -> list[str]:
    """What each row begins with in a plan: its upper bound, or its lower one where others begin so."""
    words, last, found = rules.words, len(stripes) - 1, list[str]()
    for at, one in enumerate(stripes):
        below, beyond = edges[at - 1] if at else None, edges[at] if at < last else None
        # Once a row begins with its own bound, so do those above it; and so may one whose next row does.
        begun = zip(stripes[1 : at + 2], plain[1 : at + 2], strict=True)
        rising = below is not None and any(right and other.low for other, right in begun)
        if beyond is not None and not rising:
            found.append(f"{words['up_to' if beyond.up is not False else 'below']} {beyond.text or '…'}")
        elif beyond is None and one.high is not None:
            found.append(_side(one.high, "below" if one.high.inside < 0 else "up_to", rules))
        elif below is not None and (one.low is not None or below.up is False):
            found.append(f"{words['above' if below.up is not False else 'from']} {below.text or '…'}")
        else:
            found.append(words["above"])
    return found


def _told(
    text: str, stripes: Sequence[RangeRow], plain: Sequence[bool], edges: Sequence[RangeEdge], rules: Grammar
) -> Fault:
    """One row in other words, or all of them; with a repair only where the ranges leave nothing open."""
    bounds, first, last = _bounds(stripes, plain, edges, rules), stripes[0].low, stripes[-1].high
    rows = [
        text[one.at.start : one.at.end] if right else _row(text, one, bound, rules)
        for one, right, bound in zip(stripes, plain, bounds, strict=True)
    ]
    whole = (
        [_side(first, "up_to" if first.inside < 0 else "below", rules) + ": …"]
        if first and first.size
        else []
    )
    for row, edge in zip(rows, (*edges, None), strict=True):
        gap = edge.gap if edge else None
        whole += [row, *([_side(gap, "up_to" if gap.inside < 0 else "below", rules) + ": …"] if gap else [])]
    whole += [_side(last, "from" if last.inside < 0 else "above", rules) + ": …"] if last else []
    lacking = len(whole) > len(rows) or not all(edge.text for edge in edges)
    left = "lacking" if lacking else "doubtful" if any(edge.up is None for edge in edges) else ""
    spots = sorted(one.at for one, right in zip(stripes, plain, strict=True) if not right)
    if len(spots) == 1 and not left:
        return _one(text, stripes[plain.index(False)], bounds[plain.index(False)], rules)
    at = Place(spots[0].start, spots[-1].end)
    fix = text[at.start : at.end]
    new = [row for row, right in zip(rows, plain, strict=True) if not right]
    for spot, row in reversed([*zip(spots, new, strict=True)]):
        fix = f"{fix[: spot.start - at.start]}{row}{fix[spot.end - at.start :]}"
    facts: dict[str, Fact] = {
        "word": short(text[at.start : at.end].partition("\n")[0]),
        "rows": ", ".join(f"`{' '.join(row.split())}`" for row in whole),
        "open": (f"phrase:ranges_{left}",) if left else "",
    }
    return Fault("P186", place=at, facts=facts, fix=None if left else fix)


def _one(text: str, one: RangeRow, bound: str, rules: Grammar) -> Fault:
    """The fault of a single row: of its bound alone where a colon stands behind it."""
    colon = text[one.bounded : one.value].startswith(":") and bound != rules.words["above"]
    where = Place(one.at.start, one.bounded) if colon else one.at
    fix = bound if colon else _row(text, one, bound, rules)
    return Fault(
        "P109", place=where, facts={"word": short(text[where.start : where.end]), "instead": fix}, fix=fix
    )


def _row(text: str, one: RangeRow, bound: str, rules: Grammar) -> str:
    """A row of a plan; what is left has no bound, and no colon."""
    sign, value = text[one.bounded : one.value], text[one.value : one.at.end]
    if bound == rules.words["above"]:
        return f"{bound} {value}"
    return f"{bound}{sign if sign.startswith(':') else ': '}{value}"
