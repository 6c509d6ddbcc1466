"""What is said of other months, which a plan does not see: it is told so, with the fact that brings it."""

from __future__ import annotations

import pytest

from dsl.check import check
from dsl.parse import parse
from dsl.source import Source
from dsl.words import Lang
from tests.support.answers import wrong

HEAD: dict[Lang, str] = {
    "en": 'plan "A"\nversion 1\ncurrency RUB\nfact revenue "Revenue" money\nfact calls "Calls" count\n',
    "ru": 'схема "А"\nверсия 1\nвалюта RUB\nфакт выручка "Выручка" деньги\nфакт звонки "Звонки" количество\n',
}


@pytest.mark.parametrize(
    ("lang", "typed", "word", "line"),
    [
        (
            "en",
            "commission 2% of previous balance",
            "previous balance",
            'previous_balance "Previous balance" money',
        ),
        (
            "en",
            "salary 5 * last month's calls",
            "last month's calls",
            'last_month_calls "Last month calls" count',
        ),
        (
            "en",
            "paid = 5% of revenue since the beginning of the year",
            "revenue since the beginning of the year",
            'revenue_since_the_beginning_of_the_year "Revenue since the beginning of the year" money',
        ),
        (
            "en",
            "recovery debt within commission = carried over from last month",
            "carried over from last month",
            'carried_over_from_last_month "Carried over from last month" money',
        ),
        (
            "en",
            "pay growth = 10 only if calls are higher than in the previous month",
            "previous month",
            'calls_previous_month "Calls previous month" count',
        ),
        (
            "en",
            "commission 2% of previous(revenue)",
            "previous(revenue)",
            'previous_revenue "Previous revenue" money',
        ),
        ("en", "carry over balance", "carry over balance", 'carry_over_balance "Carry over balance" money'),
        (
            "ru",
            "оклад 5 * опыт прошлого месяца",
            "опыт прошлого месяца",
            'опыт_прошлого_месяца "Опыт прошлого месяца" деньги',
        ),
        (
            "ru",
            "процент 2% от выручки нарастающим итогом потолок 30 000",
            "выручки нарастающим итогом",
            'выручка_нарастающим_итогом "Выручка нарастающим итогом" деньги',
        ),
        (
            "ru",
            "начисление рост = 10 только если звонки больше предыдущего месяца",
            "предыдущего месяца",
            'звонки_предыдущего_месяца "Звонки предыдущего месяца" количество',
        ),
    ],
)  # fmt: skip
def test_other_months_come_as_facts(lang: Lang, typed: str, word: str, line: str) -> None:
    whole = f"{HEAD[lang]}{typed}\n"
    (fault,) = wrong(check(parse(Source("a.plan", whole))))
    assert (fault.code, fault.fix) == ("P187", None)
    assert fault.place is not None
    assert whole[fault.place.start : fault.place.end] == word
    assert str(fault.facts["line"]).split(" ", 1)[1] == line


@pytest.mark.parametrize(
    ("lang", "typed"),
    [
        # A fact or a line is being declared by such a name.
        ("en", "fact previous balance money"),
        ("en", "previous balance weight 100% target 5"),
        ("ru", "факт остаток на начало деньги"),
        ("ru", 'пример "а"\n  дано прошлый остаток 5\n  начислено всего 5'),
        # How long somebody has been here is no other month.
        ("en", "salary 5 only if service > 3 months"),
        ("ru", "оклад 5 только если стаж > 3 месяцев"),
    ],
)
def test_what_is_no_other_month(lang: Lang, typed: str) -> None:
    codes = {fault.code for fault in check(parse(Source("a.plan", f"{HEAD[lang]}{typed}\n"))).faults}
    assert codes
    assert "P187" not in codes
