"""Grammar rules to tree: each rule makes a node.

Most make the node of their name from what stands in them, one thing for each field; those of the clauses come
from their declarations. The others have a method.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from functools import partialmethod
from typing import Any, Literal

from lark import Token, Transformer

from .. import tree
from ..place import NOWHERE, Place
from ..tree.declared import DECLARED, Declaring, Operand, Piece, Said, Together, Word, rule_of, terminals
from ..words import UNITS, Words

Children = Sequence[Any]
Method = Callable[["Builder", Children], Any]

# What a row `shows` begins an item with, and what it then speaks of.
SEEN: dict[str, Literal["figure", "target", "attainment"]] = {
    "NAME": "figure",
    "TARGET_OF": "target",
    "ATTAINMENT_OF": "attainment",
}
SPACES = str.maketrans("", "", " \t\u00a0\u2007\u2009\u202f")

SIGNS: dict[str, Any] = {"PLUS": "+", "MINUS": "-", "TIMES": "*", "DIVIDE": "/", "OF": "of"}
COMPARISONS: dict[str, Any] = {"EQ": "=", "NE": "<>", "LT": "<", "LE": "<=", "GT": ">", "GE": ">="}
EQUALS: dict[str, Any] = {"EQUALS_SHARE": "share", "EQUALS_HIGHER": "higher"}
WORDED: dict[str, Any] = {"MORE_THAN": ">", "LESS_THAN": "<", "AT_LEAST": ">=", "AT_MOST": "<="}
# What the tokens make that are no words of the language.
CONTENT: dict[str, Callable[[Token], tree.Placed]] = {
    "NAME": lambda token: tree.Name(str(token), place=spot(token)),
    "UNIT": lambda token: tree.Name(str(token), place=spot(token)),
    "STRING": lambda token: tree.Text(token[1:-1], place=spot(token)),
    "DATE": lambda token: tree.Date(str(token), place=spot(token)),
}


def spot(child: Token | tree.Placed) -> Place:
    """Where a token or a node stands."""
    if isinstance(child, Token):
        return Place(child.start_pos or 0, child.end_pos or 0)
    return child.place


def span(children: Children) -> Place:
    """From the first child to the last."""
    present = [child for child in children if child is not None]
    return spot(present[0]).to(spot(present[-1]))


def content(children: Children) -> list[Any]:
    """What stands in a rule besides words of the language and signs; None for each thing that is left out."""
    found: list[Any] = []
    for child in children:
        if not isinstance(child, Token):
            found.append(child)
        elif child.type in CONTENT:
            found.append(CONTENT[child.type](child))
    return found


def made(
    kind: type[Any], *known: object, rest: Callable[[Iterable[Any]], tuple[Any, ...]] | None = None
) -> Method:
    """The rule of a node: what is `known` by the rule alone, and then what stands in it.

    With `rest` the last field of the node has all that is left for it.
    """
    before = sum(entry.init and not entry.kw_only for entry in fields(kind)) - len(known) - 1

    def method(_: Builder, children: Children) -> Any:
        parts = content(children)
        if rest is not None:
            parts[before:] = [rest(parts[before:])]
        return kind(*known, *parts, place=span(children))

    return method


@dataclass(frozen=True, slots=True)
class ClosedBy:
    """What a balance closes with, and the word that says since when; either may be left out."""

    value: tree.Expr | None
    since: str
    place: Place


# By that word, whether what a balance closes with is added to what it opens with, and when it opens anew.
SINCE: dict[str, tuple[bool, tree.Span]] = {
    "SO_FAR_YEAR": (True, "year"),
    "SO_FAR_QUARTER": (True, "quarter"),
    "ANEW_YEAR": (False, "year"),
    "ANEW_QUARTER": (False, "quarter"),
}


def inner(_: Builder, children: Children) -> Any:
    """The rule of what is made of the only thing that stands in it."""
    (only,) = content(children)
    return only


class Builder(Transformer[Token, Any]):
    """The callbacks that Lark runs at each reduction, so that its own trees are never built."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words

    line = inner

    # Values

    def _numeral(
        self, kind: type[Any], children: Children, *more: str, shift: int = 0, beyond: int = 0
    ) -> tree.Numeral:
        """A value in digits, its mark moved left by `shift` of them; with digits `beyond` those there are."""
        token = children[-1] if children[0].type == "SIGN" else children[0]
        digits = token.translate(SPACES).rstrip("%")
        value = Fraction(f"{digits.replace(self.words.decimal, '.')}e-{shift}")
        places = len(digits.partition(self.words.decimal)[2]) + beyond
        numeral: tree.Numeral = kind(value, *more, places=places, place=span(children))
        return numeral

    number = partialmethod(_numeral, tree.Number)
    percent = partialmethod(_numeral, tree.Percent, shift=2)
    bps = partialmethod(_numeral, tree.Percent, shift=4, beyond=2)
    days = partialmethod(_numeral, tree.Days)

    def amount(self, children: Children) -> tree.Numeral:
        if unit := self.words.units.get(str(children[1]).casefold()):
            told = self._numeral(tree.Duration, children)
            return tree.Duration(told.value * UNITS[unit], places=told.places, word=unit, place=told.place)
        currency = children[0] if children[0].type == "SIGN" else children[1]
        code = self.words.signs.get(currency.casefold(), str(currency))
        return self._numeral(tree.Amount, children, code)

    date = inner
    yes = made(tree.YesNo, True)
    no = made(tree.YesNo, False)

    # Expressions

    name = bare = inner
    either = made(tree.Logic, "or")
    both = made(tree.Logic, "and")
    above = made(tree.Excess, "above")
    below = made(tree.Excess, "below")
    other_case = made(tree.Case, None)
    matrix = made(tree.Table, "matrix")

    def paid_salary(self, children: Children) -> tree.PaidSalary:
        return tree.PaidSalary(plain=children[0].type == "SALARY", place=span(children))

    def paid_together(self, children: Children) -> tree.PaidTogether:
        return tree.PaidTogether(children[-1].type.lower(), place=span(children))

    def arithmetic(self, children: Children) -> tree.Arithmetic:
        left, sign, right = children
        return tree.Arithmetic(SIGNS[sign.type], left, right, place=span(children))

    def comparison(self, children: Children) -> tree.Comparison:
        left, sign, right = children
        known = {**COMPARISONS, **WORDED}[sign.type]
        return tree.Comparison(known, left, right, worded=sign.type in WORDED, place=span(children))

    def above_target(self, children: Children) -> tree.Excess:
        side = children[1].type.removesuffix("_TARGET").lower()
        (measure,) = content(children)
        target = tree.TargetOf(measure, place=spot(children[1]))
        return tree.Excess(side, measure, target, place=span(children))

    below_target = above_target

    # Records

    order = where = inner

    def records(self, children: Children) -> tree.Records:
        word, value, _, name, where, order = children
        known = word.type.removesuffix("_OF").lower()
        (table,) = content([name])
        return tree.Records(known, table, value, where, order, place=span(children))

    def rank(self, children: Children) -> tree.Records:
        value, table = content(children)
        return tree.Records("rank", table, value, None, place=span(children))

    def pool(self, children: Children) -> tree.Pool:
        left = isinstance(children[-1], Token) and children[-1].type == "LEFT_IN_FUND"
        fund, weight, group, reserve = content(children)
        return tree.Pool(fund, weight, group, reserve, left, place=span(children))

    def prizes(self, children: Children) -> tree.Prizes:
        *prizes, value, group = content(children)
        last = children[-1].type if isinstance(children[-1], Token) else ""
        equals = EQUALS.get(last)
        return tree.Prizes(tuple(prizes), value, group, equals, place=span(children))

    def group(self, children: Children) -> tree.Group:
        opened = isinstance(children[-1], Token) and children[-1].type == "SHARES_OPEN"
        name, label, within, led = content(children)
        return tree.Group(name, label, within, led, opened, place=span(children))

    def counted_records(self, children: Children) -> tree.Records:
        table, where = content(children)
        return tree.Records("count", table, None, where, place=span(children))

    def for_each(self, children: Children) -> tree.Records:
        table, where, value = content(children)
        return tree.Records("each", table, value, where, place=span(children))

    def measured_records(self, children: Children) -> tree.Records:
        each = any(isinstance(child, Token) and child.type == "EACH_OF" for child in children)
        value, table, where, order = content(children)
        return tree.Records("each" if each else "sum", table, value, where, order, place=span(children))

    def column(self, children: Children) -> tree.Column:
        name, label, kind, unit, zone, exchange, default, shares = content(children)
        said = {child.type for child in children if isinstance(child, Token)}
        if isinstance(kind, tree.Kind) and (role := self.words.roles.get(kind.text.casefold())):
            kind = tree.Role(role, place=kind.place)
        return tree.Column(
            name,
            label,
            kind,
            unit,
            "SIGNED" in said,
            default,
            "COUNTS" in said,
            shares,
            zone,
            exchange,
            place=span(children),
        )

    def zone(self, children: Children) -> tree.Zone:
        named = children[0].type == "IN"
        return tree.Zone("".join(map(str, children[1:])) if named else None, place=span(children))

    def rates(self, children: Children) -> tree.Rates:
        return tree.Rates(children[-1], place=span(children))

    def unit(self, children: Children) -> tree.BareUnit:
        (name,) = content(children)
        return tree.BareUnit(self.words.units.get(name.text.casefold()), name.text, place=name.place)

    def shares(self, children: Children) -> tree.Shares:
        whole, by = content(children)
        sign: Any = WORDED[children[1].type] if isinstance(children[1], Token) else "="
        start, end = span(children)
        comma = len(children[0]) - len(children[0].lstrip(", "))
        return tree.Shares(sign, whole, by, place=Place(start + comma, end))

    def led(self, children: Children) -> tree.Led:
        (by,) = content(children)
        deep = any(isinstance(child, Token) and child.type == "AT_ALL_LEVELS" for child in children)
        return tree.Led(by, deep, place=span(children))

    def records_table(self, children: Children) -> tree.RecordsTable:
        return tree.RecordsTable(*content(children), place=span(children))

    def late(self, children: Children) -> tree.Belated:
        return tree.Belated(children[0].type.lower(), *content(children), place=span(children))

    def record(self, children: Children) -> tree.Record:
        table, *entries = content(children)
        return tree.Record(table, tuple(entries), place=span(children))

    def extreme(self, children: Children) -> tree.Extreme:
        return tree.Extreme(children[0].type.lower(), tuple(content(children)), place=span(children))

    def rounded(self, children: Children) -> tree.Rounded:
        operand, unit = content(children)
        turn = children[1].type.lower()
        return tree.Rounded(operand, unit, "nearest" if turn == "open" else turn, place=span(children))

    def brackets(self, children: Children) -> tree.Expr:
        inside: tree.Expr = children[1]
        return replace(inside, place=span(children))

    def identity(self, children: Children) -> tree.Identity:
        attribute, value = content(children)
        return tree.Identity(attribute, value, children[1].type == "IS_NOT", place=span(children))

    def several(self, children: Children) -> tree.Several:
        least = None if children[0].type == "ALL_OF" else 1
        return tree.Several(least, tuple(content(children)), place=span(children))

    def at_least(self, children: Children) -> tree.Several:
        # What is no whole number is zero here, and the check says what is wrong with it.
        least = self.number([children[1]]).value
        whole = int(least) if least.denominator == 1 else 0
        return tree.Several(whole, tuple(content(children)), place=span(children))

    def table(self, children: Children) -> tree.Table:
        return tree.Table(children[0].type.removesuffix("_BY").lower(), children[1], place=span(children))

    # Parts of lines

    default = lies_within = inner

    def source(self, children: Children) -> tree.TakenFrom:
        said = content(children)
        text = next((one for one in said if isinstance(one, tree.Text)), None)
        typed = any(isinstance(child, Token) and child.type == "TYPED_IN" for child in children)
        return tree.TakenFrom(() if text else tuple(said), typed, text, place=span(children))

    greatest = made(tree.Bounds, None)
    last_row = made(tree.Row, None, rest=tuple)
    outcome = made(tree.Outcome, "line")
    salary_outcome = made(tree.Outcome, "salary", None)
    bonus_outcome = made(tree.Outcome, "bonus", None)
    commission_outcome = made(tree.Outcome, "commission", None)
    variable_outcome = made(tree.Outcome, "variable", None)
    total_outcome = made(tree.Outcome, "total", None)

    def kind(self, children: Children) -> tree.Kind:
        word = children[0]
        return tree.Kind(self.words.kinds.get(word.casefold()), str(word), place=spot(word))

    def bound(self, children: Children) -> tree.Bound:
        side = children[0].type.lower()
        return tree.Bound("up_to" if side == "to" else side, children[1], place=span(children))

    def cell(self, children: Children) -> tree.Cell:
        return tree.Cell(children[0], len(children) > 1, place=span(children))

    def subject(self, children: Children) -> tuple[tree.Name, bool]:
        (name,) = content(children)
        return name, len(children) > 1

    target_subject = subject

    def opening_subject(self, children: Children) -> tuple[tree.Name, bool]:
        return self.opening(children), False

    def entry(self, children: Children) -> tree.Entry:
        (name, target), value = children
        return tree.Entry(name, target, value, place=name.place.to(value.place))

    def worktime(self, children: Children) -> tree.WorkTime:
        return tree.WorkTime(self._part(children[0]), children[1], place=span(children))

    def elapsed(self, children: Children) -> tree.Elapsed:
        since, until = content(children)
        unit: Any = children[0].type.removesuffix("_FROM").lower()
        return tree.Elapsed(unit, since, until, place=span(children))

    def in_period(self, children: Children) -> tree.InPeriod:
        return tree.InPeriod(self._part(children[0]), place=span(children))

    def _part(self, word: Token) -> tree.PeriodPart:
        """What of the period a keyword says."""
        return next(part for part in tree.PERIOD_KINDS if tree.InPeriod(part).keyword.upper() == word.type)

    def given(self, children: Children) -> tree.Given:
        said = content(children)
        entries = tuple(one for one in said if isinstance(one, tree.Entry))
        times = tuple(one for one in said if isinstance(one, tree.WorkTime))
        return tree.Given(entries, times, place=span(children))

    def shown(self, children: Children) -> tree.Shown:
        return tree.Shown(SEEN[children[0].type], *content(children), place=span(children))

    # Lines

    def sources(self, children: Children) -> tree.Sources:
        return tree.Sources(self.source(children), place=span(children))

    def version(self, children: Children) -> tree.Version:
        _, token, *more = children
        text = token[1:-1] if token.type == "STRING" else "".join(map(str, (token, *more)))
        return tree.Version(text, place=span(children))

    def law(self, children: Children) -> tree.LawLine:
        word = children[1]
        said = tree.Text(str(word), place=spot(word))
        return tree.LawLine(self.words.laws.get(word.casefold()), said, place=span(children))

    def prose(self, children: Children) -> tree.Prose:
        *about, text = content(children)
        topic, *words = (child.type.lower() for child in children if child.type not in CONTENT)
        word, name = next(iter(words), None), next(iter(about), None)
        return tree.Prose(topic, word, name, text, place=span(children))

    def fact(self, children: Children) -> tree.Fact:
        name, label, kind, unit, bounds, default, source = content(children)
        signed = any(isinstance(child, Token) and child.type == "SIGNED" for child in children)
        return tree.Fact(name, label, kind, signed, default, source, bounds, unit, place=span(children))

    def named_pay(self, children: Children) -> tree.Pay:
        name, label, amount, *clauses = content(children)
        return tree.Pay(
            children[0].type.lower(), name, label, amount, tree.ordered(clauses), place=span(children)
        )

    counted_pay = named_pay

    def commission(self, children: Children) -> tree.Pay:
        word, *rest = children
        return self.named_pay([word, None, *rest])

    def banded_commission(self, children: Children) -> tree.Pay:
        word, name, label, on, measure, mode, *clauses = children
        banded: tree.TableMode = "bands" if mode.type == "EACH_BAND" else "whole"
        table: tree.Expr
        place = spot(on).to(spot(mode))
        if isinstance(measure, tree.Records) and measure.word == "each":
            assert measure.value is not None
            table = replace(measure, value=tree.Table(banded, measure.value, place=place))
        else:
            table = tree.Table(banded, measure, place=place)
        return self.named_pay([word, name, label, table, *clauses])

    def opening(self, children: Children) -> tree.Name:
        (name,) = content(children)
        return tree.Name(name.text + tree.OPENING, place=span(children))

    ceiling = inner

    def opened(self, children: Children) -> tree.OpenedIn:
        return tree.OpenedIn(str(children[1]), place=span(children))

    def closes(self, children: Children) -> ClosedBy:
        last = children[-1]
        return ClosedBy(children[1], last.type if isinstance(last, Token) else "", span(children))

    def anew(self, children: Children) -> ClosedBy:
        return ClosedBy(None, children[0].type, span(children))

    def ends(self, children: Children) -> tree.Ends:
        way: Any = children[0].type.lower().removesuffix("_if")
        return tree.Ends(way, children[1], place=span(children))

    def balance(self, children: Children) -> tree.Balance:
        name, label, kind, most, closes, opened, ends = content(children)
        said = {child.type for child in children if isinstance(child, Token)}
        closing = closes or ClosedBy(None, "", NOWHERE)
        so_far, anew = SINCE.get(closing.since, (False, None))
        return tree.Balance(
            name,
            label,
            kind,
            closing.value or tree.Name(name.text + tree.OPENING, place=name.place),
            "SIGNED" in said,
            "owed" if "OWED" in said else "due_to" if "DUE_TO" in said else None,
            most,
            so_far,
            anew,
            opened,
            ends,
            place=span(children),
        )

    def recovery(self, children: Children) -> tree.Pay:
        word, name, label, _, line, _, amount, *clauses = children
        within = tree.PayFor(*content([line]), place=spot(line))
        return replace(self.named_pay([word, name, label, amount, *clauses]), within=within)

    def topped_commission(self, children: Children) -> tree.Pay:
        word, name, label, on, measure, _, filled, mode, *clauses = children
        table = tree.Table("bands", measure, filled=filled, place=spot(on).to(spot(mode)))
        return self.named_pay([word, name, label, table, *clauses])

    def allow(self, children: Children) -> tree.Allow:
        word = children[1]
        _, *scope, reason = content(children)
        advice = self.words.advice.get(word.casefold())
        return tree.Allow(advice, str(word), next(iter(scope), None), reason, place=span(children))

    def example(self, children: Children) -> tree.Example:
        period = str(children[3]) if len(children) > 2 else None
        return tree.Example(content(children)[0], period, place=span(children))

    def fill(self, pieces: Sequence[Piece], left: list[Any], filled: dict[str, Any]) -> None:
        """The fields of a clause, from what is left of its children, the first of which is last."""
        for piece in pieces:
            word = left[-1].type if left and isinstance(left[-1], Token) else ""
            match piece:
                case Word():
                    left.pop()
                case Operand(name):
                    (filled[name],) = content([left.pop()])
                case Said(name, values, absent):
                    filled[name] = values[left.pop().type] if word in values else absent
                case Together(inside):
                    if word in terminals(inside):
                        self.fill(inside, left, filled)


