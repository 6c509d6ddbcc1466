"""Tables of facts as Excel, 1C and CRM write them: each is paid right and says how it was read, or refused.

What is right stands in `tests/tables/expected.toml`; it was decided before the product could read them.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli.commands import app
from dsl.words import LANGS, Lang
from tests.support.places import TESTS

TABLES = TESTS / "tables"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((TABLES / "expected.toml").read_text("utf-8"))
FEWEST = 100  # tables


@dataclass
class Came:
    """What came of a table: totals by employee, codes of what was said, refusals with their lines, words."""

    paid: dict[str, str] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)
    refused: list[tuple[str, int]] = field(default_factory=list)
    words: str = ""


def came(name: str, lang: Lang) -> Came:
    """What the command line makes of a table."""
    case, found = EXPECTED[name], Came()
    plan, facts = TABLES / "plans" / f"{case['plan']}.plan", TABLES / "files" / case["file"]
    command = ["evaluate", str(plan), "--facts", str(facts), "--json", "--lang", lang]
    result = CliRunner().invoke(app, command)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    whole = json.loads(result.stdout)
    found.said |= {notice["code"] for notice in whole.get("notices", [])}
    for one in whole.get("results", [whole]):
        if "total" in one:
            assert one["employee"] not in found.paid
            found.paid[one["employee"]] = one["total"]
            found.said |= {fault["code"] for fault in one["warnings"]}
            if one["presumed"]:
                found.said.add("presumed")
            continue
        for fault in one["faults"]:
            if fault["severity"] == "error":
                found.refused.append((fault["code"], one.get("line") or 0))
                found.words += f"{fault['text']} {fault['advice']}\n"
    return found


def test_there_are_as_many_as_were_promised() -> None:
    russian = [case for case in EXPECTED.values() if "валюта" in _plan(case)]
    assert len(EXPECTED) >= FEWEST
    assert 2 * len(russian) >= len(EXPECTED)
    assert {case["file"] for case in EXPECTED.values()} == {
        path.name for path in (TABLES / "files").iterdir()
    }


@pytest.mark.parametrize("name", EXPECTED)
def test_a_table_is_paid_right_or_refused_with_a_repair(name: str) -> None:
    case = EXPECTED[name]
    own: Lang = "ru" if "валюта" in _plan(case) else "en"
    for lang in LANGS if "offers" in case else (own,):
        found = came(name, lang)
        assert found.paid == case.get("paid", {})
        assert sorted(found.refused) == sorted((code, line) for code, line in case.get("refused", []))
        assert found.said >= set(case.get("says", []))
        assert [one for one in case.get("offers", []) if one not in found.words] == []


def _plan(case: dict[str, Any]) -> str:
    return (TABLES / "plans" / f"{case['plan']}.plan").read_text("utf-8")
