"""What a plan computes, in the order in which it can be computed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, assert_never

from .. import tree
from ..faults import Fault
from ..source import Place
from ..words import words
from .scope import Scope, terms

# A computed thing: a figure by its name, a target or an attainment by its KPI, or the salary.
Node = tuple[Literal["figure", "target", "attainment", "salary"], str]

LINKS = 8  # names of a circle that a report lists


def sequence(scope: Scope) -> tuple[list[Node], list[Fault]]:
    """What a plan computes before its lines of pay, each after what it is computed from; and the circles."""
    ordered: list[Node] = []
    faults: list[Fault] = []
    done: set[Node] = set()
    told: set[Node] = set()
    # A stack of our own, since a plan may chain more figures than Python nests calls; and how high each lies.
    height: dict[Node, int] = {}
    for start in _nodes(scope):
        if start in done:
            continue
        stack: list[tuple[Node, Place, Iterator[tuple[Node, Place]]]] = [
            (start, Place(0, 0), _needed(scope, start))
        ]
        height[start] = 0
        while stack:
            node, _, needed = stack[-1]
            other, place = next(needed, (None, Place(0, 0)))
            if other is None:
                done.add(node)
                ordered.append(node)
                del height[node]
                stack.pop()
            elif other in height:
                # One fault for each circle: circles that share a link are most often broken together.
                if told.isdisjoint({other, node}):
                    circle = stack[height[other] :]
                    told.update(link for link, _, _ in circle)
                    faults.append(
                        _circle(scope, [link for link, _, _ in circle], [at for _, at, _ in circle], place)
                    )
            elif other not in done:
                height[other] = len(stack)
                stack.append((other, place, _needed(scope, other)))
    return ordered, faults


def _circle(scope: Scope, links: list[Node], places: list[Place], closing: Place) -> Fault:
    """The fault of a circle: its links, where each but the first is named by the one before it, and the first
    by the last."""
    named = [*places[1:], closing]
    # An attainment names nothing by itself: no formula stands behind it.
    at = max(index for index, (what, _) in enumerate(links) if what != "attainment")
    following = links[(at + 1) % len(links)]
    text = [_text(scope, link) for link in [*links[at + 1 :], *links[: at + 1], following][: LINKS + 1]]
    circle = " → ".join(text if len(text) == len(links) + 1 else [*text[:LINKS], "…"])
    facts = {"name": text[0], "circle": circle}
    return Fault("P211", place=named[at], also=_definition(scope, following), facts=facts)


def _text(scope: Scope, node: Node) -> str:
    """A computed thing as the plan writes it."""
    what, name = node
    vocabulary = words(scope.plan.lang)
    match what:
        case "figure":
            return name
        case "salary":
            return vocabulary["salary"]
        case "target" | "attainment":
            return f"{vocabulary[f'{what}_of']} {name}"
        case _:
            assert_never(what)


def _definition(scope: Scope, node: Node) -> Place | None:
    what, name = node
    match what:
        case "figure":
            return scope.figures[name].name.place
        case "salary":
            return scope.salary.place if scope.salary else None
        case "target" | "attainment":
            return scope.kpis[name].name.place
        case _:
            assert_never(what)


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
            yield from _named(scope, [scope.salary.amount] if scope.salary else [])
        case "figure":
            yield from _named(scope, [scope.figures[name].value])
        case "target":
            clauses = scope.kpis[name].clauses
            aims = tree.Target | tree.TargetProrated | tree.Tolerance
            timed = [clause for clause in clauses if isinstance(clause, aims)]
            yield from _named(scope, [expr for clause in timed for expr in terms(clause)])
        case "attainment":
            place = scope.kpis[name].name.place
            yield ("target", name), place
            if name in scope.figures:
                yield ("figure", name), place
        case _:
            assert_never(what)


def _named(scope: Scope, expressions: list[tree.Expr]) -> Iterator[tuple[Node, Place]]:
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
