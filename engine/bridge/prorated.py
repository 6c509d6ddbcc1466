"""Which facts are time worked: those that a plan prorates by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from dsl import tree

from ..compile import Compiled


def worked(compiled: Compiled) -> frozenset[str]:
    """The names of facts that salary, a target or a line of pay is prorated by, also by way of a figure."""
    scope = compiled.checked.scope
    waiting = [name for part in _parts(compiled.checked.parsed.tree) for name in _names(part)]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            figure = scope.figures.get(name)
            waiting.extend(_names(figure) if figure is not None else ())
    return frozenset(seen & compiled.kernel.actuals.keys())


def _parts(node: object) -> Iterator[object]:
    """The part and the whole of each proration."""
    for inner in _below(node):
        if isinstance(inner, tree.Prorated | tree.TargetProrated):
            yield from (inner.part, inner.whole)


def _names(node: object) -> Iterator[str]:
    yield from (inner.text for inner in _below(node) if isinstance(inner, tree.Name))


def _below(node: object) -> Iterator[object]:
    """A node of a tree and all under it; on a stack of our own, since formulas nest deeper than calls may."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple):
            waiting.extend(node)
        elif is_dataclass(node):
            yield node
            waiting.extend(getattr(node, field.name) for field in fields(node))
