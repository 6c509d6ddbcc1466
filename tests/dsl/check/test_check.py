"""The check: nothing is wrong with a sensible plan, and each mistake in another is one fault in its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl.check import Checked, check
from dsl.faults import document, draw
from dsl.parse import parse
from dsl.source import Source
from dsl.translate import translate
from dsl.words import LANGS, Lang
from dsl.write import write
from tests.support import strategies
from tests.support.chances import examples
from tests.support.checks import BONUS, HEADER, checked, told
from tests.support.places import TESTS
from tests.support.work import counted

GOOD = sorted((TESTS / "good").glob("*.plan"))


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_sensible_plan_has_no_faults(path: Path) -> None:
    """Neither errors nor warnings."""
    assert told(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_nor_has_it_in_the_other_language(path: Path) -> None:
    """What a plan means does not hang on its words."""
    parsed = parse(Source("plan", path.read_text("utf-8")))
    text = translate(parsed, "en" if parsed.lang == "ru" else "ru").text
    assert text is not None
    assert told(text) == []


# ── Names ────────────────────────────────────────────────────────────────────────────────────────────────

MISSPELT = [
    # In a formula, beside what is declared, measured, computed or given.
    ("fact revenue money\ncommission 1% of revenu + 2% of revenue\n", "revenu", "revenue"),
    ("bonus 5\nrevenue weight 100% target 5\ncommission 1% of (revenu above target)\n", "revenu", "revenue"),
    ("margin = revenue - cost\ncommission 1% of margni + 1% of margin\n", "margni", "margin"),
    # Once, though it is felt in the example and in what is left unused.
    (
        "fact margin_rate percent\ncommission margin_rte * sales\n"
        'example "a"\ngiven margin_rate 3%; sales 5\npays total 1\n',
        "margin_rte",
        "margin_rate",
    ),
    # A KPI whose fact is declared, or given in more than one example, under another name.
    ("fact revenue money\nbonus 5\nrevenu weight 100% target 5\n", "revenu", "revenue"),
    (
        "bonus 5\nrevenu weight 100% target 5\n"
        'example "a"\ngiven revenue 5\npays bonus 5\nexample "b"\ngiven revenue 6\npays revenue 6\n',
        "revenu",
        "revenue",
    ),
    ("fact avg_deal money\ncommission 1% of avgdeal + 1% of avg_deal\n", "avgdeal", "avg_deal"),
    # An attribute that is asked for: nothing declares the word there.
    (
        "fact grade one of (junior; senior)\nsalary by grade (junior: 5; senior: 6)\n"
        "commission 5 if grades is senior otherwise 0\n",
        "grades",
        "grade",
    ),
]


@pytest.mark.parametrize(("lines", "word", "meant"), MISSPELT)
def test_a_misspelt_name_is_one_fault(lines: str, word: str, meant: str) -> None:
    """Wherever else it is felt, it is told once, with the name that was meant."""
    assert told(HEADER["en"] + lines) == [("P205", word, meant)]


@pytest.mark.parametrize(
    ("lines", "word", "meant"),
    [
        (
            "fact revneue money can be negative\ncommission max(0; revenue)\n{}revenue -5\n",
            "revneue",
            "revenue",
        ),
        (
            "margni = 30% of sales\ncommission margin if margin > 5 otherwise 0\n{}sales 5\n",
            "margni",
            "margin",
        ),
        ("fact calsl count\nbonus 5\ncalls weight 100% target 5\n{}calls 5\n", "calsl", "calls"),
    ],
)
def test_a_name_misspelt_where_it_is_declared(lines: str, word: str, meant: str) -> None:
    """If all others spell it otherwise, the declaration is at fault."""
    text = HEADER["en"] + lines.format('example "a"\ngiven ') + "pays total 0\n"
    assert told(text) == [("P232", word, meant)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("plan_a", "plan_b"),
        ("q1_sales", "q2_sales"),
        ("sales_2024", "sales_2025"),
        ("hire_date", "hire_rate"),
        ("b2b", "b2c"),
        ("сделки", "скидки"),
        ("план_янв", "план_фев"),
        ("x", "y"),
    ],
)
def test_a_near_name_may_be_meant(one: str, other: str) -> None:
    """A name that differs by a digit or by a short word is another name."""
    assert told(f"{HEADER['en']}fact {one} money\ncommission 2% of ({one} + {other})\n") == []


@pytest.mark.parametrize(("one", "other"), [("Revenue", "revenue"), ("объём", "объем"), ("сор", "cop")])
def test_names_that_look_the_same(one: str, other: str) -> None:
    """Letters of another size or alphabet do not make another name."""
    text = f"{HEADER['en']}fact {one} money\ncommission 2% of ({one} + {other})\n"
    assert told(text) == [("P207", other, one)]


def test_a_misspelt_name_in_an_example() -> None:
    """What is given under a wrong name is not missing under the right one."""
    rows = 'example "a"\ngiven revnue 5; target of revenu 5\npays reveneu 5; commission 5\n'
    text = BONUS + "revenue weight 100%\ncommission x = 5\n" + rows
    assert told(text) == [
        ("P277", "revnue", "revenue"),
        ("P277", "revenu", "revenue"),
        ("P222", "reveneu", "revenue"),
        ("P222", "commission 5", None),
    ]


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ("a = a + 1\ncommission a\n", "a → a"),
        ("a = b\nb = c\nc = a\ncommission a\n", "a → b → c → a"),
        ("bonus 5\na weight 100% target target of a\n", "target of a → target of a"),
        ("salary salary + 5\n", "salary → salary"),
        (
            "bonus 5\na = attainment of a\na weight 100% target 100%\n",
            "attainment of a → a → attainment of a",
        ),
        ("".join(f"x{i} = x{(i + 1) % 20}\n" for i in range(20)) + "commission x0\n", "x0 → x1 → x2 → "),
    ],
)
def test_a_circle_is_one_fault(lines: str, names: str) -> None:
    """However many links it has."""
    faults = checked(HEADER["en"] + lines).faults
    assert [fault.code for fault in faults] == ["P211"]
    assert str(faults[0].facts["circle"]).startswith(names)


# ── Kinds ────────────────────────────────────────────────────────────────────────────────────────────────

PERCENT_SIGNS = [
    ("a weight 40 target 5\n", ("40", "40%")),
    ("a weight 0.4 target 5\n", ("0.4", "40%")),
    ("a weight 1 target 5\n", ("1", "100%")),
    ("a weight 100% cutoff 80 target 5\n", ("80", "80%")),
    ("a weight 100% cutoff (0.8) target 5\n", ("(0.8)", "80%")),
    ("a weight 100% accel 1.2 above 1 target 5\n", ("1", "100%")),
    ("a weight 100% accel 1.2 above 110 target 5\n", ("110", "110%")),
    ("a weight 100% cap 2 on attainment target 5\n", ("2", "200%")),
    ("fact a percent\na weight 100% target 2\n", ("2", "2%")),
    ("fact a percent\na weight 100% target 0.02\n", ("0.02", "2%")),
    ("fact a percent default 5\na weight 100% target 2%\n", ("5", "5%")),
    ("a weight 100% target 2%\ncommission 5 if a > 3 otherwise 0\n", ("3", "3%")),
    ("a weight 100% target 2%\ncommission 5 * (1 - a)\n", ("1", "100%")),
    ("a weight 100% target 2%\ncommission 5 * (a - 1)\n", ("1", "1%")),
    ("a weight 100% target 2%\ncommission 5 * (2 - a)\n", ("2", "200%")),
]


@pytest.mark.parametrize(("lines", "repair"), PERCENT_SIGNS)
def test_a_percentage_without_its_sign(lines: str, repair: tuple[str, str]) -> None:
    """The repair has the sign, and knows a part of one from a number of hundredths."""
    assert told(BONUS + lines) == [("P302", *repair)]


@pytest.mark.parametrize(
    "line",
    [
        'example "{}"\n  given revenue 100\n  pays total 7',
        'fact revenue "{}" money',
        'part "{}" = 2% of revenue\npay b = part',
        'pay a "{}" = 5',
    ],
)
def test_what_something_is_called_is_bounded(line: str) -> None:
    head = 'plan "A"\nversion 1\ncurrency RUB\ncommission 2% of revenue\nsalary 5\n'
    most, more = (checked(head + line.format("x" * size)).faults for size in (1000, 1001))
    assert [fault.code for fault in most] == []
    assert [(fault.code, fault.facts["count"]) for fault in more] == [("P279", "1001")]


CLASHES = [
    ("commission salary + 5%\nsalary 5\n", "P327", "salary + 5%"),
    ("commission 60 000 + 5%\n", "P301", "5%"),
    # Nobody takes a part off three wholes: the number is no percentage without its sign.
    ("fact a percent\ncommission 5 * (3 - a)\n", "P301", "a"),
    ("commission 5 if hired > 30 days and hired < 2025-07-01 otherwise 0\n", "P301", "2025-07-01"),
    ("commission 100 RUB if yes otherwise 5%\n", "P301", "5%"),
    ("commission max(100 RUB; 5%; 3 days)\n", "P301", "5%"),
    ("x = 5% * 2%\nbonus 5\nx weight 100% target 2\n", "P302", "2"),
    ("commission 5 RUB * 5 RUB\n", "P303", "5 RUB"),
    ("commission 5 if 30 days * 3 days > 5 otherwise 0\n", "P303", "3 days"),
    ("commission 5 if 5 otherwise 0\n", "P304", "5"),
    ("commission 5 if not 5% otherwise 0\n", "P304", "5%"),
    ("commission 5 if yes and 2025-07-01 otherwise 0\n", "P304", "2025-07-01"),
    ("commission 5 * yes\n", "P305", "yes"),
    ("commission 5 if yes < no otherwise 0\n", "P305", "yes"),
    ("commission 5 * 2025-07-01\n", "P305", "2025-07-01"),
    ("fact a yes/no\ncommission (a without tax 20%) + 5 RUB\n", "P305", "a"),
    ("salary 5%\n", "P307", "5%"),
    ("commission 3 days\n", "P307", "3 days"),
    ("bonus 5\na weight 100% cutoff 5 RUB target 5\n", "P309", "5 RUB"),
    ("bonus 5\na weight 100% accel 5 days above 100% target 5\n", "P310", "5 days"),
    ("bonus 5\na weight 100% cap 150 target 5\n", "P311", "150"),
    ("fact a money\nbonus 5\na weight 100% target 5%\n", "P314", "5%"),
    ("fact a money default 5%\ncommission a\n", "P314", "5%"),
    ('fact a days\ncommission 5 * a\nexample "a"\ngiven a 5%\npays commission 5\n', "P314", "5%"),
    ("bonus 5\na weight 100% target yes\n", "P315", "a"),
    ("bonus 5\na weight 100% target 2025-07-01\n", "P315", "a"),
    (
        "fact a date can be negative\ncommission 5 if a = 2025-07-01 otherwise 0\n",
        "P317",
        "fact a date can be negative",
    ),
    (
        "x percent = revenue / deals\nfact revenue money\nfact deals count\ncommission 5 * x\n",
        "P308",
        "revenue / deals",
    ),
    ("x = 5% * 2%\nbonus 5\nx weight 100% target 5 RUB\n", "P308", "5% * 2%"),
]


@pytest.mark.parametrize(("lines", "code", "words"), CLASHES)
def test_a_clash_of_kinds_is_one_fault(lines: str, code: str, words: str) -> None:
    """In its place, and nothing is at fault around it."""
    assert [(fault, at) for fault, at, _ in told(HEADER["en"] + lines)] == [(code, words)]


# ── Rules ────────────────────────────────────────────────────────────────────────────────────────────────

RULES = [
    ("a weight 60% target 5\nb weight 30% target 5\n", [("P401", "weight 30%", None)]),
    ("a weight 60% target 5\nb weight 50% target 5\n", [("P402", "weight 50%", None)]),
    # Weights that are wrong by themselves are not added up.
    ("a weight 160% target 5\n", [("P403", "160%", None)]),
    ("a weight 60% target 5\nb weight 0% target 5\n", [("P403", "0%", None)]),
    ("a weight 60% target 5\nb target 5\n", [("P215", "b", "b weight 40%")]),
    ("a weight 60% target 5\nb target 5\nc target 5\n", [("P215", "b", None), ("P215", "c", None)]),
    ("a weight 60% target 5\na weight 60% target 5\n", [("P203", "a", None)]),
    ("a weight 100% weight 100% target 5\n", [("P216", "weight 100%", None)]),
    ("a weight 100% target 5 cap 150% cap 120% on attainment\n", []),
    ("a weight 100% target (5 - 5)\n", [("P404", "(5 - 5)", None)]),
    ("a weight 100% target 5 cutoff 110% accel 1.2 above 100%\n", [("P408", "accel 1.2 above 100%", None)]),
    ("a weight 100% target 5 cutoff 100% accel 1.2 above 100%\n", []),
    ("a weight 100% target 5 accel 0.2 above 100%\n", [("P409", "0.2", "1.2")]),
    ("a weight 100% target 5 accel 20% above 100%\n", [("P409", "20%", "120%")]),
    ("a weight 100% target 5 accel 0.9 above 100%\n", [("P409", "0.9", None)]),
    ("a weight 100% target 5 accel 12 above 100%\n", [("P414", "12", "1.2")]),
    ("a weight 100% target 5 accel 120 above 100%\n", [("P414", "120", "120%")]),
    ("a weight 100% target 5 accel 0 above 100%\n", [("P405", "0", None)]),
    ("a weight 100% target 5 cap 0\n", [("P405", "0", None)]),
    ("a weight 100% target 5 cap 90%\n", [("P410", "90%", None)]),
    ("a weight 100% target 5 cap 90% on attainment accel 1.2 above 100%\n", [("P410", "90%", None)]),
    ("a weight 100% target 5 cap 70% on attainment cutoff 80%\n", [("P420", "cap 70% on attainment", None)]),
    (
        "a weight 100% target 5 accel 1.2 on all above 100% accel 1.3 on excess above 110%\n",
        [("P406", "accel 1.3 on excess above 110%", None)],
    ),
    (
        "a weight 100% target 5 accel 1.2 above 100% accel 1.3 above min(110%; 120%)\n",
        [("P413", "min(110%; 120%)", None)],
    ),
    ("a weight 100% target 5\ncommission -5\n", [("P417", "-5", None)]),
    ("a weight 100% target 5\ncommission a / (5 - 5)\n", [("P412", "(5 - 5)", None)]),
    ("a weight 100% target 5\ncommission round(a to a)\n", [("P415", "a", None)]),
    ("", [("P213", "bonus 50 000", None)]),
    # A KPI whose name is taken is one.
    ("pay a = 5\na weight 100% target 5\n", [("P203", "a", None)]),
]


@pytest.mark.parametrize(("lines", "faults"), RULES)
def test_a_broken_rule(lines: str, faults: list[tuple[str, str, str | None]]) -> None:
    """Each mistake once, with its repair where that is known."""
    assert told(BONUS + lines) == faults


@pytest.mark.parametrize(
    ("date", "meant"),
    [
        ("2025-02-30", "2025-03-01"),
        ("2024-02-30", "2024-03-01"),
        ("2025-13-02", "2025-02-13"),
        ("2025-31-31", None),
    ],
)
def test_a_day_of_no_calendar(date: str, meant: str | None) -> None:
    """Month and day exchanged, or the day behind its month, with which a plan begins."""
    text = f'plan "Sales"\nversion 1\nin effect from {date}\ncurrency RUB\nsalary 5\n'
    assert told(text) == [("P312", date, meant)]


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("5 EUR", ("P313", "5 EUR", None)),
        ("$5", ("P313", "$5", None)),
        ("5 rub", ("P316", "5 rub", "5 RUB")),
        ("5 RUR", ("P316", "5 RUR", "5 RUB")),
        ("3 mln", ("P316", "3 mln", "3 000 000")),
        ("1.5 million", ("P316", "1.5 million", "1 500 000")),
        ("5 deals", ("P316", "5 deals", "5")),
        ("5 points", ("P316", "5 points", "5 * points")),
        ("5 apples", ("P316", "5 apples", None)),
    ],
)
def test_a_word_after_a_number(typed: str, fault: tuple[str, str, str | None]) -> None:
    """Another currency, or no currency at all."""
    assert told(f"{HEADER['en']}fact points number\ncommission {typed} * deals * points\n") == [fault]


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("RUR", "RUB"),
        ("rub", "RUB"),
        ("RUBLE", "RUB"),
        ("BYR", "BYN"),
        ("Euro", "EUR"),
        ("UAK", "UAH"),
        ("points", None),
    ],
)
def test_an_unknown_currency(code: str, meant: str | None) -> None:
    """With the code that was meant; amounts beside it are not at fault as well."""
    text = f'plan "Sales"\nversion 1\ncurrency {code}\nsalary 5 {code}\n'
    assert told(text) == [("P206", code, meant)]


# ── Examples ─────────────────────────────────────────────────────────────────────────────────────────────

EXAMPLES = [
    ("given a 5; target of a 5\npays total 5\n", []),
    ("given a 5; target of a 5\n", [("P227", '"e"', None)]),
    ("", [("P227", '"e"', None)]),
    ("given target of a 5\npays total 5\n", [("P221", "given target of a 5", None)]),
    ("given a 5\npays total 5\n", [("P226", "given a 5", None)]),
    ("given a 5; a 6; target of a 5\npays total 5\n", [("P219", "a 6", None)]),
    ("given a 5; target of a 5\npays total 5; total 6\n", [("P219", "total 6", None)]),
    ("given a 5; target of a 0\npays total 5\n", [("P404", "0", None)]),
    ("given a -5; target of a 5\npays total 5\n", [("P418", "-5", None)]),
    ("given a 5; target of a 5; other 5\npays total 5\n", [("P220", "other", None)]),
    ("given a 5; target of a 5\npays salary 5\n", [("P222", "salary 5", None)]),
    ("given a 5; target of a 5\npays a 5%\n", [("P307", "5%", None)]),
    ("given a 5; target of a 5%\npays a 5\n", [("P302", "5", "5%")]),
    ("given a 0; target of a 5%\npays a 0\n", []),
]


@pytest.mark.parametrize(("rows", "faults"), EXAMPLES)
def test_an_example(rows: str, faults: list[tuple[str, str, str | None]]) -> None:
    """It gives all that the plan needs and nothing else, once, and expects something."""
    assert told(f'{BONUS}a weight 100%\nexample "e"\n{rows}') == faults


def test_what_no_example_gives_is_told_once() -> None:
    """In the formula that needs it; what one of them forgets, in that example."""
    rows = "".join(f'example "{title}"\ngiven sales 5\npays total 5\n' for title in "ab")
    assert told(f"{HEADER['en']}commission 2% of (sales - costs)\n{rows}") == [("P231", "costs", None)]
    more = 'example "c"\ngiven sales 5; costs 5\npays total 0\n'
    assert told(f"{HEADER['en']}commission 2% of (sales - costs)\n{rows}{more}") == [
        ("P221", "given sales 5", None),
        ("P221", "given sales 5", None),
    ]


def test_a_forgotten_name_of_a_kpi_is_one_fault() -> None:
    """Its clauses go on with the line above."""
    text = BONUS + "a weight 60% target 5\nweight 40% target 5 cutoff 80%\n"
    assert told(text) == [("P216", "weight 40%", None)]


# ── Tables ───────────────────────────────────────────────────────────────────────────────────────────────

Told = list[tuple[str, str, str | None]]

# The rows of a KPI by steps: each `word bound: value`.
STEPS: list[tuple[str, Told]] = [
    ("below 80%: 0%; from 80%: 50%; at 100%: 100%; above 100%: 120%", []),
    ("up to 80%: 0%; up to 100%: 50%; above 100%", []),
    ("below 100%: 0%; up to 100%: 100%; above 150%", []),
    ("below 80%: 0%; from 80%: 50%; from 100%: 100%; above 100%: 150%", []),
    ("from 0%: 10%; from 100%: 100%", []),
    ("at 0%: 0%; up to 100%: 50%; above 100%", []),
    ("", [("P235", "paid by steps", None)]),
    ("up to 100%: 50%; up to 80%: 40%; above 100%", [("P236", "up to 80%", None)]),
    ("above 100%: 100%; from 100%: 50%", [("P236", "from 100%", None)]),
    ("up to 80%: 50%; up to 80%: 40%; above 100%", [("P237", "up to 80%", None)]),
    ("up to 80%: 50%; below 80%: 40%; above 100%", [("P237", "below 80%", None)]),
    ("up to 80%: 50%; above 100%; above 120%: 150%", [("P237", "above 120%", None)]),
    ("below 80%: 0%; from 90%: 100%", [("P238", "from 90%", None)]),
    ("below 80%: 0%; above 80%: 100%", [("P238", "above 80%", None)]),
    ("below 80%: 0%; at 100%: 100%; above 100%: 120%", [("P238", "at 100%", None)]),
    ("below 80%: 0%; from 80%: 5%; at 100%: 100%; from 110%: 120%", [("P238", "from 110%", None)]),
    ("up to 80%: 0%; from 80%: 100%", [("P239", "from 80%", None)]),
    ("below 80%: 0%; from 80%: 50%; up to 100%: 80%; above 100%", [("P239", "up to 100%", None)]),
    ("from 80%: 50%; from 100%: 100%", [("P240", "from 80%", None)]),
    ("above 0%: 50%; from 100%: 100%", [("P240", "above 0%", None)]),
    ("up to 80%: 0%; up to 100%: 100%", [("P240", "up to 100%", None)]),
    ("up to x: 0%; up to y: 50%; above 100%", [("P249", "y", None)]),
    ("up to x: 0%; up to (2 * x): 50%; above 100%", []),
    ("up to x: 0%; above x: 100%", []),
    ("below (Round(x to 10.0%)): 0%; from (round( x to 10% )): 100%", []),
    ("below (min(x; 90%)): 0%; from (MIN(x; 90.0%)): 100%", []),
    ("below 80%: 0%; from 80%: 5 RUB", [("P321", "5 RUB", None)]),
    ("below 80%: 0%; from 80%: -5%", [("P417", "-5%", None)]),
    ("below 80%: 0%; from 80%: 50%; 60%", [("P246", "from 80%: 50%; 60%", None)]),
    ("below 80: 0; from 80%: 100%", [("P302", "80", "80%")]),
]


def laid(rows: str) -> str:
    """Rows under a line, each on its own."""
    lines: list[str] = []
    for part in rows.split("; "):
        word = part.split(" ")[0] in {"below", "up", "from", "above", "at", "columns"}
        column = bool(lines) and lines[-1].startswith("columns") and ":" not in part and "columns" not in part
        lines = [*lines[:-1], f"{lines[-1]}; {part}"] if lines and (column or not word) else [*lines, part]
    return "".join(f"  {line}\n" for line in lines if line)


@pytest.mark.parametrize(("rows", "faults"), STEPS)
def test_rows_of_steps(rows: str, faults: Told) -> None:
    """They rise, leave no gap, and say what lies outside them."""
    assert told(f"{BONUS}a weight 100% target 5 paid by steps\n{laid(rows)}") == faults


LINES: list[tuple[str, Told]] = [
    ("below 80%: 0%; at 80%: 50%; at 100%: 100%; above 100%: 100%", []),
    ("below 80%: 0%; from 80%: 50%; at 100%: 100%; above 120%", []),
    ("below 80%: 0%; at 80%: 50%; up to 100%: 90%; from 100%: 100%; up to 120%: 150%; above 120%: 200%", []),
    ("at 0%: 0%; at 100%: 100%; above 100%", []),
    ("below 80%: 0%; at 80%: 50%; above 80%: 100%", [("P244", "paid along a line", None)]),
    ("below 80%: 0%; above 100%", [("P244", "paid along a line", None)]),
    ("at 80%: 50%; at 100%: 100%", [("P240", "at 80%", None)]),
    ("below 80%: 0%; at 80%: 50%; at 100%: 100%", [("P240", "at 100%", None)]),
    ("below 80%: 0%; at 90%: 50%; at 100%: 100%; above 100%", [("P238", "at 90%", None)]),
    ("below 80%: 0%; at 80%: 50%; at 100%: 100%; above 110%: 100%", [("P238", "above 110%", None)]),
    ("below 80%: 0%; at 70%: 50%; at 100%: 100%; above 100%", [("P236", "at 70%", None)]),
    ("below 80%: 0%; at 80%: 5%; at 80%: 9%; above 80%: 10%", [("P237", "at 80%", None)]),
    ("below 80%: 0%; at 80%: 5%; up to 90%: 9%; at 100%: 10%; above 100%", [("P243", "up to 90%", "at 90%")]),
    ("below 80%: 0%; at 80%: 5%; from 90%: 9%; above 90%: 10%", [("P243", "from 90%", "at 90%")]),
    ("below 80%: 0%; at 80%: 5%; below 90%: 9%; at 95%: 9%; above 10%", [("P245", "below 90%", "at 90%")]),
    ("below x: 0%; at x: 5%; at 90%: 9%; above 90%: 10%", [("P249", "x", None)]),
]


@pytest.mark.parametrize(("rows", "faults"), LINES)
def test_rows_of_a_line(rows: str, faults: Told) -> None:
    """Points that rise, jumps with both sides, and both ends."""
    assert told(f"{BONUS}a weight 100% target 5 paid along a line\n{laid(rows)}") == faults


TABLES: list[tuple[str, str, Told]] = [
    ("commission on s, each band at its own rate", "up to 5: 3%; above 5: 7%", []),
    ("commission on s, each band at its own rate", "from 0: 3%; from 5: 7%", []),
    ("commission on s, each band at its own rate", "up to 5: 100 RUB; above 7 RUB per unit", []),
    (
        "commission on s, each band at its own rate",
        "up to 5: 3%; at 7: 4%; above 7%",
        [("P242", "at 7", None)],
    ),
    (
        "commission on s, each band at its own rate",
        "below 5: 3%; up to 5: 4%; above 7%",
        [("P237", "up to 5", None)],
    ),
    ("commission on s, the whole at the rate reached", "up to 5: 3%; above 500 RUB", []),
    ("commission on s, each band at its own rate", "up to 5: 3%; above 5", [("P336", "5", None)]),
    (
        "commission on s, the whole at the rate reached",
        "up to 5: 3%; up to 9: 4%; above 3 000",
        [("P336", "3 000", None)],
    ),
    ("commission x of 5\nx = steps by s", "up to 3 000: 3%; above 3 000", [("P336", "3 000", None)]),
    (
        "commission 2 * x\nx = steps by s",
        "up to 5: 3 RUB per unit; above 7 RUB",
        [("P248", "3 RUB per unit", None)],
    ),
    ("commission 2 * x\nx = steps by s", "up to 5: 3 RUB; above 7%", [("P324", "7%", None)]),
    ("commission x of 5\nx = steps by s", "up to 5: 3%; above 7", [("P302", "7", "7%")]),
    ("commission 2 * x\nfact s days\nx = steps by s", "up to 5%: 3 RUB; above 7 RUB", [("P323", "5%", None)]),
    ("commission x\nx = steps by s", "up to 5: -3 RUB; above 7 RUB", []),
    ("pay x = steps by s", "up to 5: -3 RUB; above 7 RUB", []),
    ("pay z = 5\nreduction x = steps by s", "up to 5: -3 RUB; above 7 RUB", [("P440", "-3 RUB", "3 RUB")]),
    ("commission on s, each band at its own rate", "up to 5: -3%; above 7%", [("P417", "-3%", None)]),
    ("commission x\nx = matrix by s and t", "columns below 5; from 5; below 9: 1; 2; from 9: 3; 4", []),
    ("commission x\nx = matrix by s and t", "columns at 5; at 6; at 9: 1; 2; at 10: 3; 4", []),
    (
        "commission x\nx = matrix by s and t",
        "below 9: 1; 2; from 9: 3; 4",
        [("P241", "matrix by s and t", None)],
    ),
    (
        "commission x\nx = matrix by s and t",
        "columns below 5; from 5; below 9: 1; from 9: 3; 4",
        [("P246", "below 9: 1", None)],
    ),
    # Where no row is right, it is the columns that are not.
    (
        "commission x\nx = matrix by s and t",
        "columns below 5; from 5; below 9: 1; 2; 3; from 9: 3; 4; 5",
        [("P291", "columns below 5; from 5", None)],
    ),
    (
        "commission x\nx = matrix by s and t",
        "columns below 5; from 6; below 9: 1; 2; from 9: 3; 4",
        [("P238", "from 6", None)],
    ),
    (
        "commission x\nx = matrix by s and t",
        "columns at 5; at 6; below 9: 1; 2; from 9: 3; 4",
        [("P247", "below 9", None)],
    ),
    (
        "commission x\nx = matrix by s and t",
        "columns below 5; from 5; columns below 5; from 6; below 9: 1; 2; from 9: 3; 4",
        [("P216", "columns below 5; from 6", None)],
    ),
    (
        "commission x\nx = steps by s",
        "columns below 5; from 5; below 9: 1; from 9: 3",
        [("P269", "columns below 5; from 5", None)],
    ),
]


@pytest.mark.parametrize(("head", "rows", "faults"), TABLES)
def test_a_table(head: str, rows: str, faults: Told) -> None:
    """Its rows, its columns and what they are worth."""
    assert told(f"{HEADER['en']}{head}\n{laid(rows)}") == faults


@pytest.mark.parametrize(
    "chosen", ["(by g (junior: 5; otherwise: 1)) > 3", "(by g (junior: -0; otherwise: 1)) = 0"]
)
def test_a_number_chosen_by_an_attribute_decides_a_condition(chosen: str) -> None:
    """For each sort of people: the weights of a junior do not make 100 %."""
    first, second = f"weight (60% if {chosen} otherwise 100%)", f"weight (30% if {chosen} otherwise 0%)"
    lines = f"bonus 5\na {first} target 5\nb {second} target 5\n"
    assert told(HEADER["en"] + GRADE + lines) == [("P430", second, None)]


def test_columns_twice_are_told_in_their_order() -> None:
    rows = " columns below 5; from 5\n columns below 5; from 6\n below 9: 1; 2\n from 9: 3; 4\n"
    (fault,) = checked(HEADER["en"] + "commission x\nx = matrix by s and t\n" + rows).faults
    assert (fault.facts["earlier"], fault.facts["clause"]) == (
        "columns below 5; from 5",
        "columns below 5; from 6",
    )


@pytest.mark.parametrize(
    ("bounds", "faults"),
    [
        ("from 5 up to 3 default 4", [("P447", "from 5 up to 3")]),
        ("from 5 up to 5 default 5", []),
        ("from 1 up to 5 default 1", []),
        ("from 1 up to 5 default 5", []),
        ("from 1 up to 5 default 0", [("P448", "0")]),
        ("from 1 up to 5 default 6", [("P448", "6")]),
        ("from 1 default 0", [("P448", "0")]),
        ("up to 5 default 6", [("P448", "6")]),
        ("from 0% up to 5", [("P314", "0%")]),
        ("from 0.5 up to 5", [("P419", "0.5")]),
        ("from -5 up to 5", [("P418", "-5")]),
    ],
)
def test_bounds_of_a_fact(bounds: str, faults: list[tuple[str, str]]) -> None:
    """They leave something between them, its default as well, and are of its kind."""
    found = told(f"{HEADER['en']}fact n count {bounds}\ncommission n * 1 RUB\n")
    assert [(code, place) for code, place, _ in found] == faults


def test_bounds_rise_for_everybody() -> None:
    """Where they hang on attributes; that a row is left out for some is no fault."""
    lines = "fact g one of (x; y)\ncommission on s, each band at its own rate\n"
    rows = "  up to by g (x: 5; y: {}): 1%\n  up to 9: 2%\n  above 3%\n"
    assert told(HEADER["en"] + lines + rows.format(7)) == []
    assert told(HEADER["en"] + lines + rows.format(9)) == []
    assert told(HEADER["en"] + lines + rows.format(10)) == [("P236", "up to 9", None)]


# ── Clauses of pay ───────────────────────────────────────────────────────────────────────────────────────

CLAUSES: list[tuple[str, Told]] = [
    ("salary 5 cap 120% on attainment\n", [("P233", "cap 120% on attainment", None)]),
    ("salary 5 cap 120%\n", [("P319", "120%", None)]),
    ("salary 5 cap 6 cap 7\n", [("P216", "cap 7", None)]),
    ("salary 5 cap 6 cap 7 unless x\n", []),
    ("salary 5 only if x only if y\n", []),
    ("salary 5 only if x only if x\n", [("P216", "only if x", None)]),
    ("salary 5 only if x > 5 ONLY IF (x  > 5.0)\n", [("P216", "ONLY IF (x  > 5.0)", None)]),
    ("salary 5 multiplied by 1.2 multiplied by x\n", []),
    ("salary 5 floor 9 cap 6\n", [("P438", "floor 9", None)]),
    ("salary 5 floor -9\n", [("P100", "-", None)]),
    ("salary 5 multiplied by 0\n", [("P405", "0", None)]),
    ("salary 5 multiplied by (0 if x otherwise 1)\n", []),
    ("salary 5 multiplied by 12\n", [("P414", "12", "1.2")]),
    ("salary 5 multiplied by 80\n", [("P414", "80", "80%")]),
    ("salary 5 rounded to 0\n", [("P415", "0", None)]),
    ("salary 5 rounded to 5%\n", [("P415", "5%", None)]),
    ("salary 5 prorated by x of 0\n", [("P412", "0", None)]),
    ("salary 5 prorated by 22 of x\n", [("P441", "22 of x", "x of 22")]),
    ("salary 5 prorated by 15 of days in period\n", []),
    ("salary 5 prorated by x of 22\nfact x money\n", [("P318", "x", None)]),
    ("spif a = 5 * n\n", [("P264", "spif a = 5 * n", None)]),
    (
        "pay a = 5 * n during 2025-02-01 up to 2025-01-01\n",
        [("P259", "2025-02-01 up to 2025-01-01", "2025-01-01 up to 2025-02-01")],
    ),
    (
        "pay a = 5 * n during 2024-01-01 up to 2024-02-01\nin effect from 2025-01-01\n",
        [("P444", "2024-01-01 up to 2024-02-01", None)],
    ),
    (
        "pay a = 5 * n during 2025-09-02 up to 2025-09-30\n",
        [("P285", "2025-09-02 up to 2025-09-30", "2025-09-01 up to 2025-09-30")],
    ),
    ("pay a = 5 * n during 2025-09-01 up to 2025-09-01\n", []),
    ("pay a = 5 * n during 2025-09-30 up to 2025-10-01\n", []),
    ("pay a = 5 * n during 2024-09-02 up to 2025-09-02\n", []),
    (
        "pay a = 5 * n during 2025-09-01 up to 2025-09-30\nin effect from 2025-09-15\n",
        [("P285", "2025-09-01 up to 2025-09-30", None)],
    ),
    (
        "pay a = 5 * n during 2025-09-15 up to 2025-09-30\nin effect from 2025-09-01\n",
        [("P285", "2025-09-15 up to 2025-09-30", "2025-09-01 up to 2025-09-30")],
    ),
    ("salary 5\nlaw RF\nreduction a = 20% of salary\n", []),
    ("salary 5\nlaw RF\nreduction a = 21% of salary\n", [("P439", "21%", None)]),
    ("salary 5\nreduction a = -5\n", [("P440", "-5", "5")]),
    ("milestone a 5\nfact a money\n", [("P320", "a", None)]),
    ("piece a 5\nfact a days\n", []),
    # What is counted is a fact, though a line of pay has its name.
    ("piece a 5\nsalary 5 * a\n", []),
    ("salary 5\nvariable pay cap 5\n", [("P265", "variable pay cap 5", None)]),
    ("salary 5\nvariable pay cap 5\nreduction a = 1\n", [("P265", "variable pay cap 5", None)]),
    ("reduction a = 1\n", [("P214", 'plan "Sales"', None)]),
    ("reduction a = 1\ntotal cap 5\n", [("P214", 'plan "Sales"', None)]),
    ("salary 5\ntotal cap 5\ntotal cap 6\n", [("P202", "total cap 6", None)]),
    ("commission 5 if at least 3 of (x; y) otherwise 0\n", [("P260", "at least 3 of", None)]),
    ("commission 5 if at least 1.5 of (x; y) otherwise 0\n", [("P260", "at least 1.5 of", None)]),
    ("commission 2% of (s without tax 20)\n", [("P302", "20", "20%")]),
    ("commission 2% of (s without tax 120%)\n", [("P443", "120%", None)]),
    ("commission 2% of (s without tax t)\nfact t money\n", [("P322", "t", None)]),
    ('salary 5\nallow clif because "x"\n', [("P261", "clif", "cliff")]),
    ('commission a = 5 * n\nallow dip for aa because "x"\n', [("P262", "aa", "a")]),
    ('salary 5\nallow dip because " "\n', [("P267", '" "', None)]),
    ('salary 5\nallow dip because "x"\nallow dip because "y"\n', [("P202", 'allow dip because "y"', None)]),
]


@pytest.mark.parametrize(("lines", "faults"), CLAUSES)
def test_a_clause_of_pay(lines: str, faults: Told) -> None:
    """Once, in its place, and with a number that pays."""
    assert told(HEADER["en"] + lines) == faults


def test_the_repair_of_a_proration_is_said_as_people_say_it() -> None:
    """Of two Russian words for `of` the one that stands between the days worked and the days there were."""
    lines = "оклад 60 000 пропорционально 22 из отработано\n"
    assert told(HEADER["ru"] + lines) == [("P441", "22 из отработано", "отработано из 22")]


CURVED: list[tuple[str, Told]] = [
    ("decel 0.5 below 80% decel 0.8 below 90%", []),
    ("decel 0.5 below 80% decel 0.8 below 80%", [("P437", "decel 0.8 below 80%", None)]),
    ("decel 0.5 below 80% decel 0.8 below x", [("P413", "x", None)]),
    ("decel 80 below 80%", [("P434", "80", "80%")]),
    ("decel 8 below 80%", [("P434", "8", "0.8")]),
    ("decel 1 below 80%", [("P434", "1", None)]),
    ("decel (1 if x otherwise 0.5) below 80%", []),
    ("decel 0 below 80%", [("P405", "0", None)]),
    ("decel 0.5 below 80% cutoff 80%", [("P435", "decel 0.5 below 80%", None)]),
    ("decel 0.5 below 110% accel 1.2 above 100%", [("P436", "decel 0.5 below 110%", None)]),
    ("decel 0.5 below 100% accel 1.2 above 100%", []),
    ("cap 100% on attainment unless x cap 150% on attainment", []),
    ("cap 80% on attainment unless x", []),
    ("target prorated by worked of 22 target 5 or personal", []),
    ("floor 10% cap 5 RUB", []),
]


@pytest.mark.parametrize(("clauses", "faults"), CURVED)
def test_a_clause_of_a_kpi(clauses: str, faults: Told) -> None:
    """What it says of attainment."""
    target = "" if "target 5" in clauses else " target 5"
    assert told(f"{BONUS}a weight 100%{target} {clauses}\n") == faults


def test_whose_target_is_prorated() -> None:
    """A target of people's own is most often for the time that they work."""
    text = BONUS + "a weight 100% target prorated by worked of 22\n"
    assert told(text) == [("P442", "target prorated by worked of 22", None)]


