"""The regulation on bonuses (положение о премировании): one version of a plan as a document to be signed."""

from .regulation import Regulation, regulation

__all__ = ["Regulation", "regulation"]
