"""Facts as people and systems send them: what is read and how, and an answer to everything else."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import engine
from dsl.faults import Fault, codes, draw, message, phrase, wording
from dsl.source import Source
from dsl.words import LANGS, Lang
from engine.compile import Compiled, read_plan
from engine.evaluate import Result, pay
from engine.facts import Facts, Person, read_facts
from engine.facts.decimals import Decimal, decimal
from engine.scales import places
from tests.support.sales import HEAD

# Every kind of fact, every sort of target, a figure, divisions; the pages of the codes are read with these.
PLANS: dict[Lang, str] = {
    "en": """plan "Facts"
version 1
in effect from 2025-07-01
currency RUB
fact revenue "Revenue in July" money
fact deals count
fact conversion percent
fact calls count
fact meetings count
fact started date
fact mentor yes/no
fact correction money can be negative
fact bonus_days days default 2 days
fact working_days count
fact shifts count from 0 up to 31 default 0
average_deal = revenue / deals
bonus 50 000
revenue weight 30% target 3 000 000 or personal
calls weight 30%
meetings weight 20% target 20
conversion weight 20% target (0.1% * working_days)
commission 1% * average_deal + correction + bonus_days * 100 + shifts * 5
  + (500 if mentor and started > 2020-01-01 otherwise 0)
""",
    "ru": """схема "Факты"
версия 1
действует с 2025-07-01
валюта RUB
факт выручка "Выручка за июль" деньги
факт сделки количество
факт конверсия проценты
факт звонки количество
факт встречи количество
факт принят дата
факт наставник да/нет
факт поправка деньги может быть отрицательным
факт дни_премии дни по умолчанию 2 дня
факт рабочие_дни количество
факт смены количество от 0 до 31 по умолчанию 0
средний_чек = выручка / сделки
премия 50 000
выручка вес 30% план 3 000 000 или личный
звонки вес 30%
встречи вес 20% план 20
конверсия вес 20% план (0,1% * рабочие_дни)
процент 1% * средний_чек + поправка + дни_премии * 100 + смены * 5
  + (500 если наставник и принят > 2020-01-01 иначе 0)
