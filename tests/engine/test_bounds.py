"""At the bounds of a KPI: exactly there, just below and just above, whatever the rule is."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl.source import Source
from dsl.words import LANGS, Lang, words
from engine.compile import Compiled, read_plan
from engine.evaluate import Result, pay
from engine.facts import Person
from tests.support.chances import CHANCE, examples
from tests.support.naive import half_away

TARGET = 30_000_000  # roubles; each bound in hundredths of a percent is a whole number of roubles
STEP = Fraction(1, 100 * TARGET)  # the attainment of one kopeck


def percents(least: int, most: int) -> st.SearchStrategy[Fraction]:
    """Percentages with two decimals."""
    return st.integers(least * 100, most * 100).map(lambda number: Fraction(number, 10_000))


FACTORS = st.integers(1, 4000).map(lambda number: Fraction(number, 1000))


@dataclass(frozen=True)
class Rule:
    """A KPI in numbers: what it pays is `paid`, by hand."""

    pool: int
    weight: Fraction
    cutoff: Fraction | None = None
    accels: tuple[tuple[Fraction, Fraction], ...] = ()  # bound, factor
    mode: str = ""  # nothing, `on_all`, `on_excess`

    def text(self, lang: Lang, clauses: tuple[str, ...]) -> str:
        """The plan, with its KPI's clauses in any order."""
        w = words(lang)
        rest = _percent(1 - self.weight, lang)
        return (
            f'{w["plan"]} "?"\n{w["version"]} 1\n{w["currency"]} RUB\n{w["bonus"]} {self.pool}\n'
            f"revenue {' '.join(clauses)}\nother {w['weight']} {rest} {w['target']} 1\n"
        )

    def clauses(self, lang: Lang) -> list[str]:
        """The clauses of the KPI."""
        w = words(lang)
        said = [f"{w['weight']} {_percent(self.weight, lang)}", f"{w['target']} {TARGET} RUB"]
        if self.cutoff is not None:
            said.append(f"{w['cutoff']} {_percent(self.cutoff, lang)}")
        mode = f" {w[self.mode]}" if self.mode else ""
        for bound, factor in self.accels:
            said.append(f"{w['accel']} {_plain(factor, lang)}{mode} {w['above']} {_percent(bound, lang)}")
        return said

    def paid(self, attainment: Fraction) -> int:
        """Kopecks, by the words of the trade."""
        share = self.pool * self.weight
        if self.cutoff is not None and attainment < self.cutoff:
            return 0
        passed = sorted(accel for accel in self.accels if attainment > accel[0])
        worth = attainment
        if passed and self.mode != "on_excess":
            worth = attainment * passed[-1][1]
        elif passed:
            # What lies between two bounds counts with the factor of the lower one.
            ends = [*(bound for bound, _ in passed[1:]), attainment]
            worth = passed[0][0] + sum(
                (end - bound) * factor for (bound, factor), end in zip(passed, ends, strict=True)
            )
        return half_away(share * worth * 100)


def _plain(value: Fraction, lang: Lang) -> str:
    whole, part = divmod(value * 10_000, 10_000)
    return f"{whole}{words(lang).decimal}{int(part):04}"


def _percent(value: Fraction, lang: Lang) -> str:
    return _plain(value * 100, lang) + "%"


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """Any cutoff, any accelerators, any weight and pool."""
    bounds = draw(st.lists(percents(50, 200), max_size=3, unique=True))
    return Rule(
        draw(st.integers(1, 1_000_000)),
        draw(percents(1, 99)),
        draw(st.none() | percents(0, 150)),
        tuple((bound, draw(FACTORS)) for bound in bounds),
        draw(st.sampled_from(["", "on_all", "on_excess"])),
    )


