"""A table looked through before anybody is paid: what its rows tell only together."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice
from pathlib import Path

from dsl.faults import Fault
from engine.facts.decimals import Decimal, decimal
from engine.facts.usage import is_total

from ..alike import Key, Twins, key, repeated, total, twins
from .heading import Column, Known, TableHeading, read_heading
from .lines import EXCEL, Encoding, Lines, Row, Unreadable, encoding, rows
from .marks import NumberMarks, marked, read_as

LOOK = 20  # lines among which the heading is
CYRILLIC = re.compile("[\u0400-\u04ff]")
OLD: Encoding = "windows-1251"  # what Excel and 1C write in Russia where nobody asks them for another
NUMERIC = frozenset({"money", "percent", "count", "number", "days"})
SUMMED = frozenset({"money", "count"})
BITS = 1 << 22  # half a mebibyte: of a hundred thousand things a few are kept by mistake
MARKS = 4  # bits of a thing


@dataclass(slots=True)
class Survey:
    """A table before its rows are read one by one.

    `left` are the lines of rows that are nobody's: totals, and those that an earlier row says word for word.
    `twins` are those who have several rows. `notices` are what is to be said of the table as a whole.
    """

    path: Path
    encoding: Encoding
    heading: TableHeading
    marks: NumberMarks
    left: set[int] = field(default_factory=set)
    twins: Mapping[Key, Twins] = field(default_factory=dict)
    notices: list[Fault] = field(default_factory=list)

    def rows(self) -> Iterator[Row]:
        """The rows below the heading, those without a cell left out."""
        return rows(self.path, self.encoding, self.heading)

    def whole(self) -> Iterator[Row]:
        """Those with a cell for each column, as far as they can be read: what ends that is told later."""
        with suppress(Unreadable):
            for line, cells in self.rows():
                if len(cells) >= len(self.heading.columns):
                    yield line, cells


def survey(path: Path, known: Known) -> Survey | tuple[Fault, ...]:
    """What a table is as a whole, or what is wrong with its heading."""
    said = encoding(path)
    heading = _heading(path, said, known)
    if said == "utf-8" and isinstance(heading, tuple) and any(fault.code == "P655" for fault in heading):
        # Nothing in the file says what the encoding is; that its heading makes words of the plan does.
        other = _heading(path, OLD, known)
        if isinstance(other, TableHeading) and _vouches(path, other):
            said, heading = OLD, other
    if isinstance(heading, tuple):
        return heading
    notices = [] if said == "utf-8" else [read_as("encoding", said.upper())]
    marks = NumberMarks(heading.delimiter)
    return _looked(Survey(path, said, heading, marks, notices=[*notices, *heading.notices]))


def _vouches(path: Path, heading: TableHeading) -> bool:
    """Whether a heading is of Russian words, and not alone, so that it tells the encoding of a table."""
    written = "".join(column.heading for column in heading.columns)
    return bool(CYRILLIC.search(written)) and next(rows(path, OLD, heading), None) is not None


def _heading(path: Path, encoding: Encoding, known: Known) -> TableHeading | tuple[Fault, ...]:
    """The heading; where it is none and a line near it cannot be read, that is what is wrong."""
    first: list[tuple[int, str]] = []
    unread: tuple[Fault, ...] = ()
    lines = Lines(path, encoding)
    with lines.file:
        try:
            written = (line for line in lines if line.strip(" ;,\t\r\n") and not EXCEL.fullmatch(line))
            first.extend((lines.count, line) for line in islice(written, LOOK))
        except Unreadable as signal:
            unread = signal.args
    heading = read_heading(first or [(1, "")], known)
    return unread if unread and isinstance(heading, tuple) else heading


class Sieve:
    """Lets through what cannot have come before; what it keeps most likely has, and is looked at again."""

    def __init__(self) -> None:
        self._bits = bytearray(BITS // 8)

    def keeps(self, thing: Hashable) -> bool:
        """Whether a thing may have come before; from now on it has."""
        first = hash(thing)
        step, known = (first >> 32) | 1, True
        for number in range(MARKS):
            at = (first + number * step) % BITS
            bit = 1 << (at & 7)
            if not self._bits[at >> 3] & bit:
                self._bits[at >> 3] |= bit
                known = False
        return known


@dataclass(slots=True)
class SeenRows:
    """What is gathered in one look at all rows."""

    sieve: Sieve = field(default_factory=Sieve)
    again: set[Key] = field(default_factory=set)
    totals: dict[str, list[int]] = field(default_factory=dict)
    unnamed: list[int] = field(default_factory=list)
    unclear: bool = False
    shares: dict[int, tuple[str, int]] = field(default_factory=dict)
    percents: dict[int, tuple[str, int]] = field(default_factory=dict)
    stray: set[int] = field(default_factory=set)


def _looked(found: Survey) -> Survey | tuple[Fault, ...]:
    """The survey with what its rows tell together; a nameless column that is not empty is a fault."""
    seen = SeenRows()
    columns = found.heading.columns
    who, when = found.heading.field("employee"), found.heading.field("period")
    numeric = [(at, one) for at, one in enumerate(columns) if one.kind in NUMERIC]
    nameless = [at for at, one in enumerate(columns) if one.sort == "nothing"]
    for line, cells in found.whole():
        seen.stray.update(at for at in nameless if cells[at])
        if _is_nobody(seen, line, cells[who], cells):
            continue
        owner = key(cells[who], cells[when])
        if seen.sieve.keeps(owner):
            seen.again.add(owner)
        for at, column in numeric:
            if cells[at]:
                _number(seen, line, at, column, cells[at])
    if seen.stray:
        return tuple(Fault("P672", facts={"number": str(at + 1)}) for at in sorted(seen.stray))
    if seen.unclear:
        _vouched(found, numeric)
    _told(found, seen)
    return found


def _is_nobody(seen: SeenRows, line: int, employee: str, cells: Sequence[str]) -> bool:
    """Whether a row is of no person: a total by its name, or without a number."""
    name = employee or next(filter(is_total, cells), "")
    if is_total(name):
        seen.totals.setdefault(name, []).append(line)
    elif not employee:
        seen.unnamed.append(line)
    else:
        return False
    return True


def _number(seen: SeenRows, line: int, at: int, column: Column, cell: str) -> None:
    seen.unclear = seen.unclear or (("," in cell or "." in cell) and marked(cell))
    if column.kind == "percent" and not cell.endswith("%"):
        number = decimal(cell.replace(",", "."))
        if isinstance(number, Decimal) and number.digits > 0:
            one = 10**number.places
            if number.digits != one:
                (seen.shares if number.digits < one else seen.percents).setdefault(at, (cell, line))


def _vouched(found: Survey, numeric: list[tuple[int, Column]]) -> None:
    """Let every number of the table tell what its marks mean."""
    with suppress(Unreadable):
        for _, cells in found.rows():
            for at, column in numeric:
                if at < len(cells) and ("," in cells[at] or "." in cells[at]):
                    found.marks.note(column.heading, cells[at], whole=column.whole)


def _told(found: Survey, seen: SeenRows) -> None:
    """Enter who has several rows, which rows are left out, and what is to be said of it."""
    if seen.again:
        found.twins = twins(_several(found, seen.again))
        found.left |= {line for one in found.twins.values() for line in one.repeated}
    called = {line for lines in seen.totals.values() for line in lines}
    if seen.unnamed and (totals := _numberless(found, {*seen.unnamed}, called)):
        seen.totals[""] = totals
    for name, lines in seen.totals.items():
        found.left |= {*lines}
        found.notices.append(total(name, lines, "in_line"))
    if equal := [line for one in found.twins.values() if one.differing is None for line in one.repeated]:
        found.notices.append(repeated(sorted(equal), "in_line"))
    for at in sorted(seen.shares.keys() & seen.percents.keys()):
        (share, first), (percent, second) = seen.shares[at], seen.percents[at]
        facts = {
            "column": found.heading.columns[at].heading,
            "share": share,
            "percent": percent,
            "first": str(first),
            "second": str(second),
        }
        found.notices.append(Fault("P674", "warning", facts=facts))


def _several(found: Survey, again: set[Key]) -> Iterator[tuple[int, Key, Mapping[str, str]]]:
    """The rows of those who have several."""
    who, when = found.heading.field("employee"), found.heading.field("period")
    for line, cells in found.whole():
        if (owner := key(cells[who], cells[when])) in again:
            named = zip(found.heading.columns, cells, strict=False)
            content = {one.heading: cell for one, cell in named if one.sort in {"fact", "target"}}
            yield line, owner, content


def _numberless(found: Survey, unnamed: set[int], called: set[int]) -> list[int]:
    """Those of the rows without a number that are totals: sums of all that is above, or since the last one.

    A row that is no sum is somebody whose number was forgotten; those that are `called` totals are no part of
    any sum.
    """
    summed = [(at, column) for at, column in enumerate(found.heading.columns) if column.kind in SUMMED]
    whole, since = (dict.fromkeys((at for at, _ in summed), Fraction(0)) for _ in range(2))
    totals: list[int] = []
    for line, cells in (row for row in found.whole() if row[0] not in called):
        amounts = {at: _amount(cells[at], column, found.marks) for at, column in summed if cells[at]}
        if line not in unnamed:
            for at, amount in amounts.items():
                whole[at] += amount or 0
                since[at] += amount or 0
        elif amounts and any(all(sums[at] == amounts[at] for at in amounts) for sums in (whole, since)):
            totals.append(line)
            since = dict.fromkeys(since, Fraction(0))
    return totals


def _amount(cell: str, column: Column, marks: NumberMarks) -> Fraction | None:
    text = marks.plain(column.heading, cell, whole=column.whole)
    number = None if isinstance(text, Fault) else decimal(text)
    return Fraction(number.digits, 10**number.places) if isinstance(number, Decimal) else None
