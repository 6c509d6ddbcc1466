"""A condition told as a sentence: the facts, the numbers and the comparisons that it speaks of, put in order.

`the inspection was passed`, `unless there were violations`, `the share is at least 90%`: what a sentence has
besides these says nothing that a plan could hold, as long as each thing it speaks of is understood.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from ...data import table
from ...faults.forms import inflected
from ...words import Lang
from .case import Broken, Repair
from .formulas import CLAUSES
from .known import Familiar, akin, known
from .near import denials, small
from .phrases import phrases
from .saying import said

# Comparisons as the parser reads them, and the contrary of each sign.
SIGNS: Mapping[str, str] = {
    "EQ": "=", "NE": "<>", "LT": "<", "LE": "<=", "GT": ">", "GE": ">=",
    "MORE_THAN": ">", "LESS_THAN": "<", "AT_LEAST": ">=", "AT_MOST": "<=", "ABOVE": ">", "BELOW": "<",
}  # fmt: skip
CONTRARY: Mapping[str, str] = {"=": "<>", "<>": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
ENDING = (CLAUSES - {"ABOVE", "BELOW"}) | {"STRING"}
VALUES = frozenset({"NUMBER", "PERCENT"})
STRANGE = 2  # words of one sentence that nobody needs to know
WORDS = 16  # of a sentence at most


@dataclass(slots=True)
class Sentence:
    """What a sentence speaks of."""

    facts: list[Familiar] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    signs: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)
    denied: int = 0
    strange: list[str] = field(default_factory=list)

    def settle(self) -> None:
        """Take `was` and `was not` for what they are beside another comparison, or beside no number."""
        if not self.values:
            self.denied += self.signs.count("<>")
            self.signs = [sign for sign in self.signs if sign not in {"=", "<>"}]
        elif len(self.signs) > 1:
            self.signs = [sign for sign in self.signs if sign != "="]


def conditions(case: Broken) -> Iterator[Repair]:
    """A gate whose condition is a sentence about one fact."""
    words = case.rules.words
    for start in range(1, case.index + 1):
        found = _lead(case, start)
        if found is None:
            continue
        at, denied = found
        end = _end(case, at)
        if end - at > WORDS or end <= case.index - 1:
            continue
        condition = _condition(case, at, end, denied=denied)
        if condition is not None:
            # For whom a KPI is there at all is another thing than what it is paid on.
            sort = case.kind(0) == "NAME" and case.kind(start) != "ONLY_IF" and _of_people(case, condition)
            way = f"{words['for' if sort else 'only_if']} {condition}"
            yield said(case, start, end, [way], offered=True)
        return


def _of_people(case: Broken, condition: str) -> bool:
    """Whether a condition asks for a sort of people."""
    fact = known(case.text, case.rules.words.lang).get(condition.partition(" ")[0])
    return fact is not None and fact.kind == "choice"


def _lead(case: Broken, start: int) -> tuple[int, bool] | None:
    """Where the sentence begins that a gate at a token introduces, and whether it is denied."""
    if case.kind(start) == "ONLY_IF":
        return start + 1, False
    for lead, denied in _leads(case.rules.words.lang):
        at, left = start, [*lead]
        while left and at < len(case.tokens):
            typed = case.tokens[at].casefold().split() or [case.tokens[at]]
            if left[: len(typed)] != typed:
                break
            left, at = left[len(typed) :], at + 1
        if not left:
            return at, denied
    return None


@cache
def _leads(lang: Lang) -> tuple[tuple[tuple[str, ...], bool], ...]:
    """What people begin a condition of pay with, the longest first, and whether it is what forbids to pay."""
    listed: Mapping[str, list[str]] = table("grammars", "synonyms.toml")["leads"][lang]
    found = [(tuple(lead.split()), sort == "unless") for sort, several in listed.items() for lead in several]
    return tuple(sorted(found, key=lambda one: -len(one[0])))


def _end(case: Broken, at: int) -> int:
    """Where a sentence ends: with the line of text, or before a clause."""
    if at >= len(case.tokens):
        return at
    ends = range(at, case.line_end(at))
    return next((one for one in ends if case.kind(one) in ENDING), case.line_end(at))


def _condition(case: Broken, at: int, end: int, *, denied: bool) -> str | None:
    """The condition that a sentence tells; None where not all of it is understood."""
    words, told = case.rules.words, _told(case, at, end)
    if told is None or len(told.facts) != 1 or len(told.strange) > STRANGE:
        return None
    (fact,) = told.facts
    told.settle()
    turned = denied != bool(told.denied % 2)
    match fact.kind, told:
        case "yes_no", Sentence(values=[], signs=[], chosen=[]):
            return f"{words['not']} {fact.name}" if turned else fact.name
        case "choice", Sentence(values=[], chosen=[value]):
            return f"{fact.name} {words['is_not' if turned else 'is']} {value}"
        case "choice" | "yes_no", _:
            return None
        case _, Sentence(values=[value], signs=[sign], chosen=[]):
            contrary = CONTRARY[sign] if turned else sign
            none = {"<=": "=", "<>": ">"}.get(contrary, contrary)
            return f"{fact.name} {none if value == '0' else contrary} {value}"
        case _, Sentence(values=[], signs=[], chosen=[]):
            # `unless there were violations`; that there are some is no condition that people write.
            return f"{fact.name} = 0" if turned else None
        case _:
            return None


def _told(case: Broken, at: int, end: int) -> Sentence | None:
    """What a sentence speaks of; None where it joins several conditions."""
    told, lang = Sentence(), case.rules.words.lang
    facts = [one for one in known(case.text, lang).values() if one.kind is not None]
    while at < end:
        kind, typed = case.kind(at), case.tokens[at].casefold()
        if (said := _compared(case, at, end)) is not None:
            at, sign = said
            told.signs.append(sign)
            continue
        if (named := _named(case, at, end, facts)) is not None:
            at, fact = named
            told.facts += [] if fact in told.facts else [fact]
            continue
        if kind in VALUES:
            told.values.append(str(case.tokens[at]))
        elif kind in {"AND", "OR", "OPEN", "CLOSE"} or typed == ",":
            return None
        elif (value := _value(typed, facts, lang)) is not None:
            told.chosen.append(value[1])
            told.facts += [] if value[0] in told.facts else [value[0]]
        elif (
            kind in {"NOT", "NO", "IS_NOT"}
            or not denials(lang).isdisjoint(typed.split())
            or _fails(typed, lang)
        ):
            told.denied += 1
        elif kind == "NAME":
            told.strange += [] if _empty(typed, told.facts, lang) else [typed]
        elif (
            kind != "IS"
            and kind not in {"YES", "OF", "FOR", "ON", "PER_UNIT"}
            and not small(lang).issuperset(typed.split())
        ):
            return None
        at += 1
    return told


def _compared(case: Broken, at: int, end: int) -> tuple[int, str] | None:
    """Where a comparison in words or by a sign ends, and its sign; the longest there is."""
    lang, best = case.rules.words.lang, (at, "")
    if case.kind(at) in SIGNS:
        best = at + 1, SIGNS[case.kind(at)]
    for parts, sign in _comparisons(lang):
        for stop in _matches(case, parts, at, end):
            if stop > best[0]:
                best = stop, sign
    return best if best[1] else None


def _matches(case: Broken, parts: Sequence[tuple[str, ...]], at: int, end: int) -> Iterator[int]:
    """Where words of a phrase that begins at a token end."""
    if not parts:
        yield at
        return
    if "" in parts[0]:
        yield from _matches(case, parts[1:], at, end)
    if at < end:
        typed = case.tokens[at].casefold().split()
        for count in range(1, min(len(typed), len(parts)) + 1):
            fits = all(word in part for word, part in zip(typed, parts, strict=False))
            if count == len(typed) and fits:
                yield from _matches(case, parts[count:], at + 1, end)


@cache
def _comparisons(lang: Lang) -> tuple[tuple[tuple[tuple[str, ...], ...], str], ...]:
    """What people say for a sign, wherever it stands."""
    signs = frozenset(SIGNS.values())
    return tuple(
        (phrase.parts, phrase.said[0]) for phrase in phrases(lang)["condition"] if phrase.said[0] in signs
    )


def _named(case: Broken, at: int, end: int, facts: Sequence[Familiar]) -> tuple[int, Familiar] | None:
    """A fact in the words that people use for it, the most words first."""
    lang = case.rules.words.lang
    for stop in range(min(end, at + 4), at, -1):
        if any(case.kind(one) != "NAME" for one in range(at, stop)):
            continue
        typed = " ".join(case.tokens[one].casefold() for one in range(at, stop))
        for fact in facts:
            same = typed in {
                fact.name.casefold(),
                fact.name.replace("_", " ").casefold(),
                fact.label.casefold(),
            }
            if (
                same
                or inflected(typed, fact.name, lang)
                or inflected(typed.replace(" ", "_"), fact.name, lang)
            ):
                return stop, fact
    return None


def _value(typed: str, facts: Sequence[Familiar], lang: Lang) -> tuple[Familiar, str] | None:
    """The fact and its value that a word is a form of."""
    found = [
        (fact, value)
        for fact in facts
        for value in fact.values
        if typed == value or inflected(typed, value, lang)
    ]
    return found[0] if len(found) == 1 else None


def _empty(typed: str, facts: Sequence[Familiar], lang: Lang) -> bool:
    """Whether a word says nothing: one that joins others, or one of what the fact is called."""
    if typed in small(lang):
        return True
    return any(akin(typed, word, lang) for fact in facts for word in fact.words)


def _fails(typed: str, lang: Lang) -> bool:
    """Whether a word says that something is not so: `failed`, `отсутствует`."""
    return typed.startswith(tuple(table("grammars", "synonyms.toml")["failing"][lang]))
