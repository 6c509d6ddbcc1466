"""The forms in which an answer goes into a file, by the suffixes of such files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from dsl import record
from dsl.faults import Fault
from engine.paper import Paper
from engine.picture import Picture

from .. import pictures
from . import page, spreadsheet

Form = Literal["json", "txt", "html", "csv", "xlsx", "svg", "png"]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, and how each of its forms is come by."""

    record: Callable[[], object]
    text: Callable[[], str | Fault]
    paper: Callable[[], Paper]
    picture: Callable[[], Picture | Fault]

    def written(self, form: Form) -> bytes | Fault:
        """The answer in a form; a fault where that cannot be had, or a library is missing."""
        made: str | bytes | Fault
        match form:
            case "json":
                made = record.text(self.record(), indent=2) + "\n"
            case "txt":
                said = self.text()
                made = said if isinstance(said, Fault) else said + "\n"
            case "html":
                made = page.html(self.paper())
            case "csv":
                made = spreadsheet.text(self.paper())
            case "xlsx":
                made = spreadsheet.xlsx(self.paper())
            case "svg" | "png":
                picture = self.picture()
                draw = pictures.svg if form == "svg" else pictures.png
                made = picture if isinstance(picture, Fault) else draw(picture)
        return made.encode() if isinstance(made, str) else made