# ── Sections, and sorts of people ────────────────────────────────────────────────────────────────────────

GRADE = "fact g one of (junior; middle; senior)\n"
PEOPLE: list[tuple[str, Told]] = [
    ("salary by g (junior: 5; otherwise: 6)\n", []),
    ("salary by g (junior: 5; senior: 6)\n", [("P252", "by g (junior: 5; senior: 6)", None)]),
    ("salary by g (junor: 5; otherwise: 6)\n", [("P251", "junor", "junior")]),
    ("salary by g (junor: 5; middle: 6; senior: 7)\n", [("P251", "junor", "junior")]),
    ("salary by g (junior: 5; junior: 6; otherwise: 7)\n", [("P253", "junior: 6", None)]),
    ("salary 5 if g = senior otherwise 6\n", [("P254", "g = senior", "g is senior")]),
    ("salary 5 if senior <> g otherwise 6\n", [("P254", "senior <> g", "g is not senior")]),
    # What is paid for or measured is a number, whatever else has its name.
    ("salary 5 if g = senior otherwise 6\nmilestone senior 7\n", [("P301", "senior", None)]),
    (
        "salary 5 if g = senior otherwise 6\nbonus 8\nsenior weight 100% target 9\n",
        [("P301", "senior", None)],
    ),
    ("salary 5 if g > 5 otherwise 6\n", [("P305", "g", None)]),
    ("salary 5 * g\n", [("P305", "g", None)]),
    (
        "salary by h (x: 5; y: 6)\nfact h count\nbonus 5 if g is junior otherwise 6\n",
        [("P250", "h", None), ("P213", "bonus 5 if g is junior otherwise 6", None)],
    ),
    ("bonus 5\na weight 100% target 5 for g is junior\n", []),
    ("bonus 5\na weight 100% target 5 for g is junor\n", [("P251", "junor", "junior")]),
    ("bonus 5\na weight 100% target 5 for g is junior and calls > 5\n", [("P255", "calls > 5", None)]),
    ("new = g is junior\nbonus 5\na weight 100% target 5 for new\n", []),
    ("new = g is junior or calls > 5\nbonus 5\na weight 100% target 5 for new\n", [("P255", "new", None)]),
    (
        "bonus 5\na weight 100% target 5\nb weight 10% target 5 for g is junior and not g is junior\n",
        [("P256", "for g is junior and not g is junior", None)],
    ),
    (
        "bonus 5\na weight 60% target 5\nb weight 40% target 5 for g is junior\n",
        [("P430", "weight 60%", None)],
    ),
    (
        "bonus 5\na weight 100% target 5\nb weight 40% target 5 for g is junior\n",
        [("P431", "weight 40%", None)],
    ),
    (
        "bonus 5\na weight by g (junior: 0%; otherwise: 50%) target 5\n"
        "b weight by g (junior: 100%; otherwise: 50%) target 5\n",
        [],
    ),
    (
        "bonus 5\nsection s weight 100%\na weight 60% target 5 for g is junior\nb weight 40% target 5\n",
        [("P430", "weight 40%", None)],
    ),
]


