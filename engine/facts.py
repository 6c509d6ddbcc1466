"""A person's facts, taken exactly as written and held against what the plan needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import Literal

from dsl.check.names import LONGEST
from dsl.faults import Fact, Fault, nearest
from dsl.node import node
from dsl.words import LANGS, words

from .compiled import Compiled, Shape, Variant
from .kernel import Input
from .money import plain
from .period import Period, period
from .scales import DIGITS, places, scale
from .written import Decimal, day, decimal, plain_day, plain_number

ANSWERS = {"yes": 1, "no": 0, "да": 1, "нет": 0, "true": 1, "false": 0}
MISSING = object()

# What a hostile list of names can cost.
LISTED = 12  # names in one sentence
COMPARED = 1000  # pairs of names that are held against one another
SPELT = 40  # letters of a name that is held against others


@node
class Person:
    """What somebody sends about one person for one period, not yet held against a plan.

    Values are texts as written (`"3300000"`, `"2.1%"`), or yes or no; anything else is a fault. `pointer` is
    where the person stands in the document that they came in.
    """

    employee: str
    period: str
    facts: Mapping[str, object]
    targets: Mapping[str, object] = field(default_factory=dict)
    pointer: str = ""


@node
class Presumed:
    """Something that nobody gave and the plan said: the default of a fact, or the plan's own target."""

    what: Literal["default", "target"]
    name: str


@node
class Facts:
    """The inputs of an evaluation, in the kernel's order, as integers of so many decimal places each.

    None stands for a target of their own that the person lacks. `shape` is the plan for people of their
    sort, and for numbers of their length; `sort` are the numbers of the values of their attributes.
    """

    shape: Shape
    employee: str
    period: Period
    inputs: tuple[int | None, ...]
    presumed: tuple[Presumed, ...] = ()
    warnings: tuple[Fault, ...] = ()
    sort: tuple[int, ...] = ()


def read_facts(compiled: Compiled, person: Person) -> Facts | tuple[Fault, ...]:
    """The facts of a person for a plan, or everything that is wrong with them."""
    faults: list[Fault] = []
    missing: list[Input] = []
    presumed: list[Presumed] = []
    when = period(person.period)
    chosen = _attributes(compiled, person, presumed, missing, faults) if compiled.attributes else ()
    # Somebody of no known sort is read against the whole plan, for as many faults as can be told.
    variant = Variant(compiled.kernel) if chosen is None else compiled.variant(chosen)
    inputs: list[int | None] = []
    scales: list[int] = []
    for entry, usual in zip(variant.kernel.inputs, variant.usual, strict=True):
        if entry.role == "period" or entry.kind == "choice":
            inputs.append(_of_period(entry, when))
            scales.append(0)
            continue
        raw = (person.facts if entry.role == "actual" else person.targets).get(entry.name, MISSING)
        number: Decimal | None = None
        if raw is not MISSING:
            number = _value(compiled, entry, raw, person.pointer, faults)
        elif entry.default is not None:
            presumed.append(Presumed("default", entry.name))
            needed = places(entry.default) or 0
            number = Decimal(int(entry.default * 10**needed), needed)
        elif entry.optional:
            presumed.append(Presumed("target", entry.name))
        elif chosen is not None:
            missing.append(entry)
        if number is None:
            inputs.append(None)
            scales.append(usual)
        else:
            most = usual if number.places <= usual else scale(variant.kernel, entry, number.places)
            inputs.append(number.digits * 10 ** (most - number.places))
            scales.append(most)
    if missing or not _known(compiled, person):
        faults.extend(_strange(compiled, person, missing))
    if (untimely := _timing(compiled, person, when)) is not None:
        faults.append(untimely)
    if when is None or chosen is None or (faults and any(fault.severity == "error" for fault in faults)):
        return tuple(faults)
    shape = variant.shape(tuple(scales))
    return Facts(shape, person.employee, when, tuple(inputs), tuple(presumed), tuple(faults), chosen)


def moved_to(plan: Compiled, facts: Facts) -> Facts | None:
    """Facts that were read for another plan, for one that reads the very same."""
    variant = plan.variant(facts.sort)
    other = facts.shape.kernel
    if (variant.kernel.inputs, variant.kernel.digits) != (other.inputs, other.digits):
        return None
    return replace(facts, shape=variant.shape(facts.shape.scales))


