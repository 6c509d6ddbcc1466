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
from ..plans import PlanList, Versions, history, listed, revised, shelved
from ..store import Shelf, ShelvedPlan
from .check import Formatted, Translated

Example = dict[str, Any]

FIRST = ("ivanov", "иванов")  # the reference case, where it is served
NUMBER = re.compile(r"(?<=salary )[0-9]+|(?<=оклад )[0-9]+")
SHOWN = 3  # plans that examples are made from


@dataclass(frozen=True, slots=True)
class Sample:
    """A person whom an example of a plan pays, as a request, with the result."""

    entry: ShelvedPlan
    compiled: Compiled
    request: Example
    result: Result

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
            person, result = outcome.person, outcome.result
            body: Example = {
                "plan": entry.id,
                "employee": "0042",
                "period": person.period,
                "facts": person.facts,
            }
            if person.targets:
                body["targets"] = person.targets
            return Sample(entry, compiled, {**body, "lang": compiled.checked.lang}, result)
    return None


# ── What is shown where ───────────────────────────────────────────────────────────────────────────────────


def requests(shelf: Shelf) -> dict[str, Example]:
    """The examples of requests, by the names of operations and of the examples."""
    shown: dict[str, Example] = {}
    for sample in samples(shelf):
        title, person = sample.entry.id, dict(sample.request)
        plan, lang = {"plan": person.pop("plan")}, {"lang": person.pop("lang")}
        text = {"source": sample.compiled.source.typed}
        other = next(lang for lang in LANGS if lang != sample.lang)
        bodies = {
            "evaluate": {**plan, **person, **lang},
            "evaluate_batch": {
                **plan,
                "people": [person, {**person, "employee": "0043"}],
                **lang,
            },
            "receipt": {**plan, **person, **lang},
            "check": {**plan, **lang},
            "format": {**plan, **lang},
            "translate": {**plan, "to": other, **lang},
        }
        for name, body in bodies.items():
            shown.setdefault(name, {})[title] = {"value": body}
            brought = {**text, **{field: value for field, value in body.items() if field != "plan"}}
            shown[name][f"{title}, its text with the request"] = {"value": brought}
        shown.setdefault("verify", {})[title] = {"value": plain(_receipt(sample))}
        history = {**plan, "people": [person, {**person, "employee": "0043"}], **lang}
        shown.setdefault("simulate", {})[title] = {"value": history}
        shown.setdefault("diff", {})[title] = {"value": {**_sides(sample), "people": [person], **lang}}
        both = {"old": plain(_receipt(sample)), "new": plain(_receipt(sample)), **lang}
        shown.setdefault("bridge", {})[title] = {"value": both}
    return shown


def _versions(shelf: Shelf, sample: Sample) -> Versions:
    """The versions of a sample's plan."""
    timeline = shelf.timeline(sample.entry.id)
    assert not isinstance(timeline, Fault)
    return history(timeline, sample.lang)


def _sides(sample: Sample) -> Example:
    """A plan, and the same with one weight, rate or amount raised by one."""
    text = sample.compiled.source.typed
    raised = (text[: one.start()] + str(int(one[0]) + 1) + text[one.end() :] for one in NUMBER.finditer(text))
    new = next((text for text in raised if isinstance(read_plan(Source("source", text)), Compiled)), text)
    return {"old": {"plan": sample.entry.id}, "new": {"source": new}}


def _receipt(sample: Sample) -> receipts.Receipt:
    """The receipt of a sample's person."""
    request = sample.request
    person = Person(request["employee"], request["period"], request["facts"], request.get("targets", {}))
    answer = _statement(sample)
    return receipts.issued(sample.compiled, sample.entry.id, sample.lang, [(person, answer)], sample.revision)


def _statement(sample: Sample) -> Statement:
    """What the sample's person is answered."""
    answer = statement(sample.result, sample.lang, sample.entry.id, sample.revision)
    return replace(answer, employee=sample.request["employee"])


def _compared(sample: Sample) -> diff.PlanComparison:
    """The answer to the example of a comparison."""
    new = Source("source", _sides(sample)["new"]["source"])
    request = sample.request
    person = Person(request["employee"], request["period"], request["facts"], request.get("targets", {}))
    old = diff.Edition(sample.entry.id, None, sample.compiled.source, sample.compiled)
    pair = diff.Pair("source", old, diff.side("source", None, new), People(iter([Somebody(person)])))
    return diff.document([pair], sample.lang).answer


def answers(shelf: Shelf) -> dict[str, Example]:
    """The examples of answers, by the names of operations and of the examples."""
    shown: dict[str, Example] = {"fault": {"P501": {"value": plain(page("P501", "en"))}}}
    for sample in samples(shelf):
        title, lang, plan = sample.entry.id, sample.lang, sample.compiled.checked
        text = write(plan.parsed.tree)
        other = next(lang for lang in LANGS if lang != sample.lang)
        documents = {
            "evaluate": _statement(sample),
            "receipt": _receipt(sample),
            "diff": _compared(sample),
            "verify": receipts.document(receipts.checked(plain(_receipt(sample))), lang),
            "check": checked(plan, sample.compiled, lang),
            "format": Formatted(text, text != plan.source.text),
            "translate": Translated(translate(plan.parsed, other).text or "", other),
            "plans": PlanList(revised(shelf.revision), (listed(sample.entry, lang),)),
            "plan": shelved(sample.entry, lang),
            "plan_versions": _versions(shelf, sample),
            "plan_inputs": schema(sample.compiled, lang),
            "plan_curve": _curves(sample.compiled, lang),
            "plan_regulation": regulation(sample.compiled, lang),
        }
        for name, document in documents.items():
            shown.setdefault(name, {})[title] = {"value": plain(document)}
    return shown


def _curves(compiled: Compiled, lang: Lang) -> object:
    """The curves of a plan."""
    found = curves.curves(compiled, None, ())
    return {} if isinstance(found, tuple) else curves.document(found, lang)
