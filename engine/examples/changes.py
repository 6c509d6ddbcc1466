"""Every single change of a plan after which it says what its author may have meant.

A slip of the pen in a number, a word of a clause for its opposite, a name for another of its kind. Each has
its rank: 0 takes up a fact that is declared and not used, 1 is a slip that people often make, 2 and 3 are
rarer ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations, pairwise

from dsl import tree
from dsl.check import Checked
from dsl.check.called import called
from dsl.check.constant import constant
from dsl.check.scope import COUNTED
from dsl.data import table
from dsl.place import Place
from dsl.words import Words, words
from dsl.write.below import clause as clause_text
from dsl.write.expression import expression
from dsl.write.value import value as value_text

from ..compile import Compiled
from .additions import Payable, forgotten
from .alternatives import clauses, formulas
from .amendment import Amendment, Edit
from .rows import RowChanges
from .slips import crossed

# A formula that is shown whole where a part of it is changed.
FORMULA = 60  # characters
WEIGHED = 8  # lines whose weights are exchanged, each with each
MONTHS = 13  # months that an example may be of
NAMED = 12  # names that stand for one of their kind
PRORATED = tree.Prorated | tree.TargetProrated
SIZED = tree.Number | tree.Percent | tree.Amount | tree.Days
LESS, MORE = Fraction(3, 4), Fraction(5, 4)  # of a number, that is not as far from it as its slips
# What one number of several has a zero too many by, or lacks a comma.
SLIP = 5  # times as great as any other beside it, or as small
ODD = 30  # times as great as any other value of its table, or as small
# How a bound of a side leaves an example in its row with more than is needed.
FURTHER: Mapping[str, int] = {"up_to": 1, "above": 1, "from": -1, "below": -1}
# Fields that hold no formula.
ASIDE = frozenset(
    {"name", "label", "attribute", "kind", "within", "code", "first", "last", "clauses", "source"}
)


def changes(compiled: Compiled, names: frozenset[str] | None) -> Iterator[Amendment]:
    """The changes of the lines of some names and of what holds for several lines; without names, of all."""
    writer = Writer(compiled.checked)
    for line in compiled.checked.parsed.tree.statements:
        match line:
            case tree.Salary() | tree.Kpi() | tree.Figure() | tree.Pay() | tree.Fact():
                if names is None or _name(line) in names:
                    yield from writer.line(line)
            case tree.Bonus() | tree.Section() | tree.Variable() | tree.Total():
                yield from writer.line(line)
            case tree.Example():
                yield from writer.months(line)
                if (pair := crossed(compiled, line)) is not None:
                    yield from writer.crossed(*pair)
    yield from writer.weights()


def _name(line: tree.Salary | tree.Kpi | tree.Figure | tree.Pay | tree.Fact) -> str:
    match line:
        case tree.Salary():
            return "salary"
        case tree.Pay(name=None):
            return "commission"
        case _:
            return line.name.text if line.name else ""


@dataclass(slots=True)
class Writer:
    """The changes of the parts of a plan, in the words of its author as far as they stay."""

    checked: Checked
    words: Words = field(init=False)
    spare: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        scope = self.checked.scope
        self.words = words(self.checked.lang)
        unused = {*scope.needs, *scope.figures} - scope.used - scope.kpis.keys() - _measured(scope.pays)
        self.spare = frozenset(unused)

    # ── Lines ────────────────────────────────────────────────────────────────────────────────────────────

    def line(self, line: tree.Statement) -> Iterator[Amendment]:
        """The changes of a line."""
        for name, value in tree.entries(line):
            if isinstance(value, tree.Placed) and name not in ASIDE:
                yield from self.formula(value, self._frame(value.place))
        if isinstance(line, tree.Clausal):
            for part in line.clauses:
                yield from self.clause(line, part)
        if isinstance(line, Payable):
            yield from self._longer(line)

    def _longer(self, line: Payable) -> Iterator[Amendment]:
        """A line with one more clause, behind what it ends with."""
        last = line.clauses[-1] if line.clauses else _amount(line)
        place = last.place if last is not None else None
        if place is None or self._frame(place) is None:
            return
        kinds = self.checked.kinds
        unused = [(name, kinds[name]) for name in sorted(self.spare)]
        for more, rank in forgotten(self.checked.scope, line, unused):
            text = f"{self.checked.source.at(place)} {clause_text(more, self.words, '')}"
            yield Amendment(rank, ((place, text),))

    def months(self, example: tree.Example) -> Iterator[Amendment]:
        """Another month for an example: one that its title names, or else those that lines are paid in."""
        title, said = example.title.place, example.period
        at, text = self.checked.source.at, self.checked.source.at(example.place)
        end = title.end if said is None else example.place.start + text.rfind(said) + len(said)
        if not self.own(example.place) or (said is not None and said not in text):
            return
        place = Place(title.start, end)
        several = [one for one in _paid_in(self.checked.scope.lines) if one != (said or "")[: len("2025-07")]]
        named = [one for one in several if _names(example.title.text, one)]
        for one in (named or several)[:MONTHS]:
            yield Amendment(1, ((place, f"{at(title)} {self.words['for']} {one}"),))

    def weights(self) -> Iterator[Amendment]:
        """The weights of two lines in each other's place."""
        scope = self.checked.scope
        weighed: list[tree.Kpi | tree.Section] = [*scope.kpis.values(), *scope.sections.values()]
        lines = [line for line in weighed if self.own(line.place)]
        for one, other in combinations(lines[:WEIGHED], 2):
            first, second = (tree.first(line.clauses, tree.Weight) for line in (one, other))
            if first is not None and second is not None and first != second:
                yield self.exchanged(first.share.place, second.share.place)

    def weight(self, weight: tree.Weight, part: tree.Percent, share: Fraction) -> Amendment:
        """Another share in a weight: of everybody, or of people of a sort."""
        text = self._changed(part, tree.Percent(share))
        cases = weight.share.cases if isinstance(weight.share, tree.By) else ()
        frame = next((case.place for case in cases if part.place.inside(case.place)), weight.place)
        return self._framed(1, (part.place, text), frame, numeric=True)

    def exchanged(self, one: Place, other: Place) -> Amendment:
        """What stands at two places, each at the other."""
        at = self.checked.source.at
        return Amendment(2, ((one, at(other)), (other, at(one))))

    def crossed(self, one: tree.Entry, other: tree.Entry) -> Iterator[Amendment]:
        """Two values that an example gives, each for the other: first a part that exceeds its whole."""
        at, first, second = self.checked.source.at, one.value.place, other.value.place
        if not self.own(second):
            return
        between = at(Place(first.end, second.start))
        text = f"{at(Place(one.place.start, first.start))}{at(second)}{between}{at(first)}"
        given, rank = {one.name.text: one.value, other.name.text: other.value}, 3
        for line in self.checked.scope.lines:
            for share in line.clauses if isinstance(line, tree.Clausal) else ():
                if isinstance(share, PRORATED) and {_called(share.part), _called(share.whole)} == {*given}:
                    part, whole = (constant(given[_called(end)]) or 0 for end in (share.part, share.whole))
                    if part <= whole:
                        return  # nobody works more than there is to work
                    rank = 0 if self._named_right(share) else rank
        yield Amendment(rank, ((Place(one.place.start, second.end), text),))

    def _named_right(self, share: tree.Prorated | tree.TargetProrated) -> bool:
        """Whether what a proration takes as the whole is called that, and its part is not."""
        names = _called(share.part), _called(share.whole)
        return [called(self.checked.scope, name, "whole") for name in names] == [False, True]

    def own(self, place: Place) -> bool:
        """Whether something stands in the text itself."""
        return place.end <= len(self.checked.source.text)

    def _frame(self, place: Place) -> Place | None:
        """The formula that is shown whole where a part of it is changed; none where it is long."""
        text = self.checked.source.at(place)
        return place if len(text) <= FORMULA and "\n" not in text else None

    # ── Clauses ──────────────────────────────────────────────────────────────────────────────────────────

    def clause(self, line: tree.Statement, part: tree.Clause) -> Iterator[Amendment]:
        """The changes of a clause: its words, what it is, its formulas; that it is not there."""
        for better, rare in clauses(part, kpi=isinstance(line, tree.Kpi)):
            rank = 0 if self._turned(part, better) else rare
            text = _respelt(
                self.checked.source.at(part.place),
                clause_text(part, self.words, ""),
                clause_text(better, self.words, ""),
            )
            yield Amendment(rank, ((part.place, text),))
        limit = part.place if isinstance(part, tree.Cap | tree.Floor | tree.OnlyIf) else None
        for one in tree.terms(replace(part, rows=()) if isinstance(part, tree.Curve) else part):
            for change in self.formula(one, part.place):
                yield replace(change, without=limit) if change.numeric else change
        if isinstance(part, tree.Curve):
            yield from self.rows(part.rows)
        if isinstance(part, tree.OnlyIf | tree.Spread | tree.During | tree.Except | tree.Prorated):
            yield Amendment(3, ((part.place, ""),))

    def _turned(self, part: tree.Clause, better: tree.Clause) -> bool:
        """Whether a part and its whole are exchanged, which the examples give the other way round."""
        if not isinstance(part, PRORATED) or not isinstance(better, type(part)) or self._named_right(part):
            return False
        if (better.part, better.whole) != (part.whole, part.part):
            return False
        pairs = []
        for example in self.checked.scope.examples:
            given = {entry.name.text: entry.value for entry in example.entries}
            sizes = [
                constant(given.get(one.text, one) if isinstance(one, tree.Name) else one)
                for one in (part.part, part.whole)
            ]
            pairs.append((sizes[0] or 0, sizes[1] or 0))
        return all(more >= less for more, less in pairs) and any(more > less > 0 for more, less in pairs)

    # ── Rows ─────────────────────────────────────────────────────────────────────────────────────────────

    def rows(self, rows: Sequence[tree.TableRow]) -> Iterator[Amendment]:
        """The changes of rows: what a number is, on which side all bounds lie, two values exchanged."""
        plain = [row for row in rows if isinstance(row, tree.Row)]
        for row in plain:
            for one in _inside(row):
                others, alone = _fellows(one, plain), _alone(one, plain)
                far, further = _odd(one, others, SLIP), _odd(one, others, ODD)
                for change in self.formula(one, row.place):
                    rank = min(change.rank, 1) if further and change.numeric else change.rank
                    yield replace(change, rank=rank, odd=far and change.numeric)
                if alone:
                    yield self._framed(
                        0, (one.place, f"{self.checked.source.at(one.place)}%"), row.place, numeric=True
                    )
        yield from RowChanges(self.checked.source, self.words, plain).changed()

    # ── Formulas ─────────────────────────────────────────────────────────────────────────────────────────

    def formula(self, expr: tree.Placed, frame: Place | None) -> Iterator[Amendment]:
        """The changes of a formula, each as the whole that it stands in."""
        for better, rank in self._others(expr):
            yield self._replaced(rank, expr, better, frame)
        for text in self._swapped(expr):
            yield self._framed(1, (expr.place, text), frame, numeric=True)
        if isinstance(expr, tree.By):
            for case, following in pairwise(expr.cases):
                if case.result != following.result:
                    yield self.exchanged(case.result.place, following.result.place)
            yield from self._beside([case.result for case in expr.cases], frame)
            return
        if isinstance(expr, tree.Choice):
            yield from self.formula(expr.condition, frame)
            yield from self._beside([expr.chosen, expr.otherwise], frame)
            return
        if isinstance(expr, tree.Table):
            for measure in filter(None, (expr.measure, expr.across)):
                yield from self.formula(measure, frame)
            if expr.across is not None:
                yield self.exchanged(expr.measure.place, expr.across.place)
            yield from self.rows(expr.rows)
            if isinstance(expr.measure, tree.Name):
                yield from self._reached(expr.measure.text, expr.rows)
            return
        for one in _inside(expr):
            yield from self.formula(one, frame)

    def _reached(self, name: str, rows: Sequence[tree.TableRow]) -> Iterator[Amendment]:
        """A bound as what an example gives; with one further on it must not do as well."""
        given = [
            entry.value
            for example in self.checked.scope.examples
            for entry in example.entries
            if entry.name.text == name
        ]
        for row in (row for row in rows if isinstance(row, tree.Row) and row.bound is not None):
            bound = row.bound
            if bound is None or not isinstance(bound.value, SIZED) or bound.side not in FURTHER:
                continue
            old, step = bound.value, FURTHER[bound.side]
            for size in dict.fromkeys(one.value for one in given if isinstance(one, SIZED)):
                if size != old.value:
                    whole, beyond = (replace(old, value=value, places=0) for value in (size, size + step))
                    one, other = (
                        self._framed(1, (old.place, self._changed(old, new)), row.place, numeric=True)
                        for new in (whole, beyond)
                    )
                    yield replace(one, smaller=other.edits)

    def _beside(self, several: Sequence[tree.Placed], frame: Place | None) -> Iterator[Amendment]:
        """The changes of values that stand beside one another, of which one goes for each person."""
        for one in several:
            odd = _odd(one, [other for other in several if other is not one], SLIP)
            for change in self.formula(one, frame):
                yield replace(change, odd=odd and change.numeric)

    def _replaced(self, rank: int, expr: tree.Placed, better: tree.Expr, frame: Place | None) -> Amendment:
        """A formula in the place of another."""
        numeric = isinstance(better, tree.Numeral)
        change = self._framed(rank, (expr.place, self._changed(expr, better)), frame, numeric=numeric)
        if isinstance(expr, SIZED) and isinstance(better, SIZED) and isinstance(better, type(expr)):
            nearer = replace(expr, value=expr.value * (LESS if better.value < expr.value else MORE), places=0)
            smaller = self._framed(rank, (expr.place, self._changed(expr, nearer)), frame, numeric=True)
            return replace(change, smaller=smaller.edits)
        return change

    def _framed(self, rank: int, edit: Edit, frame: Place | None, *, numeric: bool) -> Amendment:
        """A change as one of the whole that it stands in."""
        place, text = edit
        if frame is None or not place.inside(frame):
            return Amendment(rank, (edit,), numeric)
        at = self.checked.source.at
        head, tail = at(Place(frame.start, place.start)), at(Place(place.end, frame.end))
        return Amendment(rank, ((frame, f"{head}{text}{tail}"),), numeric)

    def _others(self, expr: tree.Placed) -> Iterator[tuple[tree.Expr, int]]:
        """What else a formula may be in this plan."""
        if isinstance(expr, tree.Name | tree.InPeriod):
            yield from self._named(expr)
        elif not (
            isinstance(expr, tree.Table) and self.words["bands_by"] in self.checked.source.at(expr.place)
        ):
            yield from formulas(expr)
            heading = self.checked.header
            if isinstance(expr, tree.Number) and heading is not None:
                yield tree.Amount(expr.value, heading.currency, places=expr.places), 1

    def _named(self, expr: tree.Name | tree.InPeriod) -> Iterator[tuple[tree.Expr, int]]:
        """Other names of the same kind; first those that nothing uses."""
        scope, kinds = self.checked.scope, self.checked.kinds
        known = [*scope.needs, *scope.figures]
        own = expr.text if isinstance(expr, tree.Name) else ""
        of_period = tree.PERIOD_KINDS[expr.part] if isinstance(expr, tree.InPeriod) else None
        kind = kinds[own] if own in known else of_period
        # What nothing uses may be of another kind that fits there as well.
        alike = [name for name in known if name != own and (name in self.spare or kinds[name] == kind)]
        for name in sorted(alike, key=lambda name: name not in self.spare)[:NAMED]:
            yield tree.Name(name), 0 if name in self.spare else 2
        if kind == "days" and own:
            yield tree.InPeriod("days"), 2

    def _changed(self, expr: tree.Placed, better: tree.Expr) -> str:
        """The text of a formula in place of another, with the brackets that it stands in."""
        text = self.checked.source.at(expr.place)
        opening = closing = ""
        while _bracketed(text):
            opening, text, closing = opening + "(", text[1:-1].strip(), ")" + closing
        old, new = (self._written(one) for one in (expr, better))
        changed = _respelt(text, old, new)
        if text.isdigit() and len(text) > len("999"):
            changed = changed.replace(" ", "")
        return f"{opening}{changed}{closing}"

    def _written(self, expr: tree.Placed) -> str:
        if isinstance(expr, tree.Numeral):
            return value_text(expr, self.words, typed=True)  # type: ignore[arg-type]  # each numeral is a value
        if isinstance(expr, tree.Table) and expr.mode in {"bands", "whole"}:
            mode = self.words["each_band" if expr.mode == "bands" else "whole"]
            return f"{self.words['on']} {expression(expr.measure, self.words)}, {mode}"
        return expression(expr, self.words)  # type: ignore[arg-type]  # whatever is changed is a formula

    def _swapped(self, expr: tree.Placed) -> Iterator[str]:
        """A number with two neighbouring digits the other way round."""
        if not isinstance(expr, tree.Numeral):
            return
        text = self.checked.source.at(expr.place)
        digits = [at for at, character in enumerate(text) if character.isdigit()]
        for one, other in pairwise(digits):
            if text[one] != text[other] and not (one == digits[0] and text[other] == "0"):
                yield f"{text[:one]}{text[other]}{text[one + 1 : other]}{text[one]}{text[other + 1 :]}"


