"""Advice at its ends: what it takes for the deepest, the first and the last, and what it is silent about."""

from __future__ import annotations

from fractions import Fraction

import pytest

from engine.analyse import analyse
from engine.analyse.burden import load
from engine.follow.graph import Graph, Straight
from engine.follow.people import Cohort, Somebody, paid
from engine.follow.reference import reached
from tests.support.sales import advice, compiled

QUOTA = "fact revenue money\nbonus 100\nrevenue weight 100% target 1 000 "


def test_a_dip_of_several_steps_is_as_deep_as_its_last() -> None:
    """Between 4 and 8 calls it falls twice, and is told by the amounts at its edge and at its bottom."""
    text = (
        "fact calls count\nprize = steps by calls\n  up to 2: 1 000 RUB\n  up to 4: 5 000 RUB\n"
        "  up to 6: 3 000 RUB\n  up to 8: 1 000 RUB\n  above 7 000 RUB\npay quality = prize\n"
    )
    fault = advice(text)["P461"]
    assert [fault.facts[key] for key in ("at", "next", "less", "end")] == ["4", "7", "4 000 RUB", "8"]


def test_a_square_that_ends_is_no_growth_without_end() -> None:
    """Up to 400 % it grows with the square of the revenue, and from there in proportion."""
    factor = "(attainment of revenue if attainment of revenue < 400% otherwise 400%)"
    assert advice(f"{QUOTA}multiplied by {factor}\n") == {}


def test_a_condition_that_fails_only_at_nothing_is_not_decided() -> None:
    text = "fact calls count\nfact sales money\ncommission 2% of sales only if calls > 0 or calls > 5\n"
    assert advice(text) == {}


@pytest.mark.parametrize("condition", ["warranty", "not warranty", "not (warranty and urgent)"])
def test_what_a_record_says_is_not_decided(condition: str) -> None:
    """A column of yes and no may be either, whichever way it is asked."""
    text = (
        "table repairs\n  number id\n  master employee\n  done date, counts\n  work money\n"
        "  warranty yes/no\n  urgent yes/no\n"
        f"paid = sum of work of repairs where {condition}\ncommission 2% of paid\n"
    )
    assert "P466" not in advice(text)
    assert "P467" not in advice(text)


@pytest.mark.parametrize("accel", ["all", "excess"])
def test_what_the_check_says_of_a_whole_clause_is_not_said_again(accel: str) -> None:
    """A cap below a factor is one mistake, though the clause of the factor is never reached either."""
    text = f"{QUOTA}accel 1.2 on {accel} above 120% cap 110% on attainment\n"
    assert [fault.code for fault in compiled(text).checked.faults] == ["P411"]
    assert advice(text) == {}


def test_what_the_check_says_elsewhere_silences_nothing() -> None:
    text = (
        "in effect from 2025-07-01\nfact sales money\nfact calls count\n"
        "spif spring = 1% of sales during 2023-03-01 up to 2023-05-31\ncommission 2% of sales"
    )
    assert advice(f"{text}\n") == {}
    assert [*advice(f"{text} only if calls >= 0\n")] == ["P466"]


def test_activity_that_outweighs_results_is_named_and_shown_where_it_is() -> None:
    text = (
        "fact sales money\nfact deals count\nfact calls count\nbonus 100\nsales weight 20% target 1 000\n"
        "deals weight 50% target 10\ncalls weight 30% target 100\n"
    )
    plan = compiled(text)
    (fault,) = analyse(plan).faults
    assert fault.code == "P474"
    assert {key: fault.facts[key] for key in ("counts", "money", "activity", "result")} == {
        "counts": "deals`, `calls",
        "money": "sales",
        "activity": "80%",
        "result": "20%",
    }
    assert fault.place is not None
    assert plan.source.at(fault.place) == "deals"


