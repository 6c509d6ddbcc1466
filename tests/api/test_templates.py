"""Templates: plans to begin with, as they are and with answers in them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given

from api.templates import Blank, Outline, names, priced, template
from dsl import tree
from dsl.words import LANGS, Lang
from dsl.write import write
from engine import examples as worked
from engine.analyse import analyse
from engine.evaluate import Result, pay
from engine.facts import Person
from tests.support.chances import CHANCE, Chance, examples

NAMES = pytest.mark.parametrize("name", names())
LANGUAGES = pytest.mark.parametrize("lang", LANGS)
# What is told of a plan whose KPIs its author has chosen, and of a target that lies far off.
CHOSEN = {"P460", "P463", "P465", "P471", "P472", "P473", "P474"}


def sound(plan: Outline) -> None:
    """Hold a plan for one that is tidy, has no fault and at least three examples that come out."""
    assert plan.faults == ()
    assert write(plan.checked.parsed.tree) == plan.text
    outcomes = worked.run(plan.compiled)
    assert len(outcomes) >= 3
    assert all(one.passed for one in outcomes)


@LANGUAGES
@NAMES
def test_a_template_is_a_plan_without_a_doubt(name: str, lang: Lang) -> None:
    """No fault, no advice, nothing in it to be answered; and somebody is paid by it."""
    plan = template(name, lang)
    sound(plan)
    assert analyse(plan.compiled).faults == ()
    assert not any(isinstance(line, tree.Allow) for line in plan.statements)
    assert plan.settled().text == plan.text
    person = worked.run(plan.compiled)[0].person
    assert isinstance(pay(plan.compiled, Person("0042", "2025-07", person.facts, person.targets)), Result)


@NAMES
def test_both_languages_have_one_scheme(name: str) -> None:
    """The same lines with the same clauses and numbers of examples; names, words and money are their own."""
    english, russian = (template(name, lang) for lang in LANGS)
    assert shape(english) == shape(russian)
    assert [*english.kpis.values()] == [*russian.kpis.values()]
    assert {template(name, lang).checked.lang for lang in LANGS} == {*LANGS}


def shape(plan: Outline) -> list[tuple[str, ...]]:
    """The lines of a plan by what they are, with what their clauses are."""
    return [
        (type(line).__name__, *(type(clause).__name__ for clause in getattr(line, "clauses", ())))
        for line in plan.statements
    ]


@NAMES
def test_every_choice_of_kpis_is_a_plan(name: str) -> None:
    """What only the others needed is gone, and weights make 100%; blank space stays where lines begin."""
    plan = template(name, "ru")
    kpis = list(plan.kpis)
    for chosen in range(1, 2 ** len(kpis)):
        kept = [kpi for number, kpi in enumerate(kpis) if chosen >> number & 1]
        left = plan.measured_by(kept).settled()
        sound(left)
        assert list(left.kpis) == kept
        assert sum(left.kpis.values()) == 1
        assert left.text.count("\n\n") >= 5


@LANGUAGES
@NAMES
@examples(4)
@given(chance=CHANCE)
def test_sensible_answers_make_a_plan(name: str, lang: Lang, chance: Chance) -> None:
    plan = template(name, lang).titled("Our “plan”").told("We sell lamps to shops.")
    plan = plan.paid_in(chance.choice(["RUB", "EUR", "JPY", "KWD"]))
    kpis = list(plan.kpis)
    if kpis:
        plan = plan.measured_by(chance.sample(kpis, chance.randint(1, len(kpis))))
    for blank in plan.blanks:
        plan = plan.filled(blank, number(plan, blank, chance))
    plan = plan.settled()
    sound(plan)
    assert {fault.code for fault in analyse(plan.compiled).faults} <= CHOSEN


def number(plan: Outline, blank: Blank, chance: Chance) -> Fraction:
    """A number that somebody might answer: of what the template has, from a tenth to ten times."""
    if blank.sort == "commission":
        return Fraction(chance.randint(0, 100), 1000)
    target = blank.sort == "target"
    kind = plan.checked.kinds[blank.name] if target else "money"
    if kind == "percent":
        return Fraction(chance.randint(500, 1000), 1000)
    if kind == "number":
        return Fraction(chance.randint(30, 50), 10)
    size = int(blank.value.value)
    return Fraction(chance.randint(max(1, size // 10), size * 10))


def test_who_is_on_target_stays_there() -> None:
    """The facts of an example move with the target; others are tidy, and within the bounds of their fact."""
    plan = template("support", "en")
    targets = {blank.name: blank for blank in plan.blanks if blank.sort == "target"}
    moved = plan.filled(targets["csat"], Fraction("4.9")).filled(targets["solved"], Fraction(1234))
    given = [
        {
            entry.name.text: entry.value.value
            for entry in line.entries
            if isinstance(entry.value, tree.Numeral)
        }
        for line in moved.settled().statements
        if isinstance(line, tree.Example)
    ]
    assert [one["csat"] for one in given] == [Fraction("4.9"), 5, Fraction("4.4")]
    assert [one["solved"] for one in given] == [1234, 1320, 1480]


@NAMES
def test_amounts_are_those_of_the_currency(name: str) -> None:
    """In the currency of the other language the amounts are its template's; of a third one none are known."""
    english, russian = (template(name, lang) for lang in LANGS)
    for one, other in ((english, russian), (russian, english)):
        priced_so = priced(name, one, other.currency)
        assert priced_so is not None
        sound(priced_so)
        assert [blank.value for blank in priced_so.blanks] == [blank.value for blank in other.blanks]
    assert priced(name, english, "USD") is None


@LANGUAGES
@NAMES
def test_each_line_of_pay_can_be_refused(name: str, lang: Lang) -> None:
    """What only that line needed goes with it, in the examples too."""
    plan = template(name, lang)
    for blank in plan.blanks:
        if blank.sort in {"salary", "price", "commission"}:
            left = plan.refused(blank).settled()
            sound(left)
            assert len(left.blanks) == len(plan.blanks) - 1
            assert analyse(left.compiled).faults == ()


def test_weights_that_do_not_add_up_are_a_fault() -> None:
    plan = template("hunters", "en")
    weights = [Fraction(one, 100) for one in (40, 30, 20, 20)]
    assert [fault.code for fault in plan.weighed(weights).faults] == ["P402"]
    assert plan.weighed([Fraction(1, 4)] * 4).faults == ()


def test_a_target_that_nobody_can_reach_is_a_fault() -> None:
    plan = template("shop-floor", "en")
    blank = next(one for one in plan.blanks if one.name == "manners")
    assert plan.filled(blank, Fraction(11, 10)).faults
