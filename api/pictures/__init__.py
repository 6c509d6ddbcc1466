"""Ways to draw a picture: SVG, PNG, in a terminal."""

from .render import png, svg
from .terminal import text

__all__ = ["png", "svg", "text"]
