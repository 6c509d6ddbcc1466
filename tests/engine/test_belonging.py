"""Who belongs to what: trees of groups, moves inside a period, and those whom somebody leads."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from hypothesis import given

from dsl.source import Source
from engine.compile import Compiled, read_plan
from engine.evaluate import Company, Paid, Result, pay_all
from engine.facts import Person, SentTables
from tests.support.chances import CHANCE, examples

DEPARTMENT = """plan "Department"
version 1
currency RUB
fact role one of (seller; head) default seller
fact calls count default 0
table deals
  deal id
  seller employee
  paid_on date, counts
  amount money
group department
group team within department
group everybody led by head at all levels
revenue = sum of amount of deals
pay own = revenue
pay team_sum = revenue of team
pay department_sum = revenue of department
pay calls_of_team = 1 * calls of team
"""
LEGS = """plan "Uplines"
version 1
currency USD
fact own_volume money
group legs led by sponsor
group downline led by sponsor at all levels
volume = own_volume + own_volume of downline
rate percent = steps by volume
  below 1 000: 5%
  from 1 000: 12%
  from 5 000: 15%
theirs = own_volume of legs
commission differential = for each of legs: ((rate of sponsor) above rate) * volume
pay lesser = for each of legs: min(rate; rate of sponsor) * own_volume
pay whole = volume
pay second = theirs of legs
"""
MONTH = "2025-07"
Row = dict[str, object]


def plan(text: str) -> Compiled:
    """A plan that is right."""
    compiled = read_plan(Source("belonging.plan", text))
    assert isinstance(compiled, Compiled), compiled
    return compiled


def together(compiled: Compiled, people: list[Person], tables: dict[str, list[Row]]) -> dict[str, Paid]:
    """What each of some people is paid, with the tables of all of them."""
    paid = pay_all(lambda _: compiled, Company(people, SentTables(tables)))
    return dict(zip([one.employee for one in people], paid, strict=True))


def amounts(found: Paid) -> dict[str, int]:
    """The lines of somebody who is paid, in whole units."""
    assert isinstance(found, Result), found
    return {line.name: minor // 100 for line, minor in zip(found.kernel.lines, found.amounts, strict=True)}


def codes(found: Paid) -> list[str]:
    """The faults of somebody who is not, or what stands in the way of lines that stay open."""
    several = found if isinstance(found, tuple) else found.warnings
    return [fault.code for fault in several]


def waiting(found: Paid) -> list[str]:
    """The lines of somebody that stay open."""
    assert isinstance(found, Result), found
    return [one.line.name for one in found.facts.open]


def somebody(name: str, **facts: str) -> Person:
    """A person of July."""
    return Person(name, MONTH, facts)


def deal(seller: str, day: str, amount: int, number: int) -> Row:
    """A deal of July."""
    return {"deal": str(number), "seller": seller, "paid_on": f"2025-07-{day}", "amount": str(amount)}


TREE: list[Row] = [{"team": "A", "department": "Sales"}, {"team": "B", "department": "Sales"}]


def test_a_deal_counts_for_the_team_of_its_day() -> None:
    """A keeps the 1 500 000 of somebody who is in B from 16 July, and the department has all."""
    people = [somebody("1"), somebody("2"), somebody("3")]
    tables: dict[str, list[Row]] = {
        "team": [
            {"employee": "1", "team": "A", "from": "2025-01-01", "to": "2025-07-15"},
            {"employee": "1", "team": "B", "from": "2025-07-16"},
            {"employee": "2", "team": "A"},
            {"employee": "3", "team": "B"},
        ],
        "department": TREE,
        "deals": [deal("1", "15", 1_500_000, 1), deal("1", "16", 10, 2), deal("2", "01", 7_500_000, 3)],
    }
    found = together(plan(DEPARTMENT.replace("pay calls_of_team = 1 * calls of team\n", "")), people, tables)
    assert amounts(found["2"]) == {"own": 7_500_000, "team_sum": 9_000_000, "department_sum": 9_000_010}
    assert amounts(found["3"]) == {"own": 0, "team_sum": 10, "department_sum": 9_000_010}
    # Of which team somebody who was in two is paid is not said; the department has them all the time.
    assert amounts(found["1"]) == {"own": 1_500_010, "department_sum": 9_000_010}
    assert (waiting(found["1"]), codes(found["1"])) == (["team_sum"], ["P589"])
    # Nobody knows how many of their calls were made in which team.
    colleague = together(plan(DEPARTMENT), people, tables)["2"]
    assert (waiting(colleague), codes(colleague)) == (["calls_of_team"], ["P586"])


def test_what_is_said_twice_is_one_thing() -> None:
    """A fact and a table, a department and that of the team; days in two places, and days in none."""
    compiled = plan(DEPARTMENT)

    def told(facts: dict[str, str], *rows: Row, tree: list[Row] = TREE) -> Paid:
        tables = {"team": list(rows), "department": tree, "deals": []}
        return together(compiled, [Person("1", MONTH, facts)], tables)["1"]

    assert isinstance(told({"team": "A"}), Result)
    assert isinstance(told({"team": "A", "department": "Sales"}, {"employee": "1", "team": "A"}), Result)
    assert codes(told({"team": "A"}, {"employee": "1", "team": "B"})) == ["P584"]
    assert codes(told({"team": "A", "department": "Service"})) == ["P584"]
    assert codes(told({"team": "A"}, tree=[*TREE, {"team": "A", "department": "Service"}])) == ["P584"]
    assert codes(told({"team": "C"})) == ["P581"]
    assert codes(told({})) == ["P581", "P581"]
    first: Row = {"employee": "1", "team": "A", "to": "2025-07-10"}
    assert codes(told({}, first, {"employee": "1", "team": "B", "from": "2025-07-10"})) == ["P584"]
    assert codes(told({}, first, {"employee": "1", "team": "B", "from": "2025-07-12"})) == ["P587"]
    assert codes(told({}, {"employee": "1", "team": "A", "from": "July"})) == ["P505"]
    assert codes(told({}, {"employee": "1", "from": "2025-07-01"})) == ["P588"]
    assert codes(told({}, first | {"from": "2025-07-20"})) == ["P588"]


def test_one_person_in_two_places_holds_up_those_places_and_nobody_else() -> None:
    """What lies above is held up only where the two places differ there."""
    people = [*map(somebody, "1234")]

    def held(other: str, *rows: Row) -> dict[str, list[str]]:
        tables: dict[str, list[Row]] = {
            "team": [
                {"employee": "1", "team": "A"},
                {"employee": "3", "team": "B"},
                {"employee": "4", "team": "C"},
                *rows,
            ],
            "department": [
                {"team": "A", "department": "D"},
                {"team": "B", "department": other},
                {"team": "C", "department": "F"},
            ],
            "deals": [deal("1", "01", 10, 1), deal("2", "16", 5, 2)],
        }
        found = together(
            plan(DEPARTMENT.replace("pay calls_of_team = 1 * calls of team\n", "")), people, tables
        )
        if other == "D":
            assert amounts(found["1"])["department_sum"] == amounts(found["3"])["department_sum"] == 15
        assert amounts(found["4"]) == {"own": 0, "team_sum": 0, "department_sum": 0}
        return {name: waiting(one) for name, one in found.items()}

    first: Row = {"employee": "2", "team": "A", "to": "2025-07-15"}
    for start in ("10", "17"):  # in both on some days, and nowhere on one
        second: Row = {"employee": "2", "team": "B", "from": f"2025-07-{start}"}
        only = ["team_sum"]
        assert held("D", first, second) == {"1": only, "2": only, "3": only, "4": []}
        both = ["team_sum", "department_sum"]
        assert held("E", first, second) == {"1": both, "2": both, "3": both, "4": []}


def test_a_newcomer_brings_what_they_have() -> None:
    """Who is in no other team has all their facts in the one."""
    tables: dict[str, list[Row]] = {
        "team": [{"employee": "1", "team": "A", "from": "2025-07-10"}, {"employee": "2", "team": "A"}],
        "department": TREE,
        "deals": [],
    }
    people = [somebody("1", calls="5"), somebody("2", calls="7")]
    found = together(plan(DEPARTMENT), people, tables)
    assert [amounts(found[name])["calls_of_team"] for name in "12"] == [12, 12]


def test_who_is_away_is_asked_for_nothing() -> None:
    """Their row ends before the period: no sum and no average waits for their calls."""
    text = DEPARTMENT.replace("fact calls count default 0", "fact calls count")
    text += "pay mean = average of calls of team * 1\n"
    rows: list[Row] = [
        {"employee": "1", "team": "A"},
        {"employee": "2", "team": "A", "to": "2025-06-30"},
        {"employee": "3", "team": "A", "from": "2025-08-01"},
    ]
    people = [somebody("1", calls="7"), somebody("2"), somebody("3")]
    found = together(plan(text), people, {"team": rows, "department": TREE, "deals": []})
    assert amounts(found["1"]) | {"mean": 7, "calls_of_team": 7} == amounts(found["1"])
    assert waiting(found["1"]) == []


@examples(40)
@given(CHANCE)
def test_teams_make_up_their_department(chance: Random) -> None:
    """Whoever moves when; a membership that is written in two parts is the same."""
    names = [str(number) for number in range(chance.randrange(1, 6))]
    rows: list[Row] = []
    parted: list[Row] = []
    where: dict[tuple[str, int], str] = {}
    for name in names:
        days = sorted(chance.sample(range(2, 32), chance.randrange(3)))
        for first, after in zip([1, *days], [*days, 32], strict=True):
            team = chance.choice("AB")
            where.update({(name, day): team for day in range(first, after)})
            whole: Row = {"employee": name, "team": team, **between(first, after - 1)}
            rows.append(whole)
            cut = chance.randrange(first, after)
            parted.append(whole | {"to": between(first, cut)["to"]})
            if cut + 1 < after:
                parted.append(whole | between(cut + 1, after - 1))
    deals = [
        deal(chance.choice(names), f"{chance.randrange(1, 32):02}", chance.randrange(1_000), number)
        for number in range(20)
    ]
    watchers = [somebody("a", team="A"), somebody("b", team="B")]
    people = [*(somebody(name) for name in names), *watchers]
    compiled = plan(DEPARTMENT.replace("pay calls_of_team = 1 * calls of team\n", ""))
    found = [
        [
            amounts(paid)
            for name, paid in together(
                compiled, people, {"team": several, "department": TREE, "deals": deals}
            ).items()
            if name in "ab"
        ]
        for several in (rows, chance.sample(parted, len(parted)))
    ]
    assert found[0] == found[1]
    for team, paid in zip("AB", found[0], strict=True):
        mine = (one for one in deals if where[str(one["seller"]), int(str(one["paid_on"])[-2:])] == team)
        assert paid["team_sum"] == sum(int(str(one["amount"])) for one in mine)
        assert paid["department_sum"] == sum(one["team_sum"] for one in found[0])


def between(first: int, last: int) -> Row:
    """Days of July, as a table has them."""
    return {"from": f"2025-07-{first:02}", "to": f"2025-07-{last:02}"}


def test_who_leads_sees_those_below() -> None:
    """Differentials of a company of four levels."""
    people = [
        somebody("top", own_volume="0"),
        somebody("left", sponsor="top", own_volume="600"),
        somebody("right", sponsor="top", own_volume="900"),
        somebody("low", sponsor="left", own_volume="500"),
        somebody("lowest", sponsor="low", own_volume="4000"),
    ]
    found = {name: amounts(one) for name, one in together(plan(LEGS), people, {}).items()}
    assert found["top"] == {"differential": 90, "lesser": 135, "whole": 6_000, "second": 500}
    assert found["left"] == {"differential": 135, "lesser": 60, "whole": 5_100, "second": 4_000}
    assert found["low"] == {"differential": 0, "lesser": 480, "whole": 4_500, "second": 0}
    assert found["lowest"] == {"differential": 0, "lesser": 0, "whole": 4_000, "second": 0}


def test_nobody_stands_below_themselves() -> None:
    """Those on the way round are told; those below it are paid."""
    people = [
        somebody("a", sponsor="b", own_volume="1"),
        somebody("b", sponsor="a", own_volume="1"),
        somebody("c", sponsor="b", own_volume="1"),
    ]
    found = together(plan(LEGS), people, {})
    assert {*codes(found["a"]), *codes(found["b"])} == {"P583"}
    assert waiting(found["a"]) == ["differential", "lesser", "whole"]
    assert isinstance(found["c"], Result)


@examples(40)
@given(CHANCE)
def test_whoever_is_below_counts(chance: Random) -> None:
    """Held against a walk up from everybody, with people who change whom they are led by."""
    names = [str(number) for number in range(chance.randrange(1, 9))]
    day = date(2025, 7, chance.randrange(2, 31))
    leads: list[dict[str, str]] = [
        {name: chance.choice(names[:at]) for at, name in enumerate(names) if at} for _ in range(2)
    ]
    rows: list[Row] = []
    for name in names[1:]:
        rows.append({"employee": name, "head": leads[0][name], "to": (day - timedelta(1)).isoformat()})
        rows.append({"employee": name, "head": leads[1][name], "from": day.isoformat()})
    deals = [
        deal(chance.choice(names), f"{chance.randrange(1, 32):02}", chance.randrange(1_000), number)
        for number in range(30)
    ]
    text = DEPARTMENT[: DEPARTMENT.index("pay own")] + "pay own = revenue of everybody\n"
    found = together(plan(text), [somebody(name) for name in names], {"head": rows, "deals": deals})
    below = dict.fromkeys(names, 0)
    for one in deals:
        lead = leads[str(one["paid_on"]) >= day.isoformat()]
        name = str(one["seller"])
        while name in lead:
            name = lead[name]
            below[name] += int(str(one["amount"]))
    assert {name: amounts(paid)["own"] for name, paid in found.items()} == below
