"""Pay by the days in groups, and people who are absent: what each of a company is paid, and what waits."""

from __future__ import annotations

import pytest

from engine.evaluate import Paid, Result
from engine.facts import Person
from engine.statement import document
from tests.support.teams import amounts, plan, together

Row = dict[str, object]
Sent = dict[str, list[Row]]
MONTH = "2025-07"
HEAD = """plan "Department"
version 1
currency RUB
{law}fact rate percent default 5%
table deals
  deal id
  seller employee
  paid_on date, counts
  amount money
group department
group team within department
group staff led by head at all levels
revenue = sum of amount of deals
"""
TREE: list[Row] = [{"team": "A", "department": "East"}, {"team": "B", "department": "West"}]
TEAM: list[Row] = [
    {"employee": "1", "team": "A", "to": "2025-07-15"},
    {"employee": "1", "team": "B", "from": "2025-07-16"},
    {"employee": "2", "team": "A"},
    {"employee": "3", "team": "B"},
]
DEALS: list[Row] = [
    {"deal": "1", "seller": "1", "paid_on": "2025-07-10", "amount": "1500000"},
    {"deal": "2", "seller": "2", "paid_on": "2025-07-20", "amount": "7500000"},
    {"deal": "3", "seller": "3", "paid_on": "2025-07-21", "amount": "4000000"},
]


def paid(lines: str, law: str = "", **tables: list[Row]) -> dict[str, Paid]:
    """What three people are paid by some lines; one moved on 16 July, and no holidays are known."""
    sent = {"team": TEAM, "department": TREE, "deals": DEALS, "calendar": [], **tables}
    people = [Person(one, MONTH, {}) for one in "123"]
    return together(plan(f"{HEAD.format(law=law)}{lines}\n"), people, sent)


def waiting(found: Paid) -> tuple[list[str], list[str]]:
    """The lines of somebody that stay open, and the codes of what is said."""
    assert isinstance(found, Result), found
    return [one.line.name for one in found.facts.open], [fault.code for fault in found.warnings]


def test_who_moves_is_paid_by_the_days_in_each_team() -> None:
    """11 of 23 working days in the team that made its plan, 15 of 31 calendar days."""
    goal = "10 000 if revenue of team at least 9 000 000 otherwise 0"
    found = paid(f"pay worked = {goal} by working days in team\npay lasted = {goal} by calendar days in team")
    assert amounts(found["1"]) == {"worked": 478261, "lasted": 483871}
    assert amounts(found["2"]) == {"worked": 1000000, "lasted": 1000000}
    assert amounts(found["3"]) == {"worked": 0, "lasted": 0}


def test_under_the_law_days_are_working_days() -> None:
    """Of which the calendar says which they are."""
    line = "pay goal = 10 000 if revenue of team at least 9 000 000 otherwise 0 by the days in team"
    off: list[Row] = [{"day": "2025-07-31", "working": "no"}, {"day": "2025-07-05", "working": True}]
    assert amounts(paid(line, "law RF\n")["1"]) == {"goal": 478261}
    assert amounts(paid(line, "law RF\n", calendar=off)["1"]) == {"goal": 521739}  # 12 of 23
    assert amounts(paid(line.replace("by the days", "by calendar days"), "law RF\n")["1"]) == {"goal": 483871}


def test_another_group_is_that_of_the_days_in_this_one() -> None:
    """Whoever goes to a team of another department is paid by each department as long."""
    found = paid("pay all_of = 1% * (revenue of department) by working days in team")
    # 11 of 23 days by 9 000 000, 12 of them by 4 000 000.
    assert amounts(found["1"]) == {"all_of": rounded_to_kopecks(9_000_000 * 11 + 4_000_000 * 12, 2300)}
    # By the days in the department as well, since they are the same.
    found = paid("pay all_of = 1% * (revenue of team) by working days in department")
    assert amounts(found["1"]) == {"all_of": rounded_to_kopecks(9_000_000 * 11 + 4_000_000 * 12, 2300)}


