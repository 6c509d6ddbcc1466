"""Words for people: whether the line that they are about is there, is paid, and is told something of."""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree
from ..faults import Fault
from ..words import words
from .scope import COMMISSION, Scope

PAYMENT = frozenset({"grounds", "due"})  # topics of what is paid


def prose(scope: Scope, *, whole: bool) -> Iterator[Fault]:
    """Prose at fault; about what is not in the plan only where all lines parsed (`whole`)."""
    for line in scope.lines:
        match line:
            case tree.Prose(text=text) if not text.text.strip():
                yield Fault("P272", place=text.place)
            case tree.Prose(topic, name=tree.Name() as name):
                yield from _named(scope, topic, name, whole=whole)
            case tree.Prose(word="salary" | "bonus" | "commission" as word) if whole:
                if not _there(scope, word):
                    yield Fault("P273", place=line.place, facts={"word": words(scope.plan.lang)[word]})
            case tree.Fact(source=tree.Text() as source) if not source.text.strip():
                yield Fault("P272", place=source.place)
            case _:
                pass


def _named(scope: Scope, topic: tree.ProseTopic, name: tree.Name, *, whole: bool) -> Iterator[Fault]:
    paid = [*scope.kpis, *(one for one in scope.pays if one != COMMISSION), *scope.sections]
    known = paid if topic in PAYMENT else [*paid, *scope.needs, *scope.figures]
    if name.text in known or not whole:
        return
    if name.text in scope.needs or name.text in scope.figures:
        yield Fault("P271", place=name.place, facts={"name": name.text})
    else:
        fix = scope.guess(name.text, known)
        yield Fault("P270", place=name.place, facts={"name": name.text}, fix=fix)


def _there(scope: Scope, word: tree.ProseWord) -> bool:
    """Whether a plan has the line that a word stands for."""
    match word:
        case "salary":
            return scope.salary is not None
        case "bonus":
            return scope.bonus is not None
        case "commission":
            return COMMISSION in scope.pays
        case _:
            return True
