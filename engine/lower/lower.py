"""A checked plan to its kernel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import assert_never

from dsl import tree
from dsl.check import Checked
from dsl.check.pay import FIFTH
from dsl.check.scope import SALARY, Whole
from dsl.check.sequence import named as named_line
from dsl.place import NOWHERE, Place
from dsl.tree.clauses import first
from dsl.words import UNITS

from .. import kernel as k
from . import records
from .clauses import Clauses, acted, made
from .formula import formula, gathered, named, printed
from .kpi import attainment, earned, target
from .lowering import ZERO, Lowering, declared, fixed, natural, summed, where
from .tables import tables

Paying = tree.Salary | tree.Kpi | tree.Pay  # a line of pay that its author wrote
WAGES = frozenset({"salary", "piece"})  # pay for work done, which no order about bonuses reduces


def lower(checked: Checked) -> k.Kernel:
    """The kernel of a plan without errors, but those of its examples."""
    heading = checked.header
    if heading is None:
        raise ValueError("a plan with errors has no meaning")
    low = Lowering(checked, heading.digits, heading.law)
    listed = tables(low)
    _inputs(low)
    _computed(low)
    _lines(low)
    scope = checked.scope
    return k.Kernel(
        heading.version,
        heading.currency,
        heading.digits,
        heading.effect,
        heading.law,
        tuple(low.inputs),
        tuple(low.steps),
        tuple(low.lines),
        listed,
        tuple(low.at["figure", name] for name in scope.results),
    )


def _unit(low: Lowering, name: str) -> int | None:
    """How many seconds a bare number of a fact counts, where that is a duration and its line says so."""
    fact = low.checked.scope.facts.get(name)
    return None if fact is None or fact.unit is None else UNITS[fact.unit.unit or ""]


def _opens(low: Lowering, name: str) -> k.Opens | None:
    """By what a balance opens with nothing; None where the name is of none."""
    balance = low.checked.scope.balances.get(name)
    if balance is None:
        return None
    return k.Opens(balance.anew, None if balance.opened is None else balance.opened.month)


def _inputs(low: Lowering) -> None:
    entries: list[k.Input] = []
    for entry in low.checked.inputs.values():
        bounds = entry.bounds
        said = (entry.default, bounds.low, bounds.high) if bounds else (entry.default, None, None)
        default, least, most = (declared(one, entry.choices) for one in said)
        entries.append(
            k.Input(
                entry.name,
                "actual",
                entry.kind,
                entry.choices,
                entry.signed,
                default,
                low=least,
                high=most,
                unit=_unit(low, entry.name),
                sources=entry.sources,
                opens=_opens(low, entry.name),
            )
        )
    for kpi in low.checked.scope.kpis.values():
        planned = first(kpi.clauses, tree.Target)
        if planned is None or planned.personal:
            kind = low.checked.kinds[kpi.name.text]
            entries.append(
                k.Input(
                    kpi.name.text,
                    "target",
                    kind,
                    optional=planned is not None,
                    unit=_unit(low, kpi.name.text),
                )
            )
    # By name, so that the meaning does not hang on where in the text a fact is first met.
    low.inputs = sorted(entries, key=lambda entry: (entry.role, entry.name))
    low.actuals = {entry.name: index for index, entry in enumerate(low.inputs) if entry.role == "actual"}
    low.targets = {entry.name: index for index, entry in enumerate(low.inputs) if entry.role == "target"}


def _computed(low: Lowering) -> None:
    """The figures, targets, attainments and the salary, each after what it is computed from."""
    scope = low.checked.scope
    for what, name in low.checked.computed:
        match what:
            case "figure":
                line = scope.figures[name]
                value = _figure(low, line)
                if isinstance(line, tree.ResultLine) and value.kind == "money":
                    low.step("figure", name, *_whole(low, value, line.place))
                else:
                    low.step("figure", name, value)
            case "salary":
                if scope.salary is not None:
                    low.step("salary", name, formula(low, scope.salary.amount, "money"))
            case "line":
                _printed(low, name)
            case "section" | "together":
                _together(low, (what, name))
            case "target":
                low.step("target", name, *target(low, scope.kpis[name]))
            case "attainment":
                low.step("attainment", name, attainment(low, scope.kpis[name]))
            case _:
                assert_never(what)


def _whole(low: Lowering, value: k.Node, place: Place) -> tuple[k.Node, k.Made | None]:
    """An amount rounded to the minor unit, as it is printed; what the plan fixes may be so by itself."""
    unit = Fraction(1, 10**low.digits)
    if isinstance(value, k.Constant) and not value.value % unit:
        return value, None
    return k.Rounded(value, unit, "nearest", kind="money", place=place), k.Made(value)


def _figure(low: Lowering, line: tree.Figure) -> k.Node:
    """The value of a figure; what is drawn from records has its name."""
    if not isinstance(line.value, tree.Records):
        return formula(low, line.value)
    return gathered(low, line.value, low.checked.kinds.of(line.value), line.name.text)


# ── Lines of pay ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class Jointly:
    """Lines that clauses hold for together: a section's, the bonus's, the variable pay's, all."""

    name: str
    clauses: Clauses
    place: Place
    lines: list[int] = field(default_factory=list)


