"""A line that does not parse is held against the nearest lines of the language."""

from __future__ import annotations

import pytest

from dsl.check import check
from dsl.parse import parse
from dsl.parse.limits import STEPS, Work
from dsl.source import Source
from tests.support.answers import wrong

EN = """plan "Sales"
version 1
currency EUR
fact visits "Visits" count
fact returns "Returns" percent
fact passed "Passed" yes/no
fact worked "Days worked" days
fact norm "Days to work" days
fact grade "Grade" one of (junior; senior)
fact revenue "Revenue" money
fact crates "Crates" count
salary 50 000
bonus 10 000
visits weight 50% target 9
"""
RU = """схема "Продажи"
версия 1
валюта RUB
факт визиты "Визиты" количество
факт возвраты "Возвраты" проценты
факт аттестован "Аттестован" да/нет
факт нарушения "Нарушения" да/нет
факт отработано "Отработано" дни
факт норма "Норма" дни
факт разряд "Разряд" одно из (младший; старший)
факт выручка "Выручка" деньги
факт ящики "Ящики" количество
оклад 50 000
премия 10 000
визиты вес 50% план 9
"""
SALARY = {EN: "salary 50 000\n", RU: "оклад 50 000\n"}
TABLED = ("each", "whole", "каждая", "= steps", "= ступени")
TIERS = {EN: "\n  up to 1 000: 1%\n  above 2%", RU: "\n  до 1 000: 1%\n  свыше 2%"}

# Each line as it is typed, and as it is meant: other words, words too few or too many, names in another form,
# several of these at once.
LINES = {
    EN: """
pay a = 20 per visits
pay a = 20 * visits

pay a is 20 * visits
pay a = 20 * visits

pay a = 20 * visits limited to 5 000
pay a = 20 * visits cap 5 000

pay a = 20 * visits no more than 5 000
pay a = 20 * visits cap 5 000

pay a = 20 * visits in period 2025-06-01 to 2025-08-31
pay a = 20 * visits during 2025-06-01 up to 2025-08-31

pay a = 500 when passed otherwise 0
pay a = 500 if passed otherwise 0

pay a = 500 only if no passed
pay a = 500 only if not passed

deduct late "Late" = 5% of salary
reduction late "Late" = 5% of salary

date of payment "by the 5th"
payment due "by the 5th"

revenue weight 50% target 100 if grade is senior
revenue weight 50% target 100 for grade is senior

rate = step by revenue
rate = steps by revenue

commission on revenue, every band own rate
commission on revenue, each band at its own rate

commission on revenue, all at reached rate
commission on revenue, the whole at the rate reached

revenue weight 50% target 100 for grade senior
revenue weight 50% target 100 for grade is senior

law TK RF
law RF

piece crates at 14
piece crates 14

salary is 1 000
salary 1 000

salary 60 000 a month
salary 60 000

pay a = 20 * visits but only if passed
pay a = 20 * visits only if passed

revenue weight 50% and target 100 and cutoff 80%
revenue weight 50% target 100 cutoff 80%

pay a = 20 for each visit
pay a = 20 * visits

pay a = 500 if passed, returns < 3%
pay a = 500 only if passed and returns < 3%

pay a = 500 only if passed,returns < 3%
pay a = 500 only if passed and returns < 3%

pay a = 500 only if passed; returns < 3%
pay a = 500 only if passed and returns < 3%

commission from revenue each tier has its own percent
commission on revenue, each band at its own rate

salary 900 prorated to worked of norm
salary 900 prorated by worked of norm

revenue weight 50% target 100 with a cap of 150% on pay
revenue weight 50% target 100 cap 150% on pay

total is capped at 5 000
total cap 5 000
""",
    RU: """
начисление а составляет 20 * визиты
начисление а = 20 * визиты

начисление а = 500 при возвраты < 3%
начисление а = 500 только если возвраты < 3%

удержать опоздания "О" = 5% от оклад
снижение опоздания "О" = 5% от оклад

срок оплаты "10 числа"
срок выплаты "10 числа"

процент с выручка, каждый уровень по отдельной ставке
процент с выручка, каждая ступень по своей ставке

ставка = ступени выручка
ставка = ступени по выручка

сдельно ящики за 14
сдельно ящики 14

оклад составляет 60 000
оклад 60 000

выручка вес 50% план 100 для разряд старший
выручка вес 50% план 100 для разряд это старший

начисление а = 20 за каждый визит
начисление а = 20 * визиты

начисление а = 500 если аттестован, возвраты < 3%
начисление а = 500 только если аттестован и возвраты < 3%

начисление а = 500 только если аттестован; нет нарушений
начисление а = 500 только если аттестован и не нарушения

начисление а = 500 только если без нарушений
начисление а = 500 только если не нарушения

процент от выручки, по каждой ступени своя ставка
процент с выручка, каждая ступень по своей ставке

начисление а = 20 * визиты, но не более 5 000
начисление а = 20 * визиты потолок 5 000

выручка вес 50% план 100 с потолком в 150% по выплате
выручка вес 50% план 100 потолок 150% по выплате

процент 2% от Продажи.Выручка
процент 2% от выручка
""",
}
PAIRS = [(plan, *pair.splitlines()) for plan, lines in LINES.items() for pair in lines.strip().split("\n\n")]


