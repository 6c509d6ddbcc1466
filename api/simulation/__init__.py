"""What a plan would cost: people paid and counted, and the answer in all its forms."""

from .simulated import FORMS, answer, simulated

__all__ = ["FORMS", "answer", "simulated"]
