"""Plans as deep as the parser lets through, at every door: no text nests deeper than Python nests calls."""

from __future__ import annotations

import pytest

from api.curves import CurvesAsked, curves
from api.curves import document as curve_document
from api.curves.paper import drawn
from api.curves.telling import CurveTeller
from api.diff import Edition, Pair, html, markdown
from api.diff import document as compared
from api.diff import text as spoken
from api.files import FileEntry, People
from dsl import record
from dsl.check import check
from dsl.diff import diff
from dsl.faults import draw
from dsl.parse import parse
from dsl.parse.limits import DEPTH
from dsl.source import Source
from dsl.translate import translate
from dsl.write import write
from engine.analyse import analyse, edges
from engine.compare import contrasts
from engine.compatibility import compatible
from engine.compile import Compiled, read_plan
from engine.coverage import coverage
from engine.evaluate import Result, pay
from engine.examples import run
from engine.facts import Person
from engine.regulation import regulation
from engine.statement import document
from tests.support.stack import STACK, deeper

HEAD = 'plan "x"\nversion 1\ncurrency RUB\nfact x number\nfact y number\n'
EXAMPLE = 'example "a"\n  given x 5; y 3\n  pays total 7\n'


def paying(expression: str) -> str:
    """A commission, and a KPI whose target and whose bonus are as deep."""
    return (
        f"{HEAD}commission 1 RUB * ({expression})\n"
        f"bonus 1 RUB * ({expression})\n"
        f"x weight 100% target ({expression})\n"
    )


INNER = DEPTH - 2  # brackets, in those of a line
EXPRESSIONS: dict[str, str] = {
    "brackets": "(" * INNER + "x" + " + y) * 2" * INNER,
    "brackets on the right": "(y - " * INNER + "x" + ")" * INNER,
    "quotients": "(1 + " * INNER + "x / y" + ")" * INNER,
    "choices in brackets": "(" * INNER + "x" + "".join(f" if y > {n} otherwise 1)" for n in range(INNER)),
    "choices in conditions": "(2 if " * INNER + "x + y" + " > 1 otherwise 1)" * INNER,
    "extremes": "max(1; min(x; " * (INNER // 2) + "y" + "))" * (INNER // 2),
    "roundings": "round(" * INNER + "x / y" + " to 0.01)" * INNER,
    "signs": "-" * 190 + "(x - y)",
    "a sum": " + ".join(["x", "y"] * 90),
    "a product of sums": " * ".join(["(x + y)"] * 12),
    "choices in a row": "".join(f"{n} if x > y + {n} otherwise " for n in range(1, 40)) + "1",
    "conditions": "1 if " + " and ".join(f"x > {n} * y" for n in range(45)) + " otherwise 2",
    "denials": "1 if " + "not " * 180 + "x > y otherwise 2",
}


def plan_of(text: str) -> Compiled:
    """The plan of a text that is right."""
    found = read_plan(Source("x.plan", text))
    assert isinstance(found, Compiled), [fault.code for fault in found]
    return found


# Whose parts lie deepest in one another; the others are for a quiet hour.
DEEPEST = {"choices in brackets", "choices in conditions", "signs", "denials"}
NAMES = [
    pytest.param(name, marks=[] if name in DEEPEST else [pytest.mark.soak], id=name) for name in EXPRESSIONS
]


@pytest.mark.parametrize("name", NAMES)
def test_no_door_is_too_deep(name: str) -> None:
    """From under as many calls as a server has open."""
    expression = EXPRESSIONS[name]
    texts = [paying(one) + EXAMPLE for one in (expression, f"{expression} + 1")]
    deeper(STACK, lambda: through(*texts))


def through(text: str, other: str) -> None:
    """Through every door."""
    parsed = parse(Source("x.plan", text))
    checked = check(parsed)
    for fault in checked.faults:
        assert draw(fault, checked.source, "ru")
    assert parse(Source("x.plan", write(parsed.tree))).tree == parsed.tree
    assert translate(parsed, "ru").text
    assert diff(parsed, parse(Source("x.plan", other))).items
    old, new = plan_of(text), plan_of(other)
    assert old.kernel.digest != new.kernel.digest
    assert analyse(old).exposure
    edges(old)
    contrasts(old, new)
    compatible(old, new)
    assert coverage(old, run(old)).items
    for lang in ("en", "ru"):
        assert regulation(old, lang).sections
    person = Person("1", "2025-07", {"x": "5", "y": "3"})
    result = pay(old, person)
    assert isinstance(result, Result)
    assert document(result, "ru", None).lines
    pair = Pair(
        "x",
        Edition("a", None, old.source, old),
        Edition("b", None, new.source, new),
        People(iter([FileEntry(person)])),
    )
    whole = compared([pair], "ru")
    assert spoken(whole, "ru", drawn=True)
    assert markdown(whole, "ru")
    assert str(html(whole, "ru"))
    for line in old.kernel.lines:
        asked = curves(old, line.name, (), person)
        if isinstance(asked, CurvesAsked):
            assert record.text(curve_document(asked, "ru"))
            assert drawn(asked, "ru")
            tellers = [CurveTeller(old, payout, "ru", None) for payout in asked.payouts]
            assert all([*one.rows, *one.bounds, *one.sentences] for one in tellers)