def _lines(low: Lowering) -> None:
    """The lines of pay in the author's order; a clause of several lines makes one after the last of them."""
    scope = low.checked.scope
    statements = scope.plan.statements
    if scope.bonus is not None:
        _pool(low, scope.bonus)
    variable, total = _group("variable", scope.variable), _group("total", scope.total)
    bonus = _group("bonus", scope.bonus)
    last_kpi = max((index for index, one in enumerate(statements) if isinstance(one, tree.Kpi)), default=-1)
    section: Jointly | None = None
    for index, statement in enumerate(statements):
        match statement:
            case tree.Section() | tree.SectionEnd():
                _settle(low, section, [bonus, variable, total])
                section = None
                if isinstance(statement, tree.Section):
                    section = _group(statement.name.text, statement)
            case tree.Salary():
                _enter(low, _line(low, statement), [total])
            case tree.Kpi() if scope.bonus is not None:
                _enter(low, _line(low, statement), [*([section] if section else []), bonus, variable, total])
            case tree.Pay(word="reduction"):
                pass  # taken off what is due, when all else is known
            case tree.Pay():
                _enter(low, _line(low, statement), [variable, total])
            case _:
                pass
        if index == last_kpi:
            _settle(low, section, [bonus, variable, total])
            section = None
            _settle(low, bonus, [variable, total])
    _settle(low, variable, [total])
    _settle(low, total, [])
    for statement in statements:
        if isinstance(statement, tree.Pay) and statement.word == "reduction":
            _enter(low, _line(low, statement), [])


def _group(name: str, line: tree.Bonus | tree.Section | tree.Variable | tree.Total | None) -> Jointly:
    return Jointly(name, (), Place(0, 0)) if line is None else Jointly(name, line.clauses, line.place)


def _enter(low: Lowering, line: k.PayLine, groups: Sequence[Jointly]) -> None:
    for group in groups:
        group.lines.append(len(low.lines))
    low.lines.append(line)


def _line(low: Lowering, line: Paying) -> k.PayLine:
    """A line of pay; one that a formula names has its amount already."""
    name, place = named_line(low.checked.scope, line), line.place
    amount = low.earlier("printed", name, place) if ("printed", name) in low.at else _amount(low, line)
    step = low.steps[amount.index] if isinstance(amount, k.Earlier) else None
    reckoned = step.made.base if step and step.made and step.role == "printed" else amount
    match line:
        case tree.Salary():
            return k.PayLine(name, "salary", amount, place=place, reckoned=reckoned)
        case tree.Kpi():
            whose = first(line.clauses, tree.Applies)
            applies = None if whose is None else formula(low, whose.condition)
            index = low.at["attainment", name]
            return k.PayLine(name, "kpi", amount, index, applies, place=place, reckoned=reckoned)
        case _:
            limits = low.limits.get(name, ())
            return k.PayLine(name, line.word, amount, place=place, reckoned=reckoned, limits=limits)


def _printed(low: Lowering, name: str) -> None:
    """What a line that a formula names comes to as it is printed; a whole constant is so by itself."""
    scope, digits = low.checked.scope, low.digits
    salary = scope.salary if name == SALARY else None
    line: Paying = salary or scope.kpis.get(name) or scope.pays[name]
    amount, unit = _amount(low, line), Fraction(1, 10**digits)
    value = low.steps[amount.index].value if isinstance(amount, k.Earlier) else amount
    if isinstance(amount, k.Earlier) and isinstance(value, k.Constant) and not value.value % unit:
        low.at["printed", name] = amount.index
    else:
        rounded = k.Rounded(amount, unit, "nearest", kind="money", place=line.place)
        low.step("printed", name, rounded, k.Made(amount))


