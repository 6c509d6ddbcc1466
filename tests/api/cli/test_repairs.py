"""`premia check --fix`: certain repairs made in the file, shown, and nothing else touched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from api.repairs import mended
from dsl.check import check
from dsl.parse import parse
from dsl.source import Source
from dsl.words import LANGS, Lang
from tests.support.answers import wrong
from tests.support.cli import data, premia, written
from tests.support.places import TESTS

HEAD = 'plan "Sales"\nversion 1\ncurrency RUB\nbonus 50 000\n'
BROKEN = f"{HEAD}revenue weigth 60% target 3 000 000\ncalls weight 40% cutof 80% target 1 000\n"
WHOLE = f"{HEAD}revenue weight 60% target 3 000 000\ncalls weight 40% cutoff 80% target 1 000\n"


@pytest.mark.parametrize("lang", LANGS)
def test_a_slip_is_repaired_in_the_file(tmp_path: Path, lang: Lang) -> None:
    """One after another, each with its code and its line before and after; a second time there is nothing."""
    file = written(tmp_path, "sales.plan", BROKEN)
    done = premia("check", "--fix", file, lang=lang)
    assert done.exit_code == 0
    assert file.read_text("utf-8") == WHOLE
    rows = done.stdout.splitlines()
    assert rows[0].startswith(f"{file}:5: P102: ")
    assert rows[1:3] == [
        "  - revenue weigth 60% target 3 000 000",
        "  + revenue weight 60% target 3 000 000",
    ]
    assert rows[5] == "  + calls weight 40% cutoff 80% target 1 000"
    assert rows[-1].endswith({"en": ": 2 repairs", "ru": ": 2 исправления"}[lang])
    again = premia("check", "--fix", file, lang=lang)
    assert (again.exit_code, len(again.stdout.splitlines())) == (0, 1)


def test_as_data_repairs_stand_before_what_is_left(tmp_path: Path) -> None:
    file = written(tmp_path, "sales.plan", BROKEN.replace("3 000 000", "3,000"))
    answer = data("check", "--fix", file, code=1)
    assert [one["code"] for one in answer["repairs"]] == ["P102", "P102"]
    assert answer["repairs"][1] == {
        "code": "P102",
        "title": "unknown word",
        "line": 6,
        "before": ["calls weight 40% cutof 80% target 1 000"],
        "after": ["calls weight 40% cutoff 80% target 1 000"],
    }
    assert [one["code"] for one in answer["faults"]] == ["P105"]
    assert "repairs" not in data("check", file, code=1)
    several = data("check", "--fix", tmp_path, code=1)["results"]
    assert [one["repairs"] for one in several] == [[]]


def test_what_has_two_readings_is_left_alone(tmp_path: Path) -> None:
    """`3,000` is three thousand to one reader and three to another, so it is told as always."""
    text = WHOLE.replace("3 000 000", "3,000")
    file = written(tmp_path, "sales.plan", text)
    assert premia("check", "--fix", file).stdout == premia("check", file).stdout
    assert file.read_text("utf-8") == text


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("P285", "spif autumn = 500 * deals during 2025-09-02 up to 2025-09-30"),
        ("P312", "spif autumn = 500 * deals during 2025-09-01 up to 2025-09-31"),
        ("P409", "revenue weight 100% accel 20% above 100% target 3 000 000"),
        ("P414", "revenue weight 100% accel 12 above 100% target 3 000 000"),
    ],
)
def test_a_repair_that_guesses_a_number_or_a_day_is_left_to_the_author(code: str, line: str) -> None:
    source = Source("", f"{HEAD}{line}\n")
    offered = [fault.code for fault in check(parse(source)).faults if fault.fix is not None]
    assert code in offered
    assert mended(source) == (source, ())


def test_a_repair_that_brings_another_fault_is_not_made() -> None:
    """With `weight` the weights would come to more than 100%; without it nobody can tell."""
    source = Source("", BROKEN.replace("cutof ", "cutoff ").replace("weight 40%", "weight 50%"))
    assert mended(source) == (source, ())


def test_a_repair_that_an_example_contradicts_is_not_made() -> None:
    example = 'example "one"\n  given revenue 3 000 000; calls 1 000\n  pays total {}\n'
    right, other = (Source("", f"{BROKEN}{example.format(total)}") for total in ("50 000", "49 000"))
    assert mended(right)[0].typed == f"{WHOLE}{example.format('50 000')}"
    assert len(mended(other)[1]) == 1


def test_nothing_else_of_the_file_is_touched(tmp_path: Path) -> None:
    """Ends of lines, a mark at the beginning, letters that come apart, comments: all is as it was typed."""
    typed = "\ufeff# Цели отдела: й\r\n" + BROKEN.replace("\n", "\r\n").replace("60%", "60% ")
    file = tmp_path / "sales.plan"
    file.write_bytes(typed.encode())
    assert premia("check", "--fix", file).exit_code == 0
    assert file.read_bytes().decode() == typed.replace("weigth", "weight").replace("cutof ", "cutoff ")


def test_a_repair_over_lines_keeps_their_ends() -> None:
    text = HEAD.replace("bonus 50 000", "salary 2 500; bonus 50 000").replace("\n", "\r\n")
    made, (mend,) = mended(Source("", text + "calls weight 100% target 5\r\n"))
    assert "salary 2 500\r\nbonus 50 000\r\n" in made.typed
    assert (mend.line, mend.before) == (4, ("salary 2 500; bonus 50 000",))
    assert mend.after == ("salary 2 500", "bonus 50 000")


def test_only_the_file_itself_is_repaired(tmp_path: Path) -> None:
    """A fault of what it includes is told, and repaired where that file is named."""
    shared = written(tmp_path, "shared.plan", 'definitions "Shared"\nrate percent = 5,5%\n')
    plan = f'plan "Sales"\nversion 1\ncurrency RUB\ninclude "{shared.name}"\ncommission rate * revenue\n'
    file = written(tmp_path, "sales.plan", plan)
    assert premia("check", "--fix", file).exit_code == 1
    assert (shared.read_text("utf-8").count("5,5"), file.read_text("utf-8")) == (1, plan)
    assert premia("check", "--fix", shared).exit_code == 0
    assert "5.5%" in shared.read_text("utf-8")
    assert premia("check", file).exit_code == 0


def test_a_file_that_cannot_be_written_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path, "sales.plan", BROKEN)
    monkeypatch.setattr("api.files.disk.os.fsync", lambda _: (_ for _ in ()).throw(OSError()))
    answer = data("check", "--fix", file, code=1)
    assert [one["code"] for one in answer["faults"]] == ["P681"]
    assert answer["repairs"] == []
    assert file.read_text("utf-8") == BROKEN
    assert [path.name for path in tmp_path.iterdir()] == ["sales.plan"]


# Every fourth is enough to see one of each sort.
@pytest.mark.parametrize(
    "path", sorted(TESTS.joinpath("bad").glob("*.plan"))[::4], ids=lambda path: path.stem
)
def test_repairs_take_faults_away_and_bring_none(path: Path) -> None:
    """Each line that is shown was in the text, and of all that was wrong some is gone and nothing is new."""
    source = Source(path.name, path.read_text("utf-8"))
    made, mends = mended(source)
    before, after = (wrong(check(parse(text))) for text in (source, made))
    assert len(after) <= len(before) - len(mends)
    assert {one.code for one in after} <= {one.code for one in before}
    assert (made.typed == source.typed) == (not mends)
    assert json.dumps([mend.before for mend in mends])
    assert mended(made) == (made, ())
