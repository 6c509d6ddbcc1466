"""Many people in one body: with every reason, and amounts alone, beside the guide's route."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from statistics import median

from ..peers import pay_int
from ..people import people, texts
from ..rounds import Effort
from ..table import Row, rate
from .child import Child

PATH = "/evaluate/batch"
FORMS = {"with every reason": {}, "amounts alone": {"reasons": False}}


def rows(children: Mapping[str, Child], effort: Effort, topic: str) -> Iterator[Row]:
    """Each form of ours and the guide's route, one after another in each round, by the clock."""
    months = people(2 * effort.people, seed=11)
    several = [
        {"employee": f"E-{number}", "period": "2025-07", "facts": texts(month)}
        for number, month in enumerate(months)
    ]
    asked = {
        form: (children["ours"], json.dumps({"plan": "ivanov", "people": several, **more}).encode())
        for form, more in FORMS.items()
    }
    asked["guide"] = children["guide"], json.dumps({"plan": "ivanov", "people": several}).encode()
    right = [pay_int(month)[-1] for month in months]
    for name, (child, body) in asked.items():
        totals = [int(str(one["total"]).replace(".", "")) for one in child.ask(body, PATH)["results"]]
        if totals != right:
            raise RuntimeError(f"{name} pays somebody wrong")
    taken: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(min(effort.rounds, 7)):
        for name, (child, body) in asked.items():
            start = time.perf_counter()
            child.sent(body, PATH)
            taken[name].append((time.perf_counter() - start) / len(months))
    for form in FORMS:
        quotient = median(theirs / ours for theirs, ours in zip(taken["guide"], taken[form], strict=True))
        ours, theirs = (rate(1 / median(taken[name])) for name in (form, "guide"))
        work = f"{len(months)} people in one body, {form}"
        yield Row(topic, work, ours, "FastAPI as its guide has it", theirs, quotient, "as fast")
