"""The sources, in the order in which they are asked whether they recognise a file."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points

from permadani.errors import PermadaniError, Unreadable
from permadani.language import N_
from permadani.sources.base import ReadOptions, Source
from permadani.sources.reading.files import InputFile, Unopened
from permadani.sources.reading.walk import walk
from permadani.sources.unread import known_but_unread

__all__ = ["InputFile", "ReadOptions", "Source", "Unopened", "known_but_unread", "recognise", "sources", "walk"]

GROUP = "permadani.sources"
"""The entry points of installed packages that bring sources of their own: docs/sources/your-own.md."""
OWN = {
    "tables": "Tables",
    "disqus": "Disqus",
    "wordpress": "WordPress",
    "convokit": "ConvoKit",
    "feed": "Feed",
    "discourse": "Discourse",
    "youtube": "YouTube",
    "x": "X",
    "x_archive": "XArchive",
    "facebook": "Facebook",
    "google_plus": "GooglePlus",
    "bluesky": "Bluesky",
    "activitystreams": "ActivityStreams",
    "email": "Email",
    "pipermail": "Pipermail",
}
"""The classes in ``permadani.sources.NAME``."""


@cache
def sources() -> dict[str, Source]:
    """All sources by name, our own first. Imported late: each brings its parser along.

    Raises:
        PermadaniError: a source of an installed package cannot be used.
    """
    found: dict[str, Source] = {
        name: getattr(import_module(f"permadani.sources.{name}"), kind)() for name, kind in OWN.items()
    }
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        source = _brought(point)
        if source.name in found:
            raise _unusable(point, N_("the source {name} of {package} has a name that another one has already"))
        found[source.name] = source
    return found


def _brought(point: EntryPoint) -> Source:
    try:
        source = point.load()()
    except (Exception, SystemExit) as error:
        raise _unusable(point, N_("the source {name} of {package} cannot be loaded ({detail})"), error) from error
    if not isinstance(source, Source) or not isinstance(source.name, str):
        raise _unusable(point, N_("the source {name} of {package} lacks a name, recognises() or read()"))
    return source


def _unusable(point: EntryPoint, message: str, detail: object = "") -> PermadaniError:
    hint = N_("Update or uninstall that package; docs/sources/your-own.md says what a source must have.")
    package = point.dist.name if point.dist else point.value
    return PermadaniError(message, hint=hint, name=point.name, package=package, detail=str(detail)[:160])


def recognise(file: InputFile) -> Source | None:
    """The source that knows this file, or None; InputError where nothing of it can be read."""
    _ = file.head  # damage and encryption are told as such, not as "not recognised"
    return next((source for source in sources().values() if _claims(source, file)), None)


def _claims(source: Source, file: InputFile) -> bool:
    """What another package brings may break its promise never to raise; other files must not suffer."""
    try:
        return bool(source.recognises(file))
    except (Exception, SystemExit) as error:
        raise Unreadable(
            N_("the source {name} failed while it looked at the file ({detail})"),
            hint=N_("Update or uninstall the package that brings it, or name the right source with --as."),
            name=source.name,
            detail=f"{type(error).__name__}: {str(error)[:160]}",
        ) from error
