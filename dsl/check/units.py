"""Kinds of facts that their labels contradict: hours that are declared as days."""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree
from ..faults import Fault
from .called import called
from .scope import Scope


def units(scope: Scope) -> Iterator[Fault]:
    """The facts in days that are called hours, and not days as well."""
    for name, fact in scope.facts.items():
        timed = isinstance(fact.kind, tree.Kind) and fact.kind.kind == "days"
        if fact.kind is None or not timed or not called(scope, name, "hours") or called(scope, name, "days"):
            continue
        facts = {"name": name, "label": scope.label(name)}
        number = scope.words.kind_words["number"]
        yield scope.fault(
            "P337", fact.kind, "warning", also=fact.label, **facts, instead=number, fix=number
        )  # fmt: skip
