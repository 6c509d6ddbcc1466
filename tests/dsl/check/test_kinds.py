"""Kinds: what comes of two of them, and what follows for a name from how it is used."""

from __future__ import annotations

import itertools
from typing import get_args

import pytest

from dsl import tree
from dsl.check import Checked, check
from dsl.check.kind import (
    ANY,
    ATTRIBUTE,
    BAND,
    BARE,
    CHOICE,
    COUNT,
    COUNTED,
    DATE,
    DAYS,
    DIFFERENCE,
    DISTANCE,
    EQUATION,
    EXTREME,
    LOGIC,
    MATCH,
    MEASURE,
    MONEY,
    ORDER,
    PERCENT,
    PRODUCT,
    QUOTIENT,
    SCALAR,
    SHARE,
    SUM,
    YES_NO,
    Possible,
    Table,
    solve,
)
from dsl.parse import parse
from dsl.source import Source
from dsl.words import KindName

NUMBER: Possible = frozenset({"number"})
RATIO = PERCENT | NUMBER
NOTHING: Possible = frozenset()


@pytest.mark.parametrize(
    ("table", "left", "right", "made"),
    [
        (SUM, MONEY, MONEY, MONEY),
        (SUM, MONEY, PERCENT, NOTHING),
        (SUM, MONEY, BARE, MONEY),
        (SUM, PERCENT, BARE, NOTHING),
        (SUM, COUNT, NUMBER, NUMBER),
        (SUM, DATE, DAYS, DATE),
        (SUM, DAYS, DATE, DATE),
        (SUM, DATE, BARE, DATE),
        (SUM, DATE, DATE, NOTHING),
        (DIFFERENCE, DATE, DATE, DAYS),
        (DIFFERENCE, DATE, DAYS, DATE),
        (DIFFERENCE, DAYS, DATE, NOTHING),
        (SUM, YES_NO, YES_NO, NOTHING),
        (PRODUCT, MONEY, PERCENT, MONEY),
        (PRODUCT, COUNT, MONEY, MONEY),
        (PRODUCT, MONEY, MONEY, NOTHING),
        (PRODUCT, MONEY, DAYS, MONEY),
        (PRODUCT, DAYS, DAYS, NOTHING),
        (PRODUCT, COUNT, COUNT, COUNT),
        (PRODUCT, COUNT, NUMBER, NUMBER),
        (PRODUCT, PERCENT, PERCENT, PERCENT),
        (PRODUCT, PERCENT, COUNT, RATIO),
        (PRODUCT, DATE, NUMBER, NOTHING),
        (SHARE, PERCENT, COUNT, NUMBER),
        (SHARE, NUMBER, PERCENT, PERCENT),
        (SHARE, PERCENT, MONEY, MONEY),
        (QUOTIENT, MONEY, MONEY, RATIO),
        (QUOTIENT, MONEY, COUNT, MONEY),
        (QUOTIENT, MONEY, DAYS, MONEY),
        (QUOTIENT, COUNT, MONEY, NOTHING),
        (QUOTIENT, COUNT, NUMBER, RATIO),
        (QUOTIENT, COUNT, DAYS, NUMBER),
        (QUOTIENT, PERCENT, NUMBER, PERCENT),
        (QUOTIENT, PERCENT, MONEY, NOTHING),
        (ORDER, PERCENT, BARE, NOTHING),
        (ORDER, DATE, DATE, YES_NO),
        (ORDER, YES_NO, YES_NO, NOTHING),
        (EQUATION, YES_NO, YES_NO, YES_NO),
        (EXTREME, DATE, DATE, DATE),
        (DISTANCE, DATE, DATE, NOTHING),
        (CHOICE, YES_NO, YES_NO, YES_NO),
        (LOGIC, YES_NO, MONEY, NOTHING),
        (MATCH, NUMBER, COUNT, COUNT),
        (MATCH, COUNT, NUMBER, NUMBER),
        # A band of a measure: a rate goes with it, an amount stands by itself.
        (BAND, MONEY, PERCENT, MONEY),
        (BAND, COUNT, PERCENT, COUNT),
        (BAND, COUNT, MONEY, MONEY),
        (BAND, MONEY, DATE, NOTHING),
        (BAND, YES_NO, PERCENT, NOTHING),
        (CHOICE, ATTRIBUTE, ATTRIBUTE, ATTRIBUTE),
        (ORDER, ATTRIBUTE, ATTRIBUTE, NOTHING),
        (SUM, ATTRIBUTE, BARE, NOTHING),
    ],
)
def test_what_two_kinds_make(table: Table, left: Possible, right: Possible, made: Possible) -> None:
    """Or that there is no such thing."""
    assert solve(table, left, right, ANY)[2] == made


