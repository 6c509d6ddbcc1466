"""`POST /evaluate` and `POST /evaluate/batch`: what people are paid, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from starlette.requests import Request
from starlette.responses import Response

from dsl.faults import Fault
from dsl.faults.answer import Fault as Told
from dsl.node import node
from dsl.record import ABSENT
from engine.compile import Compiled
from engine.evaluate import Company, pay_all
from engine.facts import Person, read_facts
from engine.statement import document
from engine.statement.answer import Statement, Unpaid
from engine.work import excess, paying

from ..alike import repeated
from ..documents import evaluated, found, refused
from ..exact import size
from ..person import Listed, mistyped, named, read_list, read_person
from ..store import Shelf
from .asking import SUBJECT, Asked, Refusal, ask, bring, spoken, unknown
from .excerpt import Plans, meant
from .problems import Reply, encode, problem, said
from .service import attend, away, shelf_of
from .subject import Subject, kept, subject

BESIDE = (*SUBJECT, "lang")  # what stands beside a person
BATCH = (*BESIDE, "people")
FEW = 50  # facts that are read at once; of more some are strange, and to tell what was meant takes longer
ANSWER = 64 * 1024 * 1024  # bytes of the answer to a batch


async def evaluate(request: Request) -> Response:
    """One person: the statement, or a problem with everything that is wrong."""
    brought = await bring(request)
    if isinstance(brought, Refusal):
        return problem(brought, spoken(request))
    if not brought.short:
        return await away(request, brought, paid)
    asked = ask(brought)
    if isinstance(asked, Refusal):
        return problem(asked, brought.spoken)
    shelf = shelf_of(request)
    facts = asked.body.get("facts")
    few = isinstance(facts, dict) and len(facts) <= FEW
    if few and not asked.body.keys() & {"source", "detail"} and _at_hand(asked, shelf):
        # A plan of the shelf is compiled and pays in microseconds: going anywhere would take longer.
        return paid(asked, shelf)
    return await away(request, brought, paid)


def _at_hand(asked: Asked, shelf: Shelf) -> bool:
    """Whether a plan of the shelf need not be looked up in its history."""
    if "version" in asked.body or "revision" in asked.body:
        return False
    plan = asked.body.get("plan")
    return not isinstance(plan, str) or shelf.at_hand(plan)


async def evaluate_batch(request: Request) -> Response:
    """Many people: a statement for each, or that person's faults."""
    return await attend(request, paid_all)


def paid(asked: Asked, plans: Plans) -> Response:
    """The response for one person."""
    detail = asked.body.get("detail", False)
    if not isinstance(detail, bool):
        asked.faults.append(mistyped(detail, "detail", "yes_no", "/detail"))
    answer = answered(asked, plans, (*BESIDE, "detail"), detail=detail is True)
    return answer if isinstance(answer, Response) else said(answer.statement, asked.lang)


@node
class Batch:
    """An answer for each person, in the order of the request."""

    results: tuple[Statement | Unpaid, ...]
    notices: tuple[Told, ...] = field(default=(), metadata=ABSENT)
    """Which of them say what an earlier one says, and are one person."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Somebody's statement, and what it follows from; a plan that came with the request has no id."""

    compiled: Compiled
    plan: str | None
    revision: str | None
    person: Person
    statement: Statement


def answered(
    asked: Asked, plans: Plans, beside: Collection[str] = BESIDE, *, detail: bool = False
) -> Answered | Response:
    """The statement of the person in a request, or the problem of a request that has faults.

    `beside` are the fields that stand beside the person's.
    """
    plan = subject(asked, plans, asked.body.get("period"))
    person = read_person(asked.body, "", beside)
    if plan.compiled is None or isinstance(person, tuple) or asked.faults:
        faulty = person if isinstance(person, tuple) else ()
        return _refuse(plan, asked, (*faulty, *_further(plan.compiled, asked.body)))
    statement = evaluated(plan.compiled, person, asked.lang, plan.id, plan.revision, detail=detail)
    if isinstance(statement, tuple):
        return problem(Refusal(statement, plan.source), asked.lang)
    return Answered(plan.compiled, plan.id, plan.revision, person, statement)


def paid_all(asked: Asked, plans: Plans) -> Response:
    """The response for many people: one that cannot be paid never stops the others."""
    plan = subject(asked, plans)
    unknown(asked, BATCH)
    people = asked.people()
    if plan.compiled is None or asked.faults:
        return _refuse(plan, asked, ())
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


def _refuse(plan: Subject, asked: Asked, more: tuple[Fault, ...]) -> Response:
    """The problem of a request, the plan's faults first."""
    return problem(Refusal((*plan.obstacles(), *asked.faults, *more), plan.source), asked.lang)


def _further(compiled: Compiled | None, body: dict[str, object]) -> tuple[Fault, ...]:
    """What else is wrong with the facts where other fields are wrong, so that all is told at once."""
    period = body.get("period")
    when = period if isinstance(period, str) else ""
    tables = {"facts": body.get("facts"), "targets": body.get("targets", {})}
    person = read_person({"employee": "-", "period": when, **tables})
    if compiled is None or isinstance(person, tuple):
        return ()
    found = read_facts(compiled, person)
    faults = found if isinstance(found, tuple) else found.warnings
    told = (fault for fault in faults if fault.severity != "notice")
    return tuple(fault for fault in told if person.period or fault.pointer != "/period")
