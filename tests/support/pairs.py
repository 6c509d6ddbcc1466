"""Random pairs of plans: one that checks, and the same with some of its numbers, clauses or lines changed."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

from hypothesis import assume

from dsl import tree
from dsl.parse import parse
from dsl.source import Source
from dsl.write import write
from engine.compile import Compiled, read_plan
from tests.support.plans import Draft, draft

NUMBER = re.compile(r"(?<![\w.,-])[0-9]+(?![\w.,:-])")
TRIES = 12


def pair(chance: Random) -> tuple[Draft, Compiled, Compiled]:
    """A random plan as it was drafted, compiled, and with a few changes."""
    plan = draft(chance)
    old = read_plan(Source("old.plan", plan.text))
    assume(isinstance(old, Compiled))
    assert isinstance(old, Compiled)
    text = write(old.checked.parsed.tree)
    for _ in range(TRIES):
        new = read_plan(Source("new.plan", changed(chance, text)))
        if isinstance(new, Compiled) and new.kernel.digest != old.kernel.digest:
            return plan, old, new
    assume(False)
    raise AssertionError


def changed(chance: Random, text: str) -> str:
    """A plan's text with a few of its numbers changed, clauses dropped or lines moved."""
    for _ in range(chance.randint(1, 4)):
        match chance.randrange(5):
            case 0:
                text = _dropped(chance, text)
            case 1:
                text = _moved(chance, text)
            case _:
                text = _counted(chance, text)
    return text


def _counted(chance: Random, text: str) -> str:
    """Another number in place of one."""
    found = [*NUMBER.finditer(text)]
    if not found:
        return text
    spot = chance.choice(found)
    number = str(max(0, int(spot[0]) + chance.choice([-7, -1, 1, 10])))
    return text[: spot.start()] + number + text[spot.end() :]


def _dropped(chance: Random, text: str) -> str:
    """The plan without a clause, or without a line."""
    plan = parse(Source("", text)).tree
    statements = [*plan.statements]
    at = chance.randrange(len(statements))
    line = statements[at]
    match line:
        case tree.Kpi() | tree.Pay() | tree.Salary() | tree.Bonus() | tree.Section() if line.clauses:
            gone = chance.randrange(len(line.clauses))
            statements[at] = replace(line, clauses=(*line.clauses[:gone], *line.clauses[gone + 1 :]))
        case _:
            del statements[at]
    return write(tree.Plan(plan.lang, tuple(statements)))


def _moved(chance: Random, text: str) -> str:
    """The plan with two of its lines in each other's place."""
    plan = parse(Source("", text)).tree
    statements = [*plan.statements]
    one, other = (chance.randrange(len(statements)) for _ in range(2))
    statements[one], statements[other] = statements[other], statements[one]
    return write(tree.Plan(plan.lang, tuple(statements)))
