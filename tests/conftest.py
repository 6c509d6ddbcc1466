"""What the tests are asked on the command line."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

# The same examples each time, for whoever asks: nothing is kept from an earlier run, and no clock decides.
settings.register_profile(
    "verdict",
    derandomize=True,
    database=None,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("verdict")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--golden` writes what the product says over what it was expected to say; git shows the difference."""
    parser.addoption("--golden", action="store_true", help="rewrite the expected answers")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> bool:
    """Whether expected answers are rewritten."""
    return bool(request.config.getoption("--golden"))
