"""The service against what it publishes: schemathesis sends what fits the contract and what does not.

Requests are not read by what is published of them, so what this takes and refuse is held against it as well.
"""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import given
from hypothesis import strategies as st
from schemathesis import Case
from schemathesis.config import SchemathesisConfig

from api.receipts import Receipt
from api.store import registry
from api.web import create_app, requests
from api.web.limits import Limits
from dsl.faults import codes
from tests.support.chances import examples
from tests.support.places import EXAMPLES
from tests.support.published import fits
from tests.support.service import PERSON, REQUEST, Json, Service

REGISTRY = registry(EXAMPLES)
SHELF = REGISTRY.shelf
# What is held against the contract is what is said, wherever it is worked out.
APP = create_app(REGISTRY, Limits(workers=0))
ASKED = examples(40)  # of each operation
CONFIG = SchemathesisConfig.from_dict(
    {
        "checks": {
            # A text that fits the schema need not be a plan, nor a name a fact: 422 says which is not.
            "positive_data_acceptance": {"expected-statuses": ["2xx", "404", "409", "422"]},
        },
        "generation": {"max-examples": ASKED.max_examples},
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
def map_query(_: object, parameters: dict[str, Any] | None) -> dict[str, Any] | None:
    """Lines of pay and sorts of people that are there; what fitted the schema still fits."""
    if parameters and isinstance(parameters.get("kpi"), str):
        parameters["kpi"] = picked(parameters["kpi"], ["revenue", "Commission", "выручка"])
    if parameters and isinstance(parameters.get("sort"), list):
        parameters["sort"] = [
            picked(text, ["grade=senior", "grade=x"]) if isinstance(text, str) else text
            for text in parameters["sort"]
        ]
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
    for side in (body.get("old"), body.get("new")):
        if isinstance(side, dict):
            map_body(_, side)
    people = body.get("people")
    for person in [body, *(people if isinstance(people, list) else [])]:
        if isinstance(person, dict) and isinstance(person.get("facts"), dict) and len(person["facts"]) < 3:
            person["facts"] = {**FACTS, **person["facts"]}
    return body


@SCHEMA.parametrize()
@ASKED
def test_the_service_does_what_it_publishes(case: Case[Any]) -> None:
    """No answer that is not declared, no bug of ours, nothing taken that must not be."""
    response = case.call()
    assert response.status_code < 500, response.text
    case.validate_response(response)


# ── The models and the readers agree ─────────────────────────────────────────────────────────────────────

FORM = {
    "P610",
    "P611",
    "P612",
    "P613",
    "P614",
    "P615",
    "P616",
    "P619",
    "P620",
}  # the form of a request is wrong
TEXT: list[object] = [
    "",
    "x",
    "ivanov",
    "2025-07",
    "2025-13",
    "ru",
    " x",
    "x\n",
    "\x7f",
    "я" * 200,
    "я" * 201,
]
OTHER: list[object] = [0, 1, 2.5, True, None, [], [1], {}, {"x": 1}, {"x": "2%"}, {"x": None}, {"x": []}]
MANY: list[object] = [{f"f{i}": 1 for i in range(count)} for count in (200, 201)]
VALUES = st.sampled_from([*TEXT, *OTHER, *MANY])
FIELDS = st.sampled_from(
    [
        "plan",
        "source",
        "lang",
        "employee",
        "period",
        "facts",
        "targets",
        "people",
        "to",
        "digests",
        "old",
        "new",
        "more",
    ]
)
CHANGES = st.dictionaries(FIELDS, VALUES, max_size=3)
LEFT_OUT = st.sets(FIELDS, max_size=2)
SERVICE = Service()
RECEIPT = SERVICE.post("/receipt", REQUEST)[1]
BOTH: Json = {"old": RECEIPT, "new": RECEIPT}


@pytest.mark.parametrize(
    ("path", "model", "whole"),
    [
        ("/evaluate", requests.Evaluate, REQUEST),
        ("/evaluate", requests.Evaluate, {"source": TEXTS[0], **PERSON}),
        ("/evaluate/batch", requests.EvaluateBatch, {"plan": "ivanov", "people": [PERSON]}),
        ("/receipt", requests.Evaluate, REQUEST),
        ("/verify", Receipt, RECEIPT),
        ("/bridge", requests.Bridge, BOTH),
        (
            "/simulate",
            requests.Simulate,
            {"plan": "ivanov", "people": [PERSON], "against": {"plan": "ivanov"}},
        ),
        (
            "/diff",
            requests.Diff,
            {"old": {"plan": "ivanov"}, "new": {"source": TEXTS[0]}, "people": [PERSON]},
        ),
        ("/check", requests.Check, {"plan": "ivanov"}),
        ("/format", requests.Format, {"source": TEXTS[0]}),
        ("/translate", requests.Translate, {"plan": "ivanov", "to": "ru"}),
    ],
)
@given(changes=CHANGES, left_out=LEFT_OUT)
@examples(150)
def test_a_model_takes_what_its_reader_takes(
    path: str, model: type, whole: Json, changes: Json, left_out: set[str]
) -> None:
    """What a model refuses is refused, and what it takes has no fault of form."""
    body = {name: value for name, value in {**whole, **changes}.items() if name not in left_out}
    status, answer = SERVICE.post(path, body)
    found = {fault["code"] for fault in answer.get("faults", [])} if status >= 400 else set()
    if fits(model, body):
        assert not found & FORM
    else:
        # A plan that is not there is told before what is wrong beside it.
        assert status in {404, 422} or found & FORM
