"""Examples of plans as they are printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dsl.faults import Fault, draw
from engine.compile import Compiled
from engine.examples import Outcome, document
from engine.statement.text import WIDTH, money, wrapped

from .reader import Reader


def failures(compiled: Compiled, outcomes: Iterable[Outcome], name: str, reader: Reader) -> str:
    """The examples of a plan that do not come out."""
    rows = [name]
    for outcome in outcomes:
        rows.extend(rows_of(compiled, outcome, reader))
    return "\n".join(rows)


def rows_of(compiled: Compiled, outcome: Outcome, reader: Reader) -> Iterator[str]:
    """An example: that it comes out, or everything that differs with the sentences behind it."""
    if outcome.passed:
        yield f"  ✓ {outcome.title}"
        return
    data = document(outcome, compiled, reader.lang)
    yield f"  ✗ {outcome.title}, {reader.words('example_line', line=data.line)}"
    if isinstance(outcome.result, tuple):
        yield f"      {reader.words('none_paid')}"
        for fault in outcome.result:
            yield from (f"      {row}" for row in _report(fault, compiled, reader).splitlines())
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


def _report(fault: Fault, compiled: Compiled, reader: Reader) -> str:
    return draw(fault, compiled.source if fault.place else None, reader.lang)
