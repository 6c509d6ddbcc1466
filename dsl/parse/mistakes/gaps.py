"""What is missing between two words of a line."""

from __future__ import annotations

from collections.abc import Iterator

from ...place import Place
from ..lines import LISTS, ROWS, SIDES, place
from .case import Broken, Repair, helps, short
from .expected import keywords, tabled
from .known import known
from .spelling import begins

# Words that may be missing before a value.
ANNOUNCING = frozenset({
    "WEIGHT", "TARGET", "CUTOFF", "ACCEL", "CAP", "DEFAULT", "OTHERWISE", "TO", "UP_TO", "ABOVE",
})  # fmt: skip


PARTING = frozenset({"DIVIDE", "OR", "AND"})  # what people put between the words of an attribute


def separators(case: Broken) -> Iterator[Repair]:
    """`;` between the items of a list: missing, or written as a comma."""
    for index in (case.index, case.index - 1):
        listing = any(token.type == "ONE_OF" for token in case.tokens[:index])
        comma = case.kind(index) == "WRONG" and case.tokens[index] in {",", "|"}
        if comma or (listing and case.kind(index) in PARTING):
            yield Repair("P116", index, index + 1, ";", beyond=1)
        elif case.kind(index) == "AND" and case.kind(0) in LISTS:
            where = Place(case.place(index - 1, index).end, case.place(index, index + 1).end)
            yield Repair("P116", index, index + 1, ";", place=where, beyond=1)
        elif case.kind(index) == "WRONG" and case.tokens[index] == "." and index + 1 == len(case.tokens):
            yield Repair("P134", index, index + 1, "", {"word": (".",)}, beyond=1)
        elif case.kind(index) == "WRONG" and case.tokens[index] in ".:":
            yield Repair("P116", index, index + 1, ";")
        elif 0 < index < len(case.tokens) and not (case.kind(0) in SIDES and case.kind(index) == "MINUS"):
            beyond = 1 if listing else 2 if case.kind(0) in LISTS else 3
            yield Repair("P116", index, index, ";", {"word": short(case.tokens[index])}, beyond=beyond)
    # `min(1,2)`: in a language whose decimal mark is the comma, and in the other.
    for index in (case.index, case.index - 1):
        if case.kind(index) in {"NUMBER", "MISWRITTEN_NUMBER"} and case.tokens[index].count(",") == 1:
            yield Repair("P116", index, index + 1, case.tokens[index].replace(",", "; "))


def listed(case: Broken) -> Iterator[Repair]:
    """A list with other signs in it, of which some part a name from its value: `calls: 120, deals = 4`."""
    if case.kind(0) not in LISTS:
        return
    said: list[str] = []
    changed: list[int] = []
    for at, token in enumerate(case.tokens[1:], 1):
        item = case.kind(at - 1) in {"NAME", "TOTAL", "VARIABLE", "SALARY", "BONUS", "COMMISSION"}
        if token == "," or (token == "." and at + 1 == len(case.tokens)):
            changed.append(at)
            said.append(";" if at + 1 < len(case.tokens) else "")
        elif token in {":", "=", "-", "–", "—"} and ((item and at > 1) or at == 1):
            changed.append(at)
        else:
            said.append(f"{' ' * bool(said)}{token}" if token != ";" else ";")
    if len(changed) > 1:
        whole = "".join(said)
        repair = Repair("P109", 1, len(case.tokens), whole, {"instead": short(whole, 80)}, beyond=1)
        if {case.tokens[at] for at in changed} != {","} and helps(case, repair)[1]:
            yield repair


def equals(case: Broken) -> Iterator[Repair]:
    """`=` between the name of a figure or a commission and its formula."""
    first = 1 if case.kind(0) == "COMMISSION" else 0
    if case.kind(first) != "NAME" or begins(case):
        return
    for index in range(first + 1, case.index + 1):
        # Behind the name only a label and a kind stand; any other word is a part of the formula.
        beside = [token for token in case.tokens[first + 1 : index] if token.type != "STRING"]
        if any(token.casefold() not in case.rules.words.kinds for token in beside):
            break
        yield Repair("P117", index, index, "=", {"word": short(case.raw(first, index))}, fix=" =")


def _signs(case: Broken) -> list[str]:
    """What may be forgotten between two facts that stand beside each other in a formula."""
    facts = known(case.text, case.rules.words.lang)
    both = all(str(case.tokens[at]) in facts for at in (case.index - 1, case.index))
    return ["+", "-", "*", "/"] if both else []


def wordless(case: Broken) -> Iterator[Repair]:
    """A value without the word that says what it is: `revenue 40%`, `accel 1.2 100%`."""
    if case.token is None or not case.token[0].isalnum() or begins(case):
        return
    missing = ANNOUNCING - {"ABOVE"} if "PLUS" in case.expected else ANNOUNCING
    # In a formula more would fit than anybody means: `2% 5` is not for us to join.
    could = keywords(case, case.expected & missing)
    if case.kind(case.index) in {"NAME", "SALARY"}:
        could = [case.rules.words["of"]] if case.kind(case.index - 1) == "PERCENT" else []
    if case.index == 0:
        # Whether a bare number is a salary, a bonus or something else nobody can tell.
        could = keywords(case, case.expected & ROWS) if tabled(case) else []
    if case.kind(case.index) == "PERCENT" and not any(token.type == "WEIGHT" for token in case.tokens):
        # What shares out the bonus has a weight, whatever else it has.
        weight = case.rules.words["weight"]
        could = [weight] if weight in could else could
    # Any line of pay may have a cap, so that nothing says that this number is one.
    could = [word for word in could if word != case.rules.words["cap"]]
    # A clause that the line has is not the one that it lacks.
    held = {case.rules.words[token.type.lower()] for token in case.tokens if token.type in ANNOUNCING}
    could = [word for word in could if word not in held] or could
    if [case.kind(case.index - 1), case.kind(case.index)] == ["NAME", "NAME"] and "PLUS" in case.expected:
        could = _signs(case)
    before, after = case.kind(case.index - 1), case.kind(case.index + 1)
    facts = known(case.text, case.rules.words.lang)
    whole = tuple(word for word in could if helps(case, Repair("P138", case.index, case.index, word))[1])
    # Whatever else is wrong in the line, a percentage is of what is declared, and behind it that is a weight.
    of = before == "PERCENT" and str(case.token) in facts
    weighed = could == [case.rules.words["weight"]] and str(case.tokens[0]) in facts
    sure = not whole and (of or weighed)
    whole = tuple(could) if sure else whole
    if before == "PERCENT" and after == "NAME" and str(case.tokens[case.index + 1]) in facts:
        # What a percentage is of, with the small word between both misspelt.
        yield Repair("P102", case.index, case.index + 1, case.rules.words["of"], beyond=1)
    if whole:
        at = place(case.token).start
        yield Repair(
            "P138", case.index, case.index, whole[0], {"word": short(case.token), "instead": whole},
            place=Place(at, at), fix=f"{whole[0]} ", beyond=1 if sure else 3, offered=len(whole) == 1,
        )  # fmt: skip
