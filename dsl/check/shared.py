"""What a plan takes from the files that it includes: everything that pays, and of the rest what it uses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from .. import tree
from ..parse import Parsed, parse
from ..source import Source
from ..write import write
from .scope import expressions, used


def joined(parsed: Parsed) -> tuple[tree.Plan, frozenset[str]]:
    """The plan with the lines of what it includes in their places, and the names that it leaves unused there.

    A shared file may hold a hundred rates. Those that a plan does not use are no part of it: nobody is asked
    for a shared fact that nothing hangs on, and the digest is that of the plan written in one file.
    """
    lines = tuple(_inlined(parsed, parsed.tree.statements))
    if not parsed.included:
        return parsed.tree, frozenset()
    own = {line.place for line in parsed.tree.statements}
    shared: dict[str, list[tree.Fact | tree.Figure]] = {}
    for line in lines:
        if isinstance(line, tree.Fact | tree.Figure) and line.place not in own:
            shared.setdefault(line.name.text, []).append(line)
    spare = {line.place for several in shared.values() for line in several}
    # A name that is declared twice is told of, used or not.
    declared = Counter(line.name.text for line in lines if isinstance(line, tree.Fact | tree.Figure))
    waiting = [*_used(line for line in lines if line.place not in spare)]
    waiting.extend(name for name, times in declared.items() if times > 1)
    while waiting:
        for line in shared.pop(waiting.pop(), ()):
            waiting.extend(_used([line]))
    unused = {line.place for several in shared.values() for line in several}
    kept = tuple(line for line in lines if line.place not in unused)
    return replace(parsed.tree, statements=kept), frozenset(shared)


def flat(parsed: Parsed) -> Parsed:
    """The same plan in one file: what it includes stands in its place, as the formatter writes it."""
    if not parsed.included:
        return parsed
    again = parse(Source(parsed.source.name, write(joined(parsed)[0])))
    # In the language of the plan, a name of an included file may be a keyword.
    return parsed if again.broken else again


def _inlined(parsed: Parsed, lines: Iterable[tree.Statement]) -> Iterator[tree.Statement]:
    for line in lines:
        match line:
            case tree.Include():
                yield from _inlined(parsed, parsed.included.get(line.place, ()))
            case tree.Definitions():
                pass
            case _:
                yield line


def _used(lines: Iterable[tree.Statement]) -> Iterator[str]:
    """The names from which some lines compute something."""
    for line in lines:
        yield from (
            one.text if isinstance(one, tree.Name) else one.currency for one in used(line, expressions(line))
        )
