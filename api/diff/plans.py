"""Plans held against each other, one by one or all of two folders, as one document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dsl.faults import Fault
from dsl.source import Source
from dsl.words import Lang
from engine.compare import Contrast
from engine.compiled import Compiled, read_plan

from ..documents import found, heading
from ..files import Entry
from .compare import Parted, compare

Document = dict[str, object]
FORMAT = 1  # of the document: changes when a reader of an earlier one would misread it


@dataclass(frozen=True, slots=True)
class Edition:
    """A plan on one side: what it is called, of which commit it is, its text, and whether it can pay."""

    name: str
    revision: str | None
    source: Source | None
    compiled: Compiled | tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A plan on both sides; None where it is not there.

    `people` are whom it is to pay, if anybody asks; `notices`, whole when the last has been read, say how
    they were read.
    """

    id: str
    old: Edition | None
    new: Edition | None
    people: Iterable[Entry] | None = None
    notices: Sequence[Fault] = ()


@dataclass(frozen=True, slots=True)
class Whole:
    """The document of a comparison, and for each of its plans the functions that pictures are drawn from."""

    document: Document
    curves: tuple[tuple[Contrast, ...], ...]

    @property
    def code(self) -> int:
        """How diff(1) would end: 0 without a change, 1 with one, 2 where there is trouble."""
        return 2 if self.document["trouble"] else int(bool(self.document["changed"]))


def side(name: str, revision: str | None, source: Source | Fault) -> Edition:
    """A plan on one side, read."""
    if isinstance(source, Fault):
        return Edition(name, revision, None, (source,))
    return Edition(name, revision, source, read_plan(source))


def document(pairs: Sequence[Pair], lang: Lang, stray: Sequence[Fault] = ()) -> Whole:
    """The comparison of some plans; `stray` are the faults of what was named and is no plan."""
    done = [_compared(pair, lang) for pair in pairs]
    plans = [one.document for one in done]
    whole: Document = {
        "format": FORMAT,
        "changed": any(plan["sign"] != "=" for plan in plans),
        "trouble": bool(stray) or any(plan["faults"] for plan in plans),
        "faults": found(stray, None, lang),
        "plans": plans,
    }
    return Whole(whole, tuple(one.curves for one in done))


def _compared(pair: Pair, lang: Lang) -> Parted:
    sides = (pair.old, pair.new)
    faults = [
        fault
        for one in sides
        if one is not None and isinstance(one.compiled, tuple)
        for fault in found(one.compiled, one.source, lang)
    ]
    said: Document = {
        "id": pair.id,
        "sign": "+" if pair.old is None else "-" if pair.new is None else "~",
        "old": _heading(pair.old),
        "new": _heading(pair.new),
        "faults": faults,
    }
    old, new = (None if one is None else one.compiled for one in sides)
    if not isinstance(old, Compiled) or not isinstance(new, Compiled):
        nothing: Document = {"same_pay": False, "outward": [], "changes": [], "interface": [], "money": []}
        return Parted({**said, **nothing, "people": None}, ())
    compared = compare(old, new, pair.people, lang, notices=pair.notices)
    sign = "~" if compared.document["changes"] else "="
    return Parted({**said, "sign": sign, **compared.document}, compared.curves)


def _heading(one: Edition | None) -> Document | None:
    if one is None:
        return None
    compiled = one.compiled
    plan = (
        heading(compiled.checked.header, compiled.kernel.digest) if isinstance(compiled, Compiled) else None
    )
    return {"name": one.name, "revision": one.revision, "plan": plan}
