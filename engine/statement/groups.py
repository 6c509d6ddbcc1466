"""What is said of lines that others make: limits and roundings of several lines, what is taken off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial

from .. import kernel as k
from ..integers.executable import Numbers, Slot
from ..money import rounded
from .closing import closing, options, preceded
from .formula import spelt
from .show import quantity
from .speech import Amount, Speaker, Telling, fill
from .teller import Teller

ROUNDED = ("group_rounded_up", "group_rounded_down")


def _group(teller: Teller, name: str) -> str:
    """What to call several lines in a sentence."""
    words = teller.speaker.words
    key = {"bonus": "of_bonus", "variable": "of_variable", "total": "of_total"}.get(name, "of_section")
    return words[key].format(label=teller.speaker.label(name))


def settled(teller: Teller, line: k.PayLine) -> Telling:
    """What a cap, a floor or a rounding of several lines takes off or adds."""
    speaker, words = teller.speaker, teller.speaker.words
    assert line.made is not None
    close = partial(closing, speaker, group=_group(teller, line.of), value=speaker.number(line.made.base))
    match line.made, line.after:
        case k.Limit(_, limit, _, condition), _:
            key, formula = "group_cap" if line.kind == "cap" else "group_floor", spelt(teller, limit)
            capped = close(key, line.amount, before=formula.before, limit=formula.valued(limit))
            if condition is None:
                return capped
            _, _, stays = teller.lifting(condition, line.place)
            return preceded([stays], capped)
        case _, k.Rounded(_, unit, direction) as after:
            turn = fill(words[direction], unit=quantity(unit, "money", speaker.lang)[0])
            up, down = (close(way, line.amount, turn=turn, after=speaker.number(after)) for way in ROUNDED)
            slot = speaker.program.slots[id(line.amount)]
            return options((), lambda numbers: int((slot.read(numbers) or 0) < 0), (up, down))
        case _:
            # The attributes of the person have lifted the cap, and the line is not printed.
            return closing(speaker, "stated", line.amount, lead="")


def reduced(teller: Teller, limits: Sequence[k.Limit], ordered: Callable[[k.Node], Telling]) -> Telling:
    """What is taken off by order: what the order says, or the bonuses, or by law a fifth of the pay."""
    speaker, words = teller.speaker, teller.speaker.words
    order = limits[0].base
    said = telling = ordered(order)
    slot = speaker.program.slots[id(order)]
    for limit in limits:
        most = closing(speaker, "bonuses", limit.limit)
        if isinstance(limit, k.Lawful):
            share, due, operand = (
                speaker.number(limit.share),
                speaker.number(limit.due),
                speaker.operand(limit.due),
            )
            most = closing(speaker, "fifth", limit.limit, share=share, above=due, operand=operand)
        telling = _lowered(teller, limit, telling, most)

    def tell(numbers: Numbers, out: list[str], amount: Amount | None = None) -> None:
        if (slot.read(numbers) or 0) < 0:
            said(numbers, out)
            out.append(words["below"])
        else:
            telling(numbers, out, amount)

    return tell


def recovered(teller: Teller, limit: k.Netted, owing: Callable[[k.Node], Telling]) -> Telling:
    """What is netted of what is owed: all of it, or what the line pays that it is netted within."""
    speaker, words = teller.speaker, teller.speaker.words
    left = spelt(teller, limit.left)
    within = closing(speaker, "within", limit.limit, before=left.before, left=left.say())
    debt, limited, over = owing(limit.base), speaker.picked(limit.held), _over(speaker, limit)
    slot = speaker.program.slots[id(limit.base)]

    def tell(numbers: Numbers, out: list[str], amount: Amount | None = None) -> None:
        if (slot.read(numbers) or 0) < 0:
            debt(numbers, out)
            out.append(words["below"])
        elif limited(numbers):
            debt(numbers, out)
            carried = Fraction(over(numbers), 10**speaker.kernel.digits)
            said = quantity(carried, "money", speaker.lang)[0]
            out.append(words["carried"].format(amount=said))
            within(numbers, out, amount)
        else:
            debt(numbers, out, amount)

    return tell


def advanced(teller: Teller, limit: k.Advanced, promising: Callable[[k.Node], Telling]) -> Telling:
    """What a draw pays in advance of its line, or takes back of what was."""
    speaker = teller.speaker
    left, lacks = spelt(teller, limit.left), speaker.program.slots[id(limit.lacks)]
    opening = "" if limit.opening is None else speaker.number(limit.opening)
    close = partial(
        closing,
        speaker,
        sum=speaker.number(limit.base),
        left=left.valued(limit.left),
        opening=opening,
    )
    keys = ("drawn", "drawn_up_to", "repaid", "repaid_all" if limit.opening else "not_drawn")
    several = tuple(close(key, limit.held) for key in keys)
    all_of_it = speaker.picked(limit.held)
    full = None if limit.room is None else speaker.picked(limit.room)

    def which(numbers: Numbers) -> int:
        if all_of_it(numbers):
            return 3
        if full is not None and full(numbers):
            return 1
        return 2 if (lacks.read(numbers) or 0) < 0 else 0

    promised = promising(limit.base)
    return preceded([promised, *left.before], options((), which, several))


def rest(speaker: Speaker, line: k.PayLine) -> Callable[[Numbers], int] | None:
    """What a recovery carries, in minor units; None where a line is no recovery."""
    return _over(speaker, line.limits[0]) if line.kind == "recovery" else None


def _over(speaker: Speaker, limit: k.Limit) -> Callable[[Numbers], int]:
    """By how much what is owed is more than can be taken off, as both are printed."""
    owed, most = (speaker.program.slots[id(node)] for node in (limit.base, limit.limit))
    return lambda numbers: max(_minor(speaker, owed, numbers) - _minor(speaker, most, numbers), 0)


def _minor(speaker: Speaker, slot: Slot, numbers: Numbers) -> int:
    """A number as it would be printed, in minor units."""
    exact = (slot.read(numbers) or Fraction(0)) * 10**speaker.kernel.digits
    return rounded(exact.numerator, exact.denominator)


def _lowered(teller: Teller, limit: k.Limit, one: Telling, other: Telling) -> Telling:
    """What comes to an amount by itself, and what lowers it where it is too much."""
    limited = teller.speaker.picked(limit.held)
    slot = teller.speaker.program.slots[id(limit.limit)]

    def tell(numbers: Numbers, out: list[str], amount: Amount | None = None) -> None:
        if not limited(numbers):
            one(numbers, out, amount)
        elif (slot.read(numbers) or 0) > 0:
            one(numbers, out)
            other(numbers, out, amount)
        else:
            one(numbers, out)
            out.append(teller.speaker.words["none_above"])

    return tell
