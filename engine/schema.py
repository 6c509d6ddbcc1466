"""What a plan needs to know about a person: its inputs in the author's order, and their JSON Schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product

from dsl.data import phrases
from dsl.period import FORM
from dsl.words import LANGS, Lang, words
from dsl.write.line import accepted

from .compile import Compiled
from .facts.columns import TEXT
from .facts.durations import CLOCK
from .facts.values import defaulted
from .kernel import ColumnInput, Input, RecordsTable
from .statement.show import presumed, quantity

Schema = dict[str, object]

EMPLOYEE = 200  # characters of the longest identifier of a person
PLACES = 28  # digits after the point, so that a percentage with so many is still read
SPACE = "[ \\u00a0\\u2009\\u202f]"
WHOLE = f"(?:[0-9]{{1,30}}|[0-9]{{1,3}}(?:{SPACE}[0-9]{{3}}){{1,9}})"
DATE = "^(?!000[01])[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$"


def _words(lang: Lang) -> Mapping[str, str]:
    return phrases(__package__, lang)


def inputs(compiled: Compiled) -> tuple[Input, ...]:
    """The facts of a plan as its author first names them, and then the targets that are a person's own.

    Which group somebody belongs to comes as a fact too, though nothing is computed from it.
    """
    known = {(entry.role, entry.name): entry for entry in compiled.kernel.inputs}
    tables = {table.name: table for table in compiled.kernel.tables}
    groups = dict.fromkeys(tables[name].told for name in compiled.checked.scope.groups if name in tables)
    apart = {table.told for table in tables.values() if table.led or table.inside}
    known.update({("actual", name): Input(name, "actual", "text", optional=name in apart) for name in groups})
    facts = (("actual", name) for name in (*groups, *compiled.checked.inputs))
    targets = (("target", name) for name in compiled.checked.scope.kpis)
    return tuple(known[key] for key in (*facts, *targets) if key in known)


# What somebody of a sort needs beyond what everybody needs: names of facts and of targets.
Needs = tuple[frozenset[str], frozenset[str]]
SORTS = 100  # sorts of people that a schema tells apart


def sorts(compiled: Compiled) -> Iterator[tuple[dict[str, str], Needs]]:
    """Each sort of people that a plan tells apart: its attributes, and what it cannot do without."""
    attributes = [compiled.kernel.inputs[index] for index in compiled.attributes]
    every = product(*(range(len(entry.choices)) for entry in attributes))
    for chosen in islice(every, SORTS):
        kernel = compiled.variant(chosen).kernel
        facts = frozenset(entry.name for entry in kernel.inputs if entry.role == "actual" and entry.needed)
        targets = frozenset(entry.name for entry in kernel.inputs if entry.role == "target" and entry.needed)
        values = {entry.name: entry.choices[at] for entry, at in zip(attributes, chosen, strict=True)}
        yield values, (facts, targets)


def schema(compiled: Compiled, lang: Lang) -> Schema:
    """The JSON Schema (2020-12) of a person's document: `employee`, `period`, `facts`, and `targets` if any.

    What fits it is read without a fault, but for JSON numbers with more digits than a minor unit has, for
    days that no calendar has, for texts, or parts of one, beyond the bounds of a fact, and for what comes
    from elsewhere than the plan takes it from.
    """
    words = _words(lang)
    told = list(sorts(compiled))
    always = frozenset.intersection(*(needs[0] for _, needs in told))
    asked = {"choice", "text"}
    always |= {entry.name for entry in inputs(compiled) if entry.kind in asked and entry.needed}
    own = frozenset.intersection(*(needs[1] for _, needs in told))
    facts = [entry for entry in inputs(compiled) if entry.role == "actual"]
    targets = [entry for entry in inputs(compiled) if entry.role == "target"]
    properties: Schema = {
        "employee": {
            "description": words["employee"],
            "type": "string",
            "minLength": 1,
            "maxLength": EMPLOYEE,
        },
        "period": {
            "description": words["period"],
            "type": "string",
            "pattern": f"^{FORM.pattern}$",
            "examples": ["2025-07", "2025-Q3", "2025-07-14..2025-08-03"],
        },
        "facts": _table(compiled, facts, always, words["facts"], lang),
    }
    required = ["employee", "period", "facts"]
    if compiled.kernel.sent:
        properties["tables"] = _tables(compiled, lang)
        required.append("tables")
    if compiled.kernel.sourced:
        properties |= _origins(words)
    if targets:
        properties["targets"] = _table(compiled, targets, own, words["targets"], lang)
        if own:
            required.append("targets")
    described: Schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": words["title"].format(title=compiled.title, version=compiled.kernel.version),
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }
    if len(told) > 1:
        described["allOf"] = [_sort(values, needs[0] - always, needs[1] - own) for values, needs in told]
    return described


def _origins(words: Mapping[str, str]) -> Schema:
    """Where all of it came from, and single facts and tables by their names."""
    text: Schema = {"type": "string", "maxLength": EMPLOYEE}
    origin: Schema = {
        "type": "object",
        "properties": {
            "source": {"description": words["origin_source"], **text},
            "as_of": {"description": words["origin_as_of"], **text, "examples": ["2025-08-01"]},
        },
        "additionalProperties": False,
    }
    return {
        "origin": {"description": words["origin"], **origin},
        "origins": {"description": words["origins"], "type": "object", "additionalProperties": origin},
    }


def _tables(compiled: Compiled, lang: Lang) -> Schema:
    """The records of a person: for each table of a plan a list of rows."""
    tables = compiled.kernel.sent
    return {
        "description": _words(lang)["tables"],
        "type": "object",
        "properties": {table.name: _records(compiled, table, lang) for table in tables},
        "required": [table.name for table in tables],
        "additionalProperties": False,
    }


def _records(compiled: Compiled, table: RecordsTable, lang: Lang) -> Schema:
    """The rows of a table; what a row has besides is not read."""
    words, source = _words(lang), came_from(None, table.sources, lang)
    own = {at: cells for at, cells in enumerate(table.columns) if cells.brought}
    empty = {at for at, cells in own.items() if cells.default is not None or at == table.counts}
    said = {table.owner: "owner", table.id: "id", table.counts: "counts"}
    columns: Schema = {}
    for at, cells in own.items():
        described = [words[said[at]]] if at in said else []
        if cells.leads is not None:
            described.append(words["leads"].format(table=compiled.kernel.tables[cells.leads].name))
        value = _cell(compiled, cells)
        about: Schema = {"description": "; ".join(described)} if described else {}
        columns[cells.name] = {**about, **({"anyOf": [value, {"type": "null"}]} if at in empty else value)}
    return {
        "title": compiled.checked.scope.label(table.name),
        **({"description": words["source"].format(source=source)} if source is not None else {}),
        "type": "array",
        "items": {
            "type": "object",
            "properties": columns,
            "required": [cells.name for at, cells in own.items() if at not in empty],
        },
    }


def _cell(compiled: Compiled, cells: ColumnInput) -> Schema:
    """The schema of a cell."""
    if cells.kind == "text":
        return {"anyOf": [{"type": "string", "pattern": "[^ ]", "maxLength": TEXT}, {"type": "number"}]}
    entry = Input(cells.name, "actual", cells.kind, cells.choices, cells.signed, unit=cells.unit)
    value = _value(compiled, entry)
    if not cells.zone:
        return value
    return {"anyOf": [value, {"type": "integer", "minimum": 10**8, "maximum": 10**10 - 1}]}  # since 1970


def _sort(values: dict[str, str], facts: frozenset[str], targets: frozenset[str]) -> Schema:
    """What people of a sort need besides."""
    same: Schema = {name: {"const": value} for name, value in values.items()}
    wanted = {"facts": facts, "targets": targets} if targets else {"facts": facts}
    then: Schema = {"required": ["targets"]} if targets else {}
    then["properties"] = {name: {"required": sorted(needs)} for name, needs in wanted.items()}
    return {"if": {"properties": {"facts": {"properties": same, "required": list(values)}}}, "then": then}


def _table(
    compiled: Compiled, entries: list[Input], always: frozenset[str], description: str, lang: Lang
) -> Schema:
    return {
        "description": description,
        "type": "object",
        "properties": {entry.name: _entry(compiled, entry, lang) for entry in entries},
        "required": [entry.name for entry in entries if entry.name in always],
        "additionalProperties": False,
    }


def _entry(compiled: Compiled, entry: Input, lang: Lang) -> Schema:
    described: Schema = {
        "title": compiled.checked.scope.label(entry.name),
        "description": "; ".join(_description(compiled, entry, lang)),
        **_value(compiled, entry),
    }
    if (presumption := defaulted(entry)) is not None:
        described["default"] = presumption
    return described


def _description(compiled: Compiled, entry: Input, lang: Lang) -> list[str]:
    table, kernel = _words(lang), compiled.kernel
    kind = "money_whole" if entry.kind == "money" and not kernel.digits else entry.kind
    listed = ", ".join(entry.choices)
    said = [table[kind].format(currency=kernel.currency, digits=kernel.digits, choices=listed)]
    known = compiled.checked.inputs.get(entry.name) if entry.role == "actual" else None
    if known is not None and (source := came_from(known.source, known.sources, lang)) is not None:
        said.append(table["source"].format(source=source))
    if entry.signed:
        said.append(table["signed"])
    said += limits(entry, lang)
    if entry.default is not None:
        said.append(table["presumed"].format(value=presumed(entry, lang)))
    if entry.optional and entry.role == "target":
        said.append(table["own"])
    return said


def came_from(said: str | None, sources: Sequence[str], lang: Lang) -> str | None:
    """Where a fact or a table comes from, if the plan says so: by the sources it accepts, or in words."""
    return accepted(sources, words(lang)) if sources else said


def limits(entry: Input, lang: Lang) -> list[str]:
    """What a fact is at least and at most, in the reader's language."""
    ends = (("least", entry.low), ("most", entry.high))
    known = ((end, bound) for end, bound in ends if bound is not None)
    return [_words(lang)[end].format(value=quantity(bound, entry.kind, lang)[0]) for end, bound in known]


