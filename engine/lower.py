"""A checked plan to its kernel: all sugar dies here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal, TypeVar, assert_never

from dsl import tree
from dsl.check import Checked
from dsl.check.constant import constant
from dsl.source import Place
from dsl.words import KindName

from . import kernel as k

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(slots=True)
class Lowering:
    """A kernel in the making: its steps so far, and where each name's value is to be found."""

    checked: Checked
    inputs: list[k.Input] = field(default_factory=list)
    steps: list[k.Step] = field(default_factory=list)
    actuals: dict[str, int] = field(default_factory=dict)
    targets: dict[str, int] = field(default_factory=dict)
    at: dict[tuple[k.Role, str], int] = field(default_factory=dict)

    def step(self, role: k.Role, name: str, value: k.Node) -> k.Node:
        """Enter a step; the operation that reads it."""
        self.at[role, name] = len(self.steps)
        self.steps.append(k.Step(role, name, value))
        return self.earlier(role, name, value.place)

    def earlier(self, role: k.Role, name: str, place: Place) -> k.Node:
        """The operation that reads a step."""
        index = self.at[role, name]
        return k.Earlier(index, kind=self.steps[index].value.kind, place=place)


def lower(checked: Checked) -> k.Kernel:
    """The kernel of a plan without errors."""
    if checked.broken or checked.header is None:
        raise ValueError("a plan with errors has no meaning")
    low = Lowering(checked)
    _inputs(low)
    scope = checked.scope
    for what, name in checked.computed:
        match what:
            case "figure":
                low.step("figure", name, _expr(low, scope.figures[name].value))
            case "salary":
                if scope.salary is not None:
                    low.step("salary", name, _expr(low, scope.salary.amount, "money"))
            case "target":
                low.step("target", name, _target(low, scope.kpis[name]))
            case "attainment":
                low.step("attainment", name, _attainment(low, scope.kpis[name]))
            case _:
                assert_never(what)
    lines = tuple(_lines(low))
    heading = checked.header
    return k.Kernel(
        heading.version,
        heading.currency,
        heading.digits,
        heading.effect,
        tuple(low.inputs),
        tuple(low.steps),
        lines,
    )


def _inputs(low: Lowering) -> None:
    entries: list[k.Input] = []
    for entry in low.checked.inputs.values():
        default = None if entry.default is None else number(entry.default)
        entries.append(k.Input(entry.name, "actual", entry.kind, entry.signed, default))
    for kpi in low.checked.scope.kpis.values():
        target = _clause(kpi, tree.Target)
        if target is None or target.personal:
            kind = low.checked.kinds[kpi.name.text]
            entries.append(k.Input(kpi.name.text, "target", kind, optional=target is not None))
    # By name, so that the meaning does not hang on where in the text a fact is first met.
    low.inputs = sorted(entries, key=lambda entry: (entry.role, entry.name))
    low.actuals = {entry.name: index for index, entry in enumerate(low.inputs) if entry.role == "actual"}
    low.targets = {entry.name: index for index, entry in enumerate(low.inputs) if entry.role == "target"}


def number(value: tree.Expr) -> Fraction:
    """A constant of a plan as the kernel holds it: a date is its ordinal day, yes is 1."""
    match value:
        case tree.Date():
            return Fraction(value.value.toordinal() if value.value else 0)
        case tree.YesNo(yes):
            return Fraction(yes)
        case _:
            return constant(value) or ZERO


def _lines(low: Lowering) -> Sequence[k.Line]:
    """The lines of pay in the order in which the plan names them."""
    scope = low.checked.scope
    lines: list[k.Line] = []
    named = {id(line): name for name, line in scope.commissions.items()}
    pool = None if scope.bonus is None else low.step("pool", "bonus", _expr(low, scope.bonus.pool, "money"))
    for statement in low.checked.parsed.tree.statements:
        match statement:
            case tree.Salary():
                lines.append(
                    k.Line(
                        "salary",
                        "salary",
                        low.earlier("salary", "salary", statement.place),
                        None,
                        statement.place,
                    )
                )
            case tree.Kpi() if pool is not None:
                lines.append(_kpi(low, statement, pool))
            case tree.Commission(amount=amount):
                lines.append(
                    k.Line(
                        named[id(statement)], "commission", _expr(low, amount, "money"), None, statement.place
                    )
                )
            case _:
                pass
    return lines