@pytest.mark.parametrize(("lines", "faults"), PEOPLE)
def test_sorts_of_people(lines: str, faults: Told) -> None:
    """Each value is known, nobody is forgotten, and weights make 100 % for each."""
    idle = [] if " g " in lines or "g)" in lines or "* g" in lines else [("P218", "g", None)]
    assert sorted(told(HEADER["en"] + GRADE + lines)) == sorted([*idle, *faults])


@pytest.mark.parametrize(
    ("label", "kind", "faults"),
    [
        ("Norm of hours", "days", [("P337", "days", "number")]),
        ("Hours worked", "days", [("P337", "days", "number")]),
        ("Norm of hours", "number", []),
        ("Working days", "days", []),
        ("Days of 8 hours", "days", []),
    ],
)
def test_hours_are_no_days(label: str, kind: str, faults: Told) -> None:
    """What a fact is called and what it is declared as."""
    assert told(f'{HEADER["en"]}salary 5 prorated by n of 20\nfact n "{label}" {kind}\n') == faults


SECTIONS: list[tuple[str, Told]] = [
    ("section s weight 100%\na weight 100% target 5\n", []),
    ("section s weight 60%\na weight 100% target 5\nend section\nb weight 40% target 5\n", []),
    (
        "section s weight 60%\na weight 100% target 5\nend section\nb weight 50% target 5\n",
        [("P402", "weight 50%", None)],
    ),
    ("section s weight 100%\na weight 90% target 5\n", [("P432", "weight 90%", None)]),
    ("section s weight 100%\na weight 90% target 5\nb weight 20% target 5\n", [("P433", "weight 20%", None)]),
    (
        "section s weight 0.5\na weight 100% target 5\nend section\nb weight 50% target 5\n",
        [("P302", "0.5", "50%")],
    ),
    ("section s only if x\na weight 100% target 5\n", [("P215", "s", "s weight 100%")]),
    (
        "section s weight 100%\nsection t weight 40%\na weight 100% target 5\n",
        [("P295", "section t weight 40%", None)],
    ),
    (
        "section s weight 60%\nsection t weight 40%\na weight 100% target 5\n",
        [("P257", "section s weight 60%", None)],
    ),
    ("section s weight 100%\nend section\na weight 100% target 5\n", [("P296", "end section", None)]),
    ("a weight 100% target 5\nend section\n", [("P258", "end section", None)]),
    ("section s weight 100%\na weight 100% target 5\ncommission 2% of s\n", []),
    ("section s weight 100% cap s on pay\na weight 100% target 5\n", [("P454", "s", None)]),
    ("section s weight 100%\na weight 100% target 5\npay x = 10% of total\n", [("P454", "total", None)]),
    ("section s weight 100%\na weight 100% target 5\nresult x = 10% of total\n", []),
]


