"""What one line is meant to say, where one edit of it is enough for the whole plan and all its examples.

A line that cannot be read, or that makes no sense, has many neighbours that do; the examples tell which of
them is meant. The nearest is looked for first; of several that are equally near, all are told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import groupby, pairwise, permutations

from dsl import tree
from dsl.check import Checked
from dsl.check.constant import constant
from dsl.check.repairs import row
from dsl.faults import Fault, phrase
from dsl.parse.mistakes.case import short
from dsl.parse.mistakes.phrasing import Single, Sort
from dsl.parse.mistakes.single import MOST, singles
from dsl.place import Place
from dsl.source import Source
from dsl.words import KindName, Lang, words

from ..compile import Compiled
from .amendment import Edit
from .holes import PARTS, Hole, Solver
from .sought import Trials, all_come_out, grave

# Whole plans that are looked at, and those for a value that is wanted; values that are looked for.
TRIALS, SOLVING, VALUES = 250, 60, 3
TOLD = 3  # edits that are told where each would do


def retyped(checked: Checked, faults: tuple[Fault, ...], lang: Lang) -> tuple[Fault, ...]:
    """The faults of a plan as the one fault of the line that one edit puts right; as they are without one."""
    errors = [fault for fault in faults if fault.severity == "error"]
    unread = any(one.code < CHECKED for one in errors)
    if not errors or errors[0].code in OPEN or not (checked.scope.examples or unread):
        return faults
    if errors[0].code == ELSEWHERE:
        return faults
    work = Trials(checked.source, None, TRIALS)
    fixed = [(one.place, one.fix) for one in errors if one.place is not None and one.fix is not None]
    if fixed and (not checked.scope.examples or _fits(work, fixed)):
        return _as_one(checked.source, faults, errors)
    if (other := _other_way(checked, work, errors)) is not None:
        return tuple(other if one is errors[0] else one for one in faults)
    # What has a repair, though not one that fits, is known for what it is, unless it is a slip in a word.
    most = LIGHT if len(fixed) == len(errors) or not checked.scope.examples else MOST
    found = _fitting(checked, work, errors, most)
    if not found or len(found) > TOLD:
        return faults
    lines = {row(checked.source, one.place) for one in found}
    root = next((one for one in errors for line in lines if one.place and one.place.inside(line)), errors[0])
    if len(lines) > 1 and root.code < CHECKED:
        return faults
    told = _told(checked, root, found, lang)
    return tuple(told if one is root else one for one in faults if one is root or one not in errors)


def _as_one(source: Source, faults: tuple[Fault, ...], errors: Sequence[Fault]) -> tuple[Fault, ...]:
    """Some faults whose repairs stand side by side in one line, as the one fault that its author made."""
    spots = [one.place for one in errors if one.place is not None and one.fix is not None]
    first, last = spots[0], spots[-1]
    between = (source.words(Place(one.end, other.start)).split() for one, other in pairwise(spots))
    beside = last.inside(row(source, first)) and all(len(words) <= APART for words in between)
    if not len(spots) == len(errors) > 1 or not beside or not WRITTEN.issuperset(one.code for one in errors):
        return faults
    whole, fix = first.to(last), ""
    at = whole.start
    for one in errors:
        assert one.place is not None
        fix += f"{source.at(Place(at, one.place.start))}{one.fix}"
        at = one.place.end
    instead = " ".join(fix.split())
    told = Fault("P109", place=whole, facts={"word": short(source.words(whole)), "instead": instead}, fix=fix)
    return tuple(told if one is errors[0] else one for one in faults if one is errors[0] or one not in errors)


def _other_way(checked: Checked, work: Trials, errors: Sequence[Fault]) -> Fault | None:
    """The fault of a commission's way in other words, with the other of the two ways where that comes out."""
    (first, *more), vocabulary = errors, words(checked.lang)
    for one, other in permutations((vocabulary["each_band"], vocabulary["whole"])):
        if not more and first.place is not None and first.fix is not None and one in first.fix:
            fix = first.fix.replace(one, other)
            if _fits(work, [(first.place, fix)]):
                facts = {
                    name: told.replace(one, other) if isinstance(told, str) else told
                    for name, told in first.facts.items()
                }
                return replace(first, fix=fix, facts=facts)
    return None


