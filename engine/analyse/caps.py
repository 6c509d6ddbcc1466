"""Caps below what is paid anyway: an amount that most likely lacks a digit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from dsl import tree
from dsl.check.pay import NamedLine, paid
from dsl.check.people import SortOfPeople, applies, conditions, sorts, worth
from dsl.words import words
from dsl.write.value import value as written

from ..compile import Compiled
from .advice import Finding, doubt

FAR = 3  # a cap with one more digit is likely meant up to so many times what is due


def caps(compiled: Compiled) -> Iterator[Finding]:
    """One for each amount that caps less than the line, or the lines, pay at 100 % of every target."""
    kinds = compiled.checked.kinds
    for one in paid(compiled.checked.scope):
        for clause in one.line.clauses:
            if not isinstance(clause, tree.Cap) or clause.base != "pay" or clause.unless is not None:
                continue
            if kinds.of(clause.limit) == "money":
                yield from _cap(compiled, one, clause)


def _cap(compiled: Compiled, one: NamedLine, cap: tree.Cap) -> Iterator[Finding]:
    """What is told of the sort of people whom the cap takes most from."""
    scope = compiled.checked.scope
    products = _due(compiled, one)
    tests = [*conditions(one.line)] if isinstance(one.line, tree.Kpi) else []
    asked = [cap.limit, *(factor for product in products for factor in product), *tests]
    for sort in sorts(scope, asked, len(asked)):
        if isinstance(one.line, tree.Kpi) and applies(one.line, sort) is False:
            continue
        limit, due = (
            worth(cap.limit, sort),
            sum((_product(several, sort) for several in products), Fraction(0)),
        )
        if limit is not None and 0 < limit < due:
            yield _told(compiled, one, cap, limit, due)


def _due(compiled: Compiled, one: NamedLine) -> list[Sequence[tree.Expr]]:
    """What a line, or several, pay at 100 % of every target: a sum of products."""
    scope = compiled.checked.scope
    pool = [] if scope.bonus is None else [scope.bonus.pool]
    match one.line:
        case tree.Kpi(clauses=clauses) if any(isinstance(clause, tree.Curve) for clause in clauses):
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
    return [clause.share for clause in clauses if isinstance(clause, tree.Weight)]


def _product(several: Sequence[tree.Expr], sort: SortOfPeople) -> Fraction:
    """What several factors make; nothing where one of them is not known, or there are none."""
    made = Fraction(1)
    for factor in several:
        value = worth(factor, sort)
        if value is None:
            return Fraction(0)
        made *= value
    return made if several else Fraction(0)


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
