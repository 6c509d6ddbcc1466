"""What a plan declares and what it needs: its names, and the line behind each."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import islice
from typing import Literal

from .. import tree
from ..data import table
from ..faults import Fact, Fault, Severity, nearest
from ..faults.forms import inflected
from ..place import Place
from ..source import Source
from ..words import Law, Words, words
from ..write.expression import expression
from ..write.value import value
from .columns import Columns
from .constant import constant

SALARY = "salary"  # the name of the line of the salary
COMMISSION = "commission"  # the name of a commission line that gives itself none
TAKEN_OFF = frozenset({"reduction", "recovery"})  # lines that take something off what is due
NETTED = frozenset({"recovery", "draw"})  # lines that are reckoned within another one
COUNTED = frozenset({"milestone", "piece"})  # lines of pay that are for each of the fact of their name

# Lines of pay that have one amount together: a section, by its name, or all of a sort; what is `due` is all
# before what an order takes off.
Whole = tuple[Literal["section", "together"], str]

SHOWN = 8  # names that a report lists

# A text with more misspelt names than this is something else than misspelt, and each costs a search.
GUESSES, CHOICE, LONG = 50, 1000, 64


@dataclass(slots=True)
class Scope:
    """The lines of a plan by what they declare, in the author's order.

    `lines` are all but those that declare something for the second time. `expressions` are those of all
    formulas with all inside them, each before its parts. `needs` are the names of facts, each with the
    place where it is first met: those that are declared, measured by a KPI, or used in a formula, and that
    no figure computes. `columns` are those of tables, by their full names. `used` are the names that
    something is computed from. `pays` are the lines of pay but the salary and the KPIs, `within` the
    section of each KPI that is in one. `spreading` are the sections (the empty name for none) where the
    weight of a KPI may go to the others. `before` is the recovery that is netted before one, within the
    same line. `spare` are the names that included files define and that the plan does not use. `unsound`
    are the places of what is of a wrong kind.
    It is `whole` where no line failed to parse, so that what is missing is missing.
    """

    source: Source
    plan: tree.Plan
    spare: frozenset[str]
    whole: bool
    lines: list[tree.Statement] = field(default_factory=list)
    facts: dict[str, tree.Fact] = field(default_factory=dict)
    figures: dict[str, tree.Figure] = field(default_factory=dict)
    tables: dict[str, tree.RecordsTable] = field(default_factory=dict)
    groups: dict[str, tree.Group] = field(default_factory=dict)
    columns: Columns = field(default_factory=dict)
    sources: tree.Sources | None = None
    kpis: dict[str, tree.Kpi] = field(default_factory=dict)
    pays: dict[str, tree.Pay] = field(default_factory=dict)
    sections: dict[str, tree.Section] = field(default_factory=dict)
    within: dict[str, tree.Section] = field(default_factory=dict)
    salary: tree.Salary | None = None
    bonus: tree.Bonus | None = None
    variable: tree.Variable | None = None
    total: tree.Total | None = None
    examples: list[tree.Example] = field(default_factory=list)
    expressions: list[tree.Expr] = field(default_factory=list)
    needs: dict[str, Place] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    spreading: set[str] = field(default_factory=set)
    before: dict[str, tree.Pay] = field(default_factory=dict)
    unsound: set[Place] = field(default_factory=set)
    guesses: int = GUESSES

    @property
    def effect(self) -> datetime.date | None:
        """The first day on which the plan applies, if it says."""
        return next((line.start.value for line in self.lines if isinstance(line, tree.Effect)), None)

    @property
    def law(self) -> Law | None:
        """Whose rules about pay the plan is held to, if it says."""
        return next((line.law for line in self.lines if isinstance(line, tree.LawLine)), None)

    def accepted(self, declared: tree.Fact | tree.RecordsTable | None) -> tuple[str, ...]:
        """The sources that a fact or a table may come from; the empty one is that of what is typed in.

        There are none where it may come from anywhere.
        """
        if isinstance(declared, tree.Fact) and declared.name.balance is not None:
            return ()  # it comes from the answer of the period before
        own = None if declared is None else declared.source
        said = own or (self.sources and self.sources.origins)
        if not said:
            return ()
        return (*(name.text for name in said.names), *([""] if said.typed else []))

    def label(self, name: str) -> str:
        """What people call it: the label of its KPI, its fact, its figure or its line, or else the name."""
        found = (line.label.text for line in self.behind(name) if line.label is not None)
        return next(found, name.rpartition(".")[2])

    def behind(self, name: str) -> Iterator[tree.Labelled]:
        """The lines that declare a name."""
        tables: tuple[Mapping[str, tree.Labelled], ...] = (
            self.kpis,
            self.facts,
            self.figures,
            self.pays,
            self.sections,
            self.columns,
            self.tables,
            self.groups,
        )
        return (table[name] for table in tables if name in table)

    @property
    def results(self) -> list[str]:
        """The figures that go out with the pay, by name."""
        return [name for name, line in self.figures.items() if isinstance(line, tree.ResultLine)]

    @property
    def balances(self) -> dict[str, tree.Balance]:
        """What one month leaves to the next, by name."""
        return {name: line for name, line in self.figures.items() if isinstance(line, tree.Balance)}

    def against(self, pay: tree.Pay) -> tree.Balance | None:
        """The balance that a line of pay moves."""
        moved = tree.first(pay.clauses, tree.AgainstBalance)
        return None if moved is None else self.balances.get(moved.balance.text)

    def ceiling(self, pay: tree.Pay) -> tree.Expr | None:
        """How much a draw may make of the balance that it moves."""
        balance = self.against(pay) if pay.word == "draw" else None
        return None if balance is None else balance.most

    @property
    def named_lines(self) -> list[str]:
        """The names by which a plan can speak of its KPIs, its lines of pay and its sections."""
        return [*self.kpis, *(name for name in self.pays if name != COMMISSION), *self.sections]

    def section_of(self, kpi: tree.Kpi) -> tree.Section | None:
        """The section that a KPI is in, if it is in one."""
        return self.within.get(kpi.name.text)

    def above(self, line: tree.Salary | tree.Kpi | tree.Pay) -> list[tree.Clause]:
        """The clauses of a line's groups, narrowest first, that act on each of their lines alike.

        Caps, floors and roundings of several lines are lines of their own.
        """
        groups: list[tree.Bonus | tree.Section | tree.Variable | tree.Total | None]
        match line:
            case tree.Kpi():
                groups = [self.section_of(line), self.bonus, self.variable, self.total]
            case tree.Pay("reduction" | "recovery" | "draw"):
                groups = []
            case tree.Pay():
                groups = [self.variable, self.total]
            case tree.Salary():
                groups = [self.total]
        clauses = (clause for group in groups if group for clause in group.clauses)
        return [one for one in clauses if one.declared.about == "pay" and not one.declared.settles]

    def named_line(self, expr: tree.Expr) -> str | None:
        """The name of the line of pay whose amount an expression is; None where it is something else."""
        match expr:
            case tree.PaidSalary() if self.salary is not None:
                return SALARY
            case tree.PayFor(None) if COMMISSION in self.pays:
                return COMMISSION
            case tree.PayFor(tree.Name(text)) if text in self.kpis or text in self.pays:
                return text
            case tree.Name(text) if text in self.pays and text not in self.needs and text not in self.figures:
                return text
            case _:
                return None

    def named_whole(self, expr: tree.Expr) -> Whole | None:
        """The lines of pay whose amount together an expression is; None where it is something else."""
        match expr:
            case tree.PaidTogether(what):
                return "together", what
            case tree.PayFor(tree.Name(text)) if text in self.sections and text not in self.kpis:
                return "section", text
            case tree.Name(text) if text in self.sections and not (
                text in self.needs or text in self.figures
            ):
                return "section", text
            case _:
                return None

    def paid(self, expr: tree.Expr) -> bool:
        """Whether an expression is what is paid by a line, or by several."""
        return self.named_line(expr) is not None or self.named_whole(expr) is not None

    def parts(self, whole: Whole) -> list[tree.Salary | tree.Kpi | tree.Pay | Whole]:
        """What comes to an amount together: lines of pay, and several of them that do already."""
        what, name = whole
        within = self.sections[name] if what == "section" else None
        paying: list[tree.Pay] = [*self.pays.values()]
        reductions = [pay for pay in paying if pay.word == "reduction"]
        match name:
            case _ if what == "section" or name == "bonus":
                sections: list[Whole] = [] if within else [("section", one) for one in self.sections]
                kpis = [kpi for kpi in self.kpis.values() if self.section_of(kpi) is within]
                return [*(one for one in sections if self.parts(one)), *kpis]
            case "variable":
                bonus: list[Whole] = [("together", "bonus")] if self.kpis else []
                return [*bonus, *(pay for pay in paying if pay.word != "reduction")]
            case "due":
                variable: list[Whole] = [("together", "variable")]
                return [
                    *([self.salary] if self.salary else []),
                    *(variable if self.parts(variable[0]) else []),
                ]
            case _:
                return [("together", "due"), *reductions]

    def settling(self, whole: Whole) -> list[tree.Clause]:
        """The clauses that make a line of their own of what is paid together."""
        what, name = whole
        groups = {"bonus": self.bonus, "variable": self.variable, "due": self.total}
        line = self.sections[name] if what == "section" else groups.get(name)
        return [one for one in line.clauses if one.declared.settles] if line else []

    def line_name(self, pay: tree.Pay) -> str:
        """The name of a line of pay."""
        return COMMISSION if pay.name is None else pay.name.text

    def choices(self, attribute: str) -> tuple[str, ...]:
        """The values that an attribute of a person may have; none where the name is of no attribute."""
        match self.facts.get(self.member(attribute)) or self.columns.get(attribute):
            case tree.Fact(kind=tree.Choices(names)) | tree.Column(kind=tree.Choices(names)):
                return tuple(name.text for name in names)
            case _:
                return ()

    def value(self, word: str) -> tuple[str, str] | None:
        """The attribute with its value that a word alone is said for: `seniors` for `grade is senior`."""
        if any(self.behind(word)):
            return None
        found = [
            (name, value)
            for name in self.facts
            for value in self.choices(name)
            if inflected(word, value, self.plan.lang)
        ]
        return found[0] if len(found) == 1 else None

    def answer(self, name: str, word: str) -> str | None:
        """The word for yes or no that is meant by another one beside a fact that is one of the two."""
        match self.facts.get(name):
            case tree.Fact(kind=tree.Kind("yes_no")):
                said = table("grammars", "synonyms.toml")["answers"][self.plan.lang]
                return next((self.words[one] for one in ("yes", "no") if word.casefold() in said[one]), None)
            case _:
                return None

    def member(self, name: str) -> str:
        """What is known of the members of a group, by the name that it has of one; else the name."""
        group, _, own = name.partition(".")
        return own if own and group in self.groups else name

    def worth(self, expr: tree.Expr) -> Fraction | None:
        """The value of a constant; None where its kind is at fault, since repaired it is another value."""
        return None if expr.place in self.unsound else constant(expr)

    def text(self, node: tree.Placed) -> str:
        """The words of a node as they stand in the plan."""
        return self.source.at(node.place)

    def same(self, expr: tree.Expr) -> str:
        """An expression in the words of the formatter: the same text, however it was typed.

        To compare by, as trees may nest deeper than Python compares.
        """
        return expression(expr, self.words)

    @property
    def words(self) -> Words:
        """The words of the plan's language."""
        return words(self.plan.lang)

    def written(self, literal: tree.Value) -> str:
        """A value as the plan's language writes it."""
        return value(literal, self.words)

    def fault(
        self,
        code: str,
        at: tree.Placed | Place,
        severity: Severity = "error",
        /,
        *,
        also: tree.Placed | Place | None = None,
        fix: str | None = None,
        **facts: Fact | tree.Placed,
    ) -> Fault:
        """What is wrong at a place of the plan; a fact that is a node is told in the words of the plan."""
        told = {key: self.text(one) if isinstance(one, tree.Placed) else one for key, one in facts.items()}
        return Fault(code, severity, _place(at), None if also is None else _place(also), told, fix)

    def guess(self, word: str, known: Iterable[str]) -> str | None:
        """The name that was meant by a misspelt one, if it is worth the search."""
        if self.guesses == 0 or len(word) > LONG:
            return None
        self.guesses -= 1
        candidates = [*islice(known, CHOICE + 1)]
        forms = {one for one in candidates if inflected(word, one, self.plan.lang)}
        if len(candidates) > CHOICE:
            return None
        return forms.pop() if len(forms) == 1 else nearest(word, candidates)


