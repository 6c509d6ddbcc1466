"""The documents run: what they show is what the product says, and they leave nothing of it out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from api import documents as documents_of
from api.cli.commands import app
from api.exact import DEPTH, LISTED, SIZE
from api.person import EMPLOYEE, NAMES
from api.web import subject
from api.web.app import ROUTES
from api.web.connection import HEAD
from api.web.limits import COMPANY, CONNECTIONS, MEBIBYTE, SEVERAL, Limits
from api.web.problems import STATUSES
from api.web.requests import MOST, PEOPLE
from dsl.check import check
from dsl.faults import codes, message
from dsl.parse import parse
from dsl.parse.limits import DIGITS, TEXT
from dsl.source import Source
from dsl.words import Lang
from dsl.write import write
from engine.compile import Compiled, compile_plan
from engine.examples import run
from tests.support.console import Console
from tests.support.documents import TABLE, Document, abridged, commands, documents, read
from tests.support.pages import anchors
from tests.support.places import ROOT

LIMITS = Limits()

DOCUMENTS = pytest.mark.parametrize("document", documents(), ids=lambda document: document.name)
GUIDES = [document for document in documents() if document.path.name.startswith("guide.")]
SERVICE = [document for document in documents() if document.path.name.startswith("api.")]


# What the service never runs: commands, files of facts, where plans are told to be.
APART = ("api/cli/", "api/exports/", "api/files/", "api/store/named.py", "api/web/serve.py")
# Of those of the rest, what only files come to: of facts, of receipts, of curves, of regulations.
FILES = {"P657", "P691", "P700", "P742", "P755", "P760", "P778"}
# They stand in the answer of somebody who is paid, or of a plan that pays.
WARNINGS = {"P512", "P520", "P536", "P537", "P538", "P679", "P715", "P716", "P717", "P721", "P746", "P753"}
SHELF = {"P640", "P645", "P702", "P785"}  # of all plans at once: beside P629
PLAN = {"P500", "P641", "P642", "P643", "P644", "P786"}  # of a plan of the shelf: beside P618


@cache
def followed(document: Document) -> tuple[str, Console]:
    """A document as somebody finds it who does all that it says, and the console that they did it in."""
    with TemporaryDirectory() as folder:
        console = Console(Path(folder), document.lang)
        return tabled(console.follow(document), document.lang), console


@DOCUMENTS
def test_a_document_shows_what_the_product_prints(document: Document, golden: bool) -> None:
    said, _ = followed(document)
    if golden:
        document.path.write_text(said, "utf-8")
    assert said == document.path.read_text("utf-8")


@DOCUMENTS
def test_plans_are_right_and_tidy(document: Document) -> None:
    """A plan has faults, or examples that do not come out, only where the document says so."""
    for written in followed(document)[1].plans:
        where = f"{document.name}:{written.block.first}"
        parsed = parse(Source(written.file, written.text))
        checked = check(parsed)
        compiled = compile_plan(checked)
        outcomes = run(compiled) if isinstance(compiled, Compiled) else ()
        wrong = [fault.code for fault in checked.faults] + [one.title for one in outcomes if not one.passed]
        assert bool(wrong) == ("faulty" in written.block.says), (where, wrong)
        assert parsed.lang == document.lang or document.name == "README.md", where
        if not {"faulty", "typed"} & {*written.block.says}:
            assert write(parsed.tree) == written.text, where


def test_a_gap_stays_where_it_was() -> None:
    """What changed is shown in the place of what was shown, and what was left out stays left out."""
    shown = ["Statement", "…", "Total  5.00", "  …", "by plan x"]
    printed = ["Statement", "", "Salary 5.00", "Total  6.00", "", "facts", "by plan y"]
    assert abridged(shown, printed) == ["Statement", "…", "Total  6.00", "  …", "by plan y"]
    assert abridged(["…", "Total  5.00"], ["Total  5.00", "more"]) != ["…", "Total  5.00"]
    assert abridged(shown[:1], printed) == printed


# ── Nothing is left out ──────────────────────────────────────────────────────────────────────────────────


def test_every_command_is_told_of() -> None:
    """Each in the list at the door, and each with all of its options somewhere."""
    door, text = documents()[0].prose, "\n".join(document.text for document in documents())
    for command in app.registered_commands:
        name = command.name or command.callback.__name__  # type: ignore[union-attr]  # each has a function
        assert f"`premia {name}" in door, name
    for option in ("--facts", "--out", "--check", "--stdout", "--to", "--csv", "--plans", "--host", "--port"):
        assert option in text, option


@pytest.mark.parametrize("document", SERVICE, ids=lambda document: document.name)
def test_every_route_is_told_of_and_asked(document: Document) -> None:
    """Each is named, and each but the ones that only machines ask is shown with an answer."""
    asked = [
        command.typed for block in document.blocks if block.sort == "console" for command in commands(block)
    ]
    for route in ROUTES:
        for method in route.methods or ():
            assert f"`{method} {route.path}`" in document.text, route.path
        path = re.sub(r"\\\{.*?\\\}", "[^/ ]+", re.escape(route.path))
        assert any(re.search(rf"localhost:8000{path}(?![\w/])", typed) for typed in asked), route.path


def test_every_status_is_told_of() -> None:
    for document in SERVICE:
        for status in STATUSES.values():
            assert f"| {status} |" in document.text, (document.name, status)


BOUNDS: dict[str, int] = {
    "a body": SIZE // MEBIBYTE,
    "a body of several": SEVERAL // MEBIBYTE,
    "a body of a company": COMPANY // MEBIBYTE,
    "a plan": TEXT,
    "facts": NAMES,
    "employee": EMPLOYEE,
    "diff": PEOPLE,
    "simulate": MOST,
    "nesting": DEPTH,
    "digits": DIGITS,
    "faults of JSON": LISTED,
    "faults of an answer": documents_of.MOST,
    "inputs of a text": subject.INPUTS,
    "extent of a text": subject.EXTENT,
    "work in GiB": LIMITS.memory // 1024 // MEBIBYTE,
    "waiting": LIMITS.waiting,
    "connections": CONNECTIONS,
    "head": HEAD // 1024,
    "seconds of the head": int(LIMITS.head),
    "seconds of a request": int(LIMITS.whole),
    "seconds unread": int(LIMITS.unread),
    "unsent": LIMITS.unsent // MEBIBYTE,
    "kept": LIMITS.keep,
    "grace": LIMITS.grace,
}


@pytest.mark.parametrize("document", SERVICE, ids=lambda document: document.name)
@pytest.mark.parametrize("bound", BOUNDS)
def test_every_bound_is_told_of(document: Document, bound: str) -> None:
    """In the table of bounds, by its number."""
    title = {"en": "## Bounds", "ru": "## Границы"}[document.lang]
    table = document.text.partition(title)[2].partition("## ")[0]
    assert re.search(rf"(?<![0-9]){BOUNDS[bound]:,}(?![0-9])".replace(",", " "), table), BOUNDS[bound]


def test_the_guides_are_one_guide() -> None:
    """Both have the same chapters and the same sorts of blocks in them; so have the pages of the service."""
    for several in (GUIDES, SERVICE):
        one, other = several
        assert outline(one) == outline(other)


def outline(document: Document) -> list[str]:
    """The titles of a document by their rank, and between them the sorts of its blocks."""
    blocks = {block.first - 1: block.sort for block in document.blocks}
    found = []
    for number, line in enumerate(document.lines):
        if number in blocks:
            found.append(blocks[number])
        elif line.startswith("#") and line in document.prose:
            found.append(line.split()[0])
    return found


# ── One leads to another ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")], ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", read(path).prose):
        if "://" in target:
            continue
        name, _, anchor = target.partition("#")
        page = path.parent / name if name else path
        assert page.exists(), target
        assert not anchor or anchor in anchors(page.read_text("utf-8")), target


def test_every_document_is_found_from_the_index() -> None:
    index = next(document for document in documents() if document.name == "docs/README.md")
    for document in documents():
        if document is not index:
            target = f"../{document.name}".replace("../docs/", "")
            assert f"]({target})" in index.prose, document.name


def test_the_door_tells_how_it_is_installed_before_its_first_command() -> None:
    """Whoever types what they read comes to no command that is not there yet."""
    text = documents()[0].text
    assert text.index("make run") < text.index("$ premia")


def test_what_is_told_to_make_can_be_made() -> None:
    made = {*re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE)}
    told = {
        name for one in documents() for name in re.findall(r"(?:^|`)make ([a-z]+)", one.text, re.MULTILINE)
    }
    assert told >= {"run", "test"}
    assert told <= made


# ── The table of codes ───────────────────────────────────────────────────────────────────────────────────


def tabled(text: str, lang: Lang) -> str:
    """A text in which the table of codes is that of today."""
    start, end = TABLE
    before, opening, rest = text.partition(start)
    if not opening:
        return text
    rows = [start, *table(lang), end]
    return before + "\n".join(rows) + rest.partition(end)[2]


def table(lang: Lang) -> Iterator[str]:
    """The codes that the service answers with, the statuses of such answers, and the titles."""
    yield {"en": "| code | status | what it says |", "ru": "| код | статус | что это |"}[lang]
    yield "|---|---|---|"
    for code in sorted(answered()):
        yield f"| {code} | {_status(code)} | {message(code, lang).title} |"


def answered() -> set[str]:
    """The codes from P5 on of the code that the service runs."""
    sources = [path for room in ("engine", "api") for path in (ROOT / room).rglob("*.py")]
    run = [path for path in sources if not path.relative_to(ROOT).as_posix().startswith(APART)]
    named = {code for path in run for code in re.findall(r'"(P[5-7]\d\d)"', path.read_text("utf-8"))}
    return named & {*codes()} - FILES


def _status(code: str) -> int:
    if code in WARNINGS:
        return 200
    return 503 if code in SHELF else 409 if code in PLAN else STATUSES.get(code, 422)
