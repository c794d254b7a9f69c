"""The one polite HTTP client of all live sources."""

from __future__ import annotations

from permadani.sources.http.client import Answer, Client, Known

__all__ = ["Answer", "Client", "Known"]
