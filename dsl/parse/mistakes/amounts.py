"""An amount with all that people write behind it: its thousands, its currency, what it is for one of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from ...data import table
from ...words import UNITS, currencies
from ..lines import SIDES
from .case import Broken, Facts, Repair, places_back, short
from .digits import multiplied
from .slots import unit_end

# Hours, minutes and seconds, and the words of that.
CLOCK, CLOCKED = re.compile("([0-9]{1,3}):([0-5][0-9]):([0-5][0-9])"), 5
PARTS = 8  # tokens behind one number
# What may stand before what one of is meant: `за каждый куб`, `for each log`.
EACH = frozenset({"one", "each", "every", "a", "каждый", "каждую", "каждое", "один", "одну", "одно"})
BANDS = frozenset({"EACH_BAND", "WHOLE", "PER_UNIT", "DIVIDE"})
AND = frozenset({"and", "и", ","})  # between an amount and its hundredths


def timed(case: Broken) -> Iterator[Repair]:
    """A length of time as clocks show it: `95 seconds` for `00:01:35`."""
    for at in places_back(case, CLOCKED):
        end = min(at + CLOCKED, len(case.tokens))
        if (said := CLOCK.fullmatch(case.raw(at, end))) is not None:
            hours, minutes, seconds = map(int, said.groups())
            length = (hours * 60 + minutes) * 60 + seconds
            unit = next(
                (one for one in ("hours", "minutes") if length and length % UNITS[one] == 0), "seconds"
            )
            count = length // UNITS[unit]
            instead = f"{count} {case.rules.words.unit(unit, Fraction(count))}"
            yield Repair("P109", at, end, instead, {"instead": instead}, beyond=1)


def whole(case: Broken) -> Iterator[Repair]:
    """An amount with all that belongs to it: `120 руб. за куб` of a band, `2 руб. 40 коп.`"""
    for start in places_back(case, PARTS):
        if case.kind(start) != "NUMBER":
            continue
        for found in filter(None, (_each_unit(case, start), _parted(case, start))):
            end, said = found
            yield Repair("P109", start, end, said, {"instead": said}, beyond=1)


def measured(case: Broken) -> Iterator[Repair]:
    """A number in thousands or millions, in a currency, or with words for what it counts: `850 руб./шт.`"""
    for start in places_back(case, PARTS):
        if case.kind(start) != "NUMBER" or case.kind(start - 1) == "SIGN":
            continue
        found = multiplied(case, start)
        behind, number = found or (start + 1, str(case.tokens[start]))
        end = _end(case, behind)
        if end == start + 1:
            continue
        if found is not None:
            yield Repair("P109", start, end, number, {"instead": number}, beyond=1)
        else:
            word = (short(case.raw(start + 1, end)),)
            yield Repair("P134", start, end, number, {"word": word}, beyond=1)


def abbreviated(case: Broken) -> Iterator[Repair]:
    """A word with its point behind the bound of a row: `at 9 000 cps.: 45 000`."""
    end = _dotted(case, 2) if len(case.tokens) > 2 else 2
    numbered = case.kind(0) in SIDES and case.kind(1) == "NUMBER" and case.kind(2) == "NAME"
    if numbered and end > 3 and case.kind(end) == "COLON":
        word = (short(case.raw(2, end)),)
        yield Repair("P134", 1, end, str(case.tokens[1]), {"word": word}, beyond=1)


def _each_unit(case: Broken, start: int) -> tuple[int, str] | None:
    """Where the rate of a band ends that says what it is for each of, and the words that say so in a plan."""
    # Only bands pay for each unit; the row above one that does as well says so, in these words or in others.
    each = table("grammars", "synonyms.toml")["each"][case.rules.words.lang]
    banded = any(one.type in BANDS or one.casefold() in each for one in case.above)
    if case.kind(0) not in SIDES or not banded:
        return None
    at = start + 1
    if at < len(case.tokens) and _priced(case, at):
        at = _dotted(case, at)
    if at >= len(case.tokens) or not _for_each(case, at) or case.kind(at + 1) != "NAME":
        return None
    at += 1
    if case.kind(at + 1) == "NAME" and case.tokens[at].casefold() in EACH:
        at += 1
    end = _dotted(case, at)
    said = f"{case.tokens[start]} {case.rules.words['per_unit']}"
    return (end, said) if end == case.line_end(start) else None


def _parted(case: Broken, start: int) -> tuple[int, str] | None:
    """Where an amount in two parts ends, and the one number that it is: `2 руб. 40 коп.`"""
    whole, at = case.tokens[start], start + 1
    if not (at < len(case.tokens) and _priced(case, at)):
        return None
    at = _dotted(case, at)
    minor = tuple(table("grammars", "synonyms.toml")["minor"][case.rules.words.lang])
    at += at < len(case.tokens) and case.tokens[at] in AND
    if case.kind(at) != "NUMBER" or not case.tokens[at + 1 : at + 2]:
        return None
    part, word = case.tokens[at], case.tokens[at + 1].casefold()
    # One letter stands for it with its point: `2 р. 40 к.`
    said = word.startswith(minor) or (minor[0].startswith(word) and _dotted(case, at + 1) > at + 2)
    if not part.isdigit() or len(part) > len("99") or not said:
        return None
    if not "".join(whole.split()).isdigit():
        return None
    return _end(case, _dotted(case, at + 1)), f"{whole}{case.rules.words.decimal}{part.zfill(2)}"


def _end(case: Broken, at: int) -> int:
    """Where what stands behind a number ends."""
    end = at
    while end < len(case.tokens) and not case.broken(end):
        after = _unit(case, end)
        if after is None and end > at and _for_each(case, end):
            after = _unit(case, end + 1)
        if after is None:
            break
        end = after
    return end


def _unit(case: Broken, at: int) -> int | None:
    """Where a word for a currency, for a time or for what is counted ends, with its point."""
    if (end := unit_end(case, at)) is not None:
        return end
    spans = table("grammars", "synonyms.toml")["spans"][case.rules.words.lang]
    named = at < len(case.tokens) and (_priced(case, at) or case.tokens[at].casefold() in spans)
    if not named:
        return None
    return _dotted(case, at)


def _dotted(case: Broken, at: int) -> int:
    """Where a word ends that stands with its point."""
    return at + 1 + (at + 1 < len(case.tokens) and case.tokens[at + 1] == "." and case.glued(at, at + 2))


def _for_each(case: Broken, at: int) -> bool:
    """Whether `/` or a word for it stands before what one of is meant."""
    typed = case.tokens[at].casefold()
    return (
        case.kind(at) == "DIVIDE"
        or typed in table("grammars", "synonyms.toml")["each"][case.rules.words.lang]
    )


def belated(case: Broken) -> Iterator[Repair]:
    """How long records may be late in weeks or months, of which no two are as long: `within 3 months`."""
    lengths: Mapping[str, list[int]] = table("grammars", "synonyms.toml")["lengths"][case.rules.words.lang]
    at = next((at for at in range(case.index + 1) if case.kind(at) == "WITHIN"), None)
    if case.kind(0) != "TABLE" or at is None:
        return
    number = case.kind(at + 1) == "NUMBER" and case.tokens[at + 1].isdigit()
    times = int(case.tokens[at + 1]) if number else 1
    start = at + 1 + (number or case.tokens[at + 1 : at + 2] in {("a",), ("one",)})
    typed = case.tokens[start].casefold() if start < len(case.tokens) else ""
    days = next((several for begins, several in lengths.items() if typed.startswith(begins)), ())
    ways = tuple(f"{times * one} {case.rules.words.days(times * one)}" for one in days)
    if ways:
        code = "P109" if len(ways) == 1 else "P181"
        facts: Facts = {
            "word": short(case.raw(at + 1, start + 1)),
            "instead": ways if len(ways) > 1 else ways[0],
        }
        yield Repair(code, at + 1, start + 1, ways[0], facts, beyond=1, offered=len(ways) == 1)


# What parts the two answers to a question: `Y/N`, `есть - нет`.
APART = frozenset({"/", "-", "–", "|", "or", "или", "\\", ","})


def kinds(case: Broken) -> Iterator[Repair]:
    """What a fact is measured in, in the place of its kind: `тыс. руб.`, `EUR/month`, `Y/N`, `(yes/no)`."""
    start = 2 + (case.kind(2) == "STRING")
    if case.kind(0) != "FACT" or start >= len(case.tokens):
        return
    vocabulary = case.rules.words
    opened = case.kind(start) == "OPEN"
    if (answered := _answers(case, start + opened)) is not None:
        end = answered + (opened and case.kind(answered) == "CLOSE")
        yield _kind(start, end, vocabulary.kind_words["yes_no"])
    inside = case.tokens[start + 1].casefold() if opened and start + 1 < len(case.tokens) else ""
    if inside in vocabulary.kinds and case.kind(start + 2) == "CLOSE":
        yield _kind(start, start + 3, inside)
    begin = _thousands(case, start + opened)
    end = _end(case, begin)
    if end > begin:
        money = any(_priced(case, at) for at in range(begin, end))
        stop = end + (opened and case.kind(end) == "CLOSE")
        if money:
            yield _kind(start, stop, vocabulary.kind_words["money"])


def _kind(start: int, end: int, kind: str) -> Repair:
    return Repair("P109", start, end, kind, {"instead": kind}, beyond=1)


def _answers(case: Broken, at: int) -> int | None:
    """Where a word for yes and one for no end, with a sign between them."""
    lang = case.rules.words.lang
    said: Mapping[str, list[str]] = table("grammars", "synonyms.toml")["answers"][lang]
    texts = [token.casefold() for token in case.tokens[at : at + 3]]
    if len(texts) < len(("yes", "/", "no")) or texts[1] not in APART:
        return None
    own = case.rules.words
    fits = texts[0] in {own["yes"], *said["yes"]} and texts[2] in {own["no"], *said["no"]}
    return at + 3 if fits else None


def _thousands(case: Broken, at: int) -> int:
    """Where a word for thousands or millions ends, with its point."""
    times = table("grammars", "synonyms.toml")["multiples"][case.rules.words.lang]
    if case.kind(at) != "NAME" or case.tokens[at].casefold() not in times:
        return at
    return _dotted(case, at)


def _priced(case: Broken, at: int) -> bool:
    """Whether a word is one for a currency."""
    word = case.tokens[at].casefold()
    names: Mapping[str, str] = table("grammars", "synonyms.toml")["currencies"][case.rules.words.lang]
    said = word.startswith(tuple(names)) or word.upper() in currencies()
    return case.kind(at) == "SIGN" or (case.kind(at) == "NAME" and said)
