"""Slips that people make in a plan, put into one that is right."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from dsl.parse.mistakes.spelling import synonyms
from dsl.words import Lang, words

from .chances import Chance

# Words in quotation marks, numbers, words and signs; comments are no part of a plan.
TOKEN = re.compile(r"\"[^\"\n]*\"|#[^\n]*|[0-9][0-9 ]*(?:[.,][0-9]+)?%?|\w+|[<>]=|[^\w\s]")
NUMBER = re.compile(r"(?<![\w.,-])[0-9]+(?: [0-9]{3})*(?:[.,][0-9]+)?%?(?![\w-])")
WORD = re.compile(r"(?<![\w\"])[^\W\d_]{4,}(?!\w)")
LIKE: Mapping[str, str] = dict(zip("aceopxyасеорху", "асеорхуaceopxy", strict=True))

Slip = Callable[[str, Lang, Chance], str | None]


def _found(pattern: str, text: str, chance: Chance) -> re.Match[str] | None:
    """One of the places where a pattern is, outside comments and labels."""
    blank = re.sub(r"\"[^\"\n]*\"|#[^\n]*", lambda one: " " * len(one[0]), text)
    found = [*re.finditer(pattern, blank)]
    return chance.choice(found) if found else None


def _put(pattern: str, instead: str | Callable[[re.Match[str]], str]) -> Slip:
    """Something else at one place where a pattern is."""

    def slip(text: str, _: Lang, chance: Chance) -> str | None:
        one = _found(pattern, text, chance)
        if one is None:
            return None
        words = instead if isinstance(instead, str) else instead(one)
        return f"{text[: one.start()]}{words}{text[one.end() :]}"

    return slip


def _letter(text: str, _: Lang, chance: Chance) -> str | None:
    """A letter too few, too many, wrong, or in the other's place."""
    one = _found(r"(?<!\w)[^\W\d]\w{2,}", text, chance)
    if one is None:
        return None
    at = chance.randrange(len(one[0]))
    head, tail = one[0][:at], one[0][at:]
    letter = chance.choice("aeiortn" if one[0].isascii() else "аеиортн")
    typed = chance.choice([
        head + tail[1:], head + tail[:1] + tail, head + letter + tail[1:],
        head + tail[1:2] + tail[:1] + tail[2:],
    ])  # fmt: skip
    return f"{text[: one.start()]}{typed}{text[one.end() :]}"


def _alphabet(text: str, _: Lang, chance: Chance) -> str | None:
    """A letter of the other alphabet that looks the same."""
    one = _found(r"(?<=\w)[aceopxyасеорху](?=\w)", text, chance)
    return one and f"{text[: one.start()]}{LIKE[one[0]]}{text[one.end() :]}"


def _synonym(text: str, lang: Lang, chance: Chance) -> str | None:
    """Another word for a word of the language."""
    known = words(lang).spellings
    other, keywords = chance.choice([*synonyms(lang).items()])
    one = _found(rf"(?<!\w){re.escape(known[chance.choice(keywords)][0])}(?!\w)", text, chance)
    return one and f"{text[: one.start()]}{other}{text[one.end() :]}"


def _foreign(text: str, lang: Lang, chance: Chance) -> str | None:
    """A word of the other language."""
    mine, others = words(lang), words("ru" if lang == "en" else "en")
    word = chance.choice([*mine.spellings])
    one = _found(rf"(?<!\w){re.escape(mine[word])}(?!\w)", text, chance)
    return one and f"{text[: one.start()]}{others[word]}{text[one.end() :]}"


def _moved(text: str, _: Lang, chance: Chance) -> str | None:
    """A word of a line left out, said twice, or changed with the next."""
    found = [one for one in TOKEN.finditer(text) if not one[0].startswith("#")]
    at = chance.randrange(len(found) - 1)
    one, following = found[at], found[at + 1]
    return chance.choice([
        f"{text[: one.start()]}{text[one.end() :]}",
        f"{text[: one.end()]} {text[one.start() :]}",
        f"{text[: one.start()]}{following[0]} {one[0]}{text[following.end() :]}",
    ])  # fmt: skip