""",
}
GOOD: dict[Lang, dict[str, object]] = {
    "en": {
        "revenue": "3300000",
        "deals": "22",
        "conversion": "2.1%",
        "calls": "950",
        "meetings": "20",
        "started": "2024-02-29",
        "mentor": "yes",
        "correction": "-500.50",
        "working_days": "20",
    },
    "ru": {
        "выручка": "3300000",
        "сделки": "22",
        "конверсия": "2.1%",
        "звонки": "950",
        "встречи": "20",
        "принят": "2024-02-29",
        "наставник": "да",
        "поправка": "-500.50",
        "рабочие_дни": "20",
    },
}
TARGETS: dict[Lang, dict[str, object]] = {"en": {"calls": "1000"}, "ru": {"звонки": "1000"}}
CODES = [f"P{number}" for number in (*range(501, 524), 536, 537, 539, 540, 541, 542)]


def compiled(text: str) -> Compiled:
    """The compiled plan of a text that has no errors."""
    plan = read_plan(Source("facts.plan", text))
    assert isinstance(plan, Compiled), plan
    return plan


ENGLISH = compiled(PLANS["en"])


def person(
    facts: Mapping[str, object], targets: Mapping[str, object] = TARGETS["en"], period: str = "2025-07"
) -> Person:
    """A person with these facts beside the good ones; None leaves one out."""
    merged = {**GOOD["en"], **facts}
    return Person("1", period, {name: value for name, value in merged.items() if value is not ...}, targets)


def faults(result: Result | Facts | tuple[Fault, ...]) -> tuple[Fault, ...]:
    """What is wrong, or doubtful."""
    match result:
        case Result(facts=facts):
            return facts.warnings
        case Facts():
            return result.warnings
        case _:
            return result


def found(facts: Mapping[str, object], **more: Any) -> list[tuple[str, str | None]]:
    """The codes and pointers of what is wrong with facts."""
    return [(fault.code, fault.pointer) for fault in faults(pay(ENGLISH, person(facts, **more)))]


# ── What is read ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "digits", "places", "percent"),
    [
        ("0", 0, 0, False),
        ("-0", 0, 0, False),
        ("950", 950, 0, False),
        ("-5", -5, 0, False),
        ("3 300 000", 3300000, 0, False),
        ("3\u00a0300\u00a0000.50", 33000005, 1, False),
        ("12345678901234567.89", 1234567890123456789, 2, False),
        ("2.10%", 21, 3, True),
        ("2.1 %", 21, 3, True),
        ("0.021", 21, 3, False),
        ("2.1e-2", 21, 3, False),
        ("3.3E6", 3300000, 0, False),
        ("3.3e+6", 3300000, 0, False),
        ("1e29", 10**29, 0, False),
        ("1e-30", 1, 30, False),
        ("950.000", 950, 0, False),
        ("100%", 1, 0, True),
        ("0" * 5000 + "7", 7, 0, False),
    ],
)
def test_numbers_are_taken_exactly(text: str, digits: int, places: int, percent: bool) -> None:
    """Every digit is kept, and none is invented."""
    assert decimal(text) == Decimal(digits, places, percent)


@pytest.mark.parametrize(
    "text", ["1" * 31, "1e30", "1e-31", "9e9999", "0." + "1" * 31, "1" * 9999, "0.1e-9999"]
)
def test_numbers_too_long_are_known_before_they_are_made(text: str) -> None:
    """No number of a megabyte is ever computed with."""
    assert decimal(text) == "long"


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", ".5", "5.", "+5", "1,5", "1 2", "12 34", "1  000", "0x10", "1_000", "NaN", "Infinity",
     "１２", "٣", "−5", "1e", "1e5e5", "5%%", "%", "5 %%", "1\n", "five"],
)  # fmt: skip
def test_what_is_no_number_is_none(text: str) -> None:
    """Nothing but the one way of writing numbers is read."""
    assert decimal(text) is None


def test_a_fact_is_the_same_however_it_is_written() -> None:
    """Spaces, exponents, percent signs and zeros make no difference to what is paid."""
    plain = pay(ENGLISH, person({}))
    other = pay(
        ENGLISH,
        person(
            {"revenue": "3.3e6", "deals": " 22 ", "conversion": "0.0210", "calls": "950.0", "mentor": True}
        ),
    )
    assert isinstance(plain, Result)
    assert isinstance(other, Result)
    assert plain.amounts == other.amounts


def test_what_nobody_gave_is_said_to_be_presumed() -> None:
    """A default, and the plan's own target."""
    facts = read_facts(ENGLISH, person({}))
    assert isinstance(facts, Facts)
    assert {(one.what, one.name) for one in facts.presumed} == {
        ("default", "bonus_days"),
        ("default", "shifts"),
        ("target", "revenue"),
    }


# ── What is wrong ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("revenue", "3 million", "P503"),
        ("revenue", "", "P503"),
        ("revenue", "1,234", "P670"),
        ("revenue", "1.234", "P670"),
        ("revenue", "-1.000", "P670"),
        ("revenue", "$5", "P540"),
        ("revenue", "5 USD", "P540"),
        ("revenue", "#Н/Д", "P541"),
        ("revenue", "#####", "P541"),
        ("revenue", "160:30", "P542"),
        ("revenue", "3,3E+06", "P522"),
        ("revenue", "1 2", "P522"),
        ("revenue", None, "P503"),
        ("revenue", [], "P503"),
        ("revenue", {"amount": "5"}, "P503"),
        ("revenue", True, "P503"),
        ("revenue", "yes", "P503"),
        ("revenue", "-1", "P508"),
        ("revenue", "0.001", "P511"),
        ("revenue", "1e400", "P506"),
        ("revenue", "1" * 40, "P506"),
        ("revenue", "110%", "P507"),
        ("calls", "950.5", "P510"),
        ("calls", "1,000", "P670"),
        ("calls", "1.000", "P670"),
        ("calls", "９５０", "P522"),
        ("calls", "٩٥٠", "P503"),
        ("conversion", "-2.1%", "P508"),
        ("conversion", "2.1", "P512"),
        ("conversion", "2100%", "P537"),
        ("mentor", "2", "P504"),
        ("mentor", "maybe", "P504"),
        ("mentor", None, "P504"),
        ("mentor", ["yes"], "P504"),
        ("started", "2025-02-30", "P505"),
        ("started", "2025-W27-2", "P505"),
        ("started", "01.07.24", "P522"),
        ("started", "44333", "P522"),
        ("started", "17/05/2021", "P522"),
        ("started", "2021-05-17T00:00:00Z", "P522"),
        ("started", "31.06.2021", "P505"),
        ("started", "0000-01-01", "P505"),
        ("started", True, "P505"),
        ("started", "07/03/2025", "P505"),
        ("bonus_days", "5 RUB", "P503"),
        ("shifts", "32", "P539"),
        ("shifts", "-1", "P508"),
    ],
)
def test_each_wrong_value_has_its_answer(name: str, value: object, code: str) -> None:
    """The code, and where in the document the value stands."""
    assert found({name: value}) == [(code, f"/facts/{name}")]


