"""Help pages, from the words of the reader's language."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import Any

from .reader import Reader, words

WIDTH = 80


def group_help(reader: Reader, group: Any) -> str:
    """What premia is, its commands, and what to type first."""
    table = words(reader.lang)
    rows = [(name, table["commands"][name]["brief"]) for name in group.commands]
    return "\n".join(
        [
            *textwrap.wrap(table["about"], WIDTH),
            "",
            f"premia {table['usage']}",
            "",
            *columns(rows),
            "",
            *textwrap.wrap(table["codes"], WIDTH),
            "",
            table["first"],
            f"  {table['commands']['evaluate']['example']}",
        ]
    )


def command_help(reader: Reader, command: Any) -> str:
    """What a command does, what it is told, and an example."""
    table = words(reader.lang)
    page = table["commands"][command.name]
    rows = []
    for param in command.params:
        name = param.metavar if param.param_type_name == "argument" else param.opts[0]
        if param.param_type_name == "option" and param.metavar:
            name = f"{name} {param.metavar}"
        rows.append((name, page.get(param.name) or table["options"][param.name]))
    return "\n".join(
        [
            f"premia {command.name} {page['usage']}",
            "",
            *textwrap.wrap(page["help"], WIDTH),
            "",
            *columns(rows),
            "",
            table["example"],
            f"  {page['example']}",
        ]
    )


def columns(rows: Iterable[tuple[str, str]]) -> list[str]:
    """Names and what they mean, in two columns."""
    pairs = list(rows)
    widest = max(len(name) for name, _ in pairs) + 4
    lines = []
    for name, text in pairs:
        first, *rest = textwrap.wrap(text, WIDTH - widest) or [""]
        lines.append(f"  {name:{widest - 2}}{first}")
        lines.extend(" " * widest + row for row in rest)
    return lines
