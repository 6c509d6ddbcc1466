"""Words for people, and answers to advice: whether their line is there, and they say something."""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree
from ..faults import Fact, Fault, nearest
from ..place import Place
from ..words import words
from .scope import COMMISSION, Scope

PAYMENT = frozenset({"grounds", "due"})  # topics of what is paid


def prose(scope: Scope) -> Iterator[Fault]:
    """Prose at fault; about what is not in the plan only where all lines parsed (`whole`)."""
    there = {"salary": scope.salary, "bonus": scope.bonus, "commission": scope.pays.get(COMMISSION)}
    for line in scope.lines:
        match line:
            case tree.Prose(text=text) if not text.text.strip():
                yield Fault("P272", place=text.place)
            case tree.Prose(topic, name=tree.Name() as name):
                yield from _named(scope, topic, name)
            case tree.Prose(word="salary" | "bonus" | "commission" as word) if scope.whole:
                if there[word] is None:
                    yield Fault("P273", place=line.place, facts={"word": words(scope.plan.lang)[word]})
            case tree.Fact(source=tree.Text() as source) if not source.text.strip():
                yield Fault("P272", place=source.place)
            case _:
                pass


def _named(scope: Scope, topic: tree.ProseTopic, name: tree.Name) -> Iterator[Fault]:
    paid = scope.named_lines
    known = paid if topic in PAYMENT else [*paid, *scope.needs, *scope.figures]
    if name.text in known or not scope.whole:
        return
    if name.text in scope.needs or name.text in scope.figures:
        yield Fault("P271", place=name.place, facts={"name": name.text})
    else:
        fix = scope.guess(name.text, known)
        yield Fault("P270", place=name.place, facts={"name": name.text}, fix=fix)


# ── Answers to the advice of the checker: `allow cliff for revenue because "…"` ──────────────────────────


def answers(scope: Scope) -> Iterator[Fault]:
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
        lines = (scope.kpis, scope.pays, scope.sections)
        if scope.whole and name is not None and not any(name.text in several for several in lines):
            near = scope.guess(name.text, scope.named_lines)
            yield Fault("P262", place=name.place, facts={"name": name.text}, fix=near)
        if not line.reason.text.strip():
            yield Fault("P267", place=line.reason.place)


def _word(scope: Scope, line: tree.Allow) -> Place:
    """Where the word for an advice stands: the second of its line."""
    text = scope.text(line)
    at = text.index(line.word, len(text.split(maxsplit=1)[0]))
    return Place(line.place.start + at, line.place.start + at + len(line.word))
