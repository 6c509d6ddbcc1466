"""What is said of a line of pay and its clauses: gates first, then what is earned, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .. import kernel as k
from ..integers.executable import Numbers
from .closing import Reasons, closing, preceded
from .formula import spelt
from .show import Test
from .speech import Amount, Sentences, Telling, fill, when
from .teller import Teller

ROLES = frozenset({"gated", "multiplied", "capped", "floored", "prorated", "by_days", "rounded"})


@dataclass(frozen=True, slots=True)
class GateTelling:
    """A condition that a line is paid under, in the author's words; no reasons where attributes decided."""

    text: str
    reasons: Reasons | None
    shut: Test


@dataclass(frozen=True, slots=True)
class Stage:
    """A clause that makes another amount: whether it did so, and how.

    `lifted` is whether and why a cap does not hold, where it may not. What is nothing stays so but for a
    `limit`.
    """

    acts: Test
    telling: Telling
    lifted: Sentences | None = None
    limit: bool = False


def paid(teller: Teller, several: Sequence[k.Step], base: Telling, *, fixed: bool) -> Telling:
    """What is said of an amount from the clauses that made it; `base` tells what was earned before them.

    What is `fixed` by the plan is seen in the clauses, and told only where none of them did anything.
    """
    gates: list[GateTelling] = []
    stages: list[Stage] = []
    for step in several:
        if step.role == "gated":
            gates.append(_gate(teller, step))
        else:
            stages.insert(0, _stage(teller, step))
    if not gates and not stages:
        return base

    def tell(numbers: Numbers, out: list[str], amount: Amount | None = None) -> None:
        zero = not _opened(teller, gates, numbers, out)
        pending = None if zero or fixed else base
        for stage in stages:
            if stage.lifted is not None and not zero:
                stage.lifted(numbers, out)
            if (stage.limit or not zero) and stage.acts(numbers):
                if pending is not None:
                    pending(numbers, out)
                pending, zero = stage.telling, False
        if pending is None and not zero:
            pending = base
        if pending is not None:
            pending(numbers, out, amount)

    return tell


def _opened(teller: Teller, gates: list[GateTelling], numbers: Numbers, out: list[str]) -> bool:
    """Whether all gates are open, the widest asked first; tells of those that are, or of one that is shut."""
    words, said, passed = teller.speaker.words, teller.speaker.said, []
    for gate in gates:
        if gate.reasons is None:
            out.append(words["never"].format(text=gate.text, nothing=teller.nothing))
            return False
        why = gate.reasons(numbers, out)
        if gate.shut(numbers):
            out.append(said("shut", f"`{gate.text}`: {why}{words['so']}{teller.nothing}"))
            return False
        passed.append(f"`{gate.text}`: {why}")
    if passed:
        out.append(said("open", "; ".join(passed)))
    return True


def chain(kernel: k.Kernel, node: k.Node) -> tuple[list[k.Step], k.Node]:
    """The clauses that made an amount, the last first, and what the first of them acted on."""
    found: list[k.Step] = []
    while isinstance(node, k.Earlier) and (step := kernel.steps[node.index]).role in ROLES and step.made:
        found.append(step)
        if len(stays_of(step)) > 1:
            break
        node = step.made.base
    return found, node


def stays_of(step: k.Step) -> tuple[k.StayPay, ...]:
    """The stays that a clause adds up, each reckoned apart; none of a step of another clause."""
    return step.made.stays if isinstance(step.made, k.Stayed) else ()


def _gate(teller: Teller, step: k.Step) -> GateTelling:
    speaker, text = teller.speaker, teller.speaker.quoted(step.value.place)
    match step.made:
        case k.Gate(_, condition, None):
            return GateTelling(text, teller.reasons(condition), speaker.picked(step.value))
        case k.Gate(day=day) if day is not None:
            begins = fill(speaker.words["begins"], day=speaker.number(day))
            return GateTelling(text, lambda numbers, _: begins(numbers), speaker.picked(step.value))
        case _:
            return GateTelling(text, None, lambda _: True)


def _stage(teller: Teller, step: k.Step) -> Stage:
    speaker, node, made = teller.speaker, step.value, step.made
    if isinstance(made, k.Limit):
        telling = _limit(teller, made, step.role)
        if made.unless is not None:
            return _unless(teller, made, made.unless, telling)
        return Stage(speaker.picked(node), telling, limit=True)
    telling = teller.explained(node, teller.quoted(node))
    if step.role != "rounded" or made is None:
        return Stage(lambda _: True, telling)
    one, other = (speaker.program.slots[id(part)] for part in (node, made.base))
    return Stage(lambda numbers: one.read(numbers) != other.read(numbers), telling)


def _unless(teller: Teller, cap: k.Limit, condition: k.Node, capped: Telling) -> Stage:
    """A cap that a condition lifts."""
    speaker = teller.speaker
    bites, (holds, lifted, stays) = speaker.picked(cap.held), teller.lifting(condition, cap.held.place)

    def acts(numbers: Numbers) -> bool:
        return not holds(numbers) and bites(numbers) == 1

    return Stage(acts, preceded([stays], capped), when(holds, [lifted]), limit=True)


def _limit(teller: Teller, made: k.Limit, role: str) -> Telling:
    """A cap or a floor that made another amount."""
    speaker, formula = teller.speaker, spelt(teller, made.limit)
    value, limit, pays = speaker.number(made.base), formula.valued(made.limit), speaker.words["pays"]
    return closing(speaker, role, made.limit, before=formula.before, value=value, limit=limit, pays=pays)
