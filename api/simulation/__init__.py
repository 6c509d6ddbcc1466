"""What a plan would cost: the answer of a simulation as tables, text, CSV, XLSX, pictures and a page."""

from .forms import FORMS, written
from .simulated import Unpaid, simulated
from .tables import text

__all__ = ["FORMS", "Unpaid", "simulated", "text", "written"]
