"""Files that keep their word: written whole or not at all, read back as they were meant, run by nobody."""

from __future__ import annotations

import csv
import errno
import io
import os
import stat
import zipfile
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api import pictures, regulation
from api.files import Unread, read_people, replacing, save, worded
from api.files.lines import unworded
from api.pictures.render import LONGEST, fitting
from dsl.check import check
from dsl.faults import Fault, draw
from dsl.parse import parse
from dsl.source import Source
from dsl.words import LANGS
from engine.compile import Compiled, compile_plan
from engine.picture import Axis, Stair, Waterfall
from tests.support.cli import premia
from tests.support.places import IVANOV
from tests.support.repository import Repo, plan
from tests.support.service import Service, served

FACTS = IVANOV.with_suffix(".json")
OLD = b"what was there"


def ready(text: str) -> Compiled:
    """A plan that can pay."""
    found = compile_plan(check(parse(Source("a.plan", text))))
    assert isinstance(found, Compiled), found
    return found


# ── Whole or not at all ──────────────────────────────────────────────────────────────────────────────────


def full(_: int) -> None:
    """A disk that has no room when the file is to reach it."""
    raise OSError(errno.ENOSPC, "no room")


def test_a_file_is_replaced_in_one_step(tmp_path: Path) -> None:
    """It keeps its permissions; through a link the file is replaced and not the link."""
    path, link, fresh = tmp_path / "a.csv", tmp_path / "link", tmp_path / "b.csv"
    path.write_bytes(OLD)
    path.chmod(0o640)
    link.symlink_to("a.csv")
    before = path.stat()
    with replacing(link) as file:
        file.write(b"new")
        file.flush()
        assert path.read_bytes() == OLD
        (beside,) = (one for one in tmp_path.iterdir() if one.name.startswith("."))
        assert stat.S_IMODE(beside.stat().st_mode) == 0o600
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"new", 0o640)
    assert (link.is_symlink(), path.stat().st_ino != before.st_ino) == (True, True)
    assert save(fresh, b"x") is None
    (tmp_path / "c").write_bytes(b"")
    assert fresh.stat().st_mode == (tmp_path / "c").stat().st_mode
    assert {one.name for one in tmp_path.iterdir()} == {"a.csv", "b.csv", "c", "link"}


def test_a_pipe_and_a_device_are_written_straight(tmp_path: Path) -> None:
    """They have nothing to be kept, and stay what they are."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert save(pipe, b"through") is None
    assert os.read(reader, 100) == b"through"
    os.close(reader)
    assert save(Path(os.devnull), b"gone") is None
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


def test_what_its_owner_protects_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not be written is not replaced either."""
    path = tmp_path / "a.csv"
    path.write_bytes(OLD)
    monkeypatch.setattr(os, "access", lambda *_: False)
    found = save(path, b"new")
    assert isinstance(found, Fault)
    assert (found.code, path.read_bytes()) == ("P681", OLD)


def test_no_folder_and_a_folder(tmp_path: Path) -> None:
    """Neither can be written."""
    for path in (tmp_path / "no" / "a", tmp_path, tmp_path / ("x" * 300)):
        found = save(path, b"new")
        assert isinstance(found, Fault)
        assert found.code == "P681"


