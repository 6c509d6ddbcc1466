"""What a plan declares and what it needs: its names, and the line behind each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from .. import tree
from ..faults import Fault, nearest
from ..parse import Parsed
from ..source import Place, Source

COMMISSION = "commission"  # the name of a commission line that gives itself none

# A text with more misspelt names than this is something else than misspelt, and each costs a search.
GUESSES, CHOICE, LONG = 50, 1000, 64


@dataclass(slots=True)
class Scope:
    """The lines of a plan by what they declare, in the author's order.

    `lines` are all but those that declare something for the second time. `expressions` are those of all
    formulas with all inside them, each before its parts. `needs` are the names of facts, each with the place
    where it is first met: those that are declared, measured by a KPI, or used in a formula, and that no
    figure computes. `used` are the names that something is computed from.
    """

    source: Source
    plan: tree.Plan
    lines: list[tree.Statement] = field(default_factory=list)
    facts: dict[str, tree.Fact] = field(default_factory=dict)
    figures: dict[str, tree.Figure] = field(default_factory=dict)
    kpis: dict[str, tree.Kpi] = field(default_factory=dict)
    commissions: dict[str, tree.Commission] = field(default_factory=dict)
    salary: tree.Salary | None = None
    bonus: tree.Bonus | None = None
    examples: list[tree.Example] = field(default_factory=list)
    expressions: list[tree.Expr] = field(default_factory=list)
    needs: dict[str, Place] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    guesses: int = GUESSES

    def label(self, name: str) -> str:
        """What people call it: the label of its KPI, its fact, its figure or its line, or else the name."""
        return next((line.label.text for line in self.behind(name) if line.label is not None), name)

    def behind(self, name: str) -> Iterator[tree.Labelled]:
        """The lines that declare a name."""
        tables: tuple[Mapping[str, tree.Labelled], ...] = (
            self.kpis,
            self.facts,
            self.figures,
            self.commissions,
        )
        return (table[name] for table in tables if name in table)

    def text(self, node: tree.Placed) -> str:
        """The words of a node as they stand in the plan."""
        return self.source.at(node.place)

    def guess(self, word: str, known: Iterable[str]) -> str | None:
        """The name that was meant by a misspelt one, if it is worth the search."""
        if self.guesses == 0 or len(word) > LONG:
            return None
        self.guesses -= 1
        candidates = [*islice(known, CHOICE + 1)]
        return nearest(word, candidates) if len(candidates) <= CHOICE else None


def formulas(statement: tree.Statement) -> Iterator[tree.Expr]:
    """The expressions of a statement, outermost only."""
    match statement:
        case tree.Salary(amount) | tree.Commission(_, _, amount):
            yield amount
        case tree.Bonus(pool):
            yield pool
        case tree.Figure(value=value):
            yield value
        case tree.Kpi(clauses=clauses):
            for clause in clauses:
                yield from terms(clause)
        case _:
            return


def terms(clause: tree.Clause) -> Iterator[tree.Expr]:
    """The expressions of a clause."""
    match clause:
        case tree.Weight(share):
            yield share
        case tree.Target(value):
            yield value
        case tree.Cutoff(bound):
            yield bound
        case tree.Accel(factor, _, bound):
            yield factor
            yield bound
        case tree.Cap(limit):
            yield limit


def survey(parsed: Parsed) -> tuple[Scope, list[Fault]]:
    """The scope of a plan, and what it declares twice."""
    scope = Scope(parsed.source, parsed.tree)
    faults: list[Fault] = []
    for statement in parsed.tree.statements:
        fault = _declare(scope, statement)
        if fault is None:
            scope.lines.append(statement)
        else:
            faults.append(fault)
    for statement in parsed.tree.statements:
        _use(scope, statement)
    return scope, faults


def _declare(scope: Scope, statement: tree.Statement) -> Fault | None:
    match statement:
        case tree.Fact(name=name):
            return _enter(scope.facts, name, statement, scope.figures, scope.commissions)
        case tree.Figure(name=name):
            return _enter(scope.figures, name, statement, scope.facts, scope.commissions)
        case tree.Kpi(name=name):
            return _enter(scope.kpis, name, statement, scope.commissions)
        case tree.Commission(name, _, _):
            if name is None and COMMISSION in scope.commissions:
                return Fault("P204", place=statement.place, also=scope.commissions[COMMISSION].place)
            name = name or tree.Name(COMMISSION, place=statement.place)
            return _enter(scope.commissions, name, statement, scope.facts, scope.figures, scope.kpis)
        case tree.Salary():
            if scope.salary is not None:
                return Fault("P202", place=statement.place, also=scope.salary.place)
            scope.salary = statement
        case tree.Bonus():
            if scope.bonus is not None:
                return Fault("P202", place=statement.place, also=scope.bonus.place)
            scope.bonus = statement
        case tree.Example():
            scope.examples.append(statement)
        case _:
            pass
    return None


def _enter(
    table: dict[str, tree.LabelledT],
    name: tree.Name,
    line: tree.LabelledT,
    *others: Mapping[str, tree.Labelled],
) -> Fault | None:
    for earlier in (other[name.text] for other in (table, *others) if name.text in other):
        also = earlier.place if earlier.name is None else earlier.name.place
        return Fault("P203", place=name.place, also=also, facts={"name": name.text})
    table[name.text] = line
    return None


def _use(scope: Scope, statement: tree.Statement) -> None:
    """Enter the names that a statement needs."""
    if isinstance(statement, tree.Fact | tree.Kpi):
        _need(scope, statement.name)
    if isinstance(statement, tree.Kpi):
        scope.used.add(statement.name.text)
    for formula in formulas(statement):
        for expr in tree.walk(formula):
            scope.expressions.append(expr)
            if isinstance(expr, tree.Name):
                _need(scope, expr)
                scope.used.add(expr.text)
            elif isinstance(expr, tree.Amount):
                # `500 deals` for `500 * deals`: the name is used, if wrongly.
                scope.used.add(expr.currency)


def _need(scope: Scope, name: tree.Name) -> None:
    if name.text not in scope.figures and name.text not in scope.commissions:
        scope.needs.setdefault(name.text, name.place)
