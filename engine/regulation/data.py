"""What is computed from: the data that a person's pay needs, the figures on the way, and worked examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dsl import tree
from dsl.words import KindName

from ..evaluate import Result
from ..examples import run
from ..kernel import Input
from ..paper import QUOTED, Block, Paragraph, Table
from ..schema import came_from, inputs
from ..statement import document
from ..statement.answer import Statement
from ..statement.show import presumed
from ..statement.text import money
from .speaker import Narrator, whole
from .tables import table

KINDS: Mapping[KindName, str] = {
    "money": "facts.money",
    "percent": "facts.percent",
    "count": "facts.count",
    "number": "facts.number",
    "days": "facts.days",
    "duration": "facts.duration",
    "date": "facts.date",
    "yes_no": "facts.yes_no",
    "choice": "facts.choice",
    "text": "facts.text",
}
MODES = {
    "steps": "figures.steps",
    "line": "figures.line",
    "bands": "figures.bands",
    "matrix": "figures.matrix",
}


def facts(speaker: Narrator) -> Iterator[Block]:
    """The table of the data: what each is, where it comes from, and what happens without it."""
    say = speaker.say
    yield Paragraph(say("facts.intro"))
    heads = tuple(map(say, ("facts.name", "facts.kind", "facts.source", "facts.missing")))
    rows = [_row(speaker, entry) for entry in inputs(speaker.compiled)]
    for one in speaker.compiled.kernel.sent:
        if (source := came_from(None, one.sources, speaker.lang)) is not None:
            rows.append((speaker.label(one.name), say("facts.records"), source, say("facts.needed")))
    yield Table(heads, tuple(rows))


def _row(speaker: Narrator, entry: Input) -> tuple[str, ...]:
    say, name = speaker.say, entry.name
    label = speaker.label(name)
    if entry.role == "target":
        missing = say("facts.plan_target") if entry.optional else say("facts.needed")
        return say("facts.own_target", name=label), _kind(speaker, entry), say("dash"), missing
    called = [label, *([] if label == name else [say("facts.named", name=name)])]
    # What is said of a KPI stands beside its rules.
    if name not in speaker.scope.kpis and name not in speaker.scope.pays:
        called += speaker.told("about", name)
    given = speaker.compiled.checked.inputs.get(name)  # which group somebody is in is no fact of the plan
    source = None if given is None else came_from(given.source, given.sources, speaker.lang)
    missing = say("dash") if entry.optional else say("facts.needed")
    if entry.default is not None:
        missing = whole(say("facts.presumed", value=presumed(entry, speaker.lang)))
    return "\n".join(called), _kind(speaker, entry), source or say("dash"), missing


def _kind(speaker: Narrator, entry: Input) -> str:
    choices = ", ".join(entry.choices)
    kind = speaker.say(KINDS[entry.kind], currency=speaker.currency, choices=choices)
    return speaker.say("facts.negative", kind=kind) if entry.signed else kind


def figures(speaker: Narrator) -> Iterator[Block]:
    """The glossary of figures, and the tables of those that have one."""
    shown = speaker.scope.results
    names = [name for name in speaker.scope.figures if name not in shown]
    yield from _glossary(speaker, names, "figures.intro", "figures.name")


def results(speaker: Narrator) -> Iterator[Block]:
    """The same of results: what goes out with the pay and is none."""
    yield from _glossary(speaker, speaker.scope.results, "results.intro", "results.name")


def _glossary(speaker: Narrator, names: Sequence[str], intro: str, heading: str) -> Iterator[Block]:
    say, scope = speaker.say, speaker.scope
    rows: list[tuple[str, str]] = []
    tables: list[Block] = []
    for name in names:
        figure = scope.figures[name]
        told = speaker.told("about", name) if name not in scope.kpis else []
        kind, value = speaker.compiled.checked.kinds[name], figure.value
        if isinstance(value, tree.Table):
            across = "" if value.across is None else speaker.formula(value.across)
            mode = say(MODES[value.mode], measure=speaker.formula(value.measure), across=across)
            said = say("figures.table", mode=mode)
            tables += [Paragraph(say("figures.rows", name=speaker.called(name))), table(speaker, value, kind)]
        else:
            said = speaker.sizes(value, kind)
        rows.append(("\n".join([speaker.label(name), *told]), said))
    yield Paragraph(say(intro))
    yield Table((say(heading), say("figures.formula")), tuple(rows))
    yield from tables


# ── Worked examples, computed by the function that pays everybody ────────────────────────────────────────


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
        yield from _outcome(speaker, outcome.result)


def _given(speaker: Narrator, entry: tree.Entry) -> tuple[str, str]:
    name = entry.name.text
    label = speaker.label(name)
    told = speaker.say("examples.target", name=label) if entry.target else label
    return told, speaker.size(entry.value, speaker.compiled.checked.kinds[name])


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
