"""Nothing below the doors computes with a float, not even where no money is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.places import ROOT

ROOMS = ("grammars", "dsl", "engine")
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))

# Each division there is, and why it is exact: an operand is a fraction.
DIVISIONS = {
    "dsl/parse/mistakes/spreadsheets.py: Fraction(10) ** (-digits)",
    "dsl/write/value.py: seconds / UNITS[unit]",
    "dsl/check/literals.py: seconds / UNITS[expr.word]",
    "engine/integers/algebra.py: left.factor / right.factor",
    "engine/follow/operations.py: left / right",
    "engine/follow/operations.py: left.slope / right.constant",
    "engine/follow/operations.py: left.constant / right.constant",
    "engine/analyse/burden.py: last.constant / last.slope",
    "engine/follow/graph.py: 1 / self.slope",
    "engine/follow/graph.py: -self.constant / self.slope",
    "engine/follow/graph.py: (points[index - 1] + points[index]) / 2",
    "engine/follow/graph.py: (right.constant - left.constant) / (left.slope - right.slope)",
    "engine/follow/moves.py: (value - line.constant) / line.slope",
    "engine/follow/moves.py: (edge.value - last.constant) / last.slope",
    "engine/analyse/payout.py: 1 / span.slope",
    "engine/analyse/payout.py: -span.constant / span.slope",
    "engine/analyse/range.py: ONE / other.low",
    "engine/analyse/range.py: ONE / other.high",
    "engine/follow/reference.py: (value - span.constant) / span.slope",
    "engine/follow/reference.py: value / unit",
    "engine/analyse/trade.py: ONE / 10",
    "engine/simulate/parameters.py: value / 100",
    "engine/analyse/trade.py: ONE / 5",
    "engine/analyse/trade.py: share / whole",
    "engine/compare/attribution.py: row[at] / ways",
    "engine/statement/credit.py: amount / whole",
    "engine/statement/credit.py: 1 / below",
    "engine/statement/groups.py: carried / 10 ** speaker.kernel.digits",
    "engine/integers/build.py: 1 / unit",
    "engine/analyse/sizes.py: value / 100",
    "engine/analyse/sizes.py: one / rate",
    "engine/analyse/sizes.py: rate / one",
    "engine/analyse/sizes.py: min(each) / NEAR",
    "engine/analyse/sizes.py: values[index] / 10",
    "engine/examples/alternatives.py: number / 100",
    "engine/examples/holes.py: (expected - one) * (high - low) / (other - one)",
    "engine/examples/holes.py: exactly / unit",
    "engine/examples/holes.py: value / 100",
    "engine/examples/decided.py: one.value / 10",
    "engine/examples/decided.py: one.value / of",
    "engine/examples/faults.py: one.got / one.unit",
    "engine/examples/slips.py: exact / unit",
    "engine/examples/slips.py: got / unit",
    "engine/examples/slips.py: got / 10",
    "dsl/check/literals.py: amount.value / 100",
    "dsl/check/weights.py: share / total",
    "engine/lower/lower.py: ONE / 5",
    "engine/lower/lowering.py: left.value / right.value",
    "dsl/tree/parts.py: unit /= 10",
    "dsl/tree/parts.py: self.value / unit",
    "dsl/tree/parts.py: Number(self.value * 100, places=self.places).unit / 100",
    "engine/analyse/recorded.py: size / 2",
    "engine/analyse/recorded.py: (bound - low) / (high - low)",
    "engine/analyse/sizes.py: leaf.value / 100",
    "engine/analyse/sizes.py: part.value / 100",
    "engine/analyse/sizes.py: likely /= 10",
    "dsl/check/bounds.py: times / divisor",
    "engine/statement/show.py: times / slot.factor",
    "engine/integers/executable.py: self.factor * top / below",
    "dsl/check/clauses.py: value / 100",
    "dsl/check/clauses.py: value / 10",
    "dsl/check/clashes.py: number.value / 100",
    "dsl/check/clashes.py: one.value / 100",
}
# What the module of mathematics computes with integers.
WHOLE = {"gcd", "lcm", "prod", "isqrt", "comb"}


def suspects(module: ast.Module) -> Iterator[str]:
    """What is a float or could make one."""
    for node in ast.walk(module):
        match node:
            case ast.Constant(value=float() | complex()):
                yield f"literal {node.value!r}"
            case ast.Name(id="float" | "complex" as name) | ast.Attribute(attr="float" as name):
                yield name
            case ast.BinOp(op=ast.Div()) | ast.AugAssign(op=ast.Div()):
                yield ast.unparse(node)
            case ast.BinOp(op=ast.Pow(), right=ast.UnaryOp(op=ast.USub())):
                yield ast.unparse(node)
            case ast.ImportFrom(module="math" | "statistics" | "random" | "time" as name, names=names):
                yield from (f"{name}.{alias.name}" for alias in names if alias.name not in WHOLE)
            case ast.Import(names=names):
                yield from (alias.name for alias in names if alias.name in {"math", "statistics", "random"})
            case ast.Attribute(attr="total_seconds" | "timestamp" as name):
                yield name
            case _:
                pass


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_float(path: Path) -> None:
    """Numbers are integers and fractions."""
    name = path.relative_to(ROOT).as_posix()
    found = {f"{name}: {one}" for one in suspects(ast.parse(path.read_text("utf-8")))}
    assert found <= DIVISIONS, "if an operand is a fraction, enter the division above"


def test_the_scan_finds_floats() -> None:
    """Each way to get one."""
    lines = ["a = 1.5", "b = float(c)", "d = e / f", "d /= 2", "from math import sqrt", "import random"]
    for line in (*lines, "g = 10 ** -n", "h = 1e3"):
        assert len([*suspects(ast.parse(line))]) == 1
