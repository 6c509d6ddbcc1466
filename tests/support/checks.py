"""Texts as the check sees them, and what it tells of them."""

from __future__ import annotations

from dsl.check import Checked, check
from dsl.parse import parse
from dsl.source import Source
from dsl.words import Lang
from tests.support.answers import wrong

HEADER: dict[Lang, str] = {
    "en": 'plan "Sales"\nversion 1\ncurrency RUB\n',
    "ru": 'схема "Продажи"\nверсия 1\nвалюта RUB\n',
}
BONUS = HEADER["en"] + "bonus 50 000\n"


def checked(text: str) -> Checked:
    """A text, checked."""
    return check(parse(Source("plan", text)))


def told(text: str) -> list[tuple[str, str, str | None]]:
    """What is wrong with a text: each fault's code, the words it stands at, and their repair."""
    plan = checked(text)
    return [(one.code, plan.source.at(one.place) if one.place else "", one.fix) for one in wrong(plan)]
