"""Repairs that are offered of facts: made where they are offered, they are taken."""

from __future__ import annotations

import csv
import json
from collections import Counter
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from dsl.words import LANGS, Lang
from tests.support.cli import premia, written
from tests.support.service import Service

PLANS: dict[Lang, str] = {
    "en": """plan "Facts"
version 2025-07
currency RUB
fact revenue "Revenue" money
fact rate "Rate" percent from 0% to 50%
fact calls "Calls" count
fact ktu "Coefficient" number from 0 to 3
fact off "Days off" days
fact hired "Hired" date
fact passed "Passed" yes/no
fact grade "Grade" one of (junior; senior; team_lead)
salary 1 000 if passed otherwise 0
commission rate * revenue * ktu
pay calling = calls * 5 + off / 1 day * 3 + (5 if hired < 2025-01-01 otherwise 0)
pay graded = by grade (junior: 1; senior: 2; team_lead: 3)
""",
    "ru": """схема "Факты"
версия 2025-07
валюта RUB
факт revenue "Выручка" деньги
факт rate "Ставка" проценты от 0% до 50%
факт calls "Звонки" количество
факт ktu "Коэффициент" число от 0 до 3
факт off "Отгулы" дни
факт hired "Принят" дата
факт passed "Сдал" да/нет
факт grade "Класс" одно из (junior; senior; team_lead)
оклад 1 000 если passed иначе 0
процент rate * revenue * ktu
начисление за_звонки = calls * 5 + off / 1 день * 3 + (5 если hired < 2025-01-01 иначе 0)
начисление за_класс = по grade (junior: 1; senior: 2; team_lead: 3)
""",
}
RIGHT = {
    "revenue": "1000",
    "rate": "5%",
    "calls": "5",
    "ktu": "1",
    "off": "2",
    "hired": "2024-01-31",
    "passed": "yes",
    "grade": "junior",
}
# Values as people type them, which are not all wrong for facts of every kind.
NUMBERS = """
    3.3E+06 3,3e5 ３３００ ３，５ 3.300.000,00 3,300,000.00 1.234 1,234 .5 ,5 5. 5, 1'000 1’000.50 (500) −5
    +5 5% 0,5% 5%% 210% 2,1 12.5 45 0.45 60 1/2 ½ 1e3 О5 l0 1O0 5O% n/a — 5k 12,345 12.345.678 3шт 5d 12:30
    0x10 1_000 =5 5; 1..5 --5 1000р $5 1000₽ 0.125 99.999 -0 1e-3 33.333
"""
DAYS = """
    31.07.2025 31/07/2025 07/31/2025 2025/07/31 31.7.2025 1.7.25 20250731 2025-7-31 2025-07 2025-13-01
    31.02.2025 45869 2025-07-31T00:00:00 31,07,2025 ３１.07.2025 31.O7.2025 01.02.2025 2025-07-31Z
    2025-07-31, .31.07.2025
"""
ANSWERS = "TRUE Да y 1 + ✓ yess нет. истина дa неа net"
GRADES = "Junior senoir team-lead Team_Lead сеньор junior. jnior lead"
WRONG = {
    **dict.fromkeys(
        ("revenue", "rate", "calls", "ktu", "off"),
        (*NUMBERS.split(), "1 000 руб.", "1 2", "12 34", "5 тыс.", "5 дней"),
    ),
    "hired": (*DAYS.split(), "31 July 2025", "31 июля 2025 г.", "31.07.2025 0:00:00"),
    "passed": ANSWERS.split(),
    "grade": (*GRADES.split(), "team lead"),
}
MADE = [(name, value) for name, values in WRONG.items() for value in values]

