"""Facts as texts to answers: one person's as JSON, as from every door, and a table of many people's pay."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from api.cli.evaluate import evaluate
from api.cli.reader import Reader
from dsl import record
from engine.compile import Compiled
from engine.evaluate import Result, pay
from engine.facts import Person, read_facts
from engine.statement import document

from . import peers
from .people import PLAN, Month, people, person, reference, texts
from .rounds import Effort, Times, Work, each, interleaved, repeated
from .table import Report, Row, rate

TOPIC = "facts as text to answers as text"
OURS, DECIMAL, READING = "answer", "Decimal by hand, no reasons", "reading"
TABLE, BY_HAND = "table", "Decimal by hand"


def answer(compiled: Compiled, someone: Person) -> str:
    """Our answer, with the reasons of every line."""
    result = pay(compiled, someone)
    assert isinstance(result, Result), result
    return record.text(document(result, "en", "ivanov"))


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
    with TemporaryDirectory() as directory:
        works |= tables(Path(directory), people(10 * effort.people, seed=6))
        times = interleaved(works, effort.rounds)
    return Report(
        TOPIC,
        (
            row(times, "people with every reason", OURS, DECIMAL, 1),
            row(times, "of that, reading the facts", READING, DECIMAL, 1),
            row(times, "people, CSV to CSV", TABLE, BY_HAND, 10 * effort.people),
        ),
    )


def tables(folder: Path, months: Sequence[Month[int]]) -> dict[str, Work]:
    """A file of facts to a file of amounts: as `premia evaluate` does it, and by hand."""
    facts, ours, theirs = folder / "facts.csv", folder / "ours.csv", folder / "theirs.csv"
    with facts.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["employee", "period", *Month._fields])
        rows.writerows([f"E-{at:05}", "2025-07", *texts(month).values()] for at, month in enumerate(months))

    def by_premia() -> None:
        with redirect_stderr(StringIO()):
            assert evaluate(str(PLAN), facts, ours, Reader("en")) == 0

    def by_hand() -> None:
        with facts.open(encoding="utf-8", newline="") as read, theirs.open("w", encoding="utf-8") as out:
            peers.pay_table(read, out)

    by_premia()
    by_hand()
    if ours.read_bytes() != theirs.read_bytes():
        raise RuntimeError("the two tables differ")
    return {TABLE: repeated(by_premia, 1), BY_HAND: repeated(by_hand, 1)}


def row(times: Times, work: str, name: str, peer: str, many: int) -> Row:
    """People per second beside a peer's; `many` were in one turn of the work."""
    mine, other = rate(many / times.of(name)), rate(many / times.of(peer))
    return Row(TOPIC, work, mine, peer, other, times.ratio(name, peer), "its time")
