"""Somebody in the words of a plan: values and amounts, and a worked example to be pasted."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from fractions import Fraction

from dsl import tree
from dsl.place import NOWHERE
from dsl.words import KindName, words
from dsl.write import write
from dsl.write.value import decimal

from .. import kernel as k
from ..compile import Compiled
from ..examples import starting
from .people import Somebody, attributes, paid

TITLE = 60  # letters of the title of an example


def told(compiled: Compiled, value: Fraction, kind: KindName) -> str:
    """A value as the plan would write it; what has no end in decimals with ≈, in six of them."""
    size = value * 100 if kind == "percent" else value
    near = round(size * 10**6)
    exact = near == size * 10**6
    shown = Fraction(near, 10**6)
    text = decimal(abs(shown), words(compiled.checked.lang))
    unit = {"percent": "%", "money": f" {compiled.kernel.currency}"}.get(kind, "")
    return f"{'' if exact else '≈ '}{'−' if shown < 0 else ''}{text}{unit}"


def money(compiled: Compiled, amount: int) -> str:
    """An amount of minor units, in words of the plan."""
    return told(compiled, Fraction(amount, 10**compiled.kernel.digits), "money")


def example(compiled: Compiled, made: Somebody, title: str, lines: Sequence[int]) -> str | None:
    """Somebody as a worked example of the plan, with what some lines of pay and the whole come to.

    Its title is none that the plan has. Of what records come to and what has no name nothing can be said.
    """
    inputs = made.sort.kernel.inputs
    if any(entry.place != NOWHERE and made.values[index] is not None for index, entry in enumerate(inputs)):
        return None
    amounts_ = paid(compiled, made)
    assert amounts_ is not None
    entries, times = [*given(compiled, made)], tuple(worktime(made))
    pays: list[tree.ExampleRow] = [outcomes(made, amounts_, lines)]
    rows = [tree.Given(tuple(entries), times), *pays] if entries or times else pays
    return written(compiled, made, title, rows)


def given(compiled: Compiled, made: Somebody) -> Iterator[tree.Entry]:
    """What an example gives of somebody, but what is presumed anyway."""
    for name, said in attributes(compiled, made.sort):
        yield tree.Entry(tree.Name(name), False, tree.Name(said))
    for entry, value in zip(made.sort.kernel.inputs, made.values, strict=True):
        if entry.role != "period" and value is not None and value != entry.default:
            name = entry.name if entry.opens is None else entry.name + tree.OPENING
            yield tree.Entry(tree.Name(name), entry.role == "target", literal(entry.kind, value))


def worktime(made: Somebody) -> Iterator[tree.WorkTime]:
    """The working time of the period, which an example gives in place of a calendar."""
    for entry, value in zip(made.sort.kernel.inputs, made.values, strict=True):
        if entry.worktime and value is not None:
            yield tree.WorkTime(
                "workdays" if entry.kind == "days" else "workhours", literal(entry.kind, value)
            )


def outcomes(made: Somebody, amounts: Sequence[int], lines: Sequence[int]) -> tree.Pays:
    """What some lines of pay and the whole come to."""
    kernel = made.sort.kernel
    paying = [_outcome(kernel, kernel.lines[line], amounts[line]) for line in lines]
    paying.append(tree.Outcome("total", None, _amount(kernel, sum(amounts))))
    return tree.Pays(tuple(one for one in paying if one is not None))


def titled(compiled: Compiled, title: str) -> str:
    """A title for an example that no other one has."""
    said = title.translate(QUOTES)[:TITLE]
    taken = {one.title.text for one in compiled.checked.scope.examples}
    return said if said not in taken else f"{said} *"


def written(compiled: Compiled, made: Somebody, title: str, rows: Sequence[tree.ExampleRow]) -> str:
    """An example as the plan would have it."""
    when = None if made.period == starting(compiled.kernel.effect) else made.period
    shown = tree.Example(tree.Text(titled(compiled, title)), when, tuple(rows))
    return write(tree.Plan(compiled.checked.lang, (shown,))).strip("\n")


QUOTES = {ord(mark): None for mark in '"«»“”„'}


def _outcome(kernel: k.Kernel, line: k.PayLine, amount: int) -> tree.Outcome | None:
    value = _amount(kernel, amount)
    match line.kind:
        case "salary":
            return tree.Outcome("salary", None, value)
        case "cap" | "floor" | "rounding":
            return None
        case "commission" if line.name == "commission":
            return tree.Outcome("commission", None, value)
        case _:
            return tree.Outcome("line", tree.Name(line.name), value)


def _amount(kernel: k.Kernel, amount: int) -> tree.Expr:
    return _signed(tree.Number, Fraction(amount, 10**kernel.digits))


def literal(kind: KindName, value: Fraction) -> tree.Expr:
    """A value of a kind as a plan writes it."""
    match kind:
        case "percent":
            return _signed(tree.Percent, value)
        case "days":
            return _signed(tree.Days, value)
        case "date":
            return tree.Date(datetime.date.fromordinal(int(value)).isoformat())
        case "yes_no":
            return tree.YesNo(value != 0)
        case "duration":
            return tree.Duration(value)
        case _:
            return _signed(tree.Number, value)


def _signed(literal_: type[tree.Number] | type[tree.Percent] | type[tree.Days], value: Fraction) -> tree.Expr:
    return tree.Negative(literal_(-value)) if value < 0 else literal_(value)
