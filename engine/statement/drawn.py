"""What is said of a value over records: how many count, what left out the rest, and what they come to."""

from __future__ import annotations

from collections.abc import Callable

from .. import kernel as k
from ..integers.executable import Numbers
from .closing import closing, options, preceded
from .show import Say, grouped
from .speech import Amount, Part, Sentences, Speaker, Telling, fill, just
from .teller import Teller

Count = Callable[[Numbers], int]


def drawn(teller: Teller, node: k.Own, lead: Part) -> Telling:
    """What records come to, or what somebody says that they do."""
    said = closing(teller.speaker, "said", node, lead=lead)
    match made_of(teller.speaker.kernel, node.otherwise):
        case k.Pooled() as pool:
            found = _shared(teller, pool, lead)
        case k.Prized() as prize:
            found = _prized(teller.speaker, prize, lead)
        case None:
            found = _gathered(teller.speaker, node.otherwise, lead)
    picked = teller.speaker.picked(node)

    def tell(numbers: Numbers, out: list[str], amount: Amount | None = None) -> None:
        (found if picked(numbers) else said)(numbers, out, amount)

    return tell


def made_of(kernel: k.Kernel, node: k.Node) -> k.Pooled | k.Prized | None:
    """How a value is shared, where it is somebody's part of a sum, or what their place brings."""
    several = (step.made for step in kernel.steps)
    kinds = k.Pooled | k.Prized
    return next((made for made in several if isinstance(made, kinds) and made.base is node), None)


def _shared(teller: Teller, pool: k.Pooled, lead: Part) -> Telling:
    """The sum, the weight of somebody and all weights, what that makes, and what was left of it."""
    assert isinstance(pool.members, k.Records)
    speaker, members = teller.speaker, Held(teller.speaker, pool.members)
    seen: Say = lambda numbers: grouped(members.held(numbers))  # noqa: E731  # of one line
    fund, own, weights = speaker.number(pool.whole), speaker.operand(pool.own), speaker.number(pool.weights)
    mine, more = speaker.number(pool.mine), _number(speaker, pool.more)

    def told(key: str) -> Telling:
        return closing(
            speaker, key, pool.base, lead=lead, whole=fund, own=own, weights=weights, mine=mine, more=more,
            seen=seen, table=members.label,
        )  # fmt: skip

    before: list[Sentences] = [] if isinstance(pool.fund, k.Constant) else [teller.told(pool.fund)]
    if isinstance(pool.whole, k.Earlier):
        made = speaker.kernel.steps[pool.whole.index].made
        before += [_reserved(speaker, made)] if isinstance(made, k.Reserved) else []
    if pool.more is None:
        return preceded(before, told("shared_left"))
    return options(before, speaker.picked(pool.more), (told("shared_more"), told("shared")))


def _number(speaker: Speaker, node: k.Node | None) -> Part:
    """A number, where there is one."""
    return "" if node is None else speaker.number(node)


def _reserved(speaker: Speaker, held: k.Reserved) -> Sentences:
    """What is held back of a fund, or, of who comes late, what they share of that."""
    names = ("fund", "reserve", "rest", "behind", "others")
    parts = {name: _number(speaker, getattr(held, name)) for name in names}
    parts["whole"] = speaker.number(held.base)
    several = [just(fill(speaker.words[key], **parts)) for key in ("from_reserve", "reserved")]
    if not isinstance(held.late, k.Choice):
        return several[held.behind is None]
    picked = speaker.picked(held.late)
    return lambda numbers, out: several[picked(numbers)](numbers, out)


def _prized(speaker: Speaker, prize: k.Prized, lead: Part) -> Telling:
    """How many are before somebody, how many beside them, and what their places bring."""
    assert isinstance(prize.members, k.Records)
    members = Held(speaker, prize.members)
    seen: Say = lambda numbers: grouped(members.seen(numbers))  # noqa: E731  # of one line
    above, alike, whole = (_number(speaker, one) for one in (prize.above, prize.alike, prize.whole))
    mine, more = (_number(speaker, one) for one in (prize.mine, prize.more))

    def told(key: str) -> Telling:
        return closing(
            speaker, key, prize.base, lead=lead, above=above, alike=alike, whole=whole, mine=mine, more=more,
            seen=seen, table=members.label,
        )  # fmt: skip

    if prize.alike is None or prize.more is None:
        return told("prized")
    together = options((), speaker.picked(prize.more), (told("prized_more"), told("prized_equal")))
    count = speaker.program.slots[id(prize.alike)].read
    return options((), lambda numbers: int(count(numbers) != 1), (told("prized"), together))


