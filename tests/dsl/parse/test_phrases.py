"""What people say in several words is shown as a plan says it, and the plan is right with that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import pytest

from dsl.check import check
from dsl.parse import parse
from dsl.parse.grammar import grammar
from dsl.parse.mistakes.phrases import phrases
from dsl.source import Source
from dsl.words import LANGS, Lang, currencies

HEAD: dict[Lang, str] = {
    "en": 'plan "A"\nversion 1\ncurrency RUB\n',
    "ru": 'схема "А"\nверсия 1\nвалюта RUB\n',
}
TABLE: dict[Lang, str] = {
    "en": "commission on sales, each band at its own rate\n  {}\n  {}\n  {}\n",
    "ru": "процент с продажи, каждая ступень по своей ставке\n  {}\n  {}\n  {}\n",
}


def repaired(lang: Lang, text: str) -> str:
    """A plan with the one repair that is offered."""
    faults = parse(Source("a.plan", HEAD[lang] + text)).faults
    assert len(faults) == 1, faults
    place, fix = faults[0].place, faults[0].fix
    assert place is not None
    assert fix is not None
    whole = HEAD[lang] + text
    better = whole[: place.start] + fix + whole[place.end :]
    assert not check(parse(Source("a.plan", better))).broken
    return better.removeprefix(HEAD[lang])


@pytest.mark.parametrize(
    ("lang", "typed", "meant"),
    [
        ("en", "salary 5 only if late between 1 and 3\n", "salary 5 only if late >= 1 and late <= 3\n"),
        ("en", "salary 5 only if late is 0\n", "salary 5 only if late = 0\n"),
        ("en", "salary 5 pro rata worked of norm\n", "salary 5 prorated by worked of norm\n"),
        ("en", "salary 6O 000\n", "salary 60 000\n"),
        ("en", "fact late %\nsalary 5\n", "fact late percent\nsalary 5\n"),
        ("en", "salary 2.5 mln.\n", "salary 2 500 000\n"),
        ("en", "salary 5 only if late less or equal 5%\n", "salary 5 only if late <= 5%\n"),
        ("en", "salary 5 only if late is more than or equal to 5\n", "salary 5 only if late >= 5\n"),
        ("en", "salary 5 only if late < = 5\n", "salary 5 only if late <= 5\n"),
        ("en", "salary 5 unless late > 5\n", "salary 5 only if late <= 5\n"),
        ("en", "salary 5 except if late >= 5\n", "salary 5 only if late < 5\n"),
        ("en", "salary 5 not paid when late < 5\n", "salary 5 only if late >= 5\n"),
        ("en", "salary 5 while late <= 5\n", "salary 5 only if late <= 5\n"),
        ("en", "commission 2% of a but not less than 8 000\n", "commission 2% of a floor 8 000\n"),
        ("en", "commission 2% of a guaranteed minimum 8 000\n", "commission 2% of a floor 8 000\n"),
        ("ru", "оклад 5 только если брак меньше или равно 1\n", "оклад 5 только если брак <= 1\n"),
        ("ru", "оклад 5 только если брак до 4 включительно\n", "оклад 5 только если брак <= 4\n"),
        ("ru", "оклад 5 не выплачивается, если брак >= 5%\n", "оклад 5 только если брак < 5%\n"),
        ("ru", "процент 2% от а но не менее 8 000\n", "процент 2% от а минимум 8 000\n"),
        ("ru", "процент 2% от а гарантированный минимум 8 000\n", "процент 2% от а минимум 8 000\n"),
        ("ru", "оклад 25 тыс.\n", "оклад 25 000\n"),
        ("ru", "оклад 1 2ОО\n", "оклад 1 200\n"),
        ("ru", "оклад 5 только если стаж 3 и более\n", "оклад 5 только если стаж >= 3\n"),
        ("ru", "оклад 5 если стаж > 3 в противном случае 4\n", "оклад 5 если стаж > 3 иначе 4\n"),
        ("ru", "оклад 5 пропорционально дни_ к норма\n", "оклад 5 пропорционально дни_ из норма\n"),
        ("ru", "факт брак кол-во\nоклад 5\n", "факт брак количество\nоклад 5\n"),
        ("ru", "процент 2% с продажи\n", "процент 2% от продажи\n"),
        (
            "ru",
            "премия 5\nбрак вес 100% отсечка от 80% план 9\n",
            "премия 5\nбрак вес 100% отсечка 80% план 9\n",
        ),
    ],
)  # fmt: skip
def test_a_phrase_is_said_as_a_plan_says_it(lang: Lang, typed: str, meant: str) -> None:
    assert repaired(lang, typed) == meant


@pytest.mark.parametrize(
    ("lang", "rows", "meant"),
    [
        ("en", ("up to 50: 1%", "51 - 120: 2%", "above 4%"), "up to 120: 2%"),
        ("en", ("below 50: 1%", "from 50 up to 120: 2%", "from 120: 4%"), "from 50: 2%"),
        ("en", ("up to 50: 1%", "up to 120: 2%", "otherwise: 4%"), "above 4%"),
        ("ru", ("до 50: 1%", "от 50 до 120: 2%", "свыше 4%"), "до 120: 2%"),
        ("ru", ("ниже 50: 1%", "от 50: 2%", "начиная с 120: 4%"), "начиная с 50: 2%"),
        ("ru", ("до 50: 1%", "до 120 шт.: 2%", "свыше 4%"), "до 120: 2%"),
    ],
)
def test_a_range_is_a_row_like_the_one_above_it(lang: Lang, rows: tuple[str, ...], meant: str) -> None:
    better = repaired(lang, TABLE[lang].format(*rows))
    assert meant in [row.strip() for row in better.splitlines()]


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_said_instead_is_of_the_language(lang: Lang) -> None:
    """No word of it is a name, but that of a line that it makes: each is a keyword, a sign or a kind."""
    slots: Mapping[str, str] = defaultdict(str, {"a": "1", "b": "2"})
    for listed in phrases(lang).values():
        for said in (way for phrase in listed for way in phrase.said):
            tokens = [*grammar(lang).lex(said.format_map(slots))]
            own = grammar(lang).words
            known = {*own.kinds, *own.roles, *currencies(), *own.law_words.values()}
            behind = zip(["", *(token.type for token in tokens)], tokens, strict=False)
            names = [
                token
                for before, token in behind
                if token.type == "NAME" and token not in known and before != "PAY"
            ]
            assert names == [], said


@pytest.mark.parametrize(
    ("lang", "row", "meant"),
    [
        ("en", "up to 50: 2% of sales", "up to 50: 2%"),
        ("en", "up to 50: 2% * sales", "up to 50: 2%"),
        ("en", "up to 50: 2% of all", None),
        ("en", "up to 50: 2% of (sales - returns)", None),
        ("ru", "до 50: 2% от продаж", "до 50: 2%"),
        ("ru", "до 50: 2% * продажи", "до 50: 2%"),
        ("ru", "до 50: 2% от отгрузки", None),
    ],
)
def test_a_tier_is_of_what_its_table_is_of(lang: Lang, row: str, meant: str | None) -> None:
    """In brackets it would be an amount of its own, paid beside the other tiers."""
    above = {"en": "above 4%", "ru": "свыше 4%"}[lang]
    text = HEAD[lang] + TABLE[lang].format({"en": "up to 20: 1%", "ru": "до 20: 1%"}[lang], row, above)
    (fault,) = parse(Source("a.plan", text)).faults
    assert fault.code == "P134"
    place = fault.place
    assert place is not None
    better = None if fault.fix is None else text[: place.start] + fault.fix + text[place.end :]
    assert better == (None if meant is None else text.replace(row, meant))
