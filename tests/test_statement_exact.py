"""What an answer and a regulation say besides the lines of pay."""

from __future__ import annotations

from engine.analyse import analyse
from engine.evaluate import Result, pay
from engine.facts import Person
from engine.statement import document
from tests.test_analyse import compiled
from tests.test_regulation import document as regulated
from tests.test_regulation import prose


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
