"""Where the tests find what they read: the project, its examples, and the files that lie beside the tests."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
IVANOV = EXAMPLES / "ivanov" / "ivanov.plan"
TESTS = ROOT / "tests"
GOLDEN = TESTS / "golden"
