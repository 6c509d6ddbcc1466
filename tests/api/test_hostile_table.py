"""The table of hostile requests: what each is answered, and that none costs, keeps or ends anything.

`make test` asks a part of it, in which each place and each hostile thing comes; `make soak` asks all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import cast

import pytest

from tests.support.hostile.commands import Typed, typed
from tests.support.hostile.run import COUNTED, Row, Run
from tests.support.hostile.table import LONG, TABLE, Case
from tests.support.places import GOLDEN
from tests.support.work import ApartError, apart

SECONDS, MEGABYTES = 400, 1500  # a score of times what a part takes: they only stop a runaway
GROWN = 48  # megabytes that half of a part may keep: bounded caches are filled by then, and pages lie free
DRAWN = "shown"  # of which too few are pictures, unless all are asked, to fill what their library keeps


@pytest.mark.parametrize("part", [*TABLE, "commands", pytest.param("longest", marks=pytest.mark.soak)])
def test_the_table(part: str, golden: bool, request: pytest.FixtureRequest) -> None:
    """The status of each case and the code of its first fault, within the bounds of work and memory."""
    whole = golden or bool(request.config.getoption("--soak"))
    name, args = ("terminal", [whole]) if part == "commands" else ("run", [part, whole])
    try:
        told = apart(f"tests.support.hostile.{name}:run", *args, seconds=SECONDS, megabytes=MEGABYTES)
    except ApartError as end:
        pytest.fail(f"the process ended; its last words: {str(end)[-1000:]}")
    run = cast(Run, told)
    wrong = [f"{row['where']} × {row['what']}: {row['wrong']}" for row in run["rows"] if row["wrong"]]
    assert not wrong, "\n".join(wrong[:20])
    if part in COUNTED:
        dear = [row for row in run["rows"] if row["calls"] > most(row["sent"])]
        assert not dear, [(row["where"], row["what"], row["sent"], row["calls"]) for row in dear]
    if whole or part != DRAWN:
        assert run["grown"] <= GROWN
    path = GOLDEN / "hostile" / f"{part}.txt"
    if golden:
        path.parent.mkdir(exist_ok=True)
        path.write_text(written(run["rows"]), "utf-8")
    text = path.read_text("utf-8")
    expected = read(text)
    assert expected.keys() == {(case.where, case.what) for case in cases(part)}
    answered = {(row["where"], row["what"]): (row["status"], row["code"]) for row in run["rows"]}
    assert answered == {case: expected[case] for case in answered}
    if whole:
        assert text == written(run["rows"])


def cases(part: str) -> Iterable[Case | Typed]:
    """Every case of a part."""
    return typed() if part == "commands" else {**TABLE, **LONG}[part]()


def test_the_table_is_long() -> None:
    """As many cases as were promised, each once."""
    found = [(part, case.where, case.what) for part in (*TABLE, "commands") for case in cases(part)]
    assert len(found) >= 2000
    assert len(found) == len({*found})


def most(sent: int) -> int:
    """The calls that a request of so many bytes may come to, be it short: a share, and some for each byte."""
    return 400_000 + 20 * sent


def written(rows: Iterable[Row]) -> str:
    """The answers as people read them: under each place the statuses and codes, each with what was sent."""
    places: defaultdict[str, defaultdict[tuple[int, str], list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        places[row["where"]][row["status"], row["code"]].append(row["what"])
    told: list[str] = []
    for place in sorted(places):
        told.append(place)
        for (status, code), names in sorted(places[place].items()):
            told.append(f"  {status} {code}".rstrip() + f": {'; '.join(sorted(names))}")
    return "\n".join([*told, ""])


def read(text: str) -> dict[tuple[str, str], tuple[int, str]]:
    """The answers as they were written: of each place and thing the status and the code."""
    found: dict[tuple[str, str], tuple[int, str]] = {}
    place = ""
    for line in text.splitlines():
        if not line.startswith("  "):
            place = line
            continue
        answer, _, things = line.strip().partition(": ")
        status, _, code = answer.partition(" ")
        found |= {(place, thing): (int(status), code) for thing in things.split("; ")}
    return found
