"""Where an export came from and as of when, as its mapping says it or the file itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dsl.faults import Fault
from engine.facts import Origin

from ..origins import moment, stated
from .grid import Grid, bare
from .mapping import CELL, Mapping, Stated

# A day, maybe with its time, among other words: `deals-2025-08-01`, `made on 01.08.2025 10:00`.
WITHIN = re.compile(
    r"(?<![0-9])(?:[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2})?"
    r"|[0-9]{2}\.[0-9]{2}\.[0-9]{4})(?![0-9])"
)
LETTERS = 26


class Provenance(NamedTuple):
    """What is said of a row, as texts."""

    source: str = ""
    as_of: str = ""

    def record(self) -> dict[str, str]:
        """The same as a request says it."""
        return {name: text for name, text in self._asdict().items() if text}


def of_file(found: Grid, asked: Mapping) -> Provenance:
    """What is said of a file as a whole."""
    return Provenance(_text(found, asked.source), _within(_text(found, asked.as_of)))


def _text(found: Grid, said: Stated | None) -> str:
    if said is None or said.column is not None:
        return ""
    if said.file:
        return found.path.stem
    return _called(_cell(found, said.cell), said) if said.cell is not None else said.text or ""


def _called(text: str, said: Stated) -> str:
    """What the plan calls what stands in an export."""
    return said.values.get(text, text)


def _cell(found: Grid, name: str) -> str:
    """A cell among the first rows of a file, by the name that spreadsheets give it."""
    spelt = CELL.fullmatch(name)
    assert spelt is not None
    column = 0
    for letter in spelt[1]:
        column = column * LETTERS + ord(letter) - ord("A") + 1
    cells = dict(found.first).get(int(spelt[2]), [])
    return cells[column - 1].strip() if column <= len(cells) else ""


def _within(text: str) -> str:
    """The one day that stands in a text; all of a text in which there is none, or several."""
    if moment(text) is not None:
        return text
    days = {*WITHIN.findall(text)}
    return days.pop() if len(days) == 1 else text


def of_row(cells: dict[str, str], whole: Provenance, asked: Mapping) -> Provenance:
    """What is said of a row: what its columns say, or what is said of its file."""
    told = (
        whole_text if said is None or said.column is None else _called(cells.get(bare(said.column), ""), said)
        for said, whole_text in zip((asked.source, asked.as_of), whole, strict=True)
    )
    return Provenance(*told)


def of_table(rows: Iterable[Provenance], faults: list[Fault]) -> Origin:
    """The origin of a table: its rows have one source, and it is as of the earliest day of theirs."""
    found: dict[str | None, list[str]] = {}
    for said in dict.fromkeys(rows):
        origin = stated(said.source, said.as_of, None, faults)
        found.setdefault(origin.source, []).extend([origin.as_of] if origin.as_of else [])
    if len(found) > 1:
        facts = {"names": _listed([name or "" for name in found])}
        faults.append(Fault("P379", facts=facts))
    days = [day for several in found.values() for day in several]
    return Origin(next(iter(found), None), min(days, default=None))


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
