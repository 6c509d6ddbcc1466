"""Advice of the trade: how many KPIs, of which groups, with which weights.

The rules are those of `domain.md`, sections 2, 3 and 8. What a KPI is about is told by the kind of what it
measures, which is all that a plan says of it: money is a result, a share is efficiency, a count is activity.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from dsl.check.called import called
from dsl.faults import Fault
from dsl.place import Place
from dsl.words import KindName

from .. import kernel as k
from ..follow import ONE, ZERO, View, told
from .advice import Finding, advise, sought

Group = Literal["activity", "efficiency", "result"]
GROUPS: dict[KindName, Group] = {"count": "activity", "percent": "efficiency", "money": "result"}

MANY = 7  # KPIs that people can keep in mind
FEW = 3  # KPIs that can be of three groups
TEAM = (ONE / 10, ONE / 5)  # the part of the bonus that is for what the team does


@dataclass(frozen=True, slots=True)
class Weighed:
    """A KPI of people of a sort: its group if its kind tells one, its part of the bonus if that is fixed.

    What is worked out from a group of people, and from no fact of one's own, is `shared`.
    """

    name: str
    place: Place
    group: Group | None
    weight: Fraction | None
    shared: bool


def trade(view: View) -> Iterator[Finding]:
    """Advice about the KPIs of people of a sort together."""
    kpis = [*_kpis(view)]
    if len(kpis) > MANY:
        facts = {"count": str(len(kpis)), "most": str(MANY)}
        fault = Fault("P470", "advice", kpis[MANY].place, facts=facts)
        yield advise(view, "many_kpis", fault, names=[kpi.name for kpi in kpis], size=len(kpis))
    yield from _one_sided(view, kpis)
    yield from _activity(view, kpis)
    yield from _true(view, kpis)
    yield from _team(view, kpis)


def _kpis(view: View) -> Iterator[Weighed]:
    kernel, still = view.kernel, view.within(view.made.period)
    at = {(step.role, step.name): index for index, step in enumerate(kernel.steps)}
    pool = next((index for index, step in enumerate(kernel.steps) if step.role == "pool"), None)
    whole = None if pool is None else still.step(pool).known
    for number, line in enumerate(kernel.lines):
        if line.attainment is None:
            continue
        value = kernel.steps[line.attainment].value
        # A share of money in money is a result as well: what was sold of what was to be.
        money = {kernel.inputs[variable].kind for variable in view.facts[number]} == {"money"}
        kind = "money" if money else view.compiled.checked.kinds[line.name]
        share = still.step(at["share", line.name]).known if ("share", line.name) in at else None
        weight = share / whole if share is not None and whole else None
        yield Weighed(line.name, value.place, GROUPS.get(kind), weight, _shared(kernel, value))


def _shared(kernel: k.Kernel, attained: k.Node) -> bool:
    """Whether colleagues make what is attained, and not oneself more than any of them."""
    nodes = [*k.needed(kernel, [attained])]
    tables = (kernel.tables[one.table] for one in nodes if isinstance(one, k.Records))
    own = (kernel.inputs[one.index].role for one in nodes if isinstance(one, k.Actual))
    return any(table.private for table in tables) and "actual" not in own


def _one_sided(view: View, kpis: Sequence[Weighed]) -> Iterator[Finding]:
    """All KPIs of one group; with pay for money beside them, counts are not all that is paid for."""
    groups = {kpi.group for kpi in kpis}
    if len(kpis) < FEW or len(groups) > 1 or None in groups:
        return
    (group,) = groups
    if group != "result" and _paid_for_money(view):
        return
    codes = {"activity": "P471", "efficiency": "P472", "result": "P473"}
    fault = Fault(codes[group or "result"], "advice", kpis[0].place)
    yield advise(view, "one_sided", fault, names=[kpi.name for kpi in kpis], size=len(kpis))


def _true(view: View, kpis: Sequence[Weighed]) -> Iterator[Finding]:
    """What is true of KPIs though no advice is given for it: whoever has said so has answered it."""
    counts = [kpi for kpi in kpis if kpi.group == "activity"]
    if counts and sought(view, "activity"):
        fault = Fault("P474", "advice", counts[0].place)
        yield replace(advise(view, "activity", fault, names=[kpi.name for kpi in counts]), quiet=True)
    if len({kpi.group for kpi in kpis}) == 1 and sought(view, "one_sided"):
        fault = Fault("P473", "advice", kpis[0].place)
        yield replace(advise(view, "one_sided", fault, names=[kpi.name for kpi in kpis]), quiet=True)


def _paid_for_money(view: View) -> bool:
    """Whether a line of pay beside the KPIs is for an amount of money that people bring."""
    lines = (line for line in view.earned() if view.kernel.lines[line].kind in {"commission", "pay", "spif"})
    return any(
        view.kernel.inputs[variable].kind == "money" for line in lines for variable in view.facts[line]
    )


def _activity(view: View, kpis: Sequence[Weighed]) -> Iterator[Finding]:
    """Activity that weighs more than results."""
    weights: dict[Group, Fraction] = {}
    for kpi in kpis:
        if kpi.group is not None and kpi.weight is not None:
            weights[kpi.group] = weights.get(kpi.group, ZERO) + kpi.weight
    activity, result = weights.get("activity", ZERO), weights.get("result", ZERO)
    if activity > result > 0:
        counts = [kpi for kpi in kpis if kpi.group == "activity"]
        names = [kpi.name for kpi in counts]
        facts = {
            "counts": "`, `".join(names),
            "money": "`, `".join(kpi.name for kpi in kpis if kpi.group == "result"),
            "activity": told(view.compiled, activity, "percent"),
            "result": told(view.compiled, result, "percent"),
        }
        fault = Fault("P474", "advice", counts[0].place, facts=facts)
        yield advise(view, "activity", fault, names=names, size=activity - result)


def _team(view: View, kpis: Sequence[Weighed]) -> Iterator[Finding]:
    """A part of the bonus for the team that is too small to matter, or too large for what one can do."""
    mine = [kpi for kpi in kpis if kpi.shared or _of_team(view, kpi.name)]
    if not mine or len(mine) == len(kpis) or any(kpi.weight is None for kpi in mine):
        return
    share = sum((kpi.weight or ZERO for kpi in mine), ZERO)
    if not TEAM[0] <= share <= TEAM[1]:
        names = [kpi.name for kpi in mine]
        facts = {"names": "`, `".join(names), "share": told(view.compiled, share, "percent")}
        fault = Fault("P475", "advice", mine[0].place, facts=facts)
        yield advise(view, "team_share", fault, names=names, size=abs(share - TEAM[0]))


def _of_team(view: View, name: str) -> bool:
    """Whether a KPI, or the section that it is in, is called that of the team."""
    scope = view.compiled.checked.scope
    section = scope.within.get(name)
    return called(scope, name, "team") or (section is not None and called(scope, section.name.text, "team"))
