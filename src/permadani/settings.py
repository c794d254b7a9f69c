"""Where things lie on this computer, and the few settings a person may change in ``config.toml``.

``PERMADANI_HOME`` puts everything under one folder (used by tests and by people who carry it on a stick).
"""

from __future__ import annotations

import os
import re
import secrets
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from permadani.errors import PermadaniError
from permadani.language import N_

WINDOW_DAYS = 14
"""H: an answer within this many days counts as prompt; later ones are shown apart."""
LOCK_SECONDS = 10.0
BLUESKY_APPVIEW = "https://public.api.bsky.app"
BLUESKY_DIRECTORY = "https://plc.directory"
_LABEL = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_HOST = re.compile(rf"(?=.{{1,260}}\Z){_LABEL}(?:\.{_LABEL})*(?::[0-9]{{1,5}})?")
MEMORY_MB = 160
"""What DuckDB may hold in memory; it spills to disk beyond."""
NETWORK_MEMORY_MB = 600
"""The same where a whole network is read at once."""


def _folder(kind: str) -> Path:
    if home := os.environ.get("PERMADANI_HOME"):
        return Path(home)
    from platformdirs import user_config_path, user_data_path

    return (user_config_path if kind == "config" else user_data_path)("permadani")


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``config.toml``; every key is optional."""

    store: str | None = None
    language: Literal["en", "id"] | None = None
    memory_mb: Annotated[int, msgspec.Meta(ge=100)] = MEMORY_MB
    lock_seconds: Annotated[float, msgspec.Meta(ge=0)] = LOCK_SECONDS
    contact: str | None = None
    bluesky_appview: str = BLUESKY_APPVIEW
    bluesky_directory: str = BLUESKY_DIRECTORY


@dataclass(frozen=True, slots=True)
class Settings:
    store: Path
    language: str
    memory_mb: int
    lock_seconds: float
    contact: str | None
    """What servers are told of who reads them: an address or a page; None: that it is not set."""
    bluesky_appview: str
    bluesky_directory: str


class Secret:
    """A password or token. It shows itself to nobody who prints, logs or formats it; ``reveal()`` is for the wire."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return "•••"


def secret_variable(host: str) -> str | None:
    """Where the environment may hold the secret for a host: ``PERMADANI_SECRET_``, the host in capitals, ``_`` for a
    dot, ``__`` for a hyphen, ``___`` for the colon before a port (``my-blog.example:8443`` is MY__BLOG_EXAMPLE___8443).
    No two hosts have one name: a label neither begins nor ends with a hyphen, so that hyphens make an even number of
    ``_``. None for what is no such host, as an address of IPv6."""
    plain = _in_ascii(host)
    if plain is None or not _HOST.fullmatch(plain):
        return None
    return "PERMADANI_SECRET_" + plain.upper().replace("-", "__").replace(":", "___").replace(".", "_")


def _in_ascii(host: str) -> str | None:
    """A host as it is looked up: an international name in the form that goes out (``xn--…``), never by its capitals,
    which of ``ı`` would make a plain I."""
    if host.isascii():
        return host.lower()
    if re.search(r"[\s/?#@\\%\[\]]", host):
        return None
    import httpx

    try:
        return httpx.URL(f"https://{host}").netloc.decode("ascii")
    except (httpx.InvalidURL, ValueError):
        return None


def secret_for(host: str) -> Secret | None:
    """What the user gave for one host, and for no other: the environment's ``secret_variable``, else the keyring's
    password of service ``permadani`` and that host as the user name (where the package keyring is installed and can be
    opened)."""
    variable, plain = secret_variable(host), _in_ascii(host)
    if variable is not None and (value := os.environ.get(variable)):
        return Secret(value)
    if plain is None:
        return None
    try:
        import keyring

        found = keyring.get_password("permadani", plain)
    except Exception:  # not installed, or no keyring on this computer, each backend with errors of its own
        return None
    return Secret(found) if found else None


@cache
def settings() -> Settings:
    """What ``config.toml`` says, completed; the environment's PERMADANI_LOCK_SECONDS goes before it."""
    path = _folder("config") / "config.toml"
    config = Config()
    if path.exists():
        try:
            config = msgspec.toml.decode(path.read_bytes(), type=Config)
        except (tomllib.TOMLDecodeError, msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise PermadaniError(
                N_("the settings in {path} cannot be read: {detail}"),
                hint=N_("docs/settings.md lists the keys that may stand there."),
                path=path,
                detail=error,
            ) from None
    return Settings(
        store=Path(config.store).expanduser() if config.store else _folder("data") / "permadani.duckdb",
        language=config.language or system_language(),
        memory_mb=config.memory_mb,
        lock_seconds=float(os.environ.get("PERMADANI_LOCK_SECONDS", config.lock_seconds)),
        contact=config.contact,
        bluesky_appview=os.environ.get("PERMADANI_BLUESKY_APPVIEW", config.bluesky_appview).rstrip("/"),
        bluesky_directory=os.environ.get("PERMADANI_BLUESKY_DIRECTORY", config.bluesky_directory).rstrip("/"),
    )


def system_language() -> str:
    """``id`` where the environment asks for Indonesian, else ``en``."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "id" if value.startswith("id") else "en"
    return "en"


def forget_key() -> bytes:
    """The secret that marks forgotten accounts. It lies outside the store, so that the store alone names nobody."""
    path = _folder("config") / "forget.key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(secrets.token_bytes(32))
    return path.read_bytes()
