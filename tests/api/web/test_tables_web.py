"""Records come through every door of the service that takes facts, or are refused by name."""

from __future__ import annotations

import pytest

from tests.support.places import EXAMPLES
from tests.support.sellers import OTHER, PLAIN, PLAN, codes, deal, many, one
from tests.support.service import Service, told

ROWS = [deal("1", "A", 100), deal("2", "B", "200.50"), deal("3", "A", "50"), deal("4", "X", 9)]


def test_one_person_is_paid_by_their_records(service: Service) -> None:
    status, paid = service.post("/evaluate", one(ROWS[0], ROWS[2]))
    assert (status, paid["total"]) == (200, "3.00")


def test_a_missing_table_is_no_empty_one(service: Service) -> None:
    body = one()
    assert service.post("/evaluate", body)[1]["total"] == "0.00"
    del body["tables"]
    status, problem = service.post("/evaluate", body)
    assert (status, codes(problem)) == (422, [("P553", "/tables")])


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([ROWS[0], ROWS[1]], ("P555", "/tables/deals/1")),
        ([{**ROWS[0], "amount": [1]}], ("P551", "/tables/deals/0/amount")),
        ([{**ROWS[0], "amount": None}], ("P543", "/tables/deals/0/amount")),
        ([{**ROWS[0], "amount": True}], ("P503", "/tables/deals/0/amount")),
        ([{**ROWS[0], "deal": "7" * 1000}], ("P551", "/tables/deals/0/deal")),
        ([7], ("P610", "/tables/deals/0")),
        ([ROWS[0], {**ROWS[0], "amount": 1}], ("P547", "/tables/deals/0")),
    ],
)
def test_records_that_cannot_be_theirs_or_cannot_be_read(
    service: Service, rows: list[object], expected: tuple[str, str]
) -> None:
    status, problem = service.post("/evaluate", one(*rows))
    assert status == 422
    assert codes(problem)[0] == expected


@pytest.mark.parametrize("tables", [7, [], "deals", None, {"deals": {}}, {"deals": None}])
def test_tables_that_are_none(service: Service, tables: object) -> None:
    for route, body in (("/evaluate", one()), ("/evaluate/batch", many())):
        status, problem = service.post(route, {**body, "tables": tables})
        assert status == 422
        assert codes(problem)[0][0] == "P610"


def test_a_table_that_no_plan_reads(service: Service) -> None:
    tables: dict[str, list[object]] = {"deals": [], "calls": []}
    for route, body in (("/evaluate", one()), ("/evaluate/batch", many()), ("/simulate", many())):
        status, problem = service.post(route, {**body, "tables": tables})
        assert (status, codes(problem)) == (422, [("P550", "/tables/calls")])
    status, problem = service.post("/evaluate", {**one(), "source": PLAIN})
    assert (status, codes(problem)) == (422, [("P550", "/tables/deals")])


def test_each_of_a_batch_has_their_own_records_or_their_own_faults(service: Service) -> None:
    rows = [*ROWS, deal("5", "B", "much"), deal("6", "A", 1, colour="red")]
    status, paid = service.post("/evaluate/batch", many(*rows))
    assert status == 200
    first, second = paid["results"]
    assert first["total"] == "3.02"
    assert codes(second) == [("P503", "/tables/deals/4/amount")]
    assert [one["code"] for one in paid["notices"]] == ["P554", "P556"]
    assert paid["tables"] == [{"name": "deals", "rows": 6, "theirs": 5, "others": 1, "unclear": 0}]


def test_records_of_nobody_are_told_and_pay_nobody(service: Service) -> None:
    status, paid = service.post("/evaluate/batch", many(ROWS[0], {**ROWS[2], "manager": None}))
    assert (status, paid["results"][0]["total"]) == (200, "2.00")
    assert [one["code"] for one in paid["notices"]] == ["P543", "P595"]
    assert "P595" in [one["code"] for one in paid["results"][0]["warnings"]]
    assert paid["tables"][0]["unclear"] == 1


def test_the_order_of_rows_and_without_reasons_is_the_same(service: Service) -> None:
    totals = [
        [row["total"] for row in service.post("/evaluate/batch", many(*rows, reasons=reasons))[1]["results"]]
        for rows in (ROWS, ROWS[::-1])
        for reasons in (True, False)
    ]
    assert totals == [["3.00", "4.01"]] * 4


def test_who_stands_twice_in_a_batch_is_one(service: Service) -> None:
    _, paid = service.post("/evaluate/batch", many(*ROWS, names="AA"))
    assert paid["totals"] == [{"currency": "RUB", "total": "3.00"}]


