"""Tables as they come: whose records they are, what is missing, what is left out, and what is said of it."""

from dsl.faults import Fault
from dsl.source import Source
from engine.compile import Compiled, read_plan
from engine.evaluate import Company, Result, pay, pay_all
from engine.facts import Person, SentTables
from tests.support.sellers import PLAN, WHEN, deal


def compiled() -> Compiled:
    found = read_plan(Source("sellers.plan", PLAN))
    assert isinstance(found, Compiled)
    return found


def codes(faults: tuple[Fault, ...]) -> list[str]:
    return [fault.code for fault in faults]


def alone(*rows: dict[str, object]) -> Result | tuple[Fault, ...]:
    tables = SentTables({"deals": rows}, alone="A")
    return pay(compiled(), Person("A", WHEN, {}, tables=tables))


def total(found: object) -> int:
    assert isinstance(found, Result)
    return found.total


def test_a_table_that_is_missing_is_told_and_an_empty_one_pays_nothing() -> None:
    found = pay(compiled(), Person("A", WHEN, {}))
    assert isinstance(found, tuple)
    assert codes(found) == ["P553"]
    assert total(alone()) == 0


def test_each_of_a_company_is_paid_by_their_own_records() -> None:
    people = [Person(name, WHEN, {}) for name in "ABC"]
    rows = [deal("1", "A", "100"), deal("2", "B", "200"), deal("3", "A", "50"), deal("4", "X", "9")]
    paid = pay_all(lambda _: plan, Company(people, SentTables({"deals": rows})))
    plan = compiled()
    assert [total(one) for one in paid] == [300, 400, 0]


def test_records_of_people_who_are_not_paid_are_counted() -> None:
    rows = [deal("1", "A", "100"), deal("2", "X", "1"), deal("3", "X", "1"), deal("4", "Y", "1")]
    (said,) = SentTables({"deals": rows}).elsewhere([compiled()], {"A"})
    assert (said.code, said.facts["rows"], said.facts["people"]) == ("P556", "3", "2")


def test_a_record_of_somebody_else_is_refused_where_one_person_is_paid() -> None:
    found = alone(deal("1", "A", "100"), deal("2", "B", "200"), deal("3", "B", "200"))
    assert isinstance(found, tuple)
    assert codes(found) == ["P555"]
    assert found[0].pointer == "/tables/deals/1"


def test_columns_that_are_not_read_are_said_once() -> None:
    found = alone(deal("1", "A", "100", colour="red"), deal("2", "A", "100", colour="red", shape="x"))
    assert total(found) == 400
    assert isinstance(found, Result)
    assert codes(found.warnings) == ["P554"]


def test_a_number_that_is_understood_pays_and_is_said() -> None:
    found = alone(deal("1", "A", "1 234,50"), deal("2", "A", "2 234,50"))
    assert total(found) == 6938
    assert isinstance(found, Result)
    assert codes(found.warnings) == ["P536"]


def test_one_record_that_is_wrong_touches_nobody_else() -> None:
    plan = compiled()
    people = [Person(name, WHEN, {}) for name in "AB"]
    rows = [deal("1", "A", "much"), deal("2", "B", "200")]
    one, other = pay_all(lambda _: plan, Company(people, SentTables({"deals": rows})))
    assert isinstance(one, tuple)
    assert total(other) == 400
