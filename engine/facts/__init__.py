"""What people send about a person, held against what a plan needs: taken as written, or told why not."""

from .facts import Facts, Person, Presumption, moved_to, read_facts

__all__ = ["Facts", "Person", "Presumption", "moved_to", "read_facts"]
