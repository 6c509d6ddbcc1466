"""What a change comes to for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dsl.diff import Change, Item, Unit
from dsl.faults import Fault
from dsl.words import Lang
from engine.bridge.answer import ChangedLine
from engine.bridge.results import differing
from engine.compare import Between, PaidTwice, compared, cost, lines, orders, tries
from engine.compile import Compiled
from engine.evaluate import Result
from engine.money import Money
from engine.statement.answer import Unpaid
from engine.statement.show import titled

from ..documents import found, said
from ..files import People
from .answer import ComparedPeople, ComparedPerson, DoubtfulPerson, OddPerson, PartOfCost
from .money import Words

PLAIN = frozenset({"prose", "allow", "order"})  # what has no name of the author's


def paid(both: Between, people: People, lang: Lang, words: Words) -> ComparedPeople:
    """Everybody under both plans, and all together; whoever cannot be read is listed with the reason."""
    if both.old.kernel.currency != both.new.kernel.currency:
        currencies = {"old": both.old.kernel.currency, "new": both.new.kernel.currency}
        faults = found([Fault("P721", facts=currencies)], None, lang)
        # No amount can be held against another.
        return ComparedPeople(faults, None, None, None, None, 0, 0, 0, (), None, None, (), (), (), (), (), ())
    entries = [*people]
    sets = tries(both, len(entries))
    read = compared(both, [entry.person for entry in entries if entry.person is not None], sets)
    unread = (
        Unpaid(entry.employee or None, entry.period or None, found(entry.faults, None, lang))
        for entry in entries
        if entry.person is None
    )
    whole, digits = cost(both, read), both.new.kernel.digits
    changed = [one for one in read if one.delta is not None]
    changed.sort(key=lambda one: (-abs(one.delta or 0), one.person.employee, one.person.period))
    return ComparedPeople(
        (),
        both.new.kernel.currency,
        Money(whole.old, digits),
        Money(whole.new, digits),
        Money(whole.new - whole.old, digits),
        whole.gain,
        whole.lose,
        whole.same,
        tuple(
            PartOfCost(unit_heading(unit, lang, words), Money(part, digits))
            for unit, part in zip(both.changes, whole.parts, strict=True)
        ),
        Money(whole.unsplit, digits),
        orders(len(both.changes), sets),
        tuple(_row(both, one, lang) for one in changed),
        tuple(_odd(both, read, (True, False), lang)),
        tuple(_odd(both, read, (False, True), lang)),
        tuple(row for one in read if (row := _doubtful(one, lang)) is not None),
        found(people.notices, None, lang),
        (*unread, *_odd(both, read, (False, False), lang)),
    )


def unit_heading(unit: Unit, lang: Lang, words: Words) -> str:
    """Changes that are made together, in a row: `calls: weight 20% → weight 10%`."""
    return "; ".join(_made(item, changes, lang, words) for item, changes in unit.parts)


def called(item: Item, words: Words) -> str:
    """What something declared is called: `KPI calls`."""
    what, name = item.key
    kind = words[f"what_{what}"]
    return f"{kind} {words['name'].format(name=name)}" if name and what not in PLAIN else kind


def _made(item: Item, changes: Sequence[Change], lang: Lang, words: Words) -> str:
    name = called(item, words)
    if not changes:
        return f"{item.sign} {name}"
    texts = [
        f"{change.old.text(lang) if change.old else words['none']} → "
        f"{change.new.text(lang) if change.new else words['none']}"
        for change in changes
    ]
    return f"{name}: {', '.join(texts)}"


def _odd(both: Between, read: Iterable[PaidTwice], pay: tuple[bool, bool], lang: Lang) -> Iterator[OddPerson]:
    """Those whom just so the old plan and the new one can `pay`."""
    for one in read:
        if (isinstance(one.old, Result), isinstance(one.new, Result)) == pay:
            yield _alone(both, one, lang)


def _row(both: Between, one: PaidTwice, lang: Lang) -> ComparedPerson:
    """Somebody whom both plans pay: the totals, the lines that differ, and what each change makes of it."""
    assert isinstance(one.old, Result)
    assert isinstance(one.new, Result)
    digits = both.new.kernel.digits
    before, after = (lines(side.kernel, side.amounts) for side in (one.old, one.new))
    sides = ((key, before.get(key, 0), after.get(key, 0)) for key in dict.fromkeys([*after, *before]))
    changed = (
        ChangedLine(
            key[0],
            titled((both.new if key in after else both.old).checked.scope, key[0], lang),
            *_amounts(old, new, digits),
        )
        for key, old, new in sides
        if old != new
    )
    results = differing(one.old, one.new, lang, {})  # the older plan is under the new names already
    totals = _amounts(one.old.total, one.new.total, digits)
    parts = None if one.parts is None else tuple(Money(part, digits) for part in one.parts)
    return ComparedPerson(one.person.employee, _period(one), *totals, parts, tuple(changed), results)


def _amounts(old: int, new: int, digits: int) -> tuple[Money, Money, Money]:
    """What was, what is, and the change."""
    return Money(old, digits), Money(new, digits), Money(new - old, digits)


def _doubtful(one: PaidTwice, lang: Lang) -> DoubtfulPerson | None:
    """What is to be said of somebody beside their amounts, whichever plan it is by."""
    results = [side for side in (one.old, one.new) if isinstance(side, Result)]
    told = tuple(dict.fromkeys(text for result in results for text in said(result, lang)))
    return DoubtfulPerson(one.person.employee, _period(one), told) if told else None


def _period(one: PaidTwice) -> str:
    """The period of somebody, as it was read."""
    sides = (side.facts.period.text for side in (one.new, one.old) if isinstance(side, Result))
    return next(sides, one.person.period)


def _alone(both: Between, one: PaidTwice, lang: Lang) -> OddPerson:
    """Somebody whom one of the plans, or neither, can pay: by how much, and why the other cannot."""
    digits = both.new.kernel.digits
    sides: Sequence[tuple[Compiled, Result | tuple[Fault, ...]]] = ((both.old, one.old), (both.new, one.new))
    total = next((Money(side.total, digits) for _, side in sides if isinstance(side, Result)), None)
    faults = tuple(
        fault
        for plan, side in sides
        if not isinstance(side, Result)
        for fault in found(side, plan.source, lang)
    )
    return OddPerson(one.person.employee, _period(one), total, faults)
