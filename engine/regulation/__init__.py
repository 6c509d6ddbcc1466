"""The regulation on bonuses (положение о премировании): one version of a plan as a document to be signed."""

from .model import Block, Document, Items, Listing, Paragraph, Section, Table, plain
from .regulation import regulation

__all__ = ["Block", "Document", "Items", "Listing", "Paragraph", "Section", "Table", "plain", "regulation"]
