"""The lines that say what plan this is."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from .. import tree
from ..faults import Fault, nearest
from ..place import NOWHERE
from ..words import Law, Words, currencies, words


@dataclass(frozen=True, slots=True)
class Header:
    """What a plan says about itself; `effect` is the first day on which it applies, if it says."""

    title: str
    version: str
    currency: str
    effect: datetime.date | None
    about: tuple[str, ...]
    law: Law | None = None

    @property
    def digits(self) -> int:
        """The digits of the currency's minor unit (ISO 4217): 2 for kopecks."""
        return currencies()[self.currency]


@dataclass(slots=True)
class FirstLines:
    """The first line of each sort, if there is one."""

    title: tree.Title | None = None
    version: tree.Version | None = None
    currency: tree.Currency | None = None
    effect: tree.Effect | None = None
    law: tree.LawLine | None = None


def header(plan: tree.Plan, *, whole: bool) -> tuple[Header | None, str | None, list[Fault]]:
    """The header of a plan, None where a part of it is missing, and its currency, if it has a known one.

    What is missing is a fault only where no line failed to parse (`whole`).
    """
    found = FirstLines()
    faults = [fault for line in plan.statements if (fault := _enter(found, line)) is not None]
    if whole:
        faults.extend(_missing(found, words(plan.lang)))
    code = None
    if found.currency is not None:
        unknown = _unknown(found.currency, words(plan.lang))
        faults.extend(unknown)
        code = None if unknown else found.currency.code.text
    if found.law is not None and found.law.law is None:
        faults.append(_lawless(found.law, words(plan.lang)))
    start = found.effect.start.value if found.effect else None
    dated = found.effect is None or start is not None
    if found.title is None or found.version is None or code is None or not dated:
        return None, code, faults
    law = found.law.law if found.law else None
    about = tuple(
        line.text.text
        for line in plan.statements
        if isinstance(line, tree.Prose) and line.topic == "about" and line.word is None and line.name is None
    )
    return Header(found.title.text.text, found.version.text, code, start, about, law), code, faults


def _enter(found: FirstLines, line: tree.Statement) -> Fault | None:
    earlier: tree.Statement
    match line:
        case tree.Title():
            earlier = found.title = found.title or line
        case tree.Version():
            earlier = found.version = found.version or line
        case tree.Currency():
            earlier = found.currency = found.currency or line
        case tree.Effect():
            earlier = found.effect = found.effect or line
        case tree.LawLine():
            earlier = found.law = found.law or line
        case _:
            return None
    return None if earlier is line else Fault("P202", place=line.place, also=earlier.place)


def _missing(found: FirstLines, vocabulary: Words) -> Iterator[Fault]:
    """The lines that every plan has, shown to be missing after the one that should stand above them."""
    above = NOWHERE
    rows = (
        ("plan", found.title, '"…"'),
        ("version", found.version, "1"),
        ("currency", found.currency, "RUB"),
    )
    for word, line, sample in rows:
        if line is None:
            facts = {"word": vocabulary[word], "sample": f"{vocabulary[word]} {sample}"}
            yield Fault("P201", place=above, facts=facts)
        else:
            above = line.place


def _unknown(currency: tree.Currency, vocabulary: Words) -> list[Fault]:
    word = currency.code.text
    if word in currencies():
        return []
    fix = meant(word, vocabulary) or nearest(word.upper(), currencies())
    return [Fault("P206", place=currency.code.place, facts={"code": word}, fix=fix)]


def _lawless(line: tree.LawLine, vocabulary: Words) -> Fault:
    """A law that the language has no word for."""
    known = tuple(vocabulary.law_words.values())
    fix = nearest(line.word.text, known)
    return Fault("P276", place=line.word.place, facts={"word": line.word.text, "known": known}, fix=fix)


def meant(word: str, vocabulary: Words) -> str | None:
    """The code of the currency that a word begins to name: in small letters, in words, or of former days."""
    code, spelled = word.upper(), word.casefold()
    signs = [known for sign, known in vocabulary.signs.items() if sign.isalpha() and spelled.startswith(sign)]
    if signs or code[:3] in currencies():
        return signs[0] if signs else code[:3]
    # The first two letters of a code are its country.
    country = [known for known in currencies() if known[:2] == code[:2]]
    return country[0] if len(code) == 3 and len(country) == 1 else None
