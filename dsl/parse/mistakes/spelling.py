"""Words that are nearly, or in other words, words of the language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from ...data import table
from ...faults.forms import inflected
from ...faults.nearest import LOOKALIKES, edits
from ...words import LANGS, Lang, words
from ..grammar import grammar
from ..limits import LETTERS
from ..lines import ROWS
from .case import Broken, Facts, Repair, helps, places_back, short
from .expected import OPERATORS, TABLED, named_otherwise, taken
from .known import known

# The most words of a keyword that somebody wrote (`, each band at its own rate`).
LONGEST = 7

# The ways of a commission, before which a comma stands.
WAYS = frozenset({"each_band", "whole"})

PAYING = frozenset({"commission", "pay", "reduction"})  # lines of pay that have names of their own

Window = tuple[int, int, str]


@cache
def synonyms(lang: Lang) -> Mapping[str, tuple[str, ...]]:
    """Words that people use instead of keywords, each with the keywords it may mean."""
    meant: dict[str, list[str]] = {}
    for keyword, others in table("grammars", "synonyms.toml")[lang].items():
        for other in others:
            meant.setdefault(other, []).append(keyword)
    return {other: tuple(keywords) for other, keywords in meant.items()}


def begins(case: Broken) -> bool:
    """Whether a line begins with what people say for the word of a line of pay, and is no name."""
    lang, word = case.rules.words.lang, case.tokens[0]
    said = PAYING.intersection(synonyms(lang).get(word.casefold(), ()))
    return case.kind(0) == "NAME" and bool(said) and str(word) not in known(case.text, lang)


def windows(case: Broken) -> Iterator[Window]:
    """The words around the mistake, one and several at a time, from the mistake backwards."""
    for start in dict.fromkeys([*places_back(case), 0]):
        for end in range(start + 1, min(start + LONGEST, case.line_end(start)) + 1):
            yield start, end, " ".join(case.raw(start, end).casefold().split())


def misspelt(case: Broken) -> Iterator[Repair]:
    """Keywords with a letter too many, too few, wrong or at a wrong place, the nearest first."""
    found: list[tuple[int, Repair]] = []
    for start, end, typed in windows(case):
        if case.work.done:
            break
        # A comma stands before the way of a commission and before nothing else.
        comma = int(end > start + 1 and case.tokens[start] == ",")
        if not all(word[0].isalpha() for word in case.tokens[start + comma : end]):
            continue
        plain = typed.translate(LOOKALIKES)
        for keyword, spelling, meant in _near(case.rules.words.lang, len(plain)):
            if (end == start + 1 and case.kind(start) == keyword.upper()) or (comma and keyword not in WAYS):
                continue
            if typed == spelling:  # a keyword that is one elsewhere alone
                continue
            most = tolerance(spelling)
            case.work.spend(1 + len(plain) * len(meant) // LETTERS)
            distance = edits(plain, meant, most)
            # A word more or less is no slip of the hand; a space more or less is.
            if distance <= most and distance <= (abs(typed.count(" ") - spelling.count(" ")) or most):
                repair = _word(case, (start, end, typed), spelling, alike=distance == 0)
                known = all(kind in case.rules.keywords for kind in map(case.kind, range(start, end)))
                found.append((distance, replace(repair, beyond=3) if known else repair))
    yield from (repair for _, repair in sorted(found, key=lambda one: one[0]))


@cache
def _near(lang: Lang, length: int) -> tuple[tuple[str, str, str], ...]:
    """Keywords that so many letters may stand for: their spellings as written, and as the eye sees them."""
    return tuple(
        (keyword, spelling, spelling.translate(LOOKALIKES))
        for keyword, spellings in words(lang).spellings.items()
        for spelling in spellings
        if abs(len(spelling) - length) <= tolerance(spelling)
    )


def tolerance(spelling: str) -> int:
    """How many letters of a keyword may be wrong for it to be recognised."""
    return 0 if len(spelling) < 3 else 1 if len(spelling) < 6 else 2 if len(spelling) < 9 else 3


def declined(case: Broken) -> Iterator[Repair]:
    """Keywords in another form: `весом 40%`, `weights 40%`."""
    lang = case.rules.words.lang
    for window in windows(case):
        start, end, typed = window
        if case.work.done:
            break
        if not all(word[0].isalpha() for word in case.tokens[start:end]):
            continue
        for keyword, spelling in _beginning(lang).get((typed.count(" "), typed[:2]), ()):
            kinds = {case.kind(at) for at in range(start, end)}
            if typed != spelling and keyword.upper() not in kinds and inflected(typed, spelling, lang):
                yield _word(case, window, spelling)


@cache
def _beginning(lang: Lang) -> Mapping[tuple[int, str], tuple[tuple[str, str], ...]]:
    """Keywords with their spellings, by the number of their spaces and their first letters."""
    found: dict[tuple[int, str], list[tuple[str, str]]] = {}
    for keyword, spellings in words(lang).spellings.items():
        for spelling in spellings:
            found.setdefault((spelling.count(" "), spelling[:2]), []).append((keyword, spelling))
    return {key: tuple(several) for key, several in found.items()}


# The letters that are on the same keys.
KEYS = ("qwertyuiop[]asdfghjkl;'zxcvbnm,.`", "йцукенгшщзхъфывапролджэячсмитьбюё")


def switched(case: Broken) -> Iterator[Repair]:
    """Keywords typed while the keyboard was set to the other alphabet: `dtc` for `вес`."""
    lang = case.rules.words.lang
    pressed = str.maketrans(*KEYS) if lang == "ru" else str.maketrans(*reversed(KEYS))
    for start in dict.fromkeys([*places_back(case), 0]):
        typed = case.tokens[start].casefold()
        meant = typed.translate(pressed)
        if meant != typed and any(meant in spellings for spellings in words(lang).spellings.values()):
            yield _word(case, (start, start + 1, typed), meant)


def synonymous(case: Broken) -> Iterator[Repair]:
    """Other words for keywords: `threshold` for `cutoff`."""
    vocabulary = case.rules.words
    for window in windows(case):
        typed = window[2].removeprefix(", ")
        for keyword in synonyms(vocabulary.lang).get(typed, ()):
            if typed != window[2] and keyword not in WAYS:
                continue
            yield _word(case, window, vocabulary[keyword])


def worded(case: Broken) -> Iterator[Repair]:
    """Keywords of many words, of which some are others: `every lot tier at its rate`."""
    found: list[tuple[int, int, Repair]] = []
    lang = case.rules.words.lang
    for start, end, typed in windows(case):
        said = re.findall(r"\w+", typed)
        for spelling, plain in _long(lang) if len(said) >= HELD else ():
            if len(said) > 2 * len(plain):
                continue  # most of what is said is no word of the keyword
            alike = sum(any(one == word or inflected(one, word, lang) for one in said) for word in plain)
            if alike >= HELD and 2 * alike >= len(plain) and (typed[0] == ",") == (spelling[0] == ","):
                off = len(plain) + len(said) - 2 * alike
                repair = Repair("P109", start, end, spelling, {"instead": spelling}, beyond=1)
                found.append((off, start, repair))
    yield from (repair for *_, repair in sorted(found, key=lambda one: one[:2]))


@cache
def _long(lang: Lang) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Spellings of keywords of many words, each with its words."""
    several = (one for spellings in words(lang).spellings.values() for one in spellings)
    split = ((one, tuple(re.findall(r"\w+", one))) for one in several)
    return tuple((one, plain) for one, plain in split if len(plain) > HELD)


