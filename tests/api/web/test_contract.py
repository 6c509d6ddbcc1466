"""The service against what it publishes: schemathesis sends what fits the contract and what does not.

Requests are read by the classes that are published of them; a person in them by a reader of its own, so what
both take and refuse is held together as well.
"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
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
from tests.support.service import PERSON, REQUEST, Json, served

REGISTRY = registry(EXAMPLES)
SHELF = REGISTRY.shelf
# What is held against the contract is what is said, wherever it is worked out.
APP = create_app(REGISTRY, Limits(workers=0))
ASKED = examples(30)  # of each operation, from what fits the contract and from what does not
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


@schemathesis.serializer("application/x-ndjson")
def lines(_: object, body: object) -> bytes:
    """A plan that is there and somebody, a line each, in the place of a text, which need not be of lines."""
    several = [{"plan": picked(body, IDS)}, PERSON] if isinstance(body, str) and body else [body]
    return "".join(f"{json.dumps(one)}\n" for one in several).encode()


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


def test_links_lead_through_what_is_published() -> None:
    """From answers to the requests that they lead to, and on from there, held against the same."""
    walks = settings(examples(10), stateful_step_count=5, suppress_health_check=list(HealthCheck))
    SCHEMA.as_state_machine().run(settings=walks)


# ── What the contract says besides ───────────────────────────────────────────────────────────────────────

CONTRACT: Json = APP.openapi()
OPERATIONS = {
    one["operationId"]: (path, method, one)
    for path, methods in CONTRACT["paths"].items()
    for method, one in methods.items()
}


def test_everything_that_is_referred_to_is_there_and_nothing_else() -> None:
    referred = set(re.findall(r'"#/components/(\w+/[\w-]+)"', json.dumps(CONTRACT)))
    assert referred == {f"{kind}/{name}" for kind, some in CONTRACT["components"].items() for name in some}


def test_who_answers_for_it_is_said() -> None:
    assert CONTRACT["servers"]
    assert CONTRACT["info"].keys() >= {"contact", "license", "version", "description"}
    assert len(OPERATIONS) == sum(map(len, CONTRACT["paths"].values()))
    for _, _, operation in OPERATIONS.values():
        assert operation["summary"]
        assert operation["description"]
        assert {tag["name"] for tag in CONTRACT["tags"]} >= {*operation["tags"]}
        assert {status[0] for status in operation["responses"]} >= {"2", "4"}


def test_links_lead_to_requests_that_are_taken() -> None:
    """From each answer, as it is shown in an example, to an operation that takes what the link brings."""
    led = set()
    for name, (_, _, operation) in OPERATIONS.items():
        ok = operation["responses"]["200"]
        examples = next(iter(ok["content"].values())).get("examples", {})
        for linked, link in ok.get("links", {}).items():
            path, method, _ = OPERATIONS[linked]
            answer = next(iter(examples.values()))["value"]
            address = path.format(
                **{key: brought(to, answer) for key, to in link.get("parameters", {}).items()}
            )
            body = brought(link.get("requestBody"), answer)
            found = SERVICE.client.request(method, address, json=body)
            assert found.status_code == 200, (name, linked, found.text)
            led.add((name, linked))
        for status, response in operation["responses"].items():
            assert status == "200" or response["links"].keys() == {"fault"}
    assert led >= {("receipt", "verify"), ("receipt", "bridge"), ("plans", "plan"), ("plan", "plan_curve")}


def brought(expression: Any, answer: Json) -> Any:
    """What an expression of a link takes from an answer."""
    if isinstance(expression, dict):
        return {name: brought(one, answer) for name, one in expression.items()}
    found: Any = answer
    for step in (expression or "").removeprefix("$response.body").removeprefix("#/").split("/"):
        found = found[int(step) if step.isdigit() else step] if step else found
    return None if expression is None else found


@pytest.mark.parametrize("path", [path for path, methods in CONTRACT["paths"].items() if "get" in methods])
def test_head_is_answered_wherever_get_is(path: str) -> None:
    """With the same status and the same headers, and without the body."""
    address = path.format(id="ivanov", code="P501")
    whole, head = (SERVICE.client.request(method, address) for method in ("GET", "HEAD"))
    assert (head.status_code, head.content) == (200, b"")
    assert {name: value for name, value in head.headers.items() if name != "x-request-id"} == {
        name: value for name, value in whole.headers.items() if name != "x-request-id"
    }


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"source": TEXTS[0]}, "P616"),
        ({"version": "1", "revision": "main"}, "P713"),
        ({"plan": None}, "P610"),
        ({"version": None}, "P610"),
        ({"targets": None}, "P610"),
        ({"lang": None}, "P610"),
        ({"detail": None}, "P610"),
        ({"detail": "yes"}, "P610"),
    ],
)
def test_fields_that_exclude_each_other_and_null(changed: Json, fault: str) -> None:
    """The contract refuses what the service refuses."""
    body = {**REQUEST, **changed}
    assert not fits(requests.Evaluate, body)
    assert fault in {one["code"] for one in SERVICE.post("/evaluate", body)[1]["faults"]}
    assert fits(
        requests.Evaluate,
        {name: value for name, value in body.items() if name not in changed} | {"plan": "x"},
    )


def test_no_default_is_published_that_a_client_would_send() -> None:
    assert '"default"' not in json.dumps(
        [operation.get("parameters") for _, _, operation in OPERATIONS.values()]
    )
    assert "default" not in CONTRACT["components"]["schemas"]["Evaluate"]["properties"]["lang"]


# ── The classes and the readers agree ────────────────────────────────────────────────────────────────────

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
SERVICE = served()
RECEIPT = SERVICE.post("/receipt", REQUEST)[1]
BOTH: Json = {"old": RECEIPT, "new": RECEIPT}


@pytest.mark.parametrize(
    ("path", "model", "whole"),
    [
        ("/evaluate", requests.Evaluate, REQUEST),
        ("/evaluate", requests.Evaluate, {"source": TEXTS[0], **PERSON}),
        ("/evaluate/batch", requests.EvaluateBatch, {"plan": "ivanov", "people": [PERSON]}),
        ("/receipt", requests.Certify, REQUEST),
        ("/receipt/batch", requests.CertifyBatch, {"plan": "ivanov", "people": [PERSON]}),
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
@examples(80)
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
