"""Events of Bluesky's streams, one a line: Jetstream's JSON, and messages of the firehose written as JSON."""

from __future__ import annotations

import base64
import binascii
import io
from typing import Any

from permadani.errors import Unreadable
from permadani.sources.bluesky.car import Blocks, decode
from permadani.sources.bluesky.records import REMEMBERED, Records
from permadani.sources.bluesky.uris import (
    CHANNEL,
    FIRST_POST,
    POST,
    address_of,
    did_of,
    handle_of,
    items,
    mapping,
    person_url,
    tid_moment,
    words,
)
from permadani.sources.reading.clock import LATEST, iso
from permadani.vocabulary import Actor, Object

_CREATED, _DELETED = frozenset({"create", "update", "c", "u"}), frozenset({"delete", "d"})
"""Jetstream wrote single letters until October 2024."""


class Stream:
    """Adds events to the records of one file. It remembers when posts were published, for those that are deleted."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._published: dict[str, int] = {}

    def add(self, event: dict[str, Any]) -> None:
        """An event of Jetstream: ``did``, ``time_us``, and what happened."""
        records, did, seen = self._records, did_of(event.get("did")), event.get("time_us")
        if did is None:
            records.problem("missing_author", event.get("did"))
            return
        moment = seen if isinstance(seen, int) and FIRST_POST <= seen <= LATEST else None
        if isinstance(event.get("commit"), dict):
            commit = event["commit"]
            action = words(commit, "operation") or words(commit, "type") or ""
            collection, key = words(commit, "collection") or "", words(commit, "rkey") or ""
            self._change(did, action, collection, key, commit.get("record"), moment)
            return
        handle = handle_of(mapping(event, "identity").get("handle"))
        if handle is not None:
            records.out.append(Actor(id=records.known(did), channel=CHANNEL, handle=handle, url=person_url(did)))
        else:  # an account that was switched off or on, or a new key
            records.problem("stream_notice", event.get("kind"), lost=False)

    def add_commit(self, message: dict[str, Any]) -> None:
        """A message of the firehose: ``ops``, and the blocks they speak of as a CAR file in base64."""
        records, did = self._records, did_of(message.get("repo"))
        if did is None:
            records.problem("missing_author", message.get("repo"))
            return
        try:
            packed = base64.b64decode((words(mapping(message, "blocks"), "$bytes") or "") + "===")
        except (binascii.Error, ValueError):
            packed = b""
        blocks = Blocks(io.BytesIO(packed), len(packed))
        decode(b"\xf6")  # without libipld this is the place to say so
        try:
            records.out += blocks.scan()
        except Unreadable:
            records.problem("unreadable_record", "blocks")
        seen = iso(words(message, "time") or "")
        for op in items(message, "ops"):
            collection, _, key = (words(op, "path") or "").partition("/")
            action = words(op, "action") or ""
            record = self._block(blocks, op) if action in _CREATED else None
            if action in _CREATED and record is None:
                records.problem("missing_block", words(op, "path"))
            else:
                self._change(did, action, collection, key, record, seen)

    @staticmethod
    def _block(blocks: Blocks, op: dict[str, Any]) -> Any:
        link = words(mapping(op, "cid"), "$link") or ""
        try:
            cid = base64.b32decode(link.removeprefix("b").upper() + "=" * (-(len(link) - 1) % 8))
            found = blocks.get(cid)
            return decode(found[0]) if found else None
        except (binascii.Error, ValueError, RecursionError):
            return None

    def _change(self, did: str, action: str, collection: str, key: str, record: Any, seen: int | None) -> None:
        records, place = self._records, address_of(did, collection, key)
        if place is None or action not in _CREATED | _DELETED:
            records.problem("unreadable_record", f"{action} {collection}/{key}")
        elif action in _CREATED:
            before = len(records.out)
            records.add(did, collection, key, record, seen=seen)
            for made in records.out[before:]:
                if type(made) is Object:
                    if len(self._published) >= REMEMBERED:
                        self._published.clear()
                    self._published[made.id] = made.published
        else:
            published = self._published.get(place.uri) or tid_moment(key)
            if collection == POST and published is not None and FIRST_POST <= published <= records.latest:
                records.acts += 1
                records.out.append(
                    Object(
                        id=place.uri, channel=CHANNEL, kind="note", actor=records.actor(did), published=published,
                        deleted=True,
                    )
                )  # fmt: skip
            else:  # a like or a follow that was withdrawn: there is no column for it
                records.problem("deleted_upstream", place.uri, lost=False)
