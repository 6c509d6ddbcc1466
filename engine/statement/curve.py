"""What is said of a curve: which stretch the measure fell into, and what that stretch makes of it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial

from .. import kernel as k
from .closing import closing, later, options, preceded
from .formula import spelt
from .line import straight
from .show import Saying, Test
from .speech import Part, Sentences, Telling, bracketed, fill, joined, just
from .teller import Teller

FEW = 4  # stretches that are written at once
Writer = Callable[["Teller", k.Piecewise, int, Part], Telling]


def curved(teller: Teller, curve: k.Piecewise, lead: Part) -> Telling:
    """How a measure becomes a value: first what the measure is, if it is computed, then the stretch."""
    measured = spelt(teller, curve.measure)
    before = [*measured.before]
    if not measured.single:
        before.append(teller.told(curve.measure))
    writers = [
        partial(WRITERS[piece.reason], teller, curve, index, lead) for index, piece in enumerate(curve.pieces)
    ]
    says = [write() for write in writers] if len(writers) <= FEW else [*map(later, writers)]
    return options(before, teller.speaker.picked(curve), says)


# ── The rows of a table ──────────────────────────────────────────────────────────────────────────────────


def _row(teller: Teller, curve: k.Piecewise, index: int, lead: Part) -> Telling:
    """A row that is worth a value, or that counts all of the measure at its rate."""
    speaker, piece = teller.speaker, curve.pieces[index]
    if isinstance(piece.constant, k.Piecewise):
        return _cell(teller, curve, piece.constant, index, lead)
    row, measure = speaker.quoted(piece.place), speaker.number(curve.measure)
    close = partial(closing, speaker, lead=lead, measure=measure, row=row)
    if isinstance(piece.slope, k.Constant) and piece.slope.value == 0:
        worth = spelt(teller, piece.constant)
        if worth.single:
            return close("row", curve, before=worth.before)
        return close("row_formula", curve, before=worth.before, cuts=worth.cuts, formula=worth.say())
    spelled = spelt(teller, piece.slope)
    cuts, factor = speaker.cuts(curve.measure, piece.slope), spelled.valued(piece.slope)
    operand, rate = speaker.operand(curve.measure), speaker.operand(piece.slope)
    before = spelled.before
    return close("row_rate", curve, before=before, cuts=cuts, factor=factor, operand=operand, rate=rate)


def _cell(teller: Teller, curve: k.Piecewise, columns: k.Piecewise, index: int, lead: Part) -> Telling:
    """A row of a matrix, whose columns are a curve themselves: the row and the column that were reached."""
    speaker, across = teller.speaker, spelt(teller, columns.measure)
    before = [*across.before]
    if not across.single:
        before.append(teller.told(columns.measure))
    measure, row = speaker.number(curve.measure), speaker.quoted(curve.pieces[index].edge)
    close = partial(closing, speaker, lead=lead, measure=measure, row=row)
    cells: list[Telling] = []
    for column in columns.pieces:
        worth, said = spelt(teller, column.constant), speaker.quoted(column.edge)
        cell = partial(close, before=worth.before, across=speaker.number(columns.measure), column=said)
        if worth.single:
            cells.append(cell("cell", curve))
        else:
            cells.append(cell("cell_formula", curve, cuts=worth.cuts, formula=worth.say()))
    return options(before, speaker.picked(columns), cells)


def _banded(teller: Teller, curve: k.Piecewise, reached: int, lead: Part) -> Telling:
    """All bands up to the one that was reached."""
    speaker = teller.speaker
    formula: list[Part] = []
    nodes: list[k.Node] = []
    cuts: list[Test] = []
    before: list[Sentences] = []
    start: k.Node | None = None
    for index, piece in enumerate(curve.pieces[: reached + 1]):
        end = curve.measure if index == reached or piece.bound is None else piece.bound
        formula += [" + "] if formula else []
        if isinstance(piece.slope, k.Constant) and piece.slope.value == 0:
            added = _added(teller, curve, index)
            formula.append(bracketed(added.plain))
            cuts += [added.cut] if added.cut else []
            reads = [part.index for part in k.walk(piece.constant) if isinstance(part, k.Earlier)]
            before += [sentences for step in reads for sentences in teller.mention(step)]
        else:
            span: list[Part] = [speaker.operand(end) if formula else speaker.number(end)]
            if start is not None:
                span = ["(", speaker.number(end), " − ", speaker.operand(start), ")"]
                nodes.append(start)
            formula += [*span, " × ", speaker.operand(piece.slope)]
            nodes += [end, piece.slope]
            before += spelt(teller, piece.slope).before
        start = end
    cuts += speaker.cuts(*nodes)
    return closing(speaker, "bands", curve, before=before, cuts=cuts, lead=lead, parts=joined(formula))


def _added(teller: Teller, curve: k.Piecewise, index: int) -> Saying:
    """What a band of a fixed amount adds to those before it."""
    made, previous = curve.pieces[index].constant, curve.pieces[index - 1] if index else None
    nodes: tuple[k.Node, ...] = (made,)
    if previous is not None and previous.bound is not None:
        nodes = (made, previous.slope, previous.bound, previous.constant)

    def added(value: Fraction, *line: Fraction) -> Fraction:
        return value - (line[0] * line[1] + line[2]) if line else value

    return teller.speaker.reckoned(nodes, curve.kind, added)


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
    return preceded(_told(teller, bound), just(said))


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
        return preceded(before, just(fill(words["proportional"], **parts)))
    parts["bound"] = speaker.operand(start)
    cuts = speaker.cuts(measure, start)
    return closing(speaker, "beyond", curve, before=before, cuts=cuts, **parts)


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
    return closing(speaker, piece.reason, curve, before=before, cuts=cuts, **parts)


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
    return closing(speaker, "accel_excess", curve, before=before, cuts=cuts, **parts)


WRITERS: dict[k.Reason, Writer] = {
    "cutoff": _cutoff,
    "beyond": _proportional,
    "proportional": _proportional,
    "decel": _whole,
    "accel_all": _whole,
    "accel_excess": _excess,
    "row": _row,
    "between": straight,
    "band": _banded,
}
