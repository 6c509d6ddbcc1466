"""Lines of a plan, each as one row of cells or one text."""

from __future__ import annotations

from typing import assert_never

from .. import tree
from ..parse import parse
from ..source import Source
from ..words import Words
from .expression import ATOM, EITHER, binding, expression, operand
from .value import quoted

# The cells of a line, one for each column; a clause that is written several times is several texts in one.
Cells = list[list[str]]


def line(statement: tree.Statement, words: Words) -> str:
    """A statement on one line, without its comments."""
    match statement:
        case tree.Title() | tree.Version() | tree.Effect() | tree.Currency() | tree.About():
            return _heading(statement, words)
        case tree.Fact() | tree.Kpi():
            return " ".join(text for cell in cells(statement, words) for text in cell)
        case tree.Salary(amount):
            return f"{words['salary']} {expression(amount, words)}"
        case tree.Bonus(pool):
            return f"{words['bonus']} {expression(pool, words)}"
        case tree.Figure(name, label, kind, amount):
            named = " ".join([name.text, *_label(label), *_kind(kind, words)])
            return f"{named} = {expression(amount, words)}"
        case tree.Commission():
            return _commission(statement, words)
        case tree.Example(title):
            return f"{words['example']} {quoted(title.text)}"
        case _:
            assert_never(statement)


def _heading(
    statement: tree.Title | tree.Version | tree.Effect | tree.Currency | tree.About, words: Words
) -> str:
    """What a plan says of itself."""
    match statement:
        case tree.Title(text):
            return f"{words['plan']} {quoted(text.text)}"
        case tree.Version():
            return _version(statement, words)
        case tree.Effect(start):
            return f"{words['effect']} {start.text}"
        case tree.Currency(code):
            return f"{words['currency']} {code.text}"
        case tree.About(text):
            return f"{words['about']} {quoted(text.text)}"
        case _:
            assert_never(statement)


def cells(statement: tree.Fact | tree.Kpi, words: Words) -> Cells:
    """A statement of which several make a table."""
    match statement:
        case tree.Fact(name, label, kind, signed, default):
            return [
                [f"{words['fact']} {name.text}"],
                _label(label),
                _kind(kind, words),
                [words["signed"]] if signed else [],
                [] if default is None else [f"{words['default']} {_default(default, words)}"],
            ]
        case tree.Kpi(name, label, clauses):
            columns = [
                [clause(one, words) for one in clauses if isinstance(one, kind)] for kind in tree.CLAUSE_ORDER
            ]
            return [[name.text], _label(label), *columns]
        case _:
            assert_never(statement)


def clause(part: tree.Clause, words: Words) -> str:
    """A clause of a KPI, saying aloud what it means."""
    match part:
        case tree.Weight(share):
            return _after("weight", share, words)
        case tree.Cutoff(bound):
            return _after("cutoff", bound, words)
        case tree.Accel(factor, mode, bound):
            return f"{_after('accel', factor, words)} {words[f'on_{mode}']} {_after('above', bound, words)}"
        case tree.Cap(limit, base):
            return f"{_after('cap', limit, words)} {words[f'on_{base}']}"
        case tree.Target(amount, personal):
            text = _after("target", amount, words)
            return f"{text} {words['personal']}" if personal else text
        case _:
            assert_never(part)


def items(row: tree.Given | tree.Pays, words: Words) -> list[str]:
    """What a row of an example lists."""
    match row:
        case tree.Given(entries):
            return [
                f"{_subject(entry.name, words, target=entry.target)} {expression(entry.value, words)}"
                for entry in entries
            ]
        case tree.Pays(outcomes):
            return [f"{_paid(outcome, words)} {expression(outcome.value, words)}" for outcome in outcomes]
        case _:
            assert_never(row)


def _subject(name: tree.Name, words: Words, *, target: bool) -> str:
    return f"{words['target_of']} {name.text}" if target else name.text


def _paid(outcome: tree.Outcome, words: Words) -> str:
    return words[outcome.paid] if outcome.name is None else outcome.name.text


def _label(label: tree.Text | None) -> list[str]:
    return [] if label is None else [quoted(label.text)]


def _kind(kind: tree.Kind | None, words: Words) -> list[str]:
    if kind is None:
        return []
    return [kind.text if kind.kind is None else words.kind_words[kind.kind]]


def _default(expr: tree.Expr, words: Words) -> str:
    """A value that may be negative without brackets, as nothing else that stands alone may."""
    match expr:
        case tree.Negative(
            tree.Number() | tree.Percent() | tree.Amount() | tree.Days() | tree.Date() | tree.YesNo()
        ):
            return expression(expr, words)
        case _:
            return operand(expr, ATOM, words, before=words["default"])


def _after(keyword: str, expr: tree.Expr, words: Words) -> str:
    """A keyword and the one thing that follows it."""
    return f"{words[keyword]} {operand(expr, ATOM, words, before=words[keyword])}"


def _commission(commission: tree.Commission, words: Words) -> str:
    word, label = words["commission"], _label(commission.label)
    amount = expression(commission.amount, words)
    if commission.name is not None:
        return f"{' '.join([word, commission.name.text, *label])} = {amount}"
    # Without brackets `commission a = b` is a commission named `a`.
    return " ".join([word, *label, f"({amount})" if not label and _equates(commission.amount) else amount])


def _equates(expr: tree.Expr) -> bool:
    """Whether the text of an expression begins with a name and `=`."""
    match expr:
        case tree.Comparison("=", tree.Name()):
            return True
        case tree.Logic(left=inner) | tree.Choice(chosen=inner):
            return binding(inner) >= max(binding(expr), EITHER) and _equates(inner)
        case _:
            return False


def _version(version: tree.Version, words: Words) -> str:
    """A version as its author typed it; in quotation marks where it would not be read back without them."""
    bare = f"{words['version']} {version.text}"
    read = parse(Source("", bare)).tree.statements
    return bare if read == (version,) else f"{words['version']} {quoted(version.text)}"
