"""Tables as they come: whose records they are, what is missing, what is left out, and what is said of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dsl.faults import Fault
from dsl.source import Source
from engine.compile import Compiled, read_plan
from engine.evaluate import Company, Result, pay, pay_all
from engine.facts import Parted, PartedBy, Person, SentTables
from tests.support.sellers import PLAN, WHEN, deal


class Held(Parted):
    """Records that are had of one person at a time."""

    by = PartedBy("manager", "deal")

    def __init__(self, rows: list[dict[str, object]]) -> None:
        self.rows = rows

    @property
    def counts(self) -> Counter[str | None]:
        return Counter(self._whose(row) for row in self.rows)

    @property
    def names(self) -> set[str]:
        return {name for row in self.rows for name in row}

    def of(self, who: str | None) -> list[tuple[int, dict[str, object]]]:
        return [(at, row) for at, row in enumerate(self.rows) if self._whose(row) == who]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, object]]:
        return iter(self.rows)

    def __contains__(self, row: object) -> bool:
        return row in self.rows

    def _whose(self, row: dict[str, object]) -> str | None:
        return str(row.get("manager") or "") or None


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
    (said,) = SentTables({"deals": rows}).elsewhere([compiled()], {"A"}, ())
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


def test_a_column_that_no_record_has_is_told_once_and_pays_nobody() -> None:
    """It is called otherwise; without it everybody would be paid as if there were no records."""
    plan = compiled()
    people = [Person(name, WHEN, {}) for name in "AB"]
    rows = [{**deal(str(at), "A", "100"), "salesman": "A"} for at in range(3)]
    for row in rows:
        del row["manager"]
    for several in (rows, Held(rows)):
        sent = SentTables({"deals": several})
        for one in pay_all(lambda _: plan, Company(people, sent)):
            assert isinstance(one, tuple)
            assert [(fault.code, fault.facts["name"]) for fault in one] == [("P594", "manager")]
            assert "salesman" in str(one[0].facts["others"])
        assert [fault.code for fault in sent.elsewhere([plan], {"A", "B"}, ())] in ([], ["P554"])


def test_records_of_nobody_are_told_to_whoever_is_paid_without_them() -> None:
    """The first of them one by one, and how many; to each of the period that they may be of."""
    plan = compiled()
    rows = [deal("1", "A", "100"), *(deal(str(at), "", "50") for at in range(2, 42))]
    for several in (rows, Held(rows)):
        sent = SentTables({"deals": several})
        now, other = pay_all(
            lambda _: plan, Company([Person("A", WHEN, {}), Person("A", "2024-01", {})], sent)
        )
        assert isinstance(now, Result)
        assert isinstance(other, Result)
        assert [(one.code, one.facts["rows"]) for one in now.warnings if one.code == "P595"] == [
            ("P595", "40")
        ]
        assert "P595" not in codes(other.warnings)
        told = codes((*sent.elsewhere([plan], {"A"}, ()),))
        assert told == ["P543"] * 5 + ["P595"]