SLIPS: Mapping[str, Slip] = {
    "a letter": _letter,
    "a letter of the other alphabet": _alphabet,
    "another word": _synonym,
    "a word of the other language": _foreign,
    "a word moved": _moved,
    "the other decimal mark": _put(r"(?<=[0-9])[.,](?=[0-9])", lambda one: ".,"[one[0] == "."]),
    "thousands with commas": _put(r"(?<=[0-9]) (?=[0-9]{3})", ","),
    "thousands with points": _put(r"(?<=[0-9]) (?=[0-9]{3})", "."),
    "a percent sign forgotten": _put("%", ""),
    "a percent sign in words": _put("%", " percent"),
    "a percent sign too many": _put(r"(?<=[0-9])(?=[\s;])", "%"),
    "a comparison in two pieces": _put("[<>]=", lambda one: f"{one[0][0]} ="),
    "a comparison turned round": _put("[<>]=", lambda one: f"={one[0][0]}"),
    "a comparison in one sign": _put("[<>]=", lambda one: "≤≥"[one[0] == ">="]),
    "a comparison in words": _put("<=", "less or equal"),
    "a comparison in the words of a row": _put(
        r"<=|>(?![=>])", lambda one: "up to" if one[0] == "<=" else "over"
    ),
    "a bound from the accelerator": _put(
        r"(?<= )(?:above|свыше)(?= [0-9])", lambda one: "from" if one[0] == "above" else "от"
    ),
    "the measure in a row": _put(r"(?m)(?<=: )[0-9.,]+%$", lambda one: f"{one[0]} of revenue"),
    "the measure in a row, times": _put(r"(?m)(?<=: )[0-9.,]+%$", lambda one: f"{one[0]} * выручка"),
    "a gap in a word for the gate": _put(r"spread if|распределить если", lambda one: one[0].split()[0]),
    "a multiplication sign": _put(r" \* ", " × "),
    "a sign in prose": _put(r" \* ", " x "),
    "a name in two words": _put(r"(?<=[^\W\d_])_(?=[^\W\d_])", " "),
    "a name with a hyphen": _put(r"(?<=[^\W\d_])_(?=[^\W\d_])", "-"),
    "a list with commas": _put(";", ","),
    "a list without signs": _put(r"; ", " "),
    "no equals sign": _put(r" = ", " "),
    "a colon for an equals sign": _put(r" = ", ": "),
    "no colon": _put(r"(?<=[0-9%]):(?= )", ""),
    "a bracket forgotten": _put(r"[()]", ""),
    "a bracket too many": _put(r"[()]", lambda one: one[0] * 2),
    "two lines in one": _put(r"\n(?=\S)", " "),
    "a point at the end": _put(r"(?m)(?<=\S)$", "."),
    "a comma at the end": _put(r"(?m)(?<=\S)$", ","),
    "a comma between": _put(r"(?<=[\w%]) (?=\w)", ", "),
    "a date in another order": _put(
        r"([0-9]{4})-([0-9]{2})-([0-9]{2})", lambda one: f"{one[3]}.{one[2]}.{one[1]}"
    ),
    "a date with strokes": _put(
        r"([0-9]{4})-([0-9]{2})-([0-9]{2})", lambda one: f"{one[3]}/{one[2]}/{one[1]}"
    ),
    "a date the year first": _put(
        r"([0-9]{4})-([0-9]{2})-([0-9]{2})", lambda one: f"{one[1]}.{one[2]}.{one[3]}"
    ),
    "a rounding without its unit": _put(r" to 1\b| до 1\b", ""),
    "in capitals": _put(r"(?<!\w)[^\W\d]{3,}", lambda one: one[0].upper()),
    "a minus sign that is none": _put(r" - ", " – "),
}


def _unquoted(text: str, _: Lang, chance: Chance) -> str | None:
    """Quotation marks forgotten, or one of them."""
    found = [*re.finditer(r"\"([^\"\n]*)\"", text)]
    if not found:
        return None
    one = chance.choice(found)
    typed = chance.choice([one[1], f'"{one[1]}', f'{one[1]}"'])
    return f"{text[: one.start()]}{typed}{text[one.end() :]}"


def slips() -> Mapping[str, Slip]:
    """All kinds of slips, by what they are."""
    return {**SLIPS, "quotation marks forgotten": _unquoted}
