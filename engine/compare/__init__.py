"""Two answers, or two plans, held against each other: what differs, and how much of it each change makes."""

from .attribution import attribute

__all__ = ["attribute"]
