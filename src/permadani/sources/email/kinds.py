"""Which mail is no letter from one person to others, and why."""

from __future__ import annotations

from permadani.sources.reading import mail
from permadani.sources.reading.mail import Message
from permadani.sources.reading.mailtext import invites, kind_of

FIELDS = mail.AUTOMATIC | frozenset(
    {"from", "to", "date", "subject", "message-id", "in-reply-to", "references", "received", "delivered-to",
     "return-path", "list-id", "list-post", "list-unsubscribe", "x-spam-flag", "x-spam-status", "x-gmail-labels",
     "user-agent", "x-mailer", "x-imap", "content-type", "content-transfer-encoding", "content-disposition"}
)  # fmt: skip


def left_out(one: Message) -> str | None:
    """The reason why a message is not kept at all, or None."""
    fields = one.fields
    sender = one.get("from").lower()
    precedence = one.get("precedence").lower()
    if "x-imap" in fields and "internal" in one.get("subject").lower():
        return "folder_internal"
    if (one.get("return-path") == "<>" and "auto-submitted" not in fields) or "mailer-daemon" in sender:
        return "bounce"
    if kind_of(fields) == "multipart/report":
        return "bounce"
    if "list-id" in fields or "list-post" in fields or precedence == "list":
        return "mailing_list"
    if (precedence in ("bulk", "junk") and "auto-submitted" not in fields) or "list-unsubscribe" in fields:
        return "bulk_mail"
    return "calendar" if invites(one) else None


def judged_spam(one: Message) -> bool | None:
    """What a filter on the way said, or None where none said anything."""
    flag = one.get("x-spam-flag").lower() or one.get("x-spam-status").partition(",")[0].lower()
    return {"yes": True, "no": False}.get(flag.strip())
