"""The archive of a mailing list."""

from __future__ import annotations

from pathlib import Path

from formats.crowd import messages

WHO = "User 1"


def generate(folder: Path, count: int, size: int) -> None:
    """One text file, with addresses as Mailman hides them."""
    text_size = max(20, size - 350)
    with (folder / "crowd.txt").open("w", encoding="utf-8") as out:
        for number, author, root, parent, _, when, text in messages(count, text_size):
            answers = ""
            if parent is not None:
                answers = f"In-Reply-To: <{parent}@lists.example>\nReferences: <{root}@lists.example>\n"
                answers += f"\t<{parent}@lists.example>\n" if parent != root else ""
            out.write(
                f"From user{author} at mail.example  {when:%a %b %d %H:%M:%S %Y}\n"
                f"From: user{author} at mail.example (User {author})\nDate: {when:%a, %d %b %Y %H:%M:%S} +0000\n"
                f"Subject: {'Re: ' if answers else ''}[Crowd] Letter {root}\n{answers}"
                f"Message-ID: <{number}@lists.example>\n\n{text}\n\nOn Monday, User 7 wrote:\n> earlier words\n\n\n"
            )
