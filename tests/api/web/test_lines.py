"""Lines of JSON both ways: the same answers as of one document, sent one by one, with an end that says so."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from itertools import chain, repeat
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.web import batch, requests
from api.web.body import Asked, Brought, ask
from api.web.limits import Limits
from api.web.lines import MEDIA, ArrivingLines
from dsl.faults import Fault
from tests.support.places import EXAMPLES
from tests.support.service import PERSON, Json, Service, served
from tests.support.team import PLAN as TEAM
from tests.support.team import people as team
from tests.support.work import weighed

PLAN = 'plan "A"\nversion 1\ncurrency RUB\nfact revenue money\npay x = 1% of revenue\n'
LIMITS = Limits(workers=1, work=200)


def person(number: int, **facts: object) -> Json:
    return {"employee": str(number), "period": "2025-07", "facts": {"revenue": str(100 * number), **facts}}


@pytest.fixture(scope="module", params=["threads", "workers"])
def client(request: pytest.FixtureRequest) -> Iterator[TestClient]:
    """The service with its work in threads, and as it runs."""
    if request.param == "threads":
        yield served().client
        return
    with TestClient(Service(limits=LIMITS).app, raise_server_exceptions=False) as found:
        yield found


def lined(client: TestClient, *lines: object, **headers: str) -> tuple[list[Json], Json, bytes]:
    """The rows that answer some lines, the last line, and all bytes before that."""
    content = "\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines).encode()
    found = client.post("/evaluate/batch", content=content, headers={"content-type": MEDIA, **headers})
    assert (found.status_code, found.headers["content-type"]) == (200, MEDIA), found.text
    *rows, end = found.content.splitlines(keepends=True)
    return [json.loads(row) for row in rows], json.loads(end), b"".join(rows)


def whole(client: TestClient, body: Json) -> Json:
    """The answer to one document."""
    found: Json = client.post("/evaluate/batch", json=body).json()
    return found


@pytest.mark.parametrize(
    "head", [{"source": PLAN}, {"source": PLAN, "reasons": False, "lang": "ru"}, {"plan": "ivanov"}]
)
def test_lines_are_answered_as_a_document_is(client: TestClient, head: Json) -> None:
    people: list[Any] = [person(1), {"employee": 7}, person(2, other=1), PERSON, {**PERSON, "period": "2025"}]
    rows, end, before = lined(client, head, *people)
    same = whole(client, {**head, "people": people})
    assert rows == same.pop("results")
    assert end == {**same, "complete": True, "digest": hashlib.sha256(before).hexdigest()}


def test_a_document_is_answered_in_lines_where_they_are_liked(client: TestClient) -> None:
    body = {"source": PLAN, "people": [person(1), person(1), person(2)]}
    found = client.post("/evaluate/batch", json=body, headers={"accept": MEDIA})
    *rows, end = map(json.loads, found.content.splitlines())
    same = whole(client, body)
    assert rows == same.pop("results")
    assert end.pop("complete")
    assert len(end.pop("digest")) == 64
    assert end == same


def test_what_is_no_json_stops_nobody(client: TestClient) -> None:
    deep, half = "[" * 40 + "]" * 40, '{"employee": "b\\ud800"}'
    rows, end, _ = lined(client, {"source": PLAN}, "", "nonsense", deep, half, person(3), "7", "")
    assert [row["faults"][0]["code"] if "faults" in row else row["total"] for row in rows] == [
        "P602",
        "P605",
        "P607",
        "3.00",
        "P614",
    ]
    assert rows[0]["faults"][0]["place"]["column"] == 1
    assert (end["paid"], end["unpaid"], end["complete"]) == (1, 4, True)


def test_where_groups_are_paid_all_are_waited_for(client: TestClient) -> None:
    rows, end, _ = lined(client, {"source": TEAM}, *team())
    same = whole(client, {"source": TEAM, "people": team()})
    assert rows == same["results"]
    assert (end["open"], end["complete"]) == (1, True)
    rows, _, _ = lined(
        client, {"source": TEAM}, *team(), {**team()[0], "facts": {"team": "n", "revenue": 1, "calls": 1}}
    )
    assert [row["faults"][0]["code"] for row in rows if "faults" in row] == ["P662", "P501", "P662"]


@pytest.mark.parametrize(
    ("first", "status", "code"),
    [
        ({"source": PLAN, "people": []}, 422, "P612"),
        ({"source": 7}, 422, "P610"),
        ({}, 422, "P616"),
        ({"plan": "nobody"}, 404, "P617"),
        ("", 400, "P601"),
        ("{", 400, "P609"),
        ('"' + "a" * 1_100_000, 413, "P608"),
    ],
)
def test_a_first_line_that_is_none(client: TestClient, first: object, status: int, code: str) -> None:
    """It is refused as a document is, before anything is sent."""
    line = first if isinstance(first, str) else json.dumps(first)
    found = client.post("/evaluate/batch", content=f"{line}\n{{}}".encode(), headers={"content-type": MEDIA})
    assert (found.status_code, found.json()["faults"][0]["code"]) == (status, code)


def answer(head: Json, chunks: Iterator[bytes | Fault]) -> Iterator[bytes]:
    """The pieces of the answer to lines that come in some chunks."""
    asked = ask(Brought(json.dumps(head).encode(), requests.EvaluateLines, "en"))
    assert isinstance(asked, Asked)
    several = batch.paid_lines(
        asked, served().registry.shelf, ArrivingLines(b"", lambda _: next(chunks, b""))
    )
    next(several)
    return (one for one in several if isinstance(one, bytes))


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_lines_may_be_cut_anywhere(size: int) -> None:
    data = b"\n".join(json.dumps(person(number)).encode() for number in range(5))
    found = b"".join(answer({"source": PLAN}, (data[at : at + size] for at in range(0, len(data), size))))
    assert found == b"".join(answer({"source": PLAN}, iter([data])))


@pytest.mark.parametrize(
    ("last", "code"),
    [
        (Fault("P609", pointer=""), "P609"),
        (b"x" * 1_100_000, "P608"),
        (Fault("P608", pointer="", facts={"most": "1"}), "P608"),
    ],
)
def test_an_answer_that_is_not_whole_says_so(last: bytes | Fault, code: str) -> None:
    line = json.dumps(person(1)).encode() + b"\n"
    *_, end = b"".join(answer({"source": PLAN}, iter([line, last]))).splitlines()
    found = json.loads(end)
    assert (found["complete"], found["paid"], found["faults"][0]["code"]) == (False, 1, code)


def test_too_much_work_ends_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.work.MOST", 200)
    line = json.dumps(person(1)).encode() + b"\n"
    *_, end = b"".join(answer({"source": PLAN}, iter([line] * 9))).splitlines()
    found = json.loads(end)
    assert (found["complete"], found["faults"][0]["code"]) == (False, "P525")
    assert 0 < found["paid"] < 9


def test_nobody_is_held_who_has_been_paid() -> None:
    """Ten times the people take no more memory but for what Python has not collected yet."""
    line = json.dumps(person(1)).encode() + b"\n"
    held: list[int] = []
    for count in (300, 300, 3000):
        with weighed() as work:
            for _ in answer({"source": PLAN}, chain(repeat(line, count))):
                pass
        held.append(work.peak)
    assert held[2] < 2 * held[1]


def test_a_person_of_each_month_is_paid_by_the_version_of_it(client: TestClient) -> None:
    """What the shelf answers is asked for as lines come."""
    people = [{**PERSON, "period": f"{year}-07"} for year in range(2024, 2027)]
    rows, _, _ = lined(client, {"plan": "ivanov"}, *people)
    assert rows == whole(client, {"plan": "ivanov", "people": people})["results"]
    assert EXAMPLES.is_dir()
