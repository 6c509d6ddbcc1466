"""Curves in words: their pieces as a table, their jumps and ends as sentences, from the exact numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from dsl.data import phrases
from dsl.node import node
from dsl.words import Lang
from engine.analyse import Payout
from engine.compile import Compiled
from engine.follow.graph import ZERO_LINE, Straight
from engine.follow.moves import Jump, jumps
from engine.follow.stretches import Stretch
from engine.statement.show import said, titled

from ..stretched import amount, where

Clauses = tuple[tuple[int, str], ...]  # the line and the text of each
HUNDREDTH = Fraction(1, 100)


def vocabulary(lang: Lang) -> Mapping[str, str]:
    """The words of curves in a language."""
    return phrases(__package__, lang)


@node
class CurveTold:
    """A curve in words: its rows (where, what it pays, by how much that moves), its bounds, and sentences."""

    rows: tuple[tuple[str, str, str], ...]
    bounds: tuple[tuple[str, str], ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CurveTeller:
    """The words for one curve, in the reader's language."""

    compiled: Compiled
    payout: Payout
    lang: Lang

    def words(self, key: str, /, **facts: object) -> str:
        """A phrase of the room of curves in the reader's language, filled in."""
        return vocabulary(self.lang)[key].format_map(facts)

    @property
    def label(self) -> str:
        """What the reader calls the line."""
        return titled(self.compiled.checked.scope, self.payout.name, self.lang)

    @property
    def fact(self) -> str:
        """What the reader calls the fact that moves."""
        name = self.payout.fact
        return "" if name is None else self.compiled.checked.scope.label(name)

    @property
    def whose(self) -> str:
        """For which people the curve is; nothing where it is for all."""
        return "; ".join(
            ", ".join(self.words("whose", name=name, value=value) for name, value in sort)
            for sort in self.payout.sorts
        )

    def at(self, value: Fraction) -> str:
        """A number of the measure."""
        return said(value, self.payout.measured, self.lang)

    def money(self, value: Fraction, *, plus: bool = False) -> str:
        """An amount; with a sign of its own where it is a change."""
        return amount(value, self.lang, plus=plus)

    def row(self, one: Stretch) -> tuple[str, str, str]:
        """A stretch of the measure, what is paid there, and by how much that moves."""
        place = where(one, self.payout.measured, self.lang, vocabulary(self.lang), self.payout.low)
        return place, self.pays(one), self.grows(one.line)

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
            case "money":
                share = said(line.slope, "percent", self.lang)
                return self.words("each_money", share=share, currency=self.compiled.kernel.currency)
            case _:
                return self.words("each_one", amount=self.money(line.slope, plus=True))


def told(compiled: Compiled, payout: Payout, lang: Lang, employee: str | None) -> CurveTold:
    """A curve in words; `employee` is whose facts it was drawn with."""
    teller = CurveTeller(compiled, payout, lang)
    several = payout.stretches
    rows = tuple(map(teller.row, several))
    found = tuple(
        (teller.at(point), teller.words("line", line=line, text=text))
        for point, clauses in bends(payout, compiled)
        for line, text in clauses
    )
    return CurveTold(rows, found, (*_sentences(teller, several, employee),))


def _sentences(teller: CurveTeller, several: tuple[Stretch, ...], employee: str | None) -> Iterator[str]:
    payout = teller.payout
    first, last = several[0], several[-1]
    if first.line == ZERO_LINE and len(several) > 1 and first.high is not None:
        yield teller.words("begins", at=teller.at(first.high))
    for jump in leaps(payout):
        yield teller.words(
            "jump_before" if jump.side == "before" else "jump_after",
            at=teller.at(jump.point),
            start=teller.money(jump.start),
            end=teller.money(jump.end),
            size=teller.money(jump.size, plus=True),
        )
    slope = None if last.high is not None or last.line is None else last.line.slope
    if slope == 0 and last.low is not None and len(several) > 1:
        yield teller.words("ends", at=teller.at(last.low), pays=teller.pays(last))
    if slope is not None and slope > 0:
        yield teller.words("endless")
    if employee is not None and payout.here is not None:
        pays = payout.graph.value(payout.here)
        if isinstance(pays, Fraction):
            at = teller.at(payout.here)
            yield teller.words("here", employee=employee, at=at, pays=teller.money(pays))
    if payout.rounded:
        yield teller.words("rounded")


# ── Where a curve bends and jumps ──────────────────────────────────────────────────────────────────────────


def leaps(payout: Payout) -> Iterator[Jump]:
    """The jumps of a curve, from the left."""
    for jump in jumps(payout.graph, payout.low):
        last = payout.high is not None and jump.point >= payout.high
        if not last or (jump.point == payout.high and jump.side == "before"):
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