def _amount(line: Payable) -> tree.Placed | None:
    """What a line without clauses ends with in its own line of text."""
    match line:
        case tree.Salary(amount=amount) | tree.Pay(amount=amount):
            return (amount.across or amount.measure) if isinstance(amount, tree.Table) else amount
        case tree.Bonus(pool=pool):
            return pool
        case tree.Kpi():
            return None


def _called(expr: tree.Expr) -> str:
    """The name that a formula is; nothing for any other."""
    return expr.text if isinstance(expr, tree.Name) else ""


def _paid_in(lines: Iterable[tree.Statement]) -> list[str]:
    """The months in which something is paid that is not paid in others, and the one after them."""
    found: dict[str, None] = {}
    for line in lines:
        for part in line.clauses if isinstance(line, tree.Clausal) else ():
            if isinstance(part, tree.During | tree.Except) and part.first.value and part.last.value:
                first, last = (12 * day.year + day.month - 1 for day in (part.first.value, part.last.value))
                months = range(first, min(last + 2, first + MONTHS))
                found.update((f"{month // 12}-{month % 12 + 1:02}", None) for month in months)
    return [*found]


def _names(title: str, month: str) -> bool:
    """Whether a title names a month."""
    said = table("grammars", "facts.toml")["months"][int(month[-2:]) - 1]
    return any(word in said for word in re.findall(r"\w+", title.casefold()))


