"""People who are paid together, by plans with groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dsl.source import Source
from engine.compile import Compiled, read_plan
from engine.evaluate import Company, Paid, Result, pay_all
from engine.facts import Person, Raw, SentTables


def plan(text: str) -> Compiled:
    """A plan that is right."""
    compiled = read_plan(Source("groups.plan", text))
    assert isinstance(compiled, Compiled), compiled
    return compiled


def together(
    compiled: Compiled, people: list[Person], tables: Mapping[str, Sequence[Raw]] | None = None
) -> dict[str, Paid]:
    """What each of some people is paid, with the tables of all of them."""
    company = Company(people, None if tables is None else SentTables(tables))
    return dict(zip([one.employee for one in people], pay_all(lambda _: compiled, company), strict=True))


def amounts(found: Paid) -> dict[str, int]:
    """The lines of somebody who is paid, in kopecks."""
    assert isinstance(found, Result), found
    return {line.name: minor for line, minor in zip(found.kernel.lines, found.amounts, strict=True)}


def codes(found: Paid) -> list[str]:
    """The faults of somebody who is not."""
    assert isinstance(found, tuple), found
    return [fault.code for fault in found]
