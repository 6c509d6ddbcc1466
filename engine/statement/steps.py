"""What is said of a step on the way to a line of pay: a figure, a target, an attainment, what it is worth."""

from __future__ import annotations

from .. import kernel as k
from ..integers.executable import Numbers
from .closing import closing
from .formula import spelt
from .speech import Sentences, fill, joined, just, when
from .teller import Teller


def told(teller: Teller, index: int) -> list[Sentences]:  # noqa: PLR0911  # one for each role
    """What is said of a step; nothing of a constant, which is seen where it is used."""
    speaker = teller.speaker
    step, words = speaker.kernel.steps[index], speaker.words
    match step.role:
        case "figure" if index in speaker.kernel.results:
            return _shown(teller, step.value, speaker.label(step.name))
        case "figure":
            return called(teller, step.value, speaker.label(step.name))
        case "salary" if not isinstance(step.value, k.Constant):
            return called(teller, step.value, words["full_salary"])
        case "pool" if not isinstance(step.value, k.Constant):
            return called(teller, step.value, words["bonus"])
        case "printed" | "left":
            line = next(line for line in speaker.kernel.lines if line.name == step.name and not line.of)
            label = speaker.title(line)
            return [just(fill(words[step.role], label=label, amount=speaker.number(step.value)))]
        case "section" | "together":
            label = speaker.label(step.name) if step.role == "section" else words[step.name]
            return [just(fill(words["printed"], label=label, amount=speaker.number(step.value)))]
        case "target":
            return _target(teller, step)
        case "attainment":
            own, label = step.name == teller.name, speaker.label(step.name)
            reached = words["reached"] if own else words["reached_of"].format(label=label)
            return [teller.explained(step.value, f"{reached}: ")]
        case "counted":
            return _counted(teller, step)
        case "score":
            return _score(teller, step)
        case "drawn":
            return [teller.explained(step.value, "")]
        case "off" | "spread" | "share":
            return [teller.explained(step.value, words[step.role])]
        case _:
            return []


def _shown(teller: Teller, node: k.Node, label: str) -> list[Sentences]:
    """A result, which is told of by itself: what it comes to."""
    speaker = teller.speaker
    if node.kind == "yes_no":
        return [just(fill(speaker.words["answered"], label=label, answer=speaker.answer(node)))]
    value = joined([speaker.about(node), speaker.number(node)])
    return [just(fill(speaker.words["answered"], label=label, answer=value))]


def called(teller: Teller, node: k.Node, label: str) -> list[Sentences]:
    """What something is called, and how it comes about."""
    if node.kind != "yes_no":
        return [teller.explained(node, f"{label}: ")]
    answer = teller.speaker.answer(node)
    if isinstance(node, k.Constant | k.Actual):
        return [just(fill(teller.speaker.words["answered"], label=label, answer=answer))]
    reasons, so, said = teller.reasons(node), teller.speaker.words["so"], teller.speaker.said
    return [
        lambda numbers, out: out.append(
            said("chosen", f"{label}: {reasons(numbers, out)}{so}{answer(numbers)}")
        )
    ]


def _target(teller: Teller, step: k.Step) -> list[Sentences]:
    aim, node = teller.aim(step.name), step.value
    match node:
        case k.Constant():
            return []
        case k.Actual():
            return [closing(teller.speaker, "own_target", node, aim=aim)]
        case _:
            return [teller.explained(node, f"{aim}: ")]


def _counted(teller: Teller, step: k.Step) -> list[Sentences]:
    """The cap of attainment, where it is reached, and what lifts it, where something does."""
    assert isinstance(step.made, k.Limit)
    told = _capped if step.made.unless is None else _lifted
    return [*spelt(teller, step.made.base).before, told(teller, step.made)]


def _lifted(teller: Teller, cap: k.Limit) -> Sentences:
    assert cap.unless is not None
    holds, lifted, stays = teller.lifting(cap.unless, cap.held.place)
    bites, capped = teller.speaker.picked(cap.held), _capped(teller, cap)

    def say(numbers: Numbers, out: list[str]) -> None:
        if holds(numbers):
            lifted(numbers, out)
        elif bites(numbers):
            stays(numbers, out)
            capped(numbers, out)

    return say


def _capped(teller: Teller, cap: k.Limit) -> Sentences:
    speaker = teller.speaker
    formula = spelt(teller, cap.limit)
    said = fill(
        speaker.words["counted"],
        attainment=speaker.number(cap.base),
        limit=formula.valued(cap.limit),
        counts=speaker.number(cap.limit),
    )
    return when(speaker.picked(cap.held), [*formula.before, just(said)])


def _score(teller: Teller, step: k.Step) -> list[Sentences]:
    """What attainment is worth: a curve, or, without any clause that says so, itself."""
    node, speaker = step.value, teller.speaker
    if isinstance(node, k.Earlier):
        said = fill(speaker.words["plainly"], attainment=speaker.number(node))
        return [*teller.mention(node.index), just(said)]
    return [teller.explained(node, "")]
