"""The answer as data: the same document from every door."""

from __future__ import annotations

import hashlib

from dsl import faults
from dsl.words import Lang

from .. import VERSION
from ..evaluate import Result
from ..money import plain
from ..scales import held
from .script import script
from .show import quantity, vocabulary

Document = dict[str, object]


def document(result: Result, lang: Lang, plan_id: str | None, revision: str | None = None) -> Document:
    """The answer: who, when, how much, line by line with the reasons, by which plan, and what was presumed.

    Amounts are decimal texts with every digit of the currency's minor unit. `plan_id` is None for a plan that
    came with the request; `revision` is the commit that its text is of, None where it is of none. The
    warnings are about this answer; advice to the plan's author is none of the employee's business.
    """
    compiled, facts = result.compiled, result.facts
    kernel, heading = result.kernel, compiled.checked.header
    spoken = script(result, lang)
    explained = spoken.explain(result)
    numbers, source, digits = result.numbers, compiled.source, kernel.digits
    lines: list[Document] = []
    for part, minor, sentences in zip(spoken.parts, result.amounts, explained, strict=True):
        if not minor and part.silent:
            continue
        entry = part.entry.copy()
        entry["amount"] = plain(minor, digits)
        if part.attainment is not None:
            entry["attainment"], entry["attainment_exact"] = (say(numbers) for say in part.attainment)
        if part.carried is not None:
            entry["carried"] = plain(part.carried(numbers), digits)
        entry["explanation"] = sentences
        entry["facts"] = [
            {"name": name, "label": label, "value": say(numbers), "exact": exact(numbers)}
            for name, label, say, exact in part.facts
        ]
        lines.append(entry)
    return {
        "employee": facts.employee,
        "period": facts.period.text,
        "currency": kernel.currency,
        "total": plain(result.total, digits),
        "lines": lines,
        "plan": {
            "id": plan_id,
            "title": heading.title if heading else "",
            "version": kernel.version,
            "revision": revision,
            "digest": compiled.kernel.digest,
        },
        "engine": f"premia {VERSION}",
        "facts_digest": facts_digest(result),
        "presumed": presumptions(result, lang),
        "warnings": [faults.document(fault, source, lang) for fault in result.warnings],
    }


def facts_digest(result: Result) -> str:
    """SHA-256, in hexadecimal, of the facts as they were understood.

    One line `role name = exact value` for each attribute, and for each input of people of that sort.
    """
    whole = result.compiled.kernel.inputs
    sort = zip(result.compiled.attributes, result.facts.sort, strict=True)
    rows = [f"actual {whole[index].name} = {whole[index].choices[value]}\n" for index, value in sort]
    for entry, number, scale in zip(
        result.kernel.inputs, result.facts.inputs, result.facts.shape.scales, strict=True
    ):
        value = "-" if number is None else held(number, scale)
        rows.append(f"{entry.role} {entry.name} = {value}\n")
    return hashlib.sha256("".join(rows).encode()).hexdigest()


def presumptions(result: Result, lang: Lang) -> list[Document]:
    """What nobody gave and the plan said, in the reader's language."""
    return [_presumed(result, lang, entry.what, entry.name) for entry in result.facts.presumed]


def _presumed(result: Result, lang: Lang, what: str, name: str) -> Document:
    kernel = result.kernel
    role = "actual" if what == "default" else "target"
    entry = next(
        entry for entry in result.compiled.kernel.inputs if entry.name == name and entry.role == role
    )
    if entry.default is not None and entry.choices:
        value = entry.choices[int(entry.default)]
    elif entry.default is not None:
        value = quantity(entry.default, entry.kind, lang)[0]
    else:
        step = next(step for step in kernel.steps if step.role == "target" and step.name == name)
        exact = result.value(step.value)
        value = "" if exact is None else quantity(exact, entry.kind, lang)[0]
    label = result.compiled.checked.scope.label(name)
    text = vocabulary(lang)[what].format(label=label, value=value)
    return {"what": what, "name": name, "value": value, "text": text}
