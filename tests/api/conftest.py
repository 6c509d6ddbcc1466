"""The service that the tests of the doors ask."""

from __future__ import annotations

import pytest

from tests.support.service import Service, served


@pytest.fixture(scope="session")
def service() -> Service:
    """The examples, as they are served to whoever leaves them as they are."""
    return served()
