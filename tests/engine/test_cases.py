"""Worked examples that companies and authorities publish, each a plan of a page, paid to their last digit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dsl.faults import draw
from dsl.source import Source
from dsl.write import write
from engine.compile import Compiled, read_plan
from engine.examples import run
from tests.support.places import CASES, TESTS

PAGE = 100  # lines: each record of an example is one
NOTE = re.compile(r"^\| ((?:en|ru)-[a-z0-9-]+) \|", re.MULTILINE)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_pays_what_was_published(path: Path) -> None:
    source = Source(path.name, path.read_text("utf-8"))
    plan = read_plan(source)
    assert isinstance(plan, Compiled), [draw(fault, source, "en") for fault in plan]
    assert [draw(fault, source, "en") for fault in plan.checked.faults] == []
    outcomes = run(plan)
    assert outcomes
    for outcome in outcomes:
        assert outcome.passed, (outcome.title, outcome.items, outcome.result)
    assert len(source.starts) <= PAGE


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_stands_as_the_formatter_prints_it(path: Path) -> None:
    text = path.read_text("utf-8")
    plan = read_plan(Source(path.name, text))
    assert isinstance(plan, Compiled)
    assert write(plan.checked.parsed.tree) == text


def test_there_are_forty() -> None:
    assert len(CASES) == 40


def test_the_note_says_of_each_what_it_takes() -> None:
    """Records where there are some, and the figures of one person where there are none."""
    page = (TESTS / "cases" / "README.md").read_text("utf-8")
    _, records, waiting, alone = page.split("\n**")
    plans = {path.stem: read_plan(Source(path.name, path.read_text("utf-8"))) for path in CASES}
    tabled = {name for name, plan in plans.items() if isinstance(plan, Compiled) and plan.kernel.tables}
    assert NOTE.findall(records) == sorted(tabled)
    assert {*NOTE.findall(alone), *NOTE.findall(waiting)} - tabled == plans.keys() - tabled
    assert not tabled & {*NOTE.findall(alone)}
