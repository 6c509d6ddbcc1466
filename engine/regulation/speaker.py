"""How the regulation speaks: its sentences, and the plan's formulas with labels in place of names."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from dsl import tree
from dsl.check.scope import Scope
from dsl.data import phrases
from dsl.parse.grammar import grammar
from dsl.words import KindName, Lang, Words
from dsl.words import words as words_of
from dsl.write.expression import ATOM, expression, operand, out_of

from ..compile import Compiled
from ..statement.show import quantity, titled

# Thousands stay together at the end of a line of text.
APART = re.compile(r"(?<=[0-9]) (?=[0-9]{3}(?![0-9]))")
FULL = re.compile(r"\w+(?:\.\w+)+")  # the name of a column behind that of its table
KINDS: Mapping[KindName, str] = {
    "money": "facts.money",
    "percent": "facts.percent",
    "count": "facts.count",
    "number": "facts.number",
    "days": "facts.days",
    "duration": "facts.duration",
    "date": "facts.date",
    "yes_no": "facts.yes_no",
    "choice": "facts.choice",
    "text": "facts.text",
}
SIGNS = {"TIMES": "×", "MINUS": "−", "GE": "≥", "LE": "≤", "NE": "≠"}


def whole(text: str) -> str:
    """A text in which no number is cut in two."""
    return APART.sub("\u00a0", text)


def _joined(column: str) -> str:
    """The full name of a column as one word of a formula, which no author's name is."""
    return column.replace(".", "\u02d0")


@dataclass(frozen=True)
class Narrator:
    """Somebody who tells a plan in a language; `numbers` are those of the sections, by their names."""

    compiled: Compiled
    lang: Lang
    numbers: Mapping[str, str]

    @property
    def scope(self) -> Scope:
        """The lines of the plan by their names."""
        return self.compiled.checked.scope

    @property
    def currency(self) -> str:
        """The currency of everything that is paid."""
        return self.compiled.kernel.currency

    @property
    def words(self) -> Words:
        """The words of the plan language."""
        return words_of(self.lang)

    def say(self, key: str, /, **facts: str) -> str:
        """A sentence: `kpi.cutoff`, filled with facts."""
        room, _, name = key.rpartition(".")
        table: Mapping[str, Any] = (
            phrases(__package__, self.lang)[room] if room else phrases(__package__, self.lang)
        )
        sentence: str = table[name]
        return whole(sentence.format_map(facts))

    def quoted(self, text: str) -> str:
        """Words of the author in quotation marks."""
        return self.say("quote", text=text)

    def label(self, name: str) -> str:
        """What people call a line of pay, a fact or a figure."""
        return titled(self.scope, name, self.lang)

    def called(self, name: str) -> str:
        """The label in quotation marks, as it stands in a sentence or a formula; a column by its full name.

        What is known of the members of a group is called as it is of anybody.
        """
        table, _, column = name.partition(".")
        if table in self.scope.groups and column:
            return self.called(column)
        link = name.rpartition(".")[0]
        via = f" {out_of(self.words)} {self.called(link)}" if "." in link else ""
        return f"{self.quoted(self.label(name))}{via}"

    @cached_property
    def _known(self) -> Mapping[str, str]:
        """The names in a formula by how they stand in it: of columns alone, and with their tables."""
        of = self.scope
        leaders = (group.led.by.text for group in of.groups.values() if group.led is not None)
        names = [
            *of.needs, *of.facts, *of.figures, *of.kpis, *of.pays, *of.sections, *of.tables, *of.groups,
            *leaders,
        ]  # fmt: skip
        alone = {column.rpartition(".")[2]: column for column in of.columns}
        return {
            **alone,
            **{_joined(column): column for column in of.columns},
            **{name: name for name in names},
        }

    def formula(self, expr: tree.Expr) -> str:
        """A formula in the reader's language, each name as people call it."""
        return self.worded(expression(expr, self.words))

    def factor(self, expr: tree.Expr) -> str:
        """A formula that stands beside a sign, in brackets where it needs them."""
        return self.worded(operand(expr, ATOM, self.words))

    def worded(self, text: str) -> str:
        """A part of a formula as the language writes it, each name and each column as people call it."""
        known = self.scope.columns
        return self._labelled(
            FULL.sub(lambda found: _joined(found[0]) if found[0] in known else found[0], text)
        )

    def phrase(self, text: str) -> str:
        """Words of the plan in its own language: each name as people call it, or all in quotation marks."""
        told = self._labelled(text, self.compiled.checked.lang)
        return self.quoted(whole(text)) if told == whole(text) else told

    def _labelled(self, text: str, lang: Lang | None = None) -> str:
        def word(kind: str, text: str) -> str:
            known = self._known.get(text) if kind == "NAME" else None
            return SIGNS.get(kind, text) if known is None else self.called(known)

        return whole(grammar(lang or self.lang).rewritten(text, word, self._known))

    def size(self, expr: tree.Expr, kind: KindName) -> str:
        """A value that the plan states, money with its currency."""
        text = self.formula(expr)
        return f"{text} {self.currency}" if isinstance(expr, tree.Number) and kind == "money" else text

    def sizes(self, expr: tree.Expr, kind: KindName) -> str:
        """A value, or one in a line for each value of the attribute that it hangs on."""
        if not isinstance(expr, tree.By):
            return self.size(expr, kind)
        return "\n".join(
            self.say(
                "sizes.case",
                value=self.say("sizes.other_cases") if case.value is None else case.value.text,
                size=self.size(case.result, kind),
            )
            for case in expr.cases
        )

    def row(self, expr: tree.Expr, kind: KindName) -> str:
        """A value within a sentence: its cases one after another."""
        return self.sizes(expr, kind).replace("\n", "; ")

    def kind(self, kind: KindName, choices: Sequence[str] = (), *, signed: bool = False) -> str:
        """What values of a kind are."""
        said = self.say(KINDS[kind], currency=self.currency, choices=", ".join(choices))
        return self.say("facts.negative", kind=said) if signed else said

    @property
    def unit(self) -> str:
        """The minor unit of the currency, with its code: `0.01 RUB`."""
        digits = self.compiled.kernel.digits
        return f"0{self.words.decimal}{'1':0>{digits}} {self.currency}" if digits else f"1 {self.currency}"

    def number(self, value: Fraction, kind: KindName) -> str:
        """A number that was worked out."""
        text, exact = quantity(value, kind, self.lang)
        money = f" {self.currency}" if kind == "money" else ""
        return whole(("" if exact else "≈ ") + text + money)

    def day(self, day: datetime.date) -> str:
        """A day in words: `1 July 2025`."""
        months: Sequence[str] = phrases(__package__, self.lang)["months"]
        return self.say("day", day=str(day.day), month=months[day.month - 1], year=str(day.year))

    def told(
        self, topic: tree.ProseTopic, name: str | None = None, word: tree.ProseWord | None = None
    ) -> list[str]:
        """What the plan says of a topic: about all of it, or about a line by its name or its word."""
        return [
            line.text.text
            for line in self.scope.lines
            if isinstance(line, tree.Prose)
            and line.topic == topic
            and line.word == word
            and (line.name.text if line.name else None) == name
        ]
