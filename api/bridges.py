"""Why pay changed from one receipt to another, for everybody who stands in both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dsl.faults import Fault
from dsl.faults import answer as answers
from dsl.node import node
from dsl.words import Lang
from engine import bridge as engine
from engine.bridge.answer import BridgePerson
from engine.bridge.paper import DRAWN, paper, told, waterfall
from engine.evaluate import Result
from engine.facts import Person
from engine.picture import Sheet, Waterfall
from engine.statement.text import WIDTH

from .documents import found
from .paper import terminal
from .paper.forms import Answer
from .receipts import Verdict


@node
class Bridges:
    """Why pay changed, for everybody who stands in both receipts."""

    format: Literal[1]
    people: tuple[BridgePerson, ...]
    faults: tuple[answers.ToldFault, ...]
    """Warnings: who stands in one of the receipts only."""


@dataclass(frozen=True, slots=True)
class Bridged:
    """A bridge for each person of two receipts; `faults` warn of people who stand in one of them only."""

    people: tuple[engine.Bridge, ...]
    faults: tuple[Fault, ...]


def bridges(old: Verdict, new: Verdict, employee: str | None) -> Bridged | tuple[Fault, ...]:
    """What changed between two receipts that hold, for all people or one; or why it cannot be told."""
    before, after = (_people(verdict, employee) for verdict in (old, new))
    if isinstance(before, tuple) or isinstance(after, tuple):
        return tuple(fault for side in (before, after) if isinstance(side, tuple) for fault in side)
    asked = [name for name in dict.fromkeys([*after, *before]) if employee in {None, name}]
    alone = [name for name in asked if name not in before or name not in after]
    if len(alone) == len(asked):
        return (Fault("P750", facts={"employee": employee or "-"}),)
    # All people of a receipt are paid by one plan, so what lies between the plans is found once.
    both = engine.joined(next(iter(before.values()))[1], next(iter(after.values()))[1])
    if isinstance(both, Fault):
        return (both,)
    return Bridged(
        tuple(engine.bridges(both, before, after, employee)),
        tuple(Fault("P753", "warning", facts={"employee": name}) for name in alone),
    )


def _people(verdict: Verdict, employee: str | None) -> engine.Payroll | tuple[Fault, ...]:
    """Everybody in a receipt by their number; the faults of those who stand there for several periods.

    Who is asked for is paid together with the others.
    """
    found: dict[str, tuple[Person, Result]] = {}
    twice: dict[str, Fault] = {}
    people = verdict.receipt.people if verdict.receipt else ()
    for person, result in zip(people, verdict.results, strict=True):
        name = person.employee
        if name in found and (employee in {None, name} or result.kernel.groups):
            facts = {"employee": name, "one": found[name][0].period, "other": person.period}
            twice[name] = Fault("P751", facts=facts)
        found[name] = person, result
    return tuple(twice.values()) or found


def document(several: Bridged, lang: Lang) -> Bridges:
    """Bridges in the reader's language."""
    people = tuple(engine.document(one, lang) for one in several.people)
    return Bridges(1, people, found(several.faults, None, lang))


def answer(said: Bridges, lang: Lang) -> Answer:
    """An answer in all its forms."""
    return Answer(
        lambda: said,
        lambda: terminal.text(told(said.people, lang), WIDTH),
        lambda: paper(said.people, lang),
        lambda: picture(said, lang),
    )


def picture(said: Bridges, lang: Lang) -> Waterfall | Sheet | Fault:
    """The waterfalls of an answer."""
    if len(said.people) > DRAWN:
        return Fault("P755", facts={"most": str(DRAWN)})
    several = tuple(waterfall(person, lang) for person in said.people)
    if len(several) == 1:
        return several[0]
    title = engine.words(lang)["title"]
    return Sheet(title, title, lang, several)
