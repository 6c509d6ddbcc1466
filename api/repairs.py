"""Repairs that are certain: made in the text of a plan, one after another, until none is left.

A repair is certain where it only writes what was typed in another way (`dsl.check.certain`), and the plan
with it is checked without that fault and with no other; an example that does not come out is as good as a
fault.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace

from dsl.check import check
from dsl.faults import Fault, wording
from dsl.faults.answer import Code, Count
from dsl.node import node
from dsl.parse import parse
from dsl.place import Place
from dsl.source import Source
from dsl.words import Lang
from engine import examples
from engine.compile import Compiled, compile_any

COUNTING = "P160"  # it counts the lines for which no repair was looked for: others after each repair
# A line of which no more is known than that it cannot be read: what is repaired of it may be its sound part.
UNREAD = {"P100", "P115", "P118", "P119", "P136", "P138"}
UNTOLD = {"P124", "P161"}  # there is more that is wrong than is told, so that nothing can be judged by it


@dataclass(frozen=True, slots=True)
class Mend:
    """A repair that was made: its fault, the first line that it changed, those lines before and after it."""

    fault: Fault
    line: int
    before: tuple[str, ...]
    after: tuple[str, ...]


@node
class RepairMade:
    """A repair that was made in a plan."""

    code: Code
    title: str
    line: Count
    """The first line that was changed, as it was counted then."""
    before: tuple[str, ...]
    after: tuple[str, ...]


def document(mend: Mend, lang: Lang) -> RepairMade:
    """A repair that was made, in the reader's language."""
    title = wording(mend.fault, lang).title
    return RepairMade(mend.fault.code, title, mend.line, mend.before, mend.after)


def mended(source: Source) -> tuple[Source, tuple[Mend, ...]]:
    """A plan's text with its certain repairs, and which they were.

    It is gone through again as long as a repair was made, after which others may be certain.
    """
    made: list[Mend] = []
    seen = _look(source)
    while several := (after := _certain(source, seen, seen.repairs))[2]:
        source, seen, _ = after
        made.extend(sorted(several, key=lambda mend: mend.line))
    return source, tuple(made)


@dataclass(frozen=True, slots=True)
class Look:
    """What a check finds in a text: all that is wrong, and those faults that have a repair in it."""

    wrong: Counter[Hashable]
    repairs: tuple[tuple[Place, Fault], ...]


Made = tuple[Source, Look, tuple[Mend, ...]]


def _certain(source: Source, seen: Look, repairs: Sequence[tuple[Place, Fault]]) -> Made:
    """A text with those of some repairs that are certain, the last of them first, so that no place moves.

    All are tried at once, and where something stands against it by halves.
    """
    if not repairs:
        return source, seen, ()
    tried, mends = source, list[Mend]()
    for place, fault in reversed(repairs):
        tried, mend = _repaired(tried, place, fault)
        mends.append(mend)
    after = _look(tried)
    gone = Counter(_key(fault) for _, fault in repairs)
    # A repair that was made before may have taken a fault away as well.
    if gone <= seen.wrong and after.wrong <= seen.wrong - gone:
        return tried, after, tuple(mends)
    if len(repairs) == 1:
        return source, seen, ()
    half = len(repairs) // 2
    source, seen, last = _certain(source, seen, repairs[half:])
    source, seen, first = _certain(source, seen, repairs[:half])
    return source, seen, (*last, *first)


def _look(source: Source) -> Look:
    plan = check(parse(source))
    compiled = compile_any(plan)
    faults = compiled if isinstance(compiled, tuple) else plan.faults
    wrong = Counter[Hashable](_key(fault) for fault in faults if fault.code != COUNTING)
    if isinstance(compiled, Compiled):
        wrong.update(one.title for one in examples.run(compiled) if not one.passed)
    untold = any(fault.code in UNTOLD for fault in faults)
    return Look(wrong, () if untold else tuple(_apart(plan.source, faults, plan.lang)))


def _apart(source: Source, faults: Sequence[Fault], lang: Lang) -> Iterator[tuple[Place, Fault]]:
    """The faults with a certain repair in the text itself and not in one that it includes, no two at a place.

    A line that nobody can read has none.
    """
    # What is read of mistakes is loaded where there are some.
    from dsl.check.certain import certain  # noqa: PLC0415

    end = 0
    places = [fault.place for fault in faults if fault.place and fault.code in UNREAD]
    unread = {source.position(one.start).line for one in places if source.part(one)[0] is source}
    for fault in faults:
        place = fault.place
        if place is None or source.part(place)[0] is not source or not certain(fault, source, lang):
            continue
        if place.start >= end and source.position(place.start).line not in unread:
            yield place, fault
            end = max(place.end, place.start + 1)


def _key(fault: Fault) -> Hashable:
    """What tells a fault from others, wherever it stands."""
    return fault.code, tuple(fault.facts.items())


def _repaired(source: Source, place: Place, fault: Fault) -> tuple[Source, Mend]:
    """A text with the repair of a fault in it; a word that is taken out takes the blank beside it along."""
    fix = fault.fix or ""
    start, end = place if source.origins is None else (source.origins[at] for at in place)
    head, tail = source.typed[:start], source.typed[end:]
    if not fix and (not head or head[-1].isspace()):
        tail = tail.lstrip(" \t")
    if "\r\n" in source.typed:
        fix = fix.replace("\n", "\r\n")
    mended = replace(source, typed=head + fix + tail, included=())
    first, last = (source.position(at).line for at in place)
    grown = last + mended.typed.count("\n") - source.typed.count("\n")
    before, after = _lines(source, first, last), _lines(mended, first, grown)
    return mended, Mend(fault, first, before, after)


def _lines(source: Source, first: int, last: int) -> tuple[str, ...]:
    return tuple(source.line(number).lstrip("\ufeff") for number in range(first, last + 1))
