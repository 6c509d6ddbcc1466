"""What each sort of people has to bring: the check asks of an example what the engine asks of a person."""

from __future__ import annotations

from itertools import islice, product
from pathlib import Path
from random import Random
from typing import Any

import pytest

from dsl.check.needs import needs
from dsl.check.people import Sort
from dsl.source import Source
from dsl.words import LANGS
from engine.compiled import Compiled, read_plan
from engine.evaluate import Result, pay
from engine.examples import run
from engine.facts import Person
from engine.statement import document
from tests.plans import draft

HERE = Path(__file__).parent
ROOMS = [HERE / "good", HERE / "cases", HERE.parent / "examples"]
PLANS = sorted(path for room in ROOMS for path in room.rglob("*.plan"))
SORTS = 12  # of one plan


def agreed(compiled: Compiled) -> int:
    """Hold the needs of each sort of people against the inputs of the kernel that is left for them."""
    entries = [compiled.kernel.inputs[index] for index in compiled.attributes]
    every = product(*(range(len(entry.choices)) for entry in entries))
    met = 0
    for chosen in islice(every, SORTS if entries else 0):
        values = {entry.name: entry.choices[at] for entry, at in zip(entries, chosen, strict=True)}
        found = needs(compiled.checked.scope, compiled.checked.kinds, Sort(values, compiled.checked.scope))
        inputs = compiled.variant(chosen).kernel.inputs
        actuals = {entry.name for entry in inputs if entry.role == "actual"}
        targets = {entry.name for entry in inputs if entry.role == "target" and not entry.optional}
        assert found.facts.keys() - values.keys() == actuals - values.keys()
        assert set(found.targets) == targets
        met += 1
    return met


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
        lines: Any = document(result, lang, None)["lines"]
        assert [line["amount"] for line in lines] == [amount]
