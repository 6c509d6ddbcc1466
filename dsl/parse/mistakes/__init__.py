"""What is wrong in a line that does not parse, and the repair that makes it parse.

A repair is never guessed: each candidate is put into the line and read again, and only one that makes the
line parse, or brings the reader further where the line holds more than one mistake, is offered.
"""

from .case import Mended
from .line import mended

__all__ = ["Mended", "mended"]
