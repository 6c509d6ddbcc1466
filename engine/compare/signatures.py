"""What steps and lines of a kernel come to, so that two kernels can be told alike whatever their numbers."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from dsl.place import NOWHERE

from .. import kernel as k


@dataclass(frozen=True, slots=True)
class Signatures:
    """A signature for each step and each line: equal where the same is computed from the same inputs."""

    steps: tuple[str, ...]
    lines: tuple[str, ...]


def signatures(kernel: k.Kernel) -> Signatures:
    """The signatures of everything in a kernel."""
    steps: list[str] = []
    lines: list[str] = []

    def named(form: object) -> object:
        match form:
            case ["given" | "own" as word, int(index), *rest]:
                entry = kernel.inputs[index]
                name = entry.name if entry.place == NOWHERE else ""  # two plans number it each in its way
                return [word, entry.role, name, list(entry.choices), *map(named, rest)]
            case ["step", int(index)]:
                return ["step", steps[index]]
            case ["paid", *several]:
                return ["paid", *(lines[index] for index in several if isinstance(index, int))]
            case list(several):
                return [*map(named, several)]
            case _:
                return form

    def signed(node: k.Node) -> str:
        return hashlib.sha256(json.dumps(named(k.form(node)), ensure_ascii=False).encode()).hexdigest()

    for step in kernel.steps:
        steps.append(signed(step.value))
    for line in kernel.lines:
        lines.append(signed(line.amount))
    return Signatures(tuple(steps), tuple(lines))
