"""Forms of one word are known by the endings that are kept, without a dictionary."""

from __future__ import annotations

import pytest

from dsl.faults.forms import inflected
from dsl.words import Lang


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [
        ("ru", "оклада", "оклад"),
        ("ru", "сделок", "сделка"),
        ("ru", "Отработанным дням", "отработанные_дни"),
        ("ru", "стажеров", "стажёры"),
        ("ru", "начислений", "начисление"),
        ("en", "deals", "deal"),
        ("en", "companies", "company"),
        ("en", "hired", "hires"),
    ],
)
def test_forms_of_one_word(lang: Lang, one: str, other: str) -> None:
    assert inflected(one, other, lang)


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [
        ("ru", "план", "планка"),
        ("ru", "час", "часть"),
        ("ru", "оклад", "выручка"),
        ("ru", "план_1", "план_2"),
        ("ru", "дни", "отработанные_дни"),
        ("en", "cap", "cash"),
        ("en", "of", "off"),
    ],
)
def test_other_words(lang: Lang, one: str, other: str) -> None:
    assert not inflected(one, other, lang)
