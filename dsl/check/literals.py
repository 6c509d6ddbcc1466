"""Values as they stand in the text: days of no calendar, words of no currency, divisions by nothing."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from fractions import Fraction

from .. import tree
from ..data import table
from ..faults import Fault
from ..parse.mistakes.digits import figures, lookalikes
from ..parse.mistakes.numerals import digits_of
from ..place import Place
from ..words import UNITS, currencies
from .constant import constant
from .demands import declared, values
from .header import meant
from .kind import ANY, COUNT, COUNTED, DAYS, DURATION
from .kinds import Kinds
from .named import entered
from .scope import Scope
from .tables import held

# Kopecks or cents after a dash, as in papers of accountants: `58 500-00`.
MINOR = re.compile(r"[0-9][0-9\s]*-([0-9]{2})")


def literals(scope: Scope, kinds: Kinds, currency: str | None) -> Iterator[Fault]:
    """What is wrong with values by themselves."""
    timeless = DURATION not in kinds.possible.values()
    beginning = {one.start.place for one in scope.lines if isinstance(one, tree.Effect)}
    clauses = (one for line in scope.lines if isinstance(line, tree.Clausal) for one in line.clauses)
    beginning.update(one.first.place for one in clauses if isinstance(one, tree.During))
    # Of an amount of what has a currency of its own is told where it is entered.
    apart = {id(value) for name, value in entered(scope, scope.examples) if scope.columns[name.text].exchange}
    for expr in _expressions(scope):
        match expr:
            case tree.Amount() if id(expr) in apart:
                pass
            case tree.Date(text) if expr.value is None:
                ways = days(text, first=expr.place in beginning)
                fix = ways[0] if ways else None
                yield scope.fault("P312", expr, date=text, instead=ways or ("phrase:date_form",), fix=fix)
            case tree.Amount():
                yield from _amount(scope, kinds, expr, currency)
            case tree.Duration(seconds) if timeless:
                # Nothing in the plan is a length of time: the word is one that people put behind a number.
                said = scope.text(expr).split()[-1]
                amount = tree.Amount(seconds / UNITS[expr.word], said, place=expr.place)
                yield from _amount(scope, kinds, amount, currency)
            case tree.Arithmetic("-", tree.Number() as left, tree.Number()) if minor := MINOR.fullmatch(
                scope.text(expr)
            ):
                if minor[1] == "00" or left.value >= 1000:
                    part = left.value if minor[1] == "00" else left.value + Fraction(int(minor[1]), 100)
                    fix = scope.written(tree.Number(part))
                    yield scope.fault("P105", expr, word=expr, instead=(fix,), fix=fix)
            case tree.Arithmetic("/", _, divisor) if constant(divisor) == 0:
                yield scope.fault("P412", divisor, divisor=divisor)
            case tree.Rounded(_, unit):
                yield from rounded(scope, unit)
            case tree.Several(least, conditions) if least is not None and not 1 <= least <= len(conditions):
                before = scope.text(expr).split("(")[0].rstrip()
                place = Place(expr.place.start, expr.place.start + len(before))
                yield scope.fault("P260", place, text=before, count=str(len(conditions)))
            case tree.WithoutTax(_, rate) if not 0 <= (scope.worth(rate) or 0) <= 1:
                yield scope.fault("P443", rate, value=rate)
    for name, fact in scope.facts.items():
        for value in declared(fact):
            yield from fitting(scope, kinds, name, value)
        yield from _bounded(scope, name, fact)
        match fact.default:
            case None | tree.Date() | tree.YesNo():
                pass
            case preset if constant(preset) is None and not (
                isinstance(preset, tree.Name) and scope.choices(name)
            ):
                yield scope.fault("P217", preset, name=name, fix=_preset(scope, fact, preset))


def _preset(scope: Scope, fact: tree.Fact, preset: tree.Expr) -> str | None:
    """The value that is meant by a default in words: `none`, `zero`."""
    digits = digits_of(preset.text, scope.plan.lang) if isinstance(preset, tree.Name) else None
    kind = fact.kind.kind if isinstance(fact.kind, tree.Kind) else None
    if digits is None or kind == "date":
        return None
    if kind == "yes_no":
        return scope.words["no"] if digits == "0" else None
    return f"{digits}%" if kind == "percent" else digits


def rounded(scope: Scope, unit: tree.Expr) -> Iterator[Fault]:
    """What is rounded to a multiple of no known amount, or of nothing."""
    if unit.place not in scope.unsound and (constant(unit) or 0) <= 0:
        yield scope.fault("P415", unit, text=unit, fix=_rounding(scope, unit))


def _rounding(scope: Scope, unit: tree.Expr) -> str | None:
    """The number that is meant by a word for what is rounded to: `hundreds`, `рубля`."""
    said, lang = table("grammars", "synonyms.toml"), scope.plan.lang
    if not isinstance(unit, tree.Name) or unit.text in scope.facts:
        return None
    word = unit.text.casefold()
    whole = {**said["roundings"][lang], **dict.fromkeys(said["currencies"][lang], 1)}
    if word.startswith(tuple(said["minor"][lang])):
        return scope.written(tree.Number(Fraction(1, 100)))
    found = [number for begins, number in whole.items() if word.startswith(begins)]
    return scope.written(tree.Number(Fraction(found[0]))) if found else None


def _bounded(scope: Scope, name: str, fact: tree.Fact) -> Iterator[Fault]:
    """Bounds of a fact that leave nothing between them, or that its default is beyond."""
    if (bounds := fact.bounds) is None:
        return
    ends = bounds.low, bounds.high, fact.default
    low, high, preset = (None if end is None else constant(end) for end in ends)
    below = low is not None and preset is not None and preset < low
    above = high is not None and preset is not None and preset > high
    if low is not None and high is not None and low > high:
        yield scope.fault("P447", bounds, name=name, bounds=bounds)
    elif fact.default is not None and (below or above):
        value = fact.default
        yield scope.fault("P448", value, also=bounds, name=name, value=value, bounds=bounds)


def _expressions(scope: Scope) -> Iterator[tree.Expr]:
    yield from scope.expressions
    for line in scope.lines:
        match line:
            case tree.Effect(start):
                yield start
            case tree.Fact():
                for value in declared(line):
                    yield from tree.walk(value)
            case tree.Example():
                listed = (line.entries, line.shown, line.outcomes)
                for value in (one.value for several in listed for one in several):
                    yield from tree.walk(value)


def days(text: str, *, first: bool = False) -> tuple[str, ...]:
    """The days that may be meant by one of no calendar: month and day exchanged, or the last of its month and
    the one behind it, which is the likelier one for the `first` of a time.
    """
    year, month, number = (int(part) for part in text.split("-"))
    if year < datetime.MINYEAR:
        return ()
    if month > 12 >= number > 0 and 0 < month <= calendar.monthrange(year, number)[1]:
        return (f"{year:04}-{number:02}-{month:02}",)
    if not 1 <= month <= 12 or number <= 28:
        return ()
    last = datetime.date(year, month, calendar.monthrange(year, month)[1])
    both = (last.isoformat(), (last + datetime.timedelta(days=1)).isoformat())
    return both[::-1] if first else both


def _amount(scope: Scope, kinds: Kinds, amount: tree.Amount, currency: str | None) -> Iterator[Fault]:
    """The word beside a number: the plan's currency, or a fault."""
    word, vocabulary = amount.currency, scope.words
    if word in currencies():
        if currency not in {None, word}:
            yield scope.fault("P313", amount, text=amount, code=word, currency=currency)
        return
    if any(isinstance(line, tree.Currency) and line.code.text == word for line in scope.lines):
        return  # the line that names the currency is at fault, and this only follows it
    typed = " ".join(scope.text(amount).split())
    if (number := figures(typed)) is not None:
        yield scope.fault("P391", amount, word=typed, letters=lookalikes(typed), instead=number, fix=number)
        return
    if (bound := _bound(scope, amount)) is not None and (side := _side(scope, bound, word)) is not None:
        right = f"{side} {scope.written(tree.Number(amount.value))}"
        yield scope.fault("P289", bound, bound=bound, word=word, instead=right, fix=right)
        return
    if (said := _turned(scope, amount)) is not None:
        place, order = said
        yield scope.fault("P171", place, word=scope.source.at(place), instead=order, fix=order)
        return
    if (keyword := _clause(scope, word)) is not None:
        sample: str = table("grammars", "samples.toml")[scope.plan.lang][keyword]
        at = Place(amount.place.end - len(word), amount.place.end)
        yield scope.fault("P182", at, word=word, instead=vocabulary[keyword], sample=sample)
        return
    fix, owner = _unit(scope, kinds, amount, currency), _owner(scope, amount)
    timed = owner is not None and kinds.possible.get(owner) == DAYS
    instead = fix or ("phrase:in_days" if timed else "phrase:unit_form")
    yield scope.fault("P316", amount, fix=fix, word=word, days=vocabulary["days"], instead=(instead,))