@pytest.mark.parametrize("table", [SUM, PRODUCT, CHOICE, EXTREME, ORDER, EQUATION, LOGIC, DISTANCE])
def test_order_does_not_matter(table: Table) -> None:
    """Where two operands can change places, so can their kinds."""
    for left, right in itertools.product(get_args(KindName), repeat=2):
        one, other = frozenset({left}), frozenset({right})
        assert solve(table, one, other, ANY)[2] == solve(table, other, one, ANY)[2]


def test_what_is_wanted_tells_what_is_given() -> None:
    """A factor of money is money or a number; what is divided into money by a number is money."""
    assert solve(PRODUCT, PERCENT, ANY, MONEY)[1] == MONEY
    assert solve(PRODUCT, MONEY, ANY, MONEY)[1] == SCALAR | DAYS
    assert solve(QUOTIENT, ANY, COUNTED, MONEY)[0] == MONEY
    assert solve(ORDER, ANY, ANY, YES_NO)[0] == MEASURE | DATE


# ── Inference ────────────────────────────────────────────────────────────────────────────────────────────


def checked(lines: str) -> Checked:
    """Lines of a plan under a header."""
    return check(parse(Source("plan", f'plan "Sales"\nversion 1\ncurrency RUB\n{lines}')))


@pytest.mark.parametrize(
    ("lines", "kinds"),
    [
        # Declared, or known from a value.
        ("fact a count\ncommission 5 * a\n", {"a": "count"}),
        ("bonus 5\na weight 100% target 5%\n", {"a": "percent"}),
        ("bonus 5\na weight 100% target 5 RUB\n", {"a": "money"}),
        ("bonus 5\na weight 100% target 5 days\n", {"a": "days"}),
        ("bonus 5\na weight 100% target 5\n", {"a": "number"}),
        ("bonus 5\na weight 100%\n", {"a": "number"}),
        ('bonus 5\na weight 100%\nexample "e"\ngiven a 5; target of a 4%\npays bonus 5\n', {"a": "percent"}),
        # From what a place needs.
        ("salary base\n", {"base": "money"}),
        ("commission 2% of sales\n", {"sales": "money"}),
        ("commission 100 * min(sales; 5 RUB)\n", {"sales": "money"}),
        ("commission 5 if done otherwise 0\n", {"done": "yes_no"}),
        ("commission 5 if a or not b otherwise 0\n", {"a": "yes_no", "b": "yes_no"}),
        ("commission 5 if hired < 2025-07-01 otherwise 0\n", {"hired": "date"}),
        ("commission 5 if today - hired > 5 and hired < 2025-07-01 otherwise 0\n", {"today": "date"}),
        ("bonus 5\na weight share target 5\n", {"share": "percent"}),
        ("bonus 5\na weight 100% accel more above 100% target 5\n", {"more": "number"}),
        # From what stands beside it.
        ("commission 5 if a > 5% and b > a otherwise 0\n", {"a": "percent", "b": "percent"}),
        ("salary 5\ncommission round(a + salary to 100)\n", {"a": "money"}),
        ("commission a if x otherwise 5 RUB\n", {"a": "money", "x": "yes_no"}),
        # The reference plan: a share of what is above a target makes that money.
        (
            "bonus 5\nsales weight 100% target 3 000 000\ncommission 2% of rate * (sales above target)\n"
            'example "e"\ngiven sales 5; rate 30%\npays bonus 5\n',
            {"sales": "money", "rate": "percent"},
        ),
        # Quotients: as asked for, or by what is divided.
        ("fact m count\nfact c count\nx = m / c\ncommission 5 * x\n", {"x": "percent"}),
        ("fact m count\nfact c count\nx = m / c\ncommission 5 if x > 2 otherwise 0\n", {"x": "number"}),
        ("fact m count\nfact c count\nx = m / c\nbonus 5\nx weight 100% target 40\n", {"x": "number"}),
        ("x = m / c\ncommission 5 * x\n", {"m": "number", "c": "number", "x": "number"}),
        ("fact s money\nx = s / 3\ncommission x\n", {"x": "money"}),
        ("fact s money\nx = s / 3\ncommission 5 * x\n", {"x": "money"}),
        ("fact s money\nx = s / n\ncommission 1% of x\n", {"n": "number", "x": "money"}),
        ("fact c count\nx = c / 20\ncommission 5 * x\n", {"x": "number"}),
        ("fact c count\nx = c * 2%\ncommission 5 * x\n", {"x": "number"}),
        ("fact c count\nx = 2% * c\ncommission 5 if x > 5% otherwise 0\n", {"x": "percent"}),
        # Through figures, whatever their order.
        ("c = b\nb = a\ncommission c\n", {"a": "money", "b": "money", "c": "money"}),
        ("commission 5 * (a / b)\nb = c\nfact c money\n", {"b": "money"}),
        ("x = 5% if done otherwise 0\ncommission x of sales\n", {"x": "percent", "sales": "money"}),
        # Tables: the bounds are of the kind of the measure, the rows of the kind of what is made of them.
        (
            "x = steps by m\n  up to 5 RUB: 3%\n  above 7%\ncommission x of s\n",
            {"m": "money", "x": "percent", "s": "money"},
        ),
        (
            "x = steps by m\n  up to 5 days: 3\n  above 7\ncommission x * s\nfact s money\n",
            {"m": "days", "x": "number"},
        ),
        ("commission on s, each band at its own rate\n  up to 5: 3%\n  above 7%\n", {"s": "money"}),
        (
            "commission on s, each band at its own rate\n  up to 5: low\n  above 7%\nlow = 2%\n",
            {"s": "money", "low": "percent"},
        ),
        (
            "fact s count\ncommission on s, the whole at the rate reached\n"
            "  up to 5: 3\n  above 7 per unit\n",
            {"s": "count"},
        ),
        ("fact s count\nx = bands by s\n  up to 5: 3%\n  above 7%\ncommission 5 * x\n", {"x": "count"}),
        (
            "fact s count\nx = bands by s\n  up to 5: p\n  above 7 RUB\ncommission x\n",
            {"x": "money", "p": "money"},
        ),
        (
            "x = matrix by m and n\n  columns below 5%; from 5%\n  below 5 RUB: 1; 2\n  from 5 RUB: 3; 4\n"
            "commission x * s\nfact s money\n",
            {"m": "money", "n": "percent", "x": "number"},
        ),
        # Less a tax, it is what it was.
        ("commission 2% of (s without tax 20%)\n", {"s": "money"}),
        ("fact c count\nx = c without tax t\ncommission 5 * x\n", {"x": "number", "t": "percent"}),
        # Attributes, and what is chosen by them.
        ("fact g one of (x; y)\ncommission by g (x: a; y: 5 RUB)\n", {"g": "choice", "a": "money"}),
        (
            "fact g one of (x; y)\nr = by g (x: 2%; y: 3%)\ncommission r of s\n",
            {"r": "percent", "s": "money"},
        ),
        ("fact g one of (x; y)\nb = g is x\ncommission 5 if b otherwise 6\n", {"b": "yes_no"}),
        # Milestones are passed or not, unless they are counted; conditions, days, factors.
        ("milestone m 5\n", {"m": "yes_no"}),
        ('milestone m 5\nexample "e"\ngiven m 2\npays m 10\n', {"m": "count"}),
        ("fact m count\nmilestone m 5\n", {"m": "count"}),
        ("piece p 5\n", {"p": "number"}),
        ("salary 5 only if at least 2 of (a; b; c)\n", {"a": "yes_no", "c": "yes_no"}),
        ("salary 5 prorated by w of days in period\n", {"w": "number"}),
        ("salary 5 prorated by (days in period - off) of days in period\n", {"off": "days"}),
        ("salary 5 multiplied by q cap c\n", {"q": "number", "c": "money"}),
        # Who compares says more than who asks.
        ("bonus 5 only if a\nb weight 100% target 5 only if a = 0\n", {"a": "number"}),
        # What is at fault decides nothing; the odd use does not win over what is declared or aimed at.
        ("commission 2% of a\nbonus 5\na weight 100% target 5%\n", {"a": "percent"}),
        ("fact a percent\nsalary a\n", {"a": "percent"}),
    ],
)
def test_the_kind_of_a_name(lines: str, kinds: dict[str, KindName]) -> None:
    """Declared, or by all that is known of it."""
    found = checked(lines).kinds
    assert {name: found[name] for name in kinds} == kinds


