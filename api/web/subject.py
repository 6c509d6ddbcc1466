"""The plan that a request is about: one that the server keeps, or one that came with the request."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Protocol
from weakref import WeakKeyDictionary

from dsl.check import Checked, check
from dsl.faults import Fault
from dsl.node import node
from dsl.parse import parse
from dsl.period import Period
from dsl.source import Source
from engine.compile import Compiled, compile_plan
from engine.facts.understood import understood_period

from ..exact import text_of
from ..person import surplus
from ..store import Shelf, ShelvedPlan
from ..store.text import PlanText
from .body import Asked, Brought, Table, ask, hold
from .problems import Refusal
from .requests import PlanChoice

PLAN = ("plan", "version", "revision")  # what names a plan of the server
KEPT = 32  # texts that came with requests and stay compiled: a client tends to send the same one again
SHORT = 16 * 1024  # characters of a text that is kept
# What is said of a line of pay may name every step; a missing fact is looked for under every name.
EXTENT = 20_000  # steps times lines
INPUTS = 200


@node
class Subject:
    """A plan as far as it could be read; `compiled` is None where it cannot pay, and then `faults` say why.

    A plan that came with the request has no `id`; one of plain files has no `revision`.
    """

    id: str | None = None
    checked: Checked | None = None
    compiled: Compiled | None = None
    faults: tuple[Fault, ...] = ()
    source: Source | None = None
    revision: str | None = None

    def obstacles(self) -> tuple[Fault, ...]:
        """Why the plan cannot pay."""
        if self.compiled is not None:
            return ()
        if self.id is None:
            return self.faults
        return (Fault("P618", pointer="/plan", facts={"plan": self.id}), *self.faults)


def subject(asked: Asked, plans: Plans, when: object = None) -> Subject:
    """The plan of a request, in the version in effect in a period; where none is named a fault is entered."""
    body = asked.body
    if ("plan" in body) == ("source" in body):
        asked.faults.append(Fault("P616", pointer=""))
        return Subject()
    if "source" in body:
        past: Table = {name: body[name] for name in PLAN if name in body}
        asked.faults.extend(surplus(past, ("source", "lang"), ""))
        text = asked.text("source")
        return Subject() if text is None else brought(text)
    plan, version, revision = (asked.text(name) for name in PLAN)
    if plan is None or any(name in body and asked.text(name) is None for name in PLAN):
        return Subject()
    found = plans.chosen(plan, version, revision, meant(when))
    return Subject(faults=(found,)) if isinstance(found, Fault) else kept(found)


def part(asked: Asked, name: str, plans: Plans) -> Subject:
    """The plan that a field of the request names as a request does; its faults point from the top."""
    value = asked.body.get(name)
    if not isinstance(value, dict):
        return Subject()
    inner = Asked(value, asked.lang)
    hold(inner, PlanChoice)
    found = subject(inner, plans)
    asked.faults.extend(_under(name, fault) for fault in inner.faults)
    return replace(found, faults=tuple(_under(name, fault) for fault in found.faults))


def _under(name: str, fault: Fault) -> Fault:
    return fault if fault.pointer is None else replace(fault, pointer=f"/{name}{fault.pointer}")


def kept(entry: ShelvedPlan) -> Subject:
    """A plan of the shelf."""
    text, revision = entry.text, entry.revision.id if entry.revision else None
    return Subject(entry.id, text.checked, text.compiled, text.faults, text.source, revision)


def brought(text: str) -> Subject:
    """A plan that came as a text."""
    checked, compiled = _read(text) if len(text) <= SHORT else read(text)
    if isinstance(compiled, tuple):
        return Subject(None, checked, None, compiled, checked.source)
    kernel = compiled.kernel
    if len(kernel.steps) * len(kernel.lines) > EXTENT or len(kernel.inputs) > INPUTS:
        return Subject(None, checked, None, (Fault("P627", pointer="/source"),), checked.source)
    return Subject(None, checked, compiled, checked.faults, checked.source)


def read(text: str) -> tuple[Checked, Compiled | tuple[Fault, ...]]:
    """A text, checked and compiled."""
    checked = check(parse(Source("source", text)))
    return checked, compile_plan(checked)


_read = lru_cache(maxsize=KEPT)(read)


# ── What a request needs of the shelf goes with it to where the work on it is done ────────────────────────

Question = tuple[str, str | None, str | None, Period | None]  # plan, version, revision, period
PARTS = ("old", "new", "against")  # fields that name a plan as a request does
AT_HAND = 32  # plans that a worker has at hand

# What goes of an entry, made once.
_PACKED: WeakKeyDictionary[ShelvedPlan, tuple[PlanText, bytes]] = WeakKeyDictionary()


class Plans(Protocol):
    """Where the plans that a request names are found."""

    def chosen(
        self, plan: str, version: str | None = None, revision: str | None = None, when: Period | None = None
    ) -> ShelvedPlan | Fault:
        """A plan: of a version, of a revision, or in effect in a period, if one is named."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The answers of a shelf to the questions that a request may put to it."""

    answers: Mapping[Question, bytes | Fault]

    def chosen(
        self, plan: str, version: str | None = None, revision: str | None = None, when: Period | None = None
    ) -> ShelvedPlan | Fault:
        """A plan, as the shelf has it."""
        found = self.answers[_question(plan, version, revision, when)]
        return _unpacked(found) if isinstance(found, bytes) else found


