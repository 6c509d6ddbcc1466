"""Pictures: each way to draw one says what the records say, always the same, and nothing of it is a float."""

from __future__ import annotations

import re
import struct
from fractions import Fraction
from xml.etree import ElementTree

import pytest

from api.paper.page import html
from api.pictures import png, render, scale, svg, text
from dsl.faults import Fault, draw
from dsl.words import LANGS, Lang
from engine.paper import Paper, Paragraph, Section, Table
from engine.picture import (
    Axis,
    Bar,
    Bars,
    Bucket,
    Chart,
    Dot,
    Histogram,
    Note,
    Picture,
    Polyline,
    Rule,
    Sheet,
    Stair,
    Stroke,
    Waterfall,
)
from tests.support.work import counted

ZERO = Fraction(0)
CUT, FULL = Fraction(4, 5), Fraction(1)


def chart(lang: Lang) -> Chart:
    return Chart(
        "Выручка <A & B> $x_1$",
        "Below 80% nothing.",
        lang,
        Axis("выполнение", "percent", ZERO),
        Axis("начислено, RUB", "money", ZERO),
        (
            Polyline(
                "все",
                (
                    Stroke(ZERO, ZERO, CUT, ZERO),
                    Stroke(CUT, Fraction(16_000), FULL, Fraction(20_000)),
                    Stroke(FULL, Fraction(24_000), Fraction(3, 2), Fraction(36_000)),
                ),
                (Dot(CUT, ZERO, closed=False), Dot(CUT, Fraction(16_000))),
            ),
            Polyline("other", (Stroke(ZERO, ZERO, Fraction(3, 2), Fraction(30_000)),)),
        ),
        (Rule("x", CUT), Rule("x", FULL)),
        (Note(CUT, Fraction(16_000), "+16 000"), Note(FULL, Fraction(20_000), "Иванов", strong=True)),
    )


def waterfall(lang: Lang) -> Waterfall:
    steps = (
        Stair("June", Fraction("100000.5"), total=True),
        Stair("plan", Fraction(-4_000)),
        Stair("calls", Fraction("2500.25")),
        Stair("July", Fraction("98500.75"), total=True),
    )
    return Waterfall("Why", "From June to July.", lang, Axis("RUB", "money"), steps)


def bars(lang: Lang) -> Bars:
    several = (Bar("выручка", (Fraction(26_400), Fraction(20_000))), Bar("звонки", (Fraction(9_500), ZERO)))
    return Bars("Share", "Of each.", lang, Axis("RUB", "money"), several, ("old", "new"))


def histogram(lang: Lang) -> Histogram:
    bins = tuple(
        Bucket(Fraction(low), Fraction(low + 10), count) for low, count in ((0, 3), (10, 0), (20, 5))
    )
    return Histogram("How many", "Of people.", lang, Axis("pay", "money"), Axis("people", "count"), bins)


def sheet(lang: Lang) -> Sheet:
    return Sheet("All", "All of them.", lang, (chart(lang), waterfall(lang), bars(lang), histogram(lang)))


MAKERS = pytest.mark.parametrize("make", [chart, waterfall, bars, histogram, sheet])
LANGUAGES = pytest.mark.parametrize("lang", LANGS)


