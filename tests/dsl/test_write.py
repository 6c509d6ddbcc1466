"""The canonical text: it says the same, it is one for all spellings, and no comment gets lost."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given

from dsl import tree
from dsl.parse import parse
from dsl.parse.file import tabled
from dsl.source import Source
from dsl.words import LANGS, words
from dsl.write import write
from tests.support.chances import examples
from tests.support.places import IVANOV, PLANS
from tests.support.strategies import Written, plans, without_notes, written

HEADS = {"en": 'plan "A"\n', "ru": 'схема "A"\n'}


def read(text: str) -> tree.Plan:
    """The tree of a text without mistakes."""
    parsed = parse(Source("plan", text))
    assert parsed.faults == ()
    return parsed.tree


def comments(plan: tree.Plan) -> Iterator[str]:
    """All comments of a plan in the order in which they stand."""
    for statement in plan.statements:
        for line in (statement, *rows(statement)):
            yield from filter(None, (*line.notes.above, *line.notes.inside, line.notes.beside))
    yield from filter(None, plan.tail)


def rows(statement: tree.Statement) -> tuple[tree.Line, ...]:
    """The rows under a line."""
    if isinstance(statement, tree.Example):
        return statement.rows
    table = tabled(statement)
    return () if table is None else table.rows


# ── Of any plan ──────────────────────────────────────────────────────────────────────────────────────────


@examples(200)
@given(plans())
def test_says_what_the_tree_says(plan: tree.Plan) -> None:
    again = read(write(plan))
    assert again == plan
    assert again.lang == plan.lang
    assert list(comments(again)) == list(comments(plan))


@examples(200)
@given(plans())
def test_leaves_its_own_text_alone(plan: tree.Plan) -> None:
    text = write(plan)
    assert write(read(text)) == text
    lines = text.split("\n")
    assert [line for line in lines if line != line.rstrip()] == []
    assert "" not in (lines[0], lines[-2])
    assert ("", "") not in itertools.pairwise(lines)


@examples(200)
@given(written())
def test_keeps_each_comment_in_its_order(found: Written) -> None:
    plan = read(found.text)
    assert plan == found.plan
    assert list(comments(plan)) == list(found.comments)
    formatted = write(plan)
    assert list(comments(read(formatted))) == list(found.comments)
    assert write(read(formatted)) == formatted


@examples(200)
@given(written(commented=False))
def test_is_one_for_all_spellings(found: Written) -> None:
    plan = read(found.text)
    assert plan == found.plan
    assert write(without_notes(plan)) == write(found.plan)


@pytest.mark.parametrize("lang", LANGS)
def test_order_of_clauses_does_not_matter(lang: str) -> None:
    clauses = {
        "en": ["weight 40%", "cutoff 80%", "accel 1.2 on all above 100%", "cap 150% on pay", "target 5"],
        "ru": [
            "вес 40%",
            "отсечка 80%",
            "ускорение 1,2 на всё свыше 100%",
            "потолок 150% по выплате",
            "план 5",
        ],
    }[lang]
    orders = (" ".join(order) for order in itertools.permutations(clauses))
    assert {write(read(f"{HEADS[lang]}a {order}")) for order in orders} == {
        f"{HEADS[lang]}a {' '.join(clauses)}\n"
    }


# ── One line ─────────────────────────────────────────────────────────────────────────────────────────────

LINES = [
    # Numbers
    ("salary 60000", "salary 60 000"),
    ("salary 1000", "salary 1 000"),
    ("salary 0001.500", "salary 1.5"),
    ("salary 1\u00a0234\u202f567.80 ₽", "salary 1 234 567.80 RUB"),
    ("salary $500", "salary 500 USD"),
    ("salary 500 points", "salary 500 points"),
    ("a = 12.50 %", "a = 12.5%"),
    ("a = 1 days + 2 day", "a = 1 day + 2 days"),
    ("a = 1000 days + 1.5 day", "a = 1 000 days + 1.5 days"),
    ("a = 2025-07-01 − 2025-06-01", "a = 2025-07-01 - 2025-06-01"),
    ("a = YES or no", "a = yes or no"),
    # Versions stay as typed
    ("version 2025-07", "version 2025-07"),
    ('version "2025-07"', "version 2025-07"),
    ("version 1.20", "version 1.20"),
    ("version 1.2.3", "version 1.2.3"),
    ("version 007", "version 007"),
    ('version "2025 H1"', 'version "2025 H1"'),
    ('version "plan"', 'version "plan"'),
    ("version «a \"b\"»", "version «a \"b\"»"),
    # Quotation marks
    ("about «Sales»", 'about "Sales"'),
    ("about „Sales“", 'about "Sales"'),
    ('about «the "best" plan»', 'about «the "best" plan»'),
    ('about “the "best" «plan»”', 'about “the "best" «plan»”'),
    ("about “«plan»”", 'about "«plan»"'),
    # Brackets: those that are needed
    ("a = ((b)) + (c * d)", "a = b + c * d"),
    ("a = (b + c) * d", "a = (b + c) * d"),
    ("a = b - (c - d)", "a = b - (c - d)"),
    ("a = (b - c) - d", "a = b - c - d"),
    ("a = b / (c × d)", "a = b / (c * d)"),
    ("a = -(b + c)", "a = -(b + c)"),
    ("a = b - (-c)", "a = b - -c"),
    ("a = 2% of (margin × b)", "a = 2% of (margin * b)"),
    ("a = (2% of margin) × b", "a = 2% of margin * b"),
    ("a = not (b = c) and (d or e)", "a = not b = c and (d or e)"),
    ("a = (not b) = c", "a = (not b) = c"),
    ("a = (b = c) = d", "a = (b = c) = d"),
    ("a = (b above 5) × 2", "a = (b above 5) * 2"),
    ("a = (b + c) below (d - 1)", "a = (b + c) below (d - 1)"),
    ("a = (-5) above b", "a = (-5) above b"),
    ("a = b above (min(c; (d)))", "a = b above min(c; d)"),
    ("a = (b if c otherwise d) if e otherwise (f if g otherwise h)",
     "a = (b if c otherwise d) if e otherwise f if g otherwise h"),
    ("a = round up((b + c) to (0.01))", "a = round up(b + c to 0.01)"),
    ("a = round((b) to (c + d))", "a = round(b to (c + d))"),
    ("commission (a = b)", "commission (a = b)"),
    ("commission ((a) = b or c)", "commission (a = b or c)"),
    ("commission (a <> b)", "commission a <> b"),
    ("commission (salary = b)", "commission salary = b"),
    ('commission "x" (a = b)', 'commission "x" a = b'),
    ("commission a = (b)", "commission a = b"),
    # What is above a target
    ("a = b above target", "a = b above target"),
    ("a = b above (target of b)", "a = b above target"),
    ("a = b above target of c", "a = b above target of c"),
    ("a = b below (target of c)", "a = b below target of c"),
    ("a = (b) above (attainment of c)", "a = b above attainment of c"),
    # Names that are a part of a keyword
    ("a = b or (personal)", "a = b or (personal)"),
    ("a = b or (personal + 1)", "a = b or (personal + 1)"),
    ("a = personal or b", "a = personal or b"),
    ("a = (attainment) of b", "a = (attainment) of b"),
    ("a = 2% of attainment", "a = 2% of attainment"),
    # Facts and clauses
    ("fact a can be negative", "fact a can be negative"),
    ("fact a Days default (-3 day)", "fact a days default -3 days"),
    ("fact a default (b + 1)", "fact a default (b + 1)"),
    ("fact a furlongs", "fact a furlongs"),
    ("a weight (40%) accel 1.5 on excess above 110% accel 2 above 100%",
     "a weight 40% accel 1.5 on excess above 110% accel 2 on all above 100%"),
    ("a cap 5 on attainment target (b + 1)", "a cap 5 on attainment target (b + 1)"),
    ("a cutoff 80% on excess decel (b + 1) below 90%", "a cutoff 80% on excess decel (b + 1) below 90%"),
    ("a target 5 target prorated by days in period of 30 weight 5%",
     "a weight 5% target 5 target prorated by days in period of 30"),
    ("a for (g is junior) or not (g is not senior) weight 5%",
     "a weight 5% for g is junior or not g is not senior"),
    # Clauses of pay
    ("salary 5 prorated by (a) of (b - c) during 2025-01-01 to 2025-02-01",
     "salary 5 prorated by a of (b - c) during 2025-01-01 up to 2025-02-01"),
    ("bonus a if b otherwise c only if d = e", "bonus a if b otherwise c only if d = e"),
    ("bonus 5 only if (a if b otherwise c)", "bonus 5 only if (a if b otherwise c)"),
    ("bonus 5 rounded to 10 half even floor (a) cap 5 unless b or c multiplied by (d * e)",
     "bonus 5 multiplied by (d * e) cap 5 on pay unless b or c floor a rounded to 10 half even"),
    ("variable pay multiplied by 2 multiplied by 1.5", "variable pay multiplied by 2 multiplied by 1.5"),
    ("total cap 5", "total cap 5 on pay"),
    ('SECTION s "S" weight 5% floor 1 only if b', 'section s "S" weight 5% only if b floor 1'),
    ("End  Section", "end section"),
    ("bonus 5 only if (a above target) prorated by b of c",
     "bonus 5 only if (a above target) prorated by b of c"),
    ("bonus 5 only if (a above target) floor b", "bonus 5 only if a above target floor b"),
    # Lines of pay
    ("commission on (a + b) each band at its own rate", "commission on (a + b), each band at its own rate"),
    ('commission a "A" on b , the whole at the rate reached cap 5',
     'commission a "A" on b, the whole at the rate reached cap 5 on pay'),
    ("commission a = bands by b", "commission a on b, each band at its own rate"),
    ("pay a = bands by (b)", "pay a = bands by b"),
    ("pay a = matrix by (b and c) and (d)", "pay a = matrix by (b and c) and d"),
    ("milestone a (5 + b) only if c", "milestone a 5 + b only if c"),
    ("piece half (even)", "piece half (even)"),
    ('reduction a "A" = 5 rounded to 1 down', 'reduction a "A" = 5 rounded to 1 down'),
    # Advice
    ("allow Cliff for a because «so it is»", 'allow cliff for a because "so it is"'),
    ("allow rain because «it rains»", 'allow rain because "it rains"'),
    # Attributes and counts
    ("fact g one of (junior;senior) default junior", "fact g one of (junior; senior) default junior"),
    ("a = by g(junior:5+b;otherwise:(c))", "a = by g (junior: 5 + b; otherwise: c)"),
    ("a = 2 * by g (junior: 5)", "a = 2 * by g (junior: 5)"),
    ("a = at least 1 of (b; c)", "a = any of (b; c)"),
    ("a = all of (b;c or d) and at least 2 of(b;c;d)", "a = all of (b; c or d) and at least 2 of (b; c; d)"),
    ("a = (b is c) = yes", "a = (b is c) = yes"),
    ("a = (b without tax (20%)) + 1", "a = (b without tax 20%) + 1"),
    ("a = round half  even(b to 1)", "a = round half even(b to 1)"),
    ("a = 50 bps of b + 25 basis points", "a = 0.5% of b + 0.25%"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "canonical"), LINES)
def test_a_line_has_one_form(typed: str, canonical: str) -> None:
    assert write(read(HEADS["en"] + typed)) == f"{HEADS['en']}{canonical}\n"


RUSSIAN_LINES = [
    ("оклад 60000,50 руб.", "оклад 60 000,50 RUB"),
    ("а = 1 дней + 2 дней + 5 день + 11 день + 1,5 день", "а = 1 день + 2 дня + 5 дней + 11 дней + 1,5 дня"),
    ("процент с продаж 2% от (выручка свыше плана)", "процент 2% от (выручка сверх плана)"),
    ("а = б сверх план показателя в", "а = б сверх плана показателя в"),
    ("а = б свыше (плана)", "а = б свыше (плана)"),
    ("а = б или (личный)", "а = б или (личный)"),
    ("а план (показателя)", "а план (показателя)"),
    ("факт а Деньги", "факт а деньги"),
    ("а = округлить вниз(мин(б; в) до 0,01)", "а = округлить вниз(наименьшее(б; в) до 0,01)"),
    ("а = округлить до чётного(б до (чётного))", "а = округлить до чётного(б до (чётного))"),
    ("премия 5 пропорционально отработано от 22", "премия 5 пропорционально отработано из 22"),
    ("премия 5 пропорционально (все) из 22", "премия 5 пропорционально (все) из 22"),
    ("а = не менее 2 от (б; в; г)", "а = не менее 2 из (б; в; г)"),
    ("а = 2% из б", "а = 2% от б"),
    ("а = по (выплате) (б: 5)", "а = по (выплате) (б: 5)"),
    ("а вес 5% только если не (менее)", "а вес 5% только если не (менее)"),
    ("процент с (продаж) вся сумма по достигнутой ставке",
     "процент с (продаж), вся сумма по достигнутой ставке"),
    ("процент начиная\nс б, вся сумма по достигнутой ставке",
     "процент начиная\n    с б, вся сумма по достигнутой ставке"),
    ("акция а = 5 в период 2025-01-01 до 2025-02-01", "акция а = 5 в период 2025-01-01 до 2025-02-01"),
    ("допустить Мёртвая_зона потому что «так надо»", 'допустить мёртвая_зона потому что "так надо"'),
    ("а = 50 бп + 25 базисных пунктов", "а = 0,5% + 0,25%"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "canonical"), RUSSIAN_LINES)
def test_a_russian_line_has_one_form(typed: str, canonical: str) -> None:
    assert write(read(HEADS["ru"] + typed)) == f"{HEADS['ru']}{canonical}\n"


@pytest.mark.parametrize(
    ("typed", "english", "russian"),
    [
        ("shows x 15.30", "shows x 15.30", "получается x 15,30"),
        ("shows x -15.0", "shows x -15.0", "получается x -15,0"),
        ("shows x 7.00 %", "shows x 7.00%", "получается x 7,00%"),
        ("shows x 20 bps", "shows x 0.20%", "получается x 0,20%"),
        ("shows x 2.50 bps", "shows x 0.0250%", "получается x 0,0250%"),
        ("pays x 1000.10", "pays  x 1 000.10", "начислено x 1 000,10"),
        ("pays x 26400.00", "pays  x 26 400.00", "начислено x 26 400,00"),
        ("pays x 0.5; salary 0.500 RUB", "pays  x 0.5; salary 0.500 RUB", "начислено x 0,5; оклад 0,500 RUB"),
        ("given x 1.0 days; y 3.140", "given x 1.0 day; y 3.140", "дано      x 1,0 день; y 3,140"),
    ],
)
def test_an_example_keeps_its_digits(typed: str, english: str, russian: str) -> None:
    """In either language: how far they go is what its author looked at."""
    plan = read(f'{HEADS["en"]}example "E"\n  {typed}\n')
    for lang, row in zip(LANGS, (english, russian), strict=True):
        last = write(plan, lang).splitlines()[-1]
        assert " ".join(last.split()) == " ".join(row.split())
        assert read(write(plan, lang)) == plan


def test_a_digit_more_is_another_thing_to_show_and_no_other_fact() -> None:
    """What is shown is compared to its last digit; what is given or paid is not."""
    row = '{}example "E"\n  {} x {}\n'
    for word, same in (("given", True), ("shows", False), ("pays", True)):
        short, long = (read(row.format(HEADS["en"], word, digits)) for digits in ("15.3", "15.30"))
        assert (short == long) is same, word


# ── The page ─────────────────────────────────────────────────────────────────────────────────────────────


def test_columns() -> None:
    typed = """plan "A"
