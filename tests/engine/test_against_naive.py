"""Random plans and random facts: the engine and an evaluator that shares nothing with it pay the same."""

from __future__ import annotations

import io
import keyword
import tokenize
from collections.abc import Iterator
from random import Random
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl import tree
from dsl.check.scope import formulas
from dsl.faults import Fault
from engine.evaluate import evaluate
from engine.integers import build, generate
from engine.integers.width import heights, safe
from engine.scales import STEPS, Scales, widest
from engine.signs import signs
from engine.statement import document
from tests.support import people
from tests.support.chances import CHANCE, examples
from tests.support.plans import draft
from tests.support.trials import PEOPLE, compiled, crowd, planned, results, tried

# Of generated code: its function, what it is handed and uses, the cells of a record that nothing reads.
WORDS = {
    "run",
    "f",
    "r",
    "bisect_left",
    "bisect_right",
    "gcd",
    "len",
    "set",
    "add",
    "append",
    "Undefined",
    "_",
}


@examples(200)
@given(CHANCE)
def test_the_engine_pays_what_the_rules_say(chance: Random) -> None:
    """To the kopeck on every line, with every value on the way; and both know where there is no value."""
    tried(chance, tables=True)


@examples(50)
@given(CHANCE)
def test_what_is_known_ahead_holds(chance: Random) -> None:
    """No integer has more bits than were counted, no number another sign than was concluded."""
    made, plan = planned(chance)
    if safe(plan.kernel, heights(plan.kernel)):
        build(plan.kernel, widest(plan.kernel), traced=True, bounded=True)
    for facts, _ in crowd(chance, made, plan, PEOPLE):
        result = evaluate(plan, facts)
        if isinstance(result, Fault):
            continue
        kernel = result.kernel
        routine, known = build(kernel, facts.shape.scales, traced=True).routine, signs(kernel)
        numbers = result.numbers[: result.program.beside]
        for variable, number in zip((*routine.inputs, *routine.variables), numbers, strict=True):
            if isinstance(number, int):  # a cell may be a text
                assert number.bit_length() <= variable.bits <= routine.bits, variable
        for node, slot in result.program.slots.items():
            if slot.top is not None and isinstance(numbers[slot.top], str):
                continue
            value = slot.read(result.numbers)
            if value is not None:
                assert value >= 0 or known[node] == "any"
                assert value != 0 or known[node] != "positive"


@examples(60)
@given(CHANCE, st.booleans(), st.sampled_from([0, *STEPS]))
def test_code_holds_no_word_of_the_author(chance: Random, traced: bool, scale: int) -> None:
    """Words of Python, variables of ours and integers: whatever the names are, in whatever alphabet."""
    _, plan = planned(chance, tables=True)
    tables = tuple((scale,) * len(table.columns) for table in plan.kernel.tables)
    scales = Scales((scale,) * len(plan.kernel.inputs), tables)
    source = generate(plan.kernel, scales, traced=traced).source
    assert source.isascii()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.NAME and not keyword.iskeyword(token.string):
            assert token.string in WORDS or (token.string[0] in "vmstku" and token.string[1:].isdigit())
        elif token.type == tokenize.NUMBER:
            assert token.string.isdigit()
        else:
            assert token.type not in {tokenize.STRING, tokenize.COMMENT, tokenize.ERRORTOKEN}


@examples(60)
@given(CHANCE, st.sampled_from(["en", "ru"]))
def test_the_printed_lines_make_the_printed_total(chance: Random, lang: str) -> None:
    """As texts, with the digits of the currency."""
    for result in results(chance, 2, tables=True):
        printed = document(result, "ru" if lang == "ru" else "en", None)
        total = printed.total
        assert sum(people.read(line.amount) for line in printed.lines) == people.read(total)
        assert len(total.partition(".")[2]) == result.kernel.digits


def test_random_plans_are_many_and_of_every_sort() -> None:
    """Most of them check, and every construct of the language that pays is among them."""
    met: set[object] = set()
    checked = 0
    for seed in range(200):
        plan = compiled(draft(Random(seed), tables=True))
        if plan is not None:
            checked += 1
            for line in plan.checked.parsed.tree.statements:
                met.update(_sorts(line))
    assert checked > 130
    paying = [*get_args(tree.Expr), *get_args(tree.Clause), *get_args(tree.Statement)]
    # Groups of people are held by plans of their own.
    apart = {tree.Prose, tree.Effect, tree.Example, tree.Allow, tree.Include, tree.Definitions}
    apart |= {tree.Group, tree.Pool, tree.Prizes, tree.Sources, tree.ByDays}
    # Full months between days are counted both ways where periods are tested.
    apart |= {tree.Elapsed}
    assert not {*paying} - met - apart
    assert met >= {*get_args(tree.TableMode), *get_args(tree.PayWord), *get_args(tree.Direction)}


def _sorts(line: tree.Statement) -> Iterator[object]:
    yield type(line)
    if isinstance(line, tree.Pay):
        yield line.word
    if not isinstance(line, tree.Fact | tree.Title | tree.Version | tree.Currency):
        yield from map(type, getattr(line, "clauses", ()))
    for formula in formulas(line):
        for expr in tree.walk(formula):
            yield type(expr)
            match expr:
                case tree.Table(mode=mode):
                    yield mode
                case tree.Rounded(direction=direction):
                    yield direction
                case _:
                    pass


@pytest.mark.parametrize("seed", range(0, 40))
def test_plain_chance(seed: int) -> None:
    """The same without hypothesis, which draws other plans; by each seed somebody is paid."""
    chance = Random(seed)
    assert any(tried(chance, tables=True) for _ in range(5))
