"""Groups: what is asked of all members, and sums that they share to the last kopeck."""

from __future__ import annotations

from random import Random

from hypothesis import given

from dsl.source import Source
from engine.compile import Compiled, read_plan
from engine.evaluate import Company, Paid, Result, pay, pay_all
from engine.facts import Person
from tests.support.chances import CHANCE, examples

TEAM = """plan "Team"
version 1
currency RUB
fact revenue money
fact calls count
fact meetings count
group team
team_revenue = revenue of team
place = rank of revenue of team
bonus 50 000
team_revenue weight 100% cutoff 100% cap 100% on pay target 9 000 000
pay conversion = 110 000 * (meetings of team / calls of team)
pay mean = 100 000 * (average of (meetings / calls) of team)
pay first = 1 000 if place = 1 otherwise 0
"""
POOL = """plan "Brigade"
version 1
currency RUB
fact fund money
fact hours number
fact ktu number
group brigade
pay work = share of fund by (hours * ktu) within brigade
pay equal = share of 100 000 by 1 within brigade
"""


def plan(text: str) -> Compiled:
    """A plan that is right."""
    compiled = read_plan(Source("groups.plan", text))
    assert isinstance(compiled, Compiled), compiled
    return compiled


def together(compiled: Compiled, people: list[Person]) -> dict[str, Paid]:
    """What each of some people is paid."""
    return dict(
        zip([one.employee for one in people], pay_all(lambda _: compiled, Company(people)), strict=True)
    )


def seller(name: str, team: str, revenue: int, calls: int | None, meetings: int) -> Person:
    """Somebody of a team; who has no calls lacks that fact."""
    facts = {"team": team, "revenue": str(revenue), "meetings": str(meetings)}
    return Person(name, "2025-07", facts if calls is None else facts | {"calls": str(calls)})


def amounts(found: Paid) -> dict[str, int]:
    """The lines of somebody who is paid, in kopecks."""
    assert isinstance(found, Result), found
    return {line.name: minor for line, minor in zip(found.kernel.lines, found.amounts, strict=True)}


def codes(found: Paid) -> list[str]:
    """The faults of somebody who is not."""
    assert isinstance(found, tuple), found
    return [fault.code for fault in found]


def test_a_department_meets_its_plan_exactly() -> None:
    """3 300 000 + 2 700 000 + 3 000 000; another team is another matter."""
    people = [
        seller("a", "north", 3_300_000, 1_000, 30),
        seller("b", "north", 2_700_000, 100, 5),
        seller("c", "south", 1, 10, 1),
        seller("d", "north", 3_000_000, 10, 0),
    ]
    found = together(plan(TEAM), people)
    for name in "abd":
        assert amounts(found[name])["team_revenue"] == 50_000_00
    assert amounts(found["c"])["team_revenue"] == 0
    assert [amounts(found[name])["first"] for name in "abcd"] == [1_000_00, 0, 1_000_00, 0]


def test_a_ratio_of_sums_is_no_mean_of_ratios() -> None:
    """30 of 1 000 and 5 of 100 are 35 of 1 100; on average 4 %."""
    found = together(plan(TEAM), [seller("a", "n", 1, 1_000, 30), seller("b", "n", 2, 100, 5)])
    for name in "ab":
        assert amounts(found[name])["conversion"] == 3_500_00
        assert amounts(found[name])["mean"] == 4_000_00


def test_who_lacks_a_fact_blocks_what_is_asked_of_it() -> None:
    """By name; what does not hang on it is paid, and another team."""
    people = [seller("a", "n", 1, 10, 1), seller("b", "n", 2, None, 1), seller("c", "s", 3, 10, 1)]
    found = together(plan(TEAM), people)
    assert [*amounts(found["a"])] == ["team_revenue", "first"]
    assert codes(found["b"]) == ["P501"]
    assert [*amounts(found["c"])] == ["team_revenue", "conversion", "mean", "first"]


def test_one_person_alone_says_nothing_of_a_group() -> None:
    assert codes(pay(plan(TEAM), seller("a", "n", 1, 10, 1))) == ["P580"]
    nobody = Person("a", "2025-07", {"revenue": "1", "calls": "1", "meetings": "1"})
    assert codes(together(plan(TEAM), [nobody])["a"]) == ["P581"]


def worker(number: int, fund: str, hours: str, ktu: str) -> Person:
    """A member of the one brigade."""
    return Person(str(number), "2025-07", {"brigade": "1", "fund": fund, "hours": hours, "ktu": ktu})


def test_three_equal_shares() -> None:
    """The first by number has the kopeck, whatever the order they come in."""
    people = [worker(number, "100000", "1", "1") for number in (10, 9, 11)]
    found = together(plan(POOL), people)
    assert [amounts(found[str(number)])["equal"] for number in (9, 10, 11)] == [
        33_333_34,
        33_333_33,
        33_333_33,
    ]


def test_a_number_with_an_odd_digit_is_a_number() -> None:
    found = together(plan(POOL), [Person(name, "2025-07", worker(1, "1", "1", "1").facts) for name in "²1"])
    assert {name: amounts(one)["equal"] for name, one in found.items()} == {"²": 50_000_00, "1": 50_000_00}


def test_nobody_is_paid_by_weights_that_are_all_nothing() -> None:
    found = together(plan(POOL), [worker(1, "100", "0", "1"), worker(2, "100", "5", "0")])
    assert [codes(one) for one in found.values()] == [["P521"], ["P521"]]


@examples(60)
@given(CHANCE)
def test_shares_make_the_sum_in_any_order(chance: Random) -> None:
    """To the last kopeck, and each the same whoever comes first."""
    fund = f"{chance.randrange(10**9)}.{chance.randrange(100):02}"
    count = chance.randrange(1, 12)
    people = [
        worker(number, fund, str(chance.randrange(1, 200)), f"{chance.randrange(3)}.{chance.randrange(10)}")
        for number in range(count)
    ]
    people.append(worker(count, fund, "1", "1"))
    compiled = plan(POOL)
    found = {name: amounts(one) for name, one in together(compiled, people).items()}
    assert sum(one["work"] for one in found.values()) == int(fund.replace(".", ""))
    assert sum(one["equal"] for one in found.values()) == 100_000_00
    chance.shuffle(people)
    assert {name: amounts(one) for name, one in together(compiled, people).items()} == found
