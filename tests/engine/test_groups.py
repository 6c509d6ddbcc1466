"""Groups: what is asked of all members, and sums that they share to the last kopeck."""

from __future__ import annotations

from random import Random

from hypothesis import given

from dsl.faults import Fault
from dsl.record import text
from engine.evaluate import Company, Result, pay, pay_all
from engine.facts import Illegible, Person
from engine.statement import document
from tests.support.chances import CHANCE, examples
from tests.support.teams import amounts, codes, plan, together

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


def seller(name: str, team: str, revenue: int, calls: int | None, meetings: int) -> Person:
    """Somebody of a team; who has no calls lacks that fact."""
    facts = {"team": team, "revenue": str(revenue), "meetings": str(meetings)}
    return Person(name, "2025-07", facts if calls is None else facts | {"calls": str(calls)})


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
    assert [codes(one) for one in found.values()] == [["P576"], ["P576"]]


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


KEPT = """plan "Brigade"
version 1
currency RUB
fact hours number
fact late yes/no default no
group brigade "Brigade", shares open
fund = 1 000 * hours of brigade - 500 000
pay work = share of 100 000 by hours within brigade, with a reserve of 5% for late
pay fixed = share of 100 000 by hours within brigade, with a reserve of 120 000 for late
pay cut = share of 100 000 by 1 within brigade, remainder left in the fund
pay excess = share of fund by hours within brigade
"""
PRIZES = """plan "Prizes"
version 1
currency RUB
fact revenue money
fact calls count
group team
pay shared = prizes of (30 000; 20 000; 10 000.01) by revenue within team, equals share
pay higher = prizes of (30 000; 20 000; 10 000.01) by revenue within team, equals take the higher
pay place = 1 000 * (rank of (revenue / calls) of team)
"""
SIGNED = """plan "Signed"
version 1
currency RUB
fact points number can be negative
group team
pay part = share of 100 by points within team
"""


def member(name: str, hours: int, *, late: bool = False) -> Person:
    """Somebody of the brigade."""
    facts = {"brigade": "1", "hours": str(hours), "late": "yes" if late else "no"}
    return Person(name, "2025-07", facts)


def test_who_comes_late_takes_nothing_from_the_others() -> None:
    """They are paid from the reserve, at the rate of the others, and never more than there is."""
    there = [member("1", 160), member("2", 160), member("3", 80)]
    compiled = plan(KEPT)
    before = {name: amounts(one)["work"] for name, one in together(compiled, there).items()}
    assert before == {"1": 38_000_00, "2": 38_000_00, "3": 19_000_00}
    for hours, each in ((16, 3_800_00), (40, 5_000_00)):
        found = together(compiled, [*there, member("4", hours, late=True)])
        assert {name: amounts(found[name])["work"] for name in before} == before
        assert amounts(found["4"])["work"] == each
    late = [member(name, 100, late=True) for name in "456"]
    found = together(compiled, [*there, *late])
    assert [amounts(found[name])["work"] for name in "456"] == [1_666_67, 1_666_67, 1_666_66]


def test_a_reserve_is_never_more_than_the_sum() -> None:
    found = together(plan(KEPT), [member("1", 160), member("2", 40)])
    assert [amounts(one)["fixed"] for one in found.values()] == [0, 0]


def test_nobody_who_was_there_is_a_division_by_nothing() -> None:
    assert codes(together(plan(KEPT), [member("1", 160, late=True)])["1"]) == ["P576"]


def test_what_cutting_leaves_may_stay_in_the_fund() -> None:
    found = together(plan(KEPT), [member(name, 160) for name in "123"])
    assert [amounts(one)["cut"] for one in found.values()] == [33_333_33] * 3


def test_nobody_owes_a_part_of_a_sum() -> None:
    """A fund of 0 and one below 0 share nothing; of one above it all is shared."""
    for hours, whole in ((10, 0), (500, 0), (501, 1_000_00)):
        found = together(plan(KEPT), [member("1", hours)])
        assert amounts(found["1"])["excess"] == whole


def test_open_shares_are_what_everybody_is_paid() -> None:
    """By number, with weights; all of one sum are told, and of who comes late those of the reserve."""
    people = [member("2", 160), member("10", 33), member("1", 80), member("3", 7, late=True)]
    found = together(plan(KEPT), people)
    for one in found.values():
        assert isinstance(one, Result)
        lines = document(one, "en", None).lines
        for line in lines:
            (shares,) = line.shares or ()
            assert [share.employee for share in shares.members] in (
                ["1", "2", "10"],
                ["3"],
                ["1", "2", "3", "10"],
            )
            for share in shares.members:
                assert share.amount.minor == amounts(found[share.employee])[line.name], line.name


