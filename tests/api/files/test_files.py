"""Facts files: what is taken exactly as written, and what each broken file is answered."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import pytest
import yaml

from api import cli  # noqa: F401  # brings the words of the faults of files
from api.files import FileEntry, Unread, read_people
from api.files.heading import spoken
from api.files.yaml_file import read_yaml
from dsl.faults import codes, draw, message, phrase
from dsl.source import Source
from dsl.words import LANGS, Lang
from engine.compile import Compiled, read_plan
from engine.facts import Facts, read_facts
from tests.support.work import counted, weighed

PLANS: dict[Lang, str] = {
    "en": """
        plan "Sales"
        version 1
        currency RUB
        fact revenue money
        fact margin money default 0
        fact calls count default 0
        fact rate percent default 0%
        bonus 1 000
        calls weight 100% target 10 or personal
        commission rate of revenue + 1% of margin
    """,
    "ru": """
        схема "Продажи"
        версия 1
        валюта RUB
        факт выручка деньги
        факт маржа деньги по умолчанию 0
        факт звонки количество по умолчанию 0
        премия 1 000
        звонки вес 100% план 10 или личный
        процент 1% от (выручка + маржа)
    """,
}
HEAD = "employee,period,revenue\n"
IVANOV = "Ivanov,2025-07,1\n"


def plan(lang: Lang = "en") -> Compiled:
    """The plan that facts are given for."""
    compiled = read_plan(Source("sales.plan", PLANS[lang]))
    assert isinstance(compiled, Compiled), compiled
    return compiled


def read(path: Path, lang: Lang = "en") -> list[FileEntry]:
    """Everybody in a file that can be read."""
    found = read_people(path, plan(lang))
    assert not isinstance(found, Unread), found
    return list(found)


def raised(path: Path, lang: Lang = "en") -> set[str]:
    """The codes of all that is wrong with a file."""
    found = read_people(path, plan(lang))
    if isinstance(found, Unread):
        return {fault.code for fault in found.faults}
    return {fault.code for entry in found for fault in entry.faults}


def people(entries: Iterable[FileEntry]) -> list[str]:
    """Who was read."""
    return [entry.person.employee for entry in entries if entry.person]


def written(folder: Path, name: str, text: str | bytes) -> Path:
    """A file."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


# ── What is read ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "employee,period,revenue,rate,target:calls\nIvanov,2025-07,3300000.50,2.1%,\n"),
        ("a.csv", "\ufeffemployee;period;revenue;rate\nIvanov;2025-07;3\u00a0300\u00a0000,50;2,1 %\n"),
        ("a.csv", "сотрудник;период;revenue;rate;план:calls\r\nIvanov;2025-07; 3300000,50 ;2,1%;\r\n"),
        ("a.csv", 'sep=;\nEmployee;PERIOD;fact:revenue;"rate"\n"Ivanov";2025-07;3300000.50;2.1%\n;;;\n\n'),
        ("a.tsv", "employee\tperiod\trate\trevenue\nIvanov\t2025-07\t2,1%\t3300000,50"),
        ("a.csv", "employee\tperiod\trate\trevenue\nIvanov\t2025-07\t2,1%\t3300000,50\n".encode("utf-16")),
        (
            "a.json",
            '{"employee": "Ivanov", "period": "2025-07", "facts": {"revenue": 3300000.50, "rate": "2.1%"}}',
        ),
        (
            "a.json",
            '[{"employee": "Ivanov", "period": "2025-07", "facts": {"revenue": 3300000.50, "rate": "2.1%"}}]',
        ),
        (
            "a.yaml",
            "employee: Ivanov\nperiod: 2025-07\nfacts:\n  revenue: 3300000.50  # roubles\n  rate: 2.1%\n",
        ),
        ("A.YML", '- {employee: "Ivanov", period: 2025-07, facts: {revenue: 3300000.50, rate: 2.1%}}\n'),
    ],
)
def test_every_form_says_the_same(tmp_path: Path, name: str, text: str | bytes) -> None:
    (entry,) = read(written(tmp_path, name, text))
    assert entry.person is not None
    assert (entry.person.employee, entry.person.period, dict(entry.person.targets)) == (
        "Ivanov",
        "2025-07",
        {},
    )
    facts = {key: str(value).replace("\u00a0", "") for key, value in entry.person.facts.items()}
    assert facts == {"revenue": "3300000.50", "rate": "2.1%"}