def _attributes(
    compiled: Compiled, person: Person, presumed: list[Presumed], missing: list[Input], faults: list[Fault]
) -> tuple[int, ...] | None:
    """The values of a person's attributes, by their numbers among the choices; None where one is unknown."""
    chosen: list[int] = []
    for index in compiled.attributes:
        entry = compiled.kernel.inputs[index]
        raw = person.facts.get(entry.name, MISSING)
        if raw is MISSING and entry.default is not None:
            chosen.append(int(entry.default))
            presumed.append(Presumed("default", entry.name))
        elif raw is MISSING:
            missing.append(entry)
        elif isinstance(raw, str) and raw in entry.choices:
            chosen.append(entry.choices.index(raw))
        else:
            facts: dict[str, Fact] = {"name": entry.name, "value": shown(raw), "known": entry.choices}
            fix = nearest(raw, entry.choices) if isinstance(raw, str) and len(raw) <= SPELT else None
            where = f"{person.pointer}/facts/{escaped(entry.name)}"
            faults.append(Fault("P524", pointer=where, facts=facts, fix=fix))
    return tuple(chosen) if len(chosen) == len(compiled.attributes) else None


def _of_period(entry: Input, when: Period | None) -> int | None:
    """What the plan reads of the period: its first day, or how many days it has."""
    if when is None:
        return None
    return when.first.toordinal() if entry.name == "first" else (when.last - when.first).days + 1


def escaped(name: str) -> str:
    """A name as a step of a JSON pointer (RFC 6901); of one longer than any of a plan, its beginning."""
    kept = name if len(name) <= LONGEST else f"{name[:LONGEST]}…"
    return kept.replace("~", "~0").replace("/", "~1")


def shown(raw: object) -> str:
    """A value as it can be quoted in a sentence: in one line, and never the whole of something huge."""
    match raw:
        case None:
            text = "null"
        case bool():
            text = "true" if raw else "false"
        case str():
            text = " ".join(raw[:200].split())
        case Mapping():
            text = "{…}"
        case _:
            text = "[…]"
    return text if len(text) <= 40 else f"{text[:37]}…"


# ── One value ────────────────────────────────────────────────────────────────────────────────────────────


def _value(
    compiled: Compiled, entry: Input, raw: object, pointer: str, faults: list[Fault]
) -> Decimal | None:
    """The number that a value is; where it is none that the plan can take, a fault is added."""
    number = _read(entry, raw)
    code = number if isinstance(number, str) else _unfit(compiled, entry, number)
    if code is None:
        return number if isinstance(number, Decimal) else None
    where = f"{pointer}/{'facts' if entry.role == 'actual' else 'targets'}/{escaped(entry.name)}"
    facts: dict[str, Fact] = {"name": entry.name, "value": shown(raw), "kind": (f"phrase:{entry.kind}",)}
    match code:
        case "P503" | "P505" if isinstance(raw, str) and (better := _better(compiled, entry, raw)):
            faults.append(Fault("P522", pointer=where, facts={**facts, "better": better}, fix=better))
        case "P506":
            faults.append(Fault(code, pointer=where, facts={**facts, "most": str(DIGITS)}))
        case "P511":
            digits = {"digits": str(compiled.kernel.digits), "currency": compiled.kernel.currency}
            faults.append(Fault(code, pointer=where, facts={**facts, **digits}))
        case "P512" if isinstance(number, Decimal):
            text = plain(number.digits * 100, number.places)
            text = text.rstrip("0").rstrip(".") if number.places else text
            faults.append(Fault(code, "warning", pointer=where, facts={**facts, "read": f"{text}%"}))
            return number
        case _:
            faults.append(Fault(code, pointer=where, facts=facts))
    return None


def _read(entry: Input, raw: object) -> Decimal | str:
    """The number in a value, or the code of the fault that it is none."""
    if entry.kind == "yes_no":
        answer = ANSWERS.get(raw.strip().casefold()) if isinstance(raw, str) else raw
        return Decimal(int(answer), 0) if isinstance(answer, int) else "P504"
    if not isinstance(raw, str):
        return "P505" if entry.kind == "date" else "P503"
    if entry.kind == "date":
        ordinal = day(raw.strip())
        return "P505" if ordinal is None else Decimal(ordinal, 0)
    number = decimal(raw.strip())
    return "P503" if number is None else "P506" if number == "long" else number