def _fits(work: Trials, edits: Sequence[Edit]) -> bool:
    """Whether the plan with some edits pays what all its examples say."""
    plan = work.mended(edits)
    return plan is not None and _pays(plan)


def _pays(plan: Compiled) -> bool:
    return all_come_out(plan, range(len(plan.checked.scope.examples)))


def _fitting(checked: Checked, work: Trials, errors: Sequence[Fault], most: int) -> list[Single]:
    """The nearest edits that fit and cost no more than so much, no two of the same meaning."""
    spots = [spot for spot in (errors[0].place, errors[0].also) if spot is not None]
    declared = _declared(checked, errors)
    lines = [row(checked.source, spot) for spot in declared]
    unread = any(one.code < CHECKED for one in errors)
    several = [
        one
        for one in singles(checked.source, (*spots, *declared))
        if one.cost <= most
        # Without examples nothing tells what is paid, so that nothing may change that says it.
        and (checked.scope.examples or one.sort in {"without", "quoted"})
        and (unread or _near(one.place, spots) or any(one.place.inside(line) for line in lines))
    ]
    solved = [one for one in several if one.value and _near(one.place, spots)][:VALUES]
    for cost, ranked in groupby(several, key=lambda one: one.cost):
        found: dict[str, Single] = {}
        told = False  # whether the examples tell a name from another
        # Of two that mean the same the one is told that stands where something is wrong.
        for typed in sorted(ranked, key=lambda one: not _near(one.place, spots[:1])):
            one = typed if not typed.value else _solved(checked, work, typed) if typed in solved else None
            plan = work.mended([(one.place, one.words)]) if one is not None else None
            if one is None or plan is None or _worse(checked, one, plan):
                continue
            if _pays(plan):
                found.setdefault(plan.kernel.digest, one)
            else:
                told = told or (one.named and not one.value)
        if work.done:
            break
        sure = [one for one in found.values() if told or one.value or not one.named]
        if found:
            doubtful = (one for one in sure if not unread or (cost > LIGHT and one.words))
            return [] if any(_idle(checked, work, one.place) for one in doubtful) else _least(sure)
    return []


def _worse(checked: Checked, single: Single, plan: Compiled) -> bool:
    """Whether an edit brings a warning: of its line, or of a name that the line had; of another name, any."""
    source, warned = checked.source, grave(checked.faults)
    line = row(source, single.place)
    had = set(WORD.findall(source.at(line)))
    after = row(plan.source, Place(line.start, line.start))
    return any(
        single.named or (one.place is not None and one.place.inside(after)) or one.facts.get("name") in had
        for one in plan.checked.faults
        if one.severity == "warning" and one.code not in warned
    )


def _least(found: list[Single]) -> list[Single]:
    """Those of some edits that do no more than is needed: one inside all the others, or all."""
    inner = [one for one in found if all(one.place.inside(other.place) for other in found)]
    return inner if len(inner) == 1 else found


def _idle(checked: Checked, work: Trials, place: Place) -> bool:
    """Whether the examples come out without a line of pay, so that they say nothing of it."""
    line = row(checked.source, place)
    kinds = (one.place for one in _declarations(checked) if isinstance(one, tree.Fact | tree.Column))
    return not any(one.inside(line) for one in kinds) and _fits(work, [(line, "")])


def _solved(checked: Checked, work: Trials, single: Single) -> Single | None:
    """A value that is wanted, if the examples tell it."""
    numbers = [
        (constant(entry.value) or Fraction(0)) * (100 if isinstance(entry.value, tree.Percent) else 1)
        for example in checked.scope.examples
        for entry in example.entries
    ]
    typed = checked.source.at(single.place)[:1].isdigit()  # nothing is another number than it is
    guesses = (*PLAIN, *dict.fromkeys(numbers)) if single.value == "number" else PARTS
    kind: KindName = "percent" if single.value == "percent" else "number"
    hole = Hole(single.place, ("", ""), kind, checked.lang, guesses=guesses)
    values = [*Solver(Trials(checked.source, work.known, SOLVING), hole).fitting()]
    if len(values) != 1 or (values[0] == 0 and typed):
        return None
    text = hole.text(values[0])
    # Where a little less does as well, as of a bound that no example lies at, it is one of many.
    less = hole.text(Fraction(values[0]) * LESS)
    return replace(single, words=text, named=_fits(work, [(single.place, less)]))


PLAIN = tuple(map(Fraction, (1, 0, 10, 100)))


