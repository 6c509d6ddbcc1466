"""One value of a fact: the number that it is, or what is wrong with it. Every door reads values here."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache

from dsl.check.names import LONGEST
from dsl.faults import Fact, Fault, Quantity, nearest
from dsl.words import LANGS, KindName, words

from ..compile import Compiled
from ..kernel import Input
from ..scales import DIGITS, exact
from .decimals import Decimal, JsonNumber, ReadNumber, day, decimal
from .durations import lasting
from .understood import Stopped, Unclear, number, offered, offered_day, twofold, understood_day
from .usage import usage

LISTED = 12  # names in one sentence
SPELT = 40  # letters of a name that is held against others
THOUSANDS = 10  # as a part of one: a percentage of a thousand and more is worth a word


def escaped(name: str) -> str:
    """A name as a step of a JSON pointer (RFC 6901); of one longer than any of a plan, its beginning."""
    kept = name if len(name) <= LONGEST else f"{name[:LONGEST]}…"
    return kept.replace("~", "~0").replace("/", "~1")


def shown(raw: object) -> str:
    """A value as it can be quoted in a sentence: in one line, and never the whole of something huge."""
    match raw:
        case None:
            text = "null"
        case bool():
            text = "true" if raw else "false"
        case ReadNumber(typed=typed):
            text = shown(typed)
        case str():
            text = " ".join(raw[:200].split())
        case Mapping():
            text = "{…}"
        case _:
            text = "[…]"
    return text if len(text) <= 40 else f"{text[:37]}…"


def value(compiled: Compiled, entry: Input, raw: object, pointer: str, faults: list[Fault]) -> Decimal | None:
    """The number that a value is; a fault is added where it is none, a notice where it was understood."""
    if entry.kind == "duration" and isinstance(raw, str):
        return _lasting(compiled, entry, raw, pointer, faults)
    return _number_of(compiled, entry, raw, pointer, faults)


def _lasting(compiled: Compiled, entry: Input, raw: str, pointer: str, faults: list[Fault]) -> Decimal | None:
    """The seconds of a duration: as its text says, or of a bare number by the unit that the plan says."""
    where = _where(entry, pointer)
    facts: dict[str, Fact] = {"name": entry.name, "value": shown(raw)}
    seconds = lasting(raw)
    if seconds is None and ":" in raw:
        faults.append(Fault("P568", pointer=where, facts=facts))
    elif seconds is None:
        bare = replace(entry, role="actual", signed=True, low=None, high=None)
        number = _number_of(compiled, bare, raw, pointer, faults)
        if number is not None and number.digits and entry.unit is None:
            faults.append(Fault("P569", pointer=where, facts=facts))
        elif number is not None:  # nothing at all lasts nothing in any unit
            seconds = Decimal(number.digits * (entry.unit or 0), number.places)
    fault = None if seconds is None else _unfit(compiled, entry, seconds)
    if fault is None:
        return seconds
    faults.append(
        Fault(fault.code, pointer=where, facts={**facts, "kind": ("phrase:duration",), **fault.facts})
    )
    return None


def _where(entry: Input, pointer: str) -> str:
    """Where a fact or a target stands."""
    return f"{pointer}/{'facts' if entry.role == 'actual' else 'targets'}/{escaped(entry.name)}"


def _number_of(
    compiled: Compiled, entry: Input, raw: object, pointer: str, faults: list[Fault]
) -> Decimal | None:
    """The number that a value is, in no unit of its own."""
    found = _plainly(entry, raw)
    clear = isinstance(found, Decimal) and not _doubtful(compiled, entry, raw)
    if clear and isinstance(found, Decimal) and _unfit(compiled, entry, found) is None:
        return found
    where = _where(entry, pointer)
    facts: dict[str, Fact] = {"name": entry.name, "value": shown(raw), "kind": (f"phrase:{entry.kind}",)}
    if isinstance(found, str) or not clear:
        other = _otherwise(compiled, entry, raw, found if isinstance(found, str) else "P670")
        if isinstance(other, Fault):
            faults.append(Fault(other.code, pointer=where, facts={**facts, **other.facts}, fix=other.fix))
            return None
        found, read = other
        faults.append(Fault("P536", "notice", pointer=where, facts={**facts, "read": (read,)}))
    fault = _unfit(compiled, entry, found)
    if fault is None:
        return found
    said = {**facts, **fault.facts}
    faults.append(Fault(fault.code, fault.severity, pointer=where, facts=said, fix=fault.fix))
    return None if fault.severity == "error" else found


def _plainly(entry: Input, raw: object) -> Decimal | str:
    """The number in a value of the form that is asked for, or the code of the fault that it is none."""
    if entry.kind == "yes_no":
        answer = usage().answers.get(raw.strip().casefold()) if isinstance(raw, str) else raw
        return Decimal(int(answer), 0) if isinstance(answer, int) else "P504"
    if not isinstance(raw, str):
        return "P505" if entry.kind == "date" else "P503"
    if entry.kind == "date":
        ordinal = day(raw.strip())
        return "P505" if ordinal is None else Decimal(ordinal, 0)
    found = decimal(raw.strip())
    return "P503" if found is None else "P506" if found == "long" else found


def _whole(compiled: Compiled, entry: Input) -> bool:
    """Whether what a fact measures has no thousandths."""
    return entry.kind == "count" or (entry.kind == "money" and compiled.kernel.digits < 3)


def _doubtful(compiled: Compiled, entry: Input, raw: object) -> bool:
    """Whether a number may have a point between its thousands; that of JSON has none."""
    if not isinstance(raw, str) or isinstance(raw, JsonNumber) or raw.strip()[-4:-3] != ".":
        return False
    return _whole(compiled, entry) and twofold(raw.strip())


def _otherwise(compiled: Compiled, entry: Input, raw: object, code: str) -> tuple[Decimal, str] | Fault:
    """A value that is written in another way: the number, and what it was read as; or why it cannot be."""
    if not isinstance(raw, str) or code == "P506":
        return Fault(code, facts={"most": str(DIGITS)})
    if entry.kind == "yes_no":
        answer = {"1": 1, "0": 0}.get(raw.strip())
        if answer is None:
            return Fault(code)
        return Decimal(answer, 0), "phrase:answer_yes" if answer else "phrase:answer_no"
    if entry.kind == "date":
        text = understood_day(raw)
        ordinal = None if text is None else day(text)
        if text is None or ordinal is None:
            return _offering(compiled, entry, code, offered_day(raw))
        return Decimal(ordinal, 0), text
    return _number(compiled, entry, raw, code)


def _number(compiled: Compiled, entry: Input, raw: str, code: str) -> tuple[Decimal, str] | Fault:
    money = entry.kind == "money"
    units = _units(compiled.kernel.currency if money else entry.kind)
    match number(raw, units, money=money, whole=_whole(compiled, entry)):
        case Unclear(whole, part):
            return Fault("P670", facts={"whole": whole, "part": part})
        case Stopped(stop):
            return Fault(stop, facts={"currency": compiled.kernel.currency})
        case None:
            return _offering(compiled, entry, code, offered(raw, units, money=money))
        case text:
            found = decimal(text)
            if isinstance(found, Decimal):
                return found, text
            return Fault("P506", facts={"most": str(DIGITS)})


def _offering(compiled: Compiled, entry: Input, code: str, better: str | None) -> Fault:
    """What cannot be read, with what was most likely meant where that can be told and would be taken."""
    found = None if better is None else _plainly(entry, better)
    if better is None or not isinstance(found, Decimal) or _unfit(compiled, entry, found) is not None:
        return Fault(code)
    return Fault("P522", facts={"better": better}, fix=better)


@cache
def _units(what: str) -> frozenset[str]:
    """What may stand beside a number: of money the code and signs of its currency, of days their words."""
    found = {what}
    for vocabulary in map(words, LANGS):
        found.update(sign for sign, code in vocabulary.signs.items() if code == what)
        if what == "days":
            found.update(vocabulary.spellings["days"])
    return frozenset(unit.casefold() for unit in found)


def _unfit(compiled: Compiled, entry: Input, found: Decimal) -> Fault | None:
    """What forbids a number for a fact, or makes it doubtful."""
    digits, decimals, percent = found
    kind = entry.kind
    if percent and kind != "percent":
        return Fault("P507")
    if entry.role == "target" and digits <= 0:
        return Fault("P509")
    if digits < 0 and not entry.signed:
        return Fault("P508")
    if decimals:
        if kind == "count":
            return Fault("P510")
        if kind == "money" and decimals > compiled.kernel.digits:
            kernel = compiled.kernel
            return Fault("P511", facts={"digits": str(kernel.digits), "currency": kernel.currency})
    number = Fraction(digits, 10**decimals)
    if entry.bounded and (beyond := _beyond(entry, number)) is not None:
        return _signed(compiled, entry, found) or beyond
    if kind != "percent":
        return None
    if not percent and digits > 10**decimals:
        return Fault("P512", "warning", facts={"read": spoken(number, kind)})
    if digits < THOUSANDS * 10**decimals:
        return None
    return Fault("P537", "warning", facts={"value": spoken(number, kind)})


def _signed(compiled: Compiled, entry: Input, found: Decimal) -> Fault | None:
    """A percentage that is beyond its bounds only because its sign was forgotten, with it."""
    share = Fraction(found.digits, 10 ** (found.places + 2))
    if entry.kind != "percent" or found.percent or _beyond(entry, share):
        return None
    return _offering(compiled, entry, "P539", plainly(share, "percent"))


def _beyond(entry: Input, number: Fraction) -> Fault | None:
    """The fault of a number that is not within the bounds of its fact, and which of them it is."""
    if entry.low is not None and number < entry.low:
        bound, side = entry.low, "less_than_least"
    elif entry.high is not None and number > entry.high:
        bound, side = entry.high, "more_than_most"
    else:
        return None
    return Fault("P539", facts={"side": (f"phrase:{side}",), "bound": spoken(bound, entry.kind)})


def plainly(number: Fraction, kind: KindName) -> str:
    """A number of a kind as facts are written: `0.5`, `95%`, `2025-07-01`, `yes`."""
    match kind:
        case "date":
            return datetime.date.fromordinal(int(number)).isoformat()
        case "yes_no":
            return "yes" if number else "no"
        case "percent":
            return f"{exact(number * 100)}%"
        case "duration":
            return f"{exact(number)} seconds"
        case _:
            return exact(number)


def defaulted(entry: Input) -> str | None:
    """What is presumed where nobody gives a fact, as facts are written; None where nothing is."""
    if entry.default is None:
        return None
    return entry.choices[int(entry.default)] if entry.choices else plainly(entry.default, entry.kind)


def spoken(number: Fraction, kind: KindName) -> Fact:
    """A number of a kind as a sentence tells it."""
    if kind == "percent":
        return Quantity(number * 100, "%")
    return plainly(number, kind) if kind == "date" else Quantity(number)


def listed(names: Sequence[str]) -> tuple[str, ...]:
    """Names that there are, as a fact of a fault: the first of them, since a sentence holds no more."""
    more = ("phrase:other_names",) if len(names) > LISTED else ()
    return (*names[:LISTED], *more) or ("phrase:no_names",)


def chosen(entry: Input, raw: object, pointer: str) -> int | Fault:
    """The number of an attribute's value among its choices."""
    if isinstance(raw, str) and raw in entry.choices:
        return entry.choices.index(raw)
    facts: dict[str, Fact] = {"name": entry.name, "value": shown(raw), "known": listed(entry.choices)}
    fix = nearest(raw, entry.choices) if isinstance(raw, str) and len(raw) <= SPELT else None
    return Fault("P524", pointer=f"{pointer}/facts/{escaped(entry.name)}", facts=facts, fix=fix)
