"""The archive that people download of themselves from X: that of today (``window.YTD…``) and that of 2012 to 2018."""

from __future__ import annotations

from collections.abc import Iterator

from permadani.errors import Unreadable
from permadani.language import N_
from permadani.sources.base import ReadOptions
from permadani.sources.reading.files import InputFile
from permadani.sources.x_archive.archive import COMPANIONS
from permadani.sources.x_archive.kinds import COMMUNITY, DELETED, MONTH, TABLE, TWEETS, kind_of, nothing
from permadani.sources.x_archive.lists import ABOUT, LISTS, read_about, read_list
from permadani.sources.x_archive.table import read_table
from permadani.sources.x_archive.tweets import read_tweets
from permadani.vocabulary import Record


class XArchive:
    """An X archive, file by file. Actors are ``x:user/NUMBER``, tweets ``x:status/NUMBER``, as in source ``x``."""

    name = "x_archive"
    companions = COMPANIONS

    def recognises(self, file: InputFile) -> bool:
        try:
            return kind_of(file.head) is not None
        except Exception:  # the contract: never raise; a damaged file is named by whoever reads it
            return False

    def read(self, file: InputFile, options: ReadOptions) -> Iterator[Record]:
        """Tweets, likes, follows and the owner's account; of all other files only that they hold no messages.

        Direct messages and everything else that is private is never opened beyond the name of its variable.

        Raises:
            UnexpectedEnd: the file stops in the middle; what precedes was yielded.
            Unreadable: ids went through floats, nothing tells whose archive it is, or no tweet could be read.
            TooLarge: an entry has more than 64 MB.
        """
        kind = kind_of(file.head)
        if kind is None:
            raise Unreadable(N_("it is no file of an X archive"))
        if kind.name in TWEETS | COMMUNITY | DELETED | {MONTH}:
            yield from read_tweets(file, kind, options)
        elif kind.name == TABLE:
            yield from read_table(file, kind, options)
        elif kind.name in LISTS:
            yield from read_list(file, kind, options)
        elif kind.name in ABOUT:
            yield from read_about(file, kind, options)
        else:
            yield nothing(kind)
