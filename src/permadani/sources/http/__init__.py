"""The one polite HTTP client of all live sources."""

from __future__ import annotations

from permadani.sources.http.answer import Answer, Known
from permadani.sources.http.client import MAX_BODY, MAX_REQUESTS, Client

__all__ = ["MAX_BODY", "MAX_REQUESTS", "Answer", "Client", "Known"]
