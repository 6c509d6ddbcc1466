"""What differs between two plans is told by names and clauses: as text, as data, in Markdown, on a page."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from api.diff import PlanComparison
from dsl import tree
from dsl.diff import diff
from dsl.parse import parse
from dsl.source import Source
from dsl.translate import translate
from dsl.words import LANGS, Lang
from dsl.write import write
from tests.support.cli import data, premia, written
from tests.support.ivanov import NEW, SHIFTS, TEXT
from tests.support.pages import pages
from tests.support.places import EXAMPLES, FACTS, IVANOV, PLANS
from tests.support.published import unlike
from tests.support.service import PERSON, Service

LANGUAGES = pytest.mark.parametrize("lang", LANGS)
OTHER: dict[Lang, Lang] = {"en": "ru", "ru": "en"}
TEXTS = {
    **{path.name: path.read_text("utf-8") for path in PLANS},
    **{
        f"{page.name}:{lang}:{at}": plan.text
        for page in pages()
        for lang in LANGS
        for at, plan in enumerate(page.plans(lang))
    },
}


def changed(old: str, new: str) -> list[tuple[str, str, str]]:
    """Each change in a row: its sign, what is changed, and how it reads."""
    found: list[tuple[str, str, str]] = []
    for item in diff(parse(Source("old", old)), parse(Source("new", new))).items:
        name = " ".join(part for part in item.key if part)
        if item.sign != "~" or item.formerly:
            found.append((item.sign, name, item.formerly or ""))
        for change in item.changes:
            texts = (None if part is None else part.text("en") for part in (change.old, change.new))
            found.append((change.sign, name, " -> ".join(map(str, texts))))
    return found


# ── What is changed ──────────────────────────────────────────────────────────────────────────────────────


def test_two_weights() -> None:
    assert changed(TEXT, NEW) == [
        ("~", "kpi conversion", "weight 20% -> weight 30%"),
        ("~", "kpi calls", "weight 20% -> weight 10%"),
    ]


HEAD = 'plan "X"\nversion 1\ncurrency RUB\nfact a money\nbonus 1 000\na weight 100% cutoff 80% target 5\n'


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("cutoff 80%", "", [("-", "kpi a", "cutoff 80% -> None")]),
        ("cutoff 80%", "cutoff 80% on excess", [("~", "kpi a", "cutoff 80% -> cutoff 80% on excess")]),
        ("target 5", "target 5 or personal", [("~", "kpi a", "target 5 -> target 5 or personal")]),
        (
            "cutoff 80%",
            "cutoff 80% accel 1.2 above 100%",
            [("+", "kpi a", "None -> accel 1.2 on all above 100%")],
        ),
        ("fact a money", "fact a money can be negative", [("+", "fact a", "None -> can be negative")]),
        ("bonus 1 000", "bonus 1 000\nsalary 5", [("+", "salary", "")]),
        ("version 1", "version 2", [("~", "version", "1 -> 2")]),
        (
            "bonus 1 000",
            'bonus 1 000\nallow cliff because "so"',
            [("+", "allow cliff", "")],
        ),
        (
            "target 5\n",
            'target 5\nexample "one"\n  given a 5\n  pays a 1 000\n',
            [("+", "example one", "")],
        ),
        (
            "target 5\n",
            "target 5\ncommission on a, each band at its own rate\n  up to 10: 1%\n  above 2%\n",
            [("+", "pay commission", "")],
        ),
    ],
)
def test_a_change(old: str, new: str, said: list[tuple[str, str, str]]) -> None:
    """It is told, and told the other way round when it is taken back."""
    back = {"+": "-", "-": "+", "~": "~"}
    assert changed(HEAD, HEAD.replace(old, new, 1)) == said
    undone = changed(HEAD.replace(old, new, 1), HEAD)
    assert [(sign, name) for sign, name, _ in undone] == [(back[sign], name) for sign, name, _ in said]


def test_rows_are_told_by_their_bounds() -> None:
    table = "commission on a, each band at its own rate\n  up to 10: 1%\n  up to 20: 2%\n  above 3%\n"
    new = table.replace("2%", "4%").replace("up to 10: 1%\n", "up to 5: 0.5%\n  up to 10: 1%\n")
    assert changed(HEAD + table, HEAD + new) == [
        ("~", "pay commission", "up to 20: 2% -> up to 20: 4%"),
        ("+", "pay commission", "None -> up to 5: 0.5%"),
    ]


def test_an_answer_and_an_example_are_compared() -> None:
    new = TEXT.replace("is the promise", "is promised").replace("calls 950;", "calls 960;")
    assert [row[:2] for row in changed(TEXT, new)] == [("~", "allow cliff"), ("~", "example Ivanov, July")]


def test_digits_of_an_example_are_told_as_they_are_written() -> None:
    """A digit more asks more of what is shown, and the same of what is given and paid."""
    old = TEXT.replace(
        "  pays  revenue 26 400;", "  shows attainment of avg_deal 95%\n  pays  revenue 26 400;"
    )
    longer = old.replace("avg_deal 142 500;", "avg_deal 142 500.0;").replace(
        "revenue 26 400;", "revenue 26 400.00;"
    )
    assert "142 500.0; " in longer
    assert "26 400.00;" in longer
    assert changed(old, longer) == []
    assert changed(longer, longer.replace("95%", "95.0%").replace("26 400.00;", "26 400.50;")) == [
        ("~", "example Ivanov, July", "attainment of avg_deal 95% -> attainment of avg_deal 95.0%"),
        ("~", "example Ivanov, July", "revenue 26 400.00 -> revenue 26 400.50"),
    ]


def renamed(text: str) -> str:
    """The plan with another name for calls, whose label stays."""
    return re.sub(r'\bcalls\b(?!")', "rings", text)


def test_a_new_name_is_told_where_all_else_is_the_same() -> None:
    assert changed(TEXT, renamed(TEXT)) == [("~", "fact rings", "calls")]


def test_another_label_may_be_another_thing() -> None:
    new = renamed(TEXT).replace("Successful calls", "Rings")
    assert {("-", "kpi calls", ""), ("+", "kpi rings", "")} <= {*changed(TEXT, new)}


# ── What is no change ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", TEXTS)
def test_form_and_language_are_no_change(name: str) -> None:
    """Formatted, clauses and facts in another order, comments gone, translated: it is the same plan."""
    text = TEXTS[name]
    parsed = parse(Source(name, text))
    if parsed.lacking:
        return
    texts = [text, write(parsed.tree), write(shuffled(parsed.tree))]
    other = translate(parsed, OTHER[parsed.lang]).text
    for new in [*texts, *([other] if other is not None else [])]:
        assert changed(text, new) == [], new


def shuffled(plan: tree.Plan) -> tree.Plan:
    """The same plan with clauses in another order, without comments, facts last."""
    chance = Random(7)
    statements: list[tree.Statement] = []
    for line in plan.statements:
        bare = replace(line, notes=tree.Notes())
        if isinstance(bare, tree.Kpi):
            clauses = [*bare.clauses]
            chance.shuffle(clauses)
            bare = replace(bare, clauses=tuple(sorted(clauses, key=_after_table)))
        statements.append(bare)
    statements.sort(key=lambda line: isinstance(line, tree.Fact))
    return replace(plan, statements=tuple(statements))


def _after_table(clause: tree.Clause) -> int:
    """Several clauses of one sort stay as they are; the others may stand anywhere."""
    return tree.CLAUSE_ORDER.index(type(clause)) if isinstance(clause, tree.Accel | tree.Decel) else 0


@LANGUAGES
def test_no_change_is_said_aloud(tmp_path: Path, lang: Lang) -> None:
    new = written(tmp_path, "ivanov.plan", TEXT.replace("  cutoff", " cutoff") + "# a comment\n")
    result = premia("diff", IVANOV, new, lang=lang)
    said = {
        "en": "no change of meaning: comments, formatting only",
        "ru": "смысл не изменился; изменилось только: комментарии, оформление",
    }
    assert result.exit_code == 0
    assert result.stdout.strip().endswith(said[lang])
    assert premia("diff", IVANOV, IVANOV).stdout.strip().endswith("no change")


# ── What it pays, and whom ───────────────────────────────────────────────────────────────────────────────


def compared(tmp_path: Path, *more: object, code: int = 1, old: str = TEXT, new: str = NEW) -> Any:
    """The comparison of two texts as data, which is what is published."""
    before, after = written(tmp_path, "old.plan", old), written(tmp_path, "new.plan", new)
    document = data("diff", before, after, *more, code=code)
    assert not unlike(PlanComparison, document)
    return document["plans"][0]


def test_the_reference_change(tmp_path: Path) -> None:
    """`domain.md`, section 7, on Ivanov's facts: to the kopeck, and the parts add up."""
    people = compared(tmp_path, "--facts", FACTS)["people"]
    (row,) = people["rows"]
    assert [(line["name"], line["old"], line["new"]) for line in row["lines"]] == [
        ("conversion", "12600.00", "18900.00"),
        ("calls", "9500.00", "4750.00"),
    ]
    assert (people["old"], people["new"], people["change"]) == ("119800.00", "121350.00", "1550.00")
    assert [part["change"] for part in people["parts"]] == ["-4750.00", "6300.00"] == row["parts"]
    assert (people["gain"], people["lose"], people["same"]) == (1, 0, 0)


