"""Plans that grow: whether a clause costs as much in a long plan as in a short one.

A time is that of a plan divided by its clauses; beside a plan of another length 1x is linear.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dsl.check import check
from dsl.parse import parse
from dsl.source import Source
from dsl.write import write
from engine.analyse import analyse
from engine.compile import Compiled, compile_plan

from .rounds import Effort, Times, Work, interleaved, repeated
from .table import Report, Row, seconds

TOPIC = "a clause of a plan that grows"
HEAD = ('plan "Long"', "version 1", "currency RUB", "salary 60 000", "bonus 500 000")
SECTION = 9  # KPIs of a section
CLAUSES = (75, 150, 300, 600)
ROWS = (300, 600, 1_200)
LINES = (100, 1_000, 10_000)
LARGE = 300  # clauses of the plan that is to be checked and analysed in less than a second
READ, WRITE, LOWER, ANALYSE = "parse + check", "parse + format", "lower", "analyse"


@dataclass(frozen=True, slots=True)
class Series:
    """Plans of one shape in several lengths, and what is done with each."""

    item: str
    lengths: Sequence[int]
    plan: Callable[[int], str]
    works: Sequence[str]
    target: float


def kpis(clauses: int) -> str:
    """So many clauses: sections of nine KPIs with accelerators, each with a commission on a fact."""
    sections = max(1, clauses // (SECTION + 1))
    share = 100 // sections
    facts = [f"fact m{number} money" for number in range(sections)]
    rows = [*HEAD[:3], *facts, *HEAD[3:]]
    for section in range(sections):
        rows.append(f"section s{section} weight {share if section else 100 - share * (sections - 1)}%")
        rows += [
            f"k{section}_{kpi} weight {11 if kpi else 12}% cutoff 80% accel 1.2 on all above 100% target 100"
            for kpi in range(SECTION)
        ]
        rows += ["end section", f"commission c{section} = 2% of (m{section} above 100 000)"]
    return "\n".join([*rows, ""])


def commissions(clauses: int) -> str:
    """So many commissions on one fact, each of what lies above a bound of its own."""
    rows = [f"commission c{n} = {n % 7 + 1}% of (a above {n + 1} 000)" for n in range(clauses)]
    return "\n".join([*HEAD[:3], "fact a money", *HEAD[3:4], *rows, ""])


def bands(rows: int) -> str:
    """A table of so many rows."""
    bounds = (f"{number * 1_000:,}".replace(",", " ") for number in range(1, rows))
    table = [f"  up to {bound}  {n % 9 + 1}.{n % 100:02d}%" for n, bound in enumerate(bounds, 1)]
    head = [*HEAD[:3], "fact a money", *HEAD[3:4], "commission on a, each band at its own rate"]
    return "\n".join([*head, *table, "  above 15%", ""])


def short(lines: int) -> str:
    """So many lines, half of them comments; short ones, for the language bounds the length of a text."""
    pairs = ((f"commission c{number} = a * {number % 97 + 1}", f"# {number}") for number in range(lines))
    rows = (row for pair in pairs for row in pair)
    head = [*HEAD[:3], "fact a money", "salary a"]
    return "\n".join([*head, *list(rows)[: lines - len(head)], ""])


ALL = (READ, WRITE, LOWER, ANALYSE)
SERIES = (
    Series("KPIs and commissions", CLAUSES, kpis, ALL, 1.25),
    Series("commissions on one fact", CLAUSES, commissions, ALL, 1.25),
    Series("rows of a table", ROWS, bands, ALL, 1.25),
    Series("lines", LINES, short, (READ, WRITE), 1.5),
)


def report(effort: Effort) -> Report:
    """The topic, measured."""
    rows: list[Row] = []
    for series in SERIES:
        lengths = [length // 4 for length in series.lengths[:2]] if effort.quick else series.lengths
        works = {f"{work} {length}": done for length in lengths for work, done in doing(series, length)}
        times = interleaved(works, min(effort.rounds, 3))
        rows += grown(series, lengths, times)
        if series.plan is kpis and LARGE in lengths:
            rows.append(within_a_second(times))
    note = "a clause: the time of a plan divided by its clauses, rows or lines; 1x is linear"
    return Report(TOPIC, tuple(rows), (note,))


def doing(series: Series, length: int) -> Iterator[tuple[str, Work]]:
    """What is done with the plan of a length."""
    source = Source("long.plan", series.plan(length))
    checked = check(parse(source))
    compiled = compile_plan(checked)
    assert isinstance(compiled, Compiled), checked.faults[:3]
    runs: dict[str, Callable[[], object]] = {
        READ: lambda: check(parse(source)),
        WRITE: lambda: write(parse(source).tree),
        LOWER: lambda: compile_plan(checked),
        ANALYSE: lambda: analyse(compiled),
    }
    return ((work, repeated(runs[work], 1)) for work in series.works)


def grown(series: Series, lengths: Sequence[int], times: Times) -> Iterator[Row]:
    """A clause of each plan beside one of the plan before it."""
    for work in series.works:
        for shorter, longer in pairwise(lengths):
            mine, peer = times.of(f"{work} {longer}") / longer, times.of(f"{work} {shorter}") / shorter
            ratio = times.ratio(f"{work} {longer}", f"{work} {shorter}") * shorter / longer
            yield Row(
                TOPIC,
                f"{work}, {counted(longer)} {series.item}",
                seconds(mine),
                counted(shorter),
                seconds(peer),
                ratio,
                "its time",
                series.target,
            )


def within_a_second(times: Times) -> Row:
    """A long plan, read and analysed, beside one second."""
    taken = sum(times.of(f"{work} {LARGE}") for work in (READ, LOWER, ANALYSE))
    work = f"parse + check + lower + analyse, {LARGE} clauses"
    return Row(TOPIC, work, seconds(taken), "a second", "1 s", taken, "its time", 1.0)


def counted(length: int) -> str:
    """A number of clauses as people read it."""
    return f"{length:,}".replace(",", " ")
