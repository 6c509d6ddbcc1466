"""Curves at the doors: the command line and the service say the same, and refuse what they cannot read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli.commands import app
from api.curves import FORMS
from api.pictures import render
from api.web.headers import accepted
from tests.support.places import EXAMPLES, IVANOV
from tests.support.service import Service, served

SERVICE = served()
CURVE = "/plans/ivanov/curve"
GRADES = EXAMPLES / "grades" / "grades.plan"


def run(*args: object) -> Result:
    return CliRunner(env={"LC_ALL": "C"}).invoke(app, ["curve", *map(str, args)], prog_name="premia")


def codes(path: str, status: int = 422, **headers: str) -> list[str]:
    """The codes of the problem at an address."""
    got, answer = SERVICE.get(path, **headers)
    assert got == status, answer
    return [fault["code"] for fault in answer["faults"]]


# ── The service ──────────────────────────────────────────────────────────────────────────────────────────


def test_both_doors_give_one_document() -> None:
    status, answer = SERVICE.get(f"{CURVE}?kpi=revenue&lang=ru")
    printed = run(IVANOV, "--kpi", "revenue", "--json", "--lang", "ru")
    assert (status, printed.exit_code) == (200, 0)
    assert json.loads(printed.stdout) == answer
    assert answer["curves"][0]["said"][0] == "ниже 80%: 0"


@pytest.mark.parametrize(
    ("query", "accept", "media", "start"),
    [
        ("?format=svg", "", "image/svg+xml", b"<svg "),
        ("?format=png", "text/html", "image/png", b"\x89PNG"),
        ("?format=html", "", "text/html; charset=utf-8", b"<!doctype html>"),
        ("", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", "text/html; charset=utf-8", b"<!doctype"),
        ("", "image/png;q=0.5, image/svg+xml", "image/svg+xml", b"<svg "),
        ("", "application/pdf", "application/json", b"{"),
        ("", "*/*", "application/json", b"{"),
    ],
)
def test_the_form_is_what_is_asked_for(query: str, accept: str, media: str, start: bytes) -> None:
    found = SERVICE.client.get(CURVE + query, headers={"accept": accept, "accept-language": "ru"})
    assert found.status_code == 200
    assert found.headers["content-type"] == media
    assert found.headers["vary"] == "accept, accept-language"
    assert found.headers["content-language"] == "ru"
    assert found.content.startswith(start)


@pytest.mark.parametrize(
    ("query", "accept", "media"),
    [
        ("", "*/*", "text/html; charset=utf-8"),
        ("", "application/json", "application/json"),
        ("", "application/*", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("", "application/json;q=0.5, text/*", "text/html; charset=utf-8"),
        ("?format=html", "application/json", "text/html; charset=utf-8"),
    ],
)
def test_the_regulation_is_in_the_form_that_is_accepted(query: str, accept: str, media: str) -> None:
    found = SERVICE.client.get("/plans/ivanov/regulation" + query, headers={"accept": accept})
    assert (found.status_code, found.headers["content-type"]) == (200, media)
    assert found.headers["vary"] == "accept, accept-language"


def test_an_accept_header_can_say_anything() -> None:
    for header in ("", ";;;,", "image/png;q=x", "image/png;q=0", "\xff" * 600):
        assert accepted(header, FORMS) == "json"


def test_bad_questions_are_problems() -> None:
    assert codes(f"{CURVE}?kpi=revenu") == ["P771"]
    assert codes(f"{CURVE}?sort=grade=senior") == ["P773"]
    assert codes("/plans/grades/curve?sort=grade=x&sort=senior") == ["P774", "P772"]
    assert codes(f"{CURVE}?kpi=salary") == ["P775"]
    assert codes(f"{CURVE}?kpy=revenue") == ["P694"]
    assert codes(f"{CURVE}?kpi=revenue&kpi=calls") == ["P695", "P695"]
    assert codes(f"{CURVE}?format=gif&lang=de&x=1") == ["P695", "P695", "P694"]
    assert codes("/plans/nothing/curve", 404) == ["P617"]


def test_a_broken_plan_has_no_curve(tmp_path: Path) -> None:
    (tmp_path / "broken.plan").write_text("plan", "utf-8")
    (tmp_path / "good.plan").write_text(IVANOV.read_text("utf-8"), "utf-8")
    status, answer = Service(tmp_path).get("/plans/broken/curve")
    assert (status, answer["faults"][0]["code"]) == (409, "P618")


def test_without_the_extra_there_are_still_the_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "find_spec", lambda _: None)
    assert codes(f"{CURVE}?format=svg", 503) == ["P770"]
    assert SERVICE.get(CURVE)[0] == 200
    assert run(IVANOV, "--json").exit_code == 0
    refused = run(IVANOV)
    assert refused.exit_code == 1
    assert "P770" in refused.stderr


# ── The command line ─────────────────────────────────────────────────────────────────────────────────────


def test_text_is_plain_and_fits() -> None:
    printed = run(GRADES, "--kpi", "meetings")
    assert printed.exit_code == 0
    assert "\x1b" not in printed.stdout
    assert max(map(len, printed.stdout.splitlines())) <= 80
    for said in ("grade junior", "grade middle", "4 800 → …", ": cutoff 80%"):
        assert said in printed.stdout


@pytest.mark.parametrize(
    ("suffix", "start"),
    [("svg", b"<svg "), ("PNG", b"\x89PNG"), ("html", b"<!doctype"), ("json", b"{")],
)
def test_a_file_is_what_its_suffix_says(suffix: str, start: bytes, tmp_path: Path) -> None:
    out = tmp_path / f"curve.{suffix}"
    assert run(IVANOV, "--out", out).exit_code == 0
    assert out.read_bytes().startswith(start)


def test_a_person_stands_on_the_curve() -> None:
    printed = run(IVANOV, "--kpi", "revenue", "--facts", EXAMPLES / "ivanov" / "ivanov.json")
    assert "◆ Ivanov: 110% pays 26 400" in printed.stdout
    assert "all else stands as in the facts of Ivanov" in printed.stdout


def test_one_of_several_people_is_named(tmp_path: Path) -> None:
    people = EXAMPLES / "ivanov" / "ivanov.csv"
    assert "P780" in run(IVANOV, "--facts", people).stderr
    assert "P781" in run(IVANOV, "--facts", people, "--employee", "nobody").stderr
    assert run(IVANOV, "--facts", people, "--employee", "Ivanov").exit_code == 0
    bad = tmp_path / "bad.json"
    bad.write_text('{"employee": "1", "period": "2025-07", "facts": {"revenu": 1}}', "utf-8")
    refused = run(IVANOV, "--facts", bad)
    assert refused.exit_code == 1
    assert "P513" in refused.stderr
    assert "bad.json#/facts/revenu" in refused.stderr


def test_what_cannot_be_drawn_is_told(tmp_path: Path) -> None:
    for args, code in (
        ([IVANOV, "--out", tmp_path / "x.gif"], "P778"),
        ([IVANOV, "--out", tmp_path / "x"], "P778"),
        ([IVANOV, "--out", tmp_path / "no" / "x.svg"], "P681"),
        ([IVANOV, "--kpi", "revenu"], "P771"),
        ([GRADES, "--for", "senior"], "P772"),
        ([tmp_path / "nothing.plan"], "P650"),
    ):
        refused = run(*args)
        assert refused.exit_code == 1
        assert code in refused.stderr
