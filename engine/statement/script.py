"""The sentences of each line of pay, written once for a plan and spoken for each person.

They are written from the kernel, so that what is said is what was computed; the words come from the tables
beside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from dsl.words import Lang

from .. import kernel as k
from ..compiled import Compiled
from ..evaluate import Result
from ..program import Numbers, Program
from .formula import Sentences, Speaker, Spelling, fill, joined
from .show import Say, amount, quantity

Ending = Callable[[Numbers, int], str]  # the last sentence of a line, which knows the amount


@dataclass(frozen=True, slots=True)
class Part:
    """What is said of one line of pay: the steps, and the sentence that ends in its amount."""

    steps: tuple[Sentences, ...]
    ending: Ending
    label: str
    attainment: Say | None
    facts: tuple[tuple[str, str, Say], ...]


@dataclass(frozen=True, slots=True)
class Script:
    """What is said of every line of a plan."""

    parts: tuple[Part, ...]

    def explain(self, result: Result) -> list[list[str]]:
        """For each line of pay the sentences that lead to its amount."""
        numbers = result.numbers
        spoken: list[list[str]] = []
        for part, minor in zip(self.parts, result.amounts, strict=True):
            out: list[str] = []
            for step in part.steps:
                step(numbers, out)
            out.append(part.ending(numbers, minor))
            spoken.append(out)
        return spoken


def script(result: Result, lang: Lang) -> Script:
    """The script for a result's plan in a language."""
    compiled = result.compiled
    return compiled.script(result.facts.scales, lang, lambda: write_script(compiled, result.program, lang))


def write_script(compiled: Compiled, program: Program, lang: Lang) -> Script:
    """The script of a plan, for the numbers of one program."""
    speaker = Speaker(compiled, program, lang)
    return Script(tuple(_part(speaker, line) for line in compiled.kernel.lines))


def _part(speaker: Speaker, line: k.Line) -> Part:
    kernel = speaker.compiled.kernel
    roots = [line.amount]
    used = _steps_of(kernel, roots)
    sentences = [sentence for index in used for sentence in _step(speaker, index)]
    spelling = Spelling(speaker)
    ending = _ending(speaker, line, spelling)
    attainment = None if line.attainment is None else speaker.value(kernel.steps[line.attainment].value)
    label = speaker.words[line.name] if line.kind == "salary" else speaker.label(line.name)
    if line.kind == "commission" and label == "commission":
        label = speaker.words["commission"]
    facts = tuple(_facts(speaker, line, used))
    return Part((*sentences, *spelling.before), ending, label, attainment, facts)


def _steps_of(kernel: k.Kernel, roots: Sequence[k.Node]) -> list[int]:
    """The steps that some operations hang on, in the kernel's order."""
    found: set[int] = set()
    waiting = list(roots)
    while waiting:
        for node in k.walk(waiting.pop()):
            if isinstance(node, k.Earlier) and node.index not in found:
                found.add(node.index)
                waiting.append(kernel.steps[node.index].value)
    return sorted(found)


def _facts(speaker: Speaker, line: k.Line, used: Sequence[int]) -> Iterator[tuple[str, str, Say]]:
    """The facts that made a line: name, label, and how to say the value."""
    kernel = speaker.compiled.kernel
    seen: set[int] = set()
    for root in (*(kernel.steps[index].value for index in used), line.amount):
        for node in k.walk(root):
            if isinstance(node, k.Given) and node.index not in seen:
                seen.add(node.index)
                entry = kernel.inputs[node.index]
                if entry.role == "actual":
                    yield entry.name, speaker.label(entry.name), speaker.value(node)


# ── Steps ────────────────────────────────────────────────────────────────────────────────────────────────


