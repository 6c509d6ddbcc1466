"""A checked plan to one that is ready to pay, or to the faults for which it is not."""

from __future__ import annotations

from collections.abc import Iterator

from dsl.check import Checked, check
from dsl.faults import Fault, told
from dsl.parse import parse
from dsl.source import Source

from ..integers import Unbounded, build
from ..integers.width import Heights, heights, safe, too_deep
from ..kernel import Kernel, Node
from ..lower import lower, number
from ..scales import places, widest
from .lacking import lacking, unsound
from .plan import Compiled


def compile_plan(checked: Checked) -> Compiled | tuple[Fault, ...]:
    """The compiled plan of a checked one, or all the faults for which there is none."""
    if unsound(checked):
        return checked.faults
    if (line := checked.parsed.definitions) is not None:
        return (Fault("P449", place=line.place, facts={"title": line.text.text}),)
    if endless := tuple(_endless(checked)):
        return told((*checked.faults, *endless))
    kernel = lower(checked)
    whole = heights(kernel)
    if (node := too_deep(whole) or _too_big(kernel, whole)) is not None:
        fault = Fault("P500", place=node.place, facts={"text": checked.source.at(node.place)})
        return told((*checked.faults, fault))
    compiled = Compiled(checked, kernel)
    lacks = tuple(lacking(compiled))
    return told((*checked.faults, *lacks)) if lacks or checked.broken else compiled


def _too_big(kernel: Kernel, whole: list[Heights]) -> Node | None:
    """The operation whose number could be too long, or whose blocks stand too deep, if there is one."""
    if safe(kernel, whole):
        return None
    try:
        build(kernel, widest(kernel), traced=True, bounded=True)
    except Unbounded as signal:
        return signal.node
    return None


def _endless(checked: Checked) -> Iterator[Fault]:
    """Defaults that nobody could have given: of more decimal places than a fact can have, such as a third."""
    for entry in checked.inputs.values():
        if entry.default is not None and not entry.choices and places(number(entry.default)) is None:
            yield Fault("P217", place=entry.default.place, facts={"name": entry.name})


def compile_any(checked: Checked) -> Compiled | tuple[Fault, ...]:
    """The same for whoever looks for mistakes: definitions pay nobody, which is no mistake in them."""
    return checked.faults if checked.parsed.definitions is not None else compile_plan(checked)


def read_plan(source: Source) -> Compiled | tuple[Fault, ...]:
    """A text to a compiled plan, or to its faults: parse, check, lower."""
    return compile_plan(check(parse(source)))
