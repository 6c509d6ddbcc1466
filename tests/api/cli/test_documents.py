"""Statements as documents: the same words and amounts as on the screen, in every form."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest

from dsl.words import LANGS, Lang
from tests.support.cli import data, premia, written

PLAN = """plan "Records"
version 1
currency RUB
group team "Team"
group open "Those who see" , shares open
table deals "Deals"
  deal     id
  seller   employee
  paid_on  date, counts
  amount   money
made = count of deals
commission on amount of deals in order of paid_on, each band at its own rate
  up to 100 000: 3%
  above          5%
pay pooled "From the fund" = share of 100 000 by 1 within team
pay seen "From the open fund" = share of 100 by 1 within open
result deals_made "Deals made" = 1 * made
""".replace('see" ,', 'see",')
PEOPLE = "employee;period;team;open\na;2025-07;N;X\nb;2025-07;N;X\nc;2025-07;N;Y\n"
DEALS = "deal,seller,paid_on,amount\n" + "".join(f"D{at},a,2025-07-{at:02},{at}0000\n" for at in range(1, 14))
RECORDS = {"en": "Deals, by record", "ru": "Deals, по записям"}


def made(folder: Path, suffix: str, lang: Lang, *more: str) -> Path:
    plan, facts = written(folder, "a.plan", PLAN), written(folder, "p.csv", PEOPLE)
    deals, out = written(folder, "deals.csv", DEALS), folder / f"out.{suffix}"
    done = premia(
        "evaluate", plan, "--facts", facts, "--table", f"deals={deals}", "--out", out, *more, lang=lang
    )
    assert done.exit_code == 0, done.output
    return out


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("suffix", ["html", "md", "docx"])
def test_a_document_has_everybody_with_records_and_shares(suffix: str, lang: Lang, tmp_path: Path) -> None:
    """The ten that weigh most and the others together, who sees the shares, and how a fund was divided."""
    out = made(tmp_path, suffix, lang)
    text = out.read_bytes().decode() if suffix != "docx" else shown(out)
    mark = "," if lang == "ru" else "."
    assert RECORDS[lang] in text
    for word in ("D13", f"6 500{mark}00", "2025-07-13", f"33 333{mark}34", "Deals made"):
        assert word in text.replace("\u00a0", " "), word
    assert "D2<" not in text
    assert "D2 |" not in text
    assert {"en": "3 others", "ru": "прочие, 3"}[lang] in text.replace("\u00a0", " ")
    assert "\nD2\n" in shown(made(tmp_path, "docx", lang, "--detail"))


def shown(out: Path) -> str:
    """All texts of a file of a word processor."""
    file = docx.Document(BytesIO(out.read_bytes()))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in file.paragraphs), *cells])


def test_nobody_is_shown_what_others_of_a_closed_group_have(tmp_path: Path) -> None:
    """In the statement of `c`, who is alone in the open group, stands nobody else."""
    text = made(tmp_path, "md", "en").read_text("utf-8")
    *_, last = text.split("### Employee ")
    assert last.startswith("c, 2025-07")
    assert "| a |" not in last
    assert "| b |" not in last
    first = text.split("### Employee ")[1]
    assert "| b | 1 | 50.00 |" in first
    assert "| c |" not in first


@pytest.mark.parametrize("lang", LANGS)
def test_a_workbook_adds_up(lang: Lang, tmp_path: Path) -> None:
    """Records of a line make its amount, and the sheets are those of the answers as data."""
    book = openpyxl.load_workbook(made(tmp_path, "xlsx", lang))
    pay, rows, results, records, shares = ([*sheet.iter_rows(min_row=2, values_only=True)] for sheet in book)
    lines = {(row[0], row[2]): row[3] for row in pay}
    label = {"en": "Commission", "ru": "Процент с продаж"}[lang]
    assert sum(float(str(row[6])) for row in records) == lines["a", label]
    assert sum(float(str(row[6])) for row in rows) == lines["a", label]
    assert [row[5] for row in pay] == [None] * len(pay), "no line has a cap"
    assert len(records) == 11
    assert [row[4:7] for row in shares if row[0] == "a"] == [("a", "1", 50), ("b", "1", 50)]
    assert [row[3] for row in results] == ["13", "0", "0"]
    plan, facts = tmp_path / "a.plan", tmp_path / "p.csv"
    found = data("evaluate", plan, "--facts", facts, "--table", f"deals={tmp_path / 'deals.csv'}", lang=lang)
    told = [one["label"] for said in found["results"] for one in said["lines"]]
    assert [row[2] for row in pay] == told
