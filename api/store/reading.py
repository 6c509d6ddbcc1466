"""Texts of plans, read and made ready to pay; what was read lately is kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock

from dsl.check import Checked, check
from dsl.faults import Fault
from dsl.parse import parse
from dsl.source import Source
from engine.compiled import Compiled, compile_plan

KEPT = 1024  # texts that stay compiled, each some tens of kilobytes


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as far as it could be read; without `compiled`, `faults` say why; else they are warnings."""

    source: Source | None
    checked: Checked | None
    compiled: Compiled | None
    faults: tuple[Fault, ...]


def read(source: Source | Fault) -> Reading:
    """The reading of a text, or of none."""
    if isinstance(source, Fault):
        return Reading(None, None, None, (source,))
    checked = check(parse(source))
    compiled = compile_plan(checked)
    if isinstance(compiled, Compiled):
        return Reading(source, checked, compiled, checked.faults)
    return Reading(source, checked, None, compiled)


class Readings:
    """What was read lately, by what tells texts apart; of more than so many the longest unused falls out."""

    def __init__(self, most: int = KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Reading] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, load: Callable[[], Source | Fault]) -> Reading:
        """A reading that is kept, or is made now."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        # Two threads may read one text at the same time, rather than one wait for whatever the other reads.
        made = read(load())
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made
