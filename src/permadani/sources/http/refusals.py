"""What a status that is no success means, said in our words and, where there is one, with the server's reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec

from permadani.errors import BadStatus, RateLimited
from permadani.language import N_
from permadani.settings import secret_variable
from permadani.sources.http.limits import LONGEST
from permadani.sources.http.words import Secrets, quoted

AGAIN = (429, 500, 502, 503, 504)
"""Statuses that may be gone with the next try."""


def bad_status(host: str, status: int, body: bytes, secrets: Secrets, given: bool) -> BadStatus:
    """``values``: host, status, ``code`` (the server's own short name for it, as ``RecordNotFound``; or empty) and
    reason (or empty). ``given``: whether a password or token went with the request."""
    code, reason = _said(body)
    variable = secret_variable(host)
    wanted = (
        N_("It may want a password or token: {variable} in the environment, or the keyring, can hold one.")
        if variable
        else N_("It may want a password or token: the keyring can hold one.")
    )
    hint = {
        401: wanted,
        403: wanted,
        404: N_("Nothing is there. Is the name or address right?"),
        410: N_("It was there once, and was taken away for good."),
    }.get(status)
    if given and status in (401, 403):
        hint = N_("The password or token for {host} was not accepted, or does not allow this.")
    return BadStatus(
        N_("{host} answered with status {status}: {reason}") if reason else N_("{host} answered with status {status}"),
        hint=hint,
        host=host,
        status=status,
        code=quoted(code, secrets, 60),
        reason=quoted(reason, secrets),
        variable=variable,
    )


def _said(body: bytes) -> tuple[str, str]:
    """The name and the words of an error in JSON: ``{"error": …, "message": …}`` of Bluesky, ``{"error": …}`` of
    Mastodon, ``{"code": …, "message": …}`` of WordPress."""
    try:
        told = msgspec.json.decode(body)
    except (ValueError, RecursionError):
        return "", ""
    if not isinstance(told, dict):
        return "", ""

    def text(*names: str) -> str:
        return next((value for name in names if isinstance(value := told.get(name), str) and value.strip()), "")

    code = text("code", "error")
    return ("" if " " in code else code), text("message", "error_description", "error")


def rate_limited(host: str, seconds: float | None) -> RateLimited:
    """``values``: host, and ``until``, a moment in UTC, where the server names one."""
    if seconds is None or seconds >= LONGEST - 86_400:  # that was cut off: the moment is not theirs
        return RateLimited(
            N_("{host} wants to be left alone for now"),
            hint=N_("What was read is kept. Run the same command again later."),
            host=host,
        )
    return RateLimited(
        N_("{host} asks to come back after {until}"),
        hint=N_("What was read is kept. Run the same command again after that."),
        host=host,
        until=f"{datetime.now(UTC) + timedelta(seconds=seconds):%Y-%m-%d %H:%M:%S} UTC",
    )
