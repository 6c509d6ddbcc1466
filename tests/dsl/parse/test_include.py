"""Plans that include files: one meaning with the plan in one file, and each place in its own file."""

from __future__ import annotations

from dataclasses import replace

from api import receipts
from dsl.check import check, flat
from dsl.diff import diff
from dsl.faults import document, draw
from dsl.parse import Parsed, parse
from dsl.record import plain
from dsl.source import Library, Source
from engine.compile import Compiled, compile_plan
from engine.facts import Person

PLAN = """\
plan "Sales"
version 1
currency RUB
include "rates.plan"

bonus 50 000
calls weight 100% cutoff floor_of_calls target 1 000
commission rate * revenue
"""
RATES = """\
definitions "Rates"
include "deeper/more.plan"
fact revenue "Revenue" money
fact nobody_reads_this money
rate = 2%
total cap most
"""
MORE = """\
определения "Ещё"
floor_of_calls = 80%
most = 200 000
подключить "../rates.plan"
"""
WHOLE = """\
plan "Sales"
version 1
currency RUB
floor_of_calls = 80%
most = 200 000
fact revenue "Revenue" money
rate = 2%
total cap most

bonus 50 000
calls weight 100% cutoff floor_of_calls target 1 000
commission rate * revenue
"""
FILES = {"rates.plan": RATES, "deeper/more.plan": MORE.partition("подключить")[0]}


def files(**others: str) -> Library:
    """The files beside the plan, some of them with another text."""
    texts = {**FILES, **{f"{name}.plan": text for name, text in others.items()}}
    return lambda path: Source(path, texts[path])


def plan(text: str = PLAN, **others: str) -> Parsed:
    """A plan with the files beside it."""
    return parse(Source("sales.plan", text, files(**others)))


def compiled(parsed: Parsed) -> Compiled:
    """The plan, which has no mistakes."""
    found = compile_plan(check(parsed))
    assert isinstance(found, Compiled), [draw(fault, parsed.source, "en") for fault in found]
    return found


def test_the_digest_is_that_of_the_plan_in_one_file() -> None:
    """Whatever language the files are in, and without what the plan does not use."""
    one, other = compiled(plan()), compiled(parse(Source("sales.plan", WHOLE)))
    assert one.kernel.digest == other.kernel.digest
    assert one.checked.inputs.keys() == other.checked.inputs.keys() == {"calls", "revenue"}
    assert compiled(flat(plan())).kernel.digest == one.kernel.digest


def test_a_change_in_an_included_file_is_a_change_of_the_plan() -> None:
    """And to move lines into a file is none."""
    assert not diff(parse(Source("sales.plan", WHOLE)), plan()).items
    dearer = plan(rates=RATES.replace("2%", "3%"))
    assert [item.key for item in diff(plan(), dearer).items] == [("figure", "rate")]
    assert not diff(plan(), plan(rates=RATES.replace("nobody_reads_this", "nor_this"))).items


def test_places_are_in_their_own_file() -> None:
    """Also after letters that are written in two pieces, and in the second file of two."""
    found = check(
        plan(rates=RATES.replace("2%", "2 и\u0306"), **{"deeper/more": "определения «и\u0306»\nx = +\n"})
    )
    places = []
    for fault in found.faults:
        place = document(fault, found.source, "en").place
        assert place is not None
        places.append((place.file, place.line, place.column))
    assert {("rates.plan", 5), ("deeper/more.plan", 2)} <= {(file, line) for file, line, _ in places}


def test_a_misspelt_name_of_an_included_file_is_found() -> None:
    """Though what is not used is no part of the plan."""
    found = check(plan(PLAN.replace("floor_of_calls", "floor_of_cals")))
    assert [(fault.code, fault.fix) for fault in found.faults] == [("P205", "floor_of_calls")]


def test_a_circle_is_told_and_ends() -> None:
    """However deep it is."""
    found = check(plan(**{"deeper/more": MORE}))
    assert [fault.code for fault in found.faults] == ["P157"]


def test_definitions_alone() -> None:
    """What can be seen of them is checked; what others would bring is not missed; they pay nobody."""
    alone = parse(Source("rates.plan", 'definitions "x"\nrate = base + 2%\nwrong = 2% + 5 RUB\nversion 1\n'))
    found = check(alone)
    assert [fault.code for fault in found.faults] == ["P301", "P159"]
    sound = check(parse(Source("rates.plan", 'definitions "x"\nrate = base + 2%\n')))
    assert sound.faults == ()
    assert [fault.code for fault in compile_plan(sound)] == ["P449"]  # type: ignore[union-attr]  # it never compiles


def test_a_text_without_files_beside_it_is_still_written() -> None:
    """To format or translate a plan nobody needs what it includes."""
    alone = parse(replace(plan().source, beside=None, included=()))
    assert [fault.code for fault in alone.faults] == ["P153"]
    assert not alone.lacking


def test_a_receipt_holds_the_plan_in_one_file() -> None:
    """It is computed again without the files."""
    paying = compiled(plan())
    person = Person("17", "2025-07", {"calls": "900", "revenue": "1000"}, {})
    issued = receipts.issued(paying, "sales", "en", [person])
    verdict = receipts.checked(plain(issued))
    assert verdict.same, verdict.faults
