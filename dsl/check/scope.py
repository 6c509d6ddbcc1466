"""What a plan declares and what it needs: its names, and the line behind each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .. import tree
from ..faults import Fault
from ..parse import Parsed
from ..source import Place, Source

COMMISSION = "commission"  # the name of a commission line that gives itself none


@dataclass(slots=True)
class Scope:
    """The lines of a plan by what they declare, in the author's order.

    `needs` are the names of facts, each with the place where it is first met: those that are declared, measured
    by a KPI, or used in a formula, and that no figure computes.
    """

    source: Source
    plan: tree.Plan
    facts: dict[str, tree.Fact] = field(default_factory=dict)
    figures: dict[str, tree.Figure] = field(default_factory=dict)
    kpis: dict[str, tree.Kpi] = field(default_factory=dict)
    commissions: dict[str, tree.Commission] = field(default_factory=dict)
    salary: tree.Salary | None = None
    bonus: tree.Bonus | None = None
    examples: list[tree.Example] = field(default_factory=list)
    needs: dict[str, Place] = field(default_factory=dict)

    def label(self, name: str) -> str:
        """What people call it: the label of its KPI, its fact, its figure or its line, or else the name."""
        tables: tuple[Mapping[str, tree.Labelled], ...] = (self.kpis, self.facts, self.figures, self.commissions)
        for declared in tables:
            line = declared.get(name)
            if line is not None and line.label is not None:
                return line.label.text
        return name

    def text(self, node: tree.Placed) -> str:
        """The words of a node as they stand in the plan."""
        return self.source.at(node.place)

    def vouched(self) -> set[str]:
        """Names that the author wrote down apart from formulas, so that a formula can be held against them."""
        given = {entry.name.text for example in self.examples for entry in entries(example) if not entry.target}
        return {*self.facts, *self.figures, *self.kpis, *given}


def formulas(statement: tree.Statement) -> Iterator[tree.Expr]:
    """The expressions of a statement, outermost only."""
    match statement:
        case tree.Salary(amount=amount) | tree.Commission(amount=amount):
            yield amount
        case tree.Bonus(pool=pool):
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


def entries(example: tree.Example) -> Iterator[tree.Entry]:
    """All that an example gives."""
    for row in example.rows:
        if isinstance(row, tree.Given):
            yield from row.entries


def outcomes(example: tree.Example) -> Iterator[tree.Outcome]:
    """All that an example pays."""
    for row in example.rows:
        if isinstance(row, tree.Pays):
            yield from row.outcomes


def survey(parsed: Parsed) -> tuple[Scope, list[Fault]]:
    """The scope of a plan, and what it declares twice."""
    scope = Scope(parsed.source, parsed.tree)
    faults = [fault for statement in parsed.tree.statements if (fault := _declare(scope, statement))]
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
        case tree.Commission(name=tree.Name() as name):
            return _enter(scope.commissions, name, statement, scope.facts, scope.figures, scope.kpis)
        case tree.Commission():
            earlier = scope.commissions.setdefault(COMMISSION, statement)
            return None if earlier is statement else Fault("P204", place=statement.place, also=earlier.place)
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
    earlier: tree.Labelled = table.setdefault(name.text, line)
    if earlier is line:
        earlier = next((other[name.text] for other in others if name.text in other), line)
    if earlier is line:
        return None
    return Fault("P203", place=name.place, also=earlier.place, facts={"name": name.text})


def _use(scope: Scope, statement: tree.Statement) -> None:
    """Enter the facts that a statement needs."""
    if isinstance(statement, tree.Fact | tree.Kpi):
        _need(scope, statement.name)
    for formula in formulas(statement):
        for expr in tree.walk(formula):
            if isinstance(expr, tree.Name):
                _need(scope, expr)


def _need(scope: Scope, name: tree.Name) -> None:
    if name.text not in scope.figures:
        scope.needs.setdefault(name.text, name.place)
