"""Where the tests find what they read: the project, its examples, and the files that lie beside the tests."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
PLANS = sorted(EXAMPLES.rglob("*.plan"))
# Those of facts alone: what records come to has no curve in a fact of somebody's.
OF_FACTS = [
    path for path in PLANS if not re.search(r"^(table|таблица) ", path.read_text("utf-8"), re.MULTILINE)
]
IVANOV = EXAMPLES / "ivanov" / "ivanov.plan"
FACTS = IVANOV.with_suffix(".json")
TESTS = ROOT / "tests"
GOLDEN = TESTS / "golden"
CASES = sorted(TESTS.joinpath("cases").glob("*.plan"))
