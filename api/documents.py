"""What the doors answer besides statements, as data: the same documents over HTTP and on the command line."""

from __future__ import annotations

from collections.abc import Iterable

from dsl import faults
from dsl.faults import Fault, answer
from dsl.node import node
from dsl.source import Source
from dsl.words import Lang
from engine.compile import Compiled
from engine.evaluate import Result, pay
from engine.facts import Person
from engine.money import Money
from engine.statement import document as statement
from engine.statement import presumptions
from engine.statement.answer import PaidTotal, Statement

MOST = 100  # faults of one answer
LONGEST = 1024 * 1024  # characters of them, where the names of a plan are endless


@node
class FaultPage:
    """The page of a code: what it is, why it is a fault, and the smallest example of it with its repair."""

    code: answer.Code
    title: str
    why: str
    wrong: str
    right: str


class Totals:
    """What is paid in each currency, added up as people are paid."""

    def __init__(self) -> None:
        self._paid: dict[tuple[str, int], int] = {}

    def add(self, currency: str, amount: Money) -> None:
        """One more person's pay."""
        key = currency, amount.digits
        self._paid[key] = self._paid.get(key, 0) + amount.minor

    def all(self) -> tuple[PaidTotal, ...]:
        """What it comes to."""
        return tuple(
            PaidTotal(currency, Money(minor, digits)) for (currency, digits), minor in self._paid.items()
        )


def evaluated(
    compiled: Compiled,
    person: Person,
    lang: Lang,
    plan: str | None,
    revision: str | None = None,
    *,
    detail: bool = False,
) -> Statement | tuple[Fault, ...]:
    """The statement of a person, or every fault that stands in its way."""
    result = pay(compiled, person)
    return result if isinstance(result, tuple) else statement(result, lang, plan, revision, detail=detail)


def said(result: Result, lang: Lang) -> list[str]:
    """What goes beside somebody's amounts: what is doubtful, how facts were read, and what was presumed."""
    doubts = [f"{fault.code}: {faults.wording(fault, lang).text}" for fault in result.warnings]
    return [*doubts, *(entry.text for entry in presumptions(result, lang))]


def found(several: Iterable[Fault], source: Source | None, lang: Lang) -> tuple[answer.ToldFault, ...]:
    """Faults as data, in the reader's language: all, or of very many the first, errors before warnings."""
    listed = list(several)
    if len(listed) > MOST:
        listed.sort(key=lambda fault: fault.severity == "warning")
    documents: list[answer.ToldFault] = []
    size = 0
    for fault in listed[:MOST]:
        document = faults.document(fault, source, lang)
        size += len(str(document))
        if documents and size > LONGEST:
            break
        documents.append(document)
    return tuple(documents)


def page(code: str, lang: Lang) -> FaultPage:
    """The page of a code: what it is, why it is a fault, and how it is repaired."""
    entry = faults.message(code, lang)
    return FaultPage(code, entry.title, entry.why, entry.wrong, entry.right)
