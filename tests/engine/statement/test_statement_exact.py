"""What an answer and a regulation say besides the lines of pay."""

from __future__ import annotations

import pytest

from engine.analyse import analyse
from engine.evaluate import Result, pay
from engine.facts import Person
from engine.money import plain
from engine.statement import document, script
from tests.support.regulations import prose, regulated
from tests.support.sales import compiled


def test_a_target_that_was_presumed_is_said_with_its_value() -> None:
    plan = compiled("fact revenue money\nbonus 20 000\nrevenue weight 100% target 3 000 000 or personal\n")
    result = pay(plan, Person("1", "2025-07", {"revenue": "2700000"}))
    assert isinstance(result, Result)
    (presumed,) = document(result, "en", None).presumed
    assert (presumed.what, presumed.name, presumed.value) == ("target", "revenue", "3 000 000")


def test_each_reduction_is_named_before_its_rules() -> None:
    text = 'law RF\nfact late count\nsalary 60 000\nreduction lateness "Coming late" = 500 * late\n'
    assert "Coming late." in prose(regulated(text), "reductions")


def test_numbers_of_which_one_is_a_share_are_no_percentages() -> None:
    """Half of the sales, and seven times them, may both be meant; five and seven times most likely not."""
    rate = "fact sales money\nfact grade one of (a; b)\ncommission by grade (a: {}; b: 7) * sales\n"
    assert [fault.code for fault in analyse(compiled(rate.format("5"))).faults] == ["P482", "P482"]
    assert analyse(compiled(rate.format("0.5"))).faults == ()


def sentences(text: str, facts: dict[str, str]) -> tuple[str, list[str]]:
    """What one line pays, and its sentences."""
    result = pay(compiled(text), Person("1", "2025-07", dict(facts), {}))
    assert isinstance(result, Result)
    (said,) = script(result, "en").explain(result)
    (amount,) = result.amounts
    return plain(amount, result.kernel.digits), list(said)


def test_of_a_line_whose_gate_is_shut_no_more_is_told() -> None:
    text = "fact ok yes/no\nfact sales money\ncommission 1% * sales only if ok multiplied by 2\n"
    assert sentences(text, {"ok": "no", "sales": "3300000"}) == (
        "0.00",
        ["`only if ok`: ok = no, so nothing is paid"],
    )


def test_a_cap_below_nothing_is_told_of_a_line_whose_gate_is_shut() -> None:
    text = (
        "fact ok yes/no\nfact free yes/no\nfact sales money\nfact room money can be negative\n"
        "commission 1% * sales only if ok cap room unless free\n"
    )
    assert sentences(text, {"ok": "no", "free": "no", "sales": "3300000", "room": "-5"}) == (
        "-5.00",
        [
            "`only if ok`: ok = no, so nothing is paid",
            "`cap room unless free`: free = no, so the cap stays",
            "0 is more than the cap of −5, so −5.00 RUB is paid",
        ],
    )


@pytest.mark.parametrize(("new", "why"), [("yes", "passed = no"), ("no", "renewed = no")])
def test_a_condition_that_is_one_of_two_is_told_by_the_one_that_counts(new: str, why: str) -> None:
    text = (
        "fact new yes/no\nfact passed yes/no\nfact renewed yes/no\n"
        "commission 500 only if (passed if new otherwise renewed)\n"
    )
    _, (said,) = sentences(text, {"new": new, "passed": "no", "renewed": "no"})
    assert said.endswith(f": new = {new} and {why}, so nothing is paid")


def test_a_commission_with_a_name_is_paid_once_and_not_for_each() -> None:
    text = 'fact sales money\ncommission deals "Deals" = 1% * sales\n'
    assert "Paid: 1% × “sales”." in prose(regulated(text), "pays")
