"""WordPress feeds: one of the posts, one of all their comments, which says in its words who is answered."""

from __future__ import annotations

from pathlib import Path

from formats.crowd import messages

WHO = None

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/">\n<channel><title>Bench</title><link>https://blog.example</link>'
    "<generator>https://wordpress.org/?v=6.6</generator>\n"
)


def generate(folder: Path, count: int, size: int) -> None:
    text_size = max(20, size - 300)
    with (folder / "feed.xml").open("w", encoding="utf-8") as posts, (folder / "comments.xml").open("w") as comments:
        posts.write(HEAD)
        comments.write(HEAD)
        for number, author, root, parent, _, when, text in messages(count, text_size):
            out, mark, body = (posts, "", text) if parent is None else (comments, f"#comment-{number}", text)
            if parent is not None and parent != root:
                link = f'<a href="https://blog.example/{root}/#comment-{parent}" rel="nofollow ugc">Somebody</a>'
                body = f"In reply to {link}.</p>\n<p>{text}"
            out.write(
                f"<item><title>Post {root}</title><link>https://blog.example/{root}/{mark}</link>"
                f"<dc:creator><![CDATA[User {author}]]></dc:creator>"
                f"<pubDate>{when:%a, %d %b %Y %H:%M:%S} +0000</pubDate>"
                f'<guid isPermaLink="false">https://blog.example/?p={root}{mark}</guid>'
                f"<content:encoded><![CDATA[<p>{body}</p>]]></content:encoded></item>\n"
            )
        for out in (posts, comments):
            out.write("</channel></rss>\n")
