"""Expressions, with the brackets that they need and no others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import assert_never

from .. import tree
from ..parse.grammar import overlap
from ..words import Lang, Words
from ..words import words as words_of
from .value import decimal, value

# How tightly each rule of the grammar binds; what binds looser than its place asks stands in brackets.
CHOICE, EITHER, BOTH, DENIAL, COMPARISON, EXCESS, SUM, PRODUCT, UNARY, ATOM = range(10)
# A word as it is printed, or an expression that stands beside it.
Part = str | tree.Expr | tuple[tree.Expr, int]
# The words of comparisons that are written in words.
WORDED = {">": "more_than", "<": "less_than", ">=": "at_least", "<=": "at_most"}
# The words for what a value comes to over records.
GATHERED: dict[tree.Gathering, str] = {
    "sum": "sum_of", "average": "average_of", "least": "least_of", "greatest": "greatest_of",
    "distinct": "distinct_of", "first": "first_of", "last": "last_of", "rank": "rank_of",
}  # fmt: skip
# What those have of prizes who are equal.
EQUALS = {"share": "equals_share", "higher": "equals_higher"}
# How long it is from one day to another.
ELAPSED = {"years": "years_from", "months": "months_from"}
# What stands above the rows of a table.
ABOVE = {"steps": "steps_by", "line": "line_by", "bands": "bands_by", "matrix": "matrix_by"}


def expression(expr: tree.Expr, words: Words) -> str:  # noqa: PLR0911, PLR0912  # one for each formula
    """An expression that stands where any may stand."""
    match expr:
        case tree.Name() if expr.balance is not None:
            return f"{words['opening_of']} {expr.balance}"
        case tree.Name(text, of=of):
            return f"{text} {words['of']} {of}" if of else text
        case tree.PaidSalary(plain):
            return words["salary" if plain else "paid_salary"]
        case tree.FullSalary():
            return words["full_salary"]
        case tree.PayFor(name):
            return f"{words['pay_for']} {words['commission'] if name is None else name.text}"
        case tree.PaidTogether(what):
            return words[what]
        case tree.TargetOf(name):
            return f"{words['target_of']} {name.text}"
        case tree.AttainmentOf(name):
            return f"{words['attainment_of']} {name.text}"
        case tree.Identity(attribute, choice, denied):
            return f"{attribute.text} {words['is_not' if denied else 'is']} {choice.text}"
        case tree.InPeriod():
            return words[expr.keyword]
        case tree.Extreme(word, inner):
            return f"{words[word]}({_listed(inner, words)})"
        case tree.Rounded(inner, unit, direction):
            word_of = words["round"] if direction == "nearest" else f"{words['round']} {words[direction]}"
            return f"{word_of}({phrase(words, (inner, CHOICE), words['to'], unit)})"
        case tree.Several(least, conditions):
            return f"{_how_many(least, words)} ({_listed(conditions, words)})"
        case tree.By(attribute, cases):
            listed = "; ".join(_case(case, words) for case in cases)
            return f"{phrase(words, words['by'], attribute)} ({listed})"
        case tree.Negative() | tree.Denial():
            return _turned(expr, words)
        case tree.Comparison(sign, left, right):
            shown = words[WORDED[sign]] if expr.worded and sign in WORDED else sign
            return phrase(words, (left, EXCESS), shown, (right, EXCESS))
        case tree.Pool(fund, weight, group):
            said = phrase(words, words["share_of"], fund, words["by"], weight, words["within"], group.text)
            return ", ".join([said, *_kept(expr, words)])
        case tree.Prizes(prizes, value_, group, equals):
            listed = f"{words['prizes_of']} ({_listed(prizes, words)})"
            said = phrase(words, listed, words["by"], value_, words["within"], group.text)
            return said if equals is None else f"{said}, {words[EQUALS[equals]]}"
        case tree.Records("each", _, taken):
            said = " ".join([words["for_each"], *gathered(expr, words)])
            return f"{said}: {'' if taken is None else expression(taken, words)}"
        case tree.Records("count"):
            return " ".join([words["count_of"], *gathered(expr, words)])
        case tree.Records(word, _, taken):
            return phrase(words, words[GATHERED[word]], taken or "", out_of(words), *gathered(expr, words))
        case tree.Arithmetic() | tree.Logic():
            return _chain(expr, words)
        case tree.Excess():
            return _excess(expr, words)
        case tree.Elapsed(unit, since, until):
            return phrase(words, words[ELAPSED[unit]], since, words["to"], until)
        case tree.WithoutTax(gross, rate):
            return phrase(words, gross, words["without_tax"], rate)
        case tree.Choice():
            return _choice(expr, words)
        case tree.Table():
            return _table(expr, words)
        case _:
            return value(expr, words)


def gathered(expr: tree.Records, words: Words) -> list[str]:
    """A table, which of its records count, and in which order they do."""
    texts = [expr.table.text]
    if expr.where is not None:
        texts += [words["where"], operand(expr.where, EITHER, words, before=words["where"])]
    return texts if expr.order is None else [*texts, words["in_order_of"], expr.order.text]


def operand(expr: tree.Expr, least: int, words: Words, before: str = "", after: str = "") -> str:
    """An expression where only what binds at least so tightly may stand, between two words."""
    text = expression(expr, words)
    apart = binding(expr) < least or fused(before, text, words.lang) or fused(text, after, words.lang)
    return f"({text})" if apart else text


def phrase(words: Words, *parts: Part, after: str = "") -> str:
    """Parts with a space between them, where `after` is what follows the last.

    An expression stands for one single thing, and one with a level for all that binds at least so tightly.
    """
    texts: list[str] = []
    for part, following in pairwise([*filter(None, parts), after]):
        if isinstance(part, str):
            texts.append(part)
        else:
            expr, least = part if isinstance(part, tuple) else (part, ATOM)
            before = texts[-1] if texts else ""
            beside = following if isinstance(following, str) else ""
            texts.append(operand(expr, least, words, before=before, after=beside))
    return " ".join(texts)


def binding(expr: tree.Expr) -> int:
    """How tightly an expression holds together."""
    match expr:
        case tree.Choice() | tree.Table() | tree.Records("each"):
            return CHOICE
        case tree.Records(where=where):
            # What follows a condition would be read as a part of it.
            return ATOM if where is None else DENIAL
        case tree.Logic(word):
            return EITHER if word == "or" else BOTH
        case tree.Denial():
            return DENIAL
        case tree.Comparison() | tree.Identity():
            return COMPARISON
        case tree.Excess() | tree.WithoutTax():
            return EXCESS
        case tree.Name(of=leader) if leader:
            return PRODUCT
        case tree.Arithmetic(sign):
            return SUM if sign in {"+", "-"} else PRODUCT
        case tree.Negative():
            return UNARY
        case (
            tree.Numeral()
            | tree.Date()
            | tree.YesNo()
            | tree.Name()
            | tree.PaidSalary()
            | tree.FullSalary()
            | tree.PayFor()
            | tree.PaidTogether()
            | tree.TargetOf()
            | tree.AttainmentOf()
            | tree.Extreme()
            | tree.Rounded()
            | tree.Several()
            | tree.By()
            | tree.InPeriod()
            | tree.Elapsed()
            | tree.Pool()
            | tree.Prizes()
        ):
            return ATOM
        case _:
            assert_never(expr)


def fused(left: str, right: str, lang: Lang) -> bool:
    """Whether the end of one text and the beginning of the next would be read as one keyword.

    So would a fact named `attainment` before `of`, or one named `personal` after `or`.
    """
    return _seam(lang).search(f"{left}\n{right}") is not None


@cache
def _seam(lang: Lang) -> re.Pattern[str]:
    """A pattern for a keyword of several words that goes over a line break."""
    words = words_of(lang)
    cuts: list[str] = []
    for spelling in (spelling for spellings in words.spellings.values() for spelling in spellings):
        parts = [re.escape(part) for part in spelling.split()]
        end = rf"(?!\w){overlap([spelling], words)}"
        cuts.extend(" ".join(parts[:at]) + r"\n" + " ".join(parts[at:]) + end for at in range(1, len(parts)))
    return re.compile(rf"(?<!\w)(?:{'|'.join(cuts)})", re.IGNORECASE)


def _listed(several: Sequence[tree.Expr], words: Words) -> str:
    return "; ".join(expression(one, words) for one in several)


def _kept(pool: tree.Pool, words: Words) -> Iterator[str]:
    """What of a sum is held back, and what of it is left where it was."""
    if pool.reserve is not None:
        yield phrase(words, words["reserve_of"], pool.reserve.size, words["for"], pool.reserve.late)
    if pool.left:
        yield words["left_in_fund"]


def _how_many(least: int | None, words: Words) -> str:
    if least is None or least == 1:
        return words["all_of" if least is None else "any_of"]
    return f"{words['at_least']} {decimal(Fraction(least), words)} {out_of(words)}"


def _case(case: tree.Case, words: Words) -> str:
    name = words["otherwise"] if case.value is None else case.value.text
    return f"{name}: {expression(case.result, words)}"


def out_of(words: Words) -> str:
    """The word for `of` between a part and a whole that are counted: `2 of (a; b; c)`, `worked of 22`."""
    return words.spellings["of"][-1]


def _table(table: tree.Table, words: Words) -> str:
    """What stands above the rows of a table: `steps by revenue`, `matrix by margin and nps`."""
    across = () if table.across is None else (words["and"], table.across)
    return phrase(words, words[ABOVE[table.mode]], table.measure, *across)


# Signs, chains and choices go on and on without brackets, deeper than Python nests calls; brackets do not.


def _turned(expr: tree.Negative | tree.Denial, words: Words) -> str:
    """`-a`, `not a`."""
    level = binding(expr)
    sign = "-" if isinstance(expr, tree.Negative) else f"{words['not']} "
    text, inner = sign, expr.operand
    while isinstance(inner, tree.Negative | tree.Denial) and binding(inner) == level:
        text += sign
        inner = inner.operand
    return text + operand(inner, level, words, before=sign.rstrip())


def _chain(expr: tree.Arithmetic | tree.Logic, words: Words) -> str:
    """`a + b - c`: operands of which only those on the right need brackets where they bind as tightly."""
    level = binding(expr)
    links = [expr]
    start = expr.left
    while isinstance(start, tree.Arithmetic | tree.Logic) and binding(start) == level:
        links.append(start)
        start = start.left
    text = operand(start, level, words)
    for link in reversed(links):
        sign = link.word if isinstance(link, tree.Logic) else link.sign
        word = words[sign] if sign.isalpha() else sign
        text = f"({text})" if fused(text, word, words.lang) else text
        text += f" {word} {operand(link.right, level + 1, words, before=word)}"
    return text


def _choice(choice: tree.Choice, words: Words) -> str:
    """`a if b otherwise c if d otherwise e`."""
    parts: list[Part] = []
    rest: tree.Expr = choice
    while isinstance(rest, tree.Choice):
        parts += [(rest.chosen, EITHER), words["if"], (rest.condition, EITHER), words["otherwise"]]
        rest = rest.otherwise
    return phrase(words, *parts, (rest, CHOICE))


def _excess(excess: tree.Excess, words: Words) -> str:
    """`revenue above target`, `revenue above target of calls`, `(a + b) above 100`."""
    beside = words["above_target" if excess.side == "above" else "below_target"]
    match excess:
        case tree.Excess(_, tree.Name(measure), tree.TargetOf(tree.Name(name))) if measure == name:
            return f"{measure} {beside}"
        case tree.Excess(_, measure, tree.TargetOf(name)):
            # In Russian the word for a target has another ending here: `сверх плана показателя`.
            return phrase(words, measure, beside, words["target_of"].split()[-1], name.text)
        case _:
            return phrase(words, excess.measure, words[excess.side], excess.mark)
