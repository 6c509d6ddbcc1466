"""A comparison as sections of a page: headings, paragraphs, tables and pictures, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dsl.words import Lang
from engine.compare import Contrast
from engine.statement.answer import Unpaid
from engine.statement.text import money, signed

from ..pictures import Passage, Tabular
from .answer import (
    ChangedLine,
    ChangedPay,
    ComparedPeople,
    ComparedPerson,
    ComparedPlan,
    DoubtfulPerson,
    OddPerson,
)
from .charts import chart
from .vocabulary import Words, table

PEOPLE = 50  # rows of a table of people; all are in the data
OUTWARD = {
    "language": "outward_language",
    "comments": "outward_comments",
    "order": "outward_order",
    "formatting": "outward_formatting",
}
DRAWN = 12  # pictures of one plan


def sections(plan: ComparedPlan, curves: Sequence[Contrast], lang: Lang, *, drawn: bool) -> list[Passage]:
    """What is said of one plan: what is changed, what that breaks, what it pays, and whom."""
    words = table(lang)
    found = [Passage(title(plan), tuple(_outset(plan, words)))]
    if plan.changes:
        found.append(Passage(words["changes"], (), None, changes(plan, words)))
    if plan.interface:
        found.append(Passage(words["interface"], tuple(fault.text for fault in plan.interface)))
    found += _money(plan, curves, lang, words, drawn=drawn)
    if plan.people is not None:
        found += _people(plan.people, lang, words)
    return found


def title(plan: ComparedPlan) -> str:
    """The plan by its name, and both names where they differ."""
    names = [side.name for side in (plan.old, plan.new) if side]
    return " → ".join(dict.fromkeys(names)) or plan.id


def _outset(plan: ComparedPlan, words: Words) -> Iterator[str]:
    """What is true of the change as a whole."""
    match plan.sign:
        case "+":
            yield words["added_plan"]
        case "-":
            yield words["removed_plan"]
        case "=":
            yield unchanged(plan, words)
        case _:
            if plan.same_pay:
                yield words["same_pay"]


def unchanged(plan: ComparedPlan, words: Words) -> str:
    """That nothing is changed, or nothing but how it is written."""
    outward = ", ".join(words[OUTWARD[one]] for one in plan.outward)
    return words["only_outward"].format(outward=outward) if outward else words["unchanged"]


def changes(plan: ComparedPlan, words: Words) -> Tabular:
    """Every change in a row."""
    rows = []
    for item in plan.changes:
        name = item.heading
        if item.formerly:
            rows.append(("~", name, item.formerly, item.name))
        for part in item.parts:
            old, new = part.old or "", part.new or ""
            rows.append((part.sign, f"{name}, {part.heading}", old, new))
        text = " ".join(row.strip() for row in item.text)
        if item.sign != "~":
            rows.append((item.sign, name, *(("", text) if item.sign == "+" else (text, ""))))
    return Tabular((words["sign"], words["what"], words["before"], words["after"]), tuple(rows))


def _money(
    plan: ComparedPlan, curves: Sequence[Contrast], lang: Lang, words: Words, *, drawn: bool
) -> Iterator[Passage]:
    """What each line pays before and after, stretch by stretch."""
    heading = words["money"]
    for index, (line, one) in enumerate(zip(plan.money, curves, strict=True)):
        picture = chart(one, lang, line, words) if drawn and index < DRAWN else None
        yield Passage(heading, (line.heading,), picture, _stretches(line, words))
        heading = ""


def _stretches(line: ChangedPay, words: Words) -> Tabular:
    heads = (words["stretch"], words["before"], words["after"], words["change"])
    rows = []
    for one in line.stretches:
        sides = (one.old, one.new, one.change)
        rows.append((one.text, *(words["unknown"] if side is None else side.text for side in sides)))
    return Tabular(heads, tuple(rows), (1, 2, 3))


def _people(people: ComparedPeople, lang: Lang, words: Words) -> Iterator[Passage]:
    """Who gains and who loses, the cost, and what each change makes of it."""
    old, new, change, unsplit = people.old, people.new, people.change, people.unsplit
    if old is None or new is None or change is None or unsplit is None:
        yield Passage(words["people"], tuple(fault.text for fault in people.faults))
        return
    balance = words["balance"].format(
        old=money(old, lang),
        new=money(new, lang),
        change=signed(change, lang),
        currency=people.currency,
        gain=people.gain,
        lose=people.lose,
        same=people.same,
    )
    yield Passage(words["people"], (balance if people.rows else words["nobody"],))
    parts = [(part.heading, signed(part.change, lang)) for part in people.parts]
    if unsplit.minor:
        parts.append((words["unsplit"], signed(unsplit, lang)))
    if parts and people.rows:
        parts.append((words["total"], signed(change, lang)))
        said = () if people.orders is None else (words["sampled"].format(orders=people.orders),)
        table = Tabular((words["clause"], words["change"]), tuple(parts), (1,))
        yield Passage(words["by_clause"], said, None, table)
    if people.rows:
        yield Passage(words["by_person"], (), None, _rows(people, lang, words))
    odd = {"only_old": people.only_old, "only_new": people.only_new, "neither": people.neither}
    for name, several in odd.items():
        if several:
            yield Passage(words[name], (), None, _alone(several, lang, words))
    if people.doubtful or people.notices:
        read = tuple(f"{notice.code}: {notice.text}" for notice in people.notices)
        rows = _told(people.doubtful, words) if people.doubtful else None
        yield Passage(words["doubtful"], read, None, rows)


def _rows(people: ComparedPeople, lang: Lang, words: Words) -> Tabular:
    heads = ("employee", "period", "what", "before", "after", "change")
    rows: list[tuple[str, ...]] = []
    for row in people.rows[:PEOPLE]:
        total = (row.employee, row.period, words["total"])
        rows.append((*total, *_amounts(row, lang)))
        rows.extend(("", "", line.label, *_amounts(line, lang)) for line in row.lines)
    if len(people.rows) > PEOPLE:
        more = words["more_people"].format(count=len(people.rows) - PEOPLE)
        rows.append((more, *[""] * (len(heads) - 1)))
    return Tabular(tuple(words[head] for head in heads), tuple(rows), (3, 4, 5))


def _told(rows: Sequence[DoubtfulPerson], words: Words) -> Tabular:
    """What is to be said of each person beside their amounts."""
    cells = [(row.employee, row.period, "; ".join(row.said)) for row in rows[:PEOPLE]]
    if len(rows) > PEOPLE:
        cells.append((words["more_people"].format(count=len(rows) - PEOPLE), "", ""))
    return Tabular((words["employee"], words["period"], words["what"]), tuple(cells))


def _amounts(row: ComparedPerson | ChangedLine, lang: Lang) -> tuple[str, str, str]:
    return money(row.old, lang), money(row.new, lang), signed(row.change, lang)


def _alone(rows: Sequence[Unpaid | OddPerson], lang: Lang, words: Words) -> Tabular:
    heads = (words["employee"], words["period"], words["total"], words["reason"])
    cells = tuple(
        (
            row.employee or "",
            row.period or "",
            money(row.total, lang) if isinstance(row, OddPerson) and row.total else "",
            " ".join(fault.text for fault in row.faults),
        )
        for row in rows[:PEOPLE]
    )
    return Tabular(heads, cells, (2,))
