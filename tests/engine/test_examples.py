"""Worked examples in plans: run by the function that pays, compared to the last digit."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import partial
from random import Random

import pytest
from hypothesis import given

from api.checks import checked
from dsl.check import check
from dsl.faults import Fault, wording
from dsl.parse import parse
from dsl.place import Place
from dsl.record import plain
from dsl.source import Source
from dsl.translate import translate
from dsl.write import write
from engine.compile import Compiled, compile_any, read_plan
from engine.evaluate import Result
from engine.examples import Tried, document, explained, run, wrong
from engine.examples.slips import ALIKE
from tests.support.chances import CHANCE, examples
from tests.support.pages import pages, whole
from tests.support.places import CASES

HEAD = 'plan "A"\nversion 1\ncurrency RUB\n'
PLAN = (
    HEAD
    + 'salary 100\nbonus 10\nx "X" weight 100% target 4\ncommission 1% of y\nexample "E"\n  given x 6; y 33\n'
)


def ran(text: str) -> tuple[Tried, ...]:
    """The outcomes of the examples of a plan."""
    compiled = read_plan(Source("a.plan", text))
    assert isinstance(compiled, Compiled), compiled
    return run(compiled)


def faulty(text: str) -> tuple[Fault, ...]:
    """What is wrong with the examples of a plan."""
    compiled = read_plan(Source("a.plan", text))
    assert isinstance(compiled, Compiled), compiled
    return wrong(explained(run(compiled), compiled, "en"))


@pytest.mark.parametrize(
    ("pays", "passed"),
    [
        ("salary 100; bonus 15; x 15; commission 0.33; total 115.33", True),
        ("salary 100 RUB", True),
        ("total 115.33 RUB; x 15.00", True),
        ("total 115", False),
        ("commission 0.3", False),
        ("commission 0.3300000001", False),
        ("x -15", False),
    ],
)
def test_what_is_named_is_compared(pays: str, passed: bool) -> None:
    (outcome,) = ran(f"{PLAN}  pays {pays}\n")
    assert outcome.passed is passed
    assert len(outcome.items) == pays.count(";") + 1


def test_what_differs_is_explained() -> None:
    compiled = read_plan(Source("a.plan", f"{PLAN}  pays bonus 14; x 15\n"))
    assert isinstance(compiled, Compiled)
    (one,) = explained(run(compiled), compiled, "ru")
    bonus, _ = one.outcome.items
    assert (bonus.expected, bonus.got, bonus.lines) == ("14.00", "15.00", (1,))
    answer = document(one, compiled, "ru")
    (fault,) = answer.faults
    assert (answer.title, answer.line, answer.passed, fault.code) == ("E", 8, False, "P450")
    assert fault.place is not None
    assert (fault.place.line, fault.place.text) == (10, "bonus 14")
    assert fault.trace is not None
    assert fault.trace[-1] == "10 × 150% = 15,00 RUB"
    item, other = answer.items
    assert item.explanation is not None
    assert (item.expected, item.got, item.explanation[0].label) == ("14.00", "15.00", "X")
    assert plain(other) == {"name": "x", "line": 10, "expected": "15.00", "got": "15.00", "passed": True}


SLIPS = [
    ("total 78.50", "total` 78.50, and 87.50 is paid: two digits stand the other way round."),
    ("total 37.50", "total` 37.50, and 87.50 is paid: the salary is a part of the total."),
    ("total 87", "total` 87.00, and 87.50 is paid: an amount in an example is not rounded."),
    ("total 875", "total` 875.00, and 87.50 is paid: the one has a zero more than the other."),
    (
        "total 76.13",
        "total` 76.13, and 87.50 is paid: that is 13% less, and what a plan pays is before tax.",
    ),
    (
        "one 30; two 7.50",
        "one` 30.00, and 7.50 is paid; `two` 7.50, and 30.00 is paid: "
        "the amounts stand in each other's place.",
    ),
    ("two 31; total 88.50", "two` 31.00, and 30.00 is paid; `total` 88.50, and 87.50 is paid."),
    ("total 80", "total` 80.00, and 87.50 is paid: that is without one of the lines that make it up."),
]


@pytest.mark.parametrize(("pays", "said"), SLIPS)
def test_a_slip_that_is_certain_is_told(pays: str, said: str) -> None:
    """The very item is underlined, with both numbers, and the row is shown as the plan pays it."""
    text = f'{HEAD}salary 50\npay one = 7.50\npay two = 30\nexample "E"\n  pays {pays}\n'
    (fault,) = faulty(text)
    words = wording(fault, "en")
    assert words.text == f"the example `E` expects `{said}"
    assert fault.fix is None
    assert fault.place is not None
    assert text[fault.place.start : fault.place.end] == pays.split("; ", maxsplit=1)[0]
    row = re.findall(r"`(pays .*?)`", words.advice)[0]
    assert faulty(text.replace(f"pays {pays}", row)) == ()


def test_thousands_are_told_where_they_were_written() -> None:
    text = f'{HEAD}commission 2% of y\nexample "E"\n  given y 3 300\n  pays  commission {{}}\n'
    (fault,) = faulty(text.format("66 000"))
    assert (fault.code, fault.fix) == ("P451", "y 3 300 000")
    (fault,) = faulty(text.format("66.01"))
    assert (fault.code, fault.facts["slip"]) == ("P450", "")
    (fault,) = faulty(f'{HEAD}commission 66 000\nexample "E"\n  pays commission 66\n')
    assert fault.facts["slip"] == ("phrase:slip_thousands",)


def test_what_is_shown_differs_with_both_numbers() -> None:
    text = f'{HEAD}n = x / 7\ncommission n * 1 RUB\nexample "E"\n  given x 107\n  shows n 15.30\n'
    (fault,) = faulty(f"{text}  pays commission 15.29\n")
    words = wording(fault, "en")
    assert words.text == "the example `E` expects `n` 15.30, and it comes to 15.285714."
    assert words.advice.startswith("if the plan is right, write `shows n 15.29`;")


def test_what_forbids_to_pay_examples_is_told_once_where_they_give_it() -> None:
    text = f'{HEAD}commission 1 RUB / n\nexample "E"\n  given n 0\n  pays commission 1\n'
    (fault,) = faulty(f'{text}example "F"\n  given n 0\n  pays commission 2\n')
    assert (fault.code, fault.also) == ("P521", Place(text.index('"E"'), text.index('"E"') + 3))
    text = f'{HEAD}fact n count up to 31\npiece n 5\nexample "E"\n  given n 45\n  pays total 225\n'
    (fault,) = faulty(text)
    assert fault.place is not None
    assert (fault.code, text[fault.place.start : fault.place.end]) == ("P539", "n 45")


@pytest.mark.parametrize(
    ("effect", "period"),
    [
        ("", "2025-01"),
        ("in effect from 2025-07-01\n", "2025-07"),
        ("in effect from 2025-07-02\n", "2025-08"),
        ("in effect from 2025-12-31\n", "2026-01"),
        ("in effect from 2025-12-01\n", "2025-12"),
    ],
)
def test_an_example_is_of_the_first_whole_month(effect: str, period: str) -> None:
    (outcome,) = ran(f'{HEAD}{effect}salary 1\nexample "E"\n  pays total 1\n')
    assert isinstance(outcome.result, Result)
    assert outcome.result.facts.period.text == period
    assert outcome.result.warnings == ()


def test_an_example_that_cannot_be_paid() -> None:
    (outcome,) = ran(f'{HEAD}commission 1 RUB / n\nexample "E"\n  given n 0\n  pays commission 1\n')
    assert not outcome.passed
    assert isinstance(outcome.result, tuple)
    assert [fault.code for fault in outcome.result] == ["P521"]


@pytest.mark.parametrize(("shown", "passed"), [("yes", True), ("no", False)])
def test_a_condition_that_hangs_on_nothing_is_shown(shown: str, passed: bool) -> None:
    """Nobody has to compute it, and it has its value all the same."""
    text = f'ok = yes\ncommission 5 if ok otherwise 0\nexample "E"\n  shows ok {shown}\n  pays commission 5\n'
    (outcome,) = ran(HEAD + text)
    assert outcome.passed is passed


def test_a_kpi_may_be_called_by_a_word_of_the_other_language() -> None:
    head = 'схема "А"\nверсия 1\nвалюта RUB\nоклад 100\nпремия 10\n'
    text = f'{head}salary вес 100% план 4\nпример "П"\n  дано salary 8\n'
    (outcome,) = ran(f"{text}  начислено salary 20; оклад 100; всего 120\n")
    assert [item.got for item in outcome.items] == ["20.00", "100.00", "120.00"]


def test_values_of_every_kind_are_given() -> None:
    text = (
        "fact a money can be negative\nfact b percent\nfact c days\nfact d date\nfact e yes/no\n"
        "commission (a * b * (c / 1 day) if e and d = 2025-07-01 otherwise 0 RUB)\n"
        'example "E"\n  given a -1.50; b 12.5%; c 2.5 days; d 2025-07-01; e yes\n  pays commission -0.47\n'
    )
    (outcome,) = ran(HEAD + text)
    assert outcome.passed, outcome


@pytest.mark.parametrize(
    ("shows", "passed"),
    [
        ("third 33.3%", True),
        ("third 33.33333%", True),
        ("third 33.4%", False),
        ("third 33%", True),
        ("third 0%", False),
        ("third 33.3%; attainment of x 66.7%; target of x 3 000", True),
        ("attainment of x 66.6%", False),
        ("target of x 3 001", False),
        ("half 1 000.5", True),
        ("half 1 000", False),
        ("half 1 001", False),
        ("first yes", True),
        ("first no", False),
        ("seventh 3.67", True),
        ("seventh 3.7", True),
        ("seventh 3.70", False),
        ("third 3333 bps", True),
        ("third 3333.0 bps", False),
        ("until 2025-08-31", True),
        ("until 2025-09-01", False),
    ],
)
def test_what_is_shown_is_compared_to_its_last_digit(shows: str, passed: bool) -> None:
    """A percentage to the digits written, money never more coarsely than it is paid."""
    text = (
        f"{HEAD}fact start date\nfact y money\nbonus 10\nthird percent = x / 6 000\nhalf money = y / 2\n"
        "seventh = y / 2 000 * (11 / 3)\n"
        "first = start = 2025-08-01\nuntil date = start + 30 days\n"
        "x weight 100% target 3 000 or personal\n"
        "commission half * third if first or until > 2025-08-01 otherwise 0\n"
        f'example "E"\n  given x 2 000; y 2 001; start 2025-08-01\n  shows {shows}\n  pays total 340.17\n'
    )
    (outcome,) = ran(text)
    assert isinstance(outcome.result, Result)
    assert [item.passed for item in outcome.items] == [True]
    assert outcome.passed is passed


def verdicts(text: str) -> list[list[bool]]:
    """What each example of a plan comes to, thing by thing; nothing where the plan is at fault."""
    compiled = read_plan(Source("a.plan", text))
    if not isinstance(compiled, Compiled):
        return []
    outcomes = run(compiled)
    seen = [[one.passed for one in outcome.shown] for outcome in outcomes]
    return [*seen, *([one.passed for one in outcome.items] for outcome in outcomes)]


def forms(text: str) -> list[str]:
    """A plan as it is formatted, and as it stands in the other language."""
    parsed = parse(Source("a.plan", text))
    other = translate(parsed, "ru" if parsed.lang == "en" else "en").text
    return [write(parsed.tree), *([] if other is None else [other])]


def longer(text: str, row: re.Match[str]) -> str:
    """A row of an example, each number of which goes on for one more digit."""
    mark = "," if "\nверсия" in text else "."
    return re.sub(
        r"(?<![-\w.,])\d[\d ]*(?:[.,]\d+)?(?![-\w.,])",
        lambda number: number[0] + ("0" if mark in number[0] else f"{mark}0"),
        row[0],
    )


def test_form_and_language_change_no_verdict() -> None:
    """Of any plan of the tests that has an example, each number of which has a digit more than it needs."""
    found = 0
    rows = re.compile(r"(?m)^  (?:given|shows|pays|дано|получается|начислено) .*$")
    texts = [whole(plan) for page in pages() for plan in page.plans("en")]
    for text in [*texts, *(path.read_text("utf-8") for path in CASES)]:
        typed = rows.sub(partial(longer, text), text)
        if typed != text and (verdict := verdicts(typed)):
            found += 1
            assert [verdicts(form) for form in forms(typed)] in ([verdict, verdict], [verdict]), typed
    assert found > 60


@examples(30)
@given(CHANCE)
def test_no_verdict_hangs_on_how_digits_are_printed(chance: Random) -> None:
    """What is shown is written with more or fewer digits than it needs, and right to them or nearly."""
    x = chance.randint(0, 4000)
    shown = []
    for name, exact, sign in (
        ("a", Fraction(x, 8), ""),
        ("b", Fraction(x, 7), ""),
        ("c", Fraction(x, 25), "%"),
    ):
        places = chance.randint(0, 5)
        near = round(exact * 10**places)
        digits = f"{chance.choice([near, near + 1, round(near, -1)]):0{places + 1}}"
        cut = len(digits) - places
        shown.append(f"{name} {digits[:cut]}{'.' if places else ''}{digits[cut:]}{sign}")
    text = (
        f"{HEAD}a = x / 8\nb = x / 7\nc percent = x / 2 500\ncommission 1 RUB * a * b * c\n"
        f'example "E"\n  given x {x}\n  shows {"; ".join(shown)}\n  pays total 0\n'
    )
    verdict = verdicts(text)
    assert verdict
    assert [verdicts(form) for form in forms(text)] == [verdict, verdict]


def test_what_nobody_works_out_is_not_shown() -> None:
    """A figure of another grade has no value for an example, whatever it says."""
    (outcome,) = ran(
        f"{HEAD}fact grade one of (junior; senior)\nextra = y / 2\n"
        "commission extra if grade is senior otherwise 5\n"
        'example "E"\n  given grade junior; y 2\n  shows extra 1\n  pays total 5\n'
    )
    assert not outcome.passed
    assert [(one.name, one.got) for one in outcome.shown] == [("extra", None)]


def test_slips_are_looked_for_once_and_in_a_few_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    """A check tells of examples among the faults and beside them, from one search."""
    rows = "".join(f'example "E{at}"\n  given x 6; y 33\n  pays total 1{at}\n' for at in range(10, 40))
    looked: list[Tried] = []

    def seen(_: Compiled, outcome: Tried) -> None:
        looked.append(outcome)

    monkeypatch.setattr("engine.examples.faults.meant", seen)
    plan = check(parse(Source("a.plan", PLAN.partition("example")[0] + rows)))
    answer = checked(plan, compile_any(plan), "en")
    assert [len(one.faults) for one in answer.examples] == [1] * 30
    assert len(looked) == ALIKE