def _clause(clause: type[Declaring]) -> Method:
    """The rule of a clause."""

    def method(builder: Builder, children: Children) -> Declaring:
        filled: dict[str, Any] = {}
        builder.fill(clause.declared.pieces, [*reversed(children)], filled)
        return clause(**filled, place=span(children))

    return method


# The rules that are called as the nodes that they make: of one thing for each field, of a list, with clauses.
SINGLE: tuple[type[tree.Placed], ...] = (
    tree.Title, tree.Definitions, tree.Include, tree.Effect, tree.Currency, tree.Bounds, tree.Figure,
    tree.ResultLine, tree.SectionEnd, tree.FullSalary, tree.PayFor, tree.TargetOf,
    tree.AttainmentOf, tree.Negative, tree.Denial, tree.Choice, tree.Case, tree.WithoutTax, tree.Link,
    tree.Taken, tree.Reserve, tree.Exchange,
)  # fmt: skip
LISTS = (tree.By, tree.Choices, tree.Row, tree.Columns, tree.Shows, tree.Pays)
CLAUSED = (tree.Salary, tree.Bonus, tree.Section, tree.Kpi, tree.Variable, tree.Total)
RULES: dict[type[tree.Placed], Method] = {
    **{kind: made(kind) for kind in SINGLE},
    **{kind: made(kind, rest=tuple) for kind in LISTS},
    **{kind: made(kind, rest=tree.ordered) for kind in CLAUSED},
    **{kind: _clause(kind) for kind in DECLARED},
}
for _kind, _method in RULES.items():
    setattr(Builder, rule_of(_kind), _method)
