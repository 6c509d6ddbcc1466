"""What people write of records in another way: `SUM(deals.amount)`, `total amount of deals`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from ...data import table
from ...faults.nearest import nearest
from ...words import Lang
from ..grammar import SPACES, spelled
from ..limits import SCANNED
from ..lines import LISTS
from .case import Broken, Repair, places_back, short
from .expected import DRAWING, OPERATORS
from .formulas import arguments


def gathered(case: Broken) -> Iterator[Repair]:
    """Each way around the mistake, said as a plan says it of one of the tables that it has."""
    known = tables(case)
    yield from _recorded(case, known)
    for start in places_back(case) if known else ():
        if case.work.done:
            return
        yield from _called(case, start, known)
        yield from _dotted(case, start, known)
        yield from _worded(case, start, known)
        yield from _bracketed(case, start)


def tables(case: Broken) -> tuple[str, ...]:
    """The names of the tables of records that a text has."""
    opening = spelled(case.rules.words.spellings["table"])
    case.work.spend(len(case.text) // SCANNED)
    return tuple(re.findall(rf"^[ \t]*(?:{opening}){SPACES}+([^\W\d]\w*)", case.text, re.MULTILINE))


def _recorded(case: Broken, known: tuple[str, ...]) -> Iterator[Repair]:
    """`deals amount 100` and `given deals amount 100` under an example, for a record of a table."""
    word = case.rules.words["record_of"]
    above = case.above[0].type if case.above else ""
    if above not in LISTS | {"EXAMPLE"}:
        return
    given = int(case.kind(0) == "GIVEN")
    if case.kind(given) == "NAME" and (meant := nearest(case.tokens[given], known)) is not None:
        yield Repair("P109", 0, given + 1, f"{word} {meant}", {"instead": f"{word} {meant}"}, beyond=1)
    found = arguments(case, 2) if [case.kind(0), case.kind(2)] == ["RECORD_OF", "OPEN"] else None
    if found is not None:
        said = case.raw(3, found[1] - 1)
        yield Repair("P109", 2, found[1], said, {"instead": short(said)}, beyond=1)


@cache
def _ways(lang: Lang) -> Mapping[str, str]:
    """What people call a value over records, each with the keyword that it may mean."""
    listed = table("grammars", "synonyms.toml")["gathering"][lang]
    return {name: keyword for keyword, names in listed.items() for name in names}


def _said(case: Broken, keyword: str, column: str, of: str, end: int) -> str:
    """A value over records as a plan says it."""
    words = case.rules.words
    if keyword == "count_of":
        return f"{words['count_of']} {of}"
    said = f"{words[keyword]} {column} {words.spellings['of'][-1]} {of}"
    # What follows would be read as a part of it.
    return f"({said})" if case.kind(end) in OPERATORS else said


def _called(case: Broken, start: int, known: tuple[str, ...]) -> Iterator[Repair]:
    """`SUM(deals.amount)`, `sum(amount)` and `count(deals)`, as spreadsheets and databases have them."""
    keyword = _ways(case.rules.words.lang).get(case.tokens[start].casefold())
    found = arguments(case, start + 1) if keyword and case.kind(start + 1) == "OPEN" else None
    if keyword is None or found is None or len(found[0]) != 1:
        return
    ((first, last),), end = found
    names = [str(token) for token in case.tokens[first:last]]
    match names:
        case [of] if of in known and keyword == "count_of":
            column = ""
        case [of, ".", column] if of in known:
            pass
        case [column] if len(known) == 1 and keyword != "count_of" and _begins(case, column):
            (of,) = known
        case _:
            return
    said = _said(case, keyword, column, of, end)
    yield Repair("P109", start, end, said, {"instead": said}, beyond=1)


def _begins(case: Broken, column: str) -> bool:
    """Whether a line of the text begins with a name, as that of a column does."""
    case.work.spend(len(case.text) // SCANNED)
    return re.search(rf"^[ \t]*{re.escape(column)}[ \t]", case.text, re.MULTILINE) is not None


def _dotted(case: Broken, start: int, known: tuple[str, ...]) -> Iterator[Repair]:
    """`deals.amount`: a column with its table, as databases have it."""
    names = [str(token) for token in case.tokens[start : start + 3]]
    if len(names) < 3 or names[0] not in known or names[1] != "." or not case.glued(start, start + 3):
        return
    (of, _, column), before, end = names, case.kind(start - 1), start + 3
    inside = any(case.kind(at) == "WHERE" for at in range(start))
    if inside or before == "IN_ORDER_OF" or (before in DRAWING and case.kind(end) == "OF"):
        said = column
    elif before in DRAWING:
        said = f"{column} {case.rules.words.spellings['of'][-1]} {of}"
    elif before == "COUNT_OF":
        said = of
    else:
        said = _said(case, "sum_of", column, of, end)
    yield Repair("P109", start, end, said, {"instead": said}, beyond=1)


def _worded(case: Broken, start: int, known: tuple[str, ...]) -> Iterator[Repair]:
    """`total amount of deals`, `maximum amount of deals`."""
    keyword = _ways(case.rules.words.lang).get(case.tokens[start].casefold())
    names = case.kind(start + 1) == "NAME" and case.kind(start + 2) == "OF" and case.kind(start + 3) == "NAME"
    if keyword in {None, "count_of"} or not names or case.tokens[start + 3] not in known:
        return
    said = f"{case.rules.words[keyword or '']} {case.tokens[start + 1]}"
    yield Repair("P109", start, start + 2, said, {"instead": said}, beyond=1)


def _bracketed(case: Broken, start: int) -> Iterator[Repair]:
    """`(where paid)`: which records count is said without brackets."""
    found = arguments(case, start) if [case.kind(start), case.kind(start + 1)] == ["OPEN", "WHERE"] else None
    if found is not None:
        said = case.raw(start + 1, found[1] - 1)
        yield Repair("P109", start, found[1], said, {"instead": short(said)}, beyond=1)
