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

SIDES = {"owed": "balances.owed", "due_to": "balances.due_to"}
ANEW = {"year": "balances.anew_year", "quarter": "balances.anew_quarter"}
ENDS = {"forgiven": "balances.forgiven", "claimed": "balances.claimed"}


def figures(speaker: Narrator) -> Iterator[Block]:
    """The glossary of figures, and the tables of those that have one."""
    shown = speaker.scope.results
    names = [name for name in speaker.scope.figures if name not in shown]
    yield from _glossary(speaker, names, "figures.intro", "figures.name")


def results(speaker: Narrator) -> Iterator[Block]:
    """The same of results: what goes out with the pay and is none."""
    yield from _glossary(speaker, speaker.scope.results, "results.intro", "results.name")


def _balance(speaker: Narrator, balance: tree.Balance) -> Iterator[str]:
    """Whose a balance is, when it opens with nothing, how far it may grow, and what ends it."""
    say = speaker.say
    yield say("balances.carried")
    if balance.side is not None:
        yield say(SIDES[balance.side])
    if balance.most is not None:
        yield say("balances.most", most=speaker.row(balance.most, "money"))
    if balance.anew is not None:
        yield say(ANEW[balance.anew])
    if balance.opened is not None:
        yield say("balances.opened", month=balance.opened.month)
    if balance.ends is not None:
        condition = speaker.formula(balance.ends.condition)
        yield say(ENDS[balance.ends.way], condition=condition)


def _glossary(speaker: Narrator, names: Sequence[str], intro: str, heading: str) -> Iterator[Block]:
    say, scope = speaker.say, speaker.scope
    rows: list[tuple[str, str]] = []
    tables: list[Block] = []
    for name in names:
        figure = scope.figures[name]
        told = speaker.told("about", name) if name not in scope.kpis else []
        kind, value = speaker.compiled.checked.kinds[name], figure.value
        told += shared(speaker, value)
        told += _balance(speaker, figure) if isinstance(figure, tree.Balance) else []
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
