"""A line that begins with its condition, or with other words than it should."""

from __future__ import annotations

from collections.abc import Iterator

from ...faults.forms import inflected
from ...place import Place
from ..lines import LISTS, place
from .case import Broken, Facts, Repair, helps, places_back, short
from .known import known, lines_of_pay
from .spelling import synonyms

# What a line of a plan begins with, but for names.
HEADS = (
    "fact", "salary", "bonus", "commission", "section", "pay", "milestone", "piece", "spif", "reduction",
    "recovery", "variable", "total", "table", "group", "currency", "effect",
)  # fmt: skip
CONDITIONS = frozenset({"if", "only_if"})
# What may stand between a condition and what it is for.
BETWEEN = frozenset({",", ":", "-", "–", "—", "then", "то", "тогда"})
SPOKEN, FAR = 3, 24  # words of an opening, and of a condition before its line


def counted(case: Broken) -> Iterator[Repair]:
    """An amount for each of a fact under the word of a formula: `pay permit 500`, of a milestone."""
    amount = case.kind(2 + (case.kind(2) == "STRING"))
    fact = known(case.text, case.rules.words.lang).get(str(case.tokens[1])) if len(case.tokens) > 1 else None
    word = COUNTED.get(fact.kind or "") if fact is not None else None
    if case.kind(0) in {"PAY", "SPIF"} and word is not None and amount in {"NUMBER", "SIGN"}:
        yield Repair("P102", 0, 1, case.rules.words[word])


# What is paid for each, by the kind of the fact.
COUNTED = {"yes_no": "milestone", "count": "piece", "number": "piece"}


def shared(case: Broken) -> Iterator[Repair]:
    """What a commission is of as a part of its word: `процент с продаж: 6%`, of the fact `продажи`."""
    words, tokens = case.rules.words, case.tokens
    _, _, said = str(tokens[0]).rpartition(" ")
    if case.kind(0) != "COMMISSION" or said == tokens[0]:
        return
    names = [name for name in known(case.text, words.lang) if inflected(said, name, words.lang)]
    if len(names) == 1 and case.kind(len(tokens) - 1) == "PERCENT" and len(tokens) <= TWO + 1:
        whole = f"{words['commission']} {tokens[-1]} {words['of']} {names[0]}"
        yield Repair("P109", 0, len(tokens), whole, {"instead": whole})
    elif len(names) == 1:
        whole = f"{words['commission']} {words['on']} {names[0]}"
        yield Repair("P109", 0, 1, whole, {"instead": whole}, beyond=0)


TWO = 2  # tokens of a word and a value


def fronted(case: Broken) -> Iterator[Repair]:
    """A condition before the line that it is for: `if returns < 3% pay bonus_month = 200`."""
    start = _opening(case)
    if start is None:
        return
    word = case.rules.words["only_if"]
    for middle in range(start + 1, min(len(case.tokens), FAR)):
        end = middle
        while end > start and case.tokens[end - 1].casefold() in BETWEEN:
            end -= 1
        line = case.raw(middle, len(case.tokens))
        if case.kind(middle) == "NAME" and middle == end:
            continue  # a part of the condition
        if case.kind(middle) == "NAME" or case.kind(middle).lower() in HEADS:
            turned = f"{line} {word} {case.raw(start, end)}"
            repair = Repair("P171", 0, len(case.tokens), turned, {"instead": short(turned, 80)})
            if end > start and helps(case, repair)[1]:
                yield repair
                return


def _opening(case: Broken) -> int | None:
    """Where a condition goes on after the word that it begins a line with."""
    if case.kind(0).lower() in CONDITIONS:
        return 1
    for end in range(min(SPOKEN, len(case.tokens)), 0, -1):
        typed = " ".join(case.raw(0, end).casefold().split())
        if CONDITIONS & {*synonyms(case.rules.words.lang).get(typed, ())}:
            return end
    return None


def facts(case: Broken) -> Iterator[Repair]:
    """A fact without the word that says so: `shifts "Night shifts" count`."""
    at = 1 + (case.kind(1) == "STRING")
    kind = case.kind(at) in {"DAYS", "YES_NO", "ONE_OF"} or (
        case.kind(at) == "NAME" and case.tokens[at].casefold() in case.rules.words.kinds
    )
    if case.kind(0) == "NAME" and kind and not case.rules.columns:
        word, start = case.rules.words["fact"], place(case.tokens[0]).start
        about: Facts = {"word": short(case.tokens[0]), "instead": (word,)}
        yield Repair("P138", 0, 0, word, about, place=Place(start, start), fix=f"{word} ")


def heads(case: Broken) -> Iterator[Repair]:
    """The one word of a line with which all that follows makes sense; of an example, each of its rows."""
    rows = bool(case.above) and case.above[0].type in LISTS | {"EXAMPLE"}
    words = case.rules.words
    if case.kind(0) != "NAME" and not (rows and case.kind(0) == "TOTAL"):
        return
    for end in (1, 2):
        if end > 1 and case.kind(1) != "NAME":
            return
        several = _rows(case) if rows else HEADS
        repairs = [Repair("P102", 0, end, words[one]) for one in several if case.kind(0) != one.upper()]
        whole = [one for one in repairs if helps(case, one)[1]]
        if rows or len(whole) == 1:
            yield from whole


def _rows(case: Broken) -> tuple[str, ...]:
    """The words of the rows of an example, first the one that comes next."""
    first = case.above[0].type == "EXAMPLE" and case.kind(0) != "TOTAL"
    return ("given", "shows", "pays") if first else ("pays", "shows", "given")


def netted(case: Broken) -> Iterator[Repair]:
    """What is no line of its own as that within which something is netted: `within salary`."""
    at, lines = case.index, lines_of_pay(case.text, case.rules.words.lang)
    if case.kind(at - 1) != "WITHIN" or case.kind(at) not in WHOLES or not lines:
        return
    if len(lines) == 1:
        yield Repair("P102", at, at + 1, lines[0])
    else:
        facts: Facts = {"word": short(case.tokens[at]), "instead": lines}
        yield Repair("P181", at, at + 1, lines[0], facts, offered=False)


# Keywords of what is paid within which nothing can be netted.
WHOLES = frozenset({"SALARY", "BONUS", "VARIABLE", "TOTAL"})


def parted(case: Broken) -> Iterator[Repair]:
    """A name that makes a word of the language with the one behind it: `share of loads`, of a `share`."""
    names = known(case.text, case.rules.words.lang)
    for at in places_back(case, 2):
        first, _, rest = str(case.tokens[at]).partition(" ")
        if rest and first in names:
            apart = f"({first}) {rest.strip()}"
            facts: Facts = {"word": short(case.tokens[at]), "instead": (apart,)}
            yield Repair("P119", at, at + 1, apart, facts, beyond=1)
