"""Kinds from evidence: what the author declared, the values that names are given, and what formulas need.

Everything that has a kind is a cell with the kinds that it may be of; relations between cells rule kinds out
until nothing changes. Evidence that contradicts what is known already rules nothing out: later it is a fault.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .. import tree
from ..place import NOWHERE, Place
from ..words import KindName
from .demands import demands, measured, values
from .intended import measures_attainment
from .kind import (
    ANY,
    ATTRIBUTE,
    BAND,
    CHOICE,
    COUNT,
    DONE,
    EQUAL,
    EXTREME,
    MATCH,
    MEAN,
    MONEY,
    PERCENT,
    PLAIN,
    PRODUCT,
    YES_NO,
    Possible,
    Table,
    settled,
    solve,
)
from .kinds import COUNTING, Kinds, Whole, inside_out, leaf, of_column, order, parts, table
from .scope import Scope, formulas

# Three cells that hang together by a table: the left, the right, and their whole.
Relation = tuple[Table, int, int, int]


@dataclass(slots=True)
class Cells:
    """The possible kinds of each cell, and which relations hang on it."""

    possible: list[Possible] = field(default_factory=list)
    watching: list[list[Relation]] = field(default_factory=list)
    waiting: deque[Relation] = field(default_factory=deque)
    evidence: dict[int, Place] = field(default_factory=dict)
    place: Place = NOWHERE

    def cell(self, possible: Possible = ANY) -> int:
        """A new cell for a kind that is not known yet, and which kinds it can be."""
        self.possible.append(possible)
        self.watching.append([])
        return len(self.possible) - 1

    def relate(self, rule: Table, left: int, right: int, whole: int) -> None:
        """Let three cells hang together by a table."""
        relation = rule, left, right, whole
        for cell in {left, right, whole}:
            self.watching[cell].append(relation)
        self.waiting.append(relation)

    def narrow(self, cell: int, possible: Possible) -> None:
        """Rule out all other kinds of a cell, unless that leaves none."""
        if self.possible[cell] <= possible:
            return
        if left := self.possible[cell] & possible:
            self.possible[cell] = left
            if len(left) == 1:
                self.evidence[cell] = self.place
            self.waiting.extend(self.watching[cell])

    def settle(self, place: Place) -> None:
        """Rule out what can be, because of what stands at a place."""
        self.place = place
        while self.waiting:
            rule, left, right, whole = self.waiting.popleft()
            found = solve(rule, self.possible[left], self.possible[right], self.possible[whole])
            for cell, possible in zip((left, right, whole), found, strict=True):
                self.narrow(cell, possible)


@dataclass(slots=True)
class Inference:
    """The cells of a plan, those of its names, and those of its expressions (by identity)."""

    scope: Scope
    cells: Cells
    names: dict[str, int]
    entered: dict[int, tuple[tree.Expr, int]] = field(default_factory=dict)

    def enter(self, expr: tree.Expr) -> int:
        """The cell of an expression, with all inside it."""
        if id(expr) not in self.entered:
            for part in inside_out(expr):
                self.entered[id(part)] = part, self._cell(part)
        return self.entered[id(expr)][1]

    def _cell(self, expr: tree.Expr) -> int:
        match expr:
            case tree.Name(text):
                if text in self.names:
                    return self.names[text]
                return self.cells.cell(MONEY if self.scope.paid(expr) else ANY)
            case tree.TargetOf(tree.Name(text)):
                return self.names[text] if text in self.scope.kpis else self.cells.cell()
            case tree.Identity(attribute):
                self._ask(attribute)
                return self.cells.cell(YES_NO)
            case tree.Table():
                return self._table(expr)
            case tree.Records():
                return self._records(expr)
            case tree.Pool() | tree.Prizes():
                return self._shared(expr)
            case _:
                return self._whole(expr) if isinstance(expr, Whole) else self.cells.cell(leaf(expr))

    def say(self, name: tree.Name, possible: Possible, place: Place) -> None:
        """Rule out all other kinds of a name, and what follows, because of what stands at a place."""
        self.cells.place = place
        self.cells.narrow(self.names[name.text], possible)
        self.cells.settle(place)

    def _ask(self, attribute: tree.Name) -> None:
        """What is asked for its values is an attribute, unless it is something else by another line."""
        if attribute.text in self.names:
            self.cells.place = attribute.place
            self.cells.narrow(self.names[attribute.text], ATTRIBUTE)

    def _whole(self, expr: Whole) -> int:
        rule = table(expr)
        first, *others = parts(expr)
        whole = self.enter(first)
        for other in others:
            made = self.cells.cell()
            self.cells.relate(rule, whole, self.enter(other), made)
            whole = made
        match expr:
            case tree.Choice(condition=condition):
                self.cells.place = condition.place
                self.cells.narrow(self.enter(condition), YES_NO)
            case tree.By(attribute):
                self._ask(attribute)
            case tree.WithoutTax(gross, rate):
                taxed = self.enter(rate)
                self.cells.place = rate.place
                self.cells.narrow(taxed, PERCENT)
                # Less a tax, money is money; of a count there are parts.
                self.cells.relate(EQUAL, self.enter(gross), whole, whole)
        return whole

    def _shared(self, expr: tree.Pool | tree.Prizes) -> int:
        """What somebody has of a sum, or of prizes: money, as those are."""
        sums = expr.prizes if isinstance(expr, tree.Prizes) else (expr.fund,)
        wanted = [(one, MONEY) for one in sums]
        if isinstance(expr, tree.Pool) and expr.reserve is not None:
            wanted += [(expr.reserve.size, MONEY | PERCENT), (expr.reserve.late, YES_NO)]
        for one, kinds in wanted:
            self.cells.place = one.place
            self.cells.narrow(self.enter(one), kinds)
        return self.cells.cell(MONEY)

    def _records(self, expr: tree.Records) -> int:
        """What a value over records comes to: what it is for each, but for a number of them and a mean."""
        if expr.where is not None:
            self.cells.place = expr.where.place
            self.cells.narrow(self.enter(expr.where), YES_NO)
        if expr.value is None or expr.word in COUNTING:
            return self.cells.cell(COUNT)
        value = self.enter(expr.value)
        if expr.word != "average":
            return value
        whole = self.cells.cell()
        self.cells.relate(MEAN, value, value, whole)
        return whole

    def _table(self, expr: tree.Table) -> int:
        """The value of a table: its bounds are held against its measures, and its cells make it."""
        whole = self.cells.cell()
        measure = self.enter(expr.measure)
        across = measure if expr.across is None else self.enter(expr.across)
        if expr.filled is not None:
            self.cells.relate(EXTREME, measure, self.enter(expr.filled), self.cells.cell())
        for row in expr.rows:
            match row:
                case tree.Columns(bounds):
                    for bound in bounds:
                        self._beside(expr.across or expr.measure, across, bound.value)
                case tree.Row(bound=bound, cells=cells):
                    if bound is not None:
                        self._beside(expr.measure, measure, bound.value)
                    for cell in cells:
                        self._cell_of(expr, cell, measure, whole)
        return whole

    def _beside(self, expr: tree.Expr, measure: int, bound: tree.Expr) -> None:
        """A bound says what is measured, unless that is a KPI and its attainment is meant."""
        if not measures_attainment(self.scope, expr, bound):
            self.cells.relate(EXTREME, measure, self.enter(bound), self.cells.cell())

    def _cell_of(self, expr: tree.Table, cell: tree.Cell, measure: int, whole: int) -> None:
        value = self.enter(cell.value)
        if expr.mode in {"bands", "whole"}:
            self.cells.relate(PRODUCT if cell.per_unit else BAND, measure, value, whole)
        else:
            self.cells.relate(CHOICE, value, whole, whole)


def infer(scope: Scope, figures: Iterable[str]) -> Kinds:
    """The kinds of a plan's facts and figures, the figures each after what it is computed from."""
    cells = Cells()
    names = {name: cells.cell() for name in (*scope.needs, *scope.figures)}
    # Of the members of a group a value is of the kind that it is of one.
    for name in scope.columns:
        own = scope.member(name)
        names[name] = names[own] if own in names else cells.cell()
    inference = Inference(scope, cells, names)
    # What says most comes first, so that it is the odd use of a name that is found at fault.
    _declared(inference)
    _given(inference, bare=False)
    _figures(inference)
    _given(inference, bare=True)
    # What a KPI measures can be more or less; what is paid for each is done or not, or counted.
    for measure, wanted, _ in measured(scope):
        inference.say(measure, wanted, measure.place)
    _formulas(inference)
    possible = {name: cells.possible[cell] for name, cell in names.items()}
    evidence = {name: cells.evidence[cell] for name, cell in names.items() if cell in cells.evidence}
    evident = [*cells.possible]
    taken = dict(_taken(inference, figures))
    known = {
        key: (expr, evident[cell], cells.possible[cell]) for key, (expr, cell) in inference.entered.items()
    }
    return Kinds(possible, taken, evidence, known)