@pytest.mark.parametrize(
    ("value", "code", "better"),
    [
        ("72", "P522", "72%"),
        ("2.5", "P522", "2.5%"),
        ("2,5", "P522", "2.5%"),
        ("100", "P522", "100%"),
        ("720", "P539", None),
        ("101%", "P539", None),
    ],
)
def test_a_percentage_without_its_sign_is_told_with_it(value: str, code: str, better: str | None) -> None:
    """Where bounds refuse it as a part of one, and allow it with its sign."""
    lines = "fact overdue percent from 0% up to 100%\ncommission 1% of revenue only if overdue <= 5%\n"
    plan = compiled(HEAD + lines)
    told = pay(plan, Person("1", "2025-07", {"revenue": "100", "overdue": value}))
    assert not isinstance(told, Result)
    assert [(fault.code, fault.fix) for fault in told] == [(code, better)]


@pytest.mark.parametrize(
    ("name", "value", "better"),
    [
        ("conversion", "２.１％", "2.1%"),
        ("conversion", ".5%", "0.5%"),
        ("revenue", "3,3E+06", "3300000"),
        ("started", "44333", "2021-05-17"),
        ("started", "05/17/2021", "2021-05-17"),
    ],
)
def test_what_is_not_read_is_answered_with_what_was_likely_meant(name: str, value: str, better: str) -> None:
    """What is offered is read without a fault."""
    (fault,) = faults(pay(ENGLISH, person({name: value})))
    assert (fault.code, fault.fix) == ("P522", better)
    assert found({name: better}) == []


@pytest.mark.parametrize(
    ("name", "value", "plain"),
    [
        ("conversion", "2,1%", "2.1%"),
        ("conversion", "+2.1%", "2.1%"),
        ("conversion", "2,125 %", "2.125%"),
        ("revenue", "3 300 000,50", "3300000.50"),
        ("revenue", "3\u202f300\u202f000,50 ₽", "3300000.50"),
        ("revenue", "3300000 RUB", "3300000"),
        ("revenue", "3300000 руб.", "3300000"),
        ("revenue", "19999.99|RUB", "19999.99"),
        ("revenue", "1,234,567.89", "1234567.89"),
        ("revenue", "1.234.567,89", "1234567.89"),
        ("revenue", "3'300'000", "3300000"),
        ("revenue", "'5", "5"),
        ("correction", "(100)", "-100"),
        ("correction", "100,50-", "-100.50"),
        ("correction", "−100", "-100"),
        ("correction", "- 1.000,00 р.", "-1000.00"),
        ("mentor", "1", "yes"),
        ("started", "01.07.2024", "2024-07-01"),
        ("started", "01.07.2024 0:00:00", "2024-07-01"),
        ("started", "2024-07-01T00:00:00", "2024-07-01"),
        ("started", "20240701", "2024-07-01"),
        ("started", "1 июля 2024 г.", "2024-07-01"),
        ("bonus_days", "30 days", "30"),
        ("bonus_days", "30 дней", "30"),
    ],
)
def test_what_has_one_reading_is_read_and_said(name: str, value: str, plain: str) -> None:
    """The amounts are those of the plain value, and the answer says how the other was read."""
    read, usual = pay(ENGLISH, person({name: value})), pay(ENGLISH, person({name: plain}))
    assert isinstance(read, Result)
    assert isinstance(usual, Result)
    assert read.amounts == usual.amounts
    assert [(fault.code, fault.severity) for fault in read.warnings] == [("P536", "notice")]
    assert plain in wording(read.warnings[0], "en").text


@pytest.mark.parametrize("value", ["ИСТИНА", "TRUE", "True", "Да", "yes"])
def test_words_for_yes_need_no_word(value: str) -> None:
    """Excel writes them, and they mean nothing else."""
    assert found({"mentor": value}) == []