def _place(at: tree.Placed | Place) -> Place:
    return at.place if isinstance(at, tree.Placed) else at


def listed(names: Sequence[str]) -> str:
    """Some names as a sentence lists them."""
    return ", ".join(f"`{name}`" for name in names[:SHOWN]) + (", …" if len(names) > SHOWN else "")


def formulas(statement: tree.Statement) -> Iterator[tree.Expr]:
    """The expressions of a statement, outermost only."""
    match statement:
        case tree.Salary(amount) | tree.Bonus(amount) | tree.Figure(value=amount):
            yield amount
        case tree.Pay(amount=amount, within=within):
            if within is not None:
                yield within
            yield amount
    if isinstance(statement, tree.Balance):
        yield from (one for one in (statement.most, statement.ends and statement.ends.condition) if one)
    if isinstance(statement, tree.Clausal):
        for clause in statement.clauses:
            yield from tree.terms(clause)


def expressions(statement: tree.Statement) -> list[tree.Expr]:
    """The expressions of a statement with all inside them, each before its parts."""
    return [expr for formula in formulas(statement) for expr in tree.walk(formula)]


def used(statement: tree.Statement, within: Iterable[tree.Expr]) -> Iterator[tree.Name | tree.Amount]:
    """The names from which a statement, with these expressions `within` it, computes something.

    In `500 deals` for `500 * deals` the name is used, if wrongly.
    """
    match statement:
        case tree.Kpi(name=name):
            yield name
        case tree.Pay(name=tree.Name() as name) if statement.word in COUNTED:
            yield name
    for expr in within:
        match expr:
            case (tree.Name() as name) | tree.Identity(name) | tree.By(name):
                yield name
            case tree.Amount():
                yield expr


