"""Lines of a plan, each as one text and the clauses that may stand below it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import assert_never

from .. import tree
from ..parse import parse
from ..source import Source
from ..tree import quoted
from ..tree.declared import rule_of
from ..words import LANGS, Words
from ..words import words as vocabulary
from .below import clauses
from .expression import (
    ATOM,
    CHOICE,
    EITHER,
    WORDED,
    binding,
    expression,
    fused,
    gathered,
    operand,
    out_of,
    phrase,
)
from .value import value as literal

TIMES = {vocabulary(lang).time for lang in LANGS}

# By what a balance opens with nothing, with what is added up since or without, and what ends it.
SO_FAR = {"year": "so_far_year", "quarter": "so_far_quarter"}
ANEW = {"year": "anew_year", "quarter": "anew_quarter"}
ENDS = {"forgiven": "forgiven_if", "claimed": "claimed_if"}

# The cells of a line, one for each column; a clause that is written several times is several texts in one.
Cells = list[list[str]]


def line(statement: tree.Statement, words: Words) -> list[str]:
    """A statement without its comments: its beginning, and each of its clauses."""
    texts = clauses(statement.clauses, words) if isinstance(statement, tree.Clausal) else []
    return [_beginning(statement, words, texts[0] if texts else ""), *texts]


def _beginning(statement: tree.Statement, words: Words, after: str) -> str:  # noqa: PLR0911, PLR0912  # one for each
    """A statement up to its clauses, the first of which comes after it."""
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
        case tree.Prose(topic, about, name, text):
            of = words[about] if about is not None else "" if name is None else name.text
            return phrase(words, words[topic], of, quoted(text.text))
        case tree.Sources(origins):
            return f"{words['facts_from']} {listed(origins, words)}"
        case tree.Fact():
            return " ".join(text for cell in cells(statement, words) for text in cell)
        case tree.RecordsTable(name, label, source, rates, late):
            said = " ".join([words["table"], name.text, *_label(label), *origin(source, words)])
            came = "" if late is None else f" {arriving(late, words)}"
            return f"{said}{'' if rates is None else _rates(rates, words)}{came}"
        case tree.Group(name, label):
            said = " ".join([words["group"], name.text, *_label(label), *belonging(statement, words)])
            return f"{said}, {words['shares_open']}" if statement.open else said
        case tree.Balance():
            return _balance(statement, words)
        case tree.Figure(name, label, kind, amount):
            began = [words["result"]] if isinstance(statement, tree.ResultLine) else []
            named = " ".join([*began, name.text, *_label(label), *_kind(kind, words)])
            return f"{named} = {expression(amount, words)}"
        case tree.Salary(amount):
            return phrase(words, words["salary"], (amount, CHOICE), after=after)
        case tree.Bonus(pool):
            return phrase(words, words["bonus"], (pool, CHOICE), after=after)
        case tree.Kpi(name, label):
            return " ".join([name.text, *_label(label)])
        case tree.Section(name, label):
            return " ".join([words["section"], name.text, *_label(label)])
        case tree.SectionEnd():
            return words["section_end"]
        case tree.Pay():
            return _pay(statement, words, after)
        case tree.Variable():
            return words["variable"]
        case tree.Total():
            return words["total"]
        case tree.Allow():
            return _allow(statement, words)
        case tree.Example(title, period):
            titled = f"{words['example']} {quoted(title.text)}"
            return titled if period is None else f"{titled} {words['for']} {period}"
        case _:
            assert_never(statement)


def cells(statement: tree.Fact | tree.Kpi, words: Words) -> Cells:
    """A statement of which several make a table."""
    match statement:
        case tree.Fact(name, label, kind, signed, default, source, bounds, unit):
            return [
                [f"{words['fact']} {name.text}"],
                _label(label),
                [*_kind(kind, words), *_unit(unit, words)],
                [words["signed"]] if signed else [],
                [] if bounds is None else [_bounds(bounds, words)],
                [] if default is None else [f"{words['default']} {_default(default, words)}"],
                origin(source, words),
            ]
        case tree.Kpi(name, label, parts):
            texts = list(zip(parts, clauses(parts, words), strict=True))
            columns = [[text for part, text in texts if isinstance(part, kind)] for kind in tree.CLAUSE_ORDER]
            return [[name.text], _label(label), *columns]
        case _:
            assert_never(statement)


def origin(source: tree.TakenFrom | None, words: Words) -> list[str]:
    """Where a fact or a table comes from, if its line says so."""
    if source is None:
        return []
    said = listed(source, words) if source.text is None else quoted(source.text.text)
    return [f"{words['taken_from']} {said}" if source.names or source.text else said]


def listed(source: tree.TakenFrom, words: Words) -> str:
    """The sources that are accepted."""
    return accepted([*(name.text for name in source.names), *([""] if source.typed else [])], words)


def accepted(sources: Sequence[str], words: Words) -> str:
    """Sources by their names as a plan lists them; the empty name is that of what is typed in."""
    return f" {words['or']} ".join(name or words["typed_in"] for name in sources)


def column(entry: tree.Column, words: Words) -> list[list[str]]:
    """A column of a table, each thing that is said of it in a cell of its own."""
    counts = words.spellings["counts"][-1] if entry.counts else ""
    said = [*_kind(entry.kind, words), *([] if entry.zone is None else [zoned(entry.zone, words)])]
    said += _unit(entry.unit, words) + ([] if entry.exchange is None else [exchanged(entry.exchange, words)])
    said += [words["signed"]] if entry.signed else []
    said += [] if entry.default is None else [f"{words['default']} {_default(entry.default, words)}"]
    counts = ("" if entry.shares is None else _shares(entry.shares, words)) + counts
    return [[entry.name.text], _label(entry.label), [" ".join(said) + counts]]


def _unit(unit: tree.BareUnit | None, words: Words) -> list[str]:
    """The unit of bare numbers, in the plural."""
    if unit is None:
        return []
    return [unit.text if unit.unit is None else words.unit(unit.unit, Fraction(2))]


def zoned(zone: tree.Zone, words: Words) -> str:
    """In which zone times are turned into days."""
    return words["without_zone"] if zone.name is None else f"{words['in']} {zone.name}"


def exchanged(exchange: tree.Exchange, words: Words) -> str:
    """The currency of money, and by which rate of which day it is turned."""
    currency = f"{words['in']} {exchange.currency.text}"
    rate = f"{words['at_rate_of']} {exchange.rates.text}"
    return f"{currency} {rate} {words['on_date_of']} {exchange.day.text}"


def _rates(rates: tree.Rates, words: Words) -> str:
    """That records are exchange rates, and which serves where a day has none."""
    said = f" {words['of_rates']}"
    if rates.horizon is None:
        return said
    before = words.spellings["last_before"][-1]
    return f"{said}{before} {words['within']} {literal(rates.horizon, words)}"


def _shares(shares: tree.Shares, words: Words) -> str:
    """What the cells of a column make together, after a comma."""
    sign = [words[WORDED[shares.sign]]] if shares.sign in WORDED else []
    parts = [*sign, _default(shares.whole, words), words["by"], shares.by.text]
    return " ".join([words.spellings["together"][-1], *parts])


def arriving(late: tree.Belated, words: Words) -> str:
    """What becomes of late records."""
    return f"{words[late.way]} {words['within']} {literal(late.horizon, words)}"


def _bounds(bounds: tree.Bounds, words: Words) -> str:
    """What a fact can be at least and at most."""
    ends = ((words.least, bounds.low), ("up_to", bounds.high))
    return " ".join(f"{words[keyword]} {expression(end, words)}" for keyword, end in ends if end is not None)


def lead(row: tree.ExampleRow, words: Words) -> str:
    """The word that a row of an example begins with: that of its rule."""
    if isinstance(row, tree.Record):
        return f"{words['record_of']} {row.table.text}"
    return words[rule_of(type(row))]


def items(row: tree.ExampleRow, words: Words) -> list[str]:
    """What a row of an example lists."""
    match row:
        case tree.Record(entries=entries):
            return [_item(_subject(one, words), one.value, words) for one in entries]
        case tree.Given(entries, times):
            given: list[tree.Entry | tree.WorkTime] = [*entries, *times]
            return [_item(_subject(one, words), one.value, words) for one in given]
        case tree.Shows(listed) | tree.Pays(listed):
            return [_item(_subject(one, words), one.value, words) for one in listed]
        case _:
            assert_never(row)


def _subject(item: tree.Entry | tree.WorkTime | tree.Shown | tree.Outcome, words: Words) -> str:
    match item:
        case tree.Entry(name, target):
            return f"{words['target_of']} {name.text}" if target else expression(name, words)
        case tree.WorkTime(part):
            return words[tree.InPeriod(part).keyword]
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
        case tree.Numeral():
            return literal(value, words, typed=True)
        case _:
            return expression(value, words)


def belonging(group: tree.Group, words: Words) -> list[str]:
    """What a group lies within, and who leads its members."""
    within = [] if group.within is None else [words["within"], group.within.text]
    if group.led is None:
        return within
    levels = [words["at_all_levels"]] if group.led.deep else []
    return [*within, words["led_by"], group.led.by.text, *levels]


def _label(label: tree.Text | None) -> list[str]:
    return [] if label is None else [quoted(label.text)]


def _kind(
    kind: tree.Kind | tree.Choices | tree.Role | tree.Link | tree.Taken | None, words: Words
) -> list[str]:
    match kind:
        case tree.Role(role):
            return [words.role_words[role]]
        case tree.Taken(link):
            return [f"{out_of(words)} {link.text}"]
        case tree.Link(table):
            return [f"{words['record_of']} {table.text}"]
        case None:
            return []
        case tree.Choices(names):
            return [f"{words['one_of']} ({'; '.join(name.text for name in names)})"]
        case tree.Kind("date", text) if text.casefold() in TIMES:
            return [words.time]
        case tree.Kind(known, text):
            return [text if known is None else words.kind_words[known]]
        case _:
            assert_never(kind)


def _default(expr: tree.Expr, words: Words) -> str:
    """A value that may be negative without brackets, as nothing else that stands alone may."""
    match expr:
        case tree.Negative(tree.Numeral() | tree.Date() | tree.YesNo()):
            return expression(expr, words)
        case _:
            return operand(expr, ATOM, words, before=words["default"])


def _pay(pay: tree.Pay, words: Words, after: str) -> str:
    """A line of pay up to its clauses."""
    named = " ".join([words[pay.word], *([] if pay.name is None else [pay.name.text]), *_label(pay.label)])
    match pay:
        case tree.Pay(word="milestone" | "piece"):
            return phrase(words, named, (pay.amount, CHOICE), after=after)
        case tree.Pay(word="commission", amount=tree.Table("bands", measure, filled=filled)) if filled:
            measured = phrase(words, f"{named} {words['on']}", measure, words["on_top_of"], filled)
            return f"{measured}, {words['each_band']}"
        case tree.Pay(word="commission", amount=amount) if (banded := _banded(amount)) is not None:
            mode, measure = banded
            text = phrase(words, f"{named} {words['on']}", *_measured(amount, measure, words))
            if fused(named, words["on"], words.lang):
                # A line break keeps apart what would be one keyword.
                text = f"{named}\n{text.removeprefix(named).lstrip()}"
            return f"{text}, {words['each_band' if mode == 'bands' else 'whole']}"
        case tree.Pay(within=tree.PayFor(within)):
            line = words["commission"] if within is None else within.text
            return f"{named} {words['within']} {line} {phrase(words, '=', (pay.amount, CHOICE), after=after)}"
        case tree.Pay(name=tree.Name()):
            return f"{named} {phrase(words, '=', (pay.amount, CHOICE), after=after)}"
        case _:
            # Without brackets `commission a = b` is a commission named `a`.
            text = phrase(words, named, (pay.amount, CHOICE), after=after)
            bare = pay.label is None and _equates(pay.amount)
            return f"{named} ({expression(pay.amount, words)})" if bare else text


def _balance(balance: tree.Balance, words: Words) -> str:
    """What one month leaves to the next."""
    named = [words["balance"], balance.name.text, *_label(balance.label), *_kind(balance.kind, words)]
    named += [words["signed"]] if balance.signed else []
    named += [] if balance.side is None else [words[balance.side]]
    parts: list[str | tree.Expr | tuple[tree.Expr, int]] = [" ".join(named)]
    if balance.most is not None:
        parts += [words["up_to"], balance.most]
    if not balance.bare:
        parts += ["=", (balance.value, CHOICE)]
    if balance.anew is not None:
        parts.append(words[(SO_FAR if balance.so_far else ANEW)[balance.anew]])
    if balance.opened is not None:
        parts += [words["opened"], balance.opened.month]
    if balance.ends is not None:
        parts += [words[ENDS[balance.ends.way]], (balance.ends.condition, EITHER)]
    return phrase(words, *parts)


def _banded(amount: tree.Expr) -> tuple[str, tree.Expr] | None:
    """How the bands of a commission are paid, and what they are of."""
    match amount:
        case tree.Table("bands" | "whole" as mode, measure):
            return mode, measure
        case tree.Records("each", value=tree.Table("bands" | "whole" as mode, measure)):
            return mode, measure
        case _:
            return None


def _measured(amount: tree.Expr, measure: tree.Expr, words: Words) -> list[str | tree.Expr]:
    """What the bands of a commission are of: one value, or one of each or of all of some records."""
    match amount, measure:
        case tree.Records() as each, _:
            return [measure, words["of"], words["each_of"], *gathered(each, words)]
        case _, tree.Records("sum", value=value) if value is not None:
            return [value, words["of"], *gathered(measure, words)]
        case _:
            return [measure]


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
    read = parse(Source("", bare))
    return (
        bare
        if not read.broken and read.tree.statements == (version,)
        else f"{words['version']} {quoted(version.text)}"
    )
