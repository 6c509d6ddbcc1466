"""Random plans and random facts: the engine and an evaluator that shares nothing with it pay the same."""

from __future__ import annotations

import io
import keyword
import tokenize
from collections.abc import Iterator
from random import Random
from typing import get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dsl import tree
from dsl.check.scope import formulas
from dsl.faults import Fault
from dsl.source import Source
from engine.compiled import Compiled, read_plan
from engine.evaluate import Result, amounts, evaluate
from engine.facts import Facts, Person, read_facts
from engine.integers import build, generate
from engine.kernel import Kernel
from engine.period import period
from engine.scales import STEPS, widest
from engine.signs import signs
from engine.statement import document
from engine.width import safe
from tests.support import people
from tests.support.chances import CHANCE, examples
from tests.support.naive import Naive, Nothing
from tests.support.naive_pay import Payer
from tests.support.plans import Draft, draft

PEOPLE = 4  # for each plan
WORDS = {"run", "f", "bisect_left", "bisect_right", "Undefined"}  # of generated code


def compiled(plan: Draft) -> Compiled | None:
    """The compiled plan of a draft; None where it did not check, since not every random plan makes sense."""
    found = read_plan(Source("random.plan", plan.text))
    return found if isinstance(found, Compiled) else None


def wanted(kernel: Kernel, role: str) -> list[people.Wanted]:
    """What a plan needs to be given about somebody of one sort."""
    return [
        people.Wanted(entry.name, entry.kind, entry.signed, entry.optional or entry.default is not None)
        for entry in kernel.inputs
        if entry.role == role and entry.kind != "choice"
    ]


def crowd(chance: Random, drawn: Draft, plan: Compiled, size: int) -> Iterator[tuple[Facts, Naive]]:
    """Random people of each sort, for the engine and for the other."""
    attributes = [plan.kernel.inputs[index] for index in plan.attributes]
    for _ in range(size):
        chosen = [chance.randrange(len(entry.choices)) for entry in attributes]
        # Whatever the sort of people, only the facts of their own lines are asked for.
        kernel = plan.variant(tuple(chosen)).kernel
        given = people.given(chance, drawn, wanted(kernel, "actual"), wanted(kernel, "target"))
        for entry, value in zip(attributes, chosen, strict=True):
            if entry.default != value or chance.randrange(2):
                given.sort[entry.name] = entry.choices[value]
        found = read_facts(plan, Person("1", given.period, {**given.facts, **given.sort}, given.targets))
        if not isinstance(found, Facts):
            assert {fault.code for fault in found if fault.severity == "error"} == {"P506"}, found
            continue
        yield found, naive(plan, given)


def results(chance: Random, size: int) -> Iterator[Result]:
    """What a random plan pays some random people; a text that is no plan is drawn again."""
    drawn = draft(chance)
    plan = compiled(drawn)
    assume(plan is not None)
    assert plan is not None
    for facts, _ in crowd(chance, drawn, plan, size):
        result = evaluate(plan, facts)
        if isinstance(result, Result):
            yield result


def naive(plan: Compiled, given: people.Given) -> Naive:
    """The other evaluation of the same facts."""
    when = period(given.period)
    assert when is not None
    return Naive(
        plan.checked.parsed.tree,
        plan.checked.kinds,
        people.values(given.facts),
        people.values(given.targets),
        plan.kernel.digits,
        given.sort,
        when.first,
        (when.last - when.first).days + 1,
    )


@examples(250)
@given(CHANCE)
def test_the_engine_pays_what_the_rules_say(chance: Random) -> None:
    """To the kopeck on every line, with every value on the way; and both know where there is no value."""
    drawn = draft(chance)
    plan = compiled(drawn)
    assume(plan is not None)
    assert plan is not None
    for facts, other in crowd(chance, drawn, plan, PEOPLE):
        agree(plan, facts, other)