def said_alone(scope: Scope) -> Iterator[tree.Name]:
    """The values of attributes that stand alone where a condition is wanted."""
    for expr in scope.expressions:
        waiting: Sequence[tree.Expr] = ()
        match expr:
            case tree.Choice(_, condition, _):
                waiting = (condition,)
            case tree.Logic() | tree.Denial() | tree.Several():
                waiting = [*tree.operands(expr)]
        yield from _valued(scope, waiting)
    for line in scope.plan.statements:
        if isinstance(line, tree.Clausal):
            for clause in line.clauses:
                match clause:
                    case tree.OnlyIf(condition=condition) | tree.Applies(condition=condition):
                        yield from _valued(scope, (condition,))


def _valued(scope: Scope, conditions: Iterable[tree.Expr]) -> Iterator[tree.Name]:
    return (one for one in conditions if isinstance(one, tree.Name) and scope.value(one.text) is not None)


def swapped(expr: tree.Comparison) -> Iterator[tuple[str, str]]:
    """Two names that are compared, either of them first."""
    match expr:
        case tree.Comparison(_, tree.Name(one), tree.Name(other)):
            yield from ((one, other), (other, one))


def survey(
    source: Source, plan: tree.Plan, columns: Columns, spare: frozenset[str], *, whole: bool
) -> tuple[Scope, list[Fault]]:
    """The scope of a plan, and what it declares twice."""
    scope = Scope(source, plan, spare, whole, columns=columns)
    faults: list[Fault] = []
    for statement in plan.statements:
        fault = _declare(scope, statement)
        if fault is None:
            scope.lines.append(statement)
        else:
            faults.append(fault)
    section: tree.Section | None = None
    for statement in plan.statements:
        _use(scope, statement)
        match statement:
            case tree.Section():
                section = statement
            case tree.SectionEnd():
                section = None
            case tree.Kpi(name=name, clauses=clauses):
                if section is not None:
                    scope.within.setdefault(name.text, section)
                if tree.among(clauses, tree.Spread):
                    scope.spreading.add("" if section is None else section.name.text)
    # What a formula takes for a fact and is a value: `grade = senior` for `grade is senior`, `passed = true`.
    for word in said_alone(scope):
        scope.needs.pop(word.text, None)
        scope.used.update(scope.value(word.text) or ())
    for expr in scope.expressions:
        if isinstance(expr, tree.Comparison):
            for one, other in swapped(expr):
                if not any(scope.behind(other)) and (
                    other in scope.choices(one) or scope.answer(one, other) is not None
                ):
                    scope.needs.pop(other, None)
    _net(scope)
    lines = (tree.Fact, tree.Kpi, tree.Pay)
    named = {
        one.name.place if one.name else one.place: one for one in plan.statements if isinstance(one, lines)
    }
    return scope, [_copied(scope, fault, named) for fault in faults]


