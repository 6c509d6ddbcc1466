"""Kinds that do not go together, and values of another kind than their place needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from .. import tree
from ..data import table as read
from ..faults import Fact, Fault, nearest
from ..parse.mistakes.numerals import digits_of
from ..parse.mistakes.phrases import kind_said
from ..place import Place
from ..tree.declared import BOUND
from ..words import Words
from .constant import constant
from .demands import Demand, demands, measured, values
from .intended import attained, intended, likewise, limited, measures_attainment, taken
from .kind import (
    ANY,
    ATTRIBUTE,
    BAND,
    CHOICE,
    COUNT,
    COUNTED,
    DAYS,
    DIFFERENCE,
    EXTREME,
    LOGIC,
    MATCH,
    MEAN,
    MEASURE,
    MONEY,
    NUMBER,
    PERCENT,
    PRODUCT,
    QUOTIENT,
    SHARE,
    SUM,
    YES_NO,
    Possible,
    phrase,
    solve,
)
from .kinds import COUNTING, Kinds, Whole, inside_out, leaf, parts, table
from .scope import Scope
from .spelling import began

Part = tuple[tree.Expr, Possible]
SUMS = frozenset({SUM, DIFFERENCE})
ALL = 2  # the largest number that beside a percentage may stand for a whole and its parts
FRACTION = 10  # a limit below it is so many times what is paid at the target
SHARE_MOST = (
    1000  # a larger number where a percentage is needed is rather an amount than one without its sign
)


SHARED, AMOUNT = "150%", "20 000"  # examples of what is a limit


@dataclass(slots=True)
class Clashes:
    """The expressions of a plan, read from the inside out, and the faults found on the way."""

    scope: Scope
    kinds: Kinds
    currency: str
    faults: list[Fault]

    def kind(self, expr: tree.Expr) -> Possible:
        """The kinds of an expression; any, where something in it is at fault already."""
        found: dict[int, Possible] = {}
        for part in inside_out(expr):
            found[id(part)] = self._kind(part, found)
        return found[id(expr)]

    def _kind(self, expr: tree.Expr, found: dict[int, Possible]) -> Possible:
        match expr:
            case tree.Name(text):
                return MONEY if self.scope.paid(expr) else self.kinds.possible.get(text, ANY)
            case tree.TargetOf(tree.Name(text)):
                return self.kinds.possible[text] if text in self.scope.kpis else ANY
            case tree.WithoutTax():
                return self._untaxed(expr, found)
            case tree.Identity():
                return YES_NO
            case tree.Table():
                return self._table(expr, found)
            case tree.Pool() | tree.Prizes():
                self._shared(expr, found)
                return MONEY
            case tree.Records(word, _, value, where):
                if where is not None:
                    self._condition(where, found[id(where)])
                kind = COUNT if value is None or word in COUNTING else found[id(value)]
                return solve(MEAN, kind, kind, ANY)[2] if word == "average" else kind
            case _:
                return self._whole(expr, found) if isinstance(expr, Whole) else leaf(expr)

    def _shared(self, expr: tree.Pool | tree.Prizes, found: dict[int, Possible]) -> None:
        """Money is shared, and is held back as money or as a part, by what is more or less."""
        sums = expr.prizes if isinstance(expr, tree.Prizes) else (expr.fund,)
        wanted = [(one, MONEY) for one in sums]
        if isinstance(expr, tree.Pool) and expr.reserve is not None:
            wanted.append((expr.reserve.size, MONEY | PERCENT))
            self._condition(expr.reserve.late, found[id(expr.reserve.late)])
        for one, kinds in wanted:
            if not found[id(one)] & kinds:
                self.demand(Demand(one, kinds, "P307"))
        by = tree.asked(expr)[0]
        if not found[id(by)] & MEASURE:
            self._odd("P305", by, found[id(by)], self.reason(by))

    def _whole(self, expr: Whole, found: dict[int, Possible]) -> Possible:
        if isinstance(expr, tree.Choice):
            self._condition(expr.condition, found[id(expr.condition)])
        rule = table(expr)
        first, *others = parts(expr)
        whole = found[id(first)]
        parted = isinstance(expr, tree.Arithmetic) and expr.sign == "of"
        if isinstance(expr, tree.Arithmetic) and parted and (self._amount(first, whole) or self._part(expr)):
            self._share(expr, whole)
            return ANY
        for other in others:
            made = solve(rule, whole, found[id(other)], ANY)[2]
            if not made:
                meant = intended(self.scope, expr, (first, whole), (other, found[id(other)]), self.currency)
                if meant is not None:
                    self.faults.append(meant)
                    return ANY
                self._clash(expr, first, whole, other, found[id(other)])
                return solve(rule, ANY, ANY, ANY)[2]
            whole = made
        return whole

    def _table(self, expr: tree.Table, found: dict[int, Possible]) -> Possible:
        """The kind of a table's worth; each bound is held against its measure, each cell against the others.

        One odd bound and one odd cell are enough: most often all are of one making.
        """
        across = expr.across or expr.measure
        bounds = [
            (across if isinstance(row, tree.Columns) else expr.measure, bound.value, _bounds(row))
            for row in expr.rows
            for bound in _bounds(row)
        ]
        for measure, bound, row in bounds:
            meant = expr.mode not in {"bands", "whole"} and measures_attainment(self.scope, measure, bound)
            if meant and not found[id(measure)] & PERCENT:
                self.faults.append(attained(self.scope, measure, bound))
                break
            if not solve(EXTREME, found[id(measure)], found[id(bound)], ANY)[2]:
                if self._crossed(expr, found):
                    break
                both = ((measure, found[id(measure)]), (bound, found[id(bound)]))
                self._apart("P323", *both, BOUND, [one.value for one in row])
                break
        made: Possible = ANY
        cells = [cell for row in expr.rows if isinstance(row, tree.Row) for cell in row.cells]
        if self._nothing(cells):
            return ANY
        for cell in cells:
            kind = found[id(cell.value)]
            if kind != PERCENT and found[id(cells[0].value)] == PERCENT and self._bound(expr, cell):
                break
            if expr.mode in {"bands", "whole"}:
                rule = PRODUCT if cell.per_unit else BAND
                kind = solve(rule, found[id(expr.measure)], kind, ANY)[2] or ANY
            if not solve(CHOICE, made, kind, ANY)[2]:
                first = cells[0].value
                self._apart("P324", (first, found[id(first)]), (cell.value, found[id(cell.value)]), 0)
                break
            made = solve(CHOICE, made, kind, ANY)[2]
        return made

    def _nothing(self, cells: Sequence[tree.Cell]) -> bool:
        """Whether a row says `no` where other rows pay so much: nothing is `0`, or `0%`."""
        denied = [cell.value for cell in cells if isinstance(cell.value, tree.YesNo) and not cell.value.value]
        paid = [
            cell.value for cell in cells if isinstance(cell.value, tree.Number | tree.Percent | tree.Amount)
        ]
        for no in denied if paid else ():
            fix = self.scope.written(replace(paid[0], value=Fraction(0), places=0))
            facts = {"word": self.scope.text(no), "instead": fix}
            self.faults.append(self.scope.fault("P109", no, also=paid[0], fix=fix, **facts))
        return bool(denied and paid)

    def _crossed(self, expr: tree.Table, found: dict[int, Possible]) -> bool:
        """Whether what a matrix goes by down and across is turned round: each suits the other's bounds."""
        if expr.across is None:
            return False
        for measure, others in ((expr.measure, tree.Columns), (expr.across, tree.Row)):
            for row in expr.rows:
                several = () if not isinstance(row, others) else _bounds(row)
                if any(
                    not solve(EXTREME, found[id(measure)], found[id(one.value)], ANY)[2] for one in several
                ):
                    return False
        place, text = expr.measure.place.to(expr.across.place), self.scope.text
        between = self.scope.source.at(Place(expr.measure.place.end, expr.across.place.start))
        turned = f"{text(expr.across)}{between}{text(expr.measure)}"
        fault = self.scope.fault(
            "P334", place, fix=turned, down=expr.measure, across=expr.across, turned=turned
        )
        self.faults.append(fault)
        return True

    def _bound(self, table: tree.Table, cell: tree.Cell) -> bool:
        """Whether a last row says a bound where its rate should be: `above 3 000 000`."""
        rows = [row for row in table.rows if isinstance(row, tree.Row)]
        bounds = [number for row in rows if row.bound and (number := constant(row.bound.value)) is not None]
        worth = constant(cell.value)
        last = rows[-1].bound is None and rows[-1].cells == (cell,) and isinstance(cell.value, tree.Number)
        if not last or not bounds or worth is None or worth < max(bounds):
            return False
        if worth <= SHARE_MOST and worth != max(bounds):
            return False  # rather a rate without its `%`
        facts = {"row": self.scope.text(rows[-1]), "text": self.scope.text(cell.value)}
        self.faults.append(self.scope.fault("P336", cell.value, also=rows[0].cells[0].value, **facts))
        return True

    def _amount(self, expr: tree.Expr, kind: Possible) -> bool:
        """Whether an expression is an amount of money or of days for certain: more than a name of no line."""
        said = not isinstance(expr, tree.Name) or expr.text in {**self.scope.facts, **self.scope.figures}
        return said and bool(kind) and kind <= MONEY | DAYS

    def _part(self, expr: tree.Arithmetic) -> bool:
        """Whether a line pays an amount times a fact of one that is counted alike: `hours of norm`."""
        match expr:
            case tree.Arithmetic("of", tree.Arithmetic("*", _, tree.Name(part)), tree.Name(whole)):
                alike = {self.kinds.possible.get(name) for name in (part, whole)}
                paid = (line.amount for line in self.scope.lines if isinstance(line, tree.Salary | tree.Pay))
                named = part != whole and {part, whole} <= self.scope.facts.keys()
                return (
                    named
                    and len(alike) == 1
                    and alike <= {COUNT, NUMBER, DAYS}
                    and any(one is expr for one in paid)
                )
            case _:
                return False

    def _share(self, expr: tree.Arithmetic, kind: Possible) -> None:
        """The fault of an amount before the word for a part of something, where a proration is meant."""
        text, words, right = self.scope.text, self.scope.words, expr.right
        fix = None
        match expr.left:
            case tree.Arithmetic("*", amount, tree.Name() as part) if isinstance(right, tree.Name):
                whole = any(
                    isinstance(line, tree.Salary | tree.Pay) and line.amount is expr
                    for line in self.scope.lines
                )
                by, of = words["prorated"], words.spellings["of"][-1]
                fix = f"{text(amount)} {by} {text(part)} {of} {text(right)}" if whole else None
        self.faults.append(
            self.scope.fault(
                "P325", expr, left=expr.left, kind=phrase(kind), of=words["of"], by=words["prorated"], fix=fix
            )
        )

    def _untaxed(self, expr: tree.WithoutTax, found: dict[int, Possible]) -> Possible:
        """An amount less its tax is what the amount is, but for a count; the tax is a percentage."""
        gross, rate = found[id(expr.gross)], found[id(expr.rate)]
        if not gross & MEASURE:
            self._odd("P305", expr.gross, gross, self.reason(expr.gross))
        if not rate & PERCENT:
            self.demand(Demand(expr.rate, PERCENT, "P322"))
        made = solve(QUOTIENT, gross & MEASURE, PERCENT, ANY)[2]
        return made & gross or made or ANY

    def _condition(self, expr: tree.Expr, kind: Possible) -> None:
        if not kind & YES_NO:
            self._odd("P304", expr, kind, self.reason(expr))

    def _odd(
        self,
        code: str,
        expr: tree.Expr,
        kind: Possible,
        also: Place | None,
        fix: str | None = None,
        **more: Fact,
    ) -> None:
        """The fault of an expression of a kind that it may not be of."""
        if code == "P304" and isinstance(expr, tree.Excess) and not isinstance(expr.mark, tree.TargetOf):
            # What lies above a mark is an amount; as a condition it is a comparison.
            sign = ">" if expr.side == "above" else "<"
            fix = f"{self.scope.text(expr.measure)} {sign} {self.scope.text(expr.mark)}"
        match code, expr:
            case "P304", tree.Arithmetic("of", tree.Name() as left, tree.Numeral() as right):
                # In Russian `от` is said for the least value as well: then nothing is multiplied.
                fix = f"{self.scope.text(left)} >= {self.scope.text(right)}"
                self.faults[:] = [one for one in self.faults if one.place != right.place]
            case "P304", tree.Name(text) if (test := likewise(self.scope, self.kinds, expr)) is not None:
                fix = f"{text} {test}"
        place: tree.Expr | None = None
        if code == "P304" and isinstance(expr, tree.Name) and kind <= COUNTED:
            place = self._denied(expr)
            fix = f"{expr.text} = 0" if place is not None else fix
        said: dict[str, Fact] = {"instead": fix or f"{self.scope.text(expr)} > 0"} if code == "P304" else {}
        fault = self.scope.fault(
            code, place or expr, also=also, fix=fix, text=expr, kind=phrase(kind), **(said | more)
        )
        self.faults.append(fault)

    def _denied(self, expr: tree.Expr) -> tree.Expr | None:
        """The denial of an expression, if it is denied."""
        denials = (one for one in self.scope.expressions if isinstance(one, tree.Denial))
        return next((one for one in denials if one.operand is expr), None)

    def reason(self, expr: tree.Expr) -> Place | None:
        """What decided the kind of a name, if the expression is one."""
        match expr:
            case tree.Name(text) | tree.TargetOf(tree.Name(text)):
                return self.kinds.evidence.get(text)
            case _:
                return None

    # Two parts that do not go together

    def _clash(self, expr: Whole, left: tree.Expr, one: Possible, right: tree.Expr, other: Possible) -> None:
        rule = table(expr)
        if rule == LOGIC:
            self._condition(left, one)
            if left is not right:
                self._condition(right, other)
            return
        alone = [
            part
            for part, held in ((left, (one, ANY)), (right, (ANY, other)))
            if not solve(rule, *held, ANY)[2]
        ]
        if alone:
            part, kind = alone[0], one if alone[0] is left else other
            also = self.reason(part) if len(alone) == 1 or left is right else right.place
            self._odd("P305", part, kind, also)
            return
        for bare, beside, kind in ((left, right, other), (right, left, one)):
            most = ALL if rule in SUMS else SHARE_MOST
            if kind == PERCENT and isinstance(bare, tree.Number) and bare.value <= most:
                # `1 - rate` is a whole less a part of it; elsewhere `1` is a hundredth.
                whole = ALL if rule in SUMS and bare is left else 0
                self._forgotten(bare, whole, beside.place)
                return
        code = "P303" if rule in {PRODUCT, SHARE, QUOTIENT} else "P301"
        turned = rule == QUOTIENT and solve(rule, other, one, ANY)[2]
        if turned and not {*tree.operands(left), *tree.operands(right)}:
            self._unlike(code, (left, one), (right, other), expr)
        else:
            self._unlike(code, (left, one), (right, other))

    def _unlike(self, code: str, one: Part, other: Part, turned: Whole | None = None) -> None:
        """The fault of two parts whose kinds do not go together, unless their quotient is turned round."""
        (left, left_kind), (right, right_kind) = one, other
        asked = [
            part for part in (left, right) if isinstance(part, tree.Name) and self.scope.choices(part.text)
        ]
        if code == "P301" and asked and any(isinstance(part, tree.Numeral) for part in (left, right)):
            return  # what is one of several words is asked for by them
        kinds = {"left_kind": phrase(left_kind), "right_kind": phrase(right_kind)}
        place, also = (right, left) if turned is None else (turned, None)
        fix = f"{self.scope.text(right)} / {self.scope.text(left)}" if turned else None
        self.faults.append(self.scope.fault(code, place, also=also, fix=fix, left=left, right=right, **kinds))

    def _apart(self, code: str, one: Part, other: Part, whole: int, row: Sequence[tree.Expr] = ()) -> None:
        """Two parts of a table of two kinds; a number up to `whole` may be a part of a percentage, as others
        in its row are then.
        """
        right = other[0]
        if one[1] == PERCENT and isinstance(right, tree.Number) and right.value <= SHARE_MOST:
            alike = [part for part in row if isinstance(part, tree.Number) and part.value <= SHARE_MOST]
            beside = constant(one[0])
            self._forgotten(right, whole, one[0].place, alike, most=beside and FRACTION * beside)
        else:
            self._unlike(code, one, other)

    def _forgotten(
        self,
        number: tree.Number,
        whole: int,
        also: Place | None = None,
        row: Sequence[tree.Number] = (),
        most: Fraction | None = None,
    ) -> None:
        """A number without its `%`, and all like it in its `row`; one up to `whole` is a part of one, but
        for one that would be more than `most`.
        """
        several = [*row] or [number]
        at, fix = several[0].place.start, ""
        for one in several:
            part = (one.value <= whole or one.value < 1) and (not most or one.value <= most)
            said = self.scope.written(tree.Percent(one.value if part else one.value / 100))
            fix += f"{self.scope.source.at(Place(at, one.place.start))}{said}"
            at = one.place.end
        place = several[0].place.to(several[-1].place)
        self.faults.append(self.scope.fault("P302", place, also=also, text=number, meant=fix, fix=fix))

    def _tolerated(self, name: tree.Name, value: tree.Expr) -> Fraction | None:
        """The target that a tolerance is of, of which it is a part; None for any other value."""
        kpi = self.scope.kpis.get(name.text)
        tolerance = None if kpi is None else tree.first(kpi.clauses, tree.Tolerance)
        target = None if kpi is None else tree.first(kpi.clauses, tree.Target)
        if tolerance is None or target is None or not any(one is value for one in tree.within(tolerance)):
            return None
        aim = constant(target.value)
        return aim and aim * Fraction(1, FRACTION)

    # A part that does not suit its place

    def demand(self, demand: Demand) -> None:
        """Hold an expression against what its place needs."""
        expr, told = demand.expr, len(self.faults)
        kind = self.kind(expr)
        if len(self.faults) > told:
            return  # What is at fault inside it says why it is of no kind that is wanted.
        match expr:
            # What an undeclared name is of is money where money is to come out.
            case tree.Arithmetic("+" | "-", left, tree.Percent() as part) if (
                demand.wanted == MONEY and kind == PERCENT and not isinstance(left, tree.Percent)
            ):
                found = taken(self.scope, expr, (left, MONEY), (part, PERCENT), self.currency)
                self.faults += [found] if found else []
                return
        undecided = demand.wanted == PERCENT | MONEY and kind >= MONEY | COUNTED and not kind & PERCENT
        if kind & demand.wanted and not undecided:
            return
        if demand.wanted == PERCENT and isinstance(expr, tree.Number) and expr.value <= SHARE_MOST:
            self._forgotten(expr, demand.whole)
        else:
            wanted = phrase(demand.wanted)
            share, amount = self._limits(expr)
            # Nobody is paid a few units of money at most; a few times what the target pays is a limit.
            few = demand.code == "P311" and isinstance(expr, tree.Number) and expr.value < FRACTION
            of = self._unused() if demand.code == "P307" and isinstance(expr, tree.Percent) else None
            meant = share if few else of and f"{self.scope.text(expr)} {self.scope.words['of']} {of}"
            self._odd(
                demand.code, expr, kind, self.reason(expr), meant,
                wanted=wanted, share=share, amount=amount,
            )  # fmt: skip

    def _unused(self) -> str | None:
        """The one fact of money of which nothing is computed, and of which a percentage may be meant."""
        facts = [
            name for name in self.scope.facts if name not in self.scope.used and name not in self.scope.kpis
        ]
        money = [name for name in facts if self.kinds.possible.get(name) == MONEY]
        return money[0] if len(money) == 1 else None

    def bounded(self, line: tree.Statement, expr: tree.Expr) -> bool:
        """Whether what a line pays is compared with an amount that is meant to bound it."""
        if not isinstance(expr, tree.Comparison):
            return False
        told = len(self.faults)
        kinds = self.kind(expr.left), self.kind(expr.right)
        if len(self.faults) == told and (found := limited(self.scope, line, expr, kinds)) is not None:
            self.faults.append(found)
        return len(self.faults) > told

    def _limits(self, expr: tree.Expr) -> tuple[str, str]:
        """A bare number as a share, if it may be one, and as an amount; else examples of both."""
        if not isinstance(expr, tree.Number):
            return SHARED, f"{AMOUNT} {self.currency}"
        text = self.scope.text(expr)
        part = expr.value < FRACTION
        share = self.scope.written(tree.Percent(expr.value)) if part else f"{text}%"
        return share if expr.value <= SHARE_MOST else SHARED, f"{text} {self.currency}"

    def held(self, name: tree.Name, value: tree.Expr, code: str, *, word: bool = False) -> None:
        """Hold a value against the kind of its name; a name may be a `word` for an attribute."""
        wanted = self.kinds.possible.get(name.text, ANY)
        # Beside an attribute a word is one of its values, right or wrong.
        kind = ATTRIBUTE if word and isinstance(value, tree.Name) else self.kind(value)
        if solve(MATCH, kind, wanted, ANY)[2]:
            return
        reason = self.kinds.evidence.get(name.text, name.place)
        if wanted == PERCENT and isinstance(value, tree.Number) and value.value <= SHARE_MOST:
            self._forgotten(value, 0, reason, most=self._tolerated(name, value))
        else:
            self._odd(
                code, value, kind, reason, self._answer(value, wanted), name=name.text, wanted=phrase(wanted)
            )

    def _answer(self, value: tree.Expr, wanted: Possible) -> str | None:
        """What is meant by `no` or a number in words, and by a word, 1 or 0 for yes or no."""
        words = self.scope.words
        match value:
            case tree.YesNo(False) if wanted <= COUNTED | MONEY:
                return "0"
            case tree.Name(text) if wanted <= COUNTED | MONEY | PERCENT and text.casefold() in _none(words):
                return "0%" if wanted == PERCENT else "0"
            case tree.Name(text) if wanted <= COUNTED | MONEY:
                return digits_of(text, self.scope.plan.lang)
            case tree.Number(number) if wanted == YES_NO and number in {0, 1}:
                return words["yes" if number else "no"]
            case tree.Name(text) if wanted == YES_NO:
                said = read("grammars", "synonyms.toml")["answers"][self.scope.plan.lang]
                return next((words[one] for one in ("yes", "no") if text.casefold() in said[one]), None)
            case _:
                return None