fact revenue "Revenue" money
fact trips count default 0   # a comment does not part the lines
a weight 40% cutoff 80% target 1000 # beside
long_name "Label" weight 5% accel 1.2 above 100%
# A comment parts them.
b weight 10%

c weight 10%
a_b target 5 weight 100%
"""
    assert (
        write(read(typed))
        == """plan "A"
fact revenue  "Revenue"  money
fact trips               count  default 0  # a comment does not part the lines
a                   weight 40%  cutoff 80%                               target 1 000  # beside
long_name  "Label"  weight 5%               accel 1.2 on all above 100%
# A comment parts them.
b weight 10%

c    weight 10%
a_b  weight 100%  target 5
"""
    )


def test_no_columns_where_a_clause_is_repeated() -> None:
    typed = """plan "A"
a weight 40% accel 1.2 on all above 100% accel 1.5 on all above 120%
long weight 60%
"""
    assert write(read(typed)) == typed


def test_a_long_line_goes_on_with_a_clause() -> None:
    label = "a very long label that says what is measured, how, by whom, and on which day of the month"
    typed = f"""plan "A"
a weight 40% cutoff 80% accel 1.2 on all above 100% # one
b "{label}" weight 40% cutoff 80% # two
    accel 1.2 on all above 100% cap 150% on pay target 1 000 # three
