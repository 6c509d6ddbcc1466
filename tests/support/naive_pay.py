"""The lines of pay, the simple way: each with its clauses in their order, and what holds for several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from itertools import pairwise

from dsl import tree
from tests.support.naive import Naive, half_away, quotient, rounded

Clauses = Sequence[tree.Clause]
Earned = Callable[[], Fraction]  # computed only where it is needed
FIFTH = Fraction(1, 5)
LIMITS = (tree.Cap, tree.Floor, tree.Rounding)


@dataclass
class Group:
    """Lines that clauses hold for together, and what was paid by them so far."""

    name: str
    clauses: Clauses
    paid: list[int] = field(default_factory=list)


@dataclass
class Payer:
    """The lines of somebody's pay, in minor units, as they are entered."""

    naive: Naive
    found: list[tuple[str, int]] = field(default_factory=list)

    whole: str = "total"  # what is reckoned: all, the variable pay, the bonus, or a section by its name

    def __post_init__(self) -> None:
        self.naive.pays = self.paid
        self.naive.together = self.together

    def together(self, whole: str) -> Fraction:
        """What several lines come to as they are printed, with what their limits take off or add."""
        return self.money(sum(paid for _, paid in Payer(self.naive, whole=whole).lines()))

    def counts(self, line: tree.Statement, section: tree.Section | None) -> bool:
        """Whether a line is one of those that are reckoned."""
        match self.whole:
            case "total":
                return True
            case "variable":
                return isinstance(line, tree.Kpi) or (isinstance(line, tree.Pay) and line.word != "reduction")
            case "bonus":
                return isinstance(line, tree.Kpi)
            case name:
                return isinstance(line, tree.Kpi) and section is not None and section.name.text == name

    def groups(self) -> tuple[Group, Group, Group]:
        """What clauses hold for together: the bonus, the variable pay, all."""
        bonus, variable, total = Group("bonus", ()), Group("variable", ()), Group("total", ())
        for line in self.naive.plan.statements:
            match line:
                case tree.Bonus(clauses=clauses):
                    bonus.clauses = clauses
                case tree.Variable(clauses):
                    variable.clauses = clauses
                case tree.Total(clauses):
                    total.clauses = clauses
        outer = {"total": (), "variable": (total,), "bonus": (variable, total)}
        for group in outer.get(self.whole, (bonus, variable, total)):
            group.clauses = [one for one in group.clauses if not isinstance(one, LIMITS)]
        return bonus, variable, total

    def paid(self, wanted: str) -> Fraction:
        """What one line comes to, rounded as it is printed; nothing where it is not there."""
        bonus, variable, total = self.groups()
        section: tree.Section | None = None
        amount: Fraction | None = None
        for line in self.naive.plan.statements:
            match line:
                case tree.Section():
                    section = line
                case tree.SectionEnd():
                    section = None
                case tree.Salary(clauses=clauses) if wanted == "salary":
                    amount = self.acted(self.naive.salary, clauses, [total])
                case tree.Kpi(name=name) if name.text == wanted:
                    within = [Group(section.name.text, section.clauses)] if section else []
                    amount = self.kpi(line, section, [*within, bonus, variable, total])
                case tree.Pay("reduction", tree.Name(order)) if order == wanted:
                    return self.money(dict(Payer(self.naive).lines())[order])
                case tree.Pay("recovery", tree.Name(debt)) if debt == wanted:
                    amount = -self.recovered(line)
                case tree.Pay("draw", tree.Name(debt)) if debt == wanted:
                    amount = self.drawn(line)
                case tree.Pay() if wanted == (line.name.text if line.name else "commission"):
                    amount = self.acted(partial(self.amount, line), line.clauses, [variable, total])
        return self.money(half_away((amount or Fraction(0)) * 10**self.naive.digits))

    def lines(self) -> list[tuple[str, int]]:
        """All lines in their order; what a cap of several lines takes off follows the last of them."""
        plan = self.naive.plan.statements
        bonus, variable, total = self.groups()
        section: Group | None = None
        sectioned: tree.Section | None = None
        last = max([index for index, line in enumerate(plan) if isinstance(line, tree.Kpi)], default=None)
        for index, line in enumerate(plan):
            match line:
                case tree.Section() | tree.SectionEnd():
                    self.settle(section, [bonus, variable, total])
                    sectioned = line if isinstance(line, tree.Section) else None
                    section = Group(sectioned.name.text, sectioned.clauses) if sectioned else None
                case tree.Salary() | tree.Kpi() | tree.Pay() if not self.counts(line, sectioned):
                    pass
                case tree.Salary(clauses=clauses):
                    self.enter("salary", self.acted(self.naive.salary, clauses, [total]), [total])
                case tree.Kpi():
                    groups = [*([section] if section else []), bonus, variable, total]
                    paid = self.kpi(line, sectioned, groups)
                    if paid is not None:
                        self.enter(line.name.text, paid, groups)
                case tree.Pay("reduction"):
                    pass
                case tree.Pay("recovery", tree.Name(debt)):
                    self.enter(debt, -self.recovered(line), [variable, total])
                case tree.Pay("draw", tree.Name(debt)):
                    self.enter(debt, self.drawn(line), [variable, total])
                case tree.Pay():
                    name = line.name.text if line.name else "commission"
                    paid = self.acted(partial(self.amount, line), line.clauses, [variable, total])
                    self.enter(name, paid, [variable, total])
            if index == last:
                self.settle(section, [bonus, variable, total])
                section = None
                self.settle(bonus, [variable, total])
        self.settle(variable, [total])
        self.settle(total, [])
        for last_line in plan:
            if isinstance(last_line, tree.Pay) and last_line.word == "reduction" and self.whole == "total":
                self.reduce(last_line)
        return self.found

    def enter(self, name: str, amount: Fraction, groups: Sequence[Group]) -> None:
        minor = half_away(amount * 10**self.naive.digits)
        self.found.append((name, minor))
        for group in groups:
            group.paid.append(minor)

    def money(self, minor: int) -> Fraction:
        return Fraction(minor, 10**self.naive.digits)

    # Clauses of pay: gates, multipliers, cap, floor, proration, rounding

    def acted(
        self, earned: Earned, own: Clauses, groups: Sequence[Group], share: Earned | None = None
    ) -> Fraction:
        """A line's amount after its own clauses and those of its groups that act on each line."""
        of = self.naive.of
        alike = [
            clause
            for group in groups
            for clause in group.clauses
            if not isinstance(clause, tree.Cap | tree.Floor | tree.Rounding)
        ]
        every = [one for one in (*own, *alike) if getattr(one, "scope", None) != "each"]
        pay = earned() if self.open(every) else Fraction(0)
        for clause in every:
            if isinstance(clause, tree.Multiplied):
                pay *= of(clause.factor)
        for clause in every:
            match clause:
                case tree.Cap(limit, "pay", unless) if unless is None or not self.naive.holds(unless):
                    pay = min(pay, self.limit(limit, share))
        for clause in every:
            if isinstance(clause, tree.Floor):
                pay = max(pay, self.limit(clause.limit, share))
        for clause in every:
            if isinstance(clause, tree.Prorated):
                pay = quotient(pay * of(clause.part), of(clause.whole))
        for clause in every:
            if isinstance(clause, tree.Rounding):
                pay = rounded(pay, of(clause.unit), clause.direction)
        return pay

    def open(self, clauses: Clauses) -> bool:
        """Whether nothing shuts a line off; the widest gate is asked first, and one shut is enough."""
        for clause in reversed(clauses):
            if isinstance(clause, tree.OnlyIf) and not self.naive.holds(clause.condition):
                return False
        for clause in reversed(clauses):
            if isinstance(clause, tree.During | tree.Except):
                first, last = clause.first.value, clause.last.value
                assert first is not None
                assert last is not None
                if (first <= self.naive.first <= last) == isinstance(clause, tree.Except):
                    return False
        return not any(isinstance(one, tree.Spread) and self.naive.holds(one.condition) for one in clauses)

    def limit(self, limit: tree.Expr, share: Earned | None) -> Fraction:
        value = self.naive.of(limit)
        return value * share() if share is not None and self.naive.kinds.of(limit) == "percent" else value

    # KPIs

    def kpi(self, line: tree.Kpi, section: tree.Section | None, groups: Sequence[Group]) -> Fraction | None:
        """What a KPI pays; None to those for whom it is not there."""
        naive = self.naive
        applies = [clause.condition for clause in line.clauses if isinstance(clause, tree.Applies)]
        if not all(naive.holds(condition) for condition in applies):
            return None
        weights = [*(section.clauses if section else ()), *line.clauses]

        def share() -> Fraction:
            part = naive.of(naive.pay["bonus"])
            for clause in weights:
                if isinstance(clause, tree.Weight):
                    part *= naive.of(clause.share)
            return part / self.counting(section)

        def earned() -> Fraction:
            return share() * self.worth(line)

        return self.acted(earned, line.clauses, groups, share)

    def counting(self, section: tree.Section | None) -> Fraction:
        """The weights that count of the KPIs in a section, or outside any; all, where none of them does."""
        within: tree.Section | None = None
        total, spread = Fraction(0), False
        for line in self.naive.plan.statements:
            match line:
                case tree.Section():
                    within = line
                case tree.SectionEnd():
                    within = None
                case tree.Kpi(clauses=clauses) if within is section:
                    spread = spread or any(isinstance(one, tree.Spread) for one in clauses)
                    if all(
                        self.naive.holds(one.condition) for one in clauses if isinstance(one, tree.Applies)
                    ):
                        away = any(
                            isinstance(one, tree.Spread) and self.naive.holds(one.condition)
                            for one in clauses
                        )
                        total += sum(
                            self.naive.of(one.share)
                            for one in clauses
                            if isinstance(one, tree.Weight) and not away
                        )
                case _:
                    pass
        return total if spread and total else Fraction(1)

    def worth(self, line: tree.Kpi) -> Fraction:
        """What a KPI's attainment counts for; 1 pays its whole share."""
        of, measure = self.naive.of, self.naive.attainment(line.name.text)
        for clause in line.clauses:
            match clause:
                case tree.Cap(limit, "attainment", unless) if unless is None or not self.naive.holds(unless):
                    measure = min(measure, of(limit))
        start = cutoff = None
        accels: list[tuple[Fraction, Fraction]] = []
        decels: list[tuple[Fraction, Fraction]] = []
        mode = "all"
        for clause in line.clauses:
            match clause:
                case tree.Curve(shape, rows):
                    return self.naive.curve(shape, rows, measure)
                case tree.Cutoff(bound, excess):
                    cutoff = of(bound)
                    start = cutoff if excess else None
                case tree.Accel(factor, mode, bound):
                    accels.append((of(bound), of(factor)))
                case tree.Decel(factor, bound):
                    decels.append((of(bound), of(factor)))
        if cutoff is not None and measure < cutoff:
            return Fraction(0)
        beyond = measure - (start or 0)
        slowed = sorted(decel for decel in decels if measure < decel[0])
        if slowed:
            return beyond * slowed[0][1]
        passed = sorted(accel for accel in accels if measure > accel[0])
        if not passed:
            return beyond
        if mode == "all":
            return beyond * passed[-1][1]
        marks = [*passed, (measure, Fraction(0))]
        return (
            passed[0][0]
            - (start or 0)
            + sum([(end - bound) * factor for (bound, factor), (end, _) in pairwise(marks)])
        )

    # Other lines

    def amount(self, line: tree.Pay) -> Fraction:
        """What a line is before its clauses; of a milestone or a piece, for each of its fact."""
        of = self.naive.of
        if isinstance(line.amount, tree.Records) and line.amount.word == "each":
            return self.naive.over(line.amount, partial(self.limited, line.clauses))
        if line.word not in {"milestone", "piece"}:
            return of(line.amount)
        assert line.name is not None
        if self.naive.kinds[line.name.text] == "yes_no":
            return of(line.amount) if self.naive.holds(line.name) else Fraction(0)
        return of(line.amount) * self.naive.named(line.name.text)

    def limited(self, clauses: Clauses, pay: Fraction) -> Fraction:
        """What one record pays, within the limits of each: its cap, its floor, its rounding."""
        each = [one for one in clauses if getattr(one, "scope", None) == "each"]
        for one in each:
            if isinstance(one, tree.Cap):
                pay = min(pay, self.naive.of(one.limit))
        for one in each:
            if isinstance(one, tree.Floor):
                pay = max(pay, self.naive.of(one.limit))
        for one in each:
            if isinstance(one, tree.Rounding):
                pay = rounded(pay, self.naive.of(one.unit), one.direction)
        return pay

    def drawn(self, line: tree.Pay) -> Fraction:
        """What is paid in advance of a line, or taken back of it."""
        promised, left = self.acted(partial(self.naive.of, line.amount), line.clauses, []), self.left(line)
        books = [one.balance.text for one in line.clauses if isinstance(one, tree.AgainstBalance)]
        if not books:
            return max(promised - left, Fraction(0))
        owed, most = self.naive.named(f"{books[0]}:opening"), None
        for balance in self.naive.plan.statements:
            if (
                isinstance(balance, tree.Balance)
                and balance.name.text == books[0]
                and balance.most is not None
            ):
                most = self.naive.of(balance.most)
        if left <= promised:
            lacking = promised - left
            return lacking if most is None else min(lacking, max(most - owed, Fraction(0)))
        return -min(left - promised, owed)

    def recovered(self, line: tree.Pay) -> Fraction:
        """What is netted of what is owed: no more than its line still has."""
        owed = self.acted(partial(self.naive.of, line.amount), line.clauses, [])
        return max(min(owed, max(self.left(line), Fraction(0))), Fraction(0))

    def left(self, line: tree.Pay) -> Fraction:
        """What the lines that are reckoned within another before one leave of it."""
        assert line.within is not None
        within = line.within.name.text if line.within.name else "commission"
        left = self.naive.printed(within)
        for other in self.naive.plan.statements:
            if other is line:
                break
            if isinstance(other, tree.Pay) and other.within == line.within and other.name is not None:
                left += self.naive.printed(other.name.text)
        return left

    def reduce(self, line: tree.Pay) -> None:
        """Taken off by order: no more than the bonuses, and by law no more than a fifth of what is due."""
        assert line.name is not None
        due = self.money(sum(paid for _, paid in self.found))
        wages = self.money(sum(paid for name, paid in self.found if name in self.wages()))
        wanted = self.acted(lambda: self.naive.of(line.amount), line.clauses, [])
        least = min(wanted, max(due - wages, Fraction(0)))
        if any(isinstance(one, tree.LawLine) for one in self.naive.plan.statements):
            least = min(least, due * FIFTH)
        self.enter(line.name.text, -max(least, Fraction(0)), [])

    def wages(self) -> set[str]:
        """The salary and the pieces, which no order reduces."""
        pieces = {
            line.name.text
            for line in self.naive.plan.statements
            if isinstance(line, tree.Pay) and line.word == "piece" and line.name is not None
        }
        return pieces | {"salary"}

    # What holds for several lines together

    def settle(self, group: Group | None, above: Sequence[Group]) -> None:
        """The lines that caps, floors and roundings of a group come to, so that printed lines add up."""
        if group is None or not group.paid:
            return
        for clause in group.clauses:
            paid = self.money(sum(group.paid))
            match clause:
                case tree.Cap(limit, _, unless):
                    kind, lifted = "cap", unless is not None and self.naive.holds(unless)
                    after = paid if lifted else min(paid, self.naive.of(limit))
                case tree.Floor(limit):
                    kind, after = "floor", max(paid, self.naive.of(limit))
                case tree.Rounding(unit, direction):
                    kind, after = "rounding", rounded(paid, self.naive.of(unit), direction)
                case _:
                    continue
            self.enter(f"{group.name}_{kind}", after - paid, [group, *above])
        group.paid.clear()
