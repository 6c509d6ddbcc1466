"""The trial of each mutant: by the tests that come to it, and then by whatever stands beside them."""

from __future__ import annotations

import gc
import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import pytest

from .children import answers
from .places import ROOT, Mutant
from .trial import Measured, Trials, file
from .weave import Weaver

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
    """What becomes of each mutant, as it comes out."""
    sound = sorted((one for one in tests if one.passed), key=lambda one: one.turn)
    usual = {one.name: one.seconds for one in sound}
    found = {item.nodeid: item for item in items}
    left: list[Request] = []
    gc.freeze()

    def forked(number: int, answer: Path) -> None:
        trials.switches.clear()
        trials.switches[number] = True
        coming = [found[one.name] for one in sound if number in one.switches]
        answer.write_text(json.dumps(trials.noticing(coming, usual)), "utf-8")

    inside = [number for number, one in enumerate(weaver.mutants) if not one.at_import]
    for number, by in answers(inside, forked, at_once):
        if by == "":
            left.append(
                Request(
                    weaver.mutants[number], {one.name: one.seconds for one in beside(number, trials, sound)}
                )
            )
        else:
            yield noticed(weaver.mutants[number], by)
    for number in weaver.watched:
        named = {one.name: one.seconds for one in sound if -number - 1 in one.switches}
        left.append(Request(weaver.mutants[number], named))
    reached = {switch for one in sound for switch in one.switches}
    for request, by in answers([one for one in left if one.usual], afresh, at_once):
        yield Verdict(request.mutant, "survived") if by == "" else noticed(request.mutant, by)
    for request in left:
        if not request.usual:
            number = weaver.mutants.index(request.mutant)
            yield Verdict(request.mutant, "survived" if number in reached else "unreached")


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
