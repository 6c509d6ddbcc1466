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
TEAM = 10  # members
TEAMS = """\
plan "Teams"
version 1
currency RUB

group team "Team"

fact revenue  "Revenue"   money
fact calls    "Calls"     count
fact meetings "Meetings"  count

pay share = 2% of (revenue of team)
pay talks = 10 000 * (meetings of team / calls of team)
pay first = 5 000 if (rank of revenue of team) = 1 otherwise 0
"""
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
    yield grouped(children["ours"], effort, topic)
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


def grouped(child: Child, effort: Effort, topic: str) -> Row:
    """Many people in teams, with every reason, beside a tenth of them."""
    taken: list[float] = []
    for many in (2 * effort.people, 20 * effort.people):
        several = [
            {
                "employee": f"E-{number}",
                "period": "2025-07",
                "facts": {
                    "revenue": str(1_000_000 + number),
                    "calls": str(100 + number % 50),
                    "meetings": str(number % 20),
                    "team": f"T-{number // TEAM}",
                },
            }
            for number in range(many)
        ]
        body = json.dumps({"source": TEAMS, "people": several}).encode()
        start = time.perf_counter()
        answer = child.ask(body, PATH)
        taken.append((time.perf_counter() - start) / many)
        if answer["paid"] != many:
            raise RuntimeError(f"{answer['unpaid']} of {many} people in teams are not paid")
    few, all_ = (f"{rate(1 / one)}" for one in taken)
    work = f"{20 * effort.people} people in teams of {TEAM} in one body, with every reason"
    return Row(topic, work, all_, f"{2 * effort.people} of them", few, taken[1] / taken[0], "its time", 1.1)