def test_yaml_guesses_nothing() -> None:
    text = (
        "n: 1e400\nhex: 0x1F\nold: 017\nlong: 12345678901234567.890\nyes: yes\nday: 2025-07-01\ntime: 12:30\n"
    )
    assert read_yaml((text + "empty:\nquoted: ''\nnull: ~\n").encode()) == {
        "n": "1e400",
        "hex": "0x1F",
        "old": "017",
        "long": "12345678901234567.890",
        "yes": "yes",
        "day": "2025-07-01",
        "time": "12:30",
        "empty": None,
        "quoted": "",
        "null": "~",
    }


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
def test_both_yaml_parsers_find_the_same(loader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.files.yaml_file.Loader", getattr(yaml, loader))
    for text, wanted in (
        ("a: &x 1\nb: *x\n", ("P660", "1")),
        ("a: !!str 1\n", ("P660", "1")),
        ("a: 1\n---\nb: 2\n", ("P660", "2")),
        ("a: 1\na: 2\n", ("P659", "2")),
        ("a: 1\n b: 2\n", ("P658", "2")),
        ("? [a]\n: 1\n", ("P658", "1")),
    ):
        answer = read_yaml(text.encode())
        assert isinstance(answer, tuple)
        assert [(fault.code, fault.facts["line"]) for fault in answer] == [wanted]


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "a: " * 100_000, "- " * 100_000, "\x00", "{" * 40 + "}" * 40, "a: \x07"]
)
def test_hostile_yaml_is_a_fault(text: str) -> None:
    assert isinstance(read_yaml(text.encode()), tuple)


# ── What is not ──────────────────────────────────────────────────────────────────────────────────────────

BROKEN: dict[str, tuple[str, str | bytes]] = {
    "empty": ("P653", " \n"),
    "workbook": ("P654", b"PK\x03\x04\x14\x00\x06\x00"),
    "cp1251": ("P655", "сотрудник;период;revenue\n".encode("cp1251")),
    "cp1251 below": ("P655", (HEAD + IVANOV).encode() + "Иванов,2025-07,1\n".encode("cp1251")),
    "broken utf-16": ("P655", (HEAD + IVANOV).encode("utf-16") + b"x"),
    "no heading": ("P663", IVANOV),
    "no period": ("P663", "employee,revenue\nIvanov,1\n"),
    "nobody": ("P664", HEAD + ",,\n"),
    "unknown": ("P665", "employee,period,revenue,mood\n" + IVANOV),
    "fixed target": ("P665", "employee,period,revenue,target:revenue_of_all\n" + IVANOV),
    "twice": ("P666", "employee,period,revenue,сотрудник\n" + IVANOV),
    "ragged": ("P667", HEAD + "Ivanov,2025-07,1,2\n"),
    "namesakes": ("P668", HEAD + IVANOV + IVANOV.replace(",1", ",2")),
    "quote": ("P669", HEAD + IVANOV + '"Petrov,2025-07,1\n' + IVANOV),
    "quote in the heading": ("P669", 'employee,period,"revenue\n' + IVANOV),
    "one endless line": ("P669", HEAD + "x" * 2_000_000),
    "one endless cell": ("P669", HEAD + '"' + "x\n" * 200_000),
    "old line ends": ("P669", (HEAD + IVANOV).replace("\n", "\r")),
    "unclear": ("P670", "employee;period;revenue\nIvanov;2025-07;3,300\n"),
    "misspelt": ("P671", "employee,period,revenu\n" + IVANOV),
    "nameless": ("P672", "employee,period,revenue,\nIvanov,2025-07,1,\nPetrov,2025-07,1,2\n"),
    "missing": ("P673", "employee,period,calls\n" + IVANOV),
    "nameless person": ("P684", HEAD + ",2025-07,1\n"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_each_broken_table_has_its_fault(case: str, tmp_path: Path) -> None:
    code, text = BROKEN[case]
    path = written(tmp_path, "facts.csv", text)
    assert raised(path) == {code}
    found = read_people(path, plan())
    faults = found.faults if isinstance(found, Unread) else [f for entry in found for f in entry.faults]
    for fault in faults:
        for lang in LANGS:
            assert "{" not in draw(fault, None, lang)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("a.json", "[]", "P661"),
        (
            "a.json",
            '[{"employee": "I", "period": "1", "facts": {"a": 2}},'
            ' {"employee": "I", "period": "1", "facts": {"a": 1}}]',
            "P662",
        ),
        ("a.json", '{"employee": "I", "period": "2025", "facts": {"a": 1, "a": 2}}', "P604"),
        ("a.json", '{"employee": "I",}', "P602"),
        ("a.yaml", "- employee: I\n  period: 2025\n  facts: {a: 1, a: 2}\n", "P659"),
        ("a.yaml", "hello", "P614"),
        ("a.yaml", "имя: я".encode("cp1251"), "P655"),
        ("a.yaml", "a: 1\n" * 1_000_000, "P657"),
        ("a.txt", HEAD + IVANOV, "P656"),
        ("a", HEAD + IVANOV, "P656"),
    ],
)
def test_each_broken_document_has_its_fault(tmp_path: Path, name: str, text: str | bytes, code: str) -> None:
    assert code in raised(written(tmp_path, name, text))


