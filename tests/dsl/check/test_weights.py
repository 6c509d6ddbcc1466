"""Weights: whatever shares out one amount makes 100 %, and the fault of what does not has the right sum."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl import tree
from dsl.check.weights import SHOWN, weights
from dsl.faults import Fault
from tests.support.chances import examples
from tests.support.checks import BONUS, checked

GRADE = "fact grade one of (junior; senior)\n"
SHARES = st.lists(st.integers(1, 60), min_size=1, max_size=5)


@st.composite
def shares(draw: st.DrawFn, count: int | None = None) -> list[int]:
    """Percentages that make 100 as often as not."""
    found = draw(SHARES if count is None else st.lists(st.integers(1, 60), min_size=count, max_size=count))
    rest = 100 - sum(found[1:])
    return [rest, *found[1:]] if rest > 0 and draw(st.booleans()) else found


def kpis(several: Sequence[object], name: str = "k") -> str:
    """A KPI for each weight."""
    return "".join(f"{name}{at} weight {weight} target 5\n" for at, weight in enumerate(several))


def found(lines: str) -> list[Fault]:
    """What is wrong with the weights of a bonus, as the rule itself says."""
    return [*weights(checked(BONUS + lines).scope)]


def told(lines: str) -> list[tuple[str, object, object]]:
    """Each code, with what is lacking or too much and the sort of people."""
    return [(fault.code, fault.facts["difference"], fault.facts["sort"]) for fault in found(lines)]


def wanted(several: Sequence[int], less: str, more: str, sort: str = "") -> list[tuple[str, str, str]]:
    """What is to be said of weights that share out one amount."""
    off = sum(several) - 100
    return [(less if off < 0 else more, f"{abs(off)}%", sort)] if off else []


@examples(40)
@given(shares())
def test_the_bonus_is_shared_out(several: list[int]) -> None:
    """The sum is told as the author wrote the weights; the fault stands at the last and names the first."""
    lines = kpis([f"{share}%" for share in several])
    assert told(lines) == wanted(several, "P401", "P402")
    source = checked(BONUS + lines).source
    for fault in found(lines):
        parts = " + ".join(f"{share}%" for share in several)
        assert fault.facts["sum"] == (f"{parts} = {sum(several)}%" if len(several) > 1 else parts)
        assert fault.place is not None
        assert source.at(fault.place) == f"weight {several[-1]}%"
        assert (fault.also is None) == (len(several) == 1)
        assert fault.also is None or source.at(fault.also) == f"weight {several[0]}%"


@examples(40)
@given(st.integers(1, 4).flatmap(lambda count: st.tuples(shares(count), shares(count))))
def test_it_is_shared_out_for_each_sort_of_people(both: tuple[list[int], list[int]]) -> None:
    """The first of them for whom it is not is told."""
    by = [f"by grade (junior: {one}%; senior: {other}%)" for one, other in zip(*both, strict=True)]
    junior, senior = (
        wanted(several, "P430", "P431", f"`grade is {grade}`")
        for grade, several in zip(("junior", "senior"), both, strict=True)
    )
    assert told(GRADE + kpis(by)) == (junior or senior)


@examples(40)
@given(shares(), shares())
def test_what_is_for_some_counts_for_them(common: list[int], seniors: list[int]) -> None:
    """A KPI that a junior does not have takes nothing from theirs."""
    lines = GRADE + kpis([f"{share}%" for share in common])
    lines += kpis([f"{share}% for grade is senior" for share in seniors], "s")
    junior = wanted(common, "P430", "P431", "`grade is junior`")
    senior = wanted([*common, *seniors], "P430", "P431", "`grade is senior`")
    assert told(lines) == (junior or senior)


@examples(40)
@given(shares(), shares(), st.integers(1, 60))
def test_a_section_shares_out_its_own(outside: list[int], inside: list[int], weight: int) -> None:
    """The section counts as one in the bonus, and its KPIs in the section; both may be told."""
    lines = kpis([f"{share}%" for share in outside])
    lines += f"section all weight {weight}%\n{kpis([f'{share}%' for share in inside], 's')}"
    whole = wanted([*outside, weight], "P401", "P402")
    less = "P294" if sum(inside) == weight and len(inside) > 1 else "P432"
    assert told(lines) == [*whole, *wanted(inside, less, "P433")]


@examples(40)
@given(st.integers(1, 3).flatmap(lambda count: st.tuples(shares(count), shares(count))))
def test_a_section_shares_it_out_for_each_sort_of_people(both: tuple[list[int], list[int]]) -> None:
    """And says for whom it does not."""
    by = [f"by grade (junior: {one}%; senior: {other}%)" for one, other in zip(*both, strict=True)]
    junior, senior = (
        wanted(several, "P430", "P431", f"`grade is {grade}`")
        for grade, several in zip(("junior", "senior"), both, strict=True)
    )
    lines = f"{GRADE}section all weight 100%\n{kpis(by)}"
    assert told(lines) == (junior or senior)
    assert [fault.facts["section"] for fault in found(lines)] == ["all"] * len(junior or senior)


def test_a_sum_is_told_as_it_is_written() -> None:
    """Each weight as its author wrote it; of one that hangs on the sort, what it comes to."""
    assert found(kpis(["40.00%", "50%"]))[0].facts["sum"] == "40.00% + 50% = 90%"
    by = "by grade (junior: 45.0%; senior: 50%)"
    assert found(GRADE + kpis(["50.0%", by]))[0].facts["sum"] == "50.0% + 45% = 95%"


def test_a_weight_that_is_at_fault_by_itself_is_no_part_of_a_sum() -> None:
    """Neither one of another kind, nor nothing, nor more than the whole, nor one that a fact decides."""
    lines = kpis(["40%", "50%"])
    scope = checked(BONUS + lines).scope
    (weight,) = (clause for clause in scope.kpis["k1"].clauses if isinstance(clause, tree.Weight))
    assert [fault.code for fault in weights(scope)] == ["P401"]
    scope.unsound = {weight.share.place}
    assert [*weights(scope)] == []
    for share in ("0%", "101%", "(1% * x)"):
        assert found(f"fact x number\n{kpis(['40%', share])}") == []


def test_nothing_for_some_is_meant() -> None:
    """It is at fault only where nobody has anything of it."""
    by = "by grade (junior: 0%; senior: {}%)"
    assert told(GRADE + kpis(["100%", by.format(0)])) == []
    assert told(GRADE + kpis(["100%", by.format(20)])) == [("P431", "20%", "`grade is senior`")]


def test_a_long_sum_is_cut_short() -> None:
    """But not what it comes to."""
    most, more = (found(kpis(["1%"] * count))[0].facts["sum"] for count in (SHOWN, SHOWN + 1))
    assert most == " + ".join(["1%"] * SHOWN) + f" = {SHOWN}%"
    assert more == " + ".join(["1%"] * SHOWN) + f" + … = {SHOWN + 1}%"


def test_thirds_are_exact() -> None:
    """They make the whole, though no third can be written out; what is shown of one has an end."""
    thirds = GRADE + kpis(["by grade (junior: 100% / 3; senior: 100%)"] * 2)
    assert told(thirds) == [("P430", "33.333333%", "`grade is junior`")]
    assert told(GRADE + kpis(["by grade (junior: 100% / 3; senior: 100% / 3)"] * 3)) == []


@examples(40)
@given(shares(), st.integers(1, 2))
def test_a_forgotten_weight_is_offered_what_is_left(several: list[int], bare: int) -> None:
    """Where one line alone has none, and the others leave anything; and then no sum is told."""
    lines = kpis([f"{share}%" for share in several])
    faults = found(lines + "".join(f"b{at} target 5\n" for at in range(bare)))
    left = 100 - sum(several)
    fix = f"b0 weight {left}%" if bare == 1 and left > 0 else None
    assert [(fault.code, fault.fix) for fault in faults] == [("P215", fix)] * bare


def test_nothing_is_offered_where_sorts_have_their_own() -> None:
    """What is left is left for whom?"""
    lines = f"{GRADE}k weight 30% for grade is junior target 5\n"
    assert [(fault.code, fault.fix) for fault in found(f"{lines}b target 5\n")] == [("P215", None)]


@pytest.mark.parametrize(
    ("lines", "rest"),
    [
        ("section all weight 30%\nb target 5\n", "b weight 100%"),
        ('k weight 55% target 5\nsection s "S"\nb weight 100% target 5\n', 's "S" weight 45%'),
        ("section s weight 30%\nk weight 20% target 5\nb target 5\n", "b weight 80%"),
    ],
)
def test_what_is_left_is_that_of_the_section_or_of_the_bonus(lines: str, rest: str) -> None:
    assert [(fault.code, fault.fix) for fault in found(lines)] == [("P215", rest)]