@pytest.mark.parametrize(("lines", "faults"), SECTIONS)
def test_a_section(lines: str, faults: Told) -> None:
    """It holds KPIs, and their weights share out its own."""
    assert told(BONUS + lines) == faults


SORTED: list[tuple[str, Told]] = [
    ("given g junior; a 5\npays a 5\n", []),
    ("given g senior; b 5\npays b 5\n", []),
    ("given g senior; a 5\npays b 5\n", [("P221", "given g senior; a 5", None)]),
    ("given g junior; a 5\npays b 5\n", [("P266", "b 5", None)]),
    ("given g junior; a 5\npays b 0\n", []),
    ("given a 5\npays a 5\n", [("P221", "given a 5", None)]),
    ("given g senor; b 5\npays b 5\n", [("P251", "senor", "senior")]),
    ("given g 5; b 5\npays b 5\n", [("P314", "5", None)]),
    ("given g junior; a many\npays a 5\n", [("P314", "many", None)]),
]


@pytest.mark.parametrize(("rows", "faults"), SORTED)
def test_an_example_of_a_sort_of_people(rows: str, faults: Told) -> None:
    """It gives the facts of its own lines, and no others."""
    lines = "a weight 100% target 5 for g is junior\nb weight 100% target 5 for g is not junior\n"
    assert told(f'{BONUS}{GRADE}{lines}example "e"\n{rows}') == faults


