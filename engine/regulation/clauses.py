"""The clauses of a line in sentences, in the order in which they act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import assert_never

from dsl import tree
from dsl.words import KindName

from .speaker import Narrator

ROUNDINGS = {
    "nearest": "clauses.rounding_nearest",
    "half_even": "clauses.rounding_half_even",
    "up": "clauses.rounding_up",
    "down": "clauses.rounding_down",
}


def clauses(speaker: Narrator, parts: Sequence[tree.Clause], *, shared: bool = False) -> list[str]:
    """What the clauses of a line say; a percentage limits the share of a KPI where it is `shared`."""
    whose = [part for part in parts if isinstance(part, tree.Applies)]
    others = [part for part in parts if not isinstance(part, tree.Applies)]
    told = [one for part in whose for one in _clause(speaker, part, shared=shared)]
    told += rule(speaker, parts) if shared else []
    return [*told, *(one for part in others for one in _scoped(speaker, part, shared=shared))]


SCOPES = {"each": "clauses.of_each", "in_all": "clauses.in_all"}


def _scoped(speaker: Narrator, part: tree.Clause, *, shared: bool) -> Iterator[str]:
    """What a clause says, and of a limit on records whether it is of each."""
    scope = part.scope if isinstance(part, tree.Cap | tree.Floor | tree.Rounding) else None
    for one in _clause(speaker, part, shared=shared):
        yield one if scope is None else f"{one} {speaker.say(SCOPES[scope])}"


def _clause(  # noqa: PLR0912  # one for each
    speaker: Narrator, part: tree.Clause, *, shared: bool
) -> Iterator[str]:
    say, size = speaker.say, speaker.row
    match part:
        case tree.Weight() | tree.Target() | tree.Cutoff() | tree.Decel() | tree.Accel() | tree.Curve():
            return  # told with the weight, the target and the rule of the KPI
        case tree.Spread(condition):
            yield say("clauses.spread", condition=speaker.formula(condition))
        case tree.LessIsBetter():
            yield say("clauses.less_is_better")
        case tree.Tolerance(width):
            yield say("clauses.tolerance", width=size(width, speaker.compiled.checked.kinds.of(width)))
        case tree.Applies(condition):
            yield say("clauses.applies", condition=speaker.formula(condition))
        case tree.OnlyIf(condition):
            yield say("clauses.only_if", condition=speaker.formula(condition))
        case tree.Multiplied(factor):
            yield say("clauses.multiplied", factor=size(factor, "number"))
        case tree.Cap(limit, base, unless):
            kind = _kind(speaker, limit)
            whole = "clauses.cap_share" if shared and kind == "percent" else "clauses.cap"
            key = "clauses.cap_attainment" if base == "attainment" else whole
            yield say(key, limit=size(limit, kind))
            if unless is not None:
                yield say("clauses.unless", condition=speaker.formula(unless))
        case tree.Floor(limit):
            kind = _kind(speaker, limit)
            key = "clauses.floor_share" if shared and kind == "percent" else "clauses.floor"
            yield say(key, limit=size(limit, kind))
        case tree.Prorated(share, whole) | tree.TargetProrated(share, whole):
            key = "clauses.prorated" if isinstance(part, tree.Prorated) else "clauses.target_prorated"
            yield say(key, part=speaker.factor(share), whole=speaker.factor(whole))
        case tree.ByDays(unit, group):
            working = unit != "by_calendar_days"
            key = "clauses.by_working_days" if working else "clauses.by_calendar_days"
            yield say(key, group=speaker.label(group.text))
        case tree.Rounding(unit, direction):
            yield say(ROUNDINGS[direction], unit=speaker.size(unit, "money"))
        case tree.During(first, last):
            yield say("clauses.during", first=_day(speaker, first), last=_day(speaker, last))
        case tree.AgainstBalance(balance):
            yield say("clauses.against", balance=speaker.label(balance.text))
        case tree.CarriedIn(balance):
            yield say("clauses.carried_in", balance=speaker.label(balance.text))
        case tree.NotRecoverable():
            yield say("clauses.not_recoverable")
        case tree.Except(first, last):
            yield say("clauses.except", first=_day(speaker, first), last=_day(speaker, last))
        case _:
            assert_never(part)


def _kind(speaker: Narrator, limit: tree.Expr) -> KindName:
    kind = speaker.compiled.checked.kinds.of(limit)
    return "percent" if kind == "percent" else "money"


def _day(speaker: Narrator, date: tree.Date) -> str:
    return date.text if date.value is None else speaker.day(date.value)


def rule(speaker: Narrator, parts: Sequence[tree.Clause]) -> list[str]:
    """What a KPI pays for its attainment."""
    stated = any(isinstance(part, tree.Cutoff | tree.Curve) for part in parts)
    told = [] if stated else [speaker.say("kpi.proportional")]
    for kind, some in groupby(parts, type):
        told += _rule(speaker, kind, list(some))
    return told


def _rule(speaker: Narrator, kind: type[tree.Clause], parts: list[tree.Clause]) -> Iterator[str]:
    say, size = speaker.say, speaker.row
    for part in parts:
        match part:
            case tree.Cutoff(bound, excess):
                yield say("kpi.cutoff", bound=size(bound, "percent"))
                yield say("kpi.beyond" if excess else "kpi.from_cutoff", bound=size(bound, "percent"))
            case tree.Decel(factor, bound):
                yield say("kpi.decel", factor=size(factor, "number"), bound=size(bound, "percent"))
            case tree.Accel(factor, mode, bound):
                facts = {"factor": size(factor, "number"), "bound": size(bound, "percent")}
                yield say("kpi.accel_all" if mode == "all" else "kpi.accel_excess", **facts)
            case tree.Curve(mode):
                yield say("kpi.steps" if mode == "steps" else "kpi.line")
    if kind is tree.Accel and len(parts) > 1:
        for mode in sorted({part.mode for part in parts if isinstance(part, tree.Accel)}):
            yield say("kpi.accels_all" if mode == "all" else "kpi.accels_excess")