def _bound(scope: Scope, amount: tree.Amount) -> tree.Bound | None:
    """The bound of a row that an amount is."""
    bounds = (row.bound for table in held(scope) for row in table.rows if row.bound is not None)
    return next((bound for bound in bounds if bound.value is amount), None)


def _side(scope: Scope, bound: tree.Bound, word: str) -> str | None:
    """The word for a side that says what a word behind the bound does: that it is counted in, or not."""
    counted = table("grammars", "synonyms.toml")["counted"][scope.plan.lang]
    said = next((way for way, several in counted.items() if word.casefold() in several), None)
    return scope.words[SIDES[said].get(bound.side, bound.side)] if said else None


# The side on which a bound lies that is counted in, or is not.
SIDES: dict[str, dict[str, str]] = {
    "in": {"below": "up_to", "above": "from"},
    "out": {"up_to": "below", "from": "above"},
}


def _clause(scope: Scope, word: str) -> str | None:
    """The clause that a word behind a number begins: `target 50 prorated`."""
    samples, vocabulary = table("grammars", "samples.toml")[scope.plan.lang], scope.words
    begun = (
        (keyword, said.split()[0])
        for keyword in CLAUSES
        if keyword in samples
        for said in vocabulary.spellings[keyword]
    )
    return next((keyword for keyword, first in begun if first == word.casefold()), None)


