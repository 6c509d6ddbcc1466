"""What a plan says it needs: whatever fits its schema is read, and the tables of the doors agree with it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl.source import Source
from dsl.words import LANGS, Lang
from engine.compile import Compiled, read_plan
from engine.facts import Facts, Person, read_facts
from engine.schema import inputs, schema
from tests.support.chances import examples

PLAN = """
plan "Everything"
version 1
currency RUB
fact sales "Sales" money
fact correction money can be negative default -500.50 RUB
fact rate percent default 2.5%
fact calls count
fact index number can be negative default 0
fact leave days default 3 days
fact hired date
fact safe yes/no default yes
bonus 1 000
sales weight 60% target 5 000 or personal
calls weight 40%
extra = correction * index + rate of sales + 10 RUB * (leave / 1 day)
commission extra if safe and hired < 2025-01-01 otherwise 0
"""


def plan() -> Compiled:
    """A plan with a fact of every kind."""
    compiled = read_plan(Source("everything.plan", PLAN))
    assert isinstance(compiled, Compiled), compiled
    return compiled


COMPILED = plan()
PROPERTIES: dict[str, Any] = schema(COMPILED, "en")["properties"]  # type: ignore[assignment]  # JSON
TABLES = {
    role: PROPERTIES[where]["properties"] for role, where in (("actual", "facts"), ("target", "targets"))
}
GIVEN = {"sales": "5000", "calls": "10", "hired": "2020-02-29"}


def values(entry: dict[str, Any]) -> st.SearchStrategy[str]:
    """Texts that fit the schema of a value; a day of the calendar, where it asks for one."""
    if entry.get("format") == "date":
        return st.dates().map(str)
    if "enum" in entry:
        return st.sampled_from([value for value in entry["enum"] if isinstance(value, str)])
    return st.from_regex(entry["anyOf"][0]["pattern"], fullmatch=True)


@pytest.mark.parametrize(("role", "name"), [(role, name) for role, table in TABLES.items() for name in table])
@examples(60)
@given(data=st.data())
def test_what_fits_the_schema_is_read(role: str, name: str, data: st.DataObject) -> None:
    text = data.draw(values(TABLES[role][name]))
    facts, targets = dict(GIVEN), {"calls": "10"}
    (facts if role == "actual" else targets)[name] = text
    assert isinstance(read_facts(COMPILED, Person("1", "2025-07", facts, targets)), Facts), text


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_presumed_is_in_the_schema_as_it_would_be_given(lang: Lang) -> None:
    properties: Any = schema(COMPILED, lang)["properties"]
    presumed = {
        name: entry["default"]
        for name, entry in properties["facts"]["properties"].items()
        if "default" in entry
    }
    assert presumed.keys() == {"correction", "rate", "index", "leave", "safe"}
    assert isinstance(
        read_facts(COMPILED, Person("1", "2025-07", {**GIVEN, **presumed}, {"calls": "10"})), Facts
    )


def test_inputs_stand_in_the_authors_order() -> None:
    names = [(entry.role, entry.name) for entry in inputs(COMPILED)]
    facts = ["sales", "correction", "rate", "calls", "index", "leave", "hired", "safe"]
    assert names == [*(("actual", name) for name in facts), ("target", "sales"), ("target", "calls")]
    assert [entry.name for entry in inputs(COMPILED) if entry.needed] == ["sales", "calls", "hired", "calls"]
    document: Any = schema(COMPILED, "en")
    assert document["required"] == ["employee", "period", "facts", "targets"]
    assert document["properties"]["targets"]["required"] == ["calls"]
