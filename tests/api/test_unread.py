"""Whoever cannot be read leaves open what their colleagues have by the group, on every door."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from api.web.lines import MEDIA
from dsl.words import LANGS, Lang
from tests.support.cli import data, premia, written
from tests.support.service import served

PLAN = {
    "en": 'plan "A"\nversion 1\ncurrency RUB\nfact revenue money\ngroup team\npay own = 1% of revenue\n'
    "pay sales = 1% of (revenue of team)\n",
    "ru": 'схема "A"\nверсия 1\nвалюта RUB\nфакт revenue деньги\nгруппа team\n'
    "начисление own = 1% от revenue\nначисление sales = 1% от (revenue от team)\n",
}
DEALS = """\
plan "Deals"
version 1
currency RUB
table deals
  deal id
  seller employee
  paid_on date, counts
  amount money
group team
sold = sum of amount of deals
pay own = 1% of sold
pay sales = 1% of (sold of team)
pay heads = 100 * (count of team)
"""
Json = dict[str, Any]
WHEN = "2025-07"


def one(employee: object, team: object = "n", revenue: object = "1000", period: object = WHEN) -> Json:
    """Somebody, of a team unless none is said."""
    facts = {"revenue": revenue} if team is None else {"team": team, "revenue": revenue}
    return {"employee": employee, "period": period, "facts": facts}


GOOD = [one("a"), one("b", "s")]
# Who is bad, and whose line by the group waits of the good ones, by which code.
BAD: dict[str, tuple[list[Any], dict[str, str]]] = {
    "a fact of a wrong form": ([one("c", revenue="many")], {"a": "P582"}),
    "a period that is none": ([one("c", period="July!")], {"a": "P590"}),
    "no number, and a team": ([one("", "n")], {"a": "P590"}),
    "no team": ([one("c", None)], {"a": "P590", "b": "P590"}),
    "neither number nor team": ([one("", None)], {"a": "P590", "b": "P590"}),
    "two that contradict": ([one("c"), one("c", revenue="5")], {"a": "P582"}),
    "two of two teams": ([one("c"), one("c", "s")], {"a": "P590", "b": "P590"}),
}
ONLY_JSON: dict[str, tuple[list[Any], dict[str, str]]] = {
    "a number that is none": ([one(["c"])], {"a": "P590"}),
    "a team that is none": ([one("c", ["n"])], {"a": "P590", "b": "P590"}),
    "no person at all": ([7], {"a": "P590", "b": "P590"}),
    "facts that are none": ([{**one("c"), "facts": 7}], {"a": "P590", "b": "P590"}),
    "a field that nobody knows": ([{**one("c"), "what": 7}], {"a": "P582"}),
    "tables that are none": ([{**one("c"), "tables": 7}], {"a": "P582"}),
}


def held(rows: list[Json], waiting: dict[str, str]) -> None:
    """Whose line by the group stays open, and why; everybody else's is paid."""
    found = {row["employee"]: row for row in rows if row.get("employee") in {"a", "b"}}
    assert len(found) == len({"a", "b"})
    for who, row in found.items():
        lines = [line["name"] for line in row["lines"]]
        assert lines == (["own"] if who in waiting else ["own", "sales"]), (who, row)
        codes = {fault["code"] for fault in row["warnings"]}
        assert codes == ({waiting[who]} if who in waiting else set()), (who, row)


def batch(people: list[Any], _: Path, lang: Lang) -> list[Json]:
    """As one document."""
    body = {"source": PLAN[lang], "people": people, "lang": lang}
    found: list[Json] = served().client.post("/evaluate/batch", json=body).json()["results"]
    return found


def lines(people: list[Any], _: Path, lang: Lang) -> list[Json]:
    """As lines."""
    content = "\n".join(map(json.dumps, [{"source": PLAN[lang], "lang": lang}, *people])).encode()
    found = served().client.post("/evaluate/batch", content=content, headers={"content-type": MEDIA})
    return [json.loads(row) for row in found.content.splitlines()][:-1]


def file(name: str, text: Callable[[list[Any]], str]) -> Callable[[list[Any], Path, Lang], list[Json]]:
    """As a file of the command line."""

    def paid(people: list[Any], folder: Path, lang: Lang) -> list[Json]:
        plan, facts = written(folder, "a.plan", PLAN[lang]), written(folder, name, text(people))
        found: list[Json] = data("evaluate", plan, "--facts", facts, code=1, lang=lang)["results"]
        return found

    return paid


def table(people: list[Any]) -> str:
    """Rows of a table."""
    rows = [["employee", "period", "team", "revenue"]]
    for person in people:
        facts = person["facts"]
        rows.append([person["employee"], person["period"], facts.get("team", ""), facts["revenue"]])
    return "".join(",".join(row) + "\n" for row in rows)


FILES = {
    "json": file("july.json", json.dumps),
    "ndjson": file("july.ndjson", lambda people: "\n".join(map(json.dumps, people))),
}
DOORS = {"batch": batch, "lines": lines, **FILES}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("case", [*BAD, *ONLY_JSON])
def test_who_cannot_be_read_is_waited_for(case: str, door: str, lang: Lang, tmp_path: Path) -> None:
    """Wherever they stand, before the others too."""
    bad, waiting = (BAD | ONLY_JSON)[case]
    held(DOORS[door]([*GOOD, *bad], tmp_path, lang), waiting)
    held(DOORS[door]([*bad, *GOOD], tmp_path, lang), waiting)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("case", BAD)