def averaged(node: k.Node) -> tuple[k.Records, k.Records] | None:
    """The sum and the count that an average is made of."""
    match node:
        case k.Arithmetic("/", k.Records() as whole, k.Records("count") as count):
            return whole, count
        case _:
            return None


def _gathered(speaker: Speaker, node: k.Node, lead: Part) -> Telling:
    if pair := averaged(node):
        whole, count = pair
        of, value = Held(speaker, whole).some("held_left"), _value(speaker, whole)
        cuts, top, under = speaker.cuts(whole), speaker.number(whole), speaker.number(count)
        return closing(
            speaker, "drawn_average", node, cuts=cuts, lead=lead, of=of, value=value, sum=top, count=under
        )
    if isinstance(node, k.Arithmetic):
        above = node.left  # how many come before somebody: their place is the next one
        assert isinstance(above, k.Records)
        held = Held(speaker, above)
        more: Say = lambda numbers: grouped(held.held(numbers))  # noqa: E731  # one of two
        seen: Say = lambda numbers: grouped(held.seen(numbers))  # noqa: E731  # one of two
        return closing(speaker, "ranked", node, lead=lead, above=more, seen=seen, table=held.label)
    assert isinstance(node, k.Records)
    held = Held(speaker, node)
    if node.word == "count":
        some = closing(speaker, "counted_some", node, lead=lead, of=held.some("held_left"))
        whole_table = closing(speaker, "counted_all", node, lead=lead, of=held.table)
        return options((), lambda numbers: int(held.all(numbers)), (some, whole_table))
    order = "" if node.order is None else speaker.quoted(node.order.place)
    of, value = held.some("held_some"), _value(speaker, node)
    return closing(speaker, f"drawn_{node.word}", node, lead=lead, of=of, value=value, order=order)


def _value(speaker: Speaker, node: k.Records) -> str:
    """What of each record is taken: the author's words, where they are one formula."""
    if isinstance(node.value, k.Column | k.Arithmetic):
        return f"`{speaker.quoted(node.value.place)}`"
    return speaker.words["drawn_each"]


class Held:
    """How many of the records of a table count, and what left out the rest, as each person's numbers say."""

    def __init__(self, speaker: Speaker, node: k.Records) -> None:
        tally = speaker.program.tallies[id(node)]
        self.speaker = speaker
        self.label = speaker.label(speaker.kernel.tables[node.table].name)
        self.seen, self.held = _count(tally.seen), _count(tally.held)
        texts = [speaker.quoted(part.place) for part in k.conjuncts(node.where)]
        self.left = [*zip(map(_count, tally.left), texts, strict=True)]
        at = speaker.program.beside + 3 * node.table
        self.outside, self.undated, self.late = (_count(at + one) for one in range(3))
        self.left_late = speaker.kernel.tables[node.table].late == "to_their_month"

    def all(self, numbers: Numbers) -> bool:
        """Whether all count."""
        return self.seen(numbers) == self.held(numbers)

    @property
    def table(self) -> Say:
        """The table, and what of it lies beside the period."""
        return lambda numbers: f"{self.label}{self._beside(numbers)}"

    def some(self, key: str) -> Say:
        """How many there are, and what left out those that do not count, by a template."""
        words = self.speaker.words

        def say(numbers: Numbers) -> str:
            seen, held = self.seen(numbers), self.held(numbers)
            word = "held_none" if not seen else "held_all" if seen == held else key
            left = [
                words["held_without"].format(count=grouped(count(numbers)), text=text)
                for count, text in self.left
                if count(numbers)
            ]
            return words[word].format(
                held=grouped(held),
                seen=grouped(seen),
                table=self.label,
                beside=self._beside(numbers),
                left=", ".join(left),
            )

        return say

    def _beside(self, numbers: Numbers) -> str:
        words, late = self.speaker.words, self.late(numbers)
        counts = [("held_outside", self.outside(numbers)), ("held_undated", self.undated(numbers))]
        counts += [("held_belated", late)] if self.left_late else []
        several = [words[key].format(count=grouped(count)) for key, count in counts if count]
        beside = words["held_beside"].format(several=words["also"].join(several)) if several else ""
        among = words["held_late"].format(count=grouped(late)) if late and not self.left_late else ""
        return among + beside


def _count(place: int) -> Count:
    return lambda numbers: numbers[place] or 0
