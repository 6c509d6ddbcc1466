"""`premia explain`: the page of a fault's code, or what a word of the language does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from textwrap import fill, indent

from dsl.faults import codes, message, nearest
from dsl.words import Lang

from ..documents import page
from ..vocabulary import Meant, meant, near
from .door import Misuse
from .reader import Reader

CODE = re.compile(r"P?[0-9]+")
# A Russian keyboard has a letter that looks like the one codes begin with.
LOOKALIKE = str.maketrans("РрПп", "PPPP")
# So much of what is asked for is said again.
LONG = 40


def explain(asked: Sequence[str], reader: Reader) -> None:
    """Print the page of a code, what a word does and where it is shown, or the list of all codes."""
    if not asked:
        _list(reader)
        return
    typed = " ".join(asked)
    known = typed.strip().translate(LOOKALIKE).upper()
    if known not in codes() and not CODE.fullmatch(known) and (found := meant(typed, reader.lang)):
        _words(found, reader)
        return
    if known not in codes():
        said = reader.words("unknown_code", code=typed[:LONG])
        others = [*near(typed), *filter(None, [nearest(known, codes())])]
        raise Misuse(
            f"{said} {reader.words('near', names=', '.join(f'`{one}`' for one in others))}"
            if others
            else said
        )
    if reader.json:
        reader.data(page(known, reader.lang))
    else:
        reader.say(_page(known, reader))


def _words(found: Meant, reader: Reader) -> None:
    if reader.json:
        reader.data(found)
        return
    for word in found.words:
        own, other = (", ".join(f"`{one}`" for one in word.spelt(lang)) for lang in _languages(reader.lang))
        name = reader.words("word_name" if word.name else "word_no_name")
        reader.say(reader.words("word", own=own, does=word.does, name=name, other=other))
    for chapter in found.chapters:
        reader.say(reader.words("chapter", title=chapter.title, file=chapter.file))


def _languages(lang: Lang) -> tuple[Lang, Lang]:
    """The reader's language, and the other."""
    return ("en", "ru") if lang == "en" else ("ru", "en")


def _list(reader: Reader) -> None:
    titles = {code: message(code, reader.lang).title for code in codes()}
    if reader.json:
        reader.data({"codes": [{"code": code, "title": title} for code, title in titles.items()]})
    else:
        reader.say(*(f"{code}  {title}" for code, title in titles.items()))


def _page(code: str, reader: Reader) -> str:
    entry = message(code, reader.lang)
    paragraphs = [fill(" ".join(part.split()), 80) for part in entry.why.strip().split("\n\n")]
    examples = (
        f"{reader.words(name)}:\n{indent(text.strip(chr(10)), '    ')}"
        for name, text in (("explain_wrong", entry.wrong), ("explain_right", entry.right))
        if text.strip()
    )
    return "\n\n".join([f"{code}: {entry.title}", *paragraphs, *examples])
