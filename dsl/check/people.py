"""Sorts of people: what a plan says for each combination of the attributes it asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import islice, product

from .. import tree
from .constant import constant
from .scope import Scope

SORTS = 500  # combinations that are looked at one by one

# The value of each attribute of somebody.
Sort = Mapping[str, str]


def sorts(scope: Scope) -> Iterator[Sort]:
    """Every sort of people that a plan tells apart; one without attributes where it tells none."""
    names = [name for name in scope.facts if name in scope.used and scope.choices(name)]
    every = product(*(scope.choices(name) for name in names))
    return (dict(zip(names, values, strict=True)) for values in islice(every, SORTS))


def holds(condition: tree.Expr, sort: Sort) -> bool | None:
    """Whether a condition holds for people of a sort; None where more than attributes decides."""
    match condition:
        case tree.YesNo(value):
            return value
        case tree.Identity(attribute, value, denied) if attribute.text in sort:
            return (sort[attribute.text] == value.text) != denied
        case tree.Denial(operand):
            inner = holds(operand, sort)
            return None if inner is None else not inner
        case tree.Logic(word, left, right):
            return _several([holds(left, sort), holds(right, sort)], 2 if word == "and" else 1)
        case tree.Several(least, conditions):
            found = [holds(one, sort) for one in conditions]
            return _several(found, len(found) if least is None else least)
        case _:
            return None


def _several(found: list[bool | None], least: int) -> bool | None:
    sure = sum(one is True for one in found)
    if sure >= least:
        return True
    return None if sure + sum(one is None for one in found) >= least else False


def worth(expr: tree.Expr, sort: Sort) -> Fraction | None:
    """The value of an expression that hangs on nothing but attributes."""
    if isinstance(expr, tree.By) and expr.attribute.text in sort:
        value = sort[expr.attribute.text]
        chosen = next((case for case in expr.cases if case.value is not None and case.value.text == value), None)
        other = next((case for case in expr.cases if case.value is None), None)
        case = chosen or other
        return None if case is None else worth(case.result, sort)
    if isinstance(expr, tree.Choice):
        test = holds(expr.condition, sort)
        return None if test is None else worth(expr.chosen if test else expr.otherwise, sort)
    return constant(expr)


def applies(line: tree.Kpi, sort: Sort) -> bool:
    """Whether a KPI is there for people of a sort; a condition on more than attributes is at fault by itself."""
    return all(holds(clause.condition, sort) is not False for clause in line.clauses if isinstance(clause, tree.Applies))
