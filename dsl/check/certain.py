"""Repairs that are certain: they write what was typed in another way, and say nothing else.

The rule is about the words that are replaced and those that replace them, and is kept by code. The same
letters and numbers stay in their order, whatever signs that say nothing are put between them; a word is
another only where it is nearest to that and to no second one, and where a hand slips so little; a phrase only
where the language has exactly one way to say it. No number, no day, no comparison and no bracket is put in or
taken out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain

from ..data import table
from ..faults import Fault
from ..faults.forms import inflected
from ..faults.nearest import LOOKALIKES, edits
from ..parse.mistakes import digits, marks, phrases, spelling
from ..place import Place
from ..source import Source
from ..words import LANGS, Lang, Words, words
from .header import meant as currency

# A number, letters, a comparison, and any other sign that says something.
SAYING = re.compile(r"[0-9]+(?:[.,:/-][0-9]+)*|[^\W\d_]+|[<>]=?|[^\w\s;:=\"'«»„“”‘’,.]")
NAME = re.compile(r"[^\W\d]\w*")
DIGITS = re.compile(r"[0-9]+")
# What may be one number in thousands or two numbers.
GROUPED = re.compile(r"[0-9],\s?[0-9]{3}(?![0-9])")
AMOUNT = re.compile(r"([0-9][0-9 .,]*)\s*(\D+)")
# Letters of a word in which one may be wrong, and two.
ONE, TWO = 4, 8
# Words that begin lines by which nobody is paid.
HEADWORDS = frozenset(
    {"plan", "include", "effect", "about", "concerns", "grounds", "due", "example", "given", "pays"}
)
COMMENTS = frozenset({"//", "/*", "--"})


@dataclass(frozen=True, slots=True)
class Replaced:
    """Words of a text, and those that are to stand in their place."""

    source: Source
    at: Place
    was: str
    fix: str
    lang: Lang

    @property
    def before(self) -> str:
        """The text before the place."""
        return self.source.text[: self.at.start]

    @property
    def after(self) -> str:
        """The text after the place."""
        return self.source.text[self.at.end :]

    @property
    def line(self) -> str:
        """The lines of text that the place is in."""
        return f"{self.before.rpartition(chr(10))[2]}{self.was}{self.after.partition(chr(10))[0]}"

    @property
    def elsewhere(self) -> frozenset[str]:
        """The names and words that the text has beside these."""
        return frozenset(NAME.findall(f"{self.before}\n{self.after}"))


def certain(fault: Fault, source: Source, lang: Lang) -> bool:
    """Whether a fault has a repair in a text that only writes what was typed in another way."""
    if fault.place is None or fault.fix is None or fault.code not in CERTAIN:
        return False
    return CERTAIN[fault.code](Replaced(source, fault.place, source.at(fault.place), fault.fix, lang))


def _looks(one: Replaced) -> bool:
    """The same letters as the eye sees them."""
    was, fix = (
        "".join(
            letter
            for letter in unicodedata.normalize("NFKC", text).translate(LOOKALIKES).casefold()
            if unicodedata.category(letter)[0] not in "CMZ"
        )
        for text in (one.was, one.fix)
    )
    return was == fix


def _marked(one: Replaced) -> bool:
    """The same words and numbers in their order; a name that comes about is one of the text."""
    was, fix = (SAYING.findall(text) for text in (one.was, one.fix))
    fresh = [name for name in NAME.findall(one.fix) if name not in NAME.findall(one.was)]
    return was == fix and one.elsewhere.issuperset(fresh)


def _listed(one: Replaced) -> bool:
    """Items of a list apart, in a line of text where no comma may be within a number."""
    return _marked(one) and not GROUPED.search(one.line)


def _quoted(one: Replaced) -> bool:
    """A text of words alone, none of which is one of the language or of the plan."""
    known = _keywords(one.lang) | {name.casefold() for name in one.elsewhere}
    said = [word.casefold() for word in NAME.findall(one.was)]
    return _marked(one) and not DIGITS.search(one.was) and known.isdisjoint(said)


def _closed(one: Replaced) -> bool:
    """The second mark of a text, in which no word of the language stands that may be beyond it."""
    said = {word.casefold() for word in NAME.findall(one.fix)}
    return _marked(one) and _keywords(one.lang).isdisjoint(said)


def _named(one: Replaced) -> bool:
    """`=` behind a name that the text has elsewhere, or that is said to be one by the word before it."""
    name, line = NAME.findall(one.before)[-1], one.before.rpartition("\n")[2].split()
    return _marked(one) and (name in NAME.findall(one.after) or len(line) > 1)


def _decimal(one: Replaced) -> bool:
    """A number with the decimal mark of the other language."""
    vocabulary = words(one.lang)
    return one.was.replace(vocabulary.mistaken, vocabulary.decimal).replace(" ", "") == one.fix.replace(
        " ", ""
    )


def _day(one: Replaced) -> bool:
    """A day that has one reading in every country: its month in words, its year first, no other month."""
    typed = " ".join(one.was.split())
    last = digits.YEAR_LAST.fullmatch(typed)
    if last is None or (one.lang == "ru" and last[2] == "."):
        found = digits.readings(typed, one.lang)
    else:
        # Points go with the day first, but not for everybody who writes in English.
        found = digits.readings(typed.replace(".", "/"), "en")
    return found == [one.fix] and (last is None or len(last[4]) == len("2026"))


def _spelt(one: Replaced) -> bool:
    """Words of which each is nearest to that in its place, and to no other one; a headword of one sense."""
    if _headed(one):
        return True
    typed, meant = one.was.casefold().split(), one.fix.casefold().split()
    keywords, names = _keywords(one.lang), {name.casefold() for name in one.elsewhere}
    # A name that the text has twice in the same way may be one of its own.
    own = {word for word in one.elsewhere.intersection(one.was.split()) if word.casefold() not in keywords}
    return (
        not own.difference(one.fix.split())
        and len(typed) == len(meant)
        and all(
            was == fix or _slipped(was, fix, keywords | names - {was}, one.lang)
            for was, fix in zip(typed, meant, strict=True)
        )
    )


def _known(one: Replaced) -> bool:
    """A name of an example that is nearest to one which the text has more than once."""
    return _spelt(one) and NAME.findall(f"{one.before}\n{one.after}").count(one.fix) > 1


def _headed(one: Replaced) -> bool:
    """Another word for one that begins a line of no pay, where it has no other sense."""
    meant = spelling.synonyms(one.lang).get(" ".join(one.was.casefold().split()), ())
    begins = not one.before.rpartition("\n")[2].strip()
    return begins and len(meant) == 1 and meant[0] in HEADWORDS and words(one.lang)[meant[0]] == one.fix


def _slipped(was: str, fix: str, known: Iterable[str], lang: Lang) -> bool:
    """Whether a word is another in another form or with a slip of the hand, and as near to none beside it."""
    if inflected(was, fix, lang):
        return not any(other not in {was, fix} and inflected(was, other, lang) for other in known)
    most = 0 if len(fix) < ONE else 1 if len(fix) < TWO else 2
    plain, meant = was.translate(LOOKALIKES), fix.translate(LOOKALIKES)
    if edits(plain, meant, most) > most or DIGITS.findall(was) != DIGITS.findall(fix):
        return False
    pieces = zip(plain.split("_"), meant.split("_"), strict=False)
    if was.count("_") == fix.count("_") and any(a != b and len(b) < ONE for a, b in pieces):
        return False
    others = {other.translate(LOOKALIKES) for other in known} - {plain, meant}
    return all(edits(plain, other, most) > most for other in others)


def _translated(one: Replaced) -> bool:
    """A word of the other language that has one sense in it."""
    typed = " ".join(one.was.casefold().split())
    found = {
        keyword
        for lang in LANGS
        if lang != one.lang
        for keyword, spellings in words(lang).spellings.items()
        if typed in spellings
    }
    return [words(one.lang)[keyword] for keyword in found] == [one.fix]


def _said(one: Replaced) -> bool:
    """A sign for a sign, a word for a sign of percentages or of a currency, a phrase of one sense, slips."""
    typed = "".join(one.was.split()).casefold()
    if _looks(one) or marks.meant(typed, words(one.lang)) == one.fix:
        return True
    line = one.before.rpartition("\n")[2].casefold().lstrip()
    row = any(line.startswith(words(one.lang)[side]) for side in ("up_to", "above", "at", "from", "below"))
    if typed == "=" and one.fix == ":" and row:
        return True
    return phrases.same(one.was, one.fix, one.lang) or _unit(one) or _spelt(one)


def _unit(one: Replaced) -> bool:
    """A number with a word for its sign, its currency, its thousands or what is counted."""
    typed, said = AMOUNT.fullmatch(one.was.strip()), AMOUNT.fullmatch(f"{one.fix} ")
    if typed is None or said is None:
        return False
    spoken, vocabulary = table("grammars", "synonyms.toml"), words(one.lang)
    (number, word), (same, sign) = ((found[1].strip(), found[2].strip()) for found in (typed, said))
    word = word.rstrip(".").casefold()
    if "".join(number.split()) != "".join(same.split()):
        times = spoken["multiples"][one.lang].get(word, 0) if len(word) > 1 else 0
        whole, _, part = "".join(number.split()).partition(vocabulary.decimal)
        zeros = len(str(times)) - 1 - len(part)
        return (
            times > 0 and zeros >= 0 and f"{whole}{part}".lstrip("0") + "0" * zeros == "".join(same.split())
        )
    if sign == "%":
        return word in spoken["percents"][one.lang]
    return word in spoken["units"][one.lang] if not sign else currency(word, vocabulary) == sign


def _needless(one: Replaced) -> bool:
    """A word twice, a colon behind a word, and a point, a comma or a semicolon at the end of a line."""
    if one.fix.strip():
        return False
    if one.was.strip() == ":":
        return one.before.rstrip()[-1:].isalpha()
    if not one.was.strip(".,;"):
        return not one.after.partition("\n")[0].partition("#")[0].strip()
    word = one.was.strip().casefold()
    beside = (one.before.split() or [""])[-1].casefold(), (one.after.split() or [""])[0].casefold()
    return NAME.fullmatch(word) is not None and word in beside


def _commented(one: Replaced) -> bool:
    """`#` for the sign of a comment in other notations."""
    return one.was in COMMENTS and one.fix == "#"


@cache
def _keywords(lang: Lang) -> frozenset[str]:
    """The single words that words of a language are made of."""
    vocabulary: Words = words(lang)
    spellings = [*chain.from_iterable(vocabulary.spellings.values()), *vocabulary.kinds]
    return frozenset(word for one in spellings for word in one.casefold().replace(",", " ").split())


# By code, how what is certain is told from what is probable; no other repair is certain.
CERTAIN: Mapping[str, Callable[[Replaced], bool]] = {
    **dict.fromkeys(("P107", "P108", "P145"), _looks),
    **dict.fromkeys(("P127", "P129", "P133", "P137", "P172"), _marked),
    **dict.fromkeys(
        ("P102", "P205", "P206", "P207", "P209", "P250", "P251", "P261", "P262", "P270", "P306"),
        _spelt,
    ),
    **dict.fromkeys(("P222", "P277", "P298"), _known),
    "P103": _translated,
    "P104": _decimal,
    "P106": _day,
    "P109": _said,
    "P110": _closed,
    "P112": _quoted,
    "P116": _listed,
    "P117": _named,
    "P132": _commented,
    "P134": _needless,
    "P316": _unit,
}
