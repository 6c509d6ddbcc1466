"""What to say of a mistake that no repair is known for: what could stand there, in the fewest words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import cache

from ...data import table
from ...faults import Fact, Fault
from ...tree.declared import DECLARED
from ...words import Lang
from ..lines import CLAUSES, LISTS, ROWS
from .case import Broken, Facts, Repair, helps, short
from .digits import NUMERIC

VALUES = frozenset({"NUMBER", "PERCENT", "SIGN", "DATE", "YES", "NO", "MINUS"})
# What a column of a table comes after.
DRAWING = frozenset({
    "SUM_OF", "AVERAGE_OF", "LEAST_OF", "GREATEST_OF", "DISTINCT_OF", "FIRST_OF", "LAST_OF",
})  # fmt: skip
FORMULAS = VALUES | DRAWING | {
    "NAME", "SALARY", "BONUS", "VARIABLE", "TOTAL", "PAID_SALARY", "FULL_SALARY", "PAY_FOR", "TARGET_OF",
    "ATTAINMENT_OF", "OPENING_OF", "MIN", "MAX",
    "ROUND", "OPEN", "NOT", "BY", "ALL_OF", "ANY_OF", "AT_LEAST", "DAYS_IN_PERIOD",
    "WORKDAYS_IN_PERIOD", "WORKHOURS_IN_PERIOD", "MONTH_IN_PERIOD", "QUARTER_IN_PERIOD", "YEAR_IN_PERIOD",
    "FIRST_IN_PERIOD", "LAST_IN_PERIOD", "YEARS_FROM", "MONTHS_FROM",
    "COUNT_OF", "FOR_EACH", "RANK_OF", "SHARE_OF", "PRIZES_OF",
}  # fmt: skip
OPERATORS = frozenset({
    "PLUS", "MINUS", "TIMES", "DIVIDE", "OF", "EQ", "NE", "LT", "LE", "GT", "GE",
    "MORE_THAN", "LESS_THAN", "AT_MOST",
    "IF", "OR", "AND", "ABOVE", "BELOW", "ABOVE_TARGET", "BELOW_TARGET", "IS", "IS_NOT", "WITHOUT_TAX",
})  # fmt: skip
UNITS = frozenset({"NAME", "SIGN", "DAYS", "BPS"})
SPELLED = {"OPEN": "(", "CLOSE": ")", "SEMICOLON": ";", "COLON": ":", "EQ": "="}
PHRASES = {"STRING": "text", "NAME": "name", "DATE": "date", "MONTH": "month", "NUMBER": "number"}


def _choice(case: Broken) -> Iterator[str]:
    """What could stand where the line goes wrong, for a message."""
    left = set(case.expected)
    if {"NUMBER", "NAME", "OPEN"} <= left:
        yield "phrase:value"
        left -= FORMULAS
    elif {"NUMBER", "PERCENT"} <= left:
        yield "phrase:literal"
        left -= VALUES
    elif {"DAYS", "YES_NO", "NAME"} <= left:
        yield "phrase:kind"
        left -= {"DAYS", "YES_NO", "NAME"}
    if {"PLUS", "TIMES"} <= left:
        yield "phrase:operator"
        left -= OPERATORS | {"AT_LEAST"}
    if case.kind(case.index - 1) == "NUMBER" and left & UNITS:
        # A unit may follow any number; it is worth a word where nothing else may.
        if left <= UNITS | {"$END"} and "PLUS" not in case.expected:
            yield "phrase:currency"
        left -= UNITS
    yield from (f"phrase:{phrase}" for terminal, phrase in PHRASES.items() if terminal in left)
    left -= PHRASES.keys()
    yield from (sign for terminal, sign in SPELLED.items() if terminal in left)
    if case.index == 0:
        # What belongs under another line is no help where a line is to begin.
        left -= ROWS
    yield from keywords(case, left)
    if "$END" in left:
        yield "phrase:end"


def keywords(case: Broken, terminals: Collection[str]) -> list[str]:
    """The words of some terminals; where `up to` can stand, `to` says the same and need not be named."""
    words = case.rules.words
    found = [word for word in words.spellings if word.upper() in terminals]
    return [words[word] for word in found if word != "to" or "up_to" not in found]


def taken(case: Broken, at: int) -> Facts:
    """What to tell of a keyword that stands where a name should: what it does, and a name for it."""
    token, name = case.tokens[at], named_otherwise(case, at)
    return {
        "word": short(token),
        "does": (f"phrase:does.{token.type.lower()}",),
        "instead": (name or "phrase:two_words",),
    }


def named_otherwise(case: Broken, at: int) -> str | None:
    """A free name for what a keyword cannot name: from its label, or with its kind: `bonus_amount`."""
    vocabulary, labelled = case.rules.words, case.kind(at + 1) == "STRING"
    said = "_".join(re.findall(r"\w+", case.tokens[at + 1][1:-1].casefold())) if labelled else ""
    behind = case.tokens[at + 1 + labelled :][:1]
    kind = vocabulary.kinds.get(behind[0].casefold(), "other") if behind else "other"
    ends = table("grammars", "samples.toml")["named"][vocabulary.lang]
    word = "_".join(re.findall(r"\w+", case.tokens[at].casefold()))
    for name in (said if "_" in said else "", f"{word}_{ends.get(kind, ends['other'])}"):
        if name.isidentifier() and len(name) <= NAMED and name not in case.text:
            return name
    return None


NAMED = 40  # letters of a name that is made from a label


# The words of the clauses that every line of pay has, and of those of a KPI alone.
PAYING = frozenset(word for one in DECLARED if one.declared.about == "pay" for word in one.declared.begins)
ELSEWHERE = CLAUSES - PAYING


# What could stand at a place is told in so many words; more nobody reads.
MOST = 5
# Where so few words could stand, something is not finished.
FEW = 4
# What a line begins with under a line with a table, and under an example.
TABLED = frozenset({
    "STEPS_BY", "LINE_BY", "BANDS_BY", "MATRIX_BY", "EACH_BAND", "WHOLE", "STEPS", "LINE",
})  # fmt: skip


def tabled(case: Broken) -> bool:
    """Whether a line stands where a row of a table can stand."""
    kinds = [token.type for token in case.above]
    bare = kinds[:2] in [["NUMBER", "COLON"], ["PERCENT", "COLON"]]  # a row without its side
    return bare or not TABLED.isdisjoint(kinds) or bool(kinds and kinds[0] in ROWS)


BEGINNINGS = ("fact", "salary", "bonus", "commission")


def _beginnings(case: Broken) -> tuple[tuple[str, ...], str]:
    """What a line can begin with where this one stands, and the sort of line that is shown."""
    words = case.rules.words
    above = {token.type for token in case.above}
    if case.above and (case.above[0].type in ROWS or above & TABLED):
        return (words["up_to"], words["from"], words["above"]), "up_to"
    if case.above and case.above[0].type in LISTS | {"EXAMPLE"}:
        return (words["given"], words["shows"], words["pays"]), "pays"
    return ("phrase:name", *(words[word] for word in BEGINNINGS)), "name"


def sample(lang: Lang, word: str) -> str:
    """How a line that begins with a word is written."""
    samples = table("grammars", "samples.toml")[lang]
    shown: str = samples.get(word, samples["name"])
    return shown


def shown(case: Broken) -> str:
    """The construct that the line goes wrong in: a clause that is not finished, or else the whole line."""
    lang = case.rules.words.lang
    for at in range(case.index - 1, 0, -1) if len(case.expected) <= FEW else ():
        if (word := case.kind(at).lower()) != "name" and word in table("grammars", "samples.toml")[lang]:
            return sample(lang, word)
    begins = case.kind(0).lower()
    return sample(lang, "column" if case.rules.columns and begins == "name" else begins)


def _bound(case: Broken) -> Fault | None:
    """The fault of an accelerator that stops before its bound."""
    at = next(
        (
            at
            for at in (case.index - 3, case.index - 2, case.index - 1)
            if case.kind(at) in {"ACCEL", "DECEL"}
        ),
        None,
    )
    side = {"ACCEL": "ABOVE", "DECEL": "BELOW"}.get(case.kind(at or 0))
    if at is None or side not in case.expected or "NUMBER" in case.expected:
        return None
    words, typed = case.rules.words, short(case.raw(at, case.index))
    bound = f"{words[side.lower()]} 100%"
    modes = ("on_all", "on_excess") if "ON_ALL" in case.expected else ()
    ways = [f"{typed} {words[mode]} {bound}" for mode in modes]
    facts: Facts = {"word": typed, "instead": tuple(ways or [f"{typed} {bound}"])}
    return Fault("P174", place=case.place(at, case.index), facts=facts)


def _gate(case: Broken) -> str | None:
    """The gate that is meant by a cutoff of no KPI: of the KPI that the line is of, or of the only one."""
    if case.kind(case.index) != "CUTOFF" or case.kind(case.index + 1) != "PERCENT":
        return None
    words = case.rules.words
    weighed = rf"^[ \t]*([^\W\d]\w*)[ \t].*?(?<!\w){words['weight']}(?!\w)"
    kpis = re.findall(weighed, case.text, re.MULTILINE)
    used = [str(token) for token in case.tokens if token.type == "NAME" and token in kpis]
    meant = [*dict.fromkeys(used or kpis)]
    level = case.tokens[case.index + 1]
    return f"{words['only_if']} {words['attainment_of']} {meant[0]} >= {level}" if len(meant) == 1 else None


def plain(case: Broken) -> Fault:  # noqa: PLR0911  # one for each sort of mistake
    """The fault of a line, from what stands where it goes wrong and what could stand there."""
    index, token = case.index, case.token
    could = (tuple(_choice(case)) or ("phrase:end",))[:MOST]

    def told(code: str, start: int, end: int, **facts: Fact) -> Fault:
        where = case.place(start, end)
        return Fault(code, place=where, facts={"word": short(case.raw(start, end)), **facts})

    before = short(case.tokens[index - 1]) if index else ""
    if (bound := _bound(case)) is not None:
        return bound
    sampled = shown(case)
    if token is None:
        of, *both_ways = (case.rules.words[way] for way in ("of", "each_band", "whole"))
        ways = tuple(both_ways)
        # What is measured may be over records as well, which is not what a line lacks.
        if {*could} - {of} == {*ways}:
            line = case.raw(0, len(case.tokens))
            both = tuple(short(f"{line}, {way}", 100) for way in ways)
            return told(
                "P188", index, index, instead=both, under="" if _rowed(case) else ("phrase:rows_under",)
            )
        return told("P115", index, index, after=before, expected=could, sample=sampled)
    if token.type == "EACH" and index == 0:
        keyword = "for_each" if "FOR_EACH" in case.expected else "piece"
        return told(
            "P182", 0, 1, instead=case.rules.words[keyword], sample=sample(case.rules.words.lang, keyword)
        )
    if token.type == "UNCLOSED":
        return told("P110", index, index + 1, mark=token[0])
    if token.type == "MISWRITTEN_DATE" or (case.expected & {"DATE"} and not case.expected & {"NUMBER"}):
        end = case.line_end(index) if token.type in NUMERIC else index + 1
        return told("P106", index, end, instead=("phrase:date_form",))
    if token.type in NUMERIC and (token.type == "MISWRITTEN_NUMBER" or case.kind(index - 1) == "NUMBER"):
        start = index - (token.type != "MISWRITTEN_NUMBER" and not case.broken(index))
        return told("P105", start, index + 1, instead=("phrase:number_form",))
    if token.type == "NUMBER" and case.kind(index + 1) == "NAME" and case.glued(index, index + 2):
        if any(helps(case, Repair("P135", index, index + 2, "x"))):
            return told("P135", index, index + 2)
    elif token.type in case.rules.keywords and any(
        helps(case, Repair("P118", index, index + 1, "x", beyond=2))
    ):
        return told("P118", index, index + 1, **taken(case, index))
    words = case.rules.words
    if token.type in ELSEWHERE - case.expected and case.expected >= PAYING:
        # For whom something is paid at all is said of KPIs; on other lines it is a condition.
        fix = words["only_if"] if token.type == "FOR" else None
        instead = (_gate(case) or "phrase:gate",)
        return replace(told("P152", index, index + 1, line=short(case.tokens[0]), instead=instead), fix=fix)
    kinds = {one.type for one in case.tokens[:index]}
    opened = case.kind(index - 1) in {"OPEN", "SEMICOLON"} and "BY" in kinds
    if token.type == "NUMBER" and ("ONE_OF" in kinds or opened):
        return told("P135", index, index + 1)
    if token.type == "OPEN" and case.kind(index - 1) == "NAME":
        return told("P128", index - 1, index, instead=wanted(case, index - 1))
    wanting = {"SEMICOLON", "CLOSE"} | case.rules.keywords | ({"NAME"} - case.expected)
    if index and "NUMBER" in case.expected and token.type in wanting:
        return told("P115", index, index, after=before, expected=could, sample=sampled)
    if index == 0:
        beginnings, begins = _beginnings(case)
        return told("P136", 0, 1, expected=beginnings, sample=sample(words.lang, begins))
    return told("P100", index, index + 1, expected=could, sample=sampled)


def _rowed(case: Broken) -> bool:
    """Whether a row of a table stands below the line, in whatever words."""
    below = case.text[case.place(0, len(case.tokens)).end :].partition("\n")[2].strip()
    first = next(case.rules.lex(below.partition("\n")[0]), None)
    return first is not None and (
        first.type in ROWS | {"NUMBER", "PERCENT", "OF", "ON"} or first[0].isdigit()
    )


# Functions that no formula stands for: rows of a table, or a fact that comes counted.
BEYOND = frozenset({"rows", "fact"})


@cache
def named() -> Mapping[str, str]:
    """The names of functions of spreadsheets in small letters, each with what it comes to."""
    listed = table("grammars", "synonyms.toml")["functions"]
    return {name: meant for meant, names in listed.items() for name in names}


def wanted(case: Broken, at: int) -> tuple[str, ...]:
    """What to write in the place of a function that no formula stands for, or that nobody knows."""
    meant = named().get(case.tokens[at].casefold(), "")
    return (f"phrase:as_{meant if meant in BEYOND else 'formula'}",)