def _value(compiled: Compiled, entry: Input) -> Schema:
    """The schema of one value: a text as people type it, or a number."""
    if entry.kind == "yes_no":
        said = (words(lang).spellings[answer][0] for lang in LANGS for answer in ("yes", "no"))
        return {"enum": [True, False, *said]}
    if entry.kind == "text":
        return {"type": "string", "minLength": 1, "maxLength": EMPLOYEE}
    if entry.kind == "choice":
        return {"enum": list(entry.choices)}
    if entry.kind == "duration":
        text: Schema = {"type": "string", "pattern": CLOCK.pattern}
        return text if entry.unit is None else {"anyOf": [text, {"type": "number", "minimum": 0}]}
    if entry.kind == "date":
        return {"type": "string", "format": "date", "pattern": DATE}
    digits = {"money": compiled.kernel.digits, "count": 0}.get(entry.kind, PLACES)
    part = f"(?:\\.[0-9]{{1,{digits}}})?" if digits else ""
    positive = "(?=[^1-9]*[1-9])" if entry.role == "target" else ""
    sign, unit = "-?" if entry.signed else "", "%?" if entry.kind == "percent" else ""
    number: Schema = {"type": "number" if digits else "integer"}
    if entry.role == "target":
        number["exclusiveMinimum"] = 0
    elif not entry.signed:
        number["minimum"] = 0
    for end, bound in (("minimum", entry.low), ("maximum", entry.high)):
        if bound is not None and bound.denominator == 1:
            number[end] = int(bound)
    return {"anyOf": [{"type": "string", "pattern": f"^{positive}{sign}{WHOLE}{part}{unit}$"}, number]}
