"""A KPI to its steps: target, attainment, what the attainment is worth, the share of the bonus."""

from __future__ import annotations

from dsl import tree
from dsl.check.constant import constant
from dsl.tree.clauses import among, first

from .. import kernel as k
from .formula import formula, named
from .lowering import ONE, ZERO, Lowering, add, fixed, multiply, natural, subtract
from .table import table


def target(low: Lowering, kpi: tree.Kpi) -> tuple[k.Node, k.Made | None]:
    """The target in force: the plan's or the person's own, prorated where the plan says so."""
    planned = first(kpi.clauses, tree.Target)
    name, kind = kpi.name.text, low.checked.kinds[kpi.name.text]
    if planned is None:
        value: k.Node = k.Actual(low.targets[name], kind=kind, place=kpi.name.place)
    else:
        value = formula(low, planned.value, kind)
        if planned.personal:
            value = k.Own(low.targets[name], value, kind=kind, place=planned.place)
    part = first(kpi.clauses, tree.TargetProrated)
    return (value, None) if part is None else prorated(low, value, part)


def prorated(
    low: Lowering, base: k.Node, clause: tree.TargetProrated | tree.Prorated
) -> tuple[k.Node, k.Proportion]:
    """A value times part / whole, multiplied first, so that the steps read as a person would reckon."""
    part, whole = formula(low, clause.part), formula(low, clause.whole)
    times = k.Arithmetic("*", base, part, kind=base.kind, place=clause.place)
    value = k.Arithmetic("/", times, whole, kind=base.kind, place=clause.place)
    return value, k.Proportion(base, part, whole)


def limited(
    low: Lowering, base: k.Node, clause: tree.Cap | tree.Floor, limit: k.Node
) -> tuple[k.Node, k.Limit]:
    """A value held to a limit, unless something lifts it."""
    cap = clause if isinstance(clause, tree.Cap) else None
    held = k.Extreme("max" if cap is None else "min", (base, limit), kind=base.kind, place=clause.place)
    if cap is None or cap.unless is None:
        return held, k.Limit(base, limit, held)
    unless = formula(low, cap.unless)
    value = k.Choice(unless, base, held, kind=base.kind, place=clause.place)
    return value, k.Limit(base, limit, held, unless)


def attainment(low: Lowering, kpi: tree.Kpi) -> k.Node:
    """The actual divided by the target, or how little it lies on the wrong side of the target, or off it."""
    place = kpi.name.place
    aim, measure = low.earlier("target", kpi.name.text, place), named(low, kpi.name)
    if first(kpi.clauses, tree.LessIsBetter) is not None:
        share = k.Arithmetic("/", measure, aim, kind="percent", place=place)
        left = k.Arithmetic("-", fixed(ONE + ONE, "percent", place), share, kind="percent", place=place)
        return natural(left, "percent", place)
    if (tolerance := first(kpi.clauses, tree.Tolerance)) is not None:
        kind = measure.kind
        over = k.Arithmetic("-", measure, aim, kind=kind, place=place)
        under = k.Arithmetic("-", aim, measure, kind=kind, place=place)
        off = low.step("off", kpi.name.text, k.Extreme("max", (over, under), kind=kind, place=place))
        width = formula(low, tolerance.width, kind)
        if isinstance(tolerance.width, tree.Percent) and kind != "percent":
            width = k.Arithmetic("*", aim, width, kind=kind, place=tolerance.place)
        beyond = k.Arithmetic("-", off, width, kind=kind, place=tolerance.place)
        wrong = k.Clamp(beyond, fixed(ZERO, kind, place), kind=kind, place=tolerance.place)
        share = k.Arithmetic("/", wrong, aim, kind="percent", place=place)
        left = k.Arithmetic("-", fixed(ONE, "percent", place), share, kind="percent", place=place)
        return natural(left, "percent", place)
    return k.Arithmetic("/", measure, aim, kind="percent", place=place)


def earned(low: Lowering, kpi: tree.Kpi, pool: k.Node, section: tree.Section | None) -> k.Node:
    """What a KPI pays before its clauses of pay: its share times what its attainment is worth."""
    name, place = kpi.name.text, kpi.name.place
    measure = low.earlier("attainment", name, place)
    for cap in among(kpi.clauses, tree.Cap):
        if cap.base == "attainment":
            measure = low.step("counted", name, *limited(low, measure, cap, formula(low, cap.limit)))
    score = low.step("score", name, _score(low, kpi, measure))
    weight = first(kpi.clauses, tree.Weight)
    share = pool
    for weighed in (None if section is None else first(section.clauses, tree.Weight), weight):
        if weighed is not None:
            share = k.Arithmetic("*", share, formula(low, weighed.share), kind="money", place=weighed.place)
    counted = _counted(low, kpi, section)
    if counted is not None:
        share = k.Arithmetic("/", share, counted, kind="money", place=kpi.place)
    share = low.step("share", name, share)
    return k.Arithmetic("*", share, score, kind="money", place=kpi.place)


