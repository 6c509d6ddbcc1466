"""What names a commit, and a repository that goes away under who reads it."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

import pygit2
import pytest
from pygit2.enums import ObjectType

from api.cli import main
from api.store import registry
from api.store.commit import LONGEST, STEPS, Commit, Lost, RevisionName, read_revision
from api.store.git import Repository, open_repository
from dsl.faults import Fault
from tests.support.repository import Repo, plan
from tests.support.service import Service

# What git takes for a revision, each part of it by a search, by the clock, by a pattern or by the index.
SEARCHED = (
    r"HEAD^{/(.|\n)+zq}", ":/zq", "main@{yesterday}", "main@{1}", "@{-1}", "@{u}", "@", "main^", "main^2",
    "main^{tree}", "main^{}", "main..main", "main...main", ":main", ":0:sales.plan", "main:sales.plan",
)  # fmt: skip
# What no branch, tag or commit is called.
NAMELESS = (
    "", " ", "main ", "-main", "/main", "main/", "main//1", ".main", "a/.b", "main.", "main.lock", "a.lock/b",
    "a..b", "../../etc/passwd", "a*", "a?", "a[b", "a\\b", "a\0b", "a\nb", "a\x1b[31mb", "a\u200bb",
    "a\u202eb", "a\ud800b", "x" * (LONGEST + 1), "main" + "~1" * 50, "main~-1", "main~1~1", "main~x",
    f"main~{STEPS + 1}",
    "main~" + "9" * 300, "~", "~1",
    "main~\u0661",
)  # fmt: skip


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Three commits of a plan, the first of them tagged, and a branch of another name."""
    found = Repo(tmp_path / "repo")
    first = found.commit({"sales.plan": plan("1")})
    found.tag("v1", first)
    found.commit({"sales.plan": plan("2")})
    found.git.references.create("refs/heads/план/черновик", found.commit({"sales.plan": plan("3")}))
    return found


def opened(repo: Repo) -> Repository:
    """The repository, as the product reads it."""
    found = open_repository(repo.directory)
    assert isinstance(found, Repository)
    return found


def code(found: Commit | Fault | RevisionName) -> str:
    """The code of a fault; the id of a commit or the name of one."""
    return found.code if isinstance(found, Fault) else found.id if isinstance(found, Commit) else found.of


@pytest.mark.parametrize("typed", [True, False])
def test_no_search_is_a_revision(monkeypatch: pytest.MonkeyPatch, repo: Repo, typed: bool) -> None:
    """It is refused before anything that reads the repository sees it."""
    found = opened(repo)
    monkeypatch.delattr(found, "_git")
    for text in (*SEARCHED, *NAMELESS):
        assert code(found.resolve(text, typed=typed)) == "P783", text


def test_a_revision_is_a_name_and_steps(repo: Repo) -> None:
    """A branch, a tag, a commit or its first digits; only who typed it goes back from there."""
    first, second, third = (str(repo.git.revparse_single(name).id) for name in ("main~2", "main~1", "main"))
    repo.git.references.create("refs/remotes/origin/next", second)
    repo.git.references.create("refs/heads/v1", third)
    repo.git.create_tag("signed", second, ObjectType.COMMIT, pygit2.Signature("A", "a@b.c", 1, 0), "told")
    found = opened(repo)
    for text, commit in (
        ("main", third), ("план/черновик", third), ("origin/next", second), ("signed", second),
        (second, second), (second[:7], second), (second[:7].upper(), second), ("v1", first),
    ):  # fmt: skip
        assert code(found.resolve(text, typed=False)) == commit, text
        assert code(found.resolve(text, typed=True)) == commit, text
    for text, commit in (
        ("HEAD", third),
        ("HEAD~1", second),
        ("main~", second),
        ("main~0", third),
        ("signed~1", first),
    ):
        assert code(found.resolve(text, typed=True)) == commit
        if text != "main~0":
            assert code(found.resolve(text, typed=False)) == "P783"
    for text, fault in (
        ("main~3", "P784"),
        (f"v1~{STEPS}", "P784"),
        ("mian", "P703"),
        ("abcd", "P703"),
        ("abc", "P703"),
    ):
        assert code(found.resolve(text, typed=True)) == fault


def test_a_name_is_read_as_git_lets_it_be_written() -> None:
    """Each of these may be a branch of git, and stays one."""
    for name in ("main", "a/b", "v2025-07", "релиз-7", "a.b", "a@b", "a-", "x" * LONGEST, "{a}", "a'b;c"):
        assert read_revision(name, typed=False) == RevisionName(name)


