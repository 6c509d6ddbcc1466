"""Who belongs to what, and when: people to groups, groups to those of another sort, people to who leads them.

It comes with each person as a fact, or for all of them as a table of the fact's name: whose row it is, what
it belongs to, and from which day to which. Nobody is in two groups of a sort on one day.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from dsl.check.spelling import looks
from dsl.faults import Fact, Fault
from dsl.node import node
from dsl.period import Period

from . import kernel as k
from .compile import Compiled
from .facts import Illegible, Person, SentTables, sort_of
from .facts.columns import Raw
from .facts.days import EVER, Absence, Days, cut, days_of, span, text, wholly, without
from .facts.understood import understood_period
from .facts.values import escaped, shown


class _Anywhere:
    """All groups there may be."""

    def __contains__(self, _: object) -> bool:
        return True


ANYWHERE: Container[str] = _Anywhere()


@node
class Stay:
    """Where somebody is, from a day to another, both included."""

    first: int
    last: int
    value: str


@node
class Member:
    """Somebody of a group, by number: on which `days` of the period, if not on all of them.

    Who `moved` is in another group of the sort on others. Who is `absent` all the time is not reckoned with.
    """

    index: int
    days: tuple[Days, ...] | None
    moved: bool
    absent: bool = False


@node
class Torn:
    """That somebody cannot be in all these places on these days, or is nowhere between them."""

    fault: Fault
    stays: tuple[Stay, ...]


Stays = tuple[Stay, ...] | Fault  # or why it cannot be told
Told = Stays | Torn
Payee = tuple[Person, Compiled]


@dataclass(slots=True)
class Belonging:
    """The groups of people who are paid together; some of whom, by number, cannot be read."""

    people: Sequence[Payee]
    unread: Mapping[int, Illegible] = field(default_factory=dict)
    _rows: dict[tuple[int, str, str], Mapping[str, list[tuple[str, Raw]]]] = field(default_factory=dict)
    _stays: dict[tuple[int, int, str, str], Told] = field(default_factory=dict)
    _members: dict[tuple[int, str, str], Mapping[str, list[Member]]] = field(default_factory=dict)
    _alike: dict[tuple[int, str, str], Mapping[str, list[str]]] = field(default_factory=dict)
    _unclear: dict[tuple[int, str, str], list[Fault]] = field(default_factory=dict)
    _blank: dict[tuple[int, str], Fault | None] = field(default_factory=dict)
    _vague: dict[tuple[int, str, str], dict[str, Fault]] = field(default_factory=dict)

    def value(self, index: int, group: k.RecordsTable, days: Sequence[Days] | None = None) -> str | Fault:
        """The group of a sort that somebody is in, on some days where these are said, or that they lead.

        Or the fault of none, or of two.
        """
        person, plan = self.people[index]
        if group.led:
            return person.employee
        stays = self.stays(index, group)
        if isinstance(stays, Fault):
            return stays
        within = stays if days is None else [one for one in stays if any(cut(_days(one), to) for to in days)]
        values = [*dict.fromkeys(stay.value for stay in within)]
        if len(values) == 1:
            return self._outside(index, group, [*map(_days, within)]) or values[0]
        facts: dict[str, Fact] = {"name": group.name, "who": shown(person.employee)}
        if not values:
            return Fault("P581", pointer=f"{person.pointer}/facts/{escaped(group.name)}", facts=facts)
        facts["values"] = _quoted(values)
        facts["by"] = f"{plan.checked.scope.words['by_working_days']} {group.name}"
        return Fault("P589", pointer=person.pointer, facts=facts)

    def members(self, group: k.RecordsTable, plan: Compiled, value: str, period: str) -> list[Member] | Fault:
        """Who is in a group, whoever leads it; below it too where it is of all levels."""
        known = self._known(group, plan, period)
        if unclear := self._unclear[id(plan), group.name, period]:
            return unclear[0]
        vague = self._vague[id(plan), group.name, period]
        if value in vague:
            return vague[value]
        if not group.deep:
            return known.get(value, [])
        found: dict[int, Member] = {}
        waiting = [*known.get(value, [])]
        while waiting:
            member = waiting.pop()
            below = self.people[member.index][0].employee
            if below in vague:
                return vague[below]
            if below == value:
                return Fault("P583", facts={"who": shown(value), "name": group.led})
            before = found.get(member.index)
            found[member.index] = member if before is None else _joined(before, member)
            waiting.extend(filter(None, (_both(member, one) for one in known.get(below, ()))))
        when = understood_period(period)
        return [_whole(found[index], when) for index in sorted(found)]

    def alike(self, group: k.RecordsTable, plan: Compiled, value: str, period: str) -> list[str]:
        """The groups of a sort that look as one does, in a period; none of those whom somebody leads."""
        key = id(plan), group.name, period
        if key not in self._alike:
            found: dict[str, list[str]] = {}
            for one in () if group.led else self._known(group, plan, period):
                found.setdefault(looks(one), []).append(one)
            self._alike[key] = found
        return [one for one in self._alike[key].get(looks(value), ()) if one != value]

    def _known(self, group: k.RecordsTable, plan: Compiled, period: str) -> Mapping[str, list[Member]]:
        """The members of each group of a sort, in a period."""
        key = id(plan), group.name, period
        if key not in self._members:
            when = understood_period(period)
            members: dict[str, list[Member]] = {}
            unclear = self._unclear[key] = []
            vague = self._vague[key] = {}
            once: dict[str, list[Person]] = {}
            for index, (person, _) in enumerate(self.people):
                own = understood_period(person.period)
                if when is None or (own is not None and own != when) or _again(once, person):
                    continue
                stays = self._told(index, group, when)
                if isinstance(stays, Torn):  # nobody else can be short of them, or have them too much
                    vague.update({stay.value: stays.fault for stay in stays.stays})
                    continue
                if isinstance(stays, Fault):
                    unclear.append(stays)
                    continue
                absences = self._absences(index, when)
                if isinstance(absences, Fault):
                    vague.update(dict.fromkeys((stay.value for stay in stays), absences))
                    absences = ()
                elsewhere = stays or wholly(absences, when) or self._away(index, group, when)
                if not elsewhere and self._lost(index, group):
                    unclear.append(_untold(person, group, self.unread.get(index)))
                days: dict[str, list[Days]] = {}
                for stay in stays:
                    days.setdefault(stay.value, []).append(_days(stay))
                for value, several in days.items():
                    if own is None or not person.employee:
                        vague[value] = _untold(person, group, self.unread.get(index))
                    absent = not without(several, [one.days for one in absences])
                    member = Member(index, tuple(several), len(days) > 1, absent)
                    members.setdefault(value, []).append(_whole(member, when))
            self._members[key] = members
        return self._members[key]

    def _outside(self, index: int, group: k.RecordsTable, days: Sequence[Days]) -> Fault | None:
        """That nothing of a group is somebody's who is absent on all of their days in it."""
        person, _ = self.people[index]
        when = understood_period(person.period)
        absences = () if when is None else self._absences(index, when)
        if isinstance(absences, Fault) or without(days, [one.days for one in absences]):
            return None
        facts: dict[str, Fact] = {"who": shown(person.employee), "name": group.name}
        return Fault("P593", pointer=person.pointer, facts=facts)

    def _absences(self, index: int, when: Period) -> tuple[Absence, ...] | Fault:
        """When somebody is absent."""
        person, plan = self.people[index]
        return () if person.tables is None else person.tables.absences(plan).of(person.employee, when)

    def _lost(self, index: int, group: k.RecordsTable) -> bool:
        """Whether somebody of whom no group is known may well be in one."""
        person, plan = self.people[index]
        unread = self.unread.get(index)
        if unread is not None:
            listed = person.tables is not None and group.told in person.tables.raw
            return unread.facts is None or not group.led or (listed and not person.employee)
        sort = sort_of(plan, person)
        kernel = plan.kernel if sort is None else plan.variant(sort).kernel
        return not group.led and any(kernel.tables[at].name == group.name for at in kernel.read_of)

    def _away(self, index: int, group: k.RecordsTable, when: Period) -> bool:
        """Whether tables say where somebody is, and it is on other days."""
        person, plan = self.people[index]
        child = plan.checked.scope.words.role_words["employee"]
        if self._listed(person, plan, group.told, child, person.employee, EVER):
            return True
        tables = {table.name: table for table in plan.kernel.tables}
        inside = [tables[name] for name in group.inside]
        return any(
            not self._said(person, plan, inner, when) and self._away(index, inner, when) for inner in inside
        )

    def stays(self, index: int, group: k.RecordsTable, when: Period | None = None) -> Stays:
        """Where somebody is on which days of their period, or of another where theirs cannot be read."""
        told = self._told(index, group, when)
        return told.fault if isinstance(told, Torn) else told

    def _told(self, index: int, group: k.RecordsTable, when: Period | None) -> Told:
        person, plan = self.people[index]
        when = understood_period(person.period) or when
        key = index, id(plan), group.name, "" if when is None else when.text
        if key not in self._stays:
            self._stays[key] = () if when is None else self._said(person, plan, group, when)
        return self._stays[key]

    def places(
        self, employee: str, tables: SentTables, plan: Compiled, group: k.RecordsTable, period: str
    ) -> Container[str]:
        """The groups of a sort in which somebody may be who is not among the people, by the tables."""
        when = understood_period(period)
        if not employee or when is None or group.deep:
            return ANYWHERE
        stays = self._said(Person(employee, period, {}, tables=tables), plan, group, when)
        if isinstance(stays, Fault) or not stays:
            return ANYWHERE
        return {stay.value for stay in (stays.stays if isinstance(stays, Torn) else stays)}

    def _said(self, person: Person, plan: Compiled, group: k.RecordsTable, when: Period) -> Told:
        """What the fact, the table and the groups inside say of it, which has to be one thing."""
        all_of_it = days_of(when)
        given = person.facts.get(group.told)
        child = plan.checked.scope.words.role_words["employee"]
        ways: list[Told] = []
        if given is not None and not isinstance(given, str):
            return _untold(person, group)
        if (nobody := self._nobody(person.tables, group, child)) is not None:
            return nobody
        if isinstance(given, str) and given.strip():
            ways.append((Stay(*all_of_it, given.strip()),))
        ways.append(self._listed(person, plan, group.told, child, person.employee, all_of_it))
        tables = {table.name: table for table in plan.kernel.tables}
        for inner in group.inside:
            ways.append(self._above(person, plan, group.name, tables[inner], when))
        every: list[Stay] = []
        torn: Fault | None = None
        for way in ways:
            if isinstance(way, Fault):
                return way
            stays = way.stays if isinstance(way, Torn) else way
            if isinstance(way, Torn):
                torn = torn or way.fault
            elif every and stays and way != tuple(every):
                facts: dict[str, Fact] = {
                    "who": shown(person.employee),
                    "name": group.told,
                    "values": _quoted((every[0].value, stays[0].value)),
                }
                torn = torn or Fault("P584", pointer=person.pointer, facts=facts)
            every.extend(stay for stay in stays if stay not in every)
        return tuple(every) if torn is None else Torn(torn, tuple(every))

    def _above(self, person: Person, plan: Compiled, name: str, inner: k.RecordsTable, when: Period) -> Told:
        """Where somebody is by the groups inside; those of a place and of another may be in one."""
        told = self._said(person, plan, inner, when)
        if isinstance(told, Fault):
            return told
        torn, stays = (told.fault, told.stays) if isinstance(told, Torn) else (None, told)
        through: list[Stay] = []
        placed = True
        for stay in stays:
            above = self._listed(person, plan, name, inner.name, stay.value, (stay.first, stay.last))
            if isinstance(above, Fault):
                return above
            if isinstance(above, Torn):
                torn, placed, above = above.fault, False, above.stays
            through.extend(above)
            placed = placed and bool(above)
        if torn is None:
            return _ordered(through)
        if placed and len({stay.value for stay in through}) == 1:
            first, last = min(stay.first for stay in through), max(stay.last for stay in through)
            return (Stay(first, last, through[0].value),)
        return Torn(torn, tuple(through))

    def _nobody(self, tables: SentTables | None, group: k.RecordsTable, child: str) -> Fault | None:
        """The fault of a row of a table that does not say who is where, the first of them."""
        if tables is None:
            return None
        key = id(tables), group.name
        if key not in self._blank:
            columns = (child, *group.inside)
            rows = enumerate(tables.raw.get(group.told, ()))
            blank = (at for at, row in rows if not any(text(row, column) for column in columns))
            at = next(blank, None)
            where = f"{tables.pointer}/{escaped(group.told)}/{at}"
            self._blank[key] = (
                None if at is None else Fault("P588", pointer=where, facts={"name": group.told})
            )
        return self._blank[key]

    def _listed(self, person: Person, plan: Compiled, name: str, column: str, child: str, days: Days) -> Told:
        """What a table says of somebody, or of a group, on some days."""
        tables = person.tables
        if tables is None or name not in tables.raw:
            return ()
        key = id(tables), name, column
        if key not in self._rows:
            rows: dict[str, list[tuple[str, Raw]]] = {}
            for at, row in enumerate(tables.raw[name]):
                where = f"{tables.pointer}/{escaped(name)}/{at}"
                rows.setdefault(text(row, column), []).append((where, row))
            self._rows[key] = rows
        found: list[Stay] = []
        for where, row in self._rows[key].get(child, ()):
            stay = _read(plan, row, name, where, days)
            if isinstance(stay, Fault):
                return replace(stay, facts={**stay.facts, "who": shown(child)})
            found.append(stay)
        stays = _ordered(stay for stay in found if stay.first <= stay.last)
        for one, other in pairwise(stays):
            if other.first != one.last + 1:
                facts: dict[str, Fact] = {"who": shown(child), "name": name}
                facts["values"] = _quoted((one.value, other.value))
                where = f"{tables.pointer}/{escaped(name)}"
                code = "P584" if other.first <= one.last else "P587"
                return Torn(Fault(code, pointer=where, facts=facts), stays)
        return stays


