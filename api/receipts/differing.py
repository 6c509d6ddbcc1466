"""Where the answer in a receipt is not the one that was computed again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dsl.faults import Fault
from dsl.record import plain
from engine.evaluate import Result
from engine.facts.values import escaped, shown
from engine.statement import document as statement

from .claim import Claim
from .receipt import ENGINE

Table = Mapping[str, object]


def differences(receipt: Claim, result: Result, answer: object, pointer: str) -> Iterator[Fault]:
    """Where an answer differs; of one that another engine gave only the money has to be the same."""
    plan = receipt.plan
    again = plain(statement(result, receipt.lang, plan.id or None, plan.revision or None))
    if receipt.engine != ENGINE:
        again, answer = _money(again), _money(answer)
    facts = {"employee": result.facts.employee, "period": result.facts.period.text}
    for where, was, now in _apart(answer, again, ""):
        told = {**facts, "what": where or "/", "was": was, "now": now}
        yield Fault("P748", pointer=f"{pointer}{where}", facts=told)


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
