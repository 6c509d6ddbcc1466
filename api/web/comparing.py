"""`POST /diff`: what a change of plan means, what it pays, and whom."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from dsl.faults import Fault
from dsl.source import Source

from .. import diff as comparing
from ..diff import Pair, Side
from ..files import Entry
from ..person import FIELDS, mistyped, read_person
from ..store import Shelf
from .asking import SUBJECT, Asked, Refusal, ask, spoken, unknown
from .models.comparisons import PEOPLE
from .problems import problem, said
from .service import aside, shelf_of
from .subject import Subject, subject

SIDES = ("old", "new")


async def diff(request: Request) -> Response:
    """Two plans compared: the changes, what is paid differently, and with people who gains and who loses."""
    asked = await ask(request)
    if isinstance(asked, Refusal):
        return problem(asked, spoken(request))
    shelf = shelf_of(request)
    return await aside(request, asked.lang, lambda: _compared(asked, shelf))


def _compared(asked: Asked, shelf: Shelf) -> Response:
    unknown(asked, (*SIDES, "people", "lang"))
    plans = [_subject(asked, name, shelf) for name in SIDES]
    people = _people(asked)
    obstacles = [(plan, fault) for plan in plans for fault in plan.obstacles()]
    if asked.faults or obstacles:
        # Places are in one text alone: in that of the first plan that has a fault.
        source = next((plan.source for plan, _ in obstacles), None)
        faults = (*(fault for plan, fault in obstacles if plan.source is source), *asked.faults)
        return problem(Refusal(faults, source), asked.lang)
    old, new = (_side(plan) for plan in plans)
    whole = comparing.document([Pair(new.name, old, new, people)], asked.lang)
    return said(whole.document, asked.lang)


def _subject(asked: Asked, name: str, shelf: Shelf) -> Subject:
    """One of the plans; what is wrong with how it is named is entered."""
    value = asked.body.get(name)
    if name not in asked.body:
        asked.faults.append(Fault("P611", pointer="", facts={"name": name}))
        return Subject()
    if not isinstance(value, dict):
        asked.faults.append(mistyped(value, name, "object", f"/{name}"))
        return Subject()
    part = Asked(value, asked.lang, [])
    unknown(part, SUBJECT)
    found = subject(part, shelf)
    asked.faults.extend(_under(name, fault) for fault in part.faults)
    return replace(found, faults=tuple(_under(name, fault) for fault in found.faults))


def _under(name: str, fault: Fault) -> Fault:
    """A fault of one of the plans, pointed at from the top of the body."""
    return fault if fault.pointer is None else replace(fault, pointer=f"/{name}{fault.pointer}")


def _side(plan: Subject) -> Side:
    assert plan.compiled is not None
    source = plan.source or Source("source", "")
    return Side(plan.id or "source", plan.revision, source, plan.compiled)


def _people(asked: Asked) -> list[Entry] | None:
    """Those whom both plans are to pay; None where nobody is sent."""
    value = asked.body.get("people")
    if "people" not in asked.body:
        return None
    if not isinstance(value, list):
        asked.faults.append(mistyped(value, "people", "list", "/people"))
        return None
    if not value or len(value) > PEOPLE:
        code, facts = ("P723", {"most": str(PEOPLE)}) if value else ("P620", {})
        asked.faults.append(Fault(code, pointer="/people", facts=facts))
        return None
    return [_entry(one, f"/people/{index}") for index, one in enumerate(value)]


def _entry(value: object, pointer: str) -> Entry:
    person = read_person(value, pointer)
    if not isinstance(person, tuple):
        return Entry(person)
    table = value if isinstance(value, dict) else {}
    who, when = (text if isinstance(text := table.get(name), str) else None for name in FIELDS[:2])
    return Entry(None, person, who, when)