@pytest.mark.parametrize(
    ("fact", "amount", "at"),
    [
        ("percent", "margin / (base - 95%)", "95%"),
        ("money", "1 RUB * (margin / (base - 0.5 RUB))", "0.5 RUB"),
        ("count", "margin / (2 * base - 1)", None),
        ("money", "1 RUB * (margin / (base - 1 RUB / 3))", None),
    ],
)
def test_a_divisor_is_nothing_by_a_fact_that_somebody_can_have(
    fact: str, amount: str, at: str | None
) -> None:
    """By a share or by kopecks too, and by half a call nowhere."""
    said = advice(f"fact margin money\nfact base {fact}\npay each = {amount}\n")
    assert [fault.facts["at"] for fault in said.values()] == ([] if at is None else [f"`base` = {at}"])


def test_a_line_that_is_not_straight_is_a_fine_by_a_usual_value() -> None:
    """It falls with the square of the errors, and is below nothing by as many as are presumed."""
    text = "fact errors number default 100\npay quality = 500 RUB - 1 RUB * errors * errors\n"
    fault = advice(text)["P476"]
    assert [fault.facts[key] for key in ("at", "less")] == ["100", "9 500 RUB"]


def test_how_complicated_a_line_is_is_counted() -> None:
    """Eight facts and seven sums of them are just not too much; with a limit on them they are."""
    names = [f"part{number}" for number in range(8)]
    text = "".join(f"fact {name} money\n" for name in names)
    assert "P478" not in advice(f"{text}pay whole = {' + '.join(names)}\n")
    fault = advice(f"{text}pay whole = min({' + '.join(names)}; 900 RUB)\n")["P478"]
    counted = {key: fault.facts[key] for key in ("facts", "bounds", "operations", "total", "most")}
    assert counted == {"facts": "8", "bounds": "1", "operations": "7", "total": "16", "most": "15"}


def test_a_table_is_one_row_that_is_read() -> None:
    """Of bands nobody works out what those below came to; of a matrix a row and a column are found."""
    rows = "".join(f"  up to {number} 000: {number}%\n" for number in range(1, 20))
    text = f"fact sales money\ncommission on sales, each band at its own rate\n{rows}  above 20%\n"
    assert load(compiled(text).kernel, 0) == (1, 3, 1)
    cells = "  columns at 0%; at 10%; at 20%\n  at 10%: 0.5; 0.4; 0.2\n  at 30%: 1.5; 1.2; 0.9\n"
    text = f"fact a percent\nfact b percent\nrate number = matrix by a and b\n{cells}pay x = 1 RUB * rate\n"
    assert load(compiled(text).kernel, 0)[2] < 5


def test_of_a_line_below_nothing_the_fact_is_named_that_takes_away() -> None:
    facts = "fact sales money\nfact returns money\n"
    fault = advice(f"{facts}commission 2% of (sales - returns)\n")["P476"]
    assert (fault.facts["fact"], fault.facts["instead"]) == ("returns", " `floor 0`")
    fault = advice(f"{facts}pay back = 0 - 2% of returns\n")["P476"]
    assert fault.facts["instead"] == " `recovery`"
    # Where nobody earns anything by the usual facts, the one that could bring it above 0.
    fault = advice("fact rate percent\nfact deals money default 0\npay kept = rate * (deals - 1 000)\n")[
        "P476"
    ]
    assert (fault.facts["fact"], fault.facts["at"]) == ("deals", "0 RUB")
    # What takes away is named where nobody earns, and a divisor below 0 before what it divides.
    taken = "fact sales money\nfact base money\nfact returned money\n"
    assert advice(f"{taken}pay rise = 10% of (sales - base) - returned\n")["P476"].facts["fact"] == "returned"
    divided = "fact worked number\nfact norm number\npay rise = 40 000 * worked / (norm - 8)\n"
    assert advice(divided)["P476"].facts["fact"] == "norm"


