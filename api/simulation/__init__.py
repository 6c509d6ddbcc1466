"""What a plan would cost: people paid and counted, and the answer in all its forms."""

from .simulated import FORMS, Unpaid, answer, simulated

__all__ = ["FORMS", "Unpaid", "answer", "simulated"]
