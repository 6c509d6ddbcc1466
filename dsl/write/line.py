"""Lines of a plan, each as one text and the clauses that may stand below it."""

from __future__ import annotations

from typing import assert_never

from .. import tree
from ..parse import parse
from ..source import Source
from ..words import Words
from .clause import clauses
from .expression import ATOM, EITHER, binding, expression, fused, operand
from .phrase import formula, phrase
from .value import quoted
from .value import value as literal

# The cells of a line, one for each column; a clause that is written several times is several texts in one.
Cells = list[list[str]]
# What its clauses and the rows under it belong to.
Clausal = tree.Salary | tree.Bonus | tree.Kpi | tree.Pay | tree.Section | tree.Variable | tree.Total


def line(statement: tree.Statement, words: Words) -> list[str]:
    """A statement without its comments: its beginning, and each of its clauses."""
    match statement:
        case (
            tree.Title()
            | tree.Definitions()
            | tree.Include()
            | tree.Version()
            | tree.Effect()
            | tree.Currency()
            | tree.LawLine()
            | tree.Prose()
        ):
            return [_heading(statement, words)]
        case tree.Fact():
            return [" ".join(text for cell in cells(statement, words) for text in cell)]
        case tree.Figure(name, label, kind, amount):
            named = " ".join([name.text, *_label(label), *_kind(kind, words)])
            return [f"{named} = {expression(amount, words)}"]
        case (
            tree.Salary()
            | tree.Bonus()
            | tree.Kpi()
            | tree.Pay()
            | tree.Section()
            | tree.Variable()
            | tree.Total()
        ):
            texts = clauses(statement.clauses, words)
            return [_beginning(statement, words, texts[0] if texts else ""), *texts]
        case tree.SectionEnd():
            return [words["section_end"]]
        case tree.Allow():
            return [_allow(statement, words)]
        case tree.Example(title, period):
            named = f"{words['example']} {quoted(title.text)}"
            return [named if period is None else f"{named} {words['for']} {period}"]
        case _:
            assert_never(statement)


Heading = (
    tree.Title
    | tree.Definitions
    | tree.Include
    | tree.Version
    | tree.Effect
    | tree.Currency
    | tree.LawLine
    | tree.Prose
)


def _heading(statement: Heading, words: Words) -> str:
    """What a plan says of itself."""
    match statement:
        case tree.Title(text):
            return f"{words['plan']} {quoted(text.text)}"
        case tree.Definitions(text):
            return f"{words['definitions']} {quoted(text.text)}"
        case tree.Include(path):
            return f"{words['include']} {quoted(path.text)}"
        case tree.Version():
            return _version(statement, words)
        case tree.Effect(start):
            return f"{words['effect']} {start.text}"
        case tree.Currency(code):
            return f"{words['currency']} {code.text}"
        case tree.LawLine(law, word):
            return f"{words['law']} {word.text if law is None else words.law_words[law]}"
        case tree.Prose(topic, word, name, text):
            of = words[word] if word is not None else "" if name is None else name.text
            return " ".join([words[topic], *([of] if of else []), quoted(text.text)])
        case _:
            assert_never(statement)


def _beginning(statement: Clausal, words: Words, after: str) -> str:
    """A line up to its clauses, the first of which comes after it."""
    match statement:
        case tree.Salary(amount):
            return phrase(words, words["salary"], formula(amount), after=after)
        case tree.Bonus(pool):
            return phrase(words, words["bonus"], formula(pool), after=after)
        case tree.Kpi(name, label):
            return " ".join([name.text, *_label(label)])
        case tree.Section(name, label):
            return " ".join([words["section"], name.text, *_label(label)])
        case tree.Variable():
            return words["variable"]
        case tree.Total():
            return words["total"]
        case tree.Pay():
            return _pay(statement, words, after)
        case _:
            assert_never(statement)


def cells(statement: tree.Fact | tree.Kpi, words: Words) -> Cells:
    """A statement of which several make a table."""
    match statement:
        case tree.Fact(name, label, kind, signed, default, source, bounds):
            return [
                [f"{words['fact']} {name.text}"],
                _label(label),
                _kind(kind, words),
                [words["signed"]] if signed else [],
                [] if bounds is None else [_bounds(bounds, words)],
                [] if default is None else [f"{words['default']} {_default(default, words)}"],
                [] if source is None else [f"{words['taken_from']} {quoted(source.text)}"],
            ]
        case tree.Kpi(name, label, parts):
            texts = list(zip(parts, clauses(parts, words), strict=True))
            columns = [[text for part, text in texts if isinstance(part, kind)] for kind in tree.CLAUSE_ORDER]
            return [[name.text], _label(label), *columns]
        case _:
            assert_never(statement)


def _bounds(bounds: tree.Bounds, words: Words) -> str:
    """What a fact can be at least and at most."""
    ends = ((words.least, bounds.low), ("up_to", bounds.high))
    return " ".join(f"{words[keyword]} {expression(end, words)}" for keyword, end in ends if end is not None)


