"""Quotation marks that are missing, without their partner, or of the wrong kind."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from functools import lru_cache

from ...data import table
from ...faults.forms import inflected
from ...place import Place
from ...tree import PAIRS, quoted
from ...words import Lang, words
from ..language import ASIDE
from ..limits import SCANNED
from ..lines import LISTS, place
from .case import NAME, Broken, Repair, places_back, short
from .times import month

CLOSERS = "\"»”“'’″"
MARKS = "'’‘”″`»‹›"
# So many characters above and below a line are looked through for its names.
FAR = 10_000
# Lines that hold one text and nothing else.
PROSE = frozenset({"PLAN", "ABOUT", "CONCERNS", "GROUNDS", "DUE", "EXAMPLE", "VERSION"})
# What of a plan such a text may be about.
PARTS = frozenset({"SALARY", "BONUS", "COMMISSION", "VARIABLE", "TOTAL"})


def unclosed(case: Broken) -> Iterator[Repair]:
    """A text without its closing mark: it ends at another mark, a comment, the line's end, or at a word."""
    if case.kind(case.index) != "UNCLOSED":
        return
    token = str(case.tokens[case.index])
    start = place(case.tokens[case.index]).start
    for cut, rest in _ends(token, case.rules.words.kinds if case.kind(0) == "FACT" else ()):
        text = quoted(token[1:cut].strip())
        yield Repair(
            "P110", case.index, case.index + 1, f"{text} {token[rest:]}",
            {"mark": token[0], "word": short(token[:rest])}, place=Place(start, start + rest), fix=text,
        )  # fmt: skip


def _ends(token: str, kinds: Container[str]) -> Iterator[tuple[int, int]]:
    """Where the text of an unclosed token may end, and where the line goes on after it.

    The last word of a fact that is a kind is its kind, and no part of the text.
    """
    bare = len(token.rstrip())
    kind = re.search(r"(?<!\s)\s++(\S+)$", token[:bare])
    marks = [index for index, character in enumerate(token) if index and character in CLOSERS]
    for index in reversed(marks[-3:]):
        yield index, index + 1
    if (comment := re.search(r"(?<!\s)\s++#", token)) is not None:
        yield comment.start(), comment.start()
    if kind is not None and kind[1].casefold() in kinds:
        yield kind.start(), kind.start()
    yield bare, bare
    for word in list(re.finditer(r"(?<!\s)\s++(?=\w|=)", token))[:24]:
        yield word.start(), word.start()


def strange(case: Broken) -> Iterator[Repair]:
    """A text between marks that do not quote here: `'Sales'`, `”Sales”`."""
    for start in (case.index, case.index - 1):
        if case.kind(start) not in {"WRONG", "UNCLOSED"} or case.tokens[start][0] not in MARKS:
            continue
        line = range(start + 1, case.line_end(start))
        for end in [index for index in line if case.tokens[index][0] in CLOSERS + MARKS][:4]:
            words = quoted(case.raw(start, end + 1).strip(CLOSERS + MARKS).strip())
            yield Repair("P109", start, end + 1, words, {"instead": short(words)})