# What is misspelt, and where it stands.
MISNAMED = {
    "fact": ("revenu", "rates", "Calls", "Коэффициент", "of", "hire", "pased", "grades", "Выручка"),
    "field": ("employe", "perod", "fact", "Employee", "target"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both plans."""
    folder = tmp_path_factory.mktemp("plans")
    for lang, text in PLANS.items():
        written(folder, f"{lang}.plan", text)
    return folder


@pytest.fixture(scope="module")
def service(folder: Path) -> Service:
    return Service(folder)


def answers(service: Service, lang: Lang, people: list[Any]) -> list[Any]:
    """What the service answers for each of them."""
    status, answer = service.post("/evaluate/batch", {"plan": lang, "lang": lang, "people": people})
    assert status == 200
    return list(answer["results"])


def person(number: int, facts: dict[str, str]) -> dict[str, Any]:
    return {"employee": str(number), "period": "2025-07", "facts": facts}


def wrong(answer: Any) -> list[Any]:
    """What is said against somebody's facts."""
    return [
        *answer.get("faults", ()),
        *(one for one in answer.get("warnings", ()) if one["severity"] != "notice"),
    ]


def repairs(answer: Any) -> list[Any]:
    return [fault for fault in wrong(answer) if "fix" in fault]


@pytest.mark.parametrize("lang", LANGS)
def test_a_value_that_is_offered_is_taken(service: Service, lang: Lang) -> None:
    found = answers(
        service, lang, [person(at, {**RIGHT, name: value}) for at, (name, value) in enumerate(MADE)]
    )
    offers = [(at, fault) for at, answer in enumerate(found) for fault in repairs(answer)]
    mended = [person(at, {**RIGHT, MADE[at][0]: fault["fix"]}) for at, fault in offers]
    left = [
        (MADE[at], fault["fix"], wrong(answer))
        for (at, fault), answer in zip(offers, answers(service, lang, mended), strict=True)
        if wrong(answer)
    ]
    assert left == []
    codes = Counter(fault["code"] for _, fault in offers)
    assert codes["P522"] >= 30
    assert codes["P524"] >= 6


@pytest.mark.parametrize("lang", LANGS)
def test_a_cell_that_is_offered_is_taken(folder: Path, tmp_path: Path, lang: Lang) -> None:
    """Each in a table of its own, since other cells tell how a column marks its decimals."""
    offers = 0
    for name, value in MADE[::3]:
        (answer,) = table(folder, tmp_path, lang, {name: value})
        for fault in repairs(answer):
            offers += 1
            (mended,) = table(folder, tmp_path, lang, {name: fault["fix"]})
            assert wrong(mended) == [], (name, value, fault["fix"])
    assert offers >= 10


def table(folder: Path, tmp_path: Path, lang: Lang, change: dict[str, str]) -> list[Any]:
    """What is answered for a table of one row."""
    text = StringIO()
    rows = csv.writer(text, delimiter=";")
    rows.writerow(["employee", "period", *RIGHT])
    rows.writerow(["1", "2025-07", *{**RIGHT, **change}.values()])
    path = written(tmp_path, "people.csv", text.getvalue())
    said = premia("evaluate", folder / f"{lang}.plan", "--facts", path, "--json", "--lang", lang)
    document = json.loads(said.stdout)
    return list(document["results"]) if "results" in document else [document]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", MISNAMED["fact"])
def test_a_name_of_a_fact_that_is_offered_is_taken(service: Service, lang: Lang, name: str) -> None:
    for right in RIGHT:
        facts = {name if one == right else one: value for one, value in RIGHT.items()}
        (answer,) = answers(service, lang, [person(1, facts)])
        for fault in repairs(answer):
            given = fault["pointer"].rpartition("/")[2]
            renamed = {fault["fix"] if one == given else one: value for one, value in facts.items()}
            assert wrong(answers(service, lang, [person(1, renamed)])[0]) == [], (right, name)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", MISNAMED["field"])
def test_a_name_of_a_field_that_is_offered_is_taken(service: Service, lang: Lang, name: str) -> None:
    """In its place, and beside the one that is meant, where a second one would be too much."""
    whole = {**person(1, RIGHT), "plan": lang, "lang": lang}
    for right in ("employee", "period", "facts", None) if name != "target" else (None,):
        body = {name if one == right else one: value for one, value in whole.items()}
        body |= {} if right else {name: {} if name == "target" else "1"}
        status, problem = service.post("/evaluate", body)
        offers = [] if status == 200 else [one for one in problem["faults"] if "fix" in one]
        for fault in offers:
            given = fault["pointer"].rpartition("/")[2]
            status, _ = service.post(
                "/evaluate", {fault["fix"] if one == given else one: value for one, value in body.items()}
            )
            assert status == 200, (right, name, fault["fix"])
            assert fault["fix"] not in body, (right, name)
