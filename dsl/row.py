"""Rows of what is printed, which may know what they are, so that a terminal can show that in colours."""

from __future__ import annotations

import re
from typing import Literal, Self

Role = Literal["error", "warning", "notice", "advice", "good", "label", "quiet", "mark", "other"]
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Row(str):
    """A row that is something, from `start` on: the heading of a fault, marks under a place, a sum."""

    __slots__ = ("role", "start")
    role: Role
    start: int

    def __new__(cls, text: str, role: Role, start: int = 0) -> Self:
        made = str.__new__(cls, text)
        made.role, made.start = role, start
        return made


def inset(row: str, indent: str) -> str:
    """A row, further to the right."""
    text = indent + row
    return Row(text, row.role, len(indent) + row.start) if isinstance(row, Row) else text


def harmless(row: str) -> str:
    """A row without what a terminal would obey, since names of files and of authors come from outside."""
    return OBEYED.sub("·", row)
