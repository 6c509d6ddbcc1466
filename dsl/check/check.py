"""The check, pass by pass, and what is known of a plan after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from .. import tree
from ..faults import Fault, has_errors, told
from ..parse import Parsed, parse
from ..parse.limits import Work
from ..place import Place
from ..source import Source
from ..words import KindName, Lang
from .attributes import choices, whose
from .balances import booked, ledger
from .clashes import clashes
from .columns import resolved
from .examples import examples
from .header import NO_CURRENCY, Header, header, unsaid
from .infer import infer
from .kinds import Kinds
from .literals import literals
from .names import UNDECLARED, names
from .origins import origins
from .prose import answers, prose
from .records import records
from .repairs import UNUSED, WORD, Judge, Words, bare
from .rules import rules
from .scope import Scope, survey
from .sequence import Node, sequence
from .shared import joined
from .spelling import strays
from .units import units

# So often a line is read anew without the repairs that were refused.
ROUNDS = 2
# Where there was no work left for all repairs, there is none for others.
TIRED = "P160"


@dataclass(frozen=True, slots=True)
class FactInput:
    """A fact that the plan needs: its kind, its label, what is presumed where nobody gives it, its bounds.

    `source` is where it comes from in the author's words; `sources` are those that are accepted, the empty
    one that of what is typed in.
    """

    name: str
    label: str
    kind: KindName
    choices: tuple[str, ...]
    signed: bool
    default: tree.Expr | None
    bounds: tree.Bounds | None
    source: str | None
    sources: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Checked:
    """A checked plan. Where `faults` holds errors the rest may be incomplete and is not to be evaluated.

    `computed` are the figures, targets, attainments and the salary, each after what it is computed from.
    """

    parsed: Parsed
    header: Header | None
    scope: Scope
    kinds: Kinds
    computed: tuple[Node, ...]
    inputs: Mapping[str, FactInput]
    faults: tuple[Fault, ...]

    @property
    def broken(self) -> bool:
        """Whether the plan must not be evaluated."""
        return has_errors(self.faults)

    @property
    def source(self) -> Source:
        """The text that was checked, with what it includes."""
        return self.parsed.source

    @property
    def lang(self) -> Lang:
        """The language the text is written in."""
        return self.parsed.lang


def check(parsed: Parsed) -> Checked:
    """The checked plan of a parsed text. Leaves the tree alone; never raises.

    A text with lines that did not parse is checked as far as it was understood, without the faults that the
    missing lines may explain (an unknown name, a sum of weights). Each repair of what is wrong is a sound
    one; where the parser found another, it is asked again.
    """
    found = tried(parsed)
    if all(fault.fix is None for fault in found.faults):
        return found
    judge = Judge(parsed, found.faults, _checked, Work())
    refused: frozenset[Words] = frozenset()
    tired = any(fault.code == TIRED for fault in found.faults)
    for _ in range(0 if tired else ROUNDS):
        wrong = refused.union(judge.refused(found.parsed.faults))
        if wrong == refused:
            break
        refused = wrong
        again = parse(bare(parsed.source), Work(refused=refused))
        found = _checked(again, not again.broken)
        judge.faults = found.faults
    return replace(found, faults=judge.offered(found.faults))


def tried(parsed: Parsed) -> Checked:
    """A checked plan for whoever tries a text out: no repair is held against it."""
    return _checked(parsed, not parsed.broken)


def sound(checked: Checked, faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """What somebody else finds in a checked plan, each with its repair as far as that is sound."""
    return Judge(checked.parsed, (*checked.faults, *faults), _checked, Work()).offered(faults)


def _checked(parsed: Parsed, whole: bool) -> Checked:
    """What is known of a plan; of a whole one it is told what it lacks."""
    # Definitions are a part of the plans that include them, where alone it shows what is missing.
    whole = whole and parsed.definitions is None
    plan, spare = joined(parsed)
    plan, columns = resolved(plan)
    plan = booked(plan)
    heading, currency, headless = header(plan, whole=whole)
    scope, doubled = survey(parsed.source, plan, columns, spare, whole=whole)
    computed, circles = sequence(scope)
    misspelt = strays(scope)
    kinds = infer(scope, [name for what, name in computed if what == "figure"])
    if (
        currency == NO_CURRENCY
        and whole
        and any(kinds[name] == "money" for name in (*scope.needs, *scope.figures))
    ):
        headless = [*headless, unsaid(plan)]
    clashing = clashes(scope, kinds, currency)
    scope.unsound = {fault.place for fault in clashing if fault.place is not None}
    values = [*literals(scope, kinds, currency)]
    scope.unsound.update(fault.place for fault in values if fault.place is not None)
    found = [
        *doubled,
        *headless,
        *circles,
        *clashing,
        *names(scope, misspelt),
        *records(scope),
        *origins(scope),
        *units(scope),
        *rules(scope),
        *ledger(scope, kinds),
        *values,
        *choices(scope, misspelt),
        *whose(scope),
        *answers(scope),
        *prose(scope),
        *examples(scope, kinds, misspelt),
    ]
    inputs = {one.name: one for one in (_input(scope, kinds, name) for name in scope.needs)}
    # What stands behind a number and is no unit is one mistake, whatever kind the number then is not of.
    strange = {fault.place for fault in found if fault.code == UNIT}
    found = [fault for fault in found if fault.code == UNIT or fault.place not in strange]
    # What is told of a name that is taken, or of a fact that cannot be, is all that is told of it.
    taken = {fault.facts.get("name") for fault in found if fault.code in OWNED}
    found = [fault for fault in found if fault.code not in OWNING or fault.facts.get("name") not in taken]
    # What a repair makes use of is not idle besides.
    wanted = {word for fault in found if fault.severity == "error" for word in WORD.findall(fault.fix or "")}
    found = [one for one in found if one.code not in UNUSED or one.facts.get("name") not in wanted]
    faults = [*parsed.faults, *(fault for fault in found if not _hangs(fault, parsed))]
    # Whatever else is at fault may be what the name is of.
    faults = [one for one in faults if one.code not in UNDECLARED or one in parsed.faults] or faults
    return Checked(parsed, heading, scope, kinds, tuple(computed), inputs, told(faults))


UNIT = "P316"
OWNED = frozenset({"P203", "P358"})
OWNING = frozenset({"P218", "P222", "P229", "P250", "P314"})


def _hangs(fault: Fault, parsed: Parsed) -> bool:
    """Whether a fault hangs on a line that did not parse, which alone is told."""
    doubts = parsed.doubts
    spots = [spot for spot in (fault.place, fault.also) if spot is not None]
    if any(spot.inside(place) for place in doubts.places for spot in spots):
        return True
    if not doubts.names:
        return False
    return any(parsed.source.at(spot) in doubts.names for spot in spots) or any(
        told in doubts.names for told in fault.facts.values() if isinstance(told, str)
    )


def _input(scope: Scope, kinds: Kinds, name: str) -> FactInput:
    declared = scope.facts.get(name)
    told = declared and declared.source and declared.source.text
    return FactInput(
        name=name.removesuffix(tree.OPENING),
        label=scope.label(name),
        kind=kinds[name],
        choices=scope.choices(name),
        signed=declared is not None and declared.signed,
        default=declared.default if declared else None,
        bounds=declared.bounds if declared else None,
        source=told.text if told else None,
        sources=scope.accepted(declared),
        place=scope.needs[name],
    )
