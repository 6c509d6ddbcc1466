"""A repository of many plans with a long history: how long starting, listing and answering take."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pygit2
from pygit2.enums import FileMode

from api.store import Registry, Shelf, registry
from dsl.faults import Fault
from dsl.period import period

from .people import PLAN
from .rounds import FULL, Effort
from .table import Report, Row, seconds

PLANS, COMMITS = 500, 2000
QUICK_PLANS, QUICK_COMMITS = 50, 200


def repository(directory: Path, plans: int, commits: int) -> Path:
    """A bare repository: a commit with all the plans, and then one change of one plan in each further commit.

    Every change is a version of its own, in effect a month after the one before. The commit in the middle is
    tagged `middle`.
    """
    git = pygit2.init_repository(str(directory), bare=True, initial_head="main")
    text = PLAN.read_text("utf-8")
    index, tip, made = pygit2.Index(), None, [0] * plans
    for commit in range(commits):
        for number in range(plans) if commit == 0 else [commit % plans]:
            made[number] += 1
            name = f"plans/{number % 20:02}/plan-{number:03}.plan"
            blob = git.create_blob(written(text, number, made[number]).encode())
            index.add(pygit2.IndexEntry(name, blob, FileMode.BLOB))
        who = pygit2.Signature("Bench", "bench@example.org", 1_700_000_000 + 3600 * commit, 180)
        tree = index.write_tree(git)
        tip = git.create_commit("refs/heads/main", who, who, f"commit {commit}", tree, [tip] if tip else [])
        if commit == commits // 2:
            git.references.create("refs/tags/middle", tip)
    return directory


def written(text: str, plan: int, version: int) -> str:
    """The reference plan as one of many, in one of its versions."""
    year, month = 2020 + (version - 1) // 12, (version - 1) % 12 + 1
    heads = {
        "version ": f"version {version}",
        "in effect from ": f"in effect from {year}-{month:02}-01",
        "plan ": f'plan "Plan {plan}"',
    }
    rows = [
        next((new for head, new in heads.items() if row.startswith(head)), row) for row in text.splitlines()
    ]
    return "\n".join(rows) + "\n"


def report(effort: Effort) -> Report:
    """The rows: each against reading the plain files of the last commit once."""
    plans, commits = (PLANS, COMMITS) if effort is FULL else (QUICK_PLANS, QUICK_COMMITS)
    with tempfile.TemporaryDirectory() as folder:
        kept = repository(Path(folder) / "plans.git", plans, commits)
        files = Path(folder) / "files"
        git = pygit2.Repository(str(kept))
        files.mkdir()
        git.checkout("refs/heads/main", directory=str(files), strategy=pygit2.enums.CheckoutStrategy.FORCE)
        peer, _ = timed(lambda: registry(files))
        start, opened = timed(lambda: registry(kept, "main"))
        assert isinstance(opened, Registry)
        shelf = opened.shelf
        work = (
            ("start", start),
            ("list the plans", timed(lambda: listed(shelf))[0]),
            ("list the plans of an old revision", timed(lambda: listed(shelf.revised("middle")))[0]),
            ("answer as of an old revision, first", timed(lambda: shelf.as_of("plan-001", "middle"))[0]),
            ("answer as of a period, first", timed(lambda: at(shelf))[0]),
            ("answer as of a period, again", timed(lambda: at(shelf))[0]),
        )
    against = "read its plain files once"
    name = f"{plans} plans, {commits} commits"
    rows = tuple(
        Row("history", f"{name}: {what}", seconds(own), against, seconds(peer), own / peer, "its time")
        for what, own in work
    )
    return Report("history", rows)


def listed(shelf: Shelf | Fault) -> int:
    """The plans of a shelf, each with its heading."""
    assert isinstance(shelf, Shelf)
    return sum(entry.ready for entry in shelf.entries)


def at(shelf: Shelf) -> object:
    """The first version of a plan, which is in effect for a month."""
    found = shelf.at("plan-001", period("2020-01"))
    assert not isinstance(found, Fault)
    return found.compiled


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """How many seconds a piece of work took, and what came of it."""
    begun = time.perf_counter()
    made = work()
    return time.perf_counter() - begun, made
