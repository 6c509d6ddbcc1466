"""Names that are nearly other names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator

from .. import tree
from ..data import table
from ..faults.forms import inflected
from ..faults.nearest import LOOKALIKES, edits
from ..parse.mistakes.spelling import synonyms
from ..words import Words
from .scope import Scope

LONG = 64  # letters of a name above which nobody looks for its neighbours
SAME = 2  # letters that forms of one word begin with
CROWD = 20  # names that differ in one letter: more are a series, and none is a slip of another
WORD = 5  # letters of a word of which one may be a slip: shorter words are too near to each other

PARTS = re.compile(r"[^\W\d_]+|[0-9]+")


def looks(name: str) -> str:
    """What of a name the eye sees: not the size of its letters, nor their alphabet, nor the dots on `ё`."""
    return name.casefold().translate(LOOKALIKES).replace("ё", "е")


def strays(scope: Scope) -> dict[str, str]:
    """Misspelt names, and what was meant by each.

    A name met only in a formula is a fact that the formula needs, and so is what a KPI measures undeclared,
    unless it nearly is another one: a declared name, or one of the examples that is met more often. But where
    nothing uses the declared name, and the other is met more often, it is the declared one that is misspelt.
    """
    given = {entry.name.text for example in scope.examples for entry in example.entries if not entry.target}
    declared = {*scope.facts, *scope.figures}
    found = _twins(scope, declared | {*scope.kpis})
    units = {*_units(scope)}
    needed = (name for name in scope.needs if not name.endswith(tree.OPENING))  # which is told by its balance
    suspects = [name for name in needed if name not in declared and name not in {*found, *units}]
    found.update(_paid(scope, suspects))
    if not suspects:
        return found
    counts = _mentions(scope)
    near = _neighbours(suspects)
    for name in declared - scope.used - given - {*found}:
        if (meant := next((one for one in near(name) if counts[one] > counts[name]), None)) is not None:
            found[name] = meant
    known = (declared | given | scope.spare) - {*found}
    # A formula may use what a KPI measures; but that two KPIs measure nearly the same is no slip.
    factual, measured = _neighbours(known - {*scope.kpis}), _neighbours(known | {*scope.kpis} - {*found})
    for name in suspects:
        if name not in given:
            rivals = factual(name) if name in scope.kpis else measured(name)
            sure = (one for one in rivals if one not in given - declared or counts[one] > counts[name])
            if (meant := next(sure, None) or next(_forms(scope, name, known), None)) is not None:
                found[name] = meant
    return found


def _units(scope: Scope) -> Iterator[str]:
    """What an amount is said to be for one of: `150 RUB/hour`."""
    spoken = table("grammars", "synonyms.toml")
    units = {*spoken["units"][scope.plan.lang], *spoken["spans"][scope.plan.lang]}
    for expr in scope.expressions:
        match expr:
            case tree.Arithmetic("/", _, tree.Name(unit)) if unit.casefold() in units:
                yield unit


def _forms(scope: Scope, name: str, known: set[str]) -> Iterator[str]:
    """Of some names, those that are the same words in other forms: `выручка` for `выручки`."""
    others = known if name in scope.kpis else known | {*scope.kpis}
    near = (other for other in sorted(others) if other[:SAME].casefold() == name[:SAME].casefold())
    return (other for other in near if other != name and inflected(name, other, scope.plan.lang))


def _paid(scope: Scope, suspects: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The words for the salary, the bonus and all pay in other forms: `5% от оклада`."""
    paid = {"salary": scope.salary, "bonus": scope.kpis, "total": True}
    words = [scope.words[key] for key, there in paid.items() if there]
    for name in suspects:
        yield from ((name, word) for word in words if inflected(name, word, scope.plan.lang))


def _twins(scope: Scope, declared: set[str]) -> dict[str, str]:
    """Of names that look the same, all but the first that is declared, each with that one."""
    first: dict[str, str] = {}
    names = sorted([*scope.needs, *scope.figures], key=lambda name: name not in declared)
    same = [(name, first.setdefault(looks(name), name)) for name in names]
    return {name: other for name, other in same if name != other}


def _mentions(scope: Scope) -> Counter[str]:
    """How often each name stands in a plan."""
    counts = Counter([*scope.facts, *scope.figures, *scope.kpis])
    for expr in scope.expressions:
        match expr:
            case tree.Name(text) | tree.Identity(tree.Name(text)) | tree.By(tree.Name(text)):
                counts[text] += 1
    for example in scope.examples:
        counts.update(entry.name.text for entry in example.entries)
        counts.update(one.name.text for one in example.shown)
        counts.update(outcome.name.text for outcome in example.outcomes if outcome.name is not None)
    return counts


def _neighbours(names: Iterable[str]) -> Callable[[str], Iterator[str]]:
    """For a name, those of some names that are one slip away from it.

    Two such names become one when each loses a letter, so that they are found without comparing every two.
    """
    index: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        for key in _shortened(name):
            if len(index[key]) < CROWD:
                index[key].append(name)

    def near(name: str) -> Iterator[str]:
        found = sorted({other for key in _shortened(name) for other in index.get(key, ())})
        return (other for other in found if slipped(name, other))

    return near


def _shortened(name: str) -> set[str]:
    seen = looks(name)
    if len(seen) > LONG:
        return set()
    return {seen, *(seen[:at] + seen[at + 1 :] for at in range(len(seen)))}


def slipped(name: str, other: str) -> bool:
    """Whether one name is most likely the other with a slip in it.

    It is not where the difference means something: a digit, or a short word (`plan_a` and `plan_b`).
    """
    one, two = looks(name), looks(other)
    mine, others = PARTS.findall(one), PARTS.findall(two)
    numbers, other_numbers = (filter(str.isdigit, parts) for parts in (mine, others))
    if edits(one, two, 1) > 1 or [*numbers] != [*other_numbers]:
        return False
    if len(mine) != len(others):
        return len(one) > WORD
    return all(a == b or _telling(a, b, whole=len(one)) for a, b in zip(mine, others, strict=True))


def _telling(one: str, other: str, *, whole: int) -> bool:
    """Whether two words that differ are too long for that to be by intent.

    In a long name a shorter word is enough where a letter is lost or out of its place (`margin_rte`,
    `per_dya`), but not where it is another letter (`hire_date` and `hire_rate`).
    """
    longer = max(len(one), len(other))
    lost, moved = len(one) != len(other), sorted(one) == sorted(other)
    return longer >= WORD or (
        whole > WORD and ((longer == WORD - 1 and lost) or (longer >= WORD - 2 and moved))
    )


PAYING = frozenset({"commission", "pay", "milestone", "piece", "spif", "reduction", "recovery", "result"})


def began(line: tree.Fact | tree.Figure, vocabulary: Words) -> str | None:
    """The word that a line of pay was meant to begin with, where another word made a figure of it."""
    unkind = isinstance(line.kind, tree.Kind) and line.kind.kind is None
    if not isinstance(line, tree.Figure) or not unkind:
        return None
    meant = [word for word in synonyms(vocabulary.lang).get(line.name.text.casefold(), ()) if word in PAYING]
    return vocabulary[meant[0]] if meant else None