@pytest.mark.parametrize(
    "value", ["0001-01-01", "0001-01-01T00:00:00", "01.01.0001 0:00:00", ".  .", "0000-00-00"]
)
def test_a_date_that_a_program_writes_for_none_is_missing(value: str) -> None:
    """1C has no empty date but the first day of its calendar; it pays nobody and is never offered."""
    (fault,) = faults(pay(ENGLISH, person({"started": value})))
    assert (fault.code, fault.fix) == ("P501", None)


def test_everything_wrong_is_said_at_once() -> None:
    """Values, names, targets and the period, each with its place."""
    wrong: dict[str, object] = {
        "revenue": "many",
        "calls": "950.5",
        "meetings": ...,
        "mentr": "yes",
        "mentor": ...,
    }
    assert found(
        {**wrong, "weather": "25", "average_deal": "5"}, targets={"meetings": "3"}, period="July"
    ) == [
        ("P510", "/facts/calls"),
        ("P503", "/facts/revenue"),
        ("P501", "/facts"),
        ("P513", "/facts/mentr"),
        ("P514", "/facts/weather"),
        ("P515", "/facts/average_deal"),
        ("P502", "/targets"),
        ("P516", "/targets/meetings"),
        ("P518", "/period"),
    ]


def test_names_are_matched_by_spelling_and_by_label() -> None:
    """A misspelt name, one in another case, the label; and one given name is never taken twice."""
    for given in ("revenu", "Revenue", "rеvenue", "Revenue in July", "REVENUE IN JULY"):
        (fault,) = faults(pay(ENGLISH, person({"revenue": ..., given: "5"})))
        assert (fault.code, fault.fix, fault.pointer) == ("P513", "revenue", f"/facts/{given}")
    two = found({"calls": ..., "deals": ..., "dealls": "5"})
    assert two == [("P501", "/facts"), ("P513", "/facts/dealls")]


def test_pointers_are_escaped_and_start_where_the_person_stands() -> None:
    """RFC 6901."""
    facts = {**GOOD["en"], "a/b~c": "5"}
    result = pay(ENGLISH, Person("1", "2025-07", facts, TARGETS["en"], "/people/3"))
    assert [fault.pointer for fault in faults(result)] == ["/people/3/facts/a~1b~0c"]


@pytest.mark.parametrize("value", ["x" * 100_000, "\n\t\x00\u202e", {"a": {"b": 1}}, [[[]]], "`"])
def test_no_value_is_echoed_whole(value: object) -> None:
    """What is quoted is short and in one line."""
    (fault,) = faults(pay(ENGLISH, person({"revenue": value})))
    for lang in LANGS:
        said = wording(fault, lang).text
        assert len(said) < 200
        assert "\n" not in said


def test_hostile_names_cost_little() -> None:
    """Thousands of unknown names, and names of thousands of letters, are answered at once."""
    wrong: dict[str, object] = {f"name{number}": "5" for number in range(5000)}
    wrong["revenue" * 10_000] = "5"
    answer = faults(pay(ENGLISH, Person("1", "2025-07", wrong, TARGETS["en"])))
    assert sum(fault.code == "P514" for fault in answer) == 5001
    assert sum(fault.code == "P501" for fault in answer) == 9
    assert all(len(wording(fault, "en").text) < 200 for fault in answer)


def test_targets_are_the_plans_or_the_persons() -> None:
    """The one that counts, and what is wrong with the other."""
    assert found({}, targets={"calls": "0"}) == [("P509", "/targets/calls")]
    assert found({}, targets={"calls": "-1"}) == [("P509", "/targets/calls")]
    assert found({}, targets={"calls": "1000", "revenue": "0.00"}) == [("P509", "/targets/revenue")]
    assert found({}, targets={"calls": "1000", "started": "5"}) == [("P517", "/targets/started")]
    assert found({}, targets={"call": "1000"}) == [("P513", "/targets/call")]


@pytest.mark.parametrize(
    ("period", "code"),
    [("2025-06", "P519"), ("2025-Q2", "P519"), ("2024", "P519"), ("2025", "P520"), ("2025-13", "P518"),
     ("", "P518"), ("2025-Q5", "P518"), ("2025-07-02", "P518"), ("July", "P518"), ("0000", "P518"),
     ("２０２５", "P518"),
     ("2025-07-01", "P536"), ("July 2025", "P536"), ("Июль 2025 г.", "P536"), ("07.2025", "P536"),
     ("01.07.2025 0:00:00", "P536"), ("3 квартал 2025 г.", "P536"), ("Q3 2025", "P536")],
)  # fmt: skip
def test_periods(period: str, code: str) -> None:
    """Periods of no calendar, and those before the plan applies."""
    assert found({}, period=period) == [(code, "/period")]