@pytest.mark.parametrize(
    ("when", "faults"),
    [
        ("2025-07", []),
        ("2025-07-31", []),
        ("2025-06", [("P263", "2025-06", None)]),
        ("2025-13", [("P312", "2025-13", None)]),
        ("2025-07-32", [("P312", "2025-07-32", "2025-07-31")]),
    ],
)
def test_an_example_for_a_period(when: str, faults: Told) -> None:
    """One in which the plan applies."""
    rows = f'example "e" for {when}\ngiven n 5\npays total 5\n'
    assert told(f"{HEADER['en']}in effect from 2025-07-15\ncommission 5 * n\n{rows}") == faults


# ── Texts that are not whole ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "line",
    [
        "fact margin percent defualt 5%",
        "calls wieght 40% target 5",
        'exmaple "July"',
        "curency RUB",
        "bonus 50 000 roubles a month",
    ],
)
def test_a_line_that_does_not_parse_is_the_only_fault(line: str) -> None:
    """What the missing line may explain is not at fault."""
    text = (
        'plan "Sales"\nversion 1\nrevenue weight 60% target 5\ncommission margin * (calls above target)\n'
        f'{line}\nexample "June"\ngiven revenue 5; calls 5; margin 5%\npays revenue 5; calls 5\n'
    )
    assert {code[:2] for code, _, _ in told(text)} == {"P1"}


