"""Words for people, and answers to advice: whether their line is there, and they say something."""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree
from ..data import table
from ..faults import Fault, nearest
from ..place import Place
from .scope import COMMISSION, Scope

PAYMENT = frozenset({"grounds", "due"})  # topics of what is paid


def prose(scope: Scope) -> Iterator[Fault]:
    """Prose at fault; about what is not in the plan only where all lines parsed (`whole`)."""
    there = {"salary": scope.salary, "bonus": scope.bonus, "commission": scope.pays.get(COMMISSION)}
    for line in scope.lines:
        match line:
            case tree.Prose(text=text) if not text.text.strip():
                yield scope.fault("P272", text)
            case tree.Prose(topic, name=tree.Name() as name):
                yield from _named(scope, topic, name)
            case tree.Prose(word="salary" | "bonus" | "commission" as word) if scope.whole:
                if there[word] is None:
                    yield scope.fault("P273", line, word=scope.words[word])
            case tree.Fact(source=tree.TakenFrom(text=tree.Text() as text)) if not text.text.strip():
                yield scope.fault("P272", text)


def _named(scope: Scope, topic: tree.ProseTopic, name: tree.Name) -> Iterator[Fault]:
    given = {*scope.needs, *scope.figures}
    known = [*scope.named_lines, *(given if topic not in PAYMENT else ())]
    if scope.whole and name.text not in known:
        if name.text in given:
            yield scope.fault("P271", name, name=name.text)
        else:
            yield scope.fault("P270", name, name=name.text, fix=scope.guess(name.text, known))


# ── Answers to the advice of the checker: `allow cliff for revenue because "…"` ──────────────────────────


def answers(scope: Scope) -> Iterator[Fault]:
    """Answers to no advice, and those about no line, but only where all lines parsed (`whole`)."""
    known = tuple(scope.words.advice)
    seen: dict[tuple[str, str | None], tree.Allow] = {}
    for line in scope.lines:
        if not isinstance(line, tree.Allow):
            continue
        name = line.name
        if line.advice is None:
            near = _called(line.word.casefold(), scope) or nearest(line.word.casefold(), known)
            yield scope.fault(
                "P261", _word(scope, line), word=line.word, known=(near,) if near else known, fix=near
            )
        elif (earlier := seen.setdefault((line.advice, name.text if name else None), line)) is not line:
            yield scope.fault("P202", line, also=earlier)
        if scope.whole and name is not None and name.text not in {*scope.named_lines, *scope.pays}:
            yield scope.fault("P262", name, name=name.text, fix=scope.guess(name.text, scope.named_lines))
        if not line.reason.text.strip():
            yield scope.fault("P267", line.reason)


def _called(word: str, scope: Scope) -> str | None:
    """The word for an advice that people call by another one."""
    said: dict[str, list[str]] = table("grammars", "synonyms.toml")["advice"][scope.plan.lang]
    meant = [advice for advice, others in said.items() if word in others]
    return scope.words.advice_words[meant[0]] if meant else None


def _word(scope: Scope, line: tree.Allow) -> Place:
    """Where the word for an advice stands: the second of its line."""
    text = scope.text(line)
    at = text.index(line.word, len(text.split(maxsplit=1)[0]))
    return Place(line.place.start + at, line.place.start + at + len(line.word))
