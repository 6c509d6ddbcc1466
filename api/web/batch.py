"""`POST /evaluate/batch`: what many people are paid, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from dsl.faults import Fault
from dsl.faults.answer import ToldFault as Told
from dsl.node import node
from dsl.record import ABSENT
from engine.compile import Compiled
from engine.evaluate import Company, pay_all
from engine.facts import Person
from engine.statement import document
from engine.statement.answer import Statement, Unpaid
from engine.work import excess, paying

from ..alike import repeated
from ..documents import found, refused
from ..exact import size
from ..person import Listed, named, read_list
from . import requests
from .body import Asked, Brought, Reads
from .evaluate import refuse
from .excerpt import Plans, meant
from .problems import Refusal, Reply, encode, problem
from .published import BODY, answers
from .service import attend
from .subject import Subject, kept, subject

router = APIRouter(tags=["pay"])

ANSWER = 64 * 1024 * 1024  # bytes of the answer to a batch


@node
class Batch:
    """An answer for each person, in the order of the request."""

    results: tuple[Statement | Unpaid, ...]
    notices: tuple[Told, ...] = field(default=(), metadata=ABSENT)
    """Which of them say what an earlier one says, and are one person."""


@router.post("/evaluate/batch", summary="Pay many people", **answers(Batch, BODY))
async def evaluate_batch(
    request: Request, brought: Annotated[Brought, Depends(Reads(requests.EvaluateBatch))]
) -> Response:
    """Many people: a statement for each, or that person's faults."""
    return await attend(request, brought, paid_all)


def paid_all(asked: Asked, plans: Plans) -> Response:
    """The response for many people: one that cannot be paid never stops the others."""
    plan = subject(asked, plans)
    people = asked.people()
    if plan.compiled is None or asked.faults:
        return refuse(plan, asked)
    if (fault := excess(paying(len(people), plan.compiled), len(people), "/people")) is not None:
        return problem(Refusal((fault,)), asked.lang)
    listed = read_list(people, "/people")
    rows: list[bytes] = []
    total = 0
    for row in _rows(plan, people, listed, asked, plans):
        rows.append(encode(row))
        total += len(rows[-1])
        if total > ANSWER:
            endless = Fault("P628", pointer="/people", facts={"most": size(ANSWER)})
            return problem(Refusal((endless,)), asked.lang)
    told = b""
    if listed.again:  # each row is answered, and whoever adds them up is told which of them are one
        notices = map(encode, found([repeated(listed.again, "in_list")], None, asked.lang))
        told = b',"notices":[%s]' % b",".join(notices)
    return Reply(b'{"results":[%s]%s}' % (b",".join(rows), told), asked.lang)


def _rows(
    plan: Subject, people: list[object], listed: Listed, asked: Asked, plans: Plans
) -> Iterator[Statement | Unpaid]:
    """A row for each; `own` is the version in effect for the one who is paid just now."""
    own = plan

    def chosen(person: Person) -> Compiled | tuple[Fault, ...]:
        nonlocal own
        own = _own(plan, person, asked, plans)
        return own.compiled or own.faults

    for value, result in zip(people, pay_all(chosen, Company(listed.people)), strict=True):
        if isinstance(result, tuple):
            yield refused(*named(value), result, own.source, asked.lang)
        else:
            yield document(result, asked.lang, own.id, own.revision)


def _own(plan: Subject, person: Person, asked: Asked, plans: Plans) -> Subject:
    """The version in effect in somebody's period, unless the request names one for all."""
    if plan.id is None or "version" in asked.body or "revision" in asked.body:
        return plan
    found = plans.chosen(plan.id, when=meant(person.period))
    if isinstance(found, Fault):
        return Subject(faults=(replace(found, pointer=f"{person.pointer}{found.pointer}"),))
    return kept(found)
