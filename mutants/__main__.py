"""`python -m mutants`: what share of small mistakes in what reckons and checks the tests notice."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import TextIO

import pytest

from .judge import Verdict, measured, verdicts
from .places import ROOT, TRIED, Mutant, mutants, sampled
from .report import drawn, equivalents, line
from .trial import STARTED, Measured, Trials
from .weave import Weaver

SEED = 8
BUILD = ROOT / "build" / "mutants"
REPORT = BUILD / "report.json"
READ = ("api", "dsl", "engine", "grammars", "examples", "tests", "docs", "mutants", "pyproject.toml")


def main() -> None:
    """The command line."""
    options = argparse.ArgumentParser(prog="python -m mutants", description=__doc__)
    options.add_argument("count", nargs="?", type=int, default=300, help="how many mutants (default: 300)")
    options.add_argument("--seed", type=int, default=SEED, help=f"which ones are drawn (default: {SEED})")
    options.add_argument(
        "--tests", nargs="+", default=["tests"], help="the tests to try them by (default: all)"
    )
    options.add_argument("--of", nargs="+", default=TRIED, help="the files and rooms they are drawn from")
    options.add_argument(
        "--again", action="store_true", help="those alone that the last report has as not noticed"
    )
    options.add_argument(
        "--at-once", type=int, default=os.cpu_count() or 1, help="processes (default: one a core)"
    )
    asked = options.parse_args()
    known = equivalents()
    chosen = unnoticed() if asked.again else sampled(asked.count, asked.seed, asked.of)
    done = [Verdict(one, "equivalent", known[one.known_by]) for one in chosen if one.known_by in known]
    weaver = Weaver([one for one in chosen if one.known_by not in known])
    weaver.install()
    BUILD.mkdir(parents=True, exist_ok=True)
    screen = aside(BUILD / "pytest.log")

    def loop(items: list[pytest.Item]) -> None:
        tests = remembered(trials, weaver, items, asked.at_once)
        for one in tests:
            if not one.passed:
                print(f"  fails without a mutant: {one.name}", file=screen)
        for verdict in verdicts(trials, weaver, items, tests, asked.at_once):
            done.append(verdict)
            print(f"{len(done):4}/{len(chosen)}  {line(verdict)}", file=screen, flush=True)

    trials = Trials(weaver.switches, loop)
    pytest.main([*asked.tests, *STARTED], plugins=[trials])
    if len(done) < len(chosen):
        raise SystemExit(f"the tests cannot be run: see {BUILD / 'pytest.log'}")
    done.sort(key=lambda one: chosen.index(one.mutant))
    REPORT.write_text(json.dumps([asdict(one) for one in done], indent=1, ensure_ascii=False), "utf-8")
    print(drawn(done), file=screen)


def aside(log: Path) -> TextIO:
    """The screen; what pytest and the tests print goes to a file instead."""
    screen = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    with log.open("w") as written:
        os.dup2(written.fileno(), sys.stdout.fileno())
        os.dup2(written.fileno(), sys.stderr.fileno())
    return screen


def unnoticed() -> list[Mutant]:
    """The mutants of the last report that no test noticed and that are still there."""
    report = json.loads(REPORT.read_text("utf-8"))
    missed = [Mutant(**one["mutant"]) for one in report if one["outcome"] in {"survived", "unreached"}]
    names = {one.known_by for one in missed}
    found = {one.known_by: one for file in {one.file for one in missed} for one in mutants(file)}
    return [found[name] for name in names if name in found]


def remembered(trials: Trials, weaver: Weaver, items: Sequence[pytest.Item], at_once: int) -> list[Measured]:
    """What every test comes to, kept as long as no file is changed."""
    read = sha256(repr((weaver.mutants, [item.nodeid for item in items])).encode())
    for path in sorted(path for name in READ for path in [ROOT / name, *(ROOT / name).rglob("*")]):
        if path.is_file() and path.suffix != ".pyc":
            read.update(path.relative_to(ROOT).as_posix().encode() + sha256(path.read_bytes()).digest())
    kept = BUILD / f"tests-{read.hexdigest()[:16]}.json"
    with suppress(FileNotFoundError):
        found = json.loads(kept.read_text("utf-8"))
        return [Measured(name, seconds, frozenset(asked), passed) for name, seconds, asked, passed in found]
    tests = measured(trials, items, at_once)
    kept.write_text(
        json.dumps([(one.name, one.seconds, [*one.switches], one.passed) for one in tests]), "utf-8"
    )
    return tests


if __name__ == "__main__":  # workers of the service read the module that was started, too
    main()
