"""What a check found, as servers of git read it: beside the lines of a change, or as code quality."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Literal

from dsl.faults.answer import Count, ToldFault
from dsl.node import node

from .reader import Reader

Gravity = Literal["major", "minor", "info"]

# What a severity is called by each.
GITHUB = {"error": "error", "warning": "warning", "notice": "notice", "advice": "notice"}
GITLAB: dict[str, Gravity] = {"error": "major", "warning": "minor", "notice": "info", "advice": "info"}
# What begins a command of GitHub, ends a part of it, or a line, within a text and within a property.
TEXT = {"%": "%25", "\r": "%0D", "\n": "%0A"}
PROPERTY = {**TEXT, ":": "%3A", ",": "%2C"}


@node
class Begins:
    """The lines that an issue is about, by the first of them."""

    begin: Count


@node
class Located:
    """Where an issue stands in the repository."""

    path: str
    lines: Begins


@node
class Issue:
    """A fault as an issue of code quality."""

    description: str
    check_name: str
    fingerprint: str
    """The same as long as the fault is: of its file and its words, wherever it stands."""
    severity: Gravity
    location: Located


Told = Iterable[tuple[str, Iterable[ToldFault]]]  # the faults of several files


def annotate(several: Told, ci: str, reader: Reader) -> None:
    """Tell a server of git what is wrong: beside the lines of the plans, or as code quality."""
    if ci == "gitlab":
        reader.data(tuple(issue for one in several for issue in gitlab(*one)))
    else:
        reader.say(*(line for one in several for line in github(*one)))


def github(file: str, faults: Iterable[ToldFault]) -> Iterator[str]:
    """A command of a workflow for each fault of a file."""
    for fault in faults:
        place = fault.place
        where = {"file": place.file if place else file}
        if place is not None:
            where |= {"line": str(place.line), "endLine": str(place.end_line)}
            if place.line == place.end_line:
                where |= {"col": str(place.column), "endColumn": str(max(place.end_column - 1, place.column))}
        where["title"] = f"{fault.code}: {fault.title}"
        told = ",".join(f"{name}={_escaped(value, PROPERTY)}" for name, value in where.items())
        yield f"::{GITHUB[fault.severity]} {told}::{_escaped(_said(fault), TEXT)}"


def gitlab(file: str, faults: Iterable[ToldFault]) -> Iterator[Issue]:
    """An issue for each fault of a file; two that say the same are told apart by their turn."""
    seen: dict[str, int] = {}
    for fault in faults:
        place = fault.place
        path, said = place.file if place else file, _said(fault)
        turn = seen[said] = seen.get(said, 0) + 1
        digest = hashlib.sha256("\0".join((path, fault.code, said, str(turn))).encode()).hexdigest()
        line = place.line if place else 1
        yield Issue(said, fault.code, digest, GITLAB[fault.severity], Located(path, Begins(line)))


def _said(fault: ToldFault) -> str:
    """What is wrong, what to do about it, and how an example comes about, in rows."""
    fix = f"\n    {fault.fix}" if fault.fix else ""
    return "\n".join((fault.text, f"{fault.advice}{fix}", *(fault.trace or ())))


def _escaped(text: str, marks: dict[str, str]) -> str:
    return "".join(marks.get(mark, mark) for mark in text)
