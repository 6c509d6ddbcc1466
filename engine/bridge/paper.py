"""A bridge as paper: in sentences, or with waterfalls from the old pay through each change to the new one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from dsl.words import Lang

from ..paper import Figure, Items, Paper, Paragraph, Part, Section, Table
from ..picture import Axis, Stair, Waterfall
from ..statement.besides import signed
from .answer import BridgeChange, BridgePerson, ChangedResult
from .document import words

DRAWN = 20  # people with a picture; of further ones a page has the numbers


def told(people: Sequence[BridgePerson], lang: Lang) -> Iterator[Section]:
    """Everybody's bridge in sentences."""
    for person in people:
        changed = [change.sentence for change in person.changes]
        changed += [words(lang)["result"].format_map(_result(one)) for one in person.results or ()]
        sentences = tuple(changed) or (words(lang)["nothing"],)
        yield Section("", f"{person.employee}: {person.summary}", (Items(sentences),))


def paper(people: Sequence[BridgePerson], lang: Lang) -> Paper:
    """For each person the picture and the numbers behind it."""
    several = (_parts(person, lang, drawn=at < DRAWN) for at, person in enumerate(people))
    return Paper(lang, words(lang)["title"], tuple(chain.from_iterable(several)))


def _parts(person: BridgePerson, lang: Lang, *, drawn: bool) -> Iterator[Part]:
    w = words(lang)
    yield Section("", person.employee, (Paragraph(person.summary),))
    if person.results:
        told = (_result(one) for one in person.results)
        rows = tuple((one["label"], one["old"], one["new"]) for one in told)
        yield Section("", "", (Table((w["column_result"], w["column_old"], w["column_new"]), rows),))
    if not person.changes:
        return
    if drawn:
        yield waterfall(person, lang)
    heads = (w["column_change"], w["column_old"], w["column_new"], w["column_amount"])
    made = tuple(
        (change.label, change.old, change.new, Figure(signed(change.amount, lang), change.amount))
        for change in person.changes
    )
    yield Section("", "", (Table(heads, made, (3,)),))


def _result(one: ChangedResult) -> Mapping[str, str]:
    """A result that differs in texts; a dash where one of the plans has none."""
    return {"label": one.label, "old": one.old or "—", "new": one.new or "—"}


def waterfall(person: BridgePerson, lang: Lang) -> Waterfall:
    """The waterfall of one person."""
    w, start, end = words(lang), person.old.period, person.new.period
    if start == end:
        start, end = w["together_old"], w["together_new"]
    steps = (
        Stair(start, person.old.total.exact, total=True),
        *(Stair(_step(change, lang), change.amount.exact) for change in person.changes),
        Stair(end, person.new.total.exact, total=True),
    )
    about = " ".join([person.summary, "; ".join(change.sentence for change in person.changes)])
    title = f"{person.employee}: {start} → {end}"
    return Waterfall(title, about, lang, Axis(person.currency, "money"), steps)


def _step(change: BridgeChange, lang: Lang) -> str:
    key = {
        "plan": "step_plan",
        "target": "step_target",
        "time": "step_time",
        "colleagues": "step_colleagues",
    }.get(change.what)
    return change.label if key is None else words(lang)[key].format(label=change.label)
