"""The answer as data: the same document from every door."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import islice
from typing import Literal, TypeVar

from dsl import faults
from dsl.words import Lang

from .. import VERSION
from ..evaluate import Result
from ..facts import OpenLine
from ..facts.spelt import digest
from ..kernel import Step
from ..money import Money
from ..scales import held
from .answer import (
    Amounts,
    LineAmount,
    OpenPay,
    PaidBy,
    Presumed,
    Statement,
    StatementLine,
    UsedSource,
    WaitedFact,
)
from .credit import Credits
from .detail import detailed
from .reached import sums, uncapped
from .reasons import Explained, UsedFact
from .records import credited, drawn
from .results import explained, machine, valued
from .script import script
from .shares import shares
from .show import entitled, quantity, vocabulary
from .stays import absences, stays

WAITED = 12  # of those that a line waits for, who are named
D = TypeVar("D")


def document(
    result: Result, lang: Lang, plan_id: str | None, revision: str | None = None, *, detail: bool = False
) -> Statement:
    """The answer: who, when, how much, line by line with the reasons, by which plan, and what was presumed.

    `plan_id` is None for a plan that came with the request; `revision` is the commit that its text is of,
    None where it is of none. The warnings are about this answer; advice to the plan's author is none of the
    employee's business.
    """
    parted = detailed(result, lang) if detail else None
    lines = tuple(_lines(result, lang, None if parted is None else parted.lines))
    answer = _document(Statement, lines, result, lang, plan_id, revision)
    if result.kernel.results:
        inner = None if parted is None else parted.results
        answer = replace(answer, results=tuple(explained(result, lang, inner)))
    return answer


def amounts(result: Result, lang: Lang, plan_id: str | None, revision: str | None = None) -> Amounts:
    """The same without the reasons."""
    digits = result.kernel.digits
    pairs = zip(result.kernel.lines, result.amounts, strict=True)
    # As with the reasons: a cap that took nothing off is no line.
    paid = tuple(LineAmount(line.name, Money(minor, digits)) for line, minor in pairs if minor or not line.of)
    answer = _document(Amounts, paid, result, lang, plan_id, revision)
    return replace(answer, results=valued(result) or None)


def _document(
    kind: Callable[..., D],
    lines: tuple[object, ...],
    result: Result,
    lang: Lang,
    plan_id: str | None,
    revision: str | None,
) -> D:
    compiled, facts, kernel = result.compiled, result.facts, result.kernel
    return kind(
        facts.employee,
        facts.period.text,
        kernel.currency,
        Money(result.total, kernel.digits),
        sums(result),
        lines,
        PaidBy(plan_id, compiled.title, kernel.version, revision, compiled.kernel.digest),
        f"premia {VERSION}",
        facts_digest(result),
        presumptions(result, lang),
        tuple(faults.document(fault, compiled.source, lang) for fault in result.warnings),
        tuple(_open(result, one, lang) for one in facts.open) or None,
        tuple(_sources(result)) or None,
        absences(result) or None,
    )


def _open(result: Result, open_: OpenLine, lang: Lang) -> OpenPay:
    """A line that waits, and whom it waits for."""
    line = open_.line
    waits = ((wait, who) for wait in open_.waits for who in wait.who if who)
    told = tuple(WaitedFact(wait.group, who, wait.name) for wait, who in islice(waits, WAITED))
    scope = result.compiled.checked.scope
    if isinstance(line, Step):
        return OpenPay(line.name, scope.label(line.name), "result", told)
    return OpenPay(line.name, entitled(scope, line, lang), line.kind, told)


def _lines(
    result: Result, lang: Lang, parted: Sequence[tuple[Explained, ...]] | None
) -> Iterator[StatementLine]:
    """Each line of pay that comes to something, or says why not; `parted` is that in its parts."""
    spoken, numbers, digits = script(result, lang), result.numbers, result.kernel.digits
    told = spoken.explain(result)
    detail = parted is not None
    whole: Sequence[tuple[Explained, ...] | None] = parted if parted is not None else [None] * len(told)
    credits = Credits(result) if result.kernel.tables else None
    for part, minor, sentences, parts in zip(spoken.parts, result.amounts, told, whole, strict=True):
        if not minor and part.silent:
            continue
        said, exact = part.attainment or (None, None)
        yield StatementLine(
            part.line.name,
            part.label,
            part.line.kind,
            Money(minor, digits),
            said and said(numbers),
            exact and exact(numbers),
            None if part.carried is None else Money(part.carried(numbers), digits),
            tuple(sentences),
            part.clause,
            tuple([UsedFact(one, of, say(numbers), exact(numbers)) for one, of, say, exact in part.facts]),
            parts,
            part.reach.rows(result) or None,
            uncapped(result, part.line, part.reach.several),
            (credits and credited(credits, part.line, minor, detail=detail)) or None,
            (credits and detail and drawn(credits, part.line)) or None,
            (credits and tuple(shares(credits, part.line))) or None,
            tuple(stays(result, part.line)) or None,
        )


def facts_digest(result: Result) -> str:
    """SHA-256, in hexadecimal, of the facts as they were understood.

    One line `role name = exact value` for each attribute, and for each input of people of that sort; one line
    `table name = SHA-256` for each table, of its records as they were understood.
    """
    whole = result.compiled.kernel.inputs
    sort = zip(result.compiled.attributes, result.facts.sort, strict=True)
    rows = [f"actual {whole[index].name} = {whole[index].choices[value]}\n" for index, value in sort]
    for entry, number, scale in zip(
        result.kernel.inputs, result.facts.inputs, result.facts.shape.scales.inputs, strict=True
    ):
        value = "-" if number is None else held(number, scale)
        rows.append(f"{entry.role} {entry.name} = {value}\n")
    rows += [f"table {table.name} = {_digest(result, at)}\n" for at, table in enumerate(result.kernel.tables)]
    return hashlib.sha256("".join(rows).encode()).hexdigest()


def _digest(result: Result, at: int) -> str:
    """SHA-256, in hexadecimal, of the records of a table as they were understood."""
    facts = result.facts
    return digest(result.kernel.tables[at], facts.records[at], facts.shape.scales.tables[at])


def _sources(result: Result) -> Iterator[UsedSource]:
    """Each fact and table that somebody is paid by, with where it came from."""
    scope = result.compiled.checked.scope
    tables = {table.name: at for at, table in enumerate(result.kernel.tables)}
    for one in result.facts.came:
        said = one.name, scope.label(one.name), one.origin.source, one.origin.as_of
        if one.what == "table":
            at = tables[one.name]
            yield UsedSource("table", *said, len(result.facts.records[at]), _digest(result, at))
        else:
            yield UsedSource("fact" if one.what == "fact" else "table", *said)


def presumptions(result: Result, lang: Lang) -> tuple[Presumed, ...]:
    """What nobody gave and the plan said, in the reader's language."""
    return tuple(_presumed(result, lang, entry.what, entry.name) for entry in result.facts.presumed)


def _presumed(
    result: Result, lang: Lang, what: Literal["default", "target", "opening"], name: str
) -> Presumed:
    kernel = result.kernel
    role = "target" if what == "target" else "actual"
    entry = next(
        entry for entry in result.compiled.kernel.inputs if entry.name == name and entry.role == role
    )
    known = Fraction(0) if what == "opening" else entry.default
    if known is None:
        step = next(step for step in kernel.steps if step.role == "target" and step.name == name)
        known = result.value(step.value)
    if known is None:
        value = exact = ""
    elif entry.choices:
        value = exact = entry.choices[int(known)]
    else:
        value, exact = quantity(known, entry.kind, lang)[0], machine(known, entry.kind)
    label = result.compiled.checked.scope.label(name)
    text = vocabulary(lang)[what].format(label=label, value=value)
    return Presumed(what, name, value, exact, text)