def _step(speaker: Speaker, index: int) -> Iterator[Sentences]:
    step = speaker.compiled.kernel.steps[index]
    match step.role:
        case "figure":
            yield from _figure(speaker, step)
        case "target":
            yield from _target(speaker, step)
        case "attainment":
            yield from _attainment(speaker, step)
        case "counted":
            yield from _counted(speaker, step)
        case "worth":
            return
        case "score":
            yield from _score(speaker, step)
        case "share":
            yield from _said(speaker, step.value, "share")
        case "salary" | "pool":
            # A constant is seen where it is used; a formula is worth a sentence.
            if not isinstance(step.value, k.Constant):
                label = speaker.words["salary" if step.role == "salary" else "bonus"]
                yield from _said(speaker, step.value, "figure", label=label)


def _just(say: Say) -> Sentences:
    return lambda numbers, out: out.append(say(numbers))


def _said(speaker: Speaker, node: k.Node, key: str, **parts: str) -> Iterator[Sentences]:
    """A formula with its value; a formula that is a single number is said once."""
    spelling = Spelling(speaker)
    formula = spelling.spell(node)
    yield from spelling.before
    template = speaker.words[key]
    if len(formula) == 1 and "plain" not in key:
        template = template.replace(" {equals}", "")
    yield _just(fill(template, formula=joined(formula), equals=speaker.both(node)[1], **parts))


def _figure(speaker: Speaker, step: k.Step) -> Iterator[Sentences]:
    spelling = Spelling(speaker)
    formula = spelling.spell(step.value)
    place = speaker.program.slots.get(id(step.value))
    key = "figure" if len(formula) > 1 else "figure_plain"
    sentence = fill(
        speaker.words[key], label=speaker.label(step.name), formula=joined(formula), equals=speaker.both(step.value)[1]
    )

    def say(numbers: Numbers, out: list[str]) -> None:
        # A figure that only an alternative not taken asks for was never computed, and is not spoken of.
        if place is None or place.read(numbers) is not None:
            for before in spelling.before:
                before(numbers, out)
            out.append(sentence(numbers))

    yield say


def _target(speaker: Speaker, step: k.Step) -> Iterator[Sentences]:
    match step.value:
        case k.Own() as node:
            pick, value = speaker.program.picks[id(node)], speaker.value(node)
            own = fill(speaker.words["own_target"], value=value)
            planned = fill(speaker.words["plan_target"], value=value)
            yield lambda numbers, out: out.append((planned if numbers[pick] else own)(numbers))
        case k.Given() as node:
            yield _just(fill(speaker.words["own_target"], value=speaker.value(node)))
        case k.Constant():
            return
        case node:
            yield from _said(speaker, node, "computed_target")


def _attainment(speaker: Speaker, step: k.Step) -> Iterator[Sentences]:
    assert isinstance(step.value, k.Arithmetic)
    actual, target = speaker.value(step.value.left), speaker.value(step.value.right)
    equals = speaker.both(step.value)[1]
    yield _just(fill(speaker.words["attainment"], actual=actual, target=target, equals=equals))


def _counted(speaker: Speaker, step: k.Step) -> Iterator[Sentences]:
    assert isinstance(step.value, k.Extreme)
    measure, limit = step.value.operands
    yield from _when_capped(speaker, step.value, "counted", attainment=speaker.value(measure), limit=speaker.value(limit))


def _when_capped(speaker: Speaker, node: k.Extreme, key: str, **parts: Say) -> Iterator[Sentences]:
    pick, sentence = speaker.program.picks[id(node)], fill(speaker.words[key], **parts)

    def say(numbers: Numbers, out: list[str]) -> None:
        if numbers[pick]:
            out.append(sentence(numbers))

    yield say


def _score(speaker: Speaker, step: k.Step) -> Iterator[Sentences]:
    node = step.value
    cap = None
    if isinstance(node, k.Extreme):
        cap, node = node, node.operands[0]
    if isinstance(node, k.Curve):
        yield _curve(speaker, node)
    if cap is not None:
        value, limit = (speaker.value(operand) for operand in cap.operands)
        yield from _when_capped(speaker, cap, "capped", value=value, limit=limit)


