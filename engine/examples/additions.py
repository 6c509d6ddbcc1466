"""What a line may have been meant to say besides: a clause that is forgotten, each with how rare that is.

A fact that is declared and used by nothing mostly has its place in one; and what another line says of the
same people may hold for this one as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from dsl import tree
from dsl.check.scope import Scope
from dsl.words import KindName

Payable = tree.Salary | tree.Bonus | tree.Kpi | tree.Pay

# Clauses that several lines of one plan have in common, word for word.
COMMON = (tree.Prorated, tree.TargetProrated, tree.OnlyIf, tree.Multiplied, tree.Rounding)
PARTS = frozenset({"days", "number", "count"})  # kinds of what somebody worked, and of what there was to work


def forgotten(
    scope: Scope, line: Payable, unused: Sequence[tuple[str, KindName]]
) -> Iterator[tuple[tree.Clause, int]]:
    """The clauses that a line may lack; `unused` are the names that nothing is computed from."""
    held = [type(one) for one in line.clauses]
    kpi = isinstance(line, tree.Kpi)
    if kpi and tree.LessIsBetter not in held and tree.Tolerance not in held:
        yield tree.LessIsBetter(), 1
    parts = [name for name, kind in unused if kind in PARTS]
    for part, whole in permutations(parts, 2):
        yield tree.Prorated(tree.Name(part), tree.Name(whole)), 0
        if kpi:
            yield tree.TargetProrated(tree.Name(part), tree.Name(whole)), 0
    for name, kind in unused:
        if kind == "yes_no":
            yield tree.OnlyIf(tree.Name(name)), 0
            yield tree.OnlyIf(tree.Denial(tree.Name(name))), 0
        elif kind in {"number", "percent"}:
            yield tree.Multiplied(tree.Name(name)), 0
    for other in scope.lines:
        if other is not line and isinstance(other, Payable):
            for clause in other.clauses:
                if isinstance(clause, COMMON) and type(clause) not in held:
                    yield clause, 2
