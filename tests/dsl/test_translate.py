"""A plan in the other language is the same plan, and what cannot be carried over is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl import tree
from dsl.parse import parse
from dsl.source import Source
from dsl.translate import translate
from dsl.words import LANGS, Lang
from dsl.write import write
from tests.support.chances import examples
from tests.support.places import GOLDEN, PLANS
from tests.support.strategies import plans

OTHER: dict[Lang, Lang] = {"en": "ru", "ru": "en"}


def carried(text: str, to: Lang) -> str:
    """A text in another language, to which it can be carried over."""
    found = translate(parse(Source("plan", text)), to)
    assert found.faults == ()
    assert found.text is not None
    return found.text


@examples(80)
@given(plans())
def test_there_and_back(plan: tree.Plan) -> None:
    text = write(plan)
    other = carried(text, OTHER[plan.lang])
    again = parse(Source("plan", other))
    assert (again.lang, again.tree) == (OTHER[plan.lang], plan)
    assert carried(other, plan.lang) == text


@examples(80)
@given(st.data())
def test_a_name_that_is_a_word_there_is_a_fault(data: st.DataObject) -> None:
    """Never a wrong text: either the same plan, or faults."""
    plan = data.draw(plans(langs=("en",), lang="en"))
    found = translate(parse(Source("plan", write(plan))), "ru")
    if found.text is None:
        assert {fault.code for fault in found.faults} <= {"P140", "P141"}
    else:
        assert parse(Source("plan", found.text)).tree == plan


def test_to_its_own_language_is_formatting() -> None:
    assert carried('plan  "A"\nsalary 60000', "en") == 'plan "A"\nsalary 60 000\n'


def test_example() -> None:
    english, russian = ((GOLDEN / f"manager.{lang}.plan").read_text("utf-8") for lang in LANGS)
    assert carried(english, "ru") == russian
    assert carried(russian, "en") == english
    assert write(parse(Source("plan", english)).tree, "ru") == russian


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_examples_there_and_back(path: Path) -> None:
    parsed = parse(Source("plan", path.read_text("utf-8")))
    other = carried(parsed.source.typed, OTHER[parsed.lang])
    assert carried(other, parsed.lang) == write(parsed.tree)


def test_taken_names() -> None:
    text = 'plan "итого"\nversion итого\nfact итого "итого" money # итого\nрублей = итого + 1\n'
    parsed = parse(Source("plan", text))
    found = translate(parsed, "ru")
    assert found.text is None
    assert [(fault.code, fault.facts) for fault in found.faults] == [
        ("P140", {"name": "итого", "lang": ("phrase:ru",)}),
        ("P140", {"name": "рублей", "lang": ("phrase:ru",)}),
    ]
    places = [fault.place for fault in found.faults if fault.place]
    assert [parsed.source.position(place.start) for place in places] == [(3, 6), (4, 1)]
    assert [parsed.source.at(place) for place in places] == ["итого", "рублей"]


@pytest.mark.parametrize(
    "text",
    [
        "a = b",  # nothing tells which language it is in
        'plan "A"\nfact a деньги\n',  # no kind in English, and one in Russian
    ],
)
def test_what_would_be_read_as_another_plan(text: str) -> None:
    parsed = parse(Source("plan", text))
    assert not parsed.broken
    found = translate(parsed, "ru")
    assert (found.text, [fault.code for fault in found.faults]) == (None, ["P141"])


def test_a_text_with_mistakes_is_not_translated() -> None:
    parsed = parse(Source("plan", 'plan "A"\nsalary 5 +\n'))
    assert parsed.broken
    found = translate(parsed, "ru")
    assert (found.text, found.faults) == (None, parsed.faults)
