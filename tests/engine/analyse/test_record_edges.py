"""Bounds of what is asked of records, shown by small tables that pass where they are pasted."""

from __future__ import annotations

from pathlib import Path

import pytest

from dsl.source import Source
from dsl.words import LANGS, Lang
from engine.analyse import edges
from engine.compile import Compiled, read_plan
from engine.examples import run
from tests.support.cli import data, premia, written
from tests.support.pages import pages, whole
from tests.support.places import EXAMPLES
from tests.support.sales import compiled

BIG = """table deals "Deals"
  deal    id
  seller  employee
  amount  money
  paid    yes/no
  kind    one of (base; pro)
fact calls count
big "Big deals" = count of deals where paid and amount at least 100 000 and kind is pro
small = sum of amount of deals where not paid and amount less than 50 000
pay for_big = 500 * big + 1% * small
commission each_deal "Each" = for each of deals where paid: 2% * amount cap 5 000 on pay each
commission tiers on amount of each of deals, each band at its own rate
  up to 10 000: 1%
  above         2%
"""


def told(plan: Compiled) -> dict[str, str]:
    """The examples of the edges of records, by what is bounded there."""
    return {plan.source.at(edge.place): edge.example for edge in edges(plan) if edge.example}


def test_a_condition_wants_a_record_at_its_bound_and_beside_it() -> None:
    plan = compiled(BIG)
    (edge,) = (one for one in edges(plan) if plan.source.at(one.place) == "amount at least 100 000")
    assert (edge.fact, [int(row.value * 100) for row in edge.rows]) == (
        "amount of deals",
        [9_999_999, 10_000_000, 10_000_001],
    )
    assert [row.pays for row in edge.rows] == [0, 50_000, 50_000]
    assert "shows           big 2" in edge.example


def test_each_bound_of_a_record_is_met() -> None:
    """Of conditions, of bands of each, and where the limit of each begins to bind."""
    assert told(compiled(BIG)).keys() == {
        "amount at least 100 000",
        "amount less than 50 000",
        "cap 5 000 on pay each",
        "up to 10 000: 1%",
    }


def test_a_record_that_crosses_a_bound_is_shown() -> None:
    text = """table deals "Deals"
  deal     id
  seller   employee
  paid_on  date, counts
  amount   money
commission on amount of deals in order of paid_on, each band at its own rate
  up to 1 000 000: 3%
  up to 2 000 000: 4%
  above            5%
"""
    found = [edge.example for edge in edges(compiled(text)) if edge.example]
    assert [one.splitlines()[0] for one in found] == [
        'example "amount of deals: 500 000 RUB; 1 000 000 RUB"',
        'example "amount of deals: 1 500 000 RUB; 1 000 000 RUB"',
    ]


def plans() -> list[str]:
    shown = [whole(block) for page in pages() for lang in LANGS for block in page.plans(lang)]
    files = [file.read_text("utf-8") for file in sorted(EXAMPLES.glob("*/*.plan"))]
    return [text for text in [*shown, *files] if "table " in text or "таблица " in text]


def test_every_example_that_is_drawn_comes_out_where_it_is_pasted() -> None:
    pasted = 0
    for text in plans():
        plan = read_plan(Source("a.plan", text))
        if isinstance(plan, Compiled) and plan.kernel.sent:
            for example in {edge.example for edge in edges(plan)} - {""}:
                again = read_plan(Source("a.plan", f"{text.rstrip()}\n\n{example}\n"))
                assert isinstance(again, Compiled), (text, example, again)
                assert run(again)[-1].passed, (text, example)
                pasted += 1
    assert pasted > 15


@pytest.mark.parametrize("lang", LANGS)
def test_the_command_line_shows_them(lang: Lang, tmp_path: Path) -> None:
    file = written(tmp_path, "a.plan", f'plan "A"\nversion 1\ncurrency RUB\n{BIG}')
    said = premia("test", file, "--edges", lang=lang).output
    assert "record of deals amount 99 999.99; paid yes; kind pro" in said
    (found,) = data("test", file, "--edges", lang=lang)["results"]
    assert sum("example" in edge for edge in found["edges"]) == 4
