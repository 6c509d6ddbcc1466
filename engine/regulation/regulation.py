"""The regulation on bonuses, made from one version of a plan."""

from __future__ import annotations

from collections.abc import Iterator

from dsl.words import Lang
from dsl.write import write

from .. import VERSION
from ..compiled import Compiled
from ..examples import run
from . import data, kpi, opening, pays, worked
from .model import Block, Document, Listing, Paragraph, Section, Table, numbered
from .speaker import Speaker

SIGNERS = 8  # empty rows for those who are made acquainted
APPENDICES = frozenset({"plan"})


def regulation(compiled: Compiled, lang: Lang) -> Document:
    """The document of a plan in a language, whichever the plan is written in. No amount in it hangs on prose."""
    names = [name for name, there in _there(compiled).items() if there]
    numbers = {name: str(number) for number, name in enumerate(names, 1)}
    speaker = Speaker(compiled, lang, numbers)
    say, header = speaker.say, compiled.checked.header
    sections = (Section(name, say(f"sections.{name}"), tuple(_blocks(speaker, name))) for name in names)
    facts = [say("version", version=compiled.kernel.version)]
    if header is not None and header.effect is not None:
        facts.append(say("general.effect", day=speaker.day(header.effect)))
    return Document(
        lang,
        say("title"),
        header.title if header else "",
        tuple(facts),
        tuple(say(name) for name in ("approve", "approver", "approved")),
        tuple(numbered(sections, APPENDICES)),
    )


def _there(compiled: Compiled) -> dict[str, bool]:
    """The sections in their order, and whether this plan has each."""
    scope = compiled.checked.scope
    paying = any(line.word != "deduction" for line in scope.pays.values())
    return {
        "general": True,
        "people": True,
        "sizes": True,
        "terms": True,
        "kpis": scope.bonus is not None,
        "pays": paying,
        "deductions": True,
        "order": True,
        "facts": any(entry.role != "period" for entry in compiled.kernel.inputs),
        "figures": bool(scope.figures),
        "examples": bool(scope.examples),
        "acquainted": True,
        "plan": True,
    }


def _blocks(speaker: Speaker, name: str) -> Iterator[Block]:
    """The blocks of a section."""
    bonus = speaker.scope.bonus
    match name:
        case "general":
            return opening.general(speaker)
        case "people":
            return opening.people(speaker)
        case "sizes":
            return pays.sizes(speaker)
        case "terms":
            return opening.terms(speaker)
        case "kpis" if bonus is not None:
            return kpi.kpis(speaker, bonus)
        case "pays":
            return pays.pays(speaker)
        case "deductions":
            return pays.deductions(speaker)
        case "order":
            return opening.order(speaker)
        case "facts":
            return data.facts(speaker)
        case "figures":
            return data.figures(speaker)
        case "examples":
            return worked.worked(speaker, run(speaker.compiled))
        case "acquainted":
            return _acquainted(speaker)
        case _:
            return _plan(speaker)


def _acquainted(speaker: Speaker) -> Iterator[Block]:
    say, kernel = speaker.say, speaker.compiled.kernel
    header = speaker.compiled.checked.header
    title = speaker.quoted(header.title if header else "")
    pinned = {"version": kernel.version, "digest": kernel.digest, "engine": f"premia {VERSION}"}
    yield Paragraph(say("acquainted.version", title=title, **pinned))
    yield Paragraph(say("acquainted.change"))
    yield Paragraph(say("acquainted.intro"))
    names = ("person", "job", "date", "signature")
    heads = (say("number"), *(say(f"acquainted.{name}") for name in names))
    yield Table(heads, tuple((str(row), *[""] * len(names)) for row in range(1, SIGNERS + 1)))


def _plan(speaker: Speaker) -> Iterator[Block]:
    """The plan itself, in the language that it is written in, so that anybody can compute by it."""
    yield Paragraph(speaker.say("plan.intro"))
    yield Listing(write(speaker.compiled.checked.parsed.tree))
