"""Plans as the doors show them: what they say of themselves, their versions, what they read and pay."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Annotated

from dsl.check import Header
from dsl.faults.answer import ToldFault
from dsl.node import node
from dsl.record import ABSENT, Form
from dsl.words import KindName, Lang
from engine import kernel as k
from engine.compile import Compiled
from engine.facts.values import defaulted, plainly
from engine.schema import inputs
from engine.statement.answer import Digest
from engine.statement.show import titled

from . import store
from .documents import found

if TYPE_CHECKING:  # a command that reads files need not wait for git
    from .store import commit

Commit = Annotated[str, Form(pattern="^[0-9a-f]{40}([0-9a-f]{24})?$")]


@node
class Heading:
    """What a plan says about itself."""

    title: str
    version: str
    in_effect_from: str | None
    currency: str
    about: tuple[str, ...]
    digest: Digest | None


@node
class Revision:
    """A commit: its id, its author, and when it was written."""

    id: Commit
    author: str
    date: str


@node
class Newer:
    """A newer text of a plan, and why it cannot pay; until it can, the last one that could goes on paying."""

    file: str
    revision: Revision | None
    faults: tuple[ToldFault, ...]


@node
class ListedPlan:
    """A plan that the server keeps; `revision` is the commit that brought its text, null of plain files."""

    id: str
    file: str
    ready: bool
    lang: Lang | None
    plan: Heading | None
    revision: Revision | None
    faults: tuple[ToldFault, ...]
    newer: Annotated[Newer | None, Form(description="A newer text that cannot pay, if there is one.")]


@node
class PlanList:
    """The plans that the server keeps, and the commit that they are of; one that is not ready says why."""

    revision: Revision | None
    plans: tuple[ListedPlan, ...]


@node
class PlanVersion:
    """A version of a plan: the newest text of it, and the first and last day on which it is in effect."""

    version: str
    title: str
    first: str | None
    """Null where the plan does not say."""
    last: str | None
    """Null until a later version is known."""
    replaced: bool
    """Never in effect: a later version without a first day replaced it."""
    file: str
    revision: Revision | None
    digest: Digest | None


@node
class Versions:
    """The versions of a plan, the newest first; faults where it cannot be told which is in effect."""

    id: str
    versions: tuple[PlanVersion, ...]
    faults: tuple[ToldFault, ...]


@node
class InputLine:
    """Something that a plan reads about a person."""

    name: str
    label: str
    kind: KindName
    needed: bool
    can_be_negative: bool
    default: str | None
    """What is presumed where nobody gives it, as facts are written; null where nothing is."""
    least: str | None
    """The least that it can be, as facts are written; null where none is said."""
    most: str | None
    """The greatest that it can be."""
    source: str | None
    """The system or the document that it is taken from."""


@node
class PaidLine:
    """A line that a plan pays."""

    name: str
    label: str
    kind: k.LineKind


@node
class WorkedOut:
    """A result that a plan works out and pays to nobody."""

    name: str
    label: str
    kind: KindName


@node
class Interface:
    """What a plan reads and what it pays."""

    facts: tuple[InputLine, ...]
    targets: tuple[InputLine, ...]
    lines: tuple[PaidLine, ...]
    results: tuple[WorkedOut, ...] | None = field(default=None, metadata=ABSENT)
    """Absent where it has none."""


@node
class WholePlan(ListedPlan):
    """A plan whole: its text, its meaning (canonical JSON, whose SHA-256 is the digest) and its interface."""

    text: str | None
    canonical: str | None
    interface: Interface | None


# ── Made from a shelf ─────────────────────────────────────────────────────────────────────────────────────


def listed(entry: store.ShelvedPlan, lang: Lang) -> ListedPlan:
    """A plan of a shelf in a few words."""
    return ListedPlan(*_listed(entry, lang))


def kept(shelf: store.Shelf, lang: Lang) -> PlanList:
    """The plans of a shelf."""
    return PlanList(revised(shelf.revision), tuple(listed(entry, lang) for entry in shelf.entries))


def shelved(entry: store.ShelvedPlan, lang: Lang) -> WholePlan:
    """A plan of a shelf whole: its text, its canonical form with the digest, and its interface."""
    compiled = entry.compiled
    return WholePlan(
        *_listed(entry, lang),
        entry.source.typed if entry.source else None,
        compiled.kernel.canonical if compiled else None,
        interface(compiled, lang) if compiled else None,
    )


def _listed(
    entry: store.ShelvedPlan, lang: Lang
) -> tuple[str, str, bool, Lang | None, Heading | None, Revision | None, tuple[ToldFault, ...], Newer | None]:
    known, text = entry.summary, entry.text
    plan, faults = heading(known.header, known.digest), found(text.faults, text.source, lang)
    newer = None
    if (later := entry.newer) is not None:
        newer = Newer(later.file, revised(later.revision), found(later.text.faults, later.text.source, lang))
    return entry.id, entry.file, entry.ready, known.lang, plan, revised(entry.revision), faults, newer


def revised(revision: commit.Commit | None) -> Revision | None:
    """A commit: its id, who made it and when; None of plain files."""
    return None if revision is None else Revision(revision.id, revision.author, revision.date.isoformat())


def history(timeline: store.Timeline, lang: Lang) -> Versions:
    """The versions of a plan, and why it cannot be told which of them is in effect."""
    return Versions(timeline.plan, tuple(map(_dated, timeline.versions)), found(timeline.faults, None, lang))


def _dated(version: store.VersionSpan) -> PlanVersion:
    entry, known = version.entry, version.entry.summary
    return PlanVersion(
        version.name,
        known.header.title if known.header else "",
        version.first.isoformat() if version.first else None,
        version.last.isoformat() if version.last else None,
        version.replaced,
        entry.file,
        revised(entry.revision),
        known.digest,
    )


def heading(header: Header | None, digest: str | None) -> Heading | None:
    """What a plan says about itself; None of a text that is no plan."""
    if header is None:
        return None
    effect = header.effect.isoformat() if header.effect else None
    return Heading(header.title, header.version, effect, header.currency, tuple(header.about), digest)


def interface(compiled: Compiled, lang: Lang) -> Interface:
    """What a plan reads and which lines it pays."""
    entries, lines, scope = inputs(compiled), compiled.kernel.lines, compiled.checked.scope
    return Interface(
        tuple(_input(compiled, entry) for entry in entries if entry.role == "actual"),
        tuple(_input(compiled, entry) for entry in entries if entry.role == "target"),
        tuple(PaidLine(line.name, titled(scope, line.name, lang), line.kind) for line in lines),
        tuple(WorkedOut(name, scope.label(name), compiled.checked.kinds[name]) for name in scope.results)
        or None,
    )


def _source(compiled: Compiled, entry: k.Input) -> str | None:
    """Where a fact is taken from, if the plan says so."""
    known = compiled.checked.inputs.get(entry.name) if entry.role == "actual" else None
    return None if known is None else known.source


def _input(compiled: Compiled, entry: k.Input) -> InputLine:
    return InputLine(
        entry.name,
        compiled.checked.scope.label(entry.name),
        entry.kind,
        entry.needed,
        entry.signed,
        defaulted(entry),
        None if entry.low is None else plainly(entry.low, entry.kind),
        None if entry.high is None else plainly(entry.high, entry.kind),
        _source(compiled, entry),
    )
