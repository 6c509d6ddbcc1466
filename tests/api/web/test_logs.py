"""What the service and the command line print: its time, and nothing that a terminal would obey."""

from __future__ import annotations

import logging
import logging.config
import re
from pathlib import Path

import pytest

from api.store import News, registry
from api.web.serve import LISTED, LOGGING, Stamped, config, log
from dsl.faults import Fault, draw
from tests.support.cli import premia
from tests.support.repository import BROKEN, Repo, plan
from tests.support.service import Service

LINE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{3}\+00:00 [A-Z]+( .*)?")
HOSTILE = "a\x1b[31m\r\x9bb"


def written(message: str, error: BaseException | None = None) -> list[str]:
    """The lines of a record."""
    trace = (type(error), error, None) if error else None
    record = logging.LogRecord("premia", logging.WARNING, "", 0, "%s", (message,), trace)
    return Stamped().format(record).split("\n")


def test_each_line_has_its_time() -> None:
    """Also those of a report and of a trace, which repeat what came from outside."""
    rows = written(f"one\n{HOSTILE}\n\nthree", ValueError(f"x\n{HOSTILE}"))
    assert all(LINE.fullmatch(row) for row in rows), rows
    assert len(rows) == 6
    assert not any(character in "".join(rows) for character in "\x1b\r\x9b")


def test_the_log_of_what_is_new(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A name and an author stay in their line; a broken plan is told in lines of its own."""
    repo = Repo(tmp_path)
    repo.commit({"a.plan": plan()})
    kept = registry(tmp_path, "main")
    repo.commit({f"{HOSTILE}\n2026-01-01 forged.plan": plan()}, author="E\x1b[2Jve")
    news = kept.refresh()
    assert isinstance(news, News)
    log(news, "en")
    (row,) = caplog.messages
    assert "forged" in row
    assert row.isprintable()


def test_many_that_are_new(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A line names some of them, and says that there are more."""
    repo = Repo(tmp_path)
    repo.commit({"a.plan": plan()})
    kept = registry(tmp_path, "main")
    repo.commit({f"p{number}.plan": plan() for number in range(10, 10 + LISTED + 5)})
    news = kept.refresh()
    assert isinstance(news, News)
    log(news, "en")
    (row,) = caplog.messages
    assert row.count(", p") == LISTED - 1
    assert row.endswith(", …")


def test_uvicorn_writes_through_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own lines have a time too, and a level that nobody asks for is not written."""
    (tmp_path / "a.plan").write_text(plan(), "utf-8")
    taken: list[object] = []
    monkeypatch.setattr(logging.config, "dictConfig", taken.append)
    assert config(Service(tmp_path).app).log_level == "warning"
    assert taken == [LOGGING]
    for name in ("premia", "uvicorn"):
        assert LOGGING["loggers"][name]["handlers"] == ["stderr"]
    assert LOGGING["formatters"][LOGGING["handlers"]["stderr"]["formatter"]] == {"()": Stamped}


def test_names_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of files and of authors."""
    repo = Repo(tmp_path)
    repo.commit({"a.plan": plan()}, author="E\x1b[2Jve")
    monkeypatch.chdir(tmp_path)
    odd = Path(f"{HOSTILE}.plan")
    odd.write_text(plan(), "utf-8")
    odd.with_name("b\x1b.plan").write_text(BROKEN, "utf-8")
    for found in (
        premia("check", "."),
        premia("check", odd),
        premia("versions", "--plans", "."),
        premia("check", "no\x1b"),
    ):
        printed = found.stdout + found.stderr
        assert "·" in printed, printed
        assert not any(character in printed for character in "\x1b\r\x9b")


def test_a_pointer_is_shown() -> None:
    """A key of a document is somebody's text."""
    assert "\x1b" not in draw(Fault("P601", pointer="/facts/\x1b[31m"), None, "en")
