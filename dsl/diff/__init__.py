"""What differs between two plans in meaning, by names and clauses; and the plans that lie between them."""

from .diff import Change, Difference, Item, diff
from .mix import Unit, mixed, units
from .things import DeclaredPart, Thing

__all__ = ["Change", "DeclaredPart", "Difference", "Item", "Thing", "Unit", "diff", "mixed", "units"]