def _counted(low: Lowering, kpi: tree.Kpi, section: tree.Section | None) -> k.Node | None:
    """The weights that count among those a KPI shares the bonus or its section with; None where all do.

    Where none may count, their sum is taken for 100 %: nothing is paid, and nothing divided by 0.
    """
    scope = low.checked.scope
    key = "" if section is None else section.name.text
    if ("spread", key) in low.at:
        return low.earlier("spread", key, kpi.place)
    if key not in scope.spreading:
        return None
    sharing = [one for one in scope.kpis.values() if scope.section_of(one) is section]
    left: k.Node | None = None
    for one in sharing:
        weight, spread = first(one.clauses, tree.Weight), first(one.clauses, tree.Spread)
        if weight is None:
            continue
        part = formula(low, weight.share)
        nothing = fixed(ZERO, "percent", weight.place)
        if spread is not None:
            condition = formula(low, spread.condition)
            part = k.Choice(condition, nothing, part, kind="percent", place=spread.place)
        if (whose := first(one.clauses, tree.Applies)) is not None:
            part = k.Choice(formula(low, whose.condition), part, nothing, kind="percent", place=whose.place)
        left = part if left is None else k.Arithmetic("+", left, part, kind="percent", place=weight.place)
    if left is None:
        return None
    if not all(first(one.clauses, tree.Spread) or first(one.clauses, tree.Applies) for one in sharing):
        return low.step("spread", key, left)
    some = k.Comparison(">", left, fixed(ZERO, "percent"), kind="yes_no", place=kpi.place)
    return low.step(
        "spread", key, k.Choice(some, left, fixed(ONE, "percent"), kind="percent", place=kpi.place)
    )


def _score(low: Lowering, kpi: tree.Kpi, measure: k.Node) -> k.Node:
    """What attainment is worth: nothing below the cutoff, in proportion from it, faster above an accelerator.

    `domain.md`, the KPI bonus: the cutoff itself pays; the accelerator's bound itself does not accelerate.
    """
    rows = first(kpi.clauses, tree.Curve)
    if rows is not None:
        return table(rows.mode, rows.rows, measure, None, lambda expr: formula(low, expr), "percent")
    nothing, one = fixed(ZERO, "percent"), fixed(ONE, "percent")
    pieces: list[k.Piece] = []
    beyond = nothing
    cutoff = first(kpi.clauses, tree.Cutoff)
    if cutoff is not None:
        bound = formula(low, cutoff.bound)
        pieces.append(k.Piece("<", bound, nothing, nothing, "cutoff", cutoff.place))
        if cutoff.excess:
            beyond = subtract(nothing, bound, "percent", cutoff.place)
    # The check allows several of a sort only where every bound is a constant: the lowest is asked first.
    decels = sorted(among(kpi.clauses, tree.Decel), key=lambda decel: constant(decel.bound) or ZERO)
    for decel in decels:
        bound, factor = formula(low, decel.bound), formula(low, decel.factor)
        worth = multiply(factor, beyond, "percent", decel.place)
        pieces.append(k.Piece("<", bound, factor, worth, "decel", decel.place))
    pieces.extend(reversed(_accels(low, kpi, beyond)))
    if not pieces:
        return measure
    reason: k.Reason = "beyond" if cutoff is not None and cutoff.excess else "proportional"
    pieces.append(k.Piece(None, None, one, beyond, reason, kpi.place))
    return k.Piecewise(measure, tuple(pieces), kind="percent", place=kpi.place)


def _accels(low: Lowering, kpi: tree.Kpi, beyond: k.Node) -> list[k.Piece]:
    """The pieces of the accelerators, the highest bound last."""
    pieces: list[k.Piece] = []
    slope, constant_ = fixed(ONE, "percent"), beyond
    for accel in sorted(among(kpi.clauses, tree.Accel), key=lambda accel: constant(accel.bound) or ZERO):
        bound, factor, place = formula(low, accel.bound), formula(low, accel.factor), accel.place
        if accel.mode == "all":
            worth = multiply(factor, beyond, "percent", place)
            pieces.append(k.Piece(">", bound, factor, worth, "accel_all", place))
            continue
        # Worth at the bound, and from there on the new slope: worth + factor × (measure − bound).
        at = add(multiply(slope, bound, "percent", place), constant_, "percent", place)
        if not isinstance(at, k.Constant):
            at = low.step("worth", kpi.name.text, at)
        slope = factor
        constant_ = subtract(at, multiply(factor, bound, "percent", place), "percent", place)
        pieces.append(k.Piece(">", bound, factor, constant_, "accel_excess", place))
    return pieces
