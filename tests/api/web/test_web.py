"""The service answers: people are paid, plans are looked at, in the reader's language."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from api import documents
from api.exact import read_json
from api.person import read_person
from api.web import batch, requests
from api.web.body import Asked, Brought, ask
from api.web.headers import preferred
from api.web.serve import address, greeting
from dsl.faults import codes
from dsl.record import plain
from dsl.source import Source
from dsl.words import LANGS, Lang
from engine.compile import Compiled, read_plan
from engine.facts import Person
from tests.support.places import EXAMPLES, IVANOV
from tests.support.service import PERSON, REQUEST, Json, Service, served, told

LANGUAGES = pytest.mark.parametrize("lang", LANGS)
LINES = ["60000.00", "26400.00", "9500.00", "12600.00", "9500.00", "1800.00"]
RUSSIAN = {"выручка": 3300000, "средний_чек": 142500, "конверсия": 0.021, "звонки": 950, "доля_маржи": 0.3}
GOOD = 'plan "Good"\nversion 1\ncurrency RUB\nsalary 60 000\n'
BROKEN = 'plan "Broken"\nversion 1\ncurrency RUB\nsalary 60 000 +\n'


# ── Pay ──────────────────────────────────────────────────────────────────────────────────────────────────


@LANGUAGES
@pytest.mark.parametrize("plan", ["ivanov", "ivanov.ru", "иванов"])
def test_ivanov(service: Service, plan: str, lang: Lang) -> None:
    """To the kopeck, by the English plan and by its twins, in both languages."""
    facts = RUSSIAN if plan == "иванов" else PERSON["facts"]
    status, paid = service.post("/evaluate", {**REQUEST, "plan": plan, "facts": facts, "lang": lang})
    assert (status, paid["total"]) == (200, "119800.00")
    assert [line["amount"] for line in paid["lines"]] == LINES
    assert paid["plan"]["id"] == plan
    assert paid["lines"][1]["explanation"][0].startswith(
        {"en": "attainment: 3 ", "ru": "выполнение: 3 "}[lang]
    )


def test_twins_have_one_digest(service: Service) -> None:
    """A text in another language with the same names is the same plan."""
    answers = [service.post("/evaluate", {**REQUEST, "plan": plan})[1] for plan in ("ivanov", "ivanov.ru")]
    assert answers[0]["plan"]["digest"] == answers[1]["plan"]["digest"]
    assert answers[0]["facts_digest"] == answers[1]["facts_digest"]


@LANGUAGES
def test_the_answer_is_the_statement(service: Service, lang: Lang) -> None:
    """The same document as from every other door."""
    compiled = read_plan(Source("ivanov/ivanov.plan", IVANOV.read_text("utf-8")))
    person = read_person(read_json(json.dumps(PERSON)))
    assert isinstance(compiled, Compiled)
    assert isinstance(person, Person)
    expected = documents.evaluated(compiled, person, lang, "ivanov")
    assert service.post("/evaluate", {**REQUEST, "lang": lang}) == (200, plain(expected))


def test_a_plan_that_comes_with_the_request(service: Service) -> None:
    """Pays the same as the one that is kept, and has no id."""
    status, paid = service.post("/evaluate", {"source": IVANOV.read_text("utf-8"), **PERSON})
    kept = service.post("/evaluate", REQUEST)[1]
    assert (status, paid["total"], paid["plan"]["id"]) == (200, "119800.00", None)
    assert paid["plan"]["digest"] == kept["plan"]["digest"]


@pytest.mark.parametrize("share", ['"2.1%"', "0.021", '"0.021"', "2.1e-2", '"2.10%"', "21E-3", "0.02100"])
@pytest.mark.parametrize(
    "money", ["3300000", '"3300000"', '"3 300 000.00"', "3.3e6", '"3\u00a0300\u00a0000"']
)
def test_a_number_is_what_is_written(service: Service, share: str, money: str) -> None:
    """As a string or as a number, as a percentage or as a share, the facts are the same to the last digit."""
    body = json.dumps(REQUEST).replace('"2.1%"', share).replace("3300000", money)
    status, paid = service.post("/evaluate", body)
    assert (status, paid["total"]) == (200, "119800.00")
    assert paid["facts_digest"] == service.post("/evaluate", REQUEST)[1]["facts_digest"]


@pytest.mark.parametrize(
    "written", ["12345678901234567.89", '"12345678901234567.89"', "1234567890123456789e-2"]
)
def test_no_digit_is_lost(service: Service, written: str) -> None:
    """Far beyond what a float can hold."""
    body = json.dumps(REQUEST).replace("3300000", written)
    paid = service.post("/evaluate", body)[1]
    assert paid["lines"][1]["facts"][0]["value"] == "12 345 678 901 234 567.89"
    assert paid["lines"][5]["amount"] == "74074073389407.41"


def test_numbers_are_said_to_people_and_to_machines(service: Service) -> None:
    """A machine need not read what people read: it gets each number without loss."""
    facts = {**PERSON["facts"], "revenue": 2_833_333, "conversion": "2.1%"}
    lines = service.post("/evaluate", {**REQUEST, "facts": facts, "lang": "ru"})[1]["lines"]
    revenue, _, conversion = lines[1:4]
    assert (revenue["attainment"], revenue["attainment_exact"]) == ("94,444433%", "2833333/3000000")
    assert (conversion["attainment"], conversion["attainment_exact"]) == ("105%", "1.05")
    assert [(fact["value"], fact["exact"]) for fact in revenue["facts"]] == [("2 833 333", "2833333")]
    assert [(fact["value"], fact["exact"]) for fact in conversion["facts"]] == [("2,1%", "0.021")]


def test_an_answer_holds_no_advice_to_the_author(service: Service) -> None:
    """Advice is about the plan and for who wrote it; the file of a clause is called by its bare name."""
    source = 'plan "A"\nversion 1\ncurrency RUB\nsalary 5\nfact unused money\ncommission 1 RUB * 0\n'
    checked = service.post("/check", {"source": source})[1]
    assert {fault["severity"] for fault in checked["faults"]} == {"warning"}
    paid = service.post(
        "/evaluate", {"source": source, "employee": "1", "period": "2025-07", "facts": {"unused": 1}}
    )[1]
    assert paid["warnings"] == []
    assert service.post("/evaluate", REQUEST)[1]["lines"][0]["clause"]["file"] == "ivanov.plan"


def test_a_batch_pays_whom_it_can(service: Service) -> None:
    """In the order of the request, each bad row with its own faults."""
    people: list[Any] = [PERSON, {**PERSON, "facts": {}}, {"employee": 7, "perod": 1}, "nobody", PERSON]
    status, answer = service.post("/evaluate/batch", {"plan": "ivanov", "people": people, "lang": "ru"})
    first, *bad, last = answer["results"]
    assert status == 200
    assert first == last == service.post("/evaluate", {**REQUEST, "lang": "ru"})[1]
    assert [(row["employee"], row["period"]) for row in bad] == [
        ("0042", "2025-07"),
        ("7", None),
        (None, None),
    ]
    assert [told(row) for row in bad] == [
        [("P501", "/people/1/facts")] * 5,
        [
            ("P612", "/people/2/perod"),
            ("P611", "/people/2"),
            ("P611", "/people/2"),
            ("P610", "/people/2/employee"),
        ],
        [("P614", "/people/3")],
    ]


def test_a_batch_without_reasons(service: Service) -> None:
    """The same answer but for the reasons: each line has its name and its amount alone."""
    people: list[Any] = [
        PERSON,
        {**PERSON, "facts": {}},
        {**PERSON, "employee": "0043", "facts": {**PERSON["facts"], "conversion": 210}},
    ]
    body: Json = {"plan": "ivanov", "people": people}
    whole, bare = (service.post("/evaluate/batch", {**body, "reasons": why})[1] for why in (True, False))
    assert whole["results"][1] == bare["results"][1]
    assert (bare["paid"], bare["unpaid"]) == (whole["paid"], whole["unpaid"]) == (2, 1)
    assert bare["totals"] == whole["totals"]
    for one, other in zip(whole["results"], bare["results"], strict=True):
        for line in one.get("lines", ()):
            for name in line.keys() - {"name", "amount"}:
                del line[name]
        assert one == other
    assert bare["results"][2]["warnings"]


def test_a_batch_is_sent_as_it_is_paid(service: Service) -> None:
    """In pieces, each with many rows; an answer of any length is whole when it ends in its counts."""
    body = {"plan": "ivanov", "people": [{**PERSON, "employee": str(number)} for number in range(100)]}
    content, kind = json.dumps(body).encode(), requests.EvaluateBatch
    asked = ask(Brought(content, kind, "en"))
    assert isinstance(asked, Asked)
    opening, *pieces = batch.paid_all(asked, service.registry.shelf, lined=False)
    assert "content-length" not in {name.decode() for name, _ in opening.raw_headers}  # type: ignore[union-attr]
    assert 5 < len(pieces) < 20
    found = service.client.post(
        "/evaluate/batch", content=content, headers={"content-type": "application/json"}
    )
    assert found.content == b"".join(pieces)  # type: ignore[arg-type]
    assert found.content.endswith(
        b'],"paid":100,"unpaid":0,"totals":[{"currency":"RUB","total":"11980000.00"}]}'
    )
    assert [row["employee"] for row in found.json()["results"]] == [str(number) for number in range(100)]


def test_a_batch_by_a_text(service: Service) -> None:
    """The plan may come with the people."""
    body = {"source": IVANOV.read_text("utf-8"), "people": [PERSON] * 3}
    answer = service.post("/evaluate/batch", body)[1]
    assert [row["total"] for row in answer["results"]] == ["119800.00"] * 3


# ── Texts ────────────────────────────────────────────────────────────────────────────────────────────────


@LANGUAGES
def test_a_check_runs_the_examples(service: Service, lang: Lang) -> None:
    """A plan that is right; one whose example is wrong; one with a mistake, told in its place."""
    text = IVANOV.read_text("utf-8")
    status, good = service.post("/check", {"plan": "ivanov", "lang": lang})
    assert (status, good["ok"], good["faults"]) == (200, True, [])
    assert [example["passed"] for example in good["examples"]] == [True]
    wrong = service.post("/check", {"source": text.replace("26 400", "26 401"), "lang": lang})[1]
    assert (wrong["ok"], [example["passed"] for example in wrong["examples"]]) == (False, [False])
    broken = service.post("/check", {"source": text + "salary 5\n", "lang": lang})[1]
    assert (broken["ok"], [fault["code"] for fault in broken["faults"]]) == (False, ["P202"])
    assert broken["faults"][0]["place"]["text"] == "salary 5"


def test_format(service: Service) -> None:
    """A text in its one form, which is a fixed point; a broken one is refused."""
    text = service.post("/format", {"source": "plan 'x'\n" + GOOD[12:]})
    assert text[0] == 422
    once = service.post("/format", {"source": "version   1\n" + GOOD.replace("version 1\n", "")})[1]
    assert once["changed"]
    assert service.post("/format", {"source": once["text"]})[1] == {"text": once["text"], "changed": False}


def test_translate(service: Service) -> None:
    """There and back again; a plan of the shelf as well as a text."""
    text = service.post("/format", {"plan": "ivanov"})[1]["text"]
    russian = service.post("/translate", {"plan": "ivanov", "to": "ru"})[1]
    assert russian["lang"] == "ru"
    assert russian["text"].startswith("схема")
    back = service.post("/translate", {"source": russian["text"], "to": "en"})
    assert back == (200, {"text": text, "lang": "en"})


# ── Plans ────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_plans_of_a_shelf(service: Service) -> None:
    """Each is ready, and whole at its own address."""
    plans = service.get("/plans")[1]["plans"]
    assert {plan["id"] for plan in plans} >= {"ivanov", "ivanov.ru", "иванов"}
    for plan in plans:
        status, whole = service.get(f"/plans/{plan['id']}")
        assert (status, plan["ready"], plan["faults"]) == (200, True, whole["faults"])
        assert hashlib.sha256(whole["canonical"].encode()).hexdigest() == plan["plan"]["digest"]
        assert json.loads(whole["canonical"])["version"] == plan["plan"]["version"]
        assert whole["text"] == (EXAMPLES / whole["file"]).read_text("utf-8")


def test_the_interface_of_a_plan(service: Service) -> None:
    """What it reads, in the author's order, and what it pays."""
    interface = service.get("/plans/ivanov", accept_language="ru")[1]["interface"]
    assert [fact["name"] for fact in interface["facts"]] == list(PERSON["facts"])
    assert interface["facts"][2] == {
        "name": "conversion",
        "label": "Conversion, call to meeting",
        "kind": "percent",
        "needed": True,
        "can_be_negative": False,
        "least": None,
        "most": None,
        "default": None,
        "source": None,
    }
    assert [(line["label"], line["kind"]) for line in interface["lines"]][:2] == [
        ("Оклад", "salary"),
        ("Revenue", "kpi"),
    ]


