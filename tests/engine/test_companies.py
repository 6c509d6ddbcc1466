"""Doors that hold plans, months and people against one another, where people are paid together."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given

from dsl.faults import Fault
from dsl.words import LANGS, Lang
from engine import bridge as b
from engine.compare import between, compared
from engine.compile import Compiled
from engine.evaluate import Company, Result, pay_all
from engine.facts import Person, SentTables
from engine.simulate import document, simulation
from tests.support.chances import CHANCE, examples
from tests.support.cli import data, premia, written
from tests.support.teams import plan

HEAD = """plan "Team"
version 1
currency RUB
fact hours "Hours" number
group team "Team"
"""
PAYS = """
salary 10 000
commission {rate}% of sold
pay together "For the team" = 1% of (sold of team)
pay pooled "From the fund" = share of {fund} by hours within team
total cap {cap}
"""
DEALS = """table deals "Deals"
  deal     id
  seller   employee
  paid_on  date, counts
  amount   money
sold "Sold" = sum of amount of deals
"""
PLAN = HEAD + DEALS + PAYS
BY_FACTS = HEAD + 'fact sold "Sold" money' + PAYS


def by(*, rate: int = 1, fund: int = 10_000, cap: int = 30_000, text: str = PLAN) -> Compiled:
    return plan(text.format(rate=rate, fund=fund, cap=cap))


def crowd(chance: Random, period: str) -> list[Person]:
    """Four people in two teams, with their deals."""
    rows: list[dict[str, object]] = [
        {
            "deal": f"{at}",
            "seller": chance.choice("abcd"),
            "paid_on": f"{period}-05",
            "amount": str(chance.randint(1, 9999)),
        }
        for at in range(chance.randint(0, 8))
    ]
    tables = SentTables({"deals": rows})
    return [
        Person(
            name,
            period,
            {"team": chance.choice("NS"), "hours": str(chance.randint(1, 9))},
            tables=tables,
        )
        for name in "abcd"
    ]


def paid_all(compiled: Compiled, people: list[Person]) -> list[tuple[Person, Result]]:
    """Everybody with their result, in all periods."""
    found = zip(people, pay_all(lambda _: compiled, Company(people)), strict=True)
    return [(person, one) for person, one in found if isinstance(one, Result)]


def paid(compiled: Compiled, people: list[Person]) -> b.Payroll:
    """The same by their numbers, in one period."""
    return {person.employee: (person, one) for person, one in paid_all(compiled, people)}


# ── Why pay changed ──────────────────────────────────────────────────────────────────────────────────────


def bridged(older: b.Payroll, newer: b.Payroll) -> list[b.Bridge]:
    both = b.joined(older["a"][1], newer["a"][1])
    assert not isinstance(both, Fault)
    return [*b.bridges(both, older, newer)]


@given(CHANCE)
@examples(6)
def test_a_bridge_of_members_adds_up_and_turns_round(chance: Random) -> None:
    """Each end is what was paid, the parts make up what lies between, and the way back turns their signs."""
    months = chance.choice([("2025-07", "2025-08"), ("2025-07", "2025-07")])
    plans = by(), by(rate=chance.choice([1, 2]), fund=chance.choice([10_000, 7_777]))
    older, newer = (paid(one, crowd(chance, month)) for one, month in zip(plans, months, strict=True))
    there, back = bridged(older, newer), bridged(newer, older)
    for one, other in zip(there, back, strict=True):
        name = one.new.person.employee
        assert sum(one.before.values()) == older[name][1].total
        assert sum(one.after.values()) == newer[name][1].total
        for key in {*one.before, *one.after}:
            made = sum(change.parts.get(key, 0) for change in one.changes)
            assert made == one.after.get(key, 0) - one.before.get(key, 0)
        assert {
            (c.what, c.unit is None): c.amount for c in one.changes if c.unit is None and c.differs is None
        } == {
            (c.what, c.unit is None): -c.amount for c in other.changes if c.unit is None and c.differs is None
        }


def test_what_the_others_bring_is_told_apart() -> None:
    """A colleague who sells more, and nothing else: it is theirs, and nobody is told how much they sell."""
    text = by(text=BY_FACTS)
    facts = {"team": "N", "hours": "1", "sold": "1000"}
    july = [Person("a", "2025-07", facts), Person("b", "2025-07", facts)]
    august = [Person("a", "2025-08", facts), Person("b", "2025-08", {**facts, "sold": "3000"})]
    (found, _) = bridged(paid(text, july), paid(text, august))
    (change,) = b.document(found, "en").changes
    assert (change.what, change.sentence) == (
        "colleagues",
        "what the others in Team bring: 1 before, 1 now: +20.00",
    )
    assert b.document(found, "ru").changes[0].sentence == "остальные, Team: прежде 1, теперь 1: +20,00"


def test_records_and_the_period_are_said_to_be_one_change() -> None:
    """Which records count is decided by the period."""
    chance = Random(5)
    older, newer = (paid(by(), crowd(chance, month)) for month in ("2025-07", "2025-08"))
    said = [change.sentence for one in bridged(older, newer) for change in b.document(one, "en").changes]
    told = [one for one in said if one.startswith("records and the period together, Deals: ")]
    assert told
    assert all(" for 2025-07, " in one and " for 2025-08: " in one for one in told)


# ── What a plan would cost, and what a change of it would ────────────────────────────────────────────────


@given(CHANCE)
@examples(6)
def test_a_simulation_and_a_comparison_pay_people_together(chance: Random) -> None:
    people = [*crowd(chance, "2025-07"), *crowd(chance, "2025-08")]
    old, new = by(), by(rate=2, fund=9_999, cap=chance.choice([30_000, 11_000]))
    totals = [sum(one.total for _, one in paid_all(plan, people)) for plan in (old, new)]
    done = simulation(new, old, sensitive=True)
    assert len([*done.add(people)]) == len(people)
    assert (done.whole.against.total, done.whole.total) == (totals[0], totals[1])
    for moved in done.moved:
        compiled = moved.parameter.plan
        if compiled is not None:
            again = sum(one.total for _, one in paid_all(compiled, people))
            assert moved.change == again - totals[1]
    both = between(old, new)
    twice = compared(both, people)
    assert [sum(one.delta or 0 for one in twice)] == [totals[1] - totals[0]]
    assert all(sum(one.parts or ()) == one.delta for one in twice)
    assert document(done, "en", (), ()).whole.people == 4


# ── The doors ────────────────────────────────────────────────────────────────────────────────────────────

TABLE = "employee;period;team;sold;hours\na;{0};N;1000;1\nb;{0};N;2000;1\nc;{0};N;3000;1\nd;{0};S;{1};3\n"


@pytest.mark.parametrize("lang", LANGS)
def test_a_receipt_of_a_company_holds_and_is_bridged(lang: Lang, tmp_path: Path) -> None:
    text = BY_FACTS.format(rate=1, fund=10_000, cap=30_000)
    file = written(tmp_path, "team.plan", text)
    for month, sold in (("2025-07", 500), ("2025-08", 700)):
        facts = written(tmp_path, f"{month}.csv", TABLE.format(month, sold))
        out = tmp_path / f"{month}.json"
        assert premia("receipt", file, "--facts", facts, "--out", out, lang=lang).exit_code == 0
        assert data("verify", out, lang=lang)["same"]
    found = data("bridge", *(tmp_path / f"{month}.json" for month in ("2025-07", "2025-08")), lang=lang)
    assert [one["change"] for one in found["people"]] == ["0.00", "0.00", "0.00", "4.00"]
    alone = premia("receipt", file, "--facts", tmp_path / "2025-07.csv", "--employee", "a", lang=lang)
    assert (alone.exit_code, "P726" in alone.output) == (1, True)


def test_a_receipt_of_some_of_a_group_is_refused(tmp_path: Path) -> None:
    """Without who cannot be paid the others would be paid by another team."""
    file = written(tmp_path, "team.plan", BY_FACTS.format(rate=1, fund=10_000, cap=30_000))
    facts = written(tmp_path, "july.csv", TABLE.format("2025-07", "many"))
    assert "P726" in premia("receipt", file, "--facts", facts).output
