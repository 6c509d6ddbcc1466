"""Plans to begin with: templates of the usual schemes, and what becomes of one as questions are answered."""

from .outline import Blank, Outline
from .template import names, template

__all__ = ["Blank", "Outline", "names", "template"]
