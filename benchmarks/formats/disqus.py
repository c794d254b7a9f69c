"""A Disqus export."""

from __future__ import annotations

from pathlib import Path

from formats.crowd import messages

WHO = "@user1"


def generate(folder: Path, count: int, size: int) -> None:
    """Threads first, then posts, as Disqus writes them."""
    text_size = max(20, size - 300)  # twice through, so that this process stays small: its size is the children's least
    with (folder / "disqus.xml").open("w", encoding="utf-8") as out:
        out.write('<?xml version="1.0" encoding="utf-8"?>\n<disqus xmlns="http://disqus.com" '
                  'xmlns:dsq="http://disqus.com/disqus-internals">\n')  # fmt: skip
        for number, author, _, parent, _, when, _text in messages(count, text_size):
            if parent is None:
                out.write(
                    f'<thread dsq:id="{number}"><id/><forum>bench</forum><link>https://blog.example/{number}</link>'
                    f"<title>Post {number}</title><message/><createdAt>{when:%Y-%m-%dT%H:%M:%SZ}</createdAt>"
                    f"{who(author)}<isClosed>false</isClosed><isDeleted>false</isDeleted></thread>\n"
                )
        for number, author, root, parent, _, when, text in messages(count, text_size):
            if parent is not None:
                answered = f'<parent dsq:id="{parent}"/>' if parent != root else ""
                out.write(
                    f'<post dsq:id="{number}"><id/><message><![CDATA[<p>{text}</p>]]></message>'
                    f"<createdAt>{when:%Y-%m-%dT%H:%M:%SZ}</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam>"
                    f'{who(author)}<thread dsq:id="{root}"/>{answered}</post>\n'
                )
        out.write("</disqus>\n")


def who(author: int) -> str:
    return (
        f"<author><name>User {author}</name><isAnonymous>false</isAnonymous><username>user{author}</username></author>"
    )
