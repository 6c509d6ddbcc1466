"""Statements as paper: each person's pay with its reasons, records and shares; or as a ledger of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from dsl.record import entries
from dsl.words import KindName, Lang

from ..paper import Block, Figure, Items, Paper, Paragraph, Section, Table
from .answer import Statement, StatementLine
from .besides import absent, besides, came, chosen, exactly, made, money, split, stayed, sums, turned
from .counted import GroupShares, LineRecords, RecordPart
from .reasons import ReachedRow
from .show import vocabulary

Cells = tuple[str, ...]


def paper(people: Sequence[Statement], lang: Lang) -> Paper:
    """Everybody's statement, one after another."""
    parts = chain.from_iterable(_person(said, lang) for said in people)
    return Paper(lang, vocabulary(lang)["statement"], tuple(parts))


def _person(said: Statement, lang: Lang) -> Iterator[Section]:
    words, plan = vocabulary(lang), said.plan
    heads = words["column_line"], words["column_amount"].format(currency=said.currency)
    rows: list[Cells] = [(line.label, Figure(money(line.amount, lang), line.amount)) for line in said.lines]
    rows += [(one.label, words["open"]) for one in said.open or () if one.kind != "result"]
    *several, (label, total) = sums(said, lang)
    rows.append((label, Figure(money(total, lang), total)))
    version = words["version"].format(title=plan.title, version=plan.version)
    pay = Table(heads, tuple(rows), (1,), closing=True)
    listed = [f"{label}: {money(amount, lang)} {said.currency}" for label, amount in several]
    title = f"{words['employee']} {said.employee}, {said.period}"
    about = {words["plan"]: version, **chosen(said)}
    head = (Paragraph(f"{label}: {value}") for label, value in about.items())
    yield Section("", title=title, blocks=(*head, pay, *_items(listed)))
    for line in said.lines:
        yield Section("", title=line.label, blocks=tuple(_line(line, lang)))
    for one in said.results or ():
        clause = Paragraph(words["clause"].format_map(entries(one.clause)))
        blocks = (Paragraph(one.text, lead=f"{words['results']}:"), *_items(one.explanation), clause)
        yield Section("", title=one.label, blocks=blocks)
    remarks = {
        "open": [words["waits"].format_map(entries(wait)) for one in said.open or () for wait in one.waits],
        "absences": [*absent(said.absences or (), lang)],
        "presumed": [one.text for one in said.presumed],
        "sources": [*came(said.sources or (), lang)],
        "warnings": [f"{one.code}: {one.text} {one.advice}".strip() for one in said.warnings],
    }
    for name, texts in remarks.items():
        if texts:
            yield Section("", title=words[name].capitalize(), blocks=(Items(tuple(texts)),))
    yield Section("", title="", blocks=(Paragraph(words["gross"]), Paragraph(made(said, lang))))


def _items(texts: Sequence[str]) -> Iterator[Block]:
    if texts:
        yield Items(tuple(texts))


def _line(line: StatementLine, lang: Lang) -> Iterator[Block]:
    """The reasons of a line, what records make of it, and who shares a sum with whom."""
    words = vocabulary(lang)
    yield from _items((*line.explanation, *besides(line, lang)))
    for records in line.records or ():
        yield Paragraph("", lead=words["records"].format(label=records.label))
        heads = tuple(words[name] for name in ("column_record", "column_day", "column_part", "column_bands"))
        yield Table(heads, tuple(_records(records, lang)), (2,)).filled
    for shares in line.shares or ():
        yield Paragraph("", lead=words["shares"].format(label=shares.label))
        heads = tuple(words[name] for name in ("column_member", "column_weight", "column_part"))
        yield Table(heads, tuple(_members(shares, lang)), (1, 2))
    if line.stays:
        yield Paragraph("", lead=words["stays"].format(label=line.stays[0].label))
        heads = tuple(words[name] for name in ("column_group", "column_period", "column_days", "column_part"))
        yield Table(heads, tuple(stayed(line.stays, lang)), (2, 3))
    yield Paragraph(words["clause"].format_map(entries(line.clause)))


