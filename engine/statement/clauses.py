"""What is said of the clauses of pay: the gate, the multiplier, the cap, the floor, the proration, the rounding."""

from __future__ import annotations

from .. import kernel as k
from ..program import Numbers
from .formula import Spelling
from .show import Say
from .speech import Sentences, Speaker, fill, joined


def clause(speaker: Speaker, step: k.Step) -> Sentences:
    """The sentences of one clause's step."""
    node = step.value
    match step.role, node:
        case "gated", k.Choice():
            return _gate(speaker, node)
        case "capped", k.Choice(condition, _, k.Extreme() as least):
            return _unless(speaker, condition, least, speaker.program.picks[id(node)])
        case ("capped" | "floored"), k.Extreme():
            return _limit(speaker, node, "capped" if step.role == "capped" else "floor")
        case _:
            return _formula(speaker, node)


def _formula(speaker: Speaker, node: k.Node) -> Sentences:
    spelling = Spelling(speaker)
    parts = spelling.spell(node)
    sentence = fill(
        speaker.words["formula"], text=speaker.text(node), formula=joined(parts), equals=speaker.both(node)[1]
    )

    def say(numbers: Numbers, out: list[str]) -> None:
        for before in spelling.before:
            before(numbers, out)
        if len(parts) > 1:
            out.append(sentence(numbers))

    return say


def _gate(speaker: Speaker, node: k.Choice) -> Sentences:
    test = Spelling(speaker)
    condition = joined(test.spell(node.condition))
    pick, text = speaker.program.picks[id(node)], speaker.text(node)
    open_ = fill(speaker.words["gate_open"], text=text, condition=condition)
    shut = fill(speaker.words["gate_shut"], text=text, condition=condition)

    def say(numbers: Numbers, out: list[str]) -> None:
        for before in test.before:
            before(numbers, out)
        out.append((shut if numbers[pick] else open_)(numbers))

    return say


def _limit(speaker: Speaker, node: k.Extreme, key: str) -> Sentences:
    value, limit = node.operands
    pick = speaker.program.picks[id(node)]
    reckoned = Spelling(speaker)
    parts = reckoned.spell(limit)
    most: Say = joined(parts) if len(parts) == 1 else joined([*parts, " ", speaker.both(limit)[1]])
    sentence = fill(speaker.words[key], value=speaker.value(value), limit=most, paid=speaker.value(limit))

    def say(numbers: Numbers, out: list[str]) -> None:
        if numbers[pick]:
            for before in reckoned.before:
                before(numbers, out)
            out.append(sentence(numbers))

    return say


def _unless(speaker: Speaker, condition: k.Node, least: k.Extreme, pick: int) -> Sentences:
    test = Spelling(speaker)
    lifted = fill(speaker.words["cap_lifted"], condition=joined(test.spell(condition)))
    capped = _limit(speaker, least, "capped")

    def say(numbers: Numbers, out: list[str]) -> None:
        for before in test.before:
            before(numbers, out)
        if numbers[pick]:
            capped(numbers, out)
        else:
            out.append(lifted(numbers))

    return say
