"""What a good request waits while plans that were made to exhaust a machine are being checked."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator, Sequence
from statistics import median

import uvloop

from dsl.parse.limits import TEXT

from ..rounds import Effort
from ..table import Row, seconds
from .load import Load, load, loaded, request

HEAD = 'plan "x"\nversion 1\ncurrency RUB\nfact x number\n'
TARGET = 3.0  # times as long as without them
BEGUN = 0.3  # seconds after which all of them are at work


def filled(line: Callable[[int], str]) -> str:
    """As many lines as a plan may have characters."""
    text, lines, number = len(HEAD), [HEAD], 0
    while text + len(line(number)) <= TEXT:
        lines.append(line(number))
        text += len(lines[-1])
        number += 1
    return "".join(lines)


def hostile() -> list[str]:
    """Nothing but mistakes, one line, one chain, and a table: each as long as a text may be."""
    mistakes = filled(lambda number: f"bonnus {number} weigt cutof x\n")
    line = HEAD + "commission x * 1 RUB" + " + x" * ((TEXT - len(HEAD) - 20) // 4) + "\n"
    chain = filled(lambda number: f"a{number} = {f'a{number - 1}' if number else 'x'} * x + {number}\n")
    table = f"{HEAD}commission bands by x\n"
    table += "".join(f"  up to {number}: {number} RUB\n" for number in range(1, 9000)) + "  above: 1 RUB\n"
    return [mistakes, line, chain, table[:TEXT]]


def rows(port: int, bodies: Sequence[bytes], effort: Effort, topic: str) -> Iterator[Row]:
    """The p99 beside them and alone, one after the other in each round."""
    good = [request(port, bodies[number % len(bodies)]) for number in range(effort.requests)]
    bad = [_asked(port, text) for text in hostile()]
    alone, beside = [], []
    for _ in range(min(effort.rounds, 5)):
        alone.append(load(port, good).quantile(0.99))
        beside.append(uvloop.run(_beside(port, good, bad)).quantile(0.99))
    ratio = median(one / other for one, other in zip(beside, alone, strict=True))
    work = f"p99 while {len(bad)} hostile plans are checked"
    yield Row(
        topic,
        work,
        seconds(median(beside)),
        "without them",
        seconds(median(alone)),
        ratio,
        "its time",
        TARGET,
    )


def _asked(port: int, text: str) -> bytes:
    body = json.dumps({"source": text}).encode()
    head = f"POST /check HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n"
    head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def _beside(port: int, good: Sequence[bytes], bad: Sequence[bytes]) -> Load:
    checking = [asyncio.create_task(_checking(port, one)) for one in bad]
    await asyncio.sleep(BEGUN)
    try:
        return await loaded(port, good)
    finally:
        for task in checking:
            task.cancel()
        await asyncio.gather(*checking, return_exceptions=True)


async def _checking(port: int, asked: bytes) -> None:
    """One that asks again as soon as it is answered."""
    while True:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(asked)
            await reader.read(-1)
        finally:
            writer.close()