"""
    assert (
        write(read(typed))
        == f"""plan "A"
a weight 40% cutoff 80% accel 1.2 on all above 100%  # one
# two
b "{label}" weight 40% cutoff 80%
    accel 1.2 on all above 100% cap 150% on pay target 1 000  # three
"""
    )


def test_a_long_row_is_cut_in_two() -> None:
    facts = "; ".join(f"fact_{number} 1 000" for number in range(1, 9))
    typed = f'plan "A"\nexample "E"\n  given {facts} # all\n  pays total 5\n'
    assert (
        write(read(typed))
        == """plan "A"

example "E"
  given fact_1 1 000; fact_2 1 000; fact_3 1 000; fact_4 1 000; fact_5 1 000; fact_6 1 000; fact_7 1 000
  given fact_8 1 000  # all
  pays  total 5
"""
    )


def test_tables() -> None:
    typed = """plan "A"
a weight 30% paid by steps # beside
  below 80% 0%   # a row
  # above a row
  at 100%: -1.5%; (b + c)

  above 120% # the last
b weight 10%
long_name weight 60%
m = matrix by x and y
  columns below 5;
    from 10 000
  up to 1 000 000: 5; 60
  above 12 345; 7 RUB per unit
commission on x each band at its own rate
  up to 1000 3%
  above (y + 1)