def test_a_division_by_nothing_is_said_where_it_stands_in_the_plan() -> None:
    """For a formula of the author's, and for a target that comes out as 0."""
    (fault,) = faults(pay(ENGLISH, person({"deals": "0"})))
    assert fault.place is not None
    assert (fault.code, ENGLISH.source.at(fault.place)) == ("P521", "revenue / deals")
    (fault,) = faults(pay(ENGLISH, person({"working_days": "0"})))
    assert fault.place is not None
    assert (fault.code, ENGLISH.source.at(fault.place)) == ("P523", "(0.1% * working_days)")


@pytest.mark.parametrize("default", ["(1 / 3)", "(0.000000000000001 * 0.000000000000000001)"])
def test_a_default_that_nobody_could_give_is_refused(default: str) -> None:
    """Facts end after some digits, and so do defaults."""
    plan = read_plan(
        Source(
            "p", f'plan "x"\nversion 1\ncurrency RUB\nfact x number default {default}\ncommission x * 1 RUB\n'
        )
    )
    assert isinstance(plan, tuple)
    assert [fault.code for fault in plan if fault.severity == "error"] == ["P217"]
    assert places(Fraction(1, 3)) is None


# ── What is doubtful though it is allowed ─────────────────────────────────────────────────────────────────

PRORATED: dict[Lang, str] = {
    "en": """plan "Worked"
version 1
currency RUB
fact worked days
fact norm days
fact calls count
allow division because "a norm is never 0"
salary 60 000 prorated by worked of norm
bonus 1 000
calls weight 100% target 1 000
""",
    "ru": """схема "Отработано"
версия 1
валюта RUB
факт отработано дни
факт норма дни
факт звонки количество
допустить деление_на_ноль потому что "норма больше нуля"
оклад 60 000 пропорционально отработано от норма
премия 1 000
звонки вес 100% план 1 000
""",
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("worked", "calls", "codes"),
    [
        ("23", "9999", []),
        ("25", "1000", ["P538"]),
        ("22", "10000", ["P537"]),
        ("23.5", "110000", ["P538", "P537"]),
    ],
)
def test_what_is_more_than_can_be_is_paid_and_said(
    lang: Lang, worked: str, calls: str, codes: list[str]
) -> None:
    """More than the norm, and an attainment of thousands of per cent; exactly the norm is nothing to tell."""
    plan = compiled(PRORATED[lang])
    values = {"worked": worked, "отработано": worked, "calls": calls, "звонки": calls}
    facts = {name: values.get(name, "23") for name in plan.checked.inputs}
    result = pay(plan, Person("1", "2025-07", facts))
    assert isinstance(result, Result)
    assert sorted(fault.code for fault in result.warnings) == sorted(codes)
    for fault in result.warnings:
        assert fault.severity == "warning"
        assert "{" not in draw(fault, plan.source, lang)


@pytest.mark.parametrize("lang", LANGS)
def test_bounds_of_facts_are_allowed_and_what_is_beyond_is_not(lang: Lang) -> None:
    """Both ends, what lies just beyond, a percentage, a date; without bounds the digest is what it was."""
    words = {
        "en": ("plan", "fact", "from", "up to", "commission"),
        "ru": ("схема", "факт", "от", "до", "процент"),
    }
    plan_, fact, low, high, commission = words[lang]
    version, currency = {"en": ("version", "currency"), "ru": ("версия", "валюта")}[lang]
    kinds = {"en": ("count", "percent", "date"), "ru": ("количество", "проценты", "дата")}[lang]
    since = {"en": "(1 if c > 2025-01-01 otherwise 0)", "ru": "(1 если c > 2025-01-01 иначе 0)"}[lang]
    head = f'{plan_} "x"\n{version} 1\n{currency} RUB\n'
    tail = f"{commission} a * b * 1 RUB * {since}\n"
    ends = f" {low} 0 {high} 31", f" {high} 95%", f" {low} 2025-01-01 {high} 2025-12-31"
    bounded, free = (
        compiled(
            head + "".join(f"{fact} {n} {k}{e}\n" for n, k, e in zip("abc", kinds, more, strict=True)) + tail
        )
        for more in (ends, ("", "", ""))
    )
    assert "low" not in free.kernel.canonical
    assert bounded.kernel.digest != free.kernel.digest
    good = {"a": "31", "b": "95%", "c": "2025-12-31"}
    for name, value, side in (
        ("a", "31", None), ("a", "0", None), ("a", "32", "31"), ("b", "95.0001%", "95%"), ("b", "0.95", None),
        ("c", "2025-01-01", None), ("c", "2024-12-31", "2025-01-01"), ("c", "2026-01-01", "2025-12-31"),
    ):  # fmt: skip
        told = pay(bounded, Person("1", "2025-07", {**good, name: value}))
        if side is None:
            assert isinstance(told, Result)
        else:
            assert not isinstance(told, Result)
            assert [(fault.code, fault.facts["bound"]) for fault in told] == [("P539", side)]


