"""WordPress: the export file of a site (``export``), and a site that is read live (``live``)."""

from __future__ import annotations

from permadani.sources.wordpress.export import WordPress

__all__ = ["WordPress"]
