"""A mapping: which column of an export is which fact, or which column of a table of the plan.

It stands in `premia.toml`, beside the plan or in a folder above, under `[map.NAME]`; those of usual exports
are ready. One may be `like` another, and say only what is its own.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from collections.abc import Mapping as Table
from dataclasses import dataclass, field, fields, replace
from importlib.resources import files
from pathlib import Path
from typing import Literal, TypeGuard, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dsl.faults import Fact, Fault
from dsl.marks import composed
from engine.facts.values import shown

FILE = "premia.toml"
LARGEST = 1024 * 1024  # bytes of such a file
Form = Literal["unix seconds", "time"]
Unit = Literal["milliseconds", "seconds", "minutes", "hours", "h:m:s", "m:s", "h:m"]
FORMS: tuple[Form, ...] = get_args(Form)
SPANS: tuple[Unit, ...] = ("milliseconds", "seconds", "minutes", "hours")
ACROSS = ("employee", "period", "indicator")
UNITS: tuple[Unit, ...] = get_args(Unit)
CELL = re.compile(r"([A-Z]{1,2})([1-9][0-9]?)")


@dataclass(frozen=True, slots=True)
class Field:
    """How the cells of a column are written: as a time of a zone, a duration in a unit, or as one of values.

    A duration goes `until` the time in another column, both in the same unit; of 0 it has not begun.
    `otherwise` is what a value is that `values` do not name; without it such a value is refused. A column
    that is `optional` need not be there.
    """

    form: Form | None = None
    zone: str | None = None
    unit: Unit | None = None
    until: str | None = None
    values: Table[str, str] = field(default_factory=dict)
    otherwise: str | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Indicators:
    """Facts that stand one under another: the column with their names, the one with values, what each is.

    Where they stand beside one another, their names are the heading.
    """

    name: str | None = None
    value: str | None = None
    names: Table[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a mapping says of an export: the `text` of it, or where it stands.

    That is a `column`, for each row, a `cell` (`B2`) of the file, or, of a day, the name of the file.
    `values` say what the plan calls the sources that stand there.
    """

    text: str | None = None
    column: str | None = None
    cell: str | None = None
    file: bool = False
    values: Table[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a mapping says; columns of the export are called as its heading or its fields are.

    `table` is the table of the plan; without one its rows are people. `rows` leads to the rows of an answer
    in JSON. `heading` are the columns of a file that has none. `only` are the rows that are taken. `across`
    is what all other columns are headed by, where a table stands crosswise: one of `ACROSS`. `source` and
    `as_of` say where it came from, and as of when.
    """

    name: str
    table: str | None = None
    rows: str | None = None
    sheet: str | None = None
    encoding: Literal["utf-8", "utf-16", "windows-1251"] | None = None
    heading: tuple[str, ...] = ()
    columns: Table[str, tuple[str, Field]] = field(default_factory=dict)
    constants: Table[str, str] = field(default_factory=dict)
    only: Table[str, tuple[str, ...]] = field(default_factory=dict)
    indicators: Indicators | None = None
    across: str | None = None
    source: Stated | None = None
    as_of: Stated | None = None

    def sources(self) -> Iterator[str]:
        """The columns that an export has to have."""
        for name, column in self.columns.values():
            if not column.optional:
                yield name
            if column.until is not None:
                yield column.until
        yield from (said.column for said in (self.source, self.as_of) if said and said.column)
        yield from self.only
        if self.indicators is not None:
            yield from filter(None, (self.indicators.name, self.indicators.value))


def mapping(name: str, beside: Path) -> Mapping | Fault:
    """The mapping of a name: of the nearest `premia.toml` at or above a folder, or a ready one."""
    path = next((found for one in _above(beside) if (found := one / FILE).is_file()), None)
    own = {} if path is None else _maps(path)
    if isinstance(own, Fault):
        return own
    known = {**{one: _ready(one) for one in _names()}, **own}
    told = str(path) if path is not None else FILE
    seen: list[str] = []
    layers: list[dict[str, object]] = []
    at: str | None = name
    while at is not None:
        if at not in known or at in seen:
            facts: dict[str, Fact] = {"name": shown(at), "path": told, "known": tuple(sorted(known))}
            return Fault("P810", facts=facts)
        seen.append(at)
        layers.append(known[at])
        like = known[at].get("like")
        at = str(like) if like is not None else None
    whole: dict[str, object] = {}
    for layer in reversed(layers):
        # What columns there are is said anew; how they are written, and all else, is added to.
        for key, value in layer.items():
            before = whole.get(key)
            if key == "fields" and isinstance(before, dict) and isinstance(value, dict):
                whole[key] = {**before, **value}
            else:
                whole[key] = value
    whole.pop("like", None)
    return _Form(name, told).mapping(whole)


def _above(folder: Path) -> Iterator[Path]:
    here = folder.resolve()
    yield here
    yield from here.parents


def _names() -> list[str]:
    room = files(__package__).joinpath("ready")
    return sorted(one.name.removesuffix(".toml") for one in room.iterdir() if one.name.endswith(".toml"))


def _ready(name: str) -> dict[str, object]:
    return tomllib.loads(files(__package__).joinpath("ready", f"{name}.toml").read_text("utf-8"))


def _maps(path: Path) -> dict[str, dict[str, object]] | Fault:
    """The mappings of a file."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            return Fault("P811", facts={"path": str(path), "reason": f"> {LARGEST}"})
        found = tomllib.loads(composed(data.decode("utf-8-sig")))
    except (OSError, ValueError, RecursionError) as error:  # tomllib's and the decoder's are values
        return Fault("P811", facts={"path": str(path), "reason": shown(str(error) or type(error).__name__)})
    several = found.get("map", {})
    if not isinstance(several, dict) or not all(isinstance(one, dict) for one in several.values()):
        return Fault("P812", facts={"name": "map", "path": str(path), "key": "map", "value": shown(several)})
    return several


class _Wrong(Exception):  # noqa: N818  # a signal inside this file, never seen outside
    """A mapping says what none can say; its arguments are the key and the value."""


@dataclass(frozen=True, slots=True)
class _Form:
    """Holds a mapping against what one may say."""

    name: str
    path: str

    def mapping(self, whole: dict[str, object]) -> Mapping | Fault:
        try:
            return self._mapping(whole)
        except _Wrong as signal:
            key, value = signal.args
            facts: dict[str, Fact] = {"name": self.name, "path": self.path, "key": key, "value": shown(value)}
            return Fault("P812", facts=facts)

    def _mapping(self, whole: dict[str, object]) -> Mapping:
        known = {one.name for one in fields(Mapping)} - {"name"} | {"fields"}
        _within(whole, known, "")
        described = {
            name: _field(value, f"fields.{name}", Field()) for name, value in _table(whole, "fields").items()
        }
        columns = {
            name: _column(value, f"columns.{name}", described)
            for name, value in _table(whole, "columns").items()
        }
        encoding = _text(whole, "encoding")
        if encoding not in {None, "utf-8", "utf-16", "windows-1251"}:
            raise _Wrong("encoding", encoding)
        found = Mapping(
            self.name,
            table=_text(whole, "table"),
            rows=_text(whole, "rows"),
            sheet=_text(whole, "sheet"),
            encoding=encoding,  # type: ignore[arg-type]  # one of them, as was just looked
            heading=_texts(whole.get("heading", []), "heading"),
            columns=columns,
            constants={
                name: _word(value, f"constants.{name}") for name, value in _table(whole, "constants").items()
            },
            only={name: _texts(value, f"only.{name}") for name, value in _table(whole, "only").items()},
            indicators=_indicators(whole),
            across=_text(whole, "across"),
            source=_stated(whole, "source", ("column", "cell"), valued=True),
            as_of=_stated(whole, "as_of", ("column", "cell", "file")),
        )
        if found.across not in {None, *ACROSS} or (found.across and found.indicators is None):
            raise _Wrong("across", found.across)
        if not found.columns and found.indicators is None:
            raise _Wrong("columns", "")
        if found.table is None and not {"employee"} <= {*found.columns, *found.constants, found.across}:
            raise _Wrong("columns.employee", "")
        return found


def _stated(
    whole: dict[str, object], key: str, places: tuple[str, ...], *, valued: bool = False
) -> Stated | None:
    """What is said of an export as a whole, in one way."""
    value = whole.get(key)
    if value is None or isinstance(value, str):
        return None if value is None else Stated(value)
    if not _tabular(value) or len(value.keys() & {*places}) != 1:
        raise _Wrong(key, value)
    _within(value, {*places, *(["values"] if valued else [])}, f"{key}.")
    column, cell, file = (_text(value, place, f"{key}.") for place in ("column", "cell", "file"))
    if file not in {None, "name"} or not (cell is None or CELL.fullmatch(cell)):
        raise _Wrong(key, value)
    return Stated(column=column, cell=cell, file=file is not None, values=_words(value, f"{key}."))


def _indicators(whole: dict[str, object]) -> Indicators | None:
    if "indicators" not in whole:
        return None
    said = _table(whole, "indicators")
    _within(said, {"name", "value", "names"}, "indicators.")
    names = {name: _word(value, f"indicators.names.{name}") for name, value in _table(said, "names").items()}
    name, value, across = _text(said, "name"), _text(said, "value"), whole.get("across")
    if (name is None) != (across == "indicator"):
        raise _Wrong("indicators.name", name or "")
    if (value is None) == (across is None):
        raise _Wrong("indicators.value", value or "")
    return Indicators(name, value, names)


def _column(value: object, key: str, described: Table[str, Field]) -> tuple[str, Field]:
    """The column of the export that one is, and how its cells are written."""
    if isinstance(value, str):
        return value, described.get(value, Field())
    if not _tabular(value) or not isinstance(source := value.get("from"), str):
        raise _Wrong(key, value)
    own = {name: one for name, one in value.items() if name != "from"}
    return source, _field(own, key, described.get(source, Field()))


def _field(value: object, key: str, base: Field) -> Field:
    if not _tabular(value):
        raise _Wrong(key, value)
    _within(value, {one.name for one in fields(Field)}, f"{key}.")
    form, unit, zone, until, otherwise = (
        _text(value, one, f"{key}.") for one in ("form", "unit", "zone", "until", "otherwise")
    )
    if form not in {None, *FORMS}:
        raise _Wrong(f"{key}.form", form)
    if unit not in {None, *UNITS}:
        raise _Wrong(f"{key}.unit", unit)
    values = _words(value, f"{key}.")
    optional = value.get("optional", base.optional)
    if not isinstance(optional, bool):
        raise _Wrong(f"{key}.optional", optional)
    found = replace(
        base,
        form=form or base.form,
        unit=unit or base.unit,
        zone=zone or base.zone,
        until=until or base.until,
        values=values or base.values,
        otherwise=base.otherwise if otherwise is None else otherwise,
        optional=optional,
    )
    if (found.form == "unix seconds" and found.zone is None) or not (
        found.zone is None or _is_zone(found.zone)
    ):
        raise _Wrong(f"{key}.zone", found.zone or "")
    if found.until is not None and found.unit not in SPANS:
        raise _Wrong(f"{key}.until", found.until)
    return found


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _tabular(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)


def _within(said: dict[str, object], known: set[str], before: str) -> None:
    for key, value in said.items():
        if key not in known:
            raise _Wrong(f"{before}{key}", value)


def _table(said: dict[str, object], key: str, before: str = "") -> dict[str, object]:
    value = said.get(key, {})
    if not _tabular(value):
        raise _Wrong(f"{before}{key}", value)
    return value


def _words(said: dict[str, object], before: str) -> dict[str, str]:
    """What values are called, under `values`."""
    return {
        name: _word(one, f"{before}values.{name}") for name, one in _table(said, "values", before).items()
    }


def _text(said: dict[str, object], key: str, before: str = "") -> str | None:
    value = said.get(key)
    if value is not None and not isinstance(value, str):
        raise _Wrong(f"{before}{key}", value)
    return value


def _word(value: object, key: str) -> str:
    if not isinstance(value, str):
        raise _Wrong(key, value)
    return value


def _texts(value: object, key: str) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list):
        raise _Wrong(key, value)
    return tuple(_word(one, key) for one in value)
