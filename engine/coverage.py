"""What the examples of a plan reach: its lines, rows and clauses, both sides of conditions and limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from dsl import tree
from dsl.place import Place

from . import kernel as k
from .compile import Compiled
from .compile.lacking import sort
from .evaluate import Result
from .examples import Tried
from .follow import Follow, hangs, values_of
from .statement.credit import Credits

What = Literal[
    "line",
    "piece",
    "proportional",
    "holds",
    "fails",
    "branch",
    "free",
    "binds",
    "something",
    "nothing",
    "own_target",
    "plan_target",
    "crosses",
]


@dataclass(frozen=True, slots=True)
class Reachable:
    """Something that an example can reach: what of it, and where it stands."""

    what: What
    place: Place


@dataclass(frozen=True, slots=True)
class Coverage:
    """Everything that there is to reach, in the order of the text, and what some example reaches."""

    items: tuple[Reachable, ...]
    reached: frozenset[Reachable]

    @property
    def missing(self) -> tuple[Reachable, ...]:
        """What no example reaches."""
        return tuple(item for item in self.items if item not in self.reached)

    @property
    def percent(self) -> int:
        """The part that is reached, in whole percent; 100 only where it is all."""
        return 100 * len(self.reached) // len(self.items) if self.items else 100


def coverage(compiled: Compiled, outcomes: Sequence[Tried]) -> Coverage:
    """What the outcomes of a plan's examples reach; those that could not be paid reach nothing."""
    kernel = compiled.kernel
    items = dict.fromkeys(
        item for root in k.roots(kernel) for node in k.walk(root) for item in _items(kernel, node)
    )
    lines = [Reachable("line", line.place) for line in kernel.lines if line.kind not in k.SETTLED]
    reached: set[Reachable] = set()
    for example, outcome in zip(compiled.checked.scope.examples, outcomes, strict=True):
        if isinstance(outcome.result, Result):
            kept = outcome.result.kernel
            reached.update(Reachable("line", line.place) for line in kept.lines)
            for root in k.roots(kept):
                reached.update(item for node in k.walk(root) for item in _taken(outcome.result, node))
                reached.update(item for node in k.walk(root) for item in _recorded(outcome.result, node))
            if compiled.attributes:
                reached.update(_of_sort(compiled, example, outcome.result))
    every = sorted({*items, *lines}, key=lambda item: (item.place, item.what))
    return Coverage(tuple(every), frozenset(item for item in every if item in reached))


def _items(kernel: k.Kernel, node: k.Node) -> Iterator[Reachable]:
    """What there is to reach of an operation, each alternative in the order of its number."""
    match node:
        case k.Piecewise(measure, pieces):
            yield from map(_piece, pieces)
            if _filling(kernel, measure):
                yield from (Reachable("crosses", one.place) for one in pieces if one.bound is not None)
        case k.Choice():
            yield from (item for item in _sides(node) if item is not None)
        case k.Extreme() | k.Clamp():
            yield from _limits(node)
        case k.Own(index) if kernel.inputs[index].role == "target":
            yield Reachable("own_target", node.place)
            yield Reachable("plan_target", node.place)
        case k.Records(where=where) if where is not None:
            for part in _parts(where):
                yield Reachable("holds", part.place)
                yield Reachable("fails", part.place)


def _parts(where: k.Node) -> Iterator[k.Node]:
    """The conditions of which each decides whether a record counts."""
    if isinstance(where, k.Logic):
        yield from _parts(where.left)
        yield from _parts(where.right)
    else:
        yield where


def _filling(kernel: k.Kernel, measure: k.Node) -> bool:
    """Whether records fill the bands of a measure one after another."""
    node = k.behind(kernel, measure)
    return isinstance(node, k.Records) and node.word == "sum" and node.order is not None


def _piece(piece: k.Piece) -> Reachable:
    return Reachable("proportional" if piece.reason in {"proportional", "beyond"} else "piece", piece.place)


def _sides(node: k.Choice) -> tuple[Reachable, Reachable | None]:
    """A condition that holds and one that does not: a gate by its clause, one of several values by the value.

    The value for all the others of a choice among many is that of the last of them.
    """
    chosen, otherwise = node.chosen.place, node.otherwise.place
    among = isinstance(node.otherwise, k.Choice) and node.otherwise.place == node.place
    if chosen.inside(node.place) and otherwise.inside(node.place) and chosen != otherwise:
        return Reachable("branch", chosen), None if among else Reachable("branch", otherwise)
    return Reachable("holds", node.place), Reachable("fails", node.place)


