"""What `--fix` writes: a plan that was right before a slip is right again, or the author is left to it."""

from __future__ import annotations

import re
from itertools import islice

import pytest
from hypothesis import given

from api.repairs import mended
from dsl.check import check
from dsl.check.certain import CERTAIN
from dsl.parse import parse
from dsl.source import Source
from dsl.words import Lang
from engine.compile import Compiled, compile_any
from tests.support.chances import CHANCE, Chance, examples, told
from tests.support.places import CASES, PLANS, ROOT, TESTS
from tests.support.slips import slips

PAGES = sorted(TESTS.joinpath("spec").glob("*.md"))
SHOWN = [
    block
    for page in PAGES
    for block in re.findall(r"```premia[^\n]*\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    if block.startswith(("plan ", "схема "))
]
SOUND = [*(path.read_text("utf-8") for path in (*PLANS, *CASES)), *SHOWN]
HEAD: dict[Lang, str] = {
    "en": 'plan "A"\nversion 1\ncurrency EUR\n',
    "ru": 'схема "А"\nверсия 1\nвалюта RUB\n',
}
TIERS: dict[Lang, str] = {
    "en": "commission on shipped, each band at its own rate\n  up to 5 000 000: {}\n  above 3%\n",
    "ru": "процент с отгрузки, каждая ступень по своей ставке\n  до 5 000 000: {}\n  свыше 3%\n",
}


def digest(text: str) -> str | None:
    """What a text pays, if it can pay."""
    compiled = compile_any(check(parse(Source("a.plan", text))))
    return compiled.kernel.digest if isinstance(compiled, Compiled) else None


def restored(name: str, chance: Chance) -> bool | None:
    """Whether a slip of a sort in some plan is repaired; what is written pays what the plan pays.

    None where the plan has no place for such a slip.
    """
    text = chance.choice(SOUND)
    plan = parse(Source("a.plan", text))
    slipped = slips()[name](text, plan.lang, chance)
    if slipped is None or (right := digest(text)) is None:
        return None
    made, mends = mended(Source("a.plan", slipped))
    told(f"{name}: {[(mend.fault.code, mend.before, mend.after) for mend in mends]}")
    assert not mends or digest(made.typed) in {right, digest(slipped) or right}
    return bool(mends)


@pytest.mark.parametrize("page", ["checks.md", "checks.ru.md"])
def test_the_page_names_the_codes_whose_repairs_can_be_certain(page: str) -> None:
    text = ROOT.joinpath("docs", page).read_text("utf-8")
    table = text.split("| what is written |" if page == "checks.md" else "| что пишется |")[1].split("\n\n")[
        0
    ]
    assert set(re.findall(r"P[0-9]{3}", table)) == set(CERTAIN)


@examples(60)
@given(CHANCE)
def test_what_is_written_pays_nothing_else(chance: Chance) -> None:
    restored(chance.choice([*slips()]), chance)


@pytest.mark.parametrize(
    "name",
    [
        "a letter of the other alphabet",
        "a list with commas",
        "a comma at the end",
        "a date the year first",
        "a name in two words",
        "no equals sign",
        "the other decimal mark",
    ],
)
def test_a_slip_of_writing_is_mostly_repaired(name: str) -> None:
    tried = (restored(name, Chance(number)) for number in range(200))
    assert sum(islice((one for one in tried if one is not None), 12)) >= 3


@pytest.mark.parametrize("name", ["a percent sign forgotten", "a bracket forgotten", "the measure in a row"])
def test_a_slip_of_sense_is_left_to_the_author(name: str) -> None:
    assert not any(restored(name, Chance(number)) for number in range(8))


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        ("en", TIERS["en"].format("2% of shipped")),
        ("en", TIERS["en"].format("2% * shipped")),
        ("en", TIERS["en"].format("1% of all")),
        ("ru", TIERS["ru"].format("2% от отгрузки")),
        ("ru", TIERS["ru"].format("2% * отгрузки")),
        ("en", "bonus 5 000\nrevenue weight 100% accel 1.2 from 100% target 9\n"),
        ("ru", "премия 5 000\nвыручка вес 100% ускорение 1,2 от 100% план 9\n"),
        ("ru", "премия 5 000\nвыручка вес 100% ускорение 1,2 с 100% план 9\n"),
        ("en", "bonus 5 000\nrevenue weight 100% spread no_survey target 9\n"),
        ("en", "commission 1% of (revenue - )\n"),
        ("en", "commission round(3% of revenue)\n"),
        ("en", "in effect from 05.03.2026\nsalary 5\n"),
        ("ru", "действует с 05/03/2026\nоклад 5\n"),
        ("en", "salary 5 except if overdue > 5%\n"),
        ("en", "salary 5\ngate overdue <= 5%\n"),
        ("en", "bonus 5 000\nrevenue weight 40 target 9\ncalls weight 60% target 8\n"),
        ("en", "salary 5 if late\n"),
        ("en", "commission 5% of revenue_q1\nfact revenue_q2 money\n"),
        ("en", "pay spot = 5 * min(1,500)\n"),
    ],
)
def test_what_is_probable_is_not_written(lang: Lang, lines: str) -> None:
    source = Source("a.plan", HEAD[lang] + lines)
    assert mended(source) == (source, ())


@pytest.mark.parametrize(
    ("lang", "line", "better"),
    [
        ("en", "salary 5 only if overdue < = 5%", "salary 5 only if overdue <= 5%"),
        ("en", "salary 5 only if overdue > = 5%", "salary 5 only if overdue >= 5%"),
        ("en", "salary 5 only if overdue =< 5%", "salary 5 only if overdue <= 5%"),
        ("ru", "оклад 5 только если долг < = 5%", "оклад 5 только если долг <= 5%"),
        ("ru", "оклад 5 только если долг меньше или равно 5%", "оклад 5 только если долг <= 5%"),
        ("en", "salary 5 only if overdue less or equal 5%", "salary 5 only if overdue <= 5%"),
        ("ru", "оклад 25 тыс.", "оклад 25 000"),
        ("en", "salary 5 000 euros", "salary 5 000 EUR"),
        ("en", "salary 5 000 only if share > 5 percent", "salary 5 000 only if share > 5%"),
        ("en", "salary 5 000;", "salary 5 000"),
        ("ru", "действует с 05.03.2026\nоклад 5", "действует с 2026-03-05\nоклад 5"),
        ("en", "effective from 2026-07-01\nsalary 5", "in effect from 2026-07-01\nsalary 5"),
    ],
)
def test_what_is_written_in_another_way_is_repaired(lang: Lang, line: str, better: str) -> None:
    made, _ = mended(Source("a.plan", f"{HEAD[lang]}{line}\n"))
    assert made.typed == f"{HEAD[lang]}{better}\n"
