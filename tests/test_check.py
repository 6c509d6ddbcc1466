"""The check: nothing is wrong with a sensible plan, and each mistake in another is one fault in its place."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dsl.check import Checked, check
from dsl.faults import document, draw
from dsl.parse import parse
from dsl.source import Source
from dsl.words import LANGS, Lang
from dsl.write import write
from tests import strategies

GOOD = sorted((Path(__file__).parent / "good").glob("*.plan"))
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
    return [
        (fault.code, plan.source.at(fault.place) if fault.place else "", fault.fix) for fault in plan.faults
    ]


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_sensible_plan_has_no_faults(path: Path) -> None:
    """Neither errors nor warnings."""
    assert told(path.read_text("utf-8")) == []


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
        ("P220", "revnue", "revenue"),
        ("P220", "revenu", "revenue"),
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
]


@pytest.mark.parametrize(("lines", "repair"), PERCENT_SIGNS)
def test_a_percentage_without_its_sign(lines: str, repair: tuple[str, str]) -> None:
    """The repair has the sign, and knows a part of one from a number of hundredths."""
    assert told(BONUS + lines) == [("P302", *repair)]


CLASHES = [
    ("commission salary + 5%\nsalary 5\n", "P301", "5%"),
    ("commission 60 000 + 5%\n", "P301", "5%"),
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
]


@pytest.mark.parametrize(("lines", "faults"), RULES)
def test_a_broken_rule(lines: str, faults: list[tuple[str, str, str | None]]) -> None:
    """Each mistake once, with its repair where that is known."""
    assert told(BONUS + lines) == faults


@pytest.mark.parametrize(
    ("date", "meant"),
    [
        ("2025-02-30", "2025-02-28"),
        ("2024-02-30", "2024-02-29"),
        ("2025-13-02", "2025-02-13"),
        ("2025-31-31", None),
    ],
)
def test_a_day_of_no_calendar(date: str, meant: str | None) -> None:
    """The last of its month, or month and day exchanged."""
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
    ("given target of a 5\npays total 5\n", [("P221", '"e"', None)]),
    ("given a 5\npays total 5\n", [("P226", '"e"', None)]),
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
        ("P221", '"a"', None),
        ("P221", '"b"', None),
    ]


def test_a_forgotten_name_of_a_kpi_is_one_fault() -> None:
    """Its clauses go on with the line above."""
    text = BONUS + "a weight 60% target 5\nweight 40% target 5 cutoff 80%\n"
    assert told(text) == [("P216", "weight 40%", None)]


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


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
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


@settings(max_examples=60, deadline=None)
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
            assert document(fault, found.source, lang)


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
}


@pytest.mark.parametrize("name", HUGE)
def test_a_huge_plan_is_checked_in_time(name: str) -> None:
    """In the time it takes to read it, more or less; and never deeper than Python goes."""
    parsed = parse(Source("plan", HEADER["en"] + HUGE[name]))
    assert not parsed.broken
    start = time.perf_counter()
    check(parsed)
    assert time.perf_counter() - start < 10  # on any machine, under any load; two seconds on an idle one
