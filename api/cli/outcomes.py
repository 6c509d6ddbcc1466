"""Examples of plans as they are printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dsl.faults import report
from dsl.row import Row, inset
from engine.compile import Compiled
from engine.examples import Tried, document
from engine.statement.text import WIDTH, money, wrapped

from .reader import Reader


def failures(compiled: Compiled, outcomes: Iterable[Tried], name: str, reader: Reader) -> Iterator[str]:
    """The examples of a plan that do not come out."""
    yield name
    for outcome in outcomes:
        yield from rows_of(compiled, outcome, reader)


def rows_of(compiled: Compiled, outcome: Tried, reader: Reader) -> Iterator[str]:
    """An example: that it comes out, or everything that differs with the sentences behind it."""
    if outcome.passed:
        yield Row(f"  ✓ {outcome.title}", "good")
        return
    data = document(outcome, compiled, reader.lang)
    yield Row(f"  ✗ {outcome.title}, {reader.words('example_line', line=data.line)}", "error")
    if isinstance(outcome.result, tuple):
        yield f"      {reader.words('none_paid')}"
        for fault in outcome.result:
            rows = report(fault, compiled.source if fault.place else None, reader.lang)
            yield from (inset(row, " " * 6) for row in rows)
    for one in data.shown:
        if not one.passed:
            got = one.got or reader.words("not_worked_out")
            yield f"      {reader.words('comes_to', name=one.name, expected=one.expected, got=got)}"
    for item in data.items:
        lines = item.explanation
        if lines is None:
            continue
        expected, got = money(item.expected, reader.lang), money(item.got, reader.lang)
        yield f"      {reader.words('differs', name=item.name, expected=expected, got=got)}"
        for line in lines:
            # A sum is explained by its lines; to say each step of each would hide what differs.
            shown = line.sentences if len(lines) == 1 else line.sentences[-1:]
            label = "" if len(lines) == 1 else f"{line.label}: "
            for sentence in shown:
                yield from wrapped(label + sentence, " " * 8, WIDTH)
