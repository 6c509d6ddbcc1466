"""`premia explain`: the page of a fault's code."""

from __future__ import annotations

from textwrap import fill, indent

from dsl.faults import codes, message, nearest

from ..documents import page
from .door import Misuse
from .reader import Reader

# A Russian keyboard has a letter that looks like the one codes begin with.
LOOKALIKE = str.maketrans("РрПп", "PPPP")


def explain(code: str | None, reader: Reader) -> None:
    """Print the page of a code, or the list of all codes."""
    if code is None:
        _list(reader)
        return
    known = code.strip().translate(LOOKALIKE).upper()
    if known not in codes():
        said = reader.words("unknown_code", code=code[:20])
        raise Misuse(reader.meant(said, nearest(known, codes())))
    if reader.json:
        reader.data(page(known, reader.lang))
    else:
        reader.say(_page(known, reader))


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