def words(picture: str) -> list[str]:
    """The words of an SVG."""
    root = ElementTree.fromstring(picture)
    return [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")]


def drawn(picture: Picture) -> str:
    found = svg(picture)
    assert isinstance(found, str)
    return found


@MAKERS
@LANGUAGES
def test_an_svg_says_what_it_shows(make: type[Picture], lang: Lang) -> None:
    """It is XML, begins with its root, and has its title and description for whoever cannot see it."""
    picture = make(lang)  # type: ignore[call-arg]  # a maker of one
    found = drawn(picture)
    root = ElementTree.fromstring(found)
    assert found.startswith("<svg ")
    assert root.get("role") == "img"
    assert picture.title in (root.get("aria-label") or "")
    assert root.findtext("{http://www.w3.org/2000/svg}title") == picture.title
    assert root.findtext("{http://www.w3.org/2000/svg}desc") == picture.about
    assert picture.title in words(found)
    assert found == drawn(picture)
    ids = re.findall(r' id="([^"]+)"', found)
    assert len(ids) == len({*ids})


def test_numbers_are_written_in_the_language_of_the_reader() -> None:
    assert {"80%", "100%", "+16 000", "Иванов", "выполнение", "все", "20 000"} <= {*words(drawn(chart("ru")))}
    assert {"100 000,50", "+2 500,25", "−4 000"} <= {*words(drawn(waterfall("ru")))}
    assert {"100 000.50", "+2 500.25", "−4 000"} <= {*words(drawn(waterfall("en")))}


@MAKERS
def test_a_png_has_its_size(make: type[Picture]) -> None:
    found = png(make("ru"))  # type: ignore[call-arg]  # a maker of one
    assert isinstance(found, bytes)
    assert found.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", found[16:24])
    assert width == 1200
    assert 300 < height < 3000


@pytest.mark.parametrize("width", [10, 60, 90, 500])
def test_a_text_fits_the_terminal(width: int) -> None:
    """No escape codes, no row that is wider, and the labels."""
    picture = chart("ru")
    found = text(picture, width)
    assert isinstance(found, str)
    assert "\x1b" not in found
    assert max(map(len, found.splitlines())) <= max(40, min(width, 120))
    assert picture.title in found


def test_a_jump_is_seen_in_a_text() -> None:
    found = text(chart("ru"), 90)
    assert isinstance(found, str)
    assert "○" in found
    assert "●" in found
    assert "◆ Иванов" in found
    assert "80%" in found


def test_a_waterfall_adds_up() -> None:
    with pytest.raises(ValueError, match="July"):
        Waterfall("", "", "en", Axis("", "money"), (Stair("June", FULL, True), Stair("July", ZERO, True)))


def test_ticks_are_exact_and_apart() -> None:
    """A third is no tick, a bound always is one, and no two are so near that their labels would meet."""
    found = scale.scale(Axis("", "percent"), [ZERO, Fraction(3, 2)], "en", 8, wanted=[CUT, Fraction(1, 3)])
    assert found.labels == ("0%", "20%", "≈ 33.33%", "60%", "80%", "100%", "120%", "140%")
    assert {CUT, Fraction(1, 3)} <= {*found.ticks}
    counts = scale.scale(Axis("", "count"), [ZERO, Fraction(2)], "ru", 8)
    assert counts.labels == ("0", "1", "2")
    assert scale.scale(Axis("", "money"), [], "en", 5).labels[0] == "0"


def test_a_page_is_whole() -> None:
    """It holds its pictures, its tables and nothing from elsewhere, and escapes what is not ours."""
    table = Table(("x", "y"), (("<bold>", "1"),), (1,))
    several = (
        Section("", "One", (Paragraph("said & done"), table)),
        chart("ru"),
        waterfall("ru"),
    )
    found = html(Paper("ru", "A <page>", several))
    assert isinstance(found, str)
    assert found.count("<svg ") == 2
    assert '<html lang="ru">' in found
    for escaped in (
        "A &lt;page&gt;",
        "said &amp; done",
        "<td>&lt;bold&gt;</td>",
        '<td class="number">1</td>',
    ):
        assert escaped in found
    links = re.findall(r"""(?:src|href)=["'](?!#)([^"']*)""", found)
    assert links == []
    assert "<script" not in found


def test_a_missing_library_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """It names the library and the extra to install, whatever is to be drawn."""
    monkeypatch.setattr(render, "find_spec", lambda _: None)
    several = [
        (svg(chart("ru")), "matplotlib"),
        (png(chart("ru")), "matplotlib"),
        (text(chart("ru"), 80), "plotext"),
        (html(Paper("ru", "", (chart("ru"),))), "matplotlib"),
    ]
    for found, library in several:
        assert found == Fault("P770", facts={"library": library, "extra": "pictures"})
        for lang in LANGS:
            report = draw(found, None, lang)
            assert "premia[pictures]" in report
            assert library in report


def stepped(count: int) -> Chart:
    """A curve of so many steps, each with a bound, and with words beside each jump."""
    strokes = tuple(
        Stroke(Fraction(at), Fraction(at * 7 % 11), Fraction(at + 1), Fraction(at * 7 % 11))
        for at in range(count)
    )
    spots = tuple(Note(stroke.x, stroke.y, f"+{stroke.y} 000.00") for stroke in strokes)
    marks = tuple(Rule("x", stroke.x) for stroke in strokes)
    return Chart(
        "Steps", "", "en", Axis("x", "count"), Axis("y", "money"), (Polyline("a", strokes),), marks, spots
    )


def test_twice_as_many_steps_are_twice_the_work_of_a_picture() -> None:
    """Though each word is held against all that is drawn."""
    drawn(stepped(2))  # what the library keeps
    works = []
    for count in (40, 80):
        with counted() as work:
            drawn(stepped(count))
        works.append(work.calls)
    assert works[1] < 2.2 * works[0]
