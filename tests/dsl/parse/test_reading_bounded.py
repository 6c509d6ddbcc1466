"""Any text is read in bounded work: at most twice what a clean plan of its length takes, and then repairs."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from importlib import import_module
from itertools import count

import pytest

from dsl import fault
from dsl.check import Checked, check
from dsl.diff import diff
from dsl.faults import Fault, document, draw, has_errors, told, wording
from dsl.parse import file, parse
from dsl.parse.grammar import grammar
from dsl.parse.limits import TEXT, Work
from dsl.parse.mistakes.case import Broken, opened
from dsl.place import Place
from dsl.source import Source
from engine.compile import compile_plan
from tests.support.work import apart, counted

PARSE = import_module("dsl.parse.parse")  # `dsl.parse` names the function of that name
CHECK = import_module("dsl.check.check")
LENGTH = 2_500  # characters of the shorter of two texts of one shape
FEW = 10  # lines that do not parse, and faults that are told, while what grows with a text is measured
HEAD = 'plan "x"\nversion 1\ncurrency RUB\n'
FACT = f"{HEAD}fact x number\n"
BONUS = f"{HEAD}bonus 50 000\n"
RUSSIAN = 'схема "x"\nверсия 1\nвалюта RUB\n'

Shape = Callable[[int], str]


def letters(number: int) -> str:
    """A number in letters, so that names differ by more than their digits."""
    return "".join(chr(97 + int(digit)) for digit in f"{number:05}")


def shape(part: str | Callable[[int], str], head: str = FACT, tail: str = "") -> Shape:
    """Texts of a length made of one part again and again."""

    def text(length: int) -> str:
        parts, left = [head], length - len(head) - len(tail)
        for number in count():
            one = part if isinstance(part, str) else part(number)
            left -= len(one)
            if left < 0:
                return "".join([*parts, tail])
            parts.append(one)
        raise AssertionError

    return text


CLEAN = shape(lambda n: f"a{n} = x * {n}\ncommission c{n} = a{n} * 1 RUB\n")
FORMULA = f"{FACT}commission 1 RUB * "
GIVEN = f'{FACT}commission x * 1 RUB\nexample "a"\n'
PROSE = "the quick brown fox jumps over the lazy dog"

SHAPES: dict[str, Shape] = {
    "one word": shape("a"),
    "one Russian word": shape("ы", RUSSIAN),
    "one word of two alphabets": shape("аa"),
    "words of two alphabets": shape("аa "),
    "names of two alphabets": shape(lambda n: f"fact вырyчка{n} number\n"),
    "one number": shape("1"),
    "numbers": shape("1 "),
    "groups of digits": shape("123 ", FORMULA),
    "points": shape("."),
    "digits and points": shape("1."),
    "digits and commas": shape("1,"),
    "dates": shape("2025-01-01 "),
    "dates with points": shape("01.02.2025 "),
    "dates with strokes": shape("01/02/2025\n"),
    "brackets that open": shape("("),
    "brackets that close": shape(")"),
    "brackets": shape("()"),
    "quotation marks": shape('"'),
    "texts that go on": shape('"\n'),
    "texts and half texts": shape('"a "b\n'),
    "comments": shape("#\n"),
    "comments and words": shape("# a\nb\n"),
    "blank lines": shape("\n"),
    "lines of blanks": shape("   \n"),
    "tabs": shape("a\t"),
    "ends of CRLF": shape(lambda n: f"commission c{n} = x * {n} RUB\r\n"),
    "ends of CR": shape(lambda n: f"commission c{n} = x * {n} RUB\r"),
    "ends of U+2028": shape(lambda n: f"commission c{n} = x * {n} RUB\u2028"),
    "misspelt clauses": shape(lambda n: f"k{n} wieght 1% target 3 000\n", BONUS),
    "misspelt Russian clauses": shape(lambda n: f"к{n} вус 1% палн 3 000\n", f"{RUSSIAN}премия 50 000\n"),
    "misspelt lines": shape(lambda n: f"comission c{n} = x * {n} RUB\n"),
    "clauses without words": shape("a = 1 2\n"),
    "signs that mean nothing": shape("@"),
    "lines of nothing": shape("@\n"),
    "faces": shape("😀"),
    "zero bytes": shape("\0"),
    "control characters": shape("\x01a"),
    "surrogates": shape("\ud800"),
    "marks of direction": shape("\u202e\u05d0"),
    "blanks of no width": shape("a\u200b"),
    "blanks of no width in lines": shape("commission c = x\u200b * 1 RUB\n"),
    "prose": shape(f"{PROSE}. "),
    "lines of prose": shape(f"{PROSE}.\n"),
    "YAML": shape(lambda n: f"- name: person {n}\n  facts:\n    revenue: 1000.5\n"),
    "JSON": shape(lambda n: f'{{"name": "p{n}", "facts": {{"revenue": 1000.5, "list": [1,2,3]}}}},'),
    "lines of JSON": shape(lambda n: f'{{"name": "p{n}", "facts": {{"revenue": 1000.5}}}}\n'),
    "a pasted table": shape(lambda n: f"{n}\tIvanov Ivan\t12,5\t2025-01-01\n"),
    "a table of Markdown": shape(lambda n: f"| {n} | Ivanov | 12.5% | 2025-01-01 |\n"),
    "signs between names": shape("x + ", FORMULA),
    "signs that end lines": shape("x +\n", FORMULA),
    "clause words": shape("weight cap target above "),
    "sections": shape(lambda n: f"section s{n} weight 10%\n", BONUS),
    "half sections": shape("section "),
    "includes": shape(lambda n: f'include "a{n}.plan"\n', HEAD),
    "choices of a fact": shape(lambda n: f"a{n}; ", f"{FACT}fact y one of (", ")\n"),
    "facts of choices": shape(lambda n: f"fact y{n} one of (a; b; c)\n"),
    "rows of steps": shape(lambda n: f"up to {n + 1}: {n} RUB\n", f"{FACT}commission c = steps by x\n"),
    "rows of bands": shape(lambda n: f"up to {n + 1}: {n}%\n", f"{FACT}commission c = bands by x\n"),
    "rows of a matrix": shape(
        lambda n: f"up to {n + 1}: {n}%; {n}%\n",
        f"{FACT}fact y number\nc = matrix by x and y\ncolumns up to 100; above 100\n",
    ),
    "facts of an example": shape(lambda n: f"n{n} 1; ", f"{GIVEN}given ", "x 1\n"),
    "rows of an example": shape(lambda n: f"given n{n} 1\n", GIVEN),
    "examples": shape(lambda n: f'example "a{n}"\ngiven x {n}\npays total {n}\n', GIVEN),
    "choices in a row": shape(lambda n: f"{n} if x > {n} otherwise ", FORMULA, "0\n"),
    "choices in brackets": shape(lambda n: f"({n} if x > {n} otherwise ", FORMULA, "0\n"),
    "figures by choice": shape(lambda n: f"c{n} = {n} if x > {n} otherwise 0\n"),
    "denials": shape("not ", f"{FACT}commission 1 RUB if "),
    "minus signs": shape("-", FORMULA),
    "a long label": shape("л", f'{FACT}commission c "', '" = x * 1 RUB\n'),
    "labels with marks": shape(lambda n: f'commission c{n} "«a» \u201eb\u201c" = x * 1 RUB\n'),
    "unknown names": shape(lambda n: f"commission c{n} = {letters(n)}revenue * 1 RUB\n"),
    "names that are nearly one": shape(lambda n: f"fact revenue_of_{letters(n)} number\n", HEAD),
    "uses that are nearly one": shape(
        lambda n: f"commission c{n} = revenue_of_{letters(n)} * 1 RUB\n", f"{HEAD}fact revenue_of_a number\n"
    ),
    "letters in two parts": shape(lambda n: f"fact выручкаи\u0306{n} число\n", RUSSIAN),
    "accelerators": shape(
        lambda n: f"k{n} weight 1% target 10 {' '.join(f'accel x above {b}%' for b in range(70))}\n", BONUS
    ),
    "broken accelerators": shape(
        lambda n: f"k{n} weight 1% target 10 {' '.join(f'accel x above {b}%' for b in range(70))} wieght\n",
        BONUS,
    ),
    "one fact again and again": shape("fact y number\n"),
    "one line again and again": shape("commission c = x * 1 RUB\n"),
    "answers to advice": shape('allow cliff because "x"\n'),
    "words about a line": shape('about c "x"\n'),
    "a circle of figures": shape(lambda n: f"a{n} = a{n + 1} + 1\n"),
    "sums of unlike kinds": shape(lambda n: f"commission c{n} = x + 5 RUB\n"),
}  # fmt: skip


def answered(text: str) -> Checked:
    """The way of a text to its faults, drawn and as data."""
    parsed = parse(Source("any.plan", text))
    checked = check(parsed)
    for one in checked.faults:
        draw(one, parsed.source, "en")
        document(one, parsed.source, "ru")
    return checked


def grown(texts: Shape, length: int = LENGTH) -> int:
    """The calls that a text takes more when it is twice as long: without what any mistakes may take."""
    calls = []
    for size in (length, 2 * length):
        text = texts(size)
        with counted() as work:
            answered(text)
        calls.append(work.calls)
    return calls[1] - calls[0]


@cache
def usual() -> int:
    """What a clean plan takes more."""
    return grown(CLEAN)


def test_rows_in_another_order_are_told_apart_in_bounded_work() -> None:
    """Each row of a table is found among those of the other plan without a look at all of them."""
    calls = []
    head = f"{FACT}commission c = steps by x\n"
    for number in (10, 200, 400):  # the first for what is worked out once
        rows = "".join(f"up to {index + 1}: {index} RUB\n" for index in range(number))
        turned = "".join(f"up to {number - index}: {index + 5} RUB\n" for index in range(number))
        old, new = (parse(Source("any.plan", f"{head}{one}")) for one in (rows, turned))
        with counted() as work:
            assert len(diff(old, new).items) == 1
        calls.append(work.calls)
    assert calls[2] <= 2.1 * calls[1]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds that short texts reach as well."""
    monkeypatch.setattr(file, "BROKEN", FEW)
    monkeypatch.setattr(fault, "MOST", FEW)
    monkeypatch.setattr(PARSE, "Work", partial(Work, 0))
    monkeypatch.setattr(CHECK, "Work", partial(Work, 0))
    answered(CLEAN(1_000))  # what is worked out once
    answered(SHAPES["lines of prose"](1_000))
    answered(SHAPES["misspelt Russian clauses"](1_000))


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("name", SHAPES)
def test_a_text_costs_at_most_twice_what_a_clean_one_does(name: str) -> None:
    """Beyond what is spent on the mistakes that are told, whatever their number."""
    assert grown(SHAPES[name]) <= 2 * usual()


