"""ActivityStreams 2.0 and 1: the archives of Mastodon and other fediverse servers, outboxes, single objects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from permadani.errors import UnexpectedEnd
from permadani.sources.activitystreams import archive
from permadani.sources.activitystreams.coverage import claims
from permadani.sources.activitystreams.detect import LISTS, is_activitystreams, is_collection
from permadani.sources.activitystreams.reading import Reading
from permadani.sources.activitystreams.shapes import identifier
from permadani.sources.base import ReadOptions
from permadani.sources.reading.files import InputFile
from permadani.sources.reading.jsonhead import json_text
from permadani.sources.reading.jsonmembers import Whole, members
from permadani.sources.reading.jsonrecords import DECODING, MALFORMED, example, mended, reason_of, values
from permadani.vocabulary import Problem, Record

SPREAD = frozenset(name.decode() for name in LISTS)


class ActivityStreams:
    """See docs/sources/activitystreams.md."""

    name = "activitystreams"
    companions = (archive.PROFILE,)

    def recognises(self, file: InputFile) -> bool:
        try:
            return is_activitystreams(json_text(file.head))
        except Exception:  # the contract: never raise; a damaged file is named by whoever reads it
            return False

    def read(self, file: InputFile, options: ReadOptions) -> Iterator[Record]:
        """Records of every activity and object, then the coverage.

        Raises:
            UnexpectedEnd: the file stops inside an entry; those before it were yielded.
            Unreadable: it is no UTF-8 JSON, or a list of addresses without its owner.
            TooLarge: an entry has more than 64 MB.
        """
        return _File(file, options).records()


class _File:
    """One pass over one file."""

    def __init__(self, file: InputFile, options: ReadOptions) -> None:
        self._file, self._options = file, options
        self._owner = archive.owner_beside(file)
        program = frozenset({self._owner.id}) if self._owner.program and self._owner.id else frozenset[str]()
        self._reading = Reading(program)
        self._whole: Whole | None = None
        self._wholes = 0
        self._held = False

    def records(self) -> Iterator[Record]:
        head = json_text(self._file.head)
        cut: UnexpectedEnd | None = None
        try:
            for record in self._spread() if head.startswith(b"{") and is_collection(head) else self._pieces():
                self._held = True
                yield record
        except UnexpectedEnd as error:
            cut = error
        yield from self._collected()
        if cut is None and not self._held:
            yield Problem(reason="no_messages", place=self._file.name, lost=False)
        one = self._whole.fields if self._whole is not None and self._wholes == 1 else None
        yield from claims(self._reading, one, self._owner.id, self._options.owner)
        if cut is not None:
            raise cut

    def _collected(self) -> Iterator[Record]:
        yield from self._reading.out
        self._reading.out.clear()

    def _pieces(self) -> Iterator[Record]:
        """One object, an array of them, or JSON Lines."""
        for place, value, reason in values(self._file):
            if reason is not None:
                yield Problem(reason=reason, place=place, example=value)
            else:
                self._reading.take(value, place)
                yield from self._collected()

    def _spread(self) -> Iterator[Record]:
        """Collections whose entries come one by one, and whatever objects follow them."""
        position = 0
        for whole, raw in members(self._file, SPREAD):
            if whole is not self._whole:
                self._whole, self._wholes = whole, self._wholes + 1
            if raw is None:
                yield from self._end(whole.fields, whole.broken)
                continue
            position += 1
            place = f"entry {position}"
            kind = archive.list_of(whole.fields, self._file)
            if kind == archive.BOOKMARKS:
                yield Problem(reason="no_messages", place=kind, lost=False)
                return
            try:
                value = msgspec.json.decode(mended(raw))
            except DECODING as error:
                yield Problem(reason=reason_of(error), place=place, example=example(raw))
                continue
            address = identifier(value) if isinstance(value, str) else None
            if address is None:
                self._reading.take(value, place)
                yield from self._collected()
            elif kind is None:
                yield Problem(reason="only_an_address", place=place, example=address, lost=False)
            else:
                yield archive.entry_of(kind, archive.must_know(self._owner, self._options), address)

    def _end(self, fields: dict[str, Any], broken: int) -> Iterator[Record]:
        if broken:
            yield Problem(reason=MALFORMED, place="besides the entries", lost=False)
        self._reading.take({**fields, "items": []}, "besides the entries")
        yield from self._collected()
