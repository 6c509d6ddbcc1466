"""Times taken side by side: on a noisy machine only candidates that ran in the same seconds compare.

In process it is processor time that counts. By the clock a long batch would wait for other programs where
a short one slips through between them, and the ratio would tell how busy the machine was.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

T = TypeVar("T")
Work = Callable[[], float]  # does it, and tells how many seconds of the processor one item took


@dataclass(frozen=True, slots=True)
class Effort:
    """How much a run may cost: rounds of each topic, and how large a round is."""

    rounds: int
    people: int
    checked: int
    requests: int
    starts: int
    quick: bool


FULL = Effort(rounds=15, people=500, checked=10_000, requests=3_000, starts=9, quick=False)
QUICK = Effort(rounds=3, people=50, checked=500, requests=200, starts=1, quick=True)


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds for one item of each candidate, round by round."""

    rounds: Mapping[str, Sequence[float]]

    def of(self, name: str) -> float:
        """The median of a candidate."""
        return median(self.rounds[name])

    def ratio(self, over: str, under: str) -> float:
        """The median of the quotients of two candidates, each taken within a round."""
        return median(a / b for a, b in zip(self.rounds[over], self.rounds[under], strict=True))


def interleaved(works: Mapping[str, Work], rounds: int) -> Times:
    """The times of all candidates, one after another in each round, another one first each time."""
    for work in works.values():
        work()
    names = list(works)
    found: dict[str, list[float]] = {name: [] for name in names}
    gc.collect()
    gc.freeze()  # what the other topics and candidates hold is not gone through again for this one's garbage
    for _ in range(rounds):
        gc.collect()
        for name in names:
            found[name].append(works[name]())
        names.append(names.pop(0))
    gc.unfreeze()
    return Times(found)


def each(run: Callable[[T], object], items: Iterable[T]) -> Work:
    """The work of doing something with each of some items."""
    ready = list(items)

    def work() -> float:
        start = time.process_time()
        for item in ready:
            run(item)
        return (time.process_time() - start) / len(ready)

    return work


def repeated(run: Callable[[], object], times: int) -> Work:
    """The work of doing something several times over."""

    def work() -> float:
        start = time.process_time()
        for _ in range(times):
            run()
        return (time.process_time() - start) / times

    return work
