"""What is said of a matrix by steps: the row and the column that were reached, and the cell there."""

from __future__ import annotations

from .. import kernel as k
from .closing import Options, Telling, closing
from .formula import spelt
from .speech import Part
from .teller import Teller


def cell(teller: Teller, curve: k.Piecewise, index: int, lead: Part) -> Telling:
    """A row of a matrix, whose columns are a curve themselves."""
    speaker, words, piece = teller.speaker, teller.speaker.words, curve.pieces[index]
    columns = piece.constant
    assert isinstance(columns, k.Piecewise)
    across = spelt(teller, columns.measure)
    before = [*across.before]
    if not across.single:
        before.append(teller.told(columns.measure))
    cells: list[Telling] = []
    for column in columns.pieces:
        worth = spelt(teller, column.constant)
        parts: dict[str, Part] = {
            "lead": lead,
            "measure": speaker.number(curve.measure),
            "row": speaker.quoted(piece.edge),
            "across": speaker.number(columns.measure),
            "column": speaker.quoted(column.edge),
        }
        if worth.single:
            cells.append(closing(words["cell"], speaker.saying(curve), before=worth.before, parts=parts))
        else:
            parts["formula"] = worth.say()
            said, cuts = speaker.saying(curve), worth.cuts
            cells.append(closing(words["cell_formula"], said, before=worth.before, cuts=cuts, parts=parts))
    return Options(tuple(before), speaker.picked(columns), tuple(cells))