"""
    assert (
        write(read(typed))
        == """plan "A"
a weight 30% paid by steps  # beside
  below 80%: 0%  # a row
  # above a row
  at 100%:   -1.5%; (b + c)

  above      120%  # the last
b          weight 10%
long_name  weight 60%
m = matrix by x and y
  columns          below 5; from 10 000
  up to 1 000 000: 5;       60
  above            12 345;  7 RUB per unit
commission on x, each band at its own rate
  up to 1 000: 3%
  above        (y + 1)
"""
    )


def test_sections_indent_nothing() -> None:
    typed = """plan "A"
bonus 5

  section s weight 60%
    a weight 40%
    bcd weight 60%
  end section

e weight 40%
"""
    assert (
        write(read(typed))
        == """plan "A"
bonus 5

section s weight 60%
a    weight 40%
bcd  weight 60%
end section

e weight 40%
"""
    )


def test_a_long_line_of_pay_goes_on_with_a_clause() -> None:
    condition = " and ".join(f"condition_{number}" for number in range(1, 7))
    typed = f"""plan "A"
variable pay only if {condition} multiplied by 1.5 cap 5
total cap 100 unless {condition} rounded to 100 up
"""
    assert (
        write(read(typed))
        == f"""plan "A"
variable pay only if {condition}
    multiplied by 1.5 cap 5 on pay
