"""People paid by a plan and counted, one after another; whoever cannot be paid never stops the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import tee

from dsl.faults import Fault
from dsl.words import Lang
from engine.compile import Compiled
from engine.simulate import document, paper, picture, simulation
from engine.simulate.answer import Simulated
from engine.statement.answer import Unpaid

from .documents import found
from .files import FileEntry, People
from .paper import terminal
from .paper.forms import Answer, Form

FORMS: Sequence[Form] = ("txt", "json", "csv", "xlsx", "html", "svg", "png")
LISTED = 100  # people who could not be paid whose faults are told


def simulated(
    plans: tuple[Compiled, Compiled | None],
    people: People,
    lang: Lang,
    *,
    sensitive: bool = True,
    told: Callable[[FileEntry, tuple[Fault, ...]], object] = lambda _, __: None,
) -> Simulated | Fault:
    """What a plan would cost, held against another one where there is one; a fault where nobody is paid.

    `told` is told of everybody who could not be paid, when it is their turn.
    """
    compiled, against = plans
    if against is not None and against.kernel.currency != compiled.kernel.currency:
        return Fault("P752", facts={"old": against.kernel.currency, "new": compiled.kernel.currency})
    done = simulation(compiled, against, sensitive=sensitive)
    unpaid: list[Unpaid] = []
    entries, read = tee(people)
    for entry, faults in zip(entries, done.add(one.somebody for one in read), strict=True):
        if not isinstance(faults, tuple):
            continue
        if len(unpaid) < LISTED:
            who = entry.person or entry
            unpaid.append(Unpaid(who.employee, who.period, found(faults, compiled.source, lang)))
        told(entry, faults)
    if not done.whole.totals:
        return Fault("P761")
    return document(done, lang, unpaid, found(people.notices, None, lang))


def answer(said: Simulated, lang: Lang) -> Answer:
    """A simulation in all its forms."""
    return Answer(
        lambda: said,
        lambda: terminal.whole(paper(said, lang), terminal.WIDE),
        lambda: paper(said, lang),
        lambda: picture(said, lang),
    )
