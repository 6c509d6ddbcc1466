"""The check, pass by pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..faults import Fault, in_order
from ..parse import Parsed
from .checked import Checked, Input
from .examples import examples
from .header import header
from .kinds import Kinds, infer
from .names import names, order
from .rules import rules
from .scope import Scope, survey


def check(parsed: Parsed) -> Checked:
    """The checked plan of a parsed text. Leaves the tree alone; never raises.

    A text with lines that did not parse is checked as far as it was understood, without the faults that the
    missing lines may explain (an unknown name, a sum of weights).
    """
    whole = not parsed.broken
    scope, doubled = survey(parsed)
    heading, headless = header(parsed.tree, whole=whole)
    currency = heading.currency if heading else None
    computed, circles = order(scope)
    kinds = infer(scope, currency)
    faults = [
        *parsed.faults,
        *doubled,
        *headless,
        *circles,
        *names(scope, whole=whole),
        *kinds.faults,
        *rules(scope, currency, whole=whole),
        *examples(scope, whole=whole),
    ]
    inputs = {name: _input(scope, kinds, name) for name in scope.needs}
    return Checked(parsed, heading, scope, kinds, tuple(computed), inputs, in_order(_distinct(faults)))


def _input(scope: Scope, kinds: Kinds, name: str) -> Input:
    declared = scope.facts.get(name)
    return Input(
        name=name,
        label=scope.label(name),
        kind=kinds[name],
        signed=declared is not None and declared.signed,
        default=declared.default if declared else None,
        place=scope.needs[name],
    )


def _distinct(faults: Iterable[Fault]) -> Iterator[Fault]:
    """One fault for a code at a place: an expression is looked at from more than one side."""
    seen = set()
    for fault in faults:
        if (fault.code, fault.place) not in seen:
            seen.add((fault.code, fault.place))
            yield fault
