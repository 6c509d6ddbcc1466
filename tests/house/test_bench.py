"""The benchmark compares like with like and prints what it measured; no time is held against anything."""

from __future__ import annotations

import json

import pytest
from starlette.testclient import TestClient

from bench import answers, diffs, evaluation, growth, reading, records, start
from bench.peers import LINES, answer_decimal, pay_int
from bench.people import Month, people, person, reference, texts
from bench.rounds import Effort
from bench.service import guide
from bench.service.report import body
from bench.table import HEADS, Report, Row, document, drawn
from dsl.check import check
from dsl.parse import parse
from dsl.source import Source

LEAST = Effort(rounds=1, people=2, checked=4, requests=4, starts=1, quick=True)
IVANOV = Month(330_000_000, 14_250_000, 210, 950, 3_000)
PAY = (6_000_000, 2_640_000, 950_000, 1_260_000, 950_000, 180_000, 11_980_000)

WAYS = evaluation.candidates(reference())


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_every_candidate_pays_the_same(way: evaluation.Candidate) -> None:
    assert way.pay(IVANOV) == PAY
    truth = WAYS[-1]
    months = people(300, seed=7)
    assert [way.pay(month) for month in months] == [truth.pay(month) for month in months]


def test_people_stand_on_and_beside_every_bound() -> None:
    revenues = {month.revenue for month in people(2_000)}
    for bound in (240_000_000, 300_000_000):
        assert {bound - 1, bound, bound + 1} <= revenues


def test_the_hand_written_service_pays_the_same() -> None:
    client = TestClient(guide.app, headers={"Content-Type": "application/json"})
    for month in [IVANOV, *people(20, seed=8)]:
        answer = client.post("/evaluate", content=body(month)).json()
        amounts = [line["amount"] for line in answer["lines"]]
        assert [line["name"] for line in answer["lines"]] == list(LINES)
        assert [round(100 * float(amount)) for amount in [*amounts, answer["total"]]] == list(pay_int(month))


def test_our_answer_and_the_one_by_hand_total_the_same() -> None:
    for month in people(20, seed=9):
        ours = json.loads(answers.answer(reference(), person(month)))
        theirs = answer_decimal("E-0001", "2025-07", texts(month))
        assert ours["total"] == theirs["total"]


def test_the_bare_parser_reads_the_plan() -> None:
    text = growth.short(200)
    assert text.count("\n") == 200
    assert len(reading.bare().parse(text).children) > 100


@pytest.mark.parametrize("series", growth.SERIES, ids=lambda series: series.item)
def test_a_plan_that_grows_has_no_faults(series: growth.Series) -> None:
    shorter, longer = series.plan(100), series.plan(200)
    assert longer.count("\n") - shorter.count("\n") >= 100
    for text in (longer, series.plan(series.lengths[-1])):
        assert not check(parse(Source("long.plan", text))).broken


@pytest.mark.parametrize(
    "topic",
    [
        evaluation.report,
        answers.report,
        reading.report,
        growth.report,
        diffs.report,
        records.report,
        start.report,
    ],
    ids=["evaluation", "answers", "reading", "growth", "diffs", "records", "start"],
)
def test_a_topic_becomes_a_table_and_data(topic: object) -> None:
    assert callable(topic)
    report: Report = topic(LEAST)
    assert report.rows
    page = drawn([report])
    assert page.splitlines()[0].split() == list(HEADS)
    for row in report.rows:
        assert row.work in page
    assert json.loads(json.dumps(document([report])))["rows"][0]["topic"] == report.topic


def test_a_target_is_met_from_its_side() -> None:
    assert Row("t", "w", "", "p", "", 2.0, "as fast", 2.0).met is True
    assert Row("t", "w", "", "p", "", 1.9, "as fast", 2.0).met is False
    assert Row("t", "w", "", "p", "", 6.1, "its time", 6.0).met is False
    assert Row("t", "w", "", "p", "", 6.1, "its time").met is None
