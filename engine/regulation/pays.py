"""What else is paid: kinds and sizes of all lines, and the rules of those that are no KPI."""

from __future__ import annotations

from collections.abc import Iterator

from dsl import tree
from dsl.check.scope import COMMISSION, COUNTED, TAKEN_OFF
from dsl.write.expression import gathered

from ..paper import Block, Items, Paragraph, Table
from .clauses import clauses
from .records import shared
from .speaker import Narrator
from .tables import table

SIZES = {
    "commission": "sizes.commission",
    "pay": "sizes.pay",
    "milestone": "sizes.milestone",
    "piece": "sizes.piece",
    "spif": "sizes.spif",
    "draw": "sizes.draw",
}
MODES = {
    "steps": "pays.steps",
    "line": "pays.line",
    "bands": "pays.bands",
    "whole": "pays.whole",
    "matrix": "pays.matrix",
}


def earned(speaker: Narrator) -> list[tree.Pay]:
    """The lines of pay but the salary, the KPIs and what is taken off."""
    return [line for line in speaker.scope.pays.values() if line.word not in TAKEN_OFF]


def sizes(speaker: Narrator) -> Iterator[Block]:
    """The table of all pay, and the conditions that hold for several lines."""
    say, scope = speaker.say, speaker.scope
    rows: list[tuple[str, ...]] = []
    if scope.salary is not None:
        size = speaker.sizes(scope.salary.amount, "money")
        rows.append((speaker.label("salary"), say("sizes.salary"), size))
    if scope.bonus is not None:
        pool = say("sizes.pool", size=speaker.sizes(scope.bonus.pool, "money"))
        rows.append((say("sizes.bonus_name"), say("sizes.bonus"), pool))
    for number, line in enumerate(earned(speaker), 1):
        rows.append((_label(speaker, line), say(SIZES[line.word]), _size(speaker, line, number)))
    yield Paragraph(say("sizes.intro"))
    yield Table(tuple(map(say, ("sizes.what", "sizes.kind", "sizes.size"))), tuple(rows))
    groups: tuple[tuple[tree.ProseWord, str, tree.Salary | tree.Variable | tree.Total | None], ...] = (
        ("salary", "sizes.salary_rules", scope.salary),
        ("variable", "sizes.variable_rules", scope.variable),
        ("total", "sizes.total_rules", scope.total),
    )
    for word, heading, group in groups:
        told = speaker.told("about", word=word)
        if group is not None:
            told += clauses(speaker, group.clauses)
        if told:
            yield Paragraph("", lead=say(heading))
            yield Items(tuple(told))


def _label(speaker: Narrator, line: tree.Pay) -> str:
    return line.label.text if line.label is not None else speaker.label(speaker.scope.line_name(line))


def _size(speaker: Narrator, line: tree.Pay, number: int) -> str:
    """How much a line pays, in the table of all pay."""
    if _table(line.amount) is not None:
        return speaker.say("sizes.table", number=f"{speaker.numbers['pays']}.{number}")
    return _counted(speaker, line, "sizes.once", "sizes.each") or speaker.sizes(line.amount, "money")


def _counted(speaker: Narrator, line: tree.Pay, once: str, each: str) -> str | None:
    """What a milestone or a piece pays: for each, or once; None of other lines."""
    if line.word not in COUNTED or line.name is None:
        return None
    name = line.name.text
    key = once if speaker.compiled.checked.kinds[name] == "yes_no" else each
    return speaker.say(key, size=speaker.row(line.amount, "money"), name=speaker.called(name))


def pays(speaker: Narrator) -> Iterator[Block]:
    """The rules of commissions and other lines."""
    for line in earned(speaker):
        yield Paragraph("", lead=f"{_label(speaker, line)}.")
        yield from _rules(speaker, line, "pays.draw" if line.word == "draw" else "pays.formula")


def reductions(speaker: Narrator) -> Iterator[Block]:
    """What may be taken off, apart from what was earned less."""
    say = speaker.say
    lines = [line for line in speaker.scope.pays.values() if line.word in TAKEN_OFF]
    words = {line.word for line in lines}
    yield Paragraph(say("reductions.guard" if "reduction" in words else "reductions.none"))
    yield Paragraph(say("reductions.not_fines"))
    if speaker.compiled.kernel.law == "RF":
        yield Paragraph(say("reductions.law"))
        yield Paragraph(say("reductions.payroll"))
    if "recovery" in words:
        yield Paragraph(say("reductions.recoveries"))
    for line in lines:
        yield Paragraph("", lead=f"{_label(speaker, line)}.")
        formula = "reductions.reduction" if line.word == "reduction" else "reductions.recovery"
        yield from _rules(speaker, line, formula)


def _rules(speaker: Narrator, line: tree.Pay, formula: str) -> Iterator[Block]:
    # A line without a name is told of by its word.
    told = speaker.told("about", line.name.text) if line.name else speaker.told("about", word="commission")
    rows = _table(line.amount)
    counted = _counted(speaker, line, "pays.once", "pays.each")
    if counted is not None:
        told.append(counted)
    elif isinstance(line.amount, tree.Records) and line.amount.word == "each":
        told += _each(speaker, line.amount)
    elif rows is not None:
        told += _measured(speaker, rows)
    else:
        within = "" if line.within is None else _within(speaker, line.within)
        told.append(speaker.say(formula, formula=speaker.row(line.amount, "money"), line=within))
    yield Items((*told, *shared(speaker, line.amount), *clauses(speaker, line.clauses)))
    if rows is not None:
        yield table(speaker, rows, "money")


def _table(amount: tree.Expr) -> tree.Table | None:
    """The table that a line is paid by, be it for each record."""
    value = amount.value if isinstance(amount, tree.Records) and amount.word == "each" else amount
    return value if isinstance(value, tree.Table) else None


def _each(speaker: Narrator, amount: tree.Records) -> Iterator[str]:
    """What is paid for each record, and for which."""
    which = speaker.worded(" ".join(gathered(amount, speaker.words)))
    if isinstance(amount.value, tree.Table):
        yield speaker.say("pays.each_by_table", records=which)
        yield from _measured(speaker, amount.value)
    elif amount.value is not None:
        yield speaker.say("pays.for_each", records=which, formula=speaker.row(amount.value, "money"))


def _measured(speaker: Narrator, rows: tree.Table) -> Iterator[str]:
    """How a table pays for its measure; of records in an order, that they fill it one after another."""
    across = "" if rows.across is None else speaker.formula(rows.across)
    yield speaker.say(MODES[rows.mode], measure=speaker.formula(rows.measure), across=across)
    if isinstance(rows.measure, tree.Records) and rows.measure.order is not None:
        yield speaker.say("pays.filled", order=speaker.formula(rows.measure.order))


def _within(speaker: Narrator, line: tree.PayFor) -> str:
    """What a recovery or a draw is reckoned within."""
    return f"“{speaker.label(COMMISSION if line.name is None else line.name.text)}”"
