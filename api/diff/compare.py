"""Two plans compared: what is changed, what that breaks, what it pays, and whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dsl.check import Scope
from dsl.diff import Change, Difference, Item, diff
from dsl.diff.diff import Outward
from dsl.diff.things import said
from dsl.faults import Fault, answer
from dsl.words import Lang
from dsl.words import words as vocabulary
from engine import compare as engine
from engine.compare import Contrast
from engine.compatibility import compatible
from engine.compile import Compiled

from ..documents import found
from ..files import FileEntry
from .answer import Changed, ChangedPart, ChangedPay, ComparedPeople
from .money import stretched
from .people import paid
from .vocabulary import Words, called, table


@dataclass(frozen=True, slots=True)
class Parted:
    """What lies between two plans, and the functions that pictures are drawn from."""

    same_pay: bool
    outward: tuple[Outward, ...]
    changes: tuple[Changed, ...]
    interface: tuple[answer.ToldFault, ...]
    money: tuple[ChangedPay, ...]
    people: ComparedPeople | None
    curves: tuple[Contrast, ...]


def compare(
    old: Compiled,
    new: Compiled,
    people: Iterable[FileEntry] | None,
    lang: Lang,
    known: Difference | None = None,
    notices: Sequence[Fault] = (),
) -> Parted:
    """What differs between two plans that can pay; with people, also what it comes to for them."""
    words = table(lang)
    difference = known or diff(old.checked.parsed, new.checked.parsed)
    both = engine.between(old, new, difference)
    same = _meaning(both.old) == _meaning(both.new)
    functions = () if same or _apart(both) else engine.contrasts(both.old, both.new)
    return Parted(
        same,
        difference.outward,
        tuple(_item(item, new.checked.scope, lang, words) for item in difference.items),
        found(compatible(old, new), None, lang),
        tuple(stretched(one, lang, words) for one in functions),
        None if people is None else paid(both, people, lang, words, notices),
        functions,
    )


def _meaning(compiled: Compiled) -> str:
    """What a plan pays, whatever it is called and from whenever it applies."""
    return replace(compiled.kernel, version="").canonical


def _apart(both: engine.Between) -> bool:
    """Whether the plans pay in different currencies, so that no two amounts can be held together."""
    return both.old.kernel.currency != both.new.kernel.currency


def _item(item: Item, scope: Scope, lang: Lang, words: Words) -> Changed:
    what, name = item.key
    thing = item.new or item.old
    lines: Sequence[str] = [] if thing is None or (item.old and item.new) else said(thing, lang)
    label, parts = item.label or _label(scope, item), (_part(change, lang, words) for change in item.changes)
    heading = called(item, words)
    return Changed(item.sign, what, name, label, item.formerly, heading, tuple(lines), tuple(parts))


def _label(scope: Scope, item: Item) -> str:
    """What people call what is measured or computed, where its own line does not say."""
    what, name = item.key
    label = scope.label(name) if what in {"kpi", "figure", "pay", "fact"} else name
    return "" if label == name else label


def _part(change: Change, lang: Lang, words: Words) -> ChangedPart:
    old, new = (side.text(lang) if side else None for side in (change.old, change.new))
    heading = words.get(f"slot_{change.slot}") or vocabulary(lang)[change.slot]
    return ChangedPart(change.sign, change.slot, heading, old, new)