# ── A KPI ────────────────────────────────────────────────────────────────────────────────────────────────

C = TypeVar("C", bound=tree.Clause)


def _clause(kpi: tree.Kpi, sort: type[C]) -> C | None:
    return next((clause for clause in kpi.clauses if isinstance(clause, sort)), None)


def _target(low: Lowering, kpi: tree.Kpi) -> k.Node:
    target = _clause(kpi, tree.Target)
    name, kind = kpi.name.text, low.checked.kinds[kpi.name.text]
    if target is None:
        return k.Given(low.targets[name], kind=kind, place=kpi.name.place)
    planned = _expr(low, target.value, kind)
    if not target.personal:
        return planned
    return k.Own(low.targets[name], planned, kind=kind, place=target.place)


def _attainment(low: Lowering, kpi: tree.Kpi) -> k.Node:
    name, place = kpi.name.text, kpi.name.place
    return k.Arithmetic(
        "/", _named(low, kpi.name), low.earlier("target", name, place), kind="percent", place=place
    )


def _kpi(low: Lowering, kpi: tree.Kpi, pool: k.Node) -> k.Line:
    """Attainment, its cap, the curve, the share of the pool, the cap of pay: in this order, each a step."""
    name = kpi.name.text
    measure = low.earlier("attainment", name, kpi.name.place)
    caps = {clause.base: clause for clause in kpi.clauses if isinstance(clause, tree.Cap)}
    if cap := caps.get("attainment"):
        measure = low.step("counted", name, _least("percent", measure, _expr(low, cap.limit), cap.place))
    score = _score(low, kpi, measure)
    cap = caps.get("pay")
    in_percent = cap is not None and low.checked.kinds.of(cap.limit) == "percent"
    if cap and in_percent:
        score = _least("percent", score, _expr(low, cap.limit), cap.place)
    score = low.step("score", name, score)
    weight = _clause(kpi, tree.Weight)
    share = ONE_ if weight is None else _expr(low, weight.share)
    place = kpi.place if weight is None else weight.place
    share = low.step("share", name, k.Arithmetic("*", pool, share, kind="money", place=place))
    amount: k.Node = k.Arithmetic("*", share, score, kind="money", place=kpi.place)
    if cap and not in_percent:
        amount = _least("money", amount, _expr(low, cap.limit, "money"), cap.place)
    return k.Line(name, "kpi", amount, low.at["attainment", name], kpi.place)


def _least(kind: KindName, value: k.Node, limit: k.Node, place: Place) -> k.Node:
    return k.Extreme("min", (value, limit), kind=kind, place=place)


def _score(low: Lowering, kpi: tree.Kpi, measure: k.Node) -> k.Node:
    """What attainment is worth: nothing below the cutoff, in proportion from it, faster above an accelerator.

    `domain.md`, the KPI bonus: the cutoff itself pays; the accelerator's bound itself does not accelerate.
    """
    pieces: list[k.Piece] = []
    if cutoff := _clause(kpi, tree.Cutoff):
        bound = _expr(low, cutoff.bound)
        pieces.append(k.Piece("<", bound, NOTHING, NOTHING, "cutoff", cutoff.place))
    accels = [clause for clause in kpi.clauses if isinstance(clause, tree.Accel)]
    # The highest bound is asked first; the check allows several only where every bound is a constant.
    accels.sort(key=lambda accel: constant(accel.bound) or ZERO)
    steeper: list[k.Piece] = []
    worth, below, slope = NOTHING, NOTHING, ONE_
    for accel in accels:
        bound, factor = _expr(low, accel.bound), _expr(low, accel.factor)
        if accel.mode == "all":
            steeper.append(k.Piece(">", bound, factor, NOTHING, "accel_all", accel.place))
            continue
        # Worth at the bound, and from there on the new slope: worth + factor × (measure − bound).
        worth = _sum("+", worth, _product(slope, _sum("-", bound, below)))
        if not isinstance(worth, k.Constant):
            worth = low.step("worth", kpi.name.text, worth)
        below, slope = bound, factor
        start = _sum("-", worth, _product(factor, bound))
        steeper.append(k.Piece(">", bound, factor, start, "accel_excess", accel.place))
    pieces.extend(reversed(steeper))
    if not pieces:
        return measure
    pieces.append(k.Piece(None, None, ONE_, NOTHING, "proportional", kpi.place))
    return k.Curve(measure, tuple(pieces), kind="percent", place=kpi.place)


