"""The regulation as a page of HTML that needs nothing but itself, made to be printed."""

from __future__ import annotations

from engine.regulation import Regulation

from ..pages import template


def html(document: Regulation) -> str:
    """The page; every text of the author is escaped."""
    return template(__package__).render(document=document)
