"""A plan's text to its tree, with what it includes and every mistake in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..faults import Fault, has_errors, told
from ..place import Place
from ..source import Source
from ..tree import Definitions, Include, Plan, Statement
from ..words import Lang
from .file import alone
from .include import Gathering, gather
from .work import Work


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text and what was understood of it; the tree lacks the lines that hold mistakes.

    `tree` is of the text alone, and `lacking` says that it lacks lines of that; `included` are the lines that
    stand for each `include`, by its place.
    """

    source: Source
    tree: Plan
    faults: tuple[Fault, ...]
    lacking: bool = False
    included: Mapping[Place, tuple[Statement, ...]] = field(default_factory=dict)

    @property
    def lang(self) -> Lang:
        """The language that the text is written in."""
        return self.tree.lang

    @property
    def broken(self) -> bool:
        """Whether lines are missing from the tree, or from what it includes."""
        return has_errors(self.faults)

    @property
    def definitions(self) -> Definitions | None:
        """The line that makes the text a file of shared definitions, to be included and not to pay by."""
        return next((line for line in self.tree.statements if isinstance(line, Definitions)), None)


def parse(source: Source) -> Parsed:
    """The tree of a text and of what it includes; never raises."""
    work = Work()
    plan, faults = alone(source, 0, work)
    if not any(isinstance(line, Include) for line in plan.statements):
        return Parsed(source, plan, told(faults), has_errors(faults))
    lacking = has_errors(faults)
    gathered = Gathering(source, work, faults)
    gather(gathered, plan.statements)
    return Parsed(gathered.source, plan, told(gathered.faults), lacking, gathered.included)
