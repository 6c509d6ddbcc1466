"""A plan, line by line."""

from __future__ import annotations

from dataclasses import field
from typing import Literal, TypeVar

from ..node import node
from ..words import ColumnRole, Lang, Law
from .clauses import Clause
from .examples import Example
from .expressions import Expr, PayFor
from .parts import Date, Days, Kind, Line, Name, Placed, Text


@node
class Title(Line):
    """`plan "Sales manager"`: what people call the plan."""

    text: Text


@node
class Definitions(Line):
    """`definitions "Common rates"`: the file is no plan, but holds what plans share."""

    text: Text


@node
class Include(Line):
    """`include "shared/rates.plan"`: the lines of a file of definitions, as if they stood here."""

    path: Text


@node
class Version(Line):
    """`version 2025-07`: the author's name of this version, as typed."""

    text: str


@node
class Effect(Line):
    """`in effect from 2025-07-01`."""

    start: Date


@node
class Currency(Line):
    """`currency RUB`: the code (ISO 4217) of everything the plan pays."""

    code: Name


@node
class LawLine(Line):
    """`law RF`: whose rules about pay the plan is held to; None where the language has no such word."""

    law: Law | None
    word: Text = field(compare=False)


ProseTopic = Literal["about", "concerns", "grounds", "due"]
ProseWord = Literal["salary", "bonus", "commission", "variable", "total"]


@node
class Prose(Line):
    """`payment due revenue "…"`: a paragraph for people, which no pay hangs on.

    `topic` is what it tells: whatever the author likes, whom the plan concerns, the grounds of a payment, or
    when it is due. It is about a line by its name, about one by the `word` that stands for it, or about all
    of the plan.
    """

    topic: ProseTopic
    word: ProseWord | None
    name: Name | None
    text: Text


@node
class Choices(Placed):
    """`one of (junior; middle; senior)`: the values that an attribute of a person may have."""

    names: tuple[Name, ...]


@node
class Bounds(Placed):
    """`from 0 up to 31`: the least and the greatest that a fact can be, both allowed."""

    low: Expr | None
    high: Expr | None = None


@node
class TakenFrom(Placed):
    """`taken from crm or accounting`: the sources that are accepted; or the author's words for where from.

    `typed` says that what somebody typed in is accepted too.
    """

    names: tuple[Name, ...] = ()
    typed: bool = False
    text: Text | None = None


@node
class Sources(Line):
    """`facts taken from crm`: what is accepted of facts and tables that say nothing of their own."""

    origins: TakenFrom


@node
class Fact(Line):
    """`fact calls "Successful calls" count`: what is known about a fact before anybody gives it."""

    name: Name
    label: Text | None
    kind: Kind | Choices | None
    signed: bool
    default: Expr | None
    source: TakenFrom | None = None
    bounds: Bounds | None = None
    unit: BareUnit | None = None


@node
class Role(Placed):
    """`employee`, `id`: whose a record is, or what it is called."""

    role: ColumnRole


@node
class Link(Placed):
    """`record of deals`: the record of another table that this one belongs to."""

    table: Name


@node
class Taken(Placed):
    """`of deal`: the cell is that of the column of the same name in the record that one belongs to."""

    link: Name


@node
class BareUnit(Placed):
    """`seconds` after `duration`: what a bare number in a cell counts; None where there is no such unit."""

    unit: str | None
    text: str = field(compare=False)


@node
class Zone(Placed):
    """`in Europe/Moscow` after `time`: in which zone a time is turned into a day; None where it has none."""

    name: str | None


@node
class Exchange(Placed):
    """`in USD at the rate of bank on the date of shipped`: what turns money into the plan's currency.

    The currency is said, or is that of a column of the row; the rate is of a table, on the day of a column.
    """

    currency: Name
    rates: Name
    day: Name


@node
class Shares(Placed):
    """`together 100% by deal`: what the cells of a column make for all records with one value of another.

    It is `>=` where they may make more, as credit beside a split does.
    """

    sign: Literal["=", ">=", "<="]
    whole: Expr
    by: Name


@node
class Column(Line):
    """A column of a table: `paid_on date, counts`; one that `counts` says in which period a record does."""

    name: Name
    label: Text | None
    kind: Kind | Choices | Role | Link | Taken
    unit: BareUnit | None = None
    signed: bool = False
    default: Expr | None = None
    counts: bool = False
    shares: Shares | None = None
    zone: Zone | None = None
    exchange: Exchange | None = None


@node
class Rates(Placed):
    """`of exchange rates, on the last day before within 12 days`: what the records of a table are.

    Without a `horizon` each day has its own rate; else the last one before it serves, of so many days.
    """

    horizon: Days | None


@node
class Belated(Placed):
    """`late on arrival within 90 days`: what becomes of records of earlier months that come now.

    They count in the period that is paid, or are left to their month; those of more days before it count no
    more in either.
    """

    way: Literal["on_arrival", "to_their_month"]
    horizon: Days


@node
class RecordsTable(Line):
    """`table deals "Deals"`: records as their source has them, and their columns."""

    name: Name
    label: Text | None
    source: TakenFrom | None = None
    rates: Rates | None = None
    late: Belated | None = None
    columns: tuple[Column, ...] = ()


