"""What a plan does with money that its author may not have meant, found from its kernel alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dsl import tree
from dsl.check import sound
from dsl.faults import Fault, in_order

from ..compile import Compiled
from ..follow import Effort, View, sorts, view
from .advice import Finding, answered, merged, spoken
from .burden import burden
from .clauses import caps, turned
from .cliffs import cliffs
from .divisions import divisions
from .growth import Exposure, exposures, growth
from .idle import idle
from .parts import parts
from .ranges import Ranges, ranges
from .sizes import sizes
from .trade import trade
from .undeclared import undeclared

BENDS = frozenset({"P461", "P462", "P463"})  # advice that a tolerance is a reason for
SHOWN = 12  # advice that comes with examples; a long plan has long ones


# A part of itself, and days of hours.
UNFIT = frozenset({"P491", "P492"})


@dataclass(frozen=True, slots=True)
class Analysis:
    """Advice about a plan.

    `faults` are what its author has not answered, and warnings of answers to nothing; `answered` is what they
    have. `exposure` is how much each line, and the whole, can pay at most.
    """

    faults: tuple[Fault, ...]
    answered: tuple[Fault, ...]
    exposure: tuple[Exposure, ...]


def analyse(compiled: Compiled) -> Analysis:
    """The analysis of a plan that can pay."""
    several, whole = sorts(compiled)
    effort = Effort()
    views = [(view(compiled, sort, effort), ranges(sort.kernel)) for sort in several]
    known = [known for _, known in views] if whole else [ranges(compiled.kernel)]
    doubtful = _sound(compiled, [*sizes(compiled), *caps(compiled), *turned(compiled), *parts(compiled)])
    told = [*compiled.checked.faults, *(one.fault for one in doubtful)]
    # Of pay for a part that is none it is not known what it can come to.
    unfit = any(one.fault.code in UNFIT for one in doubtful)
    matterless = () if unfit else idle(compiled, known, told)
    found = merged(one for part in (*(_each(*one) for one in views), doubtful, matterless) for one in part)
    left, silent, warnings = answered(compiled, [one for one in found if not _said(compiled, one.fault)])
    lacking = sound(compiled.checked, [*undeclared(compiled)])
    shown = in_order((*_proved([*_loud(compiled, left)]), *warnings, *lacking))
    return Analysis(shown, in_order(one.fault for one in silent), exposures(views))


def _loud(compiled: Compiled, found: Sequence[Finding]) -> Iterator[Finding]:
    """What is told: no advice about a line in which something is most likely not meant."""
    wrong = {name for one in found if one.fault.severity == "warning" for name in one.names}
    for one in found:
        same = any(spoken(compiled, name) in wrong or name in wrong for name in one.names)
        if not one.quiet and (one.fault.severity == "warning" or not same):
            yield one


def _sound(compiled: Compiled, found: Sequence[Finding]) -> list[Finding]:
    """What is found, each with its repair as far as the plan with it is no worse."""
    faults = sound(compiled.checked, [one.fault for one in found])
    return [replace(one, fault=fault) for one, fault in zip(found, faults, strict=True)]


def _said(compiled: Compiled, fault: Fault) -> bool:
    """Whether the plan says so: within a tolerance all is the same, beyond it more pays less."""
    held = (kpi for kpi in compiled.checked.scope.kpis.values() if tree.among(kpi.clauses, tree.Tolerance))
    return (
        fault.code in BENDS
        and fault.place is not None
        and any(kpi.place.start <= fault.place.start < kpi.place.end for kpi in held)
    )


def _proved(found: Sequence[Finding]) -> Iterator[Fault]:
    """Advice with the examples that show it, as far as anybody would read them."""
    for index, one in enumerate(found):
        proof = one.proof if index < SHOWN else None
        yield one.fault if proof is None else replace(one.fault, example=proof())


def _each(view: View, known: Ranges) -> Iterator[Finding]:
    """What is found for one sort of people."""
    yield from cliffs(view)
    yield from growth(view, known)
    yield from divisions(view, known)
    yield from burden(view, known)
    yield from trade(view)
