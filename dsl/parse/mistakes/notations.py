"""What was pasted from elsewhere: a table of a spreadsheet or a page, YAML, JSON, a formula with cells.

The whole of it is one mistake, told where it begins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from ...faults import Fact, Fault
from ...place import Place
from ...tree import Line
from ..grammar import Grammar, read
from ..limits import SCANNED, WORDS, Work
from ..lines import LISTS, ROWS, SIDES, TokenRow, place
from .case import Mended, short

# So many lines of a text are looked at for the end of what was pasted, of so many characters at most.
LINES, LONG = 400, 300
CELLS = re.compile(r"[\d .,'’–—-]*%?|[<>≤≥]=?[\d .,]+%?|∞")
SIDED = re.compile(rf"(?:[^\W\d]+ ){{0,3}}(?:{CELLS.pattern})")
RULED = re.compile(
    r"\s*[0-9][0-9 ]*(?:[.,][0-9]+)?%?(?:\s*[–—=→-]\s*|\s{2,})[0-9][0-9 ]*(?:[.,][0-9]+)?\s?%?\s*"
)
BARS = re.compile(r"\s*\||[^\"#|]*\|[^\"#|]*\|")
PAIR = re.compile(r"\s*(?:- )?[^\W\d][\w -]*:(?:\s.*)?")
BRACES = re.compile(r"\s*(?:[{}\[\]],?|\"[^\"]*\"\s*:|\{\s*\").*")
CELL = re.compile(r"(?<![\w.])\$?[A-Z]{1,2}\$?[1-9][0-9]{0,5}(?!\w)|(?<!\w)[A-Z]{1,2}:[A-Z]{1,2}(?!\w)")
CALL = re.compile(r"(?<!\w)[A-ZА-ЯЁ]+\(")


@dataclass(frozen=True, slots=True)
class Typed:
    """A line of the text: where it begins, and its words."""

    start: int
    text: str


def pasted(rows: Sequence[TokenRow], index: int, text: str, rules: Grammar, work: Work) -> Mended | None:
    """A row that begins what was pasted, with all the rows that belong to that."""
    row = rows[index]
    if len(row.tokens) > WORDS:
        return None
    rowed = any(one.tokens[0].type in ROWS for one in rows[max(index - 1, 0) : index + 2])
    starts = dict.fromkeys(text.rfind("\n", 0, place(token).start) + 1 for token in row.tokens)
    for start in list(starts)[:3]:
        head = [token for token in row.tokens if place(token).start < start]
        first = next(token for token in row.tokens if place(token).start >= start)
        line: Line | None = read(head, rules) if head else None
        if head and line is None:
            continue
        for code, block in BLOCKS:
            if rowed and block is _paired:
                continue  # a row of a table in other words
            size = block(text, start, first.type, rules)
            work.spend(1 + size // SCANNED)
            if size == 0:
                continue
            end = start + len(text[start : start + size].rstrip())
            at = start + len(text[start:end]) - len(text[start:end].lstrip())
            taken = 1
            while index + taken < len(rows) and place(rows[index + taken].tokens[0]).start < end:
                taken += 1
            stop = text.find("\n", at, end)
            found = Fault(code, place=Place(at, end if stop < 0 else stop), facts=_facts(rules, text[at:end]))
            lines = () if line is None else (line,)
            return Mended(lines, (found,), healed=False, begins=row.tokens[0].type, rows=taken)
    return None


def _facts(rules: Grammar, typed: str) -> dict[str, Fact]:
    words = rules.words
    return {
        "word": short(typed.partition("\n")[0]),
        "row": f"{words['up_to']} 1 000 000: 3%",
        "last": f"{words['above']} 5%",
        "salary": f"{words['salary']} 60 000",
        "otherwise": f"5 000 {words['if']} … {words['otherwise']} 0",
    }


def _typed(text: str, start: int) -> Iterator[Typed]:
    """The lines of a text from one of them on, as far as anybody looks."""
    for _ in range(LINES):
        end = text.find("\n", start)
        yield Typed(start, text[start:] if end < 0 else text[start:end])
        if end < 0:
            return
        start = end + 1


def _while(text: str, start: int, belongs: Callable[[str], bool]) -> list[str]:
    """The lines that belong together; empty ones between them do."""
    found: list[str] = []
    for line in _typed(text, start):
        if len(line.text) > LONG or (line.text.strip() and not belongs(line.text)):
            break
        found.append(line.text)
    return found


def _size(lines: Sequence[str]) -> int:
    return sum(len(line) + 1 for line in lines)


def _barred(text: str, start: int, _: str, __: Grammar) -> int:
    """A table with bars between its cells."""
    return _size(_while(text, start, lambda line: BARS.match(line) is not None))


def _delimited(text: str, start: int, begins: str, rules: Grammar) -> int:
    """A table with tabs, `;` or commas between its cells: as many in each line, most of them numbers."""
    # The first word of a heading may be any that begins no line.
    if begins in LISTS or (begins in rules.starters and begins not in SIDES | {"NAME"}):
        return 0
    for sign in ("\t", ";", ","):
        first = text[start : start + LONG].partition("\n")[0]
        if sign not in first or "(" in first:
            continue
        lines = _while(text, start, partial(_cells, sign, first.count(sign)))
        filled = [line for line in lines if line.strip()]
        # Under a heading a row may have its side in words: `up to 100 000`.
        cell = CELLS if re.search(r"\d", first) else SIDED
        numeric = [line for line in filled if all(cell.fullmatch(one.strip()) for one in line.split(sign))]
        if len(filled) > 1 and len(numeric) >= max(1, len(filled) - 1):
            return _size(lines)
    return 0


def _cells(sign: str, count: int, line: str) -> bool:
    """Whether a line has as many cells as the one above it, and no colon as rows of a plan have."""
    return line.count(sign) == count and ":" not in line


def _paired(text: str, start: int, begins: str, _: Grammar) -> int:
    """YAML: lines of a word, a colon and a value."""
    if begins in SIDES:
        return 0
    lines = _while(
        text, start, lambda line: PAIR.fullmatch(line) is not None or line.lstrip().startswith("- ")
    )
    filled = [line for line in lines if line.strip()]
    return _size(lines) if len(filled) > 2 else 0


def _braced(text: str, start: int, _: str, __: Grammar) -> int:
    """JSON: braces, and names in quotation marks before colons."""
    lines = _while(
        text, start, lambda line: BRACES.fullmatch(line) is not None or line.strip()[-1:] in {"{", "[", ","}
    )
    typed = "\n".join(lines)
    return _size(lines) if BRACES.match(typed) and ('":' in typed or '" :' in typed) else 0


def _calculated(text: str, start: int, _: str, __: Grammar) -> int:
    """A formula of a spreadsheet: functions of cells."""
    line = next(_typed(text, start)).text
    code = line.partition("#")[0]
    return len(line) if CELL.search(code) and (CALL.search(code) or code.lstrip().startswith("=")) else 0


def _ruled(text: str, start: int, _: str, __: Grammar) -> int:
    """A table of two columns: a dash, an equals sign or spaces between a bound and its value."""
    lines = _while(text, start, lambda line: RULED.fullmatch(line) is not None)
    return _size(lines) if sum(bool(line.strip()) for line in lines) > 1 else 0


BLOCKS: tuple[tuple[str, Callable[[str, int, str, Grammar], int]], ...] = (
    ("P175", _barred),
    ("P176", _braced),
    ("P177", _calculated),
    ("P175", _delimited),
    ("P175", _ruled),
    ("P176", _paired),
)