def _bounds(row: tree.TableRow) -> tuple[tree.Bound, ...]:
    """The bounds of a row, or of the row of columns."""
    return row.bounds if isinstance(row, tree.Columns) else (row.bound,) if row.bound else ()


def _none(words: Words) -> frozenset[str]:
    """What people say for 0 of what is counted."""
    said = read("grammars", "synonyms.toml")
    return frozenset([*said["answers"][words.lang]["no"], *said["denials"][words.lang]])


def clashes(scope: Scope, kinds: Kinds, currency: str | None) -> list[Fault]:
    """The faults of kinds in a plan."""
    reading = Clashes(scope, kinds, currency or "RUB", [*_words(scope), *_measures(scope, kinds)])
    # A result that an example takes for pay is one mistake, whatever kind it is of.
    unpaid = {
        outcome.value.place
        for example in scope.examples
        for outcome in example.outcomes
        if outcome.name is not None and outcome.name.text in scope.results
    }
    for statement in scope.lines:
        for demand in demands(statement):
            if not reading.bounded(statement, demand.expr) and demand.expr.place not in unpaid:
                reading.demand(demand)
        for name, value in values(scope, statement):
            # A KPI that cannot be measured is at fault with any target, and a default that is none by itself.
            measured = not isinstance(statement, tree.Kpi) or bool(kinds.possible[name.text] & MEASURE)
            preset = isinstance(statement, tree.Fact) and isinstance(value, tree.Name)
            if measured and not preset:
                reading.held(name, value, "P314", word=isinstance(statement, tree.Example))
        if isinstance(statement, tree.Figure):
            reading.held(statement.name, statement.value, "P308")
    return reading.faults


