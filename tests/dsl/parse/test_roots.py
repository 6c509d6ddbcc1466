"""One mistake is one report, told where it is; what hangs on it is not told while it stands."""

from __future__ import annotations

import pytest

from dsl.check import check
from dsl.data import table
from dsl.faults import Fault
from dsl.parse import parse
from dsl.parse.grammar import below_table, grammar, read
from dsl.source import Source
from dsl.words import LANGS, Lang
from tests.support.answers import wrong

EN = 'plan "Sales"\nversion 1\ncurrency RUB\n'
RU = 'схема "Продажи"\nверсия 1\nвалюта RUB\n'


def told(text: str) -> list[Fault]:
    """What is wrong with a plan."""
    return list(wrong(check(parse(Source("plan", text)))))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # A list of words that is broken still declares its words.
        (EN + "fact grade one of (junior, senior)\nsalary by grade (junior: 4 000; senior: 6 000)\n", "P116"),
        (RU + "факт класс один из (а; б)\nоклад по класс (а: 40 000; б: 60 000)\n", "P109"),
        # A broken bound of columns is a bound.
        (
            EN + "salary 60 000\nrate = matrix by revenue and margin\n  columns up too 10%; above 10%\n"
            "  up to 1 000 000: 1%; 2%\n  above 2%; 3%\ncommission rate of revenue\n",
            "P102",
        ),
        # What nobody can read is not asked for.
        (RU + "факт разряд одно из (4; 5; 6)\nоклад 20 000 если разряд это шестой иначе 30 000\n", "P135"),
        # Rows stand under the line that is repaired.
        (EN + "commission on revenue, each band at it own rate\n  up to 1 000 000: 1%\n  above 2%\n", "P102"),
    ],
)  # fmt: skip
def test_one_mistake_is_one_report(text: str, code: str) -> None:
    """A broken line declares what can be read of it, and reports that hang on it are silent."""
    assert [fault.code for fault in told(text)] == [code]


@pytest.mark.parametrize(
    ("pasted", "code"),
    [
        ("| Revenue | Rate |\n|---|---|\n| up to 1 000 000 | 3% |\n| above | 5% |\n", "P175"),
        ("Revenue from\tRevenue to\tRate\n0\t1 000 000\t3%\n1 000 001\t\t5%\n", "P175"),
        ("from;to;rate\n0;1000000;3%\n1000000;;5%\n", "P175"),
        ("1000000,3%\n3000000,5%\n", "P175"),
        ("1 000 000 - 3%\n3 000 000 - 5%\n", "P175"),
        ("bonus:\n  pool: 30000\n  kpis:\n    - name: revenue\n      weight: 60%\n", "P176"),
        ('{\n  "salary": 60000,\n  "kpis": [\n    {"name": "revenue"}\n  ]\n}\n', "P176"),
        ("=IF(B2>100000;B2*5%;0)\n", "P177"),
        ("commission = VLOOKUP(B2;A:C;3)*5%\n", "P177"),
    ],
)
def test_what_was_pasted_is_one_mistake(pasted: str, code: str) -> None:
    """Its rows and cells are not looked through one by one, and the lines around it are read."""
    faults = told(EN + "salary 60 000\ncommission on revenue, each band at its own rate\n" + pasted)
    assert [fault.code for fault in faults] == [code]


@pytest.mark.parametrize(
    ("line", "fix"),
    [
        ("piece 3.50 crates", "crates 3.50"),
        ('fact refunds money "Refunds"', '"Refunds" money'),
        ("commission if a > 5 2% of b otherwise 0", "2% of b if a > 5 "),
        ('pay mentoring "Mentoring" 5 000', " ="),
        ("salary by grade junior: 5; senior: 6", "(junior: 5; senior: 6)"),
        ('allow cliff "agreed"', "because "),
        ("include shared/rates.plan", '"shared/rates.plan"'),
        ('fact "New clients" count', "new_clients "),
        ("bonus £1 250 GBP", ""),
        ("pay growth = 5 000 if AND(a > 1; b > 2) otherwise 0", "a > 1 and b > 2"),
        ('section money "Money" 70%', "weight "),
        ('piece parts "Parts" * 180', ""),
        ("KPI calls weight 40% target 100", ""),
        ("commission 2% from sales", "of"),
        ("end", "end section"),
        ("fact grade one of (a b)", ";"),
        ("  columns", None),
        ("recovery back = advance_given", None),
    ],
)
def test_what_is_missing_or_stands_elsewhere_is_put_right(line: str, fix: str | None) -> None:
    """Where one thing alone can stand it is offered, and parts in each other's place change it."""
    first = parse(Source("plan", f"{EN}{line}\n")).faults[0]
    assert (first.fix or "").strip() == (fix or "").strip()


def test_no_report_lists_the_grammar() -> None:
    """What could stand is told in five words at most, with the line or the clause as it is written."""
    for line in (
        "commission 2% of revenue 3% of margin",
        "revenue x y z",
        "salary 5 prorated by a",
        "% of it",
    ):
        for fault in parse(Source("plan", f"{EN}{line}\n")).faults:
            assert len(fault.facts.get("expected", ())) <= 5
            assert "sample" in fault.facts or "expected" not in fault.facts


