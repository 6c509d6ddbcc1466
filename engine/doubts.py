"""What is doubtful about a result though every fact is allowed: it is paid, and said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dsl.faults import Fault

from . import kernel as k
from .scales import exact

if TYPE_CHECKING:
    from .evaluate import Result

TENFOLD = 10  # times its target: what reaches thousands of per cent is most often in another unit


def doubts(result: Result) -> Iterator[Fault]:
    """Attainments of thousands of per cent, and parts of a whole that are more than the whole."""
    slots, numbers = result.program.slots, result.numbers
    for step in result.kernel.steps:
        if step.role == "attainment":
            if slots[id(step.value)].reaches(numbers, TENFOLD):
                value = result.value(step.value)
                percent = "" if value is None else f"{exact(value * 100)}%"
                yield Fault("P537", "warning", facts={"name": step.name, "value": percent})
        elif isinstance(step.made, k.Proportion):
            part, whole = step.made.part, step.made.whole
            worked, norm = result.value(part), result.value(whole)
            if worked is not None and norm is not None and worked > norm:
                source = result.compiled.source
                facts = {"part": source.at(part.place), "whole": source.at(whole.place)}
                yield Fault("P538", "warning", place=part.place, facts=facts)