def _words(scope: Scope) -> Iterator[Fault]:
    """Words in the place of a kind that name none."""
    for line in scope.lines:
        match line:
            case (
                tree.Fact(kind=tree.Kind(None, word) as kind)
                | tree.Figure(kind=tree.Kind(None, word) as kind)
            ):
                taxes = read("grammars", "synonyms.toml")["taxes"][scope.plan.lang]
                if (meant := began(line, scope.words)) is not None and word.casefold() in taxes:
                    yield scope.fault("P332", line, line=line)
                elif meant is not None:
                    name = line.name
                    yield scope.fault("P278", name, word=name.text, name=word, instead=meant, fix=meant)
                else:
                    # What is a text is a column of a table and nothing else.
                    known = tuple(word for kind, word in scope.words.kind_words.items() if kind != "text")
                    near = kind_said(word, scope.plan.lang) or nearest(word, scope.words.kinds)
                    yield scope.fault("P306", kind, word=word, kinds=known, fix=near)


def _measures(scope: Scope, kinds: Kinds) -> Iterator[Fault]:
    """KPIs, lines for each of something, and signs of what cannot be more or less."""
    for name, wanted, code in measured(scope):
        if not (kind := kinds.possible[name.text]) & wanted:
            also = kinds.evidence.get(name.text)
            yield scope.fault(code, name, also=also, name=name.text, kind=phrase(kind))
    for fact in (fact for fact in scope.facts.values() if fact.signed):
        if not (kind := kinds.possible[fact.name.text]) & MEASURE:
            yield scope.fault("P317", fact, name=fact.name.text, kind=phrase(kind))
