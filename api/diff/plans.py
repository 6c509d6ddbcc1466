"""Plans held against each other, one by one or all of two folders: what is changed, and what that means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dsl.check import Scope
from dsl.data import phrases
from dsl.diff import Change, Item, diff
from dsl.diff.things import said
from dsl.faults import Fault
from dsl.source import Source
from dsl.words import Lang
from dsl.words import words as vocabulary
from engine import compare as engine
from engine.compare import Contrast
from engine.compatibility import compatible
from engine.compile import Compiled, read_plan

from ..documents import found
from ..files import People
from ..plans import heading
from .answer import Changed, ChangedPart, ComparedPlan, PlanComparison, SideOfPlan
from .money import Words, stretched
from .people import called, paid


@dataclass(frozen=True, slots=True)
class Edition:
    """A plan on one side: what it is called, of which commit it is, its text, and whether it can pay."""

    name: str
    revision: str | None
    source: Source | None
    compiled: Compiled | tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A plan on both sides, None where it is not there; `people` are whom it is to pay, if anybody asks."""

    id: str
    old: Edition | None
    new: Edition | None
    people: People | None = None


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
    return Whole(
        PlanComparison(1, changed, trouble, found(stray, None, lang), plans),
        tuple(curves for _, curves in done),
    )


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
    words = phrases(__package__, lang)
    difference = diff(old.checked.parsed, new.checked.parsed)
    both = engine.between(old, new, difference)
    same = _meaning(both.old) == _meaning(both.new)
    # No two amounts of different currencies can be held together.
    apart = both.old.kernel.currency != both.new.kernel.currency
    functions = () if same or apart else engine.contrasts(both.old, both.new)
    changes = tuple(_item(item, new.checked.scope, lang, words) for item in difference.items)
    plan = ComparedPlan(
        pair.id,
        "~" if changes else "=",
        before,
        after,
        (),
        same,
        difference.outward,
        changes,
        found(compatible(old, new), None, lang),
        tuple(stretched(one, lang, words) for one in functions),
        None if pair.people is None else paid(both, pair.people, lang, words),
    )
    return plan, functions


def _heading(one: Edition | None) -> SideOfPlan | None:
    if one is None:
        return None
    plan = one.compiled
    told = heading(plan.checked.header, plan.kernel.digest) if isinstance(plan, Compiled) else None
    return SideOfPlan(one.name, one.revision, told)


def _meaning(compiled: Compiled) -> str:
    """What a plan pays, whatever it is called and from whenever it applies."""
    return replace(compiled.kernel, version="").canonical


def _item(item: Item, scope: Scope, lang: Lang, words: Words) -> Changed:
    what, name = item.key
    thing = item.new or item.old
    lines: Sequence[str] = [] if thing is None or (item.old and item.new) else said(thing, lang)
    label, parts = item.label or _label(scope, item), (_part(change, lang, words) for change in item.changes)
    head = called(item, words)
    return Changed(item.sign, what, name, label, item.formerly, head, tuple(lines), tuple(parts))


def _label(scope: Scope, item: Item) -> str:
    """What people call what is measured or computed, where its own line does not say."""
    what, name = item.key
    label = scope.label(name) if what in {"kpi", "figure", "pay", "fact"} else name
    return "" if label == name else label


def _part(change: Change, lang: Lang, words: Words) -> ChangedPart:
    old, new = (side.text(lang) if side else None for side in (change.old, change.new))
    head = words.get(f"slot_{change.slot}") or vocabulary(lang)[change.slot]
    return ChangedPart(change.sign, change.slot, head, old, new)
