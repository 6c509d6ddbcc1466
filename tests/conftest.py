"""What the tests are asked on the command line."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# Where a change is judged, the same examples each time; on a developer's machine, new ones each time.
settings.register_profile("judged", derandomize=True, print_blob=True)
if os.environ.get("CI"):
    settings.load_profile("judged")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--golden` writes what the product says over what it was expected to say; git shows the difference."""
    parser.addoption("--golden", action="store_true", help="rewrite the expected answers")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> bool:
    """Whether expected answers are rewritten."""
    return bool(request.config.getoption("--golden"))