def lead(row: tree.ExampleRow, words: Words) -> str:
    """The word that a row of an example begins with."""
    match row:
        case tree.Given():
            return words["given"]
        case tree.Shows():
            return words["shows"]
        case tree.Pays():
            return words["pays"]
        case _:
            assert_never(row)


def items(row: tree.ExampleRow, words: Words) -> list[str]:
    """What a row of an example lists."""
    match row:
        case tree.Given(entries):
            return [_item(_subject(entry, words), entry.value, words) for entry in entries]
        case tree.Shows(shown):
            return [_item(_subject(one, words), one.value, words) for one in shown]
        case tree.Pays(outcomes):
            return [_item(_subject(outcome, words), outcome.value, words) for outcome in outcomes]
        case _:
            assert_never(row)


def _subject(item: tree.Entry | tree.Shown | tree.Outcome, words: Words) -> str:
    match item:
        case tree.Entry(name, target):
            return f"{words['target_of']} {name.text}" if target else name.text
        case tree.Shown("target", name):
            return f"{words['target_of']} {name.text}"
        case tree.Shown("attainment", name):
            return f"{words['attainment_of']} {name.text}"
        case tree.Shown(_, name):
            return name.text
        case tree.Outcome(paid, name):
            return words[paid] if name is None else name.text
        case _:
            assert_never(item)


def _item(subject: str, value: tree.Expr, words: Words) -> str:
    text = _typed(value, words)
    return f"{subject} ({text})" if fused(subject, text, words.lang) else f"{subject} {text}"


def _typed(value: tree.Expr, words: Words) -> str:
    """A value of an example, no digit of which is anybody's but its author's."""
    match value:
        case tree.Negative(operand):
            return f"-{_typed(operand, words)}"
        case tree.Number() | tree.Percent() | tree.Amount() | tree.Days():
            return literal(value, words, typed=True)
        case _:
            return expression(value, words)


def _label(label: tree.Text | None) -> list[str]:
    return [] if label is None else [quoted(label.text)]


def _kind(kind: tree.Kind | tree.Choices | None, words: Words) -> list[str]:
    match kind:
        case None:
            return []
        case tree.Choices(names):
            return [f"{words['one_of']} ({'; '.join(name.text for name in names)})"]
        case tree.Kind(known, text):
            return [text if known is None else words.kind_words[known]]
        case _:
            assert_never(kind)


def _default(expr: tree.Expr, words: Words) -> str:
    """A value that may be negative without brackets, as nothing else that stands alone may."""
    match expr:
        case tree.Negative(
            tree.Number() | tree.Percent() | tree.Amount() | tree.Days() | tree.Date() | tree.YesNo()
        ):
            return expression(expr, words)
        case _:
            return operand(expr, ATOM, words, before=words["default"])


def _pay(pay: tree.Pay, words: Words, after: str) -> str:
    """A line of pay up to its clauses."""
    named = " ".join([words[pay.word], *([] if pay.name is None else [pay.name.text]), *_label(pay.label)])
    match pay:
        case tree.Pay(word="milestone" | "piece"):
            return phrase(words, named, formula(pay.amount), after=after)
        case tree.Pay(word="commission", amount=tree.Table("bands" | "whole" as mode, measure)):
            text = phrase(words, f"{named} {words['on']}", measure)
            if fused(named, words["on"], words.lang):
                # A line break keeps apart what would be one keyword.
                text = f"{named}\n{text.removeprefix(named).lstrip()}"
            return f"{text}, {words['each_band' if mode == 'bands' else 'whole']}"
        case tree.Pay(within=tree.PayFor(within)):
            line = words["commission"] if within is None else within.text
            return f"{named} {words['within']} {line} {phrase(words, '=', formula(pay.amount), after=after)}"
        case tree.Pay(name=tree.Name()):
            return f"{named} {phrase(words, '=', formula(pay.amount), after=after)}"
        case _:
            # Without brackets `commission a = b` is a commission named `a`.
            text = phrase(words, named, formula(pay.amount), after=after)
            bare = pay.label is None and _equates(pay.amount)
            return f"{named} ({expression(pay.amount, words)})" if bare else text


def _equates(expr: tree.Expr) -> bool:
    """Whether the text of an expression begins with a name and `=`."""
    match expr:
        case tree.Comparison("=", tree.Name()):
            return True
        case tree.Logic(left=inner) | tree.Choice(chosen=inner):
            return binding(inner) >= max(binding(expr), EITHER) and _equates(inner)
        case _:
            return False


def _allow(allow: tree.Allow, words: Words) -> str:
    advice = allow.word if allow.advice is None else words.advice_words[allow.advice]
    scope = [] if allow.name is None else [words["for"], allow.name.text]
    return " ".join([words["allow"], advice, *scope, words["because"], quoted(allow.reason.text)])


def _version(version: tree.Version, words: Words) -> str:
    """A version as its author typed it; in quotation marks where it would not be read back without them."""
    bare = f"{words['version']} {version.text}"
    read = parse(Source("", bare)).tree.statements
    return bare if read == (version,) else f"{words['version']} {quoted(version.text)}"
