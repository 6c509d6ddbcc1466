"""The verdict of the tests is one: no clock, no chance and no neighbour has a part in it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.work import ApartError, apart, counted, weighed

TESTS = Path(__file__).parent
# A random search spends the time that it is given; and what the service does when its time runs out, or while
# nobody answers, is asked of a service that waits. None of them decides by how long it took.
WAITING = {TESTS / name for name in ("search.py", "loopback.py", "test_workers.py")}
FILES = sorted({*TESTS.rglob("*.py")} - WAITING)
# What reads a clock, whatever it is called on; and what does on a date.
CLOCKS = {"monotonic", "perf_counter", "process_time", "thread_time", "time_ns", "sleep"}
DAYS = {
    f"{of}.{name}"
    for of in ("date", "datetime", "datetime.date", "datetime.datetime")
    for name in ("now", "today", "utcnow")
}


def chances(module: ast.Module) -> Iterator[str]:
    """What could be otherwise another time."""
    for node in ast.walk(module):
        match node:
            case ast.Import(names=names) if any(alias.name in {"time", "secrets"} for alias in names):
                yield ast.unparse(node)
            case ast.ImportFrom(module="time" | "secrets" | "timeit"):
                yield ast.unparse(node)
            case ast.ImportFrom(module="random", names=names) if {alias.name for alias in names} != {
                "Random"
            }:
                yield ast.unparse(node)
            case ast.Attribute(attr=name) if name in CLOCKS or ast.unparse(node) in DAYS:
                yield ast.unparse(node)
            case ast.Call(func=ast.Name(id="Random"), args=[]):
                yield ast.unparse(node)
            case ast.keyword(arg="timeout" | "deadline" | "use_true_random", value=value) if not (
                isinstance(value, ast.Constant) and value.value in {None, False}
            ):
                yield ast.unparse(node)
            case _:
                pass


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(TESTS).as_posix())
def test_no_test_reads_a_clock_or_leaves_anything_to_chance(path: Path) -> None:
    """Work is counted, waiting is for what happens, and a random number has its seed."""
    assert [*chances(ast.parse(path.read_text("utf-8")))] == []


def test_the_scan_finds_clocks_and_chance() -> None:
    """Each way to read the one or to leave something to the other."""
    lines = [
        "import time",
        "from time import monotonic",
        "from random import choice",
        "Random()",
        "date.today()",
    ]
    for line in (
        *lines,
        "process.wait(timeout=60)",
        "randoms(use_true_random=True)",
        "settings(deadline=200)",
    ):
        assert len([*chances(ast.parse(line))]) == 1, line


# ── Work that is measured ────────────────────────────────────────────────────────────────────────────────


def loop(turns: int) -> int:
    """So many calls."""
    return sum(1 for turn in range(turns) if abs(turn) == turn)


def test_work_is_counted_the_same_each_time() -> None:
    """In calls: of Python and of C."""
    counts = set[int]()
    for _ in range(3):
        with counted() as work:
            loop(1000)
        counts.add(work.calls)
    (calls,) = counts
    assert 2000 <= calls < 2020


def test_memory_is_weighed_at_its_most() -> None:
    """What was let go of before the end as well."""
    with weighed() as held:
        assert len(bytes(5_000_000)) == 5_000_000
    assert 5_000_000 <= held.peak < 5_100_000


def test_a_function_runs_in_a_process_of_its_own() -> None:
    """And what it gives comes back; one that will not end, or that takes too much, is ended there."""
    assert apart("tests.test_verdict:loop", 5, seconds=60, megabytes=2000) == 5
    with pytest.raises(ApartError, match="-"):
        apart("tests.test_verdict:endless", seconds=1, megabytes=2000)
    with pytest.raises(ApartError, match="MemoryError"):
        apart("tests.test_verdict:greedy", seconds=60, megabytes=500)


def endless() -> None:
    """Never done."""
    while True:
        pass


def greedy() -> None:
    """More than there may be."""
    bytes(1 << 30)
