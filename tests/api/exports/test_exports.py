"""Exports of other programs: read by a mapping, each as it is, and told of before anything is paid."""

from __future__ import annotations

import json
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from api.exports import Import, Mapping, mapping, read_export
from api.exports.bounds import COLUMNS
from dsl.faults import Fault
from tests.support.cli import data, premia, written
from tests.support.places import ROOT, TESTS

EXPORTS = ROOT / "examples" / "exports"
MOSCOW = "+03:00[Europe/Moscow]"  # as a time tells of which zone its day is
CALL = ["call", "operator", "started", "duration", "answered"]
DEAL = ["deal", "manager", "closed", "won", "amount"]
READY: dict[str, tuple[str, list[str], list[tuple[str, ...]]]] = {
    "bitrix24-calls": (
        "bitrix24-calls.json",
        CALL,
        [
            ("1", "7", f"2025-07-01T10:02:11{MOSCOW}", "0:00:29", "yes"),
            ("2", "7", f"2025-07-01T10:09:40{MOSCOW}", "0:00:30", "yes"),
            ("3", "7", f"2025-07-02T11:20:00{MOSCOW}", "0:01:35", "yes"),
            ("5", "9", f"2025-07-02T12:10:00{MOSCOW}", "0:00:00", "no"),
            # Half past eleven of the last of July in Kaliningrad is August in Moscow.
            ("6", "9", f"2025-08-01T00:30:00{MOSCOW}", "0:01:01", "yes"),
        ],
    ),
    "mango-calls": (
        "mango-calls.csv",
        CALL,
        [
            ("MTAwMDE=", "101", f"2025-07-01T10:02:11{MOSCOW}", "0:01:26", "yes"),
            ("MTAwMDI=", "101", f"2025-07-01T10:09:40{MOSCOW}", "0:00:00", "no"),
            ("MTAwMDM=", "102", f"2025-07-01T11:20:00{MOSCOW}", "1:03:58", "yes"),
        ],
    ),
    "zadarma-calls": (
        "zadarma-calls.json",
        CALL,
        [
            ("1751353331.1001", "101", "2025-07-01 10:02:11", "0:01:35", "yes"),
            ("1751353780.1002", "101", "2025-07-01 10:09:40", "0:00:00", "no"),
            ("1751358000.1003", "102", "2025-07-01 11:20:00", "1:04:10", "yes"),
        ],
    ),
    "uis-calls": (
        "uis-calls.json",
        CALL,
        [
            ("50001", "101", "2025-07-01 10:02:11", "0:01:35", "yes"),
            ("50002", "101", "2025-07-01 10:09:40", "0:00:00", "no"),
        ],
    ),
    "bitrix24-deals": (
        "bitrix24-deals.json",
        DEAL,
        [
            ("311", "7", f"2025-07-11T03:00:00{MOSCOW}", "yes", "19999.99"),
            ("312", "7", f"2025-07-15T03:00:00{MOSCOW}", "no", "45000.00"),
            ("313", "9", f"2025-08-01T00:30:00{MOSCOW}", "yes", "130000.00"),
            ("314", "9", f"2025-08-20T03:00:00{MOSCOW}", "no", "80000.00"),
        ],
    ),
    "amocrm-deals": (
        "amocrm-deals.json",
        DEAL,
        [
            ("1001", "501", f"2025-07-02T10:02:11{MOSCOW}", "yes", "600000"),
            ("1002", "502", f"2025-07-31T18:20:11{MOSCOW}", "yes", "150000"),
            ("1003", "501", f"2025-07-30T12:00:00{MOSCOW}", "no", "90000"),
            ("1004", "502", f"2025-06-30T23:59:59{MOSCOW}", "yes", "75000"),
            ("1005", "501", "", "no", "210000"),
        ],
    ),
    "deals": (
        "amocrm-list.csv",
        DEAL,
        [
            ("1001", "0042", "02.07.2025 10:02:11", "yes", "600 000|RUB"),
            ("1002", "0043", "31.07.2025 18:20:11", "yes", "150 000|RUB"),
            ("1003", "0042", "30.07.2025 12:00:00", "no", "90 000|RUB"),
            ("1005", "0042", "", "no", "210 000|RUB"),
        ],
    ),
}


def read(name: str, *files: Path, beside: Path = EXPORTS) -> Import:
    """What some exports hold."""
    asked = mapping(name, beside)
    assert isinstance(asked, Mapping), asked
    found = read_export(files, asked)
    assert isinstance(found, Import), found
    return found


