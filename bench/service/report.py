"""The topic: requests per second, how long one takes, and what it costs the processor."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from importlib.util import find_spec
from statistics import median

from ..peers import pay_int
from ..people import Month, people, texts
from ..rounds import Effort
from ..table import Report, Row, rate, seconds
from . import batch, hostile
from .child import Child, serving
from .load import CONNECTIONS, Load, load, request

TOPIC = f"POST /evaluate, one person, {CONNECTIONS} connections"
PEERS = {"guide": "FastAPI as its guide has it", "echo": "FastAPI echo"}
BODIES = 500

Rounds = Mapping[str, Sequence[tuple[Load, float | None]]]


def body(month: Month[int]) -> bytes:
    """What every service is sent."""
    return json.dumps(
        {"plan": "ivanov", "employee": "E-0001", "period": "2025-07", "facts": texts(month)}
    ).encode()


def report(effort: Effort) -> Report:
    """The topic, measured."""
    present = bool(find_spec("api.web"))
    names = ["ours", *PEERS] if present else list(PEERS)
    months = people(BODIES, seed=4)
    with ExitStack() as stack:
        children = {name: stack.enter_context(serving(name)) for name in names}
        for child in (children[name] for name in names if name != "echo"):
            agree(child, months[:20])
        bodies = [body(month) for month in months]
        found = measured(children, bodies, effort)
        many = tuple(batch.rows(children, effort, TOPIC)) if present else ()
        beside = tuple(hostile.rows(children["ours"].port, bodies, effort, TOPIC)) if present else ()
    if not present:
        return Report(TOPIC, (), ("POST /evaluate is left out: there is no service yet",))
    return Report(
        TOPIC, (*rows(found), *many, *beside), ("our answer carries every reason; the peers' carry none",)
    )


def agree(child: Child, months: Sequence[Month[int]]) -> None:
    """Make sure that a service pays what is right."""
    for month in months:
        total, right = child.ask(body(month))["total"], pay_int(month)[-1]
        if str(total).replace(".", "") != str(right):
            raise RuntimeError(f"{total} instead of {right} kopeks for {month}")


def measured(children: Mapping[str, Child], bodies: Sequence[bytes], effort: Effort) -> Rounds:
    """The loads of each service, one after another in each round, another one first each time."""
    names = list(children)
    sent = {
        name: [request(child.port, bodies[number % len(bodies)]) for number in range(effort.requests)]
        for name, child in children.items()
    }
    found: dict[str, list[tuple[Load, float | None]]] = {name: [] for name in names}
    for name in names:
        load(children[name].port, sent[name][: effort.requests // 4])
    for _ in range(min(effort.rounds, 7)):
        for name in names:
            before = children[name].processor()
            done = load(children[name].port, sent[name])
            after = children[name].processor()
            cost = None if before is None or after is None else (after - before) / len(done.latencies)
            found[name].append((done, cost))
        names.append(names.pop(0))
    return found


def rows(found: Rounds) -> Iterator[Row]:
    """The comparisons."""

    def speed(done: Load) -> float:
        return len(done.latencies) / done.taken

    def ratio(take: Callable[[Load], float], over: str, under: str) -> float:
        pairs = zip(found[over], found[under], strict=True)
        return median(take(first[0]) / take(second[0]) for first, second in pairs)

    def usual(take: Callable[[Load], float], name: str) -> float:
        return median(take(done) for done, _ in found[name])

    for name, label in PEERS.items():
        target = 1.2 if name == "guide" else None
        mine, peer = rate(usual(speed, "ours")), rate(usual(speed, name))
        yield Row(TOPIC, "requests", mine, label, peer, ratio(speed, "ours", name), "as fast", target)
        for share in (0.5, 0.99):

            def within(done: Load, share: float = share) -> float:
                return done.quantile(share)

            mine, peer = seconds(usual(within, "ours")), seconds(usual(within, name))
            yield Row(TOPIC, f"p{share * 100:g}", mine, label, peer, ratio(within, "ours", name), "its time")
        costs = [(ours, theirs) for (_, ours), (_, theirs) in zip(found["ours"], found[name], strict=True)]
        known = [(ours, theirs) for ours, theirs in costs if ours and theirs]
        if known:
            mine, peer = (seconds(median(side)) for side in zip(*known, strict=True))
            quotient = median(ours / theirs for ours, theirs in known)
            yield Row(TOPIC, "processor time of a request", mine, label, peer, quotient, "its time")