SORTED = """plan "Sorted"
version 1
currency RUB
fact grade one of (junior; senior) default senior
salary by grade (junior: 31 000; senior: 62 000)
"""


def test_a_default_is_shown_as_it_would_be_given(tmp_path: Path) -> None:
    """Of one of several words, the word."""
    (tmp_path / "sorted.plan").write_text(SORTED, "utf-8")
    facts = Service(tmp_path).get("/plans/sorted")[1]["interface"]["facts"]
    assert [(fact["name"], fact["default"]) for fact in facts] == [("grade", "senior")]


@pytest.mark.parametrize(
    ("changed", "fits"),
    [
        ({}, True),
        ({"facts": {**PERSON["facts"], "conversion": 0.021}}, True),
        ({"facts": {**PERSON["facts"], "conversion": None}}, False),
        ({"facts": {**PERSON["facts"], "revenue": "3.300"}}, False),
        ({"facts": {**PERSON["facts"], "revenue": "-1"}}, False),
        ({"facts": {**PERSON["facts"], "calls": 9.5}}, False),
        ({"facts": {**PERSON["facts"], "surplus": 1}}, False),
        ({"facts": {"revenue": 1}}, False),
        ({"period": "July"}, False),
        ({"employee": ""}, False),
        ({"employee": 42}, False),
        ({"extra": 1}, False),
    ],
)
def test_the_schema_of_inputs_says_what_is_taken(service: Service, changed: Json, fits: bool) -> None:
    """A person that fits it is paid, and one that does not is refused."""
    status, schema = service.get("/plans/ivanov/inputs", accept_language="ru")
    assert status == 200
    jsonschema_rs.meta.validate(schema)
    assert schema["properties"]["facts"]["properties"]["calls"]["title"] == "Successful calls"
    person = {**PERSON, **changed}
    assert jsonschema_rs.is_valid(schema, person) == fits
    assert service.post("/evaluate", {"plan": "ivanov", **person})[0] == (200 if fits else 422)