def test_a_divisor_of_two_facts_is_0_where_both_are_told() -> None:
    fault = advice("fact a money\nfact b number\nfact c number\npay x = a / (b - c)\n")["P468"]
    assert fault.facts["at"] == "`b` = 1, `c` = 1"
    fault = advice("fact a money\nfact b number\nfact c number\npay x = a / (b * c)\n")["P468"]
    assert fault.facts["at"] == "`b` = 0"


@pytest.mark.parametrize("clauses", ["", " floor 0"])
def test_what_all_that_is_due_is_prorated_by_is_held_at_nothing(clauses: str) -> None:
    """No floor of a line helps there, as it acts before."""
    facts = "fact worked days\nfact absent days\nfact norm days\nfact sales money\n"
    lines = f"salary 50 000\ncommission 2% of sales{clauses}\n"
    text = f"{facts}{lines}total prorated by {{}} of norm\n"
    fault = advice(text.format("(worked - absent)"))["P476"]
    assert fault.facts["instead"] == " `max((worked - absent); 0 days)`"
    assert "P476" not in advice(text.format("max((worked - absent); 0 days)"))


def test_a_line_below_nothing_that_an_example_shows_is_known() -> None:
    shown = 'example "more is returned"\n  given sales 0; returns 100\n  pays commission -2\n'
    text = f"fact sales money\nfact returns money\ncommission 2% of (sales - returns)\n{shown}"
    assert advice(text) == {}


def test_more_of_what_others_are_held_against_is_not_done_better() -> None:
    """A higher plan pays up to where it is missed, and nobody does worse for that."""
    facts = "fact sales money\nfact quota money\n"
    assert "P462" not in advice(f"{facts}pay x = (2% of quota if sales >= quota otherwise 0)\n")
    assert "P461" in advice("fact sales money\npay x = sales * (2% if sales < 100 otherwise 1%)\n")


def test_a_stretch_that_one_table_says_is_no_dead_zone() -> None:
    rows = "  up to 10: 10 RUB per unit\n  up to 20: 500 RUB\n  above 30 RUB per unit\n"
    text = f"fact calls count\ncommission on calls, each band at its own rate\n{rows}"
    assert "P463" not in advice(text)


def test_a_quotient_of_what_is_never_below_nothing_is_not_either() -> None:
    text = "fact sales money\nfact deals count\ncommission 2% of sales only if sales / deals >= 0\n"
    assert "P466" in advice(text)


@pytest.mark.parametrize(("norm", "turned"), [(11, False), (22, True)])
def test_a_proration_that_an_example_bears_out_is_not_turned_round(norm: int, turned: bool) -> None:
    """In May the norm is the greater of the two; where in June it is the lesser, it is no whole."""
    text = (
        "fact norm days\nfact worked days\nsalary 60 000 prorated by norm of worked\n"
        'example "May"\n  given norm 22 days; worked 11 days\n  pays total 120 000\n'
        f'example "June"\n  given norm {norm} days; worked 22 days\n  pays total {norm * 60_000 // 22}\n'
    )
    assert ("P486" in advice(text)) is turned


def test_of_two_clauses_that_jump_together_the_first_is_shown() -> None:
    plan = compiled(
        "fact calls count\n"
        "pay x = calls * 1 RUB * (2 if calls < 10 otherwise 3) * (4 if calls < 10 otherwise 5)\n"
    )
    (fault,) = analyse(plan).faults
    assert (fault.code, fault.facts["jump"]) == ("P460", "70 RUB")
    assert fault.place is not None
    assert plan.source.at(fault.place) == "(2 if calls < 10 otherwise 3)"


def test_a_choice_of_two_amounts_says_itself_what_it_pays() -> None:
    assert advice("fact calls count\npay x = 500 RUB if calls < 10 otherwise 700 RUB\n") == {}
    assert advice("fact calls count\npay x = 500 RUB * (2 if calls < 10 otherwise 3)\n") == {}


