"""Names, kinds and units by the words that people have for them: what is told, and the plan that is right."""

from __future__ import annotations

import pytest

from dsl.check import check
from dsl.faults import Fault
from dsl.parse import parse
from dsl.source import Source
from dsl.words import Lang

CARDS = 'fact cards "Cards issued" count\nsalary 5 * cards\n'
KARTY = 'факт карты "Выданные карты" количество\nоклад 5 * карты\n'
HEAD: dict[Lang, str] = {
    "en": 'plan "A"\nversion 1\ncurrency RUB\n',
    "ru": 'схема "А"\nверсия 1\nвалюта RUB\n',
}


def faults(text: str) -> tuple[Fault, ...]:
    """All that is wrong with a plan."""
    return check(parse(Source("a.plan", text))).faults


@pytest.mark.parametrize(
    ("lang", "code", "typed", "meant"),
    [
        ("ru", "P205", "оклад 5\nпроцент 5% от оклада\n", "оклад 5\nпроцент 5% от оклад\n"),
        (
            "ru",
            "P205",
            "факт выручка деньги\nпроцент 5% от выручки + 1% от выручка\n",
            "факт выручка деньги\nпроцент 5% от выручка + 1% от выручка\n",
        ),
        ("ru", "P102", "премия 5\nдела весом 100% план 3\n", "премия 5\nдела вес 100% план 3\n"),
        ("ru", "P102", "премия 5\nдела dtc 100% план 3\n", "премия 5\nдела вес 100% план 3\n"),
        (
            "ru",
            "P127",
            'факт дни_работы "Отработанные дни" дни\nфакт норма "Норма" дни\n'
            "оклад 5 пропорционально отработанным дням из норма\n",
            'факт дни_работы "Отработанные дни" дни\nфакт норма "Норма" дни\n'
            "оклад 5 пропорционально дни_работы из норма\n",
        ),
        ("ru", "P306", "факт дела рубли\nпроцент дела\n", "факт дела деньги\nпроцент дела\n"),
        ("ru", "P316", "оклад 5 если стаж > 3 лет иначе 4\n", "оклад 5 если стаж > 3 иначе 4\n"),
        ("ru", "P316", "премия 5\nдела вес 100 процентов план 3\n", "премия 5\nдела вес 100% план 3\n"),
        ("ru", "P105", "оклад 58 500-00\n", "оклад 58 500\n"),
        ("en", "P105", "salary 58 500-50\n", "salary 58 500.5\n"),
        ("en", "P105", "salary 4,500\n", "salary 4 500\n"),
        ("en", "P306", "fact jobs integer\nsalary 5 * jobs\n", "fact jobs count\nsalary 5 * jobs\n"),
        ("en", "P304", "salary 5 only if sales above 3 RUB\n", "salary 5 only if sales > 3 RUB\n"),
        (
            "en",
            "P325",
            "fact worked days\nfact norm days\nsalary 60 000 * worked of norm\n",
            "fact worked days\nfact norm days\nsalary 60 000 prorated by worked of norm\n",
        ),
        (
            "en",
            "P287",
            "bonus 5\njobs weight 100% target 3\npay extra = 5 only if attainment >= 90%\n",
            "bonus 5\njobs weight 100% target 3\npay extra = 5 only if attainment of jobs >= 90%\n",
        ),
        ("en", "P109", "salary 5 only if AND(a < 3; b < 2)\n", "salary 5 only if a < 3 and b < 2\n"),
        (
            "ru",
            "P314",
            'факт сбои количество\nоклад 5 * сбои\nпример "а"\n  дано сбои нет\n  начислено оклад 0\n',
            'факт сбои количество\nоклад 5 * сбои\nпример "а"\n  дано сбои 0\n  начислено оклад 0\n',
        ),
        (
            "ru",
            "P314",
            'факт б да/нет\nоклад 5 если б иначе 0\nпример "а"\nдано б отсутствует\nначислено оклад 0\n',
            'факт б да/нет\nоклад 5 если б иначе 0\nпример "а"\nдано б нет\nначислено оклад 0\n',
        ),
        (
            "ru",
            "P109",
            "факт разряд одно из (пятый; шестой)\nоклад по разряд (пятый: 9; остальные: 3)\n",
            "факт разряд одно из (пятый; шестой)\nоклад по разряд (пятый: 9; иначе: 3)\n",
        ),
        ("en", "P128", "commission 2% of sum(new; old)\n", "commission 2% of (new + old)\n"),
    ],
)  # fmt: skip
def test_the_repair_is_the_plan_that_is_meant(lang: Lang, code: str, typed: str, meant: str) -> None:
    whole = HEAD[lang] + typed
    found = faults(whole)
    assert [fault.code for fault in found] == [code]
    place, fix = found[0].place, found[0].fix
    assert place is not None
    assert fix is not None
    better = whole[: place.start] + fix + whole[place.end :]
    assert better == HEAD[lang] + meant
    assert faults(better) == ()


