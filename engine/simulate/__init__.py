"""What if: what a plan would cost a whole history of people, and what its budget hangs on."""

from .document import document
from .paper import paper, picture
from .simulate import Simulation, simulation

__all__ = ["Simulation", "document", "paper", "picture", "simulation"]
