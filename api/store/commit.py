"""Commits and files of them, as values."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

SHOWN = 12  # hexadecimal digits of a commit that are enough for a reader


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit: its whole id, who made it, and when, in their own time zone."""

    id: str
    author: str
    date: datetime.datetime

    @property
    def short(self) -> str:
        """The id as far as a reader needs it."""
        return self.id[:SHOWN]


@dataclass(frozen=True, slots=True)
class Blob:
    """A file of a commit: its path from the top, the id of its content, and whether it is a link."""

    path: str
    id: str
    link: bool = False
