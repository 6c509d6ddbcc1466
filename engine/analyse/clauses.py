"""Clauses that are most likely not meant: caps below what is paid anyway, prorations turned round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from math import prod

from dsl import tree
from dsl.check.called import called
from dsl.check.constant import constant
from dsl.check.pay import NamedLine, paid
from dsl.check.people import SortOfPeople, applies, conditions, sorts, worth
from dsl.check.scope import Scope
from dsl.words import words
from dsl.write.expression import expression
from dsl.write.value import value as written

from ..compile import Compiled
from .advice import Finding, doubt

Share = tree.Prorated | tree.TargetProrated
FAR = 3  # a cap with one more digit is likely meant up to so many times what is due


def caps(compiled: Compiled) -> Iterator[Finding]:
    """One for each amount that caps less than the line, or the lines, pay at 100 % of every target."""
    kinds = compiled.checked.kinds
    for one in paid(compiled.checked.scope):
        for cap in tree.among(one.line.clauses, tree.Cap):
            if cap.base == "pay" and cap.unless is None and kinds.of(cap.limit) == "money":
                yield from _cap(compiled, one, cap)


def _cap(compiled: Compiled, one: NamedLine, cap: tree.Cap) -> Iterator[Finding]:
    """What is told of the sort of people whom the cap takes most from."""
    scope = compiled.checked.scope
    products = _due(compiled, one)
    tests = [*conditions(one.line)] if isinstance(one.line, tree.Kpi) else []
    asked = [cap.limit, *(factor for product in products for factor in product), *tests]
    for sort in sorts(scope, asked, len(asked)):
        if isinstance(one.line, tree.Kpi) and applies(one.line, sort) is False:
            continue
        limit = worth(cap.limit, sort)
        due = sum((_product(several, sort) for several in products), Fraction(0))
        if limit is not None and 0 < limit < due:
            yield _told(compiled, one, cap, limit, due)


def _due(compiled: Compiled, one: NamedLine) -> list[Sequence[tree.Expr]]:
    """What a line, or several, pay at 100 % of every target: a sum of products."""
    scope = compiled.checked.scope
    pool = [] if scope.bonus is None else [scope.bonus.pool]
    match one.line:
        case tree.Kpi(clauses=clauses) if tree.among(clauses, tree.Curve):
            return []  # its rows say what 100 % pays
        case tree.Kpi(clauses=clauses):
            section = scope.section_of(one.line)
            return [[*pool, *_weights(() if section is None else section.clauses), *_weights(clauses)]]
        case tree.Section(clauses=clauses):
            return [[*pool, *_weights(clauses)]]
        case tree.Salary(amount) | tree.Pay(amount=amount):
            return [[amount]]
        case tree.Total() if scope.salary is not None:
            return [[scope.salary.amount], pool]
        case _:
            return [pool]


def _weights(clauses: Sequence[tree.Clause]) -> list[tree.Expr]:
    return [weight.share for weight in tree.among(clauses, tree.Weight)]


def _product(several: Sequence[tree.Expr], sort: SortOfPeople) -> Fraction:
    """What several factors make; nothing where one of them is not known, or there are none."""
    values = [value for factor in several if (value := worth(factor, sort)) is not None]
    return prod(values, start=Fraction(1)) if len(values) == len(several) > 0 else Fraction(0)


def _told(compiled: Compiled, one: NamedLine, cap: tree.Cap, limit: Fraction, due: Fraction) -> Finding:
    vocabulary, currency = words(compiled.checked.lang), compiled.kernel.currency
    likely = limit * 10 if due <= limit * 10 <= due * FAR else due
    literal, fix = cap.limit, None
    if isinstance(literal, tree.Number | tree.Amount):
        fix = written(replace(literal, value=likely), vocabulary)
    facts = {
        "clause": " ".join(compiled.source.at(cap.place).split()),
        "due": written(tree.Amount(due, currency), vocabulary),
        "meant": written(tree.Amount(likely, currency), vocabulary),
    }
    return doubt(compiled, "P484", literal.place, facts, one.name, fix=fix, size=due - limit)


# ── Prorations with the part and the whole turned round: who worked least would be paid most ─────────────


def turned(compiled: Compiled) -> Iterator[Finding]:
    """One for each proration that examples, or else names and labels, show to be the wrong way round."""
    for one in paid(compiled.checked.scope):
        for clause in one.line.clauses:
            if isinstance(clause, tree.Prorated | tree.TargetProrated) and _wrong(
                compiled.checked.scope, clause
            ):
                yield _exchanged(compiled, one, clause)
        if isinstance(one.line, tree.Salary):
            yield from _inverted(compiled, one, one.line.amount)


def _inverted(compiled: Compiled, one: NamedLine, amount: tree.Expr) -> Iterator[Finding]:
    """A salary times the norm, divided by what was worked; of other lines a plan by a fact may be meant."""
    scope = compiled.checked.scope
    match amount:
        case tree.Arithmetic(
            "/", tree.Arithmetic("*", rate, tree.Name(part) as top), tree.Name(whole) as under
        ):
            if called(scope, part, "whole") and not called(scope, whole, "whole"):
                meant = replace(amount, left=tree.Arithmetic("*", rate, under), right=top)
                said = expression(meant, words(compiled.checked.lang))
                facts = {"part": part, "whole": whole, "said": said}
                yield doubt(compiled, "P486", amount.place, facts, one.name, fix=said, advice="turned_round")
        case _:
            pass


def _exchanged(compiled: Compiled, one: NamedLine, share: Share) -> Finding:
    text, of = compiled.checked.scope.text, words(compiled.checked.lang).spellings["of"][-1]
    part, whole = text(share.part), text(share.whole)
    said = f"{whole} {of} {part}"
    facts = {"part": part, "whole": whole, "said": said}
    place = share.part.place.to(share.whole.place)
    return doubt(compiled, "P486", place, facts, one.name, fix=said, advice="turned_round")


def _wrong(scope: Scope, share: Share) -> bool:
    match share.part, share.whole:
        case tree.InPeriod(), tree.Name():
            return True
        case tree.Name(part), tree.Name(whole):
            wholes = called(scope, part, "whole"), called(scope, whole, "whole")
            if wholes == (False, True):
                return False  # an example that gives more is the one to doubt
            if shown := [*_shown(scope, part, whole)]:
                return max(shown) > 0 and min(shown) >= 0
            return wholes == (True, False)
        case _:
            return False


def _shown(scope: Scope, part: str, whole: str) -> Iterator[int]:
    """By the examples that give both, which is the greater: 1 for the part, -1 for the whole."""
    for example in scope.examples:
        given = {entry.name.text: constant(entry.value) for entry in example.entries if not entry.target}
        one, other = given.get(part), given.get(whole)
        if one is not None and other is not None:
            yield (one > other) - (one < other)
