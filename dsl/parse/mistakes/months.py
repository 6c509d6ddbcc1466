"""Other months than the one that a plan pays, which it cannot see: `revenue last month`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ...data import table
from ...faults.forms import inflected
from ...tree import quoted
from ...words import Lang, Words
from ..limits import SCANNED
from .case import NAME, Broken, Facts, Repair, places_back, short
from .formulas import after
from .near import small
from .phrases import FIRST, Phrase, matched
from .quotes import declared
from .times import monthly

# A formula stands in these behind their sign or their keyword, and never in the rows of an example.
FORMULAIC = frozenset({
    "NAME", "SALARY", "BONUS", "COMMISSION", "PAY", "SPIF", "REDUCTION", "RECOVERY", "MILESTONE", "PIECE",
    "RESULT", "BALANCE", "DRAW", "VARIABLE", "TOTAL", "SECTION", "UP_TO", "BELOW", "FROM", "ABOVE", "AT",
})  # fmt: skip
# What is paid or expected each month again.
PERIODIC = FORMULAIC - {"UP_TO", "BELOW", "FROM", "ABOVE", "AT"}
# What may be a word of a phrase: names, and the keyword that says by itself what is left of other months.
WORDS = frozenset({"NAME", "BALANCE"})
# So many tokens behind the mistake a phrase may begin.
AHEAD = 8
# So many characters has the longest name that is made of a phrase.
WIDE = 60


@dataclass(frozen=True, slots=True)
class Months:
    """The phrases for other months in a language, the words for what is left of them, the words between them
    and what they are of, and those between two things that are compared.
    """

    said: tuple[Phrase, ...]
    left: tuple[str, ...]
    fillers: frozenset[str]
    compared: frozenset[str]


@cache
def months(lang: Lang) -> Months:
    """How a language speaks of other months."""
    listed = table("grammars", "months.toml")[lang]
    said = (tuple(tuple(part.split("|")) for part in typed.split()) for typed in listed["said"])
    return Months(
        tuple(Phrase(parts, ()) for parts in said),
        tuple(listed["left"]),
        frozenset(listed["fillers"]),
        frozenset(listed["compared"]),
    )


def named_elsewhere(name: str, lang: Lang) -> bool:
    """Whether a name says that it is of another month, or left of one: `opening_balance`."""
    several, known = name.casefold().split("_"), months(lang)

    def says(start: int, parts: tuple[tuple[str, ...], ...]) -> bool:
        spoken = several[start : start + len(parts)]
        return len(spoken) == len(parts) and all(
            any(word == one or inflected(word, one, lang) for one in part)
            for word, part in zip(spoken, parts, strict=True)
        )

    phrases = (*(one.parts for one in known.said), (known.left,))
    return any(says(start, parts) for start in range(len(several)) for parts in phrases)


def elsewhere(case: Broken) -> Iterator[Repair]:
    """What is of another month, as the fact that it has to be."""
    if case.kind(0) not in FORMULAIC:
        return
    known = months(case.rules.words.lang)
    for start, end in _spoken(case, known):
        first, last = _widened(case, start, end, known)
        whole = first == 0 and last == len(case.tokens)
        if first == 0 and not whole:
            continue  # The name of a line, of several words.
        behind = [at for at in range(first, start) if case.tokens[at].casefold() in known.compared]
        spoken = behind[-1] + 1 if behind else first
        while spoken < start and case.tokens[spoken].casefold() in known.fillers:
            spoken += 1
        name = _called(case, spoken, last)
        if behind and first < behind[0] and spoken == start:
            name = f"{case.tokens[first]}_{name}"  # What is compared is what is meant of the other month.
        if NAME.fullmatch(name) and len(name) <= WIDE:
            line = _declared(case, name, first, last)
            yield Repair(
                "P187", first, last, "" if whole else name,
                {"word": short(case.raw(spoken, last)), "name": name, "line": line},
                place=case.place(spoken, last), offered=False,
            )  # fmt: skip


def single(case: Broken) -> Iterator[Repair]:
    """The one month that an amount is said to be of: `target September 4 000 000`, `план на май 200 000`."""
    words, lang = case.rules.words, case.rules.words.lang
    joining = small(lang) | months(lang).fillers
    for at in range(max(case.index - 1, 1), min(case.index + 3, len(case.tokens))):
        if case.kind(0) not in PERIODIC or not monthly(case.tokens[at], lang):
            continue
        start = at
        while start > 1 and case.kind(start - 1) == "NAME" and case.tokens[start - 1].casefold() in joining:
            start -= 1
        facts: Facts = {"word": short(case.tokens[at]), "line": f"{words['target']} … {words['personal']}"}
        facts = {**facts, "effect": words["effect"]}
        yield Repair("P185", start, at + 1, "", facts, case.place(at, at + 1), beyond=1, offered=False)


def _spoken(case: Broken, known: Months) -> Iterator[tuple[int, int]]:
    """Where a phrase for other months begins and ends, near the mistake."""
    beyond = range(case.index + 1, min(case.index + AHEAD, len(case.tokens)))
    for start in (*places_back(case), *beyond):
        word = case.tokens[start][:FIRST].casefold()
        for phrase in known.said:
            near = any(one[:FIRST] == word for one in phrase.parts[0])
            if near and (found := matched(case, phrase, start)) is not None:
                yield start, found[0]


def _widened(case: Broken, start: int, end: int, known: Months) -> tuple[int, int]:
    """The phrase with the names around it that it is said of."""

    def loose(at: int) -> bool:
        return case.kind(at) in WORDS or case.tokens[at].casefold() in known.fillers | known.compared

    first, last = start, end
    while first > 0 and loose(first - 1):
        first -= 1
    while first < start and case.kind(first) not in WORDS:
        first += 1
    if case.kind(last) == "OPEN" and last == start + 1:
        return first, after(case, last)
    while last < len(case.tokens) and not case.broken(last) and loose(last):
        last += 1
    while last > end and case.kind(last - 1) not in WORDS:
        last -= 1
    return first, last


def _called(case: Broken, first: int, last: int) -> str:
    """A name made of what was typed, with a declared name in it as it is declared."""
    typed = re.findall(r"[^\W_]+", re.sub(r"['’]s\b", "", case.raw(first, last).casefold()))
    lang = case.rules.words.lang
    for name in declared(case.text, lang).values() if typed else ():
        if inflected(typed[0], name, lang):
            typed[0] = name
            break
    return "_".join(typed)


def _declared(case: Broken, name: str, first: int, last: int) -> str:
    """The line that declares such a fact, of the kind of the fact that is named beside the phrase."""
    words = case.rules.words
    case.work.spend(len(case.text) // SCANNED)
    kind = words.kind_words["money"]
    for token in case.tokens[first:last]:
        label = r'(?:["«“][^\n"»”]*["»”][ \t]+)?'
        found = re.search(
            rf"^[ \t]*{words['fact']}[ \t]+{re.escape(token)}[ \t]+{label}(\w+)", case.text, re.MULTILINE
        )
        if found is not None and found[1] in words.kinds:
            kind = found[1]
    return declaring(name, kind, words)


def declaring(name: str, kind: str, words: Words) -> str:
    """The line that declares a fact of a name and a kind."""
    title = name.replace("_", " ")
    return f"{words['fact']} {name} {quoted(title[0].upper() + title[1:])} {kind}"
