"""What is known of a plan after the check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .. import tree
from ..faults import Fault, has_errors
from ..parse import Parsed
from ..place import Place
from ..source import Source
from ..words import KindName, Lang
from .header import Header
from .kinds import Kinds
from .scope import Scope
from .sequence import Node


@dataclass(frozen=True, slots=True)
class FactInput:
    """A fact that the plan needs: its kind, its label, what is presumed where nobody gives it, its bounds,
    its source.
    """

    name: str
    label: str
    kind: KindName
    choices: tuple[str, ...]
    signed: bool
    default: tree.Expr | None
    bounds: tree.Bounds | None
    source: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Checked:
    """A checked plan. Where `faults` holds errors the rest may be incomplete and is not to be evaluated.

    `computed` are the figures, targets, attainments and the salary, each after what it is computed from.
    """

    parsed: Parsed
    header: Header | None
    scope: Scope
    kinds: Kinds
    computed: tuple[Node, ...]
    inputs: Mapping[str, FactInput]
    faults: tuple[Fault, ...]

    @property
    def broken(self) -> bool:
        """Whether the plan must not be evaluated."""
        return has_errors(self.faults)

    @property
    def source(self) -> Source:
        """The text that was checked, with what it includes."""
        return self.parsed.source

    @property
    def lang(self) -> Lang:
        """The language the text is written in."""
        return self.parsed.lang
