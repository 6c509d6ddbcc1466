"""What is said of bands: the part of the measure in each times its rate, or its fixed amount, added up."""

from __future__ import annotations

from fractions import Fraction

from .. import kernel as k
from ..integers.executable import Numbers
from .closing import Telling, closing
from .formula import spelt
from .show import Fixed, Say, Test, quantity
from .speech import Part, Sentences, bracketed, joined
from .teller import Teller


def banded(teller: Teller, curve: k.Piecewise, reached: int, lead: Part) -> Telling:
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
            added, cut = _added(teller, curve, index)
            formula.append(added)
            cuts.append(cut)
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
    parts: dict[str, Part] = {"lead": lead, "parts": joined(formula)}
    cuts += speaker.cuts(*nodes)
    return closing(speaker.words["bands"], speaker.saying(curve), before=before, cuts=cuts, parts=parts)


def _added(teller: Teller, curve: k.Piecewise, index: int) -> tuple[Say, Test]:
    """What a band of a fixed amount adds to those before it, and whether that was cut."""
    slots, kind, lang = teller.speaker.program.slots, curve.kind, teller.speaker.lang
    made, previous = curve.pieces[index].constant, curve.pieces[index - 1] if index else None
    nodes: tuple[k.Node, ...] = (made,)
    if previous is not None and previous.bound is not None:
        nodes = (made, previous.slope, previous.bound, previous.constant)

    def added(numbers: Numbers) -> Fraction:
        value, *line = (slots[id(node)].read(numbers) or Fraction(0) for node in nodes)
        return value - (line[0] * line[1] + line[2]) if line else value

    say = bracketed(lambda numbers: quantity(added(numbers), kind, lang)[0])
    if all(isinstance(node, k.Constant) for node in nodes):
        say = Fixed(say(()))
    return say, lambda numbers: not quantity(added(numbers), kind, lang)[1]
