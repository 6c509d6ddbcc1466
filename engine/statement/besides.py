"""What a statement says besides its explanations, in the reader's words, whatever it is drawn on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from dsl.record import entries
from dsl.words import KindName, Lang

from ..money import Money
from .answer import AbsentDays, Statement, StatementLine, UsedSource
from .counted import LineStay, RecordPart, RecordRate
from .show import grouped, quantity, vocabulary

SHORT = 12  # hexadecimal digits of a digest that are enough to tell two plans apart by eye
SUMS = {"kpis": "bonus"}  # a sum whose word is another


def money(amount: Money, lang: Lang) -> str:
    """An amount as a person writes it: `26 400.00`."""
    scale = 10**amount.digits
    whole, part = divmod(abs(amount.minor), scale)
    text = f"{'−' if amount.minor < 0 else ''}{grouped(whole)}"
    return f"{text}{vocabulary(lang)['decimal']}{str(scale + part)[1:]}" if amount.digits else text


def signed(amount: Money, lang: Lang) -> str:
    """An amount with its sign, as a person writes it: `+1 550.00`."""
    return f"+{money(amount, lang)}" if amount.minor > 0 else money(amount, lang)


def besides(line: StatementLine, lang: Lang) -> Iterator[str]:
    """What each band of a table made, where several did."""
    words = vocabulary(lang)
    for row in line.reached or ():
        filled = [band for band in row.bands or () if band.part != "0"]
        for band in filled if len(filled) > 1 else ():
            part = exactly(band.part, "money", lang)
            amount = exactly(band.exact, "number", lang) if band.amount is None else money(band.amount, lang)
            yield words["band"].format(row=band.row, part=part, amount=amount)


def chosen(said: Statement) -> dict[str, str]:
    """By which case of each attribute of theirs somebody is paid, by its label."""
    rows = (row for line in said.lines for row in line.reached or ())
    return {row.label: row.row for row in rows if row.measure is None}


def sums(said: Statement, lang: Lang) -> Iterator[tuple[str, Money]]:
    """What each sort of pay comes to, where there is more than one, and the total."""
    words = vocabulary(lang)
    commissions = [line.label for line in said.lines if line.kind == "commission"]
    for sort, amount in entries(said.sums).items() if said.sums else ():
        # One commission is called as it calls itself; of several, not each need be a percentage of sales.
        alone = sort == "commissions" and len(commissions) == 1
        assert isinstance(amount, Money)
        yield commissions[0] if alone else words[SUMS.get(sort, sort)], amount
    yield words["total"], said.total


def split(part: RecordPart, lang: Lang) -> str:
    """What lies in each band, of a record that lies in several: `310 000 × 3% + 390 000 × 5%`."""
    terms = [
        f"{exactly(band.part, 'money', lang)} × {exactly(band.rate or '0', 'percent', lang)}"
        for band in part.bands or ()
    ]
    return " + ".join(terms)


def turned(rate: RecordRate, lang: Lang) -> str:
    """By what money of another currency in a record is turned: `1 000 USD × 78.9012`."""
    amount, worth = (exactly(text, "number", lang) for text in (rate.amount, rate.rate))
    per = worth if rate.units == "1" else f"{worth} / {rate.units}"
    facts = {"label": rate.label, "amount": amount, "currency": rate.currency, "day": rate.day}
    return vocabulary(lang)["exchanged"].format(rate=per, **facts)


def exactly(text: str, kind: KindName, lang: Lang) -> str:
    """An exact number of an answer, as a person writes it."""
    return quantity(Fraction(text), kind, lang)[0]


def came(sources: Sequence[UsedSource], lang: Lang) -> Iterator[str]:
    """What came from one source and for one day, in a sentence each."""
    words = vocabulary(lang)
    together: dict[tuple[str | None, str | None], list[str]] = {}
    for one in sources:
        together.setdefault((one.source, one.as_of), []).append(one.label)
    for (source, as_of), labels in together.items():
        key = "came" if as_of is None else "came_as_of"
        told = words["typed_in"] if source is None else source
        yield words[key].format(source=told, as_of=as_of, names=", ".join(labels))


def stayed(stays: Sequence[LineStay], lang: Lang) -> Iterator[tuple[str, str, str, str]]:
    """Which group somebody was in when, on how many days of all, and what that makes."""
    for one in stays:
        on = ", ".join(f"{span.first} – {span.last}" for span in one.on)
        yield one.value, on, f"{one.days} / {one.whole}", money(one.amount, lang)


def absent(several: Sequence[AbsentDays], lang: Lang) -> Iterator[str]:
    """From which day to which somebody is absent, and why."""
    for one in several:
        reason = f": {one.reason}" if one.reason else ""
        yield vocabulary(lang)["absent"].format(since=one.first, until=one.last, reason=reason)


def made(said: Statement, lang: Lang) -> str:
    """What it was made from, pinned by digests."""
    words, plan = vocabulary(lang), said.plan
    return words["made_at" if plan.revision else "made"].format(
        plan=plan.id or words["sent"],
        revision=(plan.revision or "")[:SHORT],
        digest=plan.digest[:SHORT],
        facts=said.facts_digest[:SHORT],
        engine=said.engine,
    )
