"""Commits and files of them, as values."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from dsl.faults import Fault

SHOWN = 12  # hexadecimal digits of a commit that are enough for a reader


@dataclass(frozen=True, slots=True)
class Commit:
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


class Lost(Exception):  # noqa: N818  # no bug of ours: a signal to the doors, which tell the fault
    """A repository that was opened and can no longer be read, moved away most likely."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault
