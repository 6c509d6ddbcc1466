"""`premia new`: what it asks, what it makes of the answers, and what it never writes."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
import typer

from api.cli.new import begin
from api.cli.reader import Reader
from api.cli.reader import words as phrases
from api.templates import names, template
from dsl.words import LANGS, Lang
from tests.support.cli import data, premia, written
from tests.support.places import ROOT


class Terminal(StringIO):
    """Somebody at a terminal who types some lines; `None` is Ctrl-C, and after the last line comes Ctrl-D."""

    def __init__(self, *lines: str | None) -> None:
        super().__init__()
        self.lines = [*lines]

    def isatty(self) -> bool:
        """It is one."""
        return True

    def readline(self, _: int | None = -1, /) -> str:  # type: ignore[override]  # so it is in typeshed
        """The next line."""
        line = self.lines.pop(0) if self.lines else ""
        if line is None:
            raise KeyboardInterrupt
        return line


Ask = pytest.MonkeyPatch


def asked(monkeypatch: Ask, *answers: str | None, lang: Lang = "en", out: Path | None = None) -> int:
    """How the command ends when somebody answers so; what is empty is Enter."""
    lines = (answer if answer is None else f"{answer}\n" for answer in answers)
    monkeypatch.setattr(sys, "stdin", Terminal(*lines))
    return begin(None, out, Reader(lang))


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: Ask) -> None:
    monkeypatch.chdir(tmp_path)


# ── A template by its name ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", names())
def test_a_template_is_written_and_is_fine(name: str, lang: Lang, tmp_path: Path) -> None:
    """Printed or written it is the same text; check, test and format have nothing to say of it."""
    plan = tmp_path / "made.plan"
    done = premia("new", name, "--out", plan, "--lang", lang)
    assert (done.exit_code, str(plan) in done.stderr) == (0, True)
    assert "premia inputs" in done.stdout
    assert premia("new", name, "--lang", lang).stdout == plan.read_text("utf-8") == template(name, lang).text
    checked = data("check", plan)
    assert (checked["ok"], checked["faults"], checked["advice"]) == (True, [], [])
    assert data("test", plan)["passed"] >= 3
    assert premia("format", "--check", plan).exit_code == 0


@pytest.mark.parametrize("lang", LANGS)
def test_the_list_has_every_template(lang: Lang) -> None:
    listed = data("new", "--list", lang=lang)
    assert [one["name"] for one in listed] == [*names()]
    text = premia("new", "--list", lang=lang).stdout
    assert all(f"  {one['name']} " in text for one in listed)
    assert all(one["about"].split()[-1] in text for one in listed)


def test_as_data_it_says_what_was_made(tmp_path: Path) -> None:
    printed = data("new", "support", lang="ru")
    assert printed == {"template": "support", "file": None, "text": template("support", "ru").text}
    file = tmp_path / "s.plan"
    assert data("new", "support", "--out", file) == {
        "template": "support",
        "file": str(file),
        "text": file.read_text("utf-8"),
    }


def test_what_is_there_is_never_written_over(tmp_path: Path) -> None:
    file = written(tmp_path, "mine.plan", "mine")
    refused = premia("new", "hunters", "--out", file)
    assert (refused.exit_code, "P788" in refused.stderr, file.read_text("utf-8")) == (1, True, "mine")
    link = tmp_path / "link.plan"
    link.symlink_to(tmp_path / "nothing.plan")
    assert data("new", "hunters", "--out", link, code=1)["faults"][0]["code"] == "P788"
    assert not (tmp_path / "nothing.plan").exists()


def test_a_template_that_there_is_not() -> None:
    refused = premia("new", "lions")
    assert (refused.exit_code, "P789" in refused.stderr) == (1, True)
    assert all(f"`{name}`" in refused.stderr for name in names())


def test_nobody_is_asked_who_is_not_there() -> None:
    """A script has no terminal; it is told how it goes without questions."""
    refused = premia("new")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "P790" in refused.stderr
    assert "premia new hunters --out" in refused.stderr


# ── Questions ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", names())
def test_enter_takes_every_default(name: str, lang: Lang, monkeypatch: Ask) -> None:
    assert asked(monkeypatch, name, *[""] * 20, lang=lang) == 0
    assert Path(f"{name}.plan").read_text("utf-8") == template(name, lang).text


def test_answers_stand_in_the_plan(monkeypatch: Ask, capsys: pytest.CaptureFixture[str]) -> None:
    """Numbers as people type them, and by the examples what is paid with them."""
    answers = ["1", "Наши хантеры", "Продаём станки заводам.", "₽", "1, 3", "60 40"]
    answers += ["120 000", "50 000,00", "2 млн", "30 ", "", "свой.plan"]
    assert asked(monkeypatch, *answers, lang="ru") == 0
    said = capsys.readouterr()
    assert "свой.plan: ошибок нет" in said.out
    assert "`2 млн` прочитано как 2 000 000" in said.err
    text = Path("свой.plan").read_text("utf-8")
    for line in (
        'схема "Наши хантеры"',
        'описание "Продаём станки заводам."',
        "оклад 120 000",
        "премия 50 000",
    ):
        assert f"{line}\n" in text
    assert "выручка_новых   вес 60%" in text
    assert "первые_встречи  вес 40%" in text
    assert "дано      выручка_новых 2 000 000; первые_встречи 30\n" in text
    assert "начислено премия 50 000; процент 0; всего 170 000\n" in text
    assert "звонки" not in text
    assert data("check", "свой.plan")["advice"] == []


WRONG = {
    "template": (["7", "lions", "2"], ["`7`", "`lions`"]),
    "title": (["1", 'a "b" «c» d”', "Ours"], ["quotation marks"]),
    "a long title": (["1", "x" * 1001, "Ours"], ["at most 1000"]),
    "currency": (["1", "", "", "gold", "RUB"], ["`gold`"]),
    "a currency that is a word": (["1", "", "", "all", "rub"], ["`all`"]),
    "KPIs": (["1", "", "", "", "0", "1 9", "calls", "1 2"], ["from 1 to 4"] * 3),
    "a KPI twice": (["1", "", "", "", "2 2", "1 2"], ["`new_customers` is named twice"]),
    "a weight of nothing": (["1", "", "", "", "", "0 50 25 25", "25 25 25 25"], ["above 0"]),
    "no salary, by a slip": (["1", "", "", "", "", "", "0", ""], ["`salary` would be nothing"]),
    "far from what is usual": (["1", "", "", "", "", "", "", "", "900 000 000", ""], ["far from 40 000"]),
    "a commission without its sign": (["1", *[""] * 11, "5", "5%"], ["`5` without `%` would be 500%"]),
    "weights": (["1", "", "", "", "", "50 50", "a b c d", "40 30 20 20", "25 25 25 25"], ["110%"]),
    "a number with two readings": (["1", "", "", "", "", "", "120.000", "120000"], ["could be"]),
    "no number": (["1", "", "", "", "", "", "plenty", "1000"], ["not a number"]),
    "less than nothing": (["1", "", "", "", "", "", "-5", "1000"], ["below 0"]),
    "another currency": (["1", "", "", "", "", "", "5 RUB", "1000"], ["in another currency"]),
    "a percentage without its sign": (["2", "", "", "", "", "", "", "", "", "97", "97%"], ["9 700%"]),
    "more than is paid": (["1", "", "", "", "", "", "", "9" * 31, "500"], ["at most 30"]),
    "a target of nothing": (["1", "", "", "", "", "", "", "", "0", "5000"], ["is not above 0"]),
    "a part of a customer": (["1", "", "", "", "", "", "", "", "", "2.5", "3"], ["whole"]),
    "beyond its bounds": (["5", "", "", "", "", "", "", "", "", "7", "5"], ["5"]),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_answer_is_told_and_asked_again(
    case: str, monkeypatch: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    answers, told = WRONG[case]
    assert asked(monkeypatch, *answers, *[""] * 20, out=Path("made.plan")) == 0
    said = capsys.readouterr().err
    for words in told:
        assert words in said
    assert data("check", "made.plan")["faults"] == []


def test_how_a_number_was_understood_is_told(monkeypatch: Ask, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(monkeypatch, "1", "", "", "", "", "", "120.000,50", *[""] * 20) == 0
    assert "`120.000,50` was read as 120 000.5" in capsys.readouterr().err
    assert "salary 120 000.5\n" in Path("hunters.plan").read_text("utf-8")


def test_the_file_is_asked_for_until_it_can_be_written(
    tmp_path: Path, monkeypatch: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    """No answer is lost by a file that is there or a folder that is not; Enter takes a name that is free."""
    mine = written(tmp_path, "hunters.plan", "mine")
    answers = ["1", *[""] * 12, "hunters.plan", str(tmp_path / "nowhere" / "a.plan"), ""]
    assert asked(monkeypatch, *answers) == 0
    said = capsys.readouterr().err
    assert said.count("[hunters-2.plan]: ") == 3
    assert mine.read_text("utf-8") == "mine"
    assert Path("hunters-2.plan").read_text("utf-8") == template("hunters", "en").text


@pytest.mark.parametrize("end", [None, "end of input"])
@pytest.mark.parametrize("after", range(14))
def test_whoever_stops_has_no_half_of_a_plan(
    end: str | None, after: int, tmp_path: Path, monkeypatch: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(monkeypatch, *["1", *[""] * 12][:after], *([] if end else [None])) == 130
    said = capsys.readouterr()
    assert (said.out, said.err.splitlines()[-1]) == ("", "stopped: no file was written.")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_told_before_any_question(tmp_path: Path, monkeypatch: Ask) -> None:
    mine = written(tmp_path, "mine.plan", "mine")
    with pytest.raises(typer.Exit):
        asked(monkeypatch, out=mine)


WAYS = {
    "a title": ["Hunters", "", "", "EUR"],
    "the other title": ["хантеры", "", "", "евро"],
    "a number with a stop": ["1.", "", "", "eur"],
}


@pytest.mark.parametrize("way", WAYS)
def test_what_is_meant_is_understood(way: str, monkeypatch: Ask) -> None:
    assert asked(monkeypatch, *WAYS[way], *[""] * 20) == 0
    assert Path("hunters.plan").read_text("utf-8") == template("hunters", "en").text


@pytest.mark.parametrize(
    "typed", ["1 3", "1,3", "1 и 3", "1 and 3", "new_revenue, First meetings held", "1; 3."]
)
def test_kpis_are_chosen_in_many_ways(typed: str, monkeypatch: Ask) -> None:
    assert asked(monkeypatch, "1", "", "", "", typed, "70,30", *[""] * 20) == 0
    text = Path("hunters.plan").read_text("utf-8")
    assert ("weight 70%" in text, "first_meetings  weight 30%" in text, "cold_calls" in text) == (
        True,
        True,
        False,
    )


@pytest.mark.parametrize("typed", ["all", "все", "1-4", "1 – 4"])
def test_all_kpis_are_chosen_by_a_word(typed: str, monkeypatch: Ask) -> None:
    assert asked(monkeypatch, "1", "", "", "", typed, *[""] * 20) == 0
    assert Path("hunters.plan").read_text("utf-8") == template("hunters", "en").text


@pytest.mark.parametrize("typed", ["0", "none", "нет", "-"])
def test_a_commission_can_be_refused(typed: str, monkeypatch: Ask) -> None:
    assert asked(monkeypatch, "1", *[""] * 11, typed, "") == 0
    text = Path("hunters.plan").read_text("utf-8")
    assert ("commission" in text, data("check", "hunters.plan")["advice"]) == (False, [])


def test_a_doubtful_answer_counts_when_it_is_typed_twice(monkeypatch: Ask) -> None:
    assert asked(monkeypatch, "1", "", "", "", "", "", "0", "1", "0", "0", *[""] * 20) == 0
    text = Path("hunters.plan").read_text("utf-8")
    assert ("salary" in text, data("check", "hunters.plan")["faults"]) == (False, [])


def test_the_way_back_keeps_what_was_answered(monkeypatch: Ask, capsys: pytest.CaptureFixture[str]) -> None:
    """Each question is asked again with what was answered to it; before the first there is none."""
    answers = ["back", "1", "Ours", "", "RUB", "<", "<", "back", "Theirs", "", "", *[""] * 20]
    assert asked(monkeypatch, *answers) == 0
    said = capsys.readouterr().err
    assert ("[Ours]: " in said, "[RUB]: " in said) == (True, True)
    text = Path("hunters.plan").read_text("utf-8")
    assert text.startswith('plan "Theirs"\nversion 1\ncurrency RUB\n')


def test_no_amount_is_offered_in_a_currency_of_which_nothing_is_known(
    monkeypatch: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(monkeypatch, "support", "", "", "dollars", "2", "", "3000", "500", *[""] * 9) == 0
    assert "no amount is offered in this currency" in capsys.readouterr().err
    assert "currency USD\n" in Path("support.plan").read_text("utf-8")


# ── At a real terminal ───────────────────────────────────────────────────────────────────────────────────


@contextmanager
def terminal(folder: Path, lang: Lang = "en") -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The command, asking at a terminal, and where its keys are; it has come to the first question."""
    keys, screen = os.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    typed = [sys.executable, "-m", "api.cli", "new", "--lang", lang]
    with subprocess.Popen(
        typed, cwd=folder, env=environment, stdin=screen, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        os.close(screen)
        assert process.stderr is not None
        said = b""
        while not said.endswith(b"]: "):
            said += process.stderr.read(1)
        try:
            yield process, keys
        finally:
            os.close(keys)


def test_at_a_terminal_a_plan_is_made(tmp_path: Path) -> None:
    with terminal(tmp_path) as (process, keys):
        os.write(keys, "support\nНаша \u0438\u0306\n".encode() + b"\xff\n" + b"\n" * 15)
        out, error = process.communicate()
    assert (process.returncode, b"Traceback" in error) == (0, False)
    assert b"support.plan: no faults" in out
    assert (tmp_path / "support.plan").read_text("utf-8").startswith('plan "Наша \u0439"\n')


# What is no answer to most questions; and words in which plans, facts and tables are told of.
UNSUITABLE = ("all together", "-1", "5 000 XAU", "9" * 40, "2 2", "0.0001")
ELSEWHERE = re.compile(r"факт|личный план|возможно:|передан|\bfact\b|\bgiven\b|can stand|personal|premia ")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", names())
def test_at_a_terminal_no_unsuitable_answer_does_harm(name: str, lang: Lang, tmp_path: Path) -> None:
    """To each question comes all that is no answer, and then Enter; what is told is about the answer."""
    told, left = "", [name]
    with terminal(tmp_path, lang) as (process, keys):
        assert process.stderr is not None
        while True:
            os.write(keys, f"{left.pop(0) if left else ''}\n".encode())
            said = b""
            while not said.endswith((b"]: ", b"\n: ")) and (one := process.stderr.read(1)):
                said += one
            text = said.decode()
            if not text.endswith(": "):
                break
            if "\n\n" in f"\n{text}":
                free = any(phrases(lang)[key] in text for key in ("new_title", "new_about", "new_file"))
                left = [] if free else [*UNSUITABLE]
            else:
                told += text
        process.communicate()
    assert process.returncode == 0
    assert told.count("\n") > len(UNSUITABLE)
    assert ELSEWHERE.search(told) is None
    assert data("check", tmp_path / f"{name}.plan")["faults"] == []


@pytest.mark.parametrize("stopping", ["interrupt", "end of input"])
def test_at_a_terminal_whoever_stops_is_let_go(tmp_path: Path, stopping: str) -> None:
    with terminal(tmp_path) as (process, keys):
        if stopping == "interrupt":
            process.send_signal(signal.SIGINT)
        else:
            os.write(keys, b"\x04")
        out, error = process.communicate()
    assert (process.returncode, out) == (130, b"")
    assert error.endswith(b"stopped: no file was written.\n")
    assert list(tmp_path.iterdir()) == []