def _together(low: Lowering, whole: Whole) -> None:
    """What several lines come to as they are printed, with what their clauses take off or add."""
    scope, (what, name) = low.checked.scope, whole
    amounts: list[k.Node] = []
    for part in scope.parts(whole):
        if isinstance(part, tuple):
            amounts.append(low.earlier(*part, NOWHERE))
        else:
            amounts.append(printed(low, named_line(scope, part), part.place))
    value = summed(amounts)
    for clause in scope.settling(whole):
        value = low.step("earned", name, value)
        more = k.Arithmetic("-", made(low, value, clause, None)[0], value, kind="money", place=clause.place)
        line = k.Rounded(more, Fraction(1, 10**low.digits), "nearest", kind="money", place=clause.place)
        value = k.Arithmetic("+", value, line, kind="money", place=clause.place)
    low.step(what, name, value)


def _amount(low: Lowering, line: Paying) -> k.Node:
    """What a line of pay comes to, before it is rounded."""
    name = named_line(low.checked.scope, line)
    match line:
        case tree.Salary():
            return acted(low, name, low.earlier("salary", SALARY, line.place), line, None)
        case tree.Kpi():
            scope = low.checked.scope
            assert scope.bonus is not None
            amount = earned(low, line, _pool(low, scope.bonus), scope.section_of(line))
            return acted(low, name, amount, line, low.earlier("share", name, line.place))
        case tree.Pay():
            return _pay(low, line, name)
        case _:
            assert_never(line)


def _pool(low: Lowering, bonus: tree.Bonus) -> k.Node:
    """What is paid when every KPI stands at 100 %."""
    return low.once("pool", "bonus", bonus.pool.place, lambda: formula(low, bonus.pool, "money"))


def _each(low: Lowering, pay: tree.Pay, name: str, amount: tree.Records) -> k.Node:
    """What each of some records is paid, with the clauses that hold for each, in all."""
    assert amount.value is not None
    value = formula(low, amount.value, "money")
    for one in records.each(pay.clauses):
        limit = formula(low, one.limit, "money") if isinstance(one, tree.Cap | tree.Floor) else value
        value = records.limited(value, one, limit, one.place)
    where_ = None if amount.where is None else formula(low, amount.where)
    drawn = records.records(low, amount, value, where_, "money", name)
    return low.step("drawn", name, drawn)


def _pay(low: Lowering, pay: tree.Pay, name: str) -> k.Node:
    if isinstance(pay.amount, tree.Records) and pay.amount.word == "each":
        amount = _each(low, pay, name, pay.amount)
    else:
        amount = formula(low, pay.amount, "money")
    if pay.word in {"milestone", "piece"}:
        assert pay.name is not None
        done = named(low, pay.name)
        if done.kind == "yes_no":
            amount = where(done, amount, "money", pay.place)
        else:
            amount = k.Arithmetic("*", amount, done, kind="money", place=pay.place)
    amount = acted(low, name, amount, pay, None)
    if pay.word == "draw":
        return _drawn(low, pay, name, amount)
    if pay.within is not None:
        return _recovered(low, pay, name, amount)
    return _reduced(low, pay, name, amount) if pay.word == "reduction" else amount


def _recovered(low: Lowering, pay: tree.Pay, name: str, owed: k.Node) -> k.Node:
    """What is netted of what is owed: no more than is left of its line; the rest is carried."""
    assert pay.within is not None
    place, left = owed.place, _left(low, pay, pay.within.place)
    most = natural(left, "money", place)
    least = k.Extreme("min", (owed, most), kind="money", place=place)
    low.limits[name] = (k.Netted(owed, most, least, left=left),)
    return _taken(least, place)


