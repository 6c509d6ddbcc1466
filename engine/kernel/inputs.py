"""What a plan reads: facts of a person and of the period, and tables of records."""

from __future__ import annotations

from dataclasses import field
from fractions import Fraction
from typing import Literal

from dsl.node import node
from dsl.period import Period, period
from dsl.place import NOWHERE, Place
from dsl.words import KindName

# Whose a value is: a row's of a table, a person's, that of a group of people, or that of all of them.
Level = Literal["row", "person", "group", "company"]


@node
class Opens:
    """By what a balance opens with nothing: at the beginning of each `anew`, and in a month (`in_month`)."""

    anew: Literal["year", "quarter"] | None = None
    in_month: str | None = None


@node
class Input:
    """What a plan reads: an actual of a person, a target of their own, or something of the period paid.

    What is `drawn` from records stands for them where somebody says what they come to, as an example may;
    what has no name is called by its number, and `place` is where the plan says it.
    Of a period: its `first` and `last` day, the `month`, `quarter` and `year` of the first, `days` and
    `workdays`, how many it has, and with the name of a group behind it, on how many of them one is in it, the
    `workhours`; and which member of a group one is in it. `choices` are the
    values an attribute may have; it is read as the number of its value. `default` is what is presumed where
    nobody gives it; `optional` where the plan has a value of its own. `low` and `high` are the least and the
    greatest that a fact can be, both allowed. A bare number of a duration counts so many seconds (`unit`).
    `sources` are those that it may come from, the empty one that of what is typed in; without any it may come
    from anywhere. What a balance opens with `opens` it.
    """

    name: str
    role: Literal["actual", "target", "period", "drawn"]
    kind: KindName
    choices: tuple[str, ...] = ()
    signed: bool = False
    default: Fraction | None = None
    optional: bool = False
    low: Fraction | None = None
    high: Fraction | None = None
    unit: int | None = None
    sources: tuple[str, ...] = ()
    opens: Opens | None = None
    level: Level = field(default="person", compare=False)
    place: Place = field(default=NOWHERE, compare=False)

    @property
    def bounded(self) -> bool:
        """Whether there is a least or a greatest value."""
        return self.low is not None or self.high is not None

    @property
    def worktime(self) -> bool:
        """Whether it is what the calendar says of the period."""
        return self.role == "period" and self.name in {WORKDAYS, WORKHOURS}

    @property
    def needed(self) -> bool:
        """Whether people have to give it: nothing can be presumed."""
        known = self.default is not None or (self.opens is not None and self.opens != Opens())
        return self.role != "period" and not known and not self.optional

    def begins(self, when: Period | None) -> bool:
        """Whether it is a balance that opens with nothing in a period."""
        if self.opens is None or when is None:
            return False
        first = self.opens.in_month and period(self.opens.in_month)
        if first and when.first <= first.first <= when.last:
            return True
        months = {"year": 12, "quarter": 3}.get(self.opens.anew or "")
        return months is not None and (when.first.month - 1) % months == 0


@node
class ColumnInput:
    """A column of a table: what its cells are, and what one is where it is empty.

    `via` is where the cell stands where it is that of the record that one belongs to: the column that leads
    there, and the column in that table. It `leads` to another table; a `positive` one is always above 0.
    A bare number in one of durations counts so many seconds (`unit`). Times are turned into days in a `zone`,
    or have none where it is empty. What is `worked` out of the others is not sent.
    """

    name: str
    kind: KindName
    choices: tuple[str, ...] = ()
    signed: bool = False
    default: Fraction | None = None
    via: tuple[int, int] | None = None
    leads: int | None = None
    positive: bool = False
    unit: int | None = None
    zone: str | None = None
    worked: bool = False

    @property
    def brought(self) -> bool:
        """Whether records come with it."""
        return self.via is None and not self.worked


@node
class Quoted:
    """What the records of a table of exchange rates are, by its columns.

    A rate is of one unit of the currency, or of so many as `units` says. Where a day has none, the last one
    before it serves, of no more than `horizon` days.
    """

    currency: int
    day: int
    rate: int
    units: int | None
    horizon: int


@node
class Exchanged:
    """What a record's money of another currency is turned by: the rate of a table on the day of a column.

    The currency is a code, or that of a column. What is found stands in the columns `code`, `rate`, `quoted`,
    which has the day of the rate, and `units`, where a rate is of several.
    """

    currency: str | int
    rates: int
    day: int
    code: int
    rate: int
    quoted: int
    units: int | None


@node
class Divided:
    """What the cells of a column make together, for all records with one value in the column `by`."""

    column: int
    by: int
    sign: Literal["=", ">=", "<="]
    whole: Fraction
    place: Place = field(default=NOWHERE, compare=False)


@node
class RecordsTable:
    """A table of records: its columns, and which say whose a record is, its id, and when it counts.

    The records of a `group` are its members, each with what the plan asks of them. Groups of other sorts may
    lie `inside` it; of one that is `led`, by the fact of that name, the members are those whom somebody
    leads, and where it is `deep` whom these lead too. `sources` are those that it may come from, as of an
    input. What is `late`, of a day before the period, but no more than so many before it
    (`horizon`), counts in it or is left to its month. A `stay` is somebody's in a group of a sort, by number:
    then the members are those of the group that they are in meanwhile.
    Of one of exchange rates `quoted` says what its columns are; money of other currencies is `exchanged`.
    """

    name: str
    columns: tuple[ColumnInput, ...]
    owner: int | None = None
    id: int | None = None
    counts: int | None = None
    group: bool = False
    shares: tuple[Divided, ...] = ()
    sources: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    led: str = ""
    deep: bool = False
    late: Literal["on_arrival", "to_their_month"] | None = None
    horizon: int = 0
    stay: tuple[str, int] | None = None
    quoted: Quoted | None = None
    exchanged: tuple[Exchanged, ...] = ()

    @property
    def key(self) -> str:
        """What it is called by whoever makes its records, each of a group's apart."""
        return self.name if self.stay is None else stayed(self.name, *self.stay)

    @property
    def told(self) -> str:
        """The fact that tells who belongs to a group."""
        return self.led or self.name

    @property
    def private(self) -> bool:
        """Whether nobody is told what each of its records has: they are colleagues, and not led by them."""
        return self.group and not self.led


def stayed(name: str, group: str, number: int) -> str:
    """What something is called that is of one of somebody's stays in groups of a sort."""
    return f"{name}#{group}.{number}"


WORKHOURS = "workhours"  # how many hours of a period are worked
WORKDAYS = "workdays"  # how many of the days of a period, or of those in a group, are worked
PLACE = "place:"  # before the name of a group, the input which of its members somebody is
