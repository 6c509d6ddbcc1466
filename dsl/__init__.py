"""The plan language: text to a checked plan, and back to text."""