def test_a_broken_file_leaves_the_others_served(tmp_path: Path) -> None:
    """It is listed with its faults, pays nobody, and does not stop the service from being ready."""
    (tmp_path / "good.plan").write_text(GOOD, "utf-8")
    (tmp_path / "broken.plan").write_text(BROKEN, "utf-8")
    (tmp_path / "latin.plan").write_bytes(b'plan "\xe9"')
    service = Service(tmp_path)
    plans = service.get("/plans")[1]["plans"]
    assert [(plan["id"], plan["ready"]) for plan in plans] == [
        ("broken", False),
        ("good", True),
        ("latin", False),
    ]
    status, ready = service.get("/readyz")
    assert (status, ready["plans"], [plan["id"] for plan in ready["broken"]]) == (200, 1, ["broken", "latin"])
    person = {**PERSON, "facts": {}}
    assert service.post("/evaluate", {"plan": "good", **person})[1]["total"] == "60000.00"
    for plan in ("broken", "latin"):
        for problem in (
            service.post("/evaluate", {"plan": plan, **person}),
            service.post("/evaluate/batch", {"plan": plan, "people": [person]}),
            service.get(f"/plans/{plan}/inputs"),
        ):
            assert (problem[0], problem[1]["type"], len(problem[1]["faults"])) == (409, "/faults/P618", 2)
    assert service.get("/plans/broken")[1]["text"] == BROKEN
    assert service.post("/check", {"plan": "broken"})[1]["ok"] is False
    assert service.post("/check", {"plan": "latin"})[0] == 409
    assert service.post("/format", {"plan": "broken"})[0] == 422


