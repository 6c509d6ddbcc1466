"""Repairs that are certain: made in the text of a plan, one after another, until none is left.

A repair is certain where nothing else is offered for its fault, and the plan with it is checked without that
fault and with no other; an example that does not come out is as good as a fault.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
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
from engine.compile import Compiled, compile_plan

# They count what was not looked at, which is another number after each repair.
COUNTING = {"P160", "P161"}


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

    It is gone through from its end, where a repair moves no place that is still to be looked at; and again as
    long as a repair was made, after which others may be certain.
    """
    made: list[Mend] = []
    while several := _once(source):
        source = several[-1][0]
        made.extend(sorted((mend for _, mend in several), key=lambda mend: mend.line))
    return source, tuple(made)


def _once(source: Source) -> list[tuple[Source, Mend]]:
    """The repairs of one way through a text, each with the text that it made."""
    found, kept = _look(source), len(source.text)
    made: list[tuple[Source, Mend]] = []
    for place, fault in reversed(found.repairable):
        # Where a repair was made what stood there stands no more.
        if place.end > kept:
            continue
        mended, mend = _repaired(source, place, fault)
        after = _look(mended)
        # Another repair may have taken this fault away as well, or given it other facts.
        if _key(fault) in found.wrong and after.wrong <= found.wrong - Counter([_key(fault)]):
            source, found, kept = mended, after, place.start
            made.append((mended, mend))
    return made


@dataclass(frozen=True, slots=True)
class Look:
    """What a check finds in a text: all that is wrong, and those faults that have a repair in it."""

    wrong: Counter[Hashable]
    repairable: tuple[tuple[Place, Fault], ...]


def _look(source: Source) -> Look:
    plan = check(parse(source))
    compiled = plan.faults if plan.parsed.definitions is not None else compile_plan(plan)
    faults = compiled if isinstance(compiled, tuple) else plan.faults
    wrong = Counter[Hashable](_key(fault) for fault in faults if fault.code not in COUNTING)
    if isinstance(compiled, Compiled):
        wrong.update(one.title for one in examples.run(compiled) if not one.passed)
    own = (
        (fault.place, fault)
        for fault in faults
        if fault.fix is not None
        and fault.place is not None
        and plan.source.part(fault.place)[0] is plan.source
    )
    return Look(wrong, tuple(own))


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
