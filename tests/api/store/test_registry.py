"""The registry: which text of a plan answers, and how new ones are taken up."""

from __future__ import annotations

import os
from pathlib import Path

import pygit2
import pytest

from api.store import Registry, Shelf, ShelvedPlan, Timeline, registry
from dsl.faults import Fault, draw
from dsl.period import period
from dsl.words import LANGS
from engine.evaluate import Result, pay
from engine.facts import Person
from tests.support.repository import BROKEN, Repo, plan

JULY = plan("2025-07", "2025-07-01", salary=10)
AUGUST = plan("2025-08", "2025-08-01", salary=20)
OCTOBER = plan("2025-10", "2025-10-01", salary=30)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A repository without a commit."""
    return Repo(tmp_path / "repo")


def opened(repo: Repo, revision: str = "main") -> Registry:
    """The registry of a repository in which something can pay."""
    found = registry(repo.directory, revision)
    assert not found.shelf.faults, [draw(fault, None, "en") for fault in found.shelf.faults]
    return found


def salary(found: ShelvedPlan | Fault) -> int:
    """What a plan of one salary pays."""
    assert isinstance(found, ShelvedPlan), found
    assert found.compiled is not None
    result = pay(found.compiled, Person("1", "2030", {}, {}))
    assert isinstance(result, Result)
    return result.total // 100


def paid(shelf: Shelf, when: str, plan: str = "sales") -> int | str:
    """What is paid in a period, or the code of the fault, told in both languages."""
    found = shelf.at(plan, period(when))
    return coded(found) if isinstance(found, Fault) else salary(found)


def coded(found: object) -> str:
    """The code of a fault, which can be told."""
    assert isinstance(found, Fault)
    assert all(draw(found, None, lang) for lang in LANGS)
    return found.code


def days(shelf: Shelf, plan: str = "sales") -> list[tuple[str | None, ...]]:
    """The versions of a plan with their first and last days, the newest first."""
    found = shelf.timeline(plan)
    assert isinstance(found, Timeline)
    return [
        (one.name, *(day.isoformat() if day else None for day in (one.first, one.last)))
        for one in found.versions
    ]


# ── Versions and their days ───────────────────────────────────────────────────────────────────────────────


def test_the_version_in_effect_answers(repo: Repo) -> None:
    """Each from its first day until the next begins, and only the period asked for decides."""
    for text in (JULY, AUGUST, OCTOBER):
        repo.commit({"sales.plan": text})
    shelf = opened(repo).shelf
    assert [paid(shelf, f"2025-{month:02}") for month in range(6, 12)] == ["P709", 10, 20, 20, 30, 30]
    assert paid(shelf, "2025-Q4") == paid(shelf, "2026") == 30
    assert paid(shelf, "2025-Q3") == paid(shelf, "2025") == "P711"
    assert days(shelf) == [
        ("2025-10", "2025-10-01", None),
        ("2025-08", "2025-08-01", "2025-09-30"),
        ("2025-07", "2025-07-01", "2025-07-31"),
    ]
    none = shelf.at("sales", period("2025-06"))
    assert isinstance(none, Fault)
    assert (none.facts["version"], none.facts["first"]) == ("2025-07", "2025-07-01")


def test_versions_may_be_written_in_any_order(repo: Repo) -> None:
    """A later commit may bring an earlier version, and a version may be written long before it begins."""
    for text in (OCTOBER, JULY, AUGUST):
        repo.commit({"sales.plan": text})
    assert [paid(opened(repo).shelf, f"2025-{month}") for month in ("07", "08", "12")] == [10, 20, 30]


def test_the_newest_text_of_a_version_counts(repo: Repo) -> None:
    """A correction keeps the name of its version; the commit that brought it is named."""
    repo.commit({"sales.plan": JULY})
    repo.commit({"sales.plan": AUGUST})
    corrected = repo.commit({"sales.plan": plan("2025-07", "2025-07-01", salary=11)}, author="Boris")
    repo.commit({"sales.plan": AUGUST})
    shelf = opened(repo).shelf
    found = shelf.at("sales", period("2025-07"))
    assert salary(found) == 11
    assert isinstance(found, ShelvedPlan)
    assert found.revision is not None
    assert (found.revision.id, found.revision.author) == (corrected, "Boris")
    assert salary(shelf.version("sales", "2025-08")) == 20
    assert coded(shelf.version("sales", "2025-8")) == "P712"


def test_two_versions_on_one_day(repo: Repo) -> None:
    """Neither pays for its days; the days of others are not touched, and a correction mends it."""
    for text in (JULY, AUGUST, plan("2025-09", "2025-08-01", salary=40)):
        repo.commit({"sales.plan": text})
    kept = opened(repo)
    assert [paid(kept.shelf, f"2025-{month}") for month in ("07", "08", "12")] == [10, "P710", "P710"]
    assert salary(kept.shelf.version("sales", "2025-08")) == 20
    repo.commit({"sales.plan": plan("2025-09", "2025-09-01", salary=40)})
    assert kept.refresh() is not None
    assert [paid(kept.shelf, f"2025-{month}") for month in ("07", "08", "09")] == [10, 20, 40]


def test_versions_that_do_not_say_when(repo: Repo) -> None:
    """The newest replaces the others; one after a version with a first day is a fault."""
    repo.commit({"sales.plan": plan("1", salary=1)})
    repo.commit({"sales.plan": plan("2", salary=2)})
    kept = opened(repo)
    assert [paid(kept.shelf, when) for when in ("1999", "2025-07")] == [2, 2]
    assert salary(kept.shelf.version("sales", "1")) == 1
    repo.commit({"sales.plan": JULY})
    kept.refresh()
    assert [paid(kept.shelf, when) for when in ("2025-06", "2025-07")] == [2, 10]
    assert days(kept.shelf) == [("2025-07", "2025-07-01", None), ("2", None, "2025-06-30"), ("1", None, None)]
    repo.commit({"sales.plan": plan("3", salary=3)})
    kept.refresh()
    assert [paid(kept.shelf, when) for when in ("2025-06", "2025-07")] == ["P718", "P718"]


def test_a_version_that_moved_is_told(repo: Repo) -> None:
    """Whoever forgets to name a new version hears of the days that the old one has lost."""
    repo.commit({"sales.plan": JULY})
    kept = opened(repo)
    repo.commit({"sales.plan": plan("2025-07", "2025-08-01", salary=20)})
    news = kept.refresh()
    assert news is not None
    assert [fault.code for fault, _ in news.told] == ["P716"]
    assert paid(kept.shelf, "2025-07") == "P709"


# ── What commits can be like ──────────────────────────────────────────────────────────────────────────────


def test_a_revision_answers_with_its_text(repo: Repo) -> None:
    """A branch, a tag, a commit or the beginning of one, whatever is in effect."""
    first = repo.commit({"sales.plan": JULY})
    repo.commit({"sales.plan": AUGUST, "support.plan": JULY})
    repo.commit({"sales.plan": OCTOBER}, branch="draft", parents=[first])
    repo.tag("v1", first)
    shelf = opened(repo).shelf
    for revision in ("v1", first, first[:9]):
        assert salary(shelf.as_of("sales", revision)) == 10
    assert salary(shelf.as_of("sales", "draft")) == 30
    assert coded(shelf.as_of("support", "v1")) == "P719"
    assert coded(shelf.as_of("sales", "v2")) == "P703"
    listed = shelf.revised("v1")
    assert isinstance(listed, Shelf)
    assert [entry.id for entry in listed.entries] == ["sales"]
    assert listed.revision is not None
    assert listed.revision.id == first


def test_a_plan_that_moves_keeps_its_past(repo: Repo) -> None:
    """Its id is the name of its file; a file of another name is another plan."""
    repo.commit({"sales.plan": JULY})
    there = repo.commit({"sales.plan": None, "2025/sales.plan": AUGUST})
    moved = opened(repo)
    assert [paid(moved.shelf, f"2025-{month}") for month in ("07", "08")] == [10, 20]
    repo.commit({"2025/sales.plan": None, "2025/seller.plan": AUGUST})
    moved.refresh()
    assert coded(moved.shelf.find("sales")) == "P714"
    assert salary(moved.shelf.as_of("sales", there)) == 20
    assert paid(moved.shelf, "2025-08", "seller") == 20
    assert paid(moved.shelf, "2025-07", "seller") == "P709"


def test_a_deleted_plan_comes_back(repo: Repo) -> None:
    """With all that it was."""
    repo.commit({"sales.plan": JULY, "other.plan": JULY})
    repo.commit({"sales.plan": None})
    kept = opened(repo)
    assert coded(kept.shelf.find("sales")) == "P714"
    repo.commit({"sales.plan": AUGUST})
    kept.refresh()
    assert [paid(kept.shelf, f"2025-{month}") for month in ("07", "08")] == [10, 20]


def test_merges(repo: Repo) -> None:
    """A plan is followed where it came from, by whichever side it was written."""
    start = repo.commit({"sales.plan": JULY, "support.plan": JULY})
    main = repo.commit({"sales.plan": AUGUST})
    side = repo.commit({"support.plan": AUGUST}, branch="side", parents=[start])
    repo.commit({"support.plan": AUGUST}, parents=[main, side])
    kept = opened(repo)
    for name in ("sales", "support"):
        assert [paid(kept.shelf, f"2025-{month}", name) for month in ("07", "08")] == [10, 20]
    support = kept.shelf.find("support")
    assert isinstance(support, ShelvedPlan)
    assert support.revision is not None
    assert support.revision.id == side
    # The branch goes on from what was merged into it: what was on the other side is not lost.
    tip = str(repo.git.references["refs/heads/main"].target)
    late = repo.commit({"new.plan": JULY}, branch="late", parents=[start])
    repo.commit({"sales.plan": AUGUST, "support.plan": AUGUST}, parents=[late, tip])
    kept.refresh()
    assert [paid(kept.shelf, f"2025-{month}", "sales") for month in ("07", "08")] == [10, 20]
    assert paid(kept.shelf, "2025-07", "new") == 10
    assert [paid(opened(repo).shelf, f"2025-{month}", "sales") for month in ("07", "08")] == [10, 20]


def test_a_conflict_resolved_for_one_side(repo: Repo) -> None:
    """What was thrown away at the merge counts no more."""
    start = repo.commit({"sales.plan": JULY})
    ours = repo.commit({"sales.plan": plan("2025-07", "2025-07-01", salary=11)}, parents=[start])
    theirs = repo.commit(
        {"sales.plan": plan("2025-07", "2025-07-01", salary=12)}, branch="side", parents=[start]
    )
    repo.commit({}, parents=[ours, theirs])
    repo.commit({"sales.plan": AUGUST})
    assert paid(opened(repo).shelf, "2025-07") == 11


def test_a_branch_that_was_moved(repo: Repo) -> None:
    """Back, or to another history altogether: what is served follows, and its past too."""
    first = repo.commit({"sales.plan": JULY})
    repo.commit({"sales.plan": AUGUST})
    kept = opened(repo)
    repo.git.references.create("refs/heads/main", first, force=True)
    kept.refresh()
    assert [paid(kept.shelf, f"2025-{month}") for month in ("07", "08")] == [10, 10]
    repo.commit({"else.plan": OCTOBER}, parents=[])
    kept.refresh()
    assert [entry.id for entry in kept.shelf.entries] == ["else"]
    assert coded(kept.shelf.find("sales")) == "P617"


def test_below_a_folder_and_not_in_hidden_ones(repo: Repo) -> None:
    """Only what is under the directory that was named."""
    files = {"a/sales.plan": JULY, "ab/other.plan": JULY, "a/.old/old.plan": JULY, "top.plan": JULY}
    repo.commit(files)
    (repo.directory / "a").mkdir()
    found = registry(repo.directory / "a", "main").shelf
    assert [(entry.id, entry.file) for entry in found.entries] == [("sales", "sales.plan")]
    listed = found.revised("main")
    assert isinstance(listed, Shelf)
    assert [entry.id for entry in listed.entries] == ["sales"]


def test_bare_detached_and_empty_repositories(tmp_path: Path, repo: Repo) -> None:
    """A bare one needs no revision; a repository without a commit, or none at all, is told."""
    assert [coded(fault) for fault in registry(repo.directory, "HEAD").shelf.faults] == ["P702"]
    first = repo.commit({"sales.plan": JULY})
    repo.commit({"sales.plan": AUGUST})
    repo.git.set_head(pygit2.Oid(hex=first))
    assert paid(opened(repo, "HEAD").shelf, "2025-12") == 10
    repo.git.set_head("refs/heads/main")
    bare = tmp_path / "bare.git"
    pygit2.clone_repository(str(repo.directory), str(bare), bare=True)
    assert paid(registry(bare).shelf, "2025-12") == 20
    (tmp_path / "plain").mkdir()
    for path, code in ((tmp_path / "plain", "P700"), (tmp_path / "none", "P700")):
        assert [coded(fault) for fault in registry(path, "main").shelf.faults] == [code]
    (tmp_path / "odd" / ".git").mkdir(parents=True)
    (tmp_path / "odd" / ".git" / "HEAD").write_text("?")
    assert registry(tmp_path / "odd", "main").shelf.faults[0].code in {"P700", "P701"}


def test_two_files_with_one_id_in_a_commit(repo: Repo) -> None:
    """The last text that could pay goes on; without one, neither pays."""
    repo.commit({"a/sales.plan": JULY})
    kept = opened(repo)
    repo.commit({"b/sales.plan": AUGUST})
    news = kept.refresh()
    assert news is not None
    assert [fault.code for fault, _ in news.told] == ["P715", "P641"]
    assert paid(kept.shelf, "2025-07") == 10
    repo.commit({"c/x.plan": JULY, "d/x.plan": JULY})
    kept.refresh()
    assert [entry.id for entry in kept.shelf.broken] == ["x", "x"]


def test_windows_line_ends_links_and_huge_files(repo: Repo) -> None:
    """As in files: line ends make no difference, links are followed, what is too large says so."""
    repo.commit(
        {
            "win.plan": JULY.replace("\n", "\r\n"),
            "link.plan": "real/sales.plan",
            "real/sales.plan": JULY,
            "gone.plan": "nowhere",
            "huge.plan": b"# \xd0\xb9\n" * 300_000,
        },
        links=["link.plan", "gone.plan"],
    )
    shelf = opened(repo).shelf
    assert [paid(shelf, "2025-07", name) for name in ("win", "link", "sales")] == [10, 10, 10]
    broken = {entry.id: [fault.code for fault in entry.faults] for entry in shelf.broken}
    assert broken == {"gone": ["P642"], "huge": ["P644"]}


def test_what_is_included_is_of_the_same_commit(repo: Repo) -> None:
    """Also where only the shared file was written, now or between two versions."""
    shared = 'definitions "Rates"\ngrade = {}\n'
    first = (
        'plan "S"\nversion 1\nin effect from 2025-07-01\ncurrency RUB\ninclude "rates.plan"\nsalary grade\n'
    )
    second = first.replace("version 1", "version 2").replace("07-01", "08-01")
    repo.commit({"rates.plan": shared.format("10 RUB"), "sales.plan": first})
    kept = opened(repo)
    assert [entry.id for entry in kept.shelf.entries] == ["sales"]
    digests = [digest(kept.shelf.at("sales", period("2025-07")))]
    middle = repo.commit({"rates.plan": shared.format("11 RUB")})
    kept.refresh()
    found = kept.shelf.at("sales", period("2025-07"))
    digests.append(digest(found))
    assert isinstance(found, ShelvedPlan)
    assert found.revision is not None
    assert found.revision.id == middle
    repo.commit({"sales.plan": second, "rates.plan": shared.format("12 RUB")})
    kept.refresh()
    assert digest(kept.shelf.at("sales", period("2025-07"))) == digests[1]
    digests.append(digest(kept.shelf.at("sales", period("2025-08"))))
    assert len(set(digests)) == 3


def digest(found: ShelvedPlan | Fault) -> str:
    """The digest of a plan that can pay."""
    assert isinstance(found, ShelvedPlan), found
    assert found.compiled is not None, [draw(fault, found.source, "en") for fault in found.faults]
    return found.compiled.kernel.digest


# ── Taking up what is new ─────────────────────────────────────────────────────────────────────────────────


def test_a_broken_commit_leaves_the_last_good_plan(repo: Repo) -> None:
    """Until the next one, which is taken up; so it is after a start, too."""
    repo.commit({"sales.plan": JULY, "other.plan": JULY})
    kept = opened(repo)
    assert kept.refresh() is None
    repo.commit({"sales.plan": BROKEN, "other.plan": AUGUST})
    news = kept.refresh()
    assert news is not None
    assert news.changed == ("other", "sales")
    assert news.told[0][0].code == "P715"
    assert any(source is not None for _, source in news.told)
    for shelf in (kept.shelf, opened(repo).shelf):
        assert paid(shelf, "2025-08") == 10
        assert paid(shelf, "2025-08", "other") == 20
        assert [entry.id for entry in shelf.kept] == ["sales"]
        assert not shelf.broken
    repo.commit({"sales.plan": AUGUST})
    kept.refresh()
    assert paid(kept.shelf, "2025-08") == 20
    assert not kept.shelf.kept


def test_what_breaks_for_others_is_told(repo: Repo) -> None:
    """A new text that needs a fact more."""
    repo.commit({"sales.plan": JULY})
    kept = opened(repo)
    repo.commit({"sales.plan": AUGUST + "fact revenue money\ncommission 1% of revenue\n"})
    news = kept.refresh()
    assert news is not None
    assert [fault.code for fault, _ in news.told] == ["P717"]


def test_a_branch_that_goes_away(repo: Repo) -> None:
    """What was served stays, with its trouble told once, and ends with it."""
    commit = repo.commit({"sales.plan": JULY})
    kept = opened(repo)
    repo.git.references.delete("refs/heads/main")
    news = kept.refresh()
    assert news is not None
    assert [fault.code for fault in kept.trouble] == ["P703"] or [f.code for f in kept.trouble] == ["P702"]
    assert kept.refresh() is None
    assert paid(kept.shelf, "2025-07") == 10
    repo.git.references.create("refs/heads/main", commit)
    kept.refresh()
    assert not kept.trouble
    repo.commit({"sales.plan": None, "notes.txt": "none"})
    kept.refresh()
    assert [fault.code for fault in kept.trouble] == ["P645"]
    assert paid(kept.shelf, "2025-07") == 10


def test_files_are_taken_up_too(tmp_path: Path) -> None:
    """Written, broken, mended, deleted, with what they include."""

    def write(name: str, text: str) -> None:
        path = tmp_path / name
        path.write_text(text)
        write.count += 1  # type: ignore[attr-defined]
        os.utime(path, ns=(0, write.count))  # type: ignore[attr-defined]

    write.count = 0  # type: ignore[attr-defined]
    write("sales.plan", JULY)
    kept = registry(tmp_path)
    assert kept.refresh() is None
    write("other.plan", JULY)
    news = kept.refresh()
    assert news is not None
    assert news.changed == ("other",)
    write("sales.plan", BROKEN)
    news = kept.refresh()
    assert news is not None
    assert news.told[0][0].code == "P715"
    assert paid(kept.shelf, "2025-07") == 10
    write("sales.plan", AUGUST)
    kept.refresh()
    assert paid(kept.shelf, "2025-08") == 20
    shared = 'definitions "Rates"\ngrade = {}\n'
    write("rates.plan", shared.format("10 RUB"))
    write("third.plan", 'plan "S"\nversion 1\ncurrency RUB\ninclude "rates.plan"\nsalary grade\n')
    kept.refresh()
    before = digest(kept.shelf.find("third"))
    write("rates.plan", shared.format("11 RUB"))
    assert kept.refresh() is not None
    assert digest(kept.shelf.find("third")) != before
    (tmp_path / "third.plan").unlink()
    kept.refresh()
    assert coded(kept.shelf.find("third")) == "P617"
    for path in tmp_path.glob("*.plan"):
        path.unlink()
    kept.refresh()
    assert [fault.code for fault in kept.trouble] == ["P645"]
    assert paid(kept.shelf, "2025-08") == 20


def test_plain_files_have_no_past(tmp_path: Path) -> None:
    """A version is the one that there is, and a revision is refused."""
    (tmp_path / "sales.plan").write_text(JULY)
    shelf = registry(tmp_path).shelf
    assert salary(shelf.version("sales", "2025-07")) == 10
    assert coded(shelf.version("sales", "2025-08")) == "P712"
    assert coded(shelf.as_of("sales", "main")) == coded(shelf.revised("main")) == "P708"
    assert days(shelf) == [("2025-07", "2025-07-01", None)]
