"""Random search: the properties of the tests at examples never seen, again and again while there is time.

`make search SECONDS=600` loads this into pytest. Nothing here judges a change: it looks for what its tests
should hold. The report has, of each failure, the plan, the facts and how to see it again; and how many
examples each property saw.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator
from itertools import chain
from pathlib import Path
from random import Random
from time import monotonic

import pytest
from hypothesis import settings

REPORT = Path("build") / "search.txt"
ROUND = 20  # seconds; no machine looks at every property in fewer
SEEN = "examples seen"
NUMBERS = re.compile(r"(\d+) (?:passing|failing)")


class Search:
    """One search, in the process that leads and in those that look."""

    def __init__(self, seconds: int, chance: str) -> None:
        self.seconds, self.chance, self.until = seconds, chance, monotonic() + seconds
        self.seen = Counter[str]()
        self.failed: dict[str, str] = {}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Every property, in another order each round; more rounds than there is time for."""
        found = [item for item in items if item.get_closest_marker("hypothesis")]
        config.hook.pytest_deselected(items=[item for item in items if item not in found])
        chance, rounds = Random(self.chance), 1 + self.seconds // ROUND
        items[:] = chain.from_iterable(chance.sample(found, len(found)) for _ in range(rounds))

    def pytest_runtest_setup(self) -> None:
        """What the time does not reach is left."""
        if monotonic() > self.until:
            pytest.skip("the time is spent")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """What a process that looks tells the one that leads."""
        report = yield
        if call.when == "call":
            told = str(getattr(item, "hypothesis_statistics", ""))
            report.user_properties.append((SEEN, sum(map(int, NUMBERS.findall(told)))))
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count what a property saw, and keep the first failure of each."""
        for name, value in report.user_properties:
            if name == SEEN and report.when == "call":
                self.seen[report.nodeid] += int(str(value))
        if report.failed:
            self.failed.setdefault(report.nodeid, report.longreprtext)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Write what was found."""
        lines = [f"{len(self.failed)} of {len(self.seen)} properties failed in {self.seconds} s", ""]
        lines += [f"{count:9}  {name}" for name, count in sorted(self.seen.items())]
        for name, text in sorted(self.failed.items()):
            lines += ["", "=" * 100, name, "", text]
        REPORT.parent.mkdir(exist_ok=True)
        REPORT.write_text("\n".join(lines) + "\n", "utf-8")
        terminalreporter.write_line(f"{lines[0]}: see {REPORT}")


def pytest_addoption(parser: pytest.Parser) -> None:
    """How long to look."""
    parser.addoption("--seconds", type=int, default=600, help="how long to search")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """New examples each time, and the same order of properties in every process of one search."""
    settings.register_profile("search", settings.get_profile("test"), derandomize=False, max_examples=20)
    settings.load_profile("search")
    worker: dict[str, str] = getattr(config, "workerinput", {})
    config.pluginmanager.register(
        Search(config.getoption("--seconds"), worker.get("testrunuid", "")), "searching"
    )
