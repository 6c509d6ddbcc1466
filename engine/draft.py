"""The source of a kernel in the making: its operations' values so far, and where the trace finds them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from . import kernel as k
from .algebra import CONSTANT, TooBig, Value, Writer
from .signs import Sign


class Unbounded(Exception):  # noqa: N818  # a signal to whoever asks whether a plan can be evaluated
    """An operation could give too long a number, or stands in blocks that are too deep."""

    def __init__(self, node: k.Node) -> None:
        super().__init__()
        self.node = node


@dataclass(slots=True)
class Draft(Writer):
    """The source of a kernel in the making.

    `values` are the numbers of operations, `picks` the variables with the number of the alternative that one
    took, both by identity. `found` is what has a variable already, for each block that is open; `called` are
    the steps that wait to be called, with how deep they call others. `tables` are tuples of integers.
    `dense` while the rows of a long table are written.
    """

    kernel: k.Kernel = field(kw_only=True)
    scales: Sequence[int] = field(kw_only=True)
    traced: bool = field(kw_only=True)
    signs: dict[int, Sign] = field(kw_only=True)
    values: dict[int, Value] = field(default_factory=dict)
    picks: dict[int, str] = field(default_factory=dict)
    found: list[dict[object, str]] = field(default_factory=lambda: [{}])
    steps: list[Value | str] = field(default_factory=list)
    called: dict[int, int] = field(default_factory=dict)
    quotients: list[k.Arithmetic] = field(default_factory=list)
    amounts: list[str] = field(default_factory=list)
    tables: dict[tuple[int, ...], str] = field(default_factory=dict)
    dense: bool = False

    @contextmanager
    def block(self) -> Iterator[list[str]]:
        """Rows of a block, kept apart until its head is known; what is found in it is lost after it."""
        self.found.append({})
        try:
            with self.aside() as rows:
                yield rows
        finally:
            self.found.pop()

    def recall(self, key: object) -> str | None:
        """The variable of something that was found before, on whatever way the code came here."""
        return next((known[key] for known in self.found if key in known), None)

    def remember(self, key: object, name: str) -> str:
        """Enter the variable of something for what follows in this block."""
        self.found[-1][key] = name
        return name

    def table(self, numbers: Sequence[int]) -> str:
        """The name of a table of integers."""
        if self.bounded and max(number.bit_length() for number in numbers) > CONSTANT:
            raise TooBig
        return self.tables.setdefault(tuple(numbers), f"t{len(self.tables)}")
