"""What is said of the mutants that were tried."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from .judge import Verdict

EQUIVALENT = Path(__file__).parent / "equivalent.toml"


def equivalents() -> dict[tuple[str, str, str, str], str]:
    """The mutants that are known to change nothing that anybody sees, each with its reason."""
    listed = tomllib.loads(EQUIVALENT.read_text("utf-8"))["mutant"]
    return {(one["file"], one["within"], one["was"], one["becomes"]): one["why"] for one in listed}


def line(verdict: Verdict) -> str:
    """A verdict in one line."""
    mutant = verdict.mutant
    return f"{verdict.outcome:10}  {mutant.file}:{mutant.line}  {mutant.within}  {verdict.by}"


def drawn(verdicts: Sequence[Verdict]) -> str:
    """The share that is noticed, the mutants that are not, and those that nobody could notice."""
    return "\n".join([*missed(verdicts), "", *shares(verdicts)])


def missed(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """The mutants that no test noticed, as differences."""
    for verdict in verdicts:
        if verdict.outcome != "noticed":
            mutant = verdict.mutant
            yield f"\n{line(verdict)}"
            yield from (f"- {row}" for row in mutant.was.splitlines())
            yield from (f"+ {row}" for row in mutant.becomes.splitlines())


def shares(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """How many came out how, and the share of those that can be noticed at all."""
    counted = Counter(verdict.outcome for verdict in verdicts)
    for outcome in ("noticed", "survived", "unreached", "equivalent"):
        yield f"{outcome:10} {counted[outcome]:4}"
    there = len(verdicts) - counted["equivalent"]
    yield f"share      {counted['noticed'] / max(there, 1):.1%} of {there}"