@dataclass(slots=True)
class Asking:
    """The answers that are at hand, and the others as the service gives them; the last of these are kept."""

    excerpt: Excerpt
    ask: Callable[[object], bytes | Fault]
    answers: dict[Question, bytes | Fault] = field(default_factory=dict)

    def chosen(
        self, plan: str, version: str | None = None, revision: str | None = None, when: Period | None = None
    ) -> ShelvedPlan | Fault:
        """A plan, as the shelf has it."""
        question = _question(plan, version, revision, when)
        if question in self.excerpt.answers:
            return self.excerpt.chosen(*question)
        if question not in self.answers:
            if len(self.answers) >= AT_HAND:
                self.answers.clear()
            self.answers[question] = self.ask(question)
        found = self.answers[question]
        return _unpacked(found) if isinstance(found, bytes) else found


def excerpt(shelf: Shelf, questions: Collection[Question]) -> Excerpt:
    """The answers of a shelf."""
    found = ((question, shelf.chosen(*question)) for question in questions)
    return Excerpt({question: one if isinstance(one, Fault) else _packed(one) for question, one in found})


def needed(brought: Brought) -> frozenset[Question]:
    """The questions that the work on a body may put to the shelf; none where it cannot be read."""
    asked = ask(brought)
    return frozenset() if isinstance(asked, Refusal) else frozenset(_needed(asked.body))


def _needed(body: Table) -> Iterator[Question]:
    for named in (body, *(body.get(name) for name in PARTS)):
        if not isinstance(named, dict) or (plan := text_of(named.get("plan"))) is None:
            continue
        version, revision = (text_of(named.get(name)) for name in PLAN[1:])
        yield _question(plan, version, revision, None)
        if named is body:
            people = body.get("people")
            for one in (body, *(people if isinstance(people, list) else ())):
                if isinstance(one, dict):
                    yield _question(plan, version, revision, meant(one.get("period")))


def meant(when: object) -> Period | None:
    """The period that a field holds, if it holds one."""
    return understood_period(when) if isinstance(when, str) else None


def _question(plan: str, version: str | None, revision: str | None, when: Period | None) -> Question:
    """A period asks for a version only where none is named."""
    return plan, version, revision, when if version is None and revision is None else None


def _packed(entry: ShelvedPlan) -> bytes:
    text = entry.text
    kept = _PACKED.get(entry)
    if kept is None or kept[0] is not text:
        parts = (entry.id, entry.file, text, entry.revision)
        kept = _PACKED[entry] = (text, pickle.dumps(parts, pickle.HIGHEST_PROTOCOL))
    return kept[1]


@lru_cache(maxsize=AT_HAND)
def _unpacked(packed: bytes) -> ShelvedPlan:
    """An entry as it was, but for what is known of its newer text, which pays nobody."""
    plan, file, text, revision = pickle.loads(packed)
    return ShelvedPlan(plan, file, lambda: text, revision)