def rounded_to_kopecks(top: int, below: int) -> int:
    """A positive quotient of whole units in kopecks, half up."""
    return (200 * top + below) // (2 * below)


def test_a_line_is_rounded_once_and_its_clauses_act_in_each() -> None:
    """A cap holds in each team, the rounding of the line acts on both together; a formula names the line."""
    lines = "pay part = 1% * (revenue of team) cap 50 000 on pay by working days in team rounded to 100\n"
    found = paid(f"{lines}pay twice = 2 * part\ntotal cap 100 000")
    # (50 000 × 11 + 40 000 × 12) / 23 = 44 782.61 → 44 800
    assert amounts(found["1"]) == {"part": 4480000, "twice": 8960000, "total_cap": -3440000}
    part = document(found["1"], "en", None).lines[0] if isinstance(found["1"], Result) else None
    assert part is not None
    assert part.stays is not None
    told = [(one.value, one.days, one.whole, str(one.amount), one.on[0].last) for one in part.stays]
    assert told == [("A", 11, 23, "23913.04", "2025-07-15"), ("B", 12, 23, "20869.57", "2025-07-31")]


def test_a_kpi_has_the_attainment_of_each_team() -> None:
    """So there is none of both; whoever was in one for a part of the period has that one."""
    lines = (
        "whole = revenue of team\nbonus 50 000\nwhole weight 100% target 9 000 000 by working days in team"
    )
    found = paid(lines)
    # (50 000 × 11 + 50 000 × 4 / 9 × 12) / 23
    assert amounts(found["1"]) == {"whole": rounded_to_kopecks(50_000 * 11 * 9 + 50_000 * 4 * 12, 23 * 9)}
    some = paid(lines, team=[{"employee": "1", "team": "A", "from": "2025-07-29"}, *TEAM[2:]])
    attained = [
        document(one, "en", None).lines[0].attainment
        for one in (found["1"], some["1"])
        if isinstance(one, Result)
    ]
    assert attained == [None, "83.333333%"]  # the deal of the 10th is of no team


def test_the_section_and_the_bonus_may_say_it_for_their_lines() -> None:
    """What hangs on no team goes by the days in all of them together."""
    lines = "whole = revenue of team\nbonus 50 000 by calendar days in team\n"
    lines += "whole weight 50% target 9 000 000\nrate weight 50% target 5%"
    assert amounts(paid(lines)["1"]) == {
        "whole": rounded_to_kopecks(25_000 * 15 * 9 + 25_000 * 4 * 16, 31 * 9),
        "rate": 2500000,
    }
    came = paid(lines, team=[{"employee": "1", "team": "B", "from": "2025-07-22"}, *TEAM[2:]])
    assert amounts(came["1"])["rate"] == rounded_to_kopecks(25_000 * 10, 31)


def test_without_the_clause_the_line_waits_and_says_what_to_write() -> None:
    """A result of the team, and a place in it, are of one team."""
    found = paid("pay goal = 1% * (revenue of team)\nresult whole = revenue of team\npay own = 1% * revenue")[
        "1"
    ]
    assert waiting(found) == (["goal", "whole"], ["P589"])
    assert isinstance(found, Result)
    (fault,) = found.warnings
    assert fault.facts["by"] == "by working days in team"


