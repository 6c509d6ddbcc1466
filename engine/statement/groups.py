"""What is said of lines that others make: limits and roundings of several lines, what is taken off."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from .. import kernel as k
from ..money import rounded
from ..program import Numbers, Slot
from .closing import Amount, Options, Telling, closing
from .show import quantity
from .speech import GROUPS, Part, Speaker, fill

if TYPE_CHECKING:
    from .teller import Teller


def _group(teller: Teller, name: str) -> str:
    """What to call several lines in a sentence."""
    words = teller.speaker.words
    return (
        words[f"of_{name}"]
        if name in GROUPS
        else words["of_section"].format(label=teller.speaker.label(name))
    )


def settled(teller: Teller, line: k.Line) -> Telling:
    """What a cap, a floor or a rounding of several lines takes off or adds."""
    speaker, words = teller.speaker, teller.speaker.words
    assert isinstance(line.amount, k.Arithmetic)
    settled_, paid = line.amount.left, line.amount.right
    said = speaker.saying(line.amount)
    parts: dict[str, Part] = {"group": _group(teller, line.of), "value": speaker.number(paid)}
    match settled_:
        case k.Choice(condition, _, k.Extreme() as least):
            capped, reasons = _limit(teller, line, least, parts), teller.reasons(condition)
            text = speaker.quoted(line.place)

            def tell(numbers: Numbers, out: list[str], amount: Amount | None) -> None:
                out.append(words["cap_stays"].format(text=text, reasons=reasons(numbers, out)))
                capped(numbers, out, amount)

            return tell
        case k.Extreme():
            return _limit(teller, line, settled_, parts)
        case k.Rounded(_, unit, direction):
            turn = fill(words[direction], unit=quantity(unit, "money", speaker.lang)[0])
            parts |= {"turn": turn, "after": speaker.number(settled_)}
            up, down = (closing(words[f"group_rounded_{way}"], said, parts=parts) for way in ("up", "down"))
            slot = speaker.program.slots[id(line.amount)]
            return Options((), lambda numbers: int((slot.read(numbers) or 0) < 0), (up, down))
        case _:
            # The attributes of the person have lifted the cap, and the line is not printed.
            return closing("{paid}", said, parts={})


def _limit(teller: Teller, line: k.Line, node: k.Extreme, parts: dict[str, Part]) -> Telling:
    limit = node.operands[1]
    formula = teller.formula(limit)
    template, said = teller.speaker.words[f"group_{line.kind}"], teller.speaker.saying(line.amount)
    return closing(template, said, before=formula.before, parts={**parts, "limit": formula.valued(limit)})


def reduced(teller: Teller, least: k.Extreme, ordered: Callable[[k.Node], Telling]) -> Telling:
    """What is taken off by order: what the order says, or the bonuses, or by law a fifth of the pay."""
    speaker, words = teller.speaker, teller.speaker.words
    inner, fifth = least.operands
    if isinstance(inner, k.Extreme) and isinstance(fifth, k.Arithmetic):
        within = inner
        parts: dict[str, Part] = {
            "share": speaker.number(fifth.left),
            "above": speaker.number(fifth.right),
            "operand": speaker.operand(fifth.right),
        }
        lawful = closing(words["fifth"], speaker.saying(fifth), parts=parts)
        telling = _lowered(teller, least, _bonuses(teller, within, ordered), lawful)
    else:
        within = least
        telling = _bonuses(teller, least, ordered)
    order, slot = ordered(within.operands[0]), speaker.program.slots[id(within.operands[0])]

    def tell(numbers: Numbers, out: list[str], amount: Amount | None) -> None:
        if (slot.read(numbers) or 0) < 0:
            order(numbers, out, None)
            out.append(words["below"])
        else:
            telling(numbers, out, amount)

    return tell


def _bonuses(teller: Teller, least: k.Extreme, ordered: Callable[[k.Node], Telling]) -> Telling:
    """What an order says, or the bonuses, where they are less."""
    order, accrued = least.operands
    assert isinstance(accrued, k.Clamp)
    said = closing(teller.speaker.words["bonuses"], teller.speaker.saying(accrued), parts={})
    return _lowered(teller, least, ordered(order), said)


def recovered(teller: Teller, least: k.Extreme, owing: Callable[[k.Node], Telling]) -> Telling:
    """What is netted of what is owed: all of it, or what the line pays that it is netted within."""
    speaker, words = teller.speaker, teller.speaker.words
    owed, most = least.operands
    assert isinstance(most, k.Clamp)
    left = teller.formula(most.operand)
    parts: dict[str, Part] = {"left": left.say()}
    within = closing(words["within"], speaker.saying(most), before=left.before, parts=parts)
    debt, limited = owing(owed), speaker.picked(least)
    slot, limit = (speaker.program.slots[id(node)] for node in (owed, most))

    def tell(numbers: Numbers, out: list[str], amount: Amount | None) -> None:
        if (slot.read(numbers) or 0) < 0:
            debt(numbers, out, None)
            out.append(words["below"])
        elif limited(numbers):
            debt(numbers, out, None)
            carried = Fraction(_minor(speaker, slot, numbers) - _minor(speaker, limit, numbers))
            said = quantity(carried / 10**speaker.kernel.digits, "money", speaker.lang)[0]
            out.append(words["carried"].format(amount=said))
            within(numbers, out, amount)
        else:
            debt(numbers, out, amount)

    return tell


def rest(speaker: Speaker, line: k.Line) -> Callable[[Numbers, int], int] | None:
    """What is carried of what is owed, in minor units, where a recovery has taken some off; else None."""
    match line.kind, speaker.kernel.reckoned(line):
        case "recovery", k.Arithmetic(_, _, k.Clamp(k.Extreme(_, (owed, _)))):
            slot = speaker.program.slots[id(owed)]
            return lambda numbers, taken: max(_minor(speaker, slot, numbers) + taken, 0)
        case _:
            return None


def _minor(speaker: Speaker, slot: Slot, numbers: Numbers) -> int:
    """A number as it would be printed, in minor units."""
    exact = (slot.read(numbers) or Fraction(0)) * 10**speaker.kernel.digits
    return rounded(exact.numerator, exact.denominator)


def _lowered(teller: Teller, least: k.Extreme, one: Telling, other: Telling) -> Telling:
    """What comes to an amount by itself, and what lowers it where it is too much."""
    limited = teller.speaker.picked(least)
    slot = teller.speaker.program.slots[id(least.operands[1])]

    def tell(numbers: Numbers, out: list[str], amount: Amount | None) -> None:
        if not limited(numbers):
            one(numbers, out, amount)
        elif (slot.read(numbers) or 0) > 0:
            one(numbers, out, None)
            other(numbers, out, amount)
        else:
            one(numbers, out, None)
            out.append(teller.speaker.words["none_above"])

    return tell