@pytest.mark.parametrize("files", [{}, {"broken.plan": BROKEN}])
def test_a_service_with_nothing_to_pay_by(tmp_path: Path, files: dict[str, str]) -> None:
    """Lives and is not ready."""
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    service = Service(tmp_path)
    assert service.get("/healthz") == (200, {"status": "ok"})
    assert service.get("/readyz")[0] == 503
    assert service.get("/openapi.json")[0] == 200


# ── Languages ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("", "en"),
        ("ru", "ru"),
        ("ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7", "ru"),
        ("en;q=0.5, RU;q=0.6", "ru"),
        ("ru;q=0, de", "en"),
        ("de, fr;q=0.9, ru;q=0.1", "ru"),
        ("ru;q=x", "en"),
        ("*", "en"),
        (",;,;q=,=", "en"),
        ("\xff" * 9999, "en"),
    ],
)
def test_the_language_of_a_header(header: str, lang: Lang) -> None:
    """As browsers send it, and as nobody should."""
    assert preferred(header) == lang


@pytest.mark.parametrize(
    ("body", "header", "lang"), [("ru", "en", "ru"), ("en", "ru", "en"), (None, "ru", "ru")]
)
def test_the_body_says_the_language_before_the_header(
    service: Service, body: Lang | None, header: str, lang: Lang
) -> None:
    """And the answer says which it is in."""
    asked = REQUEST if body is None else {**REQUEST, "lang": body}
    found = service.client.post("/evaluate", json=asked, headers={"accept-language": header})
    assert found.headers["content-language"] == lang
    assert found.json()["lines"][0]["label"] == {"en": "Salary", "ru": "Оклад"}[lang]


