"""Whatever is advised can be followed: the words that are offered stand where they are offered, and help."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given

from dsl.check.pay import paid
from dsl.fault import Fault
from dsl.faults import wording
from dsl.source import Source
from dsl.words import LANGS
from engine.analyse import analyse
from engine.compile import Compiled, read_plan
from engine.examples import run
from tests.support.chances import CHANCE, examples
from tests.support.pages import pages, whole
from tests.support.places import CASES, PLANS, TESTS
from tests.support.trials import planned

GOOD = sorted(TESTS.joinpath("good").glob("*.plan"))
LETTERS = {"en": re.compile("[а-яё]", re.IGNORECASE), "ru": re.compile("[a-z]{2}", re.IGNORECASE)}
CODES = re.compile(r"\b(RUB|USD|EUR|GBP|CAD|INR|PLN|CZK|KZT|BYN|JPY|UAH|KWD|CNY|TND)\b")


def plan(text: str) -> Compiled | None:
    """A plan that can pay; None of a text that is none."""
    found = read_plan(Source("advice.plan", text))
    return found if isinstance(found, Compiled) else None


def held(text: str) -> None:
    """Hold all advice about a plan to what it promises."""
    compiled = plan(text)
    if compiled is None:
        return
    faults = analyse(compiled).faults
    for fault in faults:
        spoken(compiled, fault)
        if "allow" in fault.facts:
            answered = f"{text.rstrip()}\n{fault.facts['allow']}\n"
            assert not again(answered, fault, faults), answered
        if fault.example is not None:
            shown = plan(f"{text.rstrip()}\n\n{fault.example}\n")
            assert shown is not None, fault.example
            count = fault.example.count("\n\n") + 1
            assert all(one.passed for one in run(shown)[-count:]), fault.example
        for mended in followed(compiled, fault):
            assert not again(mended, fault, faults), (fault.code, mended)


def again(text: str, fault: Fault, before: tuple[Fault, ...]) -> bool:
    """Whether a plan that follows an advice is none, or is told the same there, or of an answer."""
    compiled = plan(text)
    if compiled is None or fault.place is None:
        return True
    told = analyse(compiled).faults
    grown = len(text) - fault.place.start
    near = range(fault.place.start, fault.place.start + min(grown, 3))
    same = (one.place for one in told if about(one) == about(fault))
    there = any(place is not None and place.start in near for place in same)
    return there or count(told, "P479") > count(before, "P479")


def about(fault: Fault) -> tuple[str, object]:
    """What is told, and of which line."""
    return fault.code, fault.facts.get("name")


def count(faults: tuple[Fault, ...], code: str) -> int:
    """How often a code is told."""
    return sum(fault.code == code for fault in faults)


def followed(compiled: Compiled, fault: Fault) -> Iterator[str]:
    """The plan as it is with the words that an advice offers, or with its repair."""
    assert fault.place is not None
    text, place = compiled.source.text, fault.place
    if fault.fix is not None:
        yield f"{text[: place.start]}{fault.fix}{text[place.end :]}"
    offered = str(fault.facts.get("guard", fault.facts.get("instead", ""))).strip(" `")
    if not offered:
        return
    how = str(fault.facts["how"][0]).removeprefix("phrase:")
    clause = how in {"divided_clause", "jump_less"} and place.start in starts(compiled)
    if clause or how in {"divided_value", "fine_part"}:
        yield f"{text[: place.start]}{offered}{text[place.end :]}"
    elif how in {"divided_gate", "fine_floor"}:
        end = text.find("\n", place.end)
        yield f"{text[:end]} {offered}{text[end:]}"


def starts(compiled: Compiled) -> set[int]:
    """Where the clauses of the lines begin."""
    return {clause.place.start for one in paid(compiled.checked.scope) for clause in one.line.clauses}


def spoken(compiled: Compiled, fault: Fault) -> None:
    """No word of another language stands outside the words of the plan."""
    for lang in LANGS:
        words = wording(fault, lang)
        prose = " ".join((words.title, words.text, words.advice))
        for quoted in sorted(map(str, fault.facts.values()), key=len, reverse=True):
            prose = prose.replace(quoted, " ")
        prose = CODES.sub(" ", re.sub("`[^`]*`", " ", prose))
        assert LETTERS[lang].search(prose) is None, prose
    if compiled.checked.lang == "ru" and "name" in fault.facts:
        assert fault.facts["name"] not in {"commission", "salary", "variable_cap", "total_cap"}


@pytest.mark.parametrize("path", [*PLANS, *GOOD, *CASES], ids=lambda path: path.name)
def test_the_advice_about_a_plan_can_be_followed(path: Path) -> None:
    held(path.read_text("utf-8"))


def test_the_advice_about_the_specification_can_be_followed() -> None:
    for page in pages():
        for block in page.blocks:
            if block.sort == "premia" and not block.file and not block.files:
                held(whole(block))


@examples(6)
@given(CHANCE)
def test_the_advice_about_random_plans_can_be_followed(chance: Random) -> None:
    drawn, _ = planned(chance)
    held(drawn.text)