@node
class Led(Placed):
    """`led by head at all levels`: the members are those whose head somebody is, or who stand below these."""

    by: Name
    deep: bool = False


@node
class Group(Line):
    """`group team "Team" within department`: people who are reckoned with together, by their team's name.

    Teams lie `within` the groups of another sort. Of a group that is `led` nobody is a member by its name:
    each who is paid has their own, of those whom they lead. Where its shares are `open`, its members may see
    what each of them has.
    """

    name: Name
    label: Text | None = None
    within: Name | None = None
    led: Led | None = None
    open: bool = False


@node
class Salary(Line):
    """`salary 60 000`."""

    amount: Expr
    clauses: tuple[Clause, ...] = ()


@node
class Bonus(Line):
    """`bonus 50 000`: the pool, paid when every KPI stands at exactly 100 %."""

    pool: Expr
    clauses: tuple[Clause, ...] = ()


@node
class Kpi(Line):
    """A KPI line: a measure and its clauses, in the formatter's order."""

    name: Name
    label: Text | None
    clauses: tuple[Clause, ...]


@node
class Figure(Line):
    """`conversion = meetings / calls`: a value computed from others; it is not paid by itself."""

    name: Name
    label: Text | None
    kind: Kind | Choices | None
    value: Expr


@node
class ResultLine(Figure):
    """`result index "Index" percent = …`: a figure that goes out with the pay, and is paid to nobody."""


Span = Literal["year", "quarter"]  # at the beginning of which a balance opens with nothing


@node
class Ends(Placed):
    """`forgiven if leaving`: when a balance ends, and what becomes of what is left of it."""

    way: Literal["forgiven", "claimed"]
    condition: Expr


@node
class OpenedIn(Placed):
    """`opened in 2025-01`: the month in which a balance opens with nothing."""

    month: str


@node
class Balance(ResultLine):
    """`balance debt "Draw to be repaid" owed by the employee`: what one month leaves to the next.

    It opens with what is handed in, and closes with its value and what lines of pay moved: without a formula
    the value is what it opens with, `so_far` it is that and the formula. What is `owed` by the employee grows
    by what is paid, and what is `due_to` them by what is withheld. It opens with nothing at the beginning of
    each `anew`, and in the month in which it is `opened`. `most` is how much a draw may make of it.
    """

    signed: bool = False
    side: Literal["owed", "due_to"] | None = None
    most: Expr | None = None
    so_far: bool = False
    anew: Span | None = None
    opened: OpenedIn | None = None
    ends: Ends | None = None

    @property
    def bare(self) -> bool:
        """Whether it has no formula of its own."""
        return isinstance(self.value, Name) and self.value.balance == self.name.text


PayWord = Literal["commission", "pay", "milestone", "piece", "spif", "reduction", "recovery", "draw"]


@node
class Pay(Line):
    """A line of pay by a formula; only a commission may go without a name.

    A milestone and a piece are an amount for each of the fact of their name (yes counts as one). A reduction
    is taken off the bonuses, by order; a plan has one at most.

    A recovery nets what is owed `within` a line of pay, down to 0; the rest is carried. A draw pays what that
    line lacks of an amount, and takes it back from what the line has more in a later period.
    """

    word: PayWord
    name: Name | None
    label: Text | None
    amount: Expr
    clauses: tuple[Clause, ...] = ()
    within: PayFor | None = None


@node
class Section(Line):
    """`section results "Results" weight 60%`: the KPIs on the lines after it share a part of the bonus."""

    name: Name
    label: Text | None
    clauses: tuple[Clause, ...]


@node
class SectionEnd(Line):
    """`end section`: the KPIs after it belong to none."""


@node
class Variable(Line):
    """`variable pay only if …`: what holds for everything but the salary."""

    clauses: tuple[Clause, ...]


@node
class Total(Line):
    """`total cap 200 000`: what holds for the pay of the period as a whole."""

    clauses: tuple[Clause, ...]


@node
class Allow(Line):
    """`allow cliff for revenue because "…"`: an advice of the checker, answered by the author.

    The advice is None where the language has no such word; without a name it is answered for the whole plan.
    """

    advice: str | None
    word: str = field(compare=False)
    name: Name | None
    reason: Text


Clausal = Salary | Bonus | Kpi | Pay | Section | Variable | Total  # lines that have clauses
Labelled = Fact | Kpi | Figure | Pay | Section | RecordsTable | Column | Group
LabelledT = TypeVar("LabelledT", Fact, Kpi, Figure, Pay, Section, RecordsTable, Group)
Statement = (
    Title
    | Definitions
    | Include
    | Version
    | Effect
    | Currency
    | LawLine
    | Prose
    | Sources
    | Fact
    | RecordsTable
    | Group
    | Salary
    | Bonus
    | Section
    | SectionEnd
    | Kpi
    | Figure
    | ResultLine
    | Balance
    | Pay
    | Variable
    | Total
    | Allow
    | Example
)


@node
class Plan:
    """A plan file: its language, its lines in order, and the comments after the last one."""

    lang: Lang = field(compare=False)
    statements: tuple[Statement, ...]
    tail: tuple[str, ...] = field(default=(), compare=False)
