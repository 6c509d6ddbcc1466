"""Two plans compared by what they declare, never by line."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Literal, TypeVar

from .. import tree
from ..check import flat
from ..node import node
from ..parse import Parsed
from ..write import write
from .rename import renames, under
from .things import DeclaredPart, Key, Slot, Thing, What, ordered, sequence, things

Sign = Literal["+", "-", "~"]
# In what two texts of one meaning differ.
Outward = Literal["language", "comments", "order", "formatting"]
# Parts that no pay hangs on.
SPOKEN: frozenset[Slot] = frozenset({"label", "text", "reason", "source"})
UNPAID: frozenset[What] = frozenset(
    {
        "title",
        "version",
        "effect",
        "currency",
        "prose",
        "sources",
        "allow",
        "example",
    }
)


@node
class Change:
    """A part of something declared that came, went or is another."""

    slot: Slot
    old: DeclaredPart | None
    new: DeclaredPart | None

    @property
    def sign(self) -> Sign:
        """Whether it came, went or is another."""
        return "~" if self.old and self.new else "+" if self.new else "-"


@node
class Item:
    """Something declared that came, went or is another; what is another has its `changes`.

    `formerly` is the name it had where only that is another.
    """

    key: Key
    old: Thing | None
    new: Thing | None
    changes: tuple[Change, ...] = ()
    formerly: str | None = None

    @property
    def sign(self) -> Sign:
        """Whether it came, went or is another."""
        return "~" if self.old and self.new else "+" if self.new else "-"

    @property
    def label(self) -> str:
        """What people call it."""
        thing = self.new or self.old
        return thing.label if thing else ""

    @property
    def paid(self) -> bool:
        """Whether pay can hang on it."""
        what = self.key[0]
        spoken = self.changes and all(change.slot in SPOKEN for change in self.changes)
        return what not in UNPAID and (what == "order" or not (spoken or self.formerly))


@node
class Difference:
    """What differs between two plans.

    `old` and `new` are what each declares; the old names of what is only called otherwise are replaced by the
    new ones, `renamed` says which. Where there are no items, `outward` is in what else the texts differ.
    """

    old: Mapping[Key, Thing]
    new: Mapping[Key, Thing]
    items: tuple[Item, ...]
    renamed: Mapping[str, str]
    outward: tuple[Outward, ...]


def diff(old: Parsed, new: Parsed) -> Difference:
    """What differs between two plans whose texts parse."""
    typed = old, new
    old, new = flat(old), flat(new)
    renamed = renames(old, new)
    before, after = things(under(renamed, old).tree), things(new.tree)
    items = [*_renamed(renamed, before, after), *_items(before, after)]
    outward = () if items else tuple(_outward(*typed))
    return Difference(before, after, tuple(items), renamed, outward)


def _renamed(
    renamed: Mapping[str, str], before: Mapping[Key, Thing], after: Mapping[Key, Thing]
) -> Iterator[Item]:
    for formerly, name in renamed.items():
        key = next(key for key in after if key[1] == name and key in before)
        yield Item(key, before[key], after[key], (), formerly)


def _items(before: Mapping[Key, Thing], after: Mapping[Key, Thing]) -> Iterator[Item]:
    for key in merged([*after], [*before]):
        old, new = before.get(key), after.get(key)
        if old is None or new is None:
            yield Item(key, old, new)
        elif changes := tuple(_changes(old.parts, new.parts)):
            yield Item(key, old, new, changes)
    common = before.keys() & after.keys()
    first, second = (tuple(key for key in sequence(side) if key in common) for side in (before, after))
    if first != second:
        one, other = ordered(first), ordered(second)
        yield Item(one.key, one, other, (Change("text", one.parts[0], other.parts[0]),))


K = TypeVar("K")


def merged(keys: Sequence[K], others: Sequence[K]) -> list[K]:
    """All keys in their order; one that only the others have follows what it follows among them."""
    known = dict.fromkeys(keys)
    following: defaultdict[K | None, list[K]] = defaultdict(list)
    before: K | None = None
    for key in dict.fromkeys(others):
        if key in known:
            before = key
        else:
            following[before].append(key)
    return [*following[None], *(one for key in known for one in (key, *following[key]))]


def _changes(old: Sequence[DeclaredPart], new: Sequence[DeclaredPart]) -> Iterator[Change]:
    """The parts that differ: those of one slot and key are one part, and so are what is left in a slot."""
    for slot in merged([part.slot for part in new], [part.slot for part in old]):
        before, after = ([part for part in side if part.slot == slot] for side in (old, new))
        _, before, after = _matched(before, after, lambda part: part.meaning)
        alike, before, after = _matched(before, after, lambda part: part.key)
        yield from (Change(slot, one, other) for one, other in alike)
        if len(before) == len(after) and slot not in {"given", "record", "shows", "pays"}:
            yield from (Change(slot, one, other) for one, other in zip(before, after, strict=True))
        else:
            yield from (Change(slot, part, None) for part in before)
            yield from (Change(slot, None, part) for part in after)


def _matched(
    before: Sequence[DeclaredPart], after: Sequence[DeclaredPart], by: Callable[[DeclaredPart], object]
) -> tuple[list[tuple[DeclaredPart, DeclaredPart]], list[DeclaredPart], list[DeclaredPart]]:
    """Parts of two sides that are alike in something, each with the first that is left, and the others."""
    waiting: defaultdict[object, deque[int]] = defaultdict(deque)
    for index, part in enumerate(after):
        waiting[by(part)].append(index)
    pairs: list[tuple[DeclaredPart, DeclaredPart]] = []
    alone: list[DeclaredPart] = []
    for part in before:
        if alike := waiting[by(part)]:
            pairs.append((part, after[alike.popleft()]))
        else:
            alone.append(part)
    return pairs, alone, [after[index] for index in sorted(chain.from_iterable(waiting.values()))]


# ── Texts that differ and mean the same ──────────────────────────────────────────────────────────────────


def _outward(old: Parsed, new: Parsed) -> Iterator[Outward]:
    """In what two texts differ besides their meaning."""
    if old.source.typed == new.source.typed:
        return
    if old.lang != new.lang:
        yield "language"
    if [*_comments(old.tree)] != [*_comments(new.tree)]:
        yield "comments"
    if [*things(old.tree)] != [*things(new.tree)]:
        yield "order"
    if write(old.tree, new.lang) != new.source.text:
        yield "formatting"


def _comments(plan: tree.Plan) -> Iterator[str]:
    for statement in plan.statements:
        under = statement.rows if isinstance(statement, tree.Example) else ()
        for line in (statement, *under):
            notes = line.notes
            yield from (*notes.above, *notes.inside, *([notes.beside] if notes.beside else []))
    yield from plan.tail
