"""A shelf: every file answers for itself."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from api.store import Shelf, shelve
from dsl.faults import Fault, draw
from dsl.words import LANGS

GOOD = 'plan "Good"\nversion 1\ncurrency RUB\nsalary 60 000\n'
BROKEN = 'plan "Broken"\nversion 1\ncurrency RUB\nsalary 60 000 +\n'
EXAMPLES = Path(__file__).parents[1] / "examples"


def shelf(directory: Path, files: dict[str, str | bytes]) -> Shelf:
    """The shelf of some files."""
    for name, content in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return shelve(directory)


def errors(found: Shelf) -> dict[str, list[str]]:
    """The codes of each file, with every report drawn."""
    for entry in found.entries:
        assert all(draw(fault, entry.source, lang) for fault in entry.faults for lang in LANGS)
    return {entry.file: [fault.code for fault in entry.faults] for entry in found.entries}


def test_a_broken_file_leaves_the_others_alone(tmp_path: Path) -> None:
    """Files below the directory are found, others are not looked at."""
    found = shelf(tmp_path, {"good.plan": GOOD, "a/b/broken.plan": BROKEN, "notes.txt": "salary"})
    assert [(entry.id, entry.file) for entry in found.ready] == [("good", "good.plan")]
    assert [(entry.id, entry.file) for entry in found.broken] == [("broken", "a/b/broken.plan")]
    assert found.broken[0].source is not None
    assert not found.faults


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'plan "\xe9"', "P643"),
        (b"# \xd0\xb9\n" * 300_000, "P644"),
        (b"", "P101"),
    ],
)
def test_a_file_that_is_no_plan(tmp_path: Path, content: bytes, code: str) -> None:
    """It says why, beside a good one."""
    assert errors(shelf(tmp_path, {"good.plan": GOOD, "odd.plan": content})) == {
        "good.plan": [],
        "odd.plan": [code],
    }


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    """A link to nothing is told, a directory is none, and a pipe is never waited for."""
    (tmp_path / "gone.plan").symlink_to("nowhere")
    (tmp_path / "room.plan").mkdir()
    os.mkfifo(tmp_path / "pipe.plan")
    assert errors(shelf(tmp_path, {"good.plan": GOOD})) == {"gone.plan": ["P642"], "good.plan": []}


def test_two_files_with_one_id(tmp_path: Path) -> None:
    """Neither pays, and the answer names both."""
    found = shelf(tmp_path, {"2025/sales.plan": GOOD, "2026/sales.plan": GOOD, "other.plan": GOOD})
    assert errors(found) == {"2025/sales.plan": ["P641"], "2026/sales.plan": ["P641"], "other.plan": []}
    entry = found.find("sales")
    assert not isinstance(entry, Fault)
    assert entry.compiled is None
    assert "`2025/sales.plan` or `2026/sales.plan`" in draw(entry.faults[0], None, "en")


def test_an_id_is_found_however_its_letters_are_composed(tmp_path: Path) -> None:
    """A file system may keep `й` in two pieces."""
    found = shelf(tmp_path, {"и\u0306од.plan": GOOD})
    assert [entry.id for entry in found.entries] == ["йод"]
    assert not isinstance(found.find("йод"), Fault)
    assert not isinstance(found.find("и\u0306од"), Fault)


def test_an_unknown_id_names_the_nearest(tmp_path: Path) -> None:
    """And what there is."""
    found = shelf(tmp_path, {"sales.plan": GOOD, "support.plan": GOOD}).find("slaes")
    assert isinstance(found, Fault)
    assert (found.code, found.fix) == ("P617", "sales")
    assert "`sales` or `support`" in draw(found, None, "en")


@pytest.mark.parametrize(("name", "code"), [("", "P645"), ("missing", "P640")])
def test_nothing_to_serve(tmp_path: Path, name: str, code: str) -> None:
    """An empty directory and none at all."""
    found = shelve(tmp_path / name)
    assert [fault.code for fault in found.faults] == [code]
    assert not found.entries
    assert isinstance(found.find("sales"), Fault)


def test_the_examples_are_ready() -> None:
    """All of them, each with its own id."""
    found = shelve(EXAMPLES)
    assert found.entries
    assert not found.broken
