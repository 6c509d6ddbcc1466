"""What lines of a plan are worked out from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from dsl import tree
from dsl.check.sequence import named

from ..compile import Compiled

TOGETHER = frozenset({"bonus", "variable", "due", "total"})


def reach(compiled: Compiled, wanted: Iterable[str]) -> frozenset[str]:
    """Some names of lines and figures, with all names that they are worked out from."""
    scope = compiled.checked.scope
    waiting, seen = [*wanted], set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        lines = [*scope.behind(name)]
        if name == "salary" and scope.salary is not None:
            waiting.extend(_mentioned(scope.salary))
        what: Literal["section", "together"] = "section" if name in scope.sections else "together"
        if what == "section" or name in TOGETHER:
            parts = scope.parts((what, name))
            waiting.extend(part[1] if isinstance(part, tuple) else named(scope, part) for part in parts)
        for line in lines:
            waiting.extend(_mentioned(line))
            if isinstance(line, tree.Kpi) and (section := scope.section_of(line)) is not None:
                waiting.append(section.name.text)
        for whole in (scope.bonus, scope.variable, scope.total):
            if whole is not None:
                waiting.extend(_mentioned(whole))
    return frozenset(seen)


def _mentioned(line: tree.Statement | tree.Column) -> Iterator[str]:
    """The names in a line."""
    for one in tree.within(tuple(part for _, part in tree.entries(line))):
        match one:
            case tree.Name(text):
                yield text
            case tree.PaidSalary() | tree.FullSalary():
                yield "salary"
            case tree.PaidTogether(what):
                yield what
            case tree.PayFor(None):
                yield "commission"
