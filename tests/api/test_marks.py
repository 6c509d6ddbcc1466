"""Marks that stand on one letter, and letters that nobody sees, wherever a text comes in."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.cli import main
from api.exact import read_json
from api.files import Unread, read_people
from api.files.yaml_file import read_yaml
from api.person import EMPLOYEE, IDENTIFIER, UNSEEN, read_person
from dsl.check import check
from dsl.faults import Fault, draw
from dsl.marks import MOST, composed, overladen
from dsl.parse import parse
from dsl.source import Source
from engine.compile import Compiled, compile_plan
from tests.support.service import REQUEST, served

MARKS = "\u0301" * MOST  # as many as one letter may have
# In an order that NFC has to change, so that a run of them would take long.
TURNED = "\u0301\u0323" * 4_000
TEXT = 'plan "A"\nversion 1\ncurrency RUB\nfact revenue money\ncommission 1% of revenue\n'


@pytest.fixture(scope="module")
def plan() -> Compiled:
    """A plan of one fact."""
    found = compile_plan(check(parse(Source("a.plan", TEXT))))
    assert isinstance(found, Compiled)
    return found


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lengths of the runs of marks that are put in order, the longest of each text."""
    runs: list[int] = []

    def noted(work: Callable[..., object]) -> Callable[..., object]:
        def noting(form: str, text: str) -> object:
            runs.append(max((len(run) for run in _runs(text)), default=0))
            return work(form, text[:1000])

        return noting

    for name in ("normalize", "is_normalized"):
        monkeypatch.setattr(unicodedata, name, noted(getattr(unicodedata, name)))
    return runs


def _runs(text: str) -> list[str]:
    marks = "".join("m" if unicodedata.combining(one) else " " for one in text)
    return marks.split()


# ── Counting ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "mark", ["\u0301", "\u05b0", "\u3099", "\U0001e8d0", "\u0345", "\u0488"[:0] + "\u0483"]
)
def test_so_many_and_one_more(mark: str) -> None:
    """The first that is too many is found, on any letter, and each letter has its own."""
    fits = f"a{mark * MOST}й{mark * MOST}"
    assert overladen(fits) is None
    assert overladen(f"{fits}{mark}") == len(fits)
    assert overladen(f"{mark * (MOST + 1)}") == MOST


