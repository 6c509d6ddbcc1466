"""Every single edit of a line with which it can be read, and how far each is from what is typed.

Words left out, put in, read as others, turned round: whatever the parser can then read. Most of them pay
otherwise than is meant, so whoever asks has to know what the plan is to pay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from lark import Token

from ...faults.forms import inflected
from ...place import NOWHERE, Place
from ...source import Source
from ..grammar import below_table, fed
from ..language import language
from ..limits import excessive
from ..lines import LISTS, SIDES, place, rows
from .case import copied, lexed
from .moved import PHRASE, everywhere, exchanged, sized, turned, valued
from .near import small
from .phrasing import Phrasing, Single
from .worth import MARK, NEAR, NUMERIC, dear, known, like, near, put, weight

LONG = 40  # tokens of a line that is looked into
MANY = 400  # names of the plan that a word may be another form of
SEVERAL = 4  # neighbouring words that are left out, or read as one
MOST = 8  # what an edit costs that is still near


def singles(source: Source, spots: Iterable[Place]) -> list[Single]:
    """The edits of the lines that some places lie in, the nearest first, each text once."""
    rules, spots = below_table(language(source.text)), [*spots]
    found, _ = rows(source, rules)
    several: list[Single] = []
    for row in found:
        whole = place(row.tokens[0]).to(place(row.tokens[-1]))
        near = any(whole.start <= at.end and at.start <= whole.end for at in spots)
        if near and len(row.tokens) <= LONG and excessive(row) is None:
            others = [token for other in found if other is not row for token in other.tokens]
            several.extend(_edits(Phrasing(row.tokens, others, source.text, rules)))
    best: dict[str, Single] = {}
    for one in sorted((one for one in several if one.cost <= MOST), key=lambda one: one.cost):
        text = f"{source.text[: one.place.start]}{one.words}{one.value}{source.text[one.place.end :]}"
        best.setdefault("".join(text.split()), one)
    return [*best.values()]


def _edits(line: Phrasing) -> Iterator[Single]:
    """The same, and each with the names of the plan beside it that stand in another form."""
    forms = [(place(line.tokens[at]), name) for at, name in _forms(line)]
    for one in _each(line):
        yield one
        for at, name in forms:
            if not one.value and (at.start >= one.place.end or at.end <= one.place.start):
                first, second = sorted([(at, name), (one.place, one.words)])
                between = line.text[first[0].end : second[0].start]
                words = f"{first[1]}{between}{second[1]}"
                both = Place(first[0].start, second[0].end)
                yield replace(one, place=both, words=words, sort="instead", cost=one.cost + NEAR)


def _each(line: Phrasing) -> Iterator[Single]:
    """Every edit, in no order."""
    for at in range(len(line.states)):
        yield from _left_out(line, at)
        yield from _other(line, at)
        yield from turned(line, at)
        yield from exchanged(line, at)
    yield from everywhere(line)


def _forms(line: Phrasing) -> Iterator[tuple[int, str]]:
    """The words that are a name of the plan in another form, and of no other."""
    for at, token in enumerate(line.tokens):
        plain = token.casefold()
        said = plain in small(line.lang) or plain in line.rules.words.kinds
        if token.type != "NAME" or token is line.declared or said:
            continue
        akin = [
            name for name in islice(line.names, MANY) if name != token and inflected(plain, name, line.lang)
        ]
        yield from [(at, akin[0])] if len(akin) == 1 else []


def _left_out(line: Phrasing, at: int) -> Iterator[Single]:
    """Words that say nothing of what is paid; a remark in brackets; a cell too many in a row."""
    ends = {*range(at + 1, min(at + SEVERAL, len(line.tokens)) + 1)}
    if at < len(line.tokens) and line.tokens[at].type == "OPEN":
        ends.add(line.closed(at))
    for end in sorted(ends):
        tokens = line.tokens[at:end]
        kinds = [token.type for token in tokens]
        apart = at > 0 and not line.raw(at - 1, at + 1).endswith(f"{line.tokens[at - 1]}(")
        remark = (
            apart
            and kinds[0] == "OPEN"
            and kinds[-1] == "CLOSE"
            and not any(known(line, one) for one in tokens)
        )
        cell = line.tokens[0].type in SIDES and len(kinds) == len([";", "5"]) and "SEMICOLON" in kinds
        free = remark or cell or not any(dear(line, one) for one in tokens)
        if not free or len(tokens) == len(line.tokens):
            continue
        if line.reads(line.states[at], [], end) or line.joined(at, "", end):
            cost = MARK + 1 if remark else sum(weight(line, one) for one in tokens)
            yield line.edit(at, end, "", "without", cost)


def _other(line: Phrasing, at: int) -> Iterator[Single]:
    """Another word for some, or one more."""
    parser = line.states[at]
    could = line.could(parser)
    if NUMERIC & could:
        yield from sized(line, at)
        yield from valued(line, at)
    if "STRING" in could:
        yield from _quoted(line, at)
    for kind, word in line.words(could):
        new = lexed(word, line.rules, NOWHERE, 0)
        after = copied(parser)
        if len(new) > 1:
            continue
        new[0].type = kind
        if not fed(after, new):
            continue
        for end in range(at, min(at + SEVERAL, len(line.tokens)) + 1):
            if line.raw(at, end) == word or not line.reads(after, [], end):
                continue
            if end == at:
                named = word in line.names and line.tokens[0].type not in LISTS
                yield replace(line.edit(at, at, word, "added", put(line, kind, word)), named=named)
            else:
                yield from _instead(line, at, end, kind, word)


def _instead(line: Phrasing, at: int, end: int, kind: str, word: str) -> Iterator[Single]:
    """A word for others: one near to them, a name for a name, or any for such as say nothing."""
    tokens = line.tokens[at:end]
    cost = near(line, at, end, kind, word)
    lost = any(dear(line, one) for one in tokens)
    if not cost and lost and not (len(tokens) == 1 and like(line, tokens[0], kind)):
        return
    # In an example the value beside a name tells which it is; a name that nothing uses is none.
    given = line.tokens[0].type in LISTS | {"RECORD_OF"}
    orphan = tokens[0] is line.declared and tokens[0] not in line.names
    named = word in line.names and not (cost or given or orphan)
    cost = cost or put(line, kind, word) + sum(weight(line, one) for one in tokens)
    yield replace(line.edit(at, end, word, "instead", cost), named=named)


def _quoted(line: Phrasing, at: int) -> Iterator[Single]:
    """Words that are a text; what is of the language is hardly a part of it."""
    kinds = line.rules.words.kinds
    for end in range(at + 1, min(at + PHRASE, len(line.tokens)) + 1):
        tokens = line.tokens[at:end]
        if any(one.type in NUMERIC or one is line.declared or '"' in one for one in tokens):
            break
        said = line.said(tokens)
        if "\n" not in said and line.reads(line.states[at], [Token("STRING", f'"{said}"')], end):
            own = sum(one.type != "NAME" or one.casefold() in kinds for one in tokens)
            yield line.edit(at, end, f'"{said}"', "quoted", MARK + 1 + own)
