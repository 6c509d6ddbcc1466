"""Two plans compared, as data: what is changed, what that breaks, what it pays, and whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dsl.check import Scope
from dsl.diff import Change, Difference, Item, diff
from dsl.diff.things import said
from dsl.faults import Fault
from dsl.words import Lang
from dsl.words import words as vocabulary
from engine.compare import Between, Contrast, between, contrasts
from engine.compiled import Compiled
from engine.interface import compatible

from ..documents import found
from ..files import Entry
from .money import stretched
from .people import paid
from .vocabulary import Words, called, table

Document = dict[str, object]


@dataclass(frozen=True, slots=True)
class Parted:
    """Two plans compared: the document, and the functions that pictures are drawn from."""

    document: Document
    curves: tuple[Contrast, ...]


def compare(
    old: Compiled,
    new: Compiled,
    people: Iterable[Entry] | None,
    lang: Lang,
    known: Difference | None = None,
    notices: Sequence[Fault] = (),
) -> Parted:
    """What differs between two plans that can pay; with people, also what it comes to for them."""
    words = table(lang)
    difference = known or diff(old.checked.parsed, new.checked.parsed)
    both = between(old, new, difference)
    same = _meaning(both.old) == _meaning(both.new)
    functions = () if same or _apart(both) else contrasts(both.old, both.new)
    changes = [_item(item, new.checked.scope, lang, words) for item in difference.items]
    compared: Document = {
        "same_pay": same,
        "outward": list(difference.outward),
        "changes": changes,
        "interface": found(compatible(old, new), None, lang),
        "money": [stretched(one, lang, words) for one in functions],
        "people": None if people is None else paid(both, people, lang, words, notices),
    }
    return Parted(compared, functions)


def _meaning(compiled: Compiled) -> str:
    """What a plan pays, whatever it is called and from whenever it applies."""
    return replace(compiled.kernel, version="").canonical


def _apart(both: Between) -> bool:
    """Whether the plans pay in different currencies, so that no two amounts can be held together."""
    return both.old.kernel.currency != both.new.kernel.currency


def _item(item: Item, scope: Scope, lang: Lang, words: Words) -> Document:
    what, name = item.key
    thing = item.new or item.old
    lines: Sequence[str] = [] if thing is None or (item.old and item.new) else said(thing, lang)
    return {
        "sign": item.sign,
        "what": what,
        "name": name,
        "label": item.label or _label(scope, item),
        "formerly": item.formerly,
        "heading": called(item, words),
        "text": list(lines),
        "parts": [_part(change, lang, words) for change in item.changes],
    }


def _label(scope: Scope, item: Item) -> str:
    """What people call what is measured or computed, where its own line does not say."""
    what, name = item.key
    label = scope.label(name) if what in {"kpi", "figure", "pay", "fact"} else name
    return "" if label == name else label


def _part(change: Change, lang: Lang, words: Words) -> Mapping[str, str | None]:
    return {
        "sign": change.sign,
        "slot": change.slot,
        "heading": words.get(f"slot_{change.slot}") or vocabulary(lang)[change.slot],
        "old": change.old.text(lang) if change.old else None,
        "new": change.new.text(lang) if change.new else None,
    }
