"""Rows on a terminal, coloured by what they are; the text is the same without colours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TextIO

from rich.console import Console
from rich.text import Text

from dsl.row import Role, Row, harmless
from engine.paper import QUOTED

STYLES: Mapping[Role, str] = {
    "error": "bold red",
    "warning": "bold yellow",
    "notice": "bold",
    "advice": "bold blue",
    "good": "bold green",
    "label": "bold",
    "quiet": "dim",
    "mark": "bold red",
    "other": "bold blue",
}


def paint(rows: Iterable[str], stream: TextIO) -> None:
    """Print rows in colours; `NO_COLOR` is honoured by rich."""
    console = Console(file=stream, highlight=False)
    for row in rows:
        text = Text(harmless(row))
        if isinstance(row, Row):
            text.stylize(STYLES[row.role], row.start)
        text.highlight_regex(QUOTED, "cyan")
        console.print(text, soft_wrap=True)
