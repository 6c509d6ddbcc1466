"""What the doors answer besides statements, as data: the same documents over HTTP and on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dsl import faults
from dsl.check import Checked, Header
from dsl.faults import Fault
from dsl.source import Source
from dsl.words import Lang
from engine.compiled import Compiled
from engine.evaluate import pay
from engine.facts import Person
from engine.kernel import Input
from engine.statement import document as statement

from .inputs import written
from .store import Entry

Document = dict[str, object]


def evaluated(
    compiled: Compiled, person: Person, lang: Lang, plan: str | None
) -> Document | tuple[Fault, ...]:
    """The statement of a person, or every fault that stands in its way."""
    result = pay(compiled, person)
    return result if isinstance(result, tuple) else statement(result, lang, plan)


def found(several: Iterable[Fault], source: Source | None, lang: Lang) -> list[Document]:
    """Faults as data, in the reader's language."""
    return [faults.document(fault, source, lang) for fault in several]


def refused(
    employee: str | None, period: str | None, several: Iterable[Fault], source: Source | None, lang: Lang
) -> Document:
    """The row of a batch for somebody who could not be paid."""
    return {"employee": employee, "period": period, "faults": found(several, source, lang)}


def checked(plan: Checked, compiled: Compiled | tuple[Fault, ...], lang: Lang) -> Document:
    """The answer to a check: whether the plan can pay, what is wrong with it, and what it is."""
    ready = isinstance(compiled, Compiled)
    several = plan.faults if isinstance(compiled, Compiled) else compiled
    digest = compiled.kernel.digest if isinstance(compiled, Compiled) else None
    heading = _heading(plan.header, digest)
    return {"ok": ready, "faults": found(several, plan.source, lang), "plan": heading}


def listed(entry: Entry, lang: Lang) -> Document:
    """A plan of a shelf in a few words."""
    digest = entry.compiled.kernel.digest if entry.compiled else None
    return {
        "id": entry.id,
        "file": entry.file,
        "ready": entry.compiled is not None,
        "lang": entry.checked.lang if entry.checked else None,
        "plan": _heading(entry.checked.header if entry.checked else None, digest),
        "faults": found(entry.faults, entry.source, lang),
    }


def shelved(entry: Entry, lang: Lang) -> Document:
    """A plan of a shelf whole: its text, its canonical form with the digest, and its interface."""
    compiled = entry.compiled
    return {
        **listed(entry, lang),
        "text": entry.source.typed if entry.source else None,
        "canonical": compiled.kernel.canonical if compiled else None,
        "interface": interface(compiled) if compiled else None,
    }


def interface(compiled: Compiled) -> Document:
    """What a plan reads and which lines it pays."""
    kernel, scope = compiled.kernel, compiled.checked.scope
    return {
        "facts": [_input(compiled, entry) for entry in kernel.inputs if entry.role == "actual"],
        "targets": [_input(compiled, entry) for entry in kernel.inputs if entry.role == "target"],
        "lines": [
            {"name": line.name, "label": scope.label(line.name), "kind": line.kind} for line in kernel.lines
        ],
    }


def page(code: str, lang: Lang) -> Mapping[str, object]:
    """The page of a code: what it is, why it is a fault, and how it is repaired."""
    entry = faults.message(code, lang)
    return {"code": code, "title": entry.title, "why": entry.why, "wrong": entry.wrong, "right": entry.right}


def _heading(header: Header | None, digest: str | None) -> Document | None:
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


def _input(compiled: Compiled, entry: Input) -> Document:
    return {
        "name": entry.name,
        "label": compiled.checked.scope.label(entry.name),
        "kind": entry.kind,
        "needed": entry.default is None and not entry.optional,
        "can_be_negative": entry.signed,
        "default": None if entry.default is None else written(entry.default, entry),
    }
