"""A calculator for what is printed: it reckons each step of a sentence again, to the last digit.

Where a number was cut, the step says `≈`; then each number in it may be off by half of the last decimal
shown.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from dsl.words import Lang

MARKS = {"en": r"\.", "ru": ","}
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
PLACES = 6


class Outside(Exception):  # noqa: N818  # no error: nobody can reckon with it
    """A divisor that may be 0, since it was cut."""


@dataclass(frozen=True)
class Span:
    """A number that may be a little less or more than it was printed."""

    low: Fraction
    high: Fraction

    def holds(self, other: Span) -> bool:
        """Whether both may be one number."""
        return self.low <= other.high and other.low <= self.high


def around(pairs: list[tuple[Fraction, Fraction]], reckon: Callable[[Fraction, Fraction], Fraction]) -> Span:
    found = [reckon(one, other) for one, other in pairs]
    return Span(min(found), max(found))


def corners(one: Span, other: Span) -> list[tuple[Fraction, Fraction]]:
    return [(a, b) for a in (one.low, one.high) for b in (other.low, other.high)]


def divided(one: Span, other: Span) -> Span:
    if other.low <= 0 <= other.high:
        raise Outside
    return around(corners(one, other), lambda a, b: a / b)


SIGNS: Mapping[str, Callable[[Span, Span], Span]] = {
    "+": lambda one, other: Span(one.low + other.low, one.high + other.high),
    "−": lambda one, other: Span(one.low - other.high, one.high - other.low),
    "×": lambda one, other: around(corners(one, other), lambda a, b: a * b),
    "/": divided,
}


def token(lang: str) -> str:
    """A pattern for a number with its unit, a sign or a bracket."""
    number = rf"[0-9]{{1,3}}(?: [0-9]{{3}})*(?:{MARKS[lang]}[0-9]+)?(?![0-9])"
    return rf"{DAY}|{number}(?:%| days?\b| (?:дней|день|дня)\b)?|[−+×/()]"


@dataclass
class Calculator:
    """Reckons with what is printed; with `about`, numbers may have been cut."""

    tokens: list[str]
    lang: Lang
    about: bool

    def value(self) -> Span:
        """The value of all of the text."""
        value = self.sum()
        assert not self.tokens
        return value

    def sum(self) -> Span:
        value = self.product()
        while self.tokens and self.tokens[0] in "+−":
            value = SIGNS[self.tokens.pop(0)](value, self.product())
        return value

    def product(self) -> Span:
        value = self.single()
        while self.tokens and self.tokens[0] in "×/":
            value = SIGNS[self.tokens.pop(0)](value, self.single())
        return value

    def single(self) -> Span:
        first = self.tokens.pop(0)
        if first == "−":
            inner = self.single()
            return Span(-inner.high, -inner.low)
        if first == "(":
            value = self.sum()
            assert self.tokens.pop(0) == ")"
            return value
        return printed(first, self.lang, about=self.about)


def printed(text: str, lang: Lang, *, about: bool = False) -> Span:
    """A printed number."""
    value = number(text, lang)
    half = Fraction(1, 2 * 10**PLACES * (100 if text.endswith("%") else 1))
    if re.fullmatch(DAY, text):
        half = Fraction(1)  # the day within which a part of a day falls
    return Span(value - half, value + half) if about else Span(value, value)


def number(text: str, lang: Lang) -> Fraction:
    """What is written."""
    if re.fullmatch(DAY, text):
        return Fraction(datetime.date.fromisoformat(text).toordinal())
    digits = re.sub(r" ?[a-zа-я]+$", "", text).replace(" ", "").replace("−", "-")
    plain = digits.rstrip("%").replace(",", ".") if lang == "ru" else digits.rstrip("%")
    return Fraction(plain) / (100 if text.endswith("%") else 1)


WORD = re.compile(r"[(−]*[0-9][0-9.,-]*%?\)*|[−+×/]|days?\)*|дней\)*|день\)*|дня\)*")
# Days of no calendar are named, and nobody can reckon with them.
NOWHERE = re.compile("before 0001-01-01|after 9999-12-31|раньше 0001-01-01|позже 9999-12-31")


def bare(sentence: str) -> str:
    """A sentence without the author's own words."""
    return re.sub("`[^`]*`", "", sentence)


@dataclass(frozen=True)
class Step:
    """A formula, its sign, and what it comes to."""

    formula: str
    sign: str
    result: str


def steps(sentence: str, lang: Lang) -> Iterator[Step]:
    """The steps of a sentence."""
    said = bare(sentence)
    if NOWHERE.search(said):
        return
    words = said.split(" ")
    for at, sign in enumerate(words):
        if sign in {"=", "≈"}:
            start = at
            while start and WORD.fullmatch(words[start - 1]):
                start -= 1
            result = re.match(rf"−?(?:{token(lang)})", " ".join(words[at + 1 :]))
            formula = " ".join(words[start:at])
            if result and re.search(" [−+×/] |^[−(]", formula):
                yield Step(formula, sign, result[0])


def check(sentence: str, lang: Lang) -> int:
    """Reckon what can be reckoned in a sentence; how many steps it was."""
    count = 0
    for step in steps(sentence, lang):
        about = step.sign == "≈"
        tokens = re.findall(token(lang), step.formula)
        assert not re.sub(token(lang), "", step.formula).strip(), sentence
        try:
            value = Calculator(tokens, lang, about).value()
        except Outside:
            continue
        assert value.holds(printed(step.result, lang, about=about)), sentence
        count += 1
    return count


# ── What is said to be more ──────────────────────────────────────────────────────────────────────────────

RELATIONS: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    "<": lambda one, other: one < other,
    "≤": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    "≥": lambda one, other: one >= other,
    "≠": lambda one, other: one != other,
}
SAID: Mapping[Lang, Mapping[str, str]] = {
    "en": {
        "is above": ">",
        "is below the cutoff of": "<",
        "is below": "<",
        "is not below the cutoff of": "≥",
        "is not below": "≥",
        "is not above": "≤",
        "is more than the cap of": ">",
        "is less than the minimum of": "<",
        "is less than": "<",
    },
    "ru": {
        "больше": ">",
        "меньше отсечки": "<",
        "меньше": "<",
        "не меньше отсечки": "≥",
        "не меньше": "≥",
        "не больше": "≤",
        "больше потолка": ">",
        "меньше минимума": "<",
    },
}


def compare(sentence: str, lang: Lang) -> int:
    """What is said to be more or less is printed so; how many such things are said."""
    said = bare(sentence)
    if NOWHERE.search(said):
        return 0
    count = 0
    value = rf"−?(?:{token(lang)})"
    reckoned = r"(?:[^`:;=≈a-zа-яё]|days?\b|дней|день|дня)*?"
    formula = rf"(?:{reckoned} [=≈] )?({value})"
    words = {**{sign: sign for sign in RELATIONS}, **SAID[lang]}
    for phrase, sign in words.items():
        for found in re.finditer(rf"({value}) {phrase} {formula}(?= |,|;|$)", said):
            one, other = number(found[1], lang), number(found[2], lang)
            assert RELATIONS[sign](one, other), (sentence, phrase)
            count += 1
    return count
