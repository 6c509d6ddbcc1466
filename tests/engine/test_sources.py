"""Facts and tables are taken from where a plan takes them from, and refused by name where they are not."""

from __future__ import annotations

import pytest

from dsl.source import Source
from engine.compatibility import compatible
from engine.compile import Compiled, read_plan
from engine.evaluate import Company, Paid, Result, pay, pay_all
from engine.facts import Origin, Origins, Person, SentTables
from engine.statement import document

HEAD = 'plan "Sellers"\nversion 1\ncurrency RUB\n'


def plan(text: str) -> Compiled:
    found = read_plan(Source("sellers.plan", HEAD + text))
    assert isinstance(found, Compiled), found
    return found


def codes(found: Paid) -> list[str]:
    return [fault.code for fault in (found.warnings if isinstance(found, Result) else found)]


SIMPLE = plan("fact revenue money taken from accounting\ncommission 1% of revenue\n")


def paid(origins: Origins | None, compiled: Compiled = SIMPLE) -> Paid:
    return pay(compiled, Person("17", "2025-07", {"revenue": "100"}, origins=origins))


@pytest.mark.parametrize(
    ("origins", "expected"),
    [
        (None, []),
        (Origins(), ["P560"]),
        (Origins(Origin("accounting")), []),
        (Origins(Origin("ACCOUNTING", "2025-08-01")), []),
        (Origins(Origin("accounting", "2025-07-31 09:00")), []),
        (Origins(Origin("accounting", "2025-07-30 23:59")), ["P565"]),
        (Origins(Origin("crm")), ["P561"]),
        (Origins(Origin("crm"), {"revenue": Origin("accounting")}), []),
        (Origins(Origin("accounting"), {"revenue": Origin()}), ["P560"]),
        (Origins(Origin(None, "2025-08-01")), ["P560"]),
    ],
)
def test_a_fact_comes_from_where_the_plan_takes_it_from(origins: Origins | None, expected: list[str]) -> None:
    assert codes(paid(origins)) == expected


def test_whose_fact_and_which_is_refused_is_said() -> None:
    found = paid(Origins(Origin("crm")))
    assert isinstance(found, tuple)
    (fault,) = found
    assert fault.pointer == "/facts/revenue"
    assert fault.facts == {
        "name": "revenue",
        "employee": "17",
        "source": "crm",
        "wanted": ("accounting",),
    }


def test_a_default_stands_for_what_is_not_given_and_never_for_what_is_refused() -> None:
    text = "fact revenue money default 7 taken from accounting\ncommission 1% of revenue\n"
    nothing = pay(plan(text), Person("17", "2025-07", {}, origins=Origins()))
    assert isinstance(nothing, Result)
    assert nothing.facts.came == ()
    assert codes(paid(Origins(), plan(text))) == ["P560"]


def test_the_line_at_the_head_holds_for_what_says_nothing_of_its_own() -> None:
    text = "facts taken from crm\nfact ktu number typed in\ncommission 100 * ktu * calls\n"
    facts = {"ktu": "1", "calls": "2"}
    for origins, expected in (
        (Origins(), ["P560"]),
        (Origins(Origin("crm")), ["P561"]),
        (Origins(Origin("crm"), {"ktu": Origin()}), []),
    ):
        assert codes(pay(plan(text), Person("17", "2025-07", facts, origins=origins))) == expected


def test_an_attribute_comes_from_a_source_too() -> None:
    text = "fact grade one of (low; high) taken from register\npay x = 5 by grade (low: 1; high: 2)\n"
    text = text.replace("5 by grade", "by grade")
    person = Person("17", "2025-07", {"grade": "high"}, origins=Origins())
    assert codes(pay(plan(text), person)) == ["P560"]


TABLE = """\
table deals taken from crm
  deal     id
  manager  employee
  amount   money
commission 2% of sum of amount of deals
"""
ROWS = [{"deal": "1", "manager": "A", "amount": "100"}, {"deal": "2", "manager": "B", "amount": "50"}]