def _copied(scope: Scope, fault: Fault, named: Mapping[Place, tree.Statement]) -> Fault:
    """The fault of a line that was copied: of a fact, with the one name that is used and not declared; of a
    KPI, with the one fact that nothing uses, of which it is taken to be; of a line of pay, with the one name
    that examples pay and nothing else has, and so of a commission without a name. `named` are the lines by
    the places of their names.
    """
    if fault.place is not None and isinstance(line := named.get(fault.place), tree.Pay) and line.name is None:
        return _nameless(scope, fault, line)
    if fault.code != "P203" or fault.also is None or fault.place is None:
        return fault
    copy, first = named.get(fault.place), named.get(fault.also)
    if isinstance(copy, tree.Fact) and isinstance(first, tree.Fact):
        meant = [name for name in scope.needs if name not in scope.facts]
    elif isinstance(copy, tree.Kpi) and isinstance(first, tree.Kpi):
        free = [name for name in scope.facts if name not in scope.used and not any(_lines(scope, name))]
        paid = {one.name.text for example in scope.examples for one in example.outcomes if one.name}
        meant = [name for name in free if name in paid] or free
    elif isinstance(copy, tree.Pay) and copy.name is not None:
        meant = [name for name in _unpaid(scope) if name != copy.name.text]
    else:
        return fault
    if len(meant) != 1:
        return fault
    (name,) = meant
    if isinstance(copy, tree.Kpi):
        scope.used.add(name)
        scope.kpis[name] = replace(copy, name=tree.Name(name, place=copy.name.place))
    elif isinstance(copy, tree.Pay):
        scope.used.add(name)
        scope.pays[name] = replace(copy, name=tree.Name(name, place=copy.place))
        earlier = scope.pays.get(str(fault.facts["name"]))
        labels = [one.label.text if one and one.label else "" for one in (copy, earlier)]
        if _named(labels[1]) == name:
            fault = replace(fault, place=fault.also, also=fault.place)
        elif _named(labels[0]) != name:
            return replace(fault, facts={**fault.facts, "instead": (name,)})
    return replace(fault, facts={**fault.facts, "instead": (name,)}, fix=name)


