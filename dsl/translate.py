"""A plan's text in the other language: the same tree in other words."""

from __future__ import annotations

from dataclasses import dataclass

from .faults import Fault
from .parse import Parsed, parse
from .parse.grammar import grammar
from .parse.lines import place
from .place import Place
from .source import Source
from .words import Lang
from .write import write


@dataclass(frozen=True, slots=True)
class Translation:
    """A plan's text in the other language, or None with the faults that say what cannot be carried over."""

    text: str | None
    faults: tuple[Fault, ...] = ()


def translate(parsed: Parsed, to: Lang) -> Translation:
    """The formatted text of a plan in another language; names, labels and comments stay as they are."""
    if parsed.lacking:
        return Translation(None, parsed.faults)
    taken, free = _taken(parsed, to), grammar(to).naming.free
    if kept := tuple(fault for kind, fault in taken if kind not in free):
        return Translation(None, kept)
    text = write(parsed.tree, to)
    again = parse(Source(parsed.source.name, text))
    # Texts are compared, as trees may nest deeper than Python compares.
    if again.lang != to or write(again.tree, parsed.lang) != write(parsed.tree):
        told = tuple(fault for _, fault in taken)
        return Translation(
            None, told or (Fault("P141", place=Place(0, 0), facts={"lang": (f"phrase:{to}",)}),)
        )
    return Translation(text)


def _taken(parsed: Parsed, to: Lang) -> list[tuple[str, Fault]]:
    """A fault for each name, where it first stands, that is a word of the language translated to; which."""
    found: dict[str, tuple[str, Fault]] = {}
    before = ""
    for token in grammar(parsed.lang).named(parsed.source.text):
        # A version is no name; where it looks like a word it is written in quotation marks.
        if token.type == "NAME" and before != "VERSION" and token not in found:
            kinds = [word.type for word in grammar(to).lex(str(token))]
            if kinds != ["NAME"]:
                fault = Fault(
                    "P140", place=place(token), facts={"name": str(token), "lang": (f"phrase:{to}",)}
                )
                found[str(token)] = " ".join(kinds), fault
        before = token.type
    return [*found.values()]
