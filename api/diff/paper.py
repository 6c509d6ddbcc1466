"""A comparison as paper: in a terminal, as Markdown for a pull request, and as a page of HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from dsl.data import phrases
from dsl.faults import Fault
from dsl.words import Lang
from engine.bridge.answer import ChangedLine
from engine.compare import Contrast
from engine.paper import Items, Paper, Paragraph, Part, Section, Table
from engine.statement.answer import Unpaid
from engine.statement.besides import money, signed

from ..paper import markdown as comment
from ..paper import page, terminal
from .answer import (
    Changed,
    ChangedPart,
    ChangedPay,
    ComparedPeople,
    ComparedPerson,
    ComparedPlan,
    OddPerson,
)
from .money import Words, chart
from .plans import Whole

WIDTH = 100  # columns of a terminal
PEOPLE = 50  # rows of a table of people; all are in the data
OUTWARD = {
    "language": "outward_language",
    "comments": "outward_comments",
    "order": "outward_order",
    "formatting": "outward_formatting",
}
DRAWN = 12  # pictures of one plan


def text(whole: Whole, lang: Lang, *, drawn: bool) -> str:
    """A comparison in rows of 100 columns at most; `drawn` with both curves of each line, if they can be."""
    words, parts = phrases(__package__, lang), []
    for plan, curves in zip(whole.answer.plans, whole.curves, strict=True):
        if plan.faults:
            continue  # they are reported by themselves
        said: str | Fault = f"{_title(plan)}: {_unchanged(plan, words)}"
        if plan.sign != "=":
            said = terminal.text(_sections(plan, curves, lang, drawn=drawn, listed=True), WIDTH)
        if isinstance(said, Fault):
            return text(whole, lang, drawn=False)
        parts.append(said)
    return "\n\n".join(parts) if parts or whole.answer.trouble else words["no_plans"]


def markdown(whole: Whole, lang: Lang) -> str:
    """The text of a comment in GitHub, GitLab or elsewhere."""
    return comment.text(_paper(whole, lang, drawn=False))


def html(whole: Whole, lang: Lang) -> str | Fault:
    """The page; a fault where there is nothing to draw its pictures with."""
    return page.html(_paper(whole, lang, drawn=True))


def _paper(whole: Whole, lang: Lang, *, drawn: bool) -> Paper:
    answer, words = whole.answer, phrases(__package__, lang)
    told = [fault.text for fault in answer.faults]
    found: list[Part] = [Section("", "", _paragraphs(told or [words["no_plans"]] * (not answer.plans)))]
    for plan, curves in zip(answer.plans, whole.curves, strict=True):
        found += _sections(plan, curves, lang, drawn=drawn)
    title = words["title"].format(name=", ".join(plan.id for plan in answer.plans))
    return Paper(lang, title, tuple(found))


def _sections(
    plan: ComparedPlan, curves: Sequence[Contrast], lang: Lang, *, drawn: bool, listed: bool = False
) -> Iterator[Part]:
    """What is said of one plan: its changes (`listed`, or as a table), what they break, pay, and whom."""
    words, outset = phrases(__package__, lang), _paragraphs(_outset(plan, phrases(__package__, lang)))
    if listed:
        yield Section("", _title(plan), (Items(tuple(_item(item, words) for item in plan.changes)), *outset))
    else:
        yield Section("", _title(plan), outset)
        if plan.changes:
            yield Section("", words["changes"], (_changes(plan, words),))
    if plan.interface:
        yield Section("", words["interface"], _paragraphs(fault.text for fault in plan.interface))
    yield from _money(plan, curves, lang, words, drawn=drawn)
    if plan.people is not None:
        yield from _people(plan.people, lang, words)


def _paragraphs(texts: Iterable[str]) -> tuple[Paragraph, ...]:
    return tuple(map(Paragraph, texts))


def _title(plan: ComparedPlan) -> str:
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
            yield _unchanged(plan, words)
        case _:
            if plan.same_pay:
                yield words["same_pay"]


def _unchanged(plan: ComparedPlan, words: Words) -> str:
    """That nothing is changed, or nothing but how it is written."""
    outward = ", ".join(words[OUTWARD[one]] for one in plan.outward)
    return words["only_outward"].format(outward=outward) if outward else words["unchanged"]


def _item(item: Changed, words: Words) -> str:
    """A change in lines: what is changed, and below it how."""
    label = f" “{item.label}”" if item.label and item.sign == "~" else ""
    formerly = f", {words['formerly'].format(name=item.formerly)}" if item.formerly else ""
    return "\n".join([f"{item.sign} {item.heading}{label}{formerly}", *item.text, *map(_part, item.parts)])


def _part(part: ChangedPart) -> str:
    return f"{part.old} → {part.new}" if part.sign == "~" else f"{part.sign} {part.new or part.old}"


def _changes(plan: ComparedPlan, words: Words) -> Table:
    """Every change in a row."""
    rows = []
    for item in plan.changes:
        name, text = item.heading, " ".join(row.strip() for row in item.text)
        if item.formerly:
            rows.append(("~", name, item.formerly, item.name))
        rows += [(one.sign, f"{name}, {one.heading}", one.old or "", one.new or "") for one in item.parts]
        if item.sign != "~":
            rows.append((item.sign, name, *(("", text) if item.sign == "+" else (text, ""))))
    return Table((words["sign"], words["what"], words["before"], words["after"]), tuple(rows))


def _money(
    plan: ComparedPlan, curves: Sequence[Contrast], lang: Lang, words: Words, *, drawn: bool
) -> Iterator[Part]:
    """What each line pays before and after, stretch by stretch."""
    heading = words["money"]
    for index, (line, one) in enumerate(zip(plan.money, curves, strict=True)):
        picture = chart(one, lang, line, words) if drawn and index < DRAWN else None
        yield Section("", heading, (Paragraph(line.heading), _stretches(line, words)))
        if picture is not None:
            yield picture
        heading = ""


def _stretches(line: ChangedPay, words: Words) -> Table:
    heads = (words["stretch"], words["before"], words["after"], words["change"])
    rows = tuple(
        (one.text, *(side.text if side else words["unknown"] for side in (one.old, one.new, one.change)))
        for one in line.stretches
    )
    return Table(heads, rows, (1, 2, 3))


def _people(people: ComparedPeople, lang: Lang, words: Words) -> Iterator[Part]:
    """Who gains and who loses, the cost, and what each change makes of it."""
    old, new, change, unsplit = people.old, people.new, people.change, people.unsplit
    if old is None or new is None or change is None or unsplit is None:
        yield Section("", words["people"], _paragraphs(fault.text for fault in people.faults))
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
    yield Section("", words["people"], (Paragraph(balance if people.rows else words["nobody"]),))
    parts = [(part.heading, signed(part.change, lang)) for part in people.parts]
    if unsplit.minor:
        parts.append((words["unsplit"], signed(unsplit, lang)))
    if parts and people.rows:
        parts.append((words["total"], signed(change, lang)))
        said = () if people.orders is None else (Paragraph(words["sampled"].format(orders=people.orders)),)
        split = Table((words["clause"], words["change"]), tuple(parts), (1,))
        yield Section("", words["by_clause"], (*said, split))
    if people.rows:
        heads: tuple[str, ...] = ("employee", "period", "what", "before", "after", "change")
        paid = [_changed(row, lang, words) for row in people.rows]
        yield Section("", words["by_person"], (_table(heads, paid, words, (3, 4, 5)),))
    odd = {"only_old": people.only_old, "only_new": people.only_new, "neither": people.neither}
    for name, several in odd.items():
        if several:
            heads = ("employee", "period", "total", "reason")
            alone = [[_alone(row, lang)] for row in several]
            yield Section("", words[name], (_table(heads, alone, words, (2,)),))
    if people.doubtful or people.notices:
        read = _paragraphs(f"{notice.code}: {notice.text}" for notice in people.notices)
        told = [[(row.employee, row.period, "; ".join(row.said))] for row in people.doubtful]
        table = _table(("employee", "period", "what"), told, words)
        yield Section("", words["doubtful"], (*read, *[table] * bool(told)))


def _table(
    heads: Sequence[str],
    people: Sequence[Iterable[tuple[str, ...]]],
    words: Words,
    numeric: tuple[int, ...] = (),
) -> Table:
    """A table of people, each with their rows: of very many the first, and how many more there are."""
    found = [*chain.from_iterable(people[:PEOPLE])]
    if (more := len(people) - PEOPLE) > 0:
        found.append((words["more_people"].format(count=more), *[""] * (len(heads) - 1)))
    return Table(tuple(words[head] for head in heads), tuple(found), numeric)


def _changed(row: ComparedPerson, lang: Lang, words: Words) -> Iterator[tuple[str, ...]]:
    yield row.employee, row.period, words["total"], *_amounts(row, lang)
    for line in row.lines:
        yield "", "", line.label, *_amounts(line, lang)
    for one in row.results or ():
        label = words["result"].format(label=one.label)
        yield "", "", label, one.old or words["none"], one.new or words["none"], ""


def _amounts(row: ComparedPerson | ChangedLine, lang: Lang) -> tuple[str, str, str]:
    return money(row.old, lang), money(row.new, lang), signed(row.change, lang)


def _alone(row: Unpaid | OddPerson, lang: Lang) -> tuple[str, ...]:
    total = money(row.total, lang) if isinstance(row, OddPerson) and row.total else ""
    return row.employee or "", row.period or "", total, " ".join(fault.text for fault in row.faults)
