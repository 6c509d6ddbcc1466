"""Results of two answers: those that differ, as they were and as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dsl.words import Lang

from ..evaluate import Result
from ..statement.results import worths
from .answer import ChangedResult


def differing(
    old: Result, new: Result, lang: Lang, renamed: Mapping[str, str]
) -> tuple[ChangedResult, ...] | None:
    """The results that differ, called as the newer plan calls them; None where all are the same.

    `renamed` are the new names of the older answer's.
    """
    return tuple(_differing(old, new, lang, renamed)) or None


def _differing(old: Result, new: Result, lang: Lang, renamed: Mapping[str, str]) -> Iterator[ChangedResult]:
    before = {renamed.get(one.name, one.name): one for one in worths(old)}
    after = {one.name: one for one in worths(new)}
    for name in dict.fromkeys([*after, *before]):
        was, now = before.get(name), after.get(name)
        known, side = (now, new) if now is not None else (was, old)
        if known is None or (was and now and (was.kind, was.value) == (now.kind, now.value)):
            continue
        label = side.compiled.checked.scope.label(known.name)
        texts = (None if one is None else one.text(lang) for one in (was, now))
        exact = (None if one is None else one.machine for one in (was, now))
        yield ChangedResult(name, label, known.kind, *texts, *exact)
