"""The syntax tree: what a plan file says, line by line, in no human language.

Two texts that differ only in spacing, comments, order of clauses or language give equal trees: places and
comments stand outside equality.
"""

from .clauses import *
from .examples import *
from .expressions import *
from .lines import *
from .parts import *