HELD = 3  # words of a keyword by which it is known among others


def foreign(case: Broken) -> Iterator[Repair]:
    """Keywords and currency signs of the other language."""
    vocabulary = case.rules.words
    facts: Facts = {"lang": (f"phrase:{vocabulary.lang}",)}
    for lang in (lang for lang in LANGS if lang != vocabulary.lang):
        other = words(lang)
        known = {spelling: keyword for keyword, them in other.spellings.items() for spelling in them}
        for start, end, typed in windows(case):
            if typed in known:
                yield Repair("P103", start, end, vocabulary[known[typed]], facts, beyond=1)
            elif typed in other.signs and typed not in vocabulary.signs:
                yield Repair("P103", start, end, other.signs[typed], facts)
        yield from _translated(case, lang, facts)


def _translated(case: Broken, lang: Lang, facts: Facts) -> Iterator[Repair]:
    """The whole line, where it makes sense in the other language."""
    vocabulary, other = case.rules.words, grammar(lang)
    text = case.raw(0, len(case.tokens))
    if len(case.tokens) > 100:
        return

    def word(kind: str, text: str) -> str:
        if kind in other.keywords:
            return vocabulary[kind.lower()]
        number = kind in {"NUMBER", "PERCENT"}
        return text.replace(other.words.decimal, vocabulary.decimal) if number else text

    if sum(token.type in other.keywords for token in other.lex(text)) > 1:
        words = other.rewritten(text, word)
        yield Repair("P103", 0, len(case.tokens), words, {**facts, "instead": short(words)})


