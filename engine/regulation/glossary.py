"""What is computed on the way to pay, and what is stated beside it: each with its formula or its table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dsl import tree

from ..paper import Block, Paragraph, Table
from .records import shared
from .speaker import Narrator
from .tables import table

MODES = {
    "steps": "figures.steps",
    "line": "figures.line",
    "bands": "figures.bands",
    "matrix": "figures.matrix",
}


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
        told += shared(speaker, value)
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
