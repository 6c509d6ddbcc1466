"""A company's deals, read and paid: beside pandas and polars by hand, and whether it is linear."""

from __future__ import annotations

import csv
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from random import Random
from resource import RUSAGE_SELF, getrusage
from statistics import median

from api.files import Unread, read_records
from dsl.source import Source
from engine.compile import Compiled, read_plan
from engine.evaluate import Company, Result, pay_all
from engine.facts import Person, SentTables, partings

from .rounds import Effort
from .table import Report, Row, seconds

TOPIC = "deals of a company, CSV to amounts"
PLAN = """\
plan "Deals"
version 1
currency RUB

table deals "Deals"
  deal     id
  manager  employee
  closed   date, counts
  amount   money
  paid     yes/no

sold = sum of amount of deals where paid

pay share = 3% * sold
pay large = 500 * (count of deals where paid and amount at least 100 000)
"""
HEADS = ("deal", "manager", "closed", "amount", "paid")
SIZES = ((250_000, 10_000), (500_000, 10_000), (1_000_000, 10_000), (500_000, 5_000))
QUICK = ((1_000, 100), (2_000, 100))
LINEAR = 1.1  # for each doubling
WEIGHED = (250_000, 1_000_000), 10_000  # deals of few and of many, and people
LIGHT = (1_000, 2_000), 100
LEVEL = 1.5  # of the memory for four times the deals

Amounts = Mapping[str, tuple[int, int]]  # of each person the two lines, in kopecks
Way = Callable[[Path, Sequence[str]], Amounts]


def written(path: Path, deals: int, people: int) -> list[str]:
    """A file of so many deals of so many people, always the same; and who they are."""
    random, names = Random(1), [str(number) for number in range(people)]
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(HEADS)
        for deal in range(deals):
            amount = f"{random.randrange(200_000)}.{random.randrange(100):02}"
            day = f"2025-07-{random.randrange(1, 32):02}"
            rows.writerow((deal, names[deal % people], day, amount, random.choice(("yes", "no"))))
    return names


def compiled() -> Compiled:
    """The plan, ready to pay."""
    found = read_plan(Source("deals.plan", PLAN))
    if isinstance(found, tuple):
        raise TypeError(f"the plan of the benchmark has faults: {found}")
    return found


def ours(path: Path, names: Sequence[str]) -> Amounts:
    """Each with the whole trace, from which everything is explained."""
    plan = compiled()
    raw = read_records(path, partings(plan.kernel)["deals"])
    if isinstance(raw, Unread):
        raise TypeError(f"the file of the benchmark has faults: {raw.faults}")
    company = Company((Person(name, "2025-07", {}) for name in names), SentTables({"deals": raw.rows}))
    found: dict[str, tuple[int, int]] = {}
    for result in pay_all(lambda _: plan, company):
        if not isinstance(result, Result):
            raise TypeError(f"somebody is not paid: {result}")
        share, large = result.amounts
        found[result.facts.employee] = share, large
    return found


def with_pandas(path: Path, names: Sequence[str]) -> Amounts:
    """By hand: kopecks as integers of 64 bits, rounded half away from zero."""
    import pandas

    deals = pandas.read_csv(path, dtype=str)
    deals = deals[(deals["paid"] == "yes") & deals["closed"].between("2025-07-01", "2025-07-31")]
    kopecks = deals["amount"].str.replace(".", "", regex=False).astype("int64")
    made = pandas.DataFrame({"manager": deals["manager"], "sold": kopecks, "large": kopecks >= 10_000_000})
    sums = made.groupby("manager").agg({"sold": "sum", "large": "sum"}).reindex(names, fill_value=0)
    shares, large = (sums["sold"] * 3 + 50) // 100, sums["large"] * 50_000
    return dict(zip(names, zip(shares.tolist(), large.tolist(), strict=True), strict=True))


