"""The table as a process of its own runs it: each case asked, what came back, and what it took."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from random import Random
from typing import Protocol, TypedDict, TypeVar

from api.store import registry
from tests.support.work import Work, counted

from .door import Door
from .judge import first_code, judged
from .request import Answer
from .routes import GOOD, TOTAL
from .shelf import kept
from .table import LONG, TABLE, Case

COUNTED = {"bodies"}  # whose work may be more than a moment's


class Row(TypedDict):
    """What became of a case: the status, the code of the first fault, what is wrong, the calls it took."""

    where: str
    what: str
    status: int
    code: str
    wrong: str
    sent: int
    calls: int


class Run(TypedDict):
    """What became of a part of the table, and by how many megabytes its second half made the process grow."""

    rows: list[Row]
    grown: int


class Named(Protocol):
    """A case, whatever runs it: where something hostile comes in, and what it is."""

    @property
    def where(self) -> str: ...

    @property
    def what(self) -> str: ...


C = TypeVar("C", bound=Named)


def chosen(cases: Iterable[C], whole: bool) -> list[C]:
    """All cases; or each place and each hostile thing once, and of the rest one in eight."""
    several = list(cases)
    if whole:
        return several
    Random(0).shuffle(several)  # so that it is not always the first place that a thing comes to
    places: set[str] = set()
    things: set[str] = set()
    found = []
    for number, case in enumerate(several):
        if case.where not in places or case.what not in things or number % 8 == 0:
            found.append(case)
        places.add(case.where)
        things.add(case.what)
    return found


def run(part: str, whole: bool) -> Run:
    """Ask the cases of a part, every other one first, so that each half is of all sorts.

    What stands on the error stream last is the case that ended the process.
    """
    with tempfile.TemporaryDirectory() as directory:
        door = Door(registry(kept(Path(directory)).directory, "main"))
        try:
            cases = chosen((LONG[part] if part in LONG else TABLE[part])(), whole)
            first = [_row(door, case, part in COUNTED) for case in cases[::2]]
            before = most()
            second = [_row(door, case, part in COUNTED) for case in cases[1::2]]
            return {"rows": first + second, "grown": most() - before}
        finally:
            door.close()


def _row(door: Door, case: Case, count: bool) -> Row:
    print(case.where, "×", case.what, file=sys.stderr, flush=True)
    request = case.ask()
    with counted() if count else nullcontext(Work()) as work:
        answer = door.ask(request)
    good = door.ask(GOOD)
    size = len(request.target) + len(request.body) + sum(len(value) for _, value in request.headers)
    return {
        "where": case.where,
        "what": case.what,
        "status": answer.status,
        "code": first_code(answer),
        "wrong": judged(request, answer) or ("" if _is_good(good) else f"after it: {good}"),
        "sent": size,
        "calls": work.calls,
    }


def most() -> int:
    """The most memory that the process held so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def _is_good(answer: Answer) -> bool:
    return answer.status == 200 and bool(json.loads(answer.body)["total"] == TOTAL)
