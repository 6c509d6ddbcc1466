"""What may stand in the slots of a phrase.

| slots | what stands there |
|---|---|
| `a`, `b` | a value: a number, a percentage, an amount, a day |
| `x`, `y` | a single thing: a name, a value, something in brackets |
| `f`, `g`, `h` | a formula or a condition |
| `c` | a comparison |
| `n`, `z` | one word that is no word of the language |
| `t` | a text in quotation marks |
| `m`, `l` | a stretch of time; its days are `first` and `last`, or `last` alone |
| `d`, `e`, `j` | a day, with its `month`; a number of a day in that month |
| `s` | several words, parted as in a list |
| `o` | a line of pay |
| `p`, `w` | the part of a proration, with its `whole`; the whole of the part before it |
| `q`, `k` | a fact that is a question; a name that is none |
| `u`, `v` | an attribute; one of its words |
| `i` | a word of one attribute, which is `u` |
| `r` | a percentage |
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...data import table
from ...faults.forms import inflected
from ...words import Lang, currencies
from .case import NAME, Broken
from .digits import hundredth, multiplied
from .formulas import CLAUSES, COMPARISONS, after
from .known import Familiar, akin, known, lines_of_pay, meant, partner, senses
from .times import day, stretch

Slots = Mapping[str, str]
Filled = Iterator[tuple[int, Slots]]
# Words of the longest formula in a slot, and of the longest way to say a name.
LONG, SPOKEN = 24, 5
# What parts the words of a list, and what ends a formula.
PARTING = frozenset({"SEMICOLON", "OR", "DIVIDE", "AND"})
ENDING = (CLAUSES - {"ABOVE", "BELOW"}) | {"STRING"}
# Slots for one token of a sort.
PLAIN = {"t": "STRING", "r": "PERCENT"}
TIMED = frozenset({"days", "number", "count"})


def filled(case: Broken, slot: str, at: int, slots: Slots) -> Filled:
    """The ways to fill a slot from a token on: where what fills it ends, and what it gives."""
    if at >= len(case.tokens):
        return
    if slot in "ab":
        if (one := value(case, at)) is not None:
            yield one[0], {slot: one[1]}
            if one[0] > at + 1 and unit_end(case, at + 1) is not None:
                # What is counted may be a name of the plan.
                yield at + 1, {slot: str(case.tokens[at])}
    elif slot in "xy":
        if (one := thing(case, at)) is not None:
            yield one[0], {slot: one[1]}
    elif slot in "cfgh":
        yield from _formulas(case, slot, at)
    elif slot in "nz":
        # What people are told apart by is more than a word.
        asked = known(case.text, case.rules.words.lang).get(str(case.tokens[at]))
        if case.kind(at) == "NAME" and not (asked and asked.values) and not [*_valued(case, at)]:
            yield at + 1, {slot: str(case.tokens[at])}
    elif slot == "i":
        yield from _valued(case, at)
    elif slot in PLAIN:
        if case.kind(at) == PLAIN[slot]:
            yield at + 1, {slot: str(case.tokens[at])}
    elif slot == "s":
        yield from _listed(case, at)
    elif slot == "o":
        lang, typed = case.rules.words.lang, case.tokens[at]
        named = [one for one in lines_of_pay(case.text, lang) if inflected(typed, one, lang)]
        yield from ((at + 1, {"o": one}) for one in named[:1])
    elif slot in "mldej":
        yield from _times(case, slot, at)
    else:
        yield from _named(case, slot, at, slots)


def _formulas(case: Broken, slot: str, at: int) -> Filled:
    """Tokens that no bracket parts and no clause begins in, the fewest first; for `g` and `h` the most."""
    depth, ends, compared = 0, list[int](), False
    for end in range(at, min(at + LONG, len(case.tokens))):
        kind = case.kind(end)
        depth += (kind == "OPEN") - (kind == "CLOSE")
        if depth < 0 or kind in ENDING or (depth == 0 and kind == "SEMICOLON"):
            break
        compared = compared or kind in COMPARISONS
        if depth == 0 and (compared or slot != "c"):
            ends.append(end + 1)
    for end in ends if slot in "cf" else reversed(ends):
        yield end, {slot: case.raw(at, end)}


def _listed(case: Broken, at: int) -> Filled:
    """Words with `;`, a comma, a stroke or a word for `or` between them, in brackets or not."""
    opened = case.kind(at) == "OPEN"
    if opened and case.kind(at - 1) == "ONE_OF":
        return  # Only what parts them can be wrong.
    others = {",", *table("grammars", "synonyms.toml")[case.rules.words.lang]["or"]}
    found, parted, end = list[str](), 0, at + opened
    while case.kind(end) == "NAME":
        found.append(str(case.tokens[end]))
        end += 1
        start = end
        while end < len(case.tokens) and (case.kind(end) in PARTING or case.tokens[end] in others):
            end += 1
        parted += end > start
    kinds = case.rules.words.kinds
    if (
        len(found) > 1
        and parted >= len(found) - 1
        and not kinds.keys() & {*found}
        and case.kind(end) in {"", "CLOSE", *CLAUSES}
    ):
        yield end + (case.kind(end) == "CLOSE"), {"s": "; ".join(found)}


def _times(case: Broken, slot: str, at: int) -> Filled:
    if slot in "de":
        if (one := day(case, at)) is not None:
            yield one[0], {slot: one[1], "month": one[1][:7]}
    elif slot == "j":
        if case.kind(at) == "NUMBER" and case.tokens[at].isdigit() and int(case.tokens[at]) in range(1, 32):
            yield at + 1, {"j": f"{int(case.tokens[at]):02}"}
    elif (found := stretch(case, at)) is not None:
        end, first, last = found
        yield end, {"first": first, "last": last} if slot == "m" else {"last": last}


def _named(case: Broken, slot: str, at: int, slots: Slots) -> Filled:
    """Names of the plan, in the words that people use for them, the most words first."""
    lang = case.rules.words.lang
    declared = known(case.text, lang)
    if slot == "v":
        values = declared[slots["u"]].values if slots.get("u") in declared else ()
        typed = case.tokens[at].casefold()
        yield from ((at + 1, {"v": one}) for one in values if one.casefold() == typed)
        return
    among = [one for one in declared.values() if _fits(one, slot)]
    for end in range(min(at + SPOKEN, case.line_end(at)), at, -1):
        typed = " ".join(case.raw(at, end).split())
        if not all(NAME.fullmatch(word) for word in typed.split()):
            continue
        if slot in "pw":
            found = _timed(case, slot, typed, among, slots)
            if found is not None:
                yield end, found
        elif len(names := meant(typed, among, lang)) == 1:
            yield end, {slot: names[0]}


def _valued(case: Broken, at: int) -> Filled:
    """A word of the only attribute that has it, in any form."""
    lang, typed = case.rules.words.lang, case.tokens[at]
    found = {
        (one.name, value)
        for one in known(case.text, lang).values()
        for value in one.values
        if inflected(typed, value, lang)
    }
    if case.kind(at) == "NAME" and len(found) == 1:
        ((name, word),) = found
        yield at + 1, {"i": word, "u": name}


def _fits(one: Familiar, slot: str) -> bool:
    if slot in "pw":
        return one.kind in TIMED
    return {"q": one.kind == "yes_no", "k": one.kind not in {"yes_no", "choice"}, "u": one.kind == "choice"}[
        slot
    ]


def _timed(case: Broken, slot: str, typed: str, among: list[Familiar], slots: Slots) -> Slots | None:
    """The part of a proration with its whole, or the whole alone, by what it is called or by what is left."""
    lang = case.rules.words.lang
    text = _without(case)
    wholes = {one.name: partner(one, among, text) for one in among}
    if slot == "w":
        return _whole(typed, among, wholes, slots, lang)
    whole = any(token.type == "DAYS_IN_PERIOD" for token in case.tokens)
    parts = [one for one in among if whole or wholes[one.name] is not None]
    names = meant(typed, parts, lang)
    if not names and all(senses(word, "time") for word in typed.casefold().split()):
        names = [one.name for one in parts if _counted(typed, one)]
    if len(names) > 1:
        # What a fact is called says more than its label.
        said = typed.casefold().split()
        named = [name for name in names if any(akin(word, name.partition("_")[0], lang) for word in said)]
        names = named or names
    if len(names) != 1:
        return None
    return {"p": names[0], "whole": wholes[names[0]] or ""}


def _whole(
    typed: str, among: list[Familiar], wholes: Mapping[str, str | None], slots: Slots, lang: Lang
) -> Slots | None:
    """The whole that belongs to the part, where that is what is said."""
    whole = wholes.get(slots.get("p", ""))
    if whole is None:
        return None
    one = next(other for other in among if other.name == whole)
    said = typed.casefold().split()
    fits = any(senses(word, "scheduled") for word in said) and all(
        senses(word, "time") or senses(word, "scheduled") for word in said
    )
    return {"w": whole} if fits or meant(typed, [one], lang) else None


def _counted(typed: str, one: Familiar) -> bool:
    """Whether what is said to be counted, days or hours, is what a fact counts."""
    said = typed.casefold().split()
    if any(senses(word, "hours") for word in said):
        return one.called("hours")
    days = one.kind == "days" or (one.called("time") and not one.called("hours"))
    return days or not any(senses(word, "days") for word in said)


def _without(case: Broken) -> str:
    """The text of the plan without the line."""
    whole = case.place(0, len(case.tokens))
    return case.text[: whole.start] + case.text[whole.end :]


def thing(case: Broken, at: int) -> tuple[int, str] | None:
    """A name, a value or something in brackets; a name in another form is the one that is declared."""
    if case.kind(at) in {"NAME", "OPEN", "SALARY"} or case.kind(at).endswith("_IN_PERIOD"):
        end = after(case, at)
        typed = case.raw(at, end)
        if case.kind(at) == "NAME":
            declared = known(case.text, case.rules.words.lang)
            names = [] if typed in declared else meant(typed, declared.values(), case.rules.words.lang)
            typed = names[0] if len(names) == 1 else typed
        return end, typed
    return value(case, at)


def value(case: Broken, at: int) -> tuple[int, str] | None:
    """A value, without a word for what is counted, and with the digits of a number said in thousands."""
    kind = case.kind(at)
    if kind in {"PERCENT", "DATE", "MONTH"}:
        return at + 1, str(case.tokens[at])
    if kind == "SIGN" and case.kind(at + 1) == "NUMBER":
        return at + 2, case.raw(at, at + 2)
    dated = kind == "MISWRITTEN_DATE" or (kind == "NUMBER" and case.kind(at + 1) == "NAME")
    if dated and (found := day(case, at)) is not None:
        return found
    if kind != "NUMBER":
        return None
    if (found := multiplied(case, at)) is not None:
        end, text = found
    else:
        end, text = at + 1, str(case.tokens[at])
    beside = case.tokens[end] if end < len(case.tokens) else ""
    if beside.casefold().startswith(
        tuple(table("grammars", "synonyms.toml")["minor"][case.rules.words.lang])
    ):
        return end + 1, hundredth(text, case.rules.words.decimal)
    if case.kind(end) in {"SIGN", "DAYS", "BPS"} or beside in currencies():
        return end + 1, f"{text} {beside}"
    if (unit := unit_end(case, end)) is not None:
        return unit, text
    return end, text


def unit_end(case: Broken, at: int) -> int | None:
    """Where a word for what is counted ends, with its point: `100 шт.`."""
    names = table("grammars", "synonyms.toml")["units"][case.rules.words.lang]
    if case.kind(at) != "NAME" or case.tokens[at].casefold() not in names:
        return None
    dotted = at + 1 < len(case.tokens) and case.tokens[at + 1] == "." and case.glued(at, at + 2)
    return at + 1 + dotted
