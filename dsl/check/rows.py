"""Rows of a table, or columns of a matrix: they rise, leave no gap, and say what lies outside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, zip_longest

from .. import tree
from ..faults import Fault
from ..place import Place
from .bounds import Order, below_zero
from .scope import Scope

UPPER = frozenset({"up_to", "below"})
LOWER = frozenset({"from", "above"})

# Of two rows at one bound: the first ends where the second begins, or one of them is that point alone.
MEETING = frozenset({
    ("below", "at"), ("below", "from"), ("below", "up_to"),
    ("up_to", "above"), ("at", "above"), ("from", "above"),
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

    @property
    def spot(self) -> Place:
        """Where its bound stands; of one without, where it stands itself."""
        return self.bound.place if self.bound else self.place


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

    @property
    def head(self) -> Stripe | None:
        """The end of a line below all its points, as far as it is there."""
        return self.stripes[0] if self.ended and self.stripes[0].side == "below" else None

    @property
    def tail(self) -> Stripe | None:
        """The end above all its points."""
        return self.stripes[-1] if self.ended and self.stripes[-1].side == "above" else None

    @property
    def inside(self) -> Sequence[Stripe]:
        """The points of a line between its ends."""
        return self.stripes[1 if self.head else 0 : -1 if self.tail else None]

    def text(self, stripe: Stripe) -> str:
        """The bound of a row as it stands in the plan."""
        return self.scope.text(stripe.bound) if stripe.bound else self.scope.source.at(stripe.place)

    def fault(
        self, code: str, stripe: Stripe, earlier: Stripe | None = None, fix: str | None = None
    ) -> Fault:
        """The fault of a row, with the one before it where it is about both."""
        row, at = self.text(stripe), stripe.spot
        if earlier is None:
            return self.scope.fault(code, at, name=self.name, row=row, fix=fix)
        before, ways = self.text(earlier), self._meeting(stripe, earlier)
        return self.scope.fault(
            code, at, also=earlier.spot, name=self.name, row=row, earlier=before, ways=ways
        )

    def _meeting(self, later: Stripe, earlier: Stripe) -> tuple[str, ...]:
        """Each of two rows as it would meet the other."""
        if earlier.side in UPPER and later.side in LOWER and later.bound is not None:
            found = (self.said(AFTER[earlier.side], earlier), self.said(BEFORE[later.side], later))
            return tuple(way for way in found if way not in {self.text(later), self.text(earlier)})
        return ("phrase:meeting",)

    def compare(self, one: Stripe, other: Stripe) -> int | None:
        """Which of the bounds of two rows is the greater."""
        assert one.bound is not None
        assert other.bound is not None
        return self.order.compare(one.bound.value, other.bound.value)

    def said(self, side: str, stripe: Stripe) -> str:
        """A row that could stand beside another, at its bound."""
        bound = "…" if stripe.bound is None else self.scope.text(stripe.bound.value)
        return f"{self.scope.words[side]} {bound}"


# ── Steps, and bands ─────────────────────────────────────────────────────────────────────────────────────


def steps(rows: Rows) -> Iterator[Fault]:
    """Rows that each hold for a stretch: the first thing that is wrong with them, and what they leave out."""
    if rows.bands and (point := next((one for one in rows.stripes if one.side == "at"), None)) is not None:
        yield rows.fault("P242", point)
        return
    lower = False
    for earlier, later in pairwise(rows.stripes):
        lower = lower or earlier.side in LOWER
        code = _pair(rows, earlier, later, lower=lower)
        if code is None or (code == "P238" and not rows.scope.whole):
            continue
        if code == "P249" and later.bound is not None:
            bound = later.bound.value
            yield rows.scope.fault(code, bound, also=earlier.spot, name=rows.name, bound=bound)
        else:
            yield rows.fault(code, later, earlier)
        return
    if rows.scope.whole:
        first, last = rows.stripes[0], rows.stripes[-1]
        opening = first.side not in UPPER and not _from_nothing(rows, first)
        closing = last.side not in LOWER and not _to_limit(rows, last)
        yield from _outside(rows, opening=opening, closing=closing)


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
        if sides == ("below", "above"):
            return "P238"  # the bound itself
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
        nothing = ": 0%" if first.worth and isinstance(first.worth.value, tree.Percent) else ": 0"
        said = rows.said(BEFORE.get(first.side, "up_to"), first)
        samples.append(f"`{said}{nothing if first.worth else ''}`")
    if closing:
        paid = f": {rows.scope.text(last.worth)}" if last.worth else ""
        samples.append(f"`{rows.said(AFTER.get(last.side, 'above'), last)}{paid}`")
    outer = first if opening else last
    yield rows.scope.fault("P240", outer.spot, name=rows.name, samples=", ".join(samples))


# ── Points, and the straight lines between them ──────────────────────────────────────────────────────────


def points(rows: Rows) -> Iterator[Fault]:
    """Points of a line between two ends: the first thing that is wrong with them, and what they leave out."""
    found = (look(rows) for look in (_fixed, _sides, _rising, _jumps, _ends))
    if (fault := next((one for one in found if one is not None), None)) is not None:
        if rows.scope.whole or fault.code not in {"P238", "P243"}:
            yield fault
        return
    if not rows.scope.whole:
        return
    if len({rows.order.least(one.bound.value) for one in rows.inside if one.bound}) < 2:
        yield rows.scope.fault("P244", rows.place, name=rows.name, at=rows.scope.words["at"])
    elif rows.ended:
        opening = rows.head is None and not _from_nothing(rows, rows.inside[0])
        yield from _outside(rows, opening=opening, closing=rows.tail is None)


def _fixed(rows: Rows) -> Fault | None:
    """A point has to lie somewhere before the facts are there."""
    for bound in (one.bound.value for one in rows.stripes if one.bound is not None):
        if not rows.order.fixed(bound):
            return rows.scope.fault("P249", bound, name=rows.name, bound=bound)
    return None


def _sides(rows: Rows) -> Fault | None:
    """Between the ends there are points and nothing else."""
    for one, following in zip_longest(rows.inside, rows.inside[1:]):
        if one.bound is None:
            # The row of all the rest, and another after it.
            after = following or rows.tail
            return None if after is None else rows.fault("P237", after, one)
        if one.side in {"below", "above"}:
            return rows.fault("P245", one, fix=rows.said("at", one))
    return None


def _rising(rows: Rows) -> Fault | None:
    """Each point lies above the one before it, but for the two sides of a jump."""
    for earlier, later in pairwise(rows.inside):
        compared = rows.compare(earlier, later)
        if compared == 1:
            return rows.fault("P236", later, earlier)
        if compared == 0 and (earlier.side, later.side) != ("up_to", "from"):
            return rows.fault("P237", later, earlier)
    return None


def _jumps(rows: Rows) -> Fault | None:
    """A jump has two sides; at the ends of the line, the end itself is one of them."""
    every = [rows.head, *rows.inside, rows.tail]
    for before, one, following in zip(every, every[1:], every[2:], strict=False):
        assert one is not None
        match one.side:
            case "from" if not (before and before.side in UPPER and _meet(rows, before, one)):
                other = f"`{rows.said('up_to', one)}`"
            case "up_to" if not (following and following.side in LOWER and _meet(rows, one, following)):
                other = f"`{rows.said('from', one)}`"
            case _:
                continue
        point, row = rows.said("at", one), rows.text(one)
        return rows.scope.fault(
            "P243", one.spot, name=rows.name, row=row, point=point, other=other, fix=point
        )
    return None


def _meet(rows: Rows, one: Stripe, other: Stripe) -> bool:
    """Whether two rows say the same bound; the row of all the rest begins at any."""
    return other.bound is None or rows.compare(one, other) == 0


def _ends(rows: Rows) -> Fault | None:
    """An end begins where the points do."""
    if rows.inside:
        for earlier, later in ((rows.head, rows.inside[0]), (rows.inside[-1], rows.tail)):
            if earlier is not None and later is not None and not _meet(rows, earlier, later):
                return rows.fault("P236" if rows.compare(earlier, later) == 1 else "P238", later, earlier)
    return None
