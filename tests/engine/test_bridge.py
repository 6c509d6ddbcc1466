"""Why pay changed: parts that add up, turn round with their sides, and are nothing where nothing changed."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest
from hypothesis import assume, given

from dsl.faults import Fault
from dsl.record import canonical, plain
from dsl.source import Source
from dsl.words import LANGS, Lang
from engine import bridge as b
from engine.compile import Compiled, read_plan
from engine.evaluate import Result, pay
from engine.facts import Person
from tests.support.chances import CHANCE, examples
from tests.support.cli import data, premia, written
from tests.support.ivanov import LATER, OTHER, TEXT, changed, receipts
from tests.support.places import IVANOV
from tests.support.plans import draft
from tests.support.sales import plan
from tests.support.service import PERSON, REQUEST, served
from tests.support.trials import compiled as compiled_
from tests.support.trials import someone

FACTS = {name: str(value) for name, value in PERSON["facts"].items()}
SERVICE = served()


def paid(compiled: Compiled, facts: Mapping[str, object], period: str = "2025-07") -> tuple[Person, Result]:
    """Somebody with their result."""
    person = Person("0042", period, facts)
    result = pay(compiled, person)
    assert isinstance(result, Result), result
    return person, result


def between(old: tuple[Person, Result], new: tuple[Person, Result]) -> b.Bridge:
    """The bridge between two answers, its parts being those of its lines."""
    both = b.joined(old[1], new[1])
    assert not isinstance(both, Fault)
    (found,) = b.bridges(both, {"0042": old}, {"0042": new})
    assert sum(found.before.values()) == old[1].total
    assert sum(found.after.values()) == new[1].total
    for key in found.before.keys() | found.after.keys():
        made = sum(change.parts.get(key, 0) for change in found.changes)
        assert made == found.after.get(key, 0) - found.before.get(key, 0), key
    return found


def told(found: b.Bridge) -> dict[str, str]:
    """What each change makes, by sort and name."""
    return {f"{one.what} {one.name}": one.amount for one in b.document(found, "en").changes}


# ── What is told ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_plan_its_targets_and_facts_each_make_their_part() -> None:
    old = paid(plan(TEXT), FACTS)
    new = paid(plan(OTHER), {**FACTS, "revenue": "2900000", "calls": "1010"}, "2025-08")
    assert told(between(old, new)) == {
        "target avg_deal": "-593.75",
        "plan calls": "-5405.00",
        "plan conversion": "6300.00",
        "plan salary": "5000.00",
        "fact calls": "1965.00",
        "fact revenue": "-8866.67",
    }


def test_nothing_makes_nothing() -> None:
    one = paid(plan(TEXT), FACTS)
    again = paid(
        plan(changed(TEXT, ("2025-07\n", "2025-08\n"))), {**FACTS, "revenue": "3 300 000.00"}, "2025-09"
    )
    for new in (one, again):
        found = between(one, new)
        assert (found.changes, found.amount) == ((), 0)


def test_a_fact_that_only_one_plan_needs_belongs_to_the_plan() -> None:
    more = changed(
        TEXT,
        ("fact calls", "fact demos count\nfact calls"),
        ("commission 2%", "milestone demos 500\ncommission 2%"),
    )
    old, new = paid(plan(TEXT), FACTS), paid(plan(more), {**FACTS, "demos": "7"})
    assert told(between(old, new)) == {"plan demos": "3500.00"}
    assert told(between(new, old)) == {"plan demos": "-3500.00"}


GRADES = plan((IVANOV.parents[1] / "grades" / "grades.plan").read_text("utf-8"))


def test_another_grade_needs_other_facts() -> None:
    """A junior became a senior: the facts that only one of the two has belong to the grade."""
    junior = paid(GRADES, {"grade": "junior", "calls": "1000", "meetings": "18", "revenue": "1000000"})
    senior = paid(GRADES, {"grade": "senior", "revenue": "5000000", "margin": "1650000", "large_deals": "3"})
    found = between(junior, senior)
    assert found.amount == 20340000 - 6440000
    assert set(told(found)) == {"fact grade", "fact revenue"}
    said = plain(b.document(found, "en"))
    assert [change["old"] for change in said["changes"]] == ["junior", "1 000 000"]


TIME = """plan "p"
version 1
currency RUB
fact worked days
fact norm days
salary 60 000 prorated by worked of norm
"""


def test_time_worked_is_told_as_such() -> None:
    old, new = (paid(plan(TIME), {"worked": worked, "norm": "22"}) for worked in ("22", "11"))
    assert told(between(old, new)) == {"time worked": "-30000.00"}


def test_a_spif_that_is_over_is_the_period() -> None:
    head = 'plan "p"\nversion 1\ncurrency RUB\nfact sold count\n'
    compiled = plan(head + "spif push = 100 * sold during 2025-07-01 up to 2025-07-31\n")
    old, new = (paid(compiled, {"sold": "3"}, period) for period in ("2025-07", "2025-08"))
    assert told(between(old, new)) == {"period ": "-300.00"}


def test_a_plan_is_not_asked_whether_it_was_in_effect() -> None:
    later = changed(TEXT, ("from 2025-07-01", "from 2025-08-01"), ("salary 60 000", "salary 61 000"))
    old, new = paid(plan(TEXT), FACTS), paid(plan(later), FACTS, "2025-08")
    assert told(between(old, new)) == {"plan salary": "1000.00"}
    assert told(between(new, old)) == {"plan salary": "-1000.00"}


def test_the_language_of_a_plan_is_no_change() -> None:
    russian = IVANOV.with_name("ivanov.ru.plan").read_text("utf-8")
    assert told(between(paid(plan(TEXT), FACTS), paid(plan(russian), FACTS))) == {}


def test_a_presumed_fact_that_is_given_is_a_change() -> None:
    head = 'plan "p"\nversion 1\ncurrency RUB\nfact rate percent default 10%\nfact sales money\n'
    compiled = plan(head + "commission rate * sales\n")
    old, new = paid(compiled, {"sales": "1000"}), paid(compiled, {"sales": "1000", "rate": "20%"})
    assert told(between(old, new)) == {"fact rate": "100.00"}
    assert told(between(new, old)) == {"fact rate": "-100.00"}


def test_currencies_are_not_taken_from_one_another() -> None:
    text = 'plan "p"\nversion 1\ncurrency RUB\nsalary 5\n'
    old, new = (paid(plan(one), {}) for one in (text, text.replace("RUB", "USD")))
    fault = b.joined(old[1], new[1])
    assert isinstance(fault, Fault)
    assert fault.code == "P752"


def test_what_cannot_be_paid_on_the_way_is_gone_round() -> None:
    """The newer plan divides by a fact that was nothing: that fact has to change first."""
    head = 'plan "p"\nversion 1\ncurrency RUB\nfact a money\nfact n number\n'
    old = paid(plan(head + "pay p = 1% of a + n * 1\n"), {"a": "100", "n": "0"})
    new = paid(plan(head + "pay p = a / n\n"), {"a": "100", "n": "50"})
    assert told(between(old, new)) == {"plan p": "-49.00", "fact n": "50.00"}
    assert told(between(new, old)) == {"plan p": "49.00", "fact n": "-50.00"}


# ── What holds whatever the plans ────────────────────────────────────────────────────────────────────────


def altered(chance: Random, text: str) -> Compiled | None:
    """A plan with some of its numbers changed, if it still is one."""
    numbers = list(re.finditer(r"(?<![\w\"-])[1-9][0-9]?(?![\w\"-])", text))
    for found in chance.sample(numbers, min(len(numbers), chance.randint(0, 3))):
        text = text[: found.start()] + str(chance.randint(1, 99)).rjust(len(found[0])) + text[found.end() :]
    compiled = read_plan(Source("p", text))
    return compiled if isinstance(compiled, Compiled) else None


@given(CHANCE)
@examples(16)
def test_parts_add_up_and_turn_round_on_random_pairs(chance: Random) -> None:
    drawn = draft(chance)
    before, after = compiled_(drawn), altered(chance, drawn.text)
    assume(before is not None)
    assume(after is not None)
    assert before is not None
    assert after is not None
    assume(before.kernel.currency == after.kernel.currency)
    old, new = someone(chance, drawn, before), someone(chance, drawn, after)
    assume(old is not None)
    assume(new is not None)
    assert old is not None
    assert new is not None
    there, back = between(old, new), between(new, old)
    assert there.amount == -back.amount
    parts = [[change.parts for change in one.changes] for one in (there, back)]
    assert parts[0] == [{key: -part for key, part in made.items()} for made in parts[1]]
    for lang in LANGS:
        said = plain(b.document(there, lang))
        assert all(change["sentence"] for change in said["changes"])
    assert between(old, old).changes == ()


# ── At the doors ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("lang", LANGS)
def test_the_command_tells_everybody_in_both_receipts(tmp_path: Path, lang: Lang) -> None:
    old = receipts(tmp_path, PERSON, {**PERSON, "employee": "0043"})
    new = receipts(tmp_path, LATER, {**LATER, "employee": "0044"})
    said = data("bridge", old, new, lang=lang)
    assert [person["employee"] for person in said["people"]] == ["0042"]
    assert [fault["code"] for fault in said["faults"]] == ["P753", "P753"]
    assert said["people"][0]["change"] == "1310.00"
    text = premia("bridge", old, new, lang=lang)
    assert text.exit_code == 0
    assert "950 → 1 010" in text.stdout
    for suffix in ("html", "svg", "png", "txt", "json"):
        out = tmp_path / f"why.{suffix}"
        assert premia("bridge", old, new, "--out", out, lang=lang).exit_code == 0
        assert out.stat().st_size > 100
    ET.parse(tmp_path / "why.svg")
    assert "0042" in (tmp_path / "why.html").read_text("utf-8")


def test_what_cannot_be_told_is_a_fault(tmp_path: Path) -> None:
    old, new = receipts(tmp_path, PERSON), receipts(tmp_path, LATER)
    assert "P750" in premia("bridge", old, new, "--employee", "1").output
    assert "P751" in premia("bridge", receipts(tmp_path, PERSON, LATER), new).output
    assert "P754" in premia("bridge", old, new, "--out", "why.doc").output
    broken = written(tmp_path, "broken.json", old.read_text("utf-8").replace("950", "951"))
    assert "P743" in premia("bridge", broken, new).output
    assert premia("bridge", tmp_path / "none.json", new).exit_code == 1


def test_many_people_have_numbers_but_no_sheet_of_pictures(tmp_path: Path) -> None:
    old, new = (
        receipts(tmp_path, *({**one, "employee": str(number)} for number in range(25)))
        for one in (PERSON, LATER)
    )
    assert "P755" in premia("bridge", old, new, "--out", tmp_path / "why.svg").output
    assert premia("bridge", old, new, "--out", tmp_path / "why.html").exit_code == 0
    page = (tmp_path / "why.html").read_text("utf-8")
    assert (page.count("<svg"), page.count("<table")) == (20, 25)


def test_the_service_tells_the_same(tmp_path: Path) -> None:
    old = SERVICE.post("/receipt", REQUEST)[1]
    new = SERVICE.post("/receipt", {**REQUEST, **LATER})[1]
    status, said = SERVICE.post("/bridge", {"old": old, "new": new, "lang": "ru"})
    assert status == 200
    files = [
        written(tmp_path, f"{n}.json", canonical(one).decode() + "\n") for n, one in enumerate((old, new))
    ]
    assert said == data("bridge", *files, lang="ru")
    assert "больше" in said["people"][0]["summary"]
    new["people"][0]["facts"]["calls"] = "1"
    status, said = SERVICE.post("/bridge", {"old": old, "new": new})
    assert (status, said["faults"][0]["pointer"]) == (422, "/new/digests/facts")
    status, said = SERVICE.post("/bridge", {"old": old})
    assert [fault["code"] for fault in said["faults"]] == ["P611"]
