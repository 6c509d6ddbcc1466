"""The worked examples of the plan, computed by the function that pays everybody."""

from __future__ import annotations

from collections.abc import Iterator

from dsl import tree

from ..evaluate import Result
from ..examples import Tried
from ..paper import QUOTED, Block, Paragraph, Table
from ..statement import document
from ..statement.text import money
from .speaker import Narrator, whole


def worked(speaker: Narrator, outcomes: tuple[Tried, ...]) -> Iterator[Block]:
    """Each example: what is given, and every line of pay with its steps."""
    say = speaker.say
    yield Paragraph(say("examples.intro"))
    for number, (example, outcome) in enumerate(zip(speaker.scope.examples, outcomes, strict=True), 1):
        if not isinstance(outcome.result, Result):
            continue
        title = outcome.title.rstrip(".")
        yield Paragraph("", lead=say("examples.title", number=str(number), title=title))
        if example.entries:
            heads = (say("examples.given"), say("examples.value"))
            rows = tuple(_given(speaker, entry) for entry in example.entries)
            yield Table(heads, rows, numeric=(1,))
        yield _lines(speaker, outcome.result)


def _given(speaker: Narrator, entry: tree.Entry) -> tuple[str, str]:
    name = entry.name.text
    label = speaker.label(name)
    if entry.target:
        label = speaker.say("examples.target", name=label)
    return label, speaker.size(entry.value, speaker.compiled.checked.kinds[name])


def _lines(speaker: Narrator, result: Result) -> Table:
    say = speaker.say
    answer = document(result, speaker.lang, None)
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
