"""Tables that are meant to hurt: each is paid or refused by name, and none is a mistake of ours."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.sellers import PLAN, codes, deal, many, one
from tests.support.service import Service

MANY = 100_000


def test_a_hundred_thousand_records_are_paid(service: Service) -> None:
    rows = [deal(str(number), "AB"[number % 2], "1.50") for number in range(MANY)]
    status, paid = service.post("/evaluate/batch", many(*rows, reasons=False))
    assert status == 200
    assert [row["total"] for row in paid["results"]] == ["1500.00", "1500.00"]
    assert paid["tables"][0]["rows"] == MANY


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"amount": "9" * 5000}, "P506"),
        ({"amount": "1e999999"}, "P503"),
        ({"paid_on": "2025-02-30"}, "P505"),
        ({"paid_on": True}, "P505"),
        ({"manager": {}}, "P551"),
        ({"manager": ""}, "P543"),
        ({"deal": False}, "P551"),
        ({"amount": "\u0000"}, "P503"),
        ({"amount": "-1"}, "P508"),
    ],
)
def test_cells_that_are_none(service: Service, row: dict[str, object], code: str) -> None:
    status, problem = service.post("/evaluate", one({**deal("1", "A", 1), **row}))
    assert status == 422
    assert codes(problem)[0][0] == code


def test_numbers_and_texts_are_one_id(service: Service) -> None:
    first, second = deal("7", "A", 1), {**deal("7", "A", 1), "deal": 7}
    status, paid = service.post("/evaluate", one(first, second))
    assert (status, paid["total"], [fault["code"] for fault in paid["warnings"]]) == (200, "0.02", ["P552"])


def test_faults_without_number_are_told_as_far_as_anybody_reads(service: Service) -> None:
    rows: list[Any] = [deal("1", "A", "x") for _ in range(3000)]
    status, problem = service.post("/evaluate", one(*rows))
    assert status == 422
    assert len(problem["faults"]) <= 100
    status, problem = service.post("/evaluate", one(*[7] * 3000))
    assert len(problem["faults"]) <= 100


def test_columns_without_number_are_said_in_few_words(service: Service) -> None:
    more = {f"column {number}": number for number in range(5000)}
    status, paid = service.post("/evaluate", one({**deal("1", "A", 1), **more}))
    assert status == 200
    assert len(json.dumps(paid["warnings"])) < 5000


def test_depth_inside_a_row(service: Service) -> None:
    body = json.dumps(one(deal("1", "A", 1)))
    deep = body.replace('"amount": 1', '"amount": ' + "[" * 5000 + "]" * 5000)
    status, problem = service.post("/evaluate", deep)
    assert (status, codes(problem)) == (400, [("P605", "")])


def test_names_that_are_no_names(service: Service) -> None:
    for name in ("", "/", "~1", "deals/0", "\u0301", "x" * 10_000):
        status, problem = service.post("/evaluate", {**one(), "tables": {"deals": [], name: []}})
        assert (status, problem["faults"][0]["code"]) == (422, "P550")


def test_more_work_than_is_done_for_one_request(service: Service) -> None:
    figure = "sum of amount of deals where amount > {0} and amount * {0} < 2 * amount + {0}"
    lines = "".join(f"pay line_{number} = {figure.format(number)}\n" for number in range(1, 60))
    source = PLAN.partition("example")[0] + lines
    rows = [deal(str(number), "A", 1) for number in range(MANY)]
    status, problem = service.post("/evaluate/batch", many(*rows, source=source))
    assert (status, problem["faults"][0]["code"]) == (422, "P525")
