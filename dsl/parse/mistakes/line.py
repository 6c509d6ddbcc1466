"""All the mistakes of one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from lark import Token

from ... import tree
from ...faults import Fault
from ..grammar import Grammar, read
from ..limits import WORDS, Work, excessive, mixed
from ..lines import TokenRow, place
from . import (
    amounts,
    blocks,
    cases,
    digits,
    entries,
    formulas,
    gaps,
    gathered,
    joints,
    letters,
    marks,
    months,
    nearest,
    notations,
    numerals,
    order,
    phrases,
    prose,
    quotes,
    ranges,
    recast,
    spelling,
    spreadsheets,
    surplus,
    times,
)
from .case import (
    NEWLINE,
    Broken,
    Mended,
    Repair,
    applied,
    fault,
    helps,
    opened,
    priceless,
    refused,
    standing,
    unsigned,
)
from .expected import named_otherwise, plain, taken
from .formulas import CLAUSES

# So many mistakes are told of one line; more would bury the first.
MOST = 5

# A row is cut at so many line breaks to find the line of text that is wrong.
CUTS = 20

# Codes that say no more than that something is wrong.
VAGUE = frozenset({"P100", "P115", "P136"})

# In this order: the first repair that makes the line parse is offered; where none does, the first that helps.
SOURCES: tuple[Callable[[Broken], Iterator[Repair]], ...] = (
    letters.invisible,
    digits.lettered,
    marks.wide,
    marks.parted,
    marks.plus,
    marks.ticked,
    marks.money,
    amounts.timed,
    times.version,
    months.elsewhere,
    months.single,
    gathered.gathered,
    gaps.listed,
    quotes.joined,
    order.below,
    order.valued,
    entries.given,
    prose.conditions,
    amounts.kinds,
    amounts.whole,
    phrases.spoken,
    numerals.worded,
    amounts.belated,
    amounts.measured,
    amounts.abbreviated,
    surplus.answered,
    surplus.sections,
    recast.facts,
    recast.counted,
    recast.shared,
    recast.fronted,
    recast.parted,
    recast.netted,
    phrases.directed,
    cases.choices,
    order.kinds,
    order.amounts,
    formulas.measured,
    joints.continued,
    joints.begun,
    joints.joined,
    quotes.unclosed,
    digits.months,
    quotes.missing,
    quotes.bare,
    quotes.strange,
    digits.dates,
    digits.numbers,
    formulas.rounding,
    spreadsheets.cells,
    spreadsheets.functions,
    formulas.choices,
    surplus.doubled,
    formulas.unfinished,
    nearest.lines,
    spelling.declined,
    spelling.switched,
    spelling.misspelt,
    spelling.foreign,
    spelling.synonymous,
    spelling.worded,
    recast.heads,
    order.nameless,
    order.unnamed,
    quotes.labelled,
    quotes.known,
    quotes.named,
    order.announced,
    quotes.spoken,
    quotes.spaced,
    order.columns,
    order.unbounded,
    order.twice,
    order.only,
    surplus.spelled,
    gaps.separators,
    formulas.targets,
    formulas.sided,
    formulas.calculated,
    formulas.chained,
    marks.brackets,
    marks.signs,
    spelling.shortened,
    spelling.reserved,
    surplus.remarks,
    gaps.wordless,
    surplus.numbering,
    surplus.within,
    surplus.needless,
    gaps.equals,
    order.turned,
    nearest.shorter,
)


def mended(rows: Sequence[TokenRow], index: int, text: str, rules: Grammar, work: Work) -> Mended:
    """A row that does not parse, as far as it can be understood by the work that is left."""
    found = _understood(rows, index, text, rules, work)
    first, last = rows[index].tokens, rows[index + found.rows - 1].tokens
    # What no repair is known for still shows what it would declare.
    names = () if found.healed else tuple(str(token) for token in first[:2] if token.type == "NAME")[:1]
    return replace(found, place=place(first[0]).to(place(last[-1])), names=found.names or names)


def _understood(rows: Sequence[TokenRow], index: int, text: str, rules: Grammar, work: Work) -> Mended:
    """The same, without where it stands."""
    row = rows[index]
    tokens, begins = tuple(row.tokens), row.tokens[0].type
    above = tuple(rows[index - 1].tokens) if index else ()
    if (excess := excessive(row)) is not None:
        return Mended((), (excess,), healed=False, begins=begins)
    clean, controls = letters.controlled(row)
    if controls and (line := read(clean, rules)) is not None:
        return Mended((line,), tuple(controls), healed=True, begins=begins)
    at = int(begins == "FACT")
    if (rules.columns or at) and len(tokens) > at and tokens[at].type in rules.keywords:
        named = (*tokens[:at], Token.new_borrow_pos("NAME", "x", tokens[at]), *tokens[at + 1 :])
        if isinstance(read(named, rules), tree.Column | tree.Fact):
            case = opened(tokens, above, text, rules, work)
            reserved = Fault(
                "P118", place=case.place(at, at + 1), facts=taken(case, at), fix=named_otherwise(case, at)
            )
            return Mended((), (reserved,), healed=False, begins="NAME", names=(str(tokens[at]),))
    if not work.reaches(row):
        # What is wrong first is told, without a repair.
        _, strange = letters.unmixed(tokens, rules, 1)
        told = strange[0] if strange else plain(opened(tokens, above, text, rules, work))
        return Mended((), (told,), healed=False, begins=begins)
    alone = partial(_repaired, above=(), text=text, rules=rules, work=work)
    return (
        ranges.told(rows, index, text, rules, work, alone)
        or blocks.told(rows, index, text, rules, alone)
        or notations.pasted(rows, index, text, rules, work)
        or joints.long_text(rows, index, text, rules, work)
        or joints.parted(rows, index, text, rules, work)
        or _spread(rows, index, text, rules, work)
        or _mended(tokens, above, text, rules, work, CUTS)
    )


def _spread(rows: Sequence[TokenRow], index: int, text: str, rules: Grammar, work: Work) -> Mended | None:
    """A choice whose parts stand in rows below it, where one report says what is wrong with it."""
    taken = cases.below(rows, index, text, rules.words.lang)
    if not taken:
        return None
    whole = tuple(token for row in rows[index : index + 1 + taken] for token in row.tokens)
    found = _repaired(whole, (), text, rules, work)
    return replace(found, rows=1 + taken) if len(found.faults) == 1 else None


def _mended(
    tokens: tuple[Token, ...], above: tuple[Token, ...], text: str, rules: Grammar, work: Work, cuts: int
) -> Mended:
    """The whole row repaired; where that fails, the lines of text that it may be made of, each by itself."""
    whole = _repaired(tokens, above, text, rules, work)
    if not whole.faults:
        return whole
    if not whole.healed:
        whole = replace(whole, lines=_kept(tokens, whole, rules, work))
    if cuts == 0 or work.done or (whole.healed and len(whole.faults) == 1):
        return whole
    for cut in _cuts(tokens, whole):
        head, rest = tokens[:cut], tokens[cut:]
        first = _repaired(head, above, text, rules, work)
        if not first.healed:
            if (line := _read(rest, rules, work)) is not None:
                return Mended((line,), first.faults, healed=False, begins=rest[0].type)
            continue
        others = _mended(rest, head, text, rules, work, cuts - 1)
        fewer = len(first.faults) + len(others.faults) < len(whole.faults)
        if whole.healed and not (others.healed and fewer):
            return whole
        starts = _start(whole) == place(rest[0]).start
        if others.healed or first.faults or others.faults[0].code not in VAGUE or starts:
            lines, faults = (*first.lines, *others.lines), (*first.faults, *others.faults)
            return Mended(lines, faults, others.healed, others.begins)
        # The whole tells more of what is wrong.
        return whole
    return whole


def _kept(tokens: tuple[Token, ...], whole: Mended, rules: Grammar, work: Work) -> tuple[tree.Line, ...]:
    """The lines of text before the first mistake, where they make sense by themselves.

    A KPI would be another one without a clause that goes on below.
    """
    for cut in _cuts(tokens, whole):
        before = place(tokens[cut]).start <= _start(whole)
        if before and (line := _read(tokens[:cut], rules, work)) is not None:
            return () if isinstance(line, tree.Kpi) and tokens[cut].type in CLAUSES else (line,)
    return ()


def _read(tokens: tuple[Token, ...], rules: Grammar, work: Work) -> tree.Line | None:
    """The line that some tokens make, if nothing is wrong in it."""
    work.spend(len(tokens))
    return None if any(token.type == "NAME" and mixed(token) for token in tokens) else read(tokens, rules)


def _cuts(tokens: tuple[Token, ...], whole: Mended) -> list[int]:
    """The tokens that begin a line of text near the first mistake, the nearest before it first."""
    begins = [
        index for index in range(1, len(tokens)) if standing(tokens[index]) > standing(tokens[index - 1])
    ]
    at = _start(whole)
    behind = [index for index in begins if place(tokens[index]).start <= at]
    beyond = [index for index in begins if place(tokens[index]).start > at]
    return [*reversed(behind[-3:]), *beyond[:2]]


def _start(found: Mended) -> int:
    """Where the first mistake begins."""
    first = found.faults[0].place
    return first.start if first else 0


def _repaired(
    tokens: tuple[Token, ...], above: tuple[Token, ...], text: str, rules: Grammar, work: Work
) -> Mended:
    """The line, or one mistake after another, each repaired before the next is looked for."""
    if (line := _read(tokens, rules, work)) is not None:
        return Mended((line,), (), healed=True, begins=tokens[0].type)
    tokens, faults = letters.unmixed(tokens, rules, MOST)
    lines: list[tree.Line] = []
    meaning: Fault | None = None
    while tokens and (line := read(tokens, rules)) is None:
        if len(faults) >= MOST:
            return Mended((), _merged(faults, text), healed=False, begins=tokens[0].type)
        if not faults and (joining := _joining(tokens, above, text, rules, work)) is not None:
            return Mended((), (joining,), healed=True, begins=above[0].type, joins=True)
        case = opened(tokens, above, text, rules, work)
        repair = _best(case)
        found = plain(case) if repair is None else fault(case, repair)
        vague = repair is None and found.code in VAGUE
        if vague and meaning is not None and len(faults) == 1:
            # One repair led nowhere: what the whole is near to says more.
            return Mended((), (meaning,), healed=False, begins=tokens[0].type)
        if vague or (repair is not None and not faults and not helps(case, repair)[1]):
            meaning = nearest.meaning(case)
            found = meaning or found if vague else found
        if not any(_overlap(found, other) for other in faults):
            faults.append(found)
        if repair is None:
            return Mended((), _merged(faults, text), healed=False, begins=tokens[0].type)
        if repair.words == NEWLINE:
            above, tokens = tokens[: repair.start], tokens[repair.end :]
            lines += [head] if (head := read(above, rules)) is not None else []
        else:
            tokens = applied(case, repair)
    if tokens and line is not None:
        lines.append(line)
    begins = tokens[0].type if tokens else ""
    return Mended(tuple(lines), _merged(faults, text), healed=True, begins=begins)


def _joining(
    tokens: tuple[Token, ...], above: tuple[Token, ...], text: str, rules: Grammar, work: Work
) -> Fault | None:
    """The fault of a line that would be a part of the line above, were its first word not misspelt."""
    if not above or above[0].type != "NAME" or tokens[0].type != "NAME" or len(above) > WORDS:
        return None
    case = opened((*above, *tokens), (), text, rules, work)
    for repair in (*spelling.misspelt(case), *spelling.synonymous(case)):
        if repair.start == len(above) and helps(case, repair)[1]:
            return fault(case, repair)
    return None


def _best(case: Broken) -> Repair | None:
    """The repair to offer, if any helps."""
    second: Repair | None = None
    for source in SOURCES:
        if case.work.done:
            break
        for repair in source(case):
            if refused(case, repair) and source is marks.wide:
                return replace(repair, offered=False)
            if refused(case, repair) or unsigned(case, repair):
                continue
            good, whole = helps(case, repair)
            if not (good or whole) or priceless(case, repair):
                continue  # what does not help may be as long as the text
            if whole:
                return repair
            # Where one thing alone is wanted, what stands in its place is no surplus.
            if second is None and not (repair.code == "P134" and len(case.expected) == 1):
                second = repair
    return second


def _overlap(one: Fault, other: Fault) -> bool:
    """Whether two repairs would touch the same words."""
    a, b = one.place, other.place
    return a is not None and b is not None and (a == b or (a.start < b.end and b.start < a.end))


def _merged(faults: Sequence[Fault], text: str) -> tuple[Fault, ...]:
    """The same mistake several times in one line of text, such as a comma after each item, told once."""
    found: list[Fault] = []
    for one in faults:
        both = _both(found[-1], one, text) if found else None
        if both is None:
            found.append(one)
        else:
            found[-1] = both
    return tuple(found)


def _both(first: Fault, second: Fault, text: str) -> Fault | None:
    """Two faults as one, if they are of one kind and stand in one line."""
    a, b = first.place, second.place
    if (
        first.code != second.code
        or a is None
        or b is None
        or a.end > b.start
        or "\n" in text[a.end : b.start]
    ):
        return None
    one, other = first.facts.get("word"), second.facts.get("word")
    alike = one == other or isinstance(one, tuple) or first.code == "P129"
    if first.fix is None or second.fix is None or not alike:
        return None
    if isinstance(one, tuple) and isinstance(other, tuple):
        one = tuple(dict.fromkeys([*one, *other]))
    facts = first.facts if one is None else {**first.facts, "word": one}
    return replace(first, place=a.to(b), facts=facts, fix=f"{first.fix}{text[a.end : b.start]}{second.fix}")
