"""The sentences of each line of pay, written once for a plan and spoken for each person.

They are written from the kernel, so that what is said is what was computed; the words come from the tables
beside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from weakref import WeakKeyDictionary

from dsl import tree
from dsl.check.scope import TAKEN_OFF
from dsl.place import Place
from dsl.words import Lang

from .. import kernel as k
from ..compile import Shape
from ..evaluate import Result
from ..integers.executable import Numbers
from ..money import rounded
from . import condition, reckoning, steps
from .clauses import chain, paid, stays_of
from .closing import Told, closing, preceded, unrounded
from .groups import advanced, recovered, reduced, rest, settled
from .marks import PAID, Marks, around
from .reached import Reach, reach
from .reasons import Clause
from .show import Say, grouped
from .speech import Amount, Speaker, Telling, fill, just
from .teller import Needs, Teller, Ways

Rounder = Callable[[Numbers, int], Amount]
WAYS = Ways(reckoning.explained, condition.reasons, steps.told)


@dataclass(frozen=True, slots=True)
class LineScript:
    """What is said of one line of pay: how it comes about, ending in its amount.

    `silent` is what is no line of pay where it comes to nothing: a cap that took nothing off. `told` is what
    its sentences are gathered in. The attainment and the value of a fact are said twice: for people, and for
    machines. `carried` is what a recovery leaves over, in minor units.
    """

    line: k.PayLine
    clause: Clause
    telling: Telling
    rounder: Rounder
    silent: bool
    told: Callable[[], list[str]]
    label: str
    attainment: tuple[Say, Say] | None
    carried: Callable[[Numbers], int] | None
    reach: Reach
    facts: tuple[tuple[str, str, Say, Say], ...]


@dataclass(frozen=True, slots=True)
class ResultScript:
    """What is said of a result: how it comes about, ending in its value; an amount is rounded as pay is."""

    name: str
    label: str
    node: k.Node
    clause: Clause
    telling: Telling
    rounder: Rounder | None
    told: Callable[[], list[str]]
    facts: tuple[tuple[str, str, Say, Say], ...]

    def explain(self, numbers: Numbers, minor: int) -> list[str]:
        """The sentences that lead to its value; to an amount in minor units, where it is one."""
        out = self.told()
        self.telling(numbers, out, None if self.rounder is None else self.rounder(numbers, minor))
        return out if type(out) is list else [*out]


@dataclass(frozen=True, slots=True)
class Script:
    """What is said of every line of a plan, and of its results."""

    parts: tuple[LineScript, ...]
    results: tuple[ResultScript, ...]

    def explain(self, result: Result) -> list[list[str]]:
        """For each line of pay the sentences that lead to its amount."""
        numbers = result.numbers
        spoken: list[list[str]] = []
        for part, minor in zip(self.parts, result.amounts, strict=True):
            out = part.told()
            if minor or not part.silent:
                part.telling(numbers, out, part.rounder(numbers, minor))
            spoken.append(out if type(out) is list else [*out])
        return spoken


# What was written lies beside the code that it tells of, and goes with it; nothing in a script holds its key.
WRITTEN: WeakKeyDictionary[Shape, dict[Lang, Script]] = WeakKeyDictionary()


def script(result: Result, lang: Lang) -> Script:
    """The script for a result's plan in a language, written when it is first needed."""
    scripts = WRITTEN.setdefault(result.facts.shape, {})
    if lang not in scripts:
        scripts[lang] = write_script(result, lang)
    return scripts[lang]


def write_script(result: Result, lang: Lang, marks: Marks | None = None) -> Script:
    """The script of a result's plan for one sort of people, for the numbers of one program."""
    speaker = Speaker(result.compiled.checked, result.kernel, result.program, lang, marks)
    needs = Needs(speaker.kernel)
    return Script(
        tuple(_part(speaker, needs, line, reach(result, line, lang)) for line in speaker.kernel.lines),
        tuple(_result(speaker, needs, index) for index in speaker.kernel.results),
    )


