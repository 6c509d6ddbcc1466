"""The folder of plans: what lies in it, what only seems to, and edits that nobody would see by their time."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api.store import Shelf, folder, gather, registry
from api.store.text import content
from dsl.faults import Fault, draw
from dsl.words import LANGS
from tests.support.cli import premia
from tests.support.repository import plan
from tests.support.service import Service

SHARED = 'definitions "Rates"\nfigure_rate percent = 5%\n'
INCLUDING = 'plan "A"\nversion 1\ncurrency RUB\ninclude "shared.plan"\nsalary 10\n'


def codes(shelf: Shelf) -> dict[str, list[str]]:
    """The codes of each file."""
    return {entry.file: [fault.code for fault in entry.faults] for entry in shelf.entries}


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """A folder of one plan, with others beside it that are none of its."""
    (tmp_path / "plans" / "north").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "secret.plan").write_text(plan(title="secret"), "utf-8")
    (tmp_path / "plans" / "sales.plan").write_text(plan(), "utf-8")
    return tmp_path / "plans"


def test_a_link_out_of_the_folder(plans: Path) -> None:
    """Is refused, whatever way it goes; one that stays inside is followed."""
    (plans / "out.plan").symlink_to("../elsewhere/secret.plan")
    (plans / "far.plan").symlink_to(plans.parent / "elsewhere" / "secret.plan")
    (plans / "twice.plan").symlink_to("out.plan")
    (plans / "inside.plan").symlink_to(plans / "north" / "n.plan")
    (plans / "round.plan").symlink_to("round.plan")
    (plans / "north" / "n.plan").write_text(plan(), "utf-8")
    found = registry(plans).shelf
    assert codes(found) == {
        "far.plan": ["P786"], "inside.plan": [], "north/n.plan": [], "out.plan": ["P786"],
        "round.plan": ["P642"], "sales.plan": [], "twice.plan": ["P786"],
    }  # fmt: skip
    assert all(draw(fault, None, lang) for entry in found.entries for fault in entry.faults for lang in LANGS)
    answer = Service(plans).client.get("/plans/out")
    assert "secret" not in answer.text
    checked = premia("check", plans)
    assert (checked.exit_code, checked.stdout.count("error P786")) == (1, 3)
    assert "secret" not in premia("format", plans).output


def test_the_folder_itself_may_be_a_link(plans: Path) -> None:
    """Plans are often put in place by one."""
    link = plans.parent / "current"
    link.symlink_to("plans")
    assert codes(registry(link).shelf) == {"sales.plan": []}
    assert premia("check", link).exit_code == 0


def socketed(path: Path) -> None:
    """A socket at a path."""
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


@pytest.mark.parametrize(
    ("make", "code", "typed"),
    [
        (os.mkfifo, "P642", "P642"),
        (socketed, "P642", "P642"),
        (Path.mkdir, "P642", "P642"),
        (lambda path: path.symlink_to("/dev/zero"), "P786", "P642"),
        (lambda path: path.symlink_to("../elsewhere/secret.plan"), "P786", "P156"),
    ],
)
def test_an_include_of_what_is_no_file(
    plans: Path, make: Callable[[Path], Any], code: str, typed: str
) -> None:
    """Is refused at once, where the plan says `include`."""
    make(plans / "shared.plan")
    (plans / "a.plan").write_text(INCLUDING, "utf-8")
    found = registry(plans).shelf.find("a")
    assert not isinstance(found, Fault)
    (fault, *_) = found.faults
    assert (fault.code, fault.place is not None) == (code, True)
    # Whoever names a file may link it from anywhere; what is no file is none for them either.
    assert typed in premia("check", plans / "a.plan").stdout


def test_a_pipe_that_takes_the_place_of_a_file(plans: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is not waited for, even where it was a file a moment ago."""
    pipe = plans / "pipe.plan"
    os.mkfifo(pipe)
    was = (plans / "sales.plan").stat()
    opening = os.open

    def opened(path: Path, how: int) -> int:
        assert how & os.O_NONBLOCK
        return opening(path, how)

    monkeypatch.setattr(Path, "stat", lambda *_, **__: was)
    monkeypatch.setattr(os, "open", opened)
    found = content(pipe, "pipe.plan")
    assert isinstance(found, Fault)
    assert found.code == "P642"


