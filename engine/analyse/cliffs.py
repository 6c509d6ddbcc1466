"""Cliffs, dips and dead zones: where pay jumps, where more pays less, where nothing moves it.

Each is found exactly, and then shown to be true: the engine pays somebody on either side of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from operator import or_

from dsl import tree
from dsl.faults import Fact, Fault
from dsl.place import Place
from dsl.words import words
from dsl.write.below import clause as written

from .. import kernel as k
from ..follow import (
    ZERO,
    Jump,
    Valley,
    View,
    downhill,
    jumps,
    mirrored,
    money,
    several,
    stretches,
    told,
    valleys,
)
from .advice import Finding, advise, pair, sought, spoken

SPARE = 2  # steps of a fact that a stretch is longer than, to be one


def cliffs(view: View) -> Iterator[Finding]:
    """All of them, fact by fact."""
    moved: dict[int, list[int]] = {}  # the lines that people earn, by the facts that they hang on
    for line in view.earned():
        for variable in view.facts[line]:
            moved.setdefault(variable, []).append(line)
    # What is better the more there is of it goes first: of jumps that one clause makes, the first is told.
    for down in (False, True):
        for variable, lines in moved.items():
            yield from _jumps(view, variable, lines, down=down)
    compared = _compared(view)
    for variable, lines in moved.items():
        if variable not in compared:
            for line in lines:
                yield from _dips(view, variable, line)
            yield from _zones(view, variable)


def _compared(view: View) -> frozenset[int]:
    """Facts that others are held against (a plan, last year, a bound): more of them is not done better."""
    moving, found = view.moving, 0
    bits: dict[int, int] = {}
    for root in k.roots(view.kernel):
        for node in k.inward(root):
            below = [bits[id(operand)] for operand in k.operands(node)]
            match node:
                case k.Actual(index) | k.Own(index, _):
                    bits[id(node)] = 1 << index & moving
                case k.Earlier(index):
                    bits[id(node)] = view.hangs.steps[index] & moving
                case _:
                    bits[id(node)] = reduce(or_, below, 0)
            match node:
                case k.Arithmetic("-" | "/") if below[0]:
                    found |= below[1]
                case k.Comparison() if below[0] and below[1]:
                    found |= below[0] | below[1]
                case k.Piecewise(_, pieces):
                    for piece in pieces:
                        found |= 0 if piece.bound is None else bits[id(piece.bound)]
    return frozenset(several(found))


# ── Cliffs ───────────────────────────────────────────────────────────────────────────────────────────────


def _jumps(view: View, variable: int, lines: Sequence[int], *, down: bool) -> Iterator[Finding]:
    """Jumps that no row and no cutoff states; what one clause does to several lines is one of them."""
    together: dict[tuple[str, Fraction, str, tuple[Place, ...]], list[tuple[int, Jump]]] = {}
    low = view.low(variable)
    for line in lines:
        graph = view.curve(line, variable)
        for jump in jumps(graph, low) if downhill(graph, low) == down else ():
            if (jump.size < 0) == down:
                places = tuple(cause.place for cause in jump.causes if cause.reason != "limit")
                key = view.period(line), jump.point, jump.side, places
                together.setdefault(key, []).append((line, jump))
    for (period, _, _, places), found in together.items():
        if not all(jump.stated for _, jump in found) or sought(view, "cliff"):
            # What the plan states, or has level numbers on both sides of, is only looked for by an answer.
            quiet = all(jump.stated or (jump.level and jump.causes) for _, jump in found)
            cliff = _cliff(view, period, variable, found, places)
            yield from (replace(one, quiet=quiet) for one in cliff)


def _cliff(
    view: View, period: str, variable: int, moved: Sequence[tuple[int, Jump]], places: Sequence[Place]
) -> Iterator[Finding]:
    lines, jump = [line for line, _ in moved], moved[0][1]
    size = sum((abs(one.size) for _, one in moved), ZERO)
    found = pair(view, period, variable, beside(jump, view.unit(variable)), lines)
    if found is None or found.pays[0] == found.pays[1] or size < 1:
        return
    names = [view.kernel.lines[line].name for line in lines]
    name, one = (names[0], lines[0]) if len(lines) == 1 else (None, None)
    jumps_by = told(view.compiled, size, "money")
    facts: dict[str, Fact] = {
        **found.told(one),
        "name": "`, `".join(spoken(view.compiled, one) for one in names),
        "jump": jumps_by,
    }
    place = places[0] if places else view.place(lines[0])
    whole, how, instead = steady(view, place)
    facts |= {"how": (f"phrase:{how}",), "instead": instead and f" `{instead}`"}
    fault, key = Fault("P460", "advice", place, facts=facts), (whole, *names)
    yield advise(view, "cliff", fault, name, names=names, key=key, size=size, proof=found.proof)


def steady(view: View, place: Place) -> tuple[Place, str, str]:
    """What makes a jump (a clause, a table with all its rows), and what pays the same people without one.

    Of that the name of the phrase, and the words of the plan, where they are known.
    """
    scope, vocabulary = view.compiled.checked.scope, words(view.compiled.checked.lang)
    for kpi in scope.kpis.values():
        accels = tree.among(kpi.clauses, tree.Accel)
        for clause in accels:
            if clause.place == place:
                instead = written(replace(clause, mode="excess"), vocabulary, "").strip()
                alone = len(accels) == 1
                said = ("jump_less", instead) if alone else ("jump_each", vocabulary["on_excess"])
                return kpi.place, *said
        if any(clause.place == place for clause in tree.among(kpi.clauses, tree.Decel)):
            return place, "jump_points", vocabulary["line"]
    table = view.table(place)
    match table:
        case tree.Table("whole"):
            return table.place, "jump_less", vocabulary["each_band"]
        case tree.Table("steps", measure):
            return table.place, "jump_points", f"{vocabulary['line_by']} {scope.text(measure)}"
        case tree.Table("matrix"):
            return table.place, "jump_between", vocabulary["at"]
        case _:
            return place if table is None else table.place, "jump_open", ""


def beside(jump: Jump, unit: Fraction) -> tuple[Fraction, Fraction]:
    """The last value before a jump and the first one after it that a fact can have."""
    below = jump.point // unit * unit
    if below != jump.point:
        return below, below + unit
    return (below - unit, below) if jump.side == "before" else (below, below + unit)


# ── Dips ─────────────────────────────────────────────────────────────────────────────────────────────────


def _dips(view: View, variable: int, line: int) -> Iterator[Finding]:
    period, low, graph = view.period(line), view.low(variable), view.curve(line, variable)
    turn = -1 if downhill(graph, low) else 1
    for valley in valleys(graph, low) if turn > 0 else valleys(mirrored(graph, low), None):
        start, lowest = _depth(valley, view.unit(variable))
        found = pair(view, period, variable, (turn * start, turn * lowest), [line])
        if found is None or found.pays[0] <= found.pays[1] or found.totals[0] < found.totals[1]:
            continue
        name, end = view.kernel.lines[line].name, valley.end
        less = found.pays[0] - found.pays[1]
        facts = {**found.told(line), "name": name, "less": money(view.compiled, less)}
        if end is not None:
            facts["end"] = view.told(turn * end, variable, line, period)
        place = next((cause.place for cause in valley.causes), view.place(line))
        fault = Fault("P462" if end is None else "P461", "advice", place, facts=facts)
        yield advise(view, "dip", fault, name, key=(place, name), size=less, proof=found.proof)


def _depth(valley: Valley, unit: Fraction) -> tuple[Fraction, Fraction]:
    """A value at the edge of a valley and the one where it is deepest, as a fact can have them."""
    edge, lowest = valley.edge, valley.lowest
    start = edge.point // unit * unit
    if edge.side == "before" and start == edge.point:
        start -= unit
    if lowest is None:
        return start, start + max(unit, abs(start) // unit // 10 * unit)
    down = lowest.point // unit * unit
    if lowest.side == "after" or (down <= start and lowest.point != down):
        down += unit
    elif lowest.side == "before" and down == lowest.point:
        down -= unit
    return start, max(down, start + unit)


# ── Dead zones ───────────────────────────────────────────────────────────────────────────────────────────


def _zones(view: View, variable: int) -> Iterator[Finding]:
    """Stretches on which no line moves with a fact, though it moves pay before them and after them.

    Steps of a stair are none: the plan says where each begins and what it pays.
    """
    period, low, unit = view.made.period, view.low(variable), view.unit(variable)
    lines = [line for line, bits in enumerate(view.hangs.lines) if bits >> variable & 1]
    total = view.over(period, variable).sum(lines)
    made: defaultdict[Fraction, set[Place]] = defaultdict(set)
    for (point, _), causes in total.causes.items():
        made[point] |= {steady(view, cause.place)[0] for cause in causes}
    ends = {jump.point for jump in jumps(total, low)}
    for one in stretches((total,), low):
        if one.line is None or one.line.slope or one.low is None:
            continue
        if one.high is None:
            if one.low != low and sought(view, "dead_zone"):  # a cap says all of it, to its end
                yield replace(_flat(view, variable, lines), quiet=True)
            continue
        stair = one.low in ends and one.high in ends
        alone = made[one.low] & made[one.high]  # one clause, or one table, says all of it
        quiet = stair or bool(alone)
        if one.low == low or one.high - one.low <= SPARE * unit or (quiet and not sought(view, "dead_zone")):
            continue
        yield from (replace(zone, quiet=quiet) for zone in _zone(view, period, variable, one.low, one.high))


def _flat(view: View, variable: int, lines: Sequence[int]) -> Finding:
    names, place = [view.kernel.lines[line].name for line in lines], view.place(lines[0])
    fault = Fault("P463", "advice", place, facts={"fact": view.kernel.inputs[variable].name})
    return advise(view, "dead_zone", fault, names[0], names=names)


def _zone(view: View, period: str, variable: int, low: Fraction, high: Fraction) -> Iterator[Finding]:
    unit = view.unit(variable)
    found = pair(view, period, variable, ((low // unit + 1) * unit, (-(-high // unit) - 1) * unit), [])
    if found is None or found.totals[0] != found.totals[1]:
        return
    lines = [line for line in view.earned() if view.hangs.lines[line] >> variable & 1]
    one = next((line for line in lines if view.kernel.lines[line].attainment is not None), None)
    facts = {
        "fact": view.kernel.inputs[variable].name,
        "at": view.told(low, variable, one, period),
        "end": view.told(high, variable, one, period),
        "pays": money(view.compiled, found.totals[0]),
    }
    names, place = [view.kernel.lines[line].name for line in lines], view.place(lines[0])
    fault, key = Fault("P463", "advice", place, facts=facts), (facts["fact"], place)
    yield advise(view, "dead_zone", fault, names[0], names=names, key=key, size=high - low, proof=found.proof)
