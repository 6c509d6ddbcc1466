"""What an example gives, told as people tell it: `given inspection`, `no violations`, `worked 10 of 20`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lark import Token

from ...data import table
from ...words import Words
from .case import Broken, Repair
from .known import Familiar, columns, known, partner
from .near import denials

JOINING = frozenset({"IS", "EQ", "COLON"})
PARTS = frozenset({"OF", "DIVIDE"})
VALUES = frozenset({"NUMBER", "PERCENT"})


def given(case: Broken) -> Iterator[Repair]:
    """One fact or column of an example as a plan gives it: its name, and its value."""
    if case.kind(0) not in {"GIVEN", "RECORD_OF"}:
        return
    recorded = case.kind(0) == "RECORD_OF"
    start, first = case.index, 1 + recorded
    while start > first and case.kind(start - 1) != "SEMICOLON":
        start -= 1
    end = start
    while end < case.line_end(0) and case.kind(end) != "SEMICOLON":
        end += 1
    facts = known(case.text, case.rules.words.lang)
    if (aim := _aim(case, start, end)) is not None:
        yield aim
    if recorded and len(case.tokens) > 1:
        facts = {**facts, **columns(case.text, str(case.tokens[1]), case.rules.words.lang)}
    said = _said(case.tokens[start:end], facts, case.rules.words, case.text)
    if said is not None:
        yield Repair("P109", start, end, said, {"instead": said}, beyond=1)


def _aim(case: Broken, start: int, end: int) -> Repair | None:
    """A personal target as an example gives it: `own target sales 9` for `target of sales 9`."""
    words = case.rules.words
    own, targets = table("grammars", "synonyms.toml")["own"][words.lang], words.spellings["target"]
    at = (
        start + (case.tokens[start].casefold() in own or case.kind(start) == "PERSONAL")
        if start < end
        else start
    )
    said = at + 1 if at < end and case.tokens[at].casefold() in targets else at
    joined = said + (said > at and said < end and case.tokens[said].casefold() in {"of", "for", "по", "на"})
    if (
        said == start
        or case.kind(joined) != "NAME"
        or end - joined < 2
        or case.kind(joined + 1) not in VALUES
    ):
        return None
    fix = words["target_of"]
    return Repair("P109", start, joined, fix, {"instead": fix}, beyond=1)


def _said(tokens: Sequence[Token], facts: Mapping[str, Familiar], words: Words, text: str) -> str | None:
    """A fact with its value; None where that is not what is told."""
    plain = [token for token in tokens if token.type not in JOINING]
    texts = [str(token).strip("'\"«»“”„") for token in plain]
    numbers = [str(token) for token in plain if token.type in VALUES]
    named = [facts[one] for one in texts if one in facts]
    if len(named) == 1 and len(numbers) == 2 and any(token.type in PARTS for token in plain):
        (part,) = named
        whole = partner(part, [*facts.values()], text)
        unit = f" {words['days']}" if any(token.type == "DAYS" for token in plain) else ""
        return whole and f"{part.name} {numbers[0]}{unit}; {whole} {numbers[1]}{unit}"
    return _plain(plain, texts, facts, words)


def _plain(
    plain: Sequence[Token], texts: Sequence[str], facts: Mapping[str, Familiar], words: Words
) -> str | None:
    """A question with its answer, or an attribute with its value."""
    owners = [(fact, one) for one in texts for fact in facts.values() if one in fact.values]
    named = [facts[one] for one in texts if one in facts]
    if len(owners) == 1 and len(plain) <= 2 and named in ([], [owners[0][0]]):
        fact, value = owners[0]
        return f"{fact.name} {value}" if len(plain) == 1 + len(named) else None
    if len(named) != 1 or len(plain) > 2:
        return None
    (fact,) = named
    other = [token for token in plain if str(token) != fact.name]
    denied = any(token.type in {"NO", "NOT"} or token.casefold() in denials(words.lang) for token in other)
    if fact.kind == "yes_no" and (denied or not other):
        return f"{fact.name} {words['no' if denied else 'yes']}"
    return f"{fact.name} 0" if denied and fact.kind in {"count", "money", "number"} else None