def _measured(pays: Mapping[str, tree.Pay]) -> set[str]:
    """The facts that a milestone or a piece is for each of."""
    return {pay.name.text for pay in pays.values() if pay.name is not None and pay.word in COUNTED}


def _inside(node: object) -> Iterator[tree.Placed]:
    """The formulas directly inside a formula, or a row."""
    match node:
        case tree.Row(bound=bound, cells=cells):
            yield from [bound.value] if bound is not None else []
            yield from (cell.value for cell in cells)
        case _:
            yield from tree.operands(node)  # type: ignore[arg-type]  # whatever else is walked is a formula


def _fellows(one: tree.Placed, rows: Sequence[tree.Row]) -> list[tree.Placed]:
    """The other values of the table that something is a value of; none for anything else."""
    cells = [cell.value for row in rows for cell in row.cells]
    return [cell for cell in cells if cell is not one] if any(cell is one for cell in cells) else []


def _odd(one: tree.Placed, others: Sequence[tree.Placed], times: int) -> bool:
    """Whether a number is more than so many times as great as all others of its sort, or as small."""
    if not isinstance(one, SIZED) or not one.value:
        return False
    sizes = [abs(other.value) for other in others if isinstance(other, type(one)) and other.value]
    size = abs(one.value)
    return bool(sizes) and all(max(size, other) > times * min(size, other) for other in sizes)


def _alone(one: tree.Placed, rows: Sequence[tree.Row]) -> bool:
    """Whether a value of a table is the only one without the sign of a percentage."""
    cells = [cell.value for row in rows for cell in row.cells]
    others = [cell for cell in cells if cell is not one]
    return (
        one in cells
        and isinstance(one, tree.Number)
        and bool(others)
        and all(isinstance(cell, tree.Percent) for cell in others)
    )


def _bracketed(text: str) -> bool:
    """Whether a text stands in brackets that belong together."""
    depth = 0
    for at, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return at == len(text) - 1 and character == ")"
    return False


def _respelt(text: str, old: str, new: str) -> str:
    """What its author typed, with the words changed in which a canonical text differs from another."""
    before, after = old.split(), new.split()
    if text.split() == before:
        return new
    head = 0
    while head < min(len(before), len(after)) and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    gone = " ".join(before[head : len(before) - tail])
    come = " ".join(after[head : len(after) - tail])
    return text.replace(gone, come) if gone and text.count(gone) == 1 else new
