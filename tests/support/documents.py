"""Documents for readers: prose, and blocks that run one after another in a folder of their own.

A fenced block whose info string begins as below is read; all else is prose.

- `premia file=NAME`: a plan, written to a file. With `add=NAME` its lines are put at the end of that file,
  after a blank one; with `edit=NAME` each stands in place of the line that begins most like it.
  The plan that comes of it has no fault and its examples pass, but where the info string says `faulty`; and
  it is as the formatter writes it, but where it says `faulty` or `typed`.
- `json`, `yaml`, `csv` with `file=NAME`: a file of facts or a request; `toml`: mappings.
- any of these with `written=NAME`: what a command wrote to a file.
- `console`: commands after `$`, and what they print. A line of nothing but `…` stands for any lines.

`written` and what commands print is printed by the product. What stands between `<!-- codes -->` and
`<!-- end of codes -->` is a table of the codes that the service answers with, printed as well.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from dsl.words import Lang
from tests.support.places import ROOT

FENCE = "```"
SORTS = ("premia", "json", "yaml", "toml", "csv", "text", "console")
ANY = "…"
PROMPT = "$ "
LOOSE = 2  # lines that a text may take more or fewer of when it changes
TABLE = ("<!-- codes -->", "<!-- end of codes -->")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its sort, what the info string says of it, its lines, and where they stand."""

    sort: str
    says: tuple[str, ...]
    lines: tuple[str, ...]
    first: int

    @property
    def text(self) -> str:
        """The lines as a file."""
        return "".join(f"{line}\n" for line in self.lines)

    def named(self, key: str) -> str | None:
        """The name of a file that the info string gives: `sales.plan` of `file=sales.plan`."""
        return next((word.removeprefix(f"{key}=") for word in self.says if word.startswith(f"{key}=")), None)


@dataclass(frozen=True, slots=True)
class Command:
    """A command of a console block: what is typed, and the rows that stand under it."""

    typed: str
    shown: tuple[str, ...]
    first: int  # where the rows begin


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its lines and its blocks."""

    path: Path
    lines: tuple[str, ...]
    blocks: tuple[Block, ...]

    @property
    def name(self) -> str:
        """Where it stands in the house: `docs/api.md`."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def lang(self) -> Lang:
        """The language of its readers."""
        return "ru" if self.path.suffixes[:1] == [".ru"] else "en"

    @property
    def text(self) -> str:
        """The document as it is stored."""
        return "\n".join(self.lines)

    @property
    def prose(self) -> str:
        """Everything outside of fenced blocks."""
        return re.sub(rf"^{FENCE}.*?^{FENCE}$", "", self.text, flags=re.MULTILINE | re.DOTALL)


@cache
def documents() -> tuple[Document, ...]:
    """Every document: the one at the door, and those in `docs/`."""
    return tuple(read(path) for path in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))))


def read(path: Path) -> Document:
    """A document from its file."""
    lines = tuple(path.read_text("utf-8").split("\n"))
    blocks: list[Block] = []
    opening = -1
    for number, line in enumerate(lines):
        if not line.startswith(FENCE):
            continue
        if opening >= 0:
            sort, *says = lines[opening].removeprefix(FENCE).split() or [""]
            if sort in SORTS:
                blocks.append(Block(sort, tuple(says), lines[opening + 1 : number], opening + 1))
            opening = -1
        else:
            opening = number
    if opening >= 0:
        raise ValueError(f"{path.name}:{opening + 1}: a block is not closed")
    return Document(path, lines, tuple(blocks))


def commands(block: Block) -> Iterator[Command]:
    """The commands of a console block. One goes on after a `\\` at its end, and while a quotation is open."""
    lines, number = block.lines, 0
    while number < len(lines):
        if not lines[number].startswith(PROMPT):
            raise ValueError(f"line {block.first + number + 1}: no command stands above this")
        typed = lines[number].removeprefix(PROMPT)
        number += 1
        while typed.endswith("\\") or _open(typed):
            typed = (typed[:-1] if typed.endswith("\\") else f"{typed}\n") + lines[number]
            number += 1
        start = number
        while number < len(lines) and not lines[number].startswith(PROMPT):
            number += 1
        yield Command(typed, lines[start:number], block.first + start)


def _open(typed: str) -> bool:
    try:
        shlex.split(typed)
    except ValueError:
        return True
    return False


# ── What is printed, and what a document shows of it ─────────────────────────────────────────────────────


def abridged(shown: Sequence[str], printed: Sequence[str]) -> list[str]:
    """What is printed, with the gaps of what was shown, between the lines that are most like those shown."""
    gaps = [line for line in shown if line.strip() == ANY]
    if not gaps:
        return list(printed)
    head, *middle, tail = _parts(shown)
    end = max(len(printed) - len(tail), 0)
    start = min(len(head), end)
    rows = list(printed[:start])
    for gap, part in zip(gaps, middle, strict=False):
        found = _found(part, printed, start, end)
        rows += [gap, *printed[found.start : found.stop]]
        start = found.stop
    return [*rows, gaps[-1], *printed[max(start, end) :]]


def _parts(shown: Sequence[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for line in shown:
        if line.strip() == ANY:
            parts.append([])
        else:
            parts[-1].append(line)
    return parts


def _found(part: Sequence[str], printed: Sequence[str], start: int, end: int) -> range:
    """The lines that a part is found in: the same ones, or those that read most like it, wrapped anyhow."""
    places = [range(place, place + len(part)) for place in range(start, end - len(part) + 1)]
    for place in places:
        if [*printed[place.start : place.stop]] == [*part]:
            return place
    loose = [
        range(place, min(place + size, end))
        for place in range(start, end + 1)
        for size in range(max(len(part) - LOOSE, 0), len(part) + LOOSE + 1)
    ]
    was = " ".join(" ".join(part).split())
    matcher = SequenceMatcher(None, b=was, autojunk=False)

    def likeness(place: range) -> float:
        rows = printed[place.start : place.stop]
        if not rows or not rows[0].strip():
            return 0.0
        matcher.set_seq1(" ".join(" ".join(rows).split()))
        return matcher.ratio() if matcher.quick_ratio() > 0.5 else 0.0

    return max(loose, key=likeness)


def replaced(document: Document, texts: Iterable[tuple[int, int, Sequence[str]]]) -> str:
    """The text of a document with other lines from some line to another."""
    lines = list(document.lines)
    for first, last, new in sorted(texts, key=lambda text: -text[0]):
        lines[first:last] = new
    return "\n".join(lines)
