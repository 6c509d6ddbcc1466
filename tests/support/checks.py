"""Texts as the check sees them, and what it tells of them."""

from __future__ import annotations

from dsl.check import Checked, check
from dsl.parse import parse
from dsl.source import Source
from dsl.words import Lang
from engine.compile import compile_plan

HEADER: dict[Lang, str] = {
    "en": 'plan "Sales"\nversion 1\ncurrency RUB\n',
    "ru": 'схема "Продажи"\nверсия 1\nвалюта RUB\n',
}
BONUS = HEADER["en"] + "bonus 50 000\n"


def checked(text: str) -> Checked:
    """A text, checked."""
    return check(parse(Source("plan", text)))


def told(text: str) -> list[tuple[str, str, str | None]]:
    """What is wrong with a text, whatever its examples expect: each code, its words, and their repair."""
    plan = checked(text)
    compiled = compile_plan(plan)
    faults = compiled if isinstance(compiled, tuple) else plan.faults
    return [(one.code, plan.source.at(one.place) if one.place else "", one.fix) for one in faults]
