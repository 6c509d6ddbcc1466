"""Exchange rates as they came, looked up by currency and day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date

from dsl.faults import Fact, Fault

from ..kernel import Exchanged, Quoted, RecordsTable
from .values import escaped

Cell = int | str | None
Found = tuple[int, int, int]  # the rate, of which day it is, and of how many units


class Quotes:
    """A table of exchange rates: of each currency its days, from the first, and its rates by these."""

    def __init__(self, table: RecordsTable, quoted: Quoted, rows: Sequence[Sequence[Cell]]) -> None:
        self.table, self.quoted = table, quoted
        self.rates: dict[tuple[str, int], Found] = {}
        self.odd: list[tuple[int, str, tuple[str, int]]] = []  # rows with what is wrong with them
        codes = table.columns[quoted.currency].choices
        for at, row in enumerate(rows):
            currency, day, rate = (row[one] for one in (quoted.currency, quoted.day, quoted.rate))
            units = 1 if quoted.units is None else row[quoted.units]
            if not (
                isinstance(currency, int)
                and isinstance(day, int)
                and isinstance(rate, int)
                and isinstance(units, int)
            ):
                continue  # of which is told
            key, found = (codes[currency], day), (rate, day, units)
            if rate * units <= 0:
                self.odd.append((at, "P558", key))
            elif self.rates.setdefault(key, found) != found:
                self.odd.append((at, "P557", key))
        self.days: dict[str, list[int]] = {}
        for code, day in sorted(self.rates):
            self.days.setdefault(code, []).append(day)

    def of(self, currency: str, day: int) -> Found | None:
        """The rate of a currency on a day, or on the last one before it that the plan takes."""
        days = self.days.get(currency, [])
        at = bisect_right(days, day)
        if not at or day - days[at - 1] > self.quoted.horizon:
            return None
        return self.rates[currency, days[at - 1]]

    def wrong(self, pointer: str) -> Iterator[tuple[int, Fault]]:
        """What is wrong with rates, each with the number of its row: two of one day, or one of nothing."""
        column = self.table.columns[self.quoted.rate].name
        for at, code, (currency, day) in self.odd:
            when = date.fromordinal(day).isoformat()
            facts: dict[str, Fact] = {"table": self.table.name, "currency": currency, "day": when}
            yield at, Fault(code, pointer=f"{pointer}/{at}/{escaped(column)}", facts=facts)


def currency(exchange: Exchanged, table: RecordsTable, row: Sequence[Cell]) -> str | None:
    """The currency of a record's money."""
    if isinstance(exchange.currency, str):
        return exchange.currency
    cell = row[exchange.currency]
    return table.columns[exchange.currency].choices[cell] if isinstance(cell, int) else None
