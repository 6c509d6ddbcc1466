"""Pages of the specification: prose in two languages, plans, facts, and what the product answers to them.

A fenced block whose info string begins with one of the words below is read; all else on a page is prose.

- `premia`: a plan, or some lines of one, which are then read with `HEADER`. As the formatter writes it.
- `premia typed`: as somebody types it; a `premia formatted` after it is what the formatter makes of it.
- `premia file rates.plan`: a file beside the plans of its language, which they may include.
- `premia whole`: a plan that is read without a header of ours, whatever it begins with.
- `facts`: what is given about a person for the plan above, one fact a line; or as JSON the people of a
  company with their tables, of whom the first is meant.
- `statement`: what the plan above pays by the facts after it, for `PERIOD` or the period that the info string
  names: the lines of pay with their reasons, or with `whole` all that the product prints.
- `faults`: the reports about the plan above, or about its facts where it has some or a period is named.

`premia formatted`, `statement` and `faults` are printed by the product.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from dsl.words import LANGS, Lang, words
from tests.support.places import TESTS

ROOM = TESTS / "spec"
INDEX = ROOM / "README.md"
EMPLOYEE = "17"
PERIOD = "2025-07"
HEADER: Mapping[Lang, str] = {
    "en": 'plan "Example"\nversion 1\ncurrency RUB\n',
    "ru": 'схема "Пример"\nверсия 1\nвалюта RUB\n',
}

Sort = Literal["premia", "facts", "statement", "faults"]
SORTS: tuple[Sort, ...] = get_args(Sort)
FENCE = "```"
FILE = "file "
COVERS, END = "<!-- covers ", " -->"


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its sort, the rest of its info string, its text, its lines, and the files beside it."""

    sort: Sort
    note: str
    text: str
    lang: Lang
    first: int
    last: int
    files: tuple[tuple[str, str], ...] = ()

    @property
    def file(self) -> str:
        """The name of a file beside the plans; nothing of a plan."""
        return self.note.removeprefix(FILE) if self.note.startswith(FILE) else ""


@dataclass(frozen=True, slots=True)
class Case:
    """Something printed, with the plan and the facts that it is printed about."""

    plan: Block
    facts: Block | None
    printed: Block

    @property
    def period(self) -> str | None:
        """The period that the info string names."""
        return next((word for word in self.printed.note.split() if word[0].isdigit()), None)


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its lines, titles, blocks, and the rules and classes of the language that it covers."""

    path: Path
    lines: tuple[str, ...]
    titles: tuple[str, ...]
    blocks: tuple[Block, ...]
    covers: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of the construct."""
        return self.path.stem

    @property
    def text(self) -> str:
        """The page as it is stored."""
        return "\n".join(self.lines)

    def plans(self, lang: Lang) -> list[Block]:
        """The plans in one language, in their order, as their authors wrote them."""
        plans = [block for block in self.blocks if block.sort == "premia" and block.lang == lang]
        return [block for block in plans if block.note != "formatted" and not block.file]

    def cases(self, lang: Lang) -> list[Case]:
        """What is printed in one language."""
        return list(_cases([block for block in self.blocks if block.lang == lang]))


@cache
def pages() -> tuple[Page, ...]:
    """Every page, by name."""
    return tuple(read(path) for path in sorted(ROOM.glob("*.md")) if path != INDEX)


def read(path: Path) -> Page:
    """A page from its file."""
    return page_of(path, path.read_text("utf-8"))


def page_of(path: Path, text: str) -> Page:
    """A page. Its first part is in English and its second, from the second title on, in Russian."""
    lines = tuple(text.split("\n"))
    blocks: list[Block] = []
    covers: list[str] = []
    titles: list[str] = []
    opening = -1
    for number, line in enumerate(lines):
        if line.startswith(FENCE):
            if opening >= 0:
                blocks.extend(_block(lines, opening, number, LANGS[len(titles) - 1]))
            opening = number if opening < 0 else -1
        elif opening < 0 and line.startswith("# "):
            titles.append(line.removeprefix("# "))
        elif opening < 0 and line.startswith(COVERS):
            covers.extend(line.removeprefix(COVERS).removesuffix(END).split())
    if len(titles) != len(LANGS) or opening >= 0:
        raise ValueError(f"{path.name}: a page has a title in each language, and closes its blocks")
    beside = {
        lang: tuple((one.file, one.text) for one in blocks if one.file and one.lang == lang) for lang in LANGS
    }
    whole = (replace(block, files=beside[block.lang]) for block in blocks)
    return Page(path, lines, tuple(titles), tuple(whole), tuple(covers))


def _block(lines: tuple[str, ...], opening: int, closing: int, lang: Lang) -> Iterator[Block]:
    word, _, note = lines[opening].removeprefix(FENCE).partition(" ")
    for sort in SORTS:
        if sort == word:
            text = "".join(f"{line}\n" for line in lines[opening + 1 : closing])
            yield Block(sort, note, text, lang, opening + 1, closing)


def _cases(blocks: Iterable[Block]) -> Iterator[Case]:
    plan = facts = None
    for block in blocks:
        if block.file:
            continue
        if block.sort == "premia" and block.note != "formatted":
            plan, facts = block, None
        elif block.sort == "facts":
            facts = block
        elif plan is None:
            raise ValueError(f"line {block.first}: printed about no plan")
        else:
            yield Case(plan, None if block.sort == "premia" else facts, block)


def whole(block: Block) -> str:
    """The text of a plan with the header that its reader is told of.

    The header stands below, where a plan may have it too, so that lines are counted as they are on the page.
    """
    opening = next((line for line in block.text.split("\n") if line and not line.startswith("#")), "")
    begins = any(opening.startswith(word) for word in words(block.lang).spellings["plan"])
    return block.text if begins or block.note == "whole" else f"{block.text}\n{HEADER[block.lang]}"


def slug(title: str) -> str:
    """The anchor that a forge makes of a title."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def anchors(text: str) -> set[str]:
    """The anchors of a page."""
    prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return {slug(title) for title in re.findall(r"^#+ (.*)$", prose, flags=re.MULTILINE)}