def test_a_mark_that_is_two() -> None:
    """Some come apart into two marks, though Unicode's tables say of them that they are none."""
    assert overladen("a" + "\u0f73" * (MOST // 2)) is None
    assert overladen("a" + "\u0f73" * (MOST // 2 + 1)) == MOST // 2 + 1


@given(st.text(st.sampled_from("aй \u0301\u0323\u0f73\uff9e中\u0483"), max_size=200))
def test_what_fits_has_short_runs(text: str) -> None:
    """No form of a text that is let through has a long run of marks; any other is left as it is."""
    if overladen(text) is None:
        assert composed(text) == unicodedata.normalize("NFC", text)
        assert all(len(run) <= MOST + 2 for run in _runs(unicodedata.normalize("NFKD", text)))
    else:
        assert composed(text) == text


def test_no_mark_is_passed_over() -> None:
    """Of all that Unicode has, each is counted."""
    for number in range(0x300, 0x110000):
        mark = chr(number)
        parts = mark if 0xD800 <= number < 0xE000 else unicodedata.normalize("NFKD", mark)
        if unicodedata.combining(parts[0]):
            assert overladen(mark * (MOST + 1)) is not None, hex(number)


# ── Where texts come in ──────────────────────────────────────────────────────────────────────────────────


def places(found: object) -> list[tuple[str, str | None]]:
    """The code and the pointer of each fault."""
    assert isinstance(found, tuple), found
    return [(fault.code, fault.pointer) for fault in found]


def test_in_a_plan(watched: list[int]) -> None:
    """In a name, in a text, in a comment; the report shows no more of them than fit."""
    for line in (f"salary 1\ne{TURNED} = 1\n", f'about "e{TURNED}"\n', f"# e{TURNED}\n"):
        source = Source("a.plan", TEXT + line)
        (fault,) = parse(source).faults
        start = TEXT.index("commission") + len("commission 1% of revenue\n") + line.index("e\u0301") + 1
        assert (fault.code, fault.place) == ("P139", (start + MOST, start + MOST + 1))
        assert len(draw(fault, source, "ru")) < 1000
    assert max(watched, default=0) <= MOST


def test_in_json(watched: list[int]) -> None:
    """As themselves, as escapes and as both, in keys and in values; where it is no JSON as well."""
    both = "a" + "\u0301\\u0323" * 20
    for raw, pointer in (
        (f'{{"a": ["e{TURNED}"]}}', "/a/0"),
        (f'{{"e{TURNED}": 1}}', None),
        (f'{{"a": "{both}"}}', "/a"),
        ('{"a": "e' + "\\u0301" * 31 + '"}', "/a"),
    ):
        ((code, where),) = places(read_json(raw.encode()))
        assert code == "P139"
        assert pointer in {None, where}
    assert read_json(json.dumps({"a": f"e{MARKS}", "й" * 100: "п" * 100})) == {
        "a": f"e{MARKS}",
        "й" * 100: "п" * 100,
    }
    found: Any = read_json(f'{{"a": "e{TURNED}", x}}')
    (fault,) = found
    assert (fault.code, fault.place) == ("P139", (8 + MOST, 9 + MOST))
    assert max(watched, default=0) <= MOST


def test_in_yaml(watched: list[int]) -> None:
    """In keys and in values, written or escaped."""
    for text in (f"a: e{TURNED}", f"e{TURNED[:90]}: 1", '\n"a": "e' + "\\u0301" * 31 + '"'):
        found: Any = read_yaml(text.encode())
        (fault,) = found
        assert (fault.code, fault.facts["line"]) == ("P142", str(1 + text.count("\n")))
    assert max(watched, default=0) <= MOST


def test_in_a_table(tmp_path: Path, plan: Compiled, watched: list[int]) -> None:
    """In the heading nothing can be used; in a row the others are paid."""
    head, good = "employee,period,revenue\n", "1,2025-07,1\n"
    path = tmp_path / "facts.csv"
    path.write_text(f"{head}e{TURNED},2025-07,1\n{good}2,2025-07,1{TURNED}\n", "utf-8")
    rows = read_people(path, plan)
    assert not isinstance(rows, Unread)
    found = [([fault.code for fault in entry.faults], entry.line) for entry in rows]
    assert found == [(["P142"], 2), ([], 3), (["P142"], 4)]
    path.write_text(f"employee,period,revenue{TURNED}\n{good}", "utf-8")
    heading = read_people(path, plan)
    assert isinstance(heading, Unread)
    assert [fault.code for fault in heading.faults] == ["P142"]
    assert max(watched, default=0) <= MOST


def test_over_http(watched: list[int]) -> None:
    """Whatever a request names, in its body or in its address."""
    service = served()
    for body, pointer in (
        ({**REQUEST, "employee": f"0{TURNED}"}, "/employee"),
        ({**REQUEST, "plan": f"i{TURNED}"}, "/plan"),
        ({**REQUEST, "facts": {**REQUEST["facts"], "calls": f"9{TURNED}"}}, "/facts/calls"),
    ):
        status, problem = service.post("/evaluate", body)
        assert (status, problem["faults"][0]["code"], problem["faults"][0]["pointer"]) == (
            422,
            "P139",
            pointer,
        )
    assert service.post("/check", {"source": TEXT + f"# e{TURNED}"})[0] == 422
    many = "e" + "%CC%81" * 40
    for path in (
        f"/plans/{many}",
        f"/plans/ivanov?version={many}",
        f"/plans/ivanov/curve?kpi={many}",
        f"/plans?{many}=1",
    ):
        status, problem = service.get(path)
        assert (status, problem["faults"][0]["code"]) == (422, "P143"), path
    assert max(watched, default=0) <= MOST


def test_on_the_command_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever is typed."""
    monkeypatch.setattr("sys.argv", ["premia", "explain", f"P{MARKS}\u0301"])
    with pytest.raises(SystemExit) as done:
        main()
    assert (done.value.code, "P143" in capsys.readouterr().err) == (1, True)


# ── Letters that nobody sees ──────────────────────────────────────────────────────────────────────────────

# What is pasted into a number, and what is left of it.
UNSEEABLE = {
    "0042\u200b": "0042", "\ufeff0042": "0042", "00\u00ad42": "0042", "0042\u200e": "0042",
    "\u202e0042": "0042", "0042\u00a0": "0042", "00\u202f42": "00 42", "0042\ufe0f": "0042",
    "00\u206042": "0042",
    "0042\u3164": "0042", "00\u034f42": "0042", "0042\U000e0041": "0042", "Анна\u2003Ли": "Анна Ли",
    "\u28000042": "0042", "0042\u0085": "0042",
}  # fmt: skip


@pytest.mark.parametrize("employee", UNSEEABLE)
def test_a_number_that_only_looks_like_another(tmp_path: Path, plan: Compiled, employee: str) -> None:
    """Is refused in JSON, in YAML and in a table, with what it looks like as the repair."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(
        [["employee", "period", "revenue"], [employee, "2025-07", "1"]]
    )
    person = {"employee": employee, "period": "2025-07", "facts": {"revenue": "1"}}
    for name, text in (
        ("a.json", json.dumps(person)),
        ("b.json", json.dumps(person, ensure_ascii=False)),
        ("a.yaml", json.dumps(person, ensure_ascii=max(employee) < "\U00010000")),
        ("a.csv", stream.getvalue()),
    ):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        found = read_people(path, plan)
        assert not isinstance(found, Unread)
        (fault,) = (fault for entry in found for fault in entry.faults)
        where = "/0/employee" if name.endswith("csv") else "/employee"
        assert (fault.code, fault.fix, fault.pointer) == ("P144", UNSEEABLE[employee], where), name
        assert all(f"`{UNSEEABLE[employee]}`" in draw(fault, None, lang) for lang in ("en", "ru"))


def test_over_http_too() -> None:
    """The service answers with the same."""
    status, problem = served().post("/evaluate", {**REQUEST, "employee": "0042\u200b"})
    (fault,) = problem["faults"]
    assert (status, fault["code"], fault["fix"], fault["pointer"]) == (422, "P144", "0042", "/employee")


def test_what_stays_a_number() -> None:
    """Letters of any alphabet, marks on them, signs and plain spaces; what is nothing else is none at all."""
    for employee in ("0042", "Анна Ли", "Jose\u0301", "山田", "a-b/c#1", "№ 7", "ش-7"):
        assert not isinstance(read_person({"employee": employee, "period": "2025-07", "facts": {}}), tuple)
    for employee in (
        "",
        " ",
        " 0042",
        "0042 ",
        "a\nb",
        "a\0",
        "\u200b",
        "\u00a0\u00a0",
        "x" * (EMPLOYEE + 1),
    ):
        ((code, _),) = places(read_person({"employee": employee, "period": "2025-07", "facts": {}}))
        assert code == "P613", employee


def test_nothing_unseen_is_forgotten() -> None:
    """All that Unicode calls a format, a space or a control is refused, but for what it draws in Arabic."""
    drawn = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
    for number in (*range(0xD800), *range(0xE000, 0x110000)):
        sort = unicodedata.category(chr(number))
        if sort in {"Cc", "Cf", "Zs", "Zl", "Zp"} and number not in drawn:
            assert IDENTIFIER.fullmatch(chr(number)) is None, hex(number)
    assert "\\x80" in UNSEEN


def test_a_fault_is_a_value() -> None:
    """What is composed is never asked for an exception."""
    assert isinstance(read_yaml(b"\xff"), tuple)
    assert isinstance(parse(Source("a", "\u0301" * 40)).faults[0], Fault)
