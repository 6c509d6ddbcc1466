"""A plan's text to its tree, with every mistake in it and what it includes.

Each included text is found, read and entered once, with bounds on how many there can be.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from ..faults import Fault, has_errors, told
from ..place import Place
from ..source import Source
from ..tree import Definitions, Include, Plan, Statement
from ..words import Lang
from .file import Doubts, alone
from .limits import TEXT, Work

FILES = 40  # texts that one plan includes, by itself and through others
SUFFIX = ".plan"
# A path as every system writes it: folders and a file, `/` between them, and nothing that a system would take
# for a drive, a home or a stream.
# The ends of the names of files that office programs write.
BOOK = re.compile(r"\.(?:xlsx?|xlsm|ods|csv|docx?|odt|pdf|txt|json|ya?ml)$", re.IGNORECASE)
PATH = re.compile(r"(?:\.\.?/)*(?:[^/\\:~\0-\x1f]+/)*[^/\\:~\0-\x1f]+")
LONGEST = 200  # characters of a path


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text and what was understood of it; lines that hold mistakes are in the tree as the repairs that are
    offered make them, or not at all.

    `tree` is of the text alone, and `lacking` says that it is not all of that; `included` are the lines that
    stand for each `include`, by its place. `doubts` are what cannot be known of lines with mistakes.
    """

    source: Source
    tree: Plan
    faults: tuple[Fault, ...]
    lacking: bool = False
    included: Mapping[Place, tuple[Statement, ...]] = field(default_factory=dict)
    doubts: Doubts = field(default_factory=Doubts)

    @property
    def lang(self) -> Lang:
        """The language that the text is written in."""
        return self.tree.lang

    @property
    def broken(self) -> bool:
        """Whether lines are missing from the tree, or from what it includes."""
        return has_errors(self.faults)

    @property
    def definitions(self) -> Definitions | None:
        """The line that makes the text a file of shared definitions, to be included and not to pay by."""
        return next((line for line in self.tree.statements if isinstance(line, Definitions)), None)


def parse(source: Source, work: Work | None = None) -> Parsed:
    """The tree of a text and of what it includes, with the repairs that some work finds; never raises."""
    work = work or Work()
    if source.beside is not None:
        # What a text includes is read once, however often the text itself is.
        source = replace(source, beside=cache(source.beside))
    doubts = Doubts()
    plan, faults = alone(source, 0, work, doubts)
    lacking = has_errors(faults)
    gathered = Gathering(source, work, faults, doubts)
    gather(gathered, plan.statements)
    return Parsed(gathered.source, plan, told(gathered.faults), lacking, gathered.included, doubts)


# ── What a plan includes ─────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class Gathering:
    """What a plan includes, as far as it was read: its texts, their faults, and the lines for each `include`.

    A text is entered where it is first included; anywhere else it adds nothing.
    """

    source: Source
    work: Work
    faults: list[Fault]
    doubts: Doubts
    included: dict[Place, tuple[Statement, ...]] = field(default_factory=dict)
    found: set[str] = field(default_factory=set)
    size: int = 0


def gather(gathered: Gathering, lines: Sequence[Statement], above: tuple[str, ...] = ()) -> None:
    """Enter what some lines include; `above` are the paths that led to them, the nearest last."""
    folder = posixpath.dirname(above[-1]) if above else ""
    for line in lines:
        if not isinstance(line, Include):
            continue
        path = resolved(line.path.text, folder)
        if path is None:
            instead = BOOK.sub(SUFFIX, line.path.text)
            code = "P154" if resolved(instead, folder) is None else "P190"
            _refuse(gathered, line, code, instead=instead)
        elif path in above:
            _refuse(gathered, line, "P157", path=path)
        elif path not in gathered.found:
            statements = gathered.included[line.place] = _entered(gathered, line, path)
            gathered.found.add(path)
            gather(gathered, statements, (*above, path))


def resolved(written: str, folder: str) -> str | None:
    """The path from the plan's own folder of what a text in a folder includes; None for no such path."""
    if len(written) > LONGEST or not written.endswith(SUFFIX) or PATH.fullmatch(written) is None:
        return None
    return posixpath.normpath(posixpath.join(folder, written))


def _entered(gathered: Gathering, line: Include, path: str) -> tuple[Statement, ...]:
    """The lines of a text that is met for the first time."""
    beside = gathered.source.beside
    if beside is None:
        return _refuse(gathered, line, "P153")
    if len(gathered.found) == FILES:
        return _refuse(gathered, line, "P158", files=str(FILES), most=str(TEXT))
    source = beside(path)
    if isinstance(source, Fault):
        # Of a line that is wrong itself it is not known that it is this file.
        if not any(one.place is not None and one.place.inside(line.place) for one in gathered.faults):
            gathered.faults.append(replace(source, place=line.place))
        return ()
    gathered.size += len(source.text)
    if gathered.size > TEXT:
        return _refuse(gathered, line, "P158", files=str(FILES), most=str(TEXT))
    base = gathered.source.end
    gathered.source = replace(gathered.source, included=(*gathered.source.included, source))
    plan, faults = alone(source, base, gathered.work, gathered.doubts)
    gathered.faults.extend(faults)
    if faults or any(isinstance(one, Definitions) for one in plan.statements):
        return plan.statements
    return _refuse(gathered, line, "P156", path=path)


def _refuse(gathered: Gathering, line: Include, code: str, **facts: str) -> tuple[Statement, ...]:
    """Enter a fault of an `include`, which then stands for no lines."""
    gathered.faults.append(Fault(code, place=line.path.place, facts={"written": line.path.text, **facts}))
    return ()