def _limits(node: k.Extreme | k.Clamp) -> tuple[Reachable, ...]:
    """The limit that a clause names binds or not; of several values of the author's each can be the one."""
    if isinstance(node, k.Extreme) and all(one.place.inside(node.place) for one in node.operands):
        places = [one.place for one in node.operands]
        if len({*places}) == len(places):
            return tuple(Reachable("branch", place) for place in places)
    if isinstance(node, k.Clamp):
        return Reachable("something", node.place), Reachable("nothing", node.place)
    return Reachable("free", node.place), Reachable("binds", node.place)


# ── What one example reaches ─────────────────────────────────────────────────────────────────────────────


def _taken(result: Result, node: k.Node) -> Iterator[Reachable]:
    """The alternative of an operation that an example takes, from its trace."""
    match node:
        case k.Piecewise(_, pieces) if (pick := result.pick(node)) is not None:
            yield _piece(pieces[pick])
        case k.Choice() if (pick := _pick(result, node)) is not None and (item := _sides(node)[pick]):
            yield item
        case k.Own() if (pick := result.pick(node)) is not None:
            yield Reachable("plan_target" if pick else "own_target", node.place)
        case k.Extreme(word, operands):
            yield from _extreme(node, word, [result.value(one) for one in operands])
        case k.Clamp(operand, floor):
            yield from _extreme(node, "max", [result.value(operand), result.value(floor)])


def _recorded(result: Result, node: k.Node) -> Iterator[Reachable]:
    """What the records of an example reach of what is drawn from them."""
    if isinstance(node, k.Piecewise) and _filling(result.kernel, node.measure):
        yield from _crossed(result, node)
    if not isinstance(node, k.Records):
        return
    inner = [one for one in k.walk(node) if one is not node]
    parts = [] if node.where is None else [*_parts(node.where)]
    for record in _records(result, node):
        for part in parts:
            held = record.pick(part) if id(part) in result.program.picks else record.value(part)
            if held is not None:
                yield Reachable("holds" if held else "fails", part.place)
        for one in inner:
            yield from _taken(record, one)


def _records(result: Result, node: k.Records) -> Iterator[Result]:
    """The trace within each record that a value goes over, by what was kept of it."""
    loop = result.program.loops.get(id(node))
    for row in () if loop is None else result.kept[loop.place]:
        numbers = [*result.numbers]
        for variable, number in zip(loop.kept or () if loop else (), row, strict=True):
            numbers[variable.place] = number
        yield replace(result, numbers=tuple(numbers))


def _crossed(result: Result, curve: k.Piecewise) -> Iterator[Reachable]:
    """The bounds of bands that lie within a record."""
    credit = Credits(result).of(curve)
    for several in () if credit is None else credit.bands.values():
        yield from (Reachable("crosses", one.band.piece.place) for one in several[:-1])


def _pick(result: Result, node: k.Choice) -> int | None:
    """Which side of a choice was taken; of one between conditions by its own condition."""
    if node.kind != "yes_no":
        return result.pick(node)
    held = result.pick(node.condition) if id(node.condition) in result.program.picks else None
    return None if held is None else int(not held)


def _extreme(
    node: k.Extreme | k.Clamp, word: Literal["min", "max"], values: Sequence[Fraction | None]
) -> Iterator[Reachable]:
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return
    best = min(known) if word == "min" else max(known)
    items = _limits(node)
    if items[0].what in {"free", "something"}:
        yield items[int(known[0] != best)]
    else:
        yield items[known.index(best)]


def _of_sort(compiled: Compiled, example: tree.Example, result: Result) -> Iterator[Reachable]:
    """The sides of choices that the sort of an example decides: they are gone from the plan for that sort."""
    kernel = compiled.kernel
    known = {index: Fraction(value) for index, value in sort(compiled, example).items()}
    still = Follow(kernel, hangs(kernel), values_of(kernel, known))
    places = {line.place for line in result.kernel.lines}
    for node in k.needed(kernel, [line.amount for line in kernel.lines if line.place in places]):
        if isinstance(node, k.Choice):
            decided = still.node(node.condition).constant
            item = _sides(node)[int(decided == 0)] if isinstance(decided, Fraction) else None
            if item is not None:
                yield item
