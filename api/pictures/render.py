"""Pictures as SVG and PNG, drawn by matplotlib: the same bytes for the same picture."""

from __future__ import annotations

import re
import warnings
from dataclasses import fields, is_dataclass, replace
from html import escape
from importlib.util import find_spec
from io import BytesIO
from threading import Lock
from typing import Any, TypeVar

from dsl.faults import Fault
from engine.paper import bare
from engine.picture import Picture

T = TypeVar("T")

DPI = 150  # of a PNG
LIBRARY = "matplotlib"
EXTRA = "pictures"  # with which the libraries that draw are installed
LONGEST = 200  # letters of a label; to lay out a text takes time that grows faster than it
# matplotlib keeps its settings for the whole process, so that one picture is drawn at a time.
ONE = Lock()
STYLE: Any = {
    "svg.fonttype": "none",  # words stay words: they can be read aloud, searched and copied
    "svg.hashsalt": "premia",
    "text.parse_math": False,  # a dollar in an author's label is a dollar
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial"],
    "font.size": 10,
    "axes.unicode_minus": True,
    "hatch.linewidth": 0.6,
}
NUMBERED = re.compile(
    r' id="(?:figure|axes|patch|line2d|text|legend|xtick|ytick|PolyCollection|PathCollection|LineCollection'
    r'|matplotlib\.axis)_[0-9]+"'
)


def png(picture: Picture) -> bytes | Fault:
    """A picture as PNG; a fault where matplotlib is missing."""
    return missing(LIBRARY) or _drawn(picture, "png")


def svg(picture: Picture) -> str | Fault:
    """A picture as SVG that says in words what it shows; a fault where matplotlib is missing."""
    if fault := missing(LIBRARY):
        return fault
    # What stands before the root says nothing that a reader of SVG does not know.
    _, opening, body = _drawn(picture, "svg").decode().partition("<svg ")
    start, _, rest = body.partition(">")
    title, about = bare(picture.title), bare(picture.about)
    words = f"<title>{escape(title)}</title>\n <desc>{escape(about)}</desc>"
    label = escape(f"{title}. {about}", quote=True)
    # Several pictures of one page must not have one id twice.
    return f'{opening}role="img" aria-label="{label}" {start}>\n {words}{NUMBERED.sub("", rest)}'


def _drawn(picture: Picture, form: str) -> bytes:
    from matplotlib import rc_context  # noqa: PLC0415  # an extra, and slow to import

    from .figure import figure  # noqa: PLC0415

    file = BytesIO()
    nothing = {"Date": None, "Creator": None} if form == "svg" else {"Software": None}
    with ONE, rc_context(STYLE), warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of letters that no font has: they are drawn as boxes
        figure(fitting(picture)).savefig(file, format=form, dpi=DPI, metadata=nothing)
    return file.getvalue()


def fitting(part: T) -> T:
    """A picture, or a part of one, with each of its texts bare, and cut to what can be read in a picture.

    `about` is never drawn: it says in words what is shown, whole.
    """
    found: Any = part
    if isinstance(found, str):
        found = bare(found)
        found = found if len(found) <= LONGEST else f"{found[: LONGEST - 1]}…"
    elif isinstance(found, tuple):
        found = tuple(map(fitting, found))
    elif is_dataclass(found) and not isinstance(found, type):
        names = [field.name for field in fields(found) if field.name != "about"]
        found = replace(found, **{name: fitting(getattr(found, name)) for name in names})
    return found  # type: ignore[no-any-return]  # of the same class, whatever that is


def missing(library: str) -> Fault | None:
    """The fault of a library that is not installed."""
    if find_spec(library) is not None:
        return None
    return Fault("P770", facts={"library": library, "extra": EXTRA})
