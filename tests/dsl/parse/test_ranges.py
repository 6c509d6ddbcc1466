"""Rows of a table as people write them, read as the table that is meant: whole, and without a guess."""

from __future__ import annotations

import pytest
from hypothesis import given

from dsl.check import check
from dsl.faults import Fault
from dsl.parse import parse
from dsl.source import Source
from dsl.words import Lang
from tests.support.chances import CHANCE, Chance, examples

HEADS: dict[Lang, str] = {
    "en": 'plan "T"\nversion 1\ncurrency RUB\nfact calls count\npay x = steps by calls\n',
    "ru": 'схема "Т"\nверсия 1\nвалюта RUB\nфакт звонки количество\nначисление x = ступени по звонки\n',
}
# Ways to write a row from a number to another, both of them in it, and one from a number on.
BOTH: dict[Lang, tuple[str, ...]] = {
    "en": (
        "from {} to {}: ",
        "{}-{}: ",
        "{} – {} - ",
        "between {} and {}: ",
        "{} to {} calls: ",
        "from {} up to {}\t",
    ),
    "ru": ("от {} до {}: ", "с {} по {}: ", "{}-{}: ", "{} – {} — ", "от {} до {} звонков: ", "{}–{}\t"),
}
LAST: dict[Lang, tuple[str, ...]] = {
    "en": ("{}+: ", "{} and more: ", "from {} on: ", "{} or more - ", "at least {}: "),
    "ru": ("{}+: ", "{} и более: ", "от {} и выше: ", "{} и больше - ", "не менее {}: "),
}


def only(rows: str, lang: Lang) -> tuple[Fault, str]:
    """The one fault of a plan with such rows, and the rows with its repair."""
    text = HEADS[lang] + rows
    (fault,) = check(parse(Source("", text))).faults
    if fault.fix is None or fault.place is None:
        return fault, ""
    mended = f"{text[: fault.place.start]}{fault.fix}{text[fault.place.end :]}"
    assert not check(parse(Source("", mended))).faults
    return fault, mended.removeprefix(HEADS[lang])


@given(CHANCE)
@examples(30)
def test_ranges_of_numbers_that_are_counted_are_the_table_with_their_bounds(chance: Chance) -> None:
    lang: Lang = chance.choice(["en", "ru"])
    words = {"en": ("up to", "above"), "ru": ("до", "свыше")}[lang]
    bounds = sorted({chance.randint(1, 900) for _ in range(chance.randint(2, 6))})
    typed, meant, low = "", "", 0
    for at, bound in enumerate(bounds):
        typed += f"  {chance.choice(BOTH[lang]).format(low, bound)}{at * 100}\n"
        meant += f"{words[0]} {bound}: {at * 100}\n"
        low = bound + 1
    last = chance.choice(LAST[lang])
    typed += f"  {last.format(low)}9 000\n"
    if last.startswith("from"):  # the language's own word, which says whose the bound is
        meant = meant.replace(f"{words[0]} {bounds[-1]}:", f"below {low}:") + f"from {low}: 9 000\n"
    else:
        meant += f"{words[1]} {bounds[-1]}: 9 000\n"
    _, rows = only(typed, lang)
    said = "".join(f"{' '.join(row.split())}\n" for row in rows.splitlines())
    assert said == meant


@pytest.mark.parametrize(
    ("lang", "rows", "told"),
    [
        ("en", "  5-10: 1\n  11+: 2\n", "`below 5: …`, `up to 10: 1`, `above 10: 2`"),
        ("en", "  0-10: 1\n  11-20: 2\n", "`up to 10: 1`, `up to 20: 2`, `above 20: …`"),
        (
            "en",
            "  0-10: 1\n  15-20: 2\n  over 20: 3\n",
            "`up to 10: 1`, `below 15: …`, `up to 20: 2`, `above 20: 3`",
        ),
        ("ru", "  от 3: 1\n  свыше 5\n", "`ниже 3: …`, `до …: 1`, `свыше 5`"),
        ("ru", "  0–10: 1\n  10–20: 2\n  20–30: 3\n", "`до 10: 1`, `до 20: 2`, `до 30: 3`, `свыше 30: …`"),
    ],
)
def test_what_ranges_leave_open_is_told_and_not_guessed(lang: Lang, rows: str, told: str) -> None:
    fault, mended = only(rows, lang)
    assert (fault.code, fault.facts["rows"], mended) == ("P186", told, "")


def test_a_bound_that_stands_twice_is_of_the_row_that_says_so() -> None:
    """Where none does, there is no repair."""
    assert (
        only("  0-10: 1\n  10-20: 2\n  over 20: 3\n", "en")[1]
        == "  up to 10: 1\n  up to 20: 2\n  above 20: 3\n"
    )
    assert (
        only("  0-10: 1\n  10-20: 2\n  20+: 3\n", "en")[1] == "  below 10: 1\n  below 20: 2\n  from 20: 3\n"
    )
    doubtful, mended = only("  0-10: 1\n  10-20: 2\n  more: 3\n", "en")
    assert (doubtful.facts["open"], mended) == (("phrase:ranges_doubtful",), "")
