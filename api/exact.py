"""JSON with nothing lost: numbers stay the text that they were written as, and no key is taken twice."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from dsl.faults import Fault
from dsl.marks import MOST, PLAIN, SUSPECT, composed, overladen
from dsl.place import Place
from dsl.source import Source
from engine.facts.decimals import JsonNumber
from engine.facts.values import escaped, shown

SIZE = 1024 * 1024  # bytes of a document
DEPTH = 32  # arrays and objects inside one another
LISTED = 50  # faults of one document; a reader has enough to do with these

LONGEST = 1000  # characters of a pointer

HALF = re.compile(r"\\u[dD][89a-fA-F]")  # one of the two escapes that write a character beyond U+FFFF
STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
HALVES = re.compile("[\ud800-\udfff]")
# More in a row than one letter may have marks, of what could be marks, written as themselves or as escapes.
HEX = "[0-9a-fA-F]"
MARKED = re.compile(
    f"(?:[^{PLAIN}]|\\\\u(?:03[0-6]|048|0[5-9a-fA-F]{HEX}|[1-9a-fA-F]{HEX}{HEX}){HEX}){{{SUSPECT},}}"
)


@dataclass(frozen=True, slots=True)
class Misread:
    """What stood where a value was to be: its text, and why it is none."""

    faults: tuple[Fault, ...]
    source: Source | None = None


def misread(faults: tuple[Fault, ...], data: bytes) -> Misread:
    """Bytes that are no JSON; only what has a place is worth its text."""
    placed = any(fault.place for fault in faults)
    return Misread(faults, Source("body", data.decode("utf-8-sig")) if placed else None)


def read_json(data: bytes | str, most: int = SIZE) -> object | tuple[Fault, ...]:
    """The value of a JSON document, or what is wrong with it.

    A value is a dict, a list, a str, a Numeral, a bool or None, never a float. Faults have a pointer (a key
    given twice, a number that is none) or a place in the document's text in NFC (where it is no JSON at all).
    """
    if len(data) > most:
        return (Fault("P608", pointer="", facts={"most": size(most)}),)
    if isinstance(data, bytes):
        try:
            data = data.decode("utf-8")
        except UnicodeDecodeError as error:
            return (Fault("P603", pointer="", facts={"byte": str(error.start + 1)}),)
    text = data.removeprefix("\ufeff")
    try:
        return _value(text)
    except json.JSONDecodeError as error:
        return (_unreadable(text, error),)
    except RecursionError:
        return (_deep(),)


def _value(text: str) -> object | tuple[Fault, ...]:
    try:
        value = QUICK.decode(text)
        suspect = HALF.search(text) is not None or MARKED.search(text) is not None
    except _Odd:
        value, suspect = SLOW.decode(text), True
    if text.count("[") + text.count("{") > DEPTH and _nested(value):
        return (_deep(),)
    faults = tuple(islice(_odd(SLOW.decode(text)), LISTED)) if suspect else ()
    return faults or value


def text_of(value: object) -> str | None:
    """A value that is a text; None of any other, also of a number that is kept as its text."""
    return value if isinstance(value, str) and not isinstance(value, JsonNumber) else None


def size(count: int) -> str:
    """A number of bytes as people say it."""
    return f"{count // (1024 * 1024)} MiB" if count >= 1024 * 1024 else f"{count // 1024} KiB"


# ── Two readings: a quick one that stops at what is odd, and a slow one that finds it all ──────────────────


class _Odd(Exception):  # noqa: N818  # a signal between the decoder's hooks and `read_json`, never seen outside
    """The document has a key given twice, or a number that is none."""


class _Pairs(list[tuple[str, object]]):
    """An object with all of its pairs."""


@dataclass(frozen=True, slots=True)
class _NoNumber:
    """`NaN` or an infinity, which some programs write and JSON does not have."""

    word: str


def _table(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table = dict(pairs)
    if len(table) != len(pairs):
        raise _Odd
    return table


def _refuse(_: str) -> object:
    raise _Odd


QUICK = json.JSONDecoder(
    object_pairs_hook=_table, parse_float=JsonNumber, parse_int=JsonNumber, parse_constant=_refuse
)
SLOW = json.JSONDecoder(
    object_pairs_hook=_Pairs, parse_float=JsonNumber, parse_int=JsonNumber, parse_constant=_NoNumber
)


def _odd(value: object, path: tuple[str, ...] = ()) -> Iterator[Fault]:
    """What `QUICK` stops at and what it cannot see, wherever it stands in an answer of `SLOW`."""
    match value:
        case _Pairs():
            taken: set[str] = set()
            for key, inner in value:
                here = (*path, _whole(key))
                if key in taken:
                    yield Fault("P604", pointer=_pointer(here), facts={"name": shown(here[-1])})
                if key != here[-1]:
                    yield Fault("P607", pointer=_pointer(here))
                elif overladen(key) is not None:
                    yield _overladen(_pointer(here))
                taken.add(key)
                yield from _odd(inner, here)
        case list():
            for index, inner in enumerate(value):
                yield from _odd(inner, (*path, str(index)))
        case _NoNumber(word):
            yield Fault("P606", pointer=_pointer(path), facts={"value": word})
        case str() if value != _whole(value):
            yield Fault("P607", pointer=_pointer(path))
        case str() if overladen(value) is not None:
            yield _overladen(_pointer(path))
        case _:
            pass


def _overladen(pointer: str, place: Place | None = None) -> Fault:
    return Fault("P139", place=place, pointer=pointer, facts={"most": str(MOST)})


def _pointer(path: tuple[str, ...]) -> str:
    """The JSON pointer of a path; of one that is absurdly long, the part that can be sent."""
    pointer = ""
    for step in path:
        longer = f"{pointer}/{escaped(step)}"
        if len(longer) > LONGEST:
            break
        pointer = longer
    return pointer


def _whole(text: str) -> str:
    """A text that can be sent: a mark stands for each half of a character."""
    return text if text.isascii() else HALVES.sub("\ufffd", text)


def _nested(value: object) -> bool:
    """Whether too many arrays and objects stand inside one another."""
    level = [value]
    for _ in range(DEPTH + 1):
        level = [inner for node in level if isinstance(node, dict | list) for inner in _inside(node)]
    return bool(level)


def _inside(node: dict[str, object] | list[object]) -> Iterable[object]:
    if isinstance(node, dict):
        return node.values()
    return (inner for _, inner in node) if isinstance(node, _Pairs) else node


def _deep() -> Fault:
    return Fault("P605", pointer="", facts={"most": str(DEPTH)})


# ── A text that is no JSON ────────────────────────────────────────────────────────────────────────────────


def _unreadable(text: str, error: json.JSONDecodeError) -> Fault:
    """The place where a text stops being JSON, and the likeliest reason."""
    if not text.strip():
        return Fault("P601", pointer="")
    if (at := overladen(text)) is not None:
        return _overladen("", Place(at, at + 1))
    start = error.pos
    end = start + 1
    while end < len(text) and end - start < 20 and text[start].isalnum() and text[end].isalnum():
        end += 1
    place = Place(len(composed(text[:start])), len(composed(text[:end])))
    if start >= len(text.rstrip()) or (text[start] == '"' and not STRING.match(text, start)):
        return Fault("P609", place=place, pointer="")
    hint = (f"phrase:{_hint(text, start)}",)
    return Fault("P602", place=place, pointer="", facts={"text": shown(text[start:end]), "hint": hint})


def _hint(text: str, start: int) -> str:
    """What most likely went wrong, from what stands there: the name of a phrase."""
    before, here = text[:start].rstrip()[-1:], text[start]
    signs = {
        "json_last_comma": before == "," and here in "]}",
        "json_two_commas": here == "," and before in "[{,",
        "json_quotes": here in "'«»“”„‘’",
        "json_comment": here in "#/",
        "json_decimal_comma": here == "," or (before == "," and here.isdigit()),
        "json_no_comma": here == '"' and before not in ",:[{",
        "json_bare_word": here.isalpha() or here == "_",
        "json_line_break": here in "\n\r\t",
    }
    return next((name for name, fits in signs.items() if fits), "json_other")
