"""Lines that are hard on people: that can take pay away, or that nobody works out in 30 seconds."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial

from dsl.check.constant import constant
from dsl.check.scope import TAKEN_OFF
from dsl.faults import Fact, Fault
from dsl.place import Place
from dsl.words import words

from .. import kernel as k
from ..follow import ZERO, Straight, View, downhill, example, measured, money, paid, reached, spots, told
from ..statement.clauses import chain
from .advice import Finding, advise
from .ranges import Ranges, nothing

ROUBLES = "RUB"
# Facts, bounds and operations that go into a line: what somebody holds in mind who works it out.
HARD = 15
FAR = 100_000  # steps of a fact from where a line passes through 0 to where it is surely below it
ROWS = 3  # bounds of a table that count: nobody reads more of it than the row that holds and those beside it


def burden(view: View, known: Ranges) -> Iterator[Finding]:
    """Fines, and lines that are too complicated."""
    for index in view.earned():
        low = known.line(index).low
        if (low is None or low < 0) and not _shown(view, index):
            yield from _negative(view, known, index)
        yield from _complicated(view, index)
    for index, line in enumerate(view.kernel.lines):
        if line.kind == "reduction":
            yield from _fine(view, index)
        if line.kind in TAKEN_OFF:
            yield from _lawless(view, index)


# ── Fines ────────────────────────────────────────────────────────────────────────────────────────────────


def _shown(view: View, line: int) -> bool:
    """Whether an example of the plan shows a line below 0, so that its author knows."""
    own = view.kernel.lines[line].name
    for one in view.compiled.checked.scope.examples:
        for outcome in one.outcomes:
            name = outcome.paid if outcome.name is None else outcome.name.text
            value = constant(outcome.value)
            if name == own and value is not None and value < 0:
                return True
    return False


def _negative(view: View, known: Ranges, line: int) -> Iterator[Finding]:
    """A line that is below 0 for somebody, by the fact that is to blame for it."""
    period, usual = view.period(line), paid(view.compiled, view.made.within(view.period(line)))
    below = usual is not None and usual[line] < 0
    blame = partial(_blame, view, line, below=below)
    for variable in sorted(view.facts[line], key=blame):
        entry = view.kernel.inputs[variable]
        for value in _suspects(view, variable, line):
            made = view.made.within(period).having(variable, value)
            amounts = paid(view.compiled, made)
            share = entry.kind == "percent" and value > 1
            if share or amounts is None or amounts[line] >= 0 or not view.possible(variable, value):
                continue  # nobody means a share of more than all
            if below and value != view.made.values[variable]:
                continue  # it is below 0 whatever this fact does
            name, less = view.kernel.lines[line].name, money(view.compiled, -amounts[line])
            at = view.told(value, variable, line, period)
            how, offered, place = _cure(view, known, line)
            told_ = {"name": name, "fact": entry.name, "at": at, "less": less}
            facts: dict[str, Fact] = {
                **told_,
                "how": (f"phrase:{how}",),
                "instead": offered and f" `{offered}`",
            }
            title = f"{entry.name} {told(view.compiled, value, entry.kind)}"
            proof = partial(example, view.compiled, made, title, [line])
            fault = Fault("P476", "advice", place, facts=facts)
            key = (how, place) if how == "fine_part" else ()
            yield advise(view, "fine", fault, name, key=key, proof=proof)
            return


def _cure(view: View, known: Ranges, line: int) -> tuple[str, str, Place]:
    """What keeps a line from being below 0, in words, and where: a floor, unless that acts too early."""
    vocabulary, place, high = words(view.compiled.checked.lang), view.place(line), known.line(line).high
    if high is not None and high <= 0:
        return "fine_taken", vocabulary["recovery"], place
    clauses, _ = chain(view.kernel, view.kernel.lines[line].reckoned)
    for step in clauses:
        made = step.made
        if not isinstance(made, k.Proportion) or step.value.place.inside(place):
            continue
        base, part = known.of(made.base).low, known.of(made.part).low
        if part is not None and part >= 0:
            continue
        if base is None or base < 0:
            return "fine_both", "", place
        # All that is due is prorated after the floors of its lines.
        said, none = view.compiled.source.at(made.part.place), "0"
        if made.part.kind == "days":
            none = f"0 {vocabulary.days(0)}"
        return "fine_part", f"{vocabulary['max']}({said}; {none})", made.part.place
    return "fine_floor", f"{vocabulary['floor']} 0", place


def _blame(view: View, line: int, variable: int, *, below: bool) -> int:
    """How little a fact is to blame for pay below 0: least what takes away, most what only earns little.

    Where the usual pay is below 0, what can do nothing against that is not to blame at all.
    """
    if below:
        graph = view.curve(line, variable)
        last = graph.spans[-1]
        if not isinstance(last, Straight):
            return -1  # it divides, and below 0 is only what is divided by less than nothing
        rises = last.slope > 0
        low = view.low(variable)
        if (
            not rises
            and all(spot.value <= 0 for spot in spots(graph, low))
            and not _weighs(view, line, variable)
        ):
            return 3
    if view.kernel.inputs[variable].signed:
        return 1
    return 0 if downhill(view.curve(line, variable), view.low(variable)) else 2


def _weighs(view: View, line: int, variable: int) -> bool:
    """Whether a line pays without a fact where another has ten times as much: so it is what takes away."""
    made = view.made.within(view.period(line)).having(variable, view.low(variable) or ZERO)
    for other in (one for one in view.facts[line] if one != variable):
        usual = made.values[other]
        amounts = None if usual is None else paid(view.compiled, made.having(other, 10 * usual))
        if amounts is not None and amounts[line] > 0 and view.possible(other, 10 * (usual or ZERO)):
            return True
    return False


def _suspects(view: View, variable: int, line: int) -> Iterator[Fraction]:
    """Values of a fact that could take a line below 0: its ends, and where it passes through 0."""
    graph, low, unit = view.curve(line, variable), view.low(variable), view.unit(variable)
    if (usual := view.made.values[variable]) is not None:
        yield usual
    for spot in spots(graph, low):
        if spot.value < 0:
            near = spot.point // unit * unit
            yield from (near if low is None or near >= low else low, near + unit)
    for zero in reached(graph, ZERO, low):
        for far in (unit, FAR * unit):
            ends = (zero - far) // unit * unit, -(-(zero + far) // unit) * unit
            yield from (value for value in ends if low is None or value >= low)
    last = graph.spans[-1]
    if isinstance(last, Straight) and last.slope < 0:
        yield (abs(last.constant / last.slope) // unit + 1) * 2 * unit


def _fine(view: View, line: int) -> Iterator[Finding]:
    """A reduction counted by what people do; what they owe is an amount of money and no fine."""
    of = view.kernel.lines[line]
    # Not what the lines above it, or the salary, come from.
    nodes = k.needed(view.kernel, [of.reckoned], {"salary", "printed", "section", "together"})
    entries = (view.kernel.inputs[node.index] for node in nodes if isinstance(node, k.Actual | k.Own))
    entry = next((entry for entry in entries if measured(entry) and entry.kind != "money"), None)
    if entry is not None:
        facts = {"name": of.name, "fact": entry.name}
        yield advise(view, "fine", Fault("P477", "advice", view.place(line), facts=facts), of.name)


def _lawless(view: View, line: int) -> Iterator[Finding]:
    """A reduction or recovery in roubles by a plan that does not say whether it is held to Russian law."""
    if view.kernel.currency == ROUBLES and view.kernel.law is None:
        name, vocabulary = view.kernel.lines[line].name, words(view.compiled.checked.lang)
        said = {"name": name, "law": f"{vocabulary['law']} {vocabulary.law_words['RF']}"}
        yield advise(view, "without_law", Fault("P480", "advice", view.place(line), facts=said), name)


# ── Too complicated ──────────────────────────────────────────────────────────────────────────────────────


def _complicated(view: View, line: int) -> Iterator[Finding]:
    name, counts = view.kernel.lines[line].name, load(view.kernel, line)
    total = sum(counts)
    if total > HARD:
        numbered = zip(
            ("facts", "bounds", "operations", "total", "most"), (*counts, total, HARD), strict=True
        )
        facts = {"name": name, **{what: str(number) for what, number in numbered}}
        fault = Fault("P478", "advice", view.place(line), facts=facts)
        yield advise(view, "complicated", fault, name, size=total)


# Roles of steps that are worked out before, for whoever reckons a line.
READY: frozenset[k.Role] = frozenset({"printed", "left", "pooled", "section", "together"})


def load(kernel: k.Kernel, line: int) -> tuple[int, int, int]:
    """The facts that go into a line, the bounds they are held against, and the operations made with them.

    Of a table somebody reads one row, which is the hardest; what the others came to is worked out before.
    """
    facts: set[int] = set()
    bounds = operations = 0
    nodes = [*k.needed(kernel, [kernel.lines[line].reckoned], READY)]
    # What records come to is added up by no one.
    drawn = [
        one.otherwise for one in nodes if isinstance(one, k.Own) and kernel.inputs[one.index].role == "drawn"
    ]
    tables = [node for node in nodes if isinstance(node, k.Piecewise)]
    ready = {id(one) for table in tables for one in _ready(table)}
    ready |= {id(one) for root in drawn for one in k.walk(root)}
    for node in nodes:
        match node:
            case _ if id(node) in ready:
                pass
            case k.Actual(index) | k.Own(index, _):
                if kernel.inputs[index].role != "period":
                    facts.add(index)
            case k.Piecewise(_, pieces):
                bounds += min(ROWS, sum(piece.bound is not None for piece in pieces))
                operations += any(not nothing(piece.slope) for piece in pieces)
            case k.Extreme(_, operands):
                bounds += len(operands) - 1
            case k.Clamp() | k.Comparison():
                bounds += 1
            case k.Arithmetic() | k.Rounded() | k.Elapsed():
                operations += 1
    return len(facts), bounds, operations


def _ready(node: k.Piecewise) -> Iterator[k.Node]:
    """What nobody works out who reads a table: its bounds, its other rows, what the bands below came to."""
    worth = [[*k.walk(piece.constant if nothing(piece.slope) else piece.slope)] for piece in node.pieces]
    read = {id(one) for one in max(worth, key=len)}
    if any(isinstance(one, k.Piecewise) for several in worth for one in several):
        read = set()  # of a matrix a row and a column are found, and no more is worked out
    for piece in node.pieces:
        parts = (piece.slope, piece.constant, *([] if piece.bound is None else [piece.bound]))
        yield from (one for part in parts for one in k.walk(part) if id(one) not in read)
