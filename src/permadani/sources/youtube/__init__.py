"""YouTube: responses of its Data API, what yt-dlp saves of a video, and the tables of a Google Takeout."""

from __future__ import annotations

from collections.abc import Iterator

from permadani.errors import UnexpectedEnd, Unreadable
from permadani.language import N_
from permadani.sources.base import ReadOptions
from permadani.sources.reading.files import InputFile
from permadani.sources.reading.jsonrecords import values
from permadani.sources.youtube import api, takeout, ytdlp
from permadani.sources.youtube.detect import form_of
from permadani.sources.youtube.records import Records
from permadani.vocabulary import Record

BASIS = "YouTube comments as collected"


class YouTube:
    """See docs/sources/youtube.md. Channels are ``youtube:user/ID``, comments ``youtube:comment/ID``."""

    name = "youtube"
    companions = (takeout.COMMENTS, takeout.CHANNELS)

    def recognises(self, file: InputFile) -> bool:
        try:
            return form_of(file) is not None
        except Exception:  # the contract: never raise; a damaged file is named by whoever reads it
            return False

    def read(self, file: InputFile, options: ReadOptions) -> Iterator[Record]:
        """Records of every comment and video; coverage partial, for a Takeout that of its owner.

        Raises:
            UnexpectedEnd: the file stops inside a comment, response or row; those before it were yielded.
            Unreadable: nothing of it can be used, or nobody knows whose subscriptions these are.
            TooLarge: a response or line is too large for one piece.
        """
        records = Records(BASIS)
        form = form_of(file)
        if form == "no_messages":
            records.problem("no_messages", file.name, lost=False)
            yield from records.taken()
        elif form == "old_comments":
            raise Unreadable(
                N_("it is a page of an old Takeout, which names neither its owner nor the comments answered"),
                hint=N_("Ask takeout.google.com for a new one: it has comments.csv."),
            )
        elif form == "takeout":
            yield from takeout.read(file, records, options.owner)
        else:
            yield from _collected(file, records, form)


def _collected(file: InputFile, records: Records, form: str | None) -> Iterator[Record]:
    cut: UnexpectedEnd | None = None
    try:
        yield from ytdlp.read(file, records) if form == "ytdlp" else _responses(file, records)
    except UnexpectedEnd as error:
        cut = error
    yield from records.taken()
    yield from records.coverage()
    if cut is not None:
        raise cut
    if records.messages == 0 and (loss := records.first_loss) is not None:
        raise Unreadable(
            N_("no comment in it could be read (first: {reason}, {place})"),
            hint=N_("Ask the API for part=snippet,replies."),
            reason=loss.reason,
            place=loss.place,
        )


def _responses(file: InputFile, records: Records) -> Iterator[Record]:
    threads = api.Threads()
    try:
        for records.place, value, reason in values(file):
            if reason is not None:
                records.problem(reason, value)
            elif isinstance(value, dict) and "parent" in value and "text" in value:
                if (comment := ytdlp.add_comment(records, value, {})) is not None:
                    records.comments([comment])
            else:
                api.add(records, threads, value)
            yield from records.taken()
    finally:
        threads.finish(records)
