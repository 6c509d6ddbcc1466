"""Advice about plans: what is found, with which numbers, how it is answered; and calm about good plans."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from dsl.source import Source
from engine.analyse import Analysis, Exposure, analyse, edges
from engine.compile import Compiled, read_plan
from engine.coverage import coverage
from engine.examples import run
from engine.statement import document
from tests.support.places import PLANS
from tests.support.sales import advice, compiled

IVANOV = (
    "bonus 50 000\n"
    "revenue weight 60% cutoff 80% accel 1.2 on all above 100% target 3 000 000\n"
    "calls weight 40% cutoff 80% accel 1.2 on excess above 100% target 1 000\n"
)


# ── Cliffs, dips, dead zones ─────────────────────────────────────────────────────────────────────────────


def test_the_cliff_of_the_reference_plan() -> None:
    """Just above 100 % pay jumps; a cutoff says itself what it does, a factor on the excess has no jump."""
    (fault,) = advice("fact revenue money\nfact calls count\n" + IVANOV).values()
    assert fault.code == "P460"
    assert fault.severity == "advice"
    assert {key: fault.facts[key] for key in ("at", "next", "pays", "then", "jump")} == {
        "at": "3 000 000 RUB (100%)",
        "next": "3 000 000.01 RUB",
        "pays": "30 000 RUB",
        "then": "36 000 RUB",
        "jump": "6 000 RUB",
    }


def test_a_cliff_is_told_for_the_sort_of_people_that_it_hits_hardest() -> None:
    text = (
        "fact grade one of (junior; senior)\nfact revenue money\n"
        "bonus by grade (junior: 10 000; senior: 90 000)\n"
        "revenue weight 100% accel 1.2 on all above 100% target 1 000 000\n"
    )
    fault = advice(text)["P460"]
    assert fault.facts["jump"] == "18 000 RUB"
    assert fault.facts["whose"] == " (`grade`: `senior`)"
    assert fault.example is not None
    assert "grade senior" in fault.example


def test_a_cliff_that_one_clause_makes_of_several_lines_is_one() -> None:
    text = (
        "fact revenue money\nfact calls count\nbonus 50 000 multiplied by rate\n"
        "rate = 1.5 if revenue >= 4 000 000 otherwise 1\n"
        "revenue weight 60% target 3 000 000\ncalls weight 40% target 1 000\n"
    )
    fault = advice(text)["P460"]
    assert fault.facts["name"] == "revenue`, `calls"
    assert fault.facts["jump"] == "30 000 RUB"


def test_a_dip_has_its_exact_end() -> None:
    text = (
        "fact revenue money\ncommission on revenue, the whole at the rate reached\n"
        "  up to 900: 5%\n  above 3%\n"
    )
    fault = advice(text)["P461"]
    assert fault.facts["at"] == "900 RUB"
    assert fault.facts["end"] == "1 500 RUB"
    assert fault.facts["less"] == "18 RUB"


def test_where_less_is_better_a_dip_is_the_other_way_round() -> None:
    """Fewer errors pay more, but for one place where they pay less."""
    text = (
        "fact errors count\nprize = steps by errors\n"
        "  up to 2: 5 000 RUB\n  up to 4: 1 000 RUB\n  up to 6: 3 000 RUB\n  above 0 RUB\n"
        "pay quality = prize\n"
    )
    fault = advice(text)["P461"]
    assert [fault.facts[key] for key in ("at", "next", "less", "end")] == ["5", "4", "2 000 RUB", "2"]


def test_only_less_is_better_is_no_dip() -> None:
    text = "fact errors count\npay quality = 100 * (errors below 50)\n"
    assert advice(text) == {}


def test_a_stair_is_no_dead_zone() -> None:
    text = (
        "fact revenue money\nbonus 50 000\nrevenue weight 100% target 1 000 paid by steps\n"
        "  below 80%: 0%\n  up to 100%: 80%\n  above 120%\n"
    )
    assert advice(text) == {}


def test_a_line_that_makes_up_for_another_is_no_dip() -> None:
    text = "fact sales money\npay one = (1 000 above sales)\npay other = 2 * sales\n"
    assert "P461" not in advice(text)
    assert "P462" not in advice(text)


# ── What can never matter ────────────────────────────────────────────────────────────────────────────────


def test_a_row_that_one_sort_of_people_reaches_is_reached() -> None:
    text = (
        "fact grade one of (junior; senior)\nfact revenue money\n"
        "base = min(revenue; by grade (junior: 1 000; senior: 9 000))\n"
        "commission on base, each band at its own rate\n  up to 500: 1%\n  up to 2 000: 2%\n  above 3%\n"
    )
    assert advice(text) == {}


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("calls >= 0", "P466"),
        ("calls < 0", "P467"),
        ("calls > 5 and calls < 3", "P467"),
        ("calls > 5 or calls < 9", "P466"),
        ("5 > 3", "P466"),
        ("not (calls >= 0)", "P467"),
    ],
)
def test_a_condition_that_is_decided_ahead(condition: str, code: str) -> None:
    text = f"fact calls count\nfact sales money\ncommission 2% of sales only if {condition}\n"
    assert code in advice(text)


def test_what_the_check_says_already_is_not_said_again() -> None:
    """The season ended before the plan applies."""
    text = (
        "in effect from 2025-07-01\nfact sales money\n"
        "spif spring = 1% of sales during 2023-03-01 up to 2023-05-31\ncommission 2% of sales\n"
    )
    assert [fault.code for fault in compiled(text).checked.faults] == ["P444"]
    assert advice(text) == {}


def test_a_cap_on_a_share_of_an_unknown_bonus() -> None:
    """Both are parts of one share, whatever the bonus is."""
    text = (
        "fact wage money\nfact revenue money\nsalary wage\nbonus 20% of salary\n"
        "revenue weight 100% target 1 000 cap 120% on attainment cap 150% on pay\n"
    )
    assert "P465" in advice(text)


# ── Divisors, fines, growth ──────────────────────────────────────────────────────────────────────────────


def test_a_guarded_division_is_no_advice() -> None:
    text = "fact sales money\nfact deals count\naverage = sales / deals\n"
    guarded = text + "commission 1% of average if deals > 0 otherwise 0\n"
    assert advice(guarded) == {}
    fault = advice(text + "commission 1% of average\n")["P468"]
    assert fault.facts["at"] == "`deals` = 0"


HEADS = "fact margin money\nfact staff count\nfact away count\n"
DAYS = HEADS + "fact norm days\nfact worked days\nfact base days\n"
KPI = "bonus 100\nrevenue weight 100% "


@pytest.mark.parametrize(
    ("text", "guard"),
    [
        ("pay each = margin / (staff - away)", "(margin / (staff - away) if staff - away <> 0 otherwise 0)"),
        (
            "pay each = margin / (3 * staff + 1 * away)",
            "(margin / (3 * staff + 1 * away) if 3 * staff + 1 * away > 0 otherwise 0)",
        ),
        (
            "pay each = margin / (staff * away) + 5",
            "(margin / (staff * away) if staff * away > 0 otherwise 0)",
        ),
        ("heads = staff - away\npay each = margin / heads", "(margin / heads if heads <> 0 otherwise 0)"),
        (
            "pay each = 2% of margin / max(staff - away; 0)",
            "(2% of margin / max(staff - away; 0) if max(staff - away; 0) > 0 otherwise 0)",
        ),
        (
            "pay each = margin / (staff if staff < 1 otherwise away)",
            "(margin / (staff if staff < 1 otherwise away)"
            " if (staff if staff < 1 otherwise away) > 0 otherwise 0)",
        ),
        (
            "fact grade one of (low; high)\npay each = margin / by grade (low: staff; high: away)",
            "(margin / by grade (low: staff; high: away)"
            " if by grade (low: staff; high: away) > 0 otherwise 0)",
        ),
        (
            "fact nrr percent\nfact goal percent\ndone percent = (nrr - 100%) / (goal - 100%)\n"
            "bonus 100\ndone weight 100% target 100%",
            "((nrr - 100%) / (goal - 100%) if goal - 100% <> 0% otherwise 0%)",
        ),
        (
            "salary 60 000 prorated by staff of (staff + away)",
            "multiplied by (staff / (staff + away) if staff + away > 0 otherwise 0)",
        ),
        (f"{KPI}target margin", "only if margin > 0"),
        (f"{KPI}target (10 * margin / staff)", "only if staff > 0"),
        (f"{KPI}target 1 000 target prorated by worked of 22", "only if worked > 0"),
        (
            f"{KPI}target 1 000 target prorated by worked of 22\n"
            "commission 500 only if attainment of revenue > 90%",
            "target prorated by (worked if worked > 0 otherwise 22 days) of 22",
        ),
        (f"{KPI}target margin\ncommission 500 only if attainment of revenue > 90%", ""),
    ],
)
def test_the_guard_of_a_division_guards_its_divisor(text: str, guard: str) -> None:
    """It is the divisor as it stands that is asked for, in words that are said where they can stand."""
    said = [fault for fault in analyse(compiled(f"{DAYS}{text}\n")).faults if fault.code == "P468"]
    assert guard in [str(fault.facts["guard"]).strip(" `") for fault in said]


@pytest.mark.parametrize(
    "text",
    [
        "salary 60 000 prorated by worked of norm",
        "salary 60 000 * worked / norm",
        "bonus 100 prorated by worked of base\nrevenue weight 100% target 100",
        "fact staff_here count from 1\npay each = margin / staff_here",
    ],
)
def test_a_norm_that_is_0_is_a_mistake_in_the_facts(text: str) -> None:
    """No month has one, as no fact is less than its least; who says so all the same is not contradicted."""
    assert advice(f"{DAYS}{text}\n") == {}
    answer = 'allow division because "no month is without working days"\n'
    assert [*advice(f"{DAYS}{text}\n{answer}")] == (["P479"] if "from 1" in text else [])


def test_a_guard_that_is_followed_pays_whoever_it_should() -> None:
    """Nobody away pays a third of the margin, and everybody away what the plan says."""
    text = HEADS + "pay each = (margin / (staff - away) if staff - away <> 0 otherwise 0)\n"
    examples = (
        'example "all here"\n  given margin 1 000; staff 3; away 0\n  pays each 333.33\n'
        'example "all away"\n  given margin 1 000; staff 3; away 3\n  pays each 0\n'
    )
    assert all(outcome.passed for outcome in run(compiled(text + examples)))


def test_a_reduction_of_what_is_owed_is_no_fine() -> None:
    text = "fact owed money\nfact late count\nfact revenue money\nsalary 60 000\ncommission 1% of revenue\n"
    assert advice(text + "law RF\nreduction shortage = owed\n") == {}
    assert "P477" in advice(text + "law RF\nreduction lateness = 500 * late\n")


def test_growth_in_proportion_is_no_advice_and_a_square_is() -> None:
    text = "fact revenue money\nbonus 50 000\nrevenue weight 100% target 1 000 000 multiplied by "
    assert advice(text + "1.5\n") == {}
    assert "P469" in advice(text + "(attainment of revenue)\n")
    assert advice(text + "min(attainment of revenue; 150%)\n") == {}


def test_exposure() -> None:
    """Bounded lines have their bound, the others the facts with which they grow; caps of the whole count."""
    text = (
        "fact revenue money\nfact calls count\nsalary 60 000\nbonus 50 000\n"
        "revenue weight 60% accel 1.2 on excess above 100% target 1 000 cap 150%\n"
        "calls weight 40% target 100\n"
    )
    lines = {one.name: one for one in analyse(compiled(text)).exposure}
    assert lines["salary"] == Exposure("salary", Fraction(60_000), True, ())
    assert lines["revenue"] == Exposure("revenue", Fraction(45_000), True, ())
    assert lines["calls"] == Exposure("calls", None, True, ("calls",))
    assert lines[""] == Exposure("", None, False, ("calls",))
    capped = {one.name: one for one in analyse(compiled(text + "total cap 200 000\n")).exposure}
    assert capped[""].most == 200_000


# ── Answers ──────────────────────────────────────────────────────────────────────────────────────────────

CLIFF = "fact revenue money\nbonus 50 000\nsection results weight 100%\n" + (
    "revenue weight 100% accel 1.2 on all above 100% target 1 000 000\nend section\n"
)


@pytest.mark.parametrize("named", ["", "for revenue ", "for results "])
def test_an_answered_advice_is_silent(named: str) -> None:
    analysis: Analysis = analyse(compiled(f'{CLIFF}allow cliff {named}because "the step is the promise"\n'))
    assert analysis.faults == ()
    assert [fault.code for fault in analysis.answered] == ["P460"]


def test_an_answer_to_nothing_is_a_warning() -> None:
    text = f'{CLIFF}allow cliff because "the step is the promise"\nallow dip because "it is meant"\n'
    (fault,) = analyse(compiled(text)).faults
    assert (fault.code, fault.severity) == ("P479", "warning")
    assert fault.facts["text"] == 'allow dip because "it is meant"'


CALLS = "fact calls count\nbonus 50 000\ncalls weight 100% target 100"
SHOWN = {
    f"{CALLS} cutoff 80%\n": ["cliff for calls", "activity", "one_sided", "unbounded"],
    f"{CALLS} cap 120% on pay\n": ["dead_zone"],
    f"{CALLS} paid by steps\n  below 80%: 0%\n  from 80%: 50%\n  from 100%: 100%\n": ["cliff", "dead_zone"],
    "fact overdue percent\ncommission 1% of revenue only if overdue <= 5%\n": ["cliff", "unbounded"],
    "fact a money\nfact b money\nrate money = matrix by a and b\n  columns up to 5; above 5\n"
    "  below 10: 100; 200\n  from 10: 200; 300\npay prize = rate\n": ["cliff"],
}
NOT_SO = {
    f"{CALLS}\n": ["cliff", "dead_zone", "dip"],
    f"{CALLS} cap 120% on pay\n": ["unbounded", "cliff"],
    "fact revenue money\nbonus 50 000\nrevenue weight 100% target 100\n": ["activity"],
}


@pytest.mark.parametrize("text", SHOWN)
def test_an_answer_to_what_the_plan_says_itself_is_one(text: str) -> None:
    """No advice is given for it, and whoever says that it is meant is not contradicted."""
    answers = [f'allow {word} because "it is meant"\n' for word in SHOWN[text]]
    assert not {"P479", "P460"} & {*advice(text + "".join(answers))}


@pytest.mark.parametrize("text", NOT_SO)
def test_an_answer_to_what_is_not_so_is_a_warning(text: str) -> None:
    for word in NOT_SO[text]:
        assert "P479" in advice(f'{text}allow {word} because "it is meant"\n')


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.name)
def test_the_examples_are_calm(path: Path) -> None:
    plan = read_plan(Source(path.name, path.read_text("utf-8")))
    assert isinstance(plan, Compiled)
    assert [fault.code for fault in analyse(plan).faults] == []


GOOD = (
    "fact revenue money\nsalary 60 000\ncommission 3% of revenue\n",
    "fact revenue money\ncommission on revenue, each band at its own rate\n  up to 1 000: 3%\n  above 5%\n",
    "fact pilot yes/no\nmilestone pilot 20 000\n",
    "fact parts count\npiece parts 120\n",
    "fact revenue money\nfact margin money\nfact conversion percent\nfact calls count\nbonus 50 000\n"
    "revenue weight 40% cutoff 80% target 3 000 000\nmargin weight 20% cap 150% target 900 000\n"
    "conversion weight 20% cutoff 80% on excess target 2%\ncalls weight 20% cap 100% on pay target 1 000\n",
    "fact revenue money\nfact happy percent\nbonus 50 000 only if happy >= 70%\n"
    "revenue weight 100% target 1 000\n",
    "fact revenue money\nbonus 50 000\nrevenue weight 100% target 1 000 paid along a line\n"
    "  below 80%: 0%\n  at 80%: 50%\n  at 100%: 100%\n  at 120%: 200%\n  above 120%: 200%\n",
    "fact worked days\nsalary 60 000 prorated by worked of 22 days\n",
    "fact revenue money\nsalary 60 000\ncommission 3% of revenue\ntotal floor 70 000 cap 300 000\n",
)


@pytest.mark.parametrize("text", GOOD)
def test_a_good_plan_is_left_alone(text: str) -> None:
    assert advice(text) == {}


def test_of_a_plan_of_three_hundred_clauses_each_line_is_analysed() -> None:
    line = "weight (100% / 75) cutoff 80% accel 1.2 on all above 100% target 1 000\n"
    names = [f"k{number}" for number in range(75)]
    plan = compiled(
        "".join(f"fact {name} money\n" for name in names)
        + "bonus 1 000\n"
        + "".join(f"{name} {line}" for name in names)
    )
    assert len(analyse(plan).faults) > 75


# ── Edges and coverage ───────────────────────────────────────────────────────────────────────────────────


def test_edges_of_a_kpi() -> None:
    """Each bound has what lies below it, at it and above it, by the smallest step of the fact."""
    plan = compiled("fact revenue money\nfact calls count\n" + IVANOV)
    several = edges(plan)
    assert [plan.source.at(edge.place) for edge in several] == [
        "cutoff 80%",
        "accel 1.2 on all above 100%",
        "cutoff 80%",
        "accel 1.2 on excess above 100%",
    ]
    cutoff = several[2]
    assert [(int(row.value), row.attainment, row.pays) for row in cutoff.rows] == [
        (799, Fraction(799, 1000), 0),
        (800, Fraction(4, 5), 1_600_000),
        (801, Fraction(801, 1000), 1_602_000),
    ]


@pytest.mark.parametrize(("share", "told"), [(9, True), (10, False), (15, False), (20, False), (21, True)])
def test_what_the_team_does_is_a_tenth_to_a_fifth(share: int, told: bool) -> None:
    text = (
        "fact a money\nfact team_sales money\nbonus 100\n"
        f"a weight {100 - share}% target 5\nteam_sales weight {share}% target 5\n"
    )
    assert ("P475" in advice(text)) is told
    grouped = text.replace("team_sales", "common").replace("fact common money", "group crew")
    assert ("P475" in advice(f"{grouped}common = a of crew\n")) is told
    own = grouped.replace(f"common weight {share}% target 5", f"common weight {share}% target 5%")
    assert "P475" not in advice(f"{own}common = a / a of crew\n")


def test_edges_between_the_steps_of_a_fact() -> None:
    """A bound that no fact can be has only two sides."""
    (edge,) = edges(compiled("fact calls count\nbonus 100\ncalls weight 100% cutoff 85% target 10\n"))
    assert [row.value for row in edge.rows] == [8, 9]


def test_edges_of_sorts_of_people() -> None:
    text = (
        "fact grade one of (junior; senior)\nfact calls count\nbonus 100\n"
        "calls weight 100% cutoff 80% target by grade (junior: 10; senior: 20)\n"
    )
    assert [(int(edge.bound), edge.sort) for edge in edges(compiled(text))] == [
        (8, (("grade", "junior"),)),
        (16, (("grade", "senior"),)),
    ]


COVERED = (
    "fact grade one of (junior; senior)\nfact calls count\nfact late yes/no\nbonus 100 only if not late\n"
    "calls weight 100% cutoff 80% cap 150% target by grade (junior: 10; senior: 20)\n"
    'example "one"\n  given grade junior; calls 10; late no\n  pays total 100\n'
)


def missing(text: str) -> set[tuple[str, str]]:
    """What no example of a plan reaches: what of it, and its words."""
    plan = compiled(text)
    return {(item.what, plan.source.at(item.place)) for item in coverage(plan, run(plan)).missing}


def test_coverage() -> None:
    assert missing(COVERED) == {
        ("branch", "20"),
        ("piece", "cutoff 80%"),
        ("binds", "cap 150%"),
        ("fails", "only if not late"),
    }
    more = (
        'example "two"\n  given grade senior; calls 40; late no\n  pays total 150\n'
        'example "three"\n  given grade senior; calls 4; late yes\n  pays total 0\n'
    )
    assert missing(COVERED + more) == set()


def test_a_line_that_follows_from_others_is_no_line_to_reach() -> None:
    """Of a cap there are the two sides, and not besides them whether it has taken something off."""
    cap = 'commission x\ntotal cap 5\nexample "e"\n  given x 3\n  pays total 3\n'
    plan = compiled(cap)
    assert [item.what for item in coverage(plan, run(plan)).items].count("line") == 1


def test_a_plan_without_examples_covers_nothing() -> None:
    plan = compiled("salary 60 000\n")
    assert coverage(plan, run(plan)).percent == 0


def test_statements_carry_no_advice() -> None:
    plan = compiled(CLIFF + 'example "x"\n  given revenue 5\n  pays total 0.25\n')
    (outcome,) = run(plan)
    assert not isinstance(outcome.result, tuple)
    assert document(outcome.result, "en", None).warnings == ()


def test_what_has_no_name_is_given_by_no_example() -> None:
    """Advice about a fact is shown by nobody where what records come to cannot be said."""
    facts, records = "fact revenue money\nfact calls count\n", "table deals\n  manager  employee\n"
    named = advice(f"{facts}{records}{IVANOV}\nhow_many = count of deals\npay own = 10 * how_many\n")["P460"]
    unnamed = advice(f"{facts}{records}{IVANOV}\npay own = 10 * count of deals\n")["P460"]
    assert named.example
    assert unnamed.example is None