def test_what_goes_wrong_leaves_nothing_behind(tmp_path: Path) -> None:
    """Also where it is no file that fails."""
    with pytest.raises(KeyboardInterrupt), replacing(tmp_path / "a"):
        raise KeyboardInterrupt
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (("format",), "out.plan"),
        (("evaluate", IVANOV, "--facts", FACTS, "--out"), "out.csv"),
        (("evaluate", IVANOV, "--facts", FACTS, "--out"), "out.json"),
        (("receipt", IVANOV, "--facts", FACTS, "--out"), "out.receipt"),
        (("regulation", IVANOV, "--out"), "out.html"),
        (("curve", IVANOV, "--kpi", "calls", "--out"), "out.json"),
        (("simulate", IVANOV, "--facts", FACTS, "--quick", "--out"), "out.csv"),
    ],
)
def test_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[object, ...], name: str
) -> None:
    """Whatever is written: what was there is still there, and nothing else."""
    path = tmp_path / name
    was = IVANOV.read_bytes().replace(b"  weight", b" weight") if name == "out.plan" else OLD
    path.write_bytes(was)
    monkeypatch.setattr(os, "fsync", full)
    found = premia(*command, path)
    if "P754" in found.output:
        pytest.fail(found.output)
    assert (found.exit_code, "P681" in found.stderr) == (1, True), found.output
    assert (path.read_bytes(), [*tmp_path.iterdir()]) == (was, [path])
    monkeypatch.undo()
    assert premia(*command, path).exit_code == 0
    assert path.read_bytes() != was


def test_a_full_disk_and_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The attributes of a repository are theirs who wrote them."""
    repo = Repo(tmp_path)
    attributes = repo.directory / ".gitattributes"
    attributes.write_bytes(b"*.csv text\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "fsync", full)
    assert "P681" in premia("git-setup").stderr
    assert attributes.read_bytes() == b"*.csv text\n"
    assert not list(tmp_path.glob(".premia-*"))


# ── Tables that a spreadsheet opens ──────────────────────────────────────────────────────────────────────


@given(st.text(st.sampled_from("'=+-@\t\r\n＝a1 "), max_size=6) | st.text(max_size=6))
def test_a_word_comes_back(text: str) -> None:
    """No cell begins as a formula does, and each is read as what was written."""
    assert worded(text)[:1] not in set("=+-@\t\r\n＝＋－＠") - {""}
    assert unworded(worded(text)) == text


@pytest.mark.parametrize("lang", LANGS)
def test_people_with_names_of_formulas(tmp_path: Path, lang: str) -> None:
    """Are written as words beside numbers, and our own reader knows them again."""
    people = ["=1+1", "+7 900", "-5", "@SUM(A1)", "'=x", "'x", "a=b", "＝1", "0042"]
    text = 'plan "A"\nversion 1\ncurrency RUB\nsalary 10\nfact n money default 0 RUB\npay extra = n\n'
    made, facts, out = tmp_path / "a.plan", tmp_path / "in.csv", tmp_path / "out.csv"
    made.write_text(text, "utf-8")
    with facts.open("w", encoding="utf-8", newline="") as file:
        rows = [["employee", "period", "n"], *([worded(one), "2025-07", "1"] for one in people)]
        csv.writer(file).writerows(rows)
    read = read_people(facts, ready(text))
    assert not isinstance(read, Unread)
    assert [entry.person.employee for entry in read if entry.person] == people
    assert premia("evaluate", made, "--facts", facts, "--out", out, lang=lang).exit_code == 0
    delimiter, total = (";", "11,00") if lang == "ru" else (",", "11.00")
    written = out.read_text("utf-8-sig")
    head, *cells, last = csv.reader(io.StringIO(written), delimiter=delimiter)
    assert last[0] == ("Всего" if lang == "ru" else "Total")
    assert [row[0] for row in cells] == [
        "'=1+1",
        "'+7 900",
        "'-5",
        "'@SUM(A1)",
        "''=x",
        "'x",
        "a=b",
        "'＝1",
        "0042",
    ]
    assert {row[-2] for row in cells} == {total}
    assert [unworded(row[0]) for row in cells] == people
    assert head[-2] == ("всего" if lang == "ru" else "total")


def test_labels_of_formulas(tmp_path: Path) -> None:
    """A simulation too writes an author's words as words, and amounts below nothing as numbers."""
    made, facts, out = tmp_path / "a.plan", tmp_path / "in.csv", tmp_path / "out.csv"
    text = 'plan "A"\nversion 1\ncurrency RUB\nsalary 10\nfact n money default 0 RUB\npay extra "=1+1" = n\n'
    made.write_text(text, "utf-8")
    made.with_suffix(".old.plan").write_text(text.replace("salary 10", "salary 20"), "utf-8")
    facts.write_text("employee,period,n\n1,2025-07,5\n", "utf-8")
    old = made.with_suffix(".old.plan")
    assert premia("simulate", made, "--facts", facts, "--against", old, "--out", out).exit_code == 0
    cells = [cell for row in csv.reader(io.StringIO(out.read_text("utf-8-sig"))) for cell in row]
    assert "'=1+1" in cells
    assert "=1+1" not in cells
    assert "-10.00" in cells


