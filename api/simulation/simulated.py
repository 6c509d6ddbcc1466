"""People paid by a plan and counted, one after another; whoever cannot be paid never stops the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from dsl.faults import Fault
from dsl.words import Lang
from engine.compile import Compiled
from engine.facts import Person
from engine.simulate import document, paper, picture, simulation
from engine.simulate.answer import Simulated
from engine.statement import answer as statement

from ..documents import found as listed
from ..documents import refused
from ..paper import terminal
from ..paper.forms import Answer, Form

# Somebody who cannot be read: their number and period, if there are such, and why.
Unpaid = tuple[str | None, str | None, tuple[Fault, ...]]
FORMS: Sequence[Form] = ("txt", "json", "csv", "xlsx", "html", "svg", "png")
LISTED = 100  # people who could not be paid whose faults are told


def simulated(
    plans: tuple[Compiled, Compiled | None],
    people: Iterable[Person | Unpaid],
    lang: Lang,
    *,
    notices: Sequence[Fault] = (),
    sensitive: bool = True,
    told: Callable[[Person | Unpaid, tuple[Fault, ...]], object] = lambda _, __: None,
) -> Simulated | Fault:
    """What a plan would cost, held against another one where there is one; a fault where nobody is paid.

    `told` is told of everybody who could not be paid, when it is their turn; `notices`, whole when the last
    has been read, say how the facts were read.
    """
    compiled, against = plans
    if against is not None and against.kernel.currency != compiled.kernel.currency:
        facts = {"old": against.kernel.currency, "new": compiled.kernel.currency}
        return Fault("P752", facts=facts)
    done = simulation(compiled, against, sensitive=sensitive)
    unpaid: list[statement.Unpaid] = []
    for person in people:
        found = done.add(person) if isinstance(person, Person) else person[2]
        if not isinstance(found, tuple):
            continue
        who = (person.employee, person.period) if isinstance(person, Person) else person[:2]
        if not isinstance(person, Person):
            done.refused += 1
        if len(unpaid) < LISTED:
            unpaid.append(refused(*who, found, compiled.source, lang))
        told(person, found)
    if not done.whole.totals:
        return Fault("P761")
    return document(done, lang, unpaid, listed(notices, None, lang))


def answer(said: Simulated, lang: Lang) -> Answer:
    """A simulation in all its forms."""
    return Answer(
        lambda: said,
        lambda: terminal.whole(paper(said, lang), terminal.WIDE),
        lambda: paper(said, lang),
        lambda: picture(said, lang),
    )
