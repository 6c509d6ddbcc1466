"""The kernel: what a plan means, in a dozen operations and in no human language.

Every reader of a plan's meaning (evaluation, trace, statement, analysis) reads this and never the syntax
tree. Each operation is pure and total but for division, and makes sense for one person or for a column of
people. Numbers are exact rationals; a date is its ordinal day, yes and no are 1 and 0.
"""

from .form import *
from .inputs import *
from .made import *
from .operations import *
from .plan import *
from .steps import *
from .within import *
