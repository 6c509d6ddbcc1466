"""Names in formulas and labels: what each stands for, and what stands for nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .. import tree
from ..faults import Fault
from ..words import words
from .scope import Scope
from .spelling import began, looks

LONGEST, SHOWN = 60, 20  # characters of a name, and of those that a report shows of a longer one
LABEL = 1_000  # characters of what something is called for people


def names(scope: Scope, strays: Mapping[str, str]) -> Iterator[Fault]:
    """Names at fault; those that stand for nothing only where no line failed to parse (`whole`), since one of
    the missing lines may declare them."""
    yield from _labels(scope)
    yield from _endless(scope)
    yield from _lengthy(scope)
    if not scope.whole:
        return
    for name, meant in strays.items():
        for line in scope.behind(name):
            if line.name is not None:
                yield _stray(line.name, meant, declared=not isinstance(line, tree.Kpi))
    vocabulary = words(scope.plan.lang)
    declared = {*scope.facts, *scope.figures, *scope.kpis}
    altered = scope.salary is not None and (scope.salary.clauses or scope.above(scope.salary))
    measured = {meant for name, meant in strays.items() if name in scope.kpis}
    for expr in scope.expressions:
        match expr:
            case tree.Name(text) if text in strays and text not in declared:
                yield _stray(expr, strays[text], declared=False)
            case tree.Identity(asked) | tree.By(asked) if asked.text in strays and asked.text not in declared:
                yield _stray(asked, strays[asked.text], declared=False)
            case tree.PaidSalary() | tree.FullSalary() if scope.salary is None:
                yield Fault("P210", place=expr.place)
            case tree.PaidSalary(plain=True) if altered:
                # The words for the two amounts that a salary with clauses has.
                facts = {"paid": vocabulary["paid_salary"], "full": vocabulary["full_salary"]}
                yield Fault("P274", place=expr.place, facts=facts)
            case tree.PayFor(paid) if scope.named_line(expr) is None:
                text = vocabulary["commission"] if paid is None else paid.text
                fix = None if paid is None else scope.guess(text, [*scope.kpis, *scope.pays])
                yield Fault("P275", place=(paid or expr).place, facts={"name": text}, fix=fix)
            case tree.PayFor(tree.Name(text)) | tree.Name(text) if scope.last(text):
                yield Fault("P208", place=expr.place, facts={"name": text})
            case tree.Name(text) if text in scope.sections and text not in declared:
                yield Fault("P268", place=expr.place, facts={"name": text})
            case tree.TargetOf(kpi) | tree.AttainmentOf(kpi) if kpi.text not in scope.kpis:
                # A misspelt KPI is one fault, wherever else it is spelt rightly.
                if kpi.text not in strays and kpi.text not in measured:
                    fix = scope.guess(kpi.text, scope.kpis)
                    yield Fault("P209", place=kpi.place, facts={"name": kpi.text}, fix=fix)
            case _:
                pass
    if scope.kpis or scope.pays or scope.salary or scope.bonus:
        yield from _idle(scope, {*strays, *strays.values()})


def _stray(name: tree.Name, meant: str, *, declared: bool) -> Fault:
    """A misspelt name where it is used, measured, or declared for others that use it under another."""
    alike = looks(name.text) == looks(meant)
    code = "P207" if alike else "P232" if declared else "P205"
    return Fault(code, place=name.place, facts={"name": name.text, "near": meant}, fix=meant)


def _idle(scope: Scope, told: set[str]) -> Iterator[Fault]:
    """Facts and figures that nothing is computed from, apart from those that another fault tells of."""
    vocabulary = words(scope.plan.lang)
    for code, lines in (("P218", scope.facts), ("P228", scope.figures)):
        for name, line in lines.items():
            if name not in scope.used and name not in told and began(line, vocabulary) is None:
                yield Fault(code, "warning", place=line.name.place, facts={"name": name})


def _endless(scope: Scope) -> Iterator[Fault]:
    """Names that no column and no report can hold."""
    places = dict(scope.needs)
    lines: list[tree.Figure | tree.Pay | tree.Section] = [*scope.figures.values(), *scope.pays.values()]
    lines.extend(scope.sections.values())
    for line in lines:
        if line.name is not None:
            places[line.name.text] = line.name.place
    for name, place in places.items():
        if len(name) > LONGEST:
            facts = {"name": f"{name[:SHOWN]}…", "count": str(len(name)), "most": str(LONGEST)}
            yield Fault("P280", place=place, facts=facts)


def _lengthy(scope: Scope) -> Iterator[Fault]:
    """Titles and labels that no heading can hold: each stands in every answer about its plan."""
    for line in scope.plan.statements:
        match line:
            case tree.Title(text) | tree.Definitions(text) | tree.Example(title=text):
                called: tree.Text | None = text
            case tree.Fact() | tree.Kpi() | tree.Figure() | tree.Pay() | tree.Section():
                called = line.label
            case _:
                continue
        if called is not None and len(called.text) > LABEL:
            facts = {"count": str(len(called.text)), "most": str(LABEL)}
            yield Fault("P279", place=called.place, facts=facts)


def _labels(scope: Scope) -> Iterator[Fault]:
    """Two labels of one thing, or one label of two things."""
    owners: dict[str, tuple[str, tree.Text]] = {}
    for name in dict.fromkeys([*scope.kpis, *scope.facts, *scope.figures, *scope.pays, *scope.sections]):
        label = None
        for line in sorted(scope.behind(name), key=lambda line: line.place):
            if line.label is None:
                continue
            if label is None:
                label = line.label
            elif line.label != label:
                facts = {"name": name, "label": line.label.text, "earlier": label.text}
                yield Fault("P229", "warning", place=line.label.place, also=label.place, facts=facts)
        if label is not None:
            other, earlier = owners.setdefault(label.text.casefold(), (name, label))
            if other != name:
                facts = {"name": name, "other": other, "label": label.text}
                yield Fault("P230", "warning", place=label.place, also=earlier.place, facts=facts)
