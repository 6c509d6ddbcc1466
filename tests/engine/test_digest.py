"""The digest names a plan's meaning: nothing else changes it, and whatever changes what is paid does."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import assume, given

from dsl import tree
from dsl.check.scope import formulas
from dsl.parse import parse
from dsl.place import Place
from dsl.source import Source
from dsl.translate import translate
from dsl.words import LANGS
from dsl.write import write
from engine.compile import Compiled, read_plan
from tests.support.answers import compiled_of
from tests.support.chances import CHANCE, examples
from tests.support.pages import pages
from tests.support.places import EXAMPLES, GOLDEN, TESTS
from tests.support.plans import draft
from tests.support.strategies import careless, without_notes


def compiled(text: str) -> Compiled | None:
    """The compiled plan of a text, if it has no errors."""
    plan = read_plan(Source("p", text))
    return plan if isinstance(plan, Compiled) else None


def meaning(text: str) -> tuple[str, str]:
    """The canonical form and the digest of a text without errors."""
    plan = compiled(text)
    assert plan is not None
    return plan.kernel.canonical, plan.kernel.digest


def sensible(chance: Random) -> str:
    """The text of a random plan that checks."""
    text = draft(chance).text
    assume(compiled(text) is not None)
    return text


@examples(40)
@given(CHANCE)
def test_how_a_plan_is_written_does_not_change_it(chance: Random) -> None:
    """Formatting, comments, the order of clauses, other spellings, the other language."""
    text = sensible(chance)
    parsed = parse(Source("p", text))
    same = meaning(text)
    assert meaning(write(parsed.tree)) == same
    assert meaning(careless(without_notes(parsed.tree), chance).text) == same
    other = translate(parsed, "ru" if parsed.lang == "en" else "en").text
    if other is not None:
        assert meaning(other) == same


@examples(30)
@given(CHANCE)
def test_labels_do_not_change_it(chance: Random) -> None:
    """What people call things is no part of what is paid."""
    text = sensible(chance)
    assert meaning(text.replace(' …"', '"').replace('!"', ' %"')) == meaning(text)


def literals(plan: tree.Plan) -> Iterator[tree.Expr]:
    """The values that a plan writes down, but for those that nobody ever takes."""
    for line in plan.statements:
        for formula in formulas(line):
            settled = [
                one.otherwise if one.condition.value else one.chosen
                for one in tree.walk(formula)
                if isinstance(one, tree.Choice) and isinstance(one.condition, tree.YesNo)
            ]
            idle = {id(part) for one in settled for part in tree.walk(one)}
            yield from (part for part in tree.walk(formula) if id(part) not in idle)
        if isinstance(line, tree.Fact):
            ends = () if line.bounds is None else (line.bounds.low, line.bounds.high)
            for value in filter(None, (line.default, *ends)):
                yield from tree.walk(value)


def other(literal: tree.Expr, text: str) -> str | None:
    """The words of another value of the same kind."""
    match literal:
        case tree.Number() | tree.Percent() | tree.Amount() | tree.Days():
            at = next(index for index, letter in enumerate(text) if letter.isdigit())
            return (
                f"{text[:at]}1{text[at:].replace(' ', '')}" if text[at] == "0" else f"{text[:at]}1{text[at:]}"
            )
        case tree.Date():
            return "2011-11-11"
        case _:
            return None


@examples(12)
@given(CHANCE)
def test_every_number_changes_it(chance: Random) -> None:
    """Each bound, factor, weight, target, default and constant by itself."""
    text = sensible(chance)
    same = meaning(text)
    for literal in literals(parse(Source("p", text)).tree):
        said = other(literal, text[literal.place.start : literal.place.end])
        changed = None if said is None else compiled(replaced(text, literal.place, said))
        if changed is not None:
            assert changed.kernel.digest != same[1], said


def replaced(text: str, place: Place, said: str) -> str:
    """A text with other words at a place."""
    return text[: place.start] + said + text[place.end :]


PLAN = """plan "Sales"
version 1
in effect from 2025-07-01
currency RUB
fact revenue money
fact mentor yes/no
share = revenue / 2 RUB
bonus 50 000
revenue weight 40% cutoff 80% accel 1.2 on all above 100% accel 1.5 on all above 120%
  cap 200% on pay target 3 000 000
