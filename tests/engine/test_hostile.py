"""Plans made to exhaust a machine: an answer in bounded time, or the fault that says why there is none."""

from __future__ import annotations

import pytest

from dsl.check import check
from dsl.faults import Fault
from dsl.parse import parse
from dsl.source import Source
from engine.compile import Compiled, compile_plan
from engine.evaluate import Result, amounts, evaluate
from engine.facts import Facts, Person, read_facts
from engine.statement import script
from tests.support.exhausting import FULL, PLANS
from tests.support.stack import STACK, deeper
from tests.support.work import counted

START, LETTER = 300_000, 300  # calls, for any text and for each letter of it


@pytest.mark.parametrize("name", PLANS)
def test_a_hostile_plan_is_answered(name: str) -> None:
    """Compiled, paid in both ways and explained in words; or refused with a code."""
    with counted() as work:
        deeper(STACK, lambda: answered(PLANS[name]))
    assert work.calls < START + LETTER * len(PLANS[name])


@pytest.mark.soak
@pytest.mark.parametrize("name", FULL)
def test_as_long_a_plan_as_may_be_is_answered(name: str) -> None:
    """By as much work for each of its letters."""
    with counted() as work:
        deeper(STACK, lambda: answered(FULL[name]))
    assert work.calls < START + LETTER * len(FULL[name])


def answered(text: str) -> None:
    """The way of a request, without the doors."""
    plan = compile_plan(check(parse(Source("hostile.plan", text))))
    if not isinstance(plan, Compiled):
        assert any(fault.severity == "error" for fault in plan)
        return
    for value in ("1", "9" * 30):
        facts = read_facts(plan, Person("1", "2025-07", dict.fromkeys(plan.kernel.actuals, value)))
        assert isinstance(facts, Facts), facts
        result, plain = evaluate(plan, facts), amounts(facts)
        if isinstance(result, Fault):
            assert plain is None
            continue
        assert isinstance(result, Result)
        assert result.amounts == plain
        script(result, "ru").explain(result)


HONEST = (
    "a sum of 190 facts",
    "50 choices in a row",
    "190 conditions",
    "figures in a chain",
    "KPIs",
    "300 figures by choice",
    "the least of 190 figures",
    "79 accelerators by facts",
)


@pytest.mark.parametrize("name", HONEST)
def test_what_is_only_long_is_paid(name: str) -> None:
    """Size alone is no fault: these numbers stay short."""
    plan = compile_plan(check(parse(Source("long.plan", PLANS[name]))))
    assert isinstance(plan, Compiled) or {fault.code for fault in plan if fault.severity == "error"} <= {
        "P121",
        "P401",
        "P402",
    }


TOO_BIG = {
    "squares": ("300 figures, each the square of the one before", "a4 * a4"),
    "product": ("a product of 190 facts", None),
    "signs": ("390 minus signs", None),
    "calls": ("figures that may have no value", None),
}


@pytest.mark.parametrize("sort", TOO_BIG)
def test_the_fault_says_where_it_gets_too_big(sort: str) -> None:
    """The first operation that is too much."""
    name, where = TOO_BIG[sort]
    source = Source("big.plan", PLANS[name])
    plan = compile_plan(check(parse(source)))
    assert isinstance(plan, tuple)
    (fault,) = [fault for fault in plan if fault.severity == "error"]
    assert fault.code == "P500"
    assert fault.place is not None
    assert where is None or source.at(fault.place) == where
