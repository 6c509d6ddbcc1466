"""Functions of spreadsheets, each said as a formula of a plan with what stands between its brackets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from ..language import ASIDE
from ..limits import SCANNED
from .case import Broken, Facts, Repair, opened, places_back, short
from .expected import OPERATORS, named
from .formulas import arguments, nested

ROUNDING = {
    "round": "", "round_up": "up", "round_down": "down",
    "multiple": "", "multiple_up": "up", "multiple_down": "down",
}  # fmt: skip
JOINING = {"sum": " + ", "mean": " + ", "product": " * "}
FAR = 60  # tokens before a mistake that are looked through for the brackets around it
MOST = 12  # places of decimals that anybody rounds to

# A formula, and whether it is more than a single thing.
Said = tuple[str, bool]


def functions(case: Broken) -> Iterator[Repair]:
    """`AVERAGE(a; b)`, for `(a + b) / 2`, with all that stands around it and is written alike."""
    reason = next((at for at in (case.index, case.index - 1) if _foreign(case, at)), None)
    near = (at for at in places_back(case) if case.kind(at) == "ROUND" and _named(case, at))
    start = next(near, None) if reason is None else reason
    if start is not None and (apart := _apart(case, start)) is not None:
        end, inner = apart
        if (call := _call(inner, 0)) is not None:
            yield from _told(case, start, end, call[0], start)
        return
    for start in _around(case, reason) if reason is not None else ():
        if (found := _call(case, start)) is not None:
            yield from _told(case, start, found[1], found[0], reason or 0)


def _told(case: Broken, start: int, end: int, said: Said, reason: int) -> Iterator[Repair]:
    """A formula in the place of a function, in brackets and without, as it may need them or not."""
    words, several = said
    meant = named()[case.tokens[start].casefold()]
    # A condition needs no brackets beside other words, and a formula none that is the whole of a line.
    bare = _alone(case, start, end) or meant in {"and", "or", "not"} or not several
    for one in ([words] if bare else []) + ([f"({words})"] if several else []):
        told, word = short(one, 80), short(case.tokens[reason])
        code = {"if": "P126", "and": "P109", "or": "P109"}.get(
            named()[case.tokens[reason].casefold()], "P128"
        )
        about: Facts = {"word": word, "instead": (told,) if code == "P128" else told}
        if code == "P109":
            about = {"instead": told}
        yield Repair(code, start, end, one, about, beyond=1)


def _alone(case: Broken, start: int, end: int) -> bool:
    """Whether a function is the whole of a formula."""
    return case.kind(start - 1) in {"EQ", "OPEN", "ONLY_IF", "IF"} and case.kind(end) in {"", "CLOSE"}


def _apart(case: Broken, start: int) -> tuple[int, Broken] | None:
    """Where a function ends whose commas are read as those of numbers, `IF(a<=2,150,0)`, and it with `;`."""
    walk = nested(case, range(start + 1, len(case.tokens)))
    end = next((at + 1 for at, _, depth in walk if depth == 0), None)
    if end is None or not any(
        case.kind(at) == "MISWRITTEN_NUMBER" and "," in case.tokens[at] for at in range(start, end)
    ):
        return None
    text = case.raw(start, end).replace(",", "; ")
    return end, opened([*case.rules.lex(text)], (), text, case.rules, case.work)


def cells(case: Broken) -> Iterator[Repair]:
    """The address of a cell, for the fact that stands in it: `3% of $C$7`."""
    for start in places_back(case):
        # An address is one word for its author, whatever tokens it is made of.
        if start and case.tokens[start - 1] == "$" and case.glued(start - 1, start + 1):
            continue
        end = start
        while end < len(case.tokens) and case.glued(start, end + 1) and case.kind(end) in ADDRESSED:
            end += 1
        while end > start and not ADDRESS.fullmatch(case.raw(start, end)):
            end -= 1
        if end - start > 1 and "$" in case.raw(start, end):
            names = _facts(case)
            facts: Facts = {"word": short(case.raw(start, end)), "instead": names[:NAMED] or ("phrase:name",)}
            word = names[0] if names else "x"
            yield Repair("P191", start, end, word, facts, beyond=1, offered=len(names) == 1)
            return


ADDRESSED = frozenset({"SIGN", "NAME", "NUMBER"})
ADDRESS = re.compile(r"\$?[A-Za-zА-Яа-я]{1,3}\$?[0-9]{1,7}")
NAMED = 5  # facts that are shown


def _facts(case: Broken) -> tuple[str, ...]:
    """The facts of the plan that nothing before its examples speaks of, or else all."""
    case.work.spend(len(case.text) // SCANNED)
    fact, example = (case.rules.words[word] for word in ("fact", "example"))
    plan = ASIDE.sub(" ", re.split(rf"^[ \t]*{example}\b", case.text, maxsplit=1, flags=re.MULTILINE)[0])
    found = re.findall(rf"^[ \t]*{fact}[ \t]+([^\W\d]\w*)", plan, re.MULTILINE)
    said = Counter(re.findall(r"\w+", plan))
    return tuple([name for name in found if said[name] == 1] or found)


def _foreign(case: Broken, at: int) -> bool:
    """Whether a function stands at a token that is none in a plan."""
    own = {"MIN", "MAX", "ROUND"}
    return at >= 0 and _named(case, at) and case.kind(at) not in own


def _named(case: Broken, at: int) -> bool:
    return case.kind(at + 1) == "OPEN" and case.tokens[at].casefold() in named()


def _around(case: Broken, at: int) -> list[int]:
    """Where functions begin in whose brackets a function stands, the outermost first, and itself."""
    least, found = 0, [at]
    for index, kind, depth in nested(case, range(at - 1, max(at - FAR, 0), -1)):
        if kind == "OPEN" and depth > least:
            least = depth
            if _named(case, index - 1):
                found.insert(0, index - 1)
    return found


def _call(case: Broken, at: int) -> tuple[Said, int] | None:
    """What a function is in a plan, and where it ends."""
    found = arguments(case, at + 1)
    if found is None or any(start >= end for start, end in found[0]):
        return None
    items, end = found
    said = _said(case, named()[case.tokens[at].casefold()], [_formula(case, *item) for item in items])
    return None if said is None else (said, end)


def _formula(case: Broken, start: int, end: int) -> Said:
    """Some tokens with the functions in them said as a plan says them."""
    written, at = "", start
    while at < end:
        call = _call(case, at) if _named(case, at) else None
        (text, several), stop = call or ((str(case.tokens[at]), False), at + 1)
        if at == start and stop == end:
            return text, several
        gap = "" if at == start else case.text[case.place(at - 1, at).end : case.place(at, at + 1).start]
        written, at = f"{written}{gap}{f'({text})' if several else text}", stop
    return written, any(case.kind(at) in OPERATORS for at in range(start, end))


def _said(case: Broken, meant: str, parts: Sequence[Said]) -> Said | None:
    """A function of some formulas."""
    words = case.rules.words
    plain = [text for text, _ in parts]
    single = [f"({text})" if several else text for text, several in parts]
    match meant, len(parts):
        case (("sum" | "product"), 1):
            return parts[0]
        case (("sum" | "mean" | "product"), count):
            joined = JOINING[meant].join(plain if meant != "product" else single)
            return (f"({joined}) / {count}", True) if meant == "mean" else (joined, True)
        case (("and" | "or"), count) if count > 1:
            return f" {words[meant]} ".join(plain), True
        case "not", 1:
            return f"{words['not']} {single[0]}", True
        case "if", (2 | 3):
            other = single[2] if len(parts) > 2 else "0"
            value = single[1] if "(" in plain[1] else plain[1]
            return f"{value} {words['if']} {plain[0]} {words['otherwise']} {other}", True
        case "ifs", count if count % 2 == 0:
            said = "0"
            for condition, value in reversed([*zip(plain[::2], plain[1::2], strict=True)]):
                other = said if said == "0" else f"({said})"
                said = f"{value} {words['if']} {condition} {words['otherwise']} {other}"
            return said, True
        case (("min" | "max"), count) if count > 1:
            return f"{words[meant]}({'; '.join(plain)})", False
        case "abs", 1:
            return f"{words['max']}({plain[0]}; -{single[0]})", False
        case (("round" | "round_up" | "round_down" | "multiple" | "multiple_up" | "multiple_down"), (1 | 2)):
            whole = meant.startswith("multiple")
            return (_multiple if whole else _rounded)(case, ROUNDING[meant], plain)
        case _:
            return None


def _rounded(case: Broken, side: str, parts: Sequence[str]) -> Said | None:
    """A rounding to so many places as the unit that they are."""
    words = case.rules.words
    places = parts[1].replace(" ", "") if len(parts) > 1 else "0"
    if not places.removeprefix("-").isdecimal() or abs(int(places)) > MOST:
        return None
    digits = int(places)
    unit = str(Fraction(10) ** -digits) if digits <= 0 else f"0{words.decimal}{'0' * (digits - 1)}1"
    return _calling(case, side, parts[0], unit)


def _multiple(case: Broken, side: str, parts: Sequence[str]) -> Said:
    """A rounding to a multiple of something, of 1 where that is not said."""
    return _calling(case, side, parts[0], parts[1] if len(parts) > 1 else "1")


def _calling(case: Broken, side: str, value: str, unit: str) -> Said:
    """A rounding to a multiple of a unit, to a side or to the nearest."""
    words = case.rules.words
    name = f"{words['round']} {words[side]}" if side else words["round"]
    return f"{name}({value} {words['to']} {unit})", False
