"""Comments that nobody marked, judged by Akismet where the user asks for it."""

from __future__ import annotations

import msgspec

from permadani.sources.akismet import Akismet, CommentToCheck, akismet_for
from permadani.sources.http import Client
from permadani.sources.live.base import FetchOptions
from permadani.sources.wordpress.api import Item, words
from permadani.vocabulary import Actor, Object, Problem


def judge(home: str, signed_in: bool, client: Client, options: FetchOptions) -> tuple[Judged | None, list[Problem]]:
    """None where nobody wants it, or it cannot be done; then why, so that nobody believes that it was."""
    if not options.akismet:
        return None, []
    if not signed_in:
        return None, [Problem(reason="akismet_no_login", place=home, lost=False)]
    akismet = akismet_for(home, client)
    if akismet is None:
        return None, [Problem(reason="akismet_no_key", place=home, lost=False)]
    return Judged(home, akismet), []


class Judged:
    """Asks about approved comments of others than the site's own authors, and only with the address on the net that a
    login may see. What is young or old makes no difference; what was asked once is not asked again."""

    def __init__(self, home: str, akismet: Akismet) -> None:
        self._home, self._akismet = home, akismet

    def message(self, message: Object, author: Actor, item: Item, own: bool) -> tuple[Object, list[Problem]]:
        """The message, marked as spam where Akismet says so, and what could not be judged."""
        if own or message.spam or message.deleted:
            return message, []
        spam = self._akismet.check(
            CommentToCheck(
                id=message.id,
                address=words(item.get("author_ip")) or None,
                text=message.text or "",
                author=author.name,
                author_url=words(item.get("author_url")) or None,
                browser=words(item.get("author_user_agent")) or None,
                page=(message.url or self._home).partition("#")[0],
                published=message.published,
                kind="comment" if message.in_reply_to == message.thread else "reply",
            )
        )
        problems, self._akismet.problems = self._akismet.problems, []
        if not spam:
            return message, problems
        told = Problem(reason="akismet_spam", place=message.id, lost=False)
        return msgspec.structs.replace(message, spam=True), [*problems, told]