def test_what_a_plan_would_cost_and_what_a_change_makes(service: Service) -> None:
    status, cost = service.post("/simulate", many(*ROWS))
    assert (status, cost["whole"]["total"]) == (200, "7.01")
    sides = {"old": {"source": PLAN}, "new": {"source": OTHER}}
    body = {name: value for name, value in many(*ROWS).items() if name != "source"}
    status, found = service.post("/diff", {**sides, **body})
    assert status == 200
    people = found["plans"][0]["people"] if "plans" in found else found["people"]
    assert (people["old"], people["new"]) == ("7.01", "10.52")
    body.pop("people")
    assert codes(service.post("/diff", {**sides, **body})[1]) == [("P611", "")]


def test_a_receipt_holds_the_records_that_it_follows_from(service: Service) -> None:
    status, receipt = service.post("/receipt", one(ROWS[0], deal("3", "A", "1 234,50", colour="red")))
    assert status == 200
    assert receipt["people"][0]["tables"]["deals"][0]["amount"] == "100"
    status, same = service.post("/verify", receipt)
    assert (status, same["people"][0]["total"]) == (200, "26.69")


def test_a_bridge_tells_what_other_records_make(service: Service) -> None:
    old, new = (service.post("/receipt", one(*rows))[1] for rows in ([ROWS[0]], [ROWS[0], ROWS[2]]))
    status, found = service.post("/bridge", {"old": old, "new": new})
    assert status == 200
    (person,) = found["people"]
    assert [(change["what"], change["name"], change["amount"]) for change in person["changes"]] == [
        ("records", "deals", "1.00")
    ]


def test_examples_with_records_are_checked(service: Service) -> None:
    status, found = service.post("/check", {"source": PLAN})
    assert status == 200
    assert not told(found)
    assert found["examples"][0]["passed"]


def test_a_receipt_of_a_group_is_one_of_all_of_it_and_verifies(service: Service) -> None:
    """A team figure hangs on all members: alone nobody can be paid, together they are, with one receipt."""
    text = (EXAMPLES / "department" / "department.plan").read_text("utf-8")
    source = (
        text.replace(" taken from crm", "")
        .replace(" taken from telephony", "")
        .replace(" taken from accounting", "")
    )
    people = [
        {"employee": who, "period": "2025-07", "facts": {"department": "Sales", "received": sum_}}
        for who, sum_ in (("A", 4_500_000), ("B", 1_000_000))
    ]
    sold = {"deal": "1", "manager": "A", "closed": "2025-07-03", "won": True, "amount": 4_500_000}
    sent = {"source": source, "people": people, "tables": {"deals": [sold], "calls": []}}
    status, receipt = service.post("/receipt/batch", sent)
    assert status == 200
    paid = service.post("/evaluate/batch", sent)[1]["results"]
    assert [one["total"] for one in receipt["answers"]] == [one["total"] for one in paid]
    assert [len(one["tables"]["deals"]) for one in receipt["people"]] == [1, 0]
    assert service.post("/verify", receipt)[0] == 200
    status, refused = service.post(
        "/receipt/batch", {**sent, "people": [people[0], {**people[1], "facts": {}}]}
    )
    assert status == 422
    assert refused["faults"][0]["pointer"].startswith("/people/1")


def test_late_records_count_once_in_a_receipt_of_several_periods(service: Service) -> None:
    """A record of June counts in June, where June is paid as well, and not again as it arrives in July."""
    source = (
        'plan "Late"\nversion 1\ncurrency RUB\ntable deals "Deals" late on arrival within 90 days\n'
        "  deal  id\n  seller  employee\n  won_on  date, counts\n  amount  money\n"
        "commission 10% of sum of amount of deals\n"
    )
    rows = [
        {"deal": str(at), "seller": "A", "won_on": f"2025-0{month}-10", "amount": 100}
        for at, month in enumerate((6, 7))
    ]
    people = [{"employee": "A", "period": f"2025-0{month}", "facts": {}} for month in (6, 7)]
    sent = {"source": source, "people": people, "tables": {"deals": rows}}
    paid, receipt = (service.post(route, sent) for route in ("/evaluate/batch", "/receipt/batch"))
    assert (paid[0], receipt[0]) == (200, 200)
    for answers in (paid[1]["results"], receipt[1]["answers"]):
        assert [one["total"] for one in answers] == ["10.00", "10.00"]
    assert service.post("/verify", receipt[1])[0] == 200
