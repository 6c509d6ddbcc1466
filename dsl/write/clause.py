"""Clauses, saying aloud what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from .. import tree
from ..words import Words
from .expression import out_of
from .phrase import condition, phrase


def clauses(parts: Sequence[tree.Clause], words: Words) -> list[str]:
    """The text of each clause of a line, in the order in which they are printed."""
    texts: list[str] = []
    for part in reversed(parts):
        texts.insert(0, clause(part, words, texts[0] if texts else ""))
    return texts


def clause(part: tree.Clause, words: Words, after: str) -> str:
    """The text of a clause, where another text comes after it."""
    match part:
        case (
            tree.Weight()
            | tree.Cutoff()
            | tree.Accel()
            | tree.Decel()
            | tree.Curve()
            | tree.Target()
            | tree.TargetProrated()
            | tree.LessIsBetter()
            | tree.Tolerance()
        ):
            return _of_attainment(part, words, after)
        case tree.Applies(test):
            return phrase(words, words["for"], condition(test), after=after)
        case tree.Spread(test):
            return phrase(words, words["spread_if"], condition(test), after=after)
        case tree.OnlyIf(test):
            return phrase(words, words["only_if"], condition(test), after=after)
        case tree.Multiplied(factor):
            return phrase(words, words["multiplied"], factor, after=after)
        case tree.Cap(limit, base, unless):
            said = (words["cap"], limit, words[f"on_{base}"])
            lifted = () if unless is None else (words["unless"], condition(unless))
            return phrase(words, *said, *lifted, after=after)
        case tree.Floor(limit):
            return phrase(words, words["floor"], limit, after=after)
        case tree.Prorated(share, whole):
            return phrase(words, words["prorated"], share, out_of(words), whole, after=after)
        case tree.Rounding(unit, direction):
            turn = "" if direction == "nearest" else words[direction]
            return phrase(words, words["rounded_to"], unit, turn, after=after)
        case tree.During(first, last):
            return phrase(words, words["during"], first.text, words["up_to"], last.text)
        case _:
            assert_never(part)


def _of_attainment(
    part: tree.Weight
    | tree.Cutoff
    | tree.Accel
    | tree.Decel
    | tree.Curve
    | tree.Target
    | tree.TargetProrated
    | tree.LessIsBetter
    | tree.Tolerance,
    words: Words,
    after: str,
) -> str:
    """What a KPI weighs, and what it pays for its attainment."""
    match part:
        case tree.Weight(share):
            return phrase(words, words["weight"], share, after=after)
        case tree.Cutoff(bound, excess):
            return phrase(words, words["cutoff"], bound, words["on_excess"] if excess else "", after=after)
        case tree.Accel(factor, mode, bound):
            said = (words["accel"], factor, words[f"on_{mode}"], words["above"], bound)
            return phrase(words, *said, after=after)
        case tree.Decel(factor, bound):
            return phrase(words, words["decel"], factor, words["below"], bound, after=after)
        case tree.Curve(mode):
            return words[mode]
        case tree.Target(amount, personal):
            return phrase(words, words["target"], amount, words["personal"] if personal else "", after=after)
        case tree.TargetProrated(share, whole):
            return phrase(words, words["target_prorated"], share, out_of(words), whole, after=after)
        case tree.LessIsBetter():
            return words["less_is_better"]
        case tree.Tolerance(width):
            return phrase(words, words["tolerance"], width, after=after)
        case _:
            assert_never(part)
