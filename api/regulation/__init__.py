"""The regulation on bonuses, as it may be signed."""

from .made import gaps, made, written

__all__ = ["gaps", "made", "written"]
