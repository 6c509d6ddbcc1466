"""The rows of a table: each has one bound, so that no gap can be written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ..node import node
from .parts import Line, Placed

if TYPE_CHECKING:  # formulas hold tables, and tables formulas
    from .expressions import Expr


@node
class Bound(Placed):
    """Where a row of a table begins or ends: `up to`, `from` with the value, `below`, `above` without it."""

    side: Literal["up_to", "below", "from", "above", "at"]
    value: Expr


@node
class Cell(Placed):
    """What a row of a table is worth; `per_unit` where it is an amount for each unit of the measure."""

    value: Expr
    per_unit: bool = False


@node
class Row(Line):
    """A row of a table; without a bound it is the last, for all that lies above the one before."""

    bound: Bound | None
    cells: tuple[Cell, ...]


@node
class Columns(Line):
    """The bounds of a matrix's columns."""

    bounds: tuple[Bound, ...]


TableRow = Row | Columns
