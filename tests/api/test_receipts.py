"""Receipts: computed again they say the same, and of a changed one what was changed, whichever byte it is."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api import receipts
from api.receipts import receipt as form
from api.receipts import verify
from dsl.record import canonical, entries, plain
from dsl.source import Source
from dsl.words import LANGS, Lang
from engine.compile import Compiled, read_plan
from engine.facts import Person
from tests.support.chances import examples
from tests.support.cli import data, premia, written
from tests.support.places import FACTS, IVANOV
from tests.support.service import PERSON, REQUEST, served

GIVEN = {name: str(value) for name, value in PERSON["facts"].items()}
SERVICE = served()
IVANOV_ = Person("0042", "2025-07", GIVEN)


def issue(text: str, people: list[Person], lang: Lang = "en", name: str = "ivanov.plan") -> Any:
    """The receipt for some people of a plan."""
    compiled = read_plan(Source(name, text))
    assert isinstance(compiled, Compiled)
    return plain(receipts.issued(compiled, "ivanov", lang, people))


RECEIPT = issue(IVANOV.read_text("utf-8"), [IVANOV_, replace(IVANOV_, employee="0043")])
BYTES = canonical(RECEIPT) + b"\n"


def signed(receipt: Any, **sections: object) -> Any:
    """A receipt in which somebody changed a section, and wrote the digests anew."""
    changed = {**receipt, **sections}
    return {**changed, "digests": entries(form.digests(*(changed[name] for name in form.FIELDS[:-1])))}


def told(verdict: receipts.Verdict) -> list[tuple[str, str | None]]:
    """The codes of a verdict's faults, with their pointers."""
    return [(fault.code, fault.pointer) for fault in verdict.faults]


def opened(folder: Path, content: bytes) -> receipts.Verdict:
    """The verdict on a file of these bytes."""
    path = folder / "receipt.json"
    path.write_bytes(content)
    return receipts.opened(path)


# ── The whole way ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("lang", LANGS)
def test_a_receipt_is_written_and_computed_again(tmp_path: Path, lang: Lang) -> None:
    path = tmp_path / "july.json"
    done = premia("receipt", IVANOV, "--facts", FACTS, "--out", path, lang=lang)
    assert done.exit_code == 0, done.output
    said = premia("verify", path, lang=lang)
    assert said.exit_code == 0
    assert "119 800.00" in said.stdout.replace(",", ".")
    verdict = data("verify", path, lang=lang)
    assert verdict["same"]
    assert [person["total"] for person in verdict["people"]] == ["119800.00"]
    # Another reader's language changes nothing about the answer that was given.
    assert data("verify", path, lang="en" if lang == "ru" else "ru")["same"]


def test_a_receipt_is_one_line_of_canonical_json_with_facts_as_given(tmp_path: Path) -> None:
    facts = written(tmp_path, "facts.json", json.dumps([PERSON, {**PERSON, "employee": "0043"}]))
    printed = premia("receipt", IVANOV, "--facts", facts, "--employee", "0043").stdout
    receipt = json.loads(printed)
    assert printed.encode() == canonical(receipt) + b"\n"
    assert receipt["people"] == [{"employee": "0043", "period": "2025-07", "facts": GIVEN}]
    assert receipt["plan"]["text"] == IVANOV.read_text("utf-8")
    assert receipt["answers"][0]["total"] == "119800.00"


def test_who_is_not_paid_is_told_and_left_out(tmp_path: Path) -> None:
    faulty = {**PERSON, "employee": "0043", "facts": {}}
    facts = written(tmp_path, "facts.json", json.dumps([PERSON, faulty]))
    done = premia("receipt", IVANOV, "--facts", facts, "--out", tmp_path / "r.json")
    assert done.exit_code == 1
    assert "P501" in done.output
    assert [person["employee"] for person in data("verify", tmp_path / "r.json")["people"]] == ["0042"]
    nobody = premia("receipt", IVANOV, "--facts", facts, "--employee", "1", "--out", tmp_path / "no.json")
    assert (nobody.exit_code, (tmp_path / "no.json").exists()) == (1, False)
    assert "P749" in nobody.output


# ── Changed ──────────────────────────────────────────────────────────────────────────────────────────────


@given(st.integers(0, len(BYTES) - 1), st.integers(1, 255))
@examples(400)
def test_any_changed_byte_is_refused(at: int, flip: int) -> None:
    changed = bytearray(BYTES)
    changed[at] ^= flip
    verdict = verify.judged(bytes(changed), "receipt.json")
    assert not verdict.same
    assert verdict.faults


def test_every_byte_counts() -> None:
    """Each byte of a small receipt in turn: the next character in its place, none, and one more."""
    text = 'plan "p"\nversion 1\ncurrency RUB\nsalary 5\n'
    small = canonical(issue(text, [Person("1", "2025-07", {})])) + b"\n"
    assert verify.judged(small, "r").same
    for at, byte in enumerate(small):
        for middle in (bytes([byte ^ 1]), b"", bytes([byte, byte])):
            changed = small[:at] + middle + small[at + 1 :]
            assert not verify.judged(changed, "r").same, (at, middle)


@pytest.mark.parametrize(
    ("old", "new", "section"),
    [
        ("weight 40%", "weight 41%", "plan"),
        ("3300000", "3400000", "facts"),
        ("26400.00", "26400.01", "answers"),
        ('"engine":"premia 0', '"engine":"premia 1', "engine"),
    ],
)
def test_what_was_changed_is_named(tmp_path: Path, old: str, new: str, section: str) -> None:
    assert old in BYTES.decode()
    content = BYTES.decode().replace(old, new)
    codes = told(opened(tmp_path, content.encode()))
    assert ("P743", f"/digests/{section}") in codes
    assert {code for code, _ in codes} == {"P743"}


