"""A department of twelve, paid from three exports: each amount as added up from the files by hand."""

from __future__ import annotations

import csv
import json
import runpy
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from dsl.words import LANGS, Lang
from tests.support.cli import data
from tests.support.places import EXAMPLES

DEPARTMENT = EXAMPLES / "department"
PLANS: dict[Lang, tuple[str, str, str, str]] = {
    "en": ("department.plan", "accounting", "deals", "calls"),
    "ru": ("department.ru.plan", "бухгалтерия", "сделки", "звонки"),
}
SHORTEST = 30  # seconds of a call that counts
TYPED = "107"


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exports, made once."""
    folder = tmp_path_factory.mktemp("july")
    runpy.run_path(str(DEPARTMENT / "exports.py"))["main"](folder)
    return folder


def rows(path: Path, encoding: str) -> list[list[str]]:
    """The rows of an export."""
    return [*csv.reader(path.read_text(encoding).splitlines(), delimiter=";")]


def by_hand(folder: Path) -> dict[str, list[int]]:
    """What each is paid in kopecks, line by line, from the three files and nothing of the product."""
    runs = runpy.run_path(str(DEPARTMENT / "exports.py"))
    numbers = {name: number for number, name in runs["PEOPLE"].items()}
    sold: Counter[str] = Counter()
    for _, _, name, stage, budget, _ in rows(folder / "deals.csv", "utf-8-sig")[1:]:
        sold[numbers[name]] += int(budget.removesuffix("|RUB").replace(" ", "")) * (stage == runs["WON"])
    talks: Counter[str] = Counter()
    for _, _, finish, answer, who, *_ in rows(folder / "calls.csv", "utf-8"):
        talks[who] += answer != "0" and int(finish) - int(answer) >= SHORTEST
    told = {(who, name): value for _, who, name, value, _ in rows(folder / "accounting.csv", "cp1251")[2:]}
    paid = {}
    for who in numbers.values():
        target, received = (
            int(told[who, name].removesuffix(",00")) for name in ("План продаж", "Поступления от клиентов")
        )
        kpis = [(60, sold[who], target), (20, talks[who], 1_400), (20, sold.total(), 54_000_000)]
        paid[who] = [
            60_000_00,
            *(kopecks(500 * weight * pays(Fraction(got, due))) for weight, got, due in kpis),
            kopecks(Fraction(min(received, 4_000_000) + 2 * max(received - 4_000_000, 0), 100)),
        ]
    return paid


def pays(attainment: Fraction) -> Fraction:
    """The part of a share of the bonus that an attainment pays."""
    return min(attainment, Fraction(6, 5)) if attainment >= Fraction(4, 5) else Fraction(0)


def kopecks(roubles: Fraction) -> int:
    """An amount to the nearest kopeck, half a kopeck up."""
    return int(roubles * 100 + Fraction(1, 2))


@pytest.mark.parametrize("lang", LANGS)
def test_everybody_is_paid_what_the_files_come_to_but_whoever_was_typed_in(lang: Lang, exports: Path) -> None:
    """One command for twelve people, and no word of the one who is refused in what the others get."""
    plan, people, deals, calls = PLANS[lang]
    facts = exports / "accounting.csv"
    tables = (f"--map={deals}={exports / 'deals.csv'}", f"--map={calls}={exports / 'calls.csv'}")
    answer = data("evaluate", DEPARTMENT / plan, "--facts", facts, f"--map={people}", *tables, code=1)
    results = {one["employee"]: one for one in answer["results"]}
    expected = by_hand(exports)
    assert results.keys() == expected.keys()
    assert [fault["code"] for fault in results.pop(TYPED)["faults"]] == ["P560"]
    for who, one in results.items():
        assert [round(Fraction(line["amount"]) * 100) for line in one["lines"]] == expected[who], who
        assert TYPED not in json.dumps(one["sources"])


def test_the_exports_are_as_large_as_they_are_said_to_be(exports: Path) -> None:
    """3 000 deals and 40 000 calls, always the same ones."""
    assert len(rows(exports / "deals.csv", "utf-8-sig")) - 1 == 3_000
    assert len(rows(exports / "calls.csv", "utf-8")) == 40_000
