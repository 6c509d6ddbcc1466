"""Pay by the days in a group: which group, which days, and whether the line is of a group at all."""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree
from ..faults import Fault
from .pay import NamedLine, paid
from .scope import Scope, formulas, listed

FromGroup = tree.Records | tree.Pool | tree.Prizes


def stays(scope: Scope) -> Iterator[Fault]:
    """What is wrong with pay by the days in a group, and with names that are taken for tables."""
    for one in paid(scope):
        for clause in tree.among(one.line.clauses, tree.ByDays):
            yield from _clause(scope, one, clause)
    names = [table.name for table in scope.tables.values()]
    names += [group.name if group.led is None else group.led.by for group in scope.groups.values()]
    for name in names:
        if name.text in {scope.words.absences, scope.words.calendar}:
            yield scope.fault("P345", name, name=name.text)


def _clause(scope: Scope, one: NamedLine, clause: tree.ByDays) -> Iterator[Fault]:
    group = scope.groups.get(clause.group.text)
    if group is None:
        members = [name for name, other in scope.groups.items() if other.led is None]
        near = scope.guess(clause.group.text, members)
        yield scope.fault("P340", clause.group, name=clause.group.text, known=listed(members), fix=near)
        return
    if group.led is not None:
        yield scope.fault("P341", clause.group, also=group, name=clause.group.text, by=group.led.by)
        return
    if clause.unit == "by_days" and scope.law is None:
        working, calendar = (
            f"{scope.words[word]} {clause.group.text}" for word in ("by_working_days", "by_calendar_days")
        )
        yield scope.fault("P342", clause, clause=clause, by_working_days=working, by_calendar_days=calendar)
    lines = [line for line in scope.lines if isinstance(line, tree.Salary | tree.Kpi | tree.Pay)]
    acts_on = (line for line in lines if any(part is clause for part in (*line.clauses, *scope.above(line))))
    drawn = [part for line in acts_on for part in _drawn(scope, line)]
    own = next((part for part in drawn if not isinstance(part, tree.Records) or part.word == "rank"), None)
    if own is not None:
        yield scope.fault("P343", clause, also=own, clause=clause, text=own)
    elif not drawn:
        yield scope.fault("P344", clause, name=one.name, clause=clause, group=clause.group, fix="")


def _drawn(scope: Scope, line: tree.Salary | tree.Kpi | tree.Pay) -> Iterator[FromGroup]:
    """What a line draws from groups that people are members of, itself or by what it is worked out from."""
    waiting, seen = [*formulas(line)], set[str]()
    match line:
        case tree.Kpi(name=name):
            waiting += [name, *([scope.bonus.pool] if scope.bonus else [])]
        case tree.Pay(name=tree.Name() as name):
            waiting.append(name)
    while waiting:
        for expr in tree.walk(waiting.pop()):
            if isinstance(expr, FromGroup):
                among = expr.table if isinstance(expr, tree.Records) else expr.group
                group = scope.groups.get(among.text)
                if group is not None and group.led is None:
                    yield expr
            named = expr.text if isinstance(expr, tree.Name) else scope.named_line(expr)
            if named is None or named in seen:
                continue
            seen.add(named)
            if (figure := scope.figures.get(named)) is not None:
                waiting.append(figure.value)
            for other in (scope.pays.get(named), scope.kpis.get(named)):
                if other is not None and other is not line:
                    waiting += formulas(other)