def test_what_is_no_file(tmp_path: Path) -> None:
    assert raised(tmp_path) == {"P651"}
    assert raised(tmp_path / "no.csv") == {"P650"}
    assert raised(tmp_path / ("x" * 400)) == {"P652"}


def test_the_pages_of_tables_and_yaml_show_their_faults(tmp_path: Path) -> None:
    for lang in LANGS:
        for code in (f"P{number}" for number in range(658, 674)):
            page = message(code, lang)
            suffix = (
                "yaml" if code in {"P658", "P659", "P660"} else "json" if code in {"P661", "P662"} else "csv"
            )
            assert code in raised(written(tmp_path, f"wrong.{suffix}", page.wrong.lstrip("\n")), lang), (
                code,
                lang,
            )
            assert not raised(written(tmp_path, f"right.{suffix}", page.right.lstrip("\n")), lang), (
                code,
                lang,
            )


def test_every_code_of_files_has_a_page() -> None:
    for code in codes():
        if code.startswith(("P65", "P66", "P67", "P68")):
            assert all(message(code, lang).why for lang in LANGS)
    assert phrase("or", "ru")


# ── One and many ─────────────────────────────────────────────────────────────────────────────────────────


def test_one_bad_row_never_fails_the_others(tmp_path: Path) -> None:
    rows = [IVANOV, "short,2025-07\n", ",2025-07,5\n", "Sidorov,2025-07,1\n", "Petrov,2025-07,2\n"]
    rows += ["Sidorov,2025-07,3\n"]
    entries = read(written(tmp_path, "facts.csv", HEAD + "".join(rows)))
    assert people(entries) == ["Ivanov", "Petrov"]
    assert [entry.line for entry in entries] == [2, 3, 4, 5, 6]
    assert [fault.code for entry in entries for fault in entry.faults] == ["P667", "P684", "P668"]
    assert entries[3].faults[0].facts["differ"] == "revenue: `1` ≠ `3`"


def test_a_row_over_several_lines_counts_as_in_a_spreadsheet(tmp_path: Path) -> None:
    entries = read(written(tmp_path, "facts.csv", HEAD + '"Ivan\nov",2025-07,1\nPetrov,2025-07,x,y\n'))
    assert [(entry.line, bool(entry.faults)) for entry in entries] == [(2, True), (3, True)]


