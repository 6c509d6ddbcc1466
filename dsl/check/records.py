"""Tables, and what is said of their records: columns that are there, and can be what they are said to be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from .. import tree
from ..data import table as read
from ..faults import Fault
from ..parse.mistakes.phrases import kind_said
from ..words import ColumnRole, KindName
from .constant import constant
from .exchange import priced, quoted, united
from .groups import grouped, together
from .named import alone, idle
from .scope import Scope
from .stays import stays
from .ways import led, owner, taken


def records(scope: Scope) -> Iterator[Fault]:
    """What is wrong with tables, with what is drawn from their records, and with the records of examples.

    What nothing reads is told where all else is right.
    """
    found = [*_wrong(scope)]
    yield from found or idle(scope)


def _wrong(scope: Scope) -> Iterator[Fault]:
    over = {one.table.text for one in scope.expressions if isinstance(one, tree.Records)}
    for table in scope.tables.values():
        yield from _table(scope, table, gone=table.name.text in over)
    yield from _circles(scope)
    yield from grouped(scope)
    yield from stays(scope)
    yield from alone(scope)
    for line in scope.lines:
        match line:
            case (
                tree.Fact(name=name, kind=tree.Kind("text") as kind)
                | tree.Figure(name=name, kind=tree.Kind("text") as kind)
            ):
                yield scope.fault("P358", kind, name=name.text, word=kind.text)
            case tree.Fact(unit=tree.BareUnit()):
                yield from united(scope, line)
            case tree.Example():
                for record in line.records:
                    yield from _record(scope, record)
        if isinstance(line, tree.Clausal):
            yield from _limits(scope, line)
    for expr in scope.expressions:
        if isinstance(expr, tree.Records):
            yield from _drawn(scope, expr)


def _table(scope: Scope, table: tree.RecordsTable, *, gone: bool) -> Iterator[Fault]:
    name = table.name.text
    if not table.columns and scope.whole:
        yield scope.fault("P355", table.name, name=name)
    if table.rates is not None:
        yield from quoted(scope, table, table.rates)
    if table.late is not None:
        yield from _late(scope, table, table.late)
    seen: dict[str, tree.Column] = {}
    said: dict[ColumnRole | Literal["counts"], tree.Column] = {}
    for column in table.columns:
        if (earlier := seen.setdefault(column.name.text, column)) is not column:
            yield scope.fault("P352", column.name, also=earlier.name, name=column.name.text, table=name)
            continue
        for what in _once(column):
            if (earlier := said.setdefault(what, column)) is not column:
                word = scope.words["counts"] if what == "counts" else scope.words.role_words[what]
                yield scope.fault("P353", column, also=earlier, table=name, word=word)
        yield from priced(scope, table, column)
        yield from united(scope, column)
        if column.shares is not None:
            yield from _shares(scope, table, column, column.shares)
        whence = taken(scope.tables, table, column) or column
        if column.counts and not (isinstance(whence.kind, tree.Kind) and whence.kind.kind == "date"):
            word = scope.words["counts"]
            yield scope.fault(
                "P354", column, name=column.name.text, word=word, date=scope.words.kind_words["date"]
            )
        if isinstance(column.kind, tree.Link):
            yield from _link(scope, name, column, column.kind)
        elif isinstance(column.kind, tree.Taken):
            link = column.kind.link.text
            other = led(scope.tables, table, link)
            # What is wrong further on is told there.
            if other is None or not any(one.name.text == column.name.text for one in other.columns):
                yield scope.fault("P363", column, name=column.name.text, link=link, table=name)
        elif isinstance(column.kind, tree.Kind) and column.kind.kind is None:
            known = [*scope.words.kind_words.values(), *scope.words.role_words.values()]
            first, second = column.name.text, column.kind.text
            if first.casefold() in known:
                yield scope.fault("P366", column, fix=f"{second} {first}", kind=first, name=second)
                continue
            lasting = f"{scope.words.kind_words['duration']} {second}"
            timed = lasting if second.casefold() in scope.words.units else None
            roles = read("grammars", "synonyms.toml")["roles"][scope.plan.lang]
            called = (
                word for role, word in scope.words.role_words.items() if second.casefold() in roles[role]
            )
            meant = next(called, None) or kind_said(second, scope.plan.lang)
            near = timed or meant or scope.guess(second, known)
            yield scope.fault("P359", column.kind, word=column.kind.text, known=tuple(known), fix=near)
    if gone and any(True for _ in _links(scope, table)) and owner(scope.tables, table) is None:
        # Else its records would be everybody's.
        word = scope.words.role_words["employee"]
        yield scope.fault("P395", table.name, name=name, word=word)


def _late(scope: Scope, table: tree.RecordsTable, late: tree.Belated) -> Iterator[Fault]:
    """What is wrong with what becomes of late records."""
    if late.horizon.value < 1 or late.horizon.value.denominator != 1:
        yield scope.fault("P389", late.horizon, text=late.horizon)
    if table.columns and not any(one.counts for one in table.columns):
        word = scope.words["counts"]
        yield scope.fault("P390", late, also=table.name, table=table.name.text, word=word)


# What the cells of a column of a kind, and so what they make together, are written as.
WHOLES: dict[KindName, tuple[type[tree.Expr], ...]] = {
    "percent": (tree.Percent,),
    "count": (tree.Number,),
    "number": (tree.Number,),
    "money": (tree.Number, tree.Amount),
    "days": (tree.Number, tree.Days),
    "duration": (tree.Duration,),
}


def _shares(
    scope: Scope, table: tree.RecordsTable, column: tree.Column, shares: tree.Shares
) -> Iterator[Fault]:
    """What is wrong with what the cells of a column are said to make together."""
    kind = column.kind.kind if isinstance(column.kind, tree.Kind) else None
    if kind is None or not isinstance(shares.whole, WHOLES.get(kind, ())) or not constant(shares.whole):
        yield scope.fault("P386", shares, name=column.name.text, whole=scope.text(shares.whole))
    by = next((one for one in table.columns if one.name.text == shares.by.text), None)
    if by is None:
        known = [one.name.text for one in table.columns if one is not column]
        near, of = scope.guess(shares.by.text, known), table.name.text
        yield scope.fault("P351", shares.by, fix=near, name=shares.by.text, table=of, known=tuple(known))
    elif not _gathers(by):
        yield scope.fault("P387", shares.by, also=by.name, name=by.name.text, table=table.name.text)


def _lasts(column: tree.Column) -> bool:
    """Whether a column holds durations."""
    return isinstance(column.kind, tree.Kind) and column.kind.kind == "duration"


def _gathers(column: tree.Column) -> bool:
    """Whether several records can belong together by a column: it names what they are of."""
    match column.kind:
        case tree.Link() | tree.Choices():
            return True
        case tree.Kind(kind):
            return kind in {"text", "date"}
        case _:
            return False


def _links(scope: Scope, table: tree.RecordsTable) -> Iterator[tuple[tree.Column, str]]:
    """The columns of a table that lead to others, each with the name of that."""
    for column in table.columns:
        if isinstance(column.kind, tree.Link) and (to := column.kind.table.text) in scope.tables:
            yield column, to


def _circles(scope: Scope) -> Iterator[Fault]:
    """The faults of columns by which records would belong, through others, to themselves."""
    done: set[str] = set()
    for name in scope.tables:
        waiting = [] if name in done else [(name, _links(scope, scope.tables[name]))]
        while waiting:
            table, links = waiting[-1]
            column, to = next(links, (None, ""))
            passed = [one for one, _ in waiting]
            if column is None:
                done.add(table)
                waiting.pop()
            elif to in passed[:-1]:
                ring = " → ".join([*passed[passed.index(to) :], to])
                yield scope.fault("P371", column, also=scope.tables[to].name, table=table, ring=ring)
            elif to not in done and to != table:  # of its own table is told where it stands
                waiting.append((to, _links(scope, scope.tables[to])))


def _once(column: tree.Column) -> Iterator[ColumnRole | Literal["counts"]]:
    if isinstance(column.kind, tree.Role):
        yield column.kind.role
    if column.counts:
        yield "counts"


def _link(scope: Scope, name: str, column: tree.Column, link: tree.Link) -> Iterator[Fault]:
    """What is wrong with a column that leads to the record of another table."""
    table = scope.tables.get(link.table.text)
    if table is None or link.table.text == name:
        others = [other for other in scope.tables if other != name]
        yield scope.fault("P350", link.table, name=link.table.text, fix=scope.guess(link.table.text, others))
    elif not any(one.kind == tree.Role("id") for one in table.columns):
        word = scope.words.role_words["id"]
        yield scope.fault("P361", column, also=table.name, table=link.table.text, word=word)


def _drawn(scope: Scope, expr: tree.Records) -> Iterator[Fault]:
    """What is wrong with what is drawn from records."""
    table = scope.tables.get(expr.table.text)
    if table is None:
        if expr.table.text in scope.groups:
            yield from together(scope, expr)
        else:
            near = scope.guess(expr.table.text, [*scope.tables, *scope.groups])
            yield scope.fault("P350", expr.table, name=expr.table.text, fix=near)
        return
    if not table.columns:  # which is told of the table
        return
    if expr.word == "distinct" and not (
        isinstance(expr.value, tree.Name) and expr.value.text in scope.columns
    ):
        yield scope.fault("P360", expr.value or expr, text=expr.value or expr)
    known = [one.name.text for one in table.columns]
    # Of a column whose kind stands before its name it is told there.
    turned = {one.kind.text for one in table.columns if isinstance(one.kind, tree.Kind) and not one.kind.kind}
    declared = {*scope.facts, *scope.figures, *scope.kpis, *scope.pays}
    for part in (expr.value, expr.where, expr.order):
        words = () if part is None else _answers(scope, part)
        for inner in () if part is None else tree.walk(part):
            if any(inner is one for one in words):
                continue
            name = inner.attribute if isinstance(inner, tree.Identity | tree.By) else inner
            own = scope.columns.keys() | turned
            if isinstance(name, tree.Name) and name.text not in (
                own if part is expr.order else own | declared
            ):
                fix = scope.guess(name.text, known)
                of = table.name.text
                if fix is None and not scope.whole:
                    continue
                yield scope.fault("P351", name, fix=fix, name=name.text, table=of, known=tuple(known))


def _answers(scope: Scope, part: tree.Expr) -> list[tree.Name]:
    """The values of columns that are compared with a sign, of which is told where they are asked for."""
    found = []
    for expr in tree.walk(part):
        match expr:
            case tree.Comparison(_, tree.Name(column), tree.Name() as value) if scope.choices(column):
                found.append(value)
            case tree.Comparison(_, tree.Name() as value, tree.Name(column)) if scope.choices(column):
                found.append(value)
    return found


def _limits(scope: Scope, line: tree.Clausal) -> Iterator[Fault]:
    """Limits on what is paid for each of some records say whether each is held to them, or all in all."""
    each = isinstance(line, tree.Pay) and isinstance(line.amount, tree.Records) and line.amount.word == "each"
    words = scope.words
    for clause in line.clauses:
        if not isinstance(clause, tree.Cap | tree.Floor | tree.Rounding):
            continue
        if each and clause.scope is None:
            ways = tuple(f"{scope.text(clause)} {words[way]}" for way in ("each", "in_all"))
            yield scope.fault("P356", clause, clause=clause, each=ways[0], all=ways[1])
        elif not each and clause.scope is not None:
            yield scope.fault("P357", clause, clause=clause, word=words[clause.scope])


def _record(scope: Scope, record: tree.Record) -> Iterator[Fault]:
    """What is wrong with a record of an example."""
    table = scope.tables.get(record.table.text)
    if record.table.text in scope.groups:
        drawn = [name for name, one in scope.figures.items() if isinstance(one.value, tree.Records)]
        facts = (*scope.facts, *drawn)
        for entry in record.entries:
            if entry.name.text not in facts:
                fix = scope.guess(entry.name.text, facts)
                yield scope.fault(
                    "P351", entry.name, fix=fix, name=entry.name.text, table=record.table.text, known=facts
                )
        return
    if table is None:
        near = scope.guess(record.table.text, [*scope.tables, *scope.groups])
        yield scope.fault("P350", record.table, name=record.table.text, fix=near)
        return
    if not table.columns:  # which is told of the table
        return
    columns = {one.name.text: one for one in table.columns}
    seen: dict[str, tree.Entry] = {}
    for entry in record.entries:
        name = entry.name.text
        if name not in columns:
            near, of = scope.guess(name, columns), table.name.text
            yield scope.fault("P351", entry.name, fix=near, name=name, table=of, known=tuple(columns))
        elif (earlier := seen.setdefault(name, entry)) is not entry:
            yield scope.fault("P219", entry, also=earlier, name=name)
        elif _lasts(columns[name]) and columns[name].unit is None:
            yield from _lasting(scope, columns[name], entry.value)
        elif columns[name].exchange is not None and isinstance(entry.value, tree.Amount):
            number = scope.written(tree.Number(entry.value.value))
            yield scope.fault("P398", entry.value, fix=number, name=name, text=entry.value, number=number)
    lacking = [name for name, column in columns.items() if name not in seen and _asked(column)]
    if lacking:
        yield scope.fault("P362", record, names=tuple(lacking), table=table.name.text)


def _lasting(scope: Scope, column: tree.Column, value: tree.Expr) -> Iterator[Fault]:
    """The fault of how long something lasts that does not say its unit; nothing at all needs none."""
    if isinstance(value, tree.Number) and value.value:
        said, name, kinds = f"{scope.text(value)} {_unit(scope)}", column.name.text, scope.words.kind_words
        facts = {"name": name, "instead": said, "column": f"{name} {kinds['duration']} {_unit(scope)}"}
        yield scope.fault("P297", value, also=column, fix=said, value=value, **facts)


def _unit(scope: Scope) -> str:
    """The unit in which the plan says how long something lasts, or else seconds."""
    lengths = (expr for expr in scope.expressions if isinstance(expr, tree.Duration))
    return next(
        (scope.text(one).split()[-1] for one in lengths), next(iter(scope.words.unit_words.values()))[0]
    )


def _asked(column: tree.Column) -> bool:
    """Whether a record of an example has to give a column: whose it is and its id go without saying."""
    kind = column.kind
    told = isinstance(kind, tree.Role | tree.Link | tree.Taken) or (
        isinstance(kind, tree.Kind) and kind.kind is None  # which is told of the column
    )
    return column.default is None and not column.counts and not told
