"""The service for tests: each answer is held against what is published of it."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from api.store import registry
from api.web import create_app
from api.web.app import ROUTES
from api.web.limits import Limits
from api.web.openapi import told as answered
from api.web.problems import PROBLEM, Problem
from tests.support.places import EXAMPLES
from tests.support.published import unlike

Json = dict[str, Any]

PERSON: Json = {
    "employee": "0042",
    "period": "2025-07",
    "facts": {
        "revenue": 3300000,
        "avg_deal": "142500",
        "conversion": "2.1%",
        "calls": 950,
        "margin_rate": "30%",
    },
}
REQUEST: Json = {"plan": "ivanov", **PERSON}


class Service:
    """An application, asked as a client asks it."""

    def __init__(
        self, directory: Path = EXAMPLES, revision: str | None = None, limits: Limits | None = None
    ) -> None:
        self.registry = registry(directory, revision)
        self.app = create_app(self.registry, limits)
        self.client = TestClient(self.app, raise_server_exceptions=False)

    def get(self, path: str, **headers: str) -> tuple[int, Json]:
        """The status and the document at an address."""
        return self._taken("GET", path, headers, None)

    def post(self, path: str, body: Json | bytes | str, **headers: str) -> tuple[int, Json]:
        """The status and the document that answer a body."""
        content = json.dumps(body, ensure_ascii=False) if isinstance(body, dict) else body
        return self._taken("POST", path, {"content-type": "application/json", **headers}, content)

    def _taken(
        self, method: str, path: str, headers: dict[str, str], content: bytes | str | None
    ) -> tuple[int, Json]:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        found = self.client.request(method, path, headers=sent, content=content)
        kind, record = found.headers["content-type"], _answer(method, path)
        document: Json = json.loads(found.content)
        if found.status_code >= 400:
            assert kind == PROBLEM
            assert not unlike(Problem, document)
            assert document["status"] == found.status_code
        elif record is not None:
            assert not unlike(record, document)
        return found.status_code, document


@cache
def served() -> Service:
    """The service of the examples, one for all who leave it as it is."""
    return Service()


def _answer(method: str, path: str) -> type | None:
    """What is published of the answer at an address."""
    for route in ROUTES:
        shape = re.sub(r"\{[a-z]+\}", "[^/]+", route.path)
        if method in (route.methods or ()) and re.fullmatch(shape, path):
            return answered(route)
    return None


def told(problem: Json) -> list[tuple[str, str | None]]:
    """The codes of a problem's faults, with their pointers."""
    return [(fault["code"], fault.get("pointer")) for fault in problem["faults"]]