def _part(speaker: Speaker, needs: Needs, line: k.PayLine, rows: Reach) -> LineScript:
    nothing = speaker.words["nothing_off" if line.kind in TAKEN_OFF else "nothing"]
    teller = Teller(speaker, WAYS, needs, line.name, nothing, needs.of(line.reckoned).guarded)
    value = None if line.attainment is None else speaker.kernel.steps[line.attainment].value
    attainment = None if value is None else (speaker.number(value), speaker.exact(value))
    rounder = _rounder(speaker, line.reckoned, off=line.kind in TAKEN_OFF, group=bool(line.of))
    telling, label = _telling(teller, line), speaker.title(line)
    facts, clause = tuple(_facts(speaker, line.amount)), _clause(speaker, line.place)
    told: Callable[[], list[str]] = Told if teller.guarded else list
    carried = rest(speaker, line)
    said = telling, rounder, bool(line.of), told, label, attainment, carried
    return LineScript(line, clause, *said, rows, facts)


def _result(speaker: Speaker, needs: Needs, index: int) -> ResultScript:
    kernel = speaker.kernel
    step = kernel.steps[index]
    node = step.value if step.made is None else step.made.base
    guarded = needs.of(node).guarded
    teller = Teller(speaker, WAYS, needs, step.name, speaker.words["nothing"], guarded)
    label, line = speaker.label(step.name), speaker.checked.scope.figures[step.name]
    if node.kind == "yes_no":
        telling = preceded(steps.called(teller, node, label), _silent)
    elif isinstance(line, tree.Balance) and node.place == line.place:
        telling = teller.explained(node, speaker.words["account"] + ": ")
    else:
        telling = _base(teller, None, node)
    rounder = _rounder(speaker, node) if node.kind == "money" else None
    told: Callable[[], list[str]] = Told if guarded else list
    clause, facts = _clause(speaker, line.place), tuple(_facts(speaker, step.value))
    return ResultScript(step.name, label, step.value, clause, telling, rounder, told, facts)


def _silent(_: Numbers, __: list[str], ___: Amount | None = None, /) -> None:
    """Nothing is left to be said."""


def _clause(speaker: Speaker, whole: Place) -> Clause:
    """Where the plan says a line, and in which words."""
    file, place = speaker.checked.source.part(whole)
    return Clause(PurePath(file.name).name, file.position(place.start).line, file.words(place))


def _facts(speaker: Speaker, whole: k.Node) -> Iterator[tuple[str, str, Say, Say]]:
    """The facts that made a value: name, label, and how to say the value to people and to machines."""
    kernel = speaker.kernel
    steps = {node.index for node in k.needed(kernel, [whole]) if isinstance(node, k.Earlier)}
    seen: set[int] = set()
    for root in (*(kernel.steps[index].value for index in sorted(steps)), whole):
        for node in k.walk(root):
            if isinstance(node, k.Actual | k.Own) and node.index not in seen:
                seen.add(node.index)
                entry = kernel.inputs[node.index]
                if entry.role == "actual":
                    say = speaker.answer(node) if node.kind == "yes_no" else speaker.number(node)
                    yield entry.name, speaker.label(entry.name), say, speaker.exact(node)


# ── How a line comes about ───────────────────────────────────────────────────────────────────────────────


def _telling(teller: Teller, line: k.PayLine) -> Telling:
    match line.limits:
        case (k.Netted() as limit,):
            return recovered(teller, limit, lambda owed: _earned(teller, line, owed))
        case (k.Advanced() as limit,):
            return advanced(teller, limit, lambda promised: _earned(teller, line, promised))
        case (_, *_):
            return reduced(teller, line.limits, lambda order: _earned(teller, line, order))
        case _:
            return settled(teller, line) if line.of else _earned(teller, line, line.reckoned)


def _earned(teller: Teller, line: k.PayLine, node: k.Node) -> Telling:
    """What a line pays before its clauses, and what they make of it."""
    kernel = teller.speaker.kernel
    clauses, base = chain(kernel, node)
    if clauses and len(stays_of(clauses[-1])) > 1:
        return paid(teller, clauses, _stays(teller, line, clauses[-1]), fixed=False)
    if isinstance(base, k.Earlier) and kernel.steps[base.index].role == "earned":
        base = kernel.steps[base.index].value
    value = kernel.steps[base.index].value if isinstance(base, k.Earlier) else base
    return paid(teller, clauses, _base(teller, line.kind, base), fixed=isinstance(value, k.Constant))


