"""`POST /check`, `/format` and `/translate`: what can be said of a plan's text without anybody's facts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from dsl.check import Checked
from dsl.faults import Fault
from dsl.node import node
from dsl.source import Source
from dsl.translate import translate as translated
from dsl.words import Lang
from dsl.write import write

from ..checks import checked
from .asking import SUBJECT, Asked, Refusal, unknown
from .excerpt import Plans
from .problems import problem, said
from .service import attend
from .subject import Subject, subject

FIELDS = (*SUBJECT, "lang")


@node
class Formatted:
    """The one canonical text of a plan."""

    text: str
    changed: bool


@node
class Translated:
    """A plan in the other language."""

    text: str
    lang: Lang


async def check(request: Request) -> Response:
    """What is wrong with a plan, and whether its examples come out."""
    return await _look(request, FIELDS, _checked)


async def format_(request: Request) -> Response:
    """The canonical text of a plan."""
    return await _look(request, FIELDS, _formatted)


async def translate(request: Request) -> Response:
    """A plan in the other language."""
    return await _look(request, (*FIELDS, "to"), _translated)


Look = Callable[[Checked, Subject, Asked], Response]


async def _look(request: Request, fields: tuple[str, ...], look: Look) -> Response:
    return await attend(request, partial(_seen, fields=fields, look=look))


def _seen(asked: Asked, plans: Plans, fields: tuple[str, ...], look: Look) -> Response:
    unknown(asked, fields)
    if "to" in fields:
        if "to" not in asked.body:
            asked.faults.append(Fault("P611", pointer="", facts={"name": "to"}))
        asked.choice("to")
    plan = subject(asked, plans)
    if plan.checked is None or asked.faults:
        missing = plan.obstacles() if plan.checked is None else ()
        return problem(Refusal((*missing, *asked.faults), plan.source), asked.lang)
    return look(plan.checked, plan, asked)


def _checked(plan: Checked, subject: Subject, asked: Asked) -> Response:
    compiled = subject.compiled or subject.faults
    return said(checked(plan, compiled, asked.lang), asked.lang)


def _formatted(plan: Checked, _: Subject, asked: Asked) -> Response:
    if plan.parsed.lacking:
        return _unfit(plan.parsed.faults, plan.source, asked)
    text = write(plan.parsed.tree)
    return said(Formatted(text, text != plan.source.text), asked.lang)


def _translated(plan: Checked, _: Subject, asked: Asked) -> Response:
    to = asked.choice("to") or plan.lang
    done = translated(plan.parsed, to)
    if done.text is None:
        return _unfit(done.faults, plan.source, asked)
    return said(Translated(done.text, to), asked.lang)


def _unfit(faults: tuple[Fault, ...], source: Source, asked: Asked) -> Response:
    return problem(Refusal(faults, source), asked.lang)
