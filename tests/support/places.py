"""Where the tests find what they read: the project, its examples, and the files that lie beside the tests."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
PLANS = sorted(EXAMPLES.rglob("*.plan"))
IVANOV = EXAMPLES / "ivanov" / "ivanov.plan"
FACTS = IVANOV.with_suffix(".json")
TESTS = ROOT / "tests"
GOLDEN = TESTS / "golden"
CASES = sorted(TESTS.joinpath("cases").glob("*.plan"))