def test_nobody_is_told_who_else_is_in_a_group() -> None:
    """Nor what they have, with all details."""
    people = [member("anna", 160), member("boris", 33), member("vera", 7, late=True)]
    for one in together(plan(KEPT.replace(", shares open", "")), people).values():
        assert isinstance(one, Result)
        said = text(document(one, "en", None, detail=True))
        assert not any(one.facts.employee != person.employee in said for person in people)


def prize(revenues: list[int], name: str) -> list[int]:
    """What each of some people is paid by a line of prizes."""
    people = [
        Person(str(at), "2025-07", {"team": "n", "revenue": str(one), "calls": "10"})
        for at, one in enumerate(revenues)
    ]
    return [amounts(one)[name] for one in together(plan(PRIZES), people).values()]


def test_equals_share_prizes_or_all_take_the_higher() -> None:
    assert prize([9, 9, 5], "shared") == [25_000_00, 25_000_00, 10_000_01]
    assert prize([9, 9, 5], "higher") == [30_000_00, 30_000_00, 10_000_01]
    assert prize([9, 5, 5], "shared") == [30_000_00, 15_000_01, 15_000_00]
    assert prize([5, 5, 5, 5], "shared") == [15_000_01, 15_000_00, 15_000_00, 15_000_00]
    assert prize([9, 8, 7, 6], "shared") == [30_000_00, 20_000_00, 10_000_01, 0]


def test_a_place_by_a_ratio() -> None:
    assert prize([9, 8, 9], "place") == [1_000_00, 3_000_00, 1_000_00]


def test_a_weight_below_nothing_takes_from_nobody() -> None:
    people = [Person(name, "2025-07", {"team": "n", "points": name}) for name in ("-1", "5")]
    assert [codes(one) for one in together(plan(SIGNED), people).values()] == [["P576"], ["P576"]]


@examples(60)
@given(CHANCE)
def test_prizes_and_reserves_add_up(chance: Random) -> None:
    """All prizes of places that are taken are paid; those who were there have the sum without the reserve."""
    revenues = [chance.randrange(4) for _ in range(chance.randrange(1, 8))]
    assert sum(prize(revenues, "shared")) == sum([30_000_00, 20_000_00, 10_000_01][: len(revenues)])
    people = [
        member(str(at), chance.randrange(1, 99), late=at % 3 == 2) for at in range(chance.randrange(1, 9))
    ]
    found = together(plan(KEPT), people)
    paid = {one.employee: amounts(found[one.employee])["work"] for one in people}
    late = {one.employee for one in people if one.facts["late"] == "yes"}
    assert sum(minor for name, minor in paid.items() if name not in late) == 95_000_00
    assert sum(paid[name] for name in late) <= 5_000_00


def test_who_was_left_out_may_be_of_any_group() -> None:
    """Those whom nobody read at all, and who was read before the first who is paid with a group."""
    a, lost = seller("a", "n", 1, 10, 1), Illegible((Fault("P608"),), pointer="/people/1")
    (found,) = pay_all(lambda _: plan(TEAM), Company([a], lost=(lost,)))
    assert isinstance(found, Result)
    assert ([*amounts(found)], [fault.code for fault in found.warnings]) == ([], ["P590"])
    unread, other = pay_all(lambda _: plan(TEAM), Company([lost, a]))
    assert codes(unread) == ["P608"]
    assert amounts(other) == {}


def test_who_has_no_plan_is_a_member() -> None:
    """Nothing is paid of a group by the facts of others alone."""
    people = [seller("a", "n", 1, 10, 1), seller("b", "n", 2, 10, 1), seller("c", "s", 3, 10, 1)]
    compiled, unplanned = plan(TEAM), (Fault("P709"),)
    found = [*pay_all(lambda one: unplanned if one.employee == "b" else compiled, Company(people))]
    assert amounts(found[0]) == {}
    assert [*amounts(found[2])] == ["team_revenue", "conversion", "mean", "first"]


