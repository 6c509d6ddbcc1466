"""What can never matter: rows that nothing reaches, limits that never bind, conditions decided ahead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import permutations

from dsl.faults import Fault
from dsl.place import Place

from .. import kernel as k
from ..compile import Compiled
from ..follow import Follow, Hangs, hangs, several, stretches, values_of
from .advice import Finding, answer, spoken
from .range import within
from .ranges import Ranges, input_range, nothing

CONDITIONS = k.Comparison | k.Logic | k.Denial
# What may matter to nobody, by its place and what it is, with the code of that advice; None where it matters.
Seen = dict[tuple[Place, str], str | None]


def idle(compiled: Compiled, ranges: Sequence[Ranges], told: Sequence[Fault]) -> Iterator[Finding]:
    """What matters for none of the sorts of people, whose kernels have these ranges.

    Nothing is said at a place at which something is wrong already (`told`).
    """
    seen: Seen = {}
    names: dict[Place, str] = {}
    for known in ranges:
        _look(known, seen, names)
    for (place, _), code in seen.items():
        if code is not None:
            yield from _told(compiled, code, place, names, told)


def _told(
    compiled: Compiled, code: str, place: Place, names: dict[Place, str], told: Sequence[Fault]
) -> Iterator[Finding]:
    wrong = (spot for fault in told for spot in (fault.place, fault.also) if spot is not None)
    if any(spot.start < place.end and place.start < spot.end for spot in wrong):
        return
    name = names[place]
    text, allow = " ".join(compiled.source.at(place).split()), answer(compiled, "unreachable", name)
    advice = Fault(
        code, "advice", place, facts={"name": spoken(compiled, name), "text": text, "allow": allow}
    )
    yield Finding("unreachable", advice, frozenset([name]), (place,))


def _look(known: Ranges, seen: Seen, names: dict[Place, str]) -> None:
    kernel = known.kernel
    on = hangs(kernel)
    roots = [(step.name, step.value) for step in kernel.steps] + [
        (line.name, line.amount) for line in kernel.lines
    ]
    for name, root in roots:
        waiting = [root]
        while waiting:
            node = waiting.pop()
            names.setdefault(node.place, name)
            match node:
                case k.Comparison() | k.Logic() | k.Denial():
                    truth = _decided(kernel, known, on, node)
                    code = None if truth is None else "P466" if truth else "P467"
                    _note(seen, (node.place, "condition"), code)
                    if truth is not None:
                        continue
                case k.Piecewise():
                    _pieces(seen, node, known, names, name)
                case k.Extreme() | k.Clamp():
                    code = None if _matters(kernel, known, node) else "P465"
                    _note(seen, (node.place, "limit"), code)
            waiting.extend(k.operands(node))


def _note(seen: Seen, what: tuple[Place, str], code: str | None) -> None:
    """Tell of something for one sort of people: what is not the same for all of them matters."""
    seen[what] = code if seen.get(what, code) == code else None


def _pieces(seen: Seen, node: k.Piecewise, known: Ranges, names: dict[Place, str], name: str) -> None:
    taken = known.taken[id(node)]
    for index, piece in enumerate(node.pieces):
        # A table along lines must say what holds beyond its ends, whether or not anything comes there.
        end = piece.reason == "between" and nothing(piece.slope)
        if piece.reason not in {"proportional", "beyond"} and (index in taken or not end):
            names.setdefault(piece.place, name)
            _note(seen, (piece.place, piece.reason), None if index in taken else "P464")


# ── Limits ───────────────────────────────────────────────────────────────────────────────────────────────


def _matters(kernel: k.Kernel, known: Ranges, node: k.Extreme | k.Clamp) -> bool:
    """Whether each operand of a least or a greatest may decide it."""
    if isinstance(node, k.Clamp):
        return not within(known.of(node.floor), known.of(node.operand))
    return not any(
        within(known.of(low), known.of(high)) or _shares(kernel, known, low, high)
        for low, high in permutations(node.operands, 2)
        if low is not high
    )


def _shares(kernel: k.Kernel, known: Ranges, low: k.Node, high: k.Node) -> bool:
    """Whether both are parts of one share of the bonus, and the one part is never the greater."""
    one, other = _factors(kernel, low), _factors(kernel, high)
    if one is None or other is None or one[0] != other[0]:
        return False
    share = known.of(one[0])
    return share.low is not None and share.low >= 0 and within(known.of(one[1]), known.of(other[1]))


def _factors(kernel: k.Kernel, node: k.Node) -> tuple[k.Node, k.Node] | None:
    """A share of the bonus and what it is multiplied by."""
    while isinstance(node, k.Earlier) and kernel.steps[node.index].role == "earned":
        node = kernel.steps[node.index].value
    match node:
        case k.Arithmetic("*", k.Earlier(index) as share, part) if kernel.steps[index].role == "share":
            return share, part
        case _:
            return None


# ── Conditions ───────────────────────────────────────────────────────────────────────────────────────────


def _decided(kernel: k.Kernel, known: Ranges, on: Hangs, node: CONDITIONS) -> int | None:
    """Whether a condition holds for everybody (1) or for nobody (0)."""
    found = known.of(node)
    if found.low == found.high:
        return int(found.low or 0)
    if not isinstance(node, k.Logic):
        return None
    inputs = [*several(on.of(node) & (1 << len(kernel.inputs)) - 1)]
    if len(inputs) != 1 or kernel.inputs[inputs[0]].kind in {"yes_no", "choice"}:
        return None
    values = values_of(kernel, {index: Fraction(1) for index in range(len(kernel.inputs))})
    graph = Follow(kernel, on, values).over(inputs[0]).node(node)
    over = input_range(kernel, kernel.inputs[inputs[0]])
    along = stretches((graph,), over.low, over.high)
    line = along[0].line if len(along) == 1 else None
    return None if line is None or line.slope else int(line.constant != 0)
