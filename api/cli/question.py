"""A question of `premia new`, and what an answer to it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..templates import Outline


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why an answer is none, in the reader's words."""

    said: str


@dataclass(frozen=True, slots=True)
class Progress:
    """What was answered so far: the template, the plan that it became, its file, the questions that are done.

    `offered` says whether the amounts that stand in the plan are of its currency.
    """

    name: str
    plan: Outline
    done: frozenset[str] = frozenset()
    offered: bool = True
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why an answer may be a slip, and what it makes of the plan where it is none."""

    said: str
    draft: Progress


Answer = Progress | Wrong | Doubt


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, in rows; what Enter stands for, and what an answer makes of the plan.

    Without anything shown, nothing can be offered, and Enter is no answer.
    """

    key: str
    rows: tuple[str, ...]
    shown: str
    read: Callable[[str], Answer]