@pytest.mark.parametrize(("plan", "line", "meant"), PAIRS, ids=[line for _, line, _ in PAIRS])
def test_the_nearest_line_is_offered(plan: str, line: str, meant: str) -> None:
    """One report has one repair, and with it stands what is meant."""
    tiers = TIERS[plan] if any(word in meant for word in TABLED) else ""
    above = plan.replace(SALARY[plan], "") if meant.startswith(SALARY[plan].split()[0]) else plan
    text = f"{above}{line}{tiers}\n"
    fault = next(one for one in check(parse(Source("plan", text))).faults if one.code.startswith("P1"))
    assert fault.place is not None
    assert fault.fix is not None
    mended = f"{text[: fault.place.start]}{fault.fix}{text[fault.place.end :]}"
    assert mended[len(above) :].splitlines()[0].split() == meant.split()


@pytest.mark.parametrize(
    ("line", "code", "instead"),
    [
        (f"rate = tiers by revenue{TIERS[EN]}", "P181", ("steps by", "line by", "bands by")),
        (
            f"commission on revenue by bands{TIERS[EN]}", "P181",
            ("each band at its own rate", "the whole at the rate reached"),
        ),
        ("salary 60 000 prorated worked", "P182", "prorated by"),
    ],
)  # fmt: skip
def test_what_is_not_certain_is_not_offered(line: str, code: str, instead: object) -> None:
    """Of several that are equally near all are told, and of what is only begun the construct."""
    fault = next(iter(wrong(check(parse(Source("plan", f"{EN}{line}\n"))))))
    told = fault.facts["instead"]
    bare = tuple(one.removeprefix(", ") for one in told) if isinstance(told, tuple) else told
    assert (fault.code, fault.fix, bare) == (code, None, instead)


@pytest.mark.parametrize(
    "line",
    [
        "pay a = 20 * visits to a maximum of something",
        "commission 2% on everything above",
        "bonus 50 000 as agreed with the head",
        "pay a = 500 if nobody complains",
    ],
)
def test_no_unknown_word_is_taken_for_a_name(line: str) -> None:
    """Where facts are declared, a repair leaves no word that the plan does not know as a name."""
    known = set(EN.split()) | {"a", "of", "if"}
    for fault in check(parse(Source("plan", f"{EN}{line}\n"))).faults:
        if fault.code.startswith("P1") and fault.place is not None and fault.fix is not None:
            text = f"{EN}{line}\n"
            mended = f"{text[: fault.place.start]}{fault.fix}{text[fault.place.end :]}".splitlines()[-1]
            words = {word for word in mended.partition("#")[0].split() if word.isalpha()}
            assert words <= known, mended


def test_the_search_is_counted() -> None:
    """A line costs a small part of the steps that there are for all."""
    work = Work()
    parse(Source("plan", EN + "commission from " + "a of b on c by d " * 4 + "\n"), work)
    assert work.left > STEPS - 8_000


@pytest.mark.parametrize(
    ("line", "month"),
    [
        ("version July 2025", "2025-07"),
        ('example "A" for 07/2025', "2025-07"),
        ('example "A" for Oct. 2025', "2025-10"),
        ('пример "А" для ноябрь 2025', "2025-11"),
        ('пример "А" для 3.2025', "2025-03"),
        ("версия март 2025", "2025-03"),
    ],
)
def test_a_month_is_offered_as_a_plan_writes_it(line: str, month: str) -> None:
    """Whichever comes first, in digits or in words."""
    head = EN if line.isascii() else RU
    assert [fault.fix for fault in parse(Source("plan", f"{head}{line}\n")).faults] == [month]


@pytest.mark.parametrize(
    ("row", "fix"),
    [("given passed +", "yes"), ("given passed –; visits 5", "no"), ("дано аттестован +; визиты 5", "да")],
)
def test_a_tick_in_an_example_is_an_answer(row: str, fix: str) -> None:
    """A list that is ticked off says yes and no."""
    head = f'{EN}example "A"\n' if row.isascii() or "passed" in row else f'{RU}пример "А"\n'
    assert [fault.fix for fault in parse(Source("plan", f"{head}{row}\n")).faults] == [fix]
