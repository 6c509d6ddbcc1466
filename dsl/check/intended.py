"""What is meant by two parts whose kinds do not go together, said in the words of their line."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from .. import tree
from ..faults import Fault
from ..place import Place
from .constant import constant
from .kind import COUNTED, DAYS, MONEY, PERCENT, YES_NO, Possible
from .kinds import Kinds
from .people import TESTS
from .scope import Scope, formulas

Part = tuple[tree.Expr, Possible]
# The rates of the income tax of Russia: Tax Code art. 224, since 1 January 2025.
RATES = frozenset(Fraction(rate, 100) for rate in (13, 15, 18, 20, 22, 30))
# What can stand before a sign of multiplication without brackets.
AMOUNTS = tree.Salary | tree.Pay | tree.Figure
SINGLE = (
    tree.Name
    | tree.Number
    | tree.Amount
    | tree.PaidSalary
    | tree.FullSalary
    | tree.PayFor
    | tree.PaidTogether
)


def intended(scope: Scope, expr: tree.Expr, one: Part, other: Part, currency: str) -> Fault | None:
    """The fault of a formula of two parts, if what its author means by them can be said."""
    match expr:
        case tree.Comparison():
            return _answered(scope, expr, one, other) or _reached(scope, one, other)
        case tree.Excess(measure=measure, mark=mark) if measures_attainment(scope, measure, mark):
            return _beyond(scope, measure, mark)
        case tree.Arithmetic("*"):
            return _granted(scope, expr, one, other)
        case tree.Arithmetic("+" | "-"):
            return taken(scope, expr, one, other, currency) or _worth(scope, expr, one, other)
        case _:
            return None


def likewise(scope: Scope, kinds: Kinds, name: tree.Name) -> str | None:
    """What a name beside another is compared with as that is: `falls and delays = 0`."""
    for whole in (one for one in scope.expressions if isinstance(one, tree.Logic)):
        several = [*_joined(whole)]
        for one in several if any(part is name for part in several) else ():
            match one:
                case tree.Comparison(left=tree.Name(text) as left) if kinds.possible.get(
                    text
                ) == kinds.possible.get(name.text):
                    return scope.source.at(Place(left.place.end, one.place.end)).strip()
    return None


def _joined(expr: tree.Expr) -> Iterator[tree.Expr]:
    """The conditions of a chain of them."""
    if isinstance(expr, tree.Logic):
        yield from _joined(expr.left)
        yield from _joined(expr.right)
    else:
        yield expr


def _answered(scope: Scope, expr: tree.Comparison, one: Part, other: Part) -> Fault | None:
    """`permit = 1`, for `permit`."""
    turned = other[1] == YES_NO
    (asked, kind), (beside, _) = (other, one) if turned else (one, other)
    value = constant(beside)
    if kind != YES_NO or value is None:
        return None
    test, name = TESTS[expr.sign], scope.text(asked)
    yes, no = (
        test(value, answer) if turned else test(answer, value) for answer in (Fraction(1), Fraction(0))
    )
    denied = f"{scope.words['not']} {name if isinstance(asked, tree.Name) else f'({name})'}"
    fix = None if yes == no else name if yes else denied
    instead = (name, denied) if fix is None else (fix,)
    fix = None if fix is None else _kept(scope, expr, fix)
    return scope.fault("P326", expr, name=name, value=beside, instead=instead, fix=fix)


def limited(
    scope: Scope, line: tree.Statement, expr: tree.Comparison, kinds: tuple[Possible, Possible]
) -> Fault | None:
    """`250 * cards, at most 10 000` as what a line pays, for `250 * cards cap 10 000`."""
    word = {"<=": "cap", ">=": "floor"}.get(expr.sign)
    amount, limit = kinds
    paid = isinstance(line, tree.Salary | tree.Bonus | tree.Pay) and next(formulas(line)) is expr
    if word is None or not paid or not amount & MONEY or not limit & MONEY:
        return None
    at = Place(expr.left.place.end, expr.right.place.end)
    said = f"{scope.words[word]} {scope.text(expr.right)}"
    typed = scope.source.at(at)
    at = Place(at.end - len(typed.lstrip()), at.end)
    return scope.fault("P109", at, word=typed.strip(), instead=said, fix=said)


def _granted(scope: Scope, expr: tree.Arithmetic, one: Part, other: Part) -> Fault | None:
    """`500 * permit`, for `500 if permit otherwise 0`."""
    (asked, kind), (amount, _) = one if one[1] == YES_NO else other, other if one[1] == YES_NO else one
    if kind != YES_NO or one[1] == other[1] or isinstance(asked, tree.YesNo):
        return None
    words = scope.words
    said = f"{scope.text(amount)} {words['if']} {scope.text(asked)} {words['otherwise']} 0"
    fix = said if any(whole is expr for whole in _wholes(scope)) else f"({said})"
    return scope.fault("P326", expr, name=asked, value=amount, instead=(fix,), fix=fix)


def _kept(scope: Scope, expr: tree.Expr, said: str) -> str:
    """Other words for an expression, in its brackets if it has some."""
    return f"({said})" if scope.text(expr).startswith("(") and scope.text(expr).endswith(")") else said


def _wholes(scope: Scope) -> list[tree.Expr]:
    """The formulas that are the whole of what a line comes to."""
    return [next(formulas(line)) for line in scope.lines if isinstance(line, AMOUNTS)]


def measures_attainment(scope: Scope, measure: tree.Expr, mark: tree.Expr) -> bool:
    """Whether a KPI stands beside a percentage though its target is none: how much of that is reached."""
    if not isinstance(measure, tree.Name) or not isinstance(mark, tree.Percent):
        return False
    kpi = scope.kpis.get(measure.text)
    aim = None if kpi is None else tree.first(kpi.clauses, tree.Target)
    return aim is not None and not isinstance(aim.value, tree.Percent)


def _reached(scope: Scope, one: Part, other: Part) -> Fault | None:
    """`revenue >= 80%`, for `attainment of revenue >= 80%`."""
    for (measure, kind), (mark, _) in ((one, other), (other, one)):
        if not kind & PERCENT and measures_attainment(scope, measure, mark):
            return attained(scope, measure, mark)
    return None


def attained(scope: Scope, measure: tree.Expr, mark: tree.Expr) -> Fault:
    """The fault of a KPI in the place of its attainment."""
    fix = f"{scope.words['attainment_of']} {scope.text(measure)}"
    return scope.fault("P329", measure, also=mark, name=measure, value=mark, instead=(fix,), fix=fix)


def _beyond(scope: Scope, measure: tree.Expr, mark: tree.Expr) -> Fault:
    """`revenue above 120%`, for `revenue above (120% of target of revenue)`."""
    aim = f"{scope.words['target_of']} {scope.text(measure)}"
    fix = aim if constant(mark) == 1 else f"({scope.text(mark)} {scope.words['of']} {aim})"
    return scope.fault("P329", mark, also=measure, name=measure, value=mark, instead=(fix,), fix=fix)


def taken(scope: Scope, expr: tree.Arithmetic, one: Part, other: Part, currency: str) -> Fault | None:
    """`salary + 10%`, for `salary * 110%`; and the income tax, which no plan takes."""
    (amount, kind), (part, share) = one, other
    bare = isinstance(amount, tree.Number)  # which is a whole, or lacks its sign
    if bare or not kind or not kind <= MONEY | DAYS | COUNTED or share != PERCENT:
        return None
    text, value = scope.text(amount), constant(part)
    said = text if isinstance(amount, SINGLE) else f"({text})"
    if value is None:
        way = f"{text} {expr.sign} {scope.text(part)} {scope.words['of']} {said}"
    else:
        way = f"{said} * {scope.written(tree.Percent(1 + value if expr.sign == '+' else 1 - value))}"
    taxed = expr.sign == "-" and currency == "RUB" and value in RATES and kind == MONEY
    if taxed and any(whole is expr for whole in _wholes(scope)):
        return scope.fault("P328", expr, text=part, left=amount, instead=(way,), fix=text)
    # Of several amounts it is not said which of them the percentage is of.
    sure = value is not None and (not isinstance(amount, tree.Arithmetic) or amount.sign in {"*", "of"})
    return scope.fault(
        "P327", expr, text=part, left=amount, instead=(way,), fix=_kept(scope, expr, way) if sure else None
    )


def _worth(scope: Scope, expr: tree.Arithmetic, one: Part, other: Part) -> Fault | None:
    """`overtime + nights`: what one of what is counted is worth is not said."""
    for (amount, kind), (counted, number) in ((one, other), (other, one)):
        if kind == MONEY and number and number <= COUNTED | DAYS:
            each = f"… * {scope.text(counted)}"
            sides = (scope.text(amount), each) if amount is expr.left else (each, scope.text(amount))
            instead = f" {expr.sign} ".join(sides)
            return scope.fault("P330", counted, also=amount, name=counted, left=amount, instead=instead)
    return None
