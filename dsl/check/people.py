"""Sorts of people: what a plan says for each combination of the attributes it asks for."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice, product

from .. import tree
from .constant import constant, operation
from .scope import Scope

SORTS = 500  # combinations that are looked at one by one
WORK = 50_000  # what is looked at of all of them together
DEEP = 120  # figures and brackets that are followed for one value


@dataclass(frozen=True, slots=True)
class SortOfPeople:
    """People of a plan with these values of attributes, and what its figures come to for them."""

    values: Mapping[str, str]
    scope: Scope = field(repr=False)
    tests: dict[str, bool | None] = field(default_factory=dict, repr=False)
    worths: dict[str, Fraction | None] = field(default_factory=dict, repr=False)

    def __str__(self) -> str:
        """The attributes and their values, as the plan asks for them."""
        word = self.scope.words["is"]
        return ", ".join(f"`{attribute} {word} {value}`" for attribute, value in self.values.items())


def sorts(scope: Scope, asked: Iterable[tree.Expr], size: int = 1) -> Iterator[SortOfPeople]:
    """Every sort of people that some expressions tell apart; one without attributes where they tell none.

    `size` is what is looked at for each of them, so that a hostile plan cannot make a life's work of them.
    """
    found = attributes(scope, asked)
    names = [name for name in scope.facts if name in found]
    every = product(*(scope.choices(name) for name in names))
    most = max(1, min(SORTS, WORK // max(size, 1)))
    return (SortOfPeople(dict(zip(names, values, strict=True)), scope) for values in islice(every, most))


def attributes(scope: Scope, asked: Iterable[tree.Expr]) -> set[str]:
    """The attributes that some expressions hang on, by themselves or through figures."""
    found: set[str] = set()
    figures: set[str] = set()
    waiting = [*asked]
    while waiting:
        for expr in tree.walk(waiting.pop()):
            match expr:
                case tree.Identity(attribute) | tree.By(attribute) if scope.choices(attribute.text):
                    found.add(attribute.text)
                case tree.Name(text) if text in scope.figures and text not in figures:
                    figures.add(text)
                    waiting.append(scope.figures[text].value)
    return found


def holds(condition: tree.Expr, sort: SortOfPeople, left: int = DEEP) -> bool | None:
    """Whether a condition holds for people of a sort; None where more than attributes decides."""
    if left == 0:
        return None
    match condition:
        case tree.YesNo(value):
            return value
        case tree.Identity(attribute, value, denied) if value.text in sort.scope.choices(attribute.text):
            known = sort.values.get(attribute.text)
            return None if known is None else (known == value.text) != denied
        case tree.Denial(operand):
            inner = holds(operand, sort, left - 1)
            return None if inner is None else not inner
        case tree.Logic(word, one, other):
            found = [holds(one, sort, left - 1), holds(other, sort, left - 1)]
            return _several(found, 2 if word == "and" else 1)
        case tree.Several(least, conditions):
            found = [holds(one, sort, left - 1) for one in conditions]
            every = least is None or least >= len(found)
            # Counted, and not asked one after another: nothing is known before all are.
            counted = not every and least != 1 and None in found
            return None if counted else _several(found, len(found) if least is None else least)
        case tree.Comparison(sign, one, other):
            values = _fixed(one, sort, left - 1), _fixed(other, sort, left - 1)
            return None if values[0] is None or values[1] is None else TESTS[sign](values[0], values[1])
        case tree.By() | tree.Choice():
            part = chosen(condition, sort, left)
            return None if part is None else holds(part, sort, left - 1)
        case tree.Name(text) if text in sort.scope.figures:
            if text not in sort.tests:
                sort.tests[text] = None  # what is computed from itself is not known
                sort.tests[text] = holds(sort.scope.figures[text].value, sort, left - 1)
            return sort.tests[text]
        case _:
            return None


TESTS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _fixed(expr: tree.Expr, sort: SortOfPeople, left: int) -> Fraction | None:
    """The number of a value that is written out, or chosen by attributes: a date by its day, yes as one."""
    match expr:
        case tree.Date():
            return None if expr.value is None else Fraction(expr.value.toordinal())
        case tree.Negative(operand):
            return operation("-", Fraction(0), _fixed(operand, sort, left - 1)) if left > 0 else None
        case tree.By() | tree.Choice() if left > 0:
            part = chosen(expr, sort, left)
            return None if part is None else _fixed(part, sort, left - 1)
        case tree.Arithmetic():
            return None
        case _:
            test = holds(expr, sort, left)
            return constant(expr) if test is None else Fraction(test)


def _several(found: list[bool | None], least: int) -> bool | None:
    sure = sum(one is True for one in found)
    if sure >= least:
        return True
    return None if sure + sum(one is None for one in found) >= least else False


def chosen(expr: tree.By | tree.Choice, sort: SortOfPeople, left: int = DEEP) -> tree.Expr | None:
    """Which of its parts a choice is for people of a sort; None where more than attributes decides."""
    if isinstance(expr, tree.Choice):
        test = holds(expr.condition, sort, left - 1)
        return None if test is None else expr.chosen if test else expr.otherwise
    value = sort.values.get(expr.attribute.text)
    if value is None:
        return None
    named = (case.result for case in expr.cases if case.value is not None and case.value.text == value)
    others = (case.result for case in expr.cases if case.value is None)
    return next(named, next(others, None))


def worth(expr: tree.Expr, sort: SortOfPeople, left: int = DEEP) -> Fraction | None:
    """The value of an expression that hangs on nothing but attributes."""
    if left == 0:
        return None
    match expr:
        case tree.By() | tree.Choice():
            part = chosen(expr, sort, left)
            return None if part is None else worth(part, sort, left - 1)
        case tree.Negative(operand):
            return operation("-", Fraction(0), worth(operand, sort, left - 1))
        case tree.Arithmetic(sign, one, other):
            return operation(sign, worth(one, sort, left - 1), worth(other, sort, left - 1))
        case tree.Name(text) if text in sort.scope.figures:
            if text not in sort.worths:
                sort.worths[text] = None
                sort.worths[text] = worth(sort.scope.figures[text].value, sort, left - 1)
            return sort.worths[text]
        case _:
            return constant(expr)


def leaves(expr: tree.Expr) -> Iterator[tree.Expr]:
    """The values that an expression may come to, where it is a choice: `800`, `900` of `by grade (…)`."""
    waiting = [expr]
    while waiting:
        match waiting.pop():
            case tree.By(cases=cases):
                waiting.extend(case.result for case in reversed(cases))
            case tree.Choice(one, _, other):
                waiting.extend([other, one])
            case value:
                yield value


def worths(scope: Scope, expr: tree.Expr) -> Iterator[tuple[tree.Expr, Fraction]]:
    """The values that an expression may come to and what they are, as far as they are known."""
    return ((part, value) for part in leaves(expr) if (value := scope.worth(part)) is not None)


def applies(line: tree.Kpi, sort: SortOfPeople) -> bool | None:
    """Whether a KPI is there for people of a sort; None where facts decide, which is a fault by itself."""
    return _several(tests := [holds(one, sort) for one in conditions(line)], len(tests))


def conditions(line: tree.Kpi) -> list[tree.Expr]:
    """For whom a KPI is there at all: all of these hold."""
    return [clause.condition for clause in tree.among(line.clauses, tree.Applies)]
