"""Examples in thousands: a plan counts roubles, and an example gives `3 300` for 3 300 000."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from dsl import tree
from dsl.check.constant import constant
from dsl.faults import Fault
from dsl.place import Place
from dsl.source import Source
from dsl.words import words
from dsl.write.value import value as written

from ..compile import Compiled, read_plan
from ..examples import run
from .advice import Finding

THOUSAND = 1000
FAR = 5  # times less or more than its target or its bounds, a fact is of their size


def thousands(compiled: Compiled) -> Iterator[Finding]:
    """One for each fact of an example that does not come out, and does where the fact is so much more."""
    scope = compiled.checked.scope
    for index, example in enumerate(scope.examples):
        for entry in example.entries:
            value, sizes = constant(entry.value), _sizes(compiled, entry.name.text)
            plain = isinstance(entry.value, tree.Number | tree.Amount) and not entry.target
            if value is None or value <= 0 or not sizes or not plain:
                continue
            more = value * THOUSAND
            if value * FAR < min(sizes) and min(sizes) / FAR <= more <= max(sizes) * FAR:
                assert isinstance(entry.value, tree.Number | tree.Amount)
                meant = written(replace(entry.value, value=more), words(compiled.checked.lang))
                if _comes_out(compiled, index, entry.value.place, meant):
                    facts = {"value": compiled.source.at(entry.value.place), "name": entry.name.text}
                    said = {**facts, "meant": meant, "title": example.title.text}
                    fault = Fault("P493", "warning", entry.value.place, facts=said, fix=meant)
                    yield Finding("size", fault, key=(entry.value.place,))


def _sizes(compiled: Compiled, name: str) -> list[Fraction]:
    """What a fact is held against: its target, or the bounds of tables on it."""
    scope = compiled.checked.scope
    kpi = scope.kpis.get(name)
    targets = [] if kpi is None else [one.value for one in tree.among(kpi.clauses, tree.Target)]
    tables = [one for one in scope.expressions if isinstance(one, tree.Table)]
    mine = [one for one in tables if isinstance(one.measure, tree.Name) and one.measure.text == name]
    rows = [row.bound.value for one in mine for row in one.rows if isinstance(row, tree.Row) and row.bound]
    return [value for one in (*targets, *rows) if (value := constant(one)) is not None and value > 0]


def _comes_out(compiled: Compiled, index: int, place: Place, meant: str) -> bool:
    """Whether an example comes out with a value in place of another, and does not as it is."""
    source = compiled.source
    if run(compiled)[index].passed:
        return False
    text = f"{source.text[: place.start]}{meant}{source.text[place.end :]}"
    again = read_plan(Source(source.name, text, source.beside))
    return isinstance(again, Compiled) and run(again)[index].passed
