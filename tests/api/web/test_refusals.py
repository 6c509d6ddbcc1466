"""What the service refuses: with a problem, all of its faults at once, and never a bug of ours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.middleware.trustedhost import TrustedHostMiddleware

from api.exact import SIZE
from api.web import evaluate
from api.web.limits import COMPANY, Limits
from dsl.faults import codes, message
from dsl.words import LANGS, Lang
from tests.support.places import EXAMPLES, IVANOV
from tests.support.service import PERSON, REQUEST, Json, Service, told
from tests.support.work import counted

LANGUAGES = pytest.mark.parametrize("lang", LANGS)


def less(body: Json, *names: str) -> Json:
    """A body without some fields."""
    return {name: value for name, value in body.items() if name not in names}


def fact(name: str, value: object) -> Json:
    """Ivanov with another fact."""
    return {**REQUEST, "facts": {**PERSON["facts"], name: value}}


@pytest.mark.parametrize(
    ("body", "status", "faults"),
    [
        # The form of a request.
        ({}, 422, [("P616", ""), ("P611", ""), ("P611", ""), ("P611", "")]),
        (less(REQUEST, "plan"), 422, [("P616", "")]),
        ({**REQUEST, "source": "x"}, 422, [("P616", "")]),
        ({**REQUEST, "plan": 5}, 422, [("P610", "/plan")]),
        ({**REQUEST, "plan": None}, 422, [("P610", "/plan")]),
        ({**less(REQUEST, "plan"), "source": ["x"]}, 422, [("P610", "/source")]),
        ({**REQUEST, "plan": "ivanof"}, 404, [("P617", "/plan")]),
        (less(REQUEST, "employee"), 422, [("P611", "")]),
        ({**REQUEST, "employee": 42}, 422, [("P610", "/employee")]),
        ({**REQUEST, "employee": " 42"}, 422, [("P613", "/employee")]),
        ({**REQUEST, "employee": "4\n2"}, 422, [("P613", "/employee")]),
        ({**REQUEST, "employee": "4" * 201}, 422, [("P613", "/employee")]),
        ({**REQUEST, "period": 2025}, 422, [("P610", "/period")]),
        ({**REQUEST, "period": "13.2025"}, 422, [("P518", "/period")]),
        ({**REQUEST, "period": "2025-06"}, 422, [("P519", "/period")]),
        ({**REQUEST, "facts": []}, 422, [("P610", "/facts")]),
        ({**REQUEST, "targets": None}, 422, [("P610", "/targets")]),
        ({**REQUEST, "lang": "rus"}, 422, [("P619", "/lang")]),
        ({**REQUEST, "lang": True}, 422, [("P610", "/lang")]),
        ({**REQUEST, "a/b~": 1}, 422, [("P612", "/a~1b~0")]),
        ({**REQUEST, "facts": {f"f{i}": 1 for i in range(201)}}, 422, [("P615", "/facts")]),
        # What the facts say.
        (fact("revenue", None), 422, [("P503", "/facts/revenue")]),
        (fact("revenue", {"a": [1]}), 422, [("P503", "/facts/revenue")]),
        (fact("revenue", True), 422, [("P503", "/facts/revenue")]),
        (fact("revenue", ""), 422, [("P503", "/facts/revenue")]),
        (fact("revenue", "3,300"), 422, [("P670", "/facts/revenue")]),
        (fact("revenue", "NaN"), 422, [("P503", "/facts/revenue")]),
        (fact("revenue", "٣"), 422, [("P503", "/facts/revenue")]),
        (fact("revenue", -1), 422, [("P508", "/facts/revenue")]),
        (fact("revenue", "2%"), 422, [("P507", "/facts/revenue")]),
        (fact("revenue", 10**40), 422, [("P506", "/facts/revenue")]),
        (fact("revenue", "0.001"), 422, [("P511", "/facts/revenue")]),
        (fact("calls", 9.5), 422, [("P510", "/facts/calls")]),
        (fact("reveneu", 1), 422, [("P514", "/facts/reveneu")]),
        ({**REQUEST, "targets": {"revenue": 1}}, 422, [("P516", "/targets/revenue")]),
        # Several at once.
        (
            {**less(REQUEST, "employee"), "facts": {"revenue": "x"}, "lang": "rus", "more": 1},
            422,
            [("P619", "/lang"), ("P612", "/more"), ("P611", ""), ("P503", "/facts/revenue")]
            + [("P501", "/facts")] * 4,
        ),
        (
            {**less(REQUEST, "period"), "source": "x", "facts": 1},
            422,
            [("P616", ""), ("P611", ""), ("P610", "/facts")],
        ),
    ],
)  # fmt: skip
def test_a_body_that_is_refused(
    service: Service, body: Json, status: int, faults: list[tuple[str, str]]
) -> None:
    """Every fault at once, each with its pointer."""
    for lang in LANGS:
        found, problem = service.post("/evaluate", body, accept_language=lang)
        assert (found, told(problem)) == (status, faults)
        assert problem["type"] == f"/faults/{faults[0][0]}"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("1e400", "P506"),
        ("1e-400", "P506"),
        ("1e99999999999", "P503"),
        ("-0", None),
        ("0e0", None),
        ("-1e2", "P508"),
        ("9" * 5000, "P506"),
        ("0." + "1" * 5000, "P506"),
        ("0.1" + "0" * 5000, None),
    ],
)
def test_a_number_at_the_edge(service: Service, number: str, code: str | None) -> None:
    """JSON allows it; none of it is a float on the way, and none of it takes long."""
    body = json.dumps(REQUEST).replace("3300000", number)
    status, found = service.post("/evaluate", body)
    assert (status, [fault["code"] for fault in found.get("faults", [])]) == (
        (200, []) if code is None else (422, [code])
    )


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"", 400, "P601"),
        (b"[]", 422, "P614"),
        (b"null", 422, "P614"),
        (b'"text"', 422, "P614"),
        (b"\xff", 400, "P603"),
        (b'{"plan": "ivanov", "plan": "ivanov"}', 400, "P604"),
        (b'{"facts": ' + b"[" * 100_000, 400, "P605"),
        (b'{"facts": {"revenue": NaN}}', 400, "P606"),
        (b'{"facts": {"revenue": -Infinity}}', 400, "P606"),
        (b'{"employee": "\\ud800"}', 400, "P607"),
        (b'{"employee": "' + b"x" * SIZE + b'"}', 413, "P608"),
        (b'{"plan": "ivanov', 400, "P609"),
        (b"{'plan': 'ivanov'}", 400, "P602"),
    ],
)
@pytest.mark.parametrize("path", ["/evaluate", "/evaluate/batch", "/check", "/format", "/translate"])
def test_bytes_that_are_refused(service: Service, path: str, data: bytes, status: int, code: str) -> None:
    """By every operation that takes a body; one with the records of a company may be longer."""
    if path == "/evaluate/batch" and len(data) > SIZE:
        data += b" " * COMPANY
    found, problem = service.post(path, data)
    assert (found, problem["faults"][0]["code"]) == (status, code)


def test_what_is_no_json_is_told_with_its_place(service: Service) -> None:
    """A line and a column of the body."""
    problem = service.post("/evaluate", '{"plan": "ivanov",\n "facts": {"revenue": 3,3}}')[1]
    place = problem["faults"][0]["place"]
    assert (place["file"], place["line"], place["column"], place["text"]) == ("body", 2, 25, "3")


def test_a_body_without_a_length_is_counted(service: Service) -> None:
    """A client may send it in pieces."""

    def pieces() -> Iterator[bytes]:
        for _ in range(20):
            yield b" " * (SIZE // 16)

    found = service.client.post("/evaluate", content=pieces(), headers={"content-type": "application/json"})
    assert found.status_code == 413


@pytest.mark.parametrize(
    ("kind", "taken"),
    [
        ("application/json", True),
        ("Application/JSON; charset=UTF-8", True),
        ('application/json;charset="utf-8"', True),
        ("application/vnd.payroll+json", True),
        ("application/json; charset=windows-1251", False),
        ("application/x-www-form-urlencoded", False),
        ("text/json", False),
        ("", False),
    ],
)
def test_the_type_of_a_body(service: Service, kind: str, taken: bool) -> None:
    """JSON in UTF-8, and declared to be."""
    status, found = service.post("/evaluate", REQUEST, content_type=kind)
    assert status == (200 if taken else 415)
    assert taken or found["faults"][0]["code"] == "P621"


@pytest.mark.parametrize(
    ("method", "path", "status", "allow"),
    [
        ("GET", "/nothing", 404, None),
        ("GET", "/evaluate/", 404, None),
        ("POST", "/plans/x/y/z", 404, None),
        ("GET", "/evaluate", 405, "POST"),
        ("DELETE", "/plans", 405, "GET"),
        ("TRACE", "/healthz", 405, "GET"),
        ("GET", "/faults/P999", 404, None),
        ("GET", "/plans/nothing", 404, None),
        ("GET", "/plans/nothing/inputs", 404, None),
        ("GET", "/plans/%2e%2e%2f%2e%2e%2fetc%2fpasswd", 404, None),
    ],
)
def test_an_address_that_is_refused(
    service: Service, method: str, path: str, status: int, allow: str | None
) -> None:
    """Also a problem, and a method that is not taken says which are."""
    found = service.client.request(method, path)
    assert (found.status_code, found.headers["content-type"]) == (status, "application/problem+json")
    assert found.headers.get("allow") == allow


@pytest.mark.parametrize("routed", [False, True])
def test_a_bug_of_ours(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, routed: bool
) -> None:
    """Answers with a problem that gives nothing away; the log has the rest, under the name of the request."""

    def fail(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(evaluate, "paid", fail)
    service = Service()
    if routed:
        service.app.add_middleware(TrustedHostMiddleware)
    found = service.client.post("/evaluate", json=REQUEST, headers={"X-Request-Id": "mine-7"})
    assert (found.status_code, found.json()["faults"][0]["code"]) == (500, "P625")
    assert (found.headers["x-request-id"], "secret" in found.text) == ("mine-7", False)
    assert "mine-7" in caplog.text
    assert "secret" in caplog.text


def test_too_many_at_once() -> None:
    """What takes long is told to come again; a plan that is kept is paid all the same."""
    service = Service(limits=Limits(waiting=0))
    found = service.client.post("/check", json={"plan": "ivanov"})
    assert (found.status_code, found.headers["retry-after"]) == (503, "1")
    assert service.post("/evaluate", REQUEST)[0] == 200


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ({"plan": "ivanov"}, [("P611", "")]),
        ({"plan": "ivanov", "people": {}}, [("P610", "/people")]),
        ({"plan": "ivanov", "people": []}, [("P620", "/people")]),
        (
            {"plan": "ivanof", "people": [], "facts": {}},
            [("P617", "/plan"), ("P612", "/facts"), ("P620", "/people")],
        ),
        ({"people": [1]}, [("P616", "")]),
    ],
)
def test_a_batch_that_is_refused(service: Service, body: Json, faults: list[tuple[str, str]]) -> None:
    """As a whole, for there is nobody or nothing to pay by."""
    status, problem = service.post("/evaluate/batch", body)
    assert (status, told(problem)) == (404 if faults[0][0] == "P617" else 422, faults)


@pytest.mark.parametrize(
    ("path", "body", "faults"),
    [
        ("/check", {}, [("P616", "")]),
        ("/format", {"plan": "nothing"}, [("P617", "/plan")]),
        ("/translate", {"plan": "ivanov"}, [("P611", "")]),
        ("/translate", {"plan": "ivanov", "to": "de"}, [("P619", "/to")]),
        ("/translate", {"plan": "ivanov", "to": 5, "form": 1}, [("P612", "/form"), ("P610", "/to")]),
        ("/check", {"plan": "ivanov", "to": "ru"}, [("P612", "/to")]),
    ],
)
def test_a_text_request_that_is_refused(
    service: Service, path: str, body: Json, faults: list[tuple[str, str]]
) -> None:
    """With the same codes as everywhere."""
    assert told(service.post(path, body)[1]) == faults


@LANGUAGES
def test_a_plan_with_mistakes_is_told_in_its_places(service: Service, lang: Lang) -> None:
    """Together with what is wrong with the request."""
    text = IVANOV.read_text("utf-8").replace("salary 60 000", "salary 60 000 +")
    status, problem = service.post("/evaluate", {"source": text, **less(PERSON, "employee"), "lang": lang})
    first, last = problem["faults"]
    assert (status, first["place"]["file"], last["code"]) == (422, "source", "P611")
    assert text.splitlines()[first["place"]["line"] - 1].startswith("salary")


# ── The pages of our codes say what happens ──────────────────────────────────────────────────────────────

BALANCES = {
    "P698": """plan "Debts"
