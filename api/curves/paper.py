"""Curves as paper, and in each form that they can be given in: data, pictures, a page.

Of each line of pay there is a picture, with all sorts of people in it, and its numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Literal

from dsl.faults import Fact, Fault, nearest
from dsl.words import Lang
from engine.analyse import Payout
from engine.facts.values import shown
from engine.paper import Block, Paper, Paragraph, Part, Section, Table
from engine.picture import Axis, Chart, Note, Rule, Sheet
from engine.statement.show import quantity
from engine.statement.text import WIDTH

from ..paper import terminal
from ..paper.forms import Answer
from ..stretched import line
from .asked import CurvesAsked
from .document import document
from .telling import CurveTeller, leaps, vocabulary

Form = Literal["json", "svg", "png", "html"]

SPELT = 10  # letters of a name that is held against the forms

# Each form with its media type; the first is given where nobody says which.
FORMS: Mapping[Form, str] = {
    "json": "application/json",
    "svg": "image/svg+xml",
    "png": "image/png",
    "html": "text/html; charset=utf-8",
}

ZERO, FULL = Fraction(0), Fraction(1)
FAR = Fraction(3, 2)  # of where the last bend is: how far is drawn
NEAR = Fraction(6, 5)  # the same, of attainment
WIDE = Fraction(3, 2)  # of attainment: so far is always drawn


def inked(curves: CurvesAsked, name: str, lang: Lang) -> bytes | Fault:
    """Curves in the form of a name, as they go into a file; a fault where there is no such form or no ink."""
    form = next((one for one in FORMS if one == name), None)
    if form is None:
        facts: dict[str, Fact] = {"form": shown(name), "known": tuple(FORMS)}
        return Fault("P778", facts=facts, fix=nearest(name[:SPELT], FORMS))
    return answer(curves, lang).written(form)


def answer(curves: CurvesAsked, lang: Lang, width: int = WIDTH) -> Answer:
    """Curves in all their forms; a text in rows of a width."""
    return Answer(
        lambda: document(curves, lang),
        lambda: terminal.text(paper(curves, lang).parts, width),
        lambda: paper(curves, lang),
        lambda: sheet(curves, lang),
    )


# ── Made of the curves ─────────────────────────────────────────────────────────────────────────────────────


def drawn(curves: CurvesAsked, lang: Lang) -> tuple[Chart, ...]:
    """A picture for each line, in their order."""
    return tuple(_chart(curves, group, lang) for group in curves.grouped)


def sheet(curves: CurvesAsked, lang: Lang) -> Chart | Sheet:
    """All of them in one picture."""
    charts, title = drawn(curves, lang), _title(curves, lang)
    if len(charts) == 1:
        return replace(charts[0], title=_title(curves, lang, charts[0].title))
    return Sheet(title, " ".join(f"{chart.title}. {chart.about}" for chart in charts), lang, charts)


def paper(curves: CurvesAsked, lang: Lang) -> Paper:
    """All of them, each with the same numbers as tables and sentences."""
    words = vocabulary(lang)
    parts: list[Part] = []
    for group, chart in zip(curves.grouped, drawn(curves, lang), strict=True):
        parts += [Section("", chart.title, ()), chart]
        for payout in group:
            teller = CurveTeller(curves.compiled, payout, lang, curves.employee)
            pays = teller.words("pays", currency=curves.compiled.kernel.currency)
            heads = (words["head_measure"], pays, words["head_grows"])
            whose = [Paragraph(teller.whose)] * (len(group) > 1)
            said: list[Block] = [Table(heads, teller.rows, (1,)), *map(Paragraph, teller.sentences)]
            bends = [Table((words["head_bound"], words["head_clause"]), teller.bounds)] * bool(teller.bounds)
            parts.append(Section("", "", (*whose, *said, *bends)))
    standing = words["other_facts" if curves.employee is None else "own_facts"]
    parts.append(Section("", "", (Paragraph(standing.format(employee=curves.employee)),)))
    return Paper(lang, _title(curves, lang), tuple(parts))


def _title(curves: CurvesAsked, lang: Lang, label: str | None = None) -> str:
    """What a picture is of: a plan, or one line of it."""
    words = vocabulary(lang)["title" if label is None else "title_one"]
    return words.format(plan=curves.compiled.title, version=curves.compiled.kernel.version, label=label)


def _chart(curves: CurvesAsked, group: Sequence[Payout], lang: Lang) -> Chart:
    tellers = [CurveTeller(curves.compiled, payout, lang, curves.employee) for payout in group]
    first, *others = tellers
    start, end = _window(group)
    sort = "" if others else first.whose
    title = first.words("for_whom", title=first.label, whose=sort) if sort else first.label
    lines = tuple(line(one.whose or one.label, one.payout.stretches, start, end) for one in tellers)
    points = {point for payout in group for point in payout.graph.points if start <= point <= end}
    return Chart(
        title,
        _about(tellers),
        lang,
        replace(_measured(tellers), low=start, high=end),
        Axis(first.words("pays", currency=curves.compiled.kernel.currency), first.payout.worth, ZERO),
        lines,
        tuple(Rule("x", point) for point in sorted(points)),
        tuple(dict.fromkeys(_spots(tellers, start, end))),
    )


def _about(tellers: Sequence[CurveTeller]) -> str:
    """The picture in words, for whoever cannot see it."""
    several = []
    for teller in tellers:
        rows = [f"{where}: {pays}" for where, pays, _ in teller.rows]
        whose = f"{teller.whose}: " if len(tellers) > 1 else ""
        several.append(f"{whose}{'; '.join([*rows, *teller.sentences])}.")
    return " ".join(several)


def _measured(tellers: Sequence[CurveTeller]) -> Axis:
    """The lower axis: attainment, with what 100 % is, or the fact."""
    first = tellers[0]
    payout, compiled = first.payout, first.compiled
    moving = (entry for entry in compiled.kernel.inputs if entry.role in {"actual", "drawn"})
    kinds = {compiled.called(entry): entry.kind for entry in moving}
    if payout.attained:
        targets = {(one.payout.fact, one.payout.by.at(FULL)) for one in tellers}
        if payout.fact != payout.name or len(targets) > 1:
            return Axis(first.words("attainment"), "percent")
        target = quantity(payout.by.at(FULL), kinds[payout.fact], first.lang)[0]
        return Axis(first.words("attainment_of", target=target), "percent")
    if payout.measured == "money":
        return Axis(first.words("counted", label=first.fact, unit=compiled.kernel.currency), "money")
    return Axis(first.fact, payout.measured)


def _window(group: Sequence[Payout]) -> tuple[Fraction, Fraction]:
    """From where to where curves are drawn: all that bends, and a little beyond."""
    several = [one for payout in group for one in payout.stretches]
    points = [end for one in several for end in (one.low, one.high) if end is not None]
    points += [payout.here for payout in group if payout.here is not None]
    least, most = min(points, default=ZERO), max(points, default=FULL)
    end = max(most * NEAR, WIDE) if group[0].attained else most * FAR
    if end <= least:
        end = max(least + 1, FULL)
    if group[0].measured in {"count", "days"}:
        end = Fraction(-(-end // 1))
    start = min(ZERO, least - (most - least) / 4) if least < 0 else ZERO
    lows = [payout.low for payout in group]
    highs = [payout.high for payout in group]
    if None not in lows:
        start = max(start, min(low for low in lows if low is not None))
    if None not in highs:
        end = min(end, max(high for high in highs if high is not None))
    return start, end


def _spots(tellers: Sequence[CurveTeller], start: Fraction, end: Fraction) -> Iterator[Note]:
    """Where the person stands, and the size of each jump."""
    for teller in tellers:
        if teller.here is not None:
            yield Note(*teller.here, teller.standing(*teller.here), strong=True)
    for teller in tellers:
        for jump in leaps(teller.payout):
            if start <= jump.point <= end:
                yield Note(jump.point, max(jump.start, jump.end), teller.money(jump.size, plus=True))
