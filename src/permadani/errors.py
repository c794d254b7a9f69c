"""Everything that can go wrong and that a person should hear about.

    PermadaniError                 one clear message, a hint, exit code 1
    ├── InputError                 a file cannot be used
    │   ├── Unreadable             not what it claims to be, or damaged
    │   ├── UnexpectedEnd          the file stops in the middle (usable with --partial)
    │   └── TooLarge               a limit on size, nesting or decompression was met
    ├── FetchError                 a live source did not give what was asked for
    │   ├── NoDoor                 it cannot be read from outside; the message names another way
    │   ├── AddressRefused         an address that must not be visited: private, loopback, not http(s)
    │   ├── Unreachable            no connection, or no answer in time
    │   ├── BadStatus              the server refused; ``status`` is its number
    │   ├── BadAnswer              an answer that makes no sense, or is too large
    │   ├── RateLimited            the server asks to wait for longer than a person would
    │   └── BudgetSpent            as many requests were made as were allowed
    ├── StoreError                 the store cannot be opened or written
    │   ├── StoreMissing           nothing was imported there yet
    │   ├── StoreLocked            another process works with it
    │   ├── StoreNewer             written by a newer version
    │   └── StoreFull              the disk is full
    ├── MissingPackage             an optional package is not installed (an ImportError as well)
    ├── WhoError                   WHO names nobody, or several people
    └── Refusal                    it can be done, but should not be

Messages are gettext templates that are translated late: an error keeps its template and its values.
"""

from __future__ import annotations

from permadani.language import N_, Translate, english


class PermadaniError(Exception):
    """``message`` and ``hint`` are templates for ``str.format``; ``values`` fills them."""

    def __init__(self, message: str, /, hint: str | None = None, **values: object) -> None:
        self.message, self.hint, self.values = message, hint, values
        super().__init__(self.text())

    def text(self, translate: Translate = english) -> str:
        return translate(self.message).format(**self.values)

    def hint_text(self, translate: Translate = english) -> str | None:
        return translate(self.hint).format(**self.values) if self.hint else None


class InputError(PermadaniError):
    """A file cannot be used."""


class Unreadable(InputError):
    """The file is damaged or not what it claims to be."""


class UnexpectedEnd(InputError):
    """The file stops in the middle. Sources raise it after yielding all that could be read, coverage included."""

    def __init__(self, place: str, message: str = N_("the file ends unexpectedly at {place}")) -> None:
        super().__init__(
            message,
            hint=N_("Download the export again, or take what is there with --partial."),
            place=place,
        )


class TooLarge(InputError):
    """A limit that protects this computer was met."""


class FetchError(PermadaniError):
    """A live source did not give what was asked for. What was fetched before stays."""


class NoDoor(FetchError):
    """Nothing can be read there from outside."""


class AddressRefused(FetchError):
    """An address that no stranger's file may send us to."""


class Unreachable(FetchError):
    """No connection, or no answer in time."""


class BadStatus(FetchError):
    """The server answered with an error. ``values["status"]`` is its number."""

    @property
    def status(self) -> int:
        return int(str(self.values["status"]))


class BadAnswer(FetchError):
    """The answer makes no sense: broken JSON, another shape than documented, pages in a ring, too large."""


class RateLimited(FetchError):
    """The server asks to wait for longer than a person would."""


class BudgetSpent(FetchError):
    """As many requests were made as were allowed."""


class StoreError(PermadaniError):
    """The store cannot be opened, read or written."""


class StoreMissing(StoreError):
    """There is no store at that path."""


class StoreLocked(StoreError):
    """Another process works with the store."""


class StoreNewer(StoreError):
    """The store was written by a newer version."""


class StoreFull(StoreError):
    """The disk is full."""


class MissingPackage(PermadaniError, ImportError):
    """A package that is needed only for this is not installed."""


class WhoError(PermadaniError):
    """WHO names nobody, or several people."""


class Refusal(PermadaniError):
    """Something that could be computed but should not be said."""
