"""A shelf: every file answers for itself."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from api.store import Shelf, library, registry
from api.store.text import BYTES, content
from dsl.faults import Fault, draw, message
from dsl.parse import parse
from dsl.source import Source
from dsl.words import LANGS
from tests.support.places import EXAMPLES

GOOD = 'plan "Good"\nversion 1\ncurrency RUB\nsalary 60 000\n'
BROKEN = 'plan "Broken"\nversion 1\ncurrency RUB\nsalary 60 000 +\n'


def shelf(directory: Path, files: dict[str, str | bytes]) -> Shelf:
    """The shelf of some files."""
    for name, held in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(held.encode() if isinstance(held, str) else held)
    return registry(directory).shelf


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


def test_what_is_no_file_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A device may do something when it is opened."""
    opened: list[Path] = []
    monkeypatch.setattr(os, "open", lambda path, _: opened.append(path))
    os.mkfifo(tmp_path / "pipe.plan")
    for path in (tmp_path / "pipe.plan", Path("/dev/null")):
        found = content(path, "odd.plan")
        assert isinstance(found, Fault)
        assert (found.code, found.facts["reason"]) == ("P642", ("phrase:file_special",))
    assert not opened


def test_a_file_is_read_as_far_as_a_plan_can_go(tmp_path: Path) -> None:
    """And one byte further, which tells that it is none."""
    path = tmp_path / "long.plan"
    path.write_bytes(b"#" * (2 * BYTES))
    found = content(path, "long.plan")
    assert not isinstance(found, Fault)
    assert len(found) == BYTES + 1


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
    found = registry(tmp_path / name).shelf
    assert [fault.code for fault in found.faults] == [code]
    assert not found.entries
    assert isinstance(found.find("sales"), Fault)


def test_the_examples_are_ready() -> None:
    """All of them, each with its own id."""
    found = registry(EXAMPLES).shelf
    assert found.entries
    assert not found.broken


RATES = 'definitions "Rates"\nrate = 2%\nspare = 3%\n'
SHARING = 'plan "Sharing"\nversion 1\ncurrency RUB\ninclude "{path}"\ncommission rate * revenue\n'


def test_definitions_are_a_part_of_the_plans_that_include_them(tmp_path: Path) -> None:
    """They are not listed, and the plan is the same plan as in one file."""
    alone = SHARING.replace('include "{path}"', "rate = 2%")
    files = {
        "a/sharing.plan": SHARING.format(path="../b/rates.plan"),
        "b/rates.plan": RATES,
        "alone.plan": alone,
    }
    found = shelf(tmp_path, dict(files))
    assert [entry.id for entry in found.ready] == ["sharing", "alone"]
    one, other = (entry.compiled for entry in found.ready)
    assert one is not None
    assert other is not None
    assert one.kernel.digest == other.kernel.digest


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("../rates.plan", "P155"),
        ("missing.plan", "P642"),
        ("good.plan", "P156"),
        ("/etc/passwd", "P154"),
        ("/rates.plan", "P154"),
        ("b\\rates.plan", "P154"),
        ("rates", "P154"),
        ("d/" * 100 + "rates.plan", "P154"),
        ("circle.plan", "P157"),
        ("huge.plan", "P644"),
        ("latin.plan", "P643"),
        ("many.plan", "P158"),
    ],
)
def test_what_cannot_be_included_breaks_the_plan_alone(tmp_path: Path, path: str, code: str) -> None:
    """The fault stands at a line that includes, and the others go on paying."""
    (tmp_path / "rates.plan").write_text(RATES)
    many = {f"d/{number}.plan": f'definitions "{number}"\n' for number in range(50)}
    found = shelf(
        tmp_path / "plans",
        {
            "sharing.plan": SHARING.format(path=path),
            "good.plan": GOOD,
            "circle.plan": 'definitions "A"\ninclude "b/circle.plan"\n',
            "b/circle.plan": 'definitions "B"\ninclude "../circle.plan"\n',
            "huge.plan": b"# \xd0\xb9\n" * 300_000,
            "latin.plan": b'definitions "\xe9"',
            "many.plan": 'definitions "Many"\n' + "".join(f'include "{name}"\n' for name in many),
            **many,
        },
    )
    assert [entry.id for entry in found.ready] == ["good"]
    entry = found.find("sharing")
    assert not isinstance(entry, Fault)
    assert {fault.code for fault in entry.faults} == {code}
    assert all("include" in draw(fault, entry.source, "en") for fault in entry.faults)


def test_pages_of_what_is_included() -> None:
    """The wrong plan of each page raises its code, the right one nothing, from the files that they name."""
    texts = {
        "rates.plan": "rate = 2%",
        "ставки.plan": "ставка = 2%",
        "circle.plan": 'include "circle.plan"',
        "круг.plan": 'подключить "круг.plan"',
        "enormous.plan": "# words\n" * 40_000,
        "огромный.plan": "# слова\n" * 40_000,
    }

    def read(path: str) -> Source:
        word = "definitions" if path.isascii() else "определения"
        return Source(path, f'{word} "x"\n{texts[path]}\n' if path in texts else GOOD)

    for lang in LANGS:
        for code in ("P153", "P154", "P155", "P156", "P157", "P158", "P159"):
            page = message(code, lang)
            beside = None if code == "P153" else library("plan", read)
            wrong, right = (parse(Source("plan", text, beside)) for text in (page.wrong, page.right))
            assert ({fault.code for fault in wrong.faults} - {"P120"}, right.faults) == ({code}, ()), (
                code,
                lang,
            )
