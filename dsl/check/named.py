"""Names of tables and of columns: where a number stands, and what nothing reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from .. import tree
from ..data import table as read
from ..faults import Fault
from ..faults.forms import inflected
from .scope import Scope
from .ways import full, led


def alone(scope: Scope) -> Iterator[Fault]:
    """Tables and columns where a number stands: `2% of amount of deals`.

    A name that a line declares, or that an example gives, is a fact, whatever else is called so.
    """
    given = {entry.name.text for example in scope.examples for entry in example.entries}
    if not scope.tables or not (free := {*scope.needs} - {*scope.facts, *scope.kpis} - given):
        return
    within = {
        id(inner)
        for expr in scope.expressions
        if isinstance(expr, tree.Records)
        for inner in tree.walk(expr)
        if inner is not expr
    }
    outside = [expr for expr in scope.expressions if id(expr) not in within]
    told: set[str] = set()
    for expr in outside:
        match expr:
            case tree.Arithmetic("of", left, tree.Name(text)) if text in free:
                of = _meant(text, scope.tables, scope)
                if of is not None:
                    told.update((text, *_names(left)))
                    yield _tabular(scope, expr, left, scope.tables[of])
    columns = {column.name.text: table for table in scope.tables.values() for column in table.columns}
    for expr in outside:
        if isinstance(expr, tree.Name) and expr.text in free - told:
            told.add(expr.text)
            if expr.text in scope.tables:
                yield scope.fault("P364", expr, name=expr.text, instead=_count(scope, expr.text))
            elif expr.text in columns:
                table = columns[expr.text].name.text
                instead = _drawn(scope, "sum_of", expr.text, table)
                yield scope.fault("P365", expr, name=expr.text, table=table, instead=instead)


def _names(expr: tree.Expr) -> Iterator[str]:
    """The names that stand one after another, the last of them first."""
    while isinstance(expr, tree.Arithmetic) and expr.sign == "of" and isinstance(expr.right, tree.Name):
        yield expr.right.text
        expr = expr.left
    if isinstance(expr, tree.Name):
        yield expr.text


def _tabular(scope: Scope, expr: tree.Expr, left: tree.Expr, table: tree.RecordsTable) -> Fault:
    """The fault of a table that something is said to be of, with what the author may mean."""
    ways: Mapping[str, list[str]] = read("grammars", "synonyms.toml")["gathering"][scope.plan.lang]
    of, last, before = table.name.text, _last(left), None
    if isinstance(left, tree.Arithmetic):
        before = _last(left.left)
    known = {column.name.text: column for column in table.columns}
    column = None if last is None else _meant(last.text, known, scope)
    if last is not None and column is not None:
        keyword = None if before is None else _keyword(before.text, ways)
        first = last if before is None or keyword is None else before
        instead = _drawn(scope, keyword or "sum_of", column, of)
        sure = before is None or keyword is not None
        return scope.fault(
            "P364", first.place.to(expr.place), name=of, instead=instead, fix=instead if sure else None
        )
    if last is not None and _keyword(last.text, ways) == "count_of":
        instead = _count(scope, of)
        return scope.fault("P364", last.place.to(expr.place), name=of, instead=instead, fix=instead)
    return scope.fault("P364", expr, name=of, instead=_count(scope, of))


def _last(expr: tree.Expr) -> tree.Name | None:
    """The name that an expression ends with."""
    last = expr.right if isinstance(expr, tree.Arithmetic) and expr.sign == "of" else expr
    return last if isinstance(last, tree.Name) else None


def _keyword(word: str, ways: Mapping[str, list[str]]) -> str | None:
    return next((keyword for keyword, names in ways.items() if word.casefold() in names), None)


def _meant(word: str, known: Iterable[str], scope: Scope) -> str | None:
    """The name that a word is, or is a form of."""
    names = [*known]
    if word in names:
        return word
    found = [name for name in names if inflected(word, name, scope.plan.lang)]
    return found[0] if len(found) == 1 else None


def _drawn(scope: Scope, keyword: str, column: str, table: str) -> str:
    return f"{scope.words[keyword]} {column} {scope.words.spellings['of'][-1]} {table}"


def _count(scope: Scope, table: str) -> str:
    return f"{scope.words['count_of']} {table}"


def idle(scope: Scope) -> Iterator[Fault]:
    """Tables that nothing is computed from, and columns that nothing reads."""
    if not scope.whole:
        return
    rates = [
        (table, column.exchange)
        for table in scope.tables.values()
        for column in table.columns
        if column.exchange is not None
    ]
    read_of = {expr.table.text for expr in scope.expressions if isinstance(expr, tree.Records)}
    read_of.update(exchange.rates.text for _, exchange in rates)
    seen = {name for expr in scope.expressions for name in _seen(expr)}
    leading = {
        column.kind.table.text
        for table in scope.tables.values()
        for column in table.columns
        if isinstance(column.kind, tree.Link)
    }
    seen.update(
        full(table.name.text, one.text)
        for table, exchange in rates
        for one in (exchange.currency, exchange.day)
    )
    read = seen.union(_led(scope, seen))
    for name, table in scope.tables.items():
        if table.rates is not None and name in read_of:
            continue
        if name not in read_of | leading:
            yield scope.fault("P368", table, "warning", name=name)
            continue
        for column in table.columns:
            own = full(name, column.name.text)
            if not (own in read or column.counts or not _valued(column)):
                yield scope.fault("P369", column, "warning", name=column.name.text, table=name)


def _seen(expr: tree.Expr) -> Iterator[str]:
    match expr:
        case tree.Name(text):
            yield text
        case tree.Identity(attribute) | tree.By(attribute):
            yield attribute.text
        case tree.Records(order=tree.Name(text)):
            yield text


def _valued(column: tree.Column) -> bool:
    """Whether a column holds a value, and does not only say whose a record is, or which one."""
    unknown = isinstance(column.kind, tree.Kind) and column.kind.kind is None
    return not (unknown or isinstance(column.kind, tree.Role | tree.Link))


def _led(scope: Scope, seen: Iterable[str]) -> Iterator[str]:
    """The columns of other tables that records have by those that they belong to, and what leads to them."""
    ways = [name.split(".") for name in seen if "." in name]
    for table in scope.tables.values():
        for column in table.columns:
            if isinstance(column.kind, tree.Taken):
                ways.append([table.name.text, column.kind.link.text, column.name.text])
    for first, *names in ways:
        here = scope.tables.get(first)
        for name in names:
            if here is not None:
                yield full(here.name.text, name)
                here = led(scope.tables, here, name)


def entered(scope: Scope, examples: Iterable[tree.Example]) -> Iterator[tuple[tree.Name, tree.Expr]]:
    """The columns that records of examples give, by their full names, and their values."""
    for example in examples:
        for record in example.records:
            for entry in record.entries:
                name = full(record.table.text, entry.name.text)
                if name in scope.columns:
                    yield tree.Name(name, place=entry.name.place), entry.value
