"""A plan that is ready to pay: its text, its kernel and the code made from it."""

from __future__ import annotations

from dataclasses import dataclass, field

from dsl.check import Checked
from dsl.place import NOWHERE
from dsl.source import Source

from ..integers import generate
from ..integers.executable import Executable
from ..kernel import Input, Kernel
from ..parted import parted
from ..scales import Scales, scale
from ..specialise import specialise
from ..waiting import MemberCell, Open, without
from .kept import Kept

# Operations of all variants of a plan that are kept, and of all their shapes: facts come in a few, and those
# of somebody hostile must not pile up code. With its code and sentences one takes about a kilobyte.
KEPT = 50_000


Counts = tuple[
    tuple[str, int], ...
]  # of each sort of groups, how many somebody is in for a part of the period
Sort = tuple[tuple[int, ...], frozenset[MemberCell], Counts]  # attributes, what is waited for, and moves
ShapeKey = tuple[Sort, Scales]  # a sort of people, and the decimal places of what they bring


@dataclass(slots=True, eq=False, weakref_slot=True)
class Shape:
    """A plan for one sort of people, and for inputs with so many decimal places each: what facts are paid by.

    Its code, with a trace and without, is made when it is first needed.
    """

    kernel: Kernel
    scales: Scales
    _plain: Executable | None = field(default=None, repr=False)
    _traced: Executable | None = field(default=None, repr=False)

    @property
    def plain(self) -> Executable:
        """The code for amounts alone."""
        if self._plain is None:
            self._plain = generate(self.kernel, self.scales, traced=False)
        return self._plain

    @property
    def traced(self) -> Executable:
        """The code for amounts with their trace."""
        if self._traced is None:
            self._traced = generate(self.kernel, self.scales, traced=True)
        return self._traced


@dataclass(slots=True)
class Variant:
    """A plan for one sort of people, and the shapes of facts that were met so far.

    `usual` are the decimal places in which each input is held unless somebody gives more; `open` are the
    lines that wait and are none of the kernel's.
    """

    kernel: Kernel
    sort: Sort = ((), frozenset(), ())
    open: tuple[Open, ...] = ()
    _shapes: Kept[ShapeKey, Shape] = field(default_factory=lambda: Kept(KEPT), repr=False)
    usual: Scales = field(init=False)

    def __post_init__(self) -> None:
        kernel = self.kernel
        tables = tuple(tuple(scale(kernel, cells, 0) for cells in table.columns) for table in kernel.tables)
        self.usual = Scales(tuple(scale(kernel, entry, 0) for entry in kernel.inputs), tables)

    def shape(self, scales: Scales) -> Shape:
        """The shape of inputs and cells with so many decimal places each."""
        key = (self.sort, scales)
        return self._shapes.get(key) or self._shapes.keep(key, Shape(self.kernel, scales), self.kernel.size)


@dataclass(slots=True)
class Compiled:
    """A checked plan with the kernel of its whole meaning, and a variant for each sort of people met so far.

    `attributes` are the inputs, by index, that say which sort a person is of; a plan without any has one
    variant.
    """

    checked: Checked
    kernel: Kernel
    attributes: tuple[int, ...] = ()
    _variants: Kept[Sort, Variant] = field(default_factory=lambda: Kept(KEPT), repr=False)
    _shapes: Kept[ShapeKey, Shape] = field(default_factory=lambda: Kept(KEPT), repr=False)

    def __post_init__(self) -> None:
        inputs = enumerate(self.kernel.inputs)
        self.attributes = tuple(index for index, entry in inputs if entry.kind == "choice")

    def __reduce__(self) -> tuple[type[Compiled], tuple[object, ...]]:
        """As it goes to another process, which makes the code anew."""
        return Compiled, (self.checked, self.kernel)

    @property
    def source(self) -> Source:
        """The text that was compiled, with what it includes."""
        return self.checked.source

    @property
    def title(self) -> str:
        """What people call the plan."""
        header = self.checked.header
        return header.title if header else ""

    @property
    def brought(self) -> frozenset[str]:
        """The names of the tables that can come with the facts: its own, and those that any plan takes."""
        words = self.checked.scope.words
        counts = any(entry.worktime for entry in self.kernel.inputs)
        return self.kernel.brought.union([words.absences], [words.calendar] if counts else [])

    def called(self, entry: Input) -> str:
        """The name of an input; of what is drawn from records and has none, the author's words."""
        return entry.name if entry.place == NOWHERE else self.source.bare(entry.place)

    def variant(
        self, chosen: tuple[int, ...], lacking: frozenset[MemberCell] = frozenset(), counts: Counts = ()
    ) -> Variant:
        """The plan for people with these values of the attributes, each by its number among the choices.

        Of what hangs on cells that are lacking nothing is paid. `counts` are those of whoever moves.
        """
        sort = chosen, lacking, counts
        variant = self._variants.get(sort)
        if variant is None:
            kernel, waiting = self.kernel, tuple[Open, ...]()
            if self.attributes:
                kernel = specialise(kernel, dict(zip(self.attributes, chosen, strict=True)))
            kernel = parted(kernel, dict(counts))
            if lacking:
                kernel, waiting = without(kernel, lacking)
            variant = self._variants.keep(sort, Variant(kernel, sort, waiting, self._shapes), kernel.size)
        return variant
