"""The lines of a text file, decoded one by one, so that what cannot be read is known by its line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

from dsl.faults import Fault

from .disk import UTF_16
from .heading import TableHeading

Encoding = Literal["utf-8", "utf-16", "windows-1251"]

BLANK = " \t\r\n"  # what is left out around a personnel number
# How a text begins that a spreadsheet takes for a formula and runs; in Japan also with wide signs.
FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
LINED = (".ndjson", ".jsonl")  # a JSON document a line
LINE = 1024 * 1024  # characters of one line
EXCEL = re.compile(r'"?sep=.[",;\s]*', re.IGNORECASE)  # a line that tells Excel, and nobody else, how to read


class Unreadable(Exception):  # noqa: N818  # a signal inside this room, never seen outside
    """The text cannot be read any further; its one argument is the fault."""


def encoding(path: Path) -> Encoding:
    """What a text says of its encoding: the mark of UTF-16, or nothing."""
    with path.open("rb") as file:
        return "utf-16" if file.read(2) in UTF_16 else "utf-8"


class Lines:
    """The lines of a file from its beginning; `count` is the number of the last one. To be closed."""

    def __init__(self, path: Path, encoding: Encoding) -> None:
        self.count = 0
        self.file = path.open("rb")
        self._encoding = encoding
        self._read: Callable[[int], bytes | str] = (
            io.TextIOWrapper(self.file, "utf-16", newline="").readline
            if encoding == "utf-16"
            else self.file.readline
        )

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            line = self._read(LINE)
            text = line if isinstance(line, str) else line.decode(self._codec)
        except UnicodeDecodeError:
            raise Unreadable(Fault("P655", facts={"line": str(self.count + 1)})) from None
        if not text:
            raise StopIteration
        self.count += 1
        if len(line) >= LINE:
            raise Unreadable(Fault("P669", facts={"line": str(self.count)}))
        return text

    @property
    def _codec(self) -> str:
        return "utf-8-sig" if self._encoding == "utf-8" and not self.count else self._encoding


def worded(text: str) -> str:
    """A text as a cell that no spreadsheet runs: after an apostrophe, where it would be a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def unworded(cell: str) -> str:
    """The text of such a cell."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


Row = tuple[
    int, list[str]
]  # its number as a spreadsheet counts, and its cells without the spaces around them


def parted(lines: Lines, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The cells of each row from here on, and the line that it begins in.

    Raises `Unreadable` where it cannot be told where a row ends.
    """
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        line = lines.count + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            # Where a row ends is no longer known, so the rest cannot be read.
            raise Unreadable(Fault("P669", facts={"line": str(line)})) from None
        if cells is None:
            return
        yield line, cells


def rows(path: Path, encoding: Encoding, heading: TableHeading) -> Iterator[Row]:
    """The rows of a table below its heading, those without a cell left out.

    In a personnel number a space that looks like none is told; elsewhere it is nothing.

    Raises `Unreadable` where it cannot be told where a row ends, or how it is to be decoded.
    """
    lines, who = Lines(path, encoding), heading.field("employee")
    with lines.file:
        for _ in range(heading.above):
            next(lines, None)
        # A cell of several lines makes no row more.
        for number, (_, cells) in enumerate(parted(lines, heading.delimiter), heading.above + 1):
            bare = [cell.strip() for cell in cells]
            if any(bare):
                if who < len(cells):
                    bare[who] = unworded(cells[who].strip(BLANK))
                yield number, bare
