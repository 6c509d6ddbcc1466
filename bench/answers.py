"""A person's facts as texts to the whole answer as JSON: what every door does for each person."""

from __future__ import annotations

import json

from engine.compiled import Compiled
from engine.evaluate import Result, pay
from engine.facts import Person, read_facts
from engine.statement import document

from . import peers
from .people import people, person, reference, texts
from .rounds import Effort, each, interleaved
from .table import Report, Row, rate

TOPIC = "facts as text to an answer as JSON"
OURS, DECIMAL, READING = "answer", "Decimal by hand, no reasons", "reading"


def answer(compiled: Compiled, someone: Person) -> str:
    """Our answer, with the reasons of every line."""
    result = pay(compiled, someone)
    assert isinstance(result, Result), result
    return json.dumps(document(result, "en", "ivanov"), ensure_ascii=False)


def report(effort: Effort) -> Report:
    """The topic, measured."""
    compiled = reference()
    months = people(effort.people, seed=3)
    works = {
        OURS: each(lambda someone: answer(compiled, someone), map(person, months)),
        READING: each(lambda someone: read_facts(compiled, someone), map(person, months)),
        DECIMAL: each(
            lambda facts: json.dumps(peers.answer_decimal("E-0001", "2025-07", facts), ensure_ascii=False),
            map(texts, months),
        ),
    }
    times = interleaved(works, effort.rounds)
    peer = rate(1 / times.of(DECIMAL))
    rows = (
        Row(TOPIC, work, rate(1 / times.of(name)), DECIMAL, peer, times.ratio(name, DECIMAL), "its time")
        for name, work in ((OURS, "people with every reason"), (READING, "of that, reading the facts"))
    )
    return Report(TOPIC, tuple(rows))