def _untold(person: Person, group: k.RecordsTable, unread: Illegible | None = None) -> Fault:
    """That nobody can tell whether somebody is in a group of a sort in a period."""
    number = person.pointer.rpartition("/")[2]
    line = str(int(number) + 1) if number.isascii() and number.isdecimal() else "1"
    in_table = unread is not None and unread.line is not None
    facts: dict[str, Fact] = {
        "who": shown(person.employee),
        "person": f"`{shown(person.employee)}`" if person.employee else ("phrase:unnamed",),
        "name": group.name,
        "unit": ("phrase:at_line" if in_table else "phrase:at_number",),
        "place": str(unread.line) if unread is not None and in_table else line,
    }
    return Fault("P590", pointer=person.pointer, facts=facts)


def _again(once: dict[str, list[Person]], person: Person) -> bool:
    """Whether somebody stands there already, with the same facts: then they are one."""
    before = once.setdefault(person.employee, [])
    if person.employee and any(_content(one) == _content(person) for one in before):
        return True
    before.append(person)
    return False


def _content(person: Person) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """What is said of somebody, however many spaces it is said with."""
    facts, targets = (
        {name: "".join(shown(given).split()) for name, given in table.items()}
        for table in (person.facts, person.targets)
    )
    return facts, targets


def _quoted(values: Iterable[str]) -> str:
    return ", ".join(f"`{shown(value)}`" for value in values)


