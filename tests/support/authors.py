"""Random expressions that check: every operation of the language, of every kind.

All draws come from one source of chance, so that hypothesis can shrink a plan and a plain loop is fast.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

from dsl import tree
from dsl.words import KindName, Lang, words

NAMES = (
    "revenue", "avg_deal", "calls", "f0", "v1", "s2", "m3", "run", "Undefined", "nonlocal", "def", "x",
    "naïve", "売上", "выручка", "звонки", "сделки", "доля_маржи", "ё", "Ёлка", "стаж", "грейд", "лидер", "ф1",
    "y2", "done", "late", "quality", "hours", "сорт", "акт", "доля",
)  # fmt: skip
KINDS: tuple[KindName, ...] = ("money", "percent", "count", "number", "days", "date", "yes_no")
MEASURES: tuple[KindName, ...] = ("money", "percent", "count", "number", "days")
VALUES = ("junior", "middle", "senior", "south", "север")  # of attributes


@dataclass
class Author:
    """Somebody who writes expressions; names are used only after what they are computed from.

    `marks` are the values of facts at which something changes.
    """

    chance: Random
    lang: Lang
    currency: str = "RUB"
    names: list[str] = field(default_factory=list)
    known: dict[KindName, list[str]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    facts: list[str] = field(default_factory=list)
    sorts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    marks: dict[str, list[Fraction]] = field(default_factory=dict)

    def maybe(self, percent: int) -> bool:
        return self.chance.randrange(100) < percent

    def word(self, keyword: str) -> str:
        return self.chance.choice(words(self.lang).spellings[keyword])

    # Literals

    def number(self, value: Fraction) -> str:
        """A finite decimal as the language writes it."""
        places = 0
        while (value * 10**places).denominator != 1:
            places += 1
        whole, part = divmod(abs(value.numerator) * 10**places // value.denominator, 10**places)
        text = f"{whole:,}".replace(",", " ") if self.maybe(50) else str(whole)
        return text + (words(self.lang).decimal + str(part).rjust(places, "0") if places else "")

    def percent(self, value: Fraction) -> str:
        return self.number(value * 100) + "%"

    def written(self, value: Fraction, kind: KindName, *, bare: bool = True) -> str:
        """A value of a kind; money now and then without its currency, where the place says what it is."""
        match kind:
            case "percent":
                return self.percent(value)
            case "days":
                return f"{self.number(value)} {self.word('days')}"
            case "money" if not bare or self.maybe(50):
                return f"{self.number(value)} {self.currency}"
            case _:
                return self.number(value)

    def finite(self, most: int, *places: int) -> Fraction:
        """A number that ends, with one of some numbers of decimal places."""
        scale = 10 ** self.chance.choice(places)
        few, many = self.chance.randint(1, 99), self.chance.randint(1, most * scale)
        return Fraction(self.chance.choice([0, 1, few, many]), scale)

    def literal(self, kind: KindName) -> str:
        match kind:
            case "money":
                return self.written(self.finite(100_000, 0, 0, 2), kind, bare=False)
            case "percent" if self.maybe(10):
                return f"{self.number(self.finite(500, 0, 1))} {self.word('bps')}"
            case "percent":
                return self.number(self.finite(200, 0, 0, 1, 3)) + "%"
            case "count" | "number" if self.maybe(5):
                parts = [part for part, known in tree.PERIOD_KINDS.items() if known == kind]
                return self.word(tree.InPeriod(self.chance.choice(parts)).keyword)
            case "count":
                return self.number(self.finite(1000, 0))
            case "number":
                return self.number(self.finite(100, 0, 1, 3))
            case "days" if self.maybe(20):
                return self.word(self.chance.choice(["days_in_period", "workdays_in_period"]))
            case "days":
                return self.written(self.finite(60, 0, 0, 1), kind)
            case "date":
                period = [self.word("first_in_period"), self.word("last_in_period")]
                return self.chance.choice(
                    ["2025-07-01", "2024-02-29", "1999-12-31", "0001-01-01", "9999-12-31", *period]
                )
            case _:
                return self.word(self.chance.choice(["yes", "no"]))

    # Names

    def name(self, kind: KindName) -> str:
        """Something known of a kind, or a new fact."""
        if self.known[kind] and (self.maybe(70) or not self.names):
            return self.chance.choice(self.known[kind])
        if not self.names:
            return self.literal(kind)
        name = self.names.pop()
        self.declare(name, kind)
        self.known[kind].append(name)
        return name

    def declare(self, name: str, kind: KindName) -> None:
        line = f"{words(self.lang)['fact']} {name}"
        line += self.chance.choice(["", f' "{name} …"'])
        # Now and then the kind is left to be found out, and may turn out to be another one.
        line += f" {words(self.lang).kind_words[kind]}" if self.maybe(95) else ""
        if kind not in {"date", "yes_no"} and self.maybe(25):
            line += f" {self.word('signed')}"
        if self.maybe(15):
            line += f" {self.word('default')} {self.preset(kind)}"
        self.facts.append(line)

    def preset(self, kind: KindName) -> str:
        """A default: a value that hangs on nothing."""
        period = {self.word(tree.InPeriod(part).keyword) for part in tree.PERIOD_KINDS}
        while (text := self.literal(kind)) in period:
            pass
        return text

    def attribute(self) -> None:
        """Something that tells sorts of people apart."""
        if not self.names:
            return
        name, values = self.names.pop(), self.chance.sample(VALUES, self.chance.choice([2, 2, 3]))
        line = f"{words(self.lang)['fact']} {name} {self.word('one_of')} ({'; '.join(values)})"
        self.facts.append(line + (f" {self.word('default')} {values[-1]}" if self.maybe(20) else ""))
        self.sorts[name] = tuple(values)

    # Expressions

    def atom(self, kind: KindName, depth: int) -> str:
        """An expression that can stand anywhere: one thing, or brackets."""
        if depth <= 0 or self.maybe(30):
            return self.literal(kind) if self.maybe(35) else self.name(kind)
        if self.sorts and self.maybe(12):
            return self.by(lambda: self.atom(kind, depth - 1))
        return f"({self.expr(kind, depth)})"

    def expr(self, kind: KindName, depth: int) -> str:
        """An expression of a kind, of anything that makes that kind."""
        if depth <= 0 or self.maybe(20):
            return self.atom(kind, 0)
        inner = depth - 1
        general: list[Callable[[KindName, int], str]] = [self.choice]
        if kind != "yes_no":
            general.append(self.extreme)
        if kind in MEASURES:
            general += [self.excess, self.rounded, self.sum, self.sum, self.negative]
            general += [self.product, self.product, self.quotient]
        if kind in {"money", "number"}:
            general += [self.untaxed]
        if kind == "date":
            general += [self.later]
        if kind == "days":
            general += [self.between]
        if kind == "yes_no":
            general += [
                self.logic,
                self.comparison,
                self.comparison,
                self.denial,
                self.several,
                self.identity,
            ]
        return self.chance.choice(general)(kind, inner)

    def by(self, value: Callable[[], str]) -> str:
        """A choice by an attribute."""
        name = self.chance.choice([*self.sorts])
        named = self.chance.sample(self.sorts[name], self.chance.randint(1, len(self.sorts[name])))
        cases = [f"{one}: {value()}" for one in named]
        if len(named) < len(self.sorts[name]):
            cases.append(f"{self.word('otherwise')}: {value()}")
        return f"{self.word('by')} {name} ({'; '.join(cases)})"

    def condition(self) -> str:
        """What may stand after `only if` and `unless`."""
        options = [self.logic, self.comparison, self.comparison, self.denial, self.several, self.identity]
        return self.chance.choice(options)("yes_no", 1) if self.maybe(70) else self.atom("yes_no", 1)

    def identity(self, _: KindName, depth: int) -> str:
        if not self.sorts:
            return self.comparison("yes_no", depth)
        name = self.chance.choice([*self.sorts])
        return (
            f"{name} {self.word(self.chance.choice(['is', 'is_not']))} {self.chance.choice(self.sorts[name])}"
        )

    def several(self, _: KindName, depth: int) -> str:
        conditions = [self.expr("yes_no", depth - 1) for _ in range(self.chance.randint(1, 4))]
        listed = "; ".join(conditions)
        if len(conditions) > 1 and self.maybe(40):
            least = self.chance.randint(1, len(conditions))
            return f"{self.word('at_least')} {least} {self.word('of')} ({listed})"
        return f"{self.word(self.chance.choice(['all_of', 'any_of']))} ({listed})"

    def untaxed(self, kind: KindName, depth: int) -> str:
        return f"{self.atom(kind, depth)} {self.word('without_tax')} {self.atom('percent', 0)}"

    def choice(self, kind: KindName, depth: int) -> str:
        w = self.word
        condition, chosen = self.atom("yes_no", depth), self.atom(kind, depth)
        return f"{chosen} {w('if')} {condition} {w('otherwise')} {self.atom(kind, depth)}"

    def extreme(self, kind: KindName, depth: int) -> str:
        operands = "; ".join(self.atom(kind, depth) for _ in range(self.chance.randint(2, 3)))
        return f"{self.word(self.chance.choice(['min', 'max']))}({operands})"

    def excess(self, kind: KindName, depth: int) -> str:
        side = self.word(self.chance.choice(["above", "below"]))
        return f"{self.atom(kind, depth)} {side} {self.atom(kind, depth)}"

    def rounded(self, kind: KindName, depth: int) -> str:
        unit = {
            "money": [f"1 {self.currency}", f"100 {self.currency}", f"3 {self.currency}"],
            "percent": ["1%", self.number(Fraction(1, 10)) + "%", "7%"],
            "days": [f"1 {self.word('days')}", f"7 {self.word('days')}"],
        }.get(kind, ["1", "10", self.number(Fraction(1, 4)) if kind == "number" else "12"])
        inner = f"{self.atom(kind, depth)} {self.word('to')} {self.chance.choice(unit)}"
        return f"{self.word('round')}{self.turn()}({inner})"

    def turn(self) -> str:
        """How to round."""
        return self.chance.choice(["", *(f" {self.word(way)}" for way in ("up", "down", "half_even"))])

    def sum(self, kind: KindName, depth: int) -> str:
        return f"{self.atom(kind, depth)} {self.chance.choice('+-−')} {self.atom(kind, depth)}"

    def negative(self, kind: KindName, depth: int) -> str:
        return f"-{self.atom(kind, depth)}"

    def product(self, kind: KindName, depth: int) -> str:
        sign = self.chance.choice(["*", "×", self.word("of")])
        if kind in {"count", "number"}:
            return f"{self.atom(kind, depth)} * {self.atom(kind, depth)}"
        by: KindName = (
            "percent" if kind == "percent" else self.chance.choice(["percent", "percent", "count", "number"])
        )
        if by != "percent":
            sign = "*"
        return f"{self.atom(by, depth)} {sign} {self.atom(kind, depth)}"

    def quotient(self, kind: KindName, depth: int) -> str:
        if kind == "count":
            return self.sum(kind, depth)
        if kind in {"percent", "number"}:
            of: KindName = self.chance.choice(["money", "count"])
            return f"{self.atom(of, depth)} / {self.atom(of, depth)}"
        by: KindName = self.chance.choice(["count", "percent", "number"])
        return f"{self.atom(kind, depth)} {self.chance.choice('/÷')} {self.atom(by, depth)}"

    def later(self, _: KindName, depth: int) -> str:
        return f"{self.atom('date', depth)} {self.chance.choice('+-')} {self.atom('days', depth)}"

    def between(self, _: KindName, depth: int) -> str:
        return f"{self.atom('date', depth)} - {self.atom('date', depth)}"

    def logic(self, _: KindName, depth: int) -> str:
        one, other = self.atom("yes_no", depth), self.atom("yes_no", depth)
        return f"{one} {self.word(self.chance.choice(['and', 'or']))} {other}"

    def denial(self, _: KindName, depth: int) -> str:
        return f"{self.word('not')} {self.atom('yes_no', depth)}"

    def comparison(self, _: KindName, depth: int) -> str:
        kind = self.chance.choice(KINDS)
        signs = ["=", "<>", "≠"] if kind == "yes_no" else ["=", "<>", "<", "<=", "≤", ">", ">=", "≥"]
        return f"{self.atom(kind, depth)} {self.chance.choice(signs)} {self.atom(kind, depth)}"