def test_the_intervals(tmp_path: Path) -> None:
    calls = next(line for line in compared(tmp_path)["money"] if line["line"] == "calls")
    assert [
        (one["from"]["exact"], one["from_included"], one["to"] and one["to"]["exact"], one["to_included"])
        for one in calls["stretches"]
    ] == [("4/5", True, "1", True), ("1", False, None, False)]
    assert [one["change"]["slope"] for one in calls["stretches"]] == ["-5000", "-6000"]
    assert calls["stretches"][0]["change"]["text"] == "−4 000 … −5 000"


def test_who_gains_is_a_person_and_no_row(tmp_path: Path) -> None:
    """More in one month and less in another is one person, who gains or loses by both together."""
    facts = json.loads(FACTS.read_text("utf-8"))
    year = written(
        tmp_path, "year.json", json.dumps([{**facts, "period": f"2025-{month:02}"} for month in (7, 8, 9)])
    )
    people = compared(tmp_path, "--facts", year)["people"]
    assert [people[name] for name in ("gain", "lose", "same")] == [1, 0, 0]
    assert len(people["rows"]) == 3


def test_whom_only_one_plan_can_pay(tmp_path: Path) -> None:
    """Is listed, and never stops the others."""
    new = SHIFTS
    people = compared(tmp_path, "--facts", FACTS, new=new)["people"]
    (odd,) = people["only_old"]
    assert (odd["employee"], odd["total"], odd["faults"][0]["code"]) == ("Ivanov", "119800.00", "P501")
    assert people["rows"] == people["only_new"] == people["neither"] == []


