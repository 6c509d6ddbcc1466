"""What people type for an answer: numbers in words, currencies by their names, things of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Literal

from dsl.data import table
from dsl.words import LANGS, currencies, words
from engine.facts.decimals import Decimal, decimal

from .reader import words as phrases

Word = Literal["new_back_words", "new_all_words", "new_none_words", "new_and_words"]

MANY = re.compile(r"(?P<digits>[0-9][0-9 .,]*)\s*(?P<many>[^\W\d_]+)\.?\s*(?P<rest>.*)")
NUMBERED = re.compile(r"(?:№|#)?\s*([0-9]{1,3})[.)]?")
RANGE = re.compile(r"([0-9]{1,3})\s*[-–—]\s*([0-9]{1,3})")


def says(typed: str, key: Word) -> bool:
    """Whether an answer is one of the words for something, of either language."""
    return any(typed.strip(" .").casefold() in phrases(lang)[key] for lang in LANGS)


def spelt(typed: str) -> str:
    """A number with its zeros instead of the word for them: `70 тыс.`, `1.5m`; anything else as it is."""
    found = MANY.fullmatch(typed)
    if found is None:
        return typed
    synonyms = table("grammars", "synonyms.toml")["multiples"]
    many = next(
        (synonyms[lang][word] for lang in LANGS if (word := found["many"].casefold()) in synonyms[lang]), 0
    )
    number = decimal("".join(found["digits"].split()).replace(",", "."))
    if not many or not isinstance(number, Decimal):
        return typed
    whole = Fraction(number.digits * many, 10**number.places)
    return f"{whole} {found['rest']}".rstrip() if whole.denominator == 1 else typed


def currency(typed: str) -> str | None:
    """The code of a currency by its code, its sign or its name.

    In small letters only codes of currencies that have a sign or a name in the grammars are read: `all` and
    `try` are words before they are currencies.
    """
    bare = typed.strip().casefold()
    signs = {sign.casefold(): code for lang in LANGS for sign, code in words(lang).signs.items()}
    if bare in signs:
        return signs[bare]
    names = table("grammars", "synonyms.toml")["currencies"]
    called = {name: code for lang in LANGS for name, code in names[lang].items()}
    if typed in currencies() or typed.upper() in {*signs.values(), *called.values()}:
        return typed.upper()
    *_, last = bare.split() or [""]
    return next((code for name, code in called.items() if len(name) > 3 and last.startswith(name)), None)


def chosen(typed: str, known: Sequence[Sequence[str]]) -> int | None:
    """The place of one of some things, by its number or by whatever it is called."""
    if found := NUMBERED.fullmatch(typed.strip()):
        number = int(found[1])
        return number - 1 if 1 <= number <= len(known) else None
    name = _bare(typed)
    return next((place for place, names in enumerate(known) if name in map(_bare, names)), None)


def several(typed: str, known: Sequence[Sequence[str]]) -> Iterator[int | None]:
    """The places of several things of a list, `None` for what is none: `1, 3`, `1 и 3`, `1-3`, `all`."""
    if says(typed, "new_all_words"):
        yield from range(len(known))
        return
    for part in parts(typed, r"[;,/+&]"):
        if (one := chosen(part, known)) is not None:
            yield one
        elif found := RANGE.fullmatch(part):
            first, last = int(found[1]), int(found[2])
            yield from range(first - 1, last) if 1 <= first < last <= len(known) else [None]
        else:
            yield from (chosen(one, known) for one in part.split())


def parts(typed: str, marks: str) -> list[str]:
    """What is typed one after another, with some marks or the word for `and` between."""
    ands = "|".join(word for lang in LANGS for word in phrases(lang)["new_and_words"])
    return [part.strip() for part in re.split(rf"{marks}|\s(?:{ands})\s", typed) if part.strip()]


def weights(typed: str, count: int) -> list[Fraction] | None:
    """So many shares of a whole, with or without their signs; a comma stands in a number or between them."""
    for marks in (r"[;/+\s]+|,(?:\s+|$)", r"[;,/+\s]+"):
        numbers = [
            decimal(one.removesuffix("%").replace(",", ".")) for one in parts(typed.replace(" %", "%"), marks)
        ]
        found = [Fraction(one.digits, 10 ** (one.places + 2)) for one in numbers if isinstance(one, Decimal)]
        if len(found) == len(numbers) == count:
            return found
    return None


def _bare(name: str) -> str:
    """A name without what is written in one way or another."""
    return " ".join(re.sub(r"[_\-–—«»\"“”`.]", " ", name.casefold()).split())
