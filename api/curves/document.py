"""Curves as data: every number of them exact, as a decimal, or as a fraction where no decimal ends."""

from __future__ import annotations

from fractions import Fraction

from dsl.words import Lang
from engine.analyse import Payout
from engine.scales import exact

from ..documents import Document, heading
from .asked import Curves
from .pieces import Piece, bounds, leaps, pieces
from .telling import Teller, told

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
    teller = Teller(curves.compiled, payout, lang)
    several = pieces(payout)
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
        "pieces": [_piece(piece) for piece in several],
        "bounds": [
            {
                "at": exact(bound.at),
                "clauses": [{"line": line, "text": text} for line, text in bound.clauses],
            }
            for bound in bounds(payout, curves.compiled)
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


def _piece(piece: Piece) -> Document:
    """A piece; what it pays at its ends is what it comes near to where they are not its own."""
    line = piece.line
    ends = [None if end is None or line is None else exact(line.at(end)) for end in (piece.start, piece.end)]
    return {
        "from": None if piece.start is None else exact(piece.start),
        "from_included": piece.starts,
        "to": None if piece.end is None else exact(piece.end),
        "to_included": piece.ends,
        "pays_from": ends[0],
        "pays_to": ends[1],
        "grows_by": None if line is None else exact(line.slope),
    }
