"""What is said of a curve: which stretch the measure fell into, and what that stretch makes of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from .. import kernel as k
from ..integers.executable import Numbers
from .bands import banded
from .closing import Amount, Later, Options, Telling, closing, preceded
from .formula import spelt
from .line import straight
from .matrix import cell
from .show import Say
from .speech import Part, Sentences, fill, joined
from .teller import Teller

Writer = Callable[["Teller", k.Piecewise, int, Part], Telling]


def curved(teller: Teller, curve: k.Piecewise, lead: Part) -> Telling:
    """How a measure becomes a value: first what the measure is, if it is computed, then the stretch."""
    measured = spelt(teller, curve.measure)
    before = [*measured.before]
    if not measured.single:
        before.append(teller.told(curve.measure))
    says = [
        Later(partial(WRITERS[piece.reason], teller, curve, index, lead))
        for index, piece in enumerate(curve.pieces)
    ]
    return Options(tuple(before), teller.speaker.picked(curve), tuple(says))


# ── The rows of a table ──────────────────────────────────────────────────────────────────────────────────


def _row(teller: Teller, curve: k.Piecewise, index: int, lead: Part) -> Telling:
    """A row that is worth a value, or that counts all of the measure at its rate."""
    speaker, words, piece = teller.speaker, teller.speaker.words, curve.pieces[index]
    if isinstance(piece.constant, k.Piecewise):
        return cell(teller, curve, index, lead)
    said = speaker.saying(curve)
    parts: dict[str, Part] = {
        "lead": lead,
        "measure": speaker.number(curve.measure),
        "row": speaker.quoted(piece.place),
    }
    if isinstance(piece.slope, k.Constant) and piece.slope.value == 0:
        worth = spelt(teller, piece.constant)
        if worth.single:
            return closing(words["row"], said, before=worth.before, parts=parts)
        parts["formula"] = worth.say()
        return closing(words["row_formula"], said, before=worth.before, cuts=worth.cuts, parts=parts)
    rate = spelt(teller, piece.slope)
    parts |= {
        "factor": rate.valued(piece.slope),
        "operand": speaker.operand(curve.measure),
        "rate": speaker.operand(piece.slope),
    }
    cuts = speaker.cuts(curve.measure, piece.slope)
    return closing(words["row_rate"], said, before=rate.before, cuts=cuts, parts=parts)


# ── What attainment is worth ─────────────────────────────────────────────────────────────────────────────


def _told(teller: Teller, *nodes: k.Node | None) -> list[Sentences]:
    """What has to be told before some numbers are used, each once."""
    several = {id(node): node for node in nodes if node is not None}
    return [sentences for node in several.values() for sentences in spelt(teller, node).before]


def _start(curve: k.Piecewise) -> k.Node | None:
    """The cutoff, where only what lies beyond it counts."""
    if curve.pieces[-1].reason != "beyond":
        return None
    return next((piece.bound for piece in curve.pieces if piece.reason == "cutoff"), None)


def _cutoff(teller: Teller, curve: k.Piecewise, index: int, _: Part) -> Telling:
    """Below the cutoff."""
    speaker, bound = teller.speaker, curve.pieces[index].bound
    assert bound is not None
    attainment = speaker.number(curve.measure)
    said = fill(speaker.words["cutoff"], attainment=attainment, bound=speaker.number(bound))
    return preceded(_told(teller, bound), _just(said))


def _just(said: Say) -> Telling:
    def tell(numbers: Numbers, out: list[str], _: Amount | None) -> None:
        out.append(said(numbers))

    return tell


def _proportional(teller: Teller, curve: k.Piecewise, _: int, __: Part) -> Telling:
    """Why no other stretch was reached: none that ends above the measure, none that begins below it."""
    speaker, words = teller.speaker, teller.speaker.words
    lower = [piece for piece in curve.pieces if piece.reason in {"cutoff", "decel"}][-1:]
    upper = [piece for piece in curve.pieces if piece.reason in {"accel_all", "accel_excess"}][-1:]
    keys = {"cutoff": "from_cutoff", "decel": "not_below"}
    nearest = [(keys.get(piece.reason, "not_above"), piece.bound) for piece in (*lower, *upper)]
    reasons = [fill(words[key], bound=speaker.number(bound)) for key, bound in nearest if bound is not None]
    because = joined([reasons[0], words["and"], reasons[1]] if len(reasons) > 1 else reasons)
    start, measure = _start(curve), curve.measure
    before = _told(teller, start, *(bound for _, bound in nearest))
    parts: dict[str, Part] = {"attainment": speaker.number(measure), "because": because}
    if start is None:
        return preceded(before, _just(fill(words["proportional"], **parts)))
    parts["bound"] = speaker.operand(start)
    cuts = speaker.cuts(measure, start)
    return closing(words["beyond"], speaker.saying(curve), before=before, cuts=cuts, parts=parts)


def _whole(teller: Teller, curve: k.Piecewise, index: int, _: Part) -> Telling:
    """All of attainment, or all that lies beyond the cutoff, times a factor."""
    speaker, piece, start = teller.speaker, curve.pieces[index], _start(curve)
    assert piece.bound is not None
    words, measure, factor = speaker.words, speaker.number(curve.measure), speaker.operand(piece.slope)
    formula: list[Part] = [measure, " × ", factor]
    what: Part = words["whole_attainment"]
    if start is not None:
        formula = ["(", measure, " − ", speaker.operand(start), ") × ", factor]
        what = fill(words["what_lies_beyond"], bound=speaker.number(start))
    parts: dict[str, Part] = {
        "attainment": measure,
        "bound": speaker.number(piece.bound),
        "what": what,
        "factor": speaker.number(piece.slope),
        "formula": joined(formula),
    }
    before = _told(teller, start, piece.bound, piece.slope)
    cuts = speaker.cuts(curve.measure, piece.slope, start)
    return closing(words[piece.reason], speaker.saying(curve), before=before, cuts=cuts, parts=parts)


def _excess(teller: Teller, curve: k.Piecewise, index: int, _: Part) -> Telling:
    """Attainment up to the first bound, and what lies between and above bounds, each by its own factor."""
    speaker, start, piece = teller.speaker, _start(curve), curve.pieces[index]
    assert piece.bound is not None
    nodes: list[k.Node] = []
    formula: list[Part] = []
    end: k.Node = curve.measure
    for one in curve.pieces[index:]:
        if one.reason == "accel_excess" and one.bound is not None:
            bound, factor = speaker.operand(one.bound), speaker.operand(one.slope)
            formula = [" + (", speaker.number(end), " − ", bound, ") × ", factor, *formula]
            nodes += [one.bound, one.slope]
            end = one.bound
    base: list[Part] = [speaker.number(end)]
    if start is not None:
        base += [" − ", speaker.operand(start)]
    parts: dict[str, Part] = {
        "attainment": speaker.number(curve.measure),
        "bound": speaker.number(piece.bound),
        "factor": speaker.number(piece.slope),
        "formula": joined([*base, *formula]),
    }
    before, cuts = _told(teller, start, *nodes), speaker.cuts(curve.measure, start, *nodes)
    return closing(
        speaker.words["accel_excess"], speaker.saying(curve), before=before, cuts=cuts, parts=parts
    )


WRITERS: dict[k.Reason, Writer] = {
    "cutoff": _cutoff,
    "beyond": _proportional,
    "proportional": _proportional,
    "decel": _whole,
    "accel_all": _whole,
    "accel_excess": _excess,
    "row": _row,
    "between": straight,
    "band": banded,
}
