"""Prorations with the part and the whole turned round: who worked least would be paid most."""

from __future__ import annotations

from collections.abc import Iterator

from dsl import tree
from dsl.check.constant import constant
from dsl.check.pay import NamedLine, paid
from dsl.check.scope import Scope
from dsl.words import words

from ..compile import Compiled
from .advice import Finding, doubt
from .trade import called

Share = tree.Prorated | tree.TargetProrated


def turned(compiled: Compiled) -> Iterator[Finding]:
    """One for each proration that examples, or else names and labels, show to be the wrong way round."""
    for one in paid(compiled.checked.scope):
        for clause in one.line.clauses:
            if isinstance(clause, tree.Prorated | tree.TargetProrated) and _wrong(
                compiled.checked.scope, clause
            ):
                yield _told(compiled, one, clause)


def _told(compiled: Compiled, one: NamedLine, share: Share) -> Finding:
    text, of = compiled.checked.scope.text, words(compiled.checked.lang).spellings["of"][-1]
    part, whole = text(share.part), text(share.whole)
    said = f"{whole} {of} {part}"
    facts = {"part": part, "whole": whole, "said": said}
    place = share.part.place.to(share.whole.place)
    return doubt(compiled, "P486", place, facts, one.name, fix=said, advice="turned_round")


def _wrong(scope: Scope, share: Share) -> bool:
    part, whole = share.part, share.whole
    if not isinstance(whole, tree.Name):
        return False
    if isinstance(part, tree.DaysInPeriod):
        return True
    if not isinstance(part, tree.Name):
        return False
    shown = [*_shown(scope, part.text, whole.text)]
    if shown:
        return max(shown) > 0 and min(shown) >= 0
    return called(scope, part.text, "whole") and not called(scope, whole.text, "whole")


def _shown(scope: Scope, part: str, whole: str) -> Iterator[int]:
    """By the examples that give both, which is the greater: 1 for the part, -1 for the whole."""
    for example in scope.examples:
        given = {entry.name.text: constant(entry.value) for entry in example.entries if not entry.target}
        one, other = given.get(part), given.get(whole)
        if one is not None and other is not None:
            yield (one > other) - (one < other)