def _declarations(checked: Checked) -> list[tree.Statement | tree.Column]:
    """The lines of a plan, with the columns of its tables."""
    lines: list[tree.Statement | tree.Column] = []
    for line in checked.parsed.tree.statements:
        lines.extend([line, *(line.columns if isinstance(line, tree.RecordsTable) else ())])
    return lines


def _declared(checked: Checked, errors: Sequence[Fault]) -> list[Place]:
    """Where what is wrong is declared, by its name."""
    facts = [fact for one in errors for fact in one.facts.values()]
    several = [(fact.strip("`"),) if isinstance(fact, str) else fact for fact in facts]
    said = {word for words in several if len(words) <= TOLD for word in words}
    names = (getattr(line, "name", None) for line in _declarations(checked))
    return [name.place for name in names if isinstance(name, tree.Name) and name.text in said]


def _near(place: Place, spots: Sequence[Place]) -> bool:
    """Whether something stands at one of some places, or a blank away."""
    return any(place.start <= spot.end + 1 and spot.start <= place.end + 1 for spot in spots)


# ── What is told ─────────────────────────────────────────────────────────────────────────────────────────


def _told(checked: Checked, root: Fault, found: Sequence[Single], lang: Lang) -> Fault:
    """A fault with the edits that put it right.

    What the check says of a line stays; what the parser could not read is called by what the edit does to it.
    """
    first, source = found[0], checked.source
    said = root.code >= CHECKED or root.code in SAYING
    if len(found) > 1:
        lines = tuple(_line(source, one) for one in found)
        if said:
            ways = f" {phrase('or', lang)} ".join(f"`{one}`" for one in lines)
            return replace(
                root, facts={**root.facts, "told": phrase("decided_lines", lang).format(lines=ways)}
            )
        place = Place(min(one.place.start for one in found), max(one.place.end for one in found))
        whole = row(source, place)
        words = source.words(whole).strip()
        return Fault("P181", place=whole, facts={"word": words, "instead": lines})
    old, new, place = source.words(first.place), first.words.strip(), first.place
    own = root.place is not None and root.place.inside(row(source, place))
    if said:
        replaced = "decided_value" if first.value else "decided_instead"
        way = "decided_added" if not old else replaced if new else "decided_without"
        told = phrase(way, lang).format(old=f"`{old}`", new=f"`{new}`")
        also, facts = (root.also if own else root.place), {**root.facts, "told": told}
        if first.value and first.named:
            return replace(root, facts=facts)
        return replace(root, place=place, also=also, fix=first.words, facts=facts)
    code, word = CODES[first.sort], short(old)
    facts = {"word": (word,) if first.sort == "without" else word, "instead": new}
    if first.sort == "added":
        before = source.text[: place.start].split()
        facts = {"after": before[-1] if before else "", "instead": new}
    elif first.sort == "quoted":
        facts = {"keyword": source.text[: place.start].split()[-1]}
    elif first.sort == "instead" and old[0].isalpha() and new[0].isalpha():
        code = "P102"
    return Fault(code, place=place, also=None if own else root.place, facts=facts, fix=first.words)


def _line(source: Source, single: Single) -> str:
    """The line of an edit with it."""
    line, at = row(source, single.place), single.place
    text = f"{source.text[line.start : at.start]}{single.words}{source.text[at.end : line.end]}"
    return short(re.sub(r"\s+(?=[;:,)])", "", text), LINE)


CODES: Mapping[Sort, str] = {
    "without": "P134", "instead": "P109", "turned": "P171", "added": "P192", "quoted": "P112",
}  # fmt: skip
WORD = re.compile(r"\w+")
LIGHT = 2  # what an edit costs that changes nothing but marks and small words
# Of which two or three readings are told already, or for which no other words of the line will do.
OPEN = frozenset({"P181", "P185", "P188"})
ELSEWHERE = "P187"  # what is of another month: without it the line reads, and pays by something else
LESS = Fraction(99, 100)
APART = 2  # words between two repairs of one slip
# Codes of words and signs that are others, too many or too few.
WRITTEN = frozenset({"P102", "P109", "P112", "P117", "P127", "P134", "P138", "P171", "P172"})
SAYING = frozenset({"P152"})  # codes of the parser that say what a line says
CHECKED = "P2"  # from here on it is told what a line says, and not how it is written
LINE = 80  # characters of a line that is told
