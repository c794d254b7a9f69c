"""A whole account, as "Export my data" or ``com.atproto.sync.getRepo`` gives it: a CAR file with a signed commit."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from permadani.errors import UnexpectedEnd, Unreadable
from permadani.language import N_
from permadani.sources.base import ReadOptions
from permadani.sources.bluesky.car import Blocks, decode
from permadani.sources.bluesky.records import Records
from permadani.sources.bluesky.tree import Found, Tree
from permadani.sources.bluesky.uris import CHANNEL, did_of, handle_of, person_url, tid_moment
from permadani.sources.reading.files import InputFile
from permadani.vocabulary import Actor, Coverage, Problem, Record

OUTBOUND = "repository export: what the account wrote and did not delete"
PART = "part of a repository"
INBOUND = "a repository holds nothing that others wrote"


class Commit(NamedTuple):
    """What was signed: whose repository, its tree, and when it was last written to (None before 2023)."""

    did: str
    tree: bytes
    moment: int | None


def read_repository(file: InputFile, options: ReadOptions) -> Iterator[Record]:
    """Every record of the account, what is left out or missing, then the coverage.

    Raises:
        UnexpectedEnd: the file stops in the middle; what could be reached, and the coverage, was yielded.
        Unreadable: it is no repository, its commit is missing, or libipld is.
        TooLarge: it names the same blocks again and again.
    """
    with _on_disk(file) as (path, unpacked), path.open("rb", buffering=0) as stream:
        blocks = Blocks(stream, path.stat().st_size)
        yield from blocks.scan()
        cut = unpacked or (None if blocks.cut is None else UnexpectedEnd(f"byte {blocks.cut:,}"))
        try:
            commit = _commit(blocks)
        except Unreadable:
            raise cut or Unreadable(
                N_("it does not tell whose repository it is: its commit is missing"),
                hint=N_("Export the whole repository: Settings, Account, Export my data."),
            ) from None
        yield from _walk(file, blocks, commit, options)
        if cut is not None:
            raise cut


def _walk(file: InputFile, blocks: Blocks, commit: Commit, options: ReadOptions) -> Iterator[Record]:
    records, tree = Records(), Tree(blocks, commit.tree)
    if commit.moment is not None:
        records.latest = commit.moment
    handle = handle_of(options.owner)
    yield Actor(id=records.known(commit.did), channel=CHANNEL, handle=handle, url=person_url(commit.did))
    for number, found in enumerate(tree.walk()):
        if isinstance(found, Found):
            records.place = f"{found.collection}/{found.key}"
            records.add(commit.did, found.collection, found.key, found.record)
            yield from records.out
            records.out.clear()
        else:
            yield found
        if file.progress and number % 1000 == 0:
            file.progress(file.size * number // (len(blocks) + 1))
    for _ in range(blocks.unused()):
        # before May 2023 a repository kept its past: trees and records that were changed or deleted since
        yield Problem(reason="older_version", lost=False)
    yield from _coverage(records, commit, tree.whole and blocks.cut is None)


def _coverage(records: Records, commit: Commit, whole: bool) -> Iterator[Coverage]:
    since, until = records.since, records.until
    if commit.moment is not None:
        until = commit.moment if until is None else max(until, commit.moment)
    yield Coverage(
        actor=commit.did, channel=CHANNEL, direction="outbound", since=since, until=until,
        completeness="complete" if whole else "partial", basis=OUTBOUND if whole else PART,
    )  # fmt: skip
    yield Coverage(
        actor=commit.did, channel=CHANNEL, direction="inbound", since=since, until=until,
        completeness="none", basis=INBOUND,
    )  # fmt: skip


def _commit(blocks: Blocks) -> Commit:
    """The commit that the file names as its root. Raises Unreadable where there is none."""
    for root in blocks.roots[:1]:
        block = blocks.get(root)
        try:
            commit = decode(block[0]) if block else None
        except (ValueError, RecursionError):
            commit = None
        if isinstance(commit, dict) and (did := did_of(commit.get("did"))) and isinstance(commit.get("data"), bytes):
            revision = commit.get("rev")
            return Commit(did, commit["data"], tid_moment(revision) if isinstance(revision, str) else None)
    raise Unreadable("")


@contextmanager
def _on_disk(file: InputFile) -> Iterator[tuple[Path, UnexpectedEnd | None]]:
    """A path to the bytes for reading here and there, and where a compressed file stops before its end."""
    if file.disk_path is not None and file.limit is None:
        with file.local() as path:
            yield path, None
        return
    with tempfile.TemporaryDirectory(prefix="permadani-") as folder:
        copy, cut = Path(folder, "repository"), None
        with file.open() as source, copy.open("wb") as target:
            try:
                while part := source.read1(1 << 18):
                    target.write(part)
            except UnexpectedEnd as error:
                cut = error
        yield copy, cut
