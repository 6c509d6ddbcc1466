"""Numbers of another size than their place lets expect, told with what is likely meant until answered."""

from __future__ import annotations

from pathlib import Path

import pytest

from dsl.faults import Fault, message
from dsl.source import Source
from dsl.words import LANGS, Lang
from engine.analyse import analyse
from engine.compile import Compiled, read_plan
from tests.support.cli import premia
from tests.support.service import served

HEAD = 'plan "Sales"\nversion 1\ncurrency RUB\n'
DOUBTS = {"P481", "P482", "P483", "P484", "P485", "P486", "P488", "P489", "P490", "P491", "P492", "P493"}
SOLD = "fact revenue money\nfact calls count\n"
BANDS = SOLD + "commission on revenue, each band at its own rate\n  up to 1 000 000: "
STEPS = SOLD + "worth = steps by revenue\n  up to 1 000 000: "
KPI = "bonus 50 000\nrevenue weight 100% target 3 000 000 "
TWO = "bonus 50 000\nrevenue weight 60% target 3 000 000\ncalls weight 40% target 100 "
GRADES = "fact grade one of (low; high)\n"
DAYS = "fact a days\nfact b days\nsalary 60 000 prorated by a of b\n"
EARNED = "salary 60 000\ncommission 1% of revenue\n"
NORM = "fact norm days\nfact worked days\n"
SPENT = 'example "{}"\n  given a {}; b {}\n  pays salary {}\n'


def doubts(text: str) -> list[Fault]:
    """What is doubted in a plan."""
    plan = read_plan(Source("test.plan", HEAD + text))
    assert isinstance(plan, Compiled), [(fault.code, fault.facts) for fault in plan]
    return [fault for fault in analyse(plan).faults if fault.code in DOUBTS]


