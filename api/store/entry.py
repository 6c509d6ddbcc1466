"""A plan that is kept: where its text is, and what is known of it without reading it again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from dsl.check import Header
from dsl.faults import Fault
from dsl.source import Source
from dsl.words import Lang
from engine.compile import Compiled

from .text import PlanText

if TYPE_CHECKING:
    from .commit import Commit


@dataclass(frozen=True, slots=True)
class Summary:
    """What lists say of a plan: little enough to be kept of every plan."""

    lang: Lang | None
    header: Header | None
    digest: str | None


@dataclass(frozen=True, slots=True)
class NewerText:
    """A newer text of a plan that cannot pay, so that an older one goes on paying: where it is, and why."""

    file: str
    revision: Commit | None
    text: PlanText

    @property
    def fault(self) -> Fault:
        """What is told of it."""
        where = self.file if self.revision is None else f"{self.revision.short}:{self.file}"
        plan = self.file.rpartition("/")[2].removesuffix(".plan")
        return Fault("P715", "warning", facts={"plan": plan, "where": where})


@dataclass(frozen=True, eq=False)
class ShelvedPlan:
    """A plan: its id, its path below where plans are kept, its text, and the commit that brought this text.

    `load` reads the text, or finds it read already. `obstacles` are what forbids it to pay whatever it says.
    """

    id: str
    file: str
    load: Callable[[], PlanText]
    revision: Commit | None = None
    obstacles: tuple[Fault, ...] = ()
    newer: NewerText | None = None

    @property
    def text(self) -> PlanText:
        """The text, read."""
        found = self.load()
        if self.obstacles:
            return replace(found, compiled=None, faults=(*self.obstacles, *found.faults))
        return found

    @property
    def source(self) -> Source | None:
        """The text, if it could be read."""
        return self.text.source

    @property
    def compiled(self) -> Compiled | None:
        """The plan that pays; where there is none, `faults` say why."""
        return self.text.compiled

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Why the plan cannot pay, or warnings."""
        return self.text.faults

    @cached_property
    def summary(self) -> Summary:
        """What lists say of it."""
        found = self.text
        checked, compiled = found.checked, found.compiled
        return Summary(
            checked.lang if checked else None,
            checked.header if checked else None,
            compiled.kernel.digest if compiled else None,
        )

    @property
    def ready(self) -> bool:
        """Whether it can pay."""
        return self.summary.digest is not None


def told_apart(entries: Sequence[ShelvedPlan]) -> Iterator[ShelvedPlan]:
    """The entries; those that share an id pay no more, for nobody could tell which plan is meant."""
    files: dict[str, list[str]] = {}
    for entry in entries:
        files.setdefault(entry.id, []).append(entry.file)
    for entry in entries:
        same = files[entry.id]
        yield entry if len(same) == 1 else replace(entry, obstacles=(doubled(entry.id, same),))


def doubled(plan: str, files: Iterable[str]) -> Fault:
    """The fault of files that share an id."""
    return Fault("P641", facts={"plan": plan, "files": tuple(files)})


def held(entry: ShelvedPlan, good: ShelvedPlan | None) -> ShelvedPlan:
    """An entry, or an older one that can pay where it cannot."""
    if good is None or entry.ready:
        return entry
    return replace(good, newer=NewerText(entry.file, entry.revision, entry.text))
