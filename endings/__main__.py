"""`python -m endings` (`make endings`): the endings of Russian words, as they are kept beside the words.

A word has the endings of its paradigm: two that begin alike and end as one paradigm does are forms of
one word. The paradigms are those of OpenCorpora; those are kept that many nouns and adjectives follow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from pymorphy3 import MorphAnalyzer

from dsl.faults.forms import common
from dsl.words import Lang

KEPT = Path(__file__).parent.parent / "grammars" / "endings.toml"
HEAD = """\
# The endings of words: in each row, those of one paradigm. Two words that begin alike and end as one paradigm
# does are forms of one word. `make endings` works out the Russian ones from the dictionary of OpenCorpora.
"""
# Words that follow a paradigm which is kept.
MANY = 30
SORTS = frozenset({"NOUN", "ADJF", "PRTF"})
# Names of people, comparisons, and forms that nobody writes.
OTHERS = frozenset({"Name", "Surn", "Patr", "COMP", "Supr", "Erro", "Arch"})
ENGLISH = (("", "s"), ("", "es"), ("y", "ies"), ("", "ed", "ing", "s"), ("e", "ed", "es", "ing"))


def russian() -> Iterator[tuple[str, ...]]:
    """The paradigms, without those that are a part of another."""
    dictionary = MorphAnalyzer(lang="ru").dictionary
    followed = Counter(para for _, (para, index) in dictionary.words.iteritems() if index == 0)
    found = {
        endings(dictionary.build_paradigm_info(para)) for para, words in followed.items() if words >= MANY
    }
    largest = [one for one in found if len(one) > 1 and not any(one < other for other in found)]
    yield from sorted(tuple(sorted(one)) for one in largest)


def endings(paradigm: list[tuple[str, object, str]]) -> frozenset[str]:
    """The endings of a paradigm, without the letters that all its forms share; none if it is not kept."""
    forms = [
        ({*str(tag).replace(" ", ",").split(",")}, suffix) for prefix, tag, suffix in paradigm if not prefix
    ]
    if not forms or not forms[0][0] & SORTS or forms[0][0] & OTHERS:
        return frozenset()
    ends = [suffix.replace("ё", "е") for tags, suffix in forms if not tags & OTHERS]
    shared = min(common(ends[0], end) for end in ends)
    return frozenset(end[shared:] for end in ends)


def written(found: Mapping[Lang, list[tuple[str, ...]]]) -> str:
    """The endings of each language as they are kept."""
    rows = (f"{lang} = [\n{''.join(map(line, paradigms))}]\n" for lang, paradigms in found.items())
    return "\n".join([HEAD, *rows])


def line(paradigm: tuple[str, ...]) -> str:
    """The row of a paradigm: its endings with a `-` before each."""
    return f'    "{" ".join(f"-{end}" for end in paradigm)}",\n'


if __name__ == "__main__":
    KEPT.write_text(written({"en": [*ENGLISH], "ru": [*russian()]}), "utf-8")
