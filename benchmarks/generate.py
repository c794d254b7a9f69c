"""Made-up exports of any size, one bloggers' crowd in four formats, so that importing can be measured."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

SENTENCE = (
    "how did you measure the answer rate in your last survey because mine differs from the chart on the second page "
    "and I would like to know whether small towns were asked too or only the large ones with many schools"
)
WORDS = SENTENCE.split()
START = datetime(2015, 1, 1, tzinfo=UTC)
AUTHORS, ASKERS = 100, 50_000


def words(size: int, seed: random.Random) -> str:
    """About ``size`` characters of text."""
    text = " ".join(seed.choices(WORDS, k=max(1, size // 5)))
    return text[:size]


def messages(count: int, size: int) -> Iterator[tuple[int, int, int, int | None, int, datetime, str]]:
    """(number, author, root number, parent, seconds, time, text): a post, some comments, some answers, again."""
    seed = random.Random(7)
    number = 0
    while number < count:
        root, author = number, seed.randrange(AUTHORS)
        posted = START + timedelta(seconds=number * 300)
        yield number, author, root, None, 0, posted, words(size, seed)
        number += 1
        for _ in range(seed.randrange(4, 12)):
            if number >= count:
                return
            asked = number
            yield (
                number,
                AUTHORS + seed.randrange(ASKERS),
                root,
                root,
                0,
                posted + timedelta(hours=number - root),
                words(size, seed),
            )
            number += 1
            if seed.random() < 0.3 and number < count:
                yield number, author, root, asked, 0, posted + timedelta(hours=number - root), words(size, seed)
                number += 1


def x_json_lines(path: Path, count: int, size: int) -> None:
    """Tweets of v1.1 as collected; ``size`` bytes a line where the fixed fields leave room."""
    with path.open("w", encoding="utf-8") as out:
        for number, author, _, parent, _, when, text in messages(count, max(20, size - 300)):
            tweet = {
                "id_str": str(600_000_000_000_000_000 + number),
                "created_at": when.strftime("%a %b %d %H:%M:%S +0000 %Y"),
                "text": text,
                "lang": "en",
                "user": {
                    "id_str": str(author + 1),
                    "screen_name": f"user{author}",
                    "followers_count": 10 + author % 9000,
                },
            }
            if parent is not None:
                tweet["in_reply_to_status_id_str"] = str(600_000_000_000_000_000 + parent)
            out.write(json.dumps(tweet) + "\n")


def neutral_csv(path: Path, count: int, size: int) -> None:
    """The objects table."""
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(["id", "channel", "kind", "actor", "published", "in_reply_to", "thread", "text"])
        for number, author, root, parent, _, when, text in messages(count, max(20, size - 120)):
            table.writerow(
                [f"forum:post/{number}", "forum", "note", f"forum:user/{author}", when.isoformat(),
                 "" if parent is None else f"forum:post/{parent}", f"forum:post/{root}", text]
            )  # fmt: skip


def disqus_xml(path: Path, count: int, size: int) -> None:
    """Threads first, then posts, as Disqus writes them."""
    text_size = max(20, size - 300)  # twice through, so that this process stays small: its size is the children's least
    with path.open("w", encoding="utf-8") as out:
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


def wordpress_xml(path: Path, count: int, size: int) -> None:
    """Items with their comments inside, as WordPress writes them."""
    with path.open("w", encoding="utf-8") as out:
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


FORMATS = {
    "x": ("tweets.jsonl", x_json_lines, "@user1"),
    "tables": ("objects.csv", neutral_csv, "forum:user/1"),
    "disqus": ("disqus.xml", disqus_xml, "@user1"),
    "wordpress": ("wordpress.xml", wordpress_xml, "@user1"),
}
