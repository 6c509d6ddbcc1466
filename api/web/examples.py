"""Examples for the contract: requests made from the plans that are served, with their true answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from dsl.faults import Fault
from dsl.record import plain
from dsl.source import Source
from dsl.translate import translate
from dsl.words import LANGS, Lang
from dsl.write import write
from engine.compile import Compiled, read_plan
from engine.evaluate import Result
from engine.examples import run
from engine.facts import Person
from engine.regulation import regulation
from engine.schema import schema
from engine.statement import document as statement
from engine.statement.answer import Statement

from .. import curves, diff, receipts
from ..checks import checked
from ..documents import page
from ..files import FileEntry as Somebody
from ..files import People
from ..plans import PlanList, history, listed, revised, shelved
from ..store import Shelf, ShelvedPlan
from .check import Formatted, Translated

Example = dict[str, Any]

FIRST = ("ivanov", "иванов")  # the reference case, where it is served
NUMBER = re.compile(r"(?<=salary )[0-9]+|(?<=оклад )[0-9]+")
SHOWN = 3  # plans that examples are made from


@dataclass(frozen=True, slots=True)
class Sample:
    """A person whom an example of a plan pays, with the result."""

    entry: ShelvedPlan
    compiled: Compiled
    person: Person
    result: Result

    @property
    def request(self) -> Example:
        """What is sent to have the person paid."""
        return {"plan": self.entry.id, **self.sent, "lang": self.lang}

    @property
    def sent(self) -> Example:
        """The person as one of a request."""
        person = self.person
        targets = {"targets": person.targets} if person.targets else {}
        tables = {"tables": person.tables.raw} if person.tables and person.tables.raw else {}
        facts = {"facts": person.facts, **targets, **tables}
        return {"employee": person.employee, "period": person.period, **facts}

    @property
    def revision(self) -> str | None:
        """The commit that its text is of."""
        return self.entry.revision.id if self.entry.revision else None

    @property
    def lang(self) -> Lang:
        """The language of the plan, in which its reader is answered."""
        return self.compiled.checked.lang


def samples(shelf: Shelf) -> list[Sample]:
    """The first examples of some plans, the reference case before the others."""
    entries = sorted(shelf.ready, key=lambda entry: not entry.id.startswith(FIRST))
    found = (sample for entry in entries if (sample := _sample(entry)) is not None)
    return list(islice(found, SHOWN))


def _sample(entry: ShelvedPlan) -> Sample | None:
    compiled = entry.compiled
    if compiled is None:
        return None
    for outcome in run(compiled):
        if outcome.passed and isinstance(outcome.result, Result):
            return Sample(entry, compiled, replace(outcome.person, employee="0042"), outcome.result)
    return None


# ── What is shown where ───────────────────────────────────────────────────────────────────────────────────


def requests(shelf: Shelf) -> dict[str, Example]:
    """The examples of requests, by the names of operations and of the examples."""
    shown: dict[str, Example] = {}
    for sample in samples(shelf):
        title, person, receipt = sample.entry.id, sample.sent, plain(_receipt(sample))
        plan, lang = {"plan": title}, {"lang": sample.lang}
        people = [person, {**person, "employee": "0043"}]
        by_plan = {
            "evaluate": {**plan, **person, **lang},
            "evaluate_batch": {**plan, "people": people, **lang},
            "receipt": {**plan, **person, **lang},
            "receipt_batch": {**plan, "people": people, **lang},
            "check": {**plan, **lang},
            "format": {**plan, **lang},
            "translate": {**plan, "to": _other(sample.lang), **lang},
        }
        others = {
            "verify": receipt,
            "simulate": {**plan, "people": people, **lang},
            "diff": {**_sides(sample), "people": [person], **lang},
            "bridge": {"old": receipt, "new": receipt, **lang},
        }
        for name, body in {**by_plan, **others}.items():
            shown.setdefault(name, {})[title] = {"value": body}
        for name, body in by_plan.items():
            brought = {field: value for field, value in body.items() if field != "plan"}
            brought = {"source": sample.compiled.source.typed, **brought}
            shown[name][f"{title}, its text with the request"] = {"value": brought}
    return shown


def _other(lang: Lang) -> Lang:
    return next(other for other in LANGS if other != lang)


def _sides(sample: Sample) -> Example:
    """A plan, and the same with one weight, rate or amount raised by one."""
    text = sample.compiled.source.typed
    raised = (text[: one.start()] + str(int(one[0]) + 1) + text[one.end() :] for one in NUMBER.finditer(text))
    new = next((text for text in raised if isinstance(read_plan(Source("source", text)), Compiled)), text)
    return {"old": {"plan": sample.entry.id}, "new": {"source": new}}


def _receipt(sample: Sample, *others: str) -> receipts.Receipt:
    """The receipt of a sample's person, and of others of whom the same is known."""
    people = [sample.person, *(replace(sample.person, employee=one) for one in others)]
    return receipts.issued(sample.compiled, sample.entry.id, sample.lang, people, sample.revision)


def _statement(sample: Sample) -> Statement:
    """What the sample's person is answered."""
    answer = statement(sample.result, sample.lang, sample.entry.id, sample.revision)
    return replace(answer, employee=sample.person.employee)


def _compared(sample: Sample) -> diff.PlanComparison:
    """The answer to the example of a comparison."""
    new = Source("source", _sides(sample)["new"]["source"])
    old = diff.Edition(sample.entry.id, None, sample.compiled.source, sample.compiled)
    pair = diff.Pair("source", old, diff.side("source", None, new), People(iter([Somebody(sample.person)])))
    return diff.document([pair], sample.lang).answer


def answers(shelf: Shelf) -> dict[str, Example]:
    """The examples of answers, by the names of operations and of the examples."""
    shown: dict[str, Example] = {"fault": {"P501": {"value": plain(page("P501", "en"))}}}
    for sample in samples(shelf):
        title, lang, plan = sample.entry.id, sample.lang, sample.compiled.checked
        text, other, timeline = write(plan.parsed.tree), _other(lang), shelf.timeline(title)
        assert not isinstance(timeline, Fault)
        lines = curves.curves(sample.compiled, None, ())
        documents = {
            "evaluate": _statement(sample),
            "receipt": _receipt(sample),
            "receipt_batch": _receipt(sample, "0043"),
            "diff": _compared(sample),
            "verify": receipts.document(receipts.checked(plain(_receipt(sample))), lang),
            "check": checked(plan, sample.compiled, lang),
            "format": Formatted(text, text != plan.source.text),
            "translate": Translated(translate(plan.parsed, other).text or "", other),
            "plans": PlanList(revised(shelf.revision), (listed(sample.entry, lang),)),
            "plan": shelved(sample.entry, lang),
            "plan_versions": history(timeline, lang),
            "plan_inputs": schema(sample.compiled, lang),
            "plan_curve": {} if isinstance(lines, tuple) else curves.document(lines, lang),
            "plan_regulation": regulation(sample.compiled, lang),
        }
        for name, document in documents.items():
            shown.setdefault(name, {})[title] = {"value": plain(document)}
    return shown
