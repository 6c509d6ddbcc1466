"""`POST /simulate`: what a plan would cost a whole history of people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from dsl.faults import Fault
from engine.facts import Person
from engine.simulate.parameters import MOST as NUMBERS
from engine.work import excess, simulating

from ..files import People, listing
from ..person import mistyped
from ..simulation import Unpaid, simulated
from .asking import SUBJECT, Asked, Refusal, unknown
from .excerpt import Plans
from .problems import problem, said
from .requests import MOST
from .service import attend
from .subject import Subject, part, subject

KNOWN = (*SUBJECT, "lang", "people", "against", "sensitivity")


async def simulate(request: Request) -> Response:
    """What a plan would cost, who would be paid how much, and what the budget hangs on."""
    return await attend(request, _simulated)


def _simulated(asked: Asked, shelved: Plans) -> Response:
    plan = subject(asked, shelved)
    unknown(asked, KNOWN)
    other = _against(asked, shelved)
    sensitive = asked.body.get("sensitivity", True)
    if not isinstance(sensitive, bool):
        asked.faults.append(mistyped(sensitive, "sensitivity", "yes_no", "/sensitivity"))
    sent = _people(asked)
    people = listing(sent, "/people")
    faults = (*plan.obstacles(), *asked.faults)
    if faults or plan.compiled is None:
        return problem(Refusal(faults, plan.source), asked.lang)
    if other is not None and other.compiled is None:
        return problem(Refusal(other.obstacles(), other.source), asked.lang)
    plans = plan.compiled, other.compiled if other else None
    work = simulating(len(sent), *plans, NUMBERS if sensitive else 0)
    if (fault := excess(work, len(sent), "/people")) is not None:
        return problem(Refusal((fault,)), asked.lang)
    found = simulated(plans, _read(people), asked.lang, notices=people.notices, sensitive=bool(sensitive))
    if isinstance(found, Fault):
        return problem(Refusal((replace(found, pointer="/people"),)), asked.lang)
    return said(found, asked.lang)


def _against(asked: Asked, plans: Plans) -> Subject | None:
    """The other plan; None where none is named."""
    return None if asked.body.get("against") is None else part(asked, "against", plans)


def _people(asked: Asked) -> list[object]:
    people = asked.people()
    if len(people) > MOST:
        asked.faults.append(Fault("P762", pointer="/people", facts={"most": str(MOST)}))
    return people


def _read(people: People) -> Iterator[Person | Unpaid]:
    """Everybody, or why they cannot be read."""
    for entry in people:
        yield entry.person or (entry.employee, entry.period, entry.faults)