def _unpaid(scope: Scope) -> list[str]:
    """The names that examples pay and no line has."""
    paid = {one.name.text for example in scope.examples for one in example.outcomes if one.name}
    return sorted(paid - scope.kpis.keys() - scope.pays.keys() - scope.figures.keys())


def _nameless(scope: Scope, fault: Fault, line: tree.Pay) -> Fault:
    """The fault of a second commission without a name, with one: of an example, or of what it is on."""
    meant = _unpaid(scope)
    facts = [one.text for one in tree.within(line.amount) if isinstance(one, tree.Name)]
    if len(meant) > 1 or not (meant or facts):
        return replace(fault, facts={"instead": f"{scope.words[COMMISSION]} … = …"})
    name = meant[0] if meant else f"{scope.words['of']}_{facts[0]}"
    if meant:
        scope.used.add(name)
        scope.pays[name] = replace(line, name=tree.Name(name, place=line.place))
    word = scope.text(line).split()[0]
    place = Place(line.place.start, line.label.place.end if line.label else line.place.start + len(word))
    banded = isinstance(line.amount, tree.Table) and line.amount.mode in {"bands", "whole"}
    said = [word, name, *([scope.text(line.label)] if line.label else []), *([] if banded else ["="])]
    fix = " ".join(said)
    return replace(fault, place=place, facts={"instead": f"{fix} …"}, fix=fix)


def _lines(scope: Scope, name: str) -> Iterator[tree.Kpi | tree.Pay]:
    """The lines that pay under a name."""
    return (table[name] for table in (scope.kpis, scope.pays) if name in table)


def _net(scope: Scope) -> None:
    """Each recovery after the one before it; what it leaves is what the next can take."""
    last: dict[str, tree.Pay] = {}
    for name, line in scope.pays.items():
        if line.within is not None and (within := scope.named_line(line.within)) is not None:
            if within in last:
                scope.before[name] = last[within]
            last[within] = line


