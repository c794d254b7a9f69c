"""The ids of a WordPress site's people and messages, the same in its export, its API and its feeds."""

from __future__ import annotations

from permadani.vocabulary import account, message_id, named_actor

CHANNEL = "wordpress"


def bare(url: str) -> str:
    """An address without scheme and trailing slash: ``example.org/blog``."""
    return url.strip().rpartition("://")[2].rstrip("/")


def shown(login: str, number: str = "") -> str:
    """A login as it may be kept: some sites use e-mail addresses, of which what stands before the @ stays (with the
    account's number, where it is known, since two may begin alike)."""
    name, at, _ = login.partition("@")
    return f"{name}#{number}" if at and number else name


def user(site: str, login: str) -> str:
    """Accounts are per site: the "admin" of two sites is not the same person, so the site is in the id."""
    return account(CHANNEL, f"{login}@{site}")


def signed(site: str, name: str | None, message: str) -> str:
    """Somebody without an account; without a name too, an id for this one message: never one talkative person."""
    return named_actor(CHANNEL, site, name or f"#{message}")


def post(site: str, number: int | str) -> str:
    return message_id(CHANNEL, "post", f"{site}/{number}")


def comment(site: str, number: int | str) -> str:
    return message_id(CHANNEL, "comment", f"{site}/{number}")
