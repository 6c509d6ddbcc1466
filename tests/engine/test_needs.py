"""What each sort of people has to bring: the check asks of an example what the engine asks of a person."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice, product
from pathlib import Path
from random import Random

import pytest

from dsl.check.scope import listed
from dsl.source import Source
from dsl.words import LANGS, words
from engine.compatibility import interface
from engine.compile import Compiled, read_plan
from engine.evaluate import Result, pay
from engine.examples import run
from engine.facts import Person
from engine.statement import document
from tests.support.places import EXAMPLES, TESTS
from tests.support.plans import draft

ROOMS = [TESTS / "good", TESTS / "cases", EXAMPLES]
PLANS = sorted(path for room in ROOMS for path in room.rglob("*.plan"))
SORTS = 12  # of one plan


def agreed(compiled: Compiled) -> int:
    """Hold what examples forget that give nothing but attributes against what such people are asked for."""
    scope, entries = compiled.checked.scope, [compiled.kernel.inputs[index] for index in compiled.attributes]
    met = 0
    for chosen in islice(product(*(entry.choices for entry in entries)), SORTS):
        values = {entry.name: value for entry, value in zip(entries, chosen, strict=True)}
        result = pay(compiled, Person("Anna", "2025-07", values))
        refused = () if isinstance(result, Result) else result
        missing = {(one.code, one.facts["name"]) for one in refused if one.code in {"P501", "P502"}}
        plan = read_plan(Source("plan", f"{compiled.source.text}\n{example(compiled, values)}"))
        faults = [one for one in (plan if isinstance(plan, tuple) else ()) if one.severity == "error"]
        if {one.code for one in faults} == {"P286"}:
            continue  # a name that nobody declares is told first
        facts = [name for name in scope.needs if ("P501", name) in missing]
        targets = [name for name in scope.kpis if ("P502", name) in missing]
        wanted = [(code, listed(one)) for code, one in (("P221", facts), ("P226", targets)) if one]
        assert [(one.code, one.facts["names"]) for one in faults] == wanted
        met += 1
    return met


def example(compiled: Compiled, values: Mapping[str, str]) -> str:
    """An example of people with some attributes, in the plan's language."""
    word = words(compiled.checked.lang)
    given = "".join(f"{word['given']} {name} {value}\n" for name, value in values.items())
    return f'{word["example"]} "Of a sort"\n{given}{word["pays"]} {word["total"]} 0\n'


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_a_plan_asks_for_what_it_needs(path: Path) -> None:
    """A junior for what a junior is paid by, and a senior for the rest."""
    compiled = read_plan(Source(path.name, path.read_text("utf-8")))
    assert isinstance(compiled, Compiled)
    agreed(compiled)


def test_any_plan_asks_for_what_it_needs() -> None:
    """Whatever hangs on whatever."""
    plans = [read_plan(Source("plan", draft(Random(seed)).text)) for seed in range(60)]
    assert sum(agreed(plan) for plan in plans if isinstance(plan, Compiled)) > 50


@pytest.mark.parametrize("word", ["milestone", "piece"])
@pytest.mark.parametrize(("test", "sales", "total"), [("is", "; sales 10", "5.2"), ("is not", "", "5")])
def test_what_is_paid_for_by_some_alone(word: str, test: str, sales: str, total: str) -> None:
    """Who never has what a line pays for is not asked for its amount; who always has, not for it."""
    text = (
        'plan "Sales"\nversion 1\ncurrency RUB\nfact grade one of (junior; senior)\nfact sales money\n'
        f"done yes/no = grade {test} junior\nsalary 5\n{word} done 2% of sales\n"
    )
    example = f'example "Anna"\n  given grade junior{sales}\n  pays total {total}\n'
    compiled = read_plan(Source("plan", text + example))
    assert isinstance(compiled, Compiled), compiled
    assert agreed(compiled) == 2
    assert all(outcome.passed for outcome in run(compiled))


@pytest.mark.parametrize(("grade", "amount"), [("junior", "100.00"), ("senior", "120.00")])
def test_a_cap_that_is_lifted_for_some(grade: str, amount: str) -> None:
    """Nothing is said of it to those whom it does not hold."""
    text = (
        'plan "Sales"\nversion 1\ncurrency RUB\nfact grade one of (junior; senior)\nbonus 100\n'
        "calls weight 100% target 5 cap 100% on attainment unless grade is senior\n"
    )
    compiled = read_plan(Source("plan", text))
    assert isinstance(compiled, Compiled)
    result = pay(compiled, Person("Anna", "2025-07", {"grade": grade, "calls": "6"}))
    assert isinstance(result, Result)
    for lang in LANGS:
        assert [line.amount for line in document(result, lang, None).lines] == [amount]


def test_a_kpi_that_never_counts_needs_nothing() -> None:
    """What a constant condition decides nobody is asked for, where a plan tells sorts of people apart."""
    text = (
        'plan "Sales"\nversion 1\ncurrency RUB\nfact grade one of (junior; senior)\nfact rate percent\n'
        "never = no\nsalary 5\nbonus 100\ncalls weight 50% target 5\n"
        "sales weight 50% target 5 spread if not never cutoff rate\n"
    )
    example_ = 'example "Anna"\n  given grade junior; calls 5; sales 5\n  pays total 105\n'
    compiled = read_plan(Source("plan", text + example_))
    assert isinstance(compiled, Compiled), compiled
    needs = interface(compiled).needs
    assert not any(("actual", "rate") in one for one in needs.values())
    assert agreed(compiled) == 2
    assert all(outcome.passed for outcome in run(compiled))
