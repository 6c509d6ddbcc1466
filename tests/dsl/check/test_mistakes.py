"""Mistakes as people make them, each with the reports that its author is shown."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from dsl.check import check
from dsl.faults import draw, has_errors
from dsl.parse import parse
from dsl.source import Source
from tests.support.answers import wrong
from tests.support.places import TESTS

FILES = sorted(TESTS.joinpath("bad", "mistakes").glob("*.toml"))


def mistakes(path: Path) -> list[dict[str, Any]]:
    """The mistakes of a file."""
    found: list[dict[str, Any]] = tomllib.loads(path.read_text("utf-8"))["mistake"]
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_mistake_is_reported_as_somebody_last_read_it(path: Path, golden: bool) -> None:
    """To its author, in the author's language."""
    said = ""
    for one in mistakes(path):
        source = Source("plan", one["plan"])
        faults = wrong(check(parse(source)), one["lang"])
        reports = "\n\n".join(draw(fault, source, one["lang"]) for fault in faults)
        said += f"──── {one['name']}\n{reports or 'nothing'}\n\n"
    reports_of = path.with_suffix(".report")
    if golden:
        reports_of.write_text(said, "utf-8")
    assert said == reports_of.read_text("utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_right_line_is_one(path: Path) -> None:
    """With the line that is wanted no error is left, but that a file beside the plan is not there."""
    for one in mistakes(path):
        if right := one.get("fix"):
            lines = one["plan"].split("\n")
            lines[one["line"] - 1] = right
            faults = wrong(check(parse(Source("plan", "\n".join(lines)))), one["lang"])
            assert not has_errors(fault for fault in faults if fault.code != "P153"), one["name"]


def test_every_report_has_its_mistakes() -> None:
    """No report is left of a file that is gone."""
    assert [path.with_suffix(".report") for path in FILES] == sorted(FILES[0].parent.glob("*.report"))
