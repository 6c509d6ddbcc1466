"""What the tests are asked on the command line, and how much they look at.

`make test` judges: the same examples each time, wherever and in whatever company. `make soak` looks at ten
times as many and runs what is marked as long. `make search` draws new ones, for as long as it is told.
"""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.internal.conjecture import engine, providers

# No clock decides (a deadline, a check of how long drawing takes), and nothing is kept from an earlier run.
settings.register_profile(
    "test",
    max_examples=100,
    derandomize=True,
    database=None,
    deadline=None,
    print_blob=True,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
settings.register_profile("soak", settings.get_profile("test"), max_examples=1000)

# Hypothesis takes numbers for its examples from the code of the project that happens to be imported by then:
# a test had other examples alone than in company, and a change in one room changed the examples of all.
patch.object(providers, "_get_local_constants", lambda: providers._local_constants).start()
# A failure is told in seconds: making it smaller took five minutes of a plan with hundreds of choices in it.
patch.object(engine, "MAX_SHRINKS", 50).start()
patch.object(engine, "MAX_SHRINKING_SECONDS", 30).start()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--golden` writes what the product says over what it was expected to say; git shows the difference."""
    parser.addoption("--golden", action="store_true", help="rewrite the expected answers")
    parser.addoption("--soak", action="store_true", help="ten times the examples, and the long tests")


def pytest_configure(config: pytest.Config) -> None:
    """How much is looked at is settled before a test is read, since each says its own share of it."""
    config.addinivalue_line("markers", "soak: takes long, and has a shorter form that `make test` runs")
    configured(soak=config.getoption("--soak"))


def configured(*, soak: bool) -> None:
    """Load how much is looked at."""
    settings.load_profile("soak" if soak else "test")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The long tests are for `--soak`."""
    long = [item for item in items if item.get_closest_marker("soak")]
    if long and not config.getoption("--soak"):
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> bool:
    """Whether expected answers are rewritten."""
    return bool(request.config.getoption("--golden"))
