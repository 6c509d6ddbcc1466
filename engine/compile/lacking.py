"""What worked examples leave out: the facts and targets that such people's pay is computed from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dsl import tree
from dsl.check import Checked
from dsl.check.scope import listed
from dsl.faults import Fault
from dsl.place import NOWHERE, Place
from dsl.words import words

from .plan import Compiled

Wanted = tuple[str, bool]  # a fact, or the KPI whose target it is


def lacking(compiled: Compiled) -> Iterator[Fault]:
    """The faults of examples that forget a fact or a target; nobody is asked for what only others need."""
    scope, wrong = compiled.checked.scope, _wrong(compiled.checked)
    examples = [one for one in scope.examples if one.rows and not _miswritten(one, wrong)]
    given = [{(entry.name.text, entry.target) for entry in example.entries} for example in examples]
    lacks = [_wanted(compiled, one) - names for one, names in zip(examples, given, strict=True)]
    # What none of several gives is one mistake: most often the name in the formula.
    counts = Counter(name for names in lacks for name in names - set().union(*given))
    nowhere = [name for name in scope.needs if counts[name, False] > 1]
    if nowhere:
        yield Fault("P231", place=scope.needs[nowhere[0]], facts={"names": listed(nowhere)})
    for example, names in zip(examples, lacks, strict=True):
        rows = (row.place for row in example.rows if isinstance(row, tree.Given))
        place = next(rows, example.title.place)
        facts = [name for name in scope.needs if (name, False) in names and name not in nowhere]
        if facts:
            told = {"names": listed(facts), "title": example.title.text}
            yield Fault("P221", place=place, also=scope.needs[facts[0]], facts=told)
        targets = [name for name in scope.kpis if (name, True) in names]
        if targets:
            sample = f"{words(compiled.checked.lang)['target_of']} {targets[0]}"
            told = {"names": listed(targets), "title": example.title.text, "sample": sample}
            yield Fault("P226", place=place, also=scope.kpis[targets[0]].name.place, facts=told)


def unsound(checked: Checked) -> bool:
    """Whether anything is wrong but with the examples."""
    rows = [row.place for one in checked.scope.examples for row in (one, *one.rows)]
    return checked.parsed.broken or not all(any(map(place.inside, rows)) for place in _wrong(checked))


def _wrong(checked: Checked) -> list[Place]:
    return [fault.place or NOWHERE for fault in checked.faults if fault.severity == "error"]


def _miswritten(example: tree.Example, wrong: list[Place]) -> bool:
    """Whether a fact that an example gives is written wrong, and may be the one that it lacks."""
    rows = (row.place for row in example.rows if isinstance(row, tree.Given))
    return any(place.inside(row) for row in rows for place in wrong)


def _wanted(compiled: Compiled, example: tree.Example) -> set[Wanted]:
    """What the people of an example must bring; where their sort is not known, what it is known by."""
    known = sort(compiled, example)
    inputs = tuple(compiled.kernel.inputs[index] for index in compiled.attributes if index not in known)
    if not inputs:
        inputs = compiled.variant(tuple(known.values())).kernel.inputs
    return {(entry.name, entry.role == "target") for entry in inputs if entry.needed}


def sort(compiled: Compiled, example: tree.Example) -> dict[int, int]:
    """The attributes of an example, its own or what is presumed, each by its number among the choices."""
    given = {entry.name.text: entry.value for entry in example.entries if not entry.target}
    known: dict[int, int] = {}
    for index in compiled.attributes:
        entry = compiled.kernel.inputs[index]
        value = given.get(entry.name)
        if isinstance(value, tree.Name):
            known[index] = entry.choices.index(value.text)
        elif entry.default is not None:
            known[index] = int(entry.default)
    return known
