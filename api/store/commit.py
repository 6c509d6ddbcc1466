"""Commits and files of them, as values; and what may name a commit, by a grammar of our own.

git's language of revisions searches messages by patterns, reads the clock and runs over all of history, in a
library that a long text can end; none of it is passed on, and a text is read here before that sees any of it.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from dsl.faults import Fault

SHOWN = 12  # hexadecimal digits of a commit that are enough for a reader
LONGEST = 200  # characters of a revision
STEPS = 1000  # commits back from the one that is named
TIP = "HEAD"
COMMIT = re.compile(r"[0-9a-fA-F]{4,40}")  # an id, or the beginning of one
WHOLE = 40  # digits of an id

# What git lets a branch or a tag be called (`git check-ref-format`).
NAME = re.compile(r"[^\x00-\x20\x7f~^:?*\[\\]+")
BARRED = re.compile(r"\.\.|@\{|//|/\.|^[-./]|[./]$|\.lock(?:/|$)|^@$")
BACK = re.compile(r"[0-9]{0,4}")


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


@dataclass(eq=False)
class Lost(Exception):  # noqa: N818  # no bug of ours: a signal to the doors, which tell the fault
    """A repository that was opened and can no longer be read, moved away most likely."""

    fault: Fault


@dataclass(frozen=True, slots=True)
class RevisionName:
    """A branch, a tag or a commit, and how many commits before it is meant."""

    of: str
    back: int = 0


def read_revision(text: str, *, typed: bool) -> RevisionName | Fault:
    """What a text names; only who `typed` it here may go back from there (`main~2`), or say `HEAD`."""
    name, tilde, steps = text[: LONGEST + 1].partition("~")
    back = (int(steps or "1") if BACK.fullmatch(steps) else STEPS + 1) if tilde else 0
    fits = len(text) <= LONGEST and back <= STEPS and (typed or not (tilde or name == TIP))
    if fits and name.isprintable() and NAME.fullmatch(name) and not BARRED.search(name):
        return RevisionName(name, back)
    known = ("phrase:revision_typed",) if typed else ("phrase:revision_sent",)
    return Fault("P783", facts={"revision": text[:LONGEST], "known": known, "most": str(LONGEST)})