def missing(case: Broken) -> Iterator[Repair]:
    """A text of the header or the title of an example without its marks, or with marks around part of it."""
    if case.kind(0) not in PROSE or case.index == 0 or (end := case.line_end(0)) == 1:
        return
    yield from _timed(case, end)
    if case.kind(0) == "VERSION" and end > 2 and re.search("[0-9]", case.raw(2, end)):
        # The order that a version is by, with its date or number, is no part of it.
        yield Repair("P134", 2, end, "", {"word": (short(case.raw(2, end)),)})
    if case.kind(1) == "STRING" and case.kind(2) in PARTS and end == 3:
        said = f"{case.tokens[2]} {case.tokens[1]}"
        yield Repair("P171", 1, end, said, {"instead": said})
    start = 2 if case.kind(1) in PARTS and case.index > 1 and end > 2 else 1
    if case.kind(start) == "COLON" and case.kind(start + 1) not in {"STRING", "UNCLOSED"}:
        text = case.raw(start + 1, end).strip(CLOSERS + MARKS + "".join(PAIRS)) if start + 1 < end else ""
        gap = " " * case.glued(start - 1, start + 1)
        facts = {"keyword": str(case.tokens[start - 1])}
        yield Repair("P112", start, end, quoted(text), facts, fix=f"{gap}{quoted(text)}")
    if case.kind(start) == "COLON":
        return  # The colon is what is wrong.
    if case.kind(start) == "STRING" and start + 2 == end and not case.tokens[start + 1][0].isalnum():
        yield Repair("P134", start + 1, end, "", {"word": (short(case.tokens[start + 1]),)})
    if case.kind(start) == "STRING" and case.kind(start + 1) == "FOR" and case.index > start + 1:
        return  # What is wrong is the month of an example.
    text = case.raw(start, end).strip(CLOSERS + MARKS + "".join(PAIRS)).lstrip("–—- ")
    if {case.kind(at) for at in range(start, end)} & {"STRING", "UNCLOSED"}:
        text = re.sub(f"[{CLOSERS}{''.join(PAIRS)}]", "", text)  # Marks around a part of the text.
    yield Repair("P112", start, end, quoted(text), {"keyword": str(case.tokens[start - 1])})


def _timed(case: Broken, end: int) -> Iterator[Repair]:
    """The month of an example that is said in other words, and words before that of a version."""
    words = case.rules.words
    if case.kind(0) == "VERSION":
        start = next((at for at in range(1, end) if case.tokens[at][0].isdigit()), end)
        small = {":", "=", *table("grammars", "synonyms.toml")["small"][words.lang]}
        if 1 < start < end and small.issuperset(token.casefold() for token in case.tokens[1:start]):
            yield Repair("P134", 1, start, "", {"word": (short(case.raw(1, start)),)}, beyond=1)
        # With a number of its own its date is none.
        own = 1 + (case.kind(1) == "WRONG")
        numbered = case.kind(own) == "NUMBER" and month(case, 1, end) is None
        if numbered and own > 1 and own + 1 < end:
            number = str(case.tokens[own])
            yield Repair("P109", 1, end, number, {"instead": number}, beyond=1)
        first = end if numbered else 1
        said = next(filter(None, (month(case, at, end) for at in range(first, end))), None)
        if said is not None:
            yield Repair("P109", 1, end, said, {"instead": said}, beyond=1)
    if case.kind(0) != "EXAMPLE" or case.kind(1) != "STRING" or end == 2:
        return
    start = next((at for at in range(2, end) if month(case, at, end) is not None), end)
    said = month(case, start, end) if start < end else None
    if said is not None:
        way = f"{words['for']} {said}"
        yield Repair("P109", 2, end, way, {"instead": way}, beyond=1)


def bare(case: Broken) -> Iterator[Repair]:
    """A text inside a line without its marks: `taken from 1C`, `include rates.plan`."""
    only = case.expected == {"STRING"} or case.kind(case.index - 1) == "TAKEN_FROM"  # a name is one word
    if not only or case.token is None or case.index == 0:
        return
    if case.kind(case.index) == "COLON" and case.kind(case.index + 1) == "STRING":
        return  # The colon is what is wrong.
    for end in range(case.line_end(case.index), case.index, -1):
        text = case.raw(case.index, end).strip(CLOSERS + MARKS + "".join(PAIRS))
        keyword = {"keyword": str(case.tokens[case.index - 1])}
        yield Repair("P112", case.index, end, quoted(text), keyword, beyond=1)


