"""The checker that understands money: exact reasoning over the kernel.

The syntax tree is read only for how a thing is written: a number of doubtful size, a guard to be pasted.
"""

from .analyse import Analysis, analyse
from .edges import Beside, Edge, edges
from .growth import Exposure
from .payout import Payout, payouts

__all__ = [
    "Analysis",
    "Beside",
    "Edge",
    "Exposure",
    "Payout",
    "analyse",
    "edges",
    "payouts",
]
