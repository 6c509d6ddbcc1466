"""Random plans that check: the ways in which people are paid, at random, each sort of people in its own.

All draws come from one source of chance, so that hypothesis can shrink a plan and a plain loop is fast.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

from dsl.words import KindName, Lang, words
from tests.support.authors import KINDS, MEASURES, NAMES
from tests.support.chances import told
from tests.support.clauses import BOUNDS
from tests.support.parties import Convener
from tests.support.registers import Cells

CURRENCIES = {"RUB": 2, "JPY": 0, "KWD": 3}


@dataclass
class Measure:
    """What is known of a KPI ahead: its kind, its target where the plan says a number, its bounds."""

    kind: KindName
    target: Fraction | None = None
    bounds: tuple[Fraction, ...] = ()


RESULTS = frozenset({"f0", "x", "売上", "стаж", "акт", "hours"})  # figures of these names go out with the pay


@dataclass
class Draft:
    """A plan's text, and what is worth knowing for facts that meet its bounds."""

    text: str
    lang: Lang
    digits: int
    measures: dict[str, Measure]
    marks: dict[str, list[Fraction]]
    cells: list[Cells] = field(default_factory=list)


@dataclass
class Planner(Convener):
    """Somebody who writes whole plans, line by line."""

    figures: list[str] = field(default_factory=list)
    measures: dict[str, Measure] = field(default_factory=dict)
    counted: list[str] = field(default_factory=list)
    reduced: bool = False

    def figure(self) -> None:
        if not self.names:
            return
        name = self.names.pop()
        label = self.chance.choice(["", f' "{name}!"'])
        kind = self.chance.choice(KINDS)
        if self.columns and kind != "yes_no" and self.maybe(40):
            value = self.drawn(kind)
        elif kind in MEASURES and self.maybe(30):
            value = self.tabled(kind)
        else:
            value = self.expr(kind, self.chance.randint(1, 3))
        if self.crosses(value):
            self.worked_out.add(name)
        shown = f"{self.word('result')} " if name in RESULTS else ""
        self.figures.append(f"{shown}{name}{label} {words(self.lang).kind_words[kind]} = {value}")
        self.known[kind].append(name)

    def tabled(self, kind: KindName) -> str:
        """The formula and the rows of a figure by a table."""
        on = self.chance.choice(MEASURES)
        measure = self.measured(on)

        def cell() -> str:
            return self.atom(kind, 1) if self.maybe(20) else self.literal(kind)

        shape = self.chance.choice(
            ["steps_by", "line_by", "matrix_by", *(["bands_by"] if kind == "money" else [])]
        )
        head = f"{self.word(shape)} {measure}"
        match shape:
            case "steps_by":
                rows = self.steps(on, measure, cell)
            case "line_by":
                rows = self.line(on, measure, cell)
            case "bands_by":
                rows = self.bands(on, measure)
            case _:
                other = self.chance.choice(MEASURES)
                across = self.measured(other)
                head += f" {self.word('and')} {across}"
                rows = self.matrix(on, measure, (other, across), cell)
        return "\n".join([head, *rows])

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
        """The target clauses of a KPI, if it has any."""
        measure, w = self.measures[name], self.word
        how = self.chance.randrange(10)
        timed = ""
        if self.maybe(15):
            timed = f" {w('target_prorated')} {self.part()}"
        if self.maybe(10):
            timed += f" {w('less_is_better')}"
        elif self.maybe(10):
            kind = self.chance.choice([measure.kind, "percent"])
            timed += f" {w('tolerance')} {self.literal(kind)}"
        if how < 3:
            return timed
        if how < 8:
            measure.target = self.chance.choice(
                [Fraction(3), Fraction(7, 10), Fraction(1000), Fraction(2_999_997)]
            )
            if measure.kind == "count":
                measure.target = Fraction(self.chance.choice([1, 3, 20, 1000]))
            if measure.kind == "percent":
                measure.target /= 100
            text = self.written(measure.target, measure.kind)
        else:
            text = self.atom(measure.kind, 2)
        return f"{w('target')} {text}" + (f" {w('personal')}" if self.maybe(30) else "") + timed

    def kpi(self, name: str, weight: str, target: str, whose: str, *, alone: bool) -> str:
        """A KPI line, with the rows under it where it has any."""
        bounds: list[Fraction] = []
        w, rows = self.word, []
        found = [f"{w('weight')} {weight}", *([target] if target else []), *([whose] if whose else [])]
        if self.maybe(20):
            shape = self.chance.choice(["steps", "line"])
            found.append(w(shape))

            def cell() -> str:
                return self.literal("percent")

            rows = (self.steps if shape == "steps" else self.line)("percent", name + "%", cell)
            bounds = self.marks.pop(name + "%")
        else:
            found += self.curve(bounds)
        if self.maybe(20):
            bounds.append(self.chance.choice([*BOUNDS, Fraction(2)]))
            lifted = f" {w('unless')} {self.condition()}" if self.maybe(40) else ""
            found.append(f"{w('cap')} {self.percent(bounds[-1])} {w('on_attainment')}{lifted}")
        if not alone and self.maybe(12):
            found.append(f"{w('spread_if')} {self.condition()}")
        found += self.clauses(bounds, share=True)
        self.chance.shuffle(found)
        self.measures[name].bounds = tuple(bounds)
        return "\n".join([f"{name} {'  '.join(found)}", *rows])

    # Who shares the bonus

    def blocks(self, targets: dict[str, str]) -> list[str]:
        """KPI lines, some of them in sections; some for one sort of people, and another in their place."""
        free = [*self.measures]
        places: list[list[str]] = []
        while free:
            paired = self.sorts and len(free) > 1 and self.maybe(30)
            places.append([free.pop() for _ in range(2 if paired else 1)])
        split = self.chance.randint(0, len(places)) if self.maybe(40) else 0
        inside, outside = places[:split], places[split:]
        shares = self.weights(len(outside) + bool(inside))
        found = [
            line
            for place, share in zip(outside, shares, strict=False)
            for line in self.place(place, share, targets, alone=sum(map(len, outside)) == 1)
        ]
        if inside:
            name = "sect"
            clauses = [f"{self.word('weight')} {shares[-1]}", *self.clauses([], share=False)]
            self.chance.shuffle(clauses)
            label = self.chance.choice(["", ' "Results"'])
            lines = [f"{self.word('section')} {name}{label} {' '.join(clauses)}"]
            for place, share in zip(inside, self.weights(len(inside)), strict=True):
                lines += self.place(place, share, targets, alone=sum(map(len, inside)) == 1)
            found.append("\n".join([*lines, self.word("section_end")]))
        return found

    def place(self, names: list[str], share: str, targets: dict[str, str], *, alone: bool) -> list[str]:
        whose = [""]
        if len(names) > 1:
            sort = self.chance.choice([*self.sorts])
            value = self.chance.choice(self.sorts[sort])
            whose = [f"{self.word('for')} {sort} {self.word(word)} {value}" for word in ("is", "is_not")]
        return [
            self.kpi(name, share, targets[name], one, alone=alone)
            for name, one in zip(names, whose, strict=True)
        ]

    def weights(self, count: int) -> Sequence[str]:
        """Shares that make 100 % together, for each sort of people."""
        cuts = sorted(self.chance.sample(range(1, 40), count - 1)) if count else []
        shares = [Fraction(end - start, 40) for start, end in zip([0, *cuts], [*cuts, 40], strict=False)][
            :count
        ]
        found = [self.percent(share) for share in shares]
        if count > 1 and self.sorts and self.maybe(40):
            sort = self.chance.choice([*self.sorts])
            value = self.chance.choice(self.sorts[sort])
            one, other = found[:2]
            otherwise = self.word("otherwise")
            found[0] = f"{self.word('by')} {sort} ({value}: {one}; {otherwise}: {other})"
            found[1] = f"{self.word('by')} {sort} ({value}: {other}; {otherwise}: {one})"
        return found

    # Other lines

    def pay(self, number: int) -> str:
        """A line of pay that is no KPI."""
        w, chance = self.word, self.chance
        clauses = "".join(f" {one}" for one in self.clauses([], share=False))
        if self.groups and self.maybe(60):
            return f"{w('pay')} pay{number} = {self.shared()}{clauses if self.maybe(30) else ''}"
        kinds = ["commission", "commission", "bands", "pay", "milestone", "piece", "spif"]
        kind = chance.choice(kinds if self.reduced else [*kinds, "reduction"])
        self.reduced = self.reduced or kind == "reduction"
        if kind in {"milestone", "piece"}:
            free = [
                n for of in ("yes_no", "count", "number") for n in self.known[of] if n not in self.counted
            ]
            free = [n for n in free if n not in self.measures and "(" not in n and " " not in n]
            if not free:
                return self.pay(number)
            self.counted.append(chance.choice(free))
            return f"{w(kind)} {self.counted[-1]} {self.expr('money', chance.choice([0, 0, 1]))}{clauses}"
        named = f" pay{number}" if number or self.maybe(50) or kind not in {"commission", "bands"} else ""
        if self.columns and kind in {"bands", "commission"} and self.maybe(60):
            return self.each(named or f" pay{number}")
        if kind == "bands":
            on = chance.choice(MEASURES)
            measure, whole = self.measured(on), self.maybe(50)
            rows = self.bands(on, measure)
            if whole:
                rows = self.steps(on, measure, lambda: self.rate(on))
            mode = w("whole" if whole else "each_band")
            return "\n".join([f"{w('commission')}{named} {w('on')} {measure} {mode}{clauses}", *rows])
        if self.maybe(20) and named:
            head, *rows = self.tabled("money").split("\n")
            return "\n".join([f"{w(kind)}{named} = {head}{clauses}", *rows])
        sign = " =" if named else ""
        if kind == "spif":
            clauses += f" {self.during()}" if w("during") not in clauses else ""
        return f"{w(kind)}{named}{sign} {self.expr('money', chance.randint(0, 4))}{clauses}"

    def group(self, word: str) -> list[str]:
        """A line that holds for several others."""
        clauses = self.clauses([], share=False)
        return [f"{self.word(word)} {' '.join(clauses)}"] if clauses else []

    def draw(self, line: str) -> list[str]:
        """A draw on a line of pay, taken back or not, and bands on top of what a balance opens with."""
        w, chance = self.word, self.chance
        promised, sold = (self.expr("money", chance.choice([0, 1])) for _ in range(2))
        drawn = f"{w('draw')} ahead {w('within')} {line} = {promised}"
        opening = f"{w('opening_of')} sold_before"
        topped = f"{w('commission')} topped {w('on')} ({sold}) {w('on_top_of')} {opening} {w('each_band')}"
        bands = [f"{w('balance')} sold_before = {opening} + ({sold})"]
        bands.append("\n".join([topped, f"{w('up_to')} 1000: 3%", f"{w('above')} 5%"]))
        if self.maybe(30):
            return [f"{drawn} {w('not_recoverable')}", *bands]
        most = f" {w('up_to')} {chance.randint(0, 9)}000" if self.maybe(50) else ""
        return [f"{w('balance')} ahead_owed {w('owed')}{most}", f"{drawn} {w('against')} ahead_owed", *bands]

    def plan(self, *, tables: bool, groups: bool) -> Draft:
        """A whole plan, now and then with a table of records, if it may have one; or one for groups."""
        w, chance = self.word, self.chance
        self.names = [*NAMES]
        chance.shuffle(self.names)
        self.names = self.names[: chance.randint(6, 24)]
        self.currency = chance.choice([*CURRENCIES])
        head = [f'{w("plan")} "?"', f"{w('version')} 1", f"{w('currency')} {self.currency}"]
        if self.maybe(50):
            head.append(f"{w('law')} {words(self.lang).law_words['RF']}")
        for _ in range(chance.choice([0, 0, 1, 2])):
            self.attribute()
        listed = self.table() if tables and self.maybe(35) else []
        listed += self.convened() if groups else []
        for _ in range(chance.randint(0, 3)):
            self.figure()
        for _ in range(chance.choice([0, 1, 1, 2, 3, 4])):
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
            clauses = "".join(f" {one}" for one in self.clauses([], share=False))
            body.append(f"{w('salary')} {self.expr('money', chance.randint(0, 2))}{clauses}")
            self.known["money"] += [w("paid_salary"), w("full_salary")]
        for _ in range(chance.randint(0, 4)):
            self.figure()
        if self.measures:
            clauses = "".join(f" {one}" for one in self.clauses([], share=False))
            body.append(f"{w('bonus')} {self.expr('money', chance.choice([0, 0, 2]))}{clauses}")
        body += self.blocks(targets)
        before = [*self.known["money"]]
        self.known["money"] += [f"{w('pay_for')} {name}" for name in self.measures]
        self.known["money"] += [w("bonus")] if self.measures else []
        self.known["money"] += ["sect"] if w("section_end") in "".join(body) else []
        for number in range(chance.randint(0 if body else 1, 3)):
            body.append(self.pay(number))
            if f" pay{number} " in body[-1] and not body[-1].startswith(w("reduction")):
                self.known["money"].append(chance.choice([f"pay{number}", f"{w('pay_for')} pay{number}"]))
        if self.maybe(40):
            orders = [line.split()[1] for line in body if line.startswith(w("reduction"))]
            whole = self.known["money"] = [w("total"), w("variable"), *orders] if body else []
            self.figures += [f"{w('result')} whole = {self.expr('money', 2)}"] if whole else []
        self.known["money"] = before
        paid = [f"{w('pay_for')} {name}".split()[-1] for name in self.measures]
        for number in range(chance.choice([0, 0, 0, 1, 2]) if paid else 0):
            owed = self.expr("money", chance.choice([0, 1]))
            body.append(f"{w('recovery')} debt{number} {w('within')} {chance.choice(paid)} = {owed}")
            if self.maybe(50):
                body[-1] += f" {w('carried_in')} owes{number}"
                self.facts.append(f"{w('balance')} owes{number} {w('owed')}")
        if paid and self.maybe(30):
            body += self.draw(chance.choice(paid))
        body += self.group("variable") + self.group("total")
        body += self.facts + self.figures + listed
        chance.shuffle(body)
        text = "\n".join(head + body) + "\n"
        return Draft(text, self.lang, CURRENCIES[self.currency], self.measures, self.marks, self.columns)


def draft(chance: Random, *, tables: bool = False, groups: bool = False) -> Draft:
    """A random plan in one of the languages, with a table of records now and then where that is wanted."""
    drawn = Planner(chance, chance.choice(["en", "ru"])).plan(tables=tables, groups=groups)
    told(f"{chance}\n{drawn.text}")
    return drawn
