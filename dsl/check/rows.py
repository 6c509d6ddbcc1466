"""The rows of one table, or the columns of a matrix: they rise, leave no gap, and say what lies outside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from .. import tree
from ..faults import Fault
from ..source import Place
from ..words import words
from .bounds import Order, below_zero
from .scope import Scope

UPPER = frozenset({"up_to", "below"})
LOWER = frozenset({"from", "above"})

# Of two rows at one bound: the first ends where the second begins, or one of them is that point alone.
MEETING = frozenset({
    ("below", "at"), ("below", "from"), ("up_to", "above"), ("at", "above"), ("below", "up_to"), ("from", "above"),
})  # fmt: skip
# Both hold at the bound.
SHARED = frozenset({("up_to", "from"), ("up_to", "at"), ("at", "from"), ("from", "at")})
# They would meet the other way round.
TURNED = frozenset(
    {("above", "from"), ("at", "below"), ("above", "at"), ("above", "up_to"), ("from", "below")}
)
# What begins where a row ends, and what ends where it begins.
AFTER = {"up_to": "above", "below": "from", "at": "above"}
BEFORE = {"from": "below", "above": "up_to", "at": "below"}


@dataclass(frozen=True, slots=True)
class Stripe:
    """A row, or a column: its bound, none where it is for all that is left above; and what it is worth."""

    bound: tree.Bound | None
    place: Place
    worth: tree.Cell | None = None

    @property
    def side(self) -> str:
        """On which side of its bound it lies."""
        return "above" if self.bound is None else self.bound.side


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table in the author's order, by what they are chosen, and how they hang together.

    `limit` is the most that the measure counts for, where the plan says so.
    """

    scope: Scope
    name: str
    place: Place
    stripes: Sequence[Stripe]
    measure: tree.Expr
    order: Order
    bands: bool = False
    ended: bool = True
    limit: Fraction | None = None

    def words(self, stripe: Stripe) -> str:
        """The bound of a row as it stands in the plan."""
        return self.scope.text(stripe.bound) if stripe.bound else self.scope.source.at(stripe.place)

    def fault(
        self, code: str, stripe: Stripe, earlier: Stripe | None = None, fix: str | None = None
    ) -> Fault:
        """The fault of a row, with the one before it where it is about both."""
        facts = {"name": self.name, "row": self.words(stripe)}
        if earlier is not None:
            facts["earlier"] = self.words(earlier)
        also = None if earlier is None else _spot(earlier)
        return Fault(code, place=_spot(stripe), also=also, facts=facts, fix=fix)

    def compare(self, one: Stripe, other: Stripe) -> int | None:
        """Which of the bounds of two rows is the greater."""
        assert one.bound is not None and other.bound is not None
        return self.order.compare(one.bound.value, other.bound.value)

    def said(self, side: str, stripe: Stripe, worth: str) -> str:
        """A row that could stand beside another, at its bound."""
        bound = "…" if stripe.bound is None else self.scope.text(stripe.bound.value)
        return f"`{words(self.scope.plan.lang)[side]} {bound}{worth}`"


def _spot(stripe: Stripe) -> Place:
    return stripe.bound.place if stripe.bound else stripe.place


# ── Steps, and bands ─────────────────────────────────────────────────────────────────────────────────────


def steps(rows: Rows, *, whole: bool) -> Iterator[Fault]:
    """Rows that each hold for a stretch: the first thing that is wrong with them, and what they leave out."""
    if rows.bands and (point := next((one for one in rows.stripes if one.side == "at"), None)) is not None:
        yield rows.fault("P242", point)
        return
    lower = False
    for earlier, later in pairwise(rows.stripes):
        lower = lower or earlier.side in LOWER
        code = _pair(rows, earlier, later, lower=lower)
        if code is None or (code == "P238" and not whole):
            continue
        if code == "P249" and later.bound is not None:
            facts = {"name": rows.name, "bound": rows.scope.text(later.bound.value)}
            yield Fault(code, place=later.bound.value.place, also=_spot(earlier), facts=facts)
        else:
            yield rows.fault(code, later, earlier)
        return
    if whole:
        first, last = rows.stripes[0], rows.stripes[-1]
        opening = first.side not in UPPER and not _from_nothing(rows, first)
        closing = last.side not in LOWER and not _to_limit(rows, last)
        yield from _outside(rows, opening=opening, closing=closing)
    yield from _idle(rows)


def _pair(rows: Rows, earlier: Stripe, later: Stripe, *, lower: bool) -> str | None:
    """The code of what is wrong with a row after another."""
    if earlier.bound is None:
        return "P237"
    if later.bound is None:
        return "P237" if earlier.side in LOWER else None
    sides = earlier.side, later.side
    compared = rows.compare(earlier, later)
    if compared is None:
        return "P249"
    if compared == 0 and sides not in TURNED:
        if sides in SHARED:
            return "P239"
        alone = rows.bands and sides in {("below", "up_to"), ("from", "above")}
        return None if sides in MEETING and not alone else "P237"
    if compared >= 0:
        return "P236"
    if later.side in UPPER:
        return "P239" if lower else None
    return None if earlier.side in LOWER else "P238"


def _from_nothing(rows: Rows, first: Stripe) -> bool:
    """Whether nothing lies below the first row, since what is measured is not below zero."""
    least = None if first.bound is None else rows.order.least(first.bound.value)
    if least is None or below_zero(rows.scope, rows.measure):
        return False
    return least < 0 or (least == 0 and first.side != "above")