def test_a_fact_that_only_the_new_plan_asks_for(tmp_path: Path) -> None:
    """Is not held against whom the old plan pays as well."""
    facts = json.loads(Path(FACTS).read_text("utf-8"))
    facts["facts"]["shifts"] = 20
    given = written(tmp_path, "facts.json", json.dumps(facts))
    people = compared(tmp_path, "--facts", given, new=SHIFTS)["people"]
    assert people["only_old"] == people["only_new"] == people["neither"] == []
    assert people["change"] == "1750.00"


def test_plans_that_check_only_together(tmp_path: Path) -> None:
    """A fact and the formula that needs it: the parts add up all the same."""
    new = NEW.replace("commission 2%", "rate percent = 3%\ncommission rate").replace(
        "rate of margin", "rate * margin"
    )
    people = compared(tmp_path, "--facts", FACTS, new=new)["people"]
    assert people["change"] == "2450.00"
    assert people["unsplit"] == "0.00"
    assert sum(int(part["change"].replace(".", "")) for part in people["parts"]) == 245000


def test_currencies_apart(tmp_path: Path) -> None:
    people = compared(tmp_path, "--facts", FACTS, new=NEW.replace("RUB", "KZT"))["people"]
    assert [fault["code"] for fault in people["faults"]] == ["P721"]


def test_a_new_name_in_facts(tmp_path: Path) -> None:
    """Facts under the old name are paid by both plans."""
    people = compared(tmp_path, "--facts", FACTS, new=renamed(NEW))["people"]
    assert people["change"] == "1550.00"


def test_what_breaks_for_others_is_named(tmp_path: Path) -> None:
    new = SHIFTS
    assert [fault["code"] for fault in compared(tmp_path, new=new)["interface"]] == ["P717"]


def test_grades_are_told_apart(tmp_path: Path) -> None:
    old = (EXAMPLES / "grades" / "grades.plan").read_text("utf-8")
    found = compared(tmp_path, old=old, new=old.replace("senior: 90 000)\nbonus", "senior: 95 000)\nbonus"))
    (line,) = found["money"]
    assert (line["line"], line["sorts"]) == ("salary", [{"grade": "senior"}])
    assert line["stretches"][0]["change"]["text"] == "+5 000"


TABLES = [
    ("talk at least 30 seconds", "talk at least 20 seconds", "~ figure good_calls amount"),
    ("  meeting  id\n", "  meeting  id\n  place    text\n", "~ records_table meetings column + place text"),
    (
        "  started                         time in Europe/Moscow, counts\n",
        "",
        "~ records_table calls column - started time in Europe/Moscow, counts",
    ),
    ("direction in; answered yes", "direction in; answered no", "~ example 29, 30 and 95 seconds record"),
]


