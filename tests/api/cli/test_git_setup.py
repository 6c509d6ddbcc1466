"""In a real repository: git shows what a change means, and the workflows refuse what is broken."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.cli.commands import app
from dsl.parse import parse
from dsl.source import Source
from dsl.words import LANGS
from dsl.write import explicit
from tests.support.cli import premia
from tests.support.ivanov import NEW, TEXT
from tests.support.places import IVANOV, PLANS, ROOT

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh repository with the reference plan, set up, and `premia` where a shell finds it."""
    tools = tmp_path / "tools"
    tools.mkdir()
    script = tools / "premia"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m api.cli "$@"\n', "utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    top = tmp_path / "scheme"
    (top / "plans").mkdir(parents=True)
    monkeypatch.chdir(top)
    git("init", "-q", "-b", "main")
    (top / "plans" / "sales.plan").write_text(TEXT, "utf-8")
    commit("First plan")
    return top


def git(*words: str) -> str:
    """What git prints."""
    done = subprocess.run(["git", *words], check=True, capture_output=True)
    return done.stdout.decode("utf-8", "replace")


def commit(message: str) -> None:
    git("add", "-A")
    git("-c", "user.name=HR", "-c", "user.email=hr@example.org", "commit", "-q", "-m", message)


def lines(shown: str) -> list[str]:
    """The lines that a diff takes out and puts in."""
    rows = [row for row in shown.splitlines() if row[:1] in {"+", "-"}]
    return [row[0] + " " + row[1:].strip() for row in rows if not row.startswith(("+++", "---"))]


CHANGE = ["- weight 20%", "+ weight 30%", "- weight 20%", "+ weight 10%"]


def test_git_shows_the_two_changes(repository: Path) -> None:
    """In `git diff` and in `git log -p`, as in `premia diff`."""
    assert premia("git-setup").exit_code == 0
    plan = repository / "plans" / "sales.plan"
    plan.write_text(NEW.replace("  cutoff", " cutoff"), "utf-8")
    assert lines(git("diff")) == CHANGE
    assert "weight 20% → weight 10%" in premia("diff", "HEAD:plans/sales.plan", plan).stdout
    commit("Pay for conversion")
    assert lines(git("log", "-p", "-1", "--", "*.plan")) == CHANGE
    plan.write_text(plan.read_text("utf-8").replace("salary 60 000", "salary  60 000  # as agreed"), "utf-8")
    assert lines(git("diff")) == []


def test_what_is_broken_is_shown_as_it_is(repository: Path) -> None:
    premia("git-setup")
    plan = repository / "plans" / "sales.plan"
    plan.write_text(TEXT + "oops oops\n", "utf-8")
    assert "oops oops" in git("diff")
    plan.write_bytes(b"\xff\xfe no text")
    assert git("diff")


def test_it_is_done_once_and_undone_whole(repository: Path) -> None:
    attributes = repository / ".gitattributes"
    attributes.write_text("*.csv text\n", "utf-8")
    before = (repository / ".git" / "config").read_text("utf-8")
    for _ in range(2):
        assert premia("git-setup").exit_code == 0
        assert attributes.read_text("utf-8") == "*.csv text\n*.plan diff=premia\n"
    for _ in range(2):
        assert premia("git-setup", "--uninstall").exit_code == 0
    assert attributes.read_text("utf-8") == "*.csv text\n"
    after = (repository / ".git" / "config").read_text("utf-8")
    assert after.replace('[diff "premia"]\n', "") == before


def test_where_there_is_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = premia("git-setup")
    assert (result.exit_code, "P700" in result.stderr) == (1, True)
    git("init", "-q", "--bare", str(tmp_path))
    assert "P724" in premia("git-setup").stderr


def test_a_language_of_ones_own(repository: Path) -> None:
    premia("git-setup", "--lang", "ru")
    (repository / "plans" / "sales.plan").write_text(NEW, "utf-8")
    assert lines(git("diff"))[0] == "- вес 20%"


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.name)
def test_the_explicit_form_is_the_same_plan(path: Path) -> None:
    """It parses to the same tree, and can be shown in both languages."""
    tree = parse(Source(path.name, path.read_text("utf-8"))).tree
    assert parse(Source(path.name, explicit(tree))).tree == tree
    assert all(explicit(tree, lang) for lang in LANGS)


# ── Workflows ────────────────────────────────────────────────────────────────────────────────────────────


def workflow(server: str) -> Any:
    result = premia("git-setup", "--ci", server)
    assert result.exit_code == 0
    return yaml.safe_load(result.stdout)


def scripts(server: str) -> dict[str, str]:
    """The steps of a workflow that run premia, by what they do."""
    if server == "github":
        steps = [
            step for step in workflow(server)["jobs"]["plans"]["steps"] if "premia " in step.get("run", "")
        ]
        texts = [step["run"] for step in steps if "gh pr" not in step["run"]]
    else:
        texts = [text for text in workflow(server)["premia"]["script"] if "premia " in text]
    return {"diff" if "premia diff" in text else f"check {at}": text for at, text in enumerate(texts)}


def run(script: str) -> int:
    variables = {
        "PLANS": "plans",
        "FACTS": "facts",
        "BASE": "main",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": "main",
    }
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script],
        env={**os.environ, **variables},
        capture_output=True,
        check=False,
    ).returncode


@pytest.mark.parametrize("server", ["github", "gitlab"])
def test_a_workflow_shows_a_change_and_refuses_what_is_broken(repository: Path, server: str) -> None:
    plan = repository / "plans" / "sales.plan"
    (repository / "facts").mkdir()
    shutil.copy(IVANOV.with_suffix(".json"), repository / "facts" / "sales.json")
    steps = scripts(server)
    outcome = NEW.replace("conversion 12 600; calls 9 500; commission 1 800; total 119 800", "total 121 350")
    plan.write_text(outcome, "utf-8")
    assert [run(script) for script in steps.values()] == [0] * len(steps)
    shown = (repository / "premia.md").read_text("utf-8")
    assert "weight 30%" in shown
    assert "+1 550.00" in shown
    plan.write_text(TEXT.replace("weight 40%", "wieght 40%"), "utf-8")
    assert run(steps["diff"]) != 0
    assert any(run(script) for name, script in steps.items() if name != "diff")


def test_hooks_are_commands() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    names = {command.name or "" for command in app.registered_commands} | {"check"}
    assert [hook["id"] for hook in hooks] == ["premia-check", "premia-format", "premia-test"]
    for hook in hooks:
        program, name = hook["entry"].split()
        assert (program, hook["language"], hook["files"]) == ("premia", "python", r"\.plan$")
        assert name in names
