"""Work is counted ahead: what is too much is refused or sampled by counts, and said in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from api.diff import Edition, Pair, html, markdown
from api.diff import document as compared
from api.diff import text as spoken
from api.files import FileEntry, People
from dsl.source import Source
from dsl.words import LANGS, Lang
from engine.bridge import bridges, joined
from engine.bridge import document as bridged
from engine.compare import Between, attribute, orders
from engine.compile import Compiled, read_plan
from engine.evaluate import Result, pay
from engine.facts import Person
from engine.work import MOST, comparing, excess, paying, simulating
from tests.support.service import Service

HEAD = 'plan "x"\nversion 1\ncurrency RUB\nfact x money\n'


def commissions(count: int, rate: int = 1) -> str:
    """So many commissions on one fact."""
    return HEAD + "".join(f"commission c{n} = {n % 7 + rate}% of (x above {n} 000)\n" for n in range(count))


def plan_of(text: str) -> Compiled:
    """The plan of a text that is right."""
    found = read_plan(Source("x.plan", text))
    assert isinstance(found, Compiled), found
    return found


# ── Few orders stand for all ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("count", "sets", "wanted"),
    [
        (0, 0, None),
        (4, 0, None),
        (5, 0, 2),
        (5, 31, 6),
        (5, 32, None),
        (8, 255, 16),
        (8, 256, None),
        (9, 512, 18),
        (16, 100, 6),
        (16, 10_000, 32),
        (40, 10_000, 64),
    ],
)
def test_changes_are_made_in_as_many_orders_as_may_be_tried(
    count: int, sets: int, wanted: int | None
) -> None:
    assert orders(count, sets) == wanted


@pytest.mark.parametrize(
    ("count", "sets"), [(3, 0), (6, 0), (6, 40), (8, 255), (8, 300), (12, 100), (16, 10_000)]
)
def test_no_more_sets_of_changes_are_tried_than_may_be(count: int, sets: int) -> None:
    """Each once; the parts add up, however few orders there are."""
    tried: list[frozenset[int]] = []

    def worth(made: frozenset[int]) -> tuple[int]:
        tried.append(made)
        return (sum(100 + 7 * at for at in made) * len(made),)

    parts = attribute(count, worth, sets)
    assert parts is not None
    assert sum(part for (part,) in parts) == sum(100 + 7 * at for at in range(count)) * count
    assert len({*tried}) == len(tried) <= max(sets, 4 * count) + 2


def compare(changes: int, lang: Lang) -> tuple[Any, list[str]]:
    """Two plans with so many changes between them, and one person: as data, and in each form of words."""
    old, new = (
        Edition(name, None, plan.source, plan) for name, plan in zip("ab", pair(changes), strict=True)
    )
    person = Person("1", "2025-07", {"x": "100000"})
    whole = compared([Pair("x", old, new, People(iter([FileEntry(person)])))], lang)
    forms = (spoken(whole, lang, drawn=False), markdown(whole, lang), str(html(whole, lang)))
    return whole.answer.plans[0].people, [" ".join(form.split()) for form in forms]


def pair(changes: int) -> tuple[Compiled, Compiled]:
    """Two plans with so many changes between them."""
    return plan_of(commissions(changes)), plan_of(commissions(changes, 2))


@pytest.mark.parametrize("lang", LANGS)
def test_a_comparison_says_that_its_orders_are_a_sample(lang: Lang) -> None:
    (few, plain), (many, said) = compare(3, lang), compare(9, lang)
    assert (few.orders, many.orders) == (None, 18)
    sentence = {"en": "its mean over 18 orders", "ru": "среднее по порядкам числом 18"}[lang]
    assert all(sentence in form for form in said)
    assert not any(sentence.partition("18")[0] in form for form in plain)


@pytest.mark.parametrize("lang", LANGS)
def test_a_bridge_says_that_its_orders_are_a_sample(lang: Lang) -> None:
    for changes, wanted in ((3, None), (9, 18)):
        person = Person("1", "2025-07", {"x": "100000"})
        old, new = (pay(plan, person) for plan in pair(changes))
        assert isinstance(old, Result)
        assert isinstance(new, Result)
        both = joined(old, new)
        assert isinstance(both, Between)
        found = bridged(next(bridges(both, {"1": (person, old)}, {"1": (person, new)})), lang)
        assert found.orders == wanted
        assert ("18" in found.summary) == (wanted is not None)


# ── What is refused ──────────────────────────────────────────────────────────────────────────────────────


def test_what_is_promised_is_within_the_bound() -> None:
    """300 people compared by plans of 100 lines, 2 000 simulated with every number, tables of 3 000 rows."""
    plan = plan_of(commissions(100))
    assert comparing(300, plan, plan, 16) <= MOST
    assert simulating(2000, plan, plan, 60) <= MOST
    assert paying(10_000, plan) <= MOST
    rows = "".join(f"  up to {n + 1}000: {n % 9}%\n" for n in range(3000))
    long = plan_of(f"{HEAD}commission on x, each band at its own rate\n{rows}  above 5%\n")
    assert comparing(300, long, long, 1) <= MOST
    assert simulating(2000, long, None, 0) <= MOST


def test_the_fault_says_by_how_much() -> None:
    assert excess(MOST, 5, "/people") is None
    fault = excess(MOST + 1, 5, "/people")
    assert fault is not None
    assert (fault.code, fault.pointer, fault.facts["times"], fault.facts["people"]) == (
        "P525",
        "/people",
        "2",
        "5",
    )


LONG = commissions(900)
PERSON = {"employee": "1", "period": "2025-07", "facts": {"x": "5"}}
SIMULATED: dict[str, Any] = {"source": LONG, "people": [PERSON] * 2000}
REFUSED: dict[str, tuple[str, dict[str, Any]]] = {
    "plans that differ in much": (
        "/diff",
        {"old": {"source": LONG}, "new": {"source": commissions(900, 2)}, "people": [PERSON] * 300},
    ),
    "numbers a little more": ("/simulate", SIMULATED),
    "a plan against another": (
        "/simulate",
        {**SIMULATED, "against": {"source": LONG}, "sensitivity": False},
    ),
    "many people": ("/evaluate/batch", {"source": LONG, "people": [PERSON] * 5000}),
}
# What begins the work of each operation.
FIRST = ("api.web.costs.comparison.document", "api.web.costs.simulated", "api.web.batch.read_list")


@pytest.mark.parametrize("name", REFUSED)
def test_a_request_for_too_much_work_is_refused_before_it_begins(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a count that is the same on any day."""
    begun: list[object] = []
    for work in FIRST:
        monkeypatch.setattr(work, begun.append)
    route, body = REFUSED[name]
    status, problem = Service(tmp_path).post(route, body)
    assert not begun
    assert status == 422
    assert [(fault["code"], fault["pointer"]) for fault in problem["faults"]] == [("P525", "/people")]
