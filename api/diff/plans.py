"""Plans held against each other, one by one or all of two folders, as one answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from dsl.faults import Fault
from dsl.source import Source
from dsl.words import Lang
from engine.compare import Contrast
from engine.compile import Compiled, read_plan

from ..documents import found
from ..files import FileEntry
from ..plans import heading
from .answer import ComparedPlan, PlanComparison, SideOfPlan
from .compare import compare


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
    people: Iterable[FileEntry] | None = None
    notices: Sequence[Fault] = ()


@dataclass(frozen=True, slots=True)
class Whole:
    """The answer of a comparison, and for each of its plans the functions that pictures are drawn from."""

    answer: PlanComparison
    curves: tuple[tuple[Contrast, ...], ...]

    @property
    def code(self) -> int:
        """How diff(1) would end: 0 without a change, 1 with one, 2 where there is trouble."""
        return 2 if self.answer.trouble else int(self.answer.changed)


def side(name: str, revision: str | None, source: Source | Fault) -> Edition:
    """A plan on one side, read."""
    if isinstance(source, Fault):
        return Edition(name, revision, None, (source,))
    return Edition(name, revision, source, read_plan(source))


def document(pairs: Sequence[Pair], lang: Lang, stray: Sequence[Fault] = ()) -> Whole:
    """The comparison of some plans; `stray` are the faults of what was named and is no plan."""
    done = [_compared(pair, lang) for pair in pairs]
    plans = tuple(plan for plan, _ in done)
    changed = any(plan.sign != "=" for plan in plans)
    trouble = bool(stray) or any(plan.faults for plan in plans)
    whole = PlanComparison(1, changed, trouble, found(stray, None, lang), plans)
    return Whole(whole, tuple(curves for _, curves in done))


def _compared(pair: Pair, lang: Lang) -> tuple[ComparedPlan, tuple[Contrast, ...]]:
    sides = (pair.old, pair.new)
    faults = tuple(
        fault
        for one in sides
        if one is not None and isinstance(one.compiled, tuple)
        for fault in found(one.compiled, one.source, lang)
    )
    before, after = (_heading(one) for one in sides)
    old, new = (None if one is None else one.compiled for one in sides)
    if not isinstance(old, Compiled) or not isinstance(new, Compiled):
        sign: Literal["+", "-", "~"] = "+" if pair.old is None else "-" if pair.new is None else "~"
        return ComparedPlan(pair.id, sign, before, after, faults, False, (), (), (), (), None), ()
    one = compare(old, new, pair.people, lang, notices=pair.notices)
    parts = one.same_pay, one.outward, one.changes, one.interface, one.money, one.people
    return ComparedPlan(pair.id, "~" if one.changes else "=", before, after, faults, *parts), one.curves


def _heading(one: Edition | None) -> SideOfPlan | None:
    if one is None:
        return None
    compiled = one.compiled
    plan = None
    if isinstance(compiled, Compiled):
        plan = heading(compiled.checked.header, compiled.kernel.digest)
    return SideOfPlan(one.name, one.revision, plan)