def test_namesakes_are_told_apart_by_period(tmp_path: Path) -> None:
    text = HEAD + IVANOV + IVANOV.replace("07", "08")
    assert people(read(written(tmp_path, "facts.csv", text))) == ["Ivanov", "Ivanov"]


def test_a_comma_is_a_decimal_mark_only_where_it_parts_no_cells(tmp_path: Path) -> None:
    semicolons = (
        "employee;period;revenue;rate;calls\na;2025-07;1 000,5;2,125%;3,300\nb;2025-07;1,50;-2,5;1,5\n"
    )
    first, second = read(written(tmp_path, "a.csv", semicolons))
    assert [fault.code for fault in first.faults] == ["P670"]
    assert second.person is not None
    assert dict(second.person.facts) == {"revenue": "1.50", "rate": "-2.5", "calls": "1.5"}
    (quoted,) = read(written(tmp_path, "b.csv", HEAD + 'a,2025-07,"1,5"\n'))
    assert quoted.person is not None
    assert dict(quoted.person.facts) == {"revenue": "1,5"}


def test_a_fact_may_be_called_as_a_field_is(tmp_path: Path) -> None:
    head = 'plan "A"\nversion 1\ncurrency RUB\n'
    text = head + "fact period count\nfact employee money\ncommission period * employee\n"
    compiled = read_plan(Source("a.plan", text))
    assert isinstance(compiled, Compiled), compiled
    assert spoken(compiled, "en") == ["employee", "period", "fact:period", "fact:employee"]
    assert spoken(compiled, "ru") == ["сотрудник", "период", "факт:period", "факт:employee"]
    found = read_people(
        written(tmp_path, "a.csv", "employee,period,fact:period,fact:employee\na,2025,3,100\n"), compiled
    )
    assert not isinstance(found, Unread)
    (person,) = (entry.person for entry in found)
    assert person is not None
    assert dict(person.facts) == {"period": "3", "employee": "100"}


def test_a_long_table_is_read_as_a_stream(tmp_path: Path) -> None:
    """Ten thousand rows take the memory of one, and each the work of any other."""
    rows, some = 10_000, 2_000
    lines = "".join(f"{number:06},2025-07,{number}.50\n" for number in range(rows))
    path, compiled = written(tmp_path, "facts.csv", HEAD + lines), plan()
    with weighed() as held:
        found = read_people(path, compiled)
        assert not isinstance(found, Unread)
        assert people([next(found)]) == ["000000"]
    assert held.peak < 1_000_000
    with counted() as early:
        assert len(people(islice(found, some))) == some
    with counted() as late:
        assert len(people(found)) == rows - some - 1
    assert late.calls / (rows - some - 1) < 1.1 * early.calls / some


def test_a_list_of_many_is_read_as_one_document(tmp_path: Path) -> None:
    several = [
        {"employee": str(number), "period": "2025-07", "facts": {"revenue": number}}
        for number in range(20_000)
    ]
    assert len(people(read(written(tmp_path, "facts.json", json.dumps(several))))) == 20_000


def test_what_is_echoed_is_what_stands_in_the_file_and_its_row_that_of_a_spreadsheet(tmp_path: Path) -> None:
    """The decimal mark is the file's own, and a cell of several lines makes no row more."""
    rows = '1;2025-07;"1\n";2,1%\n2;2025-07;7 000,505;2,1 %\n\n3;2025-07;-5,25;2,1\n'
    path = written(tmp_path, "a.csv", f"employee;period;revenue;rate\n{rows}")
    compiled = plan("en")
    told = [
        (entry.line, fault.code, fault.facts["value"])
        for entry in read(path)
        if entry.person is not None and not isinstance(found := read_facts(compiled, entry.person), Facts)
        for fault in found
        if "value" in fault.facts
    ]
    assert told == [(3, "P511", "7 000,505"), (5, "P512", "2,1"), (5, "P508", "-5,25")]
