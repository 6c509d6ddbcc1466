"""How a number comes about: the operations that a formula does not spell, each in a sentence of its own."""

from __future__ import annotations

from collections.abc import Sequence

from .. import kernel as k
from ..integers.executable import Numbers
from .closing import Closing, any_cut, closing, options
from .curve import curved
from .drawn import drawn
from .formula import spelt
from .show import Fixed, quantity
from .speech import Amount, Part, Sentences, Telling, fill, joined
from .teller import Teller


def explained(teller: Teller, node: k.Node, lead: Part) -> Telling:
    """How a number comes about, after some words about what it is."""
    match node:
        case k.Clamp():
            return _clamp(teller, node, lead)
        case k.Extreme():
            return _extreme(teller, node, lead)
        case k.Choice():
            return _choice(teller, node, lead)
        case k.Rounded():
            return _rounded(teller, node, lead)
        case k.Elapsed():
            return _elapsed(teller, node, lead)
        case k.Piecewise():
            return curved(teller, node, lead)
        case k.Own(index) if teller.speaker.kernel.inputs[index].role == "drawn":
            return drawn(teller, node, lead)
        case k.Own():
            return _own(teller, node)
        case _:
            return _plain(teller, node, lead)


def _plain(teller: Teller, node: k.Node, lead: Part) -> Telling:
    speaker, formula = teller.speaker, spelt(teller, node)
    if formula.single:
        return closing(speaker, "stated", node, before=formula.before, lead=lead)
    before, cuts = formula.before, formula.cuts
    return closing(speaker, "reckoned", node, before=before, cuts=cuts, lead=lead, formula=formula.say())


def _own(teller: Teller, node: k.Own) -> Telling:
    """A target of somebody's own, or the plan's for those who have none."""
    speaker, formula = teller.speaker, spelt(teller, node.otherwise)
    aim = teller.aim(speaker.kernel.inputs[node.index].name)
    own = closing(speaker, "own_target", node, aim=aim)
    key = "plan_target" if formula.single else "plan_formula"
    before, cuts = formula.before, formula.cuts
    plan = closing(speaker, key, node, before=before, cuts=cuts, aim=aim, formula=formula.say())
    return options((), speaker.picked(node), (own, plan))


def _clamp(teller: Teller, node: k.Clamp, lead: Part) -> Telling:
    """By how much one lies above another; else nothing."""
    speaker, formula = teller.speaker, spelt(teller, node.operand)
    kept = closing(speaker, "reckoned", node, cuts=formula.cuts, lead=lead, formula=formula.say())
    less = closing(speaker, "less", node, lead=lead, formula=formula.valued(node.operand))
    return options(formula.before, speaker.picked(node), (kept, less))


def _extreme(teller: Teller, node: k.Extreme, lead: Part) -> Telling:
    before: list[Sentences] = []
    several: list[Part] = []
    for operand in node.operands:
        formula = spelt(teller, operand)
        before += formula.before
        several += ["; " if several else "", formula.valued(operand)]
    return closing(teller.speaker, node.word, node, before=before, lead=lead, several=joined(several))


def _rounded(teller: Teller, node: k.Rounded, lead: Part) -> Telling:
    speaker, formula = teller.speaker, spelt(teller, node.operand)
    unit = quantity(node.unit, node.kind, speaker.lang)[0]
    turn, operand = fill(speaker.words[node.direction], unit=unit), formula.valued(node.operand)
    return closing(speaker, "turned", node, before=formula.before, lead=lead, operand=operand, turn=turn)


def _elapsed(teller: Teller, node: k.Elapsed, lead: Part) -> Telling:
    """How many full months or years lie between two days."""
    since, until = spelt(teller, node.since), spelt(teller, node.until)
    before, first, last = [*since.before, *until.before], since.valued(node.since), until.valued(node.until)
    return closing(teller.speaker, node.unit, node, before=before, lead=lead, since=first, until=last)


# ── One of several values ────────────────────────────────────────────────────────────────────────────────


def _choice(teller: Teller, node: k.Choice, lead: Part) -> Telling:
    """One of several values, with what held and what did not until one was taken."""
    speaker = teller.speaker
    tests: list[k.Choice] = []
    rest: k.Node = node
    while isinstance(rest, k.Choice):
        tests.append(rest)
        rest = rest.otherwise
    asked = [(speaker.picked(one), teller.reasons(one.condition)) for one in tests]
    taken = [_taken(teller, value) for value in (*(one.chosen for one in tests), rest)]
    said = Fixed(lead) if isinstance(lead, str) else lead
    so, also, nothing = speaker.words["so"], speaker.words["also"], teller.nothing

    def tell(numbers: Numbers, out: list[str], amount: Amount | None = None) -> None:
        why: list[str] = []
        number = 0
        for picked, reasons in asked:
            why.append(reasons(numbers, out))
            if not picked(numbers):
                break
            number += 1
        before, value, none = taken[number]
        for sentences in before:
            sentences(numbers, out)
        worth = nothing if none and amount is not None else value.ended(numbers, amount)
        out.append(speaker.said("chosen", f"{said(numbers)}{also.join(why)}{so}{worth}"))

    return tell


def _taken(teller: Teller, node: k.Node) -> tuple[Sequence[Sentences], Closing, bool]:
    """The value of an alternative, what is said before it, and whether it is nothing at all."""
    formula, said = spelt(teller, node), teller.speaker.saying(node)
    none = isinstance(node, k.Constant) and node.value == 0
    if formula.single:
        return formula.before, Closing(Fixed(""), said, relation=False), none
    return formula.before, Closing(joined([*formula.parts, " "]), said, any_cut(formula.cuts)), none
