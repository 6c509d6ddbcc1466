"""How a clause is declared: its pattern, what it is about, when it acts, and what its fields may be.

A pattern is a rule of the grammar in which each field of the clause has its name before what makes it:
`CAP limit:atom base:(ON_PAY | ON_ATTAINMENT)? (UNLESS unless:either)?`. An `atom` is a single thing, an
`either` a condition. A field of one word is whether it is written; one of several words has the value of that
which is: `pay` for `ON_PAY`. Of several words without a field the first is printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from fractions import Fraction
from typing import ClassVar, Literal, TypeVar, dataclass_transform, get_args

from ..node import node
from ..words import KindName
from .parts import Placed

# What a clause is about: one of pay stands on every line that pays, all others on that of a KPI.
About = Literal["share", "target", "attainment", "worth", "whose", "pay"]
# What a clause makes of the pay of a line, in the order in which they act.
Act = Literal["spread", "dated", "gated", "multiplied", "capped", "floored", "prorated", "by_days", "rounded"]
ABOUT: tuple[About, ...] = get_args(About)
ACTS: tuple[Act, ...] = get_args(Act)


@dataclass(frozen=True, slots=True)
class Word:
    """A keyword, or one of several that say the same."""

    terminals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Operand:
    """A field that a rule of the grammar makes, or the token of a date."""

    name: str
    rule: str


@dataclass(frozen=True, slots=True)
class Said:
    """A field that has its value from a word; `absent` where none is written."""

    name: str
    values: Mapping[str, object]
    absent: object


@dataclass(frozen=True, slots=True)
class Together:
    """Pieces that are there together or not at all."""

    pieces: tuple[Piece, ...]


Piece = Word | Operand | Said | Together
PIECE = re.compile(r"(?:(\w+):)?(?:\(([^()]*)\)|(\w+))(\?)?")


def _pieces(pattern: str, absent: Mapping[str, object]) -> Iterator[Piece]:
    """What a pattern is made of."""
    for name, inner, single, optional in PIECE.findall(pattern):
        terminals = (inner or single).split(" | ")
        if ":" in inner:
            yield Together(tuple(_pieces(inner, absent)))
        elif not name:
            yield Word(tuple(terminals))
        elif inner:
            values = {one: one.lower().removeprefix("on_") for one in terminals}
            yield Said(name, values, absent.get(name, values[terminals[0]]))
        elif optional:
            yield Said(name, {single: True}, absent=False)
        else:
            yield Operand(name, single)


@dataclass(frozen=True, slots=True)
class Span:
    """The numbers that a field may be, and the code of the fault if it is another.

    None is less than nothing; nothing itself may be any (`fine`), `one` of several, or `never`.
    """

    code: str
    nothing: Literal["fine", "one", "never"] = "fine"
    most: int | None = None

    def holds(self, value: Fraction, *, several: bool) -> bool:
        """Whether a value is among them, be it one of `several` or the only one."""
        nothing = self.nothing == "fine" or (self.nothing == "one" and several)
        return (value >= 0 if nothing else value > 0) and (self.most is None or value <= self.most)


@dataclass(frozen=True, slots=True)
class Want:
    """What a field may be: of which kinds, with the code of the fault if it is of another, and which numbers.

    Without kinds it is of that which the KPI measures. A bare number up to `whole` is taken for a part of one
    where a percentage is needed. `elsewhere` is what is wanted on lines that are no KPI's.
    """

    code: str = ""
    kinds: frozenset[KindName] | None = None
    whole: int = 1
    span: Span | None = None
    elsewhere: Want | None = None


CONDITION = Want("P304", frozenset({"yes_no"}))
BOUND = 4  # bounds and caps go over 100 %, and nobody means four per cent by `4`
SHARE = Want("P309", frozenset({"percent"}), span=Span("P403", "one", most=1))
LEVEL = Want("P309", frozenset({"percent"}), BOUND)  # of attainment
FACTOR = Want("P310", frozenset({"count", "number", "percent"}), span=Span("P405", "never"))
PART = Want("P318", frozenset({"count", "number", "percent", "days"}))
MONEY = Want("P319", frozenset({"money"}))
LIMIT = Want("P311", frozenset({"percent", "money"}), BOUND, Span("P405"), elsewhere=MONEY)


@dataclass(frozen=True, slots=True)
class Declared:
    """What is declared of a clause.

    `rule` is its name in the grammar and in a comparison, `shape` the rule itself; `begins` and `words` are
    the terminals that it begins with, and all that it has. What `settles` is a line of its own where it holds
    for several lines, and does not act on each.
    """

    rule: str
    shape: str
    pieces: tuple[Piece, ...]
    about: About
    acts: Act | None
    settles: bool
    wants: Mapping[str, Want]
    begins: frozenset[str]
    words: frozenset[str]


@node
class Declaring(Placed):
    """A clause; its class has its declaration."""

    declared: ClassVar[Declared]


def rule_of(kind: type[Placed]) -> str:
    """The rule of the grammar that is called as a node: `only_if` for `OnlyIf`."""
    return re.sub(r"\B(?=[A-Z])", "_", kind.__name__).lower()


DECLARED: list[type[Declaring]] = []  # in the order of their rules
C = TypeVar("C", bound=Declaring)


@dataclass_transform(frozen_default=True)
def clause(
    pattern: str, about: About, acts: Act | None = None, *, settles: bool = False, **wants: Want
) -> Callable[[type[C]], type[C]]:
    """The class of a clause, from its declaration."""

    def declare(cls: type[C]) -> type[C]:
        made = node(cls)
        absent = {entry.name: entry.default for entry in fields(made) if entry.default is not MISSING}
        parts = tuple(_pieces(pattern, absent))
        conditions = {one.name: CONDITION for one in operands(parts) if one.rule == "either"}
        made.declared = Declared(
            rule=rule_of(cls),
            shape=re.sub(r"^\w+:\((.*)\)$|\w+:", r"\1", pattern),
            pieces=parts,
            about=about,
            acts=acts,
            settles=settles,
            wants=wants | conditions,
            begins=frozenset(terminals(parts[:1])),
            words=frozenset(terminals(parts)),
        )
        DECLARED.append(made)
        return made

    return declare


def operands(pieces: tuple[Piece, ...]) -> Iterator[Operand]:
    """The fields among some pieces that are formulas, in the order in which they are written."""
    for piece in pieces:
        if isinstance(piece, Operand):
            yield piece
        elif isinstance(piece, Together):
            yield from operands(piece.pieces)


def terminals(pieces: tuple[Piece, ...]) -> Iterator[str]:
    """The words among some pieces."""
    for piece in pieces:
        match piece:
            case Word(words):
                yield from words
            case Said(_, values):
                yield from values
            case Together(inner):
                yield from terminals(inner)


def rules() -> str:
    """The rules of clauses, as they stand in the grammar."""
    declared = [one.declared for one in DECLARED]
    ordered = sorted(declared, key=lambda one: ABOUT.index(one.about))
    kpi = " | ".join([*(one.rule for one in ordered if one.about != "pay"), "clause"])
    pay = " | ".join(one.rule for one in ordered if one.about == "pay")
    return "\n".join(
        [f"?kpi_clause: {kpi}", f"?clause: {pay}", *(f"{one.rule}: {one.shape}" for one in declared)]
    )
