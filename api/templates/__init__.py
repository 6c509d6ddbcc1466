"""Plans to begin with: templates of the usual schemes, and what becomes of one as questions are answered."""

from .outline import Blank, Outline, Sort
from .template import names, priced, template

__all__ = ["Blank", "Outline", "Sort", "names", "priced", "template"]
