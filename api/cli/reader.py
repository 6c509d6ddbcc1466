"""Who reads the answer: in which language, as text or as data, on a screen or in a file."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import Any, TextIO

from dsl import record
from dsl.data import phrases
from dsl.row import harmless
from dsl.words import LANGS, Lang

Words = Mapping[str, Any]  # phrases, and for each command a table of its help


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader of the command line; `named` is the language that they asked a command for."""

    lang: Lang
    json: bool = False
    named: Lang | None = None

    def words(self, key: str, /, **facts: object) -> str:
        """A phrase in the reader's language."""
        phrase: str = words(self.lang)[key]
        return phrase.format_map(facts)

    def count(self, name: str, number: int) -> str:
        """A number with the word for so many things, e.g. `3 faults` (by the plural rules of CLDR)."""
        forms: list[str] = words(self.lang)[name]
        return f"{number} {forms[plural(number, self.lang)]}"

    def people(self, people: int, rows: int) -> str:
        """How many people, and in how many rows where somebody stands in several: `1 person (12 rows)`."""
        said, several = self.count("people", people), self.count("rows", rows)
        return said if people == rows else self.words("several", people=said, rows=several)

    def meant(self, said: str, near: str | None) -> str:
        """That there is no such thing, and which one was most likely meant."""
        return f"{said} {self.words('meant', name=near)}" if near else said

    def say(self, *rows: str) -> None:
        """Print what was asked for."""
        show(rows, sys.stdout)

    def complain(self, *rows: str) -> None:
        """Print what stands in the way of it."""
        sys.stdout.flush()
        show(rows, sys.stderr)

    def data(self, document: object) -> None:
        """Print an answer as JSON."""
        print(record.text(document, indent=2), flush=True)


def words(lang: Lang) -> Words:
    """The words of the command line in a language."""
    return phrases(__package__, lang)


def plural(number: int, lang: Lang) -> int:
    """Which of the forms `[one, few, many]` a number takes; English has `[one, many]`."""
    if lang == "en":
        return int(number != 1)
    if number % 10 == 1 and number % 100 != 11:
        return 0
    return 1 if number % 10 in {2, 3, 4} and number % 100 not in {12, 13, 14} else 2


def language(args: Sequence[str], environment: Mapping[str, str]) -> Lang:
    """The reader's language: what `--lang` says, or else the locale."""
    options = takewhile(lambda arg: arg != "--", args)
    for option, following in pairwise([*options, ""]):
        name, _, value = option.partition("=")
        if name == "--lang" and (given := value or following) in LANGS:
            return given
    # The first of these that is set decides, as it does for other programs.
    locale = next(
        (environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), ""
    )
    return "ru" if locale.casefold().startswith("ru") else "en"


def show(rows: Iterable[str], stream: TextIO) -> None:
    """Print rows: in colours on a terminal, and as they are anywhere else."""
    if stream.isatty():
        from ..paper.colours import paint  # noqa: PLC0415  # rich is slow to import, and a file has no use for it

        paint(rows, stream)
    else:
        print(harmless("\n".join(rows)), file=stream)
