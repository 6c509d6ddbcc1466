"""Random plans that check: the ways in which people are paid, at random.

All draws come from one source of chance, so that hypothesis can shrink a plan and a plain loop is fast.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

from dsl.words import KindName, Lang, words

NAMES = (
    "revenue", "avg_deal", "calls", "f0", "v1", "s2", "m3", "run", "Undefined", "nonlocal", "def", "x",
    "naïve", "売上", "выручка", "звонки", "сделки", "доля_маржи", "ё", "Ёлка", "стаж", "грейд", "лидер", "ф1",
)  # fmt: skip
KINDS: tuple[KindName, ...] = ("money", "percent", "count", "number", "days", "date", "yes_no")
MEASURES: tuple[KindName, ...] = ("money", "percent", "count", "number", "days")
CURRENCIES = {"RUB": 2, "JPY": 0, "KWD": 3}
BOUNDS = [Fraction(n, 100) for n in (50, 80, 90, 95, 100, 105, 110, 120, 150)] + [Fraction(1001, 1000)]
FACTORS = [Fraction(n, 100) for n in (50, 90, 110, 120, 125, 150, 200, 333)]


@dataclass
class Measure:
    """What is known of a KPI ahead: its kind, its target where the plan says a number, its bounds."""

    kind: KindName
    target: Fraction | None = None
    bounds: tuple[Fraction, ...] = ()


@dataclass
class Draft:
    """A plan's text, and what is worth knowing for facts that meet its bounds."""

    text: str
    lang: Lang
    digits: int
    measures: dict[str, Measure]


