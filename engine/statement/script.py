"""The sentences of each line of pay, written once for a plan and spoken for each person.

They are written from the kernel, so that what is said is what was computed; the words come from the tables
beside. A number that is reckoned with is always exact, so that each step can be checked with a calculator.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from dsl.words import Lang

from .. import kernel as k
from ..compiled import Compiled
from ..evaluate import Result
from ..money import rounded
from ..program import Numbers, Program
from .formula import Spelling
from .needs import Needs, needs
from .show import PLACES, Say, amount, decimal, nearest
from .speaker import Part, Sentences, Speaker, apart, compose, fill, just, quoted, when

Ending = Callable[[Numbers, int], str]  # the last sentence of a line, which knows the amount


@dataclass(frozen=True, slots=True)
class Section:
    """What is said of one line of pay: the steps, and the sentence that ends in its amount."""

    steps: tuple[Sentences, ...]
    ending: Ending
    label: str
    attainment: Say | None
    facts: tuple[tuple[str, str, Say], ...]
    clause: dict[str, object]


@dataclass(frozen=True, slots=True)
class Script:
    """What is said of every line of a plan."""

    parts: tuple[Section, ...]

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
    return Script(tuple(_section(speaker, line) for line in compiled.kernel.lines))


def _section(speaker: Speaker, line: k.Line) -> Section:
    kernel, source = speaker.kernel, speaker.compiled.source
    root = line.amount
    if line.kind == "salary" and isinstance(root, k.Earlier):
        root = kernel.steps[root.index].value  # its formula ends in the amount, and needs no step of its own
    spelling = Spelling(speaker)
    ending = _ending(speaker, line, root, spelling)
    wanted = needs(speaker, root)
    sentences = _steps(speaker, wanted)
    attainment = None if line.attainment is None else kernel.steps[line.attainment].value
    label = speaker.words[line.name] if line.kind == "salary" else speaker.label(line.name)
    if line.kind == "commission" and label == "commission":
        label = speaker.words["commission"]
    return Section(
        (*sentences, *spelling.before),
        ending,
        label,
        None if attainment is None else speaker.saying(attainment).plain,
        tuple(_facts(speaker, root, wanted.steps)),
        {
            "file": source.name,
            "line": source.position(line.place.start).line,
            "text": quoted(source, line.place),
        },
    )


def _facts(speaker: Speaker, root: k.Node, used: Sequence[int]) -> Iterator[tuple[str, str, Say]]:
    """The facts that made a line: name, label, and how to say the value."""
    kernel = speaker.kernel
    seen: set[int] = set()
    for value in (*(kernel.steps[index].value for index in used), root):
        for node in reversed([*k.walk(value)]):
            if isinstance(node, k.Given) and node.index not in seen:
                seen.add(node.index)
                entry = kernel.inputs[node.index]
                if entry.role == "actual":
                    yield entry.name, speaker.label(entry.name), speaker.saying(node).exact


# ── Steps ────────────────────────────────────────────────────────────────────────────────────────────────


def _steps(speaker: Speaker, wanted: Needs) -> list[Sentences]:
    """What is said of the steps of a line; of those that not everybody needs, only where they were needed."""
    said = [(index, [*_step(speaker, index)]) for index in wanted.steps]
    if all(index in wanted.certain for index, sentences in said if sentences):
        return [one for _, sentences in said for one in sentences]

    def say(numbers: Numbers, out: list[str]) -> None:
        found = wanted.some(numbers)
        for index, sentences in said:
            if index in found:
                for one in sentences:
                    one(numbers, out)

    return [say]


def _step(speaker: Speaker, index: int) -> Iterator[Sentences]:
    step = speaker.kernel.steps[index]
    words = speaker.words
    match step.role:
        case "figure":
            yield from _named(speaker, step.value, speaker.label(step.name))
        case "target":
            yield from _target(speaker, step)
        case "attainment":
            yield from _attainment(speaker, step)
        case "counted":
            yield from _counted(speaker, step)
        case "score":
            yield from _score(speaker, step)
        case "share":
            yield from _share(speaker, step)
        case "salary":
            # A constant is seen where it is used; a formula is worth a sentence.
            if not isinstance(step.value, k.Constant):
                yield from _named(speaker, step.value, words["salary"])
        case "pool" | "worth":
            return  # said with the share, and with the score
        case _:
            assert_never(step.role)


def _named(speaker: Speaker, node: k.Node, label: str) -> Iterator[Sentences]:
    """What something is called, its formula, and what it comes to."""
    if node.kind == "yes_no":
        yield from _condition(speaker, node, label)
        return
    spelling = Spelling(speaker)
    formula = spelling.spell(node)
    yield from spelling.before
    equals = speaker.saying(node).equals
    if len(formula) > 1:
        yield just(fill(speaker.words["figure"], label=label, formula=formula, equals=equals))
    else:
        value: Say = lambda numbers: equals(numbers).removeprefix("= ")  # noqa: E731  # of one type with others
        yield just(fill(speaker.words["figure_plain"], label=label, formula=value))


def _condition(speaker: Speaker, node: k.Node, label: str) -> Iterator[Sentences]:
    words, spelling = speaker.words, Spelling(speaker)
    reckoned = isinstance(node, k.Comparison | k.Logic | k.Denial)
    answers = spelling.verdict(node) if reckoned else ([], [])
    says = [
        fill(words["figure_answer" if reckoned else "figure_plain"], label=label, formula=answer, why=why)
        for answer, why in zip((words["yes"], words["no"]), answers, strict=True)
    ]
    holds = speaker.truth(node)
    if isinstance(node, k.Choice):
        spelling.spell(node)
    yield from spelling.before
    yield lambda numbers, out: out.append(says[0 if holds(numbers) else 1](numbers))


def _said(speaker: Speaker, node: k.Node, key: str) -> Iterator[Sentences]:
    """A formula with its value; a single number is said once."""
    spelling = Spelling(speaker)
    formula = spelling.valued(node)
    yield from spelling.before
    yield just(fill(speaker.words[key], formula=formula))


def _target(speaker: Speaker, step: k.Step) -> Iterator[Sentences]:
    words = speaker.words
    match step.value:
        case k.Own(_, otherwise) as node:
            own = fill(words["own_target"], value=speaker.saying(node).exact)
            yield when(speaker.picked(node, 0), [just(own)])
            yield when(speaker.picked(node, 1), [*_said(speaker, otherwise, "plan_target")])
        case k.Given() as node:
            yield just(fill(words["own_target"], value=speaker.saying(node).exact))
        case k.Constant():
            return
        case node:
            yield from _said(speaker, node, "computed_target")


def _attainment(speaker: Speaker, step: k.Step) -> Iterator[Sentences]:
    assert isinstance(step.value, k.Arithmetic)
    actual, target = speaker.bracketed(step.value.left), speaker.bracketed(step.value.right)
    equals = speaker.saying(step.value).equals
    yield just(fill(speaker.words["attainment"], actual=actual, target=target, equals=equals))


def _counted(speaker: Speaker, step: k.Step) -> Iterator[Sentences]:
    assert isinstance(step.value, k.Extreme)
    yield _capped(speaker, step.value, "counted")


def _share(speaker: Speaker, step: k.Step) -> Iterator[Sentences]:
    assert isinstance(step.value, k.Arithmetic)
    if isinstance(step.value.left, k.Earlier):
        pool = speaker.kernel.steps[step.value.left.index].value
        if not isinstance(pool, k.Constant):
            yield from _named(speaker, pool, speaker.words["bonus"])
    yield from _said(speaker, step.value, "share")


def _capped(speaker: Speaker, node: k.Extreme, key: str) -> Sentences:
    """A sentence that is said where a cap is reached."""
    value, limit = apart(*(speaker.saying(operand) for operand in node.operands))
    return when(speaker.picked(node, 1), [just(fill(speaker.words[key], value=value, limit=limit))])


def _score(speaker: Speaker, step: k.Step) -> Iterator[Sentences]:
    node = step.value
    cap = None
    if isinstance(node, k.Extreme):
        cap, node = node, node.operands[0]
    if isinstance(node, k.Curve):
        yield _curve(speaker, node)
    if cap is not None:
        yield _capped(speaker, cap, "capped")


def _curve(speaker: Speaker, curve: k.Curve) -> Sentences:
    """Which clause of the KPI decided, and what it made of attainment."""
    words = speaker.words
    place = speaker.program.picks[id(curve)]
    equals, measured = speaker.saying(curve).equals, speaker.saying(curve.measure)
    says: list[Say] = []
    because: dict[str, list[Part]] = {}
    for piece in curve.pieces:
        if piece.bound is None:
            reasons = [*because.values()]
            reason = [*reasons[0], words["and"], *reasons[1]] if len(reasons) > 1 else reasons[0]
            says.append(fill(words["proportional"], attainment=measured.plain, because=reason))
            continue
        attainment, bound = apart(measured, speaker.saying(piece.bound))
        if piece.reason == "cutoff":
            says.append(fill(words["cutoff"], attainment=attainment, bound=bound))
            because["cutoff"] = [fill(words["from_cutoff"], bound=bound)]
            continue
        formula, factor = speaker.worth(curve, piece), speaker.saying(piece.slope).exact
        said = fill(
            words[piece.reason],
            attainment=attainment,
            bound=bound,
            factor=factor,
            formula=formula,
            equals=equals,
        )
        says.append(said)
        # The lowest bound comes last, and says all of it.
        because["accel"] = [fill(words["not_above"], bound=bound)]
    return lambda numbers, out: out.append(says[numbers[place] or 0](numbers))


# ── The amount ───────────────────────────────────────────────────────────────────────────────────────────


def _ending(speaker: Speaker, line: k.Line, node: k.Node, spelling: Spelling) -> Ending:
    """The last sentence of a line: its formula in numbers, and the amount that is paid."""
    digits, lang, currency = speaker.kernel.digits, speaker.lang, speaker.kernel.currency
    if isinstance(node, k.Constant):
        fixed = speaker.words["fixed"]
        return lambda _, minor: fixed.replace("{value}", f"{amount(minor, digits, lang)} {currency}")
    if isinstance(node, k.Extreme) and line.kind == "kpi":
        spelling.before.extend(_named(speaker, node.operands[0], speaker.label(line.name)))
        spelling.before.append(_capped(speaker, node, "capped"))
        formula: list[Part] = [speaker.saying(node).exact]
    else:
        formula = spelling.spell(node)
    text = compose(formula)
    prefix = f"`{speaker.text(node)}`: " if line.kind != "kpi" and len(formula) > 1 else ""
    slot = speaker.program.slots[id(node)]
    factor, top, under = slot.factor * 10**digits, slot.top, slot.under
    numerator, denominator, single = factor.numerator, factor.denominator, len(formula) == 1
    said = speaker.words["rounded"]

    def ending(numbers: Numbers, minor: int) -> str:
        paid = f"{amount(minor, digits, lang)} {currency}"
        value = numerator * (1 if top is None else numbers[top] or 0)
        below = denominator
        for place in under:
            below *= numbers[place] or 1
        if value == minor * below:
            return f"{prefix}{paid}" if single else f"{prefix}{text(numbers)} = {paid}"
        exactly, sign = unrounded(value, below, digits, speaker.words["decimal"])
        before = text(numbers) if not single else ""
        exactly = f"{before} {sign} {exactly}" if before else exactly if sign == "=" else f"{sign} {exactly}"
        return prefix + said.replace("{exact}", exactly).replace("{amount}", paid)

    return ending


def unrounded(value: int, below: int, digits: int, mark: str) -> tuple[str, str]:
    """An amount in minor units before it is rounded, as money, and the sign that stands before it.

    Six decimals, or as many more as it takes that whoever rounds them comes to the same amount.
    """
    count = PLACES
    while True:
        found, ends = nearest(value, below * 10**digits, count)
        if rounded(found, 10 ** (count - digits)) == rounded(value, below):
            return decimal(found, count, mark), "=" if ends else "≈"
        count += PLACES
