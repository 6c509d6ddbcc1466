"""Results: what a plan works out and pays to nobody, each with its value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from dsl.words import KindName, Lang

from ..evaluate import Result
from ..money import Money
from ..scales import exact
from .answer import ResultValue, StatementResult
from .besides import money
from .reasons import Explained, UsedFact
from .script import script
from .show import SCALE, day, ratio, said

# Results that can be told by how much they are.
NUMBERS = frozenset[KindName]({"money", "percent", "count", "number", "days", "duration"})


@dataclass(frozen=True, slots=True)
class Worth:
    """What a result comes to: money in whole minor units, a date as its ordinal, yes and no as 1 and 0."""

    name: str
    kind: KindName
    value: Fraction
    currency: str
    digits: int

    @property
    def amount(self) -> Money:
        """A value that is money."""
        return Money(int(self.value * 10**self.digits), self.digits)

    @property
    def machine(self) -> str:
        """As machines read it: a decimal or a fraction, money with every digit, a date, yes or no."""
        return str(self.amount) if self.kind == "money" else machine(self.value, self.kind)

    @property
    def decimal(self) -> str:
        """The same for a table: what has no end has as many decimals as people are shown."""
        return decimal(self.value) if self.kind in NUMBERS - {"money"} else self.machine

    def text(self, lang: Lang) -> str:
        """As people read it."""
        if self.kind == "money":
            return f"{money(self.amount, lang)} {self.currency}"
        return said(self.value, self.kind, lang)


def machine(value: Fraction, kind: KindName) -> str:
    """A value of a kind as machines read it: a decimal or a fraction, a date, yes or no."""
    match kind:
        case "date":
            return day(value, "en")
        case "yes_no":
            return "yes" if value else "no"
        case _:
            return exact(value)


def decimal(value: Fraction) -> str:
    """A number for a table: what has no end has as many decimals as people are shown."""
    return exact(Fraction(ratio(*value.as_integer_ratio())[0], SCALE))


def worths(result: Result) -> tuple[Worth, ...]:
    """What each result comes to."""
    return tuple(_worths(result))


def _worths(result: Result) -> Iterator[Worth]:
    kernel = result.kernel
    for index in kernel.results:
        step = kernel.steps[index]
        value = result.value(step.value)
        assert value is not None, "where a result has no value, nobody is paid"
        yield Worth(step.name, step.value.kind, value, kernel.currency, kernel.digits)


def valued(result: Result) -> tuple[ResultValue, ...]:
    """Each result without its reasons."""
    return tuple(ResultValue(one.name, one.kind, one.machine) for one in worths(result))


def explained(
    result: Result, lang: Lang, parted: Sequence[tuple[Explained, ...]] | None
) -> Iterator[StatementResult]:
    """Each result with its reasons; `parted` are those in their parts, where they are asked for."""
    numbers = result.numbers
    for at, (one, part) in enumerate(zip(worths(result), script(result, lang).results, strict=True)):
        yield StatementResult(
            one.name,
            part.label,
            one.kind,
            one.machine,
            one.text(lang),
            tuple(part.explain(numbers, one.amount.minor)),
            part.clause,
            tuple([UsedFact(name, of, say(numbers), read(numbers)) for name, of, say, read in part.facts]),
            None if parted is None else parted[at],
        )
