"""A WordPress export."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

from formats.crowd import AUTHORS, messages

WHO = "@user1"


def generate(folder: Path, count: int, size: int) -> None:
    """Items with their comments inside, as WordPress writes them."""
    with (folder / "wordpress.xml").open("w", encoding="utf-8") as out:
        out.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
            'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
            'xmlns:wp="http://wordpress.org/export/1.2/">\n<channel><title>Bench</title><link>https://blog.example</link>'
            "<pubDate>Mon, 01 Jan 2029 00:00:00 +0000</pubDate>"
            "<language>en</language><wp:wxr_version>1.2</wp:wxr_version>"
            "<wp:base_site_url>https://blog.example</wp:base_site_url>"
            "<wp:base_blog_url>https://blog.example</wp:base_blog_url>\n"
        )
        for author in range(AUTHORS):
            login, name = f"user{author}", f"User {author}"
            out.write(
                f"<wp:author><wp:author_id>{author + 1}</wp:author_id><wp:author_login>{login}</wp:author_login>"
                f"<wp:author_display_name>{name}</wp:author_display_name></wp:author>\n"
            )
        is_open = False
        for number, author, root, parent, _, when, text in messages(count, max(20, size - 450)):
            stamp = f"{when:%Y-%m-%d %H:%M:%S}"
            if parent is None:
                out.write("</item>\n" if is_open else "")
                is_open = True
                out.write(
                    f"<item><title>Post {number}</title><link>https://blog.example/{number}</link>"
                    f"<dc:creator>user{author}</dc:creator><content:encoded><![CDATA[{escape(text)}]]></content:encoded>"
                    f"<wp:post_id>{number + 1}</wp:post_id><wp:post_date_gmt>{stamp}</wp:post_date_gmt>"
                    "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>\n"
                )
            else:
                user = author + 1 if author < AUTHORS else 0
                above = parent + 1 if parent != root else 0
                out.write(
                    f"<wp:comment><wp:comment_id>{number + 1}</wp:comment_id><wp:comment_author>User {author}"
                    f"</wp:comment_author><wp:comment_date_gmt>{stamp}</wp:comment_date_gmt><wp:comment_content><![CDATA["
                    f"{text}]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_type>comment"
                    f"</wp:comment_type><wp:comment_parent>{above}</wp:comment_parent><wp:comment_user_id>{user}"
                    "</wp:comment_user_id></wp:comment>\n"
                )
        out.write("</item>\n</channel></rss>\n" if is_open else "</channel></rss>\n")
