"""`premia test`: the worked examples in plans, run and compared to the kopeck."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dsl.faults import Fault, report
from dsl.row import Row, inset
from dsl.source import Source
from engine.compile import Compiled
from engine.examples import Tried, document, run
from engine.statement.text import WIDTH, money, wrapped

from .. import documents
from ..store import NamedPlan, gather
from ..store import compiled as read
from . import coverage, edges
from .reader import Reader
from .reports import drawn


def examples(arguments: Iterable[str], reader: Reader, *, at_edges: bool, covered: bool) -> int:
    """A report of every example; 1 where one does not come out, a plan cannot pay, or there is none.

    Also what is paid at the edges of each plan, and what its examples reach, where that is asked for.
    """
    named = list(arguments)
    found, stray = gather(named)
    answers: list[dict[str, object]] = []
    passed = failed = broken = 0
    for file, compiled, source in _plans(found):
        faults = compiled if isinstance(compiled, tuple) else ()
        outcomes = run(compiled) if isinstance(compiled, Compiled) else ()
        answer: dict[str, object] = {
            "file": file.name,
            "faults": documents.found(faults, source, reader.lang),
        }
        broken += bool(faults)
        passed += sum(outcome.passed for outcome in outcomes)
        failed += sum(not outcome.passed for outcome in outcomes)
        rows = [file.name]
        if isinstance(compiled, Compiled):
            answer["examples"] = [document(outcome, compiled, reader.lang) for outcome in outcomes]
            rows += (row for outcome in outcomes for row in rows_of(compiled, outcome, reader))
            if at_edges:
                several = answer["edges"] = edges.document(compiled, reader)
                rows += (row for edge in several for row in ("", *edges.rows_of(edge, reader)))
            if covered:
                reach = answer["coverage"] = coverage.document(compiled, outcomes, reader)
                rows += ["", *coverage.rows_of(reach, file.name, reader)]
        else:
            rows += [*drawn(faults, source, reader, file.name), ""]
        if not reader.json:
            reader.say(*rows)
        answers.append(answer)
    if not (stray or at_edges) and not passed + failed + broken:
        stray = [Fault("P682", facts={"path": ", ".join(named)})]
    if reader.json:
        counts = {"passed": passed, "failed": failed, "broken": broken}
        reader.data({**counts, "faults": documents.found(stray, None, reader.lang), "results": answers})
    else:
        if stray:
            reader.say(*drawn(stray, None, reader))
        counted = [("passed", passed), ("failed", failed), ("unpaid", broken)]
        said = [reader.count(name, number) for name, number in counted if number]
        if said:
            reader.say("", ", ".join(said))
    return int(failed + broken + len(stray) > 0)


def _plans(
    found: Sequence[NamedPlan],
) -> Iterator[tuple[NamedPlan, Compiled | tuple[Fault, ...], Source | None]]:
    """Each plan; among several files, sound definitions pay nobody, and nothing of theirs is tested."""
    for file in found:
        compiled, source = read(file)
        codes = [fault.code for fault in compiled] if isinstance(compiled, tuple) else []
        if len(found) == 1 or codes != ["P449"]:
            yield file, compiled, source


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
