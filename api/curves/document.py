"""Curves as data: every number of them exact, as a decimal, or as a fraction where no decimal ends."""

from __future__ import annotations

from fractions import Fraction

from dsl.words import Lang
from engine.analyse import Payout
from engine.follow.stretches import Stretch
from engine.scales import exact

from ..documents import Document, heading
from .asked import Curves
from .bends import bends, leaps
from .telling import CurveTeller, told

FORMAT = 1  # of the document: changes when a reader of it would have to change


def document(curves: Curves, lang: Lang) -> Document:
    """The answer to a question for curves; its words are in the reader's language, its numbers in none."""
    compiled = curves.compiled
    return {
        "format": FORMAT,
        "plan": heading(compiled.checked.header, compiled.kernel.digest),
        "currency": compiled.kernel.currency,
        "employee": curves.employee,
        "curves": [_curve(curves, payout, lang) for payout in curves.payouts],
    }


def _curve(curves: Curves, payout: Payout, lang: Lang) -> Document:
    teller = CurveTeller(curves.compiled, payout, lang)
    words = told(curves.compiled, payout, lang, curves.employee)
    pays = None if payout.here is None else payout.graph.value(payout.here)
    known = curves.employee is not None and payout.here is not None and isinstance(pays, Fraction)
    return {
        "line": payout.name,
        "label": teller.label,
        "kind": payout.kind,
        "measure": {
            "attainment": payout.attained,
            "kind": payout.measured,
            "fact": payout.fact,
            "target": exact(payout.by.at(Fraction(1))) if payout.attained and payout.fact else None,
        },
        "sorts": [dict(sort) for sort in payout.sorts],
        "pieces": [_piece(one) for one in payout.stretches],
        "bounds": [
            {
                "at": exact(bound.at),
                "clauses": [{"line": line, "text": text} for line, text in bound.clauses],
            }
            for bound in bends(payout, curves.compiled)
        ],
        "jumps": [
            {
                "at": exact(jump.point),
                "side": jump.side,
                "from": exact(jump.start),
                "to": exact(jump.end),
                "by": exact(jump.size),
            }
            for jump in leaps(payout)
        ],
        "here": {"at": exact(payout.here), "pays": exact(pays)} if known else None,  # type: ignore[arg-type]  # both are numbers
        "rounded": payout.rounded,
        "said": [
            *(": ".join([where, " ".join(part for part in rest if part)]) for where, *rest in words.rows),
            *words.sentences,
        ],
    }


def _piece(piece: Stretch) -> Document:
    """A piece; what it pays at its ends is what it comes near to where they are not its own."""
    line = piece.line
    ends = [None if end is None or line is None else exact(line.at(end)) for end in (piece.low, piece.high)]
    return {
        "from": None if piece.low is None else exact(piece.low),
        "from_included": piece.includes_low,
        "to": None if piece.high is None else exact(piece.high),
        "to_included": piece.includes_high,
        "pays_from": ends[0],
        "pays_to": ends[1],
        "grows_by": None if line is None else exact(line.slope),
    }