@pytest.mark.parametrize("lang", LANGS)
def test_every_sample_is_a_line_or_a_part_of_one(lang: Lang) -> None:
    """What a report shows as the way to write something, can be written so."""
    rules = grammar(lang)
    samples = table("grammars", "samples.toml")[lang]
    begun = {name for name in samples if name.upper() in rules.starters}
    assert begun == {token.lower() for token in rules.starters}
    for name in begun:
        assert read(list(rules.lex(samples[name])), rules) is not None, name
    assert read(list(rules.lex(samples["column"])), below_table(lang)) is not None
    for name in samples.keys() - begun - {"column"}:
        words = [token.type for token in rules.lex(samples[name])]
        assert name.upper() in words, name


SECTION = EN + "bonus 5\nsection a weight 60%\nb weight 100% target 5\nc weight {}% target 5\n"


@pytest.mark.parametrize(
    ("text", "code", "fix"),
    [
        (SECTION.format(40), "P293", "end section\n"),
        (SECTION.format(30), "P401", None),
        (SECTION.format("40%\nend section\nd weight 40"), "P433", None),
        (EN + "rate = steps by s\npay x = 5\n  up to 5: 1%\n  above 2%\n", "P180", None),
        (EN + "bonus 5\nsection a weight 100%\na weight 100% target 5\n", "P292", "section_a"),
        (EN + 'fact a "A"\nfact a "B c"\nsalary a + d\n', "P203", "d"),
        (EN + 'bonus 5\na weight 60% target 5\na "B c" weight 40% target 5\n', "P203", None),
        (EN + "pay x = line of visits\n  below 20: 0\n  at 20: 5\n  above 9\n", "P179", "line by visits"),
        ('plan "A"\nversion 1\nsalary 5\n', "P201", None),
    ],
)  # fmt: skip
def test_a_structure_that_is_broken_is_told_where_it_is(text: str, code: str, fix: str | None) -> None:
    """Sections, names taken twice, tables without their measure, lines that are missing."""
    assert (told(text)[0].code, told(text)[0].fix) == (code, fix)


def test_a_name_for_a_copied_line_comes_from_its_label() -> None:
    """And where it has none, nobody guesses one."""
    lines = "bonus 5\na weight 60% target 5\na{} weight 40% target 5\n"
    assert told(EN + lines.format(' "New clients"'))[0].facts["instead"] == ("new_clients",)
    assert told(EN + lines.format(""))[0].facts["instead"] == ("phrase:own_name",)


def test_a_missing_line_is_shown_at_the_first() -> None:
    fault = told('plan "A"\nversion 1\nsalary 5\n')[0]
    assert fault.place is not None
    assert fault.place.start == 0


def test_rows_of_an_example_get_their_words() -> None:
    """Where an example says facts and pay without the words for them."""
    text = EN + 'commission 2% of sales\nexample "July"\n  sales 100\n  total 2\n'
    assert [(fault.code, fault.fix) for fault in told(text)] == [("P138", "given "), ("P138", "pays ")]


def test_the_end_of_a_section_the_other_way_round_is_no_section() -> None:
    text = EN + "bonus 5\nsection a weight 60%\nb weight 100% target 5\nsection end\nc weight 40% target 5\n"
    assert [(fault.code, fault.fix) for fault in told(text)] == [("P102", "end section")]


def test_a_row_without_its_side_is_told_which_sides_there_are() -> None:
    """Nobody guesses whether the bound itself belongs to it."""
    (fault,) = told(EN + "rate = steps by sales\n  1 000 000 - 1%\n  above 3%\ncommission rate of sales\n")
    assert (fault.code, fault.fix, fault.facts["instead"]) == ("P138", None, ("up to", "from"))


def test_weights_of_a_section_written_as_parts_of_the_bonus_are_told_as_that() -> None:
    """What each of them is of the section is said, where it is a round number."""
    lines = "bonus 5\nsection s weight 60%\na weight 36% target 5\nb weight 24% target 5\nend section\n"
    text = f"{EN}{lines}c weight 40% target 5\n"
    (fault,) = told(text)
    assert (fault.code, fault.facts["instead"]) == ("P294", ("a weight 60%", "b weight 40%"))
    (fault,) = told(text.replace("36%", "35%").replace("24%", "25%"))
    assert (fault.code, fault.facts["instead"]) == ("P294", ("phrase:parts_of_section",))


def test_commas_of_a_sentence_take_no_spaces_with_them() -> None:
    """Only the way of a commission has a comma of its own."""
    line = "начисление б = 5 000, если стаж > 3, иначе 0"
    (fault,) = parse(Source("plan", f"{RU}{line}\n")).faults
    assert (fault.code, fault.fix) == ("P109", " если стаж > 3 иначе 0")
