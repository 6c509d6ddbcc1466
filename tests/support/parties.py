"""Random groups of people, what is asked of their members, and what they share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from dsl.words import KindName
from tests.support.registers import Keeper

TEAMS = ("team", "dept")  # a team lies within a department
LED, HEAD = "people", "head"
DRAWING = ("sum_of", "sum_of", "least_of", "greatest_of", "average_of")


@dataclass
class Convener(Keeper):
    """Somebody who writes groups, and asks things of their members.

    What is `worked_out` from a group, or paid, is asked of nobody; `asking` is while something is asked of
    each member.
    """

    groups: list[str] = field(default_factory=list)
    worked_out: set[str] = field(default_factory=set)
    asking: bool = False

    def convened(self) -> list[str]:
        """The lines of the groups of a plan, which are known from then on."""
        w = self.word
        self.groups = [*TEAMS, LED] if self.maybe(30) else [*TEAMS]
        opened = f" {w('shares_open')}" if self.maybe(30) else ""
        deep = f" {w('at_all_levels')}" if self.maybe(50) else ""
        lines = [f"{w('group')} {TEAMS[0]} {w('within')} {TEAMS[1]}{opened}", f"{w('group')} {TEAMS[1]}"]
        return [*lines, *([f"{w('group')} {LED} {w('led_by')} {HEAD}{deep}"] if LED in self.groups else [])]

    def crosses(self, text: str) -> bool:
        """Whether a formula is worked out from a group."""
        return bool({*re.findall(r"\w+", text)} & {*self.groups, *self.worked_out})

    @contextmanager
    def member(self) -> Iterator[None]:
        """Where names are what is known of a member: facts, and figures that no group is behind."""
        before, self.asking = self.known, True
        self.known = {
            kind: [name for name in names if name.isidentifier() and name not in self.worked_out]
            for kind, names in before.items()
        }
        yield
        for kind, names in self.known.items():
            before[kind] += [name for name in names if name not in before[kind]]
        self.known, self.asking = before, False

    def expr(self, kind: KindName, depth: int) -> str:
        """An expression of a kind, now and then what is asked of the members of a group."""
        apart = self.inside or self.asking or depth <= 0 or kind == "yes_no"
        if self.groups and not apart and self.maybe(15):
            return f"({self.asked(kind)})"
        return super().expr(kind, depth)

    def drawn(self, kind: KindName) -> str:
        """What values of records come to; of a member it is asked by the name of a figure alone."""
        return self.literal(kind) if self.asking else super().drawn(kind)

    def asked(self, kind: KindName) -> str:
        """What something comes to over the members of a group."""
        w, group = self.word, self.chance.choice(self.groups)
        if kind == "count" and self.maybe(60):
            if self.maybe(50) and group != LED:
                with self.member():
                    by = self.atom(self.chance.choice(["money", "count"]), 1)
                return f"{w('rank_of')} {by} {w('of')} {group}"
            return f"{w('count_of')} {group}{self.whose()}"
        ways = [one for one in DRAWING if not (one == "average_of" and kind in {"count", "number", "date"})]
        way = self.chance.choice(ways if kind != "date" else ["least_of", "greatest_of"])
        with self.member():
            value = self.atom(kind, 1)
        return f"{w(way)} {value} {w('of')} {group}{self.whose()}"

    def whose(self) -> str:
        """Which members are asked."""
        if not self.maybe(40):
            return ""
        with self.member():
            return f" {self.word('where')} {self.condition()}"

    def shared(self) -> str:
        """What somebody has of a sum, or of prizes."""
        w, group = self.word, self.chance.choice(TEAMS)
        if self.maybe(35):
            prizes = "; ".join(self.literal("money") for _ in range(self.chance.randint(1, 3)))
            with self.member():
                by = self.atom(self.chance.choice(["money", "count", "number"]), 1)
            equals = w(self.chance.choice(["equals_share", "equals_higher"]))
            return f"{w('prizes_of')} ({prizes}) {w('by')} {by} {w('within')} {group} {equals}"
        fund = self.literal("money") if self.maybe(60) else f"({self.asked('money')})"
        late = reserve = ""
        with self.member():
            by = self.atom(self.chance.choice(["money", "count", "number"]), 1) if self.maybe(80) else "1"
            late = self.name("yes_no") if self.maybe(30) else ""
            fund = self.name("money") if self.maybe(20) else fund
        if late:
            size = self.literal("money") if self.maybe(40) else self.number(self.finite(99, 0) + 1) + "%"
            reserve = f" {w('reserve_of')} {size} {w('for')} {late}"
        left = f" {w('left_in_fund')}" if self.maybe(30) else ""
        return f"{w('share_of')} {fund} {w('by')} {by} {w('within')} {group}{reserve}{left}"
