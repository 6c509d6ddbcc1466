"""One paper in every form: each writer holds all of it, and nothing that an author wrote runs."""

from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO
from zipfile import ZipFile

import docx
import pytest
from openpyxl import load_workbook

from api.paper import markdown, page, spreadsheet, terminal, word
from dsl.words import LANGS, Lang
from engine.money import Money
from engine.paper import Figure, Items, Listing, Paper, Paragraph, Section, Table
from engine.picture import Axis, Bar, Bars

RUN = "=1+1|<b>"
TABLE = Table(
    ("who", "pay"),
    (("`a`", Figure("−1 000.50", Money(-100050, 2))), (RUN, Figure("7", 7))),
    (1,),
    closing=True,
)
BARS = Bars("Bars", "one", "en", Axis("RUB", "money"), (Bar("a", (Money(1, 0).exact,)),))


def paper(lang: Lang = "en") -> Paper:
    blocks = (
        Paragraph("a paragraph with `words`", number="1.1", lead="Lead."),
        TABLE,
        Items(("first\nand below", RUN)),
        Items(("1", "2"), ordered=True),
        Listing("as\n  typed"),
    )
    parts = (Section("one", "First", blocks, number="1"), BARS, Section("more", "Appendix", ()))
    return Paper(lang, "Title", parts, ("about it",), ("APPROVED",))


def test_in_a_terminal() -> None:
    """A table is set in below its paragraph, its numbers at the right; bars have their numbers in tables."""
    found = terminal.whole(paper(), 40)
    assert found == "\n".join(
        [
            "Title",
            "",
            "First",
            "  1.1. Lead. a paragraph with `words`",
            "    who             pay",
            "    `a`       −1 000.50",
            f"    {RUN}          7",
            "  first",
            "      and below",
            f"  {RUN}",
            "  1",
            "  2",
            "  as",
            "    typed",
        ]
    )


def test_a_wide_table_is_wrapped() -> None:
    rows = [*terminal.columns(Table(("a", "b"), (("word " * 20, "x" * 50),)), "", 60)]
    assert max(map(len, rows)) <= 60
    assert "".join(rows).replace(" ", "").count("word") == 20
    assert [*terminal.columns(Table((), (("a", "bc"), ("abc", ""))))] == ["a    bc", "abc"]
    assert [*terminal.columns(Table((), ()))] == []


def test_in_markdown() -> None:
    found = markdown.text(paper())
    assert "### First\n\n1.1. Lead. a paragraph with `words`\n\n| who | pay |\n| --- | ---: |\n" in found
    assert "| \\=1+1" not in found
    assert "| =1+1\\|\\<b\\> | 7 |" in found
    assert "- first and below\n" in found
    assert "1. 1\n1. 2\n" in found
    assert "    as\n      typed" in found


def test_on_a_page() -> None:
    found = page.html(paper())
    assert isinstance(found, str)
    text = re.sub(r"<style>.*?</style>|<svg.*?</svg>|<[^>]+>", " ", found, flags=re.DOTALL)
    assert text.split()[:9] == ["Title:", "about", "it", "APPROVED", "Title", "about", "it", "1.", "First"]
    assert "<b>" not in found.replace("<b>Lead.</b>", "")
    assert "<code>words</code>" in found
    assert '<td class="number">−1 000.50</td>' in found
    assert found.count("<svg ") == 1
    assert '<section id="more" class="appendix">' in found
    assert '<tr class="closing">' in found


def test_in_a_word_processor() -> None:
    made = word.docx(paper())
    assert isinstance(made, bytes)
    found = docx.Document(BytesIO(made))
    texts = [paragraph.text for paragraph in found.paragraphs if paragraph.text]
    assert texts[:5] == ["APPROVED", "Title", "about it", "1. First", "1.1. Lead. a paragraph with `words`"]
    assert {"1) 1", "2) 2", "Appendix"} <= {*texts}
    assert [[cell.text for cell in row.cells] for row in found.tables[0].rows] == [
        [*TABLE.heads],
        *map(list, TABLE.rows),
    ]


def test_in_a_spreadsheet() -> None:
    """A number is a number, digit by digit; what an author wrote is no formula."""
    made = spreadsheet.xlsx(paper())
    assert isinstance(made, bytes)
    (sheet,) = load_workbook(BytesIO(made)).worksheets
    assert sheet.title == "First"
    assert [[cell.value for cell in row] for row in sheet.rows] == [
        ["who", "pay"],
        ["`a`", -1000.5],
        [RUN, 7],
    ]
    assert sheet.cell(3, 1).data_type == "s"
    with ZipFile(BytesIO(made)) as parts:
        assert "<v>-1000.50</v>" in parts.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize("lang", LANGS)
def test_as_rows_of_values(lang: Lang) -> None:
    made = spreadsheet.text(paper(lang))
    assert made.startswith("\ufeff") == (lang == "ru")
    rows = [*csv.reader(StringIO(made.lstrip("\ufeff")), delimiter=";" if lang == "ru" else ",")]
    number = "-1000,50" if lang == "ru" else "-1000.50"
    assert rows[1:] == [["First", "`a`", "pay", number], ["First", f"'{RUN}", "pay", "7"]]
