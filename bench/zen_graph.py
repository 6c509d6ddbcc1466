"""The reference plan for GoRules ZEN: as one expression, and as the decision graph that its editor draws."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise

from .peers import LINES

# target, share of the bonus
KPIS = {
    "revenue": ("3000000", "20000"),
    "avg_deal": ("150000", "10000"),
    "conversion": ("0.02", "10000"),
    "calls": ("1000", "10000"),
}
COMMISSION = "round(0.02 * margin_rate * max([revenue - 3000000, 0]), 2)"

Run = Callable[[dict[str, float]], tuple[float, ...]]


def expression() -> str:
    """The whole plan as one expression, whose value is the list of its lines."""
    rows = ["60000"]
    for name, (target, share) in KPIS.items():
        share_of = f"{share} * {name} / {target}"
        rows.append(
            f"({name} / {target} < 0.8 ? 0 : round({name} / {target} > 1 ? {share_of} * 1.2 : {share_of}, 2))"
        )
    return f"[{', '.join([*rows, COMMISSION])}]"


def graph() -> str:
    """The plan as a graph: attainments, a table of factors for each KPI, the lines of pay."""
    attainments = {f"attainment.{name}": f"{name} / {target}" for name, (target, _) in KPIS.items()}
    pays = {
        name: f"round({share} * attainment.{name} * factor.{name}, 2)" for name, (_, share) in KPIS.items()
    }
    lines = {
        "salary": "60000",
        **{f"pay.{name}": value for name, value in pays.items()},
        "commission": COMMISSION,
    }
    total = " + ".join(f"$.{name}" for name in lines)
    nodes = [
        node("request", "inputNode", {"schema": ""}),
        formulas("attainment", attainments, passing=True),
        *(factors(name) for name in KPIS),
        formulas("pay", {**lines, "total": total}, passing=False),
        node("answer", "outputNode", {"schema": ""}),
    ]
    ids = [str(entry["id"]) for entry in nodes]
    edges = [
        {"id": f"{source}-{target}", "type": "edge", "sourceId": source, "targetId": target}
        for source, target in pairwise(ids)
    ]
    return json.dumps({"nodes": nodes, "edges": edges})


def node(name: str, kind: str, content: dict[str, object]) -> dict[str, object]:
    """A node of a graph."""
    return {"id": name, "type": kind, "name": name, "content": content, "position": {"x": 0, "y": 0}}


def formulas(name: str, values: dict[str, str], *, passing: bool) -> dict[str, object]:
    """A node that computes; `passing` where it hands on what it was given too."""
    rows = [{"id": key, "key": key, "value": value} for key, value in values.items()]
    return node(name, "expressionNode", {"expressions": rows, **_single(passing)})


def factors(name: str) -> dict[str, object]:
    """A table of one KPI: attainment to the factor it is multiplied by."""
    rules = (("< 0.8", "0"), ("> 1", "1.2"), ("", "1"))
    content = {
        "hitPolicy": "first",
        "inputs": [{"id": "attainment", "name": "Attainment", "field": f"attainment.{name}"}],
        "outputs": [{"id": "factor", "name": "Factor", "field": f"factor.{name}"}],
        "rules": [
            {"_id": str(row), "attainment": test, "factor": factor}
            for row, (test, factor) in enumerate(rules)
        ],
        **_single(True),
    }
    return node(f"factor of {name}", "decisionTableNode", content)


def _single(passing: bool) -> dict[str, object]:
    return {"passThrough": passing, "inputField": None, "outputPath": None, "executionMode": "single"}


def by_expression() -> Run:
    """ZEN without a graph: an expression compiled once."""
    import zen

    compiled = zen.compile_expression(expression())

    def run(facts: dict[str, float]) -> tuple[float, ...]:
        lines: list[float] = compiled.evaluate(facts)
        return *lines, sum(lines)

    return run


def by_decision() -> Run:
    """ZEN as its first page shows: a decision made once from the graph, and evaluated."""
    import zen

    decision = zen.ZenEngine().create_decision(zen.ZenDecisionContent(graph()))
    return lambda facts: _answer(decision.evaluate(facts)["result"])


def by_loader() -> Run:
    """ZEN at its best: the graph in a static loader, which keeps it compiled."""
    import zen

    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"ivanov": json.loads(graph())}}})
    return lambda facts: _answer(engine.evaluate("ivanov", facts)["result"])


def _answer(result: dict[str, object]) -> tuple[float, ...]:
    pay = result["pay"]
    assert isinstance(pay, dict)
    return tuple({**result, **pay}[name] for name in (*LINES, "total"))


def kopeks(amounts: Sequence[float]) -> tuple[int, ...]:
    """Amounts of roubles that came as floats: the decimal numbers they were printed from, in kopeks."""
    return tuple(int(Decimal(str(amount)).scaleb(2).to_integral_value()) for amount in amounts)