@LANGUAGES
def test_every_fault_has_its_page(service: Service, lang: Lang) -> None:
    """In the reader's language, where a problem's `type` points to."""
    for code in codes():
        status, page = service.get(f"/faults/{code}", accept_language=lang)
        assert (status, page["code"]) == (200, code)
        assert page["title"]


# ── What is published, and what is said first ────────────────────────────────────────────────────────────


def test_the_examples_of_the_contract_are_true(service: Service) -> None:
    """Every example of a request is answered, and the answers that are shown are the answers that come."""
    contract = service.get("/openapi.json")[1]
    shown = 0
    for path, methods in contract["paths"].items():
        for method, operation in methods.items():
            answers = next(iter(operation["responses"]["200"]["content"].values())).get("examples", {})
            if method == "post":
                for title, example in operation["requestBody"]["content"]["application/json"][
                    "examples"
                ].items():
                    status, answer = service.post(path, example["value"])
                    assert status == 200
                    assert title not in answers or answers[title]["value"] == answer
                    shown += 1
            for title, example in answers.items():
                if "{id}" in path:
                    data = "?format=json" if path.endswith("/regulation") else ""
                    address = path.replace("{id}", title) + data
                    found = service.get(address, accept_language=_lang(service, title))
                    assert found == (200, example["value"])
    assert shown >= 30
    ivanov = contract["paths"]["/evaluate"]["post"]["responses"]["200"]["content"]["application/json"]
    assert ivanov["examples"]["ivanov"]["value"]["total"] == "119800.00"


@pytest.mark.parametrize(
    ("path", "policy"),
    [
        ("/healthz", "default-src 'none'"),
        ("/nowhere", "default-src 'none'"),
        ("/openapi.json", "default-src 'none'"),
        ("/plans/ivanov/regulation", "style-src 'unsafe-inline'"),
        ("/plans/ivanov/curve?format=svg", "style-src 'unsafe-inline'"),
        ("/docs", "script-src 'self'"),
    ],
)
@pytest.mark.parametrize(
    ("sent", "kept"), [("a-1:b/c=", True), ("", False), ("x" * 129, False), ("<b>", False)], ids=str
)
def test_what_every_answer_carries(service: Service, path: str, policy: str, sent: str, kept: bool) -> None:
    """Its name, the caller's where that is harmless, and what a browser must not do with it."""
    headers = service.client.get(path, headers={"X-Request-Id": sent}).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers.get_list("content-security-policy")[1:] == []
    assert policy in headers["content-security-policy"]
    assert (headers["x-request-id"] == sent) is kept
    assert headers["x-request-id"] != service.client.get(path).headers["x-request-id"]


def test_the_page_of_the_contract_needs_no_other_server(service: Service) -> None:
    """What it loads is here, and its policy lets it load nothing else."""
    page = service.client.get("/docs").text
    assert "//" not in page
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(loaded) == 3
    assert all(service.client.get(path).status_code == 200 for path in loaded)
    assert service.client.get("/docs/nothing.js").status_code == 404


def _lang(service: Service, plan: str) -> str:
    lang: str = service.get(f"/plans/{plan}")[1]["lang"]
    return lang


@LANGUAGES
def test_the_greeting_says_what_to_try(service: Service, lang: Lang) -> None:
    """In the reader's language, with a body that is paid."""
    said = greeting(service.registry.shelf, address("0.0.0.0", 8000), lang)
    assert "http://127.0.0.1:8000/docs" in said
    body = said[said.index("{") : said.rindex("}") + 1]
    assert service.post("/evaluate", body)[1]["total"] == "119800.00"


@pytest.mark.parametrize(
    ("host", "at"),
    [("127.0.0.1", "http://127.0.0.1:1"), ("::", "http://[::1]:1"), ("premia", "http://premia:1")],
)
def test_the_address_of_the_service(host: str, at: str) -> None:
    """As a browser wants it."""
    assert address(host, 1) == at


def test_a_check_answers_with_advice() -> None:
    """It never makes a plan wrong, and statements carry none of it."""
    text = IVANOV.read_text("utf-8").replace("allow cliff", "# allow cliff")
    status, answer = served().post("/check", {"source": text, "lang": "en"})
    assert status == 200
    assert answer["ok"]
    assert [one["code"] for one in answer["advice"]] == ["P460"] * 4
    assert answer["exposure"]["lines"][0]["most"] == "60000.00"
    assert served().post("/evaluate", REQUEST)[1]["warnings"] == []
