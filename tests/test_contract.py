"""The service against what it publishes: schemathesis sends what fits the contract and what does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.config import SchemathesisConfig

from api.store import shelve
from api.web import create_app
from dsl.faults import codes

EXAMPLES = Path(__file__).parents[1] / "examples"

SHELF = shelve(EXAMPLES)
APP = create_app(SHELF)
CONFIG = SchemathesisConfig.from_dict(
    {
        "checks": {
            # A text that fits the schema need not be a plan, nor a name a fact: 422 says which is not.
            "positive_data_acceptance": {"expected-statuses": ["2xx", "404", "409", "422"]},
        },
        "generation": {"max-examples": 300},
    }
)
SCHEMA = schemathesis.openapi.from_asgi("/openapi.json", APP, config=CONFIG)

IDS = [*(entry.id for entry in SHELF.entries), "nothing"]
CODES = [*codes(), "P999"]
TEXTS = [entry.source.typed for entry in SHELF.entries if entry.source]
FACTS = {"revenue": "3300000", "avg_deal": 142500, "conversion": "2.1%", "calls": 950, "margin_rate": 0.3}


def picked(text: str, several: list[str]) -> str:
    """One of several, by a text that was made at random; every other time the text itself."""
    number = sum(map(ord, text))
    return text if number % 2 else several[number // 2 % len(several)]


@SCHEMA.hook
def map_path_parameters(_: object, parameters: dict[str, Any] | None) -> dict[str, Any] | None:
    """Ids and codes that are there, so that more than 404 is seen."""
    for name, several in (("id", IDS), ("code", CODES)):
        if parameters and isinstance(parameters.get(name), str):
            parameters[name] = picked(parameters[name], several)
    return parameters


@SCHEMA.hook
def map_body(_: object, body: Any) -> Any:
    """Plans that are there and facts that they know; what fitted the schema still fits."""
    if not isinstance(body, dict):
        return body
    if isinstance(body.get("plan"), str):
        body["plan"] = picked(body["plan"], IDS)
    if isinstance(body.get("source"), str):
        body["source"] = picked(body["source"], TEXTS)
    people = body.get("people")
    for person in [body, *(people if isinstance(people, list) else [])]:
        if isinstance(person, dict) and isinstance(person.get("facts"), dict) and len(person["facts"]) < 3:
            person["facts"] = {**FACTS, **person["facts"]}
    return body


@SCHEMA.parametrize()
@settings(
    max_examples=300,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),  # of data that schemathesis makes
)
def test_the_service_does_what_it_publishes(case: Case[Any]) -> None:
    """No answer that is not declared, no bug of ours, nothing taken that must not be."""
    response = case.call()
    assert response.status_code < 500, response.text
    case.validate_response(response)