version 1
currency RUB
balance debt owed by the employee
commission 2% of revenue
draw advance within commission = 30 000 against debt
""",
    "P699": """plan "Years"
version 1
currency RUB
balance sold = revenue so far this year
commission 2% of sold
""",
}
PAGES = [code for code in codes() if code.startswith("P6") and message(code, "en").right.startswith("{")]


@LANGUAGES
@pytest.mark.parametrize("code", PAGES)
def test_the_page_of_a_code_shows_it(service: Service, code: str, lang: Lang) -> None:
    """What is wrong raises the code, and repaired it is paid."""
    page = message(code, lang)
    path = "/evaluate/batch" if '"people"' in page.right else "/evaluate"
    right, wrong = page.right, page.wrong
    if code in BALANCES:  # their pages show what is known of somebody, not by which plan
        whole = {"source": BALANCES[code], "employee": "7", "period": "2025-02"}
        right, wrong = (json.dumps({**whole, **json.loads(one)}) for one in (right, wrong))
    if code == "P615":
        wrong = json.dumps({**REQUEST, "facts": {f"day_{day}": 40 for day in range(300)}})
    assert service.post(path, right)[0] == 200
    assert code in {fault["code"] for fault in service.post(path, wrong)[1]["faults"]}


# ── Hostile plans ────────────────────────────────────────────────────────────────────────────────────────

HEADER = 'plan "x"\nversion 1\ncurrency RUB\n'


def chain(length: int) -> str:
    """Figures that each hang on the one before."""
    return "f0 = 1\n" + "".join(f"f{i} = f{i - 1} + 1\n" for i in range(1, length))


def hostile(times: int) -> dict[str, str]:
    """Texts that are all of one thing; as many times as long."""
    return {
        "brackets": "salary " + "(" * 50_000 * times,
        "one long line": "salary 1" + " + 1" * 30_000 * times,
        "a number without end": "salary " + "9" * 100_000 * times,
        "a number that doubles": "f0 = x * x\n"
        + "".join(f"f{i} = f{i - 1} * f{i - 1}\n" for i in range(1, 250 * times))
        + f"salary 1 RUB * f{250 * times - 1}\n",
        "a long chain": f"{chain(1000 * times)}salary f{1000 * times - 1}\n",
        "lines that hang on a chain": chain(400)
        + "".join(f"commission c{i} = f399\n" for i in range(200 * times)),
        "very many facts": "".join(f"commission c{i} = aaaaaaaaaaaa{i}\n" for i in range(200 * times)),
        "a very long name": "salary " + "a" * 100_000 * times + "\n",
        "a circle": "".join(f"f{i} = f{(i + 1) % (1000 * times)}\n" for i in range(1000 * times)),
        "nothing but mistakes": "?!@ x\n" * 20_000 * times,
    }


@pytest.mark.parametrize("times", [1, pytest.param(2, marks=pytest.mark.soak)])
@pytest.mark.parametrize("path", ["/evaluate", "/check", "/format"])
@pytest.mark.parametrize("name", hostile(1))
def test_a_hostile_plan_is_answered(service: Service, name: str, path: str, times: int) -> None:
    """By bounded work, and with an answer of a bounded size."""
    body: dict[str, Any] = {"source": HEADER + hostile(times)[name]}
    if path == "/evaluate":
        body |= {**PERSON, "facts": {f"zaaaaaaaaaaa{i}": 1 for i in range(200)}}
    with counted() as work:
        found = service.client.post(path, json=body)
    assert found.status_code in {200, 422}
    assert work.calls < 500_000 + 100 * len(body["source"])
    assert len(found.content) < 4 * 1024 * 1024


def test_the_service_pays_while_a_hostile_plan_is_read(service: Service) -> None:
    """Nothing of it is left behind: the next request is answered as ever."""
    assert service.post("/evaluate", REQUEST)[1]["total"] == "119800.00"
    assert service.get("/readyz")[1]["plans"] == len(list(EXAMPLES.rglob("*.plan")))
