"""The tables of records that a plan reads, column by column, and the groups of its people."""

from __future__ import annotations

from collections.abc import Iterator

from dsl import tree
from dsl.check.constant import constant
from dsl.check.ways import full
from dsl.words import KindName
from dsl.write.line import listed

from ..paper import Block, Paragraph, Table
from .speaker import Narrator

LATE = {"on_arrival": "records.on_arrival", "to_their_month": "records.to_their_month"}
TOGETHER = {"=": "records.together", ">=": "records.together_least", "<=": "records.together_most"}


def records(speaker: Narrator) -> Iterator[Block]:
    """Each table: where its records come from, when they count, and its columns."""
    say = speaker.say
    heads = tuple(map(say, ("records.column", "facts.kind", "facts.missing")))
    for name, table in speaker.scope.tables.items():
        told = [say("records.intro"), *speaker.told("about", name)]
        if (source := _source(speaker, table)) is not None:
            told.append(say("records.source", source=source))
        counted = [column for column in table.columns if column.counts]
        told += [say("records.counts", name=speaker.called(full(name, one.name.text))) for one in counted]
        told += [] if counted or table.rates is not None else [say("records.all_count")]
        if table.rates is not None:
            days = table.rates.horizon
            told.append(say("records.rates"))
            told += [] if days is None else [say("records.before", days=speaker.formula(days))]
        if table.late is not None:
            told.append(say(LATE[table.late.way], days=speaker.formula(table.late.horizon)))
        yield Paragraph(" ".join(told), lead=f"{speaker.label(name)}.")
        yield Table(heads, tuple(_column(speaker, name, column) for column in table.columns))


def _source(speaker: Narrator, table: tree.RecordsTable) -> str | None:
    """Where the records of a table come from: as its line says, or as the plan does of all."""
    said = table.source
    if said is None:
        plan = [line.origins for line in speaker.scope.lines if isinstance(line, tree.Sources)]
        said = plan[0] if plan else None
    if said is None:
        return None
    return listed(said, speaker.words) if said.text is None else said.text.text


def _column(speaker: Narrator, table: str, column: tree.Column) -> tuple[str, ...]:
    """What a column is called, what stands in it, and what holds where nothing does."""
    say, name = speaker.say, full(table, column.name.text)
    label = speaker.label(name)
    called = label if column.label is None else f"{label}\n{say('facts.named', name=column.name.text)}"
    kind = [_kind(speaker, table, column)]
    if column.unit is not None and column.unit.unit is not None:
        kind.append(say("records.unit", unit=speaker.words.unit_words[column.unit.unit][0]))
    if column.zone is not None:
        zone = column.zone.name
        kind.append(say("records.no_zone") if zone is None else say("records.zone", zone=zone))
    if column.exchange is not None:
        currency, rates, day = column.exchange.currency.text, column.exchange.rates.text, column.exchange.day
        own = full(table, currency)
        said = speaker.called(own) if own in speaker.scope.columns else currency
        of = {"rates": speaker.called(rates), "day": speaker.called(full(table, day.text))}
        kind.append(say("records.exchange", currency=said, **of))
    if column.shares is not None:
        by, whole = speaker.called(full(table, column.shares.by.text)), speaker.formula(column.shares.whole)
        kind.append(say(TOGETHER[column.shares.sign], by=by, whole=whole))
    missing = say("dash" if isinstance(column.kind, tree.Taken) else "facts.needed")
    if column.counts:
        missing = say("records.not_counted")
    if column.default is not None:
        missing = say("facts.presumed", value=speaker.formula(column.default))
    return called, "\n".join(kind), missing


def _kind(speaker: Narrator, table: str, column: tree.Column) -> str:
    say = speaker.say
    match column.kind:
        case tree.Role(role):
            return say("records.employee" if role == "employee" else "records.id")
        case tree.Link(other):
            return say("records.link", table=speaker.called(other.text))
        case tree.Taken(link):
            return say("records.taken", link=speaker.called(full(table, link.text)))
        case tree.Choices(names):
            return speaker.kind("choice", tuple(one.text for one in names))
        case tree.Kind():
            kind: KindName = speaker.compiled.checked.kinds[full(table, column.name.text)]
            return speaker.kind(kind, signed=column.signed)


def groups(speaker: Narrator) -> Iterator[Block]:
    """Each group: who its members are, and what they may see of one another."""
    say = speaker.say
    for name, group in speaker.scope.groups.items():
        if group.led is None:
            told = [say("groups.members")]
        else:
            below = "groups.led_deep" if group.led.deep else "groups.led"
            told = [say(below, by=speaker.called(group.led.by.text))]
        if group.within is not None:
            told.append(say("groups.within", group=speaker.called(group.within.text)))
        told.append(say("groups.waiting"))
        if _shared(speaker, name):
            told.append(say("groups.open" if group.open else "groups.closed"))
        yield Paragraph(" ".join(told), lead=f"{speaker.label(name)}.")


def _shared(speaker: Narrator, group: str) -> bool:
    """Whether a sum is shared within a group."""
    return any(isinstance(expr, tree.Pool) and expr.group.text == group for expr in speaker.scope.expressions)


def shared(speaker: Narrator, expr: tree.Expr) -> Iterator[str]:
    """How what a formula draws from records, or shares within a group, is found: in words."""
    say, unit = speaker.say, speaker.unit
    for one in tree.walk(expr):
        match one:
            case tree.Pool(_, weight, group, reserve, left):
                facts = {"group": speaker.called(group.text), "weight": speaker.factor(weight), "unit": unit}
                equally = constant(weight) is not None
                yield say("pays.equally" if equally else "pays.by_weights", **facts)
                if reserve is not None:
                    held = {
                        "size": speaker.size(reserve.size, speaker.compiled.checked.kinds.of(reserve.size))
                    }
                    yield say("pays.reserve", late=speaker.formula(reserve.late), **held)
                yield say("pays.left" if left else "pays.remainder", **facts)
            case tree.Prizes(_, value, group, equals):
                facts = {"group": speaker.called(group.text), "value": speaker.factor(value)}
                yield say("pays.prizes", **facts)
                yield say("pays.equals_share" if equals == "share" else "pays.equals_higher", unit=unit)
            case tree.Records("rank", group):
                yield say("pays.rank", group=speaker.called(group.text))
            case tree.Records("first" | "last"):
                yield say("pays.of_one_day")
