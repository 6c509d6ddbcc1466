"""The table of hostile requests: what each is answered, and that none costs, keeps or ends anything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import cast

import pytest

from tests.hostile.commands import typed
from tests.hostile.run import COUNTED, Row, Run
from tests.hostile.table import TABLE
from tests.work import ApartError, apart

GOLDEN = Path(__file__).parent / "golden" / "hostile"
SECONDS, MEGABYTES = 400, 1500  # a score of times what a part takes: they only stop a runaway
GROWN = 48  # megabytes that half of a part may keep: bounded caches are filled by then, and pages lie free


@pytest.mark.parametrize("part", [*TABLE, "commands", pytest.param("longest", marks=pytest.mark.soak)])
def test_the_table(part: str, golden: bool) -> None:
    """The status of each case and the code of its first fault, within the bounds of work and memory."""
    name, args = ("terminal", []) if part == "commands" else ("run", [part])
    try:
        run = cast(Run, apart(f"tests.hostile.{name}:run", *args, seconds=SECONDS, megabytes=MEGABYTES))
    except ApartError as end:
        pytest.fail(f"the process ended; its last words: {str(end)[-1000:]}")
    wrong = [f"{row['where']} × {row['what']}: {row['wrong']}" for row in run["rows"] if row["wrong"]]
    assert not wrong, "\n".join(wrong[:20])
    if part in COUNTED:
        dear = [row for row in run["rows"] if row["calls"] > most(row["sent"])]
        assert not dear, [(row["where"], row["what"], row["sent"], row["calls"]) for row in dear]
    assert run["grown"] <= GROWN
    path = GOLDEN / f"{part}.txt"
    if golden:
        path.parent.mkdir(exist_ok=True)
        path.write_text(written(run["rows"]), "utf-8")
    assert path.read_text("utf-8") == written(run["rows"])


def test_the_table_is_long() -> None:
    """As many cases as were promised, each once."""
    cases = [(name, case.where, case.what) for name, part in TABLE.items() for case in part()]
    cases += [("commands", case.where, case.what) for case in typed()]
    assert len(cases) >= 2000
    assert len(cases) == len({*cases})


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
