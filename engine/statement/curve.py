"""What is said of a curve: which stretch the measure fell into, and what that stretch makes of it."""

from __future__ import annotations

from fractions import Fraction

from dsl.source import Place

from .. import kernel as k
from ..program import Numbers
from .show import Say, quantity
from .speech import Sentences, Speaker, fill, joined


def spoken(speaker: Speaker, curve: k.Curve) -> Sentences:
    """The sentence of the stretch that was reached.

    A row of a matrix is a curve itself, and is spoken of only where it is the row that was reached.
    """
    pick = speaker.program.picks[id(curve)]
    says = [_piece(speaker, curve, index) for index in range(len(curve.pieces))]
    inner = [
        spoken(speaker, piece.constant) if isinstance(piece.constant, k.Curve) else None for piece in curve.pieces
    ]

    def say(numbers: Numbers, out: list[str]) -> None:
        reached = numbers[pick]
        if reached is not None:
            within = inner[reached]
            if within is not None:
                within(numbers, out)
            out.append(says[reached](numbers))

    return say


def _piece(speaker: Speaker, curve: k.Curve, index: int) -> Say:
    piece, words = curve.pieces[index], speaker.words
    measure, equals = speaker.value(curve.measure), speaker.both(curve)[1]
    factor = speaker.value(piece.slope)
    match piece.reason:
        case "row":
            flat = isinstance(piece.slope, k.Constant) and piece.slope.value == 0
            key = "row_flat" if flat else "row_rate"
            return fill(
                words[key],
                measure=measure,
                row=_text(speaker, piece.place),
                factor=factor,
                value=speaker.value(curve),
                equals=equals,
            )
        case "between":
            flat = isinstance(piece.slope, k.Constant) and piece.slope.value == 0
            if flat:
                row = _text(speaker, piece.place)
                return fill(words["row_flat"], measure=measure, row=row, value=speaker.value(curve))
            return fill(
                words["between"],
                measure=measure,
                row=_text(speaker, piece.place),
                factor=factor,
                constant=speaker.value(piece.constant),
                equals=equals,
            )
        case "band":
            return fill(words["bands"], parts=_bands(speaker, curve, index), equals=equals)
        case "proportional" | "beyond":
            return _proportional(speaker, curve, piece, measure, equals)
        case _:
            bound = "" if piece.bound is None else speaker.value(piece.bound)
            worth = _worth(speaker, piece)
            return fill(
                words[piece.reason], attainment=measure, bound=bound, factor=factor, worth=worth, equals=equals
            )


def _proportional(speaker: Speaker, curve: k.Curve, piece: k.Piece, measure: Say, equals: Say) -> Say:
    """Why no other piece was reached: not below the cutoff, not above the lowest accelerator."""
    words = speaker.words
    reasons: list[Say] = []
    for other in curve.pieces[:-1]:
        if other.bound is not None:
            key = {"cutoff": "from_cutoff", "decel": "not_below"}.get(other.reason, "not_above")
            reasons.append(fill(words[key], bound=speaker.value(other.bound)))
    nearest = [*reasons[:1], *reasons[-1:]] if len(reasons) > 1 else reasons
    because = joined([nearest[0], words["and"], nearest[1]] if len(nearest) > 1 else nearest)
    bound = next((other.bound for other in curve.pieces if other.reason == "cutoff"), None)
    start: Say | str = "" if bound is None else speaker.value(bound)
    return fill(words[piece.reason], attainment=measure, because=because, bound=start, equals=equals)


def _bands(speaker: Speaker, curve: k.Curve, reached: int) -> Say:
    """The part of the measure in each band times its rate, added up; fixed amounts as they are."""
    parts: list[Say | str] = []
    before: Say | str | None = None
    for index, piece in enumerate(curve.pieces[: reached + 1]):
        here = speaker.value(curve.measure) if index == reached else speaker.value(piece.bound) if piece.bound else ""
        flat = isinstance(piece.slope, k.Constant) and piece.slope.value == 0
        if parts:
            parts.append(" + ")
        if flat:
            parts.append(_added(speaker, curve, index))
        elif before is None:
            parts += [here, " × ", speaker.value(piece.slope)]
        else:
            parts += ["(", here, " − ", before, ") × ", speaker.value(piece.slope)]
        before = here
    return joined(parts)


def _added(speaker: Speaker, curve: k.Curve, index: int) -> Say:
    """What a band of a fixed amount adds to those before it."""
    slots, kind, lang = speaker.program.slots, curve.kind, speaker.lang
    piece, earlier = curve.pieces[index], curve.pieces[index - 1] if index else None

    def say(numbers: Numbers) -> str:
        made = slots[id(piece.constant)].read(numbers) or Fraction(0)
        if earlier is not None and earlier.bound is not None:
            slope, bound, constant = (
                slots[id(node)].read(numbers) or Fraction(0) for node in (earlier.slope, earlier.bound, earlier.constant)
            )
            made -= slope * bound + constant
        return quantity(made, kind, lang)[0]

    return say


def _worth(speaker: Speaker, piece: k.Piece) -> Say:
    """What attainment at the bound of a piece is worth: where an accelerator on the excess starts from."""
    slots, lang = speaker.program.slots, speaker.lang
    if piece.bound is None:
        return lambda _: ""
    nodes = (piece.slope, piece.bound, piece.constant)

    def say(numbers: Numbers) -> str:
        slope, bound, constant = (slots[id(node)].read(numbers) or Fraction(0) for node in nodes)
        return quantity(slope * bound + constant, "percent", lang)[0]

    return say


def _text(speaker: Speaker, place: Place) -> str:
    return " ".join(speaker.compiled.source.at(place).split())
