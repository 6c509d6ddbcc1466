"""The sentences of faults, in the reader's language, from the tables beside their owners."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ..words import Lang
from .fault import Fault

# Each room that raises faults keeps their words in `<package>/messages/<lang>.toml`.
_owners = ["dsl"]


def register(package: str) -> None:
    """Let a room above this one bring the words of its own faults."""
    if package not in _owners:
        _owners.append(package)
        _table.cache_clear()


@dataclass(frozen=True, slots=True)
class Message:
    """What one code says: a title, a sentence and an advice (both with `{facts}`), and its page."""

    title: str
    text: str
    advice: str
    why: str
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A fault in words: what it is called, what is wrong here, what to do."""

    title: str
    text: str
    advice: str


@cache
def _table(lang: Lang) -> Mapping[str, Message]:
    messages: dict[str, Message] = {}
    for owner in _owners:
        data = tomllib.loads(files(owner).joinpath("messages", f"{lang}.toml").read_text("utf-8"))
        messages.update({code: Message(**entry) for code, entry in data.items()})
    return messages


def codes() -> tuple[str, ...]:
    """Every code there is."""
    return tuple(sorted(_table("en")))


def message(code: str, lang: Lang) -> Message:
    """The message of a code."""
    return _table(lang)[code]


def wording(fault: Fault, lang: Lang) -> Wording:
    """A fault in the reader's words."""
    entry = message(fault.code, lang)
    return Wording(entry.title, entry.text.format_map(fault.facts), entry.advice.format_map(fault.facts))
