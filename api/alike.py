"""Rows about one person and one period: equal ones are one row, and of those that differ none is true."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from dsl.faults import Fault
from dsl.marks import composed
from engine.facts.understood import understood_period

Key = tuple[str, str]  # a person and a period, as they are told apart
Content = Mapping[str, str]
Unit = Literal["in_line", "in_list"]  # what places count: lines of a table, or people of a list

SHOWN = 5  # columns that are put side by side
LISTED = 12  # places that are named in one sentence


def key(employee: str, period: str) -> Key:
    """What tells rows apart: `й` of one letter and of two are one, and so are the ways to write a period."""
    when = understood_period(period)
    return composed(employee), period if when is None else when.text


@dataclass(slots=True)
class Twins:
    """Where the rows of one person and period stand; `differing` is the first that differs from the first.

    `agreed` is what all of them say.
    """

    first: int
    content: Content
    repeated: list[int] = field(default_factory=list)
    differing: tuple[int, Content] | None = None
    agreed: set[str] = field(default_factory=set)


def twins(rows: Iterable[tuple[int, Key, Content]]) -> dict[Key, Twins]:
    """Those who have several rows, by what tells rows apart."""
    found: dict[Key, Twins] = {}
    for place, who, content in rows:
        known = found.setdefault(who, Twins(place, content, agreed={*content}))
        if known.first != place:
            known.repeated.append(place)
            known.agreed = {
                name for name in known.agreed if _bare(content.get(name, "")) == _bare(known.content[name])
            }
            if known.differing is None and not _same(known.content, content):
                known.differing = place, content
    return {who: one for who, one in found.items() if one.repeated}


def _same(one: Content, other: Content) -> bool:
    """Whether two rows say the same, however many spaces they say it with."""
    return one.keys() == other.keys() and all(_bare(one[name]) == _bare(other[name]) for name in one)


def _bare(text: str) -> str:
    return "".join(text.split())


def contradiction(code: str, who: Key, several: Twins, pointer: str | None = None) -> Fault:
    """The fault of rows that differ, both shown side by side where they do."""
    place, other = several.differing or (several.first, several.content)
    names = [*several.content, *(name for name in other if name not in several.content)]
    differ = [
        f"{name}: `{several.content.get(name, '')}` ≠ `{other.get(name, '')}`"
        for name in names
        if _bare(several.content.get(name, "")) != _bare(other.get(name, ""))
    ]
    return Fault(
        code,
        pointer=pointer,
        facts={
            "employee": who[0],
            "period": who[1],
            "first": str(several.first),
            "second": str(place),
            "differ": "; ".join(differ[:SHOWN]) + "; …" * (len(differ) > SHOWN),
        },
    )


def repeated(places: Iterable[int], unit: Unit) -> Fault:
    """That rows which say what an earlier one says are not paid again."""
    return Fault("P679", "notice", facts={"unit": (f"phrase:{unit}",), "places": listed(places)})


def total(name: str, places: Iterable[int], unit: Unit) -> Fault:
    """That rows are totals and nobody's; one without a name is told as a warning."""
    return Fault(
        "P675",
        "notice" if name else "warning",
        facts={"name": (name or "phrase:no_number",), "unit": (f"phrase:{unit}",), "places": listed(places)},
    )


def listed(places: Iterable[int]) -> str:
    """Places as they stand in a sentence: the first of very many."""
    several = [*places]
    return ", ".join(map(str, several[:LISTED])) + ", …" * (len(several) > LISTED)
