"""What no answer to a hostile request may be, whatever was sent."""

from __future__ import annotations

import json
import re

from api.web.problems import PROBLEM, Problem
from tests.support.published import unlike

from .request import Answer, Request

LONGEST = 48 * 1024  # bytes of a problem, however long the request: fifty faults with their places
RUNS = re.compile(rb"<script>alert|<img src=x|<[^>]*\shref=\"?javascript:", re.IGNORECASE)
CODE = re.compile(rb'"code":"(P[0-9]{3})"')
PAGES = (b"text/html", b"image/svg+xml")
SENT = {200, 400, 404, 405, 409, 413, 415, 422}  # 503 is for what runs out, and nothing here may


def judged(request: Request, answer: Answer) -> str:
    """What is wrong with an answer; nothing where all is well."""
    kind = answer.headers.get(b"content-type", b"")
    if answer.status not in SENT:
        return f"status {answer.status}: {answer.body[:300]!r}"
    if any(b"\r" in value or b"\n" in value for value in answer.headers.values()):
        return f"a header of two lines: {answer.headers}"
    if kind.startswith(PAGES) and RUNS.search(answer.body):
        return f"a page that runs what was sent: {answer.body[:300]!r}"
    if answer.status < 400 or request.method == "HEAD":
        return ""
    if kind != PROBLEM.encode():
        return f"no problem but {kind!r}"
    if len(answer.body) > LONGEST:
        return f"a problem of {len(answer.body)} bytes"
    told = json.loads(answer.body)
    if errors := unlike(Problem, told):
        return f"no such problem: {errors}"
    return "" if told["status"] == answer.status else f"status {answer.status} and {told['status']}"


def first_code(answer: Answer) -> str:
    """The code of the first fault that an answer tells of, be it a problem or not."""
    found = CODE.search(answer.body) if b"json" in answer.headers.get(b"content-type", b"") else None
    return found[1].decode() if found else ""
