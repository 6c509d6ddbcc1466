"""Where facts and tables came from and as of when, held against the sources that a plan accepts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from functools import cache
from typing import Literal

from dsl.faults import Fact, Fault
from dsl.node import node
from dsl.period import Period
from dsl.words import LANGS, words

from ..kernel import Input, RecordsTable
from .values import escaped, shown


@node
class Origin:
    """A source by its name, None for what is typed in; `as_of` is a day, maybe with its time."""

    source: str | None = None
    as_of: str | None = None

    @property
    def said(self) -> bool:
        """Whether anything is said."""
        return self.source is not None or self.as_of is not None


@node
class Origins:
    """The origin of all that somebody brings, and of what is named: facts and tables by their names."""

    whole: Origin = Origin()
    named: Mapping[str, Origin] = field(default_factory=dict)

    def of(self, name: str) -> Origin:
        """The origin of a fact or a table."""
        return self.named.get(name, self.whole)

    def over(self, others: Origins) -> Origins:
        """These, and where they say nothing what is said for all people together."""
        if self.whole.said or not (others.whole.said or others.named):
            return self
        return Origins(others.whole, {**others.named, **self.named})

    @property
    def said(self) -> bool:
        """Whether anything is said of anything."""
        return self.whole.said or bool(self.named)


@node
class Came:
    """A fact or a table that somebody is paid by, the calendar among them, and where it came from."""

    what: Literal["fact", "table", "calendar"]
    name: str
    origin: Origin


@cache
def by_hand() -> frozenset[str]:
    """The words for what is typed in, of both languages: a program writes its own, whoever reads."""
    return frozenset(word.casefold() for lang in LANGS for word in words(lang).spellings["typed_in"])


def accepts(sources: Sequence[str], origin: Origin) -> bool:
    """Whether what comes from somewhere is taken; a source is the same in large and small letters."""
    came = (origin.source or "").casefold()
    return not sources or any(source.casefold() == came for source in sources)


def refused(entry: Input, origin: Origin, employee: str, pointer: str) -> Fault:
    """The fault of a fact that comes from elsewhere than the plan takes it from."""
    facts: dict[str, Fact] = {
        "name": entry.name,
        "employee": shown(employee),
        **_wanted(entry.sources, origin),
    }
    return Fault("P560" if origin.source is None else "P561", pointer=pointer, facts=facts)


def refused_tables(
    tables: Sequence[RecordsTable], origins: Origins | None, sent: Collection[str], pointer: str
) -> Iterator[Fault]:
    """A fault for each table that came from elsewhere than the plan takes it from."""
    for table in tables:
        if origins is None or table.name not in sent or accepts(table.sources, origins.of(table.name)):
            continue
        origin = origins.of(table.name)
        facts: dict[str, Fact] = {"table": table.name, **_wanted(table.sources, origin)}
        code = "P562" if origin.source is None else "P563"
        yield Fault(code, pointer=f"{pointer}/{escaped(table.name)}", facts=facts)


def _wanted(sources: Sequence[str], origin: Origin) -> dict[str, Fact]:
    return {"wanted": told(sources), "source": shown(origin.source or "")}


def told(sources: Sequence[str]) -> tuple[str, ...]:
    """The sources that a plan accepts, as a fact of a fault."""
    return tuple(source or "phrase:typed_in" for source in sources)


def stale(came: Sequence[Came], when: Period) -> Iterator[Fault]:
    """What is of an earlier day than the last of the period, once for each such day; a calendar may be."""
    early: dict[str, list[str]] = {}
    for one in came:
        day = (one.origin.as_of or "")[:10]
        if day and one.what != "calendar" and date.fromisoformat(day) < when.last:
            early.setdefault(day, []).append(f"`{shown(one.name)}`")
    for day, names in early.items():
        facts: dict[str, Fact] = {"names": ", ".join(names), "day": day, "last": when.last.isoformat()}
        yield Fault("P565", "warning", facts=facts)
