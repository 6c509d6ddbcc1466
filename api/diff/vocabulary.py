"""The words of comparisons, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from dsl.data import phrases
from dsl.diff import Item
from dsl.words import Lang

Words = Mapping[str, str]


def table(lang: Lang) -> Words:
    """The words of a language."""
    return phrases(__package__, lang)


PLAIN = frozenset({"prose", "allow", "order"})  # what has no name of the author's


def called(item: Item, words: Words) -> str:
    """What something declared is called: `KPI calls`."""
    what, name = item.key
    kind = words[f"what_{what}"]
    return f"{kind} {words['name'].format(name=name)}" if name and what not in PLAIN else kind