total cap 100 on pay unless {condition}
    rounded to 100 up
"""
    )


def test_blank_space_and_comments() -> None:
    typed = """

#  Head of the file.


# About the plan.

plan "A"#title
version 1
# salary
salary (60 000 # base
  # and more
  + 5 000)


bonus 5
example "E"
  # what is given

  given a 5;
  pays total 5   # in all

  # the rest
  given b 6


   # The end.
"""
    assert (
        write(read(typed))
        == """#  Head of the file.

# About the plan.

plan "A"  #title
version 1
# salary
# base
# and more
salary 60 000 + 5 000

bonus 5

example "E"
  # what is given

  given a 5
  pays  total 5  # in all

  # the rest
  given b 6

# The end.
"""
    )


def test_nothing_but_a_comment() -> None:
    assert write(parse(Source("plan", "\n\n# nothing yet\n\n")).tree) == "# nothing yet\n"
    assert write(parse(Source("plan", "")).tree) == ""


@pytest.mark.parametrize(
    "formula",
    [
        "-" * 390 + "5",
        "not " * 390 + "a",
        "a" + " + a" * 199,
        "a" + " and b" * 199,
        "5" + " if a otherwise 5" * 99,
    ],
)
def test_formulas_nest_deeper_than_python_calls(formula: str) -> None:
    text = f"{HEADS['en']}salary {formula}\n"
    assert write(read(text)) == text


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_examples_survive(path: Path) -> None:
    plan = read(path.read_text("utf-8"))
    text = write(plan)
    assert read(text) == plan
    assert list(comments(read(text))) == list(comments(plan))
    assert write(read(text)) == text


def test_the_customers_plan() -> None:
    text = write(read(IVANOV.read_text("utf-8")))
    assert (
        text.split("\n\n")[1:]
        == """
