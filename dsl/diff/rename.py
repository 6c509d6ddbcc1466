"""What was only given another name: it is declared as before, with the label that people know it by."""

from __future__ import annotations

from collections.abc import Mapping

from ..parse import Parsed, parse
from ..parse.grammar import grammar
from ..source import Source
from .things import Key, Texts, Thing, What, things

NAMED: frozenset[What] = frozenset({"fact", "kpi", "figure", "result", "pay", "section"})
MOST = 12  # names that went, and that came; of a plan with more of them too little is left to tell them by


def renames(old: Parsed, new: Parsed) -> Mapping[str, str]:
    """The old names of what is only called otherwise, and their new ones."""
    found: dict[str, str] = {}
    after = things(new.tree)
    while (pair := _one(old, things(old.tree), after)) is not None:
        found[pair[0]] = pair[1]
        old = under({pair[0]: pair[1]}, old)
    return found


def under(renamed: Mapping[str, str], parsed: Parsed) -> Parsed:
    """A plan with some of its names replaced."""
    if not renamed:
        return parsed

    def word(kind: str, text: str) -> str:
        return renamed.get(text, text) if kind == "NAME" else text

    text = grammar(parsed.lang).rewritten(parsed.source.text, word)
    return parse(Source(parsed.source.name, text))


def _one(old: Parsed, before: Mapping[Key, Thing], after: Mapping[Key, Thing]) -> tuple[str, str] | None:
    """A name that went, and the only one that came and is declared just as it was."""
    was, now = _declared(before), _declared(after)
    gone, came = ([*one.keys() - other.keys()] for one, other in ((was, now), (now, was)))
    if not gone or not came or max(len(gone), len(came)) > MOST:
        return None
    pairs = [
        (one, other)
        for one in sorted(gone)
        for other in sorted(came)
        if was[one] == now[other] and any(what for what in was[one] if what[1])
    ]
    for one, other in pairs:
        alone = sum(one in pair for pair in pairs) == 1 and sum(other in pair for pair in pairs) == 1
        if alone and _bare(things(under({one: other}, old).tree), other) == _bare(after, other):
            return one, other
    return None


def _declared(found: Mapping[Key, Thing]) -> Mapping[str, frozenset[tuple[What, str]]]:
    """Each name with what it is declared as, and the label it has there."""
    names: dict[str, frozenset[tuple[What, str]]] = {}
    for (what, name), thing in found.items():
        if what in NAMED:
            names[name] = names.get(name, frozenset()) | {(what, thing.label)}
    return names


def _bare(found: Mapping[Key, Thing], name: str) -> Mapping[What, list[Texts]]:
    """What a plan declares under a name, in its parts: the fact or figure behind it, or else all of it."""
    kinds = [what for what in NAMED if (what, name) in found]
    measured = [what for what in kinds if what in {"fact", "figure", "result"}]
    return {what: sorted(part.texts for part in found[what, name].parts) for what in measured or kinds}
