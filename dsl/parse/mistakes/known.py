"""What a plan declares, as far as it can be seen in its text: of lines that are right or not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from ...data import table
from ...faults.forms import inflected, related
from ...words import KindName, Lang, words
from ..grammar import SPACES, spelled

QUOTES = '"«»“”„'
LABEL = rf"(?:{SPACES}*[{QUOTES}]([^{QUOTES}\n]*)[{QUOTES}])?"
NAMED = r"([^\W\d]\w*)"
# Two words have one stem where so many letters of both are alike.
STEM = 4


@dataclass(frozen=True, slots=True)
class Familiar:
    """A name of the plan: the words that people call it by, its kind, and the words of an attribute."""

    name: str
    label: str
    kind: KindName | None
    values: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The words of its name and of its label."""
        return tuple(f"{self.name} {self.label}".replace("_", " ").casefold().split())

    def called(self, sense: str) -> bool:
        """Whether one of its words has a sense in the trade."""
        return any(senses(word, sense) for word in self.words)


def senses(word: str, sense: str) -> bool:
    """Whether a word begins as those that have a sense in the trade."""
    return word.startswith(tuple(table("grammars", "senses.toml")[sense]))


@lru_cache(maxsize=8)
def known(text: str, lang: Lang) -> Mapping[str, Familiar]:
    """The facts that a text declares, by their names, and the names of its other lines."""
    vocabulary = words(lang)
    facts = re.compile(
        rf"^{SPACES}*(?:{spelled(vocabulary.spellings['fact'])}){SPACES}+{NAMED}{LABEL}{SPACES}*(.*)$",
        re.MULTILINE | re.IGNORECASE,
    )
    found: dict[str, Familiar] = {}
    for name, label, rest in facts.findall(text):
        found.setdefault(name, _familiar(name, label, rest, lang))
    others = re.compile(
        rf"^{SPACES}*{NAMED}{LABEL}{SPACES}+(?:=|(?:{spelled(vocabulary.spellings['weight'])})(?!\w))",
        re.MULTILINE | re.IGNORECASE,
    )
    for name, label in others.findall(text):
        found.setdefault(name, Familiar(name, label, None))
    return found


def _familiar(name: str, label: str | None, rest: str, lang: Lang) -> Familiar:
    """What a line declares with a name, a label and what stands behind them."""
    vocabulary = words(lang)
    first = rest.replace(",", " ").split()[:1]
    kind = vocabulary.kinds.get(first[0].casefold()) if first else None
    values = () if kind else _listed(rest)
    return Familiar(name, label or "", "choice" if values else kind, values)


@lru_cache(maxsize=8)
def columns(text: str, name: str, lang: Lang) -> Mapping[str, Familiar]:
    """The columns of the table of a name, in the lines below its own."""
    vocabulary = words(lang)
    head = re.search(
        rf"^{SPACES}*(?:{spelled(vocabulary.spellings['table'])}){SPACES}+{re.escape(name)}(?!\w)",
        text,
        re.MULTILINE | re.IGNORECASE,
    )
    below = text[head.end() :].split("\n")[1:] if head is not None else []
    found: dict[str, Familiar] = {}
    for line in takewhile(str.strip, below):
        column = re.fullmatch(rf"{SPACES}*{NAMED}{LABEL}{SPACES}*(.*)", line)
        if column is not None:
            found[column[1]] = _familiar(column[1], column[2], column[3], lang)
    return found


def _listed(rest: str) -> tuple[str, ...]:
    """The values of an attribute, whatever stands before them and parts them: `one of a/b`, `(a, b)`."""
    opened = re.search(r"\(([^)\n]*)", rest)
    parts = re.split(r"[,;/]", opened[1] if opened else rest.partition("#")[0])
    values = tuple(part.split()[-1] for part in parts if part.split())
    named = all(value.isidentifier() for value in values)
    return values if named and (opened or len(values) > 1) else ()


def lines_of_pay(text: str, lang: Lang) -> tuple[str, ...]:
    """What the lines of pay are called within which something can be netted."""
    vocabulary = words(lang)
    named = [one for key in ("pay", "spif", "milestone", "piece") for one in vocabulary.spellings[key]]
    lines = re.compile(
        rf"^{SPACES}*(?:(?:{spelled(named)}){SPACES}+{NAMED}"
        rf"|({spelled(vocabulary.spellings['commission'])})(?!\w)(?:{SPACES}+{NAMED}{LABEL}{SPACES}*=)?)",
        re.MULTILINE | re.IGNORECASE,
    )
    found = (one or other or vocabulary["commission"] for one, _, other, _ in lines.findall(text))
    return tuple(dict.fromkeys(found))


def meant(typed: str, among: Iterable[Familiar], lang: Lang) -> list[str]:
    """The names that some words may mean: in another form, by the label, or by words of both."""
    among = [*among]
    joined = "_".join(typed.split())
    if same := [one.name for one in among if one.name == joined]:
        return same
    if same := [
        one.name for one in among
        if inflected(typed, one.name, lang) or (one.label and inflected(typed, one.label, lang))
    ]:  # fmt: skip
        return same
    said = typed.casefold().split()
    return [
        one.name for one in among if all(any(akin(word, other, lang) for other in one.words) for word in said)
    ]


def akin(one: str, other: str, lang: Lang) -> bool:
    """Whether two words are of one stem: `отработанному` and `отработано`."""
    return related(one, other, lang) or (len(min(one, other, key=len)) > STEM and _stem(one) == _stem(other))


def _stem(word: str) -> str:
    return word[: STEM + 1]


def partner(part: Familiar, among: Sequence[Familiar], text: str) -> str | None:
    """The one fact that is the whole of a part: called a whole, or of its kind and used by nothing yet."""
    alike = [
        one
        for one in among
        if one.name != part.name
        and one.kind == part.kind
        and one.kind in {"days", "number", "count"}
        and one.called("hours") == part.called("hours")
    ]
    if part.called("whole"):
        return None
    wholes = [one for one in alike if one.called("whole")]
    unused = [one for one in alike if part.kind == "days" or part.called("hours") if _once(one.name, text)]
    for fits in (wholes, unused):
        if fits:
            return fits[0].name if len(fits) == 1 else None
    return None


def _once(name: str, text: str) -> bool:
    """Whether a name stands in the lines of a text nowhere but where it is declared, but for examples."""
    lines = [line for line in text.split("\n") if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line)]
    return sum(";" not in line for line in lines) == 1
