"""Plans compared: two of a change, and all of a folder between two commits of a repository."""

from __future__ import annotations

from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

import pygit2

from api import diff as comparing
from api.diff import Pair
from api.files import FileEntry, People
from api.store import gather
from dsl.source import Source
from engine.compile import read_plan
from engine.facts import Person

from .growth import kpis
from .rounds import Effort, interleaved, repeated
from .table import Report, Row, seconds

TOPIC = "a change of plans"
PLANS = 500  # of the repository
CHANGED = 10  # of them, by the last commit
CLAUSES = 30  # of a plan
PEOPLE = 20


def report(effort: Effort) -> Report:
    """The topic, measured; the peer is to read both plans, which nobody can do without."""
    old, new = kpis(CLAUSES), kpis(CLAUSES).replace("cutoff 80%", "cutoff 85%", 3)
    with TemporaryDirectory() as folder:
        plans = 20 if effort.quick else PLANS
        committed(Path(folder), plans)
        works = {
            "read": repeated(lambda: (read_plan(Source("old", old)), read_plan(Source("new", new))), 1),
            "meaning and money": repeated(lambda: compared(old, new, ()), 1),
            "and people": repeated(lambda: compared(old, new, crowd()), 1),
            "folder": repeated(lambda: folders(Path(folder)), 1),
        }
        times = interleaved(works, min(effort.rounds, 3))
    rows = [
        Row(
            TOPIC,
            work,
            seconds(times.of(name)),
            "parse + check + lower of both",
            seconds(times.of("read")),
            times.ratio(name, "read"),
            "its time",
        )
        for name, work in (
            ("meaning and money", f"diff of two plans of {CLAUSES} clauses"),
            ("and people", f"… with {PEOPLE} people, the cost split among 3 changes"),
        )
    ]
    work = f"diff of two commits of {plans} plans, {min(CHANGED, plans)} changed"
    rows.append(
        Row(TOPIC, work, seconds(times.of("folder")), "a second", "1 s", times.of("folder"), "its time")
    )
    return Report(TOPIC, tuple(rows))


def compared(old: str, new: str, people: tuple[FileEntry, ...]) -> object:
    """Two texts compared."""
    before, after = (
        comparing.side(name, None, Source(name, text)) for name, text in (("old", old), ("new", new))
    )
    return comparing.document([Pair("plan", before, after, People(iter(people)) if people else None)], "en")


def crowd() -> tuple[FileEntry, ...]:
    """People with every fact that such a plan asks for."""
    sections = CLAUSES // 10
    facts = {f"k{section}_{kpi}": str(80 + 5 * kpi) for section in range(sections) for kpi in range(9)}
    facts |= {f"m{section}": "150000" for section in range(sections)}
    return tuple(FileEntry(Person(str(number), "2025-07", facts)) for number in range(PEOPLE))


def committed(folder: Path, plans: int) -> None:
    """A repository of so many plans with two commits, the second of which changes a few."""
    repository = pygit2.init_repository(str(folder))
    for commit in range(2):
        for number in range(plans):
            changed = commit and number < CHANGED
            text = kpis(CLAUSES).replace('"Long"', f'"Long {number}"')
            text = text.replace("cutoff 80%", "cutoff 85%", 1) if changed else text
            (folder / f"plan{number}.plan").write_text(text, "utf-8")
        repository.index.add_all()
        tree = repository.index.write_tree()
        author = pygit2.Signature("HR", "hr@example.org")
        parents = [repository.head.target] if commit else []
        repository.create_commit("HEAD", author, author, "plans", tree, parents)


def folders(folder: Path) -> object:
    """All plans of the first commit against those of the second, in the folder of the repository."""
    with chdir(folder):
        sides = [{plan.id: plan for plan in gather([f"{revision}:"])[0]} for revision in ("HEAD~1", "HEAD")]
        pairs = []
        for plan, old in sides[0].items():
            texts = [one.read() for one in (old, sides[1][plan])]
            if len({text.typed if isinstance(text, Source) else plan for text in texts}) > 1:
                before, after = (comparing.side(plan, None, text) for text in texts)
                pairs.append(Pair(plan, before, after))
        return comparing.document(pairs, "en")
