"""The words of the language stand on one page for each language, made from the words themselves."""

from __future__ import annotations

import re

import pytest

from api.vocabulary import meant, vocabulary
from dsl.words import LANGS, Lang
from tests.support.places import ROOT

PAGES: dict[Lang, str] = {"en": "words.md", "ru": "words.ru.md"}
YES: dict[Lang, str] = {"en": "yes", "ru": "да"}
NO: dict[Lang, str] = {"en": "no", "ru": "нет"}
# The page of the specification that explains each word; a word without one here has a page of its own.
EXPLAINED = {
    "header": "plan version effect currency",
    "prose": "about concerns grounds due",
    "fact": "signed default",
    "sources": "facts_from taken_from typed_in",
    "include": "definitions",
    "target": "personal",
    "accel": "on_all on_excess",
    "cap": "on_pay on_attainment unless",
    "excess": "above below above_target below_target target_of",
    "example": "given shows pays",
    "direction": "less_is_better tolerance",
    "spread": "spread_if",
    "salary": "paid_salary full_salary pay_for",
    "kpi": "attainment_of",
    "arithmetic": "of",
    "choice": "if otherwise",
    "comparison": "or and not yes no yes_no",
    "extreme": "min max",
    "rounded": "round to",
    "rounding": "rounded_to half_even up down",
    "section": "section_end",
    "pay": "milestone piece",
    "recovery": "within",
    "balance": "owed due_to opening_of opened so_far_year so_far_quarter anew_year forgiven_if"
    " claimed_if against carried_in",
    "draw": "not_recoverable anew_quarter",
    "reduction": "law",
    "total": "variable",
    "bands": "on_top_of on each_band whole bands_by up_to per_unit",
    "steps": "steps_by from",
    "line": "line_by at",
    "matrix": "matrix_by columns",
    "prorated": "target_prorated",
    "curve": "steps line",
    "attribute": "for by one_of is is_not",
    "gate": "only_if",
    "spif": "during",
    "allow": "because",
    "tax": "without_tax",
    "several": "all_of any_of at_least",
    "period": "days_in_period workdays_in_period workhours_in_period month_in_period quarter_in_period"
    " year_in_period first_in_period last_in_period",
    "elapsed": "years_from months_from",
    "date": "days",
    "group": "rank_of share_of reserve_of left_in_fund prizes_of equals_share equals_higher shares_open",
    "shares": "together",
    "belonging": "led_by at_all_levels",
    "by_days": "by_working_days by_calendar_days",
    "late": "on_arrival to_their_month",
    "exchange": "of_rates last_before at_rate_of on_date_of",
    "zone": "in without_zone",
    "records": "record_of table counts sum_of count_of average_of least_of greatest_of distinct_of first_of"
    " last_of in_order_of where for_each each_of each in_all more_than less_than at_most",
}
PAGE = {keyword: page for page, keywords in EXPLAINED.items() for keyword in keywords.split()}


def rows(lang: Lang) -> list[str]:
    """The rows of the page: the word, what it does, whether it can be a name, where it is explained."""
    made = []
    for word in sorted(vocabulary(lang), key=lambda word: word.spelt(lang)[0].casefold()):
        spelt = ", ".join(f"`{one}`" for one in word.spelt(lang))
        page = PAGE.get(word.keyword, word.keyword)
        name = YES[lang] if word.name else NO[lang]
        made.append(f"| {spelt} | {word.does} | {name} | [{page}](../tests/spec/{page}.md) |")
    return made


@pytest.mark.parametrize("lang", LANGS)
def test_all_words_stand_on_one_page(lang: Lang, golden: bool) -> None:
    path = ROOT / "docs" / PAGES[lang]
    text = path.read_text("utf-8")
    written = re.sub(r"(?<=\|---\|---\|---\|---\|\n)(\|.*\n)*", "\n".join([*rows(lang), ""]), text)
    if golden:
        path.write_text(written, "utf-8")
    assert written == text or golden


@pytest.mark.parametrize("lang", LANGS)
def test_each_word_stands_on_the_page_that_explains_it(lang: Lang) -> None:
    for word in vocabulary(lang):
        page = (ROOT / "tests" / "spec" / f"{PAGE.get(word.keyword, word.keyword)}.md").read_text("utf-8")
        assert any(spelling in page for spelling in word.spelt(lang)), word


@pytest.mark.parametrize(
    ("typed", "keyword"),
    [
        ("cutoff", "cutoff"),
        ("Порога", "cutoff"),
        ("threshold", "cutoff"),
        ("up  to", "up_to"),
        ("лимит", "cap"),
    ],
)
def test_a_word_is_found_as_people_say_it(typed: str, keyword: str) -> None:
    found = meant(typed, "en")
    assert found is not None
    assert keyword in [word.keyword for word in found.words]


def test_what_is_no_word_is_not_found() -> None:
    assert meant("xyzzy", "en") is None
