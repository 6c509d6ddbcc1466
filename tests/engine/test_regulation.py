"""The regulation on bonuses: what it says of a plan, and that both ways of writing it down say the same."""

from __future__ import annotations

import json
import pickle
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from random import Random
from string import Formatter
from zipfile import ZipFile

import docx
import pytest
from docx.table import Table as Grid
from docx.text.paragraph import Paragraph as Said
from starlette.testclient import TestClient
from typer.testing import CliRunner, Result

from api.cli.commands import app
from api.paper import page, word
from api.regulation import gaps, made
from api.store import registry
from api.web import create_app
from dsl.faults import Fault
from dsl.record import plain
from dsl.source import Source
from dsl.words import LANGS, Lang
from engine.compile import Compiled, read_plan
from engine.examples import run
from engine.paper import Table
from engine.regulation import Regulation, regulation
from engine.regulation.speaker import Narrator
from tests.support.answers import source_of
from tests.support.pages import pages, whole
from tests.support.places import EXAMPLES, GOLDEN, IVANOV, PLANS
from tests.support.plans import draft
from tests.support.published import unlike
from tests.support.regulations import prose, regulated, texts
from tests.support.sales import plan
from tests.support.service import served
from tests.support.work import counted

SHOWN = ("ivanov/ivanov", "grades/grades")
LANGUAGES = pytest.mark.parametrize("lang", LANGS)


# ── The examples, read by a person ───────────────────────────────────────────────────────────────────────


@LANGUAGES
@pytest.mark.parametrize("slug", SHOWN)
def test_the_regulation_of_an_example(slug: str, lang: Lang, golden: bool) -> None:
    """The regulation is as it was when somebody last read it."""
    file = EXAMPLES / f"{slug}{'.ru' if lang == 'ru' else ''}.plan"
    said = "\n".join(texts(regulation(plan(file.read_text("utf-8")), lang))) + "\n"
    kept = GOLDEN / f"regulation-{file.stem.removesuffix('.ru')}.{lang}.txt"
    if golden:
        kept.write_text(said, "utf-8")
    assert said == kept.read_text("utf-8")


@LANGUAGES
@pytest.mark.parametrize("file", PLANS, ids=lambda file: file.stem)
def test_every_example_in_both_languages_written_in_both_ways(file: Path, lang: Lang) -> None:
    compiled = read_plan(Source(file.name, file.read_text("utf-8")))
    if isinstance(compiled, Compiled):  # definitions that other plans include are no plan
        held(compiled, lang)


def html(whole: Regulation) -> str:
    found = page.html(whole.paper)
    assert isinstance(found, str)
    return found


def written(whole: Regulation) -> bytes | Fault:
    return word.docx(whole.paper)


UNFIT = re.compile("[\x01-\x08\ufffe\uffff]")  # what a file of a word processor cannot hold


def held(compiled: Compiled, lang: Lang) -> None:
    """A page and a file of a word processor hold every text of the document, in its order."""
    whole = regulation(compiled, lang)
    expected = [" ".join(text.split()) for text in texts(whole) if text]
    assert [" ".join(text.split()) for text in shown(html(whole))] == expected
    file = written(whole)
    assert isinstance(file, bytes)
    assert [" ".join(text.split()) for text in filed(file)] == [UNFIT.sub("", text) for text in expected]


class Page(HTMLParser):
    """The texts of the elements of a page that hold some."""

    HOLD = frozenset({"p", "h1", "h2", "li", "th", "td", "pre"})

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in self.HOLD:
            self.inside = True
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag not in self.HOLD

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[-1] += data


def shown(page: str) -> list[str]:
    reader = Page()
    reader.feed(page)
    return [text for text in reader.found if text.strip()]


def filed(file: bytes) -> Iterator[str]:
    """The texts of a file; a number that is written before an item of a list is no part of it."""
    for part in docx.Document(BytesIO(file)).iter_inner_content():
        match part:
            case Said() if part.text.strip():
                yield re.sub(r"^[0-9]+\) ", "", part.text)
            case Grid():
                yield from (cell.text for row in part.rows for cell in row.cells if cell.text.strip())
            case _:
                pass


