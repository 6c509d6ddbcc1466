"""Statements, checked with a calculator: each step gives what it says, and the last one is the amount."""

from __future__ import annotations

import re
from fractions import Fraction

from dsl.check.scope import TAKEN_OFF
from dsl.words import Lang
from engine.evaluate import Result
from engine.statement import document, script
from engine.statement.show import vocabulary
from tests.support.calculator import bare, check, compare, number

NUMBER = r"−?[0-9][0-9 ]*(?:[.,][0-9]+)?"


def checked(result: Result, lang: Lang) -> int:
    """Check all that is said of a result; how much could be."""
    found = 0
    lines = zip(result.kernel.lines, result.amounts, script(result, lang).explain(result), strict=True)
    for line, minor, sentences in lines:
        if line.of and not minor:
            assert not sentences  # a cap that took nothing off is no line of pay
            continue
        for sentence in sentences:
            assert vocabulary(lang)["unknown"] not in sentence
            assert "{" not in bare(sentence)
            assert re.search(r"[^\W0-9]|[=≈]", sentence), "a number that says nothing"
            found += check(sentence, lang) + compare(sentence, lang)
        ended(sentences[-1], minor, line.kind, result, lang)
    for one in document(result, lang, None).results or ():
        for sentence in one.explanation:
            assert vocabulary(lang)["unknown"] not in sentence
            assert "{" not in bare(sentence)
            found += check(sentence, lang) + compare(sentence, lang)
        # What is less than nothing is told with a word after the value: `so 0 days counts`.
        after = vocabulary(lang)["less"].rpartition("}")[2]
        assert one.explanation[-1].removesuffix(after).endswith(one.text), one
    return found


def ended(sentence: str, minor: int, kind: str, result: Result, lang: Lang) -> None:
    """A line ends in its amount, or in that there is none; what was rounded to it rounds to it."""
    words, kernel = vocabulary(lang), result.kernel
    if sentence.endswith(words["nothing_off" if kind in TAKEN_OFF else "nothing"]):
        assert minor == 0
        return
    said = bare(sentence)
    paid = re.search(rf"({NUMBER}) {kernel.currency}", said)
    assert paid is not None, sentence
    shown = number(paid[1], lang) * 10**kernel.digits
    turned = abs(minor) if kind in {"cap", "floor", "rounding"} else -minor if kind in TAKEN_OFF else minor
    assert shown == turned, sentence
    rounding = words["rounded"].partition("{amount}")[0].partition("}")[2]
    before = re.search(rf"({NUMBER}){rounding}{re.escape(paid[0])}", said)
    if before is not None:
        exact = number(before[1], lang) * 10**kernel.digits
        assert abs(exact - shown) <= Fraction(1, 2), sentence
