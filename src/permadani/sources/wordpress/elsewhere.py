"""Services that keep the comments of a site, found on the page of an article."""

from __future__ import annotations

from permadani.errors import AddressRefused, BadAnswer, BadStatus, RateLimited, Unreachable
from permadani.sources.http import Client
from permadani.sources.site.services import services
from permadani.sources.site.webpage import LARGEST, read


def services_at(url: str, client: Client) -> list[str]:
    """Their names; none where the page cannot be read. Raises BudgetSpent."""
    try:
        answer = client.get(url, accept="text/html", limit=LARGEST)
    except (AddressRefused, BadAnswer, BadStatus, RateLimited, Unreachable):
        return []
    return services(read(answer.text(), answer.url))
