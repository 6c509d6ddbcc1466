"""The one change of a plan with which its examples come out.

Examples that do not come out say that something is wrong, and together with those that do mostly also what
it is: each single change (`changes`) is tried on the text of the plan, from the likely to the rare. One with
which every example comes out, and nothing else becomes wrong, is what is meant, if no other of its rank is
like that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, islice

from dsl import tree
from dsl.check import changed, tried
from dsl.fault import Fault
from dsl.parse import parse
from dsl.parse.limits import Work
from dsl.source import Source

from ..compile import Compiled, compile_plan
from ..evaluate import Result
from .amendment import Amendment, Edit
from .changes import changes
from .reach import reach
from .run import Tried
from .run import tried as run_one
from .slips import meant, slip, tenfold

# What one plan is tried with: so many changes at most, and so many characters that are read anew for them.
TRIALS, CHARACTERS = 600, 600_000
LISTED = 4_000  # changes of a plan that is too long for this
OTHERS = 2  # changes of one place that are told where each of them would do
THOUSANDS = frozenset({"money", "number"})  # kinds of what people give in thousands
GRAVE = frozenset({"error", "warning"})


@dataclass(frozen=True, slots=True)
class Sought:
    """The changes of one place with each of which all examples come out; mostly it is one.

    `mended` is the plan with the first of them.
    """

    several: tuple[Amendment, ...]
    mended: Compiled
    failed: int
    """How many examples do not come out without it."""
    entry: tuple[tree.Entry, tree.Entry] | None = None
    """A fact of the only example, and another value of it with which the plan as it is comes to the same."""
    forgotten: bool = False
    """Whether the examples come out without the whole limit as well, which they may only forget."""

    @property
    def change(self) -> Amendment:
        """The only one, or the first of several."""
        return self.several[0]


@dataclass(slots=True)
class Trials:
    """A plan's text, and what is left to try changes of it; what is `known` to be wrong may stay.

    Where nothing is said to be, warnings do not matter.
    """

    source: Source
    known: Counter[str] | None
    trials: int = TRIALS
    characters: int = CHARACTERS
    seen: set[Source] = field(default_factory=set)

    @property
    def done(self) -> bool:
        """Whether no more is tried."""
        return self.trials <= 0 or self.characters <= 0

    def mended(self, edits: Sequence[Edit]) -> Compiled | None:
        """The plan with other words, where it can pay and nothing is wrong that was not before."""
        self.trials -= 1
        self.characters -= len(self.source.text)
        text = self.source
        for place, words in sorted(edits, reverse=True):
            text = changed(text, place, words)
        parsed = parse(text, Work(left=0))
        if parsed.broken:
            return None
        checked = tried(parsed)
        if checked.header is None:  # of definitions, which pay nobody
            return None
        if self.known is not None and not grave(checked.faults) <= self.known:
            return None
        compiled = compile_plan(checked)
        return compiled if isinstance(compiled, Compiled) else None


def grave(faults: Iterable[Fault]) -> Counter[str]:
    """How often something is wrong, by its code."""
    return Counter(fault.code for fault in faults if fault.severity in GRAVE)


def sought(compiled: Compiled, outcomes: Sequence[Tried]) -> Sought | None:
    """What is meant, by the examples of a plan; None where that cannot be known, or lies in the examples.

    One change of the plan is more likely than one of each of several examples. Of a single example a slip in
    what it expects is as likely as one in the plan, and so is one in a fact of it that is given in thousands.
    """
    found = _found(compiled, outcomes)
    if found is None:
        return None
    failed = [one for one in outcomes if not one.passed]
    rank, numeric = found.change.rank, found.change.numeric
    given = [_thousands(compiled, one) for one in failed]
    if all(given) and (rank > 1 or (numeric and len(failed) == 1)):
        return None
    if len(failed) > 1:
        return found
    (single,) = failed
    differing = [item for item in single.items if not item.passed]
    hint = slip(single, differing, compiled.kernel.currency) if differing else None
    slipped = numeric and not found.change.odd
    if hint is not None and (slipped or (hint == "omitted" and rank > 1)) and _alone(single):
        return None
    return replace(found, entry=given[0] or (tenfold(compiled, single) if numeric else None))


def _thousands(compiled: Compiled, outcome: Tried) -> tuple[tree.Entry, tree.Entry] | None:
    """An amount of an example that is given in thousands; nobody gives numbers of pieces so."""
    entry = meant(compiled, outcome)
    kinds = compiled.checked.kinds
    return entry if entry is not None and kinds[entry[0].name.text] in THOUSANDS else None


def _alone(outcome: Tried) -> bool:
    """Whether nothing else of an example confirms what differs in it."""
    return [one.passed for one in outcome.items].count(False) == 1 and all(
        one.passed for one in outcome.shown
    )


def _found(compiled: Compiled, outcomes: Sequence[Tried]) -> Sought | None:
    """The change of a plan with which all its examples come out; None where there is none, or are many."""
    failed = [at for at, one in enumerate(outcomes) if not one.passed]
    if not failed or not all(isinstance(one.result, Result) for one in outcomes):
        return None
    names = _names(compiled, [outcomes[at] for at in failed])
    order = [*failed, *(at for at in range(len(outcomes)) if at not in failed)]
    work = Trials(compiled.source, grave(compiled.checked.faults))
    listed = sorted(islice(changes(compiled, names), LISTED), key=lambda change: change.rank)
    if len(listed) == LISTED:
        return None
    for _, ranked in groupby(listed, key=lambda change: change.rank):
        found = [*_fitting(work, ranked, order)]
        if work.done:
            return None
        if found:
            return _settled(work, found, order, len(failed))
    return None


def _fitting(
    work: Trials, ranked: Iterable[Amendment], order: Sequence[int]
) -> Iterator[tuple[Amendment, Compiled]]:
    """The changes among some of one rank with which the examples come out, no two of the same meaning."""
    seen = set[str]()
    for change in ranked:
        if work.done:
            return
        mended = work.mended(change.edits)
        if mended is None or mended.kernel.digest in seen or not all_come_out(mended, order):
            continue
        nearer = work.mended(change.smaller) if change.smaller else None
        if nearer is None or not all_come_out(nearer, order):
            seen.add(mended.kernel.digest)
            yield change, mended


def all_come_out(compiled: Compiled, order: Sequence[int]) -> bool:
    """Whether all examples of a plan come out, looked at in an order, those first that are in doubt."""
    several = compiled.checked.scope.examples
    return len(several) == len(order) and all(run_one(compiled, several[at]).passed for at in order)


def _settled(
    work: Trials, found: Sequence[tuple[Amendment, Compiled]], order: Sequence[int], failed: int
) -> Sought | None:
    """What is found, as far as it is all of one place."""
    several = tuple(change for change, _ in found)
    if len(several) > OTHERS or len({change.place for change in several}) > 1:
        return None
    limit = several[0].without
    plain = work.mended([(limit, "")]) if limit is not None else None
    forgotten = plain is not None and all_come_out(plain, order)
    return Sought(several, found[0][1], failed, forgotten=forgotten)


def _names(compiled: Compiled, failed: Sequence[Tried]) -> frozenset[str] | None:
    """The names of what differs and of what it hangs on; None where only a sum of all of it differs."""
    kernel, wanted = compiled.kernel, set[str]()
    for outcome in failed:
        lines = {
            at for item in outcome.items if not item.passed and len(item.lines) == 1 for at in item.lines
        }
        shown = {one.name.split()[-1] for one in outcome.shown if not one.passed}
        if not lines and not shown:
            return None
        wanted.update(shown)
        for at in lines:
            line = kernel.lines[at]
            wanted.add("salary" if line.kind == "salary" else line.name)
    return reach(compiled, wanted)