fact revenue      "Revenue"                      money
fact avg_deal     "Average deal"                 money
fact conversion   "Conversion, call to meeting"  percent
fact calls        "Successful calls"             count
fact margin_rate  "Margin rate"                  percent

salary 60 000
bonus 50 000  # paid at 100% of every KPI

revenue     weight 40%  cutoff 80%  accel 1.2 on all above 100%  target 3 000 000
avg_deal    weight 20%  cutoff 80%  accel 1.2 on all above 100%  target 150 000
conversion  weight 20%  cutoff 80%  accel 1.2 on all above 100%  target 2%
calls       weight 20%  cutoff 80%  accel 1.2 on all above 100%  target 1 000

commission 2% of margin_rate * (revenue above target)

allow cliff because "the step at 100% is the promise: \
whoever makes the plan is paid a fifth more for all of it"

example "Ivanov, July"
  given revenue 3 300 000; avg_deal 142 500; conversion 2.1%; calls 950; margin_rate 30%
  pays  revenue 26 400; avg_deal 9 500; conversion 12 600; calls 9 500; commission 1 800; total 119 800
""".lstrip().split("\n\n")
    )


def test_every_word_of_the_lists_is_printed_or_read() -> None:
    """A keyword that the formatter forgot would be missing from the texts of files that hold everything."""
    whole = parse(Source("plan", EVERYTHING, lambda path: Source(path, SHARED)))
    assert whole.faults == ()
    for lang in LANGS:
        text = write(read(SHARED), lang) + write(whole.tree, lang)
        vocabulary = words(lang)
        # Basis points are printed as a percentage.
        missing = [keyword for keyword in vocabulary.spellings if vocabulary[keyword] not in text]
        assert missing == ["bps"]


SHARED = """definitions "D"
fact f money
"""

EVERYTHING = """plan "A"
version 1
include "d.plan"
in effect from 2025-07-01
currency RUB
law RF
facts taken from crm or typed in
about "All that there is"
applies to "everybody"
payment due total "monthly"
payment grounds k "a report"
fact a count can be negative default 3 taken from "a log"
fact b yes/no typed in
fact g one of (junior; senior)
salary 5 prorated by days in period of 30
bonus min(5 * 30 days; max(6; round up(salary to 1) + round down(salary to 1) + round half even(salary to 1)))
section s weight 100% only if all of (b; any of (b; at least 2 of (b; b; b))) multiplied by 2 floor 5
k weight 100% cutoff 80% accel 2 on excess above 100% cap 5 on attainment target 5 or personal
l weight 100% accel 2 on all above 100% cap 5 on pay unless g is junior or g is not senior
o weight 100% decel 2 below 100% target 5 target prorated by 5 of 5 for b
p weight 100% paid by steps rounded to 5
  below 80%: 0
  from 80%: 1
  at 100%: 2
  up to 101%: 2
  above 3
