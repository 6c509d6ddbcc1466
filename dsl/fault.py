"""A fault as a record of facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from .place import Place

Severity = Literal["error", "warning", "notice", "advice"]


class Quantity(str):
    """A number that a sentence tells, as its reader writes numbers; `unit` stands right behind it."""

    __slots__ = ("unit", "value")
    value: Fraction
    unit: str

    def __new__(cls, value: Fraction, unit: str = "") -> Quantity:
        made = super().__new__(cls, f"{value}{unit}")
        made.value, made.unit = value, unit
        return made


Fact = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong: a code, where it is, the facts of the case, and the repair where there is one.

    An error forbids to pay; a warning is most likely a mistake; a notice says how something was understood
    that was written in another way than it is asked for; advice is about a plan that says what its
    author meant, and may answer it (`allow cliff because "…"`).

    `place` is in the plan's text, `pointer` (RFC 6901) in a document of facts. `also` is a second place that
    the fault is about (the other operand, the earlier declaration). `fix` is the text that should stand at
    `place` instead. `facts` are the words that the message's sentence is filled with, never a sentence;
    several are a choice ("a, b or c"), and in a choice `phrase:name` is a word of the reader's language.
    `example` is a worked example in the plan's language that shows the case, to be pasted into the plan.
    `trace` are the sentences, in the reader's language, by which a number of the case came about.
    """

    code: str
    severity: Severity = "error"
    place: Place | None = None
    also: Place | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    fix: str | None = None
    pointer: str | None = None
    example: str | None = None
    trace: tuple[str, ...] = ()


def has_errors(faults: Iterable[Fault]) -> bool:
    """Whether anything in them forbids evaluation."""
    return any(fault.severity == "error" for fault in faults)


# So many faults of a text are told; what comes after is more than anybody reads.
MOST = 200
MORE = "P161"
GRAVITY: dict[Severity, int] = {"error": 0, "warning": 1, "advice": 2}


def told(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Faults in order; where they are too many the gravest, and last one that says how many are left out."""
    found = list(faults)
    every = in_order(fault for fault in found if fault.code != MORE)
    left = sum(int(str(fault.facts["count"])) for fault in found if fault.code == MORE)
    if len(every) <= MOST and not left:
        return every
    gravest = sorted(range(len(every)), key=lambda index: GRAVITY[every[index].severity])[:MOST]
    facts = {"count": str(left + len(every) - len(gravest)), "most": str(MOST)}
    severity: Severity = "error" if has_errors(found) else "warning"
    return (*(every[index] for index in sorted(gravest)), Fault(MORE, severity, facts=facts))


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Faults as a reader meets them in the text: by place, those without one last."""
    return tuple(sorted(faults, key=lambda fault: (fault.place is None, fault.place or (0, 0), fault.code)))
