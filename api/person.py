"""A person as they come in a request or a file, read into the engine's form."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from dsl.faults import Fault, nearest
from dsl.marks import composed
from engine.facts import Illegible, Origins, Person, SentTables
from engine.facts.usage import is_total
from engine.facts.values import escaped, shown

from .alike import contradiction, key, total, twins
from .exact import LISTED, Misread, text_of
from .origins import FIELDS as ORIGINS
from .origins import read_origins
from .tables import read_tables

FIELDS = ("employee", "period", "facts", "targets", "tables", *ORIGINS)
NEEDED = FIELDS[:3]
NAMES = 200  # facts, or targets, of one person
EMPLOYEE = 200  # characters
TYPED = Origins()  # of what nobody says where it came from: somebody typed it in

# What leaves no mark on a page: spaces of other widths, marks of direction, joiners, fillers, selectors.
UNSEEN = (
    r"\x80-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f"
    r"\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# A personnel number, or whatever else tells people apart: nothing unseen, no space at either end.
CONTROL = r"\x00-\x1f\x7f"
IDENTIFIER = re.compile(f"[^ {CONTROL}{UNSEEN}](?:[^{CONTROL}{UNSEEN}]*[^ {CONTROL}{UNSEEN}])?")
INVISIBLE = re.compile(f"[{UNSEEN}]")

Table = Mapping[str, object]


def read_person(
    value: object, pointer: str = "", beside: Collection[str] = (), together: Origins = TYPED
) -> Person | tuple[Fault, ...]:
    """A person from an object with `employee`, `period`, `facts`, maybe `targets` and `tables`; or faults.

    `beside` are fields of the same object that somebody else reads; `together` says where what all people
    bring came from. The facts are held against a plan later.
    """
    if isinstance(value, Misread):
        return value.faults
    if not isinstance(value, dict):
        return (mistyped(value, "", "object", pointer),)
    known = (*FIELDS, *beside)
    faults = [] if value.keys() <= {*known} else list(surplus(value, known, pointer))
    faults += missing(value, NEEDED, pointer)
    employee = text_field(value, "employee", pointer, faults)
    where = f"{pointer}/employee"
    if employee is not None and (fault := unfit(employee, where)):
        faults.append(fault)
    period = text_field(value, "period", pointer, faults)
    facts = _names(value, "facts", pointer, faults)
    if employee is not None and is_total(employee):
        number = pointer.rpartition("/")[2]
        place = int(number) + 1 if number.isdigit() else 1
        faults.append(replace(total(employee, [place], "in_list"), severity="error", pointer=where))
    targets = _names(value, "targets", pointer, faults)
    where = f"{pointer}/tables"
    sent = read_tables(value["tables"], where, faults) if "tables" in value else None
    said = not value.keys().isdisjoint(ORIGINS)
    origins = read_origins(value, pointer, faults).over(together) if said else together
    if faults or employee is None or period is None:
        return tuple(faults)
    tables = None if sent is None else SentTables(sent, alone=employee, pointer=where, origins=origins)
    return Person(employee, period, facts, targets, pointer, tables, origins=origins)


@dataclass(frozen=True, slots=True)
class Listed:
    """Everybody of a list, or why they are not paid; `again` are the numbers of those who say it again."""

    people: Sequence[Person | Illegible]
    again: Sequence[int]


def read_list(
    values: Sequence[object], pointer: str = "", *, together: bool = False, origins: Origins = TYPED
) -> Listed:
    """The people of a list. Equal ones are one person; of those that differ none is true.

    Somebody without a single fact contradicts nobody; where records come for all of them `together`, they may
    well have none. `origins` say where what all of them bring came from.
    """
    people = [read_somebody(value, f"{pointer}/{number}", origins) for number, value in enumerate(values)]
    found = twins(
        (number, key(one.employee, one.period), _content(one))
        for number, one in enumerate(people, 1)
        if isinstance(one, Person) and (one.facts or one.targets or one.tables or together)
    )
    for who, several in found.items():
        if several.differing is not None:
            for place in (several.first, *several.repeated):
                spot = f"{pointer}/{place - 1}"
                fault = contradiction("P662", who, several, f"{spot}/employee")
                facts = {
                    name: given
                    for name, given in (people[place - 1].facts or {}).items()
                    if name in several.agreed
                }
                people[place - 1] = Illegible((fault,), *who, facts, spot)
    again = (place for one in found.values() if one.differing is None for place in one.repeated)
    return Listed(people, sorted(again))


def _content(one: Person) -> dict[str, str]:
    """What is said of somebody, as texts."""
    raw = {} if one.tables is None else one.tables.raw
    records = {f"table {name}": " ".join(map(str, rows)) for name, rows in raw.items()}
    return {**_texts("", one.facts), **_texts("target ", one.targets), **records}


def _texts(mark: str, table: Table) -> dict[str, str]:
    return {mark + name: shown(value) for name, value in table.items()}


def placeless(person: Person) -> Person:
    """Somebody as they are, wherever they came: alone, as in a receipt."""
    tables = person.tables
    if tables is not None:
        tables = SentTables(tables.raw, alone=tables.alone, origins=tables.origins)
    return replace(person, pointer="", tables=tables)


def unfit(employee: str, pointer: str) -> Fault | None:
    """Why something can be no personnel number; without what nobody sees in it, it may be one."""
    if len(employee) <= EMPLOYEE and IDENTIFIER.fullmatch(employee):
        return None
    unseen = INVISIBLE.search(employee[:EMPLOYEE])
    better = " ".join(INVISIBLE.sub(_instead, employee).split())
    if unseen is None or len(better) > EMPLOYEE or not IDENTIFIER.fullmatch(better):
        return Fault("P613", pointer=pointer, facts={"value": shown(employee), "most": str(EMPLOYEE)})
    about = {"better": better, "character": f"U+{ord(unseen[0]):04X}", "at": str(unseen.start() + 1)}
    return Fault("P144", pointer=pointer, facts=about, fix=better)


def _instead(unseen: re.Match[str]) -> str:
    """What stands for a character that nobody sees: a space for one of another width, else nothing."""
    return " " if unseen[0].isspace() else ""


def read_somebody(value: object, pointer: str, origins: Origins = TYPED) -> Person | Illegible:
    """A person, or as much of them as can be told."""
    found = read_person(value, pointer, together=origins)
    return illegible(value, found, pointer) if isinstance(found, tuple) else found


def illegible(value: object, faults: tuple[Fault, ...], pointer: str) -> Illegible:
    """Somebody who cannot be read, as far as it shows who they are and what facts they have."""
    table: Table = value if isinstance(value, dict) else {}
    facts = table.get("facts")
    employee, period = named(value)
    if employee is not None and unfit(employee, ""):
        employee = None
    known = None if not isinstance(facts, dict) else {composed(name): facts[name] for name in facts}
    return Illegible(faults, employee, period, known, pointer)


def named(value: object) -> tuple[str | None, str | None]:
    """Employee and period of what is no person, each as far as it is a text: whom its faults are about."""
    table: Table = value if isinstance(value, dict) else {}
    employee, period = (table.get(name) for name in FIELDS[:2])
    return employee if isinstance(employee, str) else None, period if isinstance(period, str) else None


def mistyped(value: object, name: str, wanted: str, pointer: str) -> Fault:
    """The fault of a value of the wrong type; `wanted` is `text`, `object` or `list`."""
    return Fault(
        "P610" if name else "P614",
        pointer=pointer,
        facts={"name": name, "value": shown(value), "wanted": (f"phrase:json_{wanted}",)},
    )


def surplus(value: Table, known: Collection[str], pointer: str) -> Iterator[Fault]:
    """A fault for each field that nobody reads."""
    for name in islice((name for name in value if name not in known), LISTED):
        yield Fault(
            "P612",
            pointer=f"{pointer}/{escaped(name)}",
            facts={"name": shown(name), "known": tuple(known)},
            fix=nearest(name, [one for one in known if one not in value]),
        )


def missing(value: Table, needed: Iterable[str], pointer: str) -> Iterator[Fault]:
    """A fault for each field that has to be there and is not."""
    return (Fault("P611", pointer=pointer, facts={"name": name}) for name in needed if name not in value)


def text_field(value: Table, name: str, pointer: str, faults: list[Fault]) -> str | None:
    """A field that holds a text, None where it is missing; where it is no text, a fault is added."""
    text = text_of(value.get(name))
    if text is None and name in value:
        faults.append(mistyped(value[name], name, "text", f"{pointer}/{name}"))
    return text


def _names(value: Table, name: str, pointer: str, faults: list[Fault]) -> Table:
    """The facts or the targets, their names in NFC as the names of plans are."""
    table = value.get(name, {})
    where = f"{pointer}/{name}"
    if not isinstance(table, dict):
        faults.append(mistyped(table, name, "object", where))
        return {}
    if len(table) > NAMES:
        faults.append(Fault("P615", pointer=where, facts={"name": name, "most": str(NAMES)}))
        return {}
    if all(map(str.isascii, table)):
        return table
    read: dict[str, object] = {}
    for typed, fact in table.items():
        entry = composed(typed)
        if entry in read:
            faults.append(Fault("P604", pointer=f"{where}/{escaped(typed)}", facts={"name": shown(typed)}))
        read[entry] = fact
    return read