def _declared(inference: Inference) -> None:
    scope = inference.scope
    lines: list[tree.Fact | tree.Figure] = [*scope.facts.values(), *scope.figures.values()]
    for line in lines:
        if isinstance(line.kind, tree.Choices):
            inference.say(line.name, ATTRIBUTE, line.kind.place)
        elif line.kind is not None and line.kind.kind is not None:
            inference.say(line.name, frozenset({line.kind.kind}), line.kind.place)
    for name, column in scope.columns.items():
        inference.say(tree.Name(name), of_column(column), column.kind.place)


def _given(inference: Inference, *, bare: bool) -> None:
    """Values that names are given; bare numbers apart from all others, since they say least."""
    for statement in inference.scope.lines:
        for name, value in values(inference.scope, statement):
            if isinstance(value, tree.Name) and not isinstance(statement, tree.Kpi):
                continue  # a word for an attribute, and no name of a fact
            if name.text in inference.names and isinstance(value, tree.Number) == bare:
                cell = inference.names[name.text]
                inference.cells.relate(MATCH, inference.enter(value), cell, cell)
                inference.cells.settle(value.place)


def _figures(inference: Inference) -> None:
    for name, figure in inference.scope.figures.items():
        cell = inference.names[name]
        # A declared count may be computed as a number; what is not declared is what it is computed as.
        rule = EQUAL if figure.kind is None else MATCH
        inference.cells.relate(rule, inference.enter(figure.value), cell, cell)
        if isinstance(figure, tree.Balance):
            inference.cells.relate(EQUAL, inference.names[name + tree.OPENING], cell, cell)
        inference.cells.settle(figure.value.place)


