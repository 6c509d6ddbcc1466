"""Results: figures that go out with the pay, are in no total, and count as they go out."""

from __future__ import annotations

from collections.abc import Mapping

from dsl.record import plain
from dsl.source import Source
from engine.bridge.results import differing
from engine.compile import Compiled, read_plan
from engine.evaluate import Company, Result, amounts, pay, pay_all
from engine.facts import Person, read_facts
from engine.simulate.document import document as simulated
from engine.simulate.simulate import simulation
from engine.statement import document
from engine.statement.document import amounts as bare

HEAD = 'plan "P"\nversion 1\ncurrency RUB\n'


def compiled(text: str) -> Compiled:
    found = read_plan(Source("p.plan", HEAD + text))
    assert isinstance(found, Compiled), found
    return found


def paid(plan: Compiled, facts: Mapping[str, object]) -> Result:
    result = pay(plan, Person("A", "2025-07", facts))
    assert isinstance(result, Result), result
    return result


def shown(result: Result) -> list[tuple[str, str, str]]:
    return [(one.name, one.value, one.text) for one in document(result, "en", None).results or ()]


def test_results_are_paid_to_nobody() -> None:
    plan = compiled(
        "fact sold money\nfact norm money\nsalary 100\nresult third = sold / 3\n"
        "result share number = sold / norm\n"
    )
    result = paid(plan, {"sold": "100", "norm": "300"})
    assert (result.total, len(result.kernel.lines)) == (10000, 1)
    assert shown(result) == [("third", "33.33", "33.33 RUB"), ("share", "1/3", "≈ 0.333333")]
    facts = read_facts(plan, Person("A", "2025-07", {"sold": "100", "norm": "300"}))
    assert amounts(facts) == result.amounts


def test_every_kind_goes_out_in_its_own_notation() -> None:
    plan = compiled(
        "fact sold money\nfact hired date\nresult on_plan = sold >= 50\nresult since date = hired\n"
        "result rate percent = 2.5%\nresult left money = 10 - sold\n"
    )
    result = paid(plan, {"sold": "49.50", "hired": "2025-07-01"})
    assert shown(result) == [
        ("on_plan", "no", "no"),
        ("since", "2025-07-01", "2025-07-01"),
        ("rate", "0.025", "2.5%"),
        ("left", "-39.50", "−39.50 RUB"),
    ]


def test_a_plan_of_results_alone_has_no_line() -> None:
    plan = compiled("fact sold money\nresult index percent = sold / 200\n")
    said = plain(document(paid(plan, {"sold": "100"}), "en", None))
    assert (said["lines"], said["total"], said["results"][0]["value"]) == ([], "0.00", "0.5")
    assert plain(bare(paid(plan, {"sold": "100"}), "en", None))["results"] == [
        {"name": "index", "kind": "percent", "value": "0.5"}
    ]


def test_without_results_nothing_is_said_of_them() -> None:
    plan = compiled("fact sold money\ncommission 1% of sold\n")
    assert "results" not in plain(document(paid(plan, {"sold": "100"}), "en", None))
    assert "results" not in plan.kernel.canonical


def test_only_what_somebody_of_a_sort_needs_is_asked_for() -> None:
    plan = compiled(
        "fact grade one of (junior; senior)\nfact calls count\nfact sold money\nsalary 100\n"
        "result score number = by grade (junior: calls / 10; senior: sold / 1 000)\n"
    )
    assert shown(paid(plan, {"grade": "junior", "calls": "50"})) == [("score", "5", "5")]
    assert shown(paid(plan, {"grade": "senior", "sold": "500"})) == [("score", "0.5", "0.5")]


def test_a_group_sees_results_as_they_go_out() -> None:
    plan = compiled(
        "fact sold money\ngroup team\nresult third money = sold / 3\nresult all_thirds = third of team\n"
    )
    people = [Person(name, "2025-07", {"sold": "100", "team": "x"}) for name in "ABC"]
    for result in pay_all(lambda _: plan, Company(people)):
        assert isinstance(result, Result)
        assert shown(result)[1] == ("all_thirds", "99.99", "99.99 RUB")


def test_a_result_without_a_value_stands_in_the_way() -> None:
    plan = compiled("fact calls count\nsalary 100\nresult rate = 1 / calls\n")
    assert not isinstance(pay(plan, Person("A", "2025-07", {"calls": "0"})), Result)
    assert amounts(read_facts(plan, Person("A", "2025-07", {"calls": "0"}))) is None


def test_two_answers_tell_which_results_differ() -> None:
    plan = compiled("fact sold money\nsalary 100\nresult rate number = sold / 100 RUB\nresult same = 5\n")
    one, other = (paid(plan, {"sold": sold}) for sold in ("100", "250"))
    (changed,) = differing(one, other, "en", {}) or ()
    assert (changed.name, changed.kind, changed.old, changed.new) == ("rate", "number", "1", "2.5")
    assert differing(one, one, "en", {}) is None


def test_a_simulation_tells_how_results_are_spread() -> None:
    plan = compiled(
        "fact sold money\nsalary 100\nresult share percent = sold / 300\nresult good = sold > 150\n"
    )
    done = simulation(plan, None, sensitive=False)
    assert all(done.add(Person(sold, "2025-07", {"sold": sold}) for sold in ("100", "200")))
    (found,) = simulated(done, "en", (), ()).whole.results or ()
    assert (found.name, found.rows, found.least, found.average, found.greatest) == (
        "share",
        2,
        "1/3",
        "0.5",
        "2/3",
    )


def test_the_total_of_a_thousand_lines_is_a_figure() -> None:
    """Added up evenly, so that no formula nests as deep as there are lines."""
    lines = "".join(f"pay p{number} = {number}\n" for number in range(1_000))
    plan = compiled(f"{lines}total rounded to 1 000\nresult all = total * 2\n")
    assert [value for _, value, _ in shown(paid(plan, {}))] == ["1000000.00"]
