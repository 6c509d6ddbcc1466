"""The reference plan as the doors are shown it: with this and that changed, and people of other months."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.support.cli import premia, written
from tests.support.places import IVANOV
from tests.support.service import PERSON, Json

TEXT = IVANOV.read_text("utf-8")
# Whoever called for the tick is to sell: half the weight of the one KPI goes to the other.
NEW = re.sub(r"(?m)^(conversion +weight) 20%", r"\1 30%", TEXT)
NEW = re.sub(r"(?m)^(calls +weight) 20%", r"\1 10%", NEW)
# The same with a fact that nobody was asked for, and so without the example.
SHIFTS = NEW.partition("example")[0].replace(
    "salary 60 000", "fact shifts count\nsalary 60 000 RUB + 10 RUB * shifts"
)
LATER: Json = {**PERSON, "period": "2025-08", "facts": {**PERSON["facts"], "calls": 1010}}
HISTORY: list[Json] = [
    {
        **PERSON,
        "employee": str(n),
        "period": f"2025-0{7 + n % 2}",
        "facts": {**PERSON["facts"], "calls": 700 + 40 * n},
    }
    for n in range(12)
]


def changed(text: str, *pairs: tuple[str, str]) -> str:
    """A text with some of it replaced, and without its examples."""
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text.partition("\nexample")[0] + "\n"


OTHER = changed(
    TEXT,
    ("salary 60 000", "salary 65 000"),
    ("calls       weight 20%", "calls       weight 10%"),
    ("conversion  weight 20%", "conversion  weight 30%"),
    ("target 150 000", "target 160 000"),
)


def receipts(folder: Path, *people: Json) -> Path:
    """A receipt of some people of the changed plan."""
    facts = written(folder, "facts.json", json.dumps(people))
    path = folder / f"{len([*folder.iterdir()])}.json"
    done = premia("receipt", written(folder, "ivanov.plan", OTHER), "--facts", facts, "--out", path)
    assert done.exit_code == 0, done.output
    return path
