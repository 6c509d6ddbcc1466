"""The author's answers to advice: `allow cliff for revenue because "…"`."""

from __future__ import annotations

from collections.abc import Sequence

from dsl import tree
from dsl.faults import Fault

from ..compile import Compiled
from .advice import Finding


def answered(
    compiled: Compiled, found: Sequence[Finding]
) -> tuple[list[Finding], list[Finding], list[Fault]]:
    """What is left of some advice, what the plan answers, and a warning for each answer to nothing."""
    lines = [line for line in compiled.checked.parsed.tree.statements if isinstance(line, tree.Allow)]
    left: list[Finding] = []
    silent: list[Finding] = []
    used: set[int] = set()
    for one in found:
        matching = [index for index, line in enumerate(lines) if _answers(compiled, line, one)]
        used.update(matching)
        (silent if matching else left).append(one)
    warnings = [
        Fault("P479", "warning", line.place, facts={"text": compiled.source.at(line.place)})
        for index, line in enumerate(lines)
        if index not in used and line.advice is not None
    ]
    return left, silent, warnings


def _answers(compiled: Compiled, line: tree.Allow, found: Finding) -> bool:
    if line.advice != found.advice:
        return False
    if line.name is None or line.name.text in found.names:
        return True
    # A section stands for its KPIs.
    within = compiled.checked.scope.within
    return any(name in within and within[name].name.text == line.name.text for name in found.names)
