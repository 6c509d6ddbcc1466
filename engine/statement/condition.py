"""Why a condition holds or does not: what is true of the numbers, as far as it was looked at."""

from __future__ import annotations

from collections.abc import Sequence

from .. import kernel as k
from ..integers.executable import Numbers
from .closing import Reasons
from .formula import spelt
from .show import Say
from .speech import Sentences, fill
from .teller import Teller

COMPARISONS = {"=": "=", "<>": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
OPPOSITES = {"=": "≠", "<>": "=", "<": "≥", "<=": ">", ">": "≤", ">=": "<"}


def reasons(teller: Teller, node: k.Node) -> Reasons:
    """What decided about a condition; each reason is true by itself."""
    kernel, speaker = teller.speaker.kernel, teller.speaker
    match node:
        case k.Actual(index):
            return _named(teller, speaker.label(kernel.inputs[index].name), node, [])
        case k.Earlier(index):
            return _named(teller, speaker.label(kernel.steps[index].name), node, teller.mention(index))
        case k.Denial(operand):
            return reasons(teller, operand)
        case k.Logic(word, left, right):
            return _logic(teller, left, right, needed=word == "and")
        case k.Comparison(_, left, right) if left.kind == "yes_no":
            return _both(teller, reasons(teller, left), reasons(teller, right))
        case k.Comparison(">=", counted, k.Constant()) if (several := conditions(counted)) and several[0]:
            return _counted(teller, *several)
        case k.Comparison():
            return _comparison(teller, node)
        case k.Choice(condition, chosen, otherwise):
            return _choice(teller, node, [reasons(teller, part) for part in (condition, chosen, otherwise)])
        case _:
            return _told([], speaker.answer(node))


def conditions(node: k.Node) -> tuple[list[k.Node], int] | None:
    """The conditions of `at least 2 of (…)`, which are counted, and how many attributes have decided already.

    None where it is something else that is held against a number.
    """
    match node:
        case k.Choice(condition, k.Constant(one), k.Constant(none)) if one == 1 and none == 0:
            return [condition], 0
        case k.Arithmetic("+", left, right):
            before, after = conditions(left), conditions(right)
            return None if before is None or after is None else (before[0] + after[0], before[1] + after[1])
        case k.Constant(value) if node.kind == "count":
            return [], int(value)
        case _:
            return None


def _named(teller: Teller, label: str, node: k.Node, before: Sequence[Sentences]) -> Reasons:
    """What people call a fact or a figure, and its answer."""
    answer = teller.speaker.answer(node)
    return _told(before, lambda numbers: f"{label} = {answer(numbers)}")


def _told(before: Sequence[Sentences], reason: Say) -> Reasons:
    """A reason, and what is said before it."""

    def say(numbers: Numbers, out: list[str]) -> str:
        for sentences in before:
            sentences(numbers, out)
        return reason(numbers)

    return say


def _both(teller: Teller, one: Reasons, other: Reasons) -> Reasons:
    also = teller.speaker.words["also"]
    return lambda numbers, out: f"{one(numbers, out)}{also}{other(numbers, out)}"


def _logic(teller: Teller, left: k.Node, right: k.Node, *, needed: bool) -> Reasons:
    """The left side alone where it decides; the right one alone where that does; else both."""
    first, second = teller.speaker.truth(left), teller.speaker.truth(right)
    one, other = reasons(teller, left), reasons(teller, right)
    both = _both(teller, one, other)

    def say(numbers: Numbers, out: list[str]) -> str:
        if bool(first(numbers)) != needed:
            return one(numbers, out)
        return (both if bool(second(numbers)) == needed else other)(numbers, out)

    return say


def _comparison(teller: Teller, node: k.Comparison) -> Reasons:
    holds = teller.speaker.truth(node)
    one, other = spelt(teller, node.left), spelt(teller, node.right)
    left, right = one.valued(node.left), other.valued(node.right)
    so, not_so = (
        fill(f"{{left}} {sign} {{right}}", left=left, right=right)
        for sign in (COMPARISONS[node.sign], OPPOSITES[node.sign])
    )
    return _told([*one.before, *other.before], lambda numbers: (so if holds(numbers) else not_so)(numbers))


def _counted(teller: Teller, several: Sequence[k.Node], others: int) -> Reasons:
    asked = [(teller.speaker.truth(one), reasons(teller, one)) for one in several]
    template = teller.speaker.words["holding"]

    def say(numbers: Numbers, out: list[str]) -> str:
        found = [why(numbers, out) for holds, why in asked if holds(numbers)]
        listed = f" ({'; '.join(found)})" if found else ""
        return template.format(count=len(found) + others) + listed

    return say


def _choice(teller: Teller, node: k.Choice, parts: Sequence[Reasons]) -> Reasons:
    holds, also = teller.speaker.truth(node.condition), teller.speaker.words["also"]

    def say(numbers: Numbers, out: list[str]) -> str:
        why = parts[0](numbers, out)
        return f"{why}{also}{parts[1 if holds(numbers) else 2](numbers, out)}"

    return say
