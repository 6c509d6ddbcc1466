"""What `--ci` of `premia check` and `premia test` tell a server of git: each fault at its line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.support.cli import premia

PLAN = """plan "Sales, of the region"
version 1
currency RUB
salary 50
commission 10% of revenue
example "100%: a month"
  given revenue 100
  pays  total 61
"""
BROKEN = 'plan "x"\nversion 1\ncurrency RUB\nsalary weigth\n'


@pytest.fixture
def plans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of a plan whose example fails, and of one that cannot pay."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "a.plan").write_text(PLAN, "utf-8")
    (folder / "b.plan").write_text(BROKEN.replace("weigth", "5 only"), "utf-8")
    return folder


@pytest.mark.usefixtures("plans")
def test_github_shows_each_fault_at_its_line() -> None:
    result = premia("check", "--ci", "github", "plans")
    assert result.exit_code == 1
    first, *others = result.stdout.splitlines()
    assert first.startswith("::error file=plans/a.plan,line=8,endLine=8,col=9,endColumn=16,title=P450%3A ")
    # The text is one line, and nothing in it is taken for a command.
    assert "%25" in first.partition("title=")[2]
    assert "%0A" in first
    assert all(re.match(r"::(error|warning|notice) file=plans/b\.plan,line=4,", line) for line in others)
    assert others


def test_gitlab_reads_an_issue_of_each_fault(plans: Path) -> None:
    result = premia("check", "--ci", "gitlab", "plans")
    issues = json.loads(result.stdout)
    assert (result.exit_code, issues[0]["check_name"], issues[0]["severity"]) == (1, "P450", "major")
    assert issues[0]["location"] == {"path": "plans/a.plan", "lines": {"begin": 8}}
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    # A line above moves the fault and leaves it the same one.
    (plans / "a.plan").write_text(f"# sales\n{PLAN}", "utf-8")
    again = json.loads(premia("check", "--ci", "gitlab", "plans").stdout)
    assert [one["fingerprint"] for one in again] == [one["fingerprint"] for one in issues]
    assert again[0]["location"]["lines"] == {"begin": 9}


def test_what_is_right_is_told_nothing(plans: Path) -> None:
    (plans / "a.plan").write_text(PLAN.replace("61", "60"), "utf-8")
    assert premia("check", "--ci", "gitlab", "plans/a.plan").stdout.strip() == "[]"
    result = premia("check", "--ci", "github", "plans/a.plan", "plans/none.plan")
    assert result.exit_code == 1
    assert result.stdout.startswith("::error file=")


def test_examples_alone_are_told_too(plans: Path) -> None:
    """What does not come out stands at its line; where all do, nothing is said."""
    (plans / "b.plan").unlink()
    shown, read = (premia("test", "--ci", server, "plans") for server in ("github", "gitlab"))
    assert (shown.exit_code, read.exit_code) == (1, 1)
    (line,) = shown.stdout.splitlines()
    assert line.startswith("::error file=plans/a.plan,line=8,endLine=8,col=9,endColumn=16,title=P450%3A ")
    assert [one["check_name"] for one in json.loads(read.stdout)] == ["P450"]
    (plans / "a.plan").write_text(PLAN.replace("61", "60"), "utf-8")
    passed = premia("test", "--ci", "github", "plans")
    assert (passed.exit_code, passed.stdout.strip()) == (0, "")
