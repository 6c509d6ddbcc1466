"""The plans between two: what a change of some clauses, and not of others, would pay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from dsl.check import check, flat
from dsl.diff import Difference, Unit, diff, mixed, units
from dsl.diff.rename import under
from dsl.parse import Parsed, parse
from dsl.source import Source
from dsl.write import write

from ..compile import Compiled, compile_plan
from .attribution import Changes

# Weights that do not make 100 % forbid to publish a plan, and not to reckon what half of a change would pay.
UNBALANCED = frozenset({"P401", "P402", "P430", "P431", "P432", "P433"})
MOST = 16  # changes that are told apart; of more, those of one line go together, and then the last of them


@dataclass(slots=True)
class Between:
    """Two plans, the changes that lie between them, and the plans with some of these made.

    The old plan calls everything as the new one does.

    The plans pay whatever period they are asked for, as what a change comes to is asked of months in which it
    was not in effect yet.
    """

    difference: Difference
    old: Compiled
    new: Compiled
    changes: tuple[Unit, ...]
    _made: dict[Changes, Compiled | None] = field(default_factory=dict, repr=False)

    def plan(self, made: Changes) -> Compiled | None:
        """The plan with some of the changes made; None where it is no plan."""
        if not made:
            return self.old
        if len(made) == len(self.changes):
            return self.new
        if made not in self._made:
            self._made[made] = self._mixed([self.changes[index] for index in sorted(made)])
        return self._made[made]

    def _mixed(self, made: Sequence[Unit]) -> Compiled | None:
        """Some changes made, written down and read again, since places in two texts cannot be told apart."""
        langs = dict.fromkeys((self.old.checked.lang, self.new.checked.lang))
        for lang in langs:
            tree = mixed(self.difference, made, lang)
            if tree is None:
                return None
            parsed = parse(Source("", write(tree)))
            # In a language that is not its own, a name may be read as a keyword.
            if any(write(parsed.tree, other) != write(tree, other) for other in langs if other != lang):
                continue
            if (compiled := unbalanced(parsed)) is not None:
                return timeless(compiled)
        return None


def unbalanced(parsed: Parsed) -> Compiled | None:
    """A plan whose weights need not make 100 %, since something of it was changed; None where it is none."""
    checked = check(parsed)
    sound = tuple(fault for fault in checked.faults if fault.code not in UNBALANCED)
    compiled = compile_plan(replace(checked, faults=sound))
    return compiled if isinstance(compiled, Compiled) else None


def between(old: Compiled, new: Compiled, difference: Difference | None = None) -> Between:
    """Two plans with what lies between them."""
    found = difference or diff(old.checked.parsed, new.checked.parsed)
    before = _renamed(old, found) if found.renamed else old
    return Between(found, timeless(before), timeless(new), gathered(units(found)))


def changes(old: Compiled, new: Compiled) -> int:
    """How many changes between two plans are told apart."""
    return len(gathered(units(diff(old.checked.parsed, new.checked.parsed))))


def _renamed(old: Compiled, difference: Difference) -> Compiled:
    """The old plan under the new names; under its own where these do not fit."""
    compiled = compile_plan(check(under(difference.renamed, flat(old.checked.parsed))))
    return compiled if isinstance(compiled, Compiled) else old


def timeless(compiled: Compiled) -> Compiled:
    """A plan that pays every period."""
    return Compiled(compiled.checked, replace(compiled.kernel, effect=None))


def gathered(found: Sequence[Unit]) -> tuple[Unit, ...]:
    """Changes, few enough to be told apart."""
    if len(found) <= MOST:
        return tuple(found)
    lines = groupby(found, key=lambda unit: unit.parts[0][0].key)
    joined = [Unit(tuple(part for unit in several for part in unit.parts)) for _, several in lines]
    rest = joined[MOST - 1 :]
    if len(rest) > 1:
        joined[MOST - 1 :] = [Unit(tuple(part for unit in rest for part in unit.parts))]
    return tuple(joined)