# ── Any text at all ──────────────────────────────────────────────────────────────────────────────────────


@examples(60)
@given(st.data(), st.sampled_from(LANGS))
def test_any_plan_has_an_answer(data: st.DataObject, lang: Lang) -> None:
    """Whatever its formulas say; and the tree is left as it was."""
    plan = data.draw(strategies.plans(lang))
    source = Source("plan", write(plan))
    parsed = parse(source)
    before = parsed.tree
    found = check(parsed)
    assert found.parsed.tree == before == parse(source).tree
    sound(found)


@examples(60)
@given(st.data(), st.sampled_from(GOOD))
def test_any_slip_has_an_answer(data: st.DataObject, path: Path) -> None:
    """So does a good plan with words lost, doubled, or in each other's place."""
    words = path.read_text("utf-8").split(" ")
    for _ in range(data.draw(st.integers(1, 4))):
        at, other = (data.draw(st.integers(0, len(words) - 1)) for _ in range(2))
        words[at], words[other] = data.draw(st.sampled_from([(words[other], words[at]), ("", words[other])]))
    sound(checked(" ".join(words)))


def sound(found: Checked) -> None:
    """The answer to a text is sound: its faults are in the text, and can be told in any language."""
    for fault in found.faults:
        assert fault.place is not None
        assert 0 <= fault.place.start <= fault.place.end <= len(found.source.text)
        for lang in LANGS:
            assert draw(fault, found.source, lang)
            assert document(fault, found.source, lang).title


