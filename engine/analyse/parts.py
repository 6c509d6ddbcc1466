"""Prorations that are most likely not meant: one and the same twice, a part of itself, days of hours."""

from __future__ import annotations

from collections.abc import Iterator

from dsl import tree
from dsl.check.pay import NamedLine, paid
from dsl.check.prorations import Share, meant, unlike
from dsl.check.scope import Scope
from dsl.words import words
from dsl.write.expression import expression

from ..compile import Compiled
from .advice import Finding, doubt


def parts(compiled: Compiled) -> Iterator[Finding]:
    """One for each proration that is made twice, or whose part and whole are no part and whole."""
    scope = compiled.checked.scope
    for one in paid(scope):
        for clause in one.line.clauses:
            if isinstance(clause, tree.Prorated | tree.TargetProrated):
                yield from _twice(compiled, one, clause)
                yield from _unfit(compiled, one, clause)


def _unfit(compiled: Compiled, one: NamedLine, share: Share) -> Iterator[Finding]:
    scope = compiled.checked.scope
    alike = scope.same(share.part) == scope.same(share.whole)
    if not alike and not unlike(scope, share):
        return
    fits, of = meant(scope, share), words(compiled.checked.lang).spellings["of"][-1]
    fix = None if fits is None else f"{scope.text(share.part)} {of} {fits}"
    facts = {"part": scope.text(share.part), "whole": scope.text(share.whole), "of": of}
    place = share.part.place.to(share.whole.place)
    yield doubt(compiled, "P491" if alike else "P492", place, facts, one.name, fix=fix, advice="turned_round")


def _twice(compiled: Compiled, one: NamedLine, share: Share) -> Iterator[Finding]:
    """An amount, or a target, that is multiplied by the share already."""
    amount = _amount(one, share)
    rest = None if amount is None else _without(compiled.checked.scope, amount, share)
    if amount is None or rest is None:
        return
    facts = {"amount": compiled.source.at(amount.place), "clause": compiled.source.at(share.place)}
    fix = expression(rest, words(compiled.checked.lang))
    yield doubt(compiled, "P490", amount.place, facts, one.name, fix=fix, advice="turned_round")


def _amount(one: NamedLine, share: Share) -> tree.Expr | None:
    """What a share acts on, as it is written."""
    if isinstance(share, tree.TargetProrated):
        return next((target.value for target in tree.among(one.line.clauses, tree.Target)), None)
    match one.line:
        case tree.Salary(amount) | tree.Bonus(amount) | tree.Pay(amount=amount):
            return amount
        case _:
            return None


def _without(scope: Scope, amount: tree.Expr, share: Share) -> tree.Expr | None:
    """`1 800 * worked / norm` without the share; None where it is no factor."""
    part, whole = scope.same(share.part), scope.same(share.whole)
    match amount:
        case tree.Arithmetic("/", left, right) if scope.same(right) == whole:
            return _less(scope, left, part)
        case tree.Arithmetic("*", left, tree.Arithmetic("/", top, under)) | tree.Arithmetic(
            "*", tree.Arithmetic("/", top, under), left
        ) if scope.same(top) == part and scope.same(under) == whole:
            return left
        case _:
            return None


def _less(scope: Scope, product: tree.Expr, part: object) -> tree.Expr | None:
    """A product without one of its factors."""
    match product:
        case tree.Arithmetic("*", left, right) if scope.same(right) == part:
            return left
        case tree.Arithmetic("*", left, right) if scope.same(left) == part:
            return right
        case _:
            return None