@pytest.mark.parametrize(
    ("lang", "typed", "fix"),
    [
        ("en", CARDS + 'example "Cards issued"\n  given "Cards issued" 4', "cards"),
        ("en", CARDS + 'example "a"\n  given "cards issued" 4', "cards"),
        ("en", CARDS + 'example "a"\n  given Cards issued 4', "cards"),
        ("en", 'fact turnover "A" money\ncommission 2% of "A"', "turnover"),
        ("ru", KARTY + 'пример "а"\n  дано "выданных карт" 4', "карты"),
        ("ru", 'факт оборот "А" деньги\nпроцент 2% от "А"', "оборот"),
        # No line declares such a name.
        ("en", CARDS + 'example "a"\n  given "plastic" 4', None),
    ],
)  # fmt: skip
def test_a_label_stands_for_its_name(lang: Lang, typed: str, fix: str | None) -> None:
    """Titles of plans and examples are no names, and a label is known in other forms."""
    pays = {"en": "  pays salary 20\n", "ru": "  начислено оклад 20\n"}[lang] if "4" in typed else ""
    found = {one.fix for one in faults(f"{HEAD[lang]}{typed}\n{pays}") if one.code in {"P127", "P133"}}
    assert found == ({fix} if fix else set())


@pytest.mark.parametrize(
    ("lang", "given", "fix"),
    [("en", "exam 1", "yes"), ("en", "exam 0", "no"), ("ru", "экзамен 1", "да"), ("en", "exam 2", None)],
)
def test_one_and_nothing_are_yes_and_no(lang: Lang, given: str, fix: str | None) -> None:
    text = {
        "en": f'fact exam yes/no\nsalary 5 only if exam\nexample "a"\n  given {given}\n  pays salary 5\n',
        "ru": "факт экзамен да/нет\nоклад 5 только если экзамен\n"
        f'пример "а"\n  дано {given}\n  начислено оклад 5\n',
    }
    (fault,) = faults(HEAD[lang] + text[lang])
    assert (fault.code, fault.fix) == ("P314", fix)


def test_currencies_have_names() -> None:
    (fault,) = faults('plan "A"\nversion 1\ncurrency roubles\nsalary 5\n')
    assert (fault.code, fault.fix) == ("P206", "RUB")


def test_the_one_name_that_no_line_declares() -> None:
    """An example that gives it, facts without labels, or another such name: then it is meant to be a fact."""
    text = HEAD["en"] + 'fact sales "Sales" money\ncommission 2% of sales only if debts = 0\n'
    assert [(fault.code, fault.severity) for fault in faults(text)] == [("P286", "warning")]
    assert faults(text + 'example "one"\n  given sales 5; debts 0\n  pays commission 0.10\n') == ()
    # What no example gives is not meant as a fact by any, and none can be paid.
    lacking = faults(text + 'example "one"\n  given sales 5\n  pays commission 0.10\n')
    assert [(fault.code, fault.severity) for fault in lacking] == [("P286", "error")]
    assert faults(text.replace('"Sales" ', "")) == ()
    assert faults(text.replace("debts = 0", "debts = 0 and fines = 0")) == ()
