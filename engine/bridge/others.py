"""Those who are reckoned with together with somebody, on either side of a bridge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..compare.between import Between
from .sides import Side, differing

Company = Mapping[str, Side]  # people of a side, by their numbers
Others = tuple[Company, Company]  # those beside somebody, before and now


def near(both: Between, employee: str, company: Others) -> Others:
    """All but somebody who may be in a group with them; nobody where the plans reckon with no group."""
    tables = [table for plan in (both.old, both.new) for table in plan.kernel.tables if table.group]
    names = {table.told for table in tables}
    sent = [
        brought for side in company for one in side.values() if (brought := one.person.tables) is not None
    ]
    # In a tree, by a table of who is where, or by records that are of all of them, anybody may be.
    anybody = any(table.led or table.inside for table in tables) or any(
        one.alone is None or not names.isdisjoint(one.raw) for one in sent
    )
    own = {place for side in company if employee in side for place in _places(side[employee], names)}
    older, newer = (
        {
            name: one
            for name, one in side.items()
            if name != employee and (anybody or not own.isdisjoint(_places(one, names)))
        }
        for side in company
    )
    # Who moves in between is there on both sides.
    kept = older.keys() | newer.keys()
    older, newer = ({name: one for name, one in side.items() if name in kept} for side in company)
    return older, newer


def _places(side: Side, names: set[str]) -> Iterator[tuple[str, str]]:
    """The groups that somebody says they belong to."""
    for name in names:
        if isinstance(value := side.given.get(("actual", name)), str):
            yield name, value.strip()


def apart(both: Between, others: Others) -> bool:
    """Whether others bring something else than before, or others are there."""
    older, newer = others
    return older.keys() != newer.keys() or any(
        differing(side, newer[name], both) for name, side in older.items()
    )


def present(others: Others, *, later: bool) -> Iterator[tuple[Side, Side]]:
    """Those who are there, by their sides; who is there on one side alone is as they are on it."""
    older, newer = others
    for name, one in (newer if later else older).items():
        yield older.get(name, one), newer.get(name, one)


def beside(both: Between, sides: tuple[Side, Side], others: Others) -> tuple[int, int]:
    """How many there are beside somebody before and now, as far as facts say who is where."""
    names = {table.told for plan in (both.old, both.new) for table in plan.kernel.tables if table.group}
    older, newer = (
        sum(not own or not own.isdisjoint(_places(other, names)) for other in company.values())
        for own, company in zip(({*_places(one, names)} for one in sides), others, strict=True)
    )
    return older, newer
