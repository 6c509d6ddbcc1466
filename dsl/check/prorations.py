"""The part and the whole of a proration: whether they fit, and what the whole is most likely meant to be."""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree
from .called import called
from .pay import paid
from .scope import Scope

Share = tree.Prorated | tree.TargetProrated


def unlike(scope: Scope, share: Share) -> bool:
    """Whether days are taken of hours, or hours of days: two facts of other kinds, one called hours."""
    if not isinstance(share.part, tree.Name) or not isinstance(share.whole, tree.Name):
        return False
    names = share.part.text, share.whole.text
    days = [_kind(scope, name) == "days" for name in names]
    hours = [called(scope, name, "hours") for name in names]
    return days != hours and days in ([True, False], [False, True]) and hours == [not day for day in days]


def meant(scope: Scope, share: Share) -> str | None:
    """The whole that was meant: the one fact of the kind of the part that is called a whole."""
    if not isinstance(share.part, tree.Name):
        return None
    part = share.part.text
    hours = called(scope, part, "hours")
    fits = [
        name
        for name in scope.facts
        if name != part
        and _kind(scope, name) == _kind(scope, part)
        and called(scope, name, "whole")
        and called(scope, name, "hours") == hours
    ]
    return fits[0] if len(fits) == 1 and not called(scope, part, "whole") else None


def missed(scope: Scope) -> Iterator[str]:
    """The wholes that were most likely meant, where a proration names something that does not fit."""
    for one in paid(scope):
        for share in one.line.clauses:
            if isinstance(share, tree.Prorated | tree.TargetProrated):
                alike = scope.same(share.part) == scope.same(share.whole)
                fits = meant(scope, share) if alike or unlike(scope, share) else None
                if fits is not None:
                    yield fits


def _kind(scope: Scope, name: str) -> str | None:
    """The kind that the line of a fact says."""
    fact = scope.facts.get(name)
    return fact.kind.kind if fact is not None and isinstance(fact.kind, tree.Kind) else None
