"""Each repair that is offered, put into its plan: the fault is gone, and nothing else is wrong."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given

from dsl.check import check
from dsl.check.repairs import SUMS, UNUSED, seen
from dsl.faults import Fault
from dsl.parse import parse
from dsl.source import Source
from tests.support.chances import CHANCE, Chance, examples, told
from tests.support.places import CASES, PLANS, TESTS

COUNTS = frozenset({"P160"})  # it counts lines for which no repair was looked for
GRAVE = frozenset({"error", "warning"})
MISTAKES = [
    mistake["plan"]
    for path in sorted(TESTS.joinpath("bad", "mistakes").glob("*.toml"))
    for mistake in tomllib.loads(path.read_text("utf-8"))["mistake"]
]
BROKEN = [path.read_text("utf-8") for path in sorted(TESTS.joinpath("bad").glob("*.plan"))]
SOUND = [path.read_text("utf-8") for path in (*PLANS, *CASES)]


def faults_of(text: str) -> tuple[Fault, ...]:
    return check(parse(Source("a.plan", text))).faults


def repaired(text: str) -> Iterator[tuple[Fault, str]]:
    """Each fault of a plan that has a repair, and the text with it."""
    source = Source("a.plan", text)
    for one in check(parse(source)).faults:
        # Without what nobody sees a line is the same.
        if one.place is not None and one.fix is not None and seen(source.at(one.place)) != seen(one.fix):
            yield one, f"{source.text[: one.place.start]}{one.fix}{source.text[one.place.end :]}"


def holds(text: str) -> int:
    """How many repairs of a plan were found to be what they are offered as."""
    before = [one for one in faults_of(text) if one.severity in GRAVE and one.code not in COUNTS]
    number = 0
    for one, better in repaired(text):
        told(f"{one.code} {one.place} {one.fix!r}\n{text}")
        assert one.place is not None
        assert one.fix is not None
        number += 1
        stretch = range(one.place.start, one.place.start + len(one.fix) + 1)
        word = {text[one.place.start : one.place.end]}
        left = Counter(other.code for other in before if other is not one)
        whole = any(other.code < "P2" and other.severity == "error" for other in before)
        for other in faults_of(better):
            if other.severity not in GRAVE or other.place is None:
                continue
            within = other.place.start in stretch or other.place.end in stretch
            again = other.code == one.code and other.facts.get("word") == one.facts.get("word")
            assert not (within and again), other
            if left[other.code]:
                left[other.code] -= 1
                continue
            # What the mistake has hidden: what is known of whole plans alone, and the same word elsewhere.
            hidden = other.code in SUMS | UNUSED or bool(word & set(other.facts.values()))
            assert hidden or not within, other
            assert hidden or whole or other.severity == "warning" or other.fix is not None, other
    return number


def test_no_repair_of_a_broken_plan_brings_another_fault() -> None:
    assert sum(holds(text) for text in BROKEN) >= 150


def test_no_repair_of_a_mistake_as_people_make_it_brings_another_fault() -> None:
    assert sum(holds(text) for text in MISTAKES) >= 120


TOKEN = re.compile(r"\"[^\"\n]*\"|\w+|[^\w\s]")


@examples(60)
@given(CHANCE)
def test_no_repair_of_a_slip_brings_another_fault(chance: Chance) -> None:
    """A word of a good plan is deleted, doubled, changed places with the next, or is one from elsewhere."""
    text = chance.choice(SOUND)
    one, other = sorted(chance.sample([*TOKEN.finditer(text)], 2), key=lambda found: found.start())
    following = TOKEN.search(text, one.end()) or other
    slips = [
        f"{text[: one.start()]}{text[one.end() :]}",
        f"{text[: one.end()]} {text[one.start() :]}",
        f"{text[: one.start()]}{following[0]} {one[0]}{text[following.end() :]}",
        f"{text[: one.start()]}{other[0]}{text[one.end() :]}",
    ]
    holds(chance.choice(slips))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("salary 350 x hours_worked\n", "salary 350 * hours_worked"),
        ("fact grade one of (junior; mentor)\nsalary 500 if grade = \"mentor\" otherwise 0\n",
         "salary 500 if grade is mentor otherwise 0"),
        ("salary 5\ncalls wieght 100% target 5 only if complaint < 3\nbonus 8\nfact complaints count\n",
         "calls weight 100% target 5 only if complaints < 3"),
    ],
)  # fmt: skip
def test_another_repair_is_found_where_the_first_is_not_sound(text: str, line: str) -> None:
    assert line in [
        row
        for _, better in repaired(f'plan "A"\nversion 1\ncurrency RUB\n{text}')
        for row in better.split("\n")
    ]


@pytest.mark.parametrize(
    ("line", "better"),
    [
        ("salary 5 multiplied by +10%", "salary 5 multiplied by 110%"),
        ("bonus 5\ncalls weight 40％ target 6\nrevenue weight 60% target 8", "calls weight 40% target 6"),
        ("bonus 5\ncalls weight ４０％ target 6\nrevenue weight 60% target 8", "calls weight 40% target 6"),
        ("commission 5‰ of revenue", "commission 0.5% of revenue"),
        ("commission 12.5‰ of revenue", "commission 1.25% of revenue"),
        ("salary RUB 48 000", "salary 48 000 RUB"),
        ('salary 5\nbonus calls\nfact calls "Successful calls money', 'fact calls "Successful calls" money'),
    ],
)
def test_a_repair_loses_nothing_of_what_was_written(line: str, better: str) -> None:
    (text,) = [text for _, text in repaired(f'plan "A"\nversion 1\ncurrency RUB\n{line}\n')]
    assert better in text.split("\n")


@pytest.mark.parametrize(
    "lines",
    [
        "total floor -5 000\nsalary 5",
        "bonus 5\nrevenue weight 100% paid by steps target 6\n  below 85%: 0%\n  from 85%: 10 000",
        'salary 5\nexample "a"\n  given nothing here 6\n  pays salary 5',
    ],
)
def test_what_is_not_certain_has_no_repair(lines: str) -> None:
    assert not [*repaired(f'plan "A"\nversion 1\ncurrency RUB\n{lines}\n')]
