"""The heading of a table: which column holds what."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dsl.data import table
from dsl.faults import Fact, Fault, nearest
from dsl.marks import MOST, composed, overladen
from dsl.words import LANGS, KindName, Lang
from engine.compile import Compiled
from engine.facts.values import listed, shown
from engine.kernel import Input
from engine.schema import inputs

from ..exact import LISTED
from .marks import read_as

Sort = Literal["field", "fact", "target", "source", "as_of", "nothing"]
Key = tuple[Sort, str]

# The words of a heading in either language. A fact that is called as a field is stands after `fact:`.
SPOKEN: Mapping[Lang, Mapping[str, str]] = table("grammars", "facts.toml")["headings"]
SORTS: tuple[Sort, ...] = ("target", "fact")
FIELDS = {words[field]: field for words in SPOKEN.values() for field in ("employee", "period")}
MARKS = {words[sort].rstrip(":"): sort for words in SPOKEN.values() for sort in SORTS}
# Where the facts of a row came from, or with a fact behind a colon that one: `source: revenue`.
ORIGINS: Mapping[str, Literal["source", "as_of"]] = {
    words[sort]: sort for words in SPOKEN.values() for sort in ("source", "as_of")
}
DELIMITERS = (",", ";", "\t")
TOLD = 12  # names in one sentence


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: a field of the person, a fact or a target and the kind of its values, or nothing.

    Or where a fact came from, or all of them (without a name), and as of when.
    `whole` is of what has no thousandths, `called` of a fact that is called by its label or in other letters.
    A column without a name may stand there as long as it is empty.
    """

    sort: Sort
    name: str
    heading: str
    kind: KindName | None = None
    whole: bool = False
    called: bool = False


@dataclass(frozen=True, slots=True)
class TableHeading:
    """The columns of a table in their order, what stands between them, and how many lines go up to the rows.

    `notices` say what was not taken as it stands: columns called by labels, lines above, a second row.
    """

    columns: tuple[Column, ...]
    delimiter: str
    above: int
    notices: tuple[Fault, ...] = ()

    def field(self, name: str) -> int:
        """The number of the column of a field."""
        return next(at for at, one in enumerate(self.columns) if (one.sort, one.name) == ("field", name))


@dataclass(frozen=True, slots=True)
class Known:
    """What the columns of a table may be, for one plan or for several: by their names and by their labels."""

    entries: Mapping[Key, Input]
    common: Mapping[Key, Input]
    labels: Mapping[tuple[Sort, str], tuple[str, ...]]
    first: Compiled

    def column(self, heading: str) -> Column | tuple[str, ...]:
        """What a heading names; where it is nothing, or several things, the names of these."""
        if field := FIELDS.get(heading.casefold()):
            return Column("field", field, heading)
        mark, colon, rest = heading.partition(":")
        if (said := ORIGINS.get(mark.strip().casefold())) and ("fact", heading) not in self.entries:
            meant = self._meant("fact", rest.strip())
            if not colon or len(meant) == 1:
                return Column(said, meant[0] if colon else "", heading)
            return meant
        sort = MARKS.get(mark.strip().casefold()) if colon else None
        sort, name = (sort, rest.strip()) if sort else ("fact", heading)
        meant = self._meant(sort, name)
        if len(meant) != 1:
            return meant
        entry = self.entries[sort, meant[0]]
        whole = entry.kind == "count" or (entry.kind == "money" and self.first.kernel.digits < 3)
        return Column(sort, entry.name, heading, entry.kind, whole, called=entry.name != name)

    def _meant(self, sort: Sort, name: str) -> tuple[str, ...]:
        """The facts, or targets, that a name or a label is of."""
        return (name,) if (sort, name) in self.entries else self.labels.get((sort, _bare(name)), ())


def known(compiled: Compiled, *others: Compiled) -> Known:
    """What a plan, or several, read of a table."""
    plans = (compiled, *others)
    asked: list[dict[Key, Input]] = [
        {("fact" if entry.role == "actual" else "target", entry.name): entry for entry in inputs(plan)}
        for plan in plans
    ]
    entries = {key: entry for plan in reversed(asked) for key, entry in plan.items()}
    common = {key: entry for key, entry in asked[0].items() if all(key in plan for plan in asked)}
    labels: dict[tuple[Sort, str], tuple[str, ...]] = {}
    for plan, keys in zip(plans, asked, strict=True):
        for sort, name in keys:
            for word in (name, plan.checked.scope.label(name)):
                meant = labels.get((sort, _bare(word)), ())
                labels[sort, _bare(word)] = meant if name in meant else (*meant, name)
    return Known(entries, common, labels, compiled)


def _bare(word: str) -> str:
    return " ".join(word.split()).casefold()


def cells(line: str, delimiter: str) -> list[str] | None:
    """The cells of one line; None where a quotation mark is not closed in it."""
    try:
        row = next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return None
    return [composed(cell).strip() for cell in row]


def parting(line: str) -> str:
    """What stands between the cells of a line."""
    return max(DELIMITERS, key=line.count)


