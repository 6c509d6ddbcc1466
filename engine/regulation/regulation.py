"""The regulation on bonuses, made from one version of a plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Literal

from dsl.check.scope import TAKEN_OFF
from dsl.check.shared import flat
from dsl.words import Lang
from dsl.write import write

from .. import VERSION
from ..compile import Compiled
from ..paper import Block, Listing, Paper, Paragraph, Section, Table
from ..schema import inputs
from . import data, examples, glossary, kpi, opening, pays
from .speaker import Narrator

SIGNERS = 8  # empty rows for those who are made acquainted
APPENDICES = frozenset({"plan"})


@dataclass(frozen=True, slots=True)
class Regulation:
    """The whole document; `format` changes when its form does."""

    format: Literal[1] = field(default=1, init=False)
    lang: Lang
    title: str
    subtitle: str
    facts: tuple[str, ...]
    approval: tuple[str, ...]
    sections: tuple[Section, ...]

    @property
    def paper(self) -> Paper:
        """The same, to be written down."""
        return Paper(self.lang, self.title, self.sections, (self.subtitle, *self.facts), self.approval)


def regulation(compiled: Compiled, lang: Lang) -> Regulation:
    """The document of a plan in a language, whichever the plan is written in."""
    told = _told(compiled)
    names = [name for name in BLOCKS if told.get(name, True)]
    numbers = {name: str(number) for number, name in enumerate(names, 1)}
    speaker = Narrator(compiled, lang, numbers)
    say, header = speaker.say, compiled.checked.header
    facts = [say("version", version=compiled.kernel.version)]
    if header is not None and header.effect is not None:
        facts.append(say("general.effect", day=speaker.day(header.effect)))
    return Regulation(
        lang,
        say("title"),
        compiled.title,
        tuple(facts),
        tuple(say(name) for name in ("approve", "approver", "approved")),
        tuple(_section(speaker, name) for name in names),
    )


def _section(speaker: Narrator, name: str) -> Section:
    (title, tell), number = BLOCKS[name], "" if name in APPENDICES else speaker.numbers[name]
    return Section(name, speaker.say(title), tuple(_counted(tell(speaker), number)), number=number)


def _counted(blocks: Iterable[Block], section: str) -> Iterator[Block]:
    """The blocks of a section, each paragraph with its number: `5.2`; none in what has none itself."""
    numbers = count(1)
    for block in blocks:
        yield (
            replace(block, number=f"{section}.{next(numbers)}")
            if section and isinstance(block, Paragraph)
            else block
        )


def _told(compiled: Compiled) -> Mapping[str, bool]:
    """Whether there is anything to say in the sections that need not be there."""
    scope = compiled.checked.scope
    return {
        "kpis": scope.bonus is not None,
        "sizes": scope.salary is not None or scope.bonus is not None or bool(scope.pays),
        "pays": any(line.word not in TAKEN_OFF for line in scope.pays.values()),
        "facts": bool(inputs(compiled) or scope.tables or scope.groups),
        "figures": len(scope.figures) > len(scope.results),
        "results": bool(scope.results),
        "examples": bool(scope.examples),
    }


def _acquainted(speaker: Narrator) -> Iterator[Block]:
    say, kernel = speaker.say, speaker.compiled.kernel
    title = speaker.quoted(speaker.compiled.title)
    pinned = {"version": kernel.version, "digest": kernel.digest, "engine": f"premia {VERSION}"}
    yield Paragraph(say("acquainted.version", title=title, **pinned))
    yield Paragraph(say("acquainted.change"))
    yield Paragraph(say("acquainted.intro"))
    names = ("number", "acquainted.person", "acquainted.job", "acquainted.date", "acquainted.signature")
    rows = ((str(row), "", "", "", "") for row in range(1, SIGNERS + 1))
    yield Table(tuple(map(say, names)), tuple(rows))


def _plan(speaker: Narrator) -> Iterator[Block]:
    """The plan itself, in the language that it is written in, so that anybody can compute by it."""
    yield Paragraph(speaker.say("plan.intro"))
    yield Listing(write(flat(speaker.compiled.checked.parsed).tree))


# What the sections are called and made of, by their names, in their order.
BLOCKS: Mapping[str, tuple[str, Callable[[Narrator], Iterator[Block]]]] = {
    "general": ("sections.general", opening.general),
    "people": ("sections.people", opening.people),
    "sizes": ("sections.sizes", pays.sizes),
    "terms": ("sections.terms", opening.terms),
    "kpis": ("sections.kpis", kpi.kpis),
    "pays": ("sections.pays", pays.pays),
    "reductions": ("sections.reductions", pays.reductions),
    "order": ("sections.order", opening.order),
    "facts": ("sections.facts", data.facts),
    "figures": ("sections.figures", glossary.figures),
    "results": ("sections.results", glossary.results),
    "examples": ("sections.examples", examples.examples),
    "acquainted": ("sections.acquainted", _acquainted),
    "plan": ("sections.plan", _plan),
}
