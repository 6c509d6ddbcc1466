"""The plan that a request is about: one that the server keeps, or one that came with the request."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from dsl.check import Checked, check
from dsl.faults import Fault
from dsl.node import node
from dsl.parse import parse
from dsl.source import Source
from engine.compiled import Compiled, compile_plan

from ..store import Shelf
from .asking import Asked

KEPT = 32  # texts that came with requests and stay compiled: a client tends to send the same one again
SHORT = 16 * 1024  # characters of a text that is kept
# What is said of a line of pay may name every step; a missing fact is looked for under every name.
EXTENT = 20_000  # steps times lines
INPUTS = 200


@node
class Subject:
    """A plan as far as it could be read; `compiled` is None where it cannot pay, and then `faults` say why.

    A plan that came with the request has no `id`.
    """

    id: str | None = None
    checked: Checked | None = None
    compiled: Compiled | None = None
    faults: tuple[Fault, ...] = ()
    source: Source | None = None

    def obstacles(self) -> tuple[Fault, ...]:
        """Why the plan cannot pay."""
        if self.compiled is not None:
            return ()
        if self.id is None:
            return self.faults
        return (Fault("P618", pointer="/plan", facts={"plan": self.id}), *self.faults)


def subject(asked: Asked, shelf: Shelf) -> Subject:
    """The plan of a request; where none is named a fault is entered."""
    body = asked.body
    if ("plan" in body) == ("source" in body):
        asked.faults.append(Fault("P616", pointer=""))
        return Subject()
    name = "plan" if "plan" in body else "source"
    text = asked.text(name)
    if text is None:
        return Subject()
    return kept(text, shelf) if name == "plan" else brought(text)


def kept(plan: str, shelf: Shelf) -> Subject:
    """A plan of the shelf."""
    entry = shelf.find(plan)
    if isinstance(entry, Fault):
        return Subject(faults=(replace(entry, pointer="/plan"),))
    return Subject(entry.id, entry.checked, entry.compiled, entry.faults, entry.source)


def brought(text: str) -> Subject:
    """A plan that came as a text."""
    checked, compiled = _read(text) if len(text) <= SHORT else read(text)
    if isinstance(compiled, tuple):
        return Subject(None, checked, None, compiled, checked.source)
    kernel = compiled.kernel
    if len(kernel.steps) * len(kernel.lines) > EXTENT or len(kernel.inputs) > INPUTS:
        return Subject(None, checked, None, (Fault("P627", pointer="/source"),), checked.source)
    return Subject(None, checked, compiled, checked.faults, checked.source)


def read(text: str) -> tuple[Checked, Compiled | tuple[Fault, ...]]:
    """A text, checked and compiled."""
    checked = check(parse(Source("source", text)))
    return checked, compile_plan(checked)


_read = lru_cache(maxsize=KEPT)(read)
