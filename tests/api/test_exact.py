"""JSON with nothing lost: numbers as written, keys once, and a place for whatever is no JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.exact import DEPTH, SIZE, read_json
from dsl.faults import Fault, draw, phrase
from dsl.source import Source
from dsl.words import LANGS
from engine.facts.decimals import JsonNumber


def faults(data: bytes | str) -> tuple[Fault, ...]:
    """What is wrong with a document."""
    found = read_json(data)
    assert isinstance(found, tuple), found
    return found


def codes(data: bytes | str) -> list[tuple[str, str | None]]:
    """The codes and pointers of what is wrong with a document."""
    return [(fault.code, fault.pointer) for fault in faults(data)]


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "-0",
        "3300000",
        "12345678901234567.89",
        "1e400",
        "1E-400",
        "0.1000000000000000055511151231257827",
        "9" * 5000,
    ],
)
def test_a_number_is_the_text_that_it_was_written_as(text: str) -> None:
    """No digit is lost, and none is made up."""
    found = read_json(f'{{"a": [{text}, "{text}"]}}')
    assert found == {"a": [text, text]}
    assert isinstance(found, dict)
    assert [type(value) for value in found["a"]] == [JsonNumber, str]


def test_everything_else_is_what_it_is() -> None:
    """A byte order mark is no part of a document."""
    assert read_json(b'\xef\xbb\xbf {"a": [true, false, null, {}, [], "\\u0439 \\ud83d\\ude00"]}') == {
        "a": [True, False, None, {}, [], "й 😀"]
    }
    assert read_json("\ufeff[]") == []


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", [("P601", "")]),
        (b" \n", [("P601", "")]),
        (b"\xef\xbb\xbf", [("P601", "")]),
        (b'{"a": "\xe9"}', [("P603", "")]),
        (b"\xff\xfe{\x00}\x00", [("P603", "")]),
        (b'{"a": 1, "a": 1}', [("P604", "/a")]),
        (b'{"a/~": 1, "x": [{"d": 1, "d": 2}], "a/~": 2}', [("P604", "/x/0/d"), ("P604", "/a~1~0")]),
        (b'{"a": NaN, "b": [Infinity, -Infinity]}', [("P606", "/a"), ("P606", "/b/0"), ("P606", "/b/1")]),
        (b"NaN", [("P606", "")]),
        (b'{"a": ["\\ud800", "\\udead\\ud800"]}', [("P607", "/a/0"), ("P607", "/a/1")]),
        (b'{"\\ud800": 1}', [("P607", "/\ufffd")]),
        (b"[" * (DEPTH + 2) + b"]" * (DEPTH + 2), [("P605", "")]),
        (b'{"a":' * (DEPTH + 1) + b"1" + b"}" * (DEPTH + 1), [("P605", "")]),
        (b"[" * 100_000, [("P605", "")]),
        (b'{"a":' * 100_000, [("P605", "")]),
        (b" " * (SIZE + 1), [("P608", "")]),
        (b'{"a": 1', [("P609", "")]),
        (b'{"a": "x', [("P609", "")]),
    ],
)  # fmt: skip
def test_what_is_refused(data: bytes, expected: list[tuple[str, str]]) -> None:
    """All of it at once, each with its pointer."""
    assert codes(data) == expected


@pytest.mark.parametrize("depth", [1, DEPTH])
def test_a_document_as_deep_as_it_may_be(depth: int) -> None:
    """The bound itself is allowed."""
    assert not isinstance(read_json(b"[" * depth + b"1" + b"]" * depth), tuple)


@pytest.mark.parametrize(
    ("text", "at", "hint"),
    [
        ('{"a": 1,}', "}", "json_last_comma"),
        ("[1, 2,]", "]", "json_last_comma"),
        ("[1,, 2]", ",", "json_two_commas"),
        ("{'a': 1}", "'", "json_quotes"),
        ("{«a»: 1}", "«", "json_quotes"),
        ('{"a": 1} # a comment', "#", "json_comment"),
        ('{"a": // 5\n1}', "/", "json_comment"),
        ('{"a": 2,1}', "1", "json_decimal_comma"),
        ('{"a": 1 "b": 2}', '"', "json_no_comma"),
        ("{revenue: 1}", "revenue", "json_bare_word"),
        ('{"a": True}', "True", "json_bare_word"),
        ('{"a": "x\ny"}', "\n", "json_line_break"),
        ('{"a": .5}', ".", "json_other"),
        ('{"a": 1}}', "}", "json_other"),
        ('{"и\u0306": 1, б: 2}', "б", "json_bare_word"),
    ],
)
def test_what_is_no_json_is_shown_in_its_place(text: str, at: str, hint: str) -> None:
    """The place is drawn, and the likeliest reason is told."""
    (fault,) = faults(text.encode())
    source = Source("facts.json", text)
    assert fault.code == "P602"
    assert fault.place is not None
    assert source.at(fault.place) == at
    for lang in LANGS:
        assert phrase(hint, lang) in draw(fault, source, lang)


def test_a_hostile_document_gets_a_short_answer() -> None:
    """Neither a fault for each of a hundred thousand mistakes, nor a pointer as long as the document."""
    found = faults(b'{"%s": {%s}}' % (b"a" * 400_000, b",".join(b'"%d": NaN' % i for i in range(40_000))))
    assert len(found) <= 50
    assert sum(len(fault.pointer or "") for fault in found) < 100_000


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8"), max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


def plain(value: Any) -> Any:
    """A value with its numbers as texts."""
    match value:
        case bool() | None | str():
            return value
        case int():
            return str(value)
        case list():
            return [plain(inner) for inner in value]
        case _:
            return {key: plain(inner) for key, inner in value.items()}


@given(JSON, st.booleans())
def test_what_is_written_is_read(value: object, escaped: bool) -> None:
    """Any document that the standard library writes."""
    assert read_json(json.dumps(value, ensure_ascii=escaped).encode()) == plain(value)


@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_whatever_the_bytes_there_is_an_answer(data: bytes) -> None:
    """And where it is a value, the standard library reads it too."""
    found = read_json(data)
    if not isinstance(found, tuple):
        json.loads(data)