def _to_limit(rows: Rows, last: Stripe) -> bool:
    """Whether nothing lies above the last row, since no more is counted."""
    least = None if last.bound is None else rows.order.least(last.bound.value)
    return rows.limit is not None and least is not None and last.side == "up_to" and least >= rows.limit


def _outside(rows: Rows, *, opening: bool, closing: bool) -> Iterator[Fault]:
    """The fault of rows that do not say what lies below the first of them, or above the last."""
    if not (opening or closing):
        return
    first, last = rows.stripes[0], rows.stripes[-1]
    samples = []
    if opening:
        nothing = "0%" if first.worth and isinstance(first.worth.value, tree.Percent) else "0"
        samples.append(rows.said(BEFORE.get(first.side, "up_to"), first, _worth(first, nothing)))
    if closing:
        paid = rows.scope.text(last.worth) if last.worth else ""
        samples.append(rows.said(AFTER.get(last.side, "above"), last, _worth(last, paid)))
    facts = {"name": rows.name, "samples": ", ".join(samples)}
    yield Fault("P240", place=_spot(first if opening else last), facts=facts)


def _worth(stripe: Stripe, words: str) -> str:
    return f": {words}" if stripe.worth else ""


def _idle(rows: Rows) -> Iterator[Fault]:
    """The first row that nobody reaches: what is measured is not below zero, or no more of it is counted."""
    signed = below_zero(rows.scope, rows.measure)
    for earlier, stripe in pairwise([None, *rows.stripes]):
        least = rows.order.least(stripe.bound.value) if stripe and stripe.bound else None
        if stripe is None or least is None:
            continue
        under = not signed and stripe.side in UPPER and (least < 0 or (least == 0 and stripe.side == "below"))
        start = least if stripe.side not in UPPER else _end(rows, earlier)
        over = rows.limit is not None and start is not None and start >= rows.limit and stripe.side != "from"
        if under or (over and stripe is not rows.stripes[-1]):
            facts = {"name": rows.name, "row": rows.words(stripe)}
            yield Fault("P444", "warning", place=_spot(stripe), facts=facts)
            return


def _end(rows: Rows, stripe: Stripe | None) -> Fraction | None:
    return rows.order.least(stripe.bound.value) if stripe is not None and stripe.bound is not None else None


# ── Points, and the straight lines between them ──────────────────────────────────────────────────────────


def points(rows: Rows, *, whole: bool) -> Iterator[Fault]:
    """Rows that are points of a line, between two ends."""
    head = rows.stripes[0] if rows.ended and rows.stripes[0].side == "below" else None
    tail = rows.stripes[-1] if rows.ended and rows.stripes[-1].side == "above" else None
    inside = rows.stripes[1 if head else 0 : -1 if tail else None]
    if (fault := _inside(rows, inside, head, tail)) is not None:
        yield fault
        return
    if not whole:
        return
    for earlier, later in ((head, inside[0] if inside else None), (inside[-1] if inside else None, tail)):
        if earlier is not None and later is not None and later.bound is not None:
            compared = rows.compare(earlier, later)
            if compared != 0:
                yield rows.fault("P236" if compared == 1 else "P238", later, earlier)
                return
    if len({rows.order.least(one.bound.value) for one in inside if one.bound}) < 2:
        yield Fault(
            "P244", place=rows.place, facts={"name": rows.name, "at": words(rows.scope.plan.lang)["at"]}
        )
    elif rows.ended:
        opening = head is None and not _from_nothing(rows, inside[0])
        yield from _outside(rows, opening=opening, closing=tail is None)


def _inside(rows: Rows, inside: Sequence[Stripe], head: Stripe | None, tail: Stripe | None) -> Fault | None:
    """The first thing that is wrong with the points of a line."""
    for one in (head, *inside, tail):
        if one is not None and one.bound is not None and not rows.order.fixed(one.bound.value):
            facts = {"name": rows.name, "bound": rows.scope.text(one.bound.value)}
            return Fault("P249", place=one.bound.value.place, facts=facts)
    before = head
    for index, one in enumerate(inside):
        following = inside[index + 1] if index + 1 < len(inside) else tail
        if one.bound is None:
            return rows.fault("P237", following, one) if following else None
        point = f"{words(rows.scope.plan.lang)['at']} {rows.scope.text(one.bound.value)}"
        if one.side in {"below", "above"}:
            return rows.fault("P245", one, fix=point)
        compared = (
            rows.compare(before, one) if before is not None and before.bound and before is not head else -1
        )
        if compared == 1:
            return rows.fault("P236", one, before)
        jump = before is not None and before.bound and rows.compare(before, one) == 0
        if compared == 0 and (before is None or (before.side, one.side) != ("up_to", "from")):
            return rows.fault("P237", one, before)
        opens = one.side == "from" and not jump
        ends = following is not None and following.side in {"from", "above"}
        meets = (
            ends and following is not None and (following.bound is None or rows.compare(one, following) == 0)
        )
        if opens or (one.side == "up_to" and not meets):
            other = "up_to" if opens else "from"
            facts = {
                "name": rows.name,
                "row": rows.words(one),
                "point": point,
                "other": rows.said(other, one, ""),
            }
            return Fault("P243", place=_spot(one), facts=facts, fix=point)
        before = one
    return None
