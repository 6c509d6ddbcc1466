"""Curves say what the engine pays: at every end, on either side of it and in between, to the last digit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import assume, given

from api.curves import CurvesAsked, curves, document, inked
from api.curves.paper import drawn
from api.curves.telling import CurveTeller
from dsl.faults import Fault
from dsl.record import plain
from dsl.record import text as json_text
from dsl.source import Source
from dsl.words import LANGS, Lang
from engine.analyse import Payout
from engine.compile import Compiled, read_plan
from engine.facts import Person
from engine.facts.sent import SentTables
from engine.follow.people import least, paid
from engine.follow.stretches import Stretch
from engine.follow.view import View
from engine.money import rounded
from engine.scales import exact as exactly
from tests.support.chances import CHANCE, examples
from tests.support.places import IVANOV, PLANS
from tests.support.plans import draft
from tests.support.trials import planned, views

PLAN = """plan "Sales"
version 1
currency RUB
fact grade one of (junior; senior)
bonus by grade (junior: 10 000; senior: 20 000)
revenue weight 60% cutoff 80% accel 1.2 on all above 100% target 3 000 000
calls weight 40% target 1 000
commission on margin, each band at its own rate
  up to 1 000 000: 3%
  above 7%
"""


def compiled(text: str) -> Compiled:
    ready = read_plan(Source("sales.plan", text))
    assert isinstance(ready, Compiled), ready
    return ready


def asked(
    text: str, kpi: str | None = None, sort: tuple[str, ...] = (), person: Person | None = None
) -> CurvesAsked:
    found = curves(compiled(text), kpi, sort, person)
    assert isinstance(found, CurvesAsked), found
    return found


def codes(
    text: str, kpi: str | None = None, sort: tuple[str, ...] = (), person: Person | None = None
) -> list[str]:
    found = curves(compiled(text), kpi, sort, person)
    assert isinstance(found, tuple)
    return [fault.code for fault in found]


def first(found: CurvesAsked, lang: Lang) -> Any:
    """The first curve as data."""
    return plain(document(found, lang))["curves"][0]


# ── What is drawn is what is paid ────────────────────────────────────────────────────────────────────────


def pays(piece: Stretch, x: Fraction) -> bool:
    """Whether a piece holds a number of the measure."""
    above = piece.low is None or x > piece.low or (x == piece.low and piece.includes_low)
    return above and (piece.high is None or x < piece.high or (x == piece.high and piece.includes_high))


def near(payout: Payout, unit: Fraction) -> Iterator[Fraction]:
    """Values of the fact at the ends of pieces, a step on either side of them, and in the middle of each."""
    for piece in payout.stretches:
        ends = [end for end in (piece.low, piece.high) if end is not None]
        middle = sum(ends, Fraction(0)) / len(ends) if ends else Fraction(0)
        for x in (*ends, middle, middle + 1 if len(ends) < 2 else middle):
            value = payout.by.at(x)
            for step in (-1, 0, 1):
                yield (value // unit + step) * unit


def confirmed(seen: View, payout: Payout) -> int:
    """How many values of the fact were paid as the pieces of its curve say."""
    kernel = seen.kernel
    variable = next(
        index
        for index, entry in enumerate(kernel.inputs)
        if entry.role in {"actual", "drawn"} and seen.compiled.called(entry) == payout.fact
    )
    line = next(index for index, one in enumerate(kernel.lines) if one.name == payout.name)
    made = seen.made.within(seen.period(line))
    several, count = payout.stretches, 0
    for value in near(payout, least(kernel.inputs[variable].kind, kernel.digits)):
        x = (value - payout.by.constant) / payout.by.slope
        holding = [piece for piece in several if pays(piece, x)]
        if value < 0 and seen.low(variable) is not None:
            assert not holding
            continue
        assert len(holding) == 1, (x, several)
        along = holding[0].line
        found = paid(seen.compiled, made.having(variable, value))
        if along is None or found is None or abs(value) > 10**24:
            continue
        size = along.at(x) * 10**kernel.digits
        assert found[line] == rounded(size.numerator, size.denominator), (payout.name, x)
        count += 1
    return count


def held(ready: Compiled) -> int:
    """The same for every curve of a plan."""
    found = curves(ready, None, ())
    if isinstance(found, tuple):
        assert {fault.code for fault in found} <= {"P776", "P779"}
        return 0
    count = 0
    for seen in views(ready):
        for payout in found.payouts:
            mine = not payout.sorts or tuple(seen.attributes) in payout.sorts
            if mine and payout.fact is not None and not payout.rounded and payout.kind != "result":
                count += confirmed(seen, payout)
    return count


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.name)
def test_a_curve_of_an_example_is_what_is_paid(path: Path) -> None:
    ready = compiled(path.read_text("utf-8"))
    assert held(ready) > 5 or isinstance(curves(ready, None, ()), tuple)


@examples(20)
@given(CHANCE)
def test_a_curve_of_any_plan_is_what_is_paid(chance: Random) -> None:
    _, ready = planned(chance)
    held(ready)


@examples(20)
@given(CHANCE)
def test_pieces_leave_no_gap(chance: Random) -> None:
    """Each begins where the one before it ended, and one of the two has the point between them."""
    ready = read_plan(Source("random.plan", draft(chance).text))
    found = curves(ready, None, ()) if isinstance(ready, Compiled) else ()
    assume(isinstance(found, CurvesAsked))
    assert isinstance(found, CurvesAsked)
    for payout in found.payouts:
        several = payout.stretches
        assert several[0].low == payout.low
        assert several[-1].high == payout.high
        for one, other in pairwise(several):
            assert one.high == other.low
            assert one.includes_high != other.includes_low
        for lang in LANGS:
            assert CurveTeller(found.compiled, payout, lang, None).rows
            json_text(document(found, lang))
            assert drawn(found, lang)


RECORDS = """
plan "Deals"
version 1
currency RUB

