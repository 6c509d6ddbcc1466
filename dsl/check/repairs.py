"""Every repair is put into the plan, and the whole is looked at again, before it is offered.

A repair is dropped that leaves its fault, or that brings an error or a warning which the plan does not have
without it. What another mistake has hidden so far is not brought by it: a plan that reads again is told, for
the first time, what it lacks as a whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from .. import tree
from ..faults import Fault
from ..parse import Parsed, parse
from ..parse.limits import Work
from ..place import Place
from ..source import Source


class Looked(Protocol):
    """What is known of a text that was looked at."""

    @property
    def faults(self) -> Sequence[Fault]:
        """What is wrong with it."""

    @property
    def inputs(self) -> Mapping[str, object]:
        """The facts that it needs, by their names."""


# A parsed text is looked at; with `whole`, as if no line of it were missing.
Look = Callable[[Parsed, bool], Looked]

# To one step, characters of a text that is looked at again.
CHARACTERS = 3
# So many more repairs are put into a line that is still wrong after one.
MORE = 4
GRAVE = frozenset({"error", "warning"})
# A text stands alone while it is looked at: whether what it includes is there says nothing of a repair.
ALONE = frozenset({"P153"})
TURNED, SURPLUS = "P171", "P134"
# Declared and used by nothing, which a repair brings about only where it takes the name away.
UNUSED = frozenset({"P218", "P228", "P288", "P368", "P369"})
# A name of another line is doubted only where nothing else is wrong: for the first time after a repair.
DOUBTED = frozenset({"P286", "P187"})
# What several lines come to is known only once each of them can be read: weights, the points of a table.
SUMS = frozenset({"P401", "P402", "P430", "P431", "P432", "P433", "P244"})
# More is wrong than is told: what is told after a repair and was not before stands elsewhere.
UNTOLD = frozenset({"P124", "P161"})
# What is told of words that are others in a plan.
ANOTHER = frozenset({"P102", "P109", "P181"})
WORD = re.compile(r"\w+")


# What should stand at a place instead.
Words = tuple[Place, str]


@dataclass(slots=True)
class Judge:
    """A plan with what is wrong in it, and the steps that are left to look at it again.

    A repair is not offered once no steps are left, so that which ones are is a matter of their order.
    """

    parsed: Parsed
    faults: Sequence[Fault]
    look: Look
    work: Work
    _verdicts: dict[Words, Words | None] = field(default_factory=dict)
    _bases: dict[bool, Sequence[Fault]] = field(default_factory=dict)

    def refused(self, faults: Iterable[Fault]) -> Iterator[Words]:
        """The repairs among some faults that are no sound ones."""
        for fault in faults:
            if (words := repair(fault)) is not None and self._sound(fault, words) is None:
                yield words

    def offered(self, faults: Iterable[Fault]) -> tuple[Fault, ...]:
        """Some faults, each with its repair as far as that is sound."""
        return tuple(self._offered(fault) for fault in faults)

    def _offered(self, fault: Fault) -> Fault:
        words = repair(fault)
        sound = None if words is None else self._sound(fault, words)
        if words == sound:
            return fault
        if sound is None:
            return replace(fault, fix=None)
        at, fix = sound
        surplus = self.parsed.source.at(at).removesuffix(fix).rstrip()
        if fix and fault.code == TURNED and surplus.isalpha():
            # What is left when a word goes was never in another order.
            return Fault(SURPLUS, place=at, facts={"word": (surplus,)}, fix=fix)
        was, text = self.parsed.source.words(words[0]) if words else "", self.parsed.source.words(at)
        said = {words[1] if words else "": fix, **({was: text} if fault.code in ANOTHER else {})}
        facts = {
            name: said.get(told, told) if isinstance(told, str) else tuple(said.get(one, one) for one in told)
            for name, told in fault.facts.items()
        }
        return replace(fault, place=at, fix=fix, facts=facts)

    def _sound(self, fault: Fault, words: Words) -> Words | None:
        """The repair, or the one that takes in what else it needs where it stands; None for no sound one."""
        if words not in self._verdicts:
            at, fix = words
            unseen = seen(self.parsed.source.at(at)) == seen(fix)
            better = (
                None if unseen or self.work.done else self._better(Trial(self.parsed.source, at, fix), fault)
            )
            self._verdicts[words] = words if unseen else None if better is None else (better.at, better.fix)
        return self._verdicts[words]

    def _better(self, trial: Trial, fault: Fault, more: int = MORE) -> Trial | None:
        """The repair with which the plan lacks a fault and has no other in its stead.

        What is then wrong in the same line has to have a repair as well, and so on; where it stands at the
        repaired words, both are one repair.
        """
        after = self._read(trial.text, trial.stretch)
        looked = self.look(after, not after.broken)
        known = self._base(whole=self.parsed.broken and not after.broken)
        others = [one for one in self.faults if one is not fault]
        found = [
            one
            for one in looked.faults
            if one.severity in GRAVE and one.place is not None and one.code not in ALONE | SUMS
        ]
        if any(trial.same(one, fault) for one in found) or trial.invents(looked.inputs, after):
            return None
        line = trial.line(after)
        if any(one.code in UNTOLD for one in known):
            found = [one for one in found if touching(where(one), line)]
        left = [
            one
            for one in found
            if not (
                trial.met(one, known)
                or trial.hidden(one, line)
                or self._doubted(trial, one, line)
                or (trial.told(one, others) and (one.fix is None or not touching(where(one), line)))
            )
        ]
        if not left:
            return trial
        words = repair(left[0])
        if words is None or not more or self.work.done or not touching(words[0], line):
            return None
        both = self._better(trial.further(*words), fault, more - 1)
        # What is told of words that are others takes in all of them, wherever in the line they stand.
        whole = fault.code in ANOTHER or touching(words[0], trial.stretch)
        return both if both is None or (whole and not trial.told(left[0], others)) else trial

    def _doubted(self, trial: Trial, one: Fault, line: Place) -> bool:
        """Whether a fault stands beside the repaired row, in a table that was not looked at without it."""
        was, places = trial.before(where(one)), self.parsed.doubts.places
        around = (at for at in places if trial.at.inside(at))
        own = min(around, key=lambda at: at.end - at.start, default=line)
        beside = not touching(where(one), line) and not was.inside(own)
        return beside and any(was.inside(place) for place in places)

    def _base(self, *, whole: bool) -> Sequence[Fault]:
        """What is wrong without any repair, read as it is read with one."""
        if whole not in self._bases:
            self._bases[whole] = self.look(self._read(self.parsed.source, Place(-1, -1)), whole).faults
        return self._bases[whole]

    def _read(self, text: Source, near: Place) -> Parsed:
        """A text read again; what is still wrong near a place is looked into."""
        self.work.spend(len(text.text) // CHARACTERS)
        self.work.near = near
        return parse(bare(text), self.work)


@dataclass(slots=True)
class Trial:
    """A text with a repair, and the way back from its places to those of the text without it."""

    source: Source
    at: Place
    fix: str
    text: Source = field(init=False)
    stretch: Place = field(init=False)

    def __post_init__(self) -> None:
        self.text = changed(self.source, self.at, self.fix)
        self.stretch = Place(self.at.start, self.at.start + len(self.fix))

    def before(self, place: Place) -> Place:
        """Where something stood before the repair."""
        shift = self.stretch.end - self.at.end
        start, end = (
            offset if offset <= self.at.start else max(offset - shift, self.at.start)
            for offset in (place.start, place.end)
        )
        return Place(start, end)

    def same(self, one: Fault, fault: Fault) -> bool:
        """Whether a fault after the repair is the one that was to be repaired."""
        return (
            one.code == fault.code
            and touching(where(one), self.stretch)
            and one.facts.get("word") == fault.facts.get("word")
        )

    def met(self, one: Fault, known: Iterable[Fault]) -> bool:
        """Whether a fault is one of those that are known without the repair."""
        was = self.before(where(one))
        return any(other.code == one.code and touching(where(other), was) for other in known)

    def invents(self, needed: Iterable[str], after: Parsed) -> bool:
        """Whether a plan with examples needs a fact of which none of them, nor any other line, knows."""
        lines = after.tree.statements
        declared = {line.name.text for line in lines if isinstance(line, tree.Fact)}
        part, _ = self.source.part(self.at)
        fresh = frozenset(needed) - declared - frozenset(WORD.findall(part.text))
        again = part.text.count(self.source.at(self.at)) > 1  # the same words have the same mistake elsewhere
        return bool(fresh) and not again and any(isinstance(line, tree.Example) for line in lines)

    def told(self, one: Fault, others: Iterable[Fault]) -> bool:
        """Whether something else was told where a fault stands."""
        was = self.before(where(one))
        return any(touching(where(other), was) for other in others)

    def line(self, after: Parsed) -> Place:
        """The line of the plan that is repaired, with the whole of its last line of text."""
        whole = row(after.source, self.stretch)
        for line in after.tree.statements:
            if touching(line.place, self.stretch):
                whole = Place(min(whole.start, line.place.start), max(whole.end, line.place.end))
        return whole

    def hidden(self, one: Fault, line: Place) -> bool:
        """Whether another mistake comes to light: a name without use, a warning, the same word elsewhere."""
        if one.code in UNUSED:
            was, name = self.source.at(self.at), str(one.facts.get("name"))
            if touching(where(one), self.stretch):
                # The same name, where it stood, or as a name is written.
                said = WORD.findall(was)
                stood = self.source.at(self.before(where(one))) == name
                return stood or name in said or said == name.split("_")
            return name not in WORD.findall(was) or self.fix == "_".join(WORD.findall(was))
        if one.code in DOUBTED and not touching(where(one), self.stretch):
            return True
        if touching(where(one), line):
            return one.severity == "warning" and not touching(where(one), self.stretch)
        return self.source.at(self.at) in {one.facts.get("word"), one.facts.get("name")}

    def further(self, at: Place, fix: str) -> Trial:
        """The text with one more repair, as one repair of all that lies between."""
        text = changed(self.text, at, fix)
        shift = len(fix) - (at.end - at.start)
        was = self.before(at)
        start, end = min(self.at.start, was.start), max(self.at.end, was.end)
        # The second may begin within the first and end behind it.
        stop = max(self.stretch.end, at.end) + shift
        return Trial(self.source, Place(start, end), text.at(Place(start, stop)))


def repair(fault: Fault) -> Words | None:
    """The repair of a fault, if it has one in the plan."""
    return None if fault.place is None or fault.fix is None else (fault.place, fault.fix)


def bare(source: Source) -> Source:
    """A text as it was before it was read: what it includes is to be found again."""
    return replace(source, included=())


def changed(source: Source, at: Place, fix: str) -> Source:
    """A text with other words at a place, be it in one that it includes."""
    part, inside = source.part(at)
    text = f"{part.text[: inside.start]}{fix}{part.text[inside.end :]}"
    beside, other = source.beside, Source(part.name, text)
    if part is source or beside is None:
        return replace(other, beside=beside)

    def found(path: str) -> Source | Fault:
        one = beside(path)
        return other if one is part else one

    return Source(source.name, source.text, found)


def where(fault: Fault) -> Place:
    """Where a fault stands; what stands nowhere lies before every text."""
    return fault.place or Place(-1, -1)


def row(source: Source, at: Place) -> Place:
    """The line of text that a place is on; of a longer place, all its lines."""
    part, inside = source.part(at)
    end = part.text.find("\n", inside.end)
    start = part.text.rfind("\n", 0, inside.start) + 1
    base = at.start - inside.start
    return Place(base + start, base + (len(part.text) if end < 0 else end))


def touching(one: Place, other: Place) -> bool:
    """Whether nothing lies between two places."""
    return one.start <= other.end and other.start <= one.end


def seen(words: str) -> str:
    """What can be seen of some words: no blanks, no marks of direction, nothing of no width."""
    return "".join(one for one in words if one == "\n" or unicodedata.category(one)[0] not in "CZ")