HUGE = {
    "a chain of figures": "".join(f"f{i} = f{i + 1} + 1\n" for i in range(3000))
    + "f3000 = sales\ncommission f0\n",
    "a circle of figures": "".join(f"f{i} = f{(i + 1) % 3000}\n" for i in range(3000)) + "commission f0\n",
    "facts": "".join(f"fact x{i} money\n" for i in range(5000)) + "salary 5\n",
    "facts that an example misspells": "".join(f"fact xa{i} money\n" for i in range(2500))
    + 'salary 5\nexample "e"\n'
    + "".join(f"given xb{i} 5\n" for i in range(2500)),
    "signs": "commission " + "- " * 390 + "5\n",
    "denials": "commission 5 if " + "not " * 390 + "x otherwise 0\n",
    "brackets": "commission " + "(" * 39 + "x" + " + 1)" * 39 + "\n",
    "sums": "commission " + " + ".join(["sales"] * 199) + "\n",
    "choices": "commission " + "5 if x otherwise " * 95 + "0\n",
    "digits": "bonus 5\na target 5 weight (" + " * ".join(["9" * 30] * 190) + ")\n",
    "rows": "commission on s, each band at its own rate\n"
    + "".join(f"  up to {at + 1}: 5%\n" for at in range(1000))
    + "  above 6%\n",
    "rows that fall": "commission on s, each band at its own rate\n"
    + "".join(f"  up to {2000 - at}: 5%\n" for at in range(1000)),
    "sorts": "".join(f"fact a{at} one of (x; y; z)\n" for at in range(40))
    + "bonus 5\n"
    + "".join(f"k{at} weight 2.5% target 5 for a{at} is x\n" for at in range(40)),
    "values": f"fact g one of ({'; '.join(f'v{at}' for at in range(100))})\nbonus 5\n"
    + "".join(f"k{at} weight 5% target 5 for g is not v{at % 100}\n" for at in range(150)),
    "choices in choices": "fact g one of (x; y)\nsalary "
    + "by g (x: " * 38
    + "1"
    + "; otherwise: 2)" * 38
    + "\n",
    "figures by attributes": "fact g one of (x; y)\nbonus 5\na weight f0 target 5\nf2000 = 100%\n"
    + "".join(f"f{at} = by g (x: f{at + 1}; otherwise: f{at + 1} + f{at + 1})\n" for at in range(2000)),
    "conditions on attributes": "fact g one of (x; y)\nbonus 5\na weight 100% target 5 for "
    + "not " * 380
    + "g is x\n",
    "sections": "bonus 5\n"
    + "".join(f"section s{at} weight 1%\nk{at} weight 100% target 5\n" for at in range(1000)),
}


