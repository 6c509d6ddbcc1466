"""What the tests are asked on the command line."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--golden` writes what the product says over what it was expected to say; git shows the difference."""
    parser.addoption("--golden", action="store_true", help="rewrite the expected answers")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> bool:
    """Whether expected answers are rewritten."""
    return bool(request.config.getoption("--golden"))
