"""A line that waits for a colleague's fact stays open over HTTP, and the rest of the company is paid."""

from __future__ import annotations

import pytest

from tests.support.service import Service
from tests.support.team import PLAN, people

WAITS = [{"group": "team", "employee": "b", "name": "calls"}]


@pytest.mark.parametrize("reasons", [True, False])
def test_the_rest_is_paid(service: Service, reasons: bool) -> None:
    status, found = service.post("/evaluate/batch", {"source": PLAN, "people": people(), "reasons": reasons})
    assert status == 200
    a, b, c = found.pop("results")
    assert found == {
        "paid": 2,
        "unpaid": 1,
        "open": 1,
        "totals": [{"currency": "RUB", "total": "61.00"}],
    }
    assert {line["name"]: line["amount"] for line in a["lines"]} == {"own": "10.00", "sales": "40.00"}
    assert (a["total"], a["open"]) == (
        "50.00",
        [{"name": "talks", "label": "talks", "kind": "pay", "waits": WAITS}],
    )
    assert [fault["code"] for fault in a["warnings"]] == ["P582"]
    assert [fault["code"] for fault in b["faults"]] == ["P501"]
    assert "open" not in c
    assert c["total"] == "11.00"


def test_when_the_fact_comes_nothing_that_was_paid_changes(service: Service) -> None:
    body = {"source": PLAN, "people": people()}
    before = service.post("/evaluate/batch", body)[1]["results"]
    body["people"][1]["facts"]["calls"] = 7  # type: ignore[index]
    found = service.post("/evaluate/batch", body)[1]
    assert "open" not in found
    for one, other in zip(before, found["results"], strict=True):
        assert one.get("lines", []) == other["lines"][: len(one.get("lines", []))]