def shortened(case: Broken) -> Iterator[Repair]:
    """A keyword for the one name of the plan that it is a part of: `sales >= target`, of a `sales_target`."""
    for at in (case.index, case.index - 1):
        word = str(case.tokens[at]).casefold() if 0 < at < len(case.tokens) else ""
        facts = known(case.text, case.rules.words.lang)
        names = [
            name for name in facts if word in name.casefold().split("_")[:1] + name.casefold().split("_")[-1:]
        ]
        if case.kind(at) in case.rules.keywords and len(names) == 1 and names[0].casefold() != word:
            yield Repair("P102", at, at + 1, names[0])


def reserved(case: Broken) -> Iterator[Repair]:
    """A keyword for a name: where any name in its place makes the line right, the author has to find one."""
    candidates = [case.index, case.index - 1, 0]
    if case.kind(0) in BEFORE_NAMES:
        candidates.reverse()
    for at in dict.fromkeys(candidates):
        # A name after a number would be a currency.
        if not 0 <= at < len(case.tokens) or case.kind(at - 1) == "NUMBER":
            continue
        if case.kind(at) in case.rules.keywords - FIXED and not (at == 0 and _begins(case)):
            # No line begins with a keyword and `=`, whatever comes after that.
            sure = at == 0 and case.kind(1) == "EQ"
            beyond = 1 if sure else 2
            facts = taken(case, at)
            repair = Repair("P118", at, at + 1, "x", facts, beyond=beyond, offered=False)
            if sure or at == case.index or helps(case, repair)[1]:
                if at == 0 and (name := named_otherwise(case, at)) is not None:
                    yield replace(repair, words=name, offered=True)
                yield repair


def _begins(case: Broken) -> bool:
    """Whether the first word keeps its sense: a name follows it, or it needs no `=` (`salary = 60 000`)."""
    named = case.kind(1) == "NAME" and case.tokens[1].casefold() not in case.rules.words.kinds
    return named or case.kind(0) in {"SALARY", "BONUS", "COMMISSION"}


# Keywords that hardly anybody would take for a name.
FIXED = OPERATORS | TABLED | {"OTHERWISE", "NOT", "TO", "UP_TO", "PERSONAL"}

# Words that begin a line with a name and a value: what stands there would be taken for them.
BEFORE_NAMES = ROWS | {"MILESTONE", "PIECE"}


def _word(case: Broken, window: Window, spelling: str, *, alike: bool = False) -> Repair:
    """One word for another; `alike` ones are told apart by their letters only."""
    start, end, typed = window
    if not alike:
        return Repair("P102", start, end, spelling, beyond=1)
    strange = ", ".join(f"`{letter}`" for letter in dict.fromkeys(typed) if letter.isalpha())
    other = "ru" if case.rules.words.lang == "en" else "en"
    return Repair(
        "P107", start, end, spelling, {"letters": (f"phrase:all_{other}",), "strange": strange}, beyond=1
    )
