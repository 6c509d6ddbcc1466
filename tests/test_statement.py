"""The statement: every step in it can be checked with a calculator, in both languages, whatever the plan."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dsl.source import Source
from dsl.words import LANGS, Lang
from engine.compiled import Compiled, read_plan
from engine.evaluate import Result, evaluate, pay
from engine.facts import Person
from engine.statement import document, script
from engine.statement.show import precise, quantity, vocabulary
from tests.plans import draft
from tests.test_against_naive import CHANCE, SETTINGS, compiled, crowd

# ── A calculator ─────────────────────────────────────────────────────────────────────────────────────────

MARKS = {"en": r"\.", "ru": ","}
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
SIGNS: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": lambda one, other: one + other,
    "−": lambda one, other: one - other,
    "×": lambda one, other: one * other,
    "/": lambda one, other: one / other,
}


def token(lang: str) -> str:
    """A pattern for a day, a number, a sign or a bracket."""
    number = rf"[0-9]{{1,3}}(?: [0-9]{{3}})*(?:{MARKS[lang]}[0-9]+)?(?![0-9])"
    return rf"{DAY}|{number}%?|[−+×/()]"


class Calculator:
    """Reckons with what is printed, to the last digit."""

    def __init__(self, text: str, lang: str) -> None:
        self.lang = lang
        bare = re.sub(r" (?:days?|дней|день|дня)\b", "", text)
        self.tokens = re.findall(token(lang), bare)
        assert not re.sub(token(lang), "", bare).strip(), text

    def value(self) -> Fraction:
        """The value of all of the text."""
        value = self.sum()
        assert not self.tokens
        return value

    def sum(self) -> Fraction:
        value = self.product()
        while self.tokens and self.tokens[0] in "+−":
            value = SIGNS[self.tokens.pop(0)](value, self.product())
        return value

    def product(self) -> Fraction:
        value = self.single()
        while self.tokens and self.tokens[0] in "×/":
            value = SIGNS[self.tokens.pop(0)](value, self.single())
        return value

    def single(self) -> Fraction:
        first = self.tokens.pop(0)
        if first == "−":
            return -self.single()
        if first == "(":
            value = self.sum()
            assert self.tokens.pop(0) == ")"
            return value
        return number(first, self.lang)


def number(text: str, lang: str) -> Fraction:
    """A printed number."""
    if re.fullmatch(DAY, text):
        return Fraction(datetime.date.fromisoformat(text).toordinal())
    digits = text.replace(" ", "").replace("−", "-")
    plain = digits.rstrip("%").replace(",", ".") if lang == "ru" else digits.rstrip("%")
    return Fraction(plain) / (100 if text.endswith("%") else 1)


WORD = re.compile(r"[(−]*[0-9][0-9.,-]*%?\)*|[−+×/]|days?\)*|дней\)*|день\)*|дня\)*")


def reckoned(sentence: str, lang: str) -> Iterator[tuple[str, str, str]]:
    """The steps of a sentence: a formula, its sign, and what it comes to."""
    said = CONDITION.sub("", re.sub("`[^`]*`", "", sentence))  # without the author's own words
    if OUTSIDE.search(said):
        return
    words = said.split(" ")
    for at, sign in enumerate(words):
        if sign in {"=", "≈"}:
            start = at
            while start and WORD.fullmatch(words[start - 1]):
                start -= 1
            result = re.match(rf"−?(?:{token(lang)})", " ".join(words[at + 1 :]))
            formula = " ".join(words[start:at])
            if result and re.search(" [−+×/] ", formula):
                yield formula, sign, result[0]


# In a condition, what is equal is not what something comes to.
CONDITION = re.compile("the condition .* is (?:not )?met|условие .* выполнено")
# Days of no calendar are named, and nobody can reckon with them.
OUTSIDE = re.compile("before 0001-01-01|after 9999-12-31|раньше 0001-01-01|позже 9999-12-31")


def check(sentence: str, lang: str) -> int:
    """Reckon what can be reckoned in a sentence; how many steps it was."""
    steps = 0
    for formula, sign, printed in reckoned(sentence, lang):
        value, shown = Calculator(formula, lang).value(), number(printed, lang)
        if re.fullmatch(DAY, printed) and value.denominator != 1:
            continue  # the day within which a part of a day falls
        scale = 100 if printed.endswith("%") else 1
        if sign == "=":
            assert value == shown, sentence
        else:
            # Only what has no end in six decimals is about so much, and then to the last of them.
            assert (value * scale * 10**6).denominator != 1, sentence
            assert abs(value - shown) * scale * 10**6 <= Fraction(1, 2), sentence
        steps += 1
    return steps


BETWEEN = {
    "en": {"is above": ">", "is below the cutoff of": "<", "is more than the cap of": ">"},
    "ru": {"больше": ">", "меньше отсечки": "<", "больше потолка": ">"},
}


def compare(sentence: str, lang: str) -> None:
    """What is said to be more is printed as more."""
    for words, sign in BETWEEN[lang].items():
        single = rf"(−?(?:{token(lang)})|\([^()]*\))"
        found = re.match(rf"{single} {words} {single}(?=,| )", sentence)
        if found:
            one, other = (Calculator(text, lang).value() for text in found.groups())
            assert one > other if sign == ">" else one < other, sentence


# ── Random plans ─────────────────────────────────────────────────────────────────────────────────────────


@settings(SETTINGS, max_examples=200)
@given(CHANCE, st.sampled_from(LANGS))
def test_every_step_can_be_checked(chance: Random, lang: Lang) -> None:
    """The numbers of each sentence give its result; what is compared is so; the last one is the amount."""
    drawn = draft(chance)
    plan = compiled(drawn)
    assume(plan is not None)
    assert plan is not None
    for facts, _ in crowd(chance, drawn, plan, 2):
        result = evaluate(plan, facts)
        if isinstance(result, Result):
            checked(result, lang)


def checked(result: Result, lang: Lang) -> int:
    """Check all that is said of a result."""
    kernel, steps = result.compiled.kernel, 0
    unneeded, rounding = vocabulary(lang)["unknown"], vocabulary(lang)["rounded"].split("{amount}")[0]
    for minor, sentences in zip(result.amounts, script(result, lang).explain(result), strict=True):
        for sentence in sentences:
            assert unneeded not in sentence
            assert "{" not in sentence
            steps += check(sentence, lang)
            compare(sentence, lang)
        last = sentences[-1]
        printed = last.removesuffix(f" {kernel.currency}")
        assert printed != last
        paid = re.search(r"−?[0-9][0-9 ]*(?:[.,][0-9]+)?$", printed)
        assert paid is not None
        assert number(paid[0].strip(), lang) * 10**kernel.digits == minor
        if rounding.split("}")[-1] in last:
            before = last.split(rounding.split("}")[-1])[0]
            near = re.search(r"−?[0-9][0-9 ]*(?:[.,][0-9]+)?$", before)
            assert near is not None
            exact = number(near[0].strip(), lang) * 10**kernel.digits
            assert abs(exact - minor) <= Fraction(1, 2)
    return steps


def test_random_sentences_are_reckoned_with() -> None:
    """The calculator is not idle."""
    steps = 0
    for seed in range(40):
        chance = Random(seed)
        drawn = draft(chance)
        plan = compiled(drawn)
        if plan is not None:
            for facts, _ in crowd(chance, drawn, plan, 1):
                result = evaluate(plan, facts)
                steps += checked(result, "en") if isinstance(result, Result) else 0
    assert steps > 100


# ── One by one ───────────────────────────────────────────────────────────────────────────────────────────


def explained(
    lines: str, facts: Mapping[str, object], targets: Mapping[str, object] | None = None
) -> list[list[str]]:
    """What is said of the lines of a plan."""
    head = 'plan "x"\nversion 1\ncurrency RUB\n' if "currency" not in lines else 'plan "x"\nversion 1\n'
    plan = read_plan(Source("plan", head + lines))
    assert isinstance(plan, Compiled), plan
    result = pay(plan, Person("1", "2025-07", facts, targets or {}))
    assert isinstance(result, Result), result
    for lang in LANGS:
        checked(result, lang)
    return script(result, "en").explain(result)


ONE = "bonus 10 000\nx weight 100% "
KPIS = """
> x 190: target 200
attainment: 190 / 200 = 95%
share of the bonus: 10 000 × 100% = 10 000
10 000 × 95% = 9 500.00 RUB
> x 150: cutoff 80% target 200
attainment: 150 / 200 = 75%
75% is below the cutoff of 80%, so nothing is paid
share of the bonus: 10 000 × 100% = 10 000
10 000 × 0% = 0.00 RUB
> x 160: cutoff 80% target 200
attainment: 160 / 200 = 80%
80% is not below the cutoff of 80%, so it pays in proportion
share of the bonus: 10 000 × 100% = 10 000
10 000 × 80% = 8 000.00 RUB
> x 200: accel 2 above 100% target 200
attainment: 200 / 200 = 100%
100% is not above 100%, so it pays in proportion
share of the bonus: 10 000 × 100% = 10 000
10 000 × 100% = 10 000.00 RUB
> x 310: accel 2 above 100% target 300
attainment: 310 / 300 ≈ 103.333333%
103.333333% is above 100%, so the whole attainment is multiplied by 2: (310 / 300) × 2 ≈ 206.666667%
share of the bonus: 10 000 × 100% = 10 000
10 000 × (310 / 300) × 2 ≈ 20 666.666667, rounded to 20 666.67 RUB
> x 340: accel 2 on excess above 100% accel 4 on excess above 150% target 200
attainment: 340 / 200 = 170%
170% is above 150%, so what lies above it is multiplied by 4: 100% + (150% − 100%) × 2 + (170% − 150%) × 4 = 280%
share of the bonus: 10 000 × 100% = 10 000
10 000 × 280% = 28 000.00 RUB
> x 180: accel 2 above 100% accel 3 above 150% target 200
attainment: 180 / 200 = 90%
90% is not above 100%, so it pays in proportion
share of the bonus: 10 000 × 100% = 10 000
10 000 × 90% = 9 000.00 RUB
> x 300: cap 120% target 200
attainment: 300 / 200 = 150%
150% is more than the cap of 120%, so 120% is paid
share of the bonus: 10 000 × 100% = 10 000
10 000 × 120% = 12 000.00 RUB
> x 300: cap 120% on attainment target 200
attainment: 300 / 200 = 150%
150% is above 120%, and attainment counts up to 120%
share of the bonus: 10 000 × 100% = 10 000
10 000 × 120% = 12 000.00 RUB
> x 300: cap 5 000 RUB target 200
attainment: 300 / 200 = 150%
share of the bonus: 10 000 × 100% = 10 000
x: 10 000 × 150% = 15 000
15 000 is more than the cap of 5 000, so 5 000 is paid
5 000.00 RUB
> x 20: cap 5 000 RUB target 200
attainment: 20 / 200 = 10%
share of the bonus: 10 000 × 100% = 10 000
x: 10 000 × 10% = 1 000
1 000.00 RUB
> x 95; target 100: target 200 or personal
target: 100, the person's own
attainment: 95 / 100 = 95%
share of the bonus: 10 000 × 100% = 10 000
10 000 × 95% = 9 500.00 RUB
> x 190: target (2 * 100) or personal
target: 2 × 100 = 200, the plan's, since no personal one was given
attainment: 190 / 200 = 95%
share of the bonus: 10 000 × 100% = 10 000
10 000 × 95% = 9 500.00 RUB
> x 190: target (2 * 100)
target: 2 × 100 = 200
attainment: 190 / 200 = 95%
share of the bonus: 10 000 × 100% = 10 000
10 000 × 95% = 9 500.00 RUB
> x 1; target 3:
target: 3, the person's own
attainment: 1 / 3 ≈ 33.333333%
share of the bonus: 10 000 × 100% = 10 000
10 000 × (1 / 3) ≈ 3 333.333333, rounded to 3 333.33 RUB
"""  # noqa: E501  # what is said is said in one line


@dataclass(frozen=True)
class Case:
    """Lines of a plan, what is given, and what is said of the one line of pay."""

    lines: str
    facts: dict[str, object]
    said: list[str]


def cases(text: str) -> list[Case]:
    """Cases: after `>` what is given and the lines, apart by `|`; then the sentences."""
    found: list[Case] = []
    for row in text.strip().split("\n"):
        if row.startswith(">"):
            given, _, lines = row.removeprefix(">").partition(":")
            found.append(Case(lines.strip().replace(" | ", "\n"), {}, []))
            for fact in given.split(";"):
                name, _, value = fact.strip().partition(" ")
                found[-1].facts.update({name: value} if name else {})
        else:
            found[-1].said.append(row)
    return found


@pytest.mark.parametrize("case", cases(KPIS), ids=lambda case: case.lines)
def test_what_is_said_of_a_kpi(case: Case) -> None:
    """The clause that decided, in numbers."""
    targets = {} if "target" not in case.facts else {"x": case.facts["target"]}
    assert explained(f"{ONE}{case.lines}\n", {"x": case.facts["x"]}, targets) == [case.said]


def test_a_bound_is_never_said_to_be_below_itself() -> None:
    """A number so near to a bound that it reads the same is said to the last digit."""
    (said,) = explained(f"{ONE}cutoff 80% target 3 000 000 000.00 RUB\n", {"x": "2399999999.99"})
    assert said[:2] == [
        "attainment: 2 399 999 999.99 / 3 000 000 000 ≈ 80%",
        "(2 399 999 999.99 / 3 000 000 000) is below the cutoff of 80%, so nothing is paid",
    ]


FORMULAS = """
> : commission 5 000
set by the plan: 5 000.00 RUB
> : salary 60 000
set by the plan: 60 000.00 RUB
> : salary 60 000 * 50%
`60 000 * 50%`: 60 000 × 50% = 30 000.00 RUB
> a 5.5: fact a money | commission a
5.50 RUB
> a 5: fact a money | commission a / 3
`a / 3`: 5 / 3 ≈ 1.666667, rounded to 1.67 RUB
> a 5: fact a money | commission a / 1 000
`a / 1 000`: 5 / 1 000 = 0.005, rounded to 0.01 RUB
> a -5: fact a money can be negative | commission 2 * -a
`2 * -a`: 2 × (−(−5)) = 10.00 RUB
> a -5: fact a money can be negative | commission 5 - a
`5 - a`: 5 − (−5) = 10.00 RUB
> a 5: fact a money | third money = a / 3 | commission third * 3
third: 5 / 3 ≈ 1.666667
`third * 3`: (5 / 3) × 3 = 5.00 RUB
> a 6: fact a money | commission (a above 5) + (a below 7)
`a above 5`: 6 − 5 = 1
`a below 7`: 7 − 6 = 1
`(a above 5) + (a below 7)`: 1 + 1 = 2.00 RUB
> a 4: fact a money | commission a above 5
`a above 5`: 4 − 5 is less than 0, so 0 counts
0.00 RUB
> a 2: fact a money | commission min(a; 2 * a; 3)
`min(a; 2 * a; 3)`: the least of 2; 2 × 2; 3 is 2
2.00 RUB
> a 50: fact a money | commission round up(a / 3 to 10)
`round up(a / 3 to 10)`: 50 / 3 ≈ 16.666667, rounded up to a multiple of 10: 20
20.00 RUB
> m yes: fact m yes/no | commission 5 if m otherwise 6
`5 if m otherwise 6`: m: yes, so 5
5.00 RUB
> m yes: fact m yes/no | commission 5 if not m otherwise 6
`5 if not m otherwise 6`: the condition not m (yes) is not met, so 6
6.00 RUB
> m yes; a 0: fact m yes/no | fact a money | commission 5 if m or a / a > 1 otherwise 6
`5 if m or a / a > 1 otherwise 6`: the condition m (yes) is met, so 5
5.00 RUB
> m no; a 0: fact m yes/no | fact a money | ratio = a / a | commission 5 if m and ratio > 1 otherwise 6
`5 if m and ratio > 1 otherwise 6`: the condition m (no) is not met, so 6
6.00 RUB
> d 2025-06-30: fact d date | tenure = 2025-07-01 - d | commission 100 * (tenure / 1 day)
tenure: 2025-07-01 − 2025-06-30 = 1 day
`100 * (tenure / 1 day)`: 100 × 1 day / 1 day = 100.00 RUB
> a 7: fact a money | big = a > 5 | commission 5 if big otherwise 6
big: yes, since the condition 7 > 5 is met
`5 if big otherwise 6`: big: yes, so 5
5.00 RUB
> a 5: currency JPY | fact a money | commission a / 3
`a / 3`: 5 / 3 ≈ 1.666667, rounded to 2 JPY
> a 5: currency KWD | fact a money | commission a / 3
`a / 3`: 5 / 3 ≈ 1.666667, rounded to 1.667 KWD
> a 7.123456789%: fact a percent | commission 100 * a
`100 * a`: 100 × 7.123456789% ≈ 7.123457, rounded to 7.12 RUB
"""


@pytest.mark.parametrize("case", cases(FORMULAS), ids=lambda case: case.lines)
def test_what_is_said_of_a_formula(case: Case) -> None:
    """In numbers, and in the author's words where a calculator has no key."""
    assert explained(f"{case.lines}\n", case.facts) == [case.said]