def refused(name: str, *files: Path, beside: Path = EXPORTS) -> list[str]:
    """The codes that stand in the way."""
    asked = mapping(name, beside)
    if isinstance(asked, Fault):
        return [asked.code]
    found = read_export(files, asked)
    assert not isinstance(found, Import), found.values
    return [fault.code for fault in found]


def told(found: Import) -> list[tuple[str, str]]:
    """What is said of how files were read."""
    return [
        (one.code, str(one.facts.get("value", one.facts.get("names", ""))))
        for summary in found.summaries
        for one in summary.notices
    ]


def mapped(folder: Path, text: str) -> Path:
    """A folder with a mapping `m`."""
    written(folder, "premia.toml", text)
    return folder


# ── What is ready ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", READY)
def test_a_ready_mapping_reads_its_export(name: str) -> None:
    """Calls and deals as their sources hand them over."""
    file, columns, rows = READY[name]
    found = read(name, EXPORTS / file)
    assert [tuple(str(row.get(column, "")) for column in columns) for row in found.values] == rows


@pytest.mark.parametrize(
    ("name", "file", "encoding"),
    [("indicators", "1c-list.csv", "windows-1251"), ("crosstab", "1c-crosstab.txt", "utf-16")],
)
def test_1c_gives_indicators_in_a_list_and_crosswise(name: str, file: str, encoding: str) -> None:
    """In the encodings of Excel in Russia, under lines of a title, with a total that is nobody's."""
    found = read(name, EXPORTS / file)
    facts = [person["facts"] for person in found.facts]
    assert facts == [
        {"revenue": "3\xa0300\xa0000.50" if name == "indicators" else "3 300 000.50", "calls": "1 100"},
        {"revenue": "2 700 000", "calls": "900"},
    ]
    assert found.summaries[0].encoding == encoding
    said = told(found)
    assert ("P820", "Итого") in said
    assert ("P676", "1–2") in said


def test_pages_of_an_answer_are_read_together() -> None:
    """Each is told of by itself."""
    found = read("bitrix24-calls", *[EXPORTS / "bitrix24-calls.json"] * 2)
    assert len(found.values) == 10
    assert [(one.rows, one.taken) for one in found.summaries] == [(6, 5), (6, 5)]


def test_the_command_says_how_a_file_was_read_and_writes_what_it_holds(tmp_path: Path) -> None:
    """In words, as data, and into a file."""
    out = tmp_path / "calls.json"
    arguments = ("import", "--map", "bitrix24-calls", EXPORTS / "bitrix24-calls.json")
    said = premia(*arguments, "--out", out)
    assert said.exit_code == 0, said.output
    assert "JSON, 6 rows, 5 taken" in said.stdout
    assert "(`CALL_TYPE: 2`): 1, in row 4." in said.stdout
    assert "duration ← CALL_DURATION" in said.stdout
    held = json.loads(out.read_text("utf-8"))
    answer = data(*arguments)
    assert answer["tables"] == {"calls": held}
    assert [notice["code"] for notice in answer["files"][0]["notices"]] == ["P820", "P821"]
    people = data("import", "--map", "indicators", "--plans", EXPORTS, EXPORTS / "1c-list.csv", lang="ru")
    assert [one["employee"] for one in people["people"]] == ["0042", "0043"]
    assert premia("import", "--map", "none", EXPORTS / "1c-list.csv").exit_code == 1


def paid(*maps: str, plan: str = "operators", code: int = 0) -> Any:
    """What the operators of the example are paid by some exports."""
    facts = EXPORTS / f"{plan}.csv"
    options = [word for one in maps for word in ("--map", one)]
    return data("evaluate", EXPORTS / f"{plan}.plan", "--facts", facts, *options, code=code)


def test_an_export_pays() -> None:
    """Calls by the mapping that is ready, and by one of names of their own; each file is told of."""
    calls = EXPORTS / "bitrix24-calls.json"
    answer = paid(f"bitrix24-calls={calls}")
    assert [one["total"] for one in answer["results"]] == ["60200.00", "56000.00"]
    assert {"P820", "P821"} <= {notice["code"] for notice in answer["notices"]}
    russian = paid(f"звонки={calls}", plan="операторы")
    assert [(one["employee"], one["total"]) for one in russian["results"]] == [
        ("0042", "60200.00"),
        ("0043", "56000.00"),
    ]


