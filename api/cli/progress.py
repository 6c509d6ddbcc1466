"""How far a long command is, on the terminal while it goes on; a file or a pipe is told nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from .reader import Reader

T = TypeVar("T")
STEP = 100  # things that are counted together


def watched(things: Iterable[T], word: str, reader: Reader) -> Iterator[T]:
    """Some things, counted while they are gone through; `word` says what they are."""
    if not sys.stderr.isatty():
        yield from things
        return
    from rich.console import Console  # noqa: PLC0415  # slow to import, and a file has no use for it
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        for number, one in enumerate(things, 1):
            if number % STEP == 1:
                progress.update(task, description=reader.count(word, number))
            yield one
