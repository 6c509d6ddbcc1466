"""Tables of thousands of rows and long rows of choices: as exact as short ones, and no deeper."""

from __future__ import annotations

import ast
import pickle
from collections.abc import Callable, Iterator
from fractions import Fraction
from random import Random

import pytest

from dsl.check import check
from dsl.parse import parse
from dsl.source import Source
from engine.analyse import analyse, edges
from engine.compare import between, compared, contrasts
from engine.compile import Compiled, compile_plan, read_plan
from engine.coverage import coverage
from engine.evaluate import Result, evaluate, pay
from engine.examples import run
from engine.facts import Facts, Person, read_facts
from engine.integers import fork, rows
from engine.integers import generate as generated
from engine.regulation import regulation
from engine.scales import widest
from engine.statement import document
from engine.statement.answer import Statement
from engine.zones import Sign, zones
from tests.support import people
from tests.support.exhausting import PLANS, one
from tests.support.stack import STACK, deeper
from tests.support.trials import agree, naive, tried
from tests.support.work import counted

HEAD = 'plan "x"\nversion 1\ncurrency RUB\nfact x money\nfact y number\n'
LONG = {"matrix": 1500, "points": 500}  # rows, of the others twice as many as of a matrix
NEST = 80  # blocks and operators inside one another in generated code, whatever the plan is


def scale(size: int, word: str, cell: Callable[[int], str], last: str = "1 RUB") -> str:
    """The rows of a table, each ending 100 roubles beyond the one before."""
    return "".join(f"  {word} {100 * at + 100} RUB: {cell(at)}\n" for at in range(size)) + f"  above {last}\n"


