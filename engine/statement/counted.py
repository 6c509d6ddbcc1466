"""What an answer says of records and of groups: what each made, which count, and who has which share."""

from __future__ import annotations

from dataclasses import field

from dsl.faults.answer import Count, ToldPlace
from dsl.node import node
from dsl.record import ABSENT

from ..money import Money
from .reasons import BandAmount


@node
class RecordRate:
    """By what money of another currency in a record is turned into that of the plan."""

    column: str
    label: str
    amount: str
    currency: str
    rate: str
    units: str
    """Of the currency, that the rate is for."""
    day: str
    """Of the rate; the plan may take that of a day before where one has none."""


@node
class RecordPart:
    """A record, and what it makes of a line of pay."""

    id: str | None = field(metadata=ABSENT)
    day: str | None = field(metadata=ABSENT)
    """On which it counts."""
    amount: Money
    """All of a line make its amount: what is left of minor units goes by largest remainder, then by id."""
    exact: str
    """The same before it is rounded: a decimal, or else a fraction."""
    bands: tuple[BandAmount, ...] | None = field(metadata=ABSENT)
    """Of a record that lies in several bands: what of it lies in each."""
    rates: tuple[RecordRate, ...] | None = field(metadata=ABSENT)
    """Of a record with money of other currencies: what turns it."""


@node
class OtherRecords:
    """The records that are not told one by one."""

    count: Count
    amount: Money


@node
class LineRecords:
    """What the records of a table make of a line of pay."""

    table: str
    label: str
    most: tuple[RecordPart, ...]
    """The ten that weigh most."""
    others: OtherRecords | None = field(metadata=ABSENT)
    all: tuple[RecordPart, ...] | None = field(metadata=ABSENT)
    """Where `detail` is asked for."""


@node
class LeftOut:
    """A part of a condition, as it is written, and how many records it leaves out that others had left."""

    condition: str
    count: Count


@node
class CountedRecord:
    """A record that counts, and what it comes to."""

    id: str | None = field(metadata=ABSENT)
    day: str | None = field(metadata=ABSENT)
    value: str
    """A decimal or a fraction, a date, the number of a choice; 1 where records are counted."""


@node
class DrawnValue:
    """What a value comes to over the records of a table: which count, and what left out the rest."""

    clause: ToldPlace
    table: str
    label: str
    value: str
    seen: Count
    """The records of the period."""
    outside: Count
    """Those that count in another period."""
    undated: Count
    """Those of no day, which never count."""
    left_out: tuple[LeftOut, ...]
    records: tuple[CountedRecord, ...] | None = field(metadata=ABSENT)
    """Those that count; of a group nobody is told what colleagues have, unless its shares are open."""
    late: Count | None = field(default=None, metadata=ABSENT)
    """Those of earlier months that came late: of those of the period, or left to theirs."""


@node
class MemberShare:
    """What a member of a group has of a sum."""

    employee: str
    weight: str
    """A decimal or a fraction."""
    amount: Money


@node
class GroupShares:
    """How a sum is shared in a group whose shares are open: what all have, by number, makes up the sum."""

    group: str
    label: str
    fund: Money
    weights: str
    """All together."""
    members: tuple[MemberShare, ...]


@node
class DaysSpan:
    """Days one after another, the first and the last among them."""

    first: str
    last: str


@node
class LineStay:
    """What a line pays for the days that somebody was in one of several groups."""

    group: str
    label: str
    value: str
    """Which of the groups."""
    on: tuple[DaysSpan, ...]
    days: Count
    """How many of these days count: working days, or all."""
    whole: Count
    """How many there are in the period."""
    amount: Money
    """All of a line make what its clause comes to: what is left of minor units goes by largest remainder."""
    exact: str
    """The same before it is rounded: a decimal, or else a fraction."""
