"""A receipt computed again: the same to the last digit, or exactly what differs."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal

from dsl.faults import Fault, has_errors
from dsl.faults import answer as told
from dsl.node import node
from dsl.record import canonical
from dsl.source import Source
from dsl.words import Lang
from engine.compile import Compiled, read_plan
from engine.evaluate import Result, pay
from engine.facts.values import shown
from engine.money import Money
from engine.statement.answer import Currency

from .. import files
from ..documents import found
from ..exact import read_json, size
from ..plans import Heading, heading
from .claim import Claim, counted, read
from .differing import differences
from .receipt import ENGINE, MOST

LISTED = 20  # differences that are told


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a receipt: everybody's result computed again, or the faults for which it is refused.

    The faults of one that holds are warnings. `source` is the plan in it, in which they may have places.
    """

    receipt: Claim | None
    results: tuple[Result, ...]
    faults: tuple[Fault, ...]
    source: Source | None = None

    @property
    def same(self) -> bool:
        """Whether the answer is the same."""
        return self.receipt is not None and not has_errors(self.faults)


# ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────


def opened(path: Path) -> Verdict:
    """The verdict on a file."""
    file = files.opened(path)
    if isinstance(file, Fault):
        return Verdict(None, (), (file,))
    with file:
        data = file.read(MOST + 1)
    if len(data) > MOST:
        return Verdict(None, (), (Fault("P657", facts={"path": str(path), "most": size(MOST)}),))
    return judged(data, path.name)


def judged(data: bytes, name: str) -> Verdict:
    """The verdict on the bytes of a file: they have to be those that were written."""
    value = read_json(data, MOST)
    if isinstance(value, tuple):
        placed = any(fault.place for fault in value)
        text = Source(name, data.decode("utf-8-sig", "replace")) if placed else None
        return Verdict(None, (), (Fault("P740"), *value), text)
    verdict = checked(value)
    if verdict.same and canonical(counted(value)) + b"\n" != data:
        return Verdict(verdict.receipt, (), (Fault("P742"),), verdict.source)
    return verdict


def checked(value: object, pointer: str = "") -> Verdict:
    """The verdict on a receipt as a JSON value that stands at a pointer."""
    receipt = read(value, pointer)
    return Verdict(None, (), receipt) if isinstance(receipt, tuple) else recomputed(receipt, pointer)


# ── Computing again ──────────────────────────────────────────────────────────────────────────────────────


def recomputed(receipt: Claim, pointer: str = "") -> Verdict:
    """The verdict on a receipt whose sections are as they were written."""
    source = Source(receipt.plan.file, receipt.plan.text)
    compiled = read_plan(source)
    if not isinstance(compiled, Compiled):
        return Verdict(receipt, (), (Fault("P745", pointer=f"{pointer}/plan"), *compiled), source)
    faults: list[Fault] = []
    if receipt.engine != ENGINE:
        facts = {"was": shown(receipt.engine), "now": ENGINE}
        faults.append(Fault("P746", "warning", pointer=f"{pointer}/engine", facts=facts))
    results: list[Result] = []
    for index, (person, answer) in enumerate(zip(receipt.people, receipt.answers, strict=True)):
        where = f"{pointer}/answers/{index}"
        result = pay(compiled, person)
        if isinstance(result, tuple):
            facts = {"employee": person.employee, "period": person.period}
            faults += [Fault("P747", pointer=where, facts=facts), *result]
            continue
        results.append(result)
        faults += islice(differences(receipt, result, answer, where), LISTED)
    return Verdict(receipt, tuple(results), tuple(faults), source)


# ── The verdict as it is answered ────────────────────────────────────────────────────────────────────────


@node
class Verified:
    """Somebody in a receipt, and what they are paid."""

    employee: str
    period: str
    currency: Currency
    total: Money


@node
class Same:
    """The answer in a receipt, computed again, is the same to the last digit."""

    same: Literal[True]
    engine: str
    """The version that computed it again."""
    written_by: str
    """The version that wrote it: of another one amounts alone are compared."""
    plan: Heading | None
    people: tuple[Verified, ...]
    faults: tuple[told.ToldFault, ...]
    """Warnings."""


@node
class Refused:
    """A receipt that cannot be read, or whose answer is another when it is computed again."""

    same: Literal[False]
    engine: str
    written_by: str | None
    plan: None
    people: tuple[()]
    faults: tuple[told.ToldFault, ...]


def document(verdict: Verdict, lang: Lang) -> Same | Refused:
    """A verdict: whether the answer is the same, by what it was computed, and who is paid what."""
    claim, faults = verdict.receipt, found(verdict.faults, verdict.source, lang)
    if claim is None or not verdict.same:
        return Refused(False, ENGINE, claim.engine if claim else None, None, (), faults)
    plan = None
    for result in verdict.results:
        plan = heading(result.compiled.checked.header, result.compiled.kernel.digest)
    return Same(True, ENGINE, claim.engine, plan, tuple(map(_verified, verdict.results)), faults)


def _verified(result: Result) -> Verified:
    facts, kernel = result.facts, result.kernel
    return Verified(facts.employee, facts.period.text, kernel.currency, Money(result.total, kernel.digits))
