"""The kernel: what a plan means, in a dozen operations and in no human language.

Every reader of a plan's meaning (evaluation, trace, statement, analysis) reads this and never the syntax
tree. Each operation is pure and total but for division, and makes sense for one person or for a column of
people. Numbers are exact rationals; a date is its ordinal day, yes and no are 1 and 0.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Literal, assert_never

from dsl.node import node
from dsl.place import NOWHERE, Place
from dsl.words import KindName, Law

from .zones import Sign

FORMAT = 1  # of the canonical form: changes when the same meaning would be written down differently


@node
class Operation:
    """One operation: the kind of its value, and the place in the text that it came from."""

    kind: KindName = field(kw_only=True)
    place: Place = field(default=NOWHERE, compare=False, kw_only=True)


@node
class Constant(Operation):
    """A number that the plan states."""

    value: Fraction


@node
class Actual(Operation):
    """A fact of the person: the input at an index."""

    index: int


@node
class Own(Operation):
    """The input at an index where the person has one of their own, or else what the plan says."""

    index: int
    otherwise: Node


@node
class Column(Operation):
    """A cell of the record that is gone over, by the index of its column in its table."""

    table: int
    index: int


Gathering = Literal["sum", "count", "least", "greatest", "distinct", "first", "last"]


@node
class Records(Operation):
    """What a value comes to over the records of a table where a condition holds; a count has no value.

    The least, the greatest, the first and the last of none have no value. The first and the last are by
    `order`, and by the record's id where that is the same.
    """

    word: Gathering
    table: int
    value: Node | None
    where: Node | None
    order: Node | None = None


@node
class Earlier(Operation):
    """The value of an earlier step, by its index."""

    index: int


@node
class Paid(Operation):
    """The sum of earlier lines of pay as they are printed, rounded each; by their indices."""

    lines: tuple[int, ...]


ArithmeticSign = Literal["+", "-", "*", "/"]


@node
class Arithmetic(Operation):
    """A sum, difference, product or quotient; a quotient has no value where the divisor is 0."""

    sign: ArithmeticSign
    left: Node
    right: Node


@node
class Comparison(Operation):
    """Whether two values of one kind compare so."""

    sign: Literal["=", "<>", "<", "<=", ">", ">="]
    left: Node
    right: Node


@node
class Logic(Operation):
    """`and`, `or`; the right operand is looked at only where the left one does not decide."""

    word: Literal["and", "or"]
    left: Node
    right: Node


@node
class Denial(Operation):
    """Yes for no, no for yes."""

    operand: Node


@node
class Choice(Operation):
    """One of two values; the other is not looked at."""

    condition: Node
    chosen: Node
    otherwise: Node


@node
class Extreme(Operation):
    """The least or the greatest of several."""

    word: Literal["min", "max"]
    operands: tuple[Node, ...]


@node
class Clamp(Operation):
    """A value, or the floor where it is less."""

    operand: Node
    floor: Node


Reason = Literal[
    "cutoff", "beyond", "decel", "accel_all", "accel_excess", "proportional", "row", "between", "band"
]


@node
class Piece:
    """Where the measure compares so to the bound, it is worth `slope` × measure + `constant`.

    The last piece of a curve has no bound. `reason` says which clause made it, for the statement; `edge` is
    where the plan says how far a row, or a column, goes.
    """

    sign: Sign | None
    bound: Node | None
    slope: Node
    constant: Node
    reason: Reason
    place: Place = field(default=NOWHERE, compare=False)
    edge: Place = field(default=NOWHERE, compare=False)


@node
class Piecewise(Operation):
    """A measure through a piecewise straight line: the first piece that holds decides.

    All bounds and slopes need a value, whichever piece that is: a KPI without one of its clauses is no KPI.
    """

    measure: Node
    pieces: tuple[Piece, ...]


@node
class Rounded(Operation):
    """A value to a multiple of a unit: the nearest (half away from zero, or to even), up or down.

    Up is away from zero, down is towards it.
    """

    operand: Node
    unit: Fraction
    direction: Literal["nearest", "half_even", "up", "down"]


Node = (
    Constant
    | Actual
    | Own
    | Column
    | Records
    | Earlier
    | Paid
    | Arithmetic
    | Comparison
    | Logic
    | Denial
    | Choice
    | Extreme
    | Clamp
    | Piecewise
    | Rounded
)


# Whose a value is: a row's of a table, a person's, that of a group of people, or that of all of them.
Level = Literal["row", "person", "group", "company"]


@node
class Input:
    """What a plan reads: an actual of a person, a target of their own, or something of the period paid.

    What is `drawn` from records stands for them where somebody says what they come to, as an example may;
    what has no name is called by its number, and `place` is where the plan says it.
    Of a period: `first`, its first day, and `days`, how many it has; and which member of a group one is in
    it. `choices` are the values an attribute may have; it is read as the number of its value. `default` is
    what is presumed where nobody gives it; `optional` where the plan has a value of its own. `low` and
    `high` are the least and the greatest that a fact can be, both allowed. `sources` are those that it may
    come from, the empty one that of what is typed in; without any it may come from anywhere.
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
    sources: tuple[str, ...] = ()
    level: Level = field(default="person", compare=False)
    place: Place = field(default=NOWHERE, compare=False)

    @property
    def bounded(self) -> bool:
        """Whether there is a least or a greatest value."""
        return self.low is not None or self.high is not None

    @property
    def needed(self) -> bool:
        """Whether people have to give it: nothing can be presumed."""
        return self.role != "period" and self.default is None and not self.optional


