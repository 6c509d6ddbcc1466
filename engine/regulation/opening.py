"""What stands first in the regulation: what it is, whom it concerns, and when and on what grounds it pays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from dsl import tree
from dsl.check.header import NO_CURRENCY
from dsl.check.people import applies, conditions, sorts

from ..paper import Block, Items, Paragraph, Table
from .speaker import Narrator

COLUMNS = 8  # sorts of people that a table shows beside one another
TERMS: tuple[tuple[tree.ProseTopic, str, str, str], ...] = (
    ("due", "terms.no_due", "terms.due", "terms.due_of"),
    ("grounds", "terms.no_grounds", "terms.grounds", "terms.grounds_of"),
)
PARTS: Mapping[tree.ProseWord, str] = {
    "salary": "parts.salary",
    "bonus": "parts.bonus",
    "commission": "parts.commission",
    "variable": "parts.variable",
    "total": "parts.total",
}


def general(speaker: Narrator) -> Iterator[Block]:
    """The purpose, what the author says of the plan, since when it holds, and its currency."""
    say, compiled, header = speaker.say, speaker.compiled, speaker.compiled.checked.header
    title = speaker.quoted(compiled.title)
    yield Paragraph(say("general.purpose", title=title, version=compiled.kernel.version))
    for text in speaker.told("about"):
        yield Paragraph(text)
    if header is not None and header.effect is not None:
        yield Paragraph(say("general.effect", day=speaker.day(header.effect)))
    else:
        yield Paragraph(say("general.no_effect", blank=say("blank")))
    if speaker.currency != NO_CURRENCY:
        yield Paragraph(say("general.currency", currency=speaker.currency))
    numbers = speaker.numbers
    if "figures" in numbers and "facts" in numbers:
        yield Paragraph(say("general.labels", facts=numbers["facts"], figures=numbers["figures"]))
    elif "facts" in numbers:
        yield Paragraph(say("general.only_facts", facts=numbers["facts"]))
    if speaker.compiled.kernel.law == "RF":
        yield Paragraph(say("general.law"))


def people(speaker: Narrator) -> Iterator[Block]:
    """Whom the plan concerns, and what it tells people apart by."""
    say, scope = speaker.say, speaker.scope
    told = speaker.told("concerns")
    for text in told:
        yield Paragraph(say("people.concerns", text=text))
    if not told:
        yield Paragraph(say("people.nobody", blank=say("blank")))
    asked = [name for name, fact in scope.facts.items() if isinstance(fact.kind, tree.Choices)]
    if asked:
        yield Paragraph(say("people.attributes"))
        heads = (say("people.attribute"), say("people.values"))
        yield Table(heads, tuple((speaker.label(name), ", ".join(scope.choices(name))) for name in asked))
    several = list(
        islice(sorts(scope, (test for kpi in scope.kpis.values() for test in conditions(kpi))), 100)
    )
    if 1 < len(several) <= COLUMNS:
        yield Paragraph(say("people.lines"))
        columns = (", ".join(sort.values.values()) for sort in several)
        rows = tuple(
            (
                speaker.label(name),
                *(say("dash") if applies(kpi, sort) is False else say("yes") for sort in several),
            )
            for name, kpi in scope.kpis.items()
        )
        yield Table((say("people.line"), *columns), rows)


def terms(speaker: Narrator) -> Iterator[Block]:
    """When it is paid, on what grounds, and what a period is."""
    say = speaker.say
    for topic, nothing, of_all, of_one in TERMS:
        lines = [one for one in speaker.scope.lines if isinstance(one, tree.Prose) and one.topic == topic]
        if not lines:
            yield Paragraph(say(nothing, blank=say("blank")))
        for line in lines:
            if (about := _about(speaker, line)) is None:
                yield Paragraph(say(of_all, text=line.text.text))
            else:
                yield Paragraph(say(of_one, name=about, text=line.text.text))
    yield Paragraph(say("terms.period"))


def _about(speaker: Narrator, line: tree.Prose) -> str | None:
    """What a paragraph is about, as people call it."""
    if line.name is not None:
        return speaker.called(line.name.text)
    return None if line.word is None else speaker.quoted(speaker.say(PARTS[line.word]))


def order(speaker: Narrator) -> Iterator[Block]:
    """The order of operations, as far as the plan has them."""
    scope, say = speaker.scope, speaker.say
    clauses = [part for line in scope.lines for part in getattr(line, "clauses", ())]
    kpis = bool(scope.kpis)
    capped = any(isinstance(part, tree.Cap) and part.base == "attainment" for part in clauses)
    acting = any(part.declared.about == "pay" for part in clauses)
    groups = [scope.bonus, scope.variable, scope.total, *scope.sections.values()]
    limited = any(part.declared.settles for line in groups if line is not None for part in line.clauses)
    reduced = any(line.word == "reduction" for line in scope.pays.values())
    paid = bool(speaker.compiled.kernel.lines)
    steps = {
        "order.records": bool(scope.tables),
        "order.figures": bool(scope.figures),
        "order.target": kpis,
        "order.attainment": kpis,
        "order.attainment_cap": capped,
        "order.worth": kpis,
        "order.share": kpis,
        "order.earned": bool(scope.pays),
        "order.clauses": acting,
        "order.rounding": paid,
        "order.groups": limited,
        "order.reductions": reduced,
        "order.total": paid,
    }
    yield Paragraph(say("order.intro"))
    yield Items(tuple(say(name, unit=speaker.unit) for name, there in steps.items() if there), ordered=True)