@pytest.mark.parametrize(
    ("maps", "code"),
    [
        (["bitrix24-calls"], "P827"),
        (["1c-list=a.csv"], "P827"),
        (["bitrix24-calls={0}", "mango-calls={0}"], "P801"),
        (["none={0}"], "P810"),
        (["bitrix24-calls=missing.json"], "P650"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(maps: list[str], code: str) -> None:
    """People stand alone, tables name their files, and a table comes once."""
    found = paid(*(one.format(EXPORTS / "bitrix24-calls.json") for one in maps), code=1)
    assert found["faults"][0]["code"] == code


def test_people_of_an_export_are_paid(tmp_path: Path) -> None:
    """Indicators one under another are facts of the file of people."""
    plan = written(
        tmp_path,
        "a.plan",
        'plan "A"\nversion 1\ncurrency RUB\nfact revenue money\nfact calls count\n'
        "commission 1% of revenue\npay each_call = 10 * calls\n",
    )
    (tmp_path / "premia.toml").write_bytes((EXPORTS / "premia.toml").read_bytes())
    answer = data("evaluate", plan, "--facts", EXPORTS / "1c-list.csv", "--map", "indicators")
    assert [(one["employee"], one["total"]) for one in answer["results"]] == [
        ("0042", "44000.01"),
        ("0043", "36000.00"),
    ]


# ── Forms of files ───────────────────────────────────────────────────────────────────────────────────────

PEOPLE = '[map.m.columns]\nemployee = "Who"\nperiod = "When"\nrevenue = "Revenue"\nrate = "Rate"\n'


def book(path: Path) -> None:
    """A workbook with a title, percentages, a time and an error."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in (
        ["Report for July"],
        [],
        ["Who", "When", "Revenue", "Rate", "Note"],
        ["0042", "2025-07", 3300000.5, 0.021, "a"],
        ["0043", "2025-07", "#N/A", 0.016, None],
    ):
        sheet.append(row)
    for at in (4, 5):
        sheet.cell(at, 4).number_format = "0%"
    made.create_sheet("Other")
    made.save(path)


def test_a_workbook_is_read_as_it_is_stored_and_not_as_it_is_shown(tmp_path: Path) -> None:
    """2 % that is 2.1 %, an error that stays one, a second sheet that is told."""
    book(tmp_path / "a.xlsx")
    found = read("m", tmp_path / "a.xlsx", beside=mapped(tmp_path, PEOPLE))
    assert [one["facts"] for one in found.facts] == [
        {"revenue": "3300000.5", "rate": "2.1%"},
        {"revenue": "#N/A", "rate": "1.6%"},
    ]
    assert ("P822", "`Other`") in told(found)
    mapped(tmp_path, f'[map.m]\nsheet = "Third"\n{PEOPLE}')
    assert refused("m", tmp_path / "a.xlsx", beside=tmp_path) == ["P819"]


def test_a_workbook_of_the_older_form_keeps_its_errors_and_percentages(tmp_path: Path) -> None:
    """A title, a percentage shown without its part, a cell with an error, and a second sheet."""
    found = read("m", TESTS / "api" / "exports" / "old.xls", beside=mapped(tmp_path, PEOPLE))
    assert [one["facts"] for one in found.facts] == [
        {"revenue": "3300000.5", "rate": "2.1%"},
        {"revenue": "#N/A", "rate": "0.3"},
    ]
    assert ("P822", "`Другой`") in told(found)


def test_parquet_is_read_exactly(tmp_path: Path) -> None:
    """Decimals as they are, days, and nothing for what is not there."""
    pyarrow: Any = pytest.importorskip("pyarrow")
    from decimal import Decimal  # noqa: PLC0415  # with the library that this test may do without

    from pyarrow import parquet  # noqa: PLC0415

    columns = {
        "Who": ["0042", "0043"],
        "When": ["2025-07", "2025-07"],
        "Revenue": [Decimal("3300000.50"), None],
        "Rate": [0.021, 0.1],
    }
    parquet.write_table(pyarrow.table(columns), tmp_path / "a.parquet")
    found = read("m", tmp_path / "a.parquet", beside=mapped(tmp_path, PEOPLE))
    assert [one["facts"] for one in found.facts] == [
        {"revenue": "3300000.50", "rate": "0.021"},
        {"rate": "0.1"},
    ]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1251"])
def test_a_table_of_text_is_read_in_any_common_shape(tmp_path: Path, delimiter: str, encoding: str) -> None:
    """The heading of the mapping tells what stands between the cells, and how they are encoded."""
    rows = [["Отчёт"], ["Кто", "Когда", "Сумма"], ["Климова О.", "2025-07", "100"]]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    folder = mapped(tmp_path, '[map.m.columns]\nemployee = "кто"\nperiod = "Когда"\nsum = "Сумма"\n')
    found = read("m", tmp_path / "a.txt", beside=folder)
    assert found.facts == [{"employee": "Климова О.", "period": "2025-07", "facts": {"sum": "100"}}]
    summary = found.summaries[0]
    assert (summary.separator, summary.encoding) == (
        "tab" if delimiter == "\t" else delimiter,
        "utf-8" if encoding == "utf-8-sig" else encoding,
    )


def test_lines_of_json_are_read_one_by_one(tmp_path: Path) -> None:
    """A document in each line; one that is none is told by its line."""
    path = written(
        tmp_path, "a.ndjson", '{"a": {"b": ["0042"]}, "n": 12.500}\n\n{"a": {"b": ["0043"]}, "n": null}\n'
    )
    folder = mapped(
        tmp_path,
        '[map.m.columns]\nemployee = "a.b.0"\nrevenue = "n"\n[map.m.constants]\nperiod = "2025-07"\n',
    )
    found = read("m", path, beside=folder)
    assert [one["facts"] for one in found.facts] == [{"revenue": "12.5"}, {}]
    assert refused("m", written(tmp_path, "b.ndjson", '{"a": 1}\n[\n'), beside=folder) == ["P818"]


def sheet(path: Path, *rows: str, repeated: int = 1) -> None:
    """A sheet of ODS from the cells of its rows."""
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    own = ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows * repeated)
    whole = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names}{own} office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="Sheet1">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", whole)
        packed.writestr("META-INF/manifest.xml", "<manifest/>")


def cell(shown: str, kind: str = "string", value: str = "") -> str:
    """A cell of it."""
    held = f'office:value-type="{kind}"' + (f" office:{value}" if value else "")
    return f"<table:table-cell {held}><text:p>{shown}</text:p></table:table-cell>"


ODS_HEAD = "".join(map(cell, ("Who", "When", "Revenue", "Rate")))


def test_a_sheet_of_ods_is_read_as_it_is_stored(tmp_path: Path) -> None:
    """An error is what its cell says, and a formula that was never worked out is refused."""
    folder = mapped(tmp_path, PEOPLE)
    who = cell("0042") + cell("2025-07")
    rate = cell("2%", "percentage", 'value="0.016"')
    sheet(tmp_path / "a.ods", ODS_HEAD, who + cell("3 300 000,50", "float", 'value="3300000.5"') + rate)
    assert read("m", tmp_path / "a.ods", beside=folder).facts == [
        {"employee": "0042", "period": "2025-07", "facts": {"revenue": "3300000.5", "rate": "0.016"}}
    ]
    sheet(
        tmp_path / "b.ods",
        ODS_HEAD,
        who + cell("#DIV/0!", "string", 'string-value="" calcext:value-type="error"') + rate,
    )
    (person,) = read("m", tmp_path / "b.ods", beside=folder).facts
    assert person["facts"] == {"revenue": "#DIV/0!", "rate": "0.016"}
    never = '<table:table-cell table:formula="of:=[.A2]" table:number-columns-repeated="2"/>'
    sheet(tmp_path / "c.ods", ODS_HEAD, who + never)
    assert refused("m", tmp_path / "c.ods", beside=folder) == ["P683", "P683"]


def test_a_record_may_be_called_as_a_total_is(tmp_path: Path) -> None:
    """One that has all it needs is a record; one that lacks something is none."""
    folder = mapped(tmp_path, '[map.m]\ntable = "t"\n[map.m.columns]\nwho = "client"\nx = "x"\nid = "id"\n')
    text = "client;x;id\nTotal Energies;5;1\nTotal for July;5;\nTotal;5;3\n"
    found = read("m", written(tmp_path, "a.csv", text), beside=folder)
    assert [one["id"] for one in found.values] == ["1"]


def test_a_formula_without_its_value_is_no_empty_cell(tmp_path: Path) -> None:
    """It is told by its column and row, once for each; of a column that nobody reads it is nothing."""
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    rows: list[list[Any]] = [["Who", "When", "Revenue", "Rate", "Note"], ["0042", "2025-07", 1, "2%", "=A2"]]
    rows += [["0043", "2025-07", "=C2*2", "=D2", ""], ["0044", "2025-07", "=C2*3", "3%", ""]]
    for row in rows:
        page.append(row)
    made.save(tmp_path / "a.xlsx")
    asked = mapping("m", mapped(tmp_path, PEOPLE))
    assert isinstance(asked, Mapping)
    found = read_export([tmp_path / "a.xlsx"], asked)
    assert isinstance(found, tuple)
    assert [(one.code, one.facts["name"], one.facts["value"], one.facts["lines"]) for one in found] == [
        ("P683", "Revenue", "=C2*2", "3, 4"),
        ("P683", "Rate", "=D2", "3"),
    ]
    page.delete_rows(3, 2)
    made.save(tmp_path / "b.xlsx")
    assert len(read("m", tmp_path / "b.xlsx", beside=tmp_path).facts) == 1


def test_a_sheet_that_is_hidden_is_read_only_where_it_is_asked_for(tmp_path: Path) -> None:
    """The first that is to be seen is meant, and the others are told."""
    book(tmp_path / "a.xlsx")
    made = openpyxl.load_workbook(tmp_path / "a.xlsx")
    made.move_sheet("Other", -1)
    made["Other"].sheet_state = "hidden"
    made.save(tmp_path / "a.xlsx")
    found = read("m", tmp_path / "a.xlsx", beside=mapped(tmp_path, PEOPLE))
    assert len(found.facts) == 2
    assert ("P822", "`Other`") in told(found)


# ── What is unclear is refused ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("how", "cell", "right"),
    [
        ('unit = "seconds"', "95", "0:01:35"),
        ('unit = "milliseconds"', "95500", "95.5 seconds"),
        ('unit = "minutes"', "1,5", "0:01:30"),
        ('unit = "m:s"', "1404:15", "23:24:15"),
        ('unit = "m:s"', "1404:75", None),
        ('unit = "m:s"', "00:01:35", None),
        ('unit = "h:m:s"', "00:01:35", "0:01:35"),
        ('unit = "h:m"', "1:30", "1:30:00"),
        ('unit = "seconds"', "-5", None),
        ('unit = "seconds"', "1e5", None),
        (
            'form = "unix seconds", zone = "Asia/Vladivostok"',
            "1751353331",
            "2025-07-01T17:02:11+10:00[Asia/Vladivostok]",
        ),
        ('form = "time", zone = "Europe/Moscow"', "2025-07-01 10:02:11", f"2025-07-01T10:02:11{MOSCOW}"),
        (
            'form = "time", zone = "Europe/Moscow"',
            "2025-07-01T23:30:00+02:00",
            f"2025-07-02T00:30:00{MOSCOW}",
        ),
        ('form = "time", zone = "Europe/Moscow"', "01.07.2025 9:02:11", f"2025-07-01T09:02:11{MOSCOW}"),
        ('form = "time", zone = "Europe/Moscow"', "01.07.2025", "01.07.2025"),
        ('form = "time", zone = "Europe/Moscow"', "0001-01-01T00:00:00", "0001-01-01T00:00:00"),
        ('form = "unix seconds", zone = "Europe/Moscow"', "0", None),
        ('form = "unix seconds", zone = "Europe/Moscow"', "today", None),
        ('values = { a = "yes" }', "a", "yes"),
        ('values = { a = "yes" }', "b", None),
        ('values = { a = "yes" }, otherwise = "no"', "b", "no"),
    ],
)
def test_a_cell_is_what_the_mapping_says_or_refused(
    tmp_path: Path, how: str, cell: str, right: str | None
) -> None:
    """Durations in their unit, times in their zone, values by the names that the plan has for them."""
    path = written(tmp_path, "a.csv", f'who;x\n0042;"{cell}"\n')
    folder = mapped(
        tmp_path, f'[map.m]\ntable = "t"\n[map.m.columns]\nwho = "who"\nx = {{ from = "x", {how} }}\n'
    )
    if right is None and cell != "0":
        assert refused("m", path, beside=folder) == ["P815"]
    else:
        assert read("m", path, beside=folder).values[0].get("x") == right


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[map.m", "P811"),
        ('[map]\nm = "x"', "P812"),
        ('[map.other.columns]\nemployee = "a"', "P810"),
        ('[map.m]\nlike = "m"\n[map.m.columns]\nemployee = "who"', "P810"),
        ('[map.m]\ntabel = "x"\n[map.m.columns]\nemployee = "who"', "P812"),
        ('[map.m.columns]\nrevenue = "who"', "P812"),
        ('[map.m.columns]\nemployee = { from = "who", unit = "sec" }', "P812"),
        ('[map.m.columns]\nemployee = { from = "who", form = "unix seconds" }', "P812"),
        ('[map.m.columns]\nemployee = { from = "who", zone = "Moscow" }', "P812"),
        ("[map.m.columns]\nemployee = 42", "P812"),
        ('[map.m]\nacross = "row"\n[map.m.columns]\nemployee = "who"', "P812"),
        ('[map.m.columns]\nemployee = "whom"', "P813"),
        ('[map.m.columns]\nemployee = "x"', "P824"),
    ],
)
def test_a_mapping_that_says_what_none_can_is_refused(tmp_path: Path, text: str, code: str) -> None:
    """By the key that is wrong, before a file is read."""
    path = written(tmp_path, "a.csv", "who;x;x\n0042;1;2\n")
    assert refused("m", path, beside=mapped(tmp_path, text)) == [code]


def test_two_values_of_an_indicator_are_none(tmp_path: Path) -> None:
    """Equal ones are one."""
    folder = mapped(
        tmp_path,
        '[map.m]\nlike = "1c-list"\n[map.m.indicators]\nname = "Показатель"\nvalue = "Значение"\n',
    )
    head = "Сотрудник;Период;Показатель;Значение\n"
    once, twice = "0042;2025-07;a;5\n", "0042;Июль 2025 г.;a;6\n"
    assert read("m", written(tmp_path, "a.csv", head + once * 2), beside=folder).facts == [
        {"employee": "0042", "period": "2025-07", "facts": {"a": "5"}}
    ]
    assert refused("m", written(tmp_path, "b.csv", head + once + twice), beside=folder) == ["P823"]


def test_a_condition_that_lets_nothing_through_is_told(tmp_path: Path) -> None:
    """Each value by itself, as long as they are few."""
    folder = mapped(tmp_path, '[map.m]\ntable = "t"\n[map.m.columns]\na = "a"\n[map.m.only]\ns = "200"\n')
    rows = "".join(f"{at};{at}\n" for at in range(1000))
    said = told(read("m", written(tmp_path, "a.csv", f"a;s\n{rows}".replace("200;200\n", "")), beside=folder))
    assert ("P825", "") in said
    assert 20 < len(said) < 30


# ── Hostile files ────────────────────────────────────────────────────────────────────────────────────────


def bomb(path: Path) -> None:
    """A workbook of some kilobytes whose sheet would be four gibibytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", b"<Types/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"x")
    raw = path.read_bytes()
    # The directory says what it unfolds to.
    size = struct.pack("<I", 1)
    at = raw.rindex(b"PK\x01\x02")
    path.write_bytes(raw[: at + 24] + raw[at + 24 :].replace(size, struct.pack("<I", 0xF0000000), 1))


def test_packed_files_are_bounded_before_they_are_unfolded(tmp_path: Path) -> None:
    """A bomb, and files that are not what they are called."""
    folder = mapped(tmp_path, PEOPLE)
    bomb(tmp_path / "a.xlsx")
    assert refused("m", tmp_path / "a.xlsx", beside=folder) == ["P816"]
    for name in ("b.xlsx", "b.xls", "b.ods", "b.parquet"):
        path = written(tmp_path, name, "<html>no workbook</html>")
        assert refused("m", path, beside=folder)[0] in {"P818", "P817"}


def test_a_sheet_that_unfolds_to_more_than_memory_ends_with_its_process(tmp_path: Path) -> None:
    """Thirty million cells in some kilobytes."""
    wide = cell("x").replace("cell ", 'cell table:number-columns-repeated="16000" ', 1)
    sheet(tmp_path / "a.ods", wide, repeated=2000)
    assert (tmp_path / "a.ods").stat().st_size < 100_000
    assert refused("m", tmp_path / "a.ods", beside=mapped(tmp_path, PEOPLE)) == ["P816"]


def test_a_table_of_a_million_columns_is_refused(tmp_path: Path) -> None:
    """In the heading as in a row."""
    folder = mapped(tmp_path, '[map.m.columns]\nemployee = "a"\nperiod = "b"\n')
    wide = "a;b" + ";c" * 400_000
    assert refused("m", written(tmp_path, "a.csv", f"{wide}\n1;2\n"), beside=folder) == ["P816"]
    row = "a;b\n" + ";".join("1" * (COLUMNS + 1)) + "\n"
    assert refused("m", written(tmp_path, "b.csv", row), beside=folder) == ["P816"]
    assert refused("m", written(tmp_path, "c.csv", "a;b\n" + "x" * 2_000_000), beside=folder) == ["P669"]
    longer = written(tmp_path, "d.csv", "a;b\n1;2;3\n")
    assert refused("m", longer, beside=folder) == ["P667"]


def test_a_cell_that_is_compressed_is_no_text(tmp_path: Path) -> None:
    """What is no text is told as that."""
    path = tmp_path / "a.csv"
    path.write_bytes(zlib.compress(b"x" * 5000) + b"\0")
    assert refused("m", path, beside=mapped(tmp_path, PEOPLE)) == ["P654"]


# ── Files as people really have them ─────────────────────────────────────────────────────────────────────

REAL = """
[map.crosswise]
across = "employee"
[map.crosswise.constants]
period = "2025-07"
[map.crosswise.indicators]
name = "Показатель"

[map.people.columns]
employee = "сотрудник"
period = "период"
"выручка" = "выручка"
"звонки" = "звонки"

[map.calls]
table = "звонки"
[map.calls.columns]
"оператор" = "сотрудник"
"начат" = "Дата и время"
"длительность" = { from = "Длительность", unit = "h:m:s" }
"отвечен" = { from = "Статус", values = { "Успешный" = "да" }, otherwise = "нет" }

[map.amo]
table = "deals"
[map.amo.columns]
deal = "ID"
manager = { from = "Ответственный", values = { "Менеджер А" = "17" } }
amount = "Бюджет"
"""


@pytest.mark.parametrize(
    ("name", "text", "rows"),
    [
        (
            "crosswise",
            "Показатель;0042;0043;Итого\nвыручка;3 300 000;2 700 000;6 000 000\nзвонки;1 100;900;2 000\n",
            [
                {
                    "employee": "0042",
                    "period": "2025-07",
                    "facts": {"выручка": "3 300 000", "звонки": "1 100"},
                },
                {"employee": "0043", "period": "2025-07", "facts": {"выручка": "2 700 000", "звонки": "900"}},
            ],
        ),
        (
            "people",
            "сотрудник;ФИО;период;выручка;звонки\n0042;А. Б.;2025-07;3300000;1100\n",
            [{"employee": "0042", "period": "2025-07", "facts": {"выручка": "3300000", "звонки": "1100"}}],
        ),
        (
            "calls",
            "сотрудник;период;Дата и время;Кому;Длительность;Статус\n"
            "101;2025-07;01.07.2025 10:02:11;+7 900 000-00-01;00:01:35;Успешный\n"
            "102;2025-07;01.07.2025 11:20:00;+7 900 000-00-03;01:04:10;Занято\n",
            [
                {
                    "оператор": "101",
                    "начат": "01.07.2025 10:02:11",
                    "длительность": "0:01:35",
                    "отвечен": "да",
                },
                {
                    "оператор": "102",
                    "начат": "01.07.2025 11:20:00",
                    "длительность": "1:04:10",
                    "отвечен": "нет",
                },
            ],
        ),
        (
            "amo",
            "ID;Название сделки;Ответственный;Бюджет\n1001;Поставка;Менеджер А;150 000|RUB\n",
            [{"deal": "1001", "manager": "17", "amount": "150 000|RUB"}],
        ),
    ],
)
def test_files_as_people_have_them(
    tmp_path: Path, name: str, text: str, rows: list[dict[str, object]]
) -> None:
    """Crosswise, with a column that nobody is paid by, one call a row, one deal a row."""
    folder = mapped(tmp_path, REAL)
    assert [*read(name, written(tmp_path, "a.csv", text), beside=folder).values] == rows


def test_deals_of_somebody_who_is_not_named_pay_nobody(tmp_path: Path) -> None:
    """A name that the mapping does not know is no personnel number."""
    text = "ID;Ответственный;Бюджет\n1001;Менеджер Б;150 000|RUB\n"
    assert refused("amo", written(tmp_path, "a.csv", text), beside=mapped(tmp_path, REAL)) == ["P815"]
