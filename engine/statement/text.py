"""The statement as text: drawn from the record, so that it says nothing that the data does not."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from functools import lru_cache

from dsl.record import entries
from dsl.row import Row
from dsl.words import Lang

from .answer import Statement, StatementLine, StatementResult
from .besides import absent, besides, came, chosen, exactly, made, money, split, stayed, sums, turned
from .counted import GroupShares, LineRecords, LineStay
from .show import grouped, vocabulary

WIDTH = 80
INDENT = "    "
NARROW = 20  # where a label has less room beside its value, the value has a row of its own
# Spaces that no row may end at: between thousands, before a currency, after a sign of equality.
BOUND = re.compile(r"(?<=[0-9]) (?=[0-9]{3}(?![0-9]))|(?<=[0-9]) (?=[A-Z]{3}(?!\w))|(?<=[=≈]) ")
RULE = "─" * WIDTH


def wrapped(sentence: str, indent: str, width: int = WIDTH) -> Sequence[str]:
    """A sentence over as many rows as it takes, its further rows set in; no number is torn."""
    return (indent + sentence,) if len(indent) + len(sentence) <= width else _wrapped(sentence, indent, width)


@lru_cache(maxsize=1024)  # the words of the plan stand in everybody's statement
def _wrapped(sentence: str, indent: str, width: int) -> Sequence[str]:
    bound = BOUND.sub("\u00a0", sentence)
    rows = textwrap.wrap(
        bound,
        width,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return tuple(row.replace("\u00a0", " ") for row in rows)


def rows(said: Statement, lang: Lang) -> Iterator[str]:
    """A statement: who and when, the lines of pay with their reasons and clauses, and the sums."""
    words, plan = vocabulary(lang), said.plan
    yield words["statement"]
    yield ""
    heading = {
        words["employee"]: said.employee,
        words["period"]: said.period,
        words["plan"]: words["version"].format(title=plan.title, version=plan.version),
    }
    widest = max(map(len, heading))
    for label, value in heading.items():
        yield f"{label:{widest}}  {value}"
    for label, value in chosen(said).items():
        yield from wrapped(f"{label:{widest}}  {value}", "")
    yield RULE
    currency = said.currency
    for line in said.lines:
        yield from _amount(line.label, money(line.amount, lang), currency)
        for sentence in line.explanation:
            yield from wrapped(sentence, INDENT)
        yield from _detailed(line, lang)
        for row in wrapped(words["clause"].format_map(entries(line.clause)), INDENT):
            yield Row(row, "quiet")
        yield ""
    for open_ in said.open or ():
        yield from _amount(open_.label, words["open"], "")
        for wait in open_.waits:
            yield from wrapped(words["waits"].format_map(entries(wait)), INDENT)
        yield ""
    about = {
        "absences": [*absent(said.absences or (), lang)],
        "presumed": [entry.text for entry in said.presumed],
        "sources": [*came(said.sources or (), lang)],
        "warnings": [f"{one.code}: {one.text} {one.advice}".strip() for one in said.warnings],
    }
    for name, texts in about.items():
        if texts:
            yield words[name]
            for text in texts:
                yield from wrapped(text, INDENT)
            yield ""
    if said.lines or said.open or not said.results:
        yield RULE
        for label, amount in sums(said, lang):
            yield from _amount(label, money(amount, lang), currency)
        if lines := [one for one in said.open or () if one.kind != "result"]:
            yield words["not_all"].format(count=len(lines))
        yield ""
    if said.results:
        yield from _results(said.results, lang)
    yield from wrapped(words["gross"], "")
    yield from wrapped(made(said, lang), "")


def _results(results: Sequence[StatementResult], lang: Lang) -> Iterator[str]:
    """What is worked out and paid to nobody, apart from the pay."""
    words = vocabulary(lang)
    yield words["results"]
    yield ""
    for one in results:
        yield from _valued(one.label, one.text)
        for sentence in one.explanation:
            yield from wrapped(sentence, INDENT)
        for row in wrapped(words["clause"].format_map(entries(one.clause)), INDENT):
            yield Row(row, "quiet")
        yield ""


def _detailed(line: StatementLine, lang: Lang) -> Iterator[str]:
    """What each band of a table made, what there was before a cap, what records make, and who shares."""
    for sentence in besides(line, lang):
        yield from wrapped(sentence, INDENT)
    for records in line.records or ():
        yield from _recorded(records, lang)
    for shares in line.shares or ():
        yield from _shared(shares, lang)
    if line.stays:
        yield from _stayed(line.stays, lang)


def _stayed(stays: Sequence[LineStay], lang: Lang) -> Iterator[str]:
    """Which group somebody was in when, on how many days of all, and what that makes."""
    several = [*stayed(stays, lang)]
    widths = [max(len(row[at]) for row in several) for at in range(4)]
    yield from wrapped(vocabulary(lang)["stays"].format(label=stays[0].label), INDENT)
    for value, on, days, amount in several:
        row = f"{value:{widths[0]}}  {on:{widths[1]}}  {days:>{widths[2]}}  {amount:>{widths[3]}}"
        yield from wrapped(row, INDENT + "  ")


def _recorded(records: LineRecords, lang: Lang) -> Iterator[str]:
    """A table of the records that weigh most in a line, and of the others together."""
    words = vocabulary(lang)
    several = [
        (one.id or "", one.day or "", money(one.amount, lang), _set(split(one, lang)), one.rates or ())
        for one in records.most
    ]
    if records.others is not None:
        count = words["other_records"].format(count=grouped(records.others.count))
        several.append((count, "", money(records.others.amount, lang), "", ()))
    wide, days, amounts = (max(len(row[at]) for row in several) for at in range(3))
    yield from wrapped(words["records"].format(label=records.label), INDENT)
    for name, day, amount, terms, rates in several:
        parts = [f"{name:{wide}}", f"{day:{days}}" if days else "", f"{amount:>{amounts}}"]
        yield from wrapped("  ".join(filter(None, parts)) + terms, INDENT + "  ")
        for rate in rates:
            yield from wrapped(turned(rate, lang), INDENT + "    ")


def _set(terms: str) -> str:
    """How a record lies in its bands, behind its amount."""
    return f" = {terms}" if terms else ""


def _shared(shares: GroupShares, lang: Lang) -> Iterator[str]:
    """What each member of a group has of a sum, and by which weight."""
    several = [
        (one.employee, exactly(one.weight, "number", lang), money(one.amount, lang)) for one in shares.members
    ]
    wide, weights, amounts = (max(len(row[at]) for row in several) for at in range(3))
    yield from wrapped(vocabulary(lang)["shares"].format(label=shares.label), INDENT)
    for name, weight, amount in several:
        yield from wrapped(f"{name:{wide}}  {weight:>{weights}}  {amount:>{amounts}}", INDENT + "  ")


def _amount(label: str, amount: str, currency: str) -> list[str]:
    """A label at the left and its amount at the right, in the row where the label ends."""
    return _valued(label, f"{amount} {currency}".strip())


def _valued(label: str, value: str) -> list[str]:
    room = WIDTH - len(value) - 2
    narrow = room < min(len(label), NARROW)
    *above, last = [label] if len(label) <= room else textwrap.wrap(label, WIDTH if narrow else room)
    if narrow:
        above, last = [*above, last], ""
    return [*above, Row(f"{last}{value:>{WIDTH - len(last)}}", "label")]
