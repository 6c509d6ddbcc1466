"""One edit of a line that cannot be read, or that makes no sense: the examples choose it, nothing is lost."""

from __future__ import annotations

import pytest

from dsl.check import changed, check
from dsl.faults import Fault, wording
from dsl.parse import parse
from dsl.parse.mistakes.single import MOST, singles
from dsl.place import Place
from dsl.source import Source
from engine.compile import Compiled, read_plan
from tests.support.answers import wrong

ENGLISH = """plan "Fitters"
version 2025-07
currency EUR

fact grade   "Grade"        one of (junior; senior)
fact worked  "Days worked"  days
fact norm    "Working days" days
fact doors   "Doors fitted" count
fact visits  "Call-backs"   count

rate "Pay for a door" money = matrix by doors and visits
  columns  up to 3; up to 7; above 7
  below 40: 9; 8; 6
  from 40:  11; 10; 7

salary by grade (junior: 2 000; senior: 2 600) prorated by worked of norm
pay fitting "Fitting" = rate * doors
pay tidy "Tidy" = round(5% of fitting to 1) only if visits <= 2

example "a senior with two call-backs"
  given grade senior; worked 20 days; norm 20 days; doors 51; visits 2
  pays  salary 2 600; fitting 561; tidy 28; total 3 189

example "a junior with three, half a month"
  given grade junior; worked 10 days; norm 20 days; doors 20; visits 3
  pays  salary 1 000; fitting 180; tidy 0
"""
RUSSIAN = """схема "Рейсы"
версия 2025-07
валюта RUB
право РФ

таблица рейсы "Рейсы" по данным "диспетчерской"
  водитель сотрудник
  выехал   дата, учитывается
  литры    число

факт выручка    "Выручка" деньги
факт отработано "Смен отработано" количество
факт график     "Смен по графику" количество от 1 до 31

оклад 64 000 пропорционально отработано из график
начисление за_рейсы "За рейсы" = 900 * (количество из рейсы)
начисление за_литры "За литры" = 0,2 * (сумма по литры из рейсы)
начисление доля "Доля" = округлить(1% от выручка до 1) только если выручка >= 90 000

пример "два рейса"
  дано выручка 123 456; отработано 8; график 16
  запись из рейсы литры 5 000
  запись из рейсы литры 7 000
  начислено оклад 32 000; за_рейсы 1 800; за_литры 2 400; доля 1 235; всего 37 435

пример "без рейсов"
  дано выручка 89 000; отработано 16; график 16
  начислено оклад 64 000; доля 0; всего 64 000
"""


ROUND = "round(5% of fitting to 1)"


def offered(plan: str, right: str, typed: str) -> tuple[tuple[Fault, ...], str]:
    """The faults of a plan with other words for some, and the plan with all their repairs."""
    assert plan.count(right) == 1, right
    source = Source("", plan.replace(right, typed))
    checked = check(parse(source))
    faults = wrong(checked, checked.lang)
    mended = source
    for fault in sorted(faults, key=lambda one: one.place or Place(0, 0), reverse=True):
        if fault.place is not None and fault.fix is not None:
            mended = changed(mended, fault.place, fault.fix)
    return faults, mended.text


@pytest.mark.parametrize(
    ("plan", "right", "typed"),
    [
        (ENGLISH, "salary by grade (", "salary grade ("),
        (ENGLISH, "prorated by worked of norm", "prorated by days worked of norm"),
        (ENGLISH, "only if visits <= 2", "only if visits <= at 2"),
        (ENGLISH, "to 1)", "to whole euros)"),
        (ENGLISH, "up to 3; up to 7; above 7", "up to 3 | up to 7 | above 7"),
        (ENGLISH, "  from 40:  11; 10; 7", "  from 40:  12; 11; 10; 7"),
        (ENGLISH, "  below 40: 9; 8; 6", "  below 4: 9; 8; 6"),
        (
            ENGLISH,
            "round(5% of fitting to 1) only if visits <= 2",
            "only if visits <= 2 round(5% of fitting to 1)",
        ),
        (ENGLISH, '"Call-backs"   count', "Call backs   count"),
        (ENGLISH, "fitting 180", "fittings 180"),
        (RUSSIAN, "право РФ", "право РФ (ТК, ст. 135)"),
        (RUSSIAN, "дата, учитывается", "дата"),
        (RUSSIAN, "пропорционально отработано", "пропорционально смен отработано"),
        (RUSSIAN, "количество из рейсы", "количество записей из рейсы"),
        (RUSSIAN, "до 1) только", "до рублей) только"),
        (RUSSIAN, ">= 90 000", "больше либо равно 90 000"),
        (RUSSIAN, "1% от выручка", "1% выручка от"),
        (RUSSIAN, "оклад 64 000;", "64 000 оклад;"),
    ],
)
def test_the_line_that_is_meant_is_the_repair_and_all_that_is_told(plan: str, right: str, typed: str) -> None:
    faults, mended = offered(plan, right, typed)
    compiled, wanted = read_plan(Source("", mended)), read_plan(Source("", plan))
    assert isinstance(compiled, Compiled), mended
    assert isinstance(wanted, Compiled)
    assert [fault.severity for fault in faults] == ["error"]
    assert compiled.kernel.digest == wanted.kernel.digest, mended


@pytest.mark.parametrize(
    ("right", "typed"),
    [
        ("only if visits <= 2", "cap only if visits <= 2"),
        ("only if visits <= 2", "only if visits"),
        ("= rate * doors", "= rate doors cap 900"),
        ('pay fitting "Fitting"', 'pay "Fitting"'),
    ],
)
def test_what_says_something_is_never_left_out(right: str, typed: str) -> None:
    """A clause, a value and a name stay in whatever is offered, although examples come out without them."""
    _, mended = offered(ENGLISH, right, typed)
    lost = [word for word in typed.split() if word not in mended]
    assert not lost


def test_of_a_line_that_no_example_hangs_on_nothing_is_told() -> None:
    plan = ENGLISH.replace("salary by", 'result speed "Doors a day" = doors / 20\n\nsalary by')
    faults, _ = offered(plan, "doors / 20", "doors / 20 cap 3")
    assert [(fault.code, fault.fix) for fault in faults] == [("P100", None)]


def test_two_that_fit_are_both_told() -> None:
    plan = """plan "Clerks"
version 1
currency EUR
fact late_invoices "Invoices paid late" count
salary 2 300
pay punctual "For paying on time" = steps by late_invoices
  up to 3: 150
  up to 10: 60
  above 10: 0
example "four invoices late"
  given late_invoices 4
  pays  punctual 60; total 2 360
"""
    (fault,), _ = offered(plan, "up to 10:", "up to 10 days:")
    assert (fault.code, fault.fix) == ("P323", None)
    advice = wording(fault, "en").advice
    assert 'the line `up to 10: 60` or `fact late_invoices "Invoices paid late" days`' in advice


def test_edits_can_be_read_and_come_nearest_first() -> None:
    source = Source("", ENGLISH.replace("by worked of norm", "by days worked of norm"))
    at = source.text.index("days worked of")
    several = singles(source, [Place(at, at)])
    assert [one.cost for one in several] == sorted(one.cost for one in several)
    assert several[-1].cost <= MOST
    assert all(parse(changed(source, one.place, one.words or "1")) is not None for one in several)
    assert (source.at(several[0].place), several[0].words) == ("days", "")
