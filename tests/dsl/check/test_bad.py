"""Broken plans, each with its reports in both languages as they are drawn."""

from __future__ import annotations

import pytest

from dsl.check import check
from dsl.faults import Fault, draw
from dsl.parse import parse
from dsl.source import Source
from dsl.words import LANGS, Lang
from tests.support.answers import wrong
from tests.support.places import TESTS

ROOM = TESTS / "bad"
PLANS = sorted(path.stem for path in ROOM.glob("*.plan"))
BETWEEN = "\n" + "─" * 4 + "\n\n"


def faults_of(source: Source, lang: Lang) -> tuple[Fault, ...]:
    """All that is wrong with a plan, for a reader of a language."""
    return wrong(check(parse(source)), lang)


def reports(source: Source) -> str:
    """What is said about a plan: everything in English, then everything in Russian."""
    several = ((lang, faults_of(source, lang)) for lang in LANGS)
    return BETWEEN.join(
        "\n\n".join(draw(fault, source, lang) for fault in faults) + "\n" for lang, faults in several
    )


@pytest.mark.parametrize("slug", PLANS)
def test_reports(slug: str, golden: bool) -> None:
    """A broken plan is reported as it was when somebody last looked at its reports."""
    plan, report = ROOM / f"{slug}.plan", ROOM / f"{slug}.report"
    said = reports(Source(plan.name, plan.read_text("utf-8")))
    if golden:
        report.write_text(said, "utf-8")
    assert said == report.read_text("utf-8")


def test_every_report_has_its_plan() -> None:
    """No report is left of a plan that is gone."""
    assert sorted(path.stem for path in ROOM.glob("*.report")) == PLANS
