"""Worked examples, computed by the function that pays everybody."""

from __future__ import annotations

from collections.abc import Iterator

from dsl import tree
from dsl.check.ways import full

from ..evaluate import Result
from ..examples import run
from ..paper import QUOTED, Block, Paragraph, Table
from ..statement import document
from ..statement.answer import Statement
from ..statement.besides import money
from .speaker import Narrator, whole


def examples(speaker: Narrator) -> Iterator[Block]:
    """Each worked example of the plan: what is given, and every line of pay with its steps."""
    say = speaker.say
    yield Paragraph(say("examples.intro"))
    outcomes = zip(speaker.scope.examples, run(speaker.compiled), strict=True)
    for number, (example, outcome) in enumerate(outcomes, 1):
        if not isinstance(outcome.result, Result):
            continue
        title = outcome.title.rstrip(".")
        yield Paragraph("", lead=say("examples.title", number=str(number), title=title))
        if example.entries:
            heads = (say("examples.given"), say("examples.value"))
            rows = tuple(_given(speaker, entry) for entry in example.entries)
            yield Table(heads, rows, numeric=(1,))
        yield from _records(speaker, example)
        yield from _outcome(speaker, outcome.result)


def _given(speaker: Narrator, entry: tree.Entry) -> tuple[str, str]:
    name = entry.name.text
    label = speaker.label(name)
    told = speaker.say("examples.target", name=label) if entry.target else label
    return told, speaker.size(entry.value, speaker.compiled.checked.kinds[name])


def _records(speaker: Narrator, example: tree.Example) -> Iterator[Block]:
    """The records that an example gives, and the other members of a group, a table of each."""
    for name in dict.fromkeys(record.table.text for record in example.records):
        several = [record.entries for record in example.records if record.table.text == name]
        columns = [*dict.fromkeys(entry.name.text for entries in several for entry in entries)]
        group = name in speaker.scope.groups
        labels = tuple(speaker.label(column if group else full(name, column)) for column in columns)
        given = [{entry.name.text: entry.value for entry in entries} for entries in several]
        told = "examples.colleagues" if group else "examples.records"
        yield Paragraph(speaker.say(told, table=speaker.called(name)))
        yield Table(
            labels,
            tuple(tuple(_cell(speaker, full(name, at), row.get(at)) for at in columns) for row in given),
        )


def _cell(speaker: Narrator, column: str, value: tree.Expr | None) -> str:
    return "" if value is None else speaker.size(value, speaker.compiled.checked.kinds[column])


def _outcome(speaker: Narrator, result: Result) -> Iterator[Block]:
    """What somebody is paid, and apart from it what is worked out and paid to nobody."""
    say, answer = speaker.say, document(result, speaker.lang, None)
    if answer.lines:
        yield _lines(speaker, answer)
    if answer.results:
        heads = (say("results.name"), say("examples.steps"), say("examples.value"))
        rows = tuple((one.label, _steps(speaker, one.explanation), whole(one.text)) for one in answer.results)
        yield Table(heads, rows, numeric=(2,))


def _lines(speaker: Narrator, answer: Statement) -> Table:
    say = speaker.say
    rows = [
        (line.label, _steps(speaker, line.explanation), whole(money(line.amount, speaker.lang)))
        for line in answer.lines
    ]
    rows.append((say("examples.total"), "", whole(money(answer.total, speaker.lang))))
    amount = say("examples.amount", currency=speaker.currency)
    heads = (say("examples.line"), say("examples.steps"), amount)
    return Table(heads, tuple(rows), numeric=(2,), closing=True)


def _steps(speaker: Narrator, sentences: tuple[str, ...]) -> str:
    return whole("\n".join(QUOTED.sub(lambda found: speaker.phrase(found[1]), text) for text in sentences))
