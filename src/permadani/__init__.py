"""Permadani: whom does an account answer, how sure is that, and what cannot be known."""

__version__ = "0.1.0"
