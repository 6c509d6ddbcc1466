"""The sentences of faults, in the reader's language, from the tables beside their owners."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from ..data import table as read
from ..fault import Fact, Fault, Quantity
from ..words import Lang
from ..words import words as vocabulary

# Each room that raises faults keeps their words in `<package>/messages/<lang>.toml`.
_owners = ["dsl", "dsl.check"]

# Characters of the longest fact that a sentence holds; of a longer one the beginning is enough.
LONG = 1_000

PLACES = 6  # decimals of a number that a sentence tells

# What marks a fact that is a phrase of the reader's language.
PHRASE = "phrase:"


def register(package: str) -> None:
    """Let a room above this one bring the words of its own faults."""
    if package not in _owners:
        _owners.append(package)
        table.cache_clear()


@dataclass(frozen=True, slots=True)
class Wording:
    """A fault in words: what it is called, what is wrong here, what to do."""

    title: str
    text: str
    advice: str


@dataclass(frozen=True, slots=True)
class Message(Wording):
    """What one code says (text and advice with `{facts}`), and its page."""

    why: str
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class Messages:
    """What one language says: the messages by their codes, and the phrases that stand inside sentences."""

    messages: Mapping[str, Message]
    phrases: Mapping[str, str]


@cache
def table(lang: Lang) -> Messages:
    """The messages of all owners in a language."""
    messages: dict[str, Message] = {}
    phrases: dict[str, str] = {}
    does = read("dsl.faults", "words", f"{lang}.toml")
    phrases.update({f"does.{keyword}": said for keyword, said in does.items()})
    for owner in _owners:
        data = {**read(owner, "messages", f"{lang}.toml")}
        phrases.update(data.pop("phrases", {}))
        messages.update({code: Message(**entry) for code, entry in data.items()})
    return Messages(dict(sorted(messages.items())), phrases)


def codes() -> tuple[str, ...]:
    """Every code there is."""
    return tuple(sorted(table("en").messages))


def message(code: str, lang: Lang) -> Message:
    """The message of a code."""
    return table(lang).messages[code]


def phrase(name: str, lang: Lang) -> str:
    """Some words of the reader's language that are no sentence by themselves."""
    return table(lang).phrases[name]


def wording(fault: Fault, lang: Lang) -> Wording:
    """A fault in the reader's words."""
    entry = message(fault.code, lang)
    facts = inserted(fault, lang)
    # What the examples of a plan decide is said before what else can be done.
    decided = facts.get("told", "")
    return Wording(entry.title, entry.text.format_map(facts), decided + entry.advice.format_map(facts))


def inserted(fault: Fault, lang: Lang) -> dict[str, str]:
    """The facts of a fault as they stand in a sentence of the reader's language."""
    return {name: _words(fact, lang) for name, fact in fault.facts.items()}


def _words(fact: Fact, lang: Lang) -> str:
    """A fact as it stands in a sentence; of a choice, what comes from the plan stands in backticks."""
    if isinstance(fact, Quantity):
        return number(fact.value, lang) + fact.unit
    if isinstance(fact, str):
        return fact if len(fact) <= LONG else f"{fact[:LONG]}…"
    *most, last = [
        phrase(item.removeprefix(PHRASE), lang) if item.startswith(PHRASE) else f"`{item}`" for item in fact
    ]
    return _words(f"{', '.join(most)} {phrase('or', lang)} {last}" if most else last, lang)


def number(value: Fraction, lang: Lang) -> str:
    """A number as the reader writes it: thousands apart, with the decimals that it needs, at most six."""
    whole, part = divmod(round(abs(value) * 10**PLACES), 10**PLACES)
    decimals = f"{part:0{PLACES}}".rstrip("0")
    text = f"{whole:,}".replace(",", " ") + (vocabulary(lang).decimal + decimals if decimals else "")
    return f"−{text}" if value < 0 else text
