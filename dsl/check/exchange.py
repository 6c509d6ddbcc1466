"""Money of other currencies and times of zones: what turns them into money and days of the plan."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo, available_timezones

from .. import tree
from ..faults import Fault
from ..words import KindName, currencies
from .scope import Scope
from .ways import kind_of, taken

# What a table of exchange rates has, each once, by the kinds of its columns; it may have units as well.
QUOTED = {"choice", "date", "number"}
KINDS: tuple[KindName, ...] = ("date", "number", "count")


def priced(scope: Scope, table: tree.RecordsTable, column: tree.Column) -> Iterator[Fault]:
    """What is wrong with the zone of a column, and with its currency."""
    words, kind = scope.words, kind_of(column)
    ways = f"{words.time} {words['in']} Europe/Moscow", f"{words.time} {words['without_zone']}"
    if column.exchange is not None and kind != "money":
        yield misplaced(scope, column, column.exchange)
    elif column.exchange is not None:
        yield from _exchanged(scope, table, column.exchange)
    if column.zone is not None and kind == "money":
        yield _bare(scope, table, column, column.zone)
    elif column.zone is not None and kind != "date":
        yield misplaced(scope, column, column.zone)
    elif column.zone is not None and column.zone.name is not None and not _known(column.zone.name):
        near = scope.guess(column.zone.name, available_timezones())
        fix = None if near is None else f"{words['in']} {near}"
        yield scope.fault("P400", column.zone, fix=fix, zone=column.zone.name)
    elif column.zone is None and scope.text(column.kind).casefold() == words.time:
        yield scope.fault(
            "P399", column.kind, name=column.name.text, ways=ways, date=words.kind_words["date"]
        )


def _known(zone: str) -> bool:
    """Whether there is a time zone of a name."""
    try:
        ZoneInfo(zone)
    except (KeyError, OSError, ValueError):
        return False
    return True


def _bare(scope: Scope, table: tree.RecordsTable, column: tree.Column, currency: tree.Zone) -> Fault:
    """The fault of money of another currency without its rate; with the only one that there can be."""
    words = scope.words
    rates = [name for name, one in scope.tables.items() if one.rates is not None]
    days = [one.name.text for one in table.columns if one.counts]
    said = f"{scope.text(currency)} {words['at_rate_of']}"
    fix = f"{said} {rates[0]} {words['on_date_of']} {days[0]}" if len(rates) == len(days) == 1 else None
    sample = f"{said} {(rates or ['…'])[0]} {words['on_date_of']} {(days or ['…'])[0]}"
    return scope.fault(
        "P373",
        currency,
        fix=fix,
        name=column.name.text,
        currency=currency,
        sample=sample,
        word=words["of_rates"],
    )


def _exchanged(scope: Scope, table: tree.RecordsTable, exchange: tree.Exchange) -> Iterator[Fault]:
    """What is wrong with what turns money: its currency, its rates, its day."""
    rates = scope.tables.get(exchange.rates.text)
    if rates is None or rates.rates is None:
        rates = None
        several = [name for name, one in scope.tables.items() if one.rates is not None]
        near = scope.guess(exchange.rates.text, several) or (several[0] if len(several) == 1 else None)
        name = exchange.rates.text
        line = f"{scope.words['table']} {name} {scope.words['of_rates']}"
        yield scope.fault("P392", exchange.rates, fix=near, name=name, line=line)
    days = {one.name.text: taken(scope.tables, table, one) or one for one in table.columns}
    dated = [name for name, one in days.items() if kind_of(one) == "date"]
    if exchange.day.text not in dated:
        near = scope.guess(exchange.day.text, dated)
        of, known = table.name.text, tuple(dated)
        yield scope.fault("P351", exchange.day, fix=near, name=exchange.day.text, table=of, known=known)
    said = exchange.currency.text
    column = next((one for one in table.columns if one.name.text == said), None)
    codes = [said] if column is None else _codes(column)
    listed = {*currencies()} if rates is None else {code for one in rates.columns for code in _codes(one)}
    own = {line.code.text for line in scope.lines if isinstance(line, tree.Currency)}
    lacking = [code for code in codes if code not in listed and (code not in own or column is None)]
    if lacking or not codes:
        fix = scope.guess(said.upper(), listed) if column is None else None
        told, of = tuple(lacking) or (said,), exchange.rates.text
        yield scope.fault("P374", exchange.currency, fix=fix, codes=told, table=of)


def _codes(column: tree.Column) -> list[str]:
    """The currencies that a column can hold."""
    return [name.text for name in column.kind.names] if isinstance(column.kind, tree.Choices) else []


def quoted(scope: Scope, table: tree.RecordsTable, rates: tree.Rates) -> Iterator[Fault]:
    """What is wrong with a table of exchange rates."""
    kinds = [kind_of(one) for one in table.columns]
    plain = not any(one.zone or one.exchange or one.counts or one.signed for one in table.columns)
    once = len({*kinds}) == len(kinds) and QUOTED <= {*kinds} <= QUOTED | {"count"}
    codes = {code for one in table.columns for code in _codes(one)}
    own = {line.code.text for line in scope.lines if isinstance(line, tree.Currency)}
    days = None if rates.horizon is None else rates.horizon.value
    whole = days is None or (days >= 1 and days.denominator == 1)
    if not (plain and once and whole and codes <= currencies().keys() - own):
        date, number, count = (scope.words.kind_words[kind] for kind in KINDS)
        choice, name = scope.words["one_of"], table.name.text
        yield scope.fault("P372", table.name, name=name, choice=choice, date=date, number=number, count=count)


def united(scope: Scope, line: tree.Column | tree.Fact) -> Iterator[Fault]:
    """What is wrong with the unit of bare numbers of a column or of a fact."""
    unit, lasts = line.unit, isinstance(line.kind, tree.Kind) and line.kind.kind == "duration"
    if unit is not None and (unit.unit is None or not lasts):
        yield misplaced(scope, line, unit)


def misplaced(scope: Scope, line: tree.Column | tree.Fact, what: tree.Placed) -> Fault:
    """The fault of a unit, a zone or a currency of what has none."""
    units = tuple(words[0] for words in scope.words.unit_words.values())
    word, counts = scope.words.kind_words["duration"], scope.words["counts"]
    return scope.fault("P388", what, known=units, unit=what, name=line.name.text, word=word, counts=counts)
