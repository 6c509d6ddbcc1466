"""What records make of a line of pay, in minor units that add up, and what is drawn from them for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from heapq import nsmallest

from dsl.faults.answer import place_of

from .. import kernel as k
from ..money import Money
from ..scales import exact
from .counted import CountedRecord, DrawnValue, LeftOut, LineRecords, OtherRecords, RecordPart, RecordRate
from .credit import BandPart, Credit, Credits, Key
from .drawn import made_of
from .reached import shared
from .reasons import BandAmount

MOST = 10  # records that are told one by one


def credited(credits: Credits, line: k.PayLine, minor: int, *, detail: bool) -> tuple[LineRecords, ...]:
    """What each record makes of a line that pays so much; nothing where the line is not theirs alone."""
    digits, credit = credits.result.kernel.digits, credits.of(line.amount)
    if credit is None:
        return ()
    shares = apportioned(credit, minor, digits)
    tables: dict[int, list[Key]] = {}
    for key in sorted(shares):
        tables.setdefault(key[0], []).append(key)
    found: list[LineRecords] = []
    for table, keys in tables.items():
        first = nsmallest(MOST, keys, key=lambda key: (-abs(credit.parts[key]), key))
        most = [_part(credits, credit, key, shares[key]) for key in first]
        left = sum(shares[key] for key in keys) - sum(shares[key] for key in first)
        others = OtherRecords(len(keys) - len(first), Money(left, digits))
        everything = tuple(_part(credits, credit, key, shares[key]) for key in keys) if detail else None
        rest = others if others.count else None
        found.append(LineRecords(*named(credits, table), tuple(most), rest, everything))
    return tuple(found)


def apportioned(credit: Credit, whole: int, digits: int) -> dict[Key, int]:
    """Parts of what is rounded to a whole number of minor units: by largest remainder, then by id."""
    shares: dict[Key, int] = {}
    rests: list[tuple[int, Key]] = []
    for key, part in credit.parts.items():
        shares[key], rest = divmod(part * 10**digits, credit.below)
        rests.append((-rest, key))
    for _, key in nsmallest(whole - sum(shares.values()), rests):
        shares[key] += 1
    return shares


def _part(credits: Credits, credit: Credit, key: Key, share: int) -> RecordPart:
    kernel, bands = credits.result.kernel, credit.bands.get(key)
    told = None if bands is None else tuple(_banded(credits, bands, share))
    rates = tuple(_rates(credits, key)) or None
    return RecordPart(
        *_marked(credits, key), Money(share, kernel.digits), exact(credit.exact(key)), told, rates
    )


def _rates(credits: Credits, key: Key) -> Iterator[RecordRate]:
    """By what money of other currencies in a record is turned, as far as anything is computed from it."""
    result, place = credits.result, key[0]
    table, scales = result.kernel.tables[place], result.facts.shape.scales.tables[place]
    row = result.facts.records[place][key[1]]
    at = {cells.name: index for index, cells in enumerate(table.columns)}

    def number(name: str) -> Fraction:
        return Fraction(int(row[at[name]] or 0), 10 ** scales[at[name]]) if name in at else Fraction(1)

    for index in sorted(result.kernel.read_of.get(place, ())):
        name, _, what = table.columns[index].name.partition(":")
        if what != "rate" or row[at[f"{name}:code"]] == result.kernel.currency or not number(name):
            continue
        yield RecordRate(
            name,
            result.compiled.checked.scope.label(f"{table.name}.{name}"),
            exact(number(name)),
            str(row[at[f"{name}:code"]]),
            exact(number(f"{name}:rate")),
            exact(number(f"{name}:units")),
            date.fromordinal(int(number(f"{name}:quoted"))).isoformat(),
        )


def _banded(credits: Credits, several: Sequence[BandPart], share: int) -> Iterator[BandAmount]:
    """What of a record lies in each band; what that makes adds up to what the record is told to make."""
    amounts = shared([part.amount for part in several], share, credits.result.kernel.digits)
    for one, amount in zip(several, amounts, strict=True):
        band = one.band
        low, high = (None if bound is None else exact(bound) for bound in (band.low, band.high))
        row = credits.result.compiled.source.words(band.piece.place)
        yield BandAmount(row, low, high, exact(band.rate), exact(one.part), amount, exact(one.amount))


def named(credits: Credits, table: int) -> tuple[str, str]:
    """What a table is called in the plan, and what people call it."""
    name = credits.result.kernel.tables[table].name
    return name, credits.result.compiled.checked.scope.label(name)


def _marked(credits: Credits, key: Key) -> tuple[str | None, str | None]:
    """The id and the day of a record, where its table has such columns."""
    table = credits.result.kernel.tables[key[0]]
    row = credits.result.facts.records[key[0]][key[1]]
    day = None if table.counts is None else row[table.counts]
    return (
        None if table.id is None else str(row[table.id]),
        date.fromordinal(day).isoformat() if isinstance(day, int) else None,
    )


# ── What is drawn from records ───────────────────────────────────────────────────────────────────────────


def drawn(credits: Credits, line: k.PayLine) -> tuple[DrawnValue, ...]:
    """What is drawn from records for a line."""
    return tuple(_drawn(credits, one) for one in resting(credits, line))


def resting(credits: Credits, line: k.PayLine) -> tuple[k.Own, ...]:
    """What a line rests on that is drawn from records, in the order in which the plan does."""
    result = credits.result
    found: dict[int, k.Own] = {}
    for node in k.needed(result.kernel, [line.amount]):
        if isinstance(node, k.Own) and result.kernel.inputs[node.index].role == "drawn" and result.pick(node):
            found[node.index] = node
    return tuple(found[index] for index in sorted(found))


def _drawn(credits: Credits, own: k.Own) -> DrawnValue:
    result, node = credits.result, own.otherwise
    made = made_of(result.kernel, node)
    # Of an average and of somebody's place the first operand goes over the records.
    over = node.left if isinstance(node, k.Arithmetic) else node
    over = over if made is None else made.members
    assert isinstance(over, k.Records)
    tally, source = result.program.tallies[id(over)], result.compiled.source
    conditions = [source.words(part.place) for part in k.conjuncts(over.where)]
    counts = [result.numbers[place] or 0 for place in tally.left]
    value = result.value(node)
    outside, undated, late = result.facts.beside[over.table]
    return DrawnValue(
        place_of(source, own.place),
        *named(credits, over.table),
        "" if value is None else _exact(over, value),
        result.numbers[tally.seen] or 0,
        outside,
        undated,
        tuple(LeftOut(text, count) for text, count in zip(conditions, counts, strict=True)),
        tuple(_counted(credits, over)) if _seen(credits, over.table) else None,
        late or None,
    )


def _seen(credits: Credits, table: int) -> bool:
    """Whether whoever may see an answer may see the records of a table: of a group, what colleagues have."""
    found = credits.result.kernel.tables[table]
    return not found.private or credits.result.compiled.checked.scope.groups[found.name].open


def _counted(credits: Credits, node: k.Records) -> Iterator[CountedRecord]:
    """The records that count, and what each comes to."""
    kernel, rows = credits.result.kernel, credits.result.facts.records[node.table]
    column = kernel.tables[node.table].columns[node.value.index] if isinstance(node.value, k.Column) else None
    for number, top, below in credits.worths(node):
        if isinstance(node.value, k.Column) and column and column.kind in {"text", "choice"}:
            cell = rows[number][node.value.index]
            value = column.choices[cell] if isinstance(cell, int) else str(cell)
        else:
            value = _exact(node, Fraction(top, below))
        yield CountedRecord(*_marked(credits, (node.table, number)), value)


def _exact(node: k.Records, value: Fraction) -> str:
    """A value that is drawn, for machines."""
    return date.fromordinal(int(value)).isoformat() if node.kind == "date" else exact(value)