STEPS = 8_000  # for repairs, where a test reaches the bound


@pytest.fixture
def little(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bound on the work for repairs that a page of prose reaches."""
    monkeypatch.setattr(PARSE, "Work", partial(Work, STEPS))


@pytest.mark.usefixtures("little")
def test_repairs_are_tried_while_there_is_work_left_for_them() -> None:
    """The first mistakes have repairs, the others none, and a fault says from where on and for how many."""
    text = SHAPES["lines of prose"](1_000)
    with counted() as work:
        faults = parse(Source("prose.plan", text)).faults
    assert work.calls < 200 * STEPS
    (notice,) = (one for one in faults if one.code == "P160")
    assert notice.place is not None
    broken = [one for one in faults if one.code not in {"P124", "P160"}]
    bare = [one for one in broken if one.place is not None and one.place >= notice.place]
    assert str(len(bare)) == notice.facts["count"]
    assert not any(one.fix for one in bare[1:])
    assert all(one.fix for one in broken if one not in bare)
    assert parse(Source("prose.plan", text)).faults == faults


@pytest.mark.usefixtures("little")
def test_what_is_included_has_no_repairs_of_its_own() -> None:
    """Mistakes in four files are mended with the work for one."""
    mistakes = SHAPES["lines of prose"](1_000)
    texts = {f"{name}.plan": Source(f"{name}.plan", f'definitions "x"\n{mistakes}') for name in "abcd"}
    include = "".join(f'include "{path}"\n' for path in texts)
    with counted() as work:
        parsed = parse(Source("x.plan", f"{HEAD}{include}", beside=texts.__getitem__))
    assert work.calls < 300 * STEPS
    assert [one.code for one in parsed.faults].count("P160") == 4


def test_a_few_mistakes_have_their_repairs() -> None:
    """The bound is far from what a person mistypes."""
    text = shape(lambda n: f"k{n} wieght 1% target 3 000\n", BONUS)(1_000)
    (found,) = parse(Source("slips.plan", text)).faults  # the same slip in line after line is told once
    assert text.count("wieght") > 20
    assert found.place is not None
    assert found.fix is not None
    mended = f"{text[: found.place.start]}{found.fix}{text[found.place.end :]}"
    assert mended == text.replace("wieght", "weight")


@pytest.mark.parametrize("part", ["a b ", "a” "])
def test_a_text_that_nothing_closes_is_ended_at_few_places(part: str) -> None:
    """Of a long one no repair is read that is as long."""
    text = f'{FACT}commission c "{part * 1_500} = x\n'
    parse(Source("unclosed.plan", text))  # what is worked out once
    with counted() as work:
        faults = parse(Source("unclosed.plan", text)).faults
    assert [one.code for one in faults] == ["P110"]
    assert work.calls < 40_000


def test_a_number_that_nobody_writes_is_not_looked_at() -> None:
    """Of digits without end nobody tells what they mean; to try it takes the square of their number."""
    for groups, offered in ((26, True), (27, False)):
        (found,) = parse(Source("digits.plan", f"{FACT}commission x * 1{' 00' * groups} RUB\n")).faults
        assert (found.code, found.fix is not None) == ("P105", offered)


def case_of(line: str, work: Work) -> Broken:
    """A line that does not parse, as those who look for repairs see it."""
    rules = grammar("en")
    return opened([*rules.lex(line)], (), line, rules, work)


def test_no_place_is_kept_where_no_repair_is_looked_for() -> None:
    """Each is a copy of what was read before it."""
    line = "revenue weight weight 5%"
    assert len(case_of(line, Work()).states) > 1
    assert case_of(line, Work(0)).states == {}


def test_the_gravest_of_many_faults_are_told() -> None:
    """Errors before warnings, in the order of the text, and how many there are besides."""
    many = [Fault("P228", "warning", Place(at, at + 1), facts={"name": "x"}) for at in range(300)]
    late = Fault("P200", place=Place(900, 901))
    shown = told([*many, late])
    assert len(shown) == fault.MOST + 1
    assert shown[-2] == late
    assert shown[:-2] == tuple(many[: fault.MOST - 1])
    assert shown[-1] == Fault("P161", "error", facts={"count": "101", "most": str(fault.MOST)})
    assert has_errors(shown)
    again = told([*shown, *many[:2]])
    assert again[-1].facts["count"] == "103"
    assert told(many[: fault.MOST]) == tuple(many[: fault.MOST])
    assert told(many)[-1].severity == "warning"


def test_a_plan_of_many_mistakes_is_told_as_far_as_anybody_reads() -> None:
    """By the parser and by the check, each of which tells what it found."""
    mixed = " ".join(f"{letter}\u0430" for letter in "bcdef")  # each with a letter of the other alphabet
    unlike = "".join(f"commission c{n} = x + {n} RUB\n" for n in range(fault.MOST + 50))
    parsed = parse(Source("mixed.plan", HEAD + f"{mixed}\n" * 45))
    checked = check(parse(Source("unlike.plan", FACT + unlike)))
    endless = HEAD + "".join(f"fact f{n} number default (1 / 3)\n" for n in range(fault.MOST + 50))
    endless += "commission f0 * 1 RUB\n"
    uncompiled = compile_plan(check(parse(Source("endless.plan", endless))))
    assert isinstance(uncompiled, tuple)
    for faults in (parsed.faults, checked.faults, uncompiled):
        assert len(faults) == fault.MOST + 1
        assert faults[-1].code == "P161"


def test_a_report_is_cut_around_its_place() -> None:
    """What is drawn, and what is said as data, does not grow with the line or with the words in it."""
    source = Source("x.plan", "x" * 100_000 + "y" + "\u0301" * 20 + "z" * 100_000)
    found = Fault("P228", "warning", Place(100_000, 200_000), facts={"name": "n" * 100_000})
    draw(Fault("P228", facts={"name": "n"}), None, "en")  # the words of all faults are read once
    with counted() as work:
        drawn = draw(found, source, "en")
    assert work.calls < 20_000
    assert len(drawn) < 2_000
    assert "…" + "x" * 30 + "y" in drawn
    assert len(str(document(found, source, "en"))) < 4_000
    assert len(wording(found, "ru").text) < 2_000


def test_what_libraries_in_c_do_is_bounded() -> None:
    """Patterns that read long texts neither keep each step nor try each beginning."""
    apart(f"{__name__}:whole", sorted(LONG), seconds=60, megabytes=400)


LONG: dict[str, str] = {
    "a word": "a" * TEXT,
    "a word with digits": "a1" * (TEXT // 2),
    "digits in groups": "commission " + "123 " * (TEXT // 4 - 3),
    "digits and marks": "1,1." * (TEXT // 4),
    "blanks that nothing closes": 'plan "' + " " * (TEXT - 8) + "x",
    "blanks after a keyword": "at" + " " * (TEXT - 3) + "x",
    "a list of digits": f"{GIVEN}given x " + "00 " * 19_000 + ",5\n",
    "comments in a clause": FORMULA + "(x\n" + "# a\n" * 20_000 + ")\n",
}


def whole(names: list[str]) -> None:
    """Read long texts; meant for a process of its own."""
    for name in names:
        for fault_ in answered(LONG[name]).faults:
            assert fault_.code