q weight 100% paid along a line
n weight 100% target 5 less is better
h weight 100% target 5 tolerance 2 spread if b
end section
commission 2% of (k above target) if b = yes or not b = no and k above 5 = 3 otherwise 4
commission r on a, each band at its own rate
commission r on a, the whole at the rate reached
  above 5 per unit
pay t = line by a
pay u = bands by a
v = steps by a
w = matrix by a and a
  columns below 5; from 5
milestone b 5 except during 2025-07-01 up to 2025-07-31
piece a by g (junior: 5)
spif x = 5 during 2025-07-01 up to 2025-07-31
reduction y = 5 without tax 20%
recovery d within r = paid salary + full salary - pay for commission carried in debt
draw ahead "Draw" within r = 30 against debt
draw gift within r = 30 not recoverable
balance debt "Debt" money can be negative owed by the employee up to 50 opened in 2025-01 claimed if b
balance kept due to the employee anew each quarter forgiven if b
balance paid_so_far = pay for commission so far this year
balance of_quarter = a so far this quarter
balance carried_on anew each year
pay back = opening of kept against kept
commission topped on a on top of opening of of_quarter, each band at its own rate
  up to 5 1%
  above 2%
variable pay only if b
total cap 5
z = (k below target) + (k below 4)
m = target of k + attainment of k
allow cliff for k because "so"
table deals "Deals" taken from "CRM" late to their month within 1 day
  deal id
  seller employee
  price money can be negative
  sort one of (old; fresh) default old
  paid_on date, counts
  closed time in America/Port-au-Prince
  seen time without zone
  abroad money in USD at the rate of bank on the date of paid_on can be negative default 0
table bank taken from accounting of exchange rates, on the last day before within 12 days
  code one of (USD; EUR)
  on_day date
  worth number
group division "Division"
group team "Team" within division, shares open
group staff led by boss
group everybody "Everybody" led by boss at all levels
table payments taken from accounting or crm late on arrival within 90 days
  on_day date counts
  of_deal record of deals
  sort of of_deal
  paid money
  took duration
  waited duration minutes
  part percent, together at least 100% by of_deal
  half count, together 2 by sort
mean_price = average of price of deals
price_range = (greatest of price of deals) - (least of price of deals)
ends = (last of price of deals in order of paid_on) - (first of price of deals in order of paid_on)
standing = rank of a of team
sorts_sold = number of different sort of deals
quick = count of payments where took less than 1.5 hours and took more than 30 seconds
result score "Score" percent = 50% * a / 5
slow = count of payments where took at least 2 minutes and took at most 3 minutes
commission in_turn on price of deals in order of paid_on, each band at its own rate
  up to 1 000: 1%
  above 2%
commission alone on price of each of deals, each band at its own rate
  up to 1 000: 1%
  above 2%
commission paid_for = for each of payments where sort is fresh: 2% of paid cap 9 on pay each cap 50 in all
pay rest = 1% of (sum of price of deals) + mean_price + price_range + ends
pay stays = 1% of (a of team) by the days in team
pay worked = 1% of (a of team) by working days in team
pay lasted = 1% of (a of team) by calendar days in team
pay part = share of 100 by a within team, with a reserve of 5% for b, remainder left in the fund
pay places = prizes of (3; 2) by a within team, equals share
pay heights = prizes of (3; 2) by a within team, equals take the higher
pay more = 5 * (quick + slow + sorts_sold + standing)
pay norm = 5 * (working days in period + days in period) * working hours in period
pay season = 5 * (month of period + quarter of period + year of period)
pay whole = 5 * (last day of period - first day of period)
pay grown = 5 * full years from 2020-02-29 to (last day of period + 1 day)
pay aged = 5 * full months from 2020-01-31 to 2020-02-29
example "E" for 2025-07
  given a 5; working days in period 23; working hours in period 184
  record of deals price 5; sort old
  shows m 5
  pays total 5
"""