def test_days_that_nobody_can_tell_leave_the_line_open() -> None:
    """For those who moved alone; a calendar that is not to be read says which row."""
    line = "pay goal = 1% * (revenue of team) by working days in team\npay own = 1% * revenue"
    sent = {"team": TEAM, "department": TREE, "deals": DEALS}
    compiled = plan(f"{HEAD.format(law='')}{line}\n")
    found = together(compiled, [Person(one, MONTH, {}) for one in "123"], sent)
    assert waiting(found["1"]) == (["goal"], ["P573"])
    assert waiting(found["2"]) == ([], [])
    wrong: list[list[Row]] = [
        [{"day": "2025-07-01", "working": "no"}, {"day": "2025-07-01", "working": "yes"}],
        [{"day": "2025-07-01"}],
        [{"working": "no"}],
        [{"day": "2025-07-01", "working": "perhaps"}],
    ]
    for rows in wrong:
        found = paid(line, calendar=rows)
        assert waiting(found["1"]) == (["goal"], ["P574"]), rows
        assert waiting(found["2"]) == ([], [])
    assert waiting(paid(line, calendar=[{"day": "first of July", "working": "no"}])["1"]) == (
        ["goal"],
        ["P505"],
    )
    idle: list[Row] = [{"day": f"2025-07-{day:02}", "working": "no"} for day in range(1, 32)]
    assert waiting(paid(line, calendar=idle)["1"]) == (["goal"], ["P575"])


def test_a_team_that_waits_leaves_open_the_line_of_who_was_in_it() -> None:
    """Whoever was there for a day waits with it."""
    lines = "pay goal = 100 * (sold of team) by working days in team"
    compiled = plan(f"{HEAD.format(law='')}fact sold count\nfact late yes/no default no\n{lines}\n")
    people = [Person("1", MONTH, {"sold": "3"}), Person("2", MONTH, {}), Person("3", MONTH, {"sold": "4"})]
    found = together(compiled, people, {"team": TEAM, "department": TREE, "deals": DEALS, "calendar": []})
    # How many of three were sold in which team nobody knows, and a colleague has none.
    assert waiting(found["1"])[0] == ["goal"]
    assert {"P582", "P586"} <= {*waiting(found["1"])[1]}


# ── Who is absent ────────────────────────────────────────────────────────────────────────────────────────

ASKED = """
pay all_of = revenue of team
pay mean = average of rate of team * 1 000
pay place = 100 * (rank of revenue of team)
pay some = 10 * (count of team where rate at least 0%)
pay shared = share of 100 by 1 within team
"""


def away(*rows: Row) -> dict[str, Paid]:
    """What three people of one team are paid while some are absent."""
    return paid(ASKED, team=[{"employee": one, "team": "A"} for one in "123"], absences=[*rows])


def test_who_is_absent_all_the_time_is_outside_of_their_group() -> None:
    """Nobody reckons with them, and the others are told; who is there for a day is one of the group."""
    whole: Row = {"employee": "3", "from": "2025-06-10", "to": "2025-07-31", "reason": "leave"}
    found = away(whole)
    assert amounts(found["1"]) == {
        "all_of": 900000000,
        "mean": 5000,
        "place": 20000,
        "some": 2000,
        "shared": 5000,
    }
    assert waiting(found["1"]) == ([], ["P579"])
    open_end = away({"employee": "3", "from": "2025-06-10"})
    two = away(
        {"employee": "3", "from": "2025-06-10", "to": "2025-07-20"},
        {"employee": "3", "from": "2025-07-21", "to": "2025-08-01"},
    )
    assert amounts(open_end["1"]) == amounts(two["1"]) == amounts(found["1"])
    part = away({"employee": "3", "from": "2025-07-01", "to": "2025-07-30"})
    assert amounts(part["1"])["some"] == 3000
    assert waiting(part["1"]) == ([], [])
    own = document(part["3"], "en", None) if isinstance(part["3"], Result) else None
    assert own is not None
    assert [(one.first, one.last, one.reason) for one in own.absences or ()] == [
        ("2025-07-01", "2025-07-30", None)
    ]


def test_what_hangs_on_a_group_is_no_pay_of_who_is_absent_from_it() -> None:
    """Neither all of it nor nothing: it waits for a person, and what is their own is paid."""
    found = away({"employee": "3", "from": "2025-06-10"})["3"]
    assert waiting(found) == (["all_of", "mean", "place", "some", "shared"], ["P593"])
    assert amounts(
        paid("pay own = 1% * revenue", absences=[{"employee": "3", "from": "2025-06-10"}])["3"]
    ) == {"own": 4000000}


