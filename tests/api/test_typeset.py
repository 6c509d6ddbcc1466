"""Pages of every door: wide tables scroll within them, periods stay whole, and names are set in type."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from api.paper.page import typed, whole
from dsl.words import LANGS, Lang
from engine.paper import bare
from tests.support.cli import premia, written
from tests.support.ivanov import HISTORY, LATER, NEW, SHIFTS, receipts
from tests.support.places import IVANOV
from tests.support.service import PERSON

DOORS = ("curve", "regulation", "simulate", "bridge", "diff", "broken")


class Reader(HTMLParser):
    """What stands round each table of a page, and the cells of their rows with their classes."""

    def __init__(self) -> None:
        super().__init__()
        self.around: list[str] = []
        self.tables: list[str] = []
        self.cells: list[tuple[str, str]] = []
        self.code: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = dict(attrs).get("class") or ""
        if tag == "table":
            self.tables.append(self.around[-1])
        if tag == "td":
            self.cells.append((classes, ""))
        if tag == "code":
            self.code.append("")
        if tag not in {"meta", "path", "use"}:
            self.around.append(f"{tag} {classes}")

    def handle_endtag(self, tag: str) -> None:
        if tag not in {"meta", "path", "use"}:
            self.around.pop()

    def handle_data(self, data: str) -> None:
        last = self.around[-1] if self.around else ""
        if any(one.startswith("td") for one in self.around):
            classes, text = self.cells[-1]
            self.cells[-1] = (classes, text + data)
        if last.startswith("code"):
            self.code[-1] += data


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    assert reader.around == []
    return reader


def page(door: str, folder: Path, lang: Lang) -> str:
    """A page of a command about the plan of the examples."""
    out = folder / "out.html"
    facts = written(folder, "people.json", json.dumps(HISTORY))
    against = written(folder, "new.plan", NEW)
    match door:
        case "curve" | "regulation":
            done = premia(door, IVANOV, "--out", out, lang=lang)
        case "simulate":
            told = ("--facts", facts, "--against", against, "--out", out)
            done = premia("simulate", IVANOV, *told, lang=lang)
        case "bridge":
            done = premia(
                "bridge", receipts(folder, PERSON), receipts(folder, LATER), "--out", out, lang=lang
            )
        case _:
            other = against if door == "diff" else written(folder, "shifts.plan", SHIFTS)
            done = premia("diff", IVANOV, other, "--facts", facts, "--format", "html", lang=lang)
            return done.stdout
    assert done.exit_code == 0, done.output
    return out.read_text("utf-8")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("door", DOORS)
def test_a_page_is_set_in_type(door: str, lang: Lang, tmp_path: Path) -> None:
    """No back quote is left of what a terminal shows, and every table may scroll by itself."""
    found = page(door, tmp_path, lang)
    reader = read(found)
    assert "`" not in found
    assert reader.tables
    assert {*reader.tables} == {"div wide"}
    assert ".wide { overflow-x: auto" in found
    assert not re.search(r"<script|<link|\son\w+=", found)


@pytest.mark.parametrize("door", ["simulate", "diff"])
def test_a_period_is_not_broken(door: str, tmp_path: Path) -> None:
    reader = read(page(door, tmp_path, "en"))
    periods = {classes for classes, text in reader.cells if re.fullmatch("2025-0[78]", text)}
    assert periods == {"whole"}
    assert re.search(r"\.whole \{ white-space: nowrap", page(door, tmp_path, "en"))


def test_names_are_set_as_code(tmp_path: Path) -> None:
    assert {"calls", "conversion"} <= {*read(page("diff", tmp_path, "en")).code}
    assert "shifts" in read(page("broken", tmp_path, "en")).code


def test_what_an_author_wrote_stays_text() -> None:
    assert typed("`<b>` & `x") == "<code>&lt;b&gt;</code> &amp; `x"
    assert bare("`a` and `b`, ` alone") == "a and b, ` alone"


WHOLE = ("2025-07", "2025-Q3", "−4 750.50", "80% → 85%", "1, 2")
BROKEN = ("by the rate", "12 дней", ", ".join(map(str, range(40))))


def test_what_has_no_word_is_whole() -> None:
    assert [text for text in WHOLE + BROKEN if whole(text)] == [*WHOLE]
