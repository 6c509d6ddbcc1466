"""Why pay changed, as data: every change with its amount, line by line, and a sentence for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dsl.data import phrases
from dsl.diff import Unit
from dsl.words import Lang

from ..facts.values import shown
from ..money import Money
from ..statement import script
from ..statement.besides import money, signed
from ..statement.results import machine
from ..statement.show import quantity, titled
from .answer import BridgeChange, BridgePart, BridgePerson, BridgeSide, ChangedLine, What, plan_of
from .bridge import Amounts, Bridge, Influence, Line
from .others import beside
from .results import differing
from .sides import Differs, Side, counting, worked

Words = Mapping[str, str]
TARGETS = frozenset({"target"})
TIME = frozenset({"prorated", "target_prorated"})
PLAN = {
    "salary": "plan_salary",
    "bonus": "plan_bonus",
    "variable": "plan_variable",
    "total": "plan_total",
    "order": "plan_order",
    "currency": "plan_currency",
}
SENTENCES = {  # of what was something else before, what has come, and what is gone
    "fact": ("fact", "fact_came", "fact_went"),
    "target": ("target", "target_came", "target_went"),
    "time": ("time", "time_came", "time_went"),
    "plan": ("plan", "plan_came", "plan_went"),
    "records": ("records", "records", "records"),
    "colleagues": ("colleagues",),
    "period": ("period",),
    "together": ("together",),
}


def words(lang: Lang) -> Words:
    """The words of bridges in a language."""
    return phrases(__package__, lang)


def document(found: Bridge, lang: Lang) -> BridgePerson:
    """A bridge in the reader's language; a loss has a minus."""
    digits, labels = found.both.new.kernel.digits, _labels(found, lang)
    keys = {**found.after, **found.before}
    paid = {key: (found.before.get(key, 0), found.after.get(key, 0)) for key in keys}
    lines = tuple(
        ChangedLine(key[0], labels[key], *(Money(minor, digits) for minor in (was, now, now - was)))
        for key, (was, now) in paid.items()
        if was or now or not key[1]
    )
    return BridgePerson(
        found.new.result.facts.employee,
        found.both.new.kernel.currency,
        _side(found.old, found.before, digits),
        _side(found.new, found.after, digits),
        Money(found.amount, digits),
        lines,
        tuple(_change(found, change, labels, lang) for change in found.changes),
        found.orders,
        _summary(found, lang),
        results=differing(found.old.result, found.new.result, lang, found.both.difference.renamed),
    )


def _side(side: Side, paid: Amounts, digits: int) -> BridgeSide:
    period, total = side.result.facts.period.text, Money(sum(paid.values()), digits)
    return BridgeSide(period, total, plan_of(side.result.compiled))


def _labels(found: Bridge, lang: Lang) -> Mapping[Line, str]:
    """What a reader calls each line, the newer plan's word first."""
    return {
        (renamed.get(part.line.name, part.line.name), part.line.of): part.label
        for side, renamed in ((found.old, found.both.difference.renamed), (found.new, {}))
        for part in script(side.result, lang).parts
    }


# ── One change ───────────────────────────────────────────────────────────────────────────────────────────


def _change(found: Bridge, change: Influence, labels: Mapping[Line, str], lang: Lang) -> BridgeChange:
    digits = found.both.new.kernel.digits
    what, name, label = _subject(found, change, lang)
    old, new = _values(found, change, lang)
    was, now = (_exact(side, change.differs) for side in (found.old, found.new))
    parts = tuple(
        BridgePart(key[0], labels.get(key, key[0]), Money(part, digits)) for key, part in change.parts.items()
    )
    # Which records count is decided by the period: where that is another, both are told together.
    before, after = (one.person.period for one in (found.old, found.new))
    dated = what == "records" and before != after and counting(found.both)
    said = words(lang)["records_dated" if dated else SENTENCES[what][0 if old and new else 1 if new else 2]]
    amount = Money(change.amount, digits)
    quoted = "`{}`" if change.unit else "{}"
    told = {"old": quoted.format(old), "new": quoted.format(new), "amount": signed(amount, lang)}
    told |= {"before": before, "after": after}
    sentence = said.format(label=label, **told)
    if len(parts) > 1:
        listed = "; ".join(f"{part.label} {signed(part.amount, lang)}" for part in parts)
        sentence += words(lang)["of_it"].format(lines=listed)
    return BridgeChange(what, name, label, old, new, was, now, amount, parts, sentence)


