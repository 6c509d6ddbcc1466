"""What a plan computes, in the order in which it can be computed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, assert_never

from .. import tree
from ..faults import Fault
from ..place import NOWHERE, Place
from ..tree.declared import About
from .scope import COMMISSION, COUNTED, SALARY, Scope

# A computed thing: a figure by its name, a target or an attainment by its KPI, the salary before its clauses,
# or, where a formula names it, a line of pay as it is printed, and several lines together.
Node = tuple[Literal["figure", "target", "attainment", "salary", "line", "section", "together"], str]

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
            (start, NOWHERE, _needed(scope, start))
        ]
        height[start] = 0
        while stack:
            node, _, needed = stack[-1]
            other, place = next(needed, (None, NOWHERE))
            if other is None:
                done.add(node)
                ordered.append(node)
                del height[node]
                stack.pop()
            elif other in height:
                # One fault for each circle: circles that share a link are most often broken together.
                if told.isdisjoint({other, node}):
                    links, places, _ = zip(*stack[height[other] :], strict=True)
                    told.update(links)
                    faults.append(_circle(scope, links, [*places[1:], place]))
            elif other not in done:
                height[other] = len(stack)
                stack.append((other, place, _needed(scope, other)))
    return ordered, faults


def _circle(scope: Scope, links: Sequence[Node], named: Sequence[Place]) -> Fault:
    """The fault of a circle: its links, and where each of them names the next one, the last the first."""
    at = max((index for index, link in enumerate(links) if _names(scope, link)), default=0)
    following = links[(at + 1) % len(links)]
    # What is due before an order is all that is paid, for whoever reads of a circle.
    spare = {("together", "due")} if ("together", "total") in links else set[Node]()
    around = [one for one in (*links[at + 1 :], *links[: at + 1], following) if one not in spare]
    told = [_told(scope, link) for link in around[: LINKS + 1]]
    text = [said for said, _ in told]
    circle = " → ".join(text if len(told) == len(around) else [*text[:LINKS], "…"])
    code = "P211" if {"section", "together"}.isdisjoint(what for what, _ in links) else "P454"
    return scope.fault(code, named[at], also=told[0][1], name=text[0], circle=circle)


def _names(scope: Scope, node: Node) -> bool:
    """Whether a computed thing names what it is made of, in a formula."""
    what, name = node
    reduced = what == "line" and name in scope.pays and scope.pays[name].word == "reduction"
    return what not in {"attainment", "section", "together"} and not reduced


def _told(scope: Scope, node: Node) -> tuple[str, Place | None]:
    """A computed thing as the plan writes it, and where it says what it is."""
    what, name = node
    match what:
        case "figure":
            return name, scope.figures[name].name.place
        case "salary":
            return scope.words["salary"], _line(scope, SALARY).place
        case "line":
            text = f"{scope.words['pay_for']} {name}" if name in scope.needs else name
            return scope.words[name] if name in {SALARY, COMMISSION} else text, _line(scope, name).place
        case "section":
            return name, scope.sections[name].name.place
        case "together":
            return scope.words["total" if name == "due" else name], None
        case "target":
            return f"{scope.words['target_of']} {name}", scope.kpis[name].name.place
        case "attainment":
            return f"{scope.words['attainment_of']} {name}", scope.kpis[name].name.place
        case _:
            assert_never(what)


def _line(scope: Scope, name: str) -> tree.Salary | tree.Kpi | tree.Pay:
    """The line of pay of a name."""
    if name == SALARY and scope.salary is not None:
        return scope.salary
    return scope.kpis[name] if name in scope.kpis else scope.pays[name]


def _nodes(scope: Scope) -> Iterator[Node]:
    if scope.salary is not None:
        yield "salary", "salary"
    for name in scope.figures:
        yield "figure", name
    for name in scope.kpis:
        yield "target", name
        yield "attainment", name
    for expr in scope.expressions:
        if (line := scope.named_line(expr)) is not None:
            yield "line", line
        if (whole := scope.named_whole(expr)) is not None:
            yield whole
    for pay in scope.pays.values():
        if pay.within is not None:
            yield "line", scope.line_name(pay)


def _needed(scope: Scope, node: Node) -> Iterator[tuple[Node, Place]]:
    """What a computed thing is computed from, and where the text says so."""
    what, name = node
    match what:
        case "salary":
            yield from _named(scope, [scope.salary.amount] if scope.salary else [])
        case "figure":
            yield from _named(scope, [scope.figures[name].value])
        case "target":
            yield from _named(scope, _terms(scope.kpis[name].clauses, {"target", "attainment"}))
        case "attainment":
            place = scope.kpis[name].name.place
            yield ("target", name), place
            if name in scope.figures:
                yield ("figure", name), place
        case "line":
            yield from _paid(scope, _line(scope, name))
        case "section" | "together":
            for part in scope.parts((what, name)):
                yield (
                    (part, NOWHERE) if isinstance(part, tuple) else (("line", named(scope, part)), part.place)
                )
            yield from _named(scope, _terms(tuple(scope.settling((what, name))), {"pay"}))
        case _:
            assert_never(what)


def named(scope: Scope, line: tree.Salary | tree.Kpi | tree.Pay) -> str:
    """The name of a line of pay."""
    if isinstance(line, tree.Pay):
        return scope.line_name(line)
    return SALARY if isinstance(line, tree.Salary) else line.name.text


def _paid(scope: Scope, line: tree.Salary | tree.Kpi | tree.Pay) -> Iterator[tuple[Node, Place]]:
    """What a line of pay is computed from."""
    clauses = [*line.clauses, *scope.above(line)]
    match line:
        case tree.Salary():
            yield ("salary", SALARY), line.place
        case tree.Kpi(name=name):
            yield ("attainment", name.text), name.place
            yield from _named(scope, [scope.bonus.pool] if scope.bonus else [])
            for sharing in _sharing(scope, line):
                yield from _named(scope, _terms(sharing.clauses, {"share", "whose"}))
        case tree.Pay(amount=amount):
            yield from _named(scope, [amount, *([line.within] if line.within else [])])
            if (most := scope.ceiling(line)) is not None:
                yield from _named(scope, [most])
            if (before := scope.before.get(scope.line_name(line))) is not None:
                yield ("line", scope.line_name(before)), before.place
            if line.word == "reduction":
                yield ("together", "due"), line.place
            if line.word in COUNTED and line.name is not None and line.name.text in scope.figures:
                yield ("figure", line.name.text), line.name.place
    yield from _named(scope, [expr for clause in clauses for expr in tree.terms(clause)])


def _terms(clauses: tuple[tree.Clause, ...], about: set[About]) -> list[tree.Expr]:
    """The expressions of those clauses that are about something."""
    return [term for one in clauses if one.declared.about in about for term in tree.terms(one)]


def _sharing(scope: Scope, kpi: tree.Kpi) -> Iterator[tree.Section | tree.Kpi]:
    """What decides a KPI's share of the bonus: its section, and those that its weight may go to."""
    section = scope.section_of(kpi)
    if section is not None:
        yield section
    if ("" if section is None else section.name.text) in scope.spreading:
        yield from (other for other in scope.kpis.values() if scope.section_of(other) is section)


def _named(scope: Scope, expressions: list[tree.Expr]) -> Iterator[tuple[Node, Place]]:
    for expression in expressions:
        for expr in tree.walk(expression):
            match expr:
                case tree.Name(text) if text in scope.figures:
                    yield ("figure", text), expr.place
                case tree.Records("rank", value=value) if value is not None:
                    # It is asked of oneself too.
                    for inner in tree.walk(value):
                        if isinstance(inner, tree.Name) and scope.member(inner.text) in scope.figures:
                            yield ("figure", scope.member(inner.text)), inner.place
                case tree.TargetOf(kpi) if kpi.text in scope.kpis:
                    yield ("target", kpi.text), expr.place
                case tree.AttainmentOf(kpi) if kpi.text in scope.kpis:
                    yield ("attainment", kpi.text), expr.place
                case tree.FullSalary() if scope.salary is not None:
                    yield ("salary", SALARY), expr.place
                case _ if (line := scope.named_line(expr)) is not None:
                    yield ("line", line), expr.place
                case _ if (whole := scope.named_whole(expr)) is not None:
                    yield whole, expr.place
