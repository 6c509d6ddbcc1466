"""Names in formulas and labels: what each stands for, and what stands for nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from .. import tree
from ..data import table
from ..faults import Fault, Severity
from ..parse.mistakes.months import declaring, named_elsewhere
from ..parse.mistakes.numerals import digits_of
from ..parse.mistakes.spelling import synonyms
from ..place import Place
from .prorations import missed
from .scope import COMMISSION, SHOWN, Scope, swapped
from .spelling import began, looks

UNDECLARED = frozenset({"P286", "P187"})  # codes of a name that no line declares, be it of another month
LONGEST, CUT = 60, 20  # characters of a name, and of those that a report shows of a longer one
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
                yield _stray(scope, line.name, meant, declared=not isinstance(line, tree.Kpi))
    declared = {*scope.facts, *scope.figures, *scope.kpis}
    altered = scope.salary is not None and (scope.salary.clauses or scope.above(scope.salary))
    measured = {meant for name, meant in strays.items() if name in scope.kpis}
    for expr in scope.expressions:
        match expr:
            case tree.Name(text) if text in strays and text not in declared:
                yield _stray(scope, expr, strays[text], declared=False)
            case tree.Identity(asked) | tree.By(asked) if asked.text in strays and asked.text not in declared:
                yield _stray(scope, asked, strays[asked.text], declared=False)
            case tree.PaidSalary() | tree.FullSalary() if scope.salary is None:
                yield scope.fault("P210", expr)
            case tree.PaidSalary(plain=True) if altered:
                # The words for the two amounts that a salary with clauses has.
                due, full = scope.words["paid_salary"], scope.words["full_salary"]
                yield scope.fault("P274", expr, paid=due, full=full)
            case tree.PaidTogether() | tree.PayFor() if not _known(scope, expr):
                paid = expr.name if isinstance(expr, tree.PayFor) and expr.name else expr
                name = scope.words["commission"] if isinstance(paid, tree.PayFor) else scope.text(paid)
                yield _unpaid(scope, paid, name)
            case tree.TargetOf(kpi) | tree.AttainmentOf(kpi) if kpi.text not in scope.kpis:
                # A misspelt KPI is one fault, wherever else it is spelt rightly.
                if kpi.text not in strays and kpi.text not in measured:
                    yield scope.fault("P209", kpi, name=kpi.text, fix=scope.guess(kpi.text, scope.kpis))
    yield from _answers(scope)
    hyphened = dict(_hyphened(scope))
    yield from (
        scope.fault("P127", at, word=scope.source.at(at), instead=(name,), fix=name)
        for at, name in hyphened.items()
    )
    yield from _undeclared(scope, strays, hyphened)
    if scope.kpis or scope.pays or scope.salary or scope.bonus:
        yield from _idle(scope, {*strays, *strays.values(), *hyphened.values()})


def _known(scope: Scope, expr: tree.Expr) -> bool:
    """Whether a plan has the pay that an expression names."""
    whole = scope.named_whole(expr)
    return scope.named_line(expr) is not None if whole is None else bool(scope.parts(whole))


def _hyphened(scope: Scope) -> Iterator[tuple[Place, str]]:
    """What is read as a difference of names and may be one name with a hyphen in it: `paid-hours`."""
    for expr in scope.expressions:
        if isinstance(expr, tree.Arithmetic) and expr.sign == "-" and isinstance(expr.right, tree.Name):
            names = [one for one in tree.walk(expr.left) if isinstance(one, tree.Name)]
            at = names[-1].place.to(expr.right.place) if names else expr.right.place
            name = scope.source.at(at).replace("-", "_")
            if names and name in {*scope.facts, *scope.figures}:
                yield at, name


def _unpaid(scope: Scope, named: tree.PayFor | tree.PaidTogether | tree.Name, name: str) -> Fault:
    """The fault of pay for what is no line of pay, with the lines that may be meant."""
    text, lines = scope.text(named), scope.named_lines
    called = [name for name in lines if name in scope.pays and scope.pays[name].word == "commission"]
    if isinstance(named, tree.PayFor):
        meant = called[0] if len(called) == 1 else None
    else:
        words = [scope.words[COMMISSION]] if COMMISSION in scope.pays else []
        netted = [line for line in lines if line not in scope.pays or scope.pays[line].word != "recovery"]
        meant, lines = scope.guess(name, [*netted, *words]), [*netted, *words]
    fix = meant and f"{text[: len(text) - len(name)]}{meant}"
    instead = ((meant,) if meant else tuple(lines[:SHOWN])) or ("phrase:no_line",)
    return scope.fault("P275", named, name=name, instead=instead, fix=fix)


def _answers(scope: Scope) -> Iterator[Fault]:
    """Other words for yes and no beside what is one of the two: `passed = true`."""
    for expr in scope.expressions:
        if isinstance(expr, tree.Comparison):
            for one, other in swapped(expr):
                if not any(scope.behind(other)) and (meant := scope.answer(one, other)) is not None:
                    at = expr.right if scope.text(expr.right) == other else expr.left
                    yield scope.fault("P102", at, word=other, instead=meant, fix=meant)


def _undeclared(scope: Scope, strays: Mapping[str, str], told: Collection[Place]) -> Iterator[Fault]:
    """Names that no line declares, in a plan that declares most facts; and attainment of no KPI.

    What an example gives is meant to be a fact; a name that none gives is not.
    """
    known = {*scope.facts, *scope.kpis, *scope.pays, *strays}
    known.update(entry.name.text for example in scope.examples for entry in example.entries)
    lacking = {
        name: place
        for name, place in scope.needs.items()
        if name not in known and not any(place.inside(at) for at in told)
    }
    for name, place, what in _counting(scope):
        if name in lacking:
            del lacking[name]
            at, own = place.to(what.place), scope.text(what)
            yield scope.fault("P127", at, word=scope.source.at(at), instead=(own,), fix=own)
    spoken = table("grammars", "synonyms.toml")
    units = {*spoken["units"][scope.plan.lang], *spoken["spans"][scope.plan.lang]}
    for expr in scope.expressions:
        match expr:
            case tree.Arithmetic(
                "/", (tree.Amount() | tree.Number()) as amount, tree.Name(unit)
            ) | tree.Arithmetic(
                "/", tree.Arithmetic("*", _, (tree.Amount() | tree.Number()) as amount), tree.Name(unit)
            ):
                if unit in lacking and unit.casefold() in units:
                    # `850 RUB / piece`: what an amount is for one of is said by its line.
                    lacking.pop(unit)
                    rest = Place(amount.place.end, expr.place.end)
                    yield scope.fault("P134", rest, word=(scope.source.at(rest).strip(),), fix="")
    for name in [*lacking]:
        digits = None if lacking[name] in scope.unsound else digits_of(name, scope.plan.lang)
        if digits is None and (times := TIMES.fullmatch(name)) is not None:
            digits = times[1]
        if digits is not None:
            yield scope.fault("P102", lacking.pop(name), word=name, instead=digits, fix=digits)
            continue
        if "attainment_of" in synonyms(scope.plan.lang).get(name.casefold(), ()) and scope.kpis:
            ways = tuple(f"{scope.words['attainment_of']} {kpi}" for kpi in scope.kpis)
            fix = ways[0] if len(ways) == 1 else None
            yield scope.fault("P287", lacking.pop(name), name=name, instead=ways, fix=fix)
    facts = _facts(scope)
    said = sum(name in facts for name in scope.needs)
    if len(lacking) < said or (len(lacking) == 1 and (_labelled(scope) or _declared(scope, *lacking))):
        for name, place in lacking.items():
            # Examples cannot be paid without it.
            severity: Severity = "error" if scope.examples else "warning"
            if named_elsewhere(name, scope.plan.lang):
                line = declaring(name, scope.words.kind_words["money"], scope.words)
                yield scope.fault("P187", place, severity, word=name, name=name, line=line)
            else:
                line = f"{scope.words['fact']} {name}"
                yield scope.fault("P286", place, severity, name=name, line=line)


# So many times: `accel x2`.
TIMES = re.compile("[xх]([0-9]+)", re.IGNORECASE)


def _counting(scope: Scope) -> Iterator[tuple[str, Place, tree.Expr]]:
    """Words that say that something is a number, before its name: `4 * number of visits`."""
    said = table("grammars", "synonyms.toml")["counting"][scope.plan.lang]
    for expr in scope.expressions:
        if (
            isinstance(expr, tree.Arithmetic)
            and expr.sign == "of"
            and isinstance(expr.right, tree.Name)
            and expr.right.text in {*scope.facts, *scope.figures}
        ):
            last = [one for one in tree.walk(expr.left) if isinstance(one, tree.Name)][-1:]
            yield from ((one.text, one.place, expr.right) for one in last if one.text in said)


def _declared(scope: Scope, name: str) -> bool:
    """Whether a plan with examples declares all facts but one."""
    return bool(scope.examples) and bool(_facts(scope)) and scope.needs.keys() - {name} <= scope.facts.keys()


def _labelled(scope: Scope) -> bool:
    """Whether a plan is written for people, with a label on each of its facts."""
    facts = _facts(scope)
    return bool(facts) and all(fact.label is not None for fact in facts.values())


def _facts(scope: Scope) -> Mapping[str, tree.Fact]:
    """The facts that a plan has lines for; what a balance opens with is one by the line of the balance."""
    return {name: fact for name, fact in scope.facts.items() if fact.name.balance is None}


def _stray(scope: Scope, name: tree.Name, meant: str, *, declared: bool) -> Fault:
    """A misspelt name where it is used, measured, or declared for others that use it under another."""
    code = "P207" if looks(name.text) == looks(meant) else "P232" if declared else "P205"
    return scope.fault(code, name, name=name.text, near=meant, fix=meant)


def _idle(scope: Scope, told: set[str]) -> Iterator[Fault]:
    """Facts and figures that nothing is computed from, no example shows, and nothing else is told of."""
    known = told | {*missed(scope)} | {one.name.text for example in scope.examples for one in example.shown}
    # What an example says is paid is at fault there.
    known |= {one.name.text for example in scope.examples for one in example.outcomes if one.name is not None}
    unused = {
        code: [
            line
            for name, line in lines.items()
            if name not in scope.used and name not in known and began(line, scope.words) is None
            if not isinstance(line, tree.ResultLine)
        ]
        for code, lines in (("P218", scope.facts), ("P228", scope.figures))
    }
    declared = {*scope.facts, *scope.kpis, *scope.pays, *told}
    lacking = {name: place for name, place in scope.needs.items() if name not in declared}
    for code, lines in unused.items():
        for line in lines:
            name = line.name.text
            if code == "P218" and len(lines) == len(lacking) == 1 and _labelled(scope):
                # Most likely both are one thing under two names.
                for other, place in lacking.items():
                    severity: Severity = "warning" if _given(scope, other) else "error"
                    yield scope.fault("P288", line.name, severity, also=place, name=name, other=other)
            else:
                yield scope.fault(code, line.name, "warning", name=name)


def _given(scope: Scope, name: str) -> bool:
    """Whether each example gives a fact, so that it can be paid."""
    return all(any(entry.name.text == name for entry in one.entries) for one in scope.examples)


def _endless(scope: Scope) -> Iterator[Fault]:
    """Names that no column and no report can hold."""
    lines: list[tree.Figure | tree.Pay | tree.Section] = [*scope.figures.values(), *scope.pays.values()]
    lines.extend(scope.sections.values())
    places = scope.needs | {line.name.text: line.name.place for line in lines if line.name is not None}
    for name, place in places.items():
        if len(name) > LONGEST:
            shown = f"{name[:CUT]}…"
            yield scope.fault("P280", place, name=shown, count=str(len(name)), most=str(LONGEST))


def _lengthy(scope: Scope) -> Iterator[Fault]:
    """Titles and labels that no heading can hold: each stands in every answer about its plan."""
    for line in scope.plan.statements:
        match line:
            case (
                tree.Title(text)
                | tree.Definitions(text)
                | tree.Example(title=text)
                | tree.Fact(label=tree.Text() as text)
                | tree.Kpi(label=tree.Text() as text)
                | tree.Figure(label=tree.Text() as text)
                | tree.Pay(label=tree.Text() as text)
                | tree.Section(label=tree.Text() as text)
            ) if len(text.text) > LABEL:
                yield scope.fault("P279", text, count=str(len(text.text)), most=str(LABEL))


def _labels(scope: Scope) -> Iterator[Fault]:
    """Two labels of one thing, or one label of two things."""
    owners: dict[tuple[str, str], tuple[str, tree.Text]] = {}
    for name in dict.fromkeys([*scope.kpis, *_facts(scope), *scope.figures, *scope.pays, *scope.sections]):
        lines = sorted(scope.behind(name), key=lambda line: line.place)
        labels = [line.label for line in lines if line.label is not None]
        for label in labels:
            if label != labels[0]:
                facts = {"name": name, "label": label.text, "earlier": labels[0].text}
                yield scope.fault("P229", label, "warning", also=labels[0], **facts)
        for label in labels[:1]:
            # What is paid for a fact may be called as that is: the one is asked for, the other is paid.
            sort = "paid" if name in scope.pays or name in scope.sections else "known"
            other, earlier = owners.setdefault((sort, label.text.casefold()), (name, label))
            if other != name:
                facts = {"name": name, "other": other, "label": label.text}
                yield scope.fault("P230", label, "warning", also=earlier, **facts)