# Each sort of people is looked at by itself: so many conditions times so many values.
MANY_SORTS = {"sorts": 2_000_000, "values": 9_000_000}


@pytest.mark.parametrize("name", HUGE)
def test_a_huge_plan_is_checked_by_bounded_work(name: str) -> None:
    """By the work that it takes to read it, more or less; and never deeper than Python goes."""
    parsed = parse(Source("plan", HEADER["en"] + HUGE[name]))
    assert not parsed.broken
    with counted() as work:
        check(parsed)
    assert work.calls < MANY_SORTS.get(name, 100_000 + 40 * len(parsed.source.text))


def test_a_plan_of_300_clauses_is_checked_at_once() -> None:
    """With tables, sections and grades."""
    lines = [GRADE, "bonus 5\n"]
    for at in range(60):
        lines.append(f"section s{at} weight {1 if at < 40 else 3}% only if calls > {at}\n")
        lines.append(
            f"k{at} weight by g (junior: 100%; otherwise: 50%) cutoff 80% accel 1.2 above 100% target 5\n"
        )
        lines.append(f"m{at} weight 50% target 5 for g is not junior paid by steps\n")
        lines.append("  below 80%: 0%\n  from 80%: 50%\n  from 100%: 100%\n")
    parsed = parse(Source("plan", HEADER["en"] + "".join(lines)))
    with counted() as work:
        assert check(parsed).faults == ()
    assert work.calls < 500_000
