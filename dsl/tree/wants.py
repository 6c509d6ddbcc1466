"""What the fields of clauses may be."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from ..words import KindName


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