def kopecks(plan: Compiled, attainment: Fraction) -> int:
    """What the KPI pays at an attainment."""
    revenue = attainment * TARGET
    assert (revenue * 100).denominator == 1
    text = f"{int(revenue * 100) // 100}.{int(revenue * 100) % 100:02}"
    result = pay(plan, Person("1", "2025-07", {"revenue": text, "other": "1"}))
    assert isinstance(result, Result)
    return next(
        paid for line, paid in zip(plan.kernel.lines, result.amounts, strict=True) if line.name == "revenue"
    )


@examples(200)
@given(rules(), st.sampled_from(LANGS), CHANCE)
def test_a_bound_pays_what_the_rule_says(rule: Rule, lang: Lang, chance: Random) -> None:
    """A cutoff includes itself, the bound of an accelerator does not; a kopeck beside it is beside it."""
    clauses = rule.clauses(lang)
    chance.shuffle(clauses)
    plan = read_plan(Source("p", rule.text(lang, tuple(clauses))))
    assert isinstance(plan, Compiled), plan
    marks = {Fraction(1), Fraction(4, 5), *(bound for bound, _ in rule.accels)}
    if rule.cutoff is not None:
        marks.add(rule.cutoff)
    for mark in marks:
        for attainment in (mark - STEP, mark, mark + STEP):
            if attainment >= 0:
                assert kopecks(plan, attainment) == rule.paid(attainment)


@pytest.mark.parametrize(
    ("revenue", "expected"),
    [
        ("2399999.99", 0),
        ("2400000", 16_000_00),
        ("2400000.01", 16_000_00),
        ("3000000", 20_000_00),
        ("3000000.01", 24_000_00),
        ("3300000", 26_400_00),
        ("0", 0),
        ("6000000", 48_000_00),
    ],
)
def test_the_rule_of_the_trade(revenue: str, expected: int) -> None:
    """80 % is paid, a kopeck below it is not; 100 % is not accelerated, a kopeck above it is, all of it."""
    for accel in ("accel 1.2 above 100%", "accel 1.2 on all above 100%"):
        text = (
            'plan "?"\nversion 1\ncurrency RUB\nbonus 50 000\nother weight 60%\n'
            f"revenue weight 40% cutoff 80% {accel} target 3 000 000\n"
        )
        plan = read_plan(Source("p", text))
        assert isinstance(plan, Compiled), plan
        result = pay(plan, Person("1", "2025-07", {"revenue": revenue, "other": "0"}, {"other": "1"}))
        assert isinstance(result, Result)
        assert result.amounts[1] == expected


CAPS = {
    "cap 100%": [(Fraction(3, 2), 20_000_00), (Fraction(1), 20_000_00), (Fraction(9, 10), 18_000_00)],
    "cap 130% on pay": [
        (Fraction(11, 10), 26_000_00),
        (Fraction(27, 25), 25_920_00),
        (Fraction(1), 20_000_00),
    ],
    "cap 25 000 RUB on pay": [(Fraction(11, 10), 25_000_00), (Fraction(26, 25), 24_960_00)],
    "cap 110% on attainment": [(Fraction(3, 2), 26_400_00), (Fraction(11, 10), 26_400_00)],
    "cap 100% on attainment": [(Fraction(3, 2), 20_000_00), (Fraction(1), 20_000_00)],
    "cap 130% on attainment cap 30 000 RUB": [(Fraction(2), 30_000_00), (Fraction(6, 5), 28_800_00)],
}


@pytest.mark.parametrize("cap", CAPS)
def test_caps(cap: str) -> None:
    """A cap of attainment comes before the accelerator, a cap of pay after it; money caps what is paid."""
    text = (
        f'plan "?"\nversion 1\ncurrency RUB\nbonus 50 000\nrevenue {cap} weight 40% cutoff 80% '
        f"accel 1.2 above 100% target {TARGET}\nother weight 60% target 1\n"
    )
    plan = read_plan(Source("p", text))
    assert isinstance(plan, Compiled), plan
    for attainment, expected in CAPS[cap]:
        assert kopecks(plan, attainment) == expected
