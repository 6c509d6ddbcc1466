"""Kinds, and what comes of two of them.

Until something decides, an expression may be of several kinds: a bare number (`1 000`) of any but a
percentage, so that `conversion > 2` is seen as a forgotten `%` (but zero is zero of any); a quotient of two
of a kind a percentage or a plain number.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import get_args

from ..words import KindName

Possible = frozenset[KindName]

ANY: Possible = frozenset(get_args(KindName))
MONEY: Possible = frozenset({"money"})
PERCENT: Possible = frozenset({"percent"})
DAYS: Possible = frozenset({"days"})
DURATION: Possible = frozenset({"duration"})
TEXT: Possible = frozenset({"text"})
DATE: Possible = frozenset({"date"})
YES_NO: Possible = frozenset({"yes_no"})
ATTRIBUTE: Possible = frozenset({"choice"})
COUNT: Possible = frozenset({"count"})
NUMBER: Possible = frozenset({"number"})
COUNTED: Possible = COUNT | NUMBER
SCALAR: Possible = COUNTED | PERCENT
TALLY: Possible = COUNTED | DAYS | YES_NO  # what a milestone or a piece is paid for
MEASURE: Possible = SCALAR | MONEY | DAYS | DURATION
BARE: Possible = MEASURE - PERCENT - DURATION
ORDERED: Possible = MEASURE | DATE

# What two kinds make: the kind of the left, of the right, and of the whole. What is not in a table cannot be.
Triple = tuple[KindName, KindName, KindName]
Table = frozenset[Triple]


def _like(kinds: Possible) -> Table:
    """Two of one kind make that kind; a count beside a number counts as a number."""
    mixed: list[Triple] = [("count", "number", "number"), ("number", "count", "number")]
    return frozenset([*((kind, kind, kind) for kind in kinds), *(mixed if kinds >= COUNTED else [])])


def _either(pairs: Iterable[Triple]) -> Table:
    """What holds whichever of the two stands left."""
    both = ((one, (one[1], one[0], one[2])) for one in pairs)
    return frozenset(triple for couple in both for triple in couple)


def _into(kind: KindName, table: Table) -> Table:
    """The same pairs, making one kind."""
    return frozenset((left, right, kind) for left, right, _ in table)


# A name and its value: a count may have a value that is a number, and the other way round.
EQUAL: Table = frozenset((kind, kind, kind) for kind in ANY)
MATCH: Table = EQUAL | {("count", "number", "number"), ("number", "count", "count")}
# A value over many: what it is, but for a mean of counts.
MEAN: Table = (EQUAL - {("count", "count", "count")}) | {("count", "count", "number")}
# A choice between two; what is more or less of two; what lies between two.
CHOICE = _like(ANY)
EXTREME = _like(ORDERED)
DISTANCE = _like(MEASURE)
LOGIC = _like(YES_NO)
EQUATION = _into("yes_no", CHOICE)
ORDER = _into("yes_no", EXTREME)
SUM: Table = DISTANCE | _either([("date", "days", "date")])
ELAPSED: Table = frozenset([("date", "date", "count")])
DIFFERENCE: Table = DISTANCE | {("date", "date", "days"), ("date", "days", "date")}

_scaled = [
    *((kind, factor, kind) for kind in MONEY | DAYS | DURATION for factor in SCALAR),
    ("percent", "percent", "percent"),
    *(("percent", factor, "number") for factor in COUNTED),
    ("count", "count", "count"),
    ("count", "number", "number"),
    ("number", "number", "number"),
]
# Money by days is pay by the day. By a number a percentage is either: `2% * rank`, `20% * calls`.
PRODUCT: Table = _either(
    [*_scaled, ("money", "days", "money"), *(("percent", one, "percent") for one in COUNTED)]
)
# `20% of calls` is calls, and `half of rate` a rate.
SHARE: Table = (PRODUCT - {("percent", one, "percent") for one in COUNTED}) - {
    (one, "percent", "number") for one in COUNTED
}
QUOTIENT: Table = frozenset(
    [
        *((left, right, whole) for left, right, _ in DISTANCE for whole in ("percent", "number")),
        *(("money", by, "money") for by in SCALAR | DAYS),
        *((kind, by, kind) for kind in DAYS | DURATION for by in SCALAR),
        *(("percent", by, "percent") for by in COUNTED),
        *((one, by, "number") for one in COUNTED for by in PERCENT | DAYS),
    ]
)
# What a band of a measure makes: a rate goes with the measure, anything else stands by itself.
BAND: Table = frozenset(
    [
        *((measure, "percent", measure) for measure in MEASURE),
        *((measure, fixed, fixed) for measure in MEASURE for fixed in BARE),
    ]
)


@cache
def solve(
    table: Table, left: Possible, right: Possible, whole: Possible
) -> tuple[Possible, Possible, Possible]:
    """What is left of the kinds of two operands and of their whole: nothing, if they do not go together."""
    held = [(one, two, made) for one, two, made in table if one in left and two in right and made in whole]
    return (
        frozenset(one for one, _, _ in held),
        frozenset(two for _, two, _ in held),
        frozenset(made for _, _, made in held),
    )


# Which kind of several something is taken for: as a rule, a quotient, one by a written number, a milestone.
LAST: tuple[KindName, ...] = ("count", "date", "yes_no", "choice", "duration", "text")
PLAIN: tuple[KindName, ...] = ("number", "money", "days", "percent", *LAST)
RATIO: tuple[KindName, ...] = ("percent", "number", "money", "days", *LAST)
PART: tuple[KindName, ...] = ("money", "days", "number", "percent", *LAST)
DONE: tuple[KindName, ...] = ("yes_no", "count", "number", "money", "days", "percent", *LAST[1:])


def settled(possible: Possible, order: tuple[KindName, ...] = PLAIN) -> KindName:
    """The kind of something that nothing in the plan decides further."""
    return next((kind for kind in order if kind in possible), "number")


def phrase(possible: Possible) -> tuple[str, ...]:
    """The name of the kind in the phrases of the messages."""
    return (f"phrase:{settled(possible, RATIO if possible <= SCALAR else PLAIN)}",)
