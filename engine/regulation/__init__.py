"""The regulation on bonuses (положение о премировании): one version of a plan as a document to be signed."""

from .model import Block, Items, Listing, Paragraph, Regulation, Section, Table
from .regulation import regulation

__all__ = ["Block", "Items", "Listing", "Paragraph", "Regulation", "Section", "Table", "regulation"]