def test_other_blank_space_is_another_file(tmp_path: Path) -> None:
    assert told(opened(tmp_path, json.dumps(RECEIPT, indent=1).encode())) == [("P742", None)]
    assert told(opened(tmp_path, BYTES.strip())) == [("P742", None)]
    # Over HTTP the layout of the body is nobody's business.
    assert receipts.checked(json.loads(json.dumps(RECEIPT, indent=1))).same


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"{}", b"\xff\xfe", b'{"format": "premia receipt 1"}', b"null"]
)
def test_what_is_no_receipt_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    verdict = opened(tmp_path, content)
    assert not verdict.same
    assert {fault.code for fault in verdict.faults} & {"P740", "P653"}


def test_a_later_form_is_not_guessed_at() -> None:
    assert told(receipts.checked({**RECEIPT, "format": "premia receipt 2"})) == [("P741", "/format")]


# ── Changed together with the digests ────────────────────────────────────────────────────────────────────


def test_an_answer_that_does_not_follow_is_told_to_the_kopeck() -> None:
    answers = json.loads(json.dumps(RECEIPT["answers"]))
    answers[1]["total"] = "119800.01"
    answers[1]["lines"][1]["explanation"][0] = "because"
    del answers[1]["currency"]
    verdict = receipts.checked(signed(RECEIPT, answers=answers))
    assert told(verdict) == [
        ("P748", "/answers/1/total"),
        ("P748", "/answers/1/lines/1/explanation/0"),
        ("P748", "/answers/1/currency"),
    ]
    assert verdict.faults[0].facts["was"] == "119800.01"
    assert verdict.faults[0].facts["now"] == "119800.00"


def test_facts_and_plans_that_pay_something_else_are_told() -> None:
    people = json.loads(json.dumps(RECEIPT["people"]))
    people[0]["facts"]["calls"] = "951"
    verdict = receipts.checked(signed(RECEIPT, people=people))
    assert ("P748", "/answers/0/total") in told(verdict)
    assert not any(pointer.startswith("/answers/1") for _, pointer in told(verdict) if pointer)
    dearer = {**RECEIPT["plan"], "text": RECEIPT["plan"]["text"].replace("salary 60 000", "salary 60 001")}
    assert ("P748", "/answers/1/total") in told(receipts.checked(signed(RECEIPT, plan=dearer)))


def test_a_plan_or_facts_with_faults_are_told_with_them() -> None:
    broken = {**RECEIPT["plan"], "text": "plan"}
    verdict = receipts.checked(signed(RECEIPT, plan=broken))
    assert told(verdict)[0] == ("P745", "/plan")
    assert len(verdict.faults) > 1
    people = json.loads(json.dumps(RECEIPT["people"]))
    del people[0]["facts"]["calls"]
    codes = [code for code, _ in told(receipts.checked(signed(RECEIPT, people=people)))]
    assert codes[:2] == ["P747", "P501"]


def test_people_and_answers_belong_together() -> None:
    assert told(receipts.checked(signed(RECEIPT, answers=[])))[-1] == ("P744", "/answers")


def test_another_engine_is_said_and_only_its_money_is_compared() -> None:
    answers = json.loads(json.dumps(RECEIPT["answers"]))
    for answer in answers:
        answer["engine"] = "premia 0.0.9"
        answer["lines"][1]["explanation"] = ["as it was said then"]
    older = signed(RECEIPT, engine="premia 0.0.9", answers=answers)
    verdict = receipts.checked(older)
    assert verdict.same
    assert told(verdict) == [("P746", "/engine")]
    answers[0]["lines"][1]["amount"] = "26400.01"
    verdict = receipts.checked(signed(older, answers=answers))
    assert not verdict.same
    assert told(verdict) == [("P746", "/engine"), ("P748", "/answers/0/lines/1/1")]


def test_digests_are_those_of_any_canonical_json() -> None:
    """Whoever has no premia can check the digests with the standard library of their language."""
    receipt = json.loads(BYTES)
    text = json.dumps(receipt["people"], ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert receipt["digests"]["facts"] == hashlib.sha256(text.encode()).hexdigest()


# ── Over HTTP ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_service_writes_the_very_bytes_that_the_command_line_verifies(tmp_path: Path) -> None:
    status, receipt = SERVICE.post("/receipt", REQUEST)
    assert status == 200
    sent = SERVICE.client.post("/receipt", json=REQUEST)
    assert verify.judged(sent.content, "r").same
    assert SERVICE.post("/verify", receipt) == (200, data("verify", kept(tmp_path, sent.content)))


def kept(folder: Path, content: bytes) -> Path:
    """A receipt kept as a file."""
    path = folder / "r.json"
    path.write_bytes(content)
    return path


def test_the_service_refuses_a_changed_receipt() -> None:
    receipt = SERVICE.post("/receipt", {"source": IVANOV.read_text("utf-8"), **PERSON})[1]
    receipt["answers"][0]["total"] = "1.00"
    status, problem = SERVICE.post("/verify", receipt, accept_language="ru")
    assert status == 422
    assert [fault["code"] for fault in problem["faults"]] == ["P743"]
    assert "ответ" in problem["detail"]
    status, problem = SERVICE.post("/verify", signed(receipt))
    assert [fault["pointer"] for fault in problem["faults"]] == ["/answers/0/total"]
