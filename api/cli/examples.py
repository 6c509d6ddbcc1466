"""`premia test`: the worked examples in plans, run and compared to the kopeck."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dsl.faults import Fault
from dsl.source import Source
from engine.compile import Compiled
from engine.examples import document, run

from .. import documents
from ..store import NamedPlan, gather
from ..store import compiled as read
from . import coverage, edges
from .outcomes import rows_of
from .reader import Reader
from .reports import drawn


def report(arguments: Iterable[str], reader: Reader, *, at_edges: bool = False, covered: bool = False) -> int:
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
        if not reader.json:
            reader.say(file.name)
        if isinstance(compiled, Compiled):
            answer["examples"] = [document(outcome, compiled, reader.lang) for outcome in outcomes]
            if not reader.json:
                for outcome in outcomes:
                    reader.say(*rows_of(compiled, outcome, reader))
            if at_edges:
                several = answer["edges"] = edges.document(compiled, reader)
                if not reader.json:
                    for edge in several:
                        reader.say("", *edges.rows_of(edge, reader))
            if covered:
                reach = answer["coverage"] = coverage.document(compiled, outcomes, reader)
                if not reader.json:
                    reader.say("", *coverage.rows_of(reach, file.name, reader))
        elif not reader.json:
            reader.say(*drawn(faults, source, reader, file.name), "")
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
