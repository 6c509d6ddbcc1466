"""How much a plan can pay at most, as it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.analyse import Exposure
from engine.compiled import Compiled
from engine.statement.text import money

from .. import checks
from .help import columns
from .reader import Reader


def exposed(compiled: Compiled, exposure: Sequence[Exposure], reader: Reader) -> str:
    """A row for each line of pay, and one for the whole."""
    data: Any = checks.exposed(compiled, exposure, reader.lang)
    rows = [(line["label"], _most(line, compiled, reader)) for line in data["lines"]]
    whole = {"most": data["total"], "reached": False, "grows_with": data["grows_with"]}
    rows.append((reader.words("exposed_total"), _most(whole, compiled, reader)))
    title = reader.words("exposed", name=compiled.source.name)
    return "\n".join([title, *columns(rows)])


def _most(line: Any, compiled: Compiled, reader: Reader) -> str:
    if line["most"] is not None:
        amount = f"{money(line['most'], reader.lang)} {compiled.kernel.currency}"
        return reader.words("exposed_most", amount=amount)
    facts = ", ".join(f"`{name}`" for name in line["grows_with"])
    return reader.words("exposed_grows", facts=facts) if facts else reader.words("exposed_open")
