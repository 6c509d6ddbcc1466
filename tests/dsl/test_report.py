"""The drawing of a fault: marks stand under what they mean, whatever the line is made of."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

import pytest

from dsl.faults import Fact, Fault, document, draw
from dsl.faults.report import WIDTH
from dsl.place import Place
from dsl.record import plain
from dsl.source import Source

FACTS: Mapping[str, Fact] = {"word": "x", "expected": ("phrase:end",), "sample": "y"}


def drawn(text: str, place: Place, also: Place | None = None, fix: str | None = None) -> list[str]:
    """The rows of a report about a place."""
    return draw(Fault("P100", place=place, also=also, facts=FACTS, fix=fix), Source("p", text), "en").split(
        "\n"
    )


def width(text: str) -> int:
    """How many cells of a terminal a text takes."""
    shown = (character for character in text if not unicodedata.combining(character))
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in shown)


# Each with one `x` in it, which is what is wrong.
LINES = (
    "ab x cd",
    "\ta\t x",
    "йё́ x",
    "漢字 x 漢",
    "x",
    "ab\u200bc\x1b[31m x",
    "a" * 300 + " x " + "b" * 300,
    "xé",
)


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_the_mark_stands_under_its_word(line: str, end: str) -> None:
    """Tabs, letters of two cells or none, hidden characters and long lines move the mark with the word."""
    for typed in (line, unicodedata.normalize("NFD", line)):
        source = Source("p", f"first{end or chr(10)}{typed}{end}")
        at = source.text.index("x")
        rows = drawn(source.typed, Place(at, at + 1))
        row, marks = rows[3].removeprefix("2 | "), rows[4].removeprefix("  | ")
        assert width(row[: row.index("x")]) == marks.index("^")
        assert marks.count("^") == 1
        assert width(row) <= WIDTH + 2
        assert not any(unicodedata.category(character)[0] == "C" for character in row)
        assert rows[1] == f" --> p:2:{typed.index('x') + 1}"


def test_a_byte_order_mark_is_not_drawn() -> None:
    """It is a character of the text as typed, and takes no room."""
    rows = drawn("\ufeffx y", Place(1, 2))
    assert rows[1:5] == [" --> p:1:2", "  |", "1 | x y", "  | ^"]


def test_a_place_over_lines() -> None:
    """Few lines are all drawn, of many the first and the last."""
    assert drawn("a b\n c\nd e\n", Place(2, 9))[2:-3] == [
        "  |",
        "1 | a b",
        "  |   ^",
        "2 |  c",
        "  |  ^",
        "3 | d e",
        "  | ^^",
        "  |",
    ]
    assert drawn("a\n" * 9 + "b", Place(0, 19))[2:-3] == [
        "   |",
        " 1 | a",
        "   | ^",
        "   ⋮",
        "10 | b",
        "   | ^",
        "   |",
    ]


def test_a_place_between_characters() -> None:
    """Where something is missing stands one mark, also at the end of a text."""
    assert drawn("ab\n", Place(2, 2))[3:5] == ["1 | ab", "  |   ^"]
    assert drawn("ab\n", Place(3, 3))[3:5] == ["2 |", "  | ^"]


def test_a_second_place() -> None:
    """It stands on the same row of marks where there is room, and on its own line otherwise."""
    assert drawn("a b c\n", Place(4, 5), also=Place(0, 1))[3:5] == ["1 | a b c", "  | -   ^"]
    assert drawn("a b c\n", Place(0, 5), also=Place(2, 3))[3:6] == ["1 | a b c", "  | ^^^^^", "  |   -"]
    assert drawn("a\nb\nc\n", Place(0, 1), also=Place(4, 5))[3:8] == [
        "1 | a",
        "  | ^",
        "  ⋮",
        "3 | c",
        "  | -",
    ]


def test_the_repair_is_drawn_in_its_lines() -> None:
    """The whole line with the repair in it, several lines where the repair has or joins several."""
    assert drawn("a = b  # c\n", Place(2, 4), fix="")[-2] == "    a b  # c"
    assert drawn("  a; b\n", Place(3, 5), fix="\n")[-3:-1] == ["    a", "    b"]
    assert drawn('a "b\nc" d\n', Place(2, 7), fix='"b c"')[-2] == '    a "b c" d'


def test_the_same_as_data() -> None:
    """Places are those of the text as typed; the words are those of the drawing."""
    fault = Fault("P100", place=Place(2, 3), also=Place(0, 1), facts=FACTS, fix="y")
    assert plain(document(fault, Source("p", "и\u0306 x"), "en")) == {
        "code": "P100",
        "severity": "error",
        "title": "out of place",
        "text": "`x` cannot stand here.",
        "advice": "what can: the end of the line. Such a line is written like `y`.",
        "place": {"file": "p", "line": 1, "column": 4, "end_line": 1, "end_column": 5, "text": "x"},
        "also": {"file": "p", "line": 1, "column": 1, "end_line": 1, "end_column": 3, "text": "й"},
        "fix": "y",
    }
