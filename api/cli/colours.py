"""Colours of what is printed on a terminal; the text is the same without them."""

from __future__ import annotations

from typing import TextIO

from rich.console import Console
from rich.highlighter import RegexHighlighter
from rich.text import Text
from rich.theme import Theme

THEME = Theme(
    {
        "premia.error": "bold red",
        "premia.warning": "bold yellow",
        "premia.advice": "bold blue",
        "premia.good": "bold green",
        "premia.label": "bold",
        "premia.quiet": "dim",
        "premia.mark": "bold red",
        "premia.other": "bold blue",
        "premia.quoted": "cyan",
    }
)


class Highlighter(RegexHighlighter):
    """What stands out in a statement, in a report and in a list of examples, told by its shape."""

    base_style = "premia."
    highlights = [  # noqa: RUF012  # what rich declares it to be
        r"(?m)^(?P<error>(?:error|ошибка) P[0-9]{3}:?.*)$",
        r"(?m)^(?P<warning>(?:warning|предупреждение) P[0-9]{3}:?.*)$",
        r"(?m)^(?P<advice>(?:advice|совет) P[0-9]{3}:?.*)$",
        r"(?m)^ *(?P<good>✓)",
        r"(?m)^ *(?P<error>✗.*)$",
        r"(?m)^(?P<label>\S.*  +−?[0-9][0-9 ]*(?:[.,][0-9]+)? [A-Z]{3})$",
        r"(?m)^(?P<quiet> +(?:by|по) .*\.plan:[0-9]+: .*(?:\n {6}.*)*)$",
        r"(?m)^ *(?P<quiet>-->.*)$",
        r"(?m)^ *\| *(?P<mark>\^+)$",
        r"(?m)^ *\| *(?P<other>-+)$",
        r"(?P<quoted>`[^`\n]+`)",
    ]


def paint(text: str, stream: TextIO) -> None:
    """Print a text in colours; `NO_COLOR` is honoured by rich."""
    console = Console(file=stream, theme=THEME, highlight=False)
    painted = Text(text)
    Highlighter().highlight(painted)
    console.print(painted, soft_wrap=True)
