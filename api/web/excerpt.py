"""What a request needs of the shelf: it goes with the request to where the work on it is done."""

from __future__ import annotations

import pickle
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol
from weakref import WeakKeyDictionary

from dsl.faults import Fault
from engine.facts.decimals import JsonNumber
from engine.facts.understood import understood_period
from engine.period import Period

from ..store import Shelf, ShelvedPlan
from ..store.text import PlanText
from .body import Brought, Table, ask
from .problems import Refusal

Question = tuple[str, str | None, str | None, Period | None]  # plan, version, revision, period
PARTS = ("old", "new", "against")  # fields that name a plan as a request does
KEPT = 32  # plans that a worker has at hand

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
        if not isinstance(named, dict) or (plan := _text(named, "plan")) is None:
            continue
        version, revision = _text(named, "version"), _text(named, "revision")
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


def _text(body: Table, name: str) -> str | None:
    value = body.get(name)
    return value if isinstance(value, str) and not isinstance(value, JsonNumber) else None


def _packed(entry: ShelvedPlan) -> bytes:
    text = entry.text
    kept = _PACKED.get(entry)
    if kept is None or kept[0] is not text:
        parts = (entry.id, entry.file, text, entry.revision)
        kept = _PACKED[entry] = (text, pickle.dumps(parts, pickle.HIGHEST_PROTOCOL))
    return kept[1]


@lru_cache(maxsize=KEPT)
def _unpacked(packed: bytes) -> ShelvedPlan:
    """An entry as it was, but for what is known of its newer text, which pays nobody."""
    plan, file, text, revision = pickle.loads(packed)
    return ShelvedPlan(plan, file, lambda: text, revision)
