"""The regulation on bonuses (положение о премировании): one version of a plan as a document to be signed."""

from .model import Regulation
from .regulation import regulation

__all__ = ["Regulation", "regulation"]