@dataclass
class Author:
    """Somebody who writes a plan, line by line; names are used only after what they are computed from."""

    chance: Random
    lang: Lang
    currency: str = "RUB"
    names: list[str] = field(default_factory=list)
    known: dict[KindName, list[str]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    facts: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    measures: dict[str, Measure] = field(default_factory=dict)

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

    def finite(self, most: int, *places: int) -> Fraction:
        """A number that ends, with one of some numbers of decimal places."""
        scale = 10 ** self.chance.choice(places)
        few, many = self.chance.randint(1, 99), self.chance.randint(1, most * scale)
        return Fraction(self.chance.choice([0, 1, few, many]), scale)

    def literal(self, kind: KindName) -> str:
        match kind:
            case "money":
                bare = self.number(self.finite(100_000, 0, 0, 2))
                return f"{bare} {self.currency}"
            case "percent":
                return self.number(self.finite(200, 0, 0, 1, 3)) + "%"
            case "count":
                return self.number(self.finite(1000, 0))
            case "number":
                return self.number(self.finite(100, 0, 1, 3))
            case "days":
                return f"{self.number(self.finite(60, 0, 0, 1))} {self.word('days')}"
            case "date":
                return self.chance.choice(
                    ["2025-07-01", "2024-02-29", "1999-12-31", "0001-01-01", "9999-12-31"]
                )
            case "yes_no":
                return self.word(self.chance.choice(["yes", "no"]))

    # Expressions

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
            line += f" {self.word('default')} {self.literal(kind)}"
        self.facts.append(line)

    def atom(self, kind: KindName, depth: int) -> str:
        """An expression that can stand anywhere: one thing, or brackets."""
        if depth <= 0 or self.maybe(30):
            return self.literal(kind) if self.maybe(35) else self.name(kind)
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
            general += [
                self.excess,
                self.rounded,
                self.sum,
                self.sum,
                self.negative,
                self.product,
                self.product,
                self.quotient,
            ]
        if kind == "date":
            general += [self.later]
        if kind == "days":
            general += [self.between]
        if kind == "yes_no":
            general += [self.logic, self.comparison, self.comparison, self.denial]
        return self.chance.choice(general)(kind, inner)

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
        turn = self.chance.choice(["", f" {self.word('up')}", f" {self.word('down')}"])
        inner = f"{self.atom(kind, depth)} {self.word('to')} {self.chance.choice(unit)}"
        return f"{self.word('round')}{turn}({inner})"

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

    # Lines

    def figure(self) -> None:
        if not self.names:
            return
        kind = self.chance.choice(KINDS)
        name = self.names.pop()
        value = self.expr(kind, self.chance.randint(1, 3))
        label = self.chance.choice(["", f' "{name}!"'])
        self.figures.append(f"{name}{label} {words(self.lang).kind_words[kind]} = {value}")
        self.known[kind].append(name)

    def measure(self) -> None:
        """Something for a KPI to measure: a fact, or a figure that is known already."""
        kind = self.chance.choice(MEASURES)
        free = [name for name in self.known[kind] if name not in self.measures and " " not in name]
        if free and self.maybe(40):
            self.measures[self.chance.choice(free)] = Measure(kind)
        elif self.names:
            name = self.names.pop()
            self.declare(name, kind)
            self.known[kind].append(name)
            self.measures[name] = Measure(kind)

    def target(self, name: str) -> str:
        """The target clause of a KPI, if it has one."""
        measure, w = self.measures[name], self.word
        how = self.chance.randrange(10)
        if how < 3:
            return ""
        if how < 8:
            measure.target = self.chance.choice(
                [Fraction(3), Fraction(7, 10), Fraction(1000), Fraction(2_999_997)]
            )
            if measure.kind == "count":
                measure.target = Fraction(self.chance.choice([1, 3, 20, 1000]))
            if measure.kind == "percent":
                measure.target /= 100
            text = self.number(measure.target * (100 if measure.kind == "percent" else 1))
            text += {"percent": "%", "days": f" {w('days')}", "money": f" {self.currency}"}.get(
                measure.kind, ""
            )
        else:
            text = self.atom(measure.kind, 2)
        return f"{w('target')} {text}" + (f" {w('personal')}" if self.maybe(30) else "")

    def clauses(self, name: str, weight: str, target: str) -> str:
        w = self.word
        found = [f"{w('weight')} {weight}"]
        bounds: list[Fraction] = []
        if self.maybe(60):
            bounds.append(self.chance.choice(BOUNDS[:5]))
            found.append(
                f"{w('cutoff')} {self.percent(bounds[0]) if self.maybe(90) else self.atom('percent', 2)}"
            )
        steps = self.chance.sample(BOUNDS, self.chance.choice([0, 1, 1, 2, 3, 4]))
        mode = self.chance.choice(["", f" {w('on_all')}", f" {w('on_excess')}"])
        for bound in steps:
            bounds.append(bound)
            factor = self.number(self.chance.choice(FACTORS)) if self.maybe(85) else self.atom("number", 2)
            mark = self.percent(bound)
            if len(steps) == 1 and self.maybe(10):
                mark = self.atom("percent", 2)
            found.append(f"{w('accel')} {factor}{mode} {w('above')} {mark}")
        if self.maybe(35):
            found.append(self.cap_on_pay(bounds))
        if self.maybe(20):
            bounds.append(self.chance.choice(BOUNDS))
            found.append(f"{w('cap')} {self.percent(bounds[-1])} {w('on_attainment')}")
        if target:
            found.append(target)
        self.chance.shuffle(found)
        self.measures[name].bounds = tuple(bounds)
        return "  ".join(found)

    def percent(self, value: Fraction) -> str:
        return self.number(value * 100) + "%"

    def cap_on_pay(self, bounds: list[Fraction]) -> str:
        w = self.word
        limit = self.chance.choice([*BOUNDS, Fraction(2)])
        match self.chance.randrange(4):
            case 0:
                return f"{w('cap')} {self.percent(limit)} {w('on_pay')}"
            case 1:
                bounds.append(limit)
                return f"{w('cap')} {self.percent(limit)}"
            case 2:
                return f"{w('cap')} {self.number(self.finite(50_000, 0, 2) + 1)} {self.currency}"
            case _:
                kind: KindName = self.chance.choice(["money", "percent"])
                return f"{w('cap')} {self.atom(kind, 2)} {w('on_pay')}"

    def plan(self) -> Draft:
        """A whole plan."""
        w, chance = self.word, self.chance
        self.names = [*NAMES]
        chance.shuffle(self.names)
        self.names = self.names[: chance.randint(6, 20)]
        self.currency = chance.choice([*CURRENCIES])
        head = [f'{w("plan")} "?"', f"{w('version')} 1", f"{w('currency')} {self.currency}"]
        for _ in range(chance.randint(0, 3)):
            self.figure()
        for _ in range(chance.choice([0, 1, 1, 2, 3])):
            self.measure()
        targets = {name: self.target(name) for name in self.measures}
        for name, measure in self.measures.items():
            self.known["percent"].append(f"{w('attainment_of')} {name}")
            self.known[measure.kind].append(f"{w('target_of')} {name}")
            if self.maybe(50):
                self.known[measure.kind].append(
                    f"({name} {w(chance.choice(['above_target', 'below_target']))})"
                )
        body: list[str] = []
        if self.maybe(60):
            body.append(f"{w('salary')} {self.expr('money', chance.randint(0, 2))}")
            self.known["money"].append(w("salary"))
        for _ in range(chance.randint(0, 4)):
            self.figure()
        if self.measures:
            body.append(f"{w('bonus')} {self.expr('money', chance.choice([0, 0, 2]))}")
        for name, weight in zip(self.measures, self.weights(len(self.measures)), strict=True):
            body.append(f"{name} {self.clauses(name, weight, targets[name])}")
        for number in range(chance.randint(0 if body else 1, 2)):
            named = f" pay{number} =" if number or self.maybe(50) else ""
            body.append(f"{w('commission')}{named} {self.expr('money', chance.randint(0, 4))}")
        body += self.facts + self.figures
        chance.shuffle(body)
        return Draft("\n".join(head + body) + "\n", self.lang, CURRENCIES[self.currency], self.measures)

    def weights(self, count: int) -> Sequence[str]:
        """Shares that make 100 % together; now and then one is computed."""
        if count and self.maybe(8):
            return [f"({self.percent(Fraction(1, 4))} + {self.atom('percent', 2)})"] * count
        cuts = sorted(self.chance.sample(range(1, 40), count - 1)) if count else []
        ends = [*cuts, 40]
        return [
            self.percent(Fraction(end - start, 40)) for start, end in zip([0, *cuts], ends, strict=False)
        ][:count]


def draft(chance: Random) -> Draft:
    """A random plan in one of the languages."""
    return Author(chance, chance.choice(["en", "ru"])).plan()