@pytest.mark.parametrize(
    ("text", "code", "wrong", "fix"),
    [
        (BANDS + "0.5\n  above 3%\n", "P481", "0.5", "0.5%"),
        (BANDS + "0.05\n  above 0\n", "P481", "0.05", "5%"),
        (BANDS + "3\n  above 5%\n", "P481", "3", "3%"),
        (BANDS.replace("1 000 000", "100") + "0.5\n  above 0.7\n", "P481", "0.5", "0.5%"),
        (BANDS.replace("1 000 000", "1 000") + "20\n  above 3%\n", "P481", "20", "20%"),
        (BANDS + "3%\n  above 5\n", "P481", "5", "5%"),
        (
            BANDS.replace("each band at its own rate", "the whole at the rate reached") + "3\n  above 5\n",
            "P481",
            "3",
            "3%",
        ),
        (BANDS.replace(SOLD, "") + "3\n  above 5\n", "P481", "3", "3%"),
        (BANDS + "by grade (low: 3; high: 4)\n  above 5\n" + GRADES, "P481", "3", "3%"),
        (
            STEPS.replace("steps by", "bands by") + "0.5\n  above 0.7\npay extra = worth + 5\n",
            "P481",
            "0.5",
            "0.5%",
        ),
        (SOLD + "commission 3 * revenue\n", "P482", "3", "3%"),
        (SOLD + "commission (revenue above 1 000) * 2.5 if calls > 3 otherwise 0\n", "P482", "2.5", "2.5%"),
        (SOLD + "rate = 7\ncommission rate * revenue\n", "P482", "7", "7%"),
        (STEPS + "3\n  above 5\ncommission worth * revenue\n", "P482", "3", "3%"),
        (KPI + "cutoff 850%\n", "P483", "850%", "85%"),
        (KPI + "cutoff 110%\n", "P483", "110%", "100%"),
        (KPI + "cutoff by grade (low: 80%; high: 900%)\n" + GRADES, "P483", "900%", "90%"),
        (KPI + "cap 6 000 RUB\n", "P484", "6 000 RUB", "60 000 RUB"),
        (TWO + "cap 19 999.99 RUB\n", "P484", "19 999.99 RUB", "20 000 RUB"),
        (KPI.replace("50 000", "50 000 cap 5 000"), "P484", "5 000", "50 000"),
        (KPI + "\nvariable pay cap 49 999\n", "P484", "49 999", "50 000"),
        ("salary 60 000\n" + KPI + "\ntotal cap 100 000\n", "P484", "100 000", "110 000"),
        ("commission 2% of 1 000 000 cap 5 000\n", "P484", "5 000", "50 000"),
        (
            KPI.replace("50 000", "by grade (low: 50 000; high: 90 000) cap 60 000") + "\n" + GRADES,
            "P484",
            "60 000",
            "90 000",
        ),
        (KPI + "multiplied by 10%\n", "P485", "10%", "110%"),
        (KPI + "multiplied by 0.2\n", "P485", "0.2", "1.2"),
        (DAYS + SPENT.format("May", "22 days", "11 days", "120 000"), "P486", "a of b", "b of a"),
        (DAYS.replace("fact a", 'fact a "Norm of days"'), "P486", "a of b", "b of a"),
        (BANDS + "0.04\n  above 5%\n", "P481", "0.04", "4%"),
        (
            "commission on calls, each band at its own rate\n  up to 9: 4 RUB\n  above 5 RUB per unit\n",
            "P488",
            "4 RUB",
            "4 RUB per unit",
        ),
        ("law RF\nfact owed money\nreduction by_order = -owed\n" + EARNED, "P489", "-owed", "owed"),
        (
            "law RF\nfact owed money\nreduction by_order = 0 - 2 * owed\n" + EARNED,
            "P489",
            "0 - 2 * owed",
            "2 * owed",
        ),
        (
            NORM + "salary 1 800 * worked / norm prorated by worked of norm\n",
            "P490",
            "1 800 * worked / norm",
            "1 800",
        ),
        (
            NORM + "salary worked / norm * 1 800 prorated by worked of norm\n",
            "P490",
            "worked / norm * 1 800",
            "1 800",
        ),
        (
            NORM
            + "bonus 9\nsold weight 100% target (100 * worked / norm) target prorated by worked of norm\n",
            "P490",
            "(100 * worked / norm)",
            "100",
        ),
        (NORM + "salary 1 800 prorated by worked of worked\n", "P491", "worked of worked", "worked of norm"),
        (
            NORM + "fact norm_hours number\nsalary 1 prorated by worked of norm_hours\n"
            "pay x = 1 RUB * norm_hours\n",
            "P492",
            "worked of norm_hours",
            "worked of norm",
        ),
        ("law RF\nfact owed money\nreduction by_order = owed * -1\n" + EARNED, "P489", "owed * -1", "owed"),
        (BANDS + "1%\n  up to 2 000 000: 20%\n  up to 3 000 000: 3%\n  above 4%\n", "P493", "20%", "2%"),
        (
            f"{KPI}paid by steps\n  below 80%: 0%\n  up to 90%: 800%\n  up to 100%: 100%\n  above 120%\n",
            "P493",
            "800%",
            "80%",
        ),
        (
            NORM + "salary 60 000 * norm / worked\n",
            "P486",
            "60 000 * norm / worked",
            "60 000 * worked / norm",
        ),
        (DAYS.replace("by a", "by days in period"), "P486", "days in period of b", "b of days in period"),
    ],
)
def test_what_is_most_likely_not_meant(text: str, code: str, wrong: str, fix: str) -> None:
    """What is likely meant is doubted no more in its place, nor what is answered."""
    found = doubts(text)
    assert {(fault.code, fault.severity) for fault in found} == {(code, "warning")}
    mended = HEAD + text
    for fault in reversed(found):
        assert fault.place is not None
        mended = (
            f"{mended[: fault.place.start]}{fault.fix or fault.facts['meant']}{mended[fault.place.end :]}"
        )
    assert found[0].place is not None
    stands = (HEAD + text)[found[0].place.start : found[0].place.end]
    assert (stands, found[0].fix) == (wrong, fix)
    if code != "P486" or "example" not in text:
        assert doubts(mended.removeprefix(HEAD)) == []
    answer = str(found[0].facts["allow"]).replace("…", "the customer asked for it")
    assert doubts(f"{text}\n{answer}\n") == []


