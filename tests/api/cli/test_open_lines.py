"""A line that waits for a colleague's fact stays open in a file of answers, and the command says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from dsl.words import LANGS, Lang
from tests.support.cli import data, premia, written
from tests.support.team import PLAN, table


def test_a_table_has_an_empty_cell(tmp_path: Path) -> None:
    plan, facts = written(tmp_path, "team.plan", PLAN), written(tmp_path, "july.csv", table())
    out = tmp_path / "paid.csv"
    found = premia("evaluate", plan, "--facts", facts, "--out", out)
    assert found.exit_code == 1
    assert "this is not all: people with lines that stay open: 1" in found.stderr
    _, a, c, total = out.read_text("utf-8").splitlines()
    assert a.startswith('a,2025-07,10.00,40.00,,50.00,"P582: ')
    assert c == "c,2025-07,0.50,0.50,10.00,11.00,"
    assert total == "Total,,10.50,40.50,10.00,61.00,this is not all: people with lines that stay open: 1"


@pytest.mark.parametrize("lang", LANGS)
def test_statements_say_it_at_their_end(tmp_path: Path, lang: Lang) -> None:
    plan, facts = written(tmp_path, "team.plan", PLAN), written(tmp_path, "july.csv", table())
    said = {"en": "people with lines that stay open: 1", "ru": "людей со строками, которые ждут: 1"}
    assert said[lang] in premia("evaluate", plan, "--facts", facts, lang=lang).stdout


def test_data_count_them(tmp_path: Path) -> None:
    plan, facts = written(tmp_path, "team.plan", PLAN), written(tmp_path, "july.csv", table())
    found = data("evaluate", plan, "--facts", facts, code=1)
    assert (found["paid"], found["unpaid"], found["open"]) == (2, 1, 1)
    assert "open" in found["results"][0]
