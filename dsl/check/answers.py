"""Answers to the advice of the checker: `allow cliff for revenue because "…"`."""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree
from ..faults import Fact, Fault, nearest
from ..place import Place
from ..words import words
from .scope import COMMISSION, Scope


def answers(scope: Scope, *, whole: bool) -> Iterator[Fault]:
    """Answers to no advice, and those about no line, but only where all lines parsed (`whole`)."""
    known = words(scope.plan.lang).advice
    seen: dict[tuple[str, str | None], tree.Allow] = {}
    for line in scope.lines:
        if not isinstance(line, tree.Allow):
            continue
        name = line.name
        if line.advice is None:
            facts: dict[str, Fact] = {"word": line.word, "known": tuple(known)}
            near = nearest(line.word.casefold(), known)
            yield Fault("P261", place=_word(scope, line), facts=facts, fix=near)
        elif (earlier := seen.setdefault((line.advice, name.text if name else None), line)) is not line:
            yield Fault("P202", place=line.place, also=earlier.place)
        if whole and name is not None and not _paying(scope, name.text):
            paying = [*scope.kpis, *(one for one in scope.pays if one != COMMISSION), *scope.sections]
            near = scope.guess(name.text, paying)
            yield Fault("P262", place=name.place, facts={"name": name.text}, fix=near)
        if not line.reason.text.strip():
            yield Fault("P267", place=line.reason.place)


def _word(scope: Scope, line: tree.Allow) -> Place:
    """Where the word for an advice stands: the second of its line."""
    text = scope.text(line)
    at = text.index(line.word, len(text.split(maxsplit=1)[0]))
    return Place(line.place.start + at, line.place.start + at + len(line.word))


def _paying(scope: Scope, name: str) -> bool:
    return name in scope.kpis or name in scope.pays or name in scope.sections
