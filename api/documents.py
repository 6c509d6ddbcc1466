"""What the doors answer besides statements, as data: the same documents over HTTP and on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from dsl import faults
from dsl.check import Header
from dsl.faults import Fault
from dsl.source import Source
from dsl.words import Lang
from engine.compiled import Compiled
from engine.evaluate import Result, pay
from engine.facts import Person
from engine.inputs import inputs
from engine.kernel import Input, Line
from engine.statement import document as statement
from engine.statement import presumptions
from engine.statement.show import quantity, vocabulary
from engine.values import plainly

from .store import Entry, Timeline, Version
from .store.entry import Newer

if TYPE_CHECKING:  # a command that reads files need not wait for git
    from .store.commit import Revision

Document = dict[str, object]

MOST = 100  # faults of one answer
LONGEST = 1024 * 1024  # characters of them, where the names of a plan are endless


def evaluated(
    compiled: Compiled, person: Person, lang: Lang, plan: str | None, revision: str | None = None
) -> Document | tuple[Fault, ...]:
    """The statement of a person, or every fault that stands in its way."""
    result = pay(compiled, person)
    return result if isinstance(result, tuple) else statement(result, lang, plan, revision)


def said(result: Result, lang: Lang) -> list[str]:
    """What goes beside somebody's amounts: what is doubtful, how facts were read, and what was presumed."""
    doubts = [f"{fault.code}: {faults.wording(fault, lang).text}" for fault in result.warnings]
    return [*doubts, *(str(entry["text"]) for entry in presumptions(result, lang))]


def found(several: Iterable[Fault], source: Source | None, lang: Lang) -> list[Document]:
    """Faults as data, in the reader's language: all, or of very many the first, errors before warnings."""
    listed = list(several)
    if len(listed) > MOST:
        listed.sort(key=lambda fault: fault.severity == "warning")
    documents: list[Document] = []
    size = 0
    for fault in listed[:MOST]:
        document = faults.document(fault, source, lang)
        size += len(str(document))
        if documents and size > LONGEST:
            break
        documents.append(document)
    return documents


def refused(
    employee: str | None, period: str | None, several: Iterable[Fault], source: Source | None, lang: Lang
) -> Document:
    """The row of a batch for somebody who could not be paid."""
    return {"employee": employee, "period": period, "faults": found(several, source, lang)}


def listed(entry: Entry, lang: Lang) -> Document:
    """A plan of a shelf in a few words."""
    known, text = entry.summary, entry.text
    return {
        "id": entry.id,
        "file": entry.file,
        "ready": entry.ready,
        "lang": known.lang,
        "plan": heading(known.header, known.digest),
        "revision": revised(entry.revision),
        "faults": found(text.faults, text.source, lang),
        "newer": _newer(entry.newer, lang) if entry.newer else None,
    }


def shelved(entry: Entry, lang: Lang) -> Document:
    """A plan of a shelf whole: its text, its canonical form with the digest, and its interface."""
    compiled = entry.compiled
    return {
        **listed(entry, lang),
        "text": entry.source.typed if entry.source else None,
        "canonical": compiled.kernel.canonical if compiled else None,
        "interface": interface(compiled, lang) if compiled else None,
    }


def revised(revision: Revision | None) -> Document | None:
    """A commit: its id, who made it and when; None of plain files."""
    if revision is None:
        return None
    return {"id": revision.id, "author": revision.author, "date": revision.date.isoformat()}


def _newer(newer: Newer, lang: Lang) -> Document:
    """A newer text of a plan, and why it cannot pay."""
    faulty = found(newer.text.faults, newer.text.source, lang)
    return {"file": newer.file, "revision": revised(newer.revision), "faults": faulty}


def history(timeline: Timeline, lang: Lang) -> Document:
    """The versions of a plan, and why it cannot be told which of them is in effect."""
    versions = [_dated(version) for version in timeline.versions]
    return {"id": timeline.plan, "versions": versions, "faults": found(timeline.faults, None, lang)}


def _dated(version: Version) -> Document:
    """A version of a plan: when it is in effect, and the text that it is."""
    entry, known = version.entry, version.entry.summary
    return {
        "version": version.name,
        "title": known.header.title if known.header else "",
        "first": version.first.isoformat() if version.first else None,
        "last": version.last.isoformat() if version.last else None,
        "replaced": version.replaced,
        "file": entry.file,
        "revision": revised(entry.revision),
        "digest": known.digest,
    }


def interface(compiled: Compiled, lang: Lang) -> Document:
    """What a plan reads and which lines it pays."""
    entries = inputs(compiled)
    return {
        "facts": [_input(compiled, entry, lang) for entry in entries if entry.role == "actual"],
        "targets": [_input(compiled, entry, lang) for entry in entries if entry.role == "target"],
        "lines": [_line(compiled, line, lang) for line in compiled.kernel.lines],
    }


def page(code: str, lang: Lang) -> Mapping[str, object]:
    """The page of a code: what it is, why it is a fault, and how it is repaired."""
    entry = faults.message(code, lang)
    return {"code": code, "title": entry.title, "why": entry.why, "wrong": entry.wrong, "right": entry.right}


def heading(header: Header | None, digest: str | None) -> Document | None:
    """What a plan says about itself; None of a text that is no plan."""
    if header is None:
        return None
    return {
        "title": header.title,
        "version": header.version,
        "in_effect_from": header.effect.isoformat() if header.effect else None,
        "currency": header.currency,
        "about": list(header.about),
        "digest": digest,
    }


def _input(compiled: Compiled, entry: Input, lang: Lang) -> Document:
    return {
        "name": entry.name,
        "label": compiled.checked.scope.label(entry.name),
        "kind": entry.kind,
        "needed": entry.needed,
        "can_be_negative": entry.signed,
        "default": None if entry.default is None else quantity(entry.default, entry.kind, lang)[0],
        "least": None if entry.low is None else plainly(entry.low, entry.kind),
        "most": None if entry.high is None else plainly(entry.high, entry.kind),
        "source": compiled.checked.inputs[entry.name].source if entry.role == "actual" else None,
    }


def _line(compiled: Compiled, line: Line, lang: Lang) -> Document:
    return {"name": line.name, "label": label_of(compiled, line.name, lang), "kind": line.kind}


def label_of(compiled: Compiled, name: str, lang: Lang) -> str:
    """What a reader of a language calls a line of pay."""
    label = compiled.checked.scope.label(name)
    return vocabulary(lang)[label] if label in {"salary", "commission"} else label
