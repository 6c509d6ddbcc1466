"""The kind of each fact and figure, and of any expression over them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from .. import tree
from ..data import table as read
from ..place import Place
from ..words import KindName, currencies
from .kind import (
    ANY,
    ATTRIBUTE,
    BARE,
    CHOICE,
    DATE,
    DAYS,
    DIFFERENCE,
    DISTANCE,
    DURATION,
    ELAPSED,
    EQUATION,
    EXTREME,
    LOGIC,
    MEASURE,
    MONEY,
    ORDER,
    PART,
    PERCENT,
    PLAIN,
    PRODUCT,
    QUOTIENT,
    RATIO,
    SCALAR,
    SHARE,
    SUM,
    TEXT,
    YES_NO,
    Possible,
    Table,
    settled,
)

Whole = (
    tree.Negative
    | tree.Arithmetic
    | tree.Comparison
    | tree.Logic
    | tree.Denial
    | tree.Excess
    | tree.Choice
    | tree.Extreme
    | tree.Rounded
    | tree.Several
    | tree.WithoutTax
    | tree.Elapsed
    | tree.By
)


# What a part of an expression may be: by the evidence alone, and after what is taken for granted.
Known = tuple[tree.Expr, Possible, Possible]


@dataclass(frozen=True, slots=True)
class Kinds:
    """What the kinds of a plan's names may be by all that is known, and what they are taken for.

    `evidence` is the place that decided the kind of a name, where one place did.
    """

    possible: Mapping[str, Possible]
    taken: Mapping[str, KindName]
    evidence: Mapping[str, Place]
    # By identity: equal parts of a plan may differ in kind, as a bare number is of the kind of what it meets.
    known: Mapping[int, Known] = field(repr=False)

    def __reduce__(self) -> tuple[Callable[..., Kinds], tuple[object, ...]]:
        """As it goes to another process, where each part has another identity."""
        return _identified, (self.possible, self.taken, self.evidence, tuple(self.known.values()))

    def __getitem__(self, name: str) -> KindName:
        """The kind of a fact or a figure."""
        return self.taken.get(name, "number")

    def of(self, expr: tree.Expr) -> KindName:
        """The kind of an expression of the plan, in its place."""
        _, evident, possible = self.known[id(expr)]
        return settled(possible, order(expr, evident))


def _identified(
    possible: Mapping[str, Possible],
    taken: Mapping[str, KindName],
    evidence: Mapping[str, Place],
    known: Sequence[Known],
) -> Kinds:
    """The kinds of a plan's names, with what is known of each part under the identity that it has here."""
    return Kinds(possible, taken, evidence, {id(part[0]): part for part in known})


def inside_out(expr: tree.Expr) -> Iterator[tree.Expr]:
    """An expression and all inside it, each after its parts and the parts from left to right."""
    waiting, found = [expr], []
    while waiting:
        following = waiting.pop()
        found.append(following)
        waiting.extend(tree.operands(following))
    return reversed(found)


# What a value over records comes to where it is a number of them.
COUNTING = frozenset({"count", "distinct", "rank"})
Leaf = (
    tree.Value
    | tree.PaidSalary
    | tree.FullSalary
    | tree.PayFor
    | tree.PaidTogether
    | tree.AttainmentOf
    | tree.InPeriod
)


def _percent(word: str) -> bool:
    """Whether a word after a number is said for the sign of a percentage."""
    return any(word.casefold() in said for said in read("grammars", "synonyms.toml")["percents"].values())


def leaf(expr: Leaf) -> Possible:
    """The kinds of what stands for itself."""
    match expr:
        case tree.Number(value):
            # Nothing is nothing of any kind: `5% if … otherwise 0`.
            return BARE if value else MEASURE
        case tree.Percent() | tree.AttainmentOf():
            return PERCENT
        case tree.Amount(_, currency):
            # After a number of what is no money (`1 000 calls`) the word is at fault and not the number.
            return MONEY if currency.upper() in currencies() else PERCENT if _percent(currency) else BARE
        case tree.PaidSalary() | tree.FullSalary() | tree.PayFor() | tree.PaidTogether():
            return MONEY
        case tree.InPeriod(part):
            return frozenset({tree.PERIOD_KINDS[part]})
        case tree.Days():
            return DAYS
        case tree.Duration():
            return DURATION
        case tree.Date():
            return DATE
        case tree.YesNo():
            return YES_NO
        case _:
            assert_never(expr)


def of_column(column: tree.Column) -> Possible:
    """The kinds of the cells of a column."""
    match column.kind:
        case tree.Choices():
            return ATTRIBUTE
        case tree.Role() | tree.Link():
            return TEXT
        case tree.Taken():
            return ANY  # which leads nowhere
        case tree.Kind(kind):
            return ANY if kind is None else frozenset({kind})
        case _:
            assert_never(column.kind)


def table(expr: Whole) -> Table:
    """How the kinds of an expression's parts go together."""
    match expr:
        case tree.Negative() | tree.Excess() | tree.Rounded():
            return DISTANCE
        case tree.Logic() | tree.Denial() | tree.Several():
            return LOGIC
        case tree.By() | tree.Choice():
            return CHOICE
        case tree.WithoutTax():
            return QUOTIENT
        case tree.Elapsed():
            return ELAPSED
        case tree.Comparison(sign):
            return EQUATION if sign in {"=", "<>"} else ORDER
        case tree.Extreme():
            return EXTREME
        case tree.Arithmetic(sign):
            return {"+": SUM, "-": DIFFERENCE, "*": PRODUCT, "of": SHARE, "/": QUOTIENT}[sign]
        case _:
            assert_never(expr)


def parts(expr: Whole) -> Sequence[tree.Expr]:
    """The parts whose kinds make the kind of an expression: two, or several taken one after another."""
    match expr:
        case tree.Negative(operand) | tree.Denial(operand):
            return operand, operand
        case tree.Choice(chosen, _, otherwise):
            return chosen, otherwise
        case tree.Several(_, (only,)):
            return only, only
        case tree.By(_, (only,)):
            return only.result, only.result
        case _:
            return [*tree.operands(expr)]


def order(expr: tree.Expr, possible: Possible) -> tuple[KindName, ...]:
    """Which of several kinds an expression is sooner than another.

    What is divided by a written number stays what it is; any other quotient of two of a kind is a percentage.
    """
    if isinstance(expr, tree.Arithmetic) and expr.sign == "/" and isinstance(expr.right, tree.Number):
        return PLAIN if isinstance(expr.left, tree.Number) else PART
    quotients = (part for part in tree.walk(expr) if isinstance(part, tree.Arithmetic) and part.sign == "/")
    return RATIO if len(possible) > 1 and possible <= SCALAR and any(True for _ in quotients) else PLAIN