def _drawn(low: Lowering, pay: tree.Pay, name: str, promised: k.Node) -> k.Node:
    """What its line lacks of a draw, less what the line has more than it: of that, no more than is owed."""
    assert pay.within is not None
    scope, place = low.checked.scope, pay.amount.place
    left, nothing = _left(low, pay, pay.within.place), fixed(ZERO, "money", place)
    lacks: k.Node = k.Arithmetic("-", promised, left, kind="money", place=place)
    balance, most = scope.against(pay), scope.ceiling(pay)
    paid, opening, room, back = lacks, None, None, nothing
    if balance is not None:
        opening = low.own(balance.name.text + tree.OPENING, place)
        back = k.Arithmetic("-", nothing, opening, kind="money", place=place)
        if most is not None:
            more = k.Arithmetic("-", formula(low, most, "money"), opening, kind="money", place=most.place)
            least = (lacks, natural(more, "money", most.place))
            paid = room = k.Extreme("min", least, kind="money", place=place)
    held = k.Extreme("max", (paid, back), kind="money", place=place)
    low.limits[name] = (k.Advanced(promised, left, held, left=left, lacks=lacks, opening=opening, room=room),)
    return held


def _left(low: Lowering, pay: tree.Pay, place: Place) -> k.Node:
    """What recoveries before leave of the line that one is within."""
    scope = low.checked.scope
    before = scope.before.get(scope.line_name(pay))
    if before is None:
        assert pay.within is not None
        return printed(low, scope.named_line(pay.within) or "", place)
    name = scope.line_name(before)
    if name not in scope.before:
        left = _left(low, before, place)
    else:
        # A step, so that the next one has not to add up anew what all before it took.
        left = low.once("left", name, place, lambda: _left(low, before, place))
    return k.Arithmetic("+", left, printed(low, name, place), kind="money", place=place)


def _reduced(low: Lowering, pay: tree.Pay, name: str, order: k.Node) -> k.Node:
    """What an order takes off: never more than the bonuses, and by law no more than a fifth of the pay.

    The salary, and pay for pieces of work, are no bonus.
    """
    place, scope = pay.place, low.checked.scope
    due: k.Node
    if ("together", "due") in low.at:  # where something is worked out from it, it is no line yet
        due = low.earlier("together", "due", place)
        wages = [one for one in (scope.salary, *scope.pays.values()) if one is not None and _wage(one)]
        earned = summed([printed(low, named_line(scope, one), place) for one in wages])
        paid: k.Node = k.Arithmetic("-", due, earned, kind="money", place=place)
    else:
        due = k.Paid(tuple(range(len(low.lines))), kind="money", place=place)
        bonuses = tuple(index for index, line in enumerate(low.lines) if line.kind not in WAGES)
        paid = k.Paid(bonuses, kind="money", place=place)
    accrued = natural(paid, "money", place)
    least = k.Extreme("min", (order, accrued), kind="money", place=place)
    low.limits[name] = (k.Limit(order, accrued, least),)
    if low.law == "RF":
        share = fixed(FIFTH, "percent", place)
        fifth = k.Arithmetic("*", share, due, kind="money", place=place)
        lawful = k.Extreme("min", (least, fifth), kind="money", place=place)
        low.limits[name] += (k.Lawful(least, fifth, lawful, share=share, due=due),)
        least = lawful
    return _taken(least, place)


def _wage(line: Paying) -> bool:
    """Whether a line is pay for work done."""
    return isinstance(line, tree.Salary) or (isinstance(line, tree.Pay) and line.word == "piece")


def _taken(least: k.Node, place: Place) -> k.Node:
    """What is taken off: nothing where it would add."""
    nothing = fixed(ZERO, "money", place)
    taken = k.Clamp(least, nothing, kind="money", place=place)
    return k.Arithmetic("-", nothing, taken, kind="money", place=place)


def _settle(low: Lowering, group: Jointly | None, above: Sequence[Jointly]) -> None:
    """The lines that a group's caps, floors and roundings come to: what they take off, or add."""
    if group is None or not group.lines:
        return
    for one in group.clauses:
        kind = SETTLING.get(type(one))
        if kind is None:
            continue
        paid = k.Paid(tuple(group.lines), kind="money", place=one.place)
        after, by = made(low, paid, one, None)
        amount = k.Arithmetic("-", after, paid, kind="money", place=one.place)
        name = f"{group.name}_{kind}"
        line = k.PayLine(
            name, kind, amount, of=group.name, place=one.place, reckoned=amount, after=after, made=by
        )
        group.lines.append(len(low.lines))
        _enter(low, line, above)
    group.lines.clear()


SETTLING: dict[type[tree.Clause], k.LineKind] = {
    tree.Cap: "cap",
    tree.Floor: "floor",
    tree.Rounding: "rounding",
}