def _subject(found: Bridge, change: Influence, lang: Lang) -> tuple[What, str, str]:
    """What changed: the sort, the name, and what people call it."""
    both = found.both
    if change.differs is not None:
        name = change.differs.key[1]
        label = _label(found, name, lang)
        if change.what == "fact" and name in worked(both.new) | worked(both.old):
            return "time", name, label
        return change.what, name, label
    if change.what == "records":
        names = [table.name for table in both.new.kernel.sent] or [
            table.name for table in both.old.kernel.sent
        ]
        return change.what, ", ".join(names), ", ".join(_label(found, name, lang) for name in names)
    if change.what == "colleagues":
        groups = sorted(both.new.kernel.groups or both.old.kernel.groups)
        return change.what, ", ".join(groups), ", ".join(_label(found, name, lang) for name in groups)
    if change.unit is None:
        return change.what, "", words(lang)["period_label" if change.what == "period" else "together_label"]
    item = change.unit.parts[0][0]
    slots = {part.slot for _, changes in change.unit.parts for part in changes}
    what: What = "target" if slots and slots <= TARGETS else "time" if slots and slots <= TIME else "plan"
    name = item.key[1] or item.key[0]
    key = PLAN.get(item.key[0])
    return what, name, _label(found, name, lang) if key is None else words(lang)[key]


def _label(found: Bridge, name: str, lang: Lang) -> str:
    """What people call a name: the newer plan, or else the older one."""
    newer, older = (titled(plan.checked.scope, name, lang) for plan in (found.both.new, found.both.old))
    return newer if newer != name else older


def _values(found: Bridge, change: Influence, lang: Lang) -> tuple[str, str]:
    """What it was and what it is."""
    if change.differs is not None:
        return _given(found.old, change.differs, lang), _given(found.new, change.differs, lang)
    if change.unit is not None:
        old, new = ("; ".join(_written(change.unit, lang, older=older)) for older in (True, False))
        return old, new
    if change.what == "records":
        return _counted(found.old), _counted(found.new)
    if change.what == "colleagues":
        older, newer = beside(found.both, (found.old, found.new), found.others)
        return str(older), str(newer)
    if change.what == "period":
        return found.old.person.period, found.new.person.period
    return words(lang)["together_old"], words(lang)["together_new"]


def _counted(side: Side) -> str:
    """How many records of each table count."""
    tables = zip(side.result.kernel.tables, side.result.facts.records, strict=True)
    return "; ".join(str(len(rows)) for table, rows in tables if not table.group)


def _given(side: Side, differs: Differs, lang: Lang) -> str:
    """A fact as it was understood."""
    exact, entry = side.exact.get(differs.key), differs.entry
    if exact is not None and not entry.choices:
        return quantity(exact, entry.kind, lang)[0]
    raw = side.given[differs.key]
    return words(lang)["not_given"] if raw is None else shown(raw)


def _exact(side: Side, differs: Differs | None) -> str | None:
    """A fact as machines read it; None of what is none, or a choice, or was not given."""
    if differs is None or differs.entry.choices or (value := side.exact.get(differs.key)) is None:
        return None
    return machine(value, differs.entry.kind)


def _written(unit: Unit, lang: Lang, *, older: bool) -> Iterator[str]:
    """The parts of a plan that changed, as a plan in the reader's language has them."""
    for item, changes in unit.parts:
        if changes:
            parts = [change.old if older else change.new for change in changes]
        else:
            thing = item.old if older else item.new
            parts = [*thing.parts] if thing else []
        yield from (part.text(lang) for part in parts if part is not None)


# ── The whole ────────────────────────────────────────────────────────────────────────────────────────────


def _summary(found: Bridge, lang: Lang) -> str:
    digits, currency = found.both.new.kernel.digits, found.both.new.kernel.currency
    before, after = sum(found.before.values()), sum(found.after.values())
    name = "same" if before == after else "more" if before < after else "less"
    said = words(lang)[name].format(
        by=money(Money(abs(after - before), digits), lang),
        currency=currency,
        old=money(Money(before, digits), lang),
        new=money(Money(after, digits), lang),
        before=found.old.person.period,
        after=found.new.person.period,
    )
    if found.orders is None:
        return said
    return f"{said} {words(lang)['sampled'].format(orders=found.orders)}"
