"""The operations of the service, each with what is published of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pydantic import BaseModel

from . import comparing, curving, keeping, looking, paying, proving, regulating, simulating
from .models import answers, bridges, comparisons, receipts, regulation, requests, simulation
from .service import Endpoint


@dataclass(frozen=True, slots=True)
class Operation:
    """A method and a path, what answers there, and the contract: models and statuses.

    `query` are the parameters behind the `?`, each with its values; `files` the media types of answers beside
    JSON.
    """

    method: Literal["GET", "POST"]
    path: str
    endpoint: Endpoint
    tag: Literal["pay", "text", "plans", "service"]
    summary: str
    request: type[BaseModel] | None
    answer: type[BaseModel] | None
    problems: tuple[int, ...]
    media: str = "application/json"
    query: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What the operation is called: `evaluate_batch`."""
        return self.endpoint.__name__.rstrip("_")


BODY = (400, 404, 408, 409, 413, 415, 422, 500, 503)  # a body about a plan may come to this
TEXT = (400, 408, 413, 415, 422, 500, 503)  # and a body that has all in it, to this

OPERATIONS = (
    Operation(
        "POST",
        "/evaluate",
        paying.evaluate,
        "pay",
        "Pay one person",
        requests.Evaluate,
        answers.Statement,
        BODY,
    ),
    Operation(
        "POST",
        "/evaluate/batch",
        paying.evaluate_batch,
        "pay",
        "Pay many people",
        requests.EvaluateBatch,
        answers.Batch,
        BODY,
    ),
    Operation(
        "POST",
        "/receipt",
        proving.receipt,
        "pay",
        "Pay one person, with a receipt",
        requests.Evaluate,
        receipts.Receipt,
        BODY,
    ),
    Operation(
        "POST",
        "/verify",
        proving.verify,
        "pay",
        "Compute a receipt again",
        receipts.Receipt,
        receipts.Same,
        TEXT,
    ),
    Operation(
        "POST",
        "/bridge",
        proving.bridge,
        "pay",
        "Say why pay changed",
        bridges.Bridge,
        bridges.Bridges,
        TEXT,
    ),
    Operation(
        "POST",
        "/simulate",
        simulating.simulate,
        "pay",
        "Say what a plan would cost",
        simulation.Simulate,
        simulation.Simulated,
        BODY,
    ),
    Operation(
        "POST",
        "/diff",
        comparing.diff,
        "text",
        "Compare two plans",
        comparisons.Diff,
        comparisons.Compared,
        BODY,
    ),
    Operation(
        "POST",
        "/check",
        looking.check,
        "text",
        "Check a plan",
        requests.Check,
        answers.Checked,
        BODY,
    ),
    Operation(
        "POST",
        "/format",
        looking.format_,
        "text",
        "Format a plan",
        requests.Format,
        answers.Formatted,
        BODY,
    ),
    Operation(
        "POST",
        "/translate",
        looking.translate,
        "text",
        "Translate a plan",
        requests.Translate,
        answers.Translated,
        BODY,
    ),
    Operation(
        "GET",
        "/plans",
        keeping.plans,
        "plans",
        "List the plans",
        None,
        answers.Plans,
        (404, 409, 422, 500, 503),
        query=keeping.REVISION,
    ),
    Operation(
        "GET",
        "/plans/{id}",
        keeping.plan,
        "plans",
        "Show a plan",
        None,
        answers.Plan,
        (404, 409, 422, 500, 503),
        query=keeping.CHOICE,
    ),
    Operation(
        "GET",
        "/plans/{id}/versions",
        keeping.plan_versions,
        "plans",
        "List the versions of a plan",
        None,
        answers.Versions,
        (404, 500, 503),
    ),
    Operation(
        "GET",
        "/plans/{id}/inputs",
        keeping.plan_inputs,
        "plans",
        "Show what facts a plan needs",
        None,
        None,
        (404, 409, 422, 500, 503),
        keeping.SCHEMA,
        query=keeping.CHOICE,
    ),
    Operation(
        "GET",
        "/plans/{id}/curve",
        curving.plan_curve,
        "plans",
        "Show what is paid for what",
        None,
        answers.Curves,
        (404, 409, 422, 500, 503),
        query=curving.PARAMETERS,
        files=("image/svg+xml", "image/png", "text/html"),
    ),
    Operation(
        "GET",
        "/plans/{id}/regulation",
        regulating.plan_regulation,
        "plans",
        "Make the regulation on bonuses",
        None,
        regulation.Regulation,
        (404, 409, 422, 500, 503),
        query=regulating.PARAMETERS,
        files=(regulating.HTML, regulating.DOCX),
    ),
    Operation(
        "GET",
        "/faults/{code}",
        keeping.fault,
        "service",
        "Explain a fault",
        None,
        answers.FaultPage,
        (404, 500),
    ),
    Operation("GET", "/healthz", keeping.health, "service", "Health", None, answers.Health, (500,)),
    Operation(
        "GET",
        "/readyz",
        keeping.readiness,
        "service",
        "Readiness",
        None,
        answers.Readiness,
        (500, 503),
    ),
)
