"""A repository of plans as hostile as a repository may hold: it is what the hostile requests ask."""

from __future__ import annotations

from pathlib import Path

from tests.support.places import EXAMPLES, IVANOV
from tests.support.repository import BROKEN, Repo

from .plans import PLANS, labelled
from .words import ANY, SHOWN

NO_LABEL = {*'"\n\r\0\x1b\ufffe\ud800'}  # what a plan refuses in a label
MESSAGE = "a" * 10_000  # what a regular expression over messages is matched against


def kept(directory: Path) -> Repo:
    """The repository, in a directory that is empty."""
    repo = Repo(directory)
    good = {path.name: path.read_text("utf-8") for path in IVANOV.parent.glob("*.plan")}
    repo.commit({**good, "gone.plan": BROKEN}, message=MESSAGE)
    repo.commit({**good, "gone.plan": None, **hostile()}, message=MESSAGE)
    repo.tag("v1", str(repo.git.head.target))
    return repo


def hostile() -> dict[str, str]:
    """Plans that pay, whose words and tables are hostile; and some that do not."""
    grades = (EXAMPLES / "grades" / "grades.plan").read_text("utf-8")
    return {
        "grades.plan": grades,
        "words.plan": worded(),
        "title.plan": labelled("T" * 199),
        "broken.plan": PLANS["200 misspelt lines"](),
        "marked.plan": labelled("a" + "\u0301" * 29),
        "nul.plan": "\0" * 100,
        "outside.plan": 'plan "x"\nversion 1\ncurrency RUB\ninclude "../../../../etc/passwd"\nsalary 1\n',
    }


def worded() -> str:
    """A plan whose lines have hostile labels, as far as a label may be of them."""
    heads, lines = [], []
    for number, (name, word) in enumerate([*ANY.items(), *SHOWN.items()]):
        if word.strip() and len(word) <= 100 and "marks" not in name and not {*word} & NO_LABEL:
            heads.append(f'fact f{number} "{word}" number')
            lines.append(f'commission c{number} "{word} {number}" = f{number} * 1 RUB')
    return "\n".join(['plan "Words"', "version 1", "currency RUB", *heads, *lines, ""])
