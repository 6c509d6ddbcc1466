"""A regulation that may be signed: its examples come out, and what it still lacks is told."""

from __future__ import annotations

from collections.abc import Iterator

from dsl import tree
from dsl.faults import Fault
from dsl.words import Lang, words
from engine.compile import Compiled
from engine.examples import run
from engine.regulation import Regulation, regulation


def made(compiled: Compiled, lang: Lang) -> Regulation | tuple[Fault, ...]:
    """The regulation of a plan, or a fault for each example that does not come out."""
    failed = tuple(
        Fault("P692", place=outcome.place, facts={"title": outcome.title})
        for outcome in run(compiled)
        if not outcome.passed
    )
    return failed or regulation(compiled, lang)


def gaps(compiled: Compiled) -> Iterator[Fault]:
    """What the law and the reader expect in a regulation, and this plan leaves to be filled in by hand."""
    scope, vocabulary = compiled.checked.scope, words(compiled.checked.lang)
    title = next(line for line in scope.lines if isinstance(line, tree.Title))
    told = {line.topic for line in scope.lines if isinstance(line, tree.Prose)}
    said = {"concerns": "concerns" in told, "due": "due" in told, "grounds": "grounds" in told}
    for keyword, there in {"effect": scope.effect is not None, **said}.items():
        if not there:
            yield Fault("P693", "warning", place=title.place, facts={"word": vocabulary[keyword]})
