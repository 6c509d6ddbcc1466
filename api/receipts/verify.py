"""A receipt computed again: the same to the last digit, or exactly what differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Literal

from dsl.faults import Fault, has_errors
from dsl.faults import answer as told
from dsl.node import node
from dsl.record import canonical, plain
from dsl.source import Source
from dsl.words import Lang
from engine.compile import Compiled, read_plan
from engine.evaluate import Company, Result, pay_all
from engine.facts.values import escaped, shown
from engine.money import Money
from engine.statement import document as statement
from engine.statement.answer import Currency

from .. import files
from ..documents import found
from ..exact import read_json, size
from ..person import placeless
from ..plans import Heading, heading
from .claim import Claim, counted, read
from .receipt import ENGINE, MOST

LISTED = 20  # differences that are told

Table = Mapping[str, object]


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
    if isinstance(receipt, tuple):
        return Verdict(None, (), receipt)
    source = Source(receipt.plan.file, receipt.plan.text)
    compiled = read_plan(source)
    if not isinstance(compiled, Compiled):
        return Verdict(receipt, (), (Fault("P745", pointer=f"{pointer}/plan"), *compiled), source)
    faults: list[Fault] = []
    if receipt.engine != ENGINE:
        facts = {"was": shown(receipt.engine), "now": ENGINE}
        faults.append(Fault("P746", "warning", pointer=f"{pointer}/engine", facts=facts))
    results: list[Result] = []
    people = [placeless(person) for person in receipt.people]
    again = zip(people, pay_all(lambda _: compiled, Company(people)), receipt.answers, strict=True)
    for index, (person, result, answer) in enumerate(again):
        where = f"{pointer}/answers/{index}"
        if isinstance(result, tuple):
            facts = {"employee": person.employee, "period": person.period}
            faults += [
                Fault("P747", pointer=where, facts=facts),
                *_placed(result, receipt.people[index].pointer),
            ]
            continue
        results.append(result)
        faults += islice(differences(receipt, result, answer, where), LISTED)
    return Verdict(receipt, tuple(results), tuple(faults), source)


def _placed(faults: Iterable[Fault], pointer: str) -> Iterator[Fault]:
    """The faults of somebody who stands at a pointer."""
    for one in faults:
        yield one if one.pointer is None else replace(one, pointer=pointer + one.pointer)


# ── What differs ─────────────────────────────────────────────────────────────────────────────────────────


def differences(receipt: Claim, result: Result, answer: object, pointer: str) -> Iterator[Fault]:
    """Where an answer differs; of one that another engine gave only the money has to be the same."""
    plan = receipt.plan
    again = plain(statement(result, receipt.lang, plan.id or None, plan.revision or None))
    if receipt.engine != ENGINE:
        again, answer = _money(again), _money(answer)
    facts = {"employee": result.facts.employee, "period": result.facts.period.text}
    for where, was, now in _apart(answer, again, ""):
        yield Fault(
            "P748", pointer=f"{pointer}{where}", facts={**facts, "what": where or "/", "was": was, "now": now}
        )


def _money(answer: object) -> object:
    """The amounts of an answer: what has to be the same whatever sentences are said of it."""
    if not isinstance(answer, dict):
        return answer
    kept = {name: answer.get(name) for name in ("employee", "period", "currency", "total")}
    lines = answer.get("lines")
    if not isinstance(lines, list):
        return kept
    amounts = [[line.get("name"), line.get("amount")] for line in lines if isinstance(line, dict)]
    return {**kept, "lines": amounts}


def _apart(was: object, now: object, pointer: str) -> Iterator[tuple[str, str, str]]:
    """Each place where two values differ, with what stands there in either; `∅` where nothing does."""
    if isinstance(was, dict) and isinstance(now, dict):
        for name in [*was, *(name for name in now if name not in was)]:
            where = f"{pointer}/{escaped(name)}"
            if name in was and name in now:
                yield from _apart(was[name], now[name], where)
            else:
                yield where, _told(was, name), _told(now, name)
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for index, pair in enumerate(zip(was, now, strict=True)):
            yield from _apart(*pair, f"{pointer}/{index}")
    elif was != now:
        yield pointer, _shown(was), _shown(now)


def _told(side: Table, name: str) -> str:
    return _shown(side[name]) if name in side else "∅"


def _shown(value: object) -> str:
    return str(value) if type(value) is int else shown(value)


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
    compiled = verdict.results[-1].compiled if verdict.results else None
    plan = heading(compiled.checked.header, compiled.kernel.digest) if compiled else None
    return Same(True, ENGINE, claim.engine, plan, tuple(map(_verified, verdict.results)), faults)


def _verified(result: Result) -> Verified:
    facts, kernel = result.facts, result.kernel
    return Verified(facts.employee, facts.period.text, kernel.currency, Money(result.total, kernel.digits))
