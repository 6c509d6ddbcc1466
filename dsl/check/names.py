"""Names in formulas: what each stands for, and what stands for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from .. import tree
from ..faults import Fault, nearest
from ..source import Place
from .scope import Scope, formulas

NEAR = 4  # letters of the shortest name whose neighbour is taken for a misspelling


def names(scope: Scope, *, whole: bool) -> list[Fault]:
    """Names that stand for nothing; where lines are missing from the tree, none, since one of them may declare it."""
    if not whole:
        return []
    vouched = scope.vouched()
    expressions = (
        expr
        for statement in scope.plan.statements
        for formula in formulas(statement)
        for expr in tree.walk(formula)
    )
    return [fault for expr in expressions if (fault := _stray(expr, scope, vouched))]


def _stray(expr: tree.Expr, scope: Scope, vouched: set[str]) -> Fault | None:
    match expr:
        case tree.Name(text) if text not in vouched:
            if text in scope.commissions:
                return Fault("P208", place=expr.place, facts={"name": text})
            # A name that is met only in a formula is a fact that it needs, unless it nearly is another name.
            meant = nearest(text, vouched) if len(text) >= NEAR else None
            return Fault("P205", place=expr.place, facts={"name": text, "near": meant}, fix=meant) if meant else None
        case tree.TargetOf(name) | tree.AttainmentOf(name) if name.text not in scope.kpis:
            meant = nearest(name.text, scope.kpis)
            return Fault("P209", place=name.place, facts={"name": name.text}, fix=meant)
        case tree.PaidSalary() if scope.salary is None:
            return Fault("P210", place=expr.place)
        case _:
            return None


# A computed thing: a figure by its name, a target or an attainment by its KPI, or the salary.
Node = tuple[Literal["figure", "target", "attainment", "salary"], str]


def order(scope: Scope) -> tuple[list[Node], list[Fault]]:
    """Everything a plan computes before its lines of pay, each after what it is computed from; and the circles."""
    ordered: list[Node] = []
    faults: list[Fault] = []
    state: dict[Node, Literal["open", "done"]] = {}
    # A stack of our own, since a plan may chain more figures than Python nests calls.
    for start in _nodes(scope):
        stack: list[tuple[Node, Iterator[tuple[Node, Place]]]] = []
        if start not in state:
            state[start] = "open"
            stack.append((start, _needed(scope, start)))
        while stack:
            node, needed = stack[-1]
            following = next(needed, None)
            if following is None:
                state[node] = "done"
                ordered.append(node)
                stack.pop()
                continue
            other, place = following
            if other not in state:
                state[other] = "open"
                stack.append((other, _needed(scope, other)))
            elif state[other] == "open":
                circle = [seen for seen, _ in stack]
                names = [name for _, name in circle[circle.index(other) :]]
                facts = {"name": other[1], "circle": " → ".join([*names, other[1]])}
                faults.append(Fault("P211", place=place, facts=facts))
    return ordered, faults


def _nodes(scope: Scope) -> Iterator[Node]:
    if scope.salary is not None:
        yield "salary", "salary"
    for name in scope.figures:
        yield "figure", name
    for name in scope.kpis:
        yield "target", name
        yield "attainment", name


def _needed(scope: Scope, node: Node) -> Iterator[tuple[Node, Place]]:
    """What a computed thing is computed from, and where the text says so."""
    what, name = node
    match what:
        case "salary":
            expressions = [scope.salary.amount] if scope.salary else []
        case "figure":
            expressions = [scope.figures[name].value]
        case "target":
            expressions = [clause.value for clause in scope.kpis[name].clauses if isinstance(clause, tree.Target)]
        case "attainment":
            place = scope.kpis[name].name.place
            yield ("target", name), place
            if name in scope.figures:
                yield ("figure", name), place
            return
    for expression in expressions:
        for expr in tree.walk(expression):
            match expr:
                case tree.Name(text) if text in scope.figures:
                    yield ("figure", text), expr.place
                case tree.TargetOf(kpi) if kpi.text in scope.kpis:
                    yield ("target", kpi.text), expr.place
                case tree.AttainmentOf(kpi) if kpi.text in scope.kpis:
                    yield ("attainment", kpi.text), expr.place
                case tree.PaidSalary() if scope.salary is not None:
                    yield ("salary", "salary"), expr.place
                case _:
                    pass
