"""What a compiled plan keeps for the people who come again: bounded by how much it is, not by how many."""

from __future__ import annotations

import gc
from random import Random
from weakref import ref

import pytest

from dsl.source import Source
from engine.compile import Compiled, Variant, read_plan
from engine.compile import plan as module
from engine.compile.kept import Kept
from engine.compile.plan import KEPT
from engine.evaluate import Result, pay
from engine.facts import Person
from engine.scales import Scales
from engine.statement.script import WRITTEN, script

GRADES, TOWNS, ROLES = 14, 4, 3
SORTS = GRADES * TOWNS * ROLES


def sorted_plan() -> Compiled:
    """A plan that tells 168 sorts of people apart."""
    attributes = {"grade": GRADES, "town": TOWNS, "role": ROLES}
    facts = "".join(
        f"fact {name} one of ({'; '.join(f'{name[0]}{at}' for at in range(count))})\n"
        for name, count in attributes.items()
    )
    by = {
        name: f"by {name} ({'; '.join(f'{name[0]}{at}: {at + 1}%' for at in range(count))})"
        for name, count in attributes.items()
    }
    lines = "".join(
        f"rate_{name} = {text}\ncommission c_{name} = rate_{name} of x\n" for name, text in by.items()
    )
    plan = read_plan(Source("sorts.plan", f'plan "x"\nversion 1\ncurrency RUB\nfact x money\n{facts}{lines}'))
    assert isinstance(plan, Compiled), plan
    return plan


def test_each_sort_of_many_is_specialised_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """In whatever order people come: as often as there are sorts, and with code for each once."""
    calls = {"specialise": 0, "generate": 0}
    for name in calls:
        plain = getattr(module, name)

        def counted(*given: object, name: str = name, plain: object = plain, **more: object) -> object:
            calls[name] += 1
            assert callable(plain)
            return plain(*given, **more)

        monkeypatch.setattr(module, name, counted)
    plan = sorted_plan()
    people = [(f"g{at % GRADES}", f"t{at // GRADES % TOWNS}", f"r{at % ROLES}") for at in range(3 * SORTS)]
    Random(7).shuffle(people)
    for grade, town, role in people:
        facts = {"x": "100000", "grade": grade, "town": town, "role": role}
        result = pay(plan, Person("1", "2025-07", facts))
        assert isinstance(result, Result)
        assert result.amounts == tuple(100_000 * (int(one[1:]) + 1) for one in (grade, town, role))
    assert calls == {"specialise": len({*people}), "generate": len({*people})}
    assert calls["generate"] > SORTS // 2


def test_shapes_of_facts_do_not_pile_up() -> None:
    """Somebody who sends the same facts in ever other places: what is kept stays within the bound."""
    rows = "".join(f"  up to {n + 1}000 RUB: {n % 9}%\n" for n in range(800))
    table = f"commission on x, each band at its own rate\n{rows}  above 5%\n"
    plan = read_plan(Source("long.plan", f'plan "x"\nversion 1\ncurrency RUB\nfact x money\n{table}'))
    assert isinstance(plan, Compiled)
    variant = plan.variant(())
    size = plan.kernel.size
    for places in range(40):
        variant.shape(Scales((places,)))
    assert held(variant) * size <= max(KEPT, size)


def held(variant: Variant) -> int:
    """How many shapes are kept."""
    return len(variant._shapes._made)


def test_sentences_go_with_the_code_that_they_tell_of() -> None:
    """They lie beside a plan, and keep neither it nor its code."""
    plan = read_plan(
        Source("x.plan", 'plan "x"\nversion 1\ncurrency RUB\nfact x money\ncommission 5% of x\n')
    )
    assert isinstance(plan, Compiled)
    result = pay(plan, Person("1", "2025-07", {"x": "100"}))
    assert isinstance(result, Result)
    assert script(result, "en") is script(result, "en")
    shape = ref(result.facts.shape)
    assert shape() in WRITTEN
    del plan, result
    gc.collect()
    assert shape() is None


def test_the_oldest_go_first() -> None:
    """By size; what is too large by itself is kept alone."""
    kept = Kept[str, int](10)
    for key, size in (("a", 4), ("b", 4), ("c", 4)):
        kept.keep(key, size, size)
    assert [kept.get(key) for key in "abc"] == [None, 4, 4]
    kept.keep("d", 50, 50)
    assert [kept.get(key) for key in "bcd"] == [None, None, 50]
