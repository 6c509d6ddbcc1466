"""The check, pass by pass."""

from __future__ import annotations

from ..faults import told
from ..parse import Parsed
from .answers import answers
from .attributes import choices, whose
from .checked import Checked, FactInput
from .clashes import clashes
from .examples import examples
from .header import header
from .infer import infer
from .kinds import Kinds
from .literals import literals
from .names import names
from .prose import prose
from .rules import rules
from .scope import Scope, survey
from .sequence import sequence
from .shared import joined
from .spelling import strays


def check(parsed: Parsed) -> Checked:
    """The checked plan of a parsed text. Leaves the tree alone; never raises.

    A text with lines that did not parse is checked as far as it was understood, without the faults that the
    missing lines may explain (an unknown name, a sum of weights).
    """
    # Definitions are a part of the plans that include them, where alone it shows what is missing.
    whole = not parsed.broken and parsed.definitions is None
    plan, spare = joined(parsed)
    heading, currency, headless = header(plan, whole=whole)
    scope, doubled = survey(parsed.source, plan, spare)
    computed, circles = sequence(scope)
    misspelt = strays(scope)
    kinds = infer(scope, [name for what, name in computed if what == "figure"])
    clashing = clashes(scope, kinds, currency)
    scope.unsound = {fault.place for fault in clashing if fault.place is not None}
    faults = [
        *parsed.faults,
        *doubled,
        *headless,
        *circles,
        *clashing,
        *names(scope, misspelt, whole=whole),
        *rules(scope, whole=whole),
        *literals(scope, kinds, currency),
        *choices(scope, misspelt),
        *whose(scope),
        *answers(scope, whole=whole),
        *prose(scope, whole=whole),
        *examples(scope, kinds, misspelt, whole=whole),
    ]
    inputs = {name: _input(scope, kinds, name) for name in scope.needs}
    return Checked(parsed, heading, scope, kinds, tuple(computed), inputs, told(faults))


def _input(scope: Scope, kinds: Kinds, name: str) -> FactInput:
    declared = scope.facts.get(name)
    return FactInput(
        name=name,
        label=scope.label(name),
        kind=kinds[name],
        choices=scope.choices(name),
        signed=declared is not None and declared.signed,
        default=declared.default if declared else None,
        bounds=declared.bounds if declared else None,
        source=declared.source.text if declared and declared.source else None,
        place=scope.needs[name],
    )
