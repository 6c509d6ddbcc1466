"""Pictures: what is drawn as exact records, and the ways to draw it: SVG, PNG, a terminal, a page of HTML."""

from .page import Section, Table, page
from .picture import (
    Axis,
    Bar,
    Bars,
    Bin,
    Chart,
    Dot,
    Histogram,
    Line,
    Mark,
    Picture,
    Sheet,
    Spot,
    Step,
    Stroke,
    Waterfall,
)
from .render import png, svg
from .terminal import text

__all__ = [
    "Axis",
    "Bar",
    "Bars",
    "Bin",
    "Chart",
    "Dot",
    "Histogram",
    "Line",
    "Mark",
    "Picture",
    "Section",
    "Sheet",
    "Spot",
    "Step",
    "Stroke",
    "Table",
    "Waterfall",
    "page",
    "png",
    "svg",
    "text",
]
