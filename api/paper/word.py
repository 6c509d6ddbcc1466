"""Paper as a file of a word processor (DOCX): the same bytes for the same paper."""

from __future__ import annotations

import datetime
import re
from copy import deepcopy
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING, Any, assert_never
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from dsl.faults import Fault
from engine.paper import Block, Items, Listing, Paper, Paragraph, Table

from .spreadsheet import OFFICE

if TYPE_CHECKING:
    from docx.document import Document as File
    from docx.table import Table as Grid

LIBRARY = "docx"
# The day in a file's properties says nothing of the plan, so it is always the first that a ZIP can hold.
DAY = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)
BROKEN = re.compile("[\t\n\r]")
PROPERTY = 255  # letters of a property of a file


def docx(paper: Paper) -> bytes | Fault:
    """The file; a fault where the library that writes it is not installed."""
    if find_spec(LIBRARY) is None:
        return Fault("P690", facts={"library": "python-docx", "extra": OFFICE})
    stored = BytesIO()
    _written(paper).save(stored)
    return _stamped(stored)


def _written(paper: Paper) -> File:
    from docx import Document as new  # noqa: N813, PLC0415  # an extra, and a function in spite of its name
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN  # noqa: PLC0415

    file = new()
    _settled(file, paper)
    for line in paper.approval:
        file.add_paragraph(line).alignment = ALIGN.RIGHT
    file.add_heading(paper.title, level=0).alignment = ALIGN.CENTER
    for line in paper.about:
        file.add_paragraph(line).alignment = ALIGN.CENTER
    for section in paper.sections:
        if section.title:
            title = f"{section.number}. {section.title}" if section.number else section.title
            heading = file.add_heading(title, level=1)
            heading.paragraph_format.page_break_before = section.appendix
        for block in section.blocks:
            _add(file, block)
    return file


def _settled(file: File, paper: Paper) -> None:
    """The page, the letters and the properties."""
    from docx.shared import Mm, Pt  # noqa: PLC0415

    page = file.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Mm(25), Mm(15), Mm(20), Mm(20)
    normal = file.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(11)
    about = file.core_properties
    about.title, about.subject = paper.title[:PROPERTY], "".join(paper.about[:1])[:PROPERTY]
    about.author, about.comments, about.language = "Premia", "", paper.lang
    about.created = about.modified = DAY
    about.last_modified_by, about.revision = "Premia", 1


def _add(file: File, block: Block) -> None:
    match block:
        case Paragraph():
            paragraph = file.add_paragraph(f"{block.number}. " if block.number else "")
            if block.lead:
                paragraph.add_run(block.lead + " " * bool(block.text)).bold = True
                paragraph.paragraph_format.keep_with_next = True
            paragraph.add_run(block.text)
        case Items(texts):
            for at, text in enumerate(texts, 1):
                # The numbers of a list of Word go on from the list before it, so these are written out.
                mark, style = (f"{at}) ", None) if block.ordered else ("", "List Bullet")
                file.add_paragraph(mark + text, style=style)
        case Table():
            _table(file, block)
        case Listing(text):
            from docx.shared import Pt  # noqa: PLC0415

            run = file.add_paragraph().add_run(text.rstrip("\n"))
            run.font.name, run.font.size = "Courier New", Pt(8.5)
        case _:
            assert_never(block)


def _table(file: File, block: Table) -> None:
    """A table, whose rows are copies of two: by itself the library takes a millisecond for each cell."""
    grid = file.add_table(rows=0, cols=len(block.heads), style="Table Grid")
    made = {bold: _row(grid, block, bold=bold) for bold in (True, False)}
    for row in made.values():
        grid._tbl.remove(row)  # the library has no way to take a row out
    bold = {0, len(block.rows)} if block.closing else {0}
    for number, texts in enumerate((block.heads, *block.rows)):
        row = deepcopy(made[number in bold])
        grid._tbl.append(row)  # nor to put one in
        for cell, text in zip(row.tc_lst, texts, strict=True):
            _say(cell, text)
    file.add_paragraph()


def _row(grid: Grid, block: Table, *, bold: bool) -> Any:
    """A row of a table with a word in each cell."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN  # noqa: PLC0415

    row = grid.add_row()  # type: ignore[no-untyped-call]  # the library does not say
    for at, cell in enumerate(row.cells):
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run("-")
        if bold:
            run.bold = True
        if at in block.numeric:
            paragraph.alignment = ALIGN.RIGHT
    return row._tr  # its XML, which can be copied


def _say(cell: Any, text: str) -> None:
    """Let a cell that has a word say something else."""
    run = cell.p_lst[0].r_lst[0]
    if text and text == text.strip() and not BROKEN.search(text):
        run.t_lst[0].text = text
    else:
        run.text = text  # a line that ends, or nothing, takes other elements


def _stamped(stored: BytesIO) -> bytes:
    """The file with each part of it stamped by one day, the first that there is."""
    again = BytesIO()
    with ZipFile(stored) as old, ZipFile(again, "w") as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name), old.read(name), ZIP_DEFLATED)
    return again.getvalue()
