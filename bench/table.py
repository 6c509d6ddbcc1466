"""What was measured, as a table and as data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

HEADS = ("work", "ours", "peer", "ratio", "target", "met?")


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison.

    A ratio `as fast` is the peer's time over ours (more is better), one of `its time` or `its memory` is ours
    over the peer's (less is better). `against` names the peer. A row without a target is there to be known.
    """

    topic: str
    work: str
    ours: str
    against: str
    peer: str
    ratio: float
    sense: Literal["as fast", "its time", "its memory"]
    target: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the target was reached; None where there is none."""
        if self.target is None:
            return None
        return self.ratio >= self.target if self.sense == "as fast" else self.ratio <= self.target

    def cells(self) -> tuple[str, ...]:
        """The row as it is printed."""
        sign = ">=" if self.sense == "as fast" else "<="
        target = "" if self.target is None else f"{sign} {self.target:g}x"
        met = {True: "yes", False: "NO", None: ""}[self.met]
        return (
            self.work,
            self.ours,
            f"{self.against}: {self.peer}",
            f"{self.ratio:.3g}x {self.sense}",
            target,
            met,
        )

    def document(self) -> dict[str, object]:
        """The row as data."""
        return {
            "topic": self.topic,
            "work": self.work,
            "ours": self.ours,
            "against": self.against,
            "peer": self.peer,
            "ratio": round(self.ratio, 3),
            "sense": self.sense,
            "target": self.target,
            "met": self.met,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """The rows of a topic with what else there is to say: candidates left out, wrong answers."""

    topic: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


def drawn(reports: Sequence[Report]) -> str:
    """All reports as one table, their notes below it."""
    rows = [(report.topic, row.cells()) for report in reports for row in report.rows]
    widths = [max(map(len, column)) for column in zip(HEADS, *(cells for _, cells in rows), strict=True)]
    page = [_line(HEADS, widths), _line(["-" * width for width in widths], widths)]
    topic = ""
    for name, cells in rows:
        if name != topic:
            page.extend(["", f"{name}:"])
            topic = name
        page.append(_line(cells, widths))
    notes = [f"* {note}" for report in reports for note in report.notes]
    return "\n".join([*page, "", *notes])


def document(reports: Sequence[Report]) -> dict[str, object]:
    """All reports as data."""
    return {
        "rows": [row.document() for report in reports for row in report.rows],
        "notes": [note for report in reports for note in report.notes],
    }


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def seconds(value: float) -> str:
    """A duration with three digits."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if value >= size:
            return f"{value / size:.3g} {unit}"
    return f"{value / 1e-9:.3g} ns"


def rate(value: float) -> str:
    """A number of things per second."""
    return f"{value:,.0f}/s".replace(",", " ")
