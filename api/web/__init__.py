"""HTTP: the service over a shelf of plans."""

from .app import create_app

__all__ = ["create_app"]