def _records(records: LineRecords, lang: Lang) -> Iterator[Cells]:
    """The records that weigh most and the others together; all of them where they are there."""
    for one in records.all or records.most:
        yield _record(one, lang)
    if records.others is not None and records.all is None:
        others = vocabulary(lang)["other_records"].format(count=records.others.count)
        yield others, "", Figure(money(records.others.amount, lang), records.others.amount), ""


def _record(one: RecordPart, lang: Lang) -> Cells:
    amount = Figure(money(one.amount, lang), one.amount)
    made = [split(one, lang), *(turned(rate, lang) for rate in one.rates or ())]
    return one.id or "", one.day or "", amount, "; ".join(filter(None, made))


def _members(shares: GroupShares, lang: Lang) -> Iterator[Cells]:
    for one in shares.members:
        yield one.employee, exactly(one.weight, "number", lang), Figure(money(one.amount, lang), one.amount)


# ── A ledger of many: one table of each sort, for a spreadsheet ──────────────────────────────────────────


LEDGER = {
    "ledger_pay": ("column_line", "column_part", "column_currency", "column_before"),
    "ledger_reached": ("column_line", "column_table", "column_row", "column_fell", "column_part"),
    "ledger_results": ("column_line", "column_value"),
    "ledger_records": (
        "column_line", "column_table", "column_record", "column_day", "column_part", "column_bands",
    ),
    "ledger_shares": ("column_line", "column_group", "column_member", "column_weight", "column_part"),
}  # fmt: skip


def ledger(people: Sequence[Statement], lang: Lang) -> Paper:
    """The same as tables over everybody: lines of pay, rows of tables, results, records, shares."""
    words = vocabulary(lang)
    several = [entry for said in people for entry in _entries(said, lang)]
    parts: list[Section] = []
    for name, heads in LEDGER.items():
        if rows := tuple(row for sort, row in several if sort == name):
            columns = tuple(words[head] for head in ("employee", "period", *heads))
            parts.append(Section("", title=words[name], blocks=(Table(columns, rows),)))
    return Paper(lang, words["statement"], tuple(parts))


def _entries(said: Statement, lang: Lang) -> Iterator[tuple[str, Cells]]:
    """The rows about somebody, each with the name of its table."""
    who = said.employee, said.period
    for line in said.lines:
        amount = Figure(money(line.amount, lang), line.amount)
        before = "" if line.before_cap is None else _figure(line.before_cap, "money", lang)
        yield "ledger_pay", (*who, line.label, amount, said.currency, before)
        for table in line.reached or ():
            for row in _reached(table, lang):
                yield "ledger_reached", (*who, line.label, table.label, *row)
        for records in line.records or ():
            for row in _records(records, lang):
                yield "ledger_records", (*who, line.label, records.label, *row)
        for shares in line.shares or ():
            for row in _members(shares, lang):
                yield "ledger_shares", (*who, line.label, shares.label, *row)
    for one in said.results or ():
        yield "ledger_results", (*who, one.label, one.text)


def _reached(table: ReachedRow, lang: Lang) -> Iterator[Cells]:
    """The row that was reached and what it is chosen by; each band, what fell into it and what it made."""
    for band in table.bands or ():
        made = _figure(band.exact, "number", lang)
        if band.amount is not None:
            made = Figure(money(band.amount, lang), band.amount)
        yield band.row, _figure(band.part, "number", lang), made
    if not table.bands:
        row = table.row if table.column is None else f"{table.row}; {table.column}"
        yield row, "" if table.measure is None else _figure(table.measure, "number", lang), ""


def _figure(text: str, kind: KindName, lang: Lang) -> str:
    """An exact number of an answer in a cell; one without end is there as it is printed."""
    said = exactly(text, kind, lang)
    return said if "/" in text else Figure(said, text)
