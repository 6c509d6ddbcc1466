"""What is paid at the ends of what a plan can say, and what is refused rather than paid."""

from __future__ import annotations

import pytest

from dsl.faults import Fault
from dsl.source import Source
from engine.compile import Compiled, read_plan
from engine.evaluate import Result, pay
from engine.facts import Person
from tests.support.sales import compiled

CHAIN = "fact deals money\nfact visits money\nfact sure yes/no\nf0 = deals / visits\n"
DONE = {"deals": "10", "visits": "1", "sure": "yes"}


def paid(plan: Compiled, facts: dict[str, str], targets: dict[str, str] | None = None) -> Result:
    """What somebody is paid whose facts are right."""
    result = pay(plan, Person("1", "2025-07", dict(facts), dict(targets or {})))
    assert isinstance(result, Result), result
    return result


def figures(count: int) -> str:
    """Figures of which each is one percent more than the one before it."""
    return "".join(f"f{at} = f{at - 1} + 1%\n" for at in range(1, count + 1))


def test_a_long_chain_of_figures_after_a_division_is_paid() -> None:
    plan = compiled(f"{CHAIN.replace('fact sure yes/no', '')}{figures(150)}commission f150 * deals\n")
    assert paid(plan, {"deals": "10", "visits": "1"}).amounts == (11_500,)


def test_figures_that_not_all_need_are_refused_or_paid_however_many_call_one_another() -> None:
    """Each waits to be asked for by the next, since the first may have no value."""
    text = f"{CHAIN}{figures(1500)}commission deals * (f1500 if sure otherwise 2%)\n"
    plan = read_plan(Source("x.plan", f'plan "x"\nversion 1\ncurrency RUB\n{text}'))
    if isinstance(plan, Compiled):
        assert paid(plan, DONE).amounts == (25_000,)
    else:
        assert [fault.code for fault in plan] == ["P500"]


def test_quotients_are_compared_that_are_divided_in_part_by_the_same() -> None:
    """What both are divided by is multiplied by on neither side, and what one is on the other alone."""
    facts = "".join(f"fact {name} number\n" for name in "abcd")
    plan = compiled(f"{facts}pay p = (5 RUB if a / c > b / c / d otherwise 3 RUB)\n")
    for b, amount in (("5", 500), ("6", 300), ("7", 300)):
        assert paid(plan, {"a": "3", "b": b, "c": "2", "d": "2"}).amounts == (amount,)


@pytest.mark.parametrize("default", ["", " default 1"])
def test_a_default_makes_no_fact_shorter(default: str) -> None:
    """Whoever gives the fact may give it as long as anybody."""
    text = f'plan "x"\nversion 1\ncurrency RUB\nfact paid money\nfact x number{default}\n'
    plan = read_plan(Source("x.plan", f"{text}commission paid * {' * '.join(['x'] * 40)}\n"))
    assert not isinstance(plan, Compiled)
    assert [fault.code for fault in plan] == ["P500"]


def test_an_attainment_of_thousands_of_percent_is_doubted_of_a_constant_too() -> None:
    plan = compiled("done = 3 000\nbonus 50 000\ndone weight 100% target 100 or personal\n")
    for target, told in (("100", ["P537"]), ("300", ["P537"]), ("301", [])):
        result = paid(plan, {}, {"done": target})
        assert [fault.code for fault in result.warnings] == told


@pytest.mark.parametrize("written", ["-3300000", "-3 300 000", "-3.3e6", "-3300000.00"])
def test_less_than_nothing_is_read_however_it_is_written(written: str) -> None:
    plan = compiled("fact profit money can be negative\ncommission 1% * profit\n")
    assert paid(plan, {"profit": written}).amounts == (-3_300_000,)


def test_of_two_divisions_by_nothing_the_first_is_told() -> None:
    plan = compiled("fact a count\nfact b count\nfact c money\nfact d count\ncommission (a / b) * (c / d)\n")
    faults = pay(plan, Person("1", "2025-07", {"a": "1", "b": "0", "c": "2", "d": "0"}, {}))
    assert not isinstance(faults, Result)
    assert all(isinstance(fault, Fault) for fault in faults)
    assert [(fault.code, fault.facts["divisor"]) for fault in faults] == [("P521", "b")]
