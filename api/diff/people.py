"""What a change comes to for people, as data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dsl.diff import Change, Item, Unit
from dsl.faults import Fault
from dsl.words import Lang
from engine.compare import Between, Compared, compared, cost, lines, orders, tries
from engine.compiled import Compiled
from engine.evaluate import Result
from engine.money import plain

from ..documents import found, label_of, said
from ..files import Entry
from .vocabulary import Words, called

Document = dict[str, object]

# What can be said where no amount can be held against another.
NOTHING: Document = {
    **dict.fromkeys(("currency", "old", "new", "change", "unsplit", "orders")),
    **dict.fromkeys(("gain", "lose", "same"), 0),
    **{name: [] for name in ("parts", "rows", "only_old", "only_new", "neither", "doubtful", "notices")},
}


def paid(
    both: Between, people: Iterable[Entry], lang: Lang, words: Words, notices: Sequence[Fault] = ()
) -> Document:
    """Everybody under both plans, and all together; whoever cannot be read is listed with the reason."""
    if both.old.kernel.currency != both.new.kernel.currency:
        currencies = {"old": both.old.kernel.currency, "new": both.new.kernel.currency}
        return {**NOTHING, "faults": found([Fault("P721", facts=currencies)], None, lang)}
    entries = [*people]
    sets = tries(both, len(entries))
    read: list[Compared] = []
    unread: list[Document] = []
    for entry in entries:
        if entry.person is None:
            who: Document = {"employee": entry.employee or None, "period": entry.period or None}
            unread.append({**who, "faults": found(entry.faults, None, lang)})
        else:
            read.extend(compared(both, [entry.person], sets))
    whole, digits = cost(both, read), both.new.kernel.digits
    changed = [one for one in read if one.delta is not None]
    changed.sort(key=lambda one: (-abs(one.delta or 0), one.person.employee, one.person.period))
    return {
        "faults": [],
        "currency": both.new.kernel.currency,
        "old": plain(whole.old, digits),
        "new": plain(whole.new, digits),
        "change": plain(whole.new - whole.old, digits),
        "gain": whole.gain,
        "lose": whole.lose,
        "same": whole.same,
        "parts": [
            {"heading": unit_heading(unit, lang, words), "change": plain(part, digits)}
            for unit, part in zip(both.changes, whole.parts, strict=True)
        ],
        "unsplit": plain(whole.unsplit, digits),
        "orders": orders(len(both.changes), sets),
        "rows": [_row(both, one, lang) for one in changed],
        "only_old": [_alone(both, one, lang) for one in read if _pays(one) == (True, False)],
        "only_new": [_alone(both, one, lang) for one in read if _pays(one) == (False, True)],
        "doubtful": [row for one in read if (row := _doubtful(one, lang)) is not None],
        "notices": found(notices, None, lang),
        "neither": [*unread, *(_alone(both, one, lang) for one in read if _pays(one) == (False, False))],
    }


def unit_heading(unit: Unit, lang: Lang, words: Words) -> str:
    """Changes that are made together, in a row: `calls: weight 20% → weight 10%`."""
    return "; ".join(_made(item, changes, lang, words) for item, changes in unit.parts)


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


def _pays(one: Compared) -> tuple[bool, bool]:
    return isinstance(one.old, Result), isinstance(one.new, Result)


def _row(both: Between, one: Compared, lang: Lang) -> Document:
    """Somebody whom both plans pay: the totals, the lines that differ, and what each change makes of it."""
    assert isinstance(one.old, Result)
    assert isinstance(one.new, Result)
    digits = both.new.kernel.digits
    before, after = lines(one.old), lines(one.new)
    keys = [*after, *(key for key in before if key not in after)]
    return {
        "employee": one.person.employee,
        "period": _period(one),
        "old": plain(one.old.total, digits),
        "new": plain(one.new.total, digits),
        "change": plain(one.new.total - one.old.total, digits),
        "parts": None if one.parts is None else [plain(part, digits) for part in one.parts],
        "lines": [
            {
                "name": name,
                "label": _label(both, (name, of), after, lang),
                "old": plain(before.get((name, of), 0), digits),
                "new": plain(after.get((name, of), 0), digits),
                "change": plain(after.get((name, of), 0) - before.get((name, of), 0), digits),
            }
            for name, of in keys
            if after.get((name, of), 0) != before.get((name, of), 0)
        ],
    }


def _doubtful(one: Compared, lang: Lang) -> Document | None:
    """What is to be said of somebody beside their amounts, whichever plan it is by."""
    results = [side for side in (one.old, one.new) if isinstance(side, Result)]
    told = list(dict.fromkeys(text for result in results for text in said(result, lang)))
    return {"employee": one.person.employee, "period": _period(one), "said": told} if told else None


def _period(one: Compared) -> str:
    """The period of somebody, as it was read."""
    sides = (side.facts.period.text for side in (one.new, one.old) if isinstance(side, Result))
    return next(sides, one.person.period)


def _label(both: Between, key: tuple[str, str], after: object, lang: Lang) -> str:
    known = isinstance(after, dict) and key in after
    return label_of(both.new if known else both.old, key[0], lang)


def _alone(both: Between, one: Compared, lang: Lang) -> Document:
    """Somebody whom one of the plans, or neither, can pay: by how much, and why the other cannot."""
    digits = both.new.kernel.digits
    who: Document = {"employee": one.person.employee, "period": _period(one)}
    sides: Sequence[tuple[Compiled, Result | tuple[Fault, ...]]] = ((both.old, one.old), (both.new, one.new))
    total = next((side.total for _, side in sides if isinstance(side, Result)), None)
    faults = [
        fault
        for plan, side in sides
        if not isinstance(side, Result)
        for fault in found(side, plan.source, lang)
    ]
    return {**who, "total": None if total is None else plain(total, digits), "faults": faults}
