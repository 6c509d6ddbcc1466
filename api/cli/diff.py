"""`premia diff`: what a change of plans means, what it pays, and whom."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from dsl.faults import Fault
from dsl.parse import parse
from dsl.source import Source
from dsl.words import LANGS, words
from engine.compile import Compiled
from engine.facts import Origins, SentTables

from .. import diff as comparing
from .. import files
from ..diff import Edition, Pair
from ..store import NamedPlan, gather, is_folder, named
from ..tables import unknown
from .common import said_origins, sent_tables
from .imports import Mapped, mapped
from .reader import Reader
from .reports import drawn

SUFFIXES = (".json", ".yaml", ".yml", ".csv", ".tsv")  # of a facts file beside others, in this order
TROUBLE = 2


def diff(
    arguments: tuple[str, str],
    facts: Path | None,
    form: str,
    reader: Reader,
    tables: Sequence[str] = (),
    maps: Sequence[str] = (),
    sources: Sequence[str] = (),
    *,
    pictures: bool = False,
) -> int:
    """Compare two plans, or all plans of two folders; as diff(1) ends, with 0, 1 or 2.

    `form` is `text`, `markdown` or `html`.
    """
    pairs, stray = _pairs(arguments)
    if (tables or maps or sources) and facts is None:
        reader.complain(reader.words("missing", name="--facts"))
        return TROUBLE
    said = said_origins(sources, reader)
    brought = Mapped() if facts is None else mapped(maps, arguments[1], facts, reader, {})
    origins = Origins(said.whole, {**brought.origins, **said.named})
    sent, _ = sent_tables(tables, reader, origins, brought.tables)
    opened, unread = _peopled(pairs, facts, sent, said, brought.people)
    stray += unread
    whole = comparing.document(opened, reader.lang, stray)
    if reader.json:
        reader.data(whole.answer)
        return whole.code
    shown: str | Fault
    match form:
        case "markdown":
            shown = comparing.markdown(whole, reader.lang)
        case "html":
            shown = comparing.html(whole, reader.lang)
        case _:
            shown = comparing.text(whole, reader.lang, drawn=pictures or sys.stdout.isatty())
    if isinstance(shown, Fault):
        reader.complain(*drawn([shown], None, reader))
        return TROUBLE
    if stray:
        reader.complain(*drawn(stray, None, reader), "")
    for one in (side for pair in opened for side in (pair.old, pair.new) if side is not None):
        if isinstance(one.compiled, tuple):
            reader.complain(*drawn(one.compiled, one.source, reader), "")
    if form == "text" and shown:
        reader.say(shown)
    elif form != "text":
        print(shown, end="")
    return whole.code


# ── Which plans ──────────────────────────────────────────────────────────────────────────────────────────


def _pairs(arguments: tuple[str, str]) -> tuple[list[Pair], list[Fault]]:
    """The plans on both sides: the two that were named, or those of two folders by their ids."""
    folders = [is_folder(argument) for argument in arguments]
    if folders[0] != folders[1]:
        folder, file = arguments if folders[0] else arguments[::-1]
        return [], [Fault("P720", facts={"folder": folder, "file": file})]
    if folders[0]:
        return _of_folders(arguments)
    old, new = (named(argument) for argument in arguments)
    if isinstance(old, Fault) or isinstance(new, Fault):
        return [], [one for one in (old, new) if isinstance(one, Fault)]
    return [Pair(new.id, _side(old, old.read()), _side(new, new.read()))], []


def _of_folders(arguments: tuple[str, str]) -> tuple[list[Pair], list[Fault]]:
    faults: list[Fault] = []
    sides = []
    for argument in arguments:
        found, strange = gather([argument])
        # A folder without plans is the whole of what was added, or removed.
        faults += [fault for fault in strange if fault.code != "P680"]
        sides.append(_by_id(found, argument, faults))
    pairs = []
    for plan in sorted({*sides[0], *sides[1]}):
        old, new = (side.get(plan) for side in sides)
        texts = [None if one is None else one.read() for one in (old, new)]
        if not (_same(*texts) or all(map(_shared, texts))):
            before, after = (_side(one, text) for one, text in zip((old, new), texts, strict=True))
            pairs.append(Pair(plan, before, after))
    return pairs, faults


def _by_id(found: Sequence[NamedPlan], folder: str, faults: list[Fault]) -> Mapping[str, NamedPlan]:
    """Plans by their ids; two of one id cannot be told apart."""
    known: dict[str, NamedPlan] = {}
    for plan in found:
        if plan.id in known:
            names = (known[plan.id].name, plan.name)
            faults.append(Fault("P722", facts={"plan": plan.id, "folder": folder, "files": names}))
        known.setdefault(plan.id, plan)
    return known


Read = Source | Fault | None


def _same(one: Read, other: Read) -> bool:
    """Whether two texts are one text, which includes none that may differ."""
    if not isinstance(one, Source) or not isinstance(other, Source) or one.typed != other.typed:
        return False
    included = (spelling for lang in LANGS for spelling in words(lang).spellings["include"])
    return not any(spelling in one.typed.casefold() for spelling in included)


def _shared(text: Read) -> bool:
    """Whether a text is no plan: there is none, or it holds what plans share and is compared with these."""
    return text is None or (isinstance(text, Source) and parse(text).definitions is not None)


def _side(plan: NamedPlan | None, text: Read) -> Edition | None:
    if plan is None or text is None:
        return None
    revision = None if plan.revision is None else plan.revision.id
    return comparing.side(plan.name, revision, text)


# ── Whom they pay ────────────────────────────────────────────────────────────────────────────────────────


def _peopled(
    pairs: Sequence[Pair],
    facts: Path | None,
    tables: SentTables | None,
    origins: Origins,
    exported: files.People | None,
) -> tuple[list[Pair], list[Fault]]:
    """The pairs with their people: those of the file, or of a folder's file that is called as the plan."""
    if facts is None:
        return [*pairs], []
    whole = None if exported is None else ([*exported], exported.notices)  # each pair goes through them anew
    several = (None if whole is None else files.People(iter(whole[0]), whole[1]) for _ in pairs)
    found = [
        (pair, _people(pair, facts, tables, origins, one)) for pair, one in zip(pairs, several, strict=True)
    ]
    faults = [fault for _, people in found if isinstance(people, files.Unread) for fault in people.faults]
    peopled = (
        replace(pair, people=None if isinstance(people, files.Unread) else people) for pair, people in found
    )
    return [*peopled], faults


def _people(
    pair: Pair, facts: Path, tables: SentTables | None, origins: Origins, exported: files.People | None
) -> files.People | files.Unread | None:
    """Those of one pair; None where there is no file for it, or one of the plans cannot pay."""
    plans = [one.compiled for one in (pair.new, pair.old) if one is not None]
    ready = [plan for plan in plans if isinstance(plan, Compiled)]
    called = (facts / f"{pair.id}{suffix}" for suffix in SUFFIXES)
    path = next((one for one in called if one.is_file()), None) if facts.is_dir() else facts
    if path is None or len(ready) < 2:
        return None
    if not facts.is_dir() and (stray := (*unknown(tables, ready),)):
        return files.Unread(stray)
    people = exported or files.read_people(path, *ready)
    return people if isinstance(people, files.Unread) else people.under(origins).bringing(tables, ready)