def _unfit(compiled: Compiled, entry: Input, number: Decimal) -> str | None:
    """The code of what forbids a number, or makes it doubtful, for a fact."""
    digits, decimals, percent = number
    kind = entry.kind
    if percent and kind != "percent":
        return "P507"
    if entry.role == "target" and digits <= 0:
        return "P509"
    if digits < 0 and not entry.signed:
        return "P508"
    if decimals:
        if kind == "count":
            return "P510"
        if kind == "money" and decimals > compiled.kernel.digits:
            return "P511"
    if kind == "percent" and not percent and digits > 10**decimals:
        return "P512"
    return None


def _better(compiled: Compiled, entry: Input, raw: str) -> str | None:
    """What somebody most likely meant who wrote a value in another way."""
    if entry.kind == "date":
        return plain_day(raw)
    units: list[str] = []
    for vocabulary in map(words, LANGS):
        if entry.kind == "money":
            currency = compiled.kernel.currency
            units += [currency, *(sign for sign, code in vocabulary.signs.items() if code == currency)]
        elif entry.kind == "days":
            units += vocabulary.spellings["days"]
    return plain_number(raw, units, counted=entry.kind == "count")


# ── The person as a whole ────────────────────────────────────────────────────────────────────────────────


def _known(compiled: Compiled, person: Person) -> bool:
    """Whether the plan asks for everything that is given."""
    kernel = compiled.kernel
    return person.facts.keys() <= kernel.actuals.keys() and person.targets.keys() <= kernel.targets.keys()


def _strange(compiled: Compiled, person: Person, missing: Sequence[Input]) -> Iterator[Fault]:
    """Facts that are missing, facts that the plan does not know, and those that are the one for the other."""
    kernel = compiled.kernel
    for role, table in (("actual", person.facts), ("target", person.targets)):
        known = kernel.actuals if role == "actual" else kernel.targets
        strays = [name for name in table if name not in known]
        wanted = [entry for entry in missing if entry.role == role]
        meant = _meant(compiled, wanted, strays)
        where = f"{person.pointer}/{'facts' if role == 'actual' else 'targets'}"
        for entry in wanted:
            facts: dict[str, Fact] = {"name": entry.name, "kind": (f"phrase:{entry.kind}",)}
            given = meant.get(entry.name)
            if given is None:
                yield Fault("P501" if role == "actual" else "P502", pointer=where, facts=facts)
            else:
                facts["given"] = shown(given)
                yield Fault("P513", pointer=f"{where}/{escaped(given)}", facts=facts, fix=entry.name)
        taken = set(meant.values())
        for name in strays:
            if name not in taken:
                yield _stray(compiled, name, known, f"{where}/{escaped(name)}", role)


def _meant(compiled: Compiled, missing: Sequence[Input], strays: Sequence[str]) -> dict[str, str]:
    """For missing facts the given names that were meant for them: their labels, or nearly their names."""
    meant: dict[str, str] = {}
    if not strays or len(missing) * len(strays) > COMPARED:
        return meant
    labels = {compiled.checked.scope.label(entry.name).casefold(): entry.name for entry in missing}
    left = {entry.name for entry in missing if len(entry.name) <= SPELT}
    for given in strays:
        name = labels.get(given.casefold())
        if name is None and len(given) <= SPELT:
            name = nearest(given, left)
        if name is not None and name not in meant:
            meant[name] = given
            left.discard(name)
    return meant


def _stray(compiled: Compiled, name: str, known: Mapping[str, Input], pointer: str, role: str) -> Fault:
    """The fault of a name that the plan does not ask for."""
    scope = compiled.checked.scope
    facts: dict[str, Fact] = {"name": shown(name)}
    if role == "actual" and name in scope.figures:
        return Fault("P515", pointer=pointer, facts=facts)
    if role == "target" and name in scope.kpis:
        return Fault("P516", pointer=pointer, facts=facts)
    listed = sorted(known)
    more = ("phrase:other_names",) if len(listed) > LISTED else ()
    facts["known"] = (*listed[:LISTED], *more) or ("phrase:no_names",)
    return Fault("P514" if role == "actual" else "P517", pointer=pointer, facts=facts)


def _timing(compiled: Compiled, person: Person, when: Period | None) -> Fault | None:
    """The fault of a period that is none, or that the plan is not in effect for."""
    pointer = f"{person.pointer}/period"
    if when is None:
        return Fault("P518", pointer=pointer, facts={"value": shown(person.period)})
    effect = compiled.kernel.effect
    if effect is None or when.first >= effect:
        return None
    facts: dict[str, Fact] = {"period": when.text, "effect": effect.isoformat()}
    early = when.last < effect
    return Fault("P519" if early else "P520", "error" if early else "warning", pointer=pointer, facts=facts)
