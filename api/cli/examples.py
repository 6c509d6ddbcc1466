"""`premia test`: worked examples run and compared to the kopeck, what they reach, and the edges of plans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field

from dsl.faults import Fault, report
from dsl.faults.answer import ToldFault
from dsl.node import node
from dsl.place import Place
from dsl.record import ABSENT, entries
from dsl.row import Row, inset
from dsl.source import Source
from engine.analyse import Beside, Edge, edges
from engine.compile import Compiled
from engine.coverage import Reachable, What, coverage
from engine.examples import Judged, Tried, document, explained, run, sought
from engine.money import Money
from engine.paper import Table
from engine.scales import exact
from engine.statement.besides import money
from engine.statement.show import quantity, said

from .. import documents
from ..paper.terminal import columns
from ..store import NamedPlan, gather
from ..store import compiled as read
from .annotations import annotate
from .reader import Reader
from .reports import drawn


def examples(
    arguments: Iterable[str], reader: Reader, ci: str | None = None, *, at_edges: bool, covered: bool
) -> int:
    """A report of every example; 1 where one does not come out, a plan cannot pay, or there is none.

    Also what is paid at the edges of each plan, and what its examples reach, where that is asked for; with
    `ci` a server of git is told what does not come out, and nothing else.
    """
    named = list(arguments)
    found, stray = gather(named)
    answers: list[dict[str, object]] = []
    told: list[tuple[str, tuple[ToldFault, ...]]] = []
    counts = Counter(passed=0, failed=0, broken=0)
    for file, compiled, source in _plans(found, short=ci is None):
        faults = compiled if isinstance(compiled, tuple) else ()
        wrong = documents.found(faults, source, reader.lang)
        answer: dict[str, object] = {"file": file.name, "faults": wrong}
        answers.append(answer)
        told.append((file.name, wrong))
        rows = [file.name]
        if isinstance(compiled, Compiled):
            outcomes = run(compiled)
            counts.update("passed" if outcome.passed else "failed" for outcome in outcomes)
            tried = explained(outcomes, compiled, reader.lang, sought(compiled, outcomes))
            failing = [fault for one in tried for fault in one.faults]
            told.append((file.name, documents.found(failing, compiled.source, reader.lang)))
            answer["examples"] = [document(one, compiled, reader.lang) for one in tried]
            rows += (row for one in tried for row in _rows(compiled, one, reader))
            if at_edges:
                several = tuple(_edge(compiled, edge, reader) for edge in edges(compiled))
                answer["edges"] = several
                rows += (row for edge in several for row in ("", *_table(edge, reader)))
            if covered:
                reach = answer["coverage"] = _covered(compiled, outcomes, reader)
                rows += ["", *_reached(reach, file.name, reader)]
        else:
            counts["broken"] += 1
            rows += [*drawn(faults, source, reader, file.name), ""]
        if not (reader.json or ci):
            reader.say(*rows)
    if not (stray or at_edges or counts.total()):
        stray = [Fault("P682", facts={"path": ", ".join(named)})]
    if ci:
        annotate([*told, ("", documents.found(stray, None, reader.lang))], ci, reader)
    elif reader.json:
        reader.data({**counts, "faults": documents.found(stray, None, reader.lang), "results": answers})
    else:
        if stray:
            reader.say(*drawn(stray, None, reader))
        called = zip(("passed", "failed", "unpaid"), counts.values(), strict=True)
        if counted := [reader.count(name, number) for name, number in called if number]:
            reader.say("", ", ".join(counted))
    return int(counts["failed"] + counts["broken"] + len(stray) > 0)


def _plans(
    found: Sequence[NamedPlan], *, short: bool
) -> Iterator[tuple[NamedPlan, Compiled | tuple[Fault, ...], Source | None]]:
    """Each plan; among several files, sound definitions pay nobody, and nothing of theirs is tested."""
    for file in found:
        compiled, source = read(file, short=short)
        codes = [fault.code for fault in compiled] if isinstance(compiled, tuple) else []
        if len(found) == 1 or codes != ["P449"]:
            yield file, compiled, source


def _rows(compiled: Compiled, one: Judged, reader: Reader) -> Iterator[str]:
    """An example: that it comes out, or why it does not, with the steps to what is paid."""
    outcome = one.outcome
    if outcome.passed:
        yield Row(f"  ✓ {outcome.title}", "good")
        return
    line = compiled.source.position(outcome.place.start).line
    yield Row(f"  ✗ {outcome.title}, {reader.words('example_line', line=line)}", "error")
    if isinstance(outcome.result, tuple):
        yield f"      {reader.words('none_paid')}"
    for fault in one.faults:
        yield from (inset(row, " " * 6) for row in report(fault, compiled.source, reader.lang))


# ── What examples reach ─────────────────────────────────────────────────────────────────────────────────


@node
class Missing:
    """Something of a plan that no example reaches."""

    file: str | None = field(metadata=ABSENT)
    line: int
    what: What
    text: str
    said: str


@node
class Covered:
    """What examples reach: how much of how much, and each thing that none of them reaches."""

    reached: int
    all: int
    percent: int
    missing: tuple[Missing, ...]


def _covered(compiled: Compiled, outcomes: Sequence[Tried], reader: Reader) -> Covered:
    found = coverage(compiled, outcomes)
    return Covered(
        len(found.reached),
        len(found.items),
        found.percent,
        tuple(_missing(compiled, item, reader) for item in found.missing),
    )


def _missing(compiled: Compiled, item: Reachable, reader: Reader) -> Missing:
    file, line, text = _found(compiled, item.place)
    if item.what in {"line", "proportional"}:
        # A line is told by its name, or by its first word.
        name = next((line.name for line in compiled.kernel.lines if line.place == item.place), "")
        text = name if name in text.split() else text.split()[0]
    return Missing(file, line, item.what, text, reader.words(f"uncovered_{item.what}", text=text))


def _reached(covered: Covered, file: str, reader: Reader) -> Iterator[str]:
    """Each thing that is missing with its file and line, and the percentage."""
    for item in covered.missing:
        yield f"  {item.file or file}:{item.line}: {item.said}"
    yield "  " + reader.words("covered", **entries(covered))


def _found(compiled: Compiled, place: Place) -> tuple[str | None, int, str]:
    """Where something stands, the file where it is not that of the plan; and what, in one row."""
    source = compiled.source
    file, there = source.part(place)
    text = " ".join(source.at(place).split())
    return None if file is source else file.name, file.position(there.start).line, text


# ── What is paid at the bounds of a plan ────────────────────────────────────────────────────────────────


@node
class EdgeRow:
    """What is paid at one value of the fact, for people and exactly: by the lines that bend, and in all."""

    value: str
    exact: str
    attainment: str | None
    attainment_exact: str | None
    pays: Money | None
    total: Money | None


@node
class EdgeOf:
    """A bound of a plan: where it stands, and what is paid around it."""

    file: str | None = field(metadata=ABSENT)
    line: int
    text: str
    lines: tuple[str, ...]
    fact: str
    bound: str
    bound_exact: str
    sort: dict[str, str]
    rows: tuple[EdgeRow, ...]
    example: str | None = field(metadata=ABSENT)
    """Of a bound that is asked of records: they as an example, to be pasted into the plan."""


def _edge(compiled: Compiled, edge: Edge, reader: Reader) -> EdgeOf:
    return EdgeOf(
        *_found(compiled, edge.place),
        tuple(edge.lines),
        edge.fact,
        quantity(edge.bound, edge.kind, reader.lang)[0],
        exact(edge.bound),
        dict(edge.sort),
        tuple(_beside(compiled, edge, row, reader) for row in edge.rows),
        edge.example or None,
    )


def _beside(compiled: Compiled, edge: Edge, row: Beside, reader: Reader) -> EdgeRow:
    digits = compiled.kernel.digits
    pays, total = (None if one is None else Money(one, digits) for one in (row.pays, row.total))
    share = None if row.attainment is None else said(row.attainment, "percent", reader.lang)
    value = quantity(row.value, edge.kind, reader.lang)[0]
    attained = None if row.attainment is None else exact(row.attainment)
    return EdgeRow(value, exact(row.value), share, attained, pays, total)


def _table(edge: EdgeOf, reader: Reader) -> Iterator[str]:
    """What bends, and a table of the rows of an edge."""
    whose = "".join(f", {name} {value}" for name, value in edge.sort.items())
    named = ", ".join(f"`{name}`" for name in edge.lines)
    where = f"{edge.file}:{edge.line}" if edge.file else reader.words("example_line", line=edge.line)
    yield f"  {where}: `{edge.text}`{whose}"
    heads = (edge.fact, reader.words("edge_attained"), named, reader.words("edge_total"))
    rows = tuple(_cells(row, reader) for row in edge.rows)
    if rows:
        yield from columns(Table(heads, rows, (0, 1, 2, 3)).filled, " " * 6)
    yield from (inset(row, " " * 6) for row in (edge.example or "").splitlines())


def _cells(row: EdgeRow, reader: Reader) -> tuple[str, str, str, str]:
    pays, total = (
        reader.words("edge_none") if one is None else money(one, reader.lang) for one in (row.pays, row.total)
    )
    return row.value, row.attainment or "", pays, total
