"""The verdict of the tests is one: no clock, no chance and no neighbour has a part in it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import configured
from tests.support.chances import CHANCE, Chance
from tests.support.places import ROOT, TESTS
from tests.support.work import ApartError, apart, counted, weighed

# A random search spends the time that it is given, and decides nothing by it.
FILES = sorted({*TESTS.rglob("*.py")} - {TESTS / "support" / "search.py"})
# What reads a clock, whatever it is called on; and what does on a date.
CLOCKS = {
    "monotonic",
    "perf_counter",
    "process_time",
    "thread_time",
    "time_ns",
    "sleep",
    "settimeout",
    "fail_after",
    "move_on_after",
}
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
            case ast.Call(
                func=ast.Attribute(attr="wait" | "join" | "poll"), args=[ast.Constant(value=int() | float())]
            ):
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
        "process.wait(60)",
        "client.settimeout(60)",
        "randoms(use_true_random=True)",
        "settings(deadline=200)",
    ):
        assert len([*chances(ast.parse(line))]) == 1, line


def neighbours(module: ast.Module) -> Iterator[str]:
    """The files of tests that a file needs besides itself, and where it looks for others by where it lies."""
    for node in ast.walk(module):
        match node:
            case ast.ImportFrom(module=str(name)) if name.rpartition(".")[2].startswith("test_"):
                yield name
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                yield from (one.name for one in names if re.search(r"\btest_", one.name))
            case ast.Name(id="__file__"):
                yield "__file__"
            case _:
                pass


def test_no_file_of_tests_needs_another() -> None:
    """What several need is in `tests/support`, where `places` alone knows which file lies where."""
    needed = {
        path.relative_to(TESTS).as_posix(): found
        for path in TESTS.rglob("*.py")
        if (found := [*neighbours(ast.parse(path.read_text("utf-8")))])
    }
    assert needed == {"support/places.py": ["__file__"]}


def test_every_room_is_in_the_table() -> None:
    """Whoever asks where a thing is tested finds each folder."""
    rooms = {path.parent.relative_to(TESTS).as_posix() for path in TESTS.rglob("test_*.py")}
    assert rooms <= {*re.findall(r"\| `([a-z/]+)/` \|", (TESTS / "README.md").read_text("utf-8"))}


def test_the_scan_finds_neighbours() -> None:
    """Each way to name one."""
    for line in ("import tests.api.test_web", "from tests.api import test_web", "from .test_web import one"):
        assert len([*neighbours(ast.parse(line))]) == 1, line


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
    assert apart("tests.house.test_verdict:loop", 5, seconds=60, megabytes=2000) == 5
    with pytest.raises(ApartError, match="-"):
        apart("tests.house.test_verdict:endless", seconds=1, megabytes=2000)
    with pytest.raises(ApartError, match="MemoryError"):
        apart("tests.house.test_verdict:greedy", seconds=60, megabytes=500)


def endless() -> None:
    """Never done."""
    while True:
        pass


def greedy() -> None:
    """More than there may be."""
    bytes(1 << 30)


# ── Examples that hang on nothing but their test ─────────────────────────────────────────────────────────


def drawn(neighbours: list[str]) -> list[str]:
    """The examples of a property as `make test` draws them, with some rooms imported besides."""
    for name in neighbours:
        import_module(name)
    configured(soak=False)
    found: list[str] = []

    @given(st.integers(), st.text(), CHANCE)
    def kept(number: int, text: str, chance: Chance) -> None:
        found.append(f"{number} {text!r} {chance.number}")

    kept()
    return found


def test_no_example_hangs_on_neighbours_or_on_the_hash_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else is imported, in whichever process, the same are drawn."""
    seen = []
    for seed, neighbours in (("0", []), ("1", ["api.web", "engine.analyse"]), ("2", ["bench"])):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        seen.append(apart("tests.house.test_verdict:drawn", neighbours, seconds=120, megabytes=4000))
    assert seen[0] == seen[1] == seen[2]
    assert isinstance(seen[0], list)
    assert len(seen[0]) == 100


# ── Each room by itself ──────────────────────────────────────────────────────────────────────────────────

ROOMS = sorted(
    ".".join(path.relative_to(ROOT).parts)
    for top in ("dsl", "engine", "api")
    for path in [ROOT / top, *(ROOT / top).iterdir()]
    if (path / "__init__.py").exists()
)


def test_a_room_brings_the_words_of_its_faults() -> None:
    """Whoever raises a fault can tell it, whatever else is imported."""
    untold = apart("tests.support.rooms:untold", ROOMS, seconds=120, megabytes=4000)
    assert untold == {room: [] for room in ROOMS}