def test_a_row_that_cannot_be_read_is_waited_for(case: str, lang: Lang, tmp_path: Path) -> None:
    bad, waiting = BAD[case]
    held(file("july.csv", table)([*bad, *GOOD], tmp_path, lang), waiting)


def _as_is(text: str, _: list[Any]) -> str:
    return text


@pytest.mark.parametrize("lang", LANGS)
def test_a_broken_row_names_its_line(lang: Lang, tmp_path: Path) -> None:
    """A cell too few, and a row from which on nothing can be read."""
    for broken in ("c,2025-07,n\n", '"c,2025-07,n,1\n'):
        text = table(GOOD) + broken
        rows = file("july.csv", partial(_as_is, text))(GOOD, tmp_path, lang)
        held(rows, {"a": "P590", "b": "P590"})
        assert {"en": "(line 4)", "ru": "(строка 4)"}[lang] in rows[0]["warnings"][0]["text"]


@pytest.mark.parametrize("lang", LANGS)
def test_lines_that_are_no_json_are_waited_for(lang: Lang, tmp_path: Path) -> None:
    rows = file("july.ndjson", lambda people: "\n".join(["{", *map(json.dumps, people)]))(
        GOOD, tmp_path, lang
    )
    held(rows, {"a": "P590", "b": "P590"})


@pytest.mark.parametrize("lang", LANGS)
def test_an_export_by_a_mapping(lang: Lang, tmp_path: Path) -> None:
    """A number that was forgotten there."""
    columns = 'employee = "who"\nperiod = "when"\nteam = "team"\nrevenue = "sum"\n'
    plan = written(tmp_path, "a.plan", PLAN[lang])
    written(tmp_path, "premia.toml", f"[map.crm.columns]\n{columns}")
    rows = "who,when,team,sum\na,2025-07,n,1000\nb,2025-07,s,1000\n,2025-07,n,5\n"
    export = written(tmp_path, "crm.csv", rows)
    found = premia("evaluate", plan, "--facts", export, "--map", "crm", "--json", lang=lang)
    held(json.loads(found.stdout)["results"], {"a": "P590"})


def test_who_says_it_twice_counts_once(tmp_path: Path) -> None:
    """The same row, and another way to write the period."""
    for door in (batch, lines):
        rows = door([one("a"), one("a"), one("c", period="07.2025")], tmp_path, "en")
        assert [row["total"] for row in rows] == ["30.00", "30.00", "30.00"]


def test_a_total_is_nobody(tmp_path: Path) -> None:
    held(batch([*GOOD, one("Total", None)], tmp_path, "en"), {})


# ── Records ──────────────────────────────────────────────────────────────────────────────────────────────


def deals(*strange: Json, **tables: list[Json]) -> list[Json]:
    """What two of two teams are paid with a deal of `a` and some strange ones."""
    people = [
        {"employee": who, "period": WHEN, "facts": {"team": team}} for who, team in (("a", "n"), ("b", "s"))
    ]
    rows = [deal("1", "a"), *strange]
    body = {"source": DEALS, "people": people, "tables": {"deals": rows, **tables}}
    found: list[Json] = served().client.post("/evaluate/batch", json=body).json()["results"]
    return found


def deal(number: str, seller: object, day: str = "2025-07-03", amount: str = "1000") -> Json:
    """A deal of July."""
    return {"deal": number, "seller": seller, "paid_on": day, "amount": amount}


def opened(rows: list[Json]) -> list[list[str]]:
    """The lines of each that stay open, with the codes that say why."""
    return [
        [*(one["name"] for one in row.get("open", ())), *(one["code"] for one in row["warnings"])]
        for row in rows
    ]


def test_records_of_somebody_who_is_not_there() -> None:
    """Where a table says their team only that waits, and only by what hangs on the records."""
    assert opened(deals()) == [[], []]
    assert opened(deals(deal("2", "x"))) == [["sales", "P592"], ["sales", "P592"]]
    assert opened(deals(deal("2", "x"), team=[{"employee": "x", "team": "s"}])) == [[], ["sales", "P592"]]
    assert opened(deals(deal("2", "x"), team=[{"employee": "x", "team": "z"}])) == [[], []]
    assert opened(deals(deal("2", "x", "2025-06-03"))) == [[], []]
    assert opened(deals(deal("2", "x", amount="many"))) == [["sales", "P592"], ["sales", "P592"]]


def test_records_of_nobody() -> None:
    """Any team may have them: whoever waits is told of the records too."""
    assert opened(deals(deal("2", ""))) == [["sales", "P595", "P591"]] * 2
    assert opened(deals(deal("2", None))) == [["sales", "P595", "P591"]] * 2


def test_a_row_that_places_nobody() -> None:
    """Anybody may be meant."""
    for row in ({"team": "n"}, {"employee": "", "team": "n"}):
        assert opened(deals(team=[row])) == [["sales", "heads", "P588"]] * 2
