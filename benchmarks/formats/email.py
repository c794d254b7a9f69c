"""Google's Takeout of one person's mail: letters to them, and what they answered."""

from __future__ import annotations

from pathlib import Path

from formats.crowd import messages

WHO = "mailto:owner@mail.example"


def generate(folder: Path, count: int, size: int) -> None:
    """One mbox with labels. Of every conversation the owner is the blogger; the others write in HTML too."""
    text_size = max(20, size - 1200)
    with (folder / "All mail.mbox").open("w", encoding="utf-8") as out:
        for number, author, root, parent, _, when, text in messages(count, text_size):
            own = author < 100
            sender, reader = ("Owner <owner@mail.example>", f"user{author}@mail.example")
            if not own:
                sender, reader = f"User {author} <user{author}@mail.example>", "Owner <owner@mail.example>"
            refs = f"<{root}@mail.example>" + (f" <{parent}@mail.example>" if parent not in (None, root) else "")
            answers = f"In-Reply-To: <{parent}@mail.example>\nReferences: {refs}\n" if parent is not None else ""
            out.write(
                f"From 15000{number}@xxx {when:%a %b %d %H:%M:%S} +0000 {when:%Y}\nX-GM-THRID: 15000{root}\n"
                f"X-Gmail-Labels: {'Sent' if own else 'Inbox,Important'},Opened\nDelivered-To: owner@mail.example\n"
                f"Received: by 192.0.2.1 with SMTP id {number};\n        {when:%a, %d %b %Y %H:%M:%S} +0000\n"
                f"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=mail.example; s=1;\n        b={'A' * 200}\n"
                f"MIME-Version: 1.0\nDate: {when:%a, %d %b %Y %H:%M:%S} +0000\nMessage-ID: <{number}@mail.example>\n"
                f"{answers}Subject: {'Re: ' if answers else ''}Letter {root}\nFrom: {sender}\nTo: {reader}\n"
                f'Content-Type: multipart/alternative; boundary="b{number}"\n\n--b{number}\n'
                f"Content-Type: text/plain; charset=utf-8\n\n{text}\n\nOn Monday, somebody wrote:\n> earlier words\n\n"
                f"--b{number}\nContent-Type: text/html; charset=utf-8\n\n<p>a page</p>\n--b{number}--\n\n"
            )
