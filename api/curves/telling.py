"""Curves in words: their pieces as a table, their jumps and ends as sentences, from the exact numbers."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files

from dsl.node import node
from dsl.words import Lang
from engine.analyse import Payout, Straight
from engine.compiled import Compiled
from engine.statement.show import quantity

from ..documents import label_of
from .pieces import Piece, bounds, leaps, pieces

HUNDREDTH = Fraction(1, 100)


@cache
def vocabulary(lang: Lang) -> Mapping[str, str]:
    """The words of curves in a language."""
    table: dict[str, str] = tomllib.loads(
        files(__package__).joinpath("words", f"{lang}.toml").read_text("utf-8")
    )
    return table


@node
class Told:
    """A curve in words: its rows (where, what it pays, by how much that moves), its bounds, and sentences."""

    rows: tuple[tuple[str, str, str], ...]
    bounds: tuple[tuple[str, str], ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Teller:
    """The words for one curve, in the reader's language."""

    compiled: Compiled
    payout: Payout
    lang: Lang

    def words(self, key: str, /, **facts: object) -> str:
        """A phrase."""
        return vocabulary(self.lang)[key].format_map(facts)

    @property
    def label(self) -> str:
        """What the reader calls the line."""
        return label_of(self.compiled, self.payout.name, self.lang)

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
        return _said(*quantity(value, self.payout.measured, self.lang))

    def money(self, value: Fraction, *, plus: bool = False) -> str:
        """An amount; with a sign of its own where it is a change."""
        return "+" * (plus and value > 0) + _said(*quantity(value, "money", self.lang))

    def where(self, piece: Piece) -> str:
        """The stretch of the measure that a piece is of."""
        if piece.start is not None and piece.start == piece.end:
            return self.words("exactly", at=self.at(piece.start))
        start, end = "", ""
        if piece.start is not None and (piece.start != self.payout.low or piece.end is None):
            start = self.words("from" if piece.starts else "above", at=self.at(piece.start))
        if piece.end is not None:
            end = self.words("up_to" if piece.ends else "below", at=self.at(piece.end))
        if start and end:
            return self.words("both", start=start, end=end)
        return start or end or self.words("everywhere")

    def pays(self, piece: Piece) -> str:
        """What a piece pays: one amount, or the amounts at its ends."""
        if piece.line is None:
            return self.words("unknown")
        if piece.level is not None:
            return self.words("level", pays=self.money(piece.level))
        first = "…" if piece.start is None else self.money(piece.line.at(piece.start))
        if piece.end is None:
            return self.words("onward", first=first)
        return self.words("moving", first=first, last=self.money(piece.line.at(piece.end)))

    def grows(self, line: Straight | None) -> str:
        """By how much the pay moves with the measure."""
        if line is None or not line.slope:
            return ""
        match self.payout.measured:
            case "percent":
                return self.words("each_percent", amount=self.money(line.slope * HUNDREDTH, plus=True))
            case "money":
                share = _said(*quantity(line.slope, "percent", self.lang))
                return self.words("each_money", share=share, currency=self.compiled.kernel.currency)
            case _:
                return self.words("each_one", amount=self.money(line.slope, plus=True))


def told(compiled: Compiled, payout: Payout, lang: Lang, employee: str | None) -> Told:
    """A curve in words; `employee` is whose facts it was drawn with."""
    teller = Teller(compiled, payout, lang)
    several = pieces(payout)
    rows = tuple((teller.where(one), teller.pays(one), teller.grows(one.line)) for one in several)
    found = tuple(
        (teller.at(bound.at), teller.words("line", line=line, text=text))
        for bound in bounds(payout, compiled)
        for line, text in bound.clauses
    )
    return Told(rows, found, (*_sentences(teller, several, employee),))


def _sentences(teller: Teller, several: tuple[Piece, ...], employee: str | None) -> Iterator[str]:
    payout = teller.payout
    first, last = several[0], several[-1]
    if first.level == 0 and len(several) > 1 and first.end is not None:
        yield teller.words("begins", at=teller.at(first.end))
    for jump in leaps(payout):
        yield teller.words(
            f"jump_{jump.side}",
            at=teller.at(jump.point),
            start=teller.money(jump.start),
            end=teller.money(jump.end),
            size=teller.money(jump.size, plus=True),
        )
    if last.end is None and last.start is not None and last.level is not None and len(several) > 1:
        yield teller.words("ends", at=teller.at(last.start), pays=teller.money(last.level))
    if last.end is None and last.line is not None and last.line.slope > 0:
        yield teller.words("endless")
    if employee is not None and payout.here is not None:
        pays = payout.graph.value(payout.here)
        if isinstance(pays, Fraction):
            at = teller.at(payout.here)
            yield teller.words("here", employee=employee, at=at, pays=teller.money(pays))
    if payout.rounded:
        yield teller.words("rounded")


def _said(text: str, exact: bool) -> str:
    return text if exact else f"≈ {text}"
