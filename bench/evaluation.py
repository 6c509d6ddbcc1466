"""One evaluation in process: pay alone, pay with its trace, the statement in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from engine.compile import Compiled
from engine.evaluate import amounts, evaluate
from engine.facts import Facts, read_facts
from engine.integers import build
from engine.statement import document, script

from . import peers, zen_graph
from .people import Month, decimals, floats, fractions, people, person, reference
from .rounds import Effort, Times, Work, each, interleaved
from .table import Report, Row, seconds

TOPIC = "one evaluation, in process"

OURS, DECIMAL, INT, FRACTION = "amounts", "Decimal by hand", "int by hand", "Fraction by hand"
EXPRESSION, DECISION, LOADER = "ZEN expression", "ZEN decision", "ZEN graph in a loader"
TRACE, WORDS, DOCUMENT = "trace", "words", "document"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A way to pay: what it takes for a month, what it does with it, and its answer in kopeks.

    An answer is the lines of pay and then their total.
    """

    name: str
    prepare: Callable[[Month[int]], Any]
    run: Callable[[Any], Any]
    kopeks: Callable[[Any], tuple[int, ...]]

    def pay(self, month: Month[int]) -> tuple[int, ...]:
        """The answer for a month, in kopeks."""
        return self.kopeks(self.run(self.prepare(month)))


def candidates(compiled: Compiled) -> list[Candidate]:
    """All of them, ours first; the truth is the last."""
    zen = []
    if find_spec("zen"):
        zen = [
            Candidate(EXPRESSION, floats, zen_graph.by_expression(), zen_graph.kopeks),
            Candidate(DECISION, floats, zen_graph.by_decision(), zen_graph.kopeks),
            Candidate(LOADER, floats, zen_graph.by_loader(), zen_graph.kopeks),
        ]
    return [
        Candidate(OURS, lambda month: facts(compiled, month), totalled, tuple),
        Candidate(
            DECIMAL, decimals, peers.pay_decimal, lambda pay: tuple(int(amount * 100) for amount in pay)
        ),
        Candidate(INT, lambda month: month, peers.pay_int, tuple),
        *zen,
        Candidate(FRACTION, fractions, peers.pay_fraction, tuple),
    ]


def facts(compiled: Compiled, month: Month[int]) -> Facts:
    """A month as it stands once it has been read."""
    found = read_facts(compiled, person(month))
    assert isinstance(found, Facts), found
    return found


def totalled(given: Facts) -> tuple[int, ...]:
    """The lines of pay and their total: what each of the peers answers with."""
    lines = amounts(given)
    assert isinstance(lines, tuple)
    return *lines, sum(lines)


def report(effort: Effort) -> Report:
    """The topic, measured."""
    compiled = reference()
    ways = candidates(compiled)
    notes = list(wrong(ways, people(effort.checked)))
    usual = compiled.variant(())
    longest = build(usual.kernel, usual.usual, traced=False).routine.bits
    notes.append(f"the longest integer on the way to an amount has at most {longest} bits")
    if not find_spec("zen"):
        notes.append("ZEN is left out: zen-engine is not installed (make bench installs it)")
    months = people(effort.people, seed=2)
    works = {way.name: each(way.run, [way.prepare(month) for month in months]) for way in ways}
    works |= ours(compiled, [facts(compiled, month) for month in months])
    return Report(TOPIC, tuple(rows(interleaved(works, effort.rounds))), tuple(notes))


def wrong(ways: Sequence[Candidate], months: Sequence[Month[int]]) -> Iterator[str]:
    """A note for each candidate that pays somebody something else than exact fractions do."""
    *others, truth = ways
    exact = [truth.pay(month) for month in months]
    for way in others:
        count = sum(way.pay(month) != right for month, right in zip(months, exact, strict=True))
        yield f"{way.name}: {count} of {len(months)} people paid other than by exact fractions"


def ours(compiled: Compiled, given: Sequence[Facts]) -> dict[str, Work]:
    """What only we do: the trace as data, and the words of a trace."""
    traced = [evaluate(compiled, facts) for facts in given]
    results = [result for result in traced if not hasattr(result, "code")]
    return {
        TRACE: each(lambda facts: evaluate(compiled, facts), given),
        WORDS: each(lambda result: script(result, "en").explain(result), results),
        DOCUMENT: each(lambda result: document(result, "en", "ivanov"), results),
    }


def rows(times: Times) -> Iterator[Row]:
    """The comparisons."""

    def against(work: str, name: str, peer: str, target: float | None = None) -> Row:
        ratio, mine, other = times.ratio(peer, name), seconds(times.of(name)), seconds(times.of(peer))
        return Row(TOPIC, work, mine, peer, other, ratio, "as fast", target)

    def within(work: str, name: str, target: float | None = None) -> Row:
        ratio, mine, other = times.ratio(name, DECIMAL), seconds(times.of(name)), seconds(times.of(DECIMAL))
        return Row(TOPIC, work, mine, DECIMAL, other, ratio, "its time", target)

    targets = {DECIMAL: 2.0, DECISION: 100.0, LOADER: 100.0}
    for peer in (DECIMAL, INT, FRACTION, EXPRESSION, DECISION, LOADER):
        if peer in times.rounds:
            yield against("amounts only", OURS, peer, targets.get(peer))
    yield within("amounts with their trace as data", TRACE, 6)
    yield within("the statement in words, from the trace", WORDS, 15)
    yield within("the whole answer as data, from the trace", DOCUMENT)
