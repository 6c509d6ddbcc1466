"""The sentences of each line of pay, written once for a plan and spoken for each person.

They are written from the kernel, so that what is said is what was computed; the words come from the tables beside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dsl.words import Lang

from .. import kernel as k
from ..compiled import Compiled
from ..evaluate import Result
from ..program import Numbers, Program
from .clauses import clause
from .curve import spoken
from .formula import Spelling
from .show import Say, amount
from .speech import Sentences, Speaker, fill, joined, just

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
    kernel = result.kernel
    return result.facts.shape.script(lang, lambda: write_script(compiled, kernel, result.program, lang))


def write_script(compiled: Compiled, kernel: k.Kernel, program: Program, lang: Lang) -> Script:
    """The script of a plan for one sort of people, for the numbers of one program."""
    speaker = Speaker(compiled, kernel, program, lang)
    return Script(tuple(_part(speaker, line) for line in kernel.lines))


def _part(speaker: Speaker, line: k.Line) -> Part:
    kernel = speaker.kernel
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
    kernel = speaker.kernel
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
    step = speaker.kernel.steps[index]
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
        case "share" | "earned":
            yield from _said(speaker, step.value, step.role)
        case "gated" | "multiplied" | "capped" | "floored" | "prorated" | "rounded":
            yield clause(speaker, step)
        case "salary" | "pool":
            # A constant is seen where it is used; a formula is worth a sentence.
            if not isinstance(step.value, k.Constant):
                label = speaker.words["salary" if step.role == "salary" else "bonus"]
                yield from _said(speaker, step.value, "figure", label=label)


def _said(speaker: Speaker, node: k.Node, key: str, **parts: str) -> Iterator[Sentences]:
    """A formula with its value; a formula that is a single number is said once."""
    spelling = Spelling(speaker)
    formula = spelling.spell(node)
    yield from spelling.before
    template = speaker.words[key]
    if len(formula) == 1 and "plain" not in key:
        template = template.replace(" {equals}", "")
    yield just(fill(template, formula=joined(formula), equals=speaker.both(node)[1], **parts))


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
            yield just(fill(speaker.words["own_target"], value=speaker.value(node)))
        case k.Constant():
            return
        case node:
            yield from _said(speaker, node, "computed_target")


def _attainment(speaker: Speaker, step: k.Step) -> Iterator[Sentences]:
    assert isinstance(step.value, k.Arithmetic)
    actual, target = speaker.value(step.value.left), speaker.value(step.value.right)
    equals = speaker.both(step.value)[1]
    yield just(fill(speaker.words["attainment"], actual=actual, target=target, equals=equals))


def _counted(speaker: Speaker, step: k.Step) -> Iterator[Sentences]:
    """The cap of attainment, where it is reached; and what lifts it, where something does."""
    node = step.value
    unless = None
    if isinstance(node, k.Choice):
        unless, node = node, node.otherwise
    assert isinstance(node, k.Extreme)
    measure, limit = (speaker.value(operand) for operand in node.operands)
    pick, sentence = speaker.program.picks[id(node)], fill(speaker.words["counted"], attainment=measure, limit=limit)
    test = Spelling(speaker)
    lifted: Say | None = None
    lifting = 0
    if unless is not None:
        lifted = fill(speaker.words["cap_lifted"], condition=joined(test.spell(unless.condition)))
        lifting = speaker.program.picks[id(unless)]

    def say(numbers: Numbers, out: list[str]) -> None:
        for before in test.before:
            before(numbers, out)
        if lifted is not None and not numbers[lifting]:
            out.append(lifted(numbers))
        elif numbers[pick]:
            out.append(sentence(numbers))

    yield say


def _score(speaker: Speaker, step: k.Step) -> Iterator[Sentences]:
    if isinstance(step.value, k.Curve):
        yield spoken(speaker, step.value)


# ── The amount ───────────────────────────────────────────────────────────────────────────────────────────


def _ending(speaker: Speaker, line: k.Line, spelling: Spelling) -> Ending:
    """The last sentence of a line: its formula in numbers, and the amount that is paid."""
    kernel, lang = speaker.kernel, speaker.lang
    node = line.amount
    formula = spelling.spell(node)
    constant = line.kind == "salary" and _constant(kernel, node)
    text = joined(formula)
    spelt = line.kind not in {"salary", "kpi"} and len(formula) > 1
    prefix = f"`{speaker.text(node)}`: " if spelt else ""
    slot = speaker.program.slots[id(node)]
    factor = slot.factor * 10**kernel.digits
    numerator, denominator = factor.as_integer_ratio()
    rounded_, fixed, currency = speaker.words["rounded"], speaker.words["fixed"], kernel.currency
    value = speaker.both(node)[1]

    def ending(numbers: Numbers, minor: int) -> str:
        paid = f"{amount(minor, kernel.digits, lang)} {currency}"
        if constant:
            return fixed.replace("{value}", paid)
        whole = numerator * (1 if slot.top is None else numbers[slot.top] or 0)
        below = denominator
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