def test_a_tag_of_no_commit_names_none(repo: Repo) -> None:
    """Neither does the id of a file."""
    blob = str(repo.git.create_blob(b"x"))
    repo.git.references.create("refs/tags/odd", blob)
    for text in ("odd", blob, blob[:10]):
        assert code(opened(repo).resolve(text, typed=False)) == "P703"


def test_a_commit_of_no_day(repo: Repo) -> None:
    """What a commit claims of its time is shown as far as a calendar goes."""
    tree = repo.git.revparse_single("main").peel(ObjectType.TREE).id
    for time in (b"99999999999999999", b"-99999999999999"):
        signature = b" A\xff <a@b.c> " + time + b" +9900\n"
        raw = b"tree " + str(tree).encode() + b"\nauthor" + signature + b"committer" + signature + b"\nx\n"
        made = str(repo.git.odb.write(ObjectType.COMMIT, raw))
        assert code(opened(repo).resolve(made, typed=False)) == made


@pytest.mark.parametrize("text", [r"HEAD^{/(.|\n)+zq}", "main@{yesterday}", "main~1", "HEAD", "x" * 201])
def test_over_http(repo: Repo, text: str) -> None:
    """Wherever a request names a revision."""
    service = Service(repo.directory, "main")
    asked = {"plan": "sales", "revision": text}
    person = {"employee": "1", "period": "2025-08", "facts": {}}
    found = [
        service.post("/evaluate", {**asked, **person}),
        service.post("/evaluate/batch", {**asked, "people": [person]}),
        *(service.post(path, asked) for path in ("/check", "/format")),
        service.post("/translate", {**asked, "to": "ru"}),
        service.post("/diff", {"old": asked, "new": {"plan": "sales"}}),
    ]
    assert [(status, problem["faults"][0]["code"]) for status, problem in found] == [(422, "P783")] * 6
    for path in (
        "/plans",
        "/plans/sales",
        "/plans/sales/inputs",
        "/plans/sales/curve",
        "/plans/sales/regulation",
    ):
        reply = service.client.get(path, params={"revision": text})
        assert (reply.status_code, reply.json()["faults"][0]["code"]) == (422, "P783")


def test_on_the_command_line(
    repo: Repo, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In `REV:path`, and after `--revision`."""
    monkeypatch.chdir(repo.directory)
    for words, end in (
        (["check", "main~1:sales.plan"], 0),
        (["check", "main@{yesterday}:sales.plan"], 1),
        (["versions", "--plans", ".", "--revision", ":/zq"], 1),
        (["versions", "--plans", ".", "--revision", "main~2"], 0),
    ):
        monkeypatch.setattr("sys.argv", ["premia", "--lang", "ru", *words])
        with pytest.raises(SystemExit) as done:
            main()
        assert done.value.code == end
        assert ("P783" in "".join(capsys.readouterr())) == (end == 1)


def test_a_repository_that_is_taken_away(repo: Repo) -> None:
    """What is served goes on; whatever has to be read from it is told to be gone; and it may come back."""
    service = Service(repo.directory, "main")
    git, away = repo.directory / ".git", repo.directory / "away"
    git.rename(away)
    service.registry.refresh()
    assert [fault.code for fault in service.registry.trouble] == ["P701"]
    person = {"employee": "1", "period": "2025-08", "facts": {}}
    for path in ("/plans?revision=v1", "/plans/sales?revision=main", "/plans/sales/versions"):
        status, problem = service.get(path)
        assert (status, problem["faults"][0]["code"]) == (503, "P701")
    assert service.post("/evaluate", {"plan": "sales", "revision": "main", **person})[0] == 503
    assert service.get("/plans")[0] == service.get("/plans/sales")[0] == 200
    away.rename(git)
    assert service.post("/evaluate", {"plan": "sales", "revision": "v1", **person})[0] == 200
    service.registry.refresh()
    assert not service.registry.trouble


def test_a_text_that_is_lost_is_no_version(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which version is in effect is not told from what could still be read, and nothing is left wrong."""
    kept = registry(repo.directory, "main")
    past = kept.shelf.past
    assert past is not None
    monkeypatch.setattr(past.texts, "_kept", OrderedDict())
    git, away = repo.directory / ".git", repo.directory / "away"
    git.rename(away)
    with pytest.raises(Lost):
        kept.shelf.timeline("sales")
    away.rename(git)
    found = kept.shelf.timeline("sales")
    assert not isinstance(found, Fault)
    assert [version.name for version in found.versions] == ["3", "2", "1"]
