"""How much a plan can pay at most, as it is printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engine.analyse import Exposure
from engine.compile import Compiled
from engine.money import Money
from engine.statement.text import money

from .. import checks
from .help import columns
from .reader import Reader


def exposed(compiled: Compiled, exposure: Sequence[Exposure], reader: Reader) -> list[str]:
    """A row for each line of pay, and one for the whole."""
    data, currency = checks.exposed(compiled, exposure, reader.lang), compiled.kernel.currency
    rows = [(line.label, _most(line.most, line.grows_with, currency, reader)) for line in data.lines]
    rows.append((reader.words("exposed_total"), _most(data.total, data.grows_with, currency, reader)))
    title = reader.words("exposed", name=compiled.source.name)
    return [title, *columns(rows)]


def _most(most: Money | None, grows: Iterable[str], currency: str, reader: Reader) -> str:
    if most is not None:
        return reader.words("exposed_most", amount=f"{money(most, reader.lang)} {currency}")
    facts = ", ".join(f"`{name}`" for name in grows)
    return reader.words("exposed_grows", facts=facts) if facts else reader.words("exposed_open")
