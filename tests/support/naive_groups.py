"""Groups, the simple way: members with what is asked of them, parts of a sum, prizes for places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from dsl import tree
from tests.support.naive_tables import Nothing

if TYPE_CHECKING:
    from tests.support.naive import Naive


@dataclass(frozen=True, eq=False)
class Known(Mapping[str, Any]):
    """A member as a record of a group: what is known of them, by names that begin with the group's."""

    group: str
    member: Naive

    def __contains__(self, name: object) -> bool:
        return str(name).startswith(f"{self.group}.")

    def __getitem__(self, name: str) -> Any:
        own = name.removeprefix(f"{self.group}.")
        return self.member.sort[own] if own in self.member.sort else self.member.named(own)

    def __iter__(self) -> Iterator[str]:
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError


def minor(amount: Fraction, digits: int) -> int:
    """An amount that is not below 0 in whole minor units; a half goes up."""
    return int(amount * 10**digits + Fraction(1, 2))


def parts(sum_: int, weights: Sequence[Fraction], *, left: bool) -> list[int]:
    """A sum of minor units by weights: what cutting leaves goes to whom it took most from, then by number."""
    exact = [sum_ * weight / sum(weights) for weight in weights]
    cut = [int(part) for part in exact]
    order = sorted(range(len(exact)), key=lambda at: (cut[at] - exact[at], at))
    for at in [] if left else order[: sum_ - sum(cut)]:
        cut[at] += 1
    return cut


def common(one: Naive, expr: tree.Pool | tree.Prizes) -> None:
    """No sum is shared where a fact or a figure in it is not the same for all."""
    members = one.members[expr.group.text]
    names = [part.text for part in tree.sums(expr) if isinstance(part, tree.Name)]
    if any(len({member.named(name) for member in members}) > 1 for name in names):
        raise Nothing


def pool(one: Naive, expr: tree.Pool) -> Fraction:
    """What somebody has of a sum; nothing is to be had of it without a weight, or with one below 0."""
    common(one, expr)
    members = one.members[expr.group.text]
    fund = minor(max(one.of(expr.fund), Fraction(0)), one.digits)
    weights = [member.of(expr.weight) for member in members]
    late = [expr.reserve is not None and member.holds(expr.reserve.late) for member in members]
    mine = late[members.index(one)]
    if expr.reserve is not None:
        size = one.of(expr.reserve.size)
        share = one.kinds.of(expr.reserve.size) == "percent"
        whole = Fraction(fund, 10**one.digits)
        reserve = min(fund, minor(max(size * whole if share else size, Fraction(0)), one.digits))
        fund -= reserve
        if mine:
            there, behind = (
                sum((w for w, is_late in zip(weights, late, strict=True) if is_late is which), Fraction(0))
                for which in (False, True)
            )
            if there == 0:
                raise Nothing
            fund = min(reserve, int(fund * behind / there))
    alike = [at for at, is_late in enumerate(late) if is_late is mine]
    among = [weights[at] for at in alike]
    if min(weights) < 0 or sum(among) == 0:
        raise Nothing
    given = parts(fund, among, left=expr.left)
    return Fraction(given[alike.index(members.index(one))], 10**one.digits)


def prize(one: Naive, expr: tree.Prizes) -> Fraction:
    """What somebody's place brings: that of the first of their equals, or all of theirs in equal parts."""
    common(one, expr)
    members = one.members[expr.group.text]
    values = [member.of(expr.value) for member in members]
    me = members.index(one)
    above = sum(value > values[me] for value in values)
    alike = [at for at, value in enumerate(values) if value == values[me]]
    prizes = [one.of(prize) for prize in expr.prizes]
    if expr.equals == "higher":
        return prizes[above] if above < len(prizes) else Fraction(0)
    whole = minor(sum(prizes[above : above + len(alike)], Fraction(0)), one.digits)
    return Fraction(parts(whole, [Fraction(1) for _ in alike], left=False)[alike.index(me)], 10**one.digits)