def test_why_somebody_is_absent_stands_in_their_own_answer_alone() -> None:
    found = away({"employee": "3", "from": "2025-06-10", "reason": "illness"})
    told = {who: str(document(one, "en", None)) for who, one in found.items() if isinstance(one, Result)}
    assert ["illness" in told[who] for who in "123"] == [False, False, True]


def test_nobody_waits_for_who_is_absent() -> None:
    """Be their facts missing or not to be read, or they not among the people; else everybody waits."""
    compiled = plan(f"{HEAD.format(law='')}fact calls count\npay team_calls = 1 * calls of team\n")
    team: list[Row] = [{"employee": one, "team": "A"} for one in "123"]
    people = [Person("1", MONTH, {"calls": "5"}), Person("2", MONTH, {"calls": "6"}), Person("3", MONTH, {})]
    gone: list[Row] = [{"employee": "3", "from": "2025-07-01"}]
    sent: Sent = {"team": team, "department": TREE, "deals": [], "absences": gone}
    found = together(compiled, people, sent)
    assert amounts(found["1"]) == {"team_calls": 1100}
    third = found["3"]
    assert isinstance(third, tuple)
    assert [fault.code for fault in third] == ["P578"]
    assert waiting(together(compiled, people, {**sent, "absences": []})["1"]) == (["team_calls"], ["P582"])
    # Records of somebody who is not there may be of any team, unless they are absent.
    lines = f"{HEAD.format(law='')}pay sold = revenue of team\n"
    some: Sent = {"team": team[:2], "department": TREE, "deals": DEALS, "absences": gone}
    two = [Person(one, MONTH, {}) for one in "12"]
    assert amounts(together(plan(lines), two, some)["1"]) == {"sold": 900000000}
    assert waiting(together(plan(lines), two, {**some, "absences": []})["1"]) == (["sold"], ["P592"])


def test_who_is_absent_still_leads() -> None:
    """Those below whom they lead are among those of all levels; they themselves are not."""
    lines = "pay over = revenue of staff"
    heads: list[Row] = [{"employee": "2", "head": "1"}, {"employee": "3", "head": "2"}]
    found = paid(lines, head=heads, absences=[{"employee": "2", "from": "2025-07-01"}])
    assert amounts(found["1"]) == {"over": 400000000}
    assert waiting(found["1"]) == ([], ["P579"])


def test_who_is_absent_on_the_days_in_a_team_is_outside_of_it() -> None:
    """And one of the team in which they were there."""
    found = paid(
        "pay some = 1 * (count of team)",
        absences=[{"employee": "1", "from": "2025-07-01", "to": "2025-07-15"}],
    )
    assert [amounts(found[who])["some"] for who in "23"] == [100, 200]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"employee": "3", "from": "2025-07-31", "to": "2025-07-01"}, "P577"),
        ({"employee": "3", "to": "2025-07-01"}, "P577"),
        ({"employee": "3", "from": "soon"}, "P505"),
    ],
)
def test_an_absence_that_cannot_be_read_is_theirs(row: Row, code: str) -> None:
    """They are not paid, and what hangs on their group waits; another team does not."""
    found = paid(
        "pay all_of = revenue of team",
        team=[{"employee": one, "team": team} for one, team in ("1A", "2B", "3A")],
        absences=[row],
    )
    third = found["3"]
    assert isinstance(third, tuple)
    assert [fault.code for fault in third] == [code]
    assert waiting(found["1"]) == (["all_of"], [code])
    assert waiting(found["2"]) == ([], [])


def test_an_absence_of_nobody_may_be_anybodys() -> None:
    found = away({"from": "2025-07-01"})
    assert all(isinstance(one, tuple) and one[0].code == "P577" for one in found.values())
