"""One request as it is wanted, and what becomes of it on a redirect."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import httpx

from permadani import __version__
from permadani.errors import AddressRefused, BadAnswer
from permadani.language import N_
from permadani.settings import Secret, settings
from permadani.sources.http.answer import Known
from permadani.sources.http.guard import MOST_LETTERS, checked, is_loopback
from permadani.sources.http.words import Secrets, quoted

REDIRECTS = (301, 302, 303, 307, 308)
Params = Mapping[str, str | int | list[str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """``secret``: goes into a header; ``secrets``: all that must not be shown, those in the content included.
    ``target``: a file that takes the body; ``seconds``: for one try, everything included."""

    method: str
    url: httpx.URL
    headers: Mapping[str, str]
    limit: int
    seconds: float
    content: bytes | None = None
    secret: Secret | None = None
    secrets: Secrets = ()
    known: Known | None = None
    target: Path | None = None

    @property
    def host(self) -> str:
        """With its port, where it is not the usual one."""
        return self.url.netloc.decode("ascii")

    def sent(self) -> dict[bytes, bytes]:
        """Its headers."""
        headers = {b"accept-encoding": b"gzip", b"user-agent": user_agent().encode("ascii")}
        headers |= {name.encode("ascii"): value.encode("ascii") for name, value in self.headers.items()}
        for name, value in (
            (b"if-none-match", self.known and self.known.etag),
            (b"if-modified-since", self.known and self.known.last_modified),
        ):
            # it was theirs, and lay in a store since: sent back only if it can do no harm in a header
            if value and len(value) <= 512 and value.isprintable() and value == value.strip():
                headers[name] = value.encode("utf-8")
        if self.secret is not None:
            headers[b"authorization"] = _authorization(self.secret, self.host)
        return headers


def user_agent() -> str:
    """Who is asking. The project has no address of its own that could be named; the user's stands in config.toml."""
    contact = " ".join("".join(c if c.isascii() and c.isprintable() else "?" for c in settings().contact or "").split())
    about = f"+{contact[:200]}" if contact else "audits whom an account answers; contact not set"
    return f"permadani/{__version__} ({about})"


def _authorization(secret: Secret, host: str) -> bytes:
    value = secret.reveal().strip()
    if ":" in value:
        return b"Basic " + base64.b64encode(value.encode())
    if not value.isascii() or not value.isprintable() or " " in value:  # httpcore would quote it in its error
        raise AddressRefused(
            N_("the token for {host} has characters that no token has"),
            hint=N_("A name and password are written as name:password."),
            host=host,
        )
    return f"Bearer {value}".encode("ascii")


def with_params(url: httpx.URL, params: Params | None) -> httpx.URL:
    if not params:
        return url
    url = url.copy_merge_params(dict(params))
    if len(str(url)) > MOST_LETTERS:
        raise AddressRefused(N_("the address is too long: {address}"), address=quoted(str(url)))
    return url


def keep_secret(wanted: Wanted, allow_local: bool) -> None:
    """Raises AddressRefused where a secret would travel in the open."""
    sent = wanted.secret is not None or (wanted.content is not None and wanted.secrets)
    if not sent or wanted.url.scheme == "https" or (allow_local and is_loopback(wanted.url.raw_host.decode("ascii"))):
        return
    raise AddressRefused(
        N_("a password or token is not sent to {host} without encryption"),
        hint=N_("Write the address with https://."),
        host=wanted.host,
    )


def redirected(wanted: Wanted, location: str | None) -> Wanted:
    """The same request at another address. Raises BadAnswer, AddressRefused."""
    if not location:
        raise BadAnswer(N_("{host} sent us on without saying where"), host=wanted.host)
    try:
        joined = str(wanted.url.join(location))
    except (httpx.InvalidURL, ValueError):
        joined = location
    url = checked(joined)
    if wanted.url.scheme == "https" and url.scheme != "https":
        raise AddressRefused(N_("{host} sent us on to an address without encryption"), host=wanted.host)
    same = _origin(url) == _origin(wanted.url)
    return replace(wanted, url=url, secret=wanted.secret if same else None)


def _origin(url: httpx.URL) -> tuple[bytes, bytes, int | None]:
    return url.raw_scheme, url.raw_host, url.port  # not url.host: reading an international name back can fail
