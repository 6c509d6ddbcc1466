"""The trial of each mutant: by the tests that come to it, and then by whatever stands beside them."""

from __future__ import annotations

import gc
import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate
from pathlib import Path
from typing import Literal

import pytest

from .children import answers
from .places import ROOT, Mutant
from .trial import Measured, Trials, file
from .weave import Weaver

QUICK = 10  # seconds of tests that every mutant is tried by before others are tried longer

Outcome = Literal["noticed", "survived", "unreached", "equivalent"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a mutant: the test that noticed it, or why it is none."""

    mutant: Mutant
    outcome: Outcome
    by: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """What a fresh process is asked: to run these tests with the mutant in force from the start."""

    mutant: Mutant
    usual: dict[str, float]


def measured(trials: Trials, items: Sequence[pytest.Item], at_once: int) -> list[Measured]:
    """Every test with no mutant in force, each file in a child of its own, where no cache is full."""
    files: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        files[file(item.nodeid)].append(item)

    def work(several: list[pytest.Item], answer: Path) -> None:
        found = [(one.name, one.seconds, [*one.switches], one.passed) for one in trials.measured(several)]
        answer.write_text(json.dumps(found), "utf-8")

    made: list[Measured] = []
    for several, found in answers(sorted(files.values(), key=len, reverse=True), work, at_once):
        if not isinstance(found, list):
            raise SystemExit(f"{file(several[0].nodeid)} does not come to its end")
        made += [Measured(name, seconds, frozenset(asked), passed) for name, seconds, asked, passed in found]
    return made


def verdicts(
    trials: Trials, weaver: Weaver, items: Sequence[pytest.Item], tests: Sequence[Measured], at_once: int
) -> Iterator[Verdict]:
    """What becomes of each mutant, as it comes out; as most fail by a quick test, these are run first."""
    sound = sorted((one for one in tests if one.passed), key=lambda one: one.turn)
    usual = {one.name: one.seconds for one in sound}
    found = {item.nodeid: item for item in items}
    gc.freeze()

    def forked(job: tuple[int, Sequence[Measured]], answer: Path) -> None:
        number, several = job
        trials.switches.clear()
        trials.switches[number] = True
        by = trials.noticing([found[one.name] for one in several], usual)
        answer.write_text(json.dumps(by), "utf-8")

    none = len(weaver.mutants)
    for _, by in answers([(none, halves(sound)[0])], forked, 1):
        if by != "":
            raise SystemExit(f"with no mutant in force a child fails by {by}: its words are in the log")
    left = [number for number, one in enumerate(weaver.mutants) if not one.at_import]
    coming = {number: halves([one for one in sound if number in one.switches]) for number in left}
    for half in (0, 1):
        jobs, left = [(number, coming[number][half]) for number in left], []
        for (number, _), by in answers(jobs, forked, at_once):
            if by == "":
                left.append(number)
            else:
                yield noticed(weaver.mutants[number], by)
    requests = [request(weaver, number, beside(number, trials, sound)) for number in left]
    for number in weaver.watched:
        requests.append(request(weaver, number, [one for one in sound if -number - 1 in one.switches]))
    for one, by in answers([one for one in requests if one.usual], afresh, at_once):
        yield Verdict(one.mutant, "survived") if by == "" else noticed(one.mutant, by)
    reached = {weaver.mutants[number] for number in left if any(coming[number])}
    for one in requests:
        if not one.usual:
            yield Verdict(one.mutant, "survived" if one.mutant in reached else "unreached")


def halves(tests: Sequence[Measured]) -> tuple[Sequence[Measured], Sequence[Measured]]:
    """The tests that together take so many seconds, and all the others."""
    ends = accumulate(one.seconds for one in tests)
    quick = sum(end <= QUICK for end in ends)
    return tests[:quick], tests[quick:]


def request(weaver: Weaver, number: int, tests: Iterable[Measured]) -> Request:
    """The trial of a mutant by some tests in a fresh process."""
    return Request(weaver.mutants[number], {one.name: one.seconds for one in tests})


def noticed(mutant: Mutant, by: object) -> Verdict:
    """The verdict on a mutant that a test fails by, or that ends the process or never ends."""
    return Verdict(mutant, "noticed", by if isinstance(by, str) else "the end of the process")


def beside(number: int, trials: Trials, sound: Sequence[Measured]) -> Iterator[Measured]:
    """The tests that a mutant may reach by what others keep: a fixture, a cache, a name of their file."""
    files = {file(one.name) for one in sound if number in one.switches}
    read = {name for name, switches in trials.collected.items() if number in switches}
    for one in sound:
        if file(one.name) in read or (file(one.name) in files and number not in one.switches):
            yield one


def afresh(request: Request, answer: Path) -> None:
    """Become a fresh process that answers a request."""
    asked = answer.with_name("request.json")
    asked.write_text(json.dumps(asdict(request)), "utf-8")
    os.chdir(ROOT)
    os.execv(sys.executable, [sys.executable, "-m", "mutants.fresh", str(asked), str(answer)])
