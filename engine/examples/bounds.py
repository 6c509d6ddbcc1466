"""A fact that an example gives beyond its bounds, and the line of the fact as it would allow that."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from dsl import tree
from dsl.check import Checked
from dsl.check.constant import constant
from dsl.faults import Fault, phrase
from dsl.place import Place
from dsl.words import Lang, words
from dsl.write.value import value as written

from .changes import SIZED

BEYOND = "P539"  # of a value beyond the bounds of its fact
FIGURES = re.compile(r"[0-9]+(?:[.,][0-9]+)?")


def widened(fault: Fault, example: tree.Example, checked: Checked, lang: Lang) -> Fault:
    """A fault of a value beyond bounds, with the line that would allow it; any other fault as it is.

    A bound that the label of the fact tells is sooner meant than one that goes as far as the value.
    """
    fact = checked.scope.facts.get(str(fault.facts.get("name")))
    size = next((constant(one.value) for one in example.entries if one.place == fault.place), None)
    if fault.code != BEYOND or fact is None or fact.bounds is None or size is None:
        return fault
    low, high = fact.bounds.low, fact.bounds.high
    least = low is not None and size < (constant(low) or 0)
    bound = low if least else high
    if not isinstance(bound, SIZED):
        return fault
    part = Fraction(1, 100) if isinstance(bound, tree.Percent) else 1
    label = FIGURES.findall(fact.label.text) if fact.label is not None else []
    told = [Fraction(number.replace(",", ".")) * part for number in label]
    fits = [one for one in told if (one <= size if least else one >= size)]
    meant = replace(bound, value=min(fits, key=lambda one: abs(one - size), default=size), places=0)
    at, whole, spot = checked.source.at, fact.place, bound.place
    new = written(meant, words(checked.lang))
    line = f"{at(Place(whole.start, spot.start))}{new}{at(Place(spot.end, whole.end))}"
    facts = {**fault.facts, "told": phrase("widened", lang).format(line=f"`{line}`")}
    return replace(fault, facts=facts, also=spot)
