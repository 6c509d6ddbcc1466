"""The last sentence of a reckoning: what it comes to, or, where that is what a line of pay is, the amount."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

from .. import kernel as k
from ..integers.executable import Numbers
from ..money import rounded
from .show import PLACES, Fixed, Say, Saying, Test, ratio, scaled
from .speech import Amount, Part, Sentences, Speaker, Telling, fill, joined, spoken


class Told(list[str]):
    """The sentences of a line so far, and which steps they tell of."""

    __slots__ = ("steps",)

    def __init__(self) -> None:
        super().__init__()
        self.steps: set[int] = set()


# Why a condition holds or does not; what it hangs on is told first.
Reasons = Callable[[Numbers, list[str]], str]


@dataclass(slots=True)
class Closing:
    """A sentence that ends in a number.

    `lead` and `tail` stand before and after the number; with a `relation` it follows a formula, and is only
    about so much where an operand was `cut`.
    """

    lead: Say
    value: Saying
    cut: Test | None = None
    relation: bool = True
    tail: str = ""
    leading: Say = field(init=False)
    whole: Say = field(init=False)

    def __post_init__(self) -> None:
        self.leading = spoken(self.lead)
        cut = any_cut([test for test in (self.cut, self.value.cut) if test is not None])
        sign: Part = "= " if cut is None else lambda numbers: "≈ " if cut(numbers) else "= "
        self.whole = joined([self.lead, sign if self.relation else "", self.value.plain, self.tail])

    def ended(self, numbers: Numbers, amount: Amount | None) -> str:
        """The sentence itself."""
        if amount is None:
            return self.whole(numbers)
        text, exact = amount
        sign = "= " if self.relation else ""
        if not exact or (sign and self.cut is not None and self.cut(numbers)):
            sign = "≈ "
        return f"{self.leading(numbers)}{sign}{text}{self.tail}"


def options(
    before: Sequence[Sentences], picked: Callable[[Numbers], int], several: Sequence[Telling]
) -> Telling:
    """One of several reckonings, by the number that a choice left, and what is said before any of them."""
    first = tuple(before)

    def tell(numbers: Numbers, out: list[str], amount: Amount | None = None) -> None:
        for sentences in first:
            sentences(numbers, out)
        several[picked(numbers)](numbers, out, amount)

    return tell


def later(write: Callable[[], Telling]) -> Telling:
    """A reckoning that is written where it is first met: each row of a long table is met by few."""
    written = cache(write)
    return lambda numbers, out, amount=None: written()(numbers, out, amount)


def any_cut(cuts: Sequence[Test]) -> Test | None:
    """Whether any of some operands was cut; None where none ever is."""
    several = tuple(dict.fromkeys(cuts))
    if len(several) == 1:
        return several[0]
    return (lambda numbers: any(cut(numbers) for cut in several)) if several else None


def closing(
    speaker: Speaker,
    key: str,
    node: k.Node,
    /,
    *,
    before: Sequence[Sentences] = (),
    cuts: Sequence[Test] = (),
    **parts: Part,
) -> Telling:
    """A sentence about a number, and those before it.

    Its template ends in `{equals}`, after a formula, or in `{paid}`.
    """
    template = speaker.words[key]
    relation = "{equals}" in template
    lead, tail = template.split("{equals}" if relation else "{paid}")
    ending = fill(tail, **parts)
    assert isinstance(ending, Fixed), "what follows the number is the same for everybody"
    close = Closing(fill(lead, **parts), speaker.saying(node), any_cut(cuts), relation, ending)
    first, whole, ended = tuple(before), spoken(close.whole), close.ended

    def tell(numbers: Numbers, out: list[str], amount: Amount | None = None) -> None:
        for sentences in first:
            sentences(numbers, out)
        out.append(whole(numbers) if amount is None else ended(numbers, amount))

    return tell


def preceded(before: Sequence[Sentences], telling: Telling) -> Telling:
    """A reckoning, and what is said before it."""
    if not before:
        return telling
    several = tuple(before)

    def tell(numbers: Numbers, out: list[str], amount: Amount | None = None) -> None:
        for sentences in several:
            sentences(numbers, out)
        telling(numbers, out, amount)

    return tell


def unrounded(value: int, below: int, digits: int, mark: str) -> tuple[str, bool]:
    """An amount before it was rounded, given in minor units as a quotient, and whether it is all told.

    Six decimals, or as many more as it takes that whoever rounds them comes to the same amount.
    """
    places = PLACES
    while True:
        found, exact = ratio(value, below * 10**digits, 10**places)
        if exact or rounded(found, 10 ** (places - digits)) == rounded(value, below):
            return scaled(found, mark, places), exact
        places += 1
