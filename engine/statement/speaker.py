"""What sentences are made from: templates, and the sayings of a plan's numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import assert_never

from dsl.source import Place, Source
from dsl.words import Lang

from .. import kernel as k
from ..compiled import Compiled
from ..program import Numbers, Program
from ..signs import Sign, signs
from .show import Say, Saying, fixed, precise, quantity, saying, vocabulary

STEPS = 8  # accelerators on the excess that are spelled one by one; nobody has so many

Part = Say | str
Parts = Sequence[Part]
Sentences = Callable[[Numbers, list[str]], None]  # adds what it has to say
Test = Callable[[Numbers], object]  # whether something holds


def compose(parts: Parts) -> Say:
    """Parts one after another."""
    texts = [""]
    says: list[Say] = []
    for part in parts:
        if isinstance(part, str):
            texts[-1] += part
        else:
            says.append(part)
            texts.append("")
    if not says:
        whole = texts[0]
        return lambda _: whole
    if len(says) == 1:
        if not texts[0] and not texts[1]:
            return says[0]
        only, before, after = says[0], *texts
        return lambda numbers: f"{before}{only(numbers)}{after}"
    form = "%s".join(text.replace("%", "%%") for text in texts)
    several = tuple(says)
    return lambda numbers: form % tuple([say(numbers) for say in several])


def fill(template: str, **parts: Parts | Part) -> Say:
    """A sentence with parts in the places of their names."""
    first, *pieces = template.split("{")
    found: list[Part] = [first]
    for piece in pieces:
        name, rest = piece.split("}", 1)
        part = parts[name]
        found.extend([part] if isinstance(part, str) or callable(part) else part)
        found.append(rest)
    return compose(found)


def just(say: Say) -> Sentences:
    """One sentence, whatever the numbers are."""
    return lambda numbers, out: out.append(say(numbers))


def when(test: Test, sentences: Sequence[Sentences]) -> Sentences:
    """Sentences that are said only where a test holds."""
    several = tuple(sentences)

    def say(numbers: Numbers, out: list[str]) -> None:
        if test(numbers):
            for one in several:
                one(numbers, out)

    return say


def apart(one: Saying, other: Saying) -> tuple[Say, Say]:
    """Two numbers that are compared: read easily, but never as the same text where they differ."""
    if one.sure and other.sure:
        return one.plain, other.plain

    def first(numbers: Numbers) -> str:
        text = one.plain(numbers)
        return one.exact(numbers) if text == other.plain(numbers) else text

    def second(numbers: Numbers) -> str:
        text = other.plain(numbers)
        return other.exact(numbers) if text == one.plain(numbers) else text

    return first, second


@dataclass(slots=True)
class Speaker:
    """A plan, the code whose numbers are spoken of, and the reader's language."""

    compiled: Compiled
    program: Program
    lang: Lang
    words: dict[str, str] = field(init=False)
    signs: dict[int, Sign] = field(init=False)
    known: dict[int, Saying] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.words = dict(vocabulary(self.lang))
        self.signs = signs(self.compiled.kernel)

    @property
    def kernel(self) -> k.Kernel:
        """The meaning of the plan."""
        return self.compiled.kernel

    def text(self, node: k.Node) -> str:
        """The author's words that an operation came from, without brackets round all of them."""
        text = quoted(self.compiled.source, node.place)
        while text.startswith("(") and _closing(text) == len(text) - 1:
            text = text[1:-1].strip()
        return text

    def label(self, name: str) -> str:
        """What people call a fact, a figure or a line."""
        return self.compiled.checked.scope.label(name)

    def name(self, node: k.Given | k.Earlier) -> str:
        """What people call what an operation reads."""
        if isinstance(node, k.Given):
            return self.label(self.kernel.inputs[node.index].name)
        return self.label(self.kernel.steps[node.index].name)

    def saying(self, node: k.Node) -> Saying:
        """The sayings of an operation's value."""
        step = self.kernel.steps[node.index] if isinstance(node, k.Earlier) else None
        # All who read a step read the same number.
        key = id(node) if step is None else id(step)
        if key not in self.known:
            self.known[key] = self._verdict(node) if node.kind == "yes_no" else self._number(node, step)
        return self.known[key]

    def _number(self, node: k.Node, step: k.Step | None) -> Saying:
        if step is not None:
            return self._step(step)
        if isinstance(node, k.Constant):
            text, sure = quantity(node.value, node.kind, self.lang)
            return fixed(text, precise(node.value, node.kind, self.lang), sure=sure)
        return saying(self.program.slots[id(node)], node.kind, self.lang)

    def _verdict(self, node: k.Node) -> Saying:
        yes, no, unknown = self.words["yes"], self.words["no"], self.words["unknown"]
        test = self.truth(node)

        def say(numbers: Numbers) -> str:
            answer = test(numbers)
            return unknown if answer is None else yes if answer else no

        return Saying(say, say, lambda numbers: f"= {say(numbers)}")

    def truth(self, node: k.Node) -> Test:
        """Whether a condition holds; None where nobody asked."""
        while isinstance(node, k.Earlier):
            node = self.kernel.steps[node.index].value
        match node:
            case k.Constant(value):
                return lambda _: bool(value)
            case k.Given(index):
                return lambda numbers: numbers[index]
            case _:
                place = self.program.picks[id(node)]
                return lambda numbers: numbers[place]

    def picked(self, node: k.Node, number: int) -> Test:
        """Whether a choice took the alternative of a number."""
        place = self.program.picks[id(node)]
        return lambda numbers: numbers[place] == number

    # ── The stages of a KPI, said for reckoning with even where their decimals have no end ───────────────

    def _step(self, step: k.Step) -> Saying:
        otherwise = None
        match step.role, step.value:
            case "attainment", k.Arithmetic(_, actual, target):
                over: list[Part] = ["(", self.saying(actual).exact, " / ", self.saying(target).exact, ")"]
                otherwise = compose(over)
            case "counted" | "score", k.Extreme(_, (value, limit)):
                taken = self._score(value) if isinstance(value, k.Curve) else self.saying(value).exact
                otherwise = self._either(step.value, [taken, self.saying(limit).exact])
            case "score", k.Curve() as curve:
                otherwise = self._score(curve)
            case "score", k.Earlier() as measure:
                return self.saying(measure)
            case _:
                pass
        return saying(self.program.slots[id(step.value)], step.value.kind, self.lang, otherwise)

    def _either(self, node: k.Node, says: Sequence[Say]) -> Say:
        place = self.program.picks[id(node)]
        return lambda numbers: says[numbers[place] or 0](numbers)

    def _score(self, curve: k.Curve) -> Say:
        says: list[Say] = []
        for piece in curve.pieces:
            parts = self.worth(curve, piece)
            bracketed = piece.reason == "accel_excess"
            says.append(compose(["(", *parts, ")"] if bracketed else parts))
        return self._either(curve, says)

    def worth(self, curve: k.Curve, piece: k.Piece) -> list[Part]:
        """What a piece of a curve makes of the measure, as a formula."""
        measure = self.saying(curve.measure).exact
        match piece.reason:
            case "cutoff":
                return [precise(Fraction(0), "percent", self.lang)]
            case "proportional":
                return [measure]
            case "accel_all":
                return [measure, " × ", self.bracketed(piece.slope)]
            case "accel_excess":
                return self._excess(curve, piece, measure)
            case _:
                assert_never(piece.reason)

    def _excess(self, curve: k.Curve, piece: k.Piece, measure: Say) -> list[Part]:
        """What attainment up to a bound is worth, and what lies above it, each part by its own factor."""
        start = next(index for index, one in enumerate(curve.pieces) if one is piece)
        passed = [one for one in curve.pieces[start : start + STEPS] if one.reason == piece.reason]
        whole = start + STEPS >= len(curve.pieces)
        parts: list[Part] = []
        end = measure
        for one in passed:
            assert one.bound is not None
            bound = self.bracketed(one.bound)
            parts = [" + (", end, " − ", bound, ") × ", self.bracketed(one.slope), *parts]
            end = bound
        return [end if whole else self._at_bound(passed[-1]), *parts]

    def _at_bound(self, piece: k.Piece) -> Say:
        """What attainment at the bound of a piece is worth."""
        assert piece.bound is not None
        slots = [self.program.slots[id(node)] for node in (piece.slope, piece.bound, piece.constant)]

        def say(numbers: Numbers) -> str:
            slope, bound, constant = (slot.read(numbers) or Fraction(0) for slot in slots)
            return precise(slope * bound + constant, "percent", self.lang)

        return say

    def bracketed(self, node: k.Node) -> Say:
        """A number as an operand: in brackets where it is negative."""
        exact = self.saying(node).exact
        if self.signs[id(node)] != "any":
            return exact

        def say(numbers: Numbers) -> str:
            text = exact(numbers)
            return f"({text})" if text.startswith("−") else text

        return say


# Words in quotation marks, in which `#` begins no comment; and a comment.
REMARK = re.compile(r"(\"[^\"\n]*\"|«[^«»\n]*»|“[^“”\n]*”|„[^„“”\n]*[“”])|#[^\n]*")


def quoted(source: Source, place: Place) -> str:
    """What stands at a place of a plan, in one line and without comments."""
    return " ".join(REMARK.sub(r"\1", source.at(place)).split())


def _closing(text: str) -> int:
    """The place of the bracket that closes the first one; -1 where it is in quotation marks, or not there."""
    depth = 0
    for place, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if not depth:
            return place
    return -1