@pytest.mark.parametrize(
    "text",
    [
        BANDS + "0.5%\n  above 3%\n",
        BANDS + "0\n  above 3%\n",
        BANDS + "5 000\n  above 50 000\n",
        BANDS + "100\n  above 1 000\n",
        BANDS + "500 RUB\n  above 3%\n",
        BANDS.replace("revenue,", "calls,").replace("1 000 000", "50") + "5\n  above 50\n",
        STEPS + "0.8\n  above 1.2\ncommission 2% of revenue * worth\n",
        STEPS + "0.8\n  above 1.2\ncommission worth * revenue\n",
        SOLD + "commission 5 * calls\n",
        SOLD + "commission revenue + 2 * revenue\n",
        KPI + "cutoff 100%\n",
        KPI + "cap 50 000 RUB\n",
        KPI + "cap 50%\n",
        KPI + "cap 10 000 RUB unless calls > 5\nfact calls count\n",
        KPI.replace("50 000", "50 000 cap 50 000"),
        KPI + "cap 10 000 RUB paid by steps\n  up to 100%: 10%\n  above 20%\n",
        "fact wage money\nsalary wage cap 5\n",
        KPI + "multiplied by 110%\n",
        KPI + "multiplied by 50%\n",
        KPI + "multiplied by (10% if calls > 3 otherwise 100%)\nfact calls count\n",
        DAYS,
        DAYS + SPENT.format("May", "11 days", "22 days", "30 000"),
        DAYS.replace("fact a", 'fact a "Norm"') + SPENT.format("May", "11 days", "22 days", "30 000"),
        DAYS
        + SPENT.format("May", "23 days", "22 days", "62 727.27")
        + SPENT.format("June", "11 days", "22 days", "30 000"),
        DAYS.replace("fact a", 'fact a "Planned hours"').replace("fact b", 'fact b "Norm of hours"'),
        DAYS.replace("of b", "of days in period"),
    ],
)
def test_what_is_likely_meant_is_not_doubted(text: str) -> None:
    assert doubts(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "commission on calls, each band at its own rate\n  up to 9: 500 RUB\n  above 5 RUB per unit\n",
        NORM + "salary 1 800 prorated by worked of 22\n",
        NORM + "salary 60 000 prorated by worked of norm\n"
        'example "more"\n  given norm 11 days; worked 22 days\n  pays salary 120 000\n',
        BANDS + "2%\n  up to 2 000 000: 30%\n  above 5%\n",
        BANDS + "1%\n  up to 2 000 000: 9%\n  up to 3 000 000: 3%\n  above 4%\n",
        NORM + "fact half number\nsalary 1 800 * half prorated by worked of norm\n",
    ],
)
def test_what_only_looks_like_a_mistake_is_not_doubted(text: str) -> None:
    assert doubts(text) == []


def test_a_rate_below_one_is_read_both_ways() -> None:
    """`0.05` is 0.05 % without its sign, or a share; beside rates with their sign it is one of them."""
    (alone,) = doubts(BANDS + "0.05\n  above 0\n")
    (beside,) = doubts(BANDS + "0.05\n  above 3%\n")
    assert (alone.facts["meant"], beside.facts["meant"]) == (("5%", "0.05%"), ("5%",))


def test_a_cap_that_always_binds_is_not_said_to_bind_never() -> None:
    plan = read_plan(Source("test.plan", HEAD + "salary 60 000 cap 50 000\n"))
    assert isinstance(plan, Compiled)
    assert [fault.code for fault in analyse(plan).faults] == ["P484"]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("code", sorted({*DOUBTS, "P285", "P480"}))
def test_both_doors_tell_a_doubt(tmp_path: Path, code: str, lang: Lang) -> None:
    """The plan of the page of a code, checked at the command line and over HTTP, in the reader's language."""
    page = message(code, lang)
    for text, told in ((page.wrong, True), (page.right, False)):
        file = tmp_path / "a.plan"
        file.write_text(text, "utf-8")
        said = premia("check", file, lang=lang).output
        answer = served().post("/check", {"source": text, "lang": lang})[1]
        over_http = {fault["code"]: fault for fault in (*answer["faults"], *answer.get("advice", ()))}
        assert (code in said, code in over_http) == (told, told)
        if told:
            assert page.title in said
            assert over_http[code]["title"] == page.title