def with_polars(path: Path, names: Sequence[str]) -> Amounts:
    """The same by hand in polars, lazily, so that it reads what it needs."""
    import polars
    from polars import col

    people = polars.LazyFrame({"manager": names})
    kopecks = col("amount").str.replace(".", "", literal=True).cast(polars.Int64)
    deals = polars.scan_csv(path, infer_schema=False).filter(
        col("paid") == "yes", col("closed").is_between(polars.lit("2025-07-01"), polars.lit("2025-07-31"))
    )
    sums = deals.group_by("manager").agg(sold=kopecks.sum(), large=(kopecks >= 10_000_000).sum())
    joined = people.join(sums, on="manager", how="left", maintain_order="left").fill_null(0)
    lines = joined.select((col("sold") * 3 + 50) // 100, col("large").cast(polars.Int64) * 50_000).collect()
    return dict(zip(names, lines.iter_rows(), strict=True))


def peers() -> Mapping[str, Way]:
    """Those that are installed."""
    found: dict[str, Way] = {}
    for name, way in (("pandas by hand", with_pandas), ("polars by hand", with_polars)):
        try:
            __import__(name.split()[0])
        except ImportError:
            continue
        found[name] = way
    return found


def timed(way: Way, path: Path, names: Sequence[str]) -> tuple[float, Amounts]:
    """How many seconds of the processor a way takes, and what it pays."""
    start = time.process_time()
    found = way(path, names)
    return time.process_time() - start, found


def report(effort: Effort) -> Report:
    """The topic, measured; each way on the same file, and all of them pay the same."""
    sizes, rounds = (QUICK, 1) if effort.quick else (SIZES, 3)
    others, times = peers(), dict[tuple[int, int], float]()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for deals, people in sizes:
            path = Path(folder) / f"{deals}-{people}.csv"
            names = written(path, deals, people)
            taken: dict[str, list[float]] = {name: [] for name in ("ours", *others)}
            if not times:  # what is made at the first call is made
                for way in (ours, *others.values()):
                    way(path, names)
            for number in range(rounds):
                own, paid = timed(ours, path, names)
                taken["ours"].append(own)
                for name, way in others.items():
                    theirs, same = timed(way, path, names)
                    if same != paid:
                        raise ValueError(f"{name} pays something else")
                    taken[name].append(theirs)
                told = f"records: {deals} deals, {people} people, round {number + 1} of {rounds}: {own:.1f} s"
                print(told, file=sys.stderr)
            times[deals, people] = own = median(taken["ours"])
            for name in others:
                peer = median(taken[name])
                work = f"{counted(deals)} deals of {counted(people)} people"
                rows.append(Row(TOPIC, work, seconds(own), name, seconds(peer), own / peer, "its time"))
        rows += grown(times)
        rows.append(weight(Path(folder), *(LIGHT if effort.quick else WEIGHED)))
    left = () if len(others) == 2 else ("pandas or polars is not installed, and left out",)
    exact = "all of them pay everybody the same, to the kopeck; ours keeps the trace of each record"
    return Report(TOPIC, tuple(rows), (exact, *left))


def weight(folder: Path, sizes: tuple[int, int], people: int) -> Row:
    """The most memory that is held for many deals, beside that for fewer of as many people."""
    peaks: list[float] = []
    for deals in sizes:
        path = folder / "weighed.csv"
        names = written(path, deals, people)
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
            peaks.append(apart.submit(peak, path, names).result())
    few, many = (f"{counted(deals)} deals" for deals in sizes)
    fewer, more = (f"{size:.0f} MiB" for size in peaks)
    work = f"{many} of {counted(people)} people, peak memory"
    return Row(TOPIC, work, more, few, fewer, peaks[1] / peaks[0], "its memory", LEVEL)


def peak(path: Path, names: Sequence[str]) -> float:
    """How many mebibytes a process that pays and does nothing else held at most."""
    ours(path, names)
    return getrusage(RUSAGE_SELF).ru_maxrss / 1024


def grown(times: Mapping[tuple[int, int], float]) -> list[Row]:
    """A deal of a longer table beside one of a shorter, and of more people beside one of fewer."""
    rows: list[Row] = []
    for (deals, people), taken in times.items():
        for other, fewer in ((deals // 2, people), (deals, people // 2)):
            before = times.get((other, fewer))
            if before is None:
                continue
            share = before / other
            work = f"a deal, {counted(deals)} of {counted(people)} people"
            against, ratio = f"{counted(other)} of {counted(fewer)}", (taken / deals) / share
            rows.append(
                Row(TOPIC, work, seconds(taken / deals), against, seconds(share), ratio, "its time", LINEAR)
            )
    return rows


def counted(number: int) -> str:
    """A number as people read it."""
    return f"{number:,}".replace(",", " ")
