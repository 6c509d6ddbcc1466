"""Tests as they are run against mutants: by pytest, from a process that has collected them."""

from __future__ import annotations

import os
import resource
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pytest

from .weave import Switches

# How pytest is started. The tests of the contract start a thread as they are collected, which no fork takes
# along; those of the workers hold the answers of processes without mutants against those of this one; hostile
# requests are answered by processes that know no mutants. What is printed goes to the log, so that no two
# children share a file that pytest reads back.
STARTED = (
    "-p",
    "no:cacheprovider",
    "--capture=no",
    "--ignore=tests/api/web/test_contract.py",
    "--ignore=tests/api/web/test_workers.py",
    "--ignore=tests/api/web/test_hostile_soak.py",
    "--ignore=tests/api/test_hostile_table.py",
)
# A test is stopped as a runaway at so many times its usual processor time, and this many seconds.
PATIENCE, SECONDS = 20, 10


@dataclass(frozen=True, slots=True)
class Measured:
    """A test run with no mutant in force: its processor time and the switches that it asked for."""

    name: str
    seconds: float
    switches: frozenset[int]
    passed: bool

    @property
    def turn(self) -> tuple[int, str, float]:
        """Fast ones first; of those about as fast, the ones of a file together: they share its fixtures."""
        return int(self.seconds * 50).bit_length(), file(self.name), self.seconds


class Trials:
    """The plugin of pytest that hands the tests collected to a loop of its own."""

    def __init__(self, switches: Switches, loop: Callable[[list[pytest.Item]], None]) -> None:
        self.switches, self.loop = switches, loop
        self.failed = False
        # What the reading of a file of tests asks for, by the file.
        self.collected: dict[str, frozenset[int]] = {}

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self) -> None:
        """Of random tests the first failure is enough."""
        # Not before pytest, which rewrites its asserts.
        from hypothesis import HealthCheck, Phase, settings

        phases, checks = (Phase.explicit, Phase.generate), [*HealthCheck]
        settings.register_profile("mutants", phases=phases, suppress_health_check=checks)
        settings.load_profile("mutants")

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(self, collector: pytest.Collector) -> Iterator[None]:
        """Keep what the reading of a file of tests asks for."""
        before = {*self.switches}
        if isinstance(collector, pytest.Module):
            self.switches.clear()
            self.switches.watching = True
        report = yield
        self.switches.watching = False
        if isinstance(collector, pytest.Module):
            self.collected[file(collector.nodeid)] = frozenset(self.switches)
            self.switches.update(dict.fromkeys(before, False))
        return report

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Everything that is done with the tests."""
        if session.testsfailed:
            raise session.Interrupted("some tests cannot be collected")
        if threading.active_count() > 1:
            raise session.Interrupted("a thread was started as tests were collected: no child would have it")
        self.loop(session.items)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep in mind that a test has failed, and its words in the log."""
        if report.failed:
            self.failed = True
            print(report.longreprtext, flush=True)

    def passes(self, item: pytest.Item, following: pytest.Item | None) -> bool:
        """Whether a test passes."""
        self.failed = False
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        return not self.failed

    def measured(self, items: Sequence[pytest.Item]) -> Iterator[Measured]:
        """Tests run with no mutant in force."""
        self.switches.watching = True
        for item, following in followed(items):
            self.switches.clear()
            before = spent()
            passed = self.passes(item, following)
            yield Measured(item.nodeid, round(spent() - before, 3), frozenset(self.switches), passed)

    def noticing(self, items: Sequence[pytest.Item], usual: dict[str, float]) -> str:
        """The first test that fails, or nothing."""
        for item, following in followed(items):
            limit = int(time.process_time() + PATIENCE * usual[item.nodeid]) + SECONDS
            resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
            if not self.passes(item, following):
                return item.nodeid
        return ""


def followed(items: Sequence[pytest.Item]) -> Iterator[tuple[pytest.Item, pytest.Item | None]]:
    """Tests, each with the one after it, for which pytest keeps the fixtures."""
    return zip(items, [*items[1:], None], strict=False)


def spent() -> float:
    """The processor time of this process and of its children."""
    return sum(os.times()[:4])


def file(name: str) -> str:
    """The file that a test stands in."""
    return name.partition("::")[0]
