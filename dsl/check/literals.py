"""Values as they stand in the text: days of no calendar, words of no currency, divisions by nothing."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator

from .. import tree
from ..data import table
from ..faults import Fault
from ..place import Place
from ..words import currencies, words
from ..write.value import value as written
from .constant import constant
from .header import meant
from .kind import COUNT
from .kinds import Kinds
from .scope import Scope


def literals(scope: Scope, kinds: Kinds, currency: str | None) -> Iterator[Fault]:
    """What is wrong with values by themselves."""
    for expr in _expressions(scope):
        match expr:
            case tree.Date(text) if expr.value is None:
                yield Fault("P312", place=expr.place, facts={"date": text}, fix=day(text))
            case tree.Amount():
                yield from _amount(scope, expr, currency)
            case tree.Arithmetic("/", _, divisor) if constant(divisor) == 0:
                yield Fault("P412", place=divisor.place, facts={"divisor": scope.text(divisor)})
            case tree.Rounded(_, unit) if unit.place not in scope.unsound:
                size = constant(unit)
                if size is None or size <= 0:
                    yield Fault("P415", place=unit.place, facts={"text": scope.text(unit)})
            case tree.Several(least, conditions) if least is not None and not 1 <= least <= len(conditions):
                words_ = scope.text(expr).split("(")[0].rstrip()
                place = Place(expr.place.start, expr.place.start + len(words_))
                yield Fault("P260", place=place, facts={"text": words_, "count": str(len(conditions))})
            case tree.WithoutTax(_, rate) if rate.place not in scope.unsound:
                share = constant(rate)
                if share is not None and not 0 <= share <= 1:
                    yield Fault("P443", place=rate.place, facts={"value": scope.text(rate)})
            case _:
                pass
    for name, fact in scope.facts.items():
        yield from _bounded(scope, kinds, name, fact)
        preset = fact.default
        if preset is None:
            continue
        if isinstance(preset, tree.Date | tree.YesNo) or constant(preset) is not None:
            yield from fitting(scope, kinds, name, preset)
        elif not (isinstance(preset, tree.Name) and scope.choices(name)):
            yield Fault("P217", place=preset.place, facts={"name": name})


def _bounded(scope: Scope, kinds: Kinds, name: str, fact: tree.Fact) -> Iterator[Fault]:
    """Bounds that a fact could not have, that leave nothing between them, or that its default is beyond."""
    if fact.bounds is None:
        return
    for end in (fact.bounds.low, fact.bounds.high):
        if end is not None:
            yield from fitting(scope, kinds, name, end)
    low, high = (None if end is None else constant(end) for end in (fact.bounds.low, fact.bounds.high))
    text = scope.text(fact.bounds)
    if low is not None and high is not None and low > high:
        yield Fault("P447", place=fact.bounds.place, facts={"name": name, "bounds": text})
        return
    preset = None if fact.default is None else constant(fact.default)
    if fact.default is None or preset is None:
        return
    if (low is not None and preset < low) or (high is not None and preset > high):
        facts = {"name": name, "value": scope.text(fact.default), "bounds": text}
        yield Fault("P448", place=fact.default.place, also=fact.bounds.place, facts=facts)


def _expressions(scope: Scope) -> Iterator[tree.Expr]:
    yield from scope.expressions
    for line in scope.lines:
        match line:
            case tree.Effect(start):
                yield start
            case tree.Fact(default=preset, bounds=bounds):
                ends = () if bounds is None else (bounds.low, bounds.high)
                for value in filter(None, (preset, *ends)):
                    yield from tree.walk(value)
            case tree.Example():
                listed = (line.entries, line.shown, line.outcomes)
                for value in (one.value for several in listed for one in several):
                    yield from tree.walk(value)
            case _:
                pass


def day(text: str) -> str | None:
    """The day that was meant by one of no calendar: the last of its month, or month and day exchanged."""
    year, month, number = (int(part) for part in text.split("-"))
    if year < datetime.MINYEAR:
        return None
    if month > 12 >= number > 0 and 0 < month <= calendar.monthrange(year, number)[1]:
        return f"{year:04}-{number:02}-{month:02}"
    if 1 <= month <= 12 and number > 28:
        return f"{year:04}-{month:02}-{calendar.monthrange(year, month)[1]}"
    return None


def _amount(scope: Scope, amount: tree.Amount, currency: str | None) -> Iterator[Fault]:
    """The word beside a number: the plan's currency, or a fault."""
    word = amount.currency
    if word == currency:
        return
    if word in currencies():
        if currency is not None:
            facts = {"text": scope.text(amount), "code": word, "currency": currency}
            yield Fault("P313", place=amount.place, facts=facts)
        return
    if any(isinstance(line, tree.Currency) and line.code.text == word for line in scope.lines):
        return  # the line that names the currency is at fault, and this only follows it
    vocabulary = words(scope.plan.lang)
    code = word.upper() if word.upper() in currencies() else meant(word, vocabulary)
    # What people write after a number in place of its zeros.
    times: int | None = table("grammars", "synonyms.toml")["multiples"][scope.plan.lang].get(word.casefold())
    facts = {"word": word, "days": vocabulary["days"], "currency": currency or "RUB"}
    value: tree.Value | None = None
    if times is not None:
        value = tree.Number(amount.value * times)
    elif code is not None and currency in {None, code}:
        value = tree.Amount(amount.value, code)
    elif word in {*scope.facts, *scope.figures} - {*scope.kpis}:
        text = f"{written(tree.Number(amount.value), vocabulary)} * {word}"
        yield Fault("P316", place=amount.place, facts=facts, fix=text)
        return
    elif any(word.casefold().startswith(name.casefold()[:STEM]) for name in scope.needs):
        value = tree.Number(amount.value)
    yield Fault("P316", place=amount.place, facts=facts, fix=written(value, vocabulary) if value else None)


STEM = 4  # letters that a name and the word for what it counts begin with alike


def fitting(scope: Scope, kinds: Kinds, name: str, value: tree.Expr) -> Iterator[Fault]:
    """A fact's value held against what is declared: whether it can be negative, whether it is counted."""
    number = constant(value)
    if number is None or name in scope.figures:
        return
    fact = scope.facts.get(name)
    if number < 0 and not (fact is not None and fact.signed):
        signed = words(scope.plan.lang)["signed"]
        facts = {"name": name, "value": scope.text(value), "signed": signed}
        yield Fault("P418", place=value.place, also=fact.name.place if fact else None, facts=facts)
    if number.denominator != 1 and kinds.possible.get(name) == COUNT and isinstance(value, tree.Number):
        facts = {"name": name, "value": scope.text(value)}
        yield Fault("P419", place=value.place, also=kinds.evidence.get(name), facts=facts)
