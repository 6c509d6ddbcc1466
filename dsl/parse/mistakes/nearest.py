"""The nearest lines of the language: up to three small changes that together make the line right.

A search for the cheapest way to read the line to its end: at each word the parser says which terminals could
stand there, and a change leads on where the reader comes further with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count

from ...data import table
from ...faults import Fault
from ...place import Place
from ...words import currencies
from ..grammar import State, ended, fed
from ..lines import LISTS, SIDES, place
from ..naming import DECLARING
from .case import BACK, Broken, Facts, Repair, copied, lexed, possible, refused, short
from .changes import FREE, JOINING, Around, Swap, changes, known
from .formulas import ARITHMETIC
from .near import FORM, SMALL, small
from .spelling import synonyms

# So many changes at most, of so great a cost together, by so many steps.
CHANGES, COST, STEPS = 3, 9, 2_500
# Lines that cost so much more than the nearest are near as well, where that is none.
NEAR = 3
# Lines of more words are lists.
LONG = 80
# What a name costs that stands nowhere else in the plan; where facts are declared a small change makes none
# of it, and none ever makes a unit of what is no currency.
UNKNOWN, NONE = 3, 10


@dataclass(frozen=True, slots=True)
class Reading:
    """A line with some changes: the parser after the last of them, and where the rest goes wrong."""

    changes: tuple[Swap, ...]
    parser: State
    at: int
    wrong: int
    cost: int

    @property
    def span(self) -> tuple[int, int]:
        """From the first change to the last."""
        return self.changes[0].start, self.changes[-1].end

    @property
    def width(self) -> int:
        """How many tokens lie from the first change to the last."""
        return self.changes[-1].end - self.changes[0].start


# ── What is told ─────────────────────────────────────────────────────────────────────────────────────────


def lines(case: Broken) -> Iterator[Repair]:
    """The nearest line that has all that the line says."""
    yield from _lines(case, shorter=False)


def shorter(case: Broken) -> Iterator[Repair]:
    """The nearest line without a word that says something; what a formula may hold stays."""
    if "PLUS" not in case.expected:
        yield from _lines(case, shorter=True)


def _lines(case: Broken, *, shorter: bool) -> Iterator[Repair]:
    """The nearest line that is not refused; of several that are equally near, all that they differ in."""
    readings, _ = _nearest(case, shorter=shorter)
    found = [(one, repair) for one in readings if not refused(case, repair := _repair(case, one))]
    nearest = [(one, repair) for one, repair in found if one.cost == found[0][0].cost]
    above = case.rules.words[case.above[0].type.lower()] if case.above and case.above[0].type in SIDES else ""
    # A row is most likely one like the row above it.
    alike = [repair for one, repair in nearest if one.span[0] == 0 and _said(case, one) == above]
    if len(nearest) == 1 or alike:
        yield (alike or [nearest[0][1]])[0]
    elif len({one.span for one, _ in nearest}) == 1:
        start, end = nearest[0][0].span
        ways = tuple(_said(case, one) for one, _ in nearest)
        facts: Facts = {"word": short(case.raw(start, end)), "instead": ways}
        code = "P181" if start < end else "P138"
        yield Repair(code, start, end, ways[0], facts, offered=False)


def meaning(case: Broken) -> Fault | None:
    """What is told of a line that is near to no whole line: the construct that brings the reader furthest."""
    readings, reading = _nearest(case, shorter=False)
    if readings or reading is None:
        return None
    change, words = reading.changes[0], case.rules.words
    keyword = next((word for word, said in words.spellings.items() if change.words in said), "")
    shown: str | None = table("grammars", "samples.toml")[words.lang].get(keyword)
    if shown is None:
        return None
    typed = short(case.raw(change.start, change.end))
    facts: Facts = {"word": typed, "instead": change.words, "sample": shown}
    return Fault("P182", place=case.place(change.start, change.end), facts=facts)


def _repair(case: Broken, reading: Reading) -> Repair:
    """The changes of a reading as one repair, called by what it is."""
    start, end = reading.span
    words, typed = _said(case, reading), short(case.raw(start, end))
    if start == end:
        at = place(case.tokens[start]).start if start < len(case.tokens) else case.place(start, end).start
        word = short(case.tokens[min(start, len(case.tokens) - 1)])
        facts: Facts = {"word": word, "instead": (words,)}
        return Repair("P138", start, end, words, facts, place=Place(at, at), fix=f"{words} ")
    where = case.place(start, end)
    if words[:1] == "," and start:
        where = case.place(start - 1, end)
        where = Place(place(case.tokens[start - 1]).end, where.end)
    if not any(change.words for change in reading.changes):
        left_out = dict.fromkeys(short(case.raw(one.start, one.end)) for one in reading.changes)
        return Repair("P134", start, end, words, {"word": tuple(left_out)}, where)
    if len(reading.changes) == 1 and words.lstrip(", ")[0].isalpha() and typed.lstrip(", ")[:1].isalpha():
        return Repair("P102", start, end, words, place=where)
    return Repair("P109", start, end, words, {"instead": short(words, 80)}, where)


def _said(case: Broken, reading: Reading) -> str:
    """What a reading has from its first change to its last, with all between them as it is."""
    said, end = "", None
    for change in reading.changes:
        at = case.place(change.start, change.end)
        between = "" if end is None else case.text[end : at.start]
        said += between if change.words and change.words[0] != "," else between.rstrip()
        said += " " * (change.words[:1].isalpha() and said[-1:].isalnum()) + change.words
        end = at.end
    return said.strip()


def _line(case: Broken, reading: Reading) -> str:
    """The whole line as a reading has it."""
    start, end = reading.span
    head = case.raw(0, start) if start else ""
    tail = case.raw(end, len(case.tokens)) if end < len(case.tokens) else ""
    return " ".join(f"{head} {_said(case, reading)} {tail}".split())


# ── The search ───────────────────────────────────────────────────────────────────────────────────────────


def _nearest(case: Broken, *, shorter: bool) -> tuple[list[Reading], Reading | None]:
    """The cheapest readings of the whole line, by the steps that are left; and one that brings further."""
    one_of = any(token.type == "ONE_OF" for token in case.tokens)
    if len(case.tokens) > LONG or case.kind(0) in LISTS or one_of or case.work.done:
        return [], None
    least = max(case.work.left - STEPS, 0)
    search = Quest(case, known(case), shorter=shorter)
    order = count()
    queue = [(0, next(order), Reading((), copied(case.states[0]), 0, case.index, 0))]
    found: dict[str, Reading] = {}
    further: Reading | None = None
    while queue and queue[0][0] < search.best + NEAR and case.work.left > least:
        for reading, whole in search.changed(heappop(queue)[2]):
            if whole:
                search.best = min(search.best, reading.cost)
                line = _line(case, reading)
                found[line] = min(found.get(line, reading), reading, key=lambda one: (one.cost, one.width))
                continue
            if further is None and reading.cost <= SMALL and _tells(case, reading.changes[0]):
                further = reading
            if len(reading.changes) < CHANGES:
                heappush(queue, (reading.cost, next(order), reading))
    return sorted(found.values(), key=lambda one: one.cost), further


def _tells(case: Broken, change: Swap) -> bool:
    """Whether a change names a construct: by other words for it, and not by one small word for another."""
    vocabulary, typed = case.rules.words, case.raw(change.start, change.end).casefold()
    right = change.start < case.index and case.kind(change.start) in case.rules.keywords
    if not typed or not change.words or right:
        return False
    said = (vocabulary[keyword] for keyword in synonyms(vocabulary.lang).get(typed, ()))
    return change.words in said or not small(vocabulary.lang).issuperset(typed.split())


@dataclass(slots=True)
class Quest:
    """A search for the nearest readings of a line; `best` is the cost of the best so far."""

    case: Broken
    known: Around
    shorter: bool
    best: int = COST

    def changed(self, reading: Reading) -> Iterator[tuple[Reading, bool]]:
        """A reading with one more change, and whether that makes the line right."""
        case, parser = self.case, reading.parser
        for at in range(reading.at, reading.wrong + 1):
            if at >= reading.wrong - BACK or at == 0:
                yield from self._at(reading, copied(parser), at)
            if at < reading.wrong:
                fed(parser, case.tokens[at : at + 1])
                case.work.spend(1)

    def _at(self, reading: Reading, parser: State, at: int) -> Iterator[tuple[Reading, bool]]:
        """The same, with a change at one token."""
        case = self.case
        could = possible(parser.choices(), case.text, case.rules.words.lang)  # type: ignore[no-untyped-call]  # untyped in Lark
        spare = self.shorter and not any(one.cost == FREE and not one.words for one in reading.changes)
        for change in changes(case, at, could, self.known, spare=spare):
            cost = reading.cost + change.cost
            if cost > self.best + NEAR:
                continue
            after = copied(parser)
            words = lexed(change.words, case.rules, Place(0, 0), 0)
            case.work.spend(1 + len(words))
            if fed(after, words) < len(words):
                continue
            rest = copied(after)
            read = fed(rest, case.tokens[change.end :])
            case.work.spend(read)
            wrong, made = change.end + read, (*reading.changes, change)
            if wrong == len(case.tokens) and ended(rest, case.tokens[-1]) is not None:
                made = self._named(made)
                if (cost := cost + self._strange(made)) <= COST:
                    yield Reading(made, after, change.end, wrong, cost), True
            # Another word may be wanted for what made sense so far: `500 if passed, returns < 3%`.
            elif wrong > reading.wrong or (
                wrong == reading.wrong and change.words and change.start < change.end
            ):
                yield Reading(made, after, change.end, wrong, cost), False

    def _named(self, made: tuple[Swap, ...]) -> tuple[Swap, ...]:
        """Some changes, and names of the plan that stand in the line in another form."""
        taken = {at for change in made for at in range(change.start, change.end)}
        around = range(1, len(self.case.tokens))
        forms = [
            Swap(at, at + 1, self.known.forms[self.case.tokens[at]], FORM)
            for at in around
            if self.case.kind(at) == "NAME" and self.case.tokens[at] in self.known.forms and at not in taken
        ]
        return tuple(sorted([*made, *forms], key=lambda one: (one.start, one.end)))

    def _strange(self, made: tuple[Swap, ...]) -> int:
        """What a reading costs for words that it takes for names and units that the plan does not know."""
        case = self.case
        read = [(case.kind(at), str(case.tokens[at])) for at in range(made[0].start)]
        weak: set[int] = set()  # where a name stands only because a small change says so
        for change, after in zip(made, [*(one.start for one in made[1:]), len(case.tokens)], strict=True):
            words = lexed(change.words, case.rules, Place(0, 0), 0)
            weak.update(
                [len(read) + len(words)] if not words or words[-1].type in JOINING | ARITHMETIC else []
            )
            read += [(one.type, str(one)) for one in words]
            read += [(case.kind(at), str(case.tokens[at])) for at in range(change.end, after)]
        names = self.known.kept | {name.casefold() for name in self.known.forms.values()}
        costs = [0]
        for at in range(1, len(read)):
            (before, _), (kind, word) = read[at - 1], read[at]
            if kind != "NAME":
                continue
            if before == "NUMBER" and word not in currencies():
                return NONE
            if before not in DECLARING and word.casefold() not in names:
                costs.append(NONE if at in weak and self.known.declared else UNKNOWN)
        return max(costs)