@pytest.mark.parametrize(
    ("formula", "kind"),
    [
        ("5", "money"),
        ("5% of sales", "money"),
        ("5 * deals", "money"),
        ("sales / deals", "money"),
        ("salary * attainment of sales", "money"),
        ("max(0; sales - 5)", "money"),
    ],
)
def test_the_kind_of_a_formula(formula: str, kind: KindName) -> None:
    """Every expression has a kind in its place, a bare number that of what it meets."""
    lines = "bonus 5\nfact sales money\nfact deals count\nsalary 5\nsales weight 100% target 5\n"
    found = checked(f"{lines}commission {formula}\n")
    commission = found.scope.pays["commission"]
    assert found.faults == () or {fault.code for fault in found.faults} == {"P218"}
    assert found.kinds.of(commission.amount) == kind


def test_a_bare_number_is_of_the_kind_of_what_it_meets() -> None:
    """Equal numbers of one plan are of different kinds."""
    lines = (
        "bonus 5\nfact sales money\nfact deals count\n"
        "sales weight 100% target 5\n"
        "commission 5 if sales > 5 and deals > 5 and attainment of sales > 0 otherwise 0\n"
    )
    found = checked(lines)
    assert found.faults == ()
    numbers = [expr for expr in found.scope.expressions if isinstance(expr, tree.Number)]
    assert [found.kinds.of(number) for number in numbers] == [
        "money",
        "money",
        "money",
        "money",
        "number",
        "percent",
        "money",
    ]


def test_every_expression_of_a_plan_has_a_kind() -> None:
    """Those of examples and defaults too."""
    found = checked(
        "fact a percent default 5%\nsalary 5\ncommission round(a * 5 RUB to 1)\n"
        'example "e"\ngiven a 5%\npays salary 5; commission -5\n'
    )
    example = found.scope.examples[0]
    assert [found.kinds.of(outcome.value) for outcome in example.outcomes] == ["money", "money"]
    assert found.kinds.of(example.entries[0].value) == "percent"
    assert all(found.kinds.of(expr) for expr in found.scope.expressions)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("fact a money\nbonus 5\na weight 100% target 5%\n", "money"),
        ('bonus 5\na weight 100% target 5%\nexample "e"\ngiven a 5 RUB\npays bonus 5\n', "5%"),
        ("commission 2% of a\nbonus 5 if a otherwise 0\nb weight 100% target 5\n", "2% of a"),
    ],
)
def test_a_fault_shows_what_decided_a_kind(lines: str, words: str) -> None:
    """Beside what clashes with it."""
    found = checked(lines)
    also = [fault.also for fault in found.faults]
    assert [found.source.at(place) for place in also if place] == [words]