def labelled(case: Broken) -> Iterator[Repair]:
    """A label where its name should stand: `given "Cards issued" 40`."""
    for index in (case.index, case.index - 1):
        own = case.kind(index - 1) == "NAME" and case.kind(0) not in LISTS
        if case.kind(index) != "STRING" or index == 0 or own:
            continue
        case.work.spend(len(case.text) // SCANNED)
        name = called(case.text, case.rules.words.lang, case.tokens[index][1:-1])
        if name is not None:
            yield Repair("P133", index, index + 1, name)


def called(text: str, lang: Lang, typed: str) -> str | None:
    """The name that a text declares under some words: the name itself or its label."""
    return next((name for said, name in declared(text, lang).items() if inflected(typed, said, lang)), None)


@lru_cache(maxsize=4)
def declared(text: str, lang: Lang) -> Mapping[str, str]:
    """The names that a text declares, each by itself and by its label, in small letters."""
    found: dict[str, str] = {}
    keywords = {spelling for spellings in words(lang).spellings.values() for spelling in spellings}
    for name, label in DECLARING.findall(text):
        if name.casefold() in keywords:
            continue  # The title of a plan or an example.
        found.setdefault(name.casefold(), name)
        if label:
            found.setdefault(" ".join(label.casefold().split()), name)
    return found


# A name at the beginning of a line or after its first word, with its label; of lines that are right or not.
DECLARING = re.compile(
    r"^[ \t]*(?:\w+[ \t]+)?([^\W\d]\w*)(?:[ \t]+[\"«“„]([^\"«»“”\n]+)[\"»“”])", re.MULTILINE
)


def known(case: Broken) -> Iterator[Repair]:
    """A declared name by its label, or in other forms: `отработанным дням` for `отработанные_дни`."""
    lang = case.rules.words.lang
    names = declared(case.text, lang)
    own = case.place(0, len(case.tokens))
    here = {*declared(case.text[own.start : own.end], lang).values()}
    for start in range(case.index, max(case.index - 4, -1), -1):
        last = case.line_end(start) if start < len(case.tokens) else start
        for end in range(min(start + 5, last), start + 1, -1):
            typed = " ".join(case.raw(start, end).split())
            if not all(NAME.fullmatch(one) for one in typed.split()):
                continue
            for said, name in names.items():
                if name not in here and inflected(typed, said, lang):
                    yield Repair("P127", start, end, name, {"instead": (name,)})


def joined(case: Broken) -> Iterator[Repair]:
    """Several words that elsewhere in the plan are one name: `pay night shifts` beside `night_shifts`."""
    case.work.spend(len(case.text) // SCANNED)
    own = case.place(0, len(case.tokens))
    around = f"{case.text[: own.start]}\n{case.text[own.end :]}"
    first, _, rest = str(case.tokens[0]).partition(" ")
    name = "_".join([*rest.split(), *case.tokens[1:2]])
    if rest and NAME.fullmatch(name) and _elsewhere(case, case.raw(0, 2), name):
        # The first word of the name makes another word of the language with the word before it.
        yield Repair("P127", 0, 2, f"{first} {name}", {"instead": (name,)}, beyond=1)
    for start in dict.fromkeys([*places_back(case, 3), 1]):
        for end in range(min(start + 4, len(case.tokens)), start + 1, -1):
            hyphened = case.glued(start, end) and case.raw(start, end).replace("-", "_")
            name = hyphened or "_".join(case.tokens[start:end])
            if NAME.fullmatch(name) and re.search(rf"(?<!\w){name.replace('_', '[_-]')}(?!\w)", around):
                yield Repair("P127", start, end, name, {"instead": (name,)}, beyond=1)


def named(case: Broken) -> Iterator[Repair]:
    """A name in quotation marks; in the rows of an example one that is declared."""
    for index in (case.index, case.index - 1):
        # Behind a name a text is its label.
        label = index < case.index and case.kind(index - 1) == "NAME"
        text = case.tokens[index][1:-1] if case.kind(index) == "STRING" and not label else ""
        name = "_".join(text.split())
        if NAME.fullmatch(name) and (case.kind(0) not in LISTS or _declares(case.text, name)):
            yield Repair("P133", index, index + 1, name)


def _declares(text: str, name: str) -> bool:
    """Whether a text has a line that may declare a name."""
    return re.search(rf"^[ \t]*(?:\w+[ \t]+)?{re.escape(name)}(?!\w)", text, re.MULTILINE) is not None


def spaced(case: Broken) -> Iterator[Repair]:
    """A name of several words, or with a hyphen: `avg deal`, `avg-deal`."""
    for start in range(case.index, max(case.index - 4, -1), -1):
        last = case.line_end(start) if start < len(case.tokens) else start
        for end in range(min(start + 5, last), start + 1, -1):
            typed = case.raw(start, end)
            parts = re.split(r"\s+|[-‐‑–.]", typed)
            if not all(NAME.fullmatch(part) for part in parts) or not _joins(case, start, end):
                continue
            if case.kind(start - 1) == "NUMBER" or _listing(case):
                continue  # A unit, or the words of an attribute without `;` between them.
            small = table("grammars", "synonyms.toml")["small"][case.rules.words.lang]
            if case.kind(start - 1) == "EQ" and any(part.casefold() in small for part in parts):
                continue  # A table by something, in other words.
            if all(_elsewhere(case, typed, part) for part in parts):
                continue  # Names of the plan, with a sign or a value missing between them.
            # `fact avg deal money`: the last word is the kind.
            kind = parts[-1] in case.rules.words.kinds and case.kind(0) in {"FACT", "NAME"}
            if kind and not case.glued(start, end):
                continue
            ways = ["_".join(parts)]
            if case.kind(0) == "FACT" and start == 1 and len(parts) > 2:
                ways.insert(0, f'{parts[0]} "{" ".join(parts[1:])}"')
            yield Repair("P127", start, end, ways[0], {"instead": tuple(ways)}, offered=len(ways) == 1)


def spoken(case: Broken) -> Iterator[Repair]:
    """Several words with the name of a fact among them, where its name should stand: `number of tickets`."""
    if case.kind(0) != "FACT":
        return
    end = 1
    while end < len(case.tokens) and case.tokens[end][0].isalpha() and not _kind(case, end):
        end += 1
    used = [
        str(token)
        for token in case.tokens[1:end]
        if token.type == "NAME" and _elsewhere(case, case.raw(1, end), token)
    ]
    if end > 2 and len(used) == 1 and used[0] != case.tokens[1]:
        yield Repair("P127", 1, end, used[0], {"instead": (used[0],)})


def _kind(case: Broken, at: int) -> bool:
    """Whether a token is the last of a line and a kind."""
    return at + 1 == len(case.tokens) and case.tokens[at].casefold() in case.rules.words.kinds


def _listing(case: Broken) -> bool:
    """Whether a line lists the words of an attribute, and nothing parts them."""
    kinds = {token.type for token in case.tokens}
    return "ONE_OF" in kinds and "SEMICOLON" not in kinds and not any(token == "," for token in case.tokens)


# Words of the language that stand in names of several words (`sales plan`).
ORDINARY = frozenset({
    "NAME", "PLAN", "FACT", "TOTAL", "DAYS", "UP", "DOWN", "VERSION", "EXAMPLE", "PAY", "SECTION", "PIECE",
    "FLOOR", "AT", "BY", "FOR", "FROM", "ON",
})  # fmt: skip


DECLARED = frozenset({"FACT", "PAY", "SPIF", "MILESTONE", "PIECE", "SECTION", "REDUCTION", "RECOVERY"})


def _elsewhere(case: Broken, pair: str, name: str) -> bool:
    """Whether a word is a name in the lines around, where it does not stand beside the same other word."""
    whole = case.place(0, len(case.tokens))
    around = f"{case.text[max(whole.start - FAR, 0) : whole.start]}\n{case.text[whole.end : whole.end + FAR]}"
    case.work.spend(len(around) // SCANNED)
    names = ASIDE.sub(" ", around).replace(pair, " ")
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", names) is not None


def _joins(case: Broken, start: int, end: int) -> bool:
    """Whether some tokens may be one name: words, of which one is no keyword, or a hyphen between them."""
    kinds = [case.kind(index) for index in range(start, end)]
    if kinds[0] == "ON" and case.kind(0) == "COMMISSION":
        return False  # What a commission is on, without its manner.
    words = [kind for kind in kinds if kind not in {"MINUS", "WRONG"}]
    if case.kind(start - 1) in DECLARED and case.glued(start, end):
        return len(words) > 1  # Behind such a word there is a name, whatever words of the language are in it.
    first = {"TARGET", "NAME"} if start == 0 else {"TARGET", *ORDINARY}
    if len(words) < 2 or "NAME" not in words or words[0] not in first or not ORDINARY.issuperset(words[1:]):
        return False
    times = any(
        token.casefold() in {"x", "х"}
        for token in case.tokens[start + (case.kind(start - 1) != "NUMBER") : end - 1]
    )
    return not times and (len(words) == len(kinds) or case.glued(start, end))
