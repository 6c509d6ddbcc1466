"""Divisions by what can be 0: whom the plan could not pay at all."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from dsl.place import Place

from .. import kernel as k
from ..follow.graph import ZERO
from ..follow.hangs import needed
from ..follow.people import Somebody, example, least, measured, told, unpaid
from ..follow.reference import floor, reached
from ..follow.view import View
from ..signs import signs
from .advice import Finding, advise
from .guards import Guards, guards

TRIED = 100  # divisions that are looked at


def divisions(view: View) -> Iterator[Finding]:
    """One for each divisor that is 0 for somebody whom no condition keeps away from it."""
    known, written = signs(view.kernel), guards(view.compiled)
    places: set[Place] = set()
    for root in k.roots(view.kernel):
        for node in k.walk(root):
            if not isinstance(node, k.Arithmetic) or node.sign != "/" or known[id(node.right)] == "positive":
                continue
            if node.place not in places and len(places) < TRIED:
                places.add(node.place)
                yield from _division(view, written, root, node)


def _division(view: View, written: Guards, root: k.Node, node: k.Arithmetic) -> Iterator[Finding]:
    for variable, entry in enumerate(view.kernel.inputs):
        if not measured(entry) or not view.moves(node.right, variable):
            continue
        graph = view.over(view.made.period, variable).node(node.right)
        unit = least(entry.kind, view.kernel.digits)
        for value in reached(graph, ZERO, floor(view.kernel, variable)):
            made = view.made.having(variable, value)
            if value % unit == 0 and unpaid(view.compiled, made) is node:
                yield _told(view, written, root, node, variable, made)
                return


def _told(
    view: View, written: Guards, root: k.Node, node: k.Arithmetic, variable: int, made: Somebody
) -> Finding:
    entry, source = view.kernel.inputs[variable], view.compiled.source
    value = made.values[variable]
    assert value is not None
    at = told(view.compiled, value, entry.kind)
    place = node.place
    guard = written.guarded(view, node, variable)
    facts = {"text": " ".join(source.at(place).split()), "fact": entry.name, "at": at, "guard": guard}
    lines = [view.kernel.lines[line] for line in view.earned()]
    needing = (line for line in lines if any(node is root for node in needed(view.kernel, [line.amount])))
    names = frozenset(line.name for line in needing)
    advice = advise(view, "P468", "division", place, facts, name=min(names, default=None))
    proof = partial(example, view.compiled, made, f"{entry.name} {at}", [])
    return Finding("division", advice, names, (place,), proof=proof)