def _formulas(inference: Inference) -> None:
    for line in inference.scope.lines:
        for expr in formulas(line):
            inference.enter(expr)
            inference.cells.settle(expr.place)
    for line in inference.scope.lines:
        for demand in demands(line):
            cell = inference.enter(demand.expr)
            inference.cells.settle(demand.expr.place)
            inference.cells.narrow(cell, demand.wanted)
            inference.cells.settle(demand.expr.place)


def _taken(inference: Inference, figures: Iterable[str]) -> Iterator[tuple[str, KindName]]:
    """What each name is taken for, one after another, since each may decide the next."""
    scope, cells = inference.scope, inference.cells
    orders = dict.fromkeys(scope.needs, PLAIN)
    # A milestone is passed or not, unless something shows that it can be passed more than once.
    milestones = (name for name, pay in scope.pays.items() if pay.word == "milestone")
    orders.update((name, DONE) for name in milestones if name in orders)
    for name in figures:
        orders[name] = order(scope.figures[name].value, cells.possible[inference.names[name]])
    orders.update(dict.fromkeys(scope.columns, PLAIN))
    for name, preference in orders.items():
        cell = inference.names[name]
        if len(cells.possible[cell]) > 1:
            cells.narrow(cell, frozenset({settled(cells.possible[cell], preference)}))
            cells.settle(NOWHERE)
        yield name, settled(cells.possible[cell])