# What may stand behind a number, and is forgotten to be said whole.
CLAUSES = ("prorated", "rounded_to", "multiplied", "only_if", "less_is_better", "on_excess", "cap")


def _unit(scope: Scope, kinds: Kinds, amount: tree.Amount, currency: str | None) -> str | None:
    """What is meant by a number with a word that is no unit of a plan."""
    word, spoken, lang = amount.currency.casefold(), table("grammars", "synonyms.toml"), scope.plan.lang
    code = meant(amount.currency, scope.words)
    # What people write after a number in place of its zeros.
    times: int | None = spoken["multiples"][lang].get(word)
    if times is not None:
        return scope.written(tree.Number(amount.value * times))
    if code is not None and currency in {None, code}:
        return scope.written(tree.Amount(amount.value, code))
    if word.startswith(tuple(spoken["minor"][lang])):
        return scope.written(tree.Number(amount.value / 100))
    if word in spoken["percents"][lang]:
        return scope.written(tree.Percent(amount.value / 100))
    owner = _owner(scope, amount)
    kind = ANY if owner is None else kinds.possible.get(owner, ANY)
    if kind == DAYS:
        # A shift is a day; what is none, such as an hour, is another number of them.
        return scope.written(tree.Days(amount.value)) if word in spoken["shifts"][lang] else None
    if kind <= COUNTED:
        return scope.written(tree.Number(amount.value))
    if amount.currency in {*scope.facts, *scope.figures} - {*scope.kpis, owner}:
        return f"{scope.written(tree.Number(amount.value))} * {amount.currency}"
    if word in spoken["units"][lang] or word in spoken["shifts"][lang] or _counts(scope, word):
        return scope.written(tree.Number(amount.value))
    return None


def _owner(scope: Scope, amount: tree.Amount) -> str | None:
    """The name that is given a value, or compared with it, be it by the rows of a table."""
    for statement in scope.lines:
        for name, value in values(scope, statement):
            if value is amount:
                return name.text
    for expr in scope.expressions:
        match expr:
            case tree.Comparison(_, tree.Name(text), other) | tree.Comparison(_, other, tree.Name(text)) if (
                other is amount
            ):
                return text
    measures = (
        one.table.measure
        for one in held(scope)
        if any(row.bound is not None and row.bound.value is amount for row in one.rows)
    )
    return next((measure.text for measure in measures if isinstance(measure, tree.Name)), None)


def _turned(scope: Scope, amount: tree.Amount) -> tuple[Place, str] | None:
    """A default or a range before its kind, `default 0 money` or `from 1 to 5 number`, in their order."""
    for fact in scope.facts.values():
        bounds, word = fact.bounds, amount.currency
        ranged = bounds is not None and bounds.high is amount
        if fact.kind is not None or word not in scope.words.kinds or not (fact.default is amount or ranged):
            continue
        if ranged and bounds is not None:
            start = bounds.place.start
        else:
            preset = scope.text(fact).rfind(scope.words["default"], 0, amount.place.start - fact.place.start)
            if preset < 0:
                continue  # it is spelt otherwise, with more spaces between its words
            start = fact.place.start + preset
        percent = scope.words.kinds[word] == "percent"
        number = tree.Percent(amount.value / 100) if percent else tree.Number(amount.value)
        ahead = scope.source.at(Place(start, amount.place.start)).strip()
        return Place(start, amount.place.end), f"{word} {ahead} {scope.written(number)}"
    return None


def _counts(scope: Scope, word: str) -> bool:
    """Whether a name of the plan says what is counted by a word."""
    return any(word.casefold().startswith(name.casefold()[:STEM]) for name in scope.needs)


STEM = 4  # letters that a name and the word for what it counts begin with alike


def fitting(scope: Scope, kinds: Kinds, name: str, value: tree.Expr) -> Iterator[Fault]:
    """A fact's value held against what is declared: whether it can be negative, whether it is counted."""
    number = constant(value)
    if number is None or name in scope.figures:
        return
    fact = scope.facts.get(name)
    if number < 0 and not (fact and fact.signed):
        signed = scope.words["signed"]
        yield scope.fault("P418", value, also=fact and fact.name, name=name, value=value, signed=signed)
    if number.denominator != 1 and kinds.possible.get(name) == COUNT and isinstance(value, tree.Number):
        yield scope.fault("P419", value, also=kinds.evidence.get(name), name=name, value=value)
