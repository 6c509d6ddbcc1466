"""A fault drawn for a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..fault import Fault
from ..marks import MOST
from ..place import Place
from ..row import Row
from ..source import Source
from ..words import Lang
from .messages import phrase, wording

# A line of text is drawn so wide at most, in cells of the terminal, with so much of it before the place.
WIDTH = 96
BEFORE = 30
# So many characters to either side of a place are looked at to draw it; more than one may stand in a cell.
NEAR = 400
TAB = 4
# A place over more lines than this is drawn by its first and its last.
LINES = 4
INDENT = " " * 4
MAIN, OTHER = "^", "-"  # what is drawn under a place, and under the second one


def draw(fault: Fault, source: Source | None, lang: Lang) -> str:
    """A report a person can read: what, where (the line drawn and underlined), why, what to do."""
    return "\n".join(report(fault, source, lang))


def report(fault: Fault, source: Source | None, lang: Lang) -> Iterator[str]:
    """The rows of such a report, those that stand out as what they are."""
    words = wording(fault, lang)
    yield Row(f"{phrase(fault.severity, lang)} {fault.code}: {words.title}", fault.severity)
    if source is not None and fault.place is not None:
        yield from _located(source, fault.place, fault.also)
    elif fault.pointer is not None:
        yield Row(f"--> {shown(fault.pointer) or '/'}", "quiet")
    yield shown(words.text)
    if words.advice:
        yield shown(words.advice)
    if fault.fix is not None and source is not None and fault.place is not None:
        yield from (INDENT + row for row in _repaired(source, fault.place, fault.fix))
    if fault.example is not None:
        yield from ((INDENT + shown(row)).rstrip() for row in fault.example.splitlines())
    yield from (INDENT + shown(row) for row in fault.trace)
    yield f"{phrase('see', lang)} premia explain {fault.code}"


# ── The drawing ──────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Underline:
    """A part of one line of text as typed, columns from 0, with the mark that underlines it."""

    line: int
    start: int
    end: int
    mark: str


def _located(source: Source, main: Place, also: Place | None) -> Iterator[str]:
    """The rows that show where: the file, and each line with what is underlined in it; then another file."""
    file, inside = source.part(main)
    other, second = source.part(main if also is None else also)
    here, there = _stretches(file, inside, MAIN), _stretches(other, second, OTHER)
    if other is not file:
        yield from _underlined(file, inside, here)
        yield from _underlined(other, second, there)
    elif also in {None, main}:
        yield from _underlined(file, inside, here)
    else:
        yield from _underlined(file, inside, sorted([*here, *there], key=lambda one: (one.line, one.start)))


def _underlined(source: Source, main: Place, stretches: Sequence[Underline]) -> Iterator[str]:
    """The rows that show some places of one file."""
    margin = " " * len(str(stretches[-1].line))
    here = source.position(main.start)
    yield Row(f"{margin}--> {shown(source.name)}:{here.line}:{here.column}", "quiet")
    yield f"{margin} |"
    # Each line as it is drawn, with the marks under it; two places share a row of marks where they can.
    drawn: list[tuple[int, str, str]] = [(0, "", "")]
    for stretch in stretches:
        row, under = _drawn(source.line(stretch.line), stretch)
        *before, marks = drawn[-1]
        if before == [stretch.line, row] and len(marks) <= under.index(stretch.mark):
            under = drawn.pop()[-1] + under[len(marks) :]
        drawn.append((stretch.line, row, under))
    for (above, earlier, _), (line, row, under) in pairwise(drawn):
        if 0 < above < line - 1:
            yield f"{margin} ⋮"
        if (above, earlier) != (line, row):
            yield f"{line:>{len(margin)}} | {row}".rstrip()
        yield _marked(margin, under)
    yield f"{margin} |"


def _marked(margin: str, under: str) -> Row:
    return Row(
        f"{margin} | {under}", "other" if under.lstrip().startswith(OTHER) else "mark", len(margin) + 3
    )


def _stretches(source: Source, place: Place, mark: str) -> list[Underline]:
    """A place, line by line; of many lines the first and the last."""
    start, end = source.position(place.start), source.position(place.end)
    if end.line > start.line and end.column == 1:
        # What ends with a line break is drawn to the end of that line.
        end = end._replace(line=end.line - 1, column=len(source.line(end.line - 1)) + 1)
    lines: Sequence[int] = range(start.line, end.line + 1)
    if len(lines) > LINES:
        lines = [start.line, end.line]
    found = []
    for line in lines:
        text = source.line(line)
        first = start.column - 1 if line == start.line else len(text) - len(text.lstrip())
        last = end.column - 1 if line == end.line else len(text.rstrip())
        found.append(Underline(line, first, max(last, first), mark))
    return found


def _drawn(line: str, stretch: Underline) -> tuple[str, str]:
    """A line of text as a terminal shows it, and the marks under a part of it."""
    near, far = max(stretch.start - NEAR, 0), stretch.start + NEAR
    cells = _cells(line, near, far)
    start, end = stretch.start - near, stretch.end - near
    widths = [width for _, width in cells]
    at = sum(widths[:start])
    size = max(1, sum(widths[start:end]))
    first, last = _window(widths, start)
    head = "…" if near or first else ""
    tail = "…" if last < len(cells) or far < len(line) else ""
    row = head + "".join(text for text, _ in cells[first:last]) + tail
    shift = len(head) - sum(widths[:first])
    room = sum(widths[first:last]) + len(head) - (at + shift) + len(tail)
    return row.rstrip(), " " * (at + shift) + stretch.mark * max(1, min(size, room))


def _window(widths: list[int], start: int) -> tuple[int, int]:
    """The part of a long line that is drawn, so that a place in it is seen."""
    if sum(widths) <= WIDTH:
        return 0, len(widths)
    first, room = min(start, len(widths)), BEFORE
    while first > 0 and room >= widths[first - 1]:
        first -= 1
        room -= widths[first]
    last, room = first, WIDTH
    while last < len(widths) and room >= widths[last]:
        room -= widths[last]
        last += 1
    return first, last


def _cells(line: str, near: int, far: int) -> list[tuple[str, int]]:
    """Each character of a part of a line as it is drawn, and how many cells of a terminal it takes."""
    cells: list[tuple[str, int]] = []
    at = marks = 0
    for index, character in enumerate(line[near:far], near):
        if character == "\t":
            cell = (" " * (TAB - at % TAB), TAB - at % TAB)
        elif index == 0 and character == "\ufeff":
            cell = ("", 0)
        elif unicodedata.combining(character):
            marks += 1
            cell = (character if marks <= MOST else "", 0)
        elif hidden(character):
            cell = ("·", 1)
        else:
            cell = (character, 2 if unicodedata.east_asian_width(character) in "WF" else 1)
        cells.append(cell)
        at += cell[1]
        marks *= not cell[1]
    return cells


def hidden(character: str) -> bool:
    """Whether a terminal would obey a character, or show nothing, instead of showing it."""
    category = unicodedata.category(character)
    return category[0] == "C" or category in {"Zl", "Zp"}


def shown(text: str) -> str:
    """A text that a terminal shows as it is, without what would be hidden in it."""
    return "".join("·" if hidden(character) else character for character in text)


def _repaired(source: Source, place: Place, fix: str) -> list[str]:
    """The lines that a repair changes, with the repair in place."""
    source, place = source.part(place)
    start, end = source.position(place.start), source.position(place.end)
    head = source.line(start.line)[: start.column - 1]
    tail = source.line(end.line)[end.column - 1 :]
    if not fix and head[-1:].isspace():
        tail = tail.lstrip()
    rows = [head.lstrip("\ufeff") + fix + tail] if "\n" not in fix else (head + fix + tail).split("\n")
    changed = len(head)
    return [_drawn(row.strip(), Underline(0, min(changed, len(row)), len(row), " "))[0] for row in rows]
