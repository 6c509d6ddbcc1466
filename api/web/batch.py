"""`POST /evaluate/batch`: what many people are paid, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from dsl.faults import Fault
from dsl.faults.answer import ToldFault
from dsl.node import node
from dsl.record import ABSENT, Form
from engine.compile import Compiled
from engine.evaluate import Company, pay_all
from engine.facts import Person
from engine.statement import amounts, document
from engine.statement.answer import Amounts, Statement, Unpaid
from engine.work import excess, paying, reckoning

from ..alike import repeated
from ..documents import found
from ..person import Listed, named, read_list
from . import requests
from .body import Asked, Brought, Reads
from .evaluate import refuse
from .excerpt import Plans, meant
from .problems import Opening, Refusal, encode, problem
from .published import BODY, answers
from .service import Streamed
from .subject import Subject, kept, subject

router = APIRouter(tags=["pay"])

PIECE = 32 * 1024  # bytes of an answer that are sent together


@node
class Batch:
    """An answer for each person, in the order of the request; the counts stand at its end."""

    results: tuple[Statement | Amounts | Unpaid, ...]
    notices: tuple[ToldFault, ...] = field(default=(), metadata=ABSENT)
    """Which of them say what an earlier one says, and are one person."""
    paid: Annotated[int, Form(minimum=0)] = 0
    unpaid: Annotated[int, Form(minimum=0)] = 0


@router.post("/evaluate/batch", summary="Pay many people", **answers(Batch, BODY))
async def evaluate_batch(
    brought: Annotated[Brought, Depends(Reads(requests.EvaluateBatch))],
) -> Response:
    """Many people: a statement for each, or that person's faults, sent as they are paid.

    An answer that was cut off is no JSON: it ends before its counts.
    """
    return Streamed(brought, paid_all)


def paid_all(asked: Asked, plans: Plans) -> Iterator[Response | bytes]:
    """The answer for many people: one that cannot be paid never stops the others."""
    plan = subject(asked, plans)
    people, reasons = asked.people(), asked.body.get("reasons") is not False
    if plan.compiled is None or asked.faults:
        yield refuse(plan, asked)
        return
    work = (paying if reasons else reckoning)(len(people), plan.compiled)
    if (fault := excess(work, len(people), "/people")) is not None:
        yield problem(Refusal((fault,)), asked.lang)
        return
    yield Opening(asked.lang)
    listed = read_list(people, "/people")
    piece, unpaid = [b'{"results":['], 0
    for number, row in enumerate(_rows(plan, people, listed, asked, plans, reasons=reasons)):
        unpaid += isinstance(row, Unpaid)
        piece.append((b"," if number else b"") + encode(row))
        if sum(map(len, piece)) > PIECE:
            yield b"".join(piece)
            piece.clear()
    piece.append(b"]")
    if listed.again:  # each row is answered, and whoever adds them up is told which of them are one
        notices = map(encode, found([repeated(listed.again, "in_list")], None, asked.lang))
        piece.append(b',"notices":[%s]' % b",".join(notices))
    piece.append(b',"paid":%d,"unpaid":%d}' % (len(people) - unpaid, unpaid))
    yield b"".join(piece)


def _rows(
    plan: Subject, people: list[object], listed: Listed, asked: Asked, plans: Plans, *, reasons: bool
) -> Iterator[Statement | Amounts | Unpaid]:
    """A row for each; `own` is the version in effect for the one who is paid just now."""
    own, told = plan, document if reasons else amounts

    def chosen(person: Person) -> Compiled | tuple[Fault, ...]:
        nonlocal own
        own = _own(plan, person, asked, plans)
        return own.compiled or own.faults

    for value, result in zip(people, pay_all(chosen, Company(listed.people)), strict=True):
        if isinstance(result, tuple):
            yield Unpaid(*named(value), found(result, own.source, asked.lang))
        else:
            yield told(result, asked.lang, own.id, own.revision)


def _own(plan: Subject, person: Person, asked: Asked, plans: Plans) -> Subject:
    """The version in effect in somebody's period, unless the request names one for all."""
    if plan.id is None or "version" in asked.body or "revision" in asked.body:
        return plan
    found = plans.chosen(plan.id, when=meant(person.period))
    if isinstance(found, Fault):
        return Subject(faults=(replace(found, pointer=f"{person.pointer}{found.pointer}"),))
    return kept(found)