@pytest.mark.parametrize(
    ("origins", "expected"),
    [
        (None, []),
        (Origins(), ["P562"]),
        (Origins(named={"deals": Origin("telephony")}), ["P563"]),
        (Origins(named={"deals": Origin("crm", "2025-07-01")}), ["P565"]),
        (Origins(named={"deals": Origin("crm")}), []),
    ],
)
def test_a_table_comes_from_where_the_plan_takes_it_from(
    origins: Origins | None, expected: list[str]
) -> None:
    compiled, tables = plan(TABLE), SentTables({"deals": ROWS}, origins=origins)
    people = [Person(name, "2025-07", {}, origins=Origins()) for name in "AB"]
    for found in pay_all(lambda _: compiled, Company(people, tables)):
        assert codes(found) == expected


def test_the_answer_lists_where_facts_and_tables_came_from() -> None:
    compiled, tables = plan(TABLE), SentTables({"deals": ROWS}, origins=Origins(Origin("crm", "2025-08-01")))
    (found,) = pay_all(lambda _: compiled, Company([Person("A", "2025-07", {}, origins=Origins())], tables))
    assert isinstance(found, Result)
    (said,) = document(found, "en", None).sources or ()
    assert (said.what, said.name, said.source, said.as_of) == ("table", "deals", "crm", "2025-08-01")
    assert said.records == 1
    assert said.digest is not None


def test_nothing_is_listed_where_nobody_says_or_asks() -> None:
    free = plan("commission 1% of revenue\n")
    for origins, listed in ((None, False), (Origins(), False), (Origins(Origin("crm")), True)):
        found = paid(origins, free)
        assert isinstance(found, Result)
        assert (document(found, "en", None).sources is not None) is listed


def test_a_colleague_whose_fact_is_refused_is_waited_for_by_name() -> None:
    text = "fact revenue money taken from crm\ngroup team\npay x = 1% of (revenue of team)\n"
    people = [
        Person(name, "2025-07", {"team": "North", "revenue": "100"}, origins=Origins(Origin(source)))
        for name, source in (("A", "crm"), ("B", None))
    ]
    own, refused = pay_all(lambda _: plan(text), Company(people))
    assert codes(own) == ["P582"]
    assert codes(refused) == ["P560"]


def test_sources_are_a_part_of_the_meaning_and_their_order_and_letters_are_not() -> None:
    def digest(source: str) -> str:
        return plan(f"fact revenue money {source}\ncommission 1% of revenue\n").kernel.digest

    assert digest('taken from "the CRM"') == digest("")
    assert digest("taken from crm") != digest("")
    assert digest("taken from crm or accounting") == digest("taken from Accounting or CRM")
    assert digest("taken from crm or typed in") != digest("taken from crm")


def test_a_source_that_is_accepted_no_more_breaks_others() -> None:
    def reads(source: str) -> Compiled:
        return plan(f"fact revenue money {source}\ncommission 1% of revenue\n")

    both, one = reads("taken from crm or accounting"), reads("taken from crm")
    assert [fault.code for fault in compatible(both, one)] == ["P717"]
    assert [fault.code for fault in compatible(reads(""), one)] == ["P717"]
    assert compatible(one, both) == compatible(one, one) == ()


@pytest.mark.parametrize(
    ("own", "others", "expected"),
    [
        (Origins(), Origins(Origin("crm")), "crm"),
        (Origins(Origin("hand")), Origins(Origin("crm"), {"x": Origin("accounting")}), "hand"),
        (Origins(named={"x": Origin()}), Origins(Origin("crm")), None),
        (Origins(), Origins(named={"x": Origin("accounting")}), "accounting"),
    ],
)
def test_who_says_something_of_their_own_is_told_nothing_for_all(
    own: Origins, others: Origins, expected: str | None
) -> None:
    assert own.over(others).of("x").source == expected