def test_what_members_are_asked_may_hang_on_what_sort_of_people_they_are() -> None:
    """In a figure, in a weight and in a condition."""
    compiled = plan(
        'plan "Team"\nversion 1\ncurrency RUB\nfact sold money\nfact grade one of (junior; senior)\n'
        "group team\nworth = sold * by grade (junior: 50%; senior: 100%)\n"
        "points = by grade (junior: 1; senior: 2)\ncommission 1% of (worth of team)\n"
        "pay part = share of 100 by points within team\n"
        "pay juniors = 10 * (count of team where grade is junior and sold at least 1)\n"
    )
    sold = {"a": ("1000", "junior"), "b": ("2000", "senior"), "c": ("100", "senior")}
    people = [
        Person(name, "2025-07", {"team": "n", "sold": amount, "grade": grade})
        for name, (amount, grade) in sold.items()
    ]
    found = together(compiled, people)
    for name, part in zip("abc", (20_00, 40_00, 40_00), strict=True):
        assert amounts(found[name]) == {"commission": 26_00, "part": part, "juniors": 10_00}


def test_weights_that_the_plan_makes_nothing_share_nothing() -> None:
    """As weights that are nothing by the facts."""
    compiled = plan(POOL.replace("(hours * ktu)", "(hours * 0)"))
    found = together(compiled, [worker(number, "100", "5", "1") for number in (1, 2)])
    assert [codes(one) for one in found.values()] == [["P576"], ["P576"]]


def test_who_comes_late_may_be_a_sort_of_people() -> None:
    """The others ask for nobody's weight but those of their own sort, and are told the same."""
    compiled = plan(
        'plan "Brigade"\nversion 1\ncurrency RUB\nfact hours number\nfact status one of (old; fresh)\n'
        "group brigade\n"
        "pay work = share of 100 000 by hours within brigade, with a reserve of 5% for (status is fresh)\n"
    )
    people = [
        Person(name, "2025-07", {"brigade": "1", "hours": hours, "status": status})
        for name, hours, status in (("a", "160", "old"), ("b", "80", "old"), ("c", "24", "fresh"))
    ]
    found = together(compiled, people)
    assert [amounts(one)["work"] for one in found.values()] == [63_333_33, 31_666_67, 5_000_00]
    told = [
        document(one, "en", None).lines[0].explanation[0] for one in found.values() if isinstance(one, Result)
    ]
    assert told[0].startswith("5 000 of 100 000 is held back for those who come late")
    assert told[2].startswith("late, so a share of the reserve of 5 000")


def test_a_sum_below_nothing_is_nothing_to_share() -> None:
    """As the plan says it, and as it comes out."""
    compiled = plan(POOL.replace("share of 100 000 by 1", "share of (-5) by 1"))
    found = together(compiled, [worker(number, "100", "5", "1") for number in (1, 2)])
    assert [amounts(one)["equal"] for one in found.values()] == [0, 0]


def test_a_sum_to_share_is_the_same_for_all_who_share_it() -> None:
    """Nobody can tell which is meant of several; in another group it is another one."""
    prizes = "pay q = prizes of (sum; 1) by hours within brigade, equals share"
    for line in ("pay p = share of sum by 1 within brigade", prizes):
        compiled = plan(
            'plan "Fund"\nversion 1\ncurrency RUB\nfact sum money\nfact hours count\ngroup brigade\n' + line
        )
        people = [
            Person(name, "2025-07", {"brigade": name[0], "sum": sum_, "hours": "1"})
            for name, sum_ in (("a1", "100"), ("a2", "90"), ("a3", "100"), ("b1", "90"), ("b2", "90.00"))
        ]
        found = together(compiled, people)
        assert [codes(found[name]) for name in ("a1", "a2", "a3")] == [["P526"]] * 3
        assert sum(sum(amounts(found[name]).values()) for name in ("b1", "b2")) in {90_00, 91_00}


def test_groups_that_look_the_same_are_several_and_told() -> None:
    """A letter of another size or alphabet makes another group, and its people are warned."""
    people = [
        Person(str(number), "2025-07", {"brigade": name, "fund": "10", "hours": "1", "ktu": "1"})
        for number, name in enumerate(("A", "a", "А", "B"))
    ]
    found = together(plan(POOL), people)
    told = [
        [one.facts["others"] for one in result.warnings]
        for result in found.values()
        if isinstance(result, Result)
    ]
    assert told == [["`a`, `А`"], ["`A`, `А`"], ["`A`, `a`"], []]
