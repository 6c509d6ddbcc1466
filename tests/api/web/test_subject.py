"""The plan that a request is about: of the shelf or of its own text, and why it cannot pay."""

from __future__ import annotations

import pytest

from api.store import registry
from api.web import subject
from api.web.body import Asked
from tests.support.places import EXAMPLES, IVANOV
from tests.support.service import Json

SHELF = registry(EXAMPLES).shelf
TEXT = IVANOV.read_text("utf-8")
GOOD = 'plan "Good"\nversion 1\ncurrency RUB\nsalary 60 000\n'


def asked(body: Json) -> Asked:
    return Asked(body, "en")


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ({}, ["P616"]),
        ({"plan": "ivanov", "source": GOOD}, ["P616"]),
        ({"source": GOOD, "version": "1", "revision": "main"}, ["P612", "P612"]),
        ({"plan": 5}, []),
        ({"plan": "ivanov", "version": 5}, []),
    ],
)
def test_a_request_that_names_no_plan(body: Json, faults: list[str]) -> None:
    """What is of another sort has its fault from whoever reads the form of the body."""
    request = asked(body)
    found = subject.subject(request, SHELF)
    assert [fault.code for fault in request.faults] == faults
    assert found.compiled is None or "source" in body


def test_a_plan_of_the_shelf() -> None:
    found = subject.subject(asked({"plan": "ivanov"}), SHELF)
    assert (found.id, found.revision, found.faults, found.obstacles()) == ("ivanov", None, (), ())
    assert found.compiled is not None
    lost = subject.subject(asked({"plan": "ivanof"}), SHELF)
    assert [(fault.code, fault.pointer) for fault in lost.obstacles()] == [("P617", "/plan")]


def test_a_text_is_compiled_once_while_it_is_sent_again() -> None:
    """A short one, that is: a long one would take the room of many."""
    first = subject.brought(GOOD)
    assert subject.brought(GOOD).compiled is first.compiled
    long = GOOD + "#" * subject.SHORT
    assert subject.brought(long).compiled is not subject.brought(long).compiled


def test_a_text_that_cannot_pay_says_why() -> None:
    """Of one that is brought, its own faults; of one of the shelf, first that it cannot pay."""
    broken = subject.brought(GOOD + "salary 5\n")
    assert [fault.code for fault in broken.obstacles()] == ["P202"]
    assert broken.checked is not None
    kept = subject.Subject("x", broken.checked, None, broken.faults)
    assert [(fault.code, fault.pointer) for fault in kept.obstacles()] == [("P618", "/plan"), ("P202", None)]


def test_a_text_with_too_much_in_it_is_refused_before_anybody_is_paid() -> None:
    """A missing fact is looked for under every name."""
    lines = "".join(f"commission c{number} = fact{number}\n" for number in range(subject.INPUTS + 1))
    assert [fault.code for fault in subject.brought(GOOD + lines).faults] == ["P627"]


def test_a_part_that_names_a_plan_points_to_itself() -> None:
    request = asked({"old": {"plan": "ivanov", "more": 1}, "new": {"source": GOOD + "salary 5\n"}, "x": 5})
    assert subject.part(request, "old", SHELF).compiled is not None
    assert [(fault.code, fault.pointer) for fault in request.faults] == [("P612", "/old/more")]
    assert [fault.pointer for fault in subject.part(request, "new", SHELF).faults] == [None]
    assert subject.part(request, "x", SHELF) == subject.Subject()