def _curve(speaker: Speaker, curve: k.Curve) -> Sentences:
    words = speaker.words
    pick = speaker.program.picks[id(curve)]
    measure, equals = speaker.value(curve.measure), speaker.both(curve)[1]
    says: list[Say] = []
    because: list[Say] = []
    for piece in curve.pieces:
        if piece.bound is None:
            reasons = because[:1] + because[-1:] if len(because) > 1 else because
            reason = joined([reasons[0], words["and"], reasons[1]] if len(reasons) > 1 else reasons)
            says.append(fill(words["proportional"], attainment=measure, because=reason))
            continue
        bound, factor = speaker.value(piece.bound), speaker.value(piece.slope)
        if piece.reason == "cutoff":
            says.append(fill(words["cutoff"], attainment=measure, bound=bound))
            because.append(fill(words["from_cutoff"], bound=bound))
            continue
        worth = _worth(speaker, piece)
        says.append(
            fill(words[piece.reason], attainment=measure, bound=bound, factor=factor, worth=worth, equals=equals)
        )
        because.append(fill(words["not_above"], bound=bound))

    def say(numbers: Numbers, out: list[str]) -> None:
        out.append(says[numbers[pick] or 0](numbers))

    return say


def _worth(speaker: Speaker, piece: k.Piece) -> Say:
    """What attainment at the bound of a piece is worth: where an accelerator on the excess starts from."""
    slots, lang = speaker.program.slots, speaker.lang
    assert piece.bound is not None
    slope, constant, bound = slots[id(piece.slope)], slots[id(piece.constant)], slots[id(piece.bound)]

    def say(numbers: Numbers) -> str:
        values = [slot.read(numbers) or Fraction(0) for slot in (slope, bound, constant)]
        return quantity(values[0] * values[1] + values[2], "percent", lang)[0]

    return say


# ── The amount ───────────────────────────────────────────────────────────────────────────────────────────


def _ending(speaker: Speaker, line: k.Line, spelling: Spelling) -> Ending:
    """The last sentence of a line: its formula in numbers, and the amount that is paid."""
    kernel, lang = speaker.compiled.kernel, speaker.lang
    node = line.amount
    if isinstance(node, k.Extreme) and line.kind == "kpi":
        inner, limit = node.operands
        spelling.before.extend(_said(speaker, inner, "figure", label=speaker.label(line.name)))
        spelling.before.extend(
            _when_capped(speaker, node, "capped", value=speaker.value(inner), limit=speaker.value(limit))
        )
        formula: list[Say | str] = [speaker.value(node)]
    else:
        formula = spelling.spell(node)
    constant = line.kind == "salary" and _constant(kernel, node)
    text = joined(formula)
    prefix = f"`{speaker.text(node)}`: " if line.kind == "commission" and len(formula) > 1 else ""
    slot = speaker.program.slots[id(node)]
    scale = 10**kernel.digits
    rounded_, fixed, currency = speaker.words["rounded"], speaker.words["fixed"], kernel.currency
    value = speaker.both(node)[1]

    def ending(numbers: Numbers, minor: int) -> str:
        paid = f"{amount(minor, kernel.digits, lang)} {currency}"
        if constant:
            return fixed.replace("{value}", paid)
        whole = slot.factor * scale * (1 if slot.top is None else numbers[slot.top] or 0)
        below = 1
        for place in slot.under:
            below *= numbers[place] or 1
        if whole == minor * below:
            return f"{prefix}{text(numbers)} = {paid}" if len(formula) > 1 else f"{prefix}{paid}"
        exactly = f"{text(numbers)} {value(numbers)}" if len(formula) > 1 else value(numbers)
        return prefix + rounded_.replace("{exact}", exactly).replace("{amount}", paid)

    return ending


def _constant(kernel: k.Kernel, node: k.Node) -> bool:
    if isinstance(node, k.Earlier):
        node = kernel.steps[node.index].value
    return isinstance(node, k.Constant)