def test_what_is_not_needed_is_not_spoken_of() -> None:
    """The figures of an alternative that was not taken, also where they have no value."""
    figures = "each money = a / n\nsome money = each * 2\n"
    lines = f"fact a money\nfact n count\n{figures}commission some if n > 0 otherwise a\n"
    (taken,) = explained(lines, {"a": "6", "n": "3"})
    assert taken[:2] == ["each: 6 / 3 = 2", "some: 2 × 2 = 4"]
    (other,) = explained(lines, {"a": "6", "n": "0"})
    assert other == ["`some if n > 0 otherwise a`: the condition 0 > 0 is not met, so 6", "6.00 RUB"]


def test_every_fact_that_made_a_line_is_listed() -> None:
    """Through figures, targets and conditions, to the last digit."""
    lines = (
        'plan "x"\nversion 1\ncurrency RUB\nfact a "First" money\n'
        "fact n count\nfact m yes/no\nfact r percent\n"
        "each money = a / n\nbonus 100\nr weight 100% target (1% * n)\ncommission each if m otherwise 0\n"
    )
    plan = read_plan(Source("plan", lines))
    assert isinstance(plan, Compiled)
    result = pay(plan, Person("1", "2025-07", {"a": "5.10", "n": "3", "m": "no", "r": "2.123456789%"}))
    assert isinstance(result, Result)
    printed: Any = document(result, "en", None)
    listed = [{fact["name"]: fact["value"] for fact in line["facts"]} for line in printed["lines"]]
    assert listed == [{"r": "2.123456789%", "n": "3"}, {"a": "5.1", "n": "3", "m": "no"}]
    assert printed["lines"][1]["facts"][0]["label"] == "First"


@pytest.mark.parametrize("lang", LANGS)
def test_numbers_are_written_as_people_write_them(lang: Lang) -> None:
    """Marks, spaces between thousands, minus signs, units; and in a quotient what has no end."""
    mark = "," if lang == "ru" else "."
    assert quantity(Fraction(-1234567, 100), "money", lang) == (f"−12 345{mark}67", True)
    assert quantity(Fraction(1, 3), "percent", lang) == (f"33{mark}333333%", False)
    assert precise(Fraction(-1, 3), "money", lang) == "(−1 / 3)"
    assert precise(Fraction(1, 10**12), "money", lang) == f"0{mark}000000000001"
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
        assert sorted(re.findall(r"\{[a-z]+\}", text)) == sorted(re.findall(r"\{[a-z]+\}", russian[name])), (
            name
        )