def refused(at: Path, monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    """Let the system not look into a folder."""
    scan = os.scandir

    def scanned(path: Any) -> Any:
        if Path(path) == at:
            raise error
        return scan(path)

    monkeypatch.setattr(os, "scandir", scanned)


@pytest.mark.parametrize("below", ["", "north"])
def test_a_folder_that_may_not_be_read(plans: Path, monkeypatch: pytest.MonkeyPatch, below: str) -> None:
    """Is told as what it is, and not as one without plans; what was served goes on."""
    kept = registry(plans)
    refused(plans / below, monkeypatch, PermissionError(13, "no"))
    news = kept.refresh()
    assert news is not None
    assert [fault.code for fault in kept.trouble] == ["P785"]
    assert codes(kept.shelf) == {"sales.plan": []}
    fresh = registry(plans).shelf
    assert [fault.code for fault in fresh.faults] == ["P785"]
    assert "it is not allowed" in draw(fresh.faults[0], None, "en")
    assert [fault.code for fault in gather([str(plans)])[1]] == ["P785"]
    assert "P785" in premia("check", plans, lang="ru").stdout
    monkeypatch.undo()
    kept.refresh()
    assert not kept.trouble


def test_a_folder_that_goes_while_it_is_read(plans: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is as if it had never been there; the whole folder is told."""
    refused(plans / "north", monkeypatch, FileNotFoundError(2, "gone"))
    assert codes(registry(plans).shelf) == {"sales.plan": []}
    monkeypatch.undo()
    for path in (plans / "no", plans / "sales.plan"):
        assert [fault.code for fault in registry(path).shelf.faults] == ["P640"]


# ── Edits that nobody would see by their time ────────────────────────────────────────────────────────────


def paid(shelf: Shelf, name: str = "sales") -> str:
    """The text that pays."""
    entry = shelf.find(name)
    assert not isinstance(entry, Fault)
    assert entry.source is not None
    return entry.source.typed


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system whose clock stands still: whatever is written, a file says the same of itself."""
    monkeypatch.setattr(folder.Folder, "_written", lambda *_: "as ever")


@pytest.mark.usefixtures("still")
def test_an_edit_within_a_tick(plans: Path) -> None:
    """A file that was read as it was written is read once more, and then no more."""
    kept = registry(plans)
    (plans / "sales.plan").write_text(plan(salary=70_000), "utf-8")
    news = kept.refresh()
    assert news is not None
    assert (news.changed, "70000" in paid(kept.shelf)) == (("sales",), True)
    assert kept.refresh() is None
    (plans / "sales.plan").write_text(plan(salary=80_000), "utf-8")
    assert kept.refresh() is None


@pytest.mark.usefixtures("still")
def test_an_edit_of_what_is_included(plans: Path) -> None:
    """Within a tick too, changes the plans that include it."""
    (plans / "shared.plan").write_text('definitions "Rates"\nrate percent = 5%\n', "utf-8")
    text = 'plan "A"\nversion 1\ncurrency RUB\ninclude "shared.plan"\nfact n money\ncommission rate * n\n'
    (plans / "a.plan").write_text(text, "utf-8")
    kept = registry(plans)
    (plans / "shared.plan").write_text('definitions "Rates"\nrate percent = 6%\n', "utf-8")
    news = kept.refresh()
    assert news is not None
    assert news.changed == ("a",)


def test_an_edit_of_the_same_size_and_time(plans: Path) -> None:
    """What is copied with its time says by another time that it was."""
    kept, path = registry(plans), plans / "sales.plan"
    assert kept.refresh() is None
    was = path.stat()
    while path.stat().st_ctime_ns == was.st_ctime_ns:
        path.write_text(plan(salary=70_000), "utf-8")
        os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (was.st_size, was.st_mtime_ns)
    news = kept.refresh()
    assert news is not None
    assert "70000" in paid(kept.shelf)


def test_nothing_is_read_that_did_not_change(plans: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A look at many plans reads none of them after the second."""
    for number in range(20):
        (plans / f"p{number}.plan").write_text(plan(), "utf-8")
    kept = registry(plans)
    kept.refresh()
    read: list[Path] = []

    def counted(path: Path, *more: Any) -> bytes | Fault:
        read.append(path)
        return content(path, *more)

    monkeypatch.setattr(folder, "content", counted)
    for _ in range(3):
        assert kept.refresh() is None
    assert not read
    (plans / "p7.plan").write_text(plan(salary=70_000), "utf-8")
    kept.refresh()
    assert {path.name for path in read} == {"p7.plan"}
