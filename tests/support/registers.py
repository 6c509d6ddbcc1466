"""Random tables of records, what is drawn from them, and records that meet the bounds of their conditions."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fractions import Fraction
from random import Random

from dsl.words import KindName, words
from tests.support.clauses import Clerk

TABLE = "deals"
ABOVE = (TABLE, "visits", "clients")  # each of the next
SORTS = ("old", "fresh", "x1")
CELLS: tuple[KindName, ...] = (
    "money", "percent", "count", "number", "days", "date", "yes_no", "duration", "choice", "text",
)  # fmt: skip
ABROAD = ("USD", "EUR")
OWNER = "0042"
OTHER = "0001"
DRAWING = ("sum_of", "sum_of", "least_of", "greatest_of", "average_of", "first_of", "last_of")


@dataclass(frozen=True)
class Cells:
    """A column of a table: its name, its kind, whether its values may lie below 0, what is presumed.

    It may be of a record that one belongs to: `far` links away. Money that is `rated` is of other currencies.
    """

    name: str
    kind: KindName
    signed: bool = False
    default: Fraction | None = None
    far: int = 0
    rated: bool = False


@dataclass
class Keeper(Clerk):
    """Somebody who writes a table, and formulas over its records."""

    columns: list[Cells] = field(default_factory=list)
    inside: bool = False

    def table(self) -> list[str]:
        """A table and those that its records belong to; its `columns` are known from then on."""
        w, vocabulary = self.word, words(self.lang)
        kinds = ["money", *self.chance.sample(CELLS[1:], self.chance.randint(1, 6))]
        tables = [[f"  nr {vocabulary.role_words['id']}"] for _ in ABOVE]
        tables[0].append(f"  who {vocabulary.role_words['employee']}")
        tables[0].append(f"  met {vocabulary.kind_words['date']} {w('counts')}")
        for kind in (one for one in CELLS if one in kinds):
            said = vocabulary.kind_words.get(kind, f"{w('one_of')} ({'; '.join(SORTS)})")
            plain = kind not in {"date", "yes_no", "duration", "choice", "text"}
            cells = Cells(
                f"c_{kind}",
                kind,
                plain and self.maybe(25),
                Fraction(self.chance.choice([0, 5, 100])) if kind == "money" and self.maybe(30) else None,
                self.chance.choice([0, 0, 0, 1, 2]),
            )
            if kind == "money" and not cells.far and self.maybe(40):
                cells = replace(cells, rated=True)
                said += f" {w('in')} abroad {w('at_rate_of')} bank {w('on_date_of')} met"
                tables[0].append(f"  abroad {w('one_of')} ({'; '.join(ABROAD)})")
            self.columns.append(cells)
            said += f" {vocabulary.unit_words['seconds'][0]}" if kind == "duration" else ""
            signed = f" {w('signed')}" if cells.signed else ""
            preset = "" if cells.default is None else f" {w('default')} {self.number(cells.default)}"
            for near in range(cells.far):
                tables[near].append(f"  {cells.name} {w('of')} parent")
            tables[cells.far].append(f"  {cells.name} {said}{signed}{preset}")
        deep = max(cells.far for cells in self.columns)
        for near in range(deep):
            tables[near].append(f"  parent {w('record_of')} {ABOVE[near + 1]}")
        for rows in tables:
            self.chance.shuffle(rows)
        named = [*zip(ABOVE, tables[: deep + 1], strict=False)]
        if any(cells.rated for cells in self.columns):
            kinds_of = vocabulary.kind_words
            quoted = f"  code {w('one_of')} ({'; '.join(ABROAD)})"
            rates = [quoted, f"  known {kinds_of['date']}", f"  worth {kinds_of['number']}"]
            before = f"{w('of_rates')} {w('last_before')} {w('within')} 1 {w('days')}"
            named.append((f'bank "bank!" {before}', rates))
        return ["\n".join([f"{w('table')} {name}", *rows]) for name, rows in named]

    @contextmanager
    def among(self) -> Iterator[None]:
        """Where a name may be a column."""
        sorts, inside, self.inside = self.sorts, self.inside, True
        names = {cells.name for cells in self.columns}
        for cells in self.columns:
            if cells.kind == "choice":
                self.sorts = {**sorts, cells.name: SORTS}
            elif cells.kind in self.known:
                self.known[cells.kind] += [cells.name] * 4
        yield
        self.sorts, self.inside = sorts, inside
        for kind, known in self.known.items() if not inside else ():
            self.known[kind] = [name for name in known if name not in names]

    def expr(self, kind: KindName, depth: int) -> str:
        """An expression of a kind, now and then what comes of records."""
        if self.columns and depth > 0 and self.maybe(4 if self.inside else 15) and kind != "yes_no":
            return f"({self.drawn(kind)})"
        return super().expr(kind, depth)

    def drawn(self, kind: KindName) -> str:
        """What values of records come to."""
        w = self.word
        if kind == "count" and self.maybe(60):
            if self.maybe(60):
                return f"{w('count_of')} {TABLE}{self.where()}"
            column = self.chance.choice(self.columns).name
            return f"{w('distinct_of')} {column} {w('of')} {TABLE}{self.where()}"
        # A mean of counts is a number.
        ways = [one for one in DRAWING if not (one == "average_of" and kind in {"count", "number", "date"})]
        way = self.chance.choice(ways if kind != "date" else ["least_of", "greatest_of", "last_of"])
        with self.among():
            value = self.atom(kind, 1)
        order = f" {w('in_order_of')} met" if way in {"first_of", "last_of"} else ""
        return f"{w(way)} {value} {w('of')} {TABLE}{self.where()}{order}"

    def where(self) -> str:
        """Which records count."""
        if not self.maybe(60):
            return ""
        with self.among():
            found = self.held() if self.maybe(60) else self.condition()
            if self.maybe(25):
                found = f"{found} {self.word('and')} {self.held()}"
        return f" {self.word('where')} {found}"

    def held(self) -> str:
        """A condition on a column, whose records meet its bound."""
        w = self.word
        cells = self.chance.choice(self.columns)
        match cells.kind:
            case "yes_no":
                return cells.name if self.maybe(50) else f"{w('not')} {cells.name}"
            case "choice":
                return f"{cells.name} {w(self.chance.choice(['is', 'is_not']))} {self.chance.choice(SORTS)}"
            case "text" | "date":
                return f"met {self.chance.choice('<>')}= 2025-07-{self.chance.randint(1, 28):02}"
            case kind:
                bound = Fraction(self.chance.choice([1, 5, 30, 100]), 100 if kind == "percent" else 1)
                self.marks.setdefault(f"{TABLE}.{cells.name}", []).append(bound)
                sign = self.chance.choice(["<", "<=", ">", ">=", "=", "<>"])
                if self.maybe(40):
                    sign = w(self.chance.choice(["more_than", "less_than", "at_least", "at_most"]))
                if kind != "duration":
                    return f"{cells.name} {sign} {self.written(bound, kind)}"
                unit = words(self.lang).unit("seconds", bound)
                return f"{cells.name} {sign} {self.number(bound)} {unit}"

    def limits(self) -> str:
        """Limits of what is paid for each record, and of it in all."""
        w, found = self.word, []
        for scope in ("each", "in_all"):
            if self.maybe(30):
                found.append(
                    f"{w('cap')} {self.number(self.finite(5_000, 0, 2) + 1)} {w('on_pay')} {w(scope)}"
                )
            if self.maybe(20):
                found.append(f"{w('floor')} {self.number(self.finite(50, 0, 2) + 1)} {w(scope)}")
            if self.maybe(20):
                unit = self.written(self.chance.choice([Fraction(1), Fraction(100), Fraction(1, 2)]), "money")
                found.append(f"{w('rounded_to')} {unit}{self.turn()} {w(scope)}")
        self.chance.shuffle(found)
        return "".join(f" {one}" for one in found)

    def each(self, named: str) -> str:
        """A line that is paid for each record, or by bands over them."""
        w = self.word
        if self.maybe(50):
            where = self.where()
            with self.among():
                value = self.expr("money", 2)
            return f"{w('commission')}{named} = {w('for_each')} {TABLE}{where}: {value}{self.limits()}"
        money = [cells.name for cells in self.columns if cells.kind == "money"]
        apart = self.maybe(50)
        of = f"{w('of')} {w('each_of')} {TABLE}" if apart else f"{w('of')} {TABLE}"
        order = "" if apart else f" {w('in_order_of')} met"
        rows = self.bands("money", money[0])
        self.marks.setdefault(f"{TABLE}.{money[0]}", []).extend(self.marks.pop(money[0], []))
        limits = self.limits() if apart else ""
        head = f"{w('commission')}{named} {w('on')} {money[0]} {of}{self.where()}{order}"
        return "\n".join([f"{head} {w('each_band')}{limits}", *rows])


Row = dict[str, object]


def records(chance: Random, cells: list[Cells], marks: dict[str, list[Fraction]], digits: int) -> list[Row]:
    """Random records: at the bounds of conditions and beside them, some of others, some of other days."""
    found: list[Row] = []
    for number in chance.sample(range(1, 40), chance.choice([0, 1, 2, 3, 5, 8])):
        row: Row = {"nr": f"A{number}", "who": chance.choice([OWNER, OWNER, OWNER, OWNER, OTHER])}
        day = datetime.date(2025, 7, chance.choice([1, 1, 2, 15, 30, 31]))
        row["met"] = chance.choice([day, day, day, day, datetime.date(2024, 2, 29), None])
        if any(one.rated for one in cells):
            row["abroad"] = chance.choice(ABROAD)
        for one in cells:
            value = _cell(chance, one, marks.get(f"{TABLE}.{one.name}", []), digits)
            if not (one.default is not None and chance.randrange(3) == 0):
                row[one.name] = value
        found.append(row)
    return found


def _cell(chance: Random, cells: Cells, marks: list[Fraction], digits: int) -> object:
    match cells.kind:
        case "choice":
            return chance.choice(SORTS)
        case "text":
            return chance.choice(["Ivanov", "Петров", "x"])
        case "yes_no":
            return chance.choice([True, False])
        case "date":
            return datetime.date(2025, 7, chance.choice([1, 2, 15, 30]))
    scale = 10**digits if cells.kind == "money" else 100 if cells.kind == "percent" else 1
    value = Fraction(chance.choice([0, 1, 7, 29, 30, 31, 2_000, chance.randint(0, 10**6)]), scale)
    if marks and chance.randrange(3):
        value = max(Fraction(0), chance.choice(marks) + Fraction(chance.choice([-1, 0, 0, 1]), scale))
    return -value if cells.signed and chance.randrange(3) == 0 else value


def sent(rows: Sequence[Row], cells: Sequence[Cells]) -> dict[str, list[dict[str, object]]]:
    """Records as sources have them, each with those of its own that it belongs to."""
    far = {one.name: one.far for one in cells}
    deep = max(far.values())
    found: dict[str, list[dict[str, object]]] = {}
    for near in range(deep + 1):
        found[ABOVE[near]] = [
            written({name: cell for name, cell in row.items() if far.get(name, 0) == near})
            | {"nr": row["nr"], **({"parent": row["nr"]} if near < deep else {})}
            for row in rows
        ]
    if any(one.rated for one in cells):
        days = {_quoted(row["met"]) for row in rows if isinstance(row["met"], datetime.date)}
        found["bank"] = [
            written({"code": code, "known": day, "worth": _rate(code, day)})
            for code in ABROAD
            for day in days
        ]
    return found


def _quoted(day: datetime.date) -> datetime.date:
    """The last day with a rate: an odd one."""
    return day - datetime.timedelta(days=1 - day.day % 2)


def _rate(code: str, day: datetime.date) -> Fraction:
    """The rate of a currency on a day that has one."""
    return Fraction(7_000 + 13 * (day.toordinal() % 97) + len(code) * (code == "EUR"), 100)


def written(row: Row) -> dict[str, object]:
    """A record as a source has it."""
    found: dict[str, object] = {}
    for name, value in row.items():
        if isinstance(value, Fraction):
            places = 0
            while (value * 10**places).denominator != 1:
                places += 1
            digits = abs(value.numerator) * 10**places // value.denominator
            whole, part = divmod(digits, 10**places)
            sign = "-" if value < 0 else ""
            found[name] = f"{sign}{whole}" + (f".{part:0{places}}" if places else "")
        elif isinstance(value, datetime.date):
            found[name] = value.isoformat()
        else:
            found[name] = value
    return found


def counting(
    rows: list[Row], cells: Sequence[Cells], owner: str, first: datetime.date, last: datetime.date
) -> list[Row]:
    """The records of somebody that count in a period, by their ids, each cell as a number or a word."""
    own: list[Row] = []
    for row in sorted(rows, key=lambda one: int(str(one["nr"])[1:])):
        day = row["met"]
        if row["who"] == owner and isinstance(day, datetime.date) and first <= day <= last:
            values = {one.name: row.get(one.name, one.default) for one in cells} | {
                "met": day,
                "nr": row["nr"],
            }
            for one in cells:
                if one.rated and isinstance(amount := values[one.name], Fraction):
                    values[one.name] = amount * _rate(str(row["abroad"]), _quoted(day))
            own.append({f"{TABLE}.{name}": _plain(value) for name, value in values.items()})
    return own


def _plain(value: object) -> object:
    if isinstance(value, datetime.date):
        return Fraction(value.toordinal())
    return Fraction(value) if isinstance(value, bool) else value