@node
class ColumnInput:
    """A column of a table: what its cells are, and what one is where it is empty.

    `via` is where the cell stands where it is that of the record that one belongs to: the column that leads
    there, and the column in that table. It `leads` to another table; a `positive` one is always above 0.
    A bare number in one of durations counts so many seconds (`unit`).
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
    (`horizon`), counts in it or is left to its month.
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

    @property
    def told(self) -> str:
        """The fact that tells who belongs to a group."""
        return self.led or self.name

    @property
    def private(self) -> bool:
        """Whether nobody is told what each of its records has: they are colleagues, and not led by them."""
        return self.group and not self.led


PLACE = "place:"  # before the name of a group, the input which of its members somebody is


@node
class Made:
    """What a clause, or rounding for print, made a value from: for whoever tells of it.

    Its parts are operations of the value. It stands outside equality and the canonical form, since the value
    says all that is meant.
    """

    base: Node


@node
class Gate(Made):
    """Nothing of `base` but where a condition holds; `day` is that of the period which is asked about."""

    condition: Node
    day: Node | None = None


@node
class Limit(Made):
    """`base` held to a limit, by an operation on both; `unless` is what lifts it."""

    limit: Node
    held: Extreme
    unless: Node | None = None


@node
class Netted(Limit):
    """What is owed held to what is `left` of a line of pay, or to nothing."""

    left: Node = field(kw_only=True)


@node
class Lawful(Limit):
    """What an order takes held by law to a share of all that is due."""

    share: Node = field(kw_only=True)
    due: Node = field(kw_only=True)


@node
class Proportion(Made):
    """`base` in the proportion of a part to a whole."""

    part: Node
    whole: Node


@node
class Pooled(Made):
    """What somebody has of a sum that is shared: the `whole`, their `own` weight, all `weights` together.

    `mine` is their part cut to minor units, `more` what they have of the units that are left, unless these
    stay in the fund; `members` goes over all whose weights count, `fund` is what the sum is made from.
    """

    whole: Node
    own: Node
    weights: Node
    members: Node
    mine: Node
    more: Node | None
    fund: Node


@node
class Reserved(Made):
    """What is shared of a `fund`: the `rest`, or for who is `late` no more of the `reserve` than others have.

    `behind` are the weights of all who are late, `others` those of all who are not.
    """

    fund: Node
    reserve: Node
    rest: Node
    behind: Node
    others: Node
    late: Choice


@node
class Prized(Made):
    """What somebody's place brings: how many of `members` are `above`, and what the prizes come to.

    Where equals share: how many of them there are `alike`, their `whole`, and their parts as of a sum.
    """

    above: Node
    members: Node
    alike: Node | None = None
    whole: Node | None = None
    mine: Node | None = None
    more: Node | None = None


@node
class Decided(Made):
    """What the attributes of the person leave of a clause that they decide: `base` is all of the value."""


Role = Literal[
    "figure",
    "drawn",
    "pooled",
    "salary",
    "pool",
    "target",
    "off",
    "attainment",
    "counted",
    "worth",
    "score",
    "spread",
    "share",
    "earned",
    "gated",
    "multiplied",
    "capped",
    "floored",
    "prorated",
    "rounded",
    "printed",
    "left",
]


@node
class Step:
    """A value on the way to a line of pay: a figure of the author's, or a stage of a KPI's calculation.

    `off` is how far from its target a measure lies, `spread` what the weights that count make together,
    `counted` is the attainment after its cap, `worth` what attainment at the bound of an accelerator counts
    for, `score` what the curve makes of the measure (100 % pays the whole share), `share` the KPI's part of
    the pool, `earned` what a line would pay without its clauses; then come what the clauses of a line make
    of it, in the order in which they act. `printed` is what a line that a formula names comes to, rounded to
    the minor unit as it is printed; `left` is what recoveries before leave for one to take. `made` is what a
    clause made the value from.
    """

    role: Role
    name: str
    value: Node
    made: Made | None = field(default=None, compare=False)
    level: Level = field(default="person", compare=False)


LineKind = Literal[
    "salary",
    "kpi",
    "commission",
    "pay",
    "milestone",
    "piece",
    "spif",
    "reduction",
    "recovery",
    "cap",
    "floor",
    "rounding",
]
# Lines that follow from others: what a clause of several takes off or adds.
SETTLED: frozenset[LineKind] = frozenset({"cap", "floor", "rounding"})


@node
class PayLine:
    """A line of pay, rounded once to the minor unit; a KPI names the step that is its attainment.

    `applies` is for whom the line is there at all. A `cap`, `floor` or `rounding` is what a clause of several
    lines takes off or adds, so that the lines that are printed make up the total; `of` says of which lines,
    `after` is what it leaves of them and `made` what it makes that from. `limits` are what an order or a debt
    is held to, one after another. `reckoned` is what a line comes to before it is rounded to be printed.
    """

    name: str
    kind: LineKind
    amount: Node
    attainment: int | None = None
    applies: Node | None = None
    of: str = ""
    place: Place = field(default=NOWHERE, compare=False)
    reckoned: Node = field(compare=False, kw_only=True)
    after: Node | None = field(default=None, compare=False)
    made: Made | None = field(default=None, compare=False)
    limits: tuple[Limit, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Kernel:
    """The meaning of a plan. Texts of the same meaning have the same digest, whatever their language.

    `results` are the figures that go out with the pay and are paid to nobody, by the indices of their steps.
    """

    version: str
    currency: str
    digits: int
    effect: datetime.date | None
    law: Law | None
    inputs: tuple[Input, ...]
    steps: tuple[Step, ...]
    lines: tuple[PayLine, ...]
    tables: tuple[RecordsTable, ...] = ()
    results: tuple[int, ...] = ()

    @cached_property
    def actuals(self) -> Mapping[str, Input]:
        """The facts that it reads, by name."""
        return {entry.name: entry for entry in self.inputs if entry.role == "actual"}

    @cached_property
    def targets(self) -> Mapping[str, Input]:
        """The targets of people's own that it reads, by name."""
        return {entry.name: entry for entry in self.inputs if entry.role == "target"}

    @cached_property
    def groups(self) -> frozenset[str]:
        """The names of the groups that it reckons with."""
        return frozenset(table.name for table in self.tables if table.group)

    @cached_property
    def belonging(self) -> frozenset[str]:
        """The names of the facts that tell who belongs to which group."""
        return frozenset(table.told for table in self.tables if table.group)

    @cached_property
    def brought(self) -> frozenset[str]:
        """The names of the tables that can come with the facts: of records, and of who belongs to what."""
        return self.belonging.union(table.name for table in self.sent)

    @cached_property
    def read_of(self) -> Mapping[int, frozenset[int]]:
        """The tables that are gone over, each with its columns that are read."""
        found: dict[int, set[int]] = {}
        for root in roots(self):
            for one in inward(root):
                if isinstance(one, Records):
                    found.setdefault(one.table, set())
                elif isinstance(one, Column):
                    found.setdefault(one.table, set()).add(one.index)
        return {table: frozenset(columns) for table, columns in found.items()}

    @cached_property
    def sent(self) -> tuple[RecordsTable, ...]:
        """The tables that come with the facts; those of groups are made of people."""
        return tuple(table for table in self.tables if not table.group)

    @property
    def crossing(self) -> bool:
        """Whether pay hangs on who else is paid in the same call, or for which other periods."""
        return bool(self.groups) or any(table.late == "on_arrival" for table in self.tables)

    @cached_property
    def sourced(self) -> bool:
        """Whether it says of anything from which sources it may come."""
        asked = (*(entry.sources for entry in self.inputs), *(table.sources for table in self.tables))
        return any(asked)

    @cached_property
    def size(self) -> int:
        """How many operations there are."""
        return sum(len(inward(root)) for root in roots(self))

    @cached_property
    def live(self) -> int:
        """How many facts it reads, and operations there are that hang on them: the rows of a table do not."""
        found = (not isinstance(node, Constant) for root in roots(self) for node in inward(root))
        return len(self.inputs) + sum(found)

    @cached_property
    def doubtful(self) -> Sequence[Step]:
        """The steps that may come to what nobody means: attainments, and parts of a whole."""
        return [step for step in self.steps if step.role == "attainment" or isinstance(step.made, Proportion)]

    @cached_property
    def canonical(self) -> str:
        """The canonical JSON: no places, no labels, no words of any human language but the author's names."""
        return json.dumps(_plain(self), ensure_ascii=False, separators=(",", ":"), sort_keys=True)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON, in hexadecimal."""
        return hashlib.sha256(self.canonical.encode()).hexdigest()


def operands(node: Node) -> Sequence[Node]:
    """The operations directly under one."""
    match node:
        case Constant() | Actual() | Column() | Earlier() | Paid():
            return ()
        case Records(_, _, value, where, order):
            return tuple(part for part in (value, where, order) if part is not None)
        case Own(_, operand) | Denial(operand) | Rounded(operand):
            return (operand,)
        case Arithmetic(_, left, right) | Comparison(_, left, right) | Logic(_, left, right):
            return left, right
        case Clamp(operand, floor):
            return operand, floor
        case Choice(condition, chosen, otherwise):
            return condition, chosen, otherwise
        case Extreme(_, several):
            return several
        case Piecewise(measure, pieces):
            parts = (part for piece in pieces for part in (piece.bound, piece.slope, piece.constant))
            return measure, *(part for part in parts if part is not None)
        case _:
            assert_never(node)


def certain(node: Node) -> Sequence[Node]:
    """Those of the operations directly under one that are looked at whatever the facts."""
    match node:
        case Choice(condition):
            return (condition,)
        case Logic(_, left):
            return (left,)
        case Own() | Records():
            return ()
        case _:
            return operands(node)


def conjuncts(node: Node | None) -> Sequence[Node]:
    """The parts of a condition that have all to hold, in the order in which they are looked at."""
    found: list[Node] = []
    waiting = [] if node is None else [node]
    while waiting:
        match waiting.pop():
            case Logic("and", left, right):
                waiting += [right, left]
            case part:
                found.append(part)
    return found


def walk(node: Node) -> Iterator[Node]:
    """An operation and all under it, each before what is under it; earlier steps are not followed."""
    # A stack of our own, since an operation may be nested deeper than Python nests calls.
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(operands(node))


def inward(root: Node) -> list[Node]:
    """An operation and all under it, each once and after what is under it."""
    found: list[Node] = []
    seen: set[int] = set()
    waiting: list[tuple[Node, bool]] = [(root, False)]
    while waiting:
        node, done = waiting.pop()
        if done:
            found.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            waiting.append((node, True))
            waiting.extend([(operand, False) for operand in operands(node)])
    return found


def roots(kernel: Kernel) -> Iterator[Node]:
    """The value of each step, and then the amount of each line."""
    yield from (step.value for step in kernel.steps)
    yield from (line.amount for line in kernel.lines)


def needed(
    kernel: Kernel, roots: Iterable[Node], beside: Collection[Role] = (), seen: set[int] | None = None
) -> Iterator[Node]:
    """Operations with all under them, and then those of the steps that they need, each step once.

    Steps of the roles `beside` are not gone into, nor those that are `seen`.
    """
    waiting = [*roots]
    seen = set() if seen is None else seen
    while waiting:
        for one in walk(waiting.pop()):
            yield one
            if isinstance(one, Earlier) and one.index not in seen:
                seen.add(one.index)
                if kernel.steps[one.index].role not in beside:
                    waiting.append(kernel.steps[one.index].value)


def _text(number: Fraction | None) -> str | None:
    return None if number is None else str(number)


def _plain(kernel: Kernel) -> Mapping[str, object]:
    return {
        "format": FORMAT,
        "version": kernel.version,
        "currency": kernel.currency,
        "digits": kernel.digits,
        "effect": kernel.effect.isoformat() if kernel.effect else None,
        **({} if kernel.law is None else {"law": kernel.law}),
        "inputs": [
            {
                "name": entry.name,
                "role": entry.role,
                "kind": entry.kind,
                "signed": entry.signed,
                "default": _text(entry.default),
                "optional": entry.optional,
                "choices": entry.choices,
                # Only where there are bounds, so that a plan without any keeps the digest that it has.
                **({"low": _text(entry.low), "high": _text(entry.high)} if entry.bounded else {}),
                **_from(entry.sources),
            }
            for entry in kernel.inputs
        ],
        **({"tables": [_listed(table) for table in kernel.tables]} if kernel.tables else {}),
        "steps": [{"role": step.role, "name": step.name, "value": form(step.value)} for step in kernel.steps],
        # Only where there are any, so that a plan without keeps the digest that it has.
        **({"results": kernel.results} if kernel.results else {}),
        "lines": [
            {
                "name": line.name,
                "kind": line.kind,
                "of": line.of,
                "amount": form(line.amount),
                "attainment": line.attainment,
                "applies": None if line.applies is None else form(line.applies),
            }
            for line in kernel.lines
        ],
    }


def _listed(table: RecordsTable) -> Mapping[str, object]:
    columns = [
        [one.name, one.kind, one.choices, one.signed, _text(one.default), one.via, one.leads]
        + ([] if one.unit is None else [one.unit])
        for one in table.columns
    ]
    belonging = ["group", *table.inside, *(["led", table.led, table.deep] if table.led else [])]
    roles = [table.owner, table.id, table.counts, *(belonging if table.group else [])]
    shares = [[one.column, one.by, one.sign, _text(one.whole)] for one in table.shares]
    return {
        "name": table.name,
        "columns": columns,
        "roles": roles,
        **({"shares": shares} if shares else {}),
        **_from(table.sources),
        **({"late": [table.late, table.horizon]} if table.late else {}),
    }


def _from(sources: Sequence[str]) -> Mapping[str, object]:
    return {"sources": sorted({source.casefold() for source in sources})} if sources else {}


Form = list[object]


def form(root: Node) -> Form:
    """An operation in the canonical form, made from its innermost operands on, however deep they are."""
    made: dict[int, Form] = {}
    for one in inward(root):
        made[id(one)] = _form(one, lambda operand: made[id(operand)])
    return made[id(root)]


def _form(node: Node, inner: Callable[[Node], Form]) -> Form:  # noqa: PLR0911  # one for each operation
    match node:
        case Constant(value):
            return ["constant", str(value)]
        case Actual(index):
            return ["given", index]
        case Own(index, otherwise):
            return ["own", index, inner(otherwise)]
        case Column(table, index):
            return ["column", table, index]
        case Records(word, table, value, where, order):
            parts = [None if part is None else inner(part) for part in (value, where, order)]
            return ["records", word, table, *parts]
        case Earlier(index):
            return ["step", index]
        case Paid(lines):
            return ["paid", *lines]
        case Arithmetic(word, left, right) | Comparison(word, left, right) | Logic(word, left, right):
            return [word, inner(left), inner(right)]
        case Denial(operand):
            return ["not", inner(operand)]
        case Choice(condition, chosen, otherwise):
            return ["if", inner(condition), inner(chosen), inner(otherwise)]
        case Extreme(word, several):
            return [word, *map(inner, several)]
        case Clamp(operand, floor):
            return ["clamp", inner(operand), inner(floor)]
        case Piecewise(measure, pieces):
            return ["curve", inner(measure), *(_piece(piece, inner) for piece in pieces)]
        case Rounded(operand, unit, direction):
            return ["round", inner(operand), str(unit), direction]
        case _:
            assert_never(node)


def _piece(piece: Piece, inner: Callable[[Node], Form]) -> Form:
    bound = None if piece.bound is None else inner(piece.bound)
    return [piece.sign, bound, inner(piece.slope), inner(piece.constant), piece.reason]
