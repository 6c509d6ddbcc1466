"""The statement: every step in it can be checked with a calculator, in both languages, whatever the plan."""

from __future__ import annotations

import re
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl.words import LANGS, Lang
from engine.evaluate import Result, evaluate
from engine.statement import script
from engine.statement.show import quantity, titled, vocabulary
from tests.support import sales
from tests.support.calculator import bare
from tests.support.chances import CHANCE, examples
from tests.support.places import ROOT
from tests.support.plans import draft
from tests.support.statements import checked
from tests.support.trials import compiled, crowd, results

ROOM = ROOT / "engine" / "statement"


@examples(40)
@given(CHANCE, st.sampled_from(LANGS))
def test_every_step_can_be_checked(chance: Random, lang: Lang) -> None:
    """The numbers of each sentence give its result; what is compared is so; the last one is the amount."""
    for result in results(chance, 2):
        checked(result, lang)


def test_random_sentences_are_reckoned_with() -> None:
    """The calculator is not idle, and finds as much in both languages."""
    found = dict.fromkeys(LANGS, 0)
    for seed in range(60):
        chance = Random(seed)
        drawn = draft(chance)
        plan = compiled(drawn)
        if plan is not None:
            for facts, _ in crowd(chance, drawn, plan, 1):
                result = evaluate(plan, facts)
                for lang in LANGS:
                    found[lang] += checked(result, lang) if isinstance(result, Result) else 0
    assert found["en"] == found["ru"] > 250


@examples(40)
@given(CHANCE)
def test_both_languages_say_as_much(chance: Random) -> None:
    """Sentence by sentence, with the same numbers."""
    for result in results(chance, 1):
        english, russian = (script(result, lang).explain(result) for lang in LANGS)
        assert [numbers(line) for line in english] == [numbers(line) for line in russian]


def numbers(sentences: list[str]) -> list[list[str]]:
    """The numbers of each sentence, whatever their order."""
    plain = [re.sub(r"(?<=[0-9]),(?=[0-9])", ".", bare(one)) for one in sentences]
    return [sorted(re.findall(r"[0-9]+(?:\.[0-9]+)?", one)) for one in plain]


# ── The words ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("lang", LANGS)
def test_numbers_are_written_as_people_write_them(lang: Lang) -> None:
    """Marks, spaces between thousands, minus signs, units."""
    mark = "," if lang == "ru" else "."
    assert quantity(Fraction(-1234567, 100), "money", lang) == (f"−12 345{mark}67", True)
    assert quantity(Fraction(1, 3), "percent", lang) == (f"33{mark}333333%", False)
    days = {1: "1 день", 2: "2 дня", 5: "5 дней", 21: "21 день", -1: "−1 день"}
    english = {1: "1 day", 2: "2 days", 5: "5 days", 21: "21 days", -1: "−1 day"}
    for count, text in (days if lang == "ru" else english).items():
        assert quantity(Fraction(count), "days", lang) == (text, True)
    assert quantity(Fraction(0), "date", lang)[0] == vocabulary(lang)["early"]
    assert quantity(Fraction(10**40), "date", lang)[0] == vocabulary(lang)["late"]


def test_both_word_lists_say_the_same() -> None:
    """The same sentences with the same numbers in them."""
    english, russian = (vocabulary(lang) for lang in LANGS)
    assert list(english) == list(russian)
    for name, text in english.items():
        parts = sorted(re.findall(r"\{[a-z]+\}", text))
        assert parts == sorted(re.findall(r"\{[a-z]+\}", russian[name])), name


def test_every_sentence_is_said() -> None:
    """No words are kept that nobody can read."""
    code = "".join(path.read_text("utf-8") for path in ROOM.glob("*.py"))
    composed = re.compile(
        "line_(cap|floor|rounding)|of_(bonus|variable|total)|group_(cap|floor|rounded_up|rounded_down)"
        # What an operation is called in the kernel:
        "|drawn_(sum|least|greatest|distinct|first|last)|min|max|months|years|nearest|half_even|up|down"
    )
    for name in vocabulary("en"):
        assert f'"{name}"' in code or composed.fullmatch(name), name


def test_a_line_is_called_by_its_label_whatever_word_that_is() -> None:
    """Only a line without a name is called by its keyword, and in the reader's language."""
    plan = sales.compiled('salary 100\npay base "salary" = 200\ncommission 5% of sold\n')
    scope, lines = plan.checked.scope, plan.kernel.lines
    for lang in LANGS:
        words = vocabulary(lang)
        called = [titled(scope, line.name, lang) for line in lines]
        assert called == [words["salary"], "salary", words["commission"]]