def bands(size: int, other: str = "") -> str:
    """A commission by bands, one of which may have another rate."""
    rate = [f"{1 + at % 7}.{at % 10}%" for at in range(size)]
    rate[size // 2] = other or rate[size // 2]
    return f"{HEAD}commission on x, each band at its own rate\n{scale(size, 'up to', rate.__getitem__, '3%')}"


def steps(size: int, other: str = "") -> str:
    """A figure by steps."""
    worth = [f"{at * at % 997} RUB" for at in range(size)]
    worth[size // 2] = other or worth[size // 2]
    return f"{HEAD}award money = steps by x\n{scale(size, 'below', worth.__getitem__)}pay p = award\n"


def line(size: int, other: str = "") -> str:
    """A figure by straight lines, whose slopes have no denominator in common."""
    worth = [f"{at * at % 997} RUB" for at in range(size)]
    worth[size // 2] = other or worth[size // 2]
    points = "".join(f"  at {(at + 1) * (at + 2) * 50} RUB: {value}\n" for at, value in enumerate(worth))
    ends = f"  below 100 RUB: 5 RUB\n{points}  above {size * (size + 1) * 50} RUB: 7 RUB\n"
    return f"{HEAD}award money = line by x\n{ends}pay p = award\n"


def matrix(size: int, other: str = "") -> str:
    """A figure by rows and columns."""
    cells = [f"{at % 13} RUB; {at % 7 + at} RUB" for at in range(size)]
    cells[size // 2] = f"{other or '1 RUB'}; 8 RUB"
    rows_ = scale(size, "up to", cells.__getitem__, "5 RUB; 6 RUB")
    return f"{HEAD}award money = matrix by x and y\n  columns up to 1; above 1\n{rows_}pay p = award\n"


def points(size: int, other: str = "") -> str:
    """A figure by points of two measures."""
    cells = [f"{at % 13} RUB; {at % 7 + at} RUB" for at in range(size)]
    cells[size // 2] = f"{other or '1 RUB'}; 8 RUB"
    rows_ = "".join(f"  at {100 * at + 100} RUB: {cell}\n" for at, cell in enumerate(cells))
    return f"{HEAD}award money = matrix by x and y\n  columns at 1; at 2\n{rows_}pay p = award\n"


TABLES = {"bands": bands, "steps": steps, "line": line, "matrix": matrix, "points": points}


def plan_of(text: str) -> Compiled:
    """The plan of a text that is right."""
    found = read_plan(Source("long.plan", text))
    assert isinstance(found, Compiled), found[:3]
    return found


def person(plan: Compiled, x: str, y: str = "1.5") -> Person:
    """Somebody with what the plan asks for."""
    return Person(
        "1", "2025-07", {name: value for name, value in (("x", x), ("y", y)) if name in plan.kernel.actuals}
    )


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_thousands_of_rows_pays(name: str) -> None:
    """From under as many calls as a server has open, with its trace and in words."""
    checked = check(parse(Source("long.plan", TABLES[name](LONG.get(name, 3000)))))

    def answered() -> None:
        plan = compile_plan(checked)
        assert isinstance(plan, Compiled)
        result = pay(plan, person(plan, "123456.78"))
        assert isinstance(result, Result)
        assert document(result, "ru", None).total
        assert nested(result.program.source) <= NEST
        assert nested(result.facts.shape.plain.source) <= NEST

    deeper(STACK, answered)


@pytest.mark.parametrize("name", TABLES)
def test_every_reader_of_a_long_table_gets_through(name: str) -> None:
    """Analysis, edges, coverage, the regulation, and what lies between two of them."""
    example = 'example "a"\n  given x 100; y 1\n  pays total 7\n'
    texts = [TABLES[name](100, other) + example for other in ("", "9%" if name == "bands" else "9 RUB")]
    old, new = map(plan_of, texts)

    def read() -> None:
        assert old.kernel.digest != new.kernel.digest
        assert analyse(old).exposure
        assert edges(old)
        assert coverage(old, run(old)).items
        assert regulation(old, "ru").sections
        assert contrasts(old, new)
        (found,) = compared(between(old, new), [person(old, "5030")])
        assert isinstance(found.delta, int)

    deeper(STACK, read)


def around(chance: Random) -> Iterator[str]:
    """Measures at some bounds, and a kopeck below and above them."""
    for _ in range(8):
        bound = 10_000 * chance.randrange(1, 45)
        for kopecks in (bound - 1, bound, bound + 1):
            yield f"{kopecks // 100}.{kopecks % 100:02}"


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("other", ["", "rate"])
def test_a_long_table_pays_what_the_rules_say(name: str, other: str) -> None:
    """At, just below and just above bounds, as the other evaluator pays; also where facts decide a row."""
    chance = Random(name + other)
    text = TABLES[name](40, "y" if other and name == "bands" else "(y * 1 RUB)" if other else "")
    plan = plan_of(text.replace("fact y number", "fact y percent") if name == "bands" else text)
    for x in around(chance):
        facts = {"x": x, "y": chance.choice(["0", "1", "1.5", "2", "77.25"])}
        given = people.Given({key: value for key, value in facts.items() if key in plan.kernel.actuals}, {})
        found = read_facts(plan, Person("1", given.period, given.facts))
        assert isinstance(found, Facts), found
        agree(plan, found, naive(plan, given))


@pytest.mark.parametrize("seed", range(20))
def test_short_tables_pay_the_same_when_they_are_searched(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Random plans whose curves are all looked up and whose choices all stand in a row."""
    for module in (fork, rows):
        monkeypatch.setattr(module, "FEW", 1)
    chance = Random(seed)
    assert any(tried(chance) for _ in range(5))


def test_one_row_of_many_is_no_longer_asked_after_the_others() -> None:
    """The code of a table grows by its tables alone, and not by what is asked."""
    asked = [plan_of(steps(size)) for size in (100, 1600)]
    codes = [generated(plan.kernel, widest(plan.kernel), traced=True).source for plan in asked]
    assert len({code.count("\n") for code in codes}) == 1


# ── Long rows of choices ─────────────────────────────────────────────────────────────────────────────────


def test_a_row_of_choices_takes_the_first_that_holds() -> None:
    """However long it is; a divisor of 0 further on is not looked at."""
    plan = plan_of(one("".join(f"{n} / (x - 5) if x > {60 - n} otherwise " for n in range(30)) + "99"))
    for x in range(25, 65):
        wanted = next((Fraction(n) / (x - 5) for n in range(30) if x > 60 - n), Fraction(99))
        facts = read_facts(plan, Person("1", "2025-07", {"x": str(x)}))
        assert isinstance(facts, Facts)
        result = evaluate(plan, facts)
        assert isinstance(result, Result)
        assert result.value(result.kernel.lines[0].amount) == wanted


def test_a_row_of_conditions_takes_the_first_that_holds() -> None:
    """Choices between yes and no."""
    chosen = "".join(f"(x < {n + 3}) if x < {3 * n} otherwise " for n in range(30))
    plan = plan_of(f"{one('1')}met = {chosen}x > 100\npay p = 2 RUB if met otherwise 3 RUB\n")
    for x in (0, 1, 2, 3, 4, 5, 30, 80, 86, 87, 88, 100, 101):
        wanted = next((x < n + 3 for n in range(30) if x < 3 * n), x > 100)
        facts = read_facts(plan, Person("1", "2025-07", {"x": str(x)}))
        assert isinstance(facts, Facts)
        result = evaluate(plan, facts)
        assert isinstance(result, Result)
        assert result.amounts[1] == (200 if wanted else 300)


# ── How deep ─────────────────────────────────────────────────────────────────────────────────────────────


def nested(source: str) -> int:
    """How deep a text of Python is."""
    tree: ast.AST = ast.parse(source)
    deepest, waiting = 0, [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting.extend((child, depth + 1) for child in ast.iter_child_nodes(node))
    return deepest


CAPPED = HEAD + "total cap 1 000 000\n" + "".join(f"commission c{n} = x * {n}%\n" for n in range(1200))
WORST = (
    "a sum of 190 facts",
    "a product of 190 facts",
    "190 conditions",
    "50 choices in a row",
    "39 choices in brackets",
    "79 accelerators by facts",
    "300 figures by choice",
    "the least of 190 figures",
    "100 sums of choices of quotients",
)
HOSTILE = {**{name: PLANS[name] for name in WORST}, "a cap of 1 200 lines": CAPPED}


@pytest.mark.parametrize("name", HOSTILE)
def test_generated_code_is_never_deep(name: str) -> None:
    """Whatever the plan: Python reads it, and its blocks and operators stay within a bound."""
    plan = read_plan(Source("hostile.plan", HOSTILE[name]))
    if isinstance(plan, Compiled):
        for traced in (False, True):
            assert nested(generated(plan.kernel, widest(plan.kernel), traced=traced).source) <= NEST


# ── Zones ────────────────────────────────────────────────────────────────────────────────────────────────

SIGNS: tuple[Sign, ...] = ("=", "<", "<=", ">", ">=")


@pytest.mark.parametrize("seed", range(20))
def test_zones_tell_the_first_test_that_holds(seed: int) -> None:
    """Whatever the tests and their order."""
    chance = Random(seed)
    tests = [(chance.choice(SIGNS), Fraction(chance.randrange(8))) for _ in range(chance.randrange(1, 9))]
    areas = zones([*tests, (None, None)])
    holds = {"=": Fraction.__eq__, "<": Fraction.__lt__, "<=": Fraction.__le__}
    holds |= {">": Fraction.__gt__, ">=": Fraction.__ge__}
    for twice in range(-1, 18):
        value = Fraction(twice, 2)
        first = next((at for at, (sign, bound) in enumerate(tests) if holds[sign](value, bound)), len(tests))
        assert areas.at(value) == first


# ── Work ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("grown", [steps, bands])
def test_twice_the_rows_are_twice_the_work(grown: Callable[[int], str]) -> None:
    """To compile a plan and to analyse it, in calls."""
    done: list[tuple[int, int]] = []
    for size in (150, 300):
        checked = check(parse(Source("long.plan", grown(size))))
        with counted() as made:
            plan = compile_plan(checked)
        assert isinstance(plan, Compiled)
        with counted() as read:
            analyse(plan)
        done.append((made.calls, read.calls))
    (made_once, read_once), (made_twice, read_twice) = done
    assert made_twice < 2.1 * made_once
    assert read_twice < 2.2 * read_once


def test_a_long_row_of_choices_or_of_values_pays() -> None:
    """As many as fit into a line: 62 choices, and a value for each of 158 grades."""
    plan = plan_of(one("".join(f"{n} if x > {200 - n} otherwise " for n in range(62)) + "7"))
    for x, wanted in (("201", 0), ("150", 5100), ("139", 700)):
        result = pay(plan, Person("1", "2025-07", {"x": x}))
        assert isinstance(result, Result)
        assert result.amounts == (wanted,)
    plan = plan_of(_graded(158))
    result = pay(plan, Person("1", "2025-07", {"grade": "g157"}))
    assert isinstance(result, Result)
    assert result.amounts == (15700,)
    told: list[tuple[int, Statement]] = []
    deeper(STACK, lambda: told.append((len(pickle.dumps(plan)), document(result, "en", None))))
    assert told[0][1].total == "157.00"
    refused = read_plan(Source("x.plan", _graded(160)))
    assert isinstance(refused, tuple)
    assert {fault.code for fault in refused if fault.severity == "error"} == {"P121"}


def _graded(count: int) -> str:
    """A plan with a salary of its own for each of so many grades."""
    grades = "; ".join(f"g{n}" for n in range(count))
    values = "; ".join(f"g{n}: {n}" for n in range(count))
    return f'plan "x"\nversion 1\ncurrency RUB\nfact grade one of ({grades})\nsalary by grade ({values})\n'