@pytest.mark.parametrize(("old", "new", "told"), TABLES)
def test_tables_and_their_records_are_told_by_their_names(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    text = (EXAMPLES / "telephony" / "telephony.plan").read_text("utf-8")
    assert old in text
    (item,) = compared(tmp_path, old=text, new=text.replace(old, new, 1))["changes"]
    (change,) = item["parts"]
    one = f"{item['sign']} {item['what']} {item['name']} {change['slot']}"
    assert told in {one, f"{one} {change['sign']} {change['old'] or change['new']}"}


def test_a_table_that_came_is_told_with_its_columns(tmp_path: Path) -> None:
    text = (EXAMPLES / "telephony" / "telephony.plan").read_text("utf-8")
    (item,) = compared(tmp_path, old=text, new=f"{text}\ntable trips\n  trip id\n")["changes"]
    assert item["text"] == ["table trips", "  trip id"]


# ── How it is written ────────────────────────────────────────────────────────────────────────────────────


@LANGUAGES
def test_text_fits_the_screen(tmp_path: Path, lang: Lang) -> None:
    new = written(tmp_path, "new.plan", NEW.replace("2% of", "3% of"))
    result = premia("diff", IVANOV, new, "--facts", FACTS, "--pictures", lang=lang)
    assert result.exit_code == 1
    rows = result.stdout.replace(str(tmp_path), "").splitlines()
    assert max(map(len, rows)) <= 100
    assert any("+1 550" in row or "+2 450" in row for row in rows)
    assert any("●" in row for row in rows)


@LANGUAGES
def test_markdown_and_page(tmp_path: Path, lang: Lang) -> None:
    new = written(tmp_path, "new.plan", NEW)
    options = ("--facts", FACTS, "--format")
    markdown = premia("diff", IVANOV, new, *options, "markdown", lang=lang).stdout
    tables = [row for row in markdown.splitlines() if row.startswith("|")]
    assert any("−4 750" in row and "10%" in row for row in tables)
    page = premia("diff", IVANOV, new, *options, "html", lang=lang).stdout
    assert page.count("<svg") == 2
    assert "−4 750" in page
    assert not re.search(r"(src|href)=\"http", page)


def test_folders_by_id(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        shutil.copytree(EXAMPLES / "ivanov", folder)
    written(two, "ivanov.plan", NEW)
    (two / "ivanov.ru.plan").unlink()
    written(two, "more.plan", HEAD)
    result = data("diff", one, two, "--facts", EXAMPLES / "ivanov", code=1)
    assert [(plan["id"], plan["sign"]) for plan in result["plans"]] == [
        ("ivanov", "~"),
        ("ivanov.ru", "-"),
        ("more", "+"),
    ]
    assert result["plans"][0]["people"]["change"] == "1550.00"
    assert premia("diff", one, one).exit_code == 0


def test_trouble_ends_with_2(tmp_path: Path) -> None:
    broken = written(tmp_path, "broken.plan", TEXT.replace("weight 40%", "wieght 40%"))
    result = premia("diff", IVANOV, broken)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "broken.plan:15" in result.stderr
    assert data("diff", IVANOV, broken, code=2)["trouble"]
    assert premia("diff", IVANOV, tmp_path).exit_code == 2
    assert premia("diff", IVANOV, tmp_path / "none.plan").exit_code == 2
    assert premia("diff", IVANOV, IVANOV, "--format", "docx").exit_code == 2


# ── Over HTTP ────────────────────────────────────────────────────────────────────────────────────────────


def test_over_http(service: Service) -> None:
    body = {"old": {"plan": "ivanov"}, "new": {"source": NEW}, "people": [PERSON, {"employee": "x"}]}
    status, answer = service.post("/diff", body)
    (plan,) = answer["plans"]
    assert (status, plan["sign"], plan["people"]["change"]) == (200, "~", "1550.00")
    assert [row["employee"] for row in plan["people"]["neither"]] == ["x"]
    assert service.post("/diff", {"old": {"plan": "ivanov"}, "new": {"source": TEXT}})[1]["changed"] is False


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        ({"old": {"plan": "ivanov"}}, 422, ""),
        ({"old": {"plan": "nobody"}, "new": {"plan": "ivanov"}}, 404, "/old/plan"),
        ({"old": {"plan": "ivanov"}, "new": {"plan": "ivanov", "source": ""}}, 422, "/new"),
        ({"old": {"plan": "ivanov"}, "new": 5}, 422, "/new"),
        ({"old": {"plan": "ivanov"}, "new": {"plan": "ivanov"}, "people": [{}] * 301}, 422, "/people"),
        ({"old": {"plan": "ivanov"}, "new": {"plan": "ivanov"}, "people": []}, 422, "/people"),
        ({"old": {"plan": "ivanov", "x": 1}, "new": {"plan": "ivanov"}}, 422, "/old/x"),
    ],
)
def test_what_is_refused(service: Service, body: dict[str, Any], status: int, pointer: str) -> None:
    answered, problem = service.post("/diff", body)
    assert (answered, problem["faults"][0].get("pointer")) == (status, pointer)


def test_a_broken_text_is_refused_with_its_place(service: Service) -> None:
    status, problem = service.post("/diff", {"old": {"plan": "ivanov"}, "new": {"source": TEXT + "oops\n"}})
    assert status == 422
    assert problem["faults"][0]["place"]["line"] == TEXT.count("\n") + 1