# ── Whatever the plan ────────────────────────────────────────────────────────────────────────────────────


def test_random_plans_have_a_regulation() -> None:
    """Every construct is told of, now in one language and now in the other, and written in both ways."""
    told = 0
    for seed in range(30):
        compiled = read_plan(Source("random", draft(Random(seed)).text))
        if isinstance(compiled, Compiled):
            told += 1
            held(compiled, LANGS[told % 2])
    assert told > 17


def test_the_words_of_both_languages_match() -> None:
    """Each sentence is there in both languages, filled with the same facts."""
    one, other = (words(lang) for lang in LANGS)
    assert one.keys() == other.keys()
    for name in one:
        assert fields(one[name]) == fields(other[name]), name


EVERYTHING = """salary 5
fact pause duration
group team
pay mine = 1 * (k of team)
pay rested = 5 if pause > 30 seconds otherwise 0
bonus 5
k weight 100% target 5
variable pay cap 5
total cap 500
payment due bonus "a"
payment grounds total "b"
payment due variable pay "c"
payment due commission "d"
payment due salary "e"
commission 5
pay along = line by k
  below 10: 0
  at 10:    10 000
  at 20:    30 000
  above 20: 30 000
"""


RECORDS = """fact hours "Hours" number
fact tardy "Came too late" yes/no default no
group region
group brigade "Brigade" within region, shares open
group crew "Crew"
group branches "Branches" led by head
group people "All below" led by head at all levels
table deals "Deals" taken from crm late on arrival within 45 days
  deal     id
  seller   employee
  paid_on  date, counts
  amount   money can be negative
  size     "Size of the deal" one of (small; large) default small
table parts "Parts" taken from "the log" late to their month within 3 days
  deal     record of deals
  helper   employee
  share    percent, together 100% by deal
  more     percent, together at least 100% by deal
  less     percent, together at most 100% by deal
  amount   of deal
  paid_on  of deal, counts
table calls
  operator  employee
  talk      duration minutes default 1 minute
rate "Rate" percent = steps by hours
  below 10: 1%
  above     2%
lately = last of amount of deals in order of paid_on
place = rank of hours of crew
talked = sum of talk of calls
commission on amount of deals in order of paid_on, each band at its own rate
  up to 1 000 000: 3%
  above            5%
commission alone "Alone" on amount of each of deals where size is large, each band at its own rate
  up to 500 000: 0%
  above          1%
pay helped "Helped" = for each of parts: (share + more + less) * 1% * amount cap 5 on pay each
    cap 9 on pay in all
pay over "Over" = for each of branches: ((rate of head) above rate) * 1 000
pay under "Under" = 1 * sum of hours of people + 1 * lately + 1 * place
pay talk "Talk" = 5 if talked at least 1 hour otherwise 0
pay pooled "Pooled" = share of 100 000 by hours within brigade, with a reserve of 5% for tardy
pay equal "Equal" = share of 100 000 by 1 within crew, remainder left in the fund
pay prize "Prize" = prizes of (5; 3) by hours within brigade, equals share
pay honour "Honour" = prizes of (5; 3) by hours within crew, equals take the higher
example "two deals, and a colleague"
  given            hours 5; lately 0; place 1
  record of deals  deal A1; amount 600 000; size large
  record of deals  deal A2; amount -700 000
  record of crew   hours 3
  pays             prize 5
"""

BALANCES = """balance debt owed by the employee forgiven if leaving
balance start = opening of start + sold opened in 2025-01
balance by_year = sold so far this year
balance by_quarter = sold so far this quarter
fact leaving yes/no default no
commission 2% of sold
draw advance within commission = 30 000 against debt
"""


