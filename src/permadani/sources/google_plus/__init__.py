"""Google+ as Takeout gave it until 2019: one file a post, with its comments, as HTML or JSON."""

from __future__ import annotations

from collections.abc import Iterator

from permadani.errors import TooLarge, UnexpectedEnd, Unreadable
from permadani.language import N_
from permadani.sources.base import ReadOptions
from permadani.sources.google_plus import page, takeout
from permadani.sources.google_plus.detect import kind_of
from permadani.sources.google_plus.records import records_of
from permadani.sources.reading.files import InputFile
from permadani.sources.reading.jsonrecords import values
from permadani.vocabulary import Problem, Record

PAGE_LIMIT = 16 * 1024 * 1024


class GooglePlus:
    """See docs/sources/google_plus.md."""

    name = "google_plus"

    def recognises(self, file: InputFile) -> bool:
        try:
            return kind_of(file.head) is not None
        except Exception:  # the contract: never raise; a damaged file is named by whoever reads it
            return False

    def read(self, file: InputFile, options: ReadOptions) -> Iterator[Record]:
        kind = kind_of(file.head)
        if kind == "nothing":
            yield Problem(reason="no_messages", lost=False)
        elif kind == "page":
            yield from _page(file)
        else:
            yield from _posts(file)


def _page(file: InputFile) -> Iterator[Record]:
    with file.open() as stream:
        content = stream.read(PAGE_LIMIT + 1)
    if len(content) > PAGE_LIMIT:
        raise TooLarge(N_("it has more than {limit} MB, too much for one piece"), limit=PAGE_LIMIT // 1_000_000)
    if page.nested_too_deeply(content):
        raise Unreadable(N_("its tags are nested too deeply for a page that a program wrote"))
    post = page.post_of(content)
    if post is not None:
        yield from records_of(post)
    if not content.rstrip().endswith(page.END):
        raise UnexpectedEnd(f"byte {len(content):,}")
    if post is None:
        yield Problem(reason="not_a_post")


def _posts(file: InputFile) -> Iterator[Record]:
    """One post, or many that somebody put into one file."""
    for place, value, reason in values(file):
        if reason is not None:
            yield Problem(reason=reason, place=place, example=value)
        elif not isinstance(value, dict):
            yield Problem(reason="not_a_post", place=place, example=str(value)[:120])
        else:
            yield from records_of(takeout.post_of(value), place)
