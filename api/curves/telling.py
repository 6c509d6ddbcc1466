"""Curves in words: their pieces as a table, their jumps and ends as sentences, from the exact numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from dsl.data import phrases
from dsl.words import Lang
from engine.analyse import Payout
from engine.compile import Compiled
from engine.follow import ZERO_LINE, Jump, Straight, Stretch, jumps
from engine.statement.show import said, titled

from ..stretched import amount, where

# What is said of a result in place of what is said of pay.
RESULT = {
    "pays": "comes_to",
    "jump_before": "leap_before",
    "jump_after": "leap_after",
    "begins": "rises",
    "here": "stands",
}
Clauses = tuple[tuple[int, str], ...]  # the line and the text of each
HUNDREDTH = Fraction(1, 100)


def vocabulary(lang: Lang) -> Mapping[str, str]:
    """The words of curves in a language."""
    return phrases(__package__, lang)


@dataclass(frozen=True, slots=True)
class CurveTeller:
    """One curve in words, in the reader's language; `employee` is whose facts it was drawn with."""

    compiled: Compiled
    payout: Payout
    lang: Lang
    employee: str | None

    def words(self, key: str, /, **facts: object) -> str:
        """A phrase of the room of curves in the reader's language, filled in; a result is not told as pay."""
        words = vocabulary(self.lang)
        return words[RESULT.get(key, key) if self.payout.kind == "result" else key].format_map(facts)

    @property
    def label(self) -> str:
        """What the reader calls the line."""
        return titled(self.compiled.checked.scope, self.payout.name, self.lang)

    @property
    def fact(self) -> str:
        """What the reader calls the fact that moves."""
        name = self.payout.fact
        named = any(entry.name == name for entry in self.compiled.kernel.inputs)
        return self.compiled.checked.scope.label(name) if name and named else name or ""

    @property
    def whose(self) -> str:
        """For which people the curve is; nothing where it is for all."""
        return "; ".join(
            ", ".join(self.words("whose", name=name, value=value) for name, value in sort)
            for sort in self.payout.sorts
        )

    @property
    def here(self) -> tuple[Fraction, Fraction] | None:
        """Where the person stands whose facts it was drawn with, and what they are paid there."""
        at = self.payout.here
        pays = None if at is None or self.employee is None else self.payout.graph.value(at)
        return (at, pays) if at is not None and isinstance(pays, Fraction) else None

    @property
    def rows(self) -> tuple[tuple[str, str, str], ...]:
        """Its stretches: where, what is paid there, and by how much that moves."""
        words, unit = vocabulary(self.lang), self.payout.measured
        return tuple(
            (where(one, unit, self.lang, words, self.payout.low), self.pays(one), self.grows(one.line))
            for one in self.payout.stretches
        )

    @property
    def bounds(self) -> tuple[tuple[str, str], ...]:
        """Where it bends or jumps, with each clause that makes it do so."""
        return tuple(
            (self.at(point), self.words("line", line=line, text=text))
            for point, clauses in bends(self.payout, self.compiled)
            for line, text in clauses
        )

    @property
    def sentences(self) -> Iterator[str]:
        """Where it begins, jumps and ends, and where the person stands."""
        first, last = self.payout.stretches[0], self.payout.stretches[-1]
        several = len(self.payout.stretches) > 1
        if first.line == ZERO_LINE and several and first.high is not None:
            yield self.words("begins", at=self.at(first.high))
        for jump in leaps(self.payout):
            yield self.words(
                "jump_before" if jump.side == "before" else "jump_after",
                at=self.at(jump.point),
                start=self.money(jump.start),
                end=self.money(jump.end),
                size=self.money(jump.size, plus=True),
            )
        slope = None if last.high is not None or last.line is None else last.line.slope
        if slope == 0 and last.low is not None and several:
            yield self.words("ends", at=self.at(last.low), pays=self.pays(last))
        if slope is not None and slope > 0:
            yield self.words("endless")
        if self.here is not None:
            yield self.standing(*self.here)
        if self.payout.rounded:
            yield self.words("rounded")

    def standing(self, at: Fraction, pays: Fraction) -> str:
        """That the person stands somewhere, and is paid so much."""
        return self.words("here", employee=self.employee, at=self.at(at), pays=self.money(pays))

    def at(self, value: Fraction) -> str:
        """A number of the measure."""
        return said(value, self.payout.measured, self.lang)

    def money(self, value: Fraction, *, plus: bool = False) -> str:
        """An amount, or what a result comes to; with a sign of its own where it is a change."""
        return amount(value, self.lang, plus=plus, kind=self.payout.worth)

    def pays(self, one: Stretch) -> str:
        """What a stretch pays: one amount, or the amounts at its ends."""
        if one.line is None:
            return self.words("unknown")
        if not one.line.slope:
            return self.money(one.line.constant)
        first = "…" if one.low is None else self.money(one.line.at(one.low))
        last = "…" if one.high is None else self.money(one.line.at(one.high))
        return f"{first} → {last}"

    def grows(self, line: Straight | None) -> str:
        """By how much the pay moves with the measure."""
        if line is None or not line.slope:
            return ""
        match self.payout.measured:
            case "percent":
                return self.words("each_percent", amount=self.money(line.slope * HUNDREDTH, plus=True))
            case "money" if self.payout.worth == "money":
                share = said(line.slope, "percent", self.lang)
                return self.words("each_money", share=share, currency=self.compiled.kernel.currency)
            case _:
                return self.words("each_one", amount=self.money(line.slope, plus=True))


# ── Where a curve bends and jumps ──────────────────────────────────────────────────────────────────────────


def leaps(payout: Payout) -> Iterator[Jump]:
    """The jumps of a curve, from the left."""
    for jump in jumps(payout.graph, payout.low):
        within = payout.high is None or jump.point < payout.high
        if within or (jump.point == payout.high and jump.side == "before"):
            yield jump


def bends(payout: Payout, compiled: Compiled) -> Iterator[tuple[Fraction, Clauses]]:
    """The bounds at which a curve bends or jumps, from the left, each with the clauses that make it do so."""
    source = compiled.source
    for point in payout.graph.points:
        below = payout.low is not None and point < payout.low
        if below or (payout.high is not None and point > payout.high):
            continue
        clauses = {
            (source.position(cause.place.start).line, " ".join(source.at(cause.place).split()))
            for side in ("before", "after")
            for cause in payout.graph.causes.get((point, side), ())
        }
        yield point, tuple(sorted(clauses))