def test_points_that_are_decreed_row_by_row_are_no_jump() -> None:
    """What somebody's result does not multiply is paid as its row says; what it does is a rate reached."""
    rows = "steps by calls\n  up to 10: 1\n  up to 20: 3\n  above 5\n"
    assert advice(f"fact calls count\nscore = {rows}pay x = 1 000 RUB * score\n") == {}
    (fault,) = advice(f"fact calls count\nrate = {rows}pay x = 100 RUB * rate * calls\n").values()
    assert (fault.code, fault.facts["at"], fault.facts["instead"]) == ("P460", "20", " `line by calls`")


def test_a_table_is_one_jump_with_what_pays_without_any() -> None:
    rows = "  up to 10: 1 RUB per unit\n  up to 20: 2 RUB per unit\n  above 3 RUB per unit\n"
    text = f"fact calls count\ncommission on calls, the whole at the rate reached\n{rows}"
    (fault,) = advice(text).values()
    assert (fault.code, fault.facts["at"]) == ("P460", "20")
    assert fault.facts["instead"] == " `each band at its own rate`"
    assert advice(text.replace("the whole at the rate reached", "each band at its own rate")) == {}


def test_a_jump_of_what_can_be_below_nothing() -> None:
    text = "fact profit money can be negative\npay x = max(profit; 0) * (1% if profit < 100 otherwise 7%)\n"
    assert [fault.facts["next"] for fault in advice(text).values()] == ["100 RUB"]


def test_a_division_is_of_the_lines_that_need_it() -> None:
    text = "fact sales money\nfact deals count\naverage = sales / deals\npay a = 1 RUB * deals\n"
    fault = advice(f"{text}pay b = 1% of average\n")["P468"]
    assert fault.facts["allow"] == 'allow division for b because "…"'


def graph(at: list[int], *spans: tuple[int, int]) -> Graph:
    """A graph over the points 2, 3, …; its spans by slope and constant."""
    points = tuple(Fraction(2 + index) for index in range(len(at)))
    lines = tuple(Straight(Fraction(slope), Fraction(constant)) for slope, constant in spans)
    return Graph(points, tuple(map(Fraction, at)), lines)


@pytest.mark.parametrize(
    ("of", "value", "low", "where"),
    [
        (graph([], (2, 1)), 5, None, [2]),
        (graph([], (2, 1)), 5, 3, []),
        # Beyond its end, and at its end, which is not in it, a stretch comes to nothing.
        (graph([4], (1, 0), (1, 2)), 3, None, []),
        (graph([9], (1, 0), (1, 2)), 4, None, []),
        (graph([9], (1, 0), (1, 2)), 2, None, []),
        (graph([9], (1, 0), (1, 2)), 9, None, [2, 7]),
        (graph([9], (1, 0), (1, 2)), 9, 4, [7]),
        (graph([8, 9, 7], (0, 0), (0, 0), (0, 0), (0, 0)), 9, None, [3]),
        (graph([8, 9, 7], (0, 0), (0, 0), (0, 0), (0, 0)), 7, None, [4]),
    ],
)
def test_where_a_graph_comes_to_a_value(of: Graph, value: int, low: int | None, where: list[int]) -> None:
    least = None if low is None else Fraction(low)
    assert [*reached(of, Fraction(value), least)] == where


def test_an_example_says_no_where_yes_would_shut_the_pay() -> None:
    text = (
        "fact revenue money\nfact late yes/no\nbonus 100 only if not late\n"
        "revenue weight 100% accel 1.2 on all above 100% target 1 000\n"
    )
    example = advice(text)["P460"].example
    assert example is not None
    assert "late no" in example


def test_a_value_finer_than_usual_is_paid_by_every_digit() -> None:
    plan = compiled("fact rate number\npay x = 1 000 000 000 RUB * rate\n")
    kernel = plan.kernel
    made = Somebody(Cohort((), kernel), "2025-07", (Fraction(1),) * len(kernel.inputs))
    assert paid(plan, made.having(0, Fraction(1, 10**8))) == (1_000,)