def read_heading(lines: Sequence[tuple[int, str]], known: Known) -> TableHeading | tuple[Fault, ...]:
    """The heading among the first lines of a table, each with its number, or all that is wrong with it.

    It is the line that names the person; lines above it are left out. Groups of columns may stand in it, and
    their names in the line below.
    """
    at = next((index for index, (_, line) in enumerate(lines) if _names_people(line)), 0)
    number, line = lines[at]
    delimiter = parting(line)
    names = cells(line, delimiter)
    if names is None:
        return (Fault("P669", facts={"line": str(number)}),)
    if any(overladen(name) is not None for name in names):
        return (Fault("P142", facts={"line": str(number), "most": str(MOST)}),)
    notices = [read_as("above", _span(lines[0][0], lines[at - 1][0]))] if at else []
    below = cells(lines[at + 1][1], delimiter) if at + 1 < len(lines) else None
    if below is not None and (merged := _merged(names, below, known)) is not None:
        names = merged
        notices.append(read_as("rows", _span(number, lines[at + 1][0])))
        number = lines[at + 1][0]
    found = _columns(names, known)
    if isinstance(found, tuple):
        return _turned(lines[at:], delimiter, known) or found
    notices += [
        Fault("P678", "notice", facts={"heading": shown(one.heading), "name": one.name})
        for one in found
        if one.called
    ]
    return TableHeading(tuple(found), delimiter, number, tuple(notices))


def _names_people(line: str) -> bool:
    return any(FIELDS.get(cell.casefold()) == "employee" for cell in cells(line, parting(line)) or ())


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _merged(names: list[str], below: list[str], known: Known) -> list[str] | None:
    """The names of columns in two rows, groups above and names below; None where it is no such heading."""
    if len(names) != len(below) or not any(below):
        return None
    if any(cell and name.casefold() in FIELDS for cell, name in zip(below, names, strict=True)):
        return None
    merged = [cell or name for cell, name in zip(below, names, strict=True)]
    return merged if all(isinstance(known.column(name), Column) for name in merged) else None


def _columns(names: list[str], known: Known) -> list[Column] | tuple[Fault, ...]:
    """The columns, or all that is wrong with them."""
    said = {name.casefold() for name in names}
    lang = next((lang for lang in LANGS[::-1] if not said.isdisjoint(SPOKEN[lang].values())), LANGS[0])
    columns: list[Column] = []
    faults: list[Fault] = []
    strange: list[str] = []
    for name in names:
        column = known.column(name) if name else Column("nothing", "", "")
        if not isinstance(column, Column):
            if (meant := _meant(name, column, known, lang)) is None:
                strange.append(name)
            else:  # a second column of one name would be no repair
                faults.append(meant if meant.fix not in names else replace(meant, fix=None))
        elif name and any((column.sort, column.name) == (other.sort, other.name) for other in columns):
            faults.append(Fault("P666", facts={"name": name}))
        else:
            columns.append(column)
    if strange:
        facts: dict[str, Fact] = {
            "names": told(strange),
            "known": listed([_heading(one, lang) for one in known.entries.values()]),
        }
        faults.append(Fault("P665", facts=facts))
    named = [column for column in columns if column.sort != "nothing"]
    if not named:  # the first row is a person already, or no table at all
        return (Fault("P663", facts={"name": SPOKEN[lang]["employee"]}),)
    faults.extend(_missing(named, known, lang, stray=len(columns) < len(names)))
    return tuple(faults[:LISTED]) or columns


def _meant(name: str, meant: tuple[str, ...], known: Known, lang: Lang) -> Fault | None:
    """That a column is called as something nearly is, or as several are."""
    names = [_heading(entry, lang) for entry in known.entries.values()]
    near = nearest(name, (*names, SPOKEN[lang]["employee"], SPOKEN[lang]["period"]))
    if likely := meant or (() if near is None else (near,)):
        fix = likely[0] if len(likely) == 1 else None
        return Fault("P671", pointer="", fix=fix, facts={"name": shown(name), "near": likely})
    return None


def told(names: Iterable[str]) -> str:
    """Names one beside another, the first of very many."""
    several = [*names]
    first = ", ".join(f"`{shown(name)}`" for name in several[:TOLD])
    return first + ", …" * (len(several) > TOLD)


def _missing(columns: Iterable[Column], known: Known, lang: Lang, *, stray: bool) -> Iterator[Fault]:
    """What no column holds; of facts nothing, where an unknown column may be the one that is missed."""
    have = {(column.sort, column.name) for column in columns}
    for field in ("employee", "period"):
        if ("field", field) not in have:
            yield Fault("P663", facts={"name": SPOKEN[lang][field]})
    for (sort, name), entry in known.common.items():
        # Which group somebody is in may come in a table of its own.
        needed = entry.needed and entry.kind != "text"
        if needed and (sort, name) not in have and not stray:
            label = known.first.checked.scope.label(name)
            yield Fault("P673", facts={"name": _heading(entry, lang), "label": label})


def _turned(lines: Sequence[tuple[int, str]], delimiter: str, known: Known) -> tuple[Fault, ...]:
    """The fault of a table with a person in each column, if it is one: facts stand one under another."""
    beginnings = [(cells(line, delimiter) or [""])[0] for _, line in lines[1:]]
    facts = [name for name in beginnings if name and isinstance(known.column(name), Column)]
    return (Fault("P677", facts={"name": facts[0]}),) if facts and len(facts) * 2 > len(beginnings) else ()


# ── An empty table ───────────────────────────────────────────────────────────────────────────────────────


def spoken(compiled: Compiled, lang: Lang) -> list[str]:
    """The heading of an empty table for a plan, in a language."""
    words = SPOKEN[lang]
    return [words["employee"], words["period"], *(_heading(entry, lang) for entry in inputs(compiled))]


def _heading(entry: Input, lang: Lang) -> str:
    if entry.role == "target":
        return SPOKEN[lang]["target"] + entry.name
    return SPOKEN[lang]["fact"] * (entry.name.casefold() in FIELDS) + entry.name
