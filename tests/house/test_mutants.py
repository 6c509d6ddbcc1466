"""Mistakes are put into the code one at a time, and leave no trace when they are not in force."""

from __future__ import annotations

import ast
import json
import os
import signal
import tempfile
from pathlib import Path

import pytest

from mutants.changes import expressions, statements
from mutants.children import answers
from mutants.judge import Outcome, Verdict
from mutants.places import Mutant, mutants, sampled
from mutants.report import drawn, equivalents
from mutants.weave import NAME, Weaver


@pytest.mark.parametrize(
    ("written", "mistaken"),
    [
        ("a < b", ["a <= b", "a >= b"]),
        ("a <= b", ["a < b", "a > b"]),
        ("a == b", ["a != b"]),
        ("a is None", ["a is not None"]),
        ("a in b", ["a not in b"]),
        ("a + b", ["a - b", "a", "b"]),
        ("a - b", ["a + b", "a"]),
        ("a // b", ["a * b", "a"]),
        ("f'{a}' + b", []),
        ("a and b", ["a or b", "b", "a"]),
        ("not a", ["a"]),
        ("-a", ["a"]),
        ("True", ["False"]),
        ("10", ["11", "9"]),
        ("'text'", []),
        ("a if b else c", ["c if b else a"]),
        ("min(a, b)", ["max(a, b)"]),
        ("any(a)", ["all(a)"]),
        ("sorted(a, key=b)", ["list(a)"]),
        ("f(one, other)", ["f(other, one)"]),
        ("f(a, b)", []),
        ("a.numerator", ["a.denominator"]),
        ("a[1:b]", ["a[:b]", "a[1:]"]),
        ("a.low, b.low", ["(b.low, a.low)"]),
        ("[a for a in b if c if d]", ["[a for a in b if d]", "[a for a in b if c]"]),
        ("{a: b for a in b if c}", ["{a: b for a in b}"]),
    ],
)
def test_what_an_expression_is_mistaken_for(written: str, mistaken: list[str]) -> None:
    node = ast.parse(written, mode="eval").body
    assert [ast.unparse(one) for one in expressions(node, condition=False)] == mistaken


@pytest.mark.parametrize(
    ("written", "mistaken"),
    [
        ("a += b", ["pass", "a -= b"]),
        ("a[b] = c", ["pass"]),
        ("a = b", []),
        ("a.append(b)", ["pass"]),
        ("yield a", ["pass"]),
        ("raise Unbounded(a)", ["pass"]),
        ("raise ValueError(a)", []),
        ("break", ["continue"]),
        ("continue", ["pass", "break"]),
        ("return", ["pass"]),
        ("return a", []),
    ],
)
def test_what_a_statement_is_mistaken_for(written: str, mistaken: list[str]) -> None:
    (node,) = ast.parse(written).body
    assert [ast.unparse(one) for one in statements(node)] == mistaken


MODULE = '''
"""A module."""
from typing import TYPE_CHECKING, assert_never, cast
if TYPE_CHECKING:
    Kinds = int | str
LIMIT = 30
@decorated(1)
class Line:
    size: int = 3
    def short(self, text: "str | None") -> bool:
        """A doc."""
        assert text is not None
        match len(text):
            case 7 if LIMIT:
                return cast(int | str, 0)
            case _ as never:
                assert_never(never)
        return f"{len(text):03}" == ""
'''


def test_the_places_of_a_module(tmp_path: Path) -> None:
    """No place is in a kind, a pattern, a decorator, or in what cannot be."""
    (tmp_path / "m.py").write_text(MODULE)
    found = [
        (one.within, one.was.splitlines()[-1].strip(), one.becomes.splitlines()[-1].strip())
        for one in mutants("m.py", tmp_path)
    ]
    assert found == [
        ("", "LIMIT = 30", "LIMIT = 31"),
        ("", "LIMIT = 30", "LIMIT = 29"),
        ("Line", "size: int = 3", "size: int = 4"),
        ("Line", "size: int = 3", "size: int = 2"),
        ("Line.short", "case 7 if LIMIT:", "pass"),
        ("Line.short", "case 7 if LIMIT:", "case 7 if not LIMIT:"),
        ("Line.short", "return cast(int | str, 0)", "return cast(int | str, 1)"),
        ("Line.short", "return cast(int | str, 0)", "return cast(int | str, -1)"),
        ("Line.short", "return f'{len(text):03}' == ''", "return f'{len(text):03}' != ''"),
    ]


def test_the_sample_stays_where_the_code_around_it_changes(tmp_path: Path) -> None:
    """A line that is written above the others moves them, and at most takes one's place."""
    room = tmp_path / "engine"
    room.mkdir()
    body = "".join(f"def f{n}(a):\n    return a < {n + 10}\n" for n in range(40))
    (room / "m.py").write_text(body)
    before = {one.known_by for one in sampled(10, 1, ["engine"], tmp_path)}
    assert before == {one.known_by for one in sampled(10, 1, ["engine"], tmp_path)}
    assert before != {one.known_by for one in sampled(10, 2, ["engine"], tmp_path)}
    (room / "m.py").write_text("def g(a):\n    return not a\n" + body)
    assert len(before & {one.known_by for one in sampled(10, 1, ["engine"], tmp_path)}) >= 9


