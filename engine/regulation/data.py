"""What is computed from: the data that a person's pay needs, tables of records, and groups of people."""

from __future__ import annotations

from collections.abc import Iterator

from ..kernel import Input
from ..paper import Block, Paragraph, Table
from ..schema import came_from, inputs
from ..statement.show import presumed
from .records import groups, records
from .speaker import Narrator, whole


def facts(speaker: Narrator) -> Iterator[Block]:
    """The table of the data: what each is, where it comes from, and what happens without it."""
    say = speaker.say
    yield Paragraph(say("facts.intro"))
    heads = tuple(map(say, ("facts.name", "facts.kind", "facts.source", "facts.missing")))
    if rows := tuple(_row(speaker, entry) for entry in inputs(speaker.compiled)):
        yield Table(heads, rows)
    yield from records(speaker)
    yield from groups(speaker)


def _row(speaker: Narrator, entry: Input) -> tuple[str, ...]:
    say, name = speaker.say, entry.name
    label, kind = speaker.label(name), speaker.kind(entry.kind, entry.choices, signed=entry.signed)
    if entry.role == "target":
        missing = say("facts.plan_target") if entry.optional else say("facts.needed")
        return say("facts.own_target", name=label), kind, say("dash"), missing
    called = [label, *([] if label == name else [say("facts.named", name=name)])]
    # What is said of a KPI stands beside its rules.
    if name not in speaker.scope.kpis and name not in speaker.scope.pays:
        called += speaker.told("about", name)
    given = speaker.compiled.checked.inputs.get(name)  # which group somebody is in is no fact of the plan
    source = None if given is None else came_from(given.source, given.sources, speaker.lang)
    missing = say("dash") if entry.optional else say("facts.needed")
    if entry.opens is not None:
        called += [say("facts.opens")]
    if entry.default is not None:
        missing = whole(say("facts.presumed", value=presumed(entry, speaker.lang)))
    return "\n".join(called), kind, source or say("dash"), missing