def test_no_sentence_is_left_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is said of some plan."""
    said: set[str] = set()
    say = Narrator.say

    def heard(speaker: Narrator, key: str, /, **facts: str) -> str:
        said.add(key)
        return say(speaker, key, **facts)

    monkeypatch.setattr(Narrator, "say", heard)
    for lines in (EVERYTHING, RECORDS, BALANCES):
        regulated(lines)
    for seed in range(120):
        compiled = read_plan(Source("random", draft(Random(seed)).text))
        if isinstance(compiled, Compiled):
            regulation(compiled, "en")
    for slug in (
        "ivanov/ivanov",
        "long-cycle/long-cycle",
        "grades/grades",
        "shop-floor/shop-floor",
        "department/department",
    ):
        regulation(plan((EXAMPLES / f"{slug}.plan").read_text("utf-8")), "en")
    for shown in pages():
        if shown.path.stem in {"balance", "by_days", "draw", "exchange", "zone"}:
            for one in shown.plans("en"):
                if isinstance(compiled := read_plan(source_of(shown.path.stem, one)), Compiled):
                    regulation(compiled, "en")
    assert words("en").keys() - said == set()


def words(lang: Lang) -> dict[str, str]:
    data = tomllib.loads(files("engine.regulation").joinpath("words", f"{lang}.toml").read_text("utf-8"))
    found: dict[str, str] = {}
    for name, value in data.items():
        if isinstance(value, dict):
            found.update({f"{name}.{key}": text for key, text in value.items()})
        elif isinstance(value, str):
            found[name] = value
    return found


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


# ── Records and groups ───────────────────────────────────────────────────────────────────────────────────


def test_records_and_groups_are_told_in_words() -> None:
    """Columns and tables are called as people call them, and each has its row."""
    said = regulated(RECORDS)
    data, rules = prose(said, "facts"), prose(said, "pays")
    assert "Deals. Records of a table. They are taken from crm." in data
    assert "size\nSize" not in data
    assert "percentage\nof one “deal” they make at least 100% together" in data
    assert "For each record of “Parts” is paid: (“share” + “more” + “less”) × 1% × “amount”." in rules
    assert "No more than 5 RUB is paid. This holds for each record by itself." in rules
    assert "for each of “Branches”" in prose(said, "sizes")
    assert "((“Rate” of “head”) above “Rate”) ×" in rules
    assert "Of the sum 5% is held back for members for whom this holds: “Came too late”." in rules
    assert "600\u00a0000 RUB" in prose(said, "examples")


@LANGUAGES
def test_no_column_is_called_as_the_house_calls_it(lang: Lang) -> None:
    """Whatever a page of the reference shows has a regulation that calls nothing by a name of our own."""
    told = 0
    for block in (block for shown_on in pages() for block in shown_on.plans(lang)):
        compiled = read_plan(Source("shown", whole(block)))
        if isinstance(compiled, Compiled) and compiled.kernel.tables:
            told += 1
            *said, _ = texts(regulation(compiled, lang))
            assert not [text for text in said if re.search(r"[^\W\d]\.[“«\w]|\u02d0", text)]
    assert told > 15


# ── What it says ─────────────────────────────────────────────────────────────────────────────────────────

PROSE = """about "Payments count, not promises."
about revenue "Payments received, less returns."
applies to "sales managers"
payment due "by the 15th"
payment due commission "once a quarter"
payment grounds "the order of the director"
fact revenue "Revenue" money taken from "accounting"
bonus 20 000
revenue weight 100% cutoff 80% accel 1.2 above 100% cap 150% on pay target 1 000 000
commission 1% of revenue
"""
BARE = re.sub(r"^(?:about|applies|payment).*\n", "", PROSE, flags=re.MULTILINE).replace(
    ' taken from "accounting"', ""
)


def test_prose_stands_where_it_belongs() -> None:
    said = regulated(PROSE)
    assert "Payments count, not promises." in prose(said, "general")
    assert "Payments received, less returns." in prose(said, "kpis")
    assert "employees: sales managers" in prose(said, "people")
    assert "Payment is due: by the 15th" in prose(said, "terms")
    assert "Payment is due, “Commission”: once a quarter" in prose(said, "terms")
    assert "Grounds of payment: the order of the director" in prose(said, "terms")
    assert "accounting" in prose(said, "facts")
    assert "____" not in "\n".join(texts(replace(said, approval=(), sections=said.sections[1:])))


def test_prose_has_no_part_in_the_digest() -> None:
    header = 'plan "Sales"\nversion 1\ncurrency RUB\n'
    assert plan(header + PROSE).kernel.digest == plan(header + BARE).kernel.digest


def test_what_the_plan_does_not_say_is_left_blank_and_told() -> None:
    """Nothing is made up: the blank is in the document, and a warning names the line that would fill it."""
    header = 'plan "Sales"\nversion 1\ncurrency RUB\n'
    compiled = plan(header + BARE)
    told = [str(fault.facts["word"]) for fault in gaps(compiled)]
    assert told == ["in effect from", "applies to", "payment due", "payment grounds"]
    blank = [
        name for name in ("general", "people", "terms") if "____" in prose(regulation(compiled, "en"), name)
    ]
    assert blank == ["general", "people", "terms"]
    assert list(gaps(plan(header + "in effect from 2025-07-01\n" + PROSE))) == []


def test_who_belongs_to_what_is_among_the_data() -> None:
    """The name of a group that somebody is in, and who leads them, which not everybody has to say."""
    text = (
        'plan "Groups"\nversion 1\ncurrency RUB\nfact revenue money\ngroup team "Team"\n'
        "group people led by head\npay own = 1% * (revenue of team) + 1% * (revenue of people)\n"
    )
    told = prose(regulation(plan(text), "en"), "facts")
    assert "Team" in told
    assert "head" in told


def test_the_rule_of_a_kpi_in_words() -> None:
    said = prose(regulated(PROSE), "kpis")
    assert "Where attainment is below 80%, the KPI pays nothing. Exactly 80% is paid." in said
    assert "Where attainment is above 100%, the whole attainment is multiplied by 1.2." in said
    assert "No more than 150% of the KPI's share is paid." in said
    assert "20\u00a0000 RUB" in said


def test_reductions_stand_apart_with_the_guard_of_the_law() -> None:
    said = regulated(
        "law RF\nsalary 50 000\nreduction by_order = fine\ncommission 1% of revenue\nfact fine money\n"
    )
    assert "by order only" in prose(said, "reductions")
    assert "20%" in prose(said, "reductions")
    assert "by_order" not in prose(said, "pays")
    none = regulated("commission 1% of revenue\n")
    assert "no reduction of bonuses" in prose(none, "reductions")


def test_the_law_of_russia_is_named_where_the_plan_names_it() -> None:
    roubles = plan('plan "S"\nversion 1\ncurrency RUB\nlaw RF\nsalary 5\n')
    unsaid = plan('plan "S"\nversion 1\ncurrency RUB\nsalary 5\n')
    assert "135" in prose(regulation(roubles, "en"), "general")
    assert "135" not in prose(regulation(unsaid, "ru"), "general")


def test_tables_are_tables_with_their_bounds_in_words() -> None:
    said = regulated(
        "commission on revenue, each band at its own rate\n"
        "  up to 1 000 000: 1%\n  up to 3 000 000: 2%\n  above 3%\n"
    )
    (pays,) = [section for section in said.sections if section.name == "pays"]
    (table,) = [block for block in pays.blocks if isinstance(block, Table)]
    assert table.rows == (
        ("up to and including 1\u00a0000\u00a0000 RUB", "1%"),
        ("up to and including 3\u00a0000\u00a0000 RUB", "2%"),
        ("more than 3\u00a0000\u00a0000 RUB", "3%"),
    )


def test_names_are_called_by_their_labels_in_formulas() -> None:
    text = 'fact revenue "Revenue" money\nfact rate "Rate" percent\ncommission rate * (revenue above 100)\n'
    assert "“Rate” × (“Revenue” above 100)" in prose(regulated(text), "pays")
    assert "«Rate» × («Revenue» свыше 100)" in prose(regulated(text, "ru"), "pays")


def test_examples_are_those_of_the_engine() -> None:
    compiled = plan(IVANOV.read_text("utf-8"))
    said = prose(regulation(compiled, "ru"), "examples")
    assert "119\u00a0800,00" in said
    assert "26\u00a0400,00" in said


def test_an_example_that_does_not_come_out_makes_no_regulation() -> None:
    compiled = plan(
        'plan "S"\nversion 1\ncurrency RUB\ncommission 2% of sales\n'
        'example "a million"\n  given sales 1 000 000\n  pays commission 25 000\n'
    )
    answer = made(compiled, "en")
    assert isinstance(answer, tuple)
    assert [(fault.code, fault.facts["title"]) for fault in answer] == [("P692", "a million")]
    assert not run(compiled)[0].passed


# ── Written down ─────────────────────────────────────────────────────────────────────────────────────────

HOSTILE = "<script>alert(1)</script> & co"


def test_a_page_escapes_what_the_author_wrote() -> None:
    said = regulation(plan(f'plan "{HOSTILE}"\nversion 1\ncurrency RUB\nabout "{HOSTILE}"\nsalary 5\n'), "en")
    found = html(said)
    assert "<script" not in found
    assert found.count("&lt;script&gt;") >= 3
    assert HOSTILE in prose(said, "general")


def test_a_page_needs_nothing_but_itself() -> None:
    found = html(regulated("salary 5\n"))
    assert not re.search(r"(?:src|href)=|url\(|@import", found)
    assert "@media print" in found


def test_a_file_is_the_same_every_time() -> None:
    said = regulated(PROSE)
    assert written(said) == written(said)
    file = written(said)
    assert isinstance(file, bytes)
    about = docx.Document(BytesIO(file)).core_properties
    assert (about.title, about.subject, about.created.year if about.created else 0) == (
        said.title,
        "Sales",
        1980,
    )
    assert {part.date_time for part in ZipFile(BytesIO(file)).infolist()} == {word.DAY.timetuple()[:6]}


def test_a_long_title_is_cut_where_a_file_has_no_room_for_it() -> None:
    """Among its properties, and not on its page."""
    said = replace(regulated("salary 5\n"), title="t" * 300, subtitle="s" * 300)
    file = written(said)
    assert isinstance(file, bytes)
    found = docx.Document(BytesIO(file))
    about = found.core_properties
    assert (about.title, about.subject) == ("t" * word.PROPERTY, "s" * word.PROPERTY)
    assert {said.title, said.subtitle} <= {paragraph.text for paragraph in found.paragraphs}


def test_a_missing_library_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.paper.word.find_spec", lambda _: None)
    answer = written(regulated("salary 5\n"))
    assert isinstance(answer, Fault)
    assert (answer.code, answer.facts["extra"]) == ("P690", "office")


def test_data_hold_every_text() -> None:
    said = regulated(PROSE)
    data = str(plain(said))
    for text in texts(replace(said, sections=())):
        assert text in data


# ── At the doors ─────────────────────────────────────────────────────────────────────────────────────────

GAPPED = 'plan "Sales"\nversion 1\ncurrency RUB\nsalary 5\n'


def typed(*args: str | Path, lang: Lang = "en") -> Result:
    environment = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": f"{lang}_XX.UTF-8"}
    return CliRunner(env=environment).invoke(app, ["regulation", *map(str, args)], prog_name="premia")


@pytest.mark.parametrize("suffix", [".html", ".DOCX", ".json"])
def test_the_command_writes_a_file_of_each_kind(tmp_path: Path, suffix: str) -> None:
    file, out = tmp_path / "sales.plan", tmp_path / f"out{suffix}"
    file.write_text(GAPPED, "utf-8")
    answer = typed(file, "--out", out, lang="ru")
    assert answer.exit_code == 0
    assert answer.stdout == ""
    assert answer.stderr.count("P693:") == 4
    assert out.read_bytes().startswith({".html": b"<!doctype html>", ".DOCX": b"PK", ".json": b"{\n"}[suffix])


def test_the_command_prints_a_page_or_data(tmp_path: Path) -> None:
    file = tmp_path / "sales.plan"
    file.write_text(GAPPED, "utf-8")
    assert "<h1>Положение о премировании</h1>" in typed(file, "--lang", "ru").stdout
    assert json.loads(typed(file, "--json").stdout)["title"] == "Bonus regulation"


@pytest.mark.parametrize(
    ("text", "out", "code"),
    [
        (GAPPED, "out.pdf", "P691"),
        (GAPPED, "out", "P691"),
        (GAPPED, "nowhere/out.html", "P681"),
        ("", "out.html", "P101"),
        ('plan "S"\nversion 1\ncurrency RUB\nsalary 5\nexample "e"\n  given\n', "out.html", "P1"),
        ('plan "S"\nversion 1\ncurrency RUB\nsalary 5\nexample "e"\n  pays salary 6\n', "out.html", "P692"),
    ],
)
def test_the_command_says_why_it_writes_nothing(tmp_path: Path, text: str, out: str, code: str) -> None:
    file = tmp_path / "sales.plan"
    file.write_text(text, "utf-8")
    answer = typed(file, "--out", tmp_path / out)
    assert answer.exit_code == 1
    assert f"error {code}" in answer.stderr
    assert not (tmp_path / out).exists()


def test_the_service_answers_in_each_form_and_language() -> None:
    client = served().client
    page = client.get("/plans/grades/regulation", headers={"accept-language": "ru"})
    assert (page.status_code, page.headers["content-language"]) == (200, "ru")
    assert "Положение о премировании" in page.text
    data = client.get("/plans/grades/regulation?format=json&lang=en", headers={"accept-language": "ru"})
    assert data.json()["title"] == "Bonus regulation"
    assert not unlike(Regulation, data.json())
    file = client.get("/plans/grades/regulation?format=docx&lang=en").content
    compiled = plan((EXAMPLES / "grades/grades.plan").read_text("utf-8"))
    assert file == written(regulation(compiled, "en"))


@pytest.mark.parametrize(
    ("address", "status", "codes"),
    [
        ("grades/regulation?format=pdf", 422, ["P695"]),
        ("grades/regulation?format=", 422, ["P695"]),
        ("grades/regulation?lang=ru&lang=en", 422, ["P695", "P695"]),
        ("grades/regulation?fromat=docx&lang=de", 422, ["P694", "P695"]),
        ("nothing/regulation", 404, ["P617"]),
        ("wrong/regulation", 409, ["P692"]),
        ("broken/regulation", 409, ["P618", "P102"]),
    ],
)
def test_the_service_says_why_there_is_none(
    tmp_path: Path, address: str, status: int, codes: list[str]
) -> None:
    (tmp_path / "grades.plan").write_text(GAPPED, "utf-8")
    (tmp_path / "wrong.plan").write_text(f'{GAPPED}example "e"\n  pays salary 6\n', "utf-8")
    (tmp_path / "broken.plan").write_text(GAPPED.replace("salary", "salery"), "utf-8")
    answer = TestClient(create_app(registry(tmp_path))).get(f"/plans/{address}")
    assert (answer.status_code, [fault["code"] for fault in answer.json()["faults"]]) == (status, codes)
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_cell_of_a_file_costs_little() -> None:
    """Long tables are copied row by row, and say what they should whatever is in a cell."""
    odd = ("", " x ", "a\nb", "a\tb", "60 000.50")
    usual = [(str(at), "60 000.50", "a  b", "—", "д", "5%") for at in range(59)]
    table = Table(("one", *odd), (*usual, ("last", *odd)), (1, 5), closing=True)
    file = docx.Document()
    with counted() as work:
        word._table(file, table)
    (grid,) = file.tables
    cells = [[cell.text for cell in row.cells] for row in grid.rows]
    assert cells == [[*table.heads], *map(list, table.rows)]
    shown = [
        re.findall(r"<w:(br|tab)/>|xml:space=\"(preserve)\"", cell._tc.xml) for cell in grid.rows[0].cells
    ]
    assert shown == [[], [], [("", "preserve")], [("br", "")], [("tab", "")], []]
    assert work.calls < 100 * len(cells) * len(cells[0])
    bold = [row.cells[0].paragraphs[0].runs[0].bold for row in grid.rows]
    assert [at for at, one in enumerate(bold) if one] == [0, 60]


def test_a_plan_from_another_process_makes_the_same_document() -> None:
    """The service sends a plan to where the work is done: nothing known of its parts is lost on the way."""
    text = 'plan "A"\nversion 1\ncurrency RUB\nbonus 9\nr weight 100% target 5 cap 150%\n'
    there = plan(text)
    for lang in LANGS:
        assert made(pickle.loads(pickle.dumps(there)), lang) == made(there, lang)
