"""Plans named on the command line: files, folders, and `REV:path`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli.commands import app
from api.store import NamedPlan, gather, named
from dsl.faults import Fault, draw
from dsl.source import Source
from dsl.words import LANGS
from tests.support.repository import BROKEN, Repo, plan


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """Three commits, and the folder of the repository as the current one."""
    found = Repo(tmp_path)
    found.commit({"plans/sales.plan": plan(salary=50_000), "notes.txt": "none"})
    found.commit({"plans/sales.plan": plan(salary=60_000), "plans/b/support.plan": plan()})
    found.commit({"plans/sales.plan": BROKEN, "plans/.old/x.plan": plan()})
    monkeypatch.chdir(tmp_path)
    return found


def text(argument: str) -> str:
    """The text that an argument names."""
    found = named(argument)
    assert not isinstance(found, Fault), found
    source = found.read()
    assert isinstance(source, Source)
    assert source.name == argument
    return source.typed


def refused(argument: str) -> Fault:
    """The fault of an argument, drawn in both languages."""
    found = named(argument)
    assert isinstance(found, Fault)
    assert all("{revision" not in draw(found, None, lang) for lang in LANGS)
    return found


def test_a_file_of_a_commit(repo: Repo) -> None:
    """By branch, by steps before it, by tag, by id and by its first digits."""
    repo.tag("v1", str(repo.git.revparse_single("main~1").id))
    first = str(repo.git.revparse_single("main~2").id)
    assert text("main~1:plans/sales.plan") == text("v1:plans/sales.plan") == plan(salary=60_000)
    for name in (first, first[:8]):
        assert text(f"{name}:plans/sales.plan") == plan(salary=50_000)
    found = named("HEAD~1:plans/b/support.plan")
    assert isinstance(found, NamedPlan)
    assert found.revision is not None
    assert (found.id, found.short, found.revision.author) == ("support", "support.plan", "Anna")


def test_paths_begin_where_git_begins_them(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the top of the repository, or with a point at the current folder."""
    inside = repo.directory / "plans" / "b"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    for path in ("plans/sales.plan", "../sales.plan", "./../sales.plan"):
        assert "60000" in text(f"main~1:{path}")
    assert refused("main~1:../../../sales.plan").code == "P705"
    assert refused("main~1:sales.plan").code == "P705"


def test_a_file_that_is_there_is_meant_first(repo: Repo) -> None:
    """Whatever its name has in it."""
    path = repo.directory / "main:odd.plan"
    path.write_text(plan(title="Odd"))
    found = named("main:odd.plan")
    assert isinstance(found, NamedPlan)
    assert found.revision is None
    assert "Odd" in text("main:odd.plan")
    assert isinstance(named(r"C:\plans\sales.plan"), NamedPlan)


def test_what_names_no_commit(repo: Repo) -> None:
    """Says what there is, the nearest first."""
    repo.commit({}, branch="next", parents=[str(repo.git.revparse_single("main").id)])
    assert refused("mian:plans/sales.plan").facts["known"] == ("main", "next")
    for revision in ("", "main^{tree}", "main..main", "a", "4f", "\u2028", "x" * 500, "main:plans"):
        assert refused(f"{revision}:plans/sales.plan").code in {"P703", "P783", "P705"}, revision
    missing = refused("main:plans/slaes.plan")
    known = missing.facts["known"]
    assert (missing.code, known[0]) == ("P705", "plans/sales.plan")


def test_a_repository_without_commits_and_none_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is told for what it is."""
    (tmp_path / "none").mkdir()
    monkeypatch.chdir(tmp_path / "none")
    assert refused("main:sales.plan").code == "P706"
    Repo(tmp_path / "new")
    monkeypatch.chdir(tmp_path / "new")
    assert refused("HEAD:sales.plan").code == "P702"
    Repo(tmp_path / "bare.git", bare=True).commit({"sales.plan": plan()})
    monkeypatch.chdir(tmp_path / "bare.git")
    assert "60000" in text("HEAD:sales.plan")
    assert refused("HEAD:./sales.plan").code == "P705"


def test_links_are_followed_inside_a_commit(repo: Repo) -> None:
    """And never out of it; a circle of them is no file."""
    links = {
        "now.plan": "plans/b/support.plan",
        "plans/out.plan": "../../etc/passwd",
        "root.plan": "/etc/passwd",
        "a.plan": "b.plan",
        "b.plan": "a.plan",
        "plans/up.plan": "../now.plan",
    }
    repo.commit(links, links=list(links))
    assert text("main:now.plan") == text("main:plans/up.plan") == plan()
    for name in ("plans/out.plan", "root.plan", "a.plan"):
        assert refused(f"main:{name}").code == "P705"


def test_contents_that_are_no_text(repo: Repo) -> None:
    """Too much of it, or in another encoding."""
    repo.commit({"huge.plan": b"# \xd0\xb9\n" * 300_000, "latin.plan": b'plan "\xe9"'})
    for name, code in (("huge.plan", "P644"), ("latin.plan", "P643")):
        found = named(f"main:{name}")
        assert isinstance(found, NamedPlan)
        source = found.read()
        assert isinstance(source, Fault)
        assert source.code == code


@pytest.mark.usefixtures("repo")
def test_a_folder_of_a_commit() -> None:
    """All the plans in it, but for hidden folders; the whole commit has an empty path."""
    found, faults = gather(["main:plans", "main:", "main:plans/sales.plan"])
    names = [one.name for one in found]
    assert names == ["main:plans/b/support.plan", "main:plans/sales.plan"]
    assert not faults
    assert [fault.code for fault in gather(["main:nothing", "nope:"])[1]] == ["P705", "P703"]


# ── The commands ──────────────────────────────────────────────────────────────────────────────────────────


def run(*args: str) -> Result:
    """A command in the current folder."""
    return CliRunner().invoke(app, [*args, "--lang", "en"])


def test_every_command_takes_a_file_of_a_commit(repo: Repo) -> None:
    """It answers as it does of the file."""
    good, bad = "main~1:plans/sales.plan", "main:plans/sales.plan"
    (repo.directory / "facts.json").write_text('{"employee": "1", "period": "2025-07", "facts": {}}')
    paid = run("evaluate", good, "--facts", "facts.json", "--json")
    assert json.loads(paid.stdout)["totals"] == [{"currency": "RUB", "total": "60000.00"}]
    assert run("check", good).exit_code == 0
    assert "main:plans/sales.plan:4" in run("check", bad).stdout
    assert run("check", "main:").exit_code == 1
    assert run("format", "--stdout", good).stdout.startswith('plan "Good"')
    assert "P707" in run("format", good).output
    assert run("check", "--fix", bad).exit_code == 1
    assert "схема" in run("translate", good, "--to", "ru").stdout
    assert run("inputs", good).exit_code == 0
    assert "P682" in run("test", good).output
    for command in (
        ["check"],
        ["inputs"],
        ["translate", "--to", "ru"],
        ["evaluate", "--facts", "facts.json"],
    ):
        ran = run(*command, "nope:plans/sales.plan")
        assert ran.exit_code == 1
        assert "P703" in ran.output