def _read(plan: Compiled, row: Raw, name: str, where: str, days: Days) -> Stay | Fault:
    """A row, as far as it is of some days."""
    found = span(plan, row, where)
    if isinstance(found, Fault):
        return found
    if not (value := text(row, name)) or found[0] > found[1]:
        return Fault("P588", pointer=where, facts={"name": name})
    return Stay(max(found[0], days[0]), min(found[1], days[1]), value)


def _days(stay: Stay) -> Days:
    return stay.first, stay.last


def _ordered(stays: Iterable[Stay]) -> tuple[Stay, ...]:
    """Stays by their days; two that follow one another in one place are one."""
    found: list[Stay] = []
    for stay in sorted(stays, key=lambda stay: (stay.first, stay.last, stay.value)):
        if found and found[-1].value == stay.value and stay.first == found[-1].last + 1:
            found[-1] = Stay(found[-1].first, stay.last, stay.value)
        else:
            found.append(stay)
    return tuple(found)


def _both(above: Member, below: Member) -> Member | None:
    """Somebody who is below a member, on the days when both are where they are, if there are any."""
    moved = above.moved or below.moved
    if above.days is None or below.days is None:
        return replace(below, days=above.days or below.days, moved=moved)
    days = tuple(_common(above.days, below.days))
    return replace(below, days=days, moved=moved) if days else None


def _common(some: Iterable[Days], others: Sequence[Days]) -> Iterator[Days]:
    yield from (both for one in some for other in others if (both := cut(one, other)) is not None)


def _joined(one: Member, other: Member) -> Member:
    """Somebody who is below by several ways, on the days of all of them."""
    if one.days is None or other.days is None:
        return replace(one, days=None, moved=False)
    stays = _ordered(Stay(first, last, "") for first, last in (*one.days, *other.days))
    return replace(one, days=tuple(map(_days, stays)), moved=one.moved or other.moved)


def _whole(member: Member, when: Period | None) -> Member:
    """A member on all days of a period, where it is so."""
    if when is not None and member.days == (days_of(when),):
        return replace(member, days=None, moved=False)
    return member
