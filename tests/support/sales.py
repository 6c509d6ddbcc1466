"""Plans without errors: a whole text, or some lines under a head that says nothing of pay."""

from __future__ import annotations

from dsl.faults import Fault
from dsl.source import Source
from engine.analyse import analyse
from engine.compile import Compiled, read_plan

HEAD = 'plan "Sales"\nversion 1\ncurrency RUB\n'


def plan(text: str) -> Compiled:
    """A whole text."""
    found = read_plan(Source("sales.plan", text))
    assert isinstance(found, Compiled), [(fault.code, fault.facts) for fault in found]
    return found


def compiled(lines: str) -> Compiled:
    """Some lines under the head."""
    return plan(HEAD + lines)


def advice(lines: str) -> dict[str, Fault]:
    """The advice about some lines under the head, by code; one of each."""
    faults = analyse(compiled(lines)).faults
    assert len({fault.code for fault in faults}) == len(faults)
    return {fault.code: fault for fault in faults}
