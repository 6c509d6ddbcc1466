"""What is answered about worked examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from dsl import faults
from dsl.faults import answer
from dsl.faults.answer import Count
from dsl.node import node
from dsl.words import KindName, Lang

from ..compile import Compiled
from ..evaluate import Result
from ..scales import exact
from ..statement import script
from ..statement.show import quantity
from .faults import Judged
from .run import ExampleItem, Expected, ShownValue


@node
class ExampleShown:
    """A figure, target or attainment that an example says it comes to, and what it is."""

    name: str
    line: Count
    expected: str
    """For machines: a decimal or a fraction, a percentage as a part of one, a date, or `yes` or `no`."""
    got: str | None
    """Null where nobody has to work it out for such a person."""
    passed: bool


@node
class ExampleResult:
    """What became of a worked example of the plan."""

    title: str
    line: Count
    passed: bool
    shown: tuple[ExampleShown, ...]
    items: tuple[ExampleItem, ...]
    faults: tuple[answer.ToldFault, ...]
    """Why it does not come out, or what forbids to pay it."""


def document(one: Judged, compiled: Compiled, lang: Lang) -> ExampleResult:
    """An outcome in the reader's language: each thing with what it is, and what is wrong with it."""
    source, outcome = compiled.source, one.outcome
    result = outcome.result
    line = source.position(outcome.place.start).line
    told = tuple(faults.document(fault, source, lang) for fault in one.faults)
    shown = tuple(_shown(seen, compiled) for seen in outcome.shown)
    items = outcome.items
    if isinstance(result, Result) and not outcome.passed:
        items = tuple(_explained(items, result, lang))
    return ExampleResult(outcome.title, line, outcome.passed, shown, items, told)


def _shown(one: ShownValue, compiled: Compiled) -> ExampleShown:
    line = compiled.source.position(one.place.start).line
    got = None if one.got is None else _exactly(one.got, one.kind)
    return ExampleShown(one.name, line, _exactly(one.expected, one.kind), got, one.passed)


def _exactly(value: Fraction, kind: KindName) -> str:
    if kind == "yes_no":
        return "yes" if value else "no"
    return quantity(value, kind, "en")[0] if kind == "date" else exact(value)


def _explained(items: Iterable[ExampleItem], result: Result, lang: Lang) -> Iterator[ExampleItem]:
    spoken = script(result, lang)
    told = spoken.explain(result)
    for item in items:
        behind = tuple(Expected(spoken.parts[at].label, tuple(told[at])) for at in item.lines)
        yield item if item.passed else replace(item, explanation=behind)