calls weight 60% target 1 000
commission 2% * (revenue above target) if mentor and revenue > 5 otherwise round up(revenue to 100)
"""
CHANGES = {
    "version": ("version 1", "version 2"),
    "start": ("2025-07-01", "2025-08-01"),
    "currency": ("currency RUB", "currency KZT"),
    "sign": ("fact revenue money", "fact revenue money can be negative"),
    "default": ("fact revenue money", "fact revenue money default 0"),
    "kind": ("fact mentor yes/no", "fact mentor yes/no default no"),
    "mode": ("on all", "on excess"),
    "cap": ("on pay", "on attainment"),
    "target": ("target 3 000 000", "target 3 000 000 or personal"),
    "no target": (" target 1 000", ""),
    "side": ("above target", "below target"),
    "word": ("mentor and", "mentor or"),
    "comparison": ("revenue > 5", "revenue >= 5"),
    "turn": ("round up", "round down"),
    "nearest": ("round up", "round"),
    "operation": ("revenue / 2 RUB", "revenue - 2 RUB"),
    "name": ("calls", "meetings"),
    "figure": ("share = revenue / 2 RUB\n", ""),
    "cutoff": (" cutoff 80%", ""),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_word_that_matters_changes_it(change: str) -> None:
    """Modes, signs, defaults, names, the header."""
    old, new = CHANGES[change]
    assert old in PLAN
    text = PLAN.replace(old, new)
    if change == "currency":
        text = text.replace("2 RUB", "2 KZT")
    assert meaning(text)[1] != meaning(PLAN)[1]


def test_the_title_and_the_prose_do_not_change_it() -> None:
    """Nor do examples, which say what is paid and do not make it so."""
    example = 'example "One"\n  given revenue 5; mentor yes; calls 5\n  pays commission 0\n'
    said = (
        PLAN.replace('"Sales"', '"Sellers"').replace("currency RUB", 'currency RUB\nabout "Text."') + example
    )
    assert meaning(said) == meaning(PLAN)


def test_the_digest_is_that_of_the_canonical_form() -> None:
    """SHA-256 of JSON that is the same on every machine: no places, no labels, sorted keys, no float."""
    plan = compiled(PLAN)
    assert plan is not None
    assert len(plan.kernel.digest) == 64
    assert ": " not in plan.kernel.canonical
    assert '"6/5"' in plan.kernel.canonical


# ── Plans that are published ─────────────────────────────────────────────────────────────────────────────

KNOWN = GOLDEN / "digests.txt"


def published() -> Iterator[tuple[str, object]]:
    """Each plan that is shipped, or that tests and pages of the language show, and what to call it."""
    for room in (EXAMPLES, TESTS / "cases", TESTS / "good"):
        for path in sorted(room.rglob("*.plan")):
            yield path.stem, compiled(path.read_text("utf-8"))
    for page in pages():
        for lang in LANGS:
            for number, block in enumerate(page.plans(lang), 1):
                yield f"{page.name}.{lang}.{number}", compiled_of(page.name, block)


def test_digests_are_what_they_were(golden: bool) -> None:
    """Answers and receipts that somebody keeps name their plan by it: it changes only where meaning does."""
    plans = ((name, plan) for name, plan in published() if isinstance(plan, Compiled))
    found = "".join(f"{plan.kernel.digest}  {name}\n" for name, plan in plans)
    if golden:
        KNOWN.write_text(found, "utf-8")
    assert found == KNOWN.read_text("utf-8")
