"""Pictures: what is drawn as exact records, and the ways to draw it: SVG, PNG, a terminal, a page of HTML."""

from .page import Passage, Tabular, page
from .picture import (
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
from .render import png, svg
from .terminal import text

__all__ = [
    "Axis",
    "Bar",
    "Bars",
    "Bucket",
    "Chart",
    "Dot",
    "Histogram",
    "Note",
    "Passage",
    "Picture",
    "Polyline",
    "Rule",
    "Sheet",
    "Stair",
    "Stroke",
    "Tabular",
    "Waterfall",
    "page",
    "png",
    "svg",
    "text",
]