table deals "Deals"
  manager  employee
  amount   money
  paid     yes/no

pay volume "For deals" = 1 000 * min(count of deals where paid; 3)
commission 2% of (sum of amount of deals where amount at least 1 000.50)
"""


def test_what_records_come_to_is_called_by_the_words_for_it() -> None:
    """The axis of a curve, and where somebody stands by their own records."""
    rows = (
        {"manager": "17", "amount": "100000", "paid": "yes"},
        {"manager": "17", "amount": "9", "paid": "yes"},
    )
    person = Person("17", "2025-07", {}, tables=SentTables({"deals": rows}, alone="17"))
    found = asked(RECORDS, person=person)
    assert [(one.fact, one.here) for one in found.payouts] == [
        ("count of deals where paid", Fraction(2)),
        ("sum of amount of deals where amount at least 1 000.50", Fraction(100_000)),
    ]
    assert [CurveTeller(found.compiled, one, "en", "17").fact for one in found.payouts] == [
        one.fact for one in found.payouts
    ]
    assert first(found, "en")["here"] == {"at": "2", "pays": "2000"}


# ── What is asked for ────────────────────────────────────────────────────────────────────────────────────


def test_the_customers_line() -> None:
    """Nothing below 80 %, in proportion from there, and the whole times 1.2 above 100 %."""
    (payout,) = asked(IVANOV.read_text("utf-8"), "revenue").payouts
    said = CurveTeller(compiled(IVANOV.read_text("utf-8")), payout, "en", None)
    assert said.rows == (
        ("below 80%", "0", ""),
        ("from 80%, up to 100%", "16 000 → 20 000", "+200 for each 1%"),
        ("above 100%", "24 000 → …", "+240 for each 1%"),
    )
    assert (*said.sentences,) == (
        "pay begins at 80%",
        "reaching 80% the pay jumps from 0 to 16 000: +16 000",
        "just above 100% the pay jumps from 20 000 to 24 000: +4 000",
        "it grows without end",
    )
    assert [text for _, text in said.bounds] == [
        "line 15: cutoff 80%",
        "line 15: accel 1.2 on all above 100%",
    ]


def test_sorts_of_people_are_drawn_together() -> None:
    """Those that differ are apart, and those that do not are one."""
    both = asked(PLAN)
    assert [[dict(sort) for sort in payout.sorts] for payout in both.payouts if payout.name == "revenue"] == [
        [{"grade": "junior"}],
        [{"grade": "senior"}],
    ]
    (commission,) = [payout for payout in both.payouts if payout.kind == "commission"]
    assert len(commission.sorts) == 2
    assert [chart.title for chart in drawn(both, "en")] == [
        "revenue",
        "calls",
        "Commission (grade junior; grade senior)",
    ]
    (one,) = asked(PLAN, "revenue", ("grade=senior",)).payouts
    assert one.graph.value(Fraction(1)) == 12_000


def test_a_person_is_where_their_facts_are() -> None:
    """Everything else is as it is with them, and their own amount is on the curve."""
    facts = {"grade": "junior", "revenue": "3300000", "calls": "950", "margin": "1500000"}
    found = asked(PLAN, "revenue", (), Person("0042", "2025-07", facts))
    assert first(found, "ru")["here"] == {"at": "1.1", "pays": "7920"}
    (spot, *_) = drawn(found, "ru")[0].spots
    assert (spot.strong, spot.label) == (True, "0042: 110%, начислено 7 920")


@pytest.mark.parametrize(
    ("kpi", "sort", "code"),
    [
        ("revenu", (), "P771"),
        ("", (), "P771"),
        (None, ("senior",), "P772"),
        (None, ("",), "P772"),
        (None, ("level=senior",), "P773"),
        (None, ("grade=seniour",), "P774"),
        (None, ("grade=",), "P774"),
    ],
)
def test_what_is_not_there_is_a_fault(kpi: str | None, sort: tuple[str, ...], code: str) -> None:
    assert codes(PLAN, kpi, sort) == [code]


def test_everything_wrong_is_told_at_once() -> None:
    assert codes(PLAN, "x", ("grade=x", "y=z", "w")) == ["P774", "P773", "P772", "P771"]


def test_what_does_not_move_has_no_curve() -> None:
    fixed = 'plan "Fixed"\nversion 1\ncurrency RUB\nsalary 60 000\n'
    assert codes(fixed) == ["P776"]
    assert codes(fixed, "salary") == ["P775"]
    facts = {"grade": "junior", "revenue": "1", "calls": "1", "margin": "1"}
    person = Person("0042", "2025-07", facts)
    assert codes(PLAN, None, ("grade=senior",), person) == ["P777"]
    assert codes(PLAN, None, (), Person("0042", "2025-07", {"grade": "junior"})) == ["P501"] * 3
    many = "".join(f"pay line{number} = {number + 1} * fact{number}\n" for number in range(25))
    known = "".join(f"fact fact{number} count\n" for number in range(25))
    assert codes(f'plan "Many"\nversion 1\ncurrency RUB\n{known}{many}') == ["P779"]


@pytest.mark.parametrize("name", ["commission", "Commission", "процент", " COMMISSION "])
def test_a_line_is_called_by_name_label_or_keyword(name: str) -> None:
    assert [payout.name for payout in asked(PLAN, name).payouts] == ["commission"]


# ── In every form ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("lang", LANGS)
def test_each_form_says_the_same(lang: Lang) -> None:
    found = asked(IVANOV.read_text("utf-8"))
    data = json.loads(inked(found, "json", lang))  # type: ignore[arg-type]  # bytes
    assert [curve["line"] for curve in data["curves"]] == [
        "revenue",
        "avg_deal",
        "conversion",
        "calls",
        "commission",
    ]
    picture, shown = inked(found, "svg", lang), inked(found, "html", lang)
    assert isinstance(picture, bytes)
    assert isinstance(shown, bytes)
    words = {
        element.text for element in ElementTree.fromstring(picture).iter("{http://www.w3.org/2000/svg}text")
    }
    assert {"80%", "100%", "+16 000", "+4 000", "Revenue", "3 000 000"} <= words
    for text in ("16 000 → 20 000", "80%", "+240", "line 15" if lang == "en" else "строка 15"):
        assert text in shown.decode()
    png = inked(found, "png", lang)
    assert isinstance(png, bytes)
    assert png.startswith(b"\x89PNG")
    assert inked(found, "gif", lang) == Fault(
        "P778", facts={"form": "gif", "known": ("json", "svg", "png", "html")}
    )


def test_pieces_are_data() -> None:
    found = asked('plan "T"\nversion 1\ncurrency RUB\nbonus 100\nx weight 100% cutoff 70% target 7\n')
    curve = first(found, "en")
    assert curve["measure"] == {"attainment": True, "kind": "percent", "fact": "x", "target": "7"}
    assert curve["pieces"][1] == {
        "from": "0.7",
        "from_included": True,
        "to": None,
        "to_included": False,
        "pays_from": "70",
        "pays_to": None,
        "grows_by": "100",
    }


def test_numbers_without_an_end_are_fractions() -> None:
    assert [exactly(Fraction(*pair)) for pair in ((1, 3), (-7, 8), (5, 1))] == ["1/3", "-0.875", "5"]


def test_a_result_is_drawn_in_its_own_unit() -> None:
    plan = """plan "P"
version 1
currency RUB
fact sold money
result index "Index" percent = min(sold / 200; 120%)
result shown_on date = 2025-07-01
"""
    (payout,) = asked(plan, "index").payouts
    assert (payout.kind, payout.worth, payout.fact) == ("result", "percent", "sold")
    (curve,) = document(asked(plan, "Index"), "en").curves
    assert (curve.worth, [(piece.start, piece.pays_to) for piece in curve.pieces]) == (
        "percent",
        [("0", "1.2"), ("240", None)],
    )
    assert curve.said[:2] == ("up to 240: 0% → 120% +0.5% for each 1", "above 240: 120%")
    assert "pay" not in " ".join(curve.said)
