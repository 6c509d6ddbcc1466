"""The operations of the service, each with what is published of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.regulation import Regulation
from engine.simulate.answer import Simulated
from engine.statement.answer import Statement, Unpaid

from .. import diff, plans, receipts
from ..bridges import Bridges
from ..checks import Checked
from ..curves.document import Curves
from ..documents import FaultPage
from . import comparing, curving, keeping, looking, paying, proving, regulating, requests, simulating
from .problems import Problem, writer
from .service import Endpoint


@dataclass(frozen=True, slots=True)
class Operation:
    """A method and a path, what answers there, and the contract: requests, answers and statuses.

    `query` are the parameters behind the `?`, each with its values; `files` the media types of answers beside
    JSON.
    """

    method: Literal["GET", "POST"]
    path: str
    endpoint: Endpoint
    tag: Literal["pay", "text", "plans", "service"]
    summary: str
    request: type | None
    answer: type | None
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
        Statement,
        BODY,
    ),
    Operation(
        "POST",
        "/evaluate/batch",
        paying.evaluate_batch,
        "pay",
        "Pay many people",
        requests.EvaluateBatch,
        paying.Batch,
        BODY,
    ),
    Operation(
        "POST",
        "/receipt",
        proving.receipt,
        "pay",
        "Pay one person, with a receipt",
        requests.Certify,
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
        requests.Bridge,
        Bridges,
        TEXT,
    ),
    Operation(
        "POST",
        "/simulate",
        simulating.simulate,
        "pay",
        "Say what a plan would cost",
        requests.Simulate,
        Simulated,
        BODY,
    ),
    Operation(
        "POST",
        "/diff",
        comparing.diff,
        "text",
        "Compare two plans",
        requests.Diff,
        diff.Compared,
        BODY,
    ),
    Operation(
        "POST",
        "/check",
        looking.check,
        "text",
        "Check a plan",
        requests.Check,
        Checked,
        BODY,
    ),
    Operation(
        "POST",
        "/format",
        looking.format_,
        "text",
        "Format a plan",
        requests.Format,
        looking.Formatted,
        BODY,
    ),
    Operation(
        "POST",
        "/translate",
        looking.translate,
        "text",
        "Translate a plan",
        requests.Translate,
        looking.Translated,
        BODY,
    ),
    Operation(
        "GET",
        "/plans",
        keeping.plans,
        "plans",
        "List the plans",
        None,
        plans.Plans,
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
        plans.Plan,
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
        plans.Versions,
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
        Curves,
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
        Regulation,
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
        FaultPage,
        (404, 500),
    ),
    Operation("GET", "/healthz", keeping.health, "service", "Health", None, keeping.Health, (500,)),
    Operation(
        "GET",
        "/readyz",
        keeping.readiness,
        "service",
        "Readiness",
        None,
        keeping.Readiness,
        (500, 503),
    ),
)

for _operation in OPERATIONS:
    # Each worker would make it anew, so it is made before any is forked.
    writer(_operation.answer or dict)
writer(Problem)
writer(Unpaid)