WOVEN = '''
def size(text):
    """A doc."""
    found = 0
    for letter in text:
        if letter == "x":
            break
        found += 1
    match found:
        case 3:
            return 30
    return min(found, 9)
'''


def test_a_woven_module_does_as_it_was_written_but_for_the_mutant_in_force(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All are in one code, which does as it was written while none is in force, and notes what is come to."""
    monkeypatch.setattr("mutants.weave.ROOT", tmp_path)
    path = tmp_path / "m.py"
    path.write_text(WOVEN)
    drawn_ = {one.node: one for one in mutants("m.py", tmp_path)}
    weaver = Weaver([*drawn_.values()])
    room: dict[str, object] = {NAME: weaver.switches}
    exec(compile(weaver.woven(path), "m", "exec"), room)
    size = room["size"]
    assert callable(size)
    plain: dict[str, object] = {}
    exec(compile(WOVEN, "m", "exec"), plain)
    original = plain["size"]
    assert callable(original)
    assert size.__doc__ == original.__doc__
    texts = ["", "ab", "abc", "abxc", "abcdefghijklm"]
    assert [size(text) for text in texts] == [original(text) for text in texts]
    assert {*weaver.switches} == {*range(len(weaver.mutants))}
    noticed = 0
    for number in range(len(weaver.mutants)):
        weaver.switches.clear()
        weaver.switches[number] = True
        noticed += [size(text) for text in texts] != [original(text) for text in texts]
    assert noticed == len(weaver.mutants)


@pytest.mark.parametrize(
    ("written", "come_to"),
    [
        ("a < 10", ["a >= 10"]),
        ("a < 4", ["a <= 4", "a >= 4", "a < 5"]),
        ("min(a, 10)", ["max(a, 10)"]),
        (
            "a if b or a else b",
            ["b if b or a else a", "a if b and a else b", "a if b else b", "a if not (b or a) else b"],
        ),
        # Of a condition, the truth alone matters.
        ("[a] if a or c else b", ["b if a or c else [a]", "[a] if not (a or c) else b"]),
        # What makes something new may be told apart by more than its value.
        ("[a][0:]", ["[a][:]", "[a][1:]", "[a][-1:]"]),
        # A mistake that raises is told from what does not.
        ("a * b", ["a // b", "a"]),
    ],
)
def test_a_mistake_that_leaves_a_value_as_it_is_is_not_come_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str, come_to: list[str]
) -> None:
    """While tests are measured: no test can notice it, and none is run for it."""
    monkeypatch.setattr("mutants.weave.ROOT", tmp_path)
    path = tmp_path / "m.py"
    path.write_text(f"def f(a, b, c):\n    return {written}\n")
    found = []
    for one in mutants("m.py", tmp_path):
        weaver = Weaver([one])
        weaver.switches.watching = True
        room: dict[str, object] = {NAME: weaver.switches}
        exec(compile(weaver.woven(path), "m", "exec"), room)
        function = room["f"]
        assert callable(function)
        assert function(4, 0, 7) == eval(written, {"a": 4, "b": 0, "c": 7})
        assert not any(weaver.switches.values())
        if weaver.switches:
            found.append(one.becomes.removeprefix("return "))
    assert found == come_to


def test_an_answer_of_a_child_is_kept_and_its_death_is_told() -> None:
    """What a child writes comes back; one that is killed has no answer; what it leaves behind is gone."""

    def work(job: int, answer: Path) -> None:
        if job == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        answer.write_text(json.dumps([job, tempfile.mkdtemp()]))

    found = dict(answers([1, 2, 3], work, at_once=2))
    assert found.keys() == {1, 2, 3}
    assert found[2] is None
    for job in (1, 3):
        told = found[job]
        assert isinstance(told, list)
        assert told[0] == job
        assert not Path(told[1]).exists()


def test_broken_work_is_no_answer(capfd: pytest.CaptureFixture[str]) -> None:
    """A mistake of the tool's own is never taken for a test that fails."""

    def work(job: int, answer: Path) -> None:
        raise LookupError(job, answer)

    with pytest.raises(SystemExit):
        list(answers([1], work, at_once=1))
    assert "LookupError" in capfd.readouterr().err


def test_known_equivalents_are_mutants_of_the_code() -> None:
    """A reason goes with its line: one that names no mutant any more is taken away."""
    known = equivalents()
    assert known.keys() <= {one.known_by for file in {key[0] for key in known} for one in mutants(file)}
    assert all(known.values())


def test_the_report_says_the_share_of_what_can_be_noticed() -> None:
    """Of four mutants one changes nothing; of the other three one is noticed."""
    mutant = Mutant("engine/m.py", "f", 3, "return a < b", "return a <= b", 1, 0, at_import=False)
    outcomes: tuple[Outcome, ...] = ("noticed", "survived", "unreached", "equivalent")
    lines = drawn([Verdict(mutant, outcome, "why") for outcome in outcomes]).splitlines()
    assert [one for one in lines if one.startswith("+")] == ["+ return a <= b"] * 3
    assert lines[-1].split() == ["share", "33.3%", "of", "3"]