def _stays(teller: Teller, line: k.PayLine, step: k.Step) -> Telling:
    """What a line comes to by each group that somebody was in, one after another."""
    speaker, made = teller.speaker, step.made
    assert isinstance(made, k.Stayed)
    label, template = speaker.label(made.group), speaker.words["stay"]
    several: list[Telling] = []
    for number, stay in enumerate(made.stays, 1):
        days, whole = speaker.number(stay.days), speaker.number(made.whole)
        lead = fill(template, number=str(number), group=label, days=days, whole=whole)
        several.append(preceded([just(lead)], _earned(teller, line, stay.base)))

    def tell(numbers: Numbers, out: list[str], _: Amount | None = None) -> None:
        for telling in several:
            telling(numbers, out)

    return tell


def _base(teller: Teller, kind: k.LineKind | None, node: k.Node) -> Telling:
    speaker, kernel = teller.speaker, teller.speaker.kernel
    match node:
        case k.Constant():
            return closing(speaker, "fixed", node)
        case k.Actual(index):
            return teller.explained(node, f"{speaker.label(kernel.inputs[index].name)}: ")
        case k.Earlier(index) if _told_here(kernel, index):
            return _named(teller, index)
        case k.Arithmetic(_, k.Earlier(), k.Earlier(score)) if kind == "kpi":
            return _kpi(teller, node, score)
        case _ if isinstance(node, k.Piecewise) or kind in {"milestone", "piece", "kpi"}:
            return teller.explained(node, "")
        case _:
            return teller.explained(node, teller.quoted(node))


def _told_here(kernel: k.Kernel, index: int) -> bool:
    """Whether a step that is paid as it is has no place of its own where it is told of."""
    return kernel.steps[index].role in {"figure", "salary", "drawn"} and index not in kernel.results


def _named(teller: Teller, index: int) -> Telling:
    """A figure, the salary, or what records come to, that is paid as it is."""
    speaker = teller.speaker
    step = speaker.kernel.steps[index]
    if step.role == "drawn":
        return teller.tell(index, teller.explained(step.value, ""))
    if step.role == "figure":
        return teller.tell(index, teller.explained(step.value, f"{speaker.label(step.name)}: "))
    if isinstance(step.value, k.Constant):
        return closing(speaker, "fixed", step.value)
    return teller.tell(index, teller.explained(step.value, teller.quoted(step.value)))


def _kpi(teller: Teller, node: k.Node, score: int) -> Telling:
    """A KPI: first what its attainment is worth, then of how much money that is a share."""
    worth = teller.mention(score)
    return preceded(worth, teller.explained(node, ""))


# ── The amount ───────────────────────────────────────────────────────────────────────────────────────────


def _rounder(speaker: Speaker, node: k.Node, *, off: bool = False, group: bool = False) -> Rounder:
    """An amount as it is said: by how much it is taken `off`, where it is less than nothing."""
    kernel, words = speaker.kernel, speaker.words
    slot, digits = speaker.program.slots[id(node)], kernel.digits
    numerator, denominator = (slot.factor * 10**digits).as_integer_ratio()
    top, under, scale, mark = slot.top, slot.under, 10**digits, words["decimal"]
    rounding = words["rounded"].replace("%", "%%").format(exact="%s", amount="%s")
    head, foot = ("", "") if speaker.marks is None else around("n", PAID, "|").split("|")
    suffix = f" {kernel.currency}" + (words["taken_off"] if off else "") + foot

    def rounder(numbers: Numbers, minor: int) -> Amount:
        exact = numerator * (1 if top is None else numbers[top] or 0)
        below = denominator
        for place in under:
            below *= numbers[place] or 1
        if off or (group and minor < 0):
            exact, minor = -exact, -minor
        whole, part = divmod(abs(minor), scale)
        text = f"{head}{'−' if minor < 0 else ''}{grouped(whole)}"
        text += f"{mark}{str(scale + part)[1:]}{suffix}" if digits else suffix
        if exact == minor * below:
            return text, True
        number, told = unrounded(exact, below, digits, mark)
        return rounding % (number, text), told

    if top is not None or under:
        return rounder
    same = rounder((), rounded(numerator, denominator))  # what the plan fixes is the same for everybody
    return lambda _, __: same
