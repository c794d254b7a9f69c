"""The class map in words: one place for the sentences and tables of both the terminal and the page."""

from permadani.reports.parts.class_map.told import Told

__all__ = ["Told"]