# ── The pages ────────────────────────────────────────────────────────────────────────────────────────────


def test_every_code_of_the_engine_has_a_page() -> None:
    """No code is raised without words, and none has words that is not raised."""
    room = Path(engine.__file__).parent
    raised = {
        code for path in room.rglob("*.py") for code in re.findall(r'"(P[0-9]{3})"', path.read_text("utf-8"))
    }
    own = {*tomllib.loads((room / "messages" / "en.toml").read_text("utf-8"))} - {"phrases"}
    assert raised <= {*codes()}
    assert raised >= {*own, *CODES}


@pytest.mark.parametrize("code", ["P500", *CODES])
def test_both_languages_say_the_same(code: str) -> None:
    """What a message is filled with does not hang on the language."""
    english, russian = (message(code, lang) for lang in LANGS)
    names = [
        {name for _, name, _, _ in Formatter().parse(page.text + page.advice) if name}
        for page in (english, russian)
    ]
    assert names[0] == names[1]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("code", CODES)
def test_the_page_of_a_code_shows_it(code: str, lang: Lang) -> None:
    """The facts on the page raise the code and nothing else; put right, they raise nothing."""
    page = message(code, lang)
    wrong, right = (json.loads(text, parse_int=str, parse_float=str) for text in (page.wrong, page.right))
    plan = compiled(PLANS[lang])
    (fault,) = faults(pay(plan, _merged(lang, wrong, right)))
    assert fault.code == code
    assert faults(pay(plan, _merged(lang, right, right))) == ()
    drawn = draw(fault, plan.source, lang)
    assert "{" not in drawn
    assert wording(fault, lang).title == page.title


def _merged(lang: Lang, document: Any, right: Any) -> Person:
    """The part of a document that a page shows, in a document where all the rest is right."""
    tables = {"facts": GOOD[lang], "targets": TARGETS[lang]}
    for name, good in tables.items():
        if name in document:
            rest = {fact: value for fact, value in good.items() if fact not in right[name]}
            tables[name] = {**rest, **document[name]}
    if "targets" in right and not right["targets"]:
        tables["targets"] = {**TARGETS[lang], **document.get("targets", {})}
    return Person("1", document.get("period", "2025-07"), tables["facts"], tables["targets"])


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_of_a_plan_too_big_shows_it(lang: Lang) -> None:
    """The wrong plan is refused, the right one is not."""
    page = message("P500", lang)
    wrong = read_plan(Source("p", page.wrong))
    assert isinstance(wrong, tuple)
    assert [fault.code for fault in wrong if fault.severity == "error"] == ["P500"]
    compiled(page.right)


@pytest.mark.parametrize("lang", LANGS)
def test_phrases_are_there(lang: Lang) -> None:
    """The words that stand inside the sentences of facts."""
    for name in ("other_names", "no_names", "money", "percent", "count", "number", "days", "date", "yes_no"):
        assert phrase(name, lang)


def test_a_sentence_lists_the_first_of_many_values() -> None:
    """As many as there is room for; that there are others is said."""
    values = [f"g{n}" for n in range(150)]
    plan = compiled(f'plan "x"\nversion 1\ncurrency RUB\nfact grade one of ({"; ".join(values)})\nsalary 5\n')
    found = read_facts(plan, Person("1", "2025-07", {"grade": "x"}))
    assert isinstance(found, tuple)
    known = [fault.facts["known"] for fault in found if fault.code == "P524"]
    assert known == [(*values[:12], "phrase:other_names")]