def agree(plan: Compiled, facts: Facts, other: Naive) -> None:
    """Hold one evaluation against the other."""
    result, plain = evaluate(plan, facts), amounts(plan, facts)
    try:
        lines = Payer(other).lines()
    except Nothing:
        assert isinstance(result, Fault)
        assert isinstance(plain, Fault)
        assert (result.code in {"P521", "P523"}, result.code) == (True, plain.code)
        return
    assert isinstance(result, Result)
    assert [
        (line.name, paid) for line, paid in zip(result.kernel.lines, result.amounts, strict=True)
    ] == lines
    assert plain == result.amounts
    assert result.total == sum(paid for _, paid in lines)
    traced(result, other)


def traced(result: Result, other: Naive) -> None:
    """Every value of the trace that the other computed too is the same."""
    for step in result.kernel.steps:
        value = other.known.get((step.role, "" if step.role == "salary" else step.name))
        if value is None:
            continue
        if step.value.kind != "yes_no":
            assert result.value(step.value) == value, step
        elif id(step.value) in result.program.picks:
            assert bool(result.pick(step.value)) == value, step


@examples(100)
@given(CHANCE)
def test_what_is_known_ahead_holds(chance: Random) -> None:
    """No integer has more bits than were counted, no number another sign than was concluded."""
    drawn = draft(chance)
    plan = compiled(drawn)
    assume(plan is not None)
    assert plan is not None
    if safe(plan.kernel):
        build(plan.kernel, widest(plan.kernel), traced=True, bounded=True)
    for facts, _ in crowd(chance, drawn, plan, PEOPLE):
        result = evaluate(plan, facts)
        if isinstance(result, Fault):
            continue
        kernel = result.kernel
        routine, known = build(kernel, facts.shape.scales, traced=True).routine, signs(kernel)
        for variable, number in zip((*routine.inputs, *routine.variables), result.numbers, strict=True):
            assert number is None or int(number).bit_length() <= variable.bits <= routine.bits, variable
        for node, slot in result.program.slots.items():
            value = slot.read(result.numbers)
            if value is not None:
                assert value >= 0 or known[node] == "any"
                assert value != 0 or known[node] != "positive"


@examples(100)
@given(CHANCE, st.booleans(), st.sampled_from([0, *STEPS]))
def test_code_holds_no_word_of_the_author(chance: Random, traced: bool, scale: int) -> None:
    """Words of Python, variables of ours and integers: whatever the names are, in whatever alphabet."""
    drawn = draft(chance)
    plan = compiled(drawn)
    assume(plan is not None)
    assert plan is not None
    source = generate(plan.kernel, (scale,) * len(plan.kernel.inputs), traced=traced).source
    assert source.isascii()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.NAME and not keyword.iskeyword(token.string):
            assert token.string in WORDS or (token.string[0] in "vmst" and token.string[1:].isdigit())
        elif token.type == tokenize.NUMBER:
            assert token.string.isdigit()
        else:
            assert token.type not in {tokenize.STRING, tokenize.COMMENT, tokenize.ERRORTOKEN}


@examples(100)
@given(CHANCE, st.sampled_from(["en", "ru"]))
def test_the_printed_lines_make_the_printed_total(chance: Random, lang: str) -> None:
    """As texts, with the digits of the currency."""
    for result in results(chance, 2):
        printed = document(result, "ru" if lang == "ru" else "en", None)
        total = printed.total
        assert sum(people.read(line.amount) for line in printed.lines) == people.read(total)
        assert len(total.partition(".")[2]) == result.kernel.digits


def test_random_plans_are_many_and_of_every_sort() -> None:
    """Most of them check, and every construct of the language that pays is among them."""
    met: set[object] = set()
    checked = 0
    for seed in range(200):
        plan = compiled(draft(Random(seed)))
        if plan is not None:
            checked += 1
            for line in plan.checked.parsed.tree.statements:
                met.update(_sorts(line))
    assert checked > 130
    paying = [*get_args(tree.Expr), *get_args(tree.Clause), *get_args(tree.Statement)]
    apart = {tree.Prose, tree.Effect, tree.Example, tree.Allow, tree.Include, tree.Definitions}
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
    """The same without hypothesis, which draws other plans."""
    chance = Random(seed)
    drawn = draft(chance)
    plan = compiled(drawn)
    if plan is not None:
        for facts, other in crowd(chance, drawn, plan, PEOPLE):
            agree(plan, facts, other)