NOTHING: k.Node = k.Constant(ZERO, kind="percent")
ONE_: k.Node = k.Constant(ONE, kind="percent")


def _sum(sign: Literal["+", "-"], left: k.Node, right: k.Node) -> k.Node:
    if isinstance(left, k.Constant) and isinstance(right, k.Constant):
        value = left.value + right.value if sign == "+" else left.value - right.value
        return k.Constant(value, kind="percent", place=right.place)
    return k.Arithmetic(sign, left, right, kind="percent", place=right.place)


def _product(left: k.Node, right: k.Node) -> k.Node:
    if isinstance(left, k.Constant) and isinstance(right, k.Constant):
        return k.Constant(left.value * right.value, kind="percent", place=right.place)
    return k.Arithmetic("*", left, right, kind="percent", place=right.place)


# ── Expressions ──────────────────────────────────────────────────────────────────────────────────────────


def _named(low: Lowering, name: tree.Name) -> k.Node:
    if name.text in low.checked.scope.figures:
        return low.earlier("figure", name.text, name.place)
    return k.Given(low.actuals[name.text], kind=low.checked.kinds[name.text], place=name.place)


def _expr(low: Lowering, expr: tree.Expr, wanted: KindName | None = None) -> k.Node:  # noqa: PLR0911  # one for each
    """An expression as operations; `wanted` where its place in the plan says what a bare number is."""
    kind, place = wanted or low.checked.kinds.of(expr), expr.place
    match expr:
        case tree.Number() | tree.Percent() | tree.Amount() | tree.Days() | tree.Date() | tree.YesNo():
            return k.Constant(number(expr), kind=kind, place=place)
        case tree.Name():
            return replace(_named(low, expr), place=place)
        case tree.PaidSalary():
            return low.earlier("salary", "salary", place)
        case tree.TargetOf(name):
            return low.earlier("target", name.text, place)
        case tree.AttainmentOf(name):
            return low.earlier("attainment", name.text, place)
        case tree.Negative(operand):
            return _negative(_expr(low, operand), kind, place)
        case tree.Arithmetic(sign, left, right):
            plain: Literal["+", "-", "*", "/"] = "*" if sign == "of" else sign
            return k.Arithmetic(plain, _expr(low, left), _expr(low, right), kind=kind, place=place)
        case tree.Comparison(sign, left, right):
            return k.Comparison(sign, _expr(low, left), _expr(low, right), kind=kind, place=place)
        case tree.Logic(word, left, right):
            return k.Logic(word, _expr(low, left), _expr(low, right), kind=kind, place=place)
        case tree.Denial(operand):
            return k.Denial(_expr(low, operand), kind=kind, place=place)
        case tree.Excess(side, measure, mark):
            one, other = _expr(low, measure), _expr(low, mark)
            greater, less = (one, other) if side == "above" else (other, one)
            difference = k.Arithmetic("-", greater, less, kind=kind, place=place)
            return k.Clamp(difference, k.Constant(ZERO, kind=kind, place=place), kind=kind, place=place)
        case tree.Choice(chosen, condition, otherwise):
            return k.Choice(
                _expr(low, condition), _expr(low, chosen), _expr(low, otherwise), kind=kind, place=place
            )
        case tree.Extreme(word, several):
            return k.Extreme(word, tuple(_expr(low, operand) for operand in several), kind=kind, place=place)
        case tree.Rounded(operand, unit, direction):
            return k.Rounded(_expr(low, operand), number(unit), direction, kind=kind, place=place)
        case _:
            assert_never(expr)


def _negative(operand: k.Node, kind: KindName, place: Place) -> k.Node:
    if isinstance(operand, k.Constant):
        return k.Constant(-operand.value, kind=kind, place=place)
    return k.Arithmetic("-", k.Constant(ZERO, kind=kind, place=place), operand, kind=kind, place=place)
