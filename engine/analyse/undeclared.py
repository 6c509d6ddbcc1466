"""Facts that no line declares, in a plan that declares others: whoever reads it takes them for a slip."""

from __future__ import annotations

from collections.abc import Iterator

from dsl.faults import Fault
from dsl.place import Place
from dsl.tree import quoted
from dsl.words import words

from ..compile import Compiled


def undeclared(compiled: Compiled) -> Iterator[Fault]:
    """Each such name where it stands first, with the line that declares it as it is taken now.

    What a KPI measures is declared by its line, and what is told already is not told again.
    """
    checked, vocabulary = compiled.checked, words(compiled.checked.lang)
    scope, told = checked.scope, {fault.facts.get("name") for fault in checked.faults}
    labelled = all(fact.label for fact in scope.facts.values())
    for name, place in scope.needs.items():
        kind = checked.kinds[name]
        if not (scope.facts or scope.tables) or name in told or any(scope.behind(name)) or kind not in KINDS:
            continue
        title = name.replace("_", " ")
        label = f" {quoted(title[0].upper() + title[1:])}" if labelled else ""
        line = f"{vocabulary['fact']} {name}{label} {vocabulary.kind_words[kind]}"
        own = (one.place for one in checked.parsed.tree.statements)
        start = next((one.start for one in own if place.inside(one)), place.start)
        said = checked.source.at(Place(start, place.end))
        facts = {"name": name, "kind": vocabulary.kind_words[kind], "line": line}
        yield Fault("P498", "advice", Place(start, place.end), place, facts, f"{line}\n{said}")


# What a fact can be declared as by one word.
KINDS = frozenset({"money", "percent", "count", "number", "days", "duration", "date", "yes_no"})
