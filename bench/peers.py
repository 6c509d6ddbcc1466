"""The reference plan by hand: what an engineer writes who has this one plan to pay."""

from __future__ import annotations

import csv
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal, TextIO

from .people import Month

# Salary, revenue, average deal, conversion, calls, commission, and the total.
LINES = ("salary", "revenue", "avg_deal", "conversion", "calls", "commission")

# ── Decimal: the usual way, and the one that the targets are set against ─────────────────────────────────

ZERO, CUTOFF, FULL, ACCEL, KOPEK = (
    Decimal("0.00"),
    Decimal("0.8"),
    Decimal(1),
    Decimal("1.2"),
    Decimal("0.01"),
)
SALARY, POOL, RATE = Decimal("60000.00"), Decimal(50_000), Decimal("0.02")
REVENUE, AVG_DEAL, CONVERSION, CALLS = Decimal(3_000_000), Decimal(150_000), Decimal("0.02"), Decimal(1_000)
MOST, FIFTH = POOL * Decimal("0.4"), POOL * Decimal("0.2")


def kpi(actual: Decimal, target: Decimal, share: Decimal) -> Decimal:
    """The pay of one KPI in roubles."""
    attainment = actual / target
    if attainment < CUTOFF:
        return ZERO
    if attainment > FULL:
        attainment *= ACCEL
    return (share * attainment).quantize(KOPEK, ROUND_HALF_UP)


def pay_decimal(month: Month[Decimal]) -> tuple[Decimal, ...]:
    """The lines of pay and their total, in roubles."""
    revenue = kpi(month.revenue, REVENUE, MOST)
    avg_deal = kpi(month.avg_deal, AVG_DEAL, FIFTH)
    conversion = kpi(month.conversion, CONVERSION, FIFTH)
    calls = kpi(month.calls, CALLS, FIFTH)
    above = month.revenue - REVENUE if month.revenue > REVENUE else ZERO
    commission = (RATE * month.margin_rate * above).quantize(KOPEK, ROUND_HALF_UP)
    total = SALARY + revenue + avg_deal + conversion + calls + commission
    return SALARY, revenue, avg_deal, conversion, calls, commission, total


# ── Integers: for speed, in kopeks and hundredths of a percent ───────────────────────────────────────────


def kpi_int(actual: int, target: int, share: int) -> int:
    """The pay of one KPI in kopeks."""
    if 10 * actual < 8 * target:
        return 0
    if actual > target:
        return (12 * share * actual + 5 * target) // (10 * target)
    return (2 * share * actual + target) // (2 * target)


def pay_int(month: Month[int]) -> tuple[int, ...]:
    """The lines of pay and their total, in kopeks."""
    revenue = kpi_int(month.revenue, 300_000_000, 2_000_000)
    avg_deal = kpi_int(month.avg_deal, 15_000_000, 1_000_000)
    conversion = kpi_int(month.conversion, 200, 1_000_000)
    calls = kpi_int(month.calls, 1_000, 1_000_000)
    above = month.revenue - 300_000_000 if month.revenue > 300_000_000 else 0
    commission = (2 * month.margin_rate * above + 500_000) // 1_000_000
    total = 6_000_000 + revenue + avg_deal + conversion + calls + commission
    return 6_000_000, revenue, avg_deal, conversion, calls, commission, total


# ── Fractions: exact whatever happens, and so the truth the others are held against ──────────────────────


def kpi_fraction(actual: Fraction, target: Fraction, share: int) -> int:
    """The pay of one KPI in kopeks."""
    attainment = actual / target
    if attainment < Fraction(4, 5):
        return 0
    if attainment > 1:
        attainment *= Fraction(6, 5)
    return nearest(share * attainment)


def pay_fraction(month: Month[Fraction]) -> tuple[int, ...]:
    """The lines of pay and their total, in kopeks."""
    above = max(month.revenue - 3_000_000, Fraction(0))
    lines = (
        6_000_000,
        kpi_fraction(month.revenue, Fraction(3_000_000), 2_000_000),
        kpi_fraction(month.avg_deal, Fraction(150_000), 1_000_000),
        kpi_fraction(month.conversion, Fraction(2, 100), 1_000_000),
        kpi_fraction(month.calls, Fraction(1_000), 1_000_000),
        nearest(2 * month.margin_rate * above),
    )
    return *lines, sum(lines)


def nearest(value: Fraction) -> int:
    """The nearest whole number, half away from zero; the value is not negative."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


# ── From texts to an answer ──────────────────────────────────────────────────────────────────────────────

Answer = dict[str, str | list[dict[Literal["name", "amount"], str]]]


def answer_decimal(employee: str, period: str, facts: dict[str, str]) -> Answer:
    """The answer as data, for facts as texts; no reasons."""
    month = Month(
        Decimal(facts["revenue"]),
        Decimal(facts["avg_deal"]),
        Decimal(facts["conversion"]),
        Decimal(facts["calls"]),
        Decimal(facts["margin_rate"]),
    )
    *lines, total = pay_decimal(month)
    return {
        "employee": employee,
        "period": period,
        "currency": "RUB",
        "total": str(total),
        "lines": [{"name": name, "amount": str(amount)} for name, amount in zip(LINES, lines, strict=True)],
    }


def pay_table(facts: TextIO, out: TextIO) -> None:
    """A row of amounts for each row of facts, and last their totals."""
    rows, totals = csv.DictReader(facts), [Decimal("0.00")] * (len(LINES) + 1)
    written = csv.writer(out, lineterminator="\n")
    written.writerow(["employee", "period", *LINES, "total", "warnings"])
    for row in rows:
        month: Month[Decimal] = Month(**{name: Decimal(row[name]) for name in Month._fields})
        amounts = pay_decimal(month)
        totals = [total + amount for total, amount in zip(totals, amounts, strict=True)]
        written.writerow([row["employee"], row["period"], *amounts, ""])
    written.writerow(["Total", "", *totals, ""])
