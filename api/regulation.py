"""A regulation that may be signed: its examples come out, and what it still lacks is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from dsl import record, tree
from dsl.faults import Fault
from dsl.words import Lang, words
from engine.compile import Compiled
from engine.examples import run
from engine.regulation import Regulation, regulation

from .paper import page, word

Form = Literal["html", "docx", "json"]


def made(compiled: Compiled, lang: Lang) -> Regulation | tuple[Fault, ...]:
    """The regulation of a plan, or a fault for each example that does not come out."""
    failed = tuple(
        Fault("P692", place=outcome.place, facts={"title": outcome.title})
        for outcome in run(compiled)
        if not outcome.passed
    )
    return failed or regulation(compiled, lang)


def written(document: Regulation, form: Form) -> bytes | Fault:
    """The regulation as a page, for a word processor or as data; a fault of a missing library."""
    match form:
        case "docx":
            return word.docx(document.paper)
        case "json":
            return (record.text(document, indent=2) + "\n").encode()
        case "html":
            made = page.html(document.paper)
            return made if isinstance(made, Fault) else made.encode()


def gaps(compiled: Compiled) -> Iterator[Fault]:
    """What the law and the reader expect in a regulation, and this plan leaves to be filled in by hand."""
    scope, vocabulary = compiled.checked.scope, words(compiled.checked.lang)
    title = next(line for line in scope.lines if isinstance(line, tree.Title))
    told: set[str] = {line.topic for line in scope.lines if isinstance(line, tree.Prose)}
    for keyword in ("effect", "concerns", "due", "grounds"):
        if keyword not in told and (keyword != "effect" or scope.effect is None):
            yield Fault("P693", "warning", place=title.place, facts={"word": vocabulary[keyword]})