# ── What a library in C or an office would choke on ──────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "character", ["\0", "\x07", "\x1b", "\r", "\x0c", "\x85", "\x9b", "\u2028", "\uffff"]
)
def test_a_control_character_in_a_text(character: str) -> None:
    """Is told where it stands, with the text without it as the repair, which is all that is wrong."""
    for opening, closing in ('""', "«»", "“”"):
        word = f"{opening}a{character}b{closing}"
        head = f"plan {word}\nversion 1\ncurrency RUB\nfact n {word} money\nsalary 10\n"
        parsed = parse(Source("a.plan", head))
        assert [(fault.code, head[slice(*fault.place or ())]) for fault in parsed.faults] == [
            ("P145", word)
        ] * 2
        assert check(parsed).faults == parsed.faults
        for fault in reversed(parsed.faults):
            start, end = fault.place or (0, 0)
            head = head[:start] + (fault.fix or "") + head[end:]
        assert not parse(Source("a.plan", head)).faults
    assert not parse(Source("a.plan", 'plan "a\tb"\nversion 1\ncurrency RUB\nsalary 10\n')).faults


def test_a_control_character_over_http() -> None:
    """Never a page, a picture or an error of the server."""
    text = 'plan "A"\nversion 1\ncurrency RUB\nsalary 10\nabout "a\\u001bb"\n'.replace("\\u001b", "\x1b")
    for path in ("/check", "/format"):
        status, answer = served().post(path, {"source": text})
        faults = answer["faults"]
        assert (status, [fault["code"] for fault in faults]) in [(200, ["P145"]), (422, ["P145"])]
    assert "\x1b" not in draw(parse(Source("a", text)).faults[0], Source("a", text), "ru")


@pytest.mark.parametrize("length", [255, 256, 1_000])
def test_a_title_of_any_length_in_a_word_processor(length: int) -> None:
    """The whole of it stands on the page; the property of the file holds what it can."""
    title = "T" * length
    document = regulation.made(ready(f'plan "{title}"\nversion 1\ncurrency RUB\nsalary 10\n'), "en")
    assert not isinstance(document, tuple)
    file = regulation.written(document, "docx")
    assert isinstance(file, bytes)
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        assert title in parts.read("word/document.xml").decode()
        assert "T" * 200 in parts.read("docProps/core.xml").decode()


def test_endless_labels_in_a_picture() -> None:
    """Are cut to what can be read before they are laid out; in words the whole is told."""
    endless, axis = "слово " * 8_000, Axis("RUB", "money")
    steps = (Stair(endless, Fraction(1), total=True), Stair("b", Fraction(2)))
    picture = fitting(Waterfall(endless, endless, "ru", axis, steps))
    assert [len(text) for text in (picture.title, picture.steps[0].label)] == [LONGEST, LONGEST]
    assert picture.about == endless
    drawn = pictures.svg(Waterfall(endless, endless, "ru", axis, steps))
    assert isinstance(drawn, str)
    assert drawn.partition("</desc>")[2].count("слово") < 100


def test_a_repository_is_no_place_of_ours(tmp_path: Path) -> None:
    """What is made beside a plan is no plan: a service that looks at that moment does not see it."""
    (tmp_path / "a.plan").write_text(plan(), "utf-8")
    with replacing(tmp_path / "a.plan") as file:
        file.write(b"x")
        service = Service(tmp_path)
        assert [one["id"] for one in service.get("/plans")[1]["plans"]] == ["a"]