def _declare(scope: Scope, statement: tree.Statement) -> Fault | None:
    earlier = statement  # of those lines that a plan has once, the first
    match statement:
        case tree.Fact(name=name):
            return _enter(scope.facts, name, statement, scope.figures, _formulaic(scope))
        case tree.Figure(name=name):
            return _enter(scope.figures, name, statement, scope.facts, _formulaic(scope))
        case tree.Kpi(name=name):
            if name.text in scope.sections and name.text not in scope.kpis:
                scope.kpis[name.text] = statement
                return _shared(scope, scope.sections[name.text].name, name)
            return _enter(scope.kpis, name, statement, scope.pays)
        case tree.Section(name=name):
            if name.text in scope.kpis and name.text not in scope.sections:
                scope.sections[name.text] = statement
                return _shared(scope, name, scope.kpis[name.text].name)
            return _enter(scope.sections, name, statement, scope.pays)
        case tree.Pay():
            return _pay(scope, statement)
        case tree.Sources():
            earlier = scope.sources = scope.sources or statement
        case tree.Salary():
            earlier = scope.salary = scope.salary or statement
        case tree.Bonus():
            earlier = scope.bonus = scope.bonus or statement
        case tree.Variable():
            earlier = scope.variable = scope.variable or statement
        case tree.Total():
            earlier = scope.total = scope.total or statement
        case tree.RecordsTable(name=name):
            return _enter(scope.tables, name, statement, scope.groups)
        case tree.Group(name=name):
            return _enter(scope.groups, name, statement, scope.tables, scope.facts)
        case tree.Example():
            scope.examples.append(statement)
    return None if earlier is statement else scope.fault("P202", statement, also=earlier)


def _pay(scope: Scope, line: tree.Pay) -> Fault | None:
    if line.name is None and COMMISSION in scope.pays:
        return scope.fault("P204", line, also=scope.pays[COMMISSION])
    if line.word == "reduction":
        for earlier in (one for one in scope.pays.values() if one.word == "reduction"):
            return scope.fault("P284", line, also=earlier)
    name = line.name or tree.Name(COMMISSION, place=line.place)
    # What is paid for each of a fact has the name of that fact.
    factual = () if line.word in COUNTED else (scope.facts, scope.figures)
    return _enter(scope.pays, name, line, *factual, scope.kpis, scope.sections)


def _shared(scope: Scope, section: tree.Name, kpi: tree.Name) -> Fault:
    """The fault of a section that is called as a KPI is, whose name is that of what it measures."""
    other = f"{scope.words['section'].replace(' ', '_')}_{section.text}"
    return scope.fault("P292", section, also=kpi, name=section.text, other=other, fix=other)


def _formulaic(scope: Scope) -> dict[str, tree.Pay]:
    """The lines of pay whose names stand for no fact."""
    return {name: line for name, line in scope.pays.items() if line.word not in COUNTED}


def _enter(
    table: dict[str, tree.LabelledT],
    name: tree.Name,
    line: tree.LabelledT,
    *others: Mapping[str, tree.Labelled],
) -> Fault | None:
    for earlier in (other[name.text] for other in (table, *others) if name.text in other):
        also = (earlier.name or earlier).place
        # A line that was copied has its own label.
        own = "" if line.label is None or line.label == earlier.label else _named(line.label.text)
        instead = (own,) if own and own != name.text else ("phrase:own_name",)
        return Fault("P203", place=name.place, also=also, facts={"name": name.text, "instead": instead})
    table[name.text] = line
    return None


NAME = re.compile(r"[^\W\d]\w*")
WIDE = 40  # characters of a name that is made of a label


def _named(label: str) -> str:
    """A name made of a label; the empty text where it makes none."""
    name = re.sub(r"\W+", "_", label.casefold()).strip("_")
    return name if NAME.fullmatch(name) and len(name) <= WIDE else ""


def _use(scope: Scope, statement: tree.Statement) -> None:
    """Enter the names that a statement needs, and its expressions."""
    if isinstance(statement, tree.Fact):
        _need(scope, statement.name)
    within = expressions(statement)
    scope.expressions.extend(within)
    for one in used(statement, within):
        if isinstance(one, tree.Name):
            _need(scope, one)
        scope.used.add(one.text if isinstance(one, tree.Name) else one.currency)


def _need(scope: Scope, name: tree.Name) -> None:
    if (own := scope.member(name.text)) != name.text:
        scope.used.add(own)
        name = replace(name, text=own)
    elif name.text in scope.columns:
        return
    line = scope.pays.get(name.text)
    apart = name.text in scope.sections and name.text not in scope.facts and name.text not in scope.kpis
    if name.text not in scope.figures and not apart and (line is None or line.word in COUNTED):
        scope.needs.setdefault(name.text, name.place)
