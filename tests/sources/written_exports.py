"""Small Disqus and WordPress exports for tests, all fictional."""

from __future__ import annotations

from pathlib import Path

from permadani.sources import InputFile, walk
from permadani.sources.base import ReadOptions, Source
from permadani.vocabulary import Actor, Coverage, Object, Problem, Record


def opened(path: Path) -> InputFile:
    (file,) = walk(path)
    assert isinstance(file, InputFile)
    return file


class Read:
    """All that a source yields for a file, sorted out."""

    def __init__(self, source: Source, path: Path) -> None:
        self.records: list[Record] = list(source.read(opened(path), ReadOptions()))
        self.objects = [r for r in self.records if isinstance(r, Object)]
        self.articles = [r for r in self.objects if r.kind == "article"]
        self.comments = [r for r in self.objects if r.kind == "comment"]
        self.actors = [r for r in self.records if isinstance(r, Actor)]
        self.problems = [r for r in self.records if isinstance(r, Problem)]
        self.coverage = [r for r in self.records if isinstance(r, Coverage)]

    def reasons(self) -> list[str]:
        return [problem.reason for problem in self.problems]


THREAD = """<thread dsq:id="1"><id>/a</id><forum>hall</forum><link>https://hall.example/a</link><title>A</title>
<message/><createdAt>2015-03-01T08:00:00Z</createdAt><author><name>Rania</name><username>rania</username></author>
<isDeleted>false</isDeleted></thread>
"""


def disqus(*content: str) -> str:
    start = '<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">\n'
    return f'<?xml version="1.0" encoding="utf-8"?>\n{start}{"".join(content)}</disqus>\n'


def post(id: int, message: str = "Hello", author: str = "<name>Dewi</name>", more: str = "") -> str:
    return (
        f'<post dsq:id="{id}"><id>wp_id={id + 5}</id><message><![CDATA[{message}]]></message>'
        f"<createdAt>2015-03-02T08:00:00Z</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam>"
        f'<author>{author}</author><thread dsq:id="1" />{more}</post>\n'
    )


def wxr(*items: str, site: str = "https://hall.example", version: str = "1.2", exported: str | None = None) -> str:
    date = exported if exported is not None else "Sun, 01 May 2016 10:00:00 +0000"
    return (
        f'<?xml version="1.0" encoding="UTF-8" ?>\n<rss version="2.0"'
        f' xmlns:excerpt="http://wordpress.org/export/{version}/excerpt/"'
        f' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' xmlns:wp="http://wordpress.org/export/{version}/">\n<channel><title>Hall</title><link>{site}</link>'
        f"<pubDate>{date}</pubDate><language>en-GB</language><wp:base_blog_url>{site}</wp:base_blog_url>\n"
        "<wp:author><wp:author_id>1</wp:author_id><wp:author_login>admin</wp:author_login>"
        "<wp:author_email>rania@mail.example</wp:author_email>"
        "<wp:author_display_name>Rania</wp:author_display_name></wp:author>\n"
        f"{''.join(items)}</channel></rss>\n"
    )


def item(id: int, *comments: str, **fields: str) -> str:
    values = {
        "title": "A post",
        "link": f"https://hall.example/{id}",
        "dc:creator": "admin",
        "content:encoded": "<![CDATA[<p>Words</p>]]>",
        "wp:post_date": "2016-01-02 15:00:00",
        "wp:post_date_gmt": "2016-01-02 08:00:00",
        "wp:status": "publish",
        "wp:post_type": "post",
    } | {name.replace("__", ":"): value for name, value in fields.items()}
    inside = "".join(f"<{name}>{value}</{name}>\n" for name, value in values.items())
    return f"<item>\n{inside}<wp:post_id>{id}</wp:post_id>\n{''.join(comments)}</item>\n"


def comment(id: int, author: str = "Dewi", **fields: str) -> str:
    values = {
        "author": f"<![CDATA[{author}]]>",
        "author_email": "dewi@mail.example",
        "author_IP": "192.0.2.7",
        "date": "2016-01-03 15:00:00",
        "date_gmt": "2016-01-03 08:00:00",
        "content": "<![CDATA[Hello]]>",
        "approved": "1",
        "type": "comment",
        "parent": "0",
        "user_id": "0",
    } | fields
    inside = "".join(f"<wp:comment_{name}>{value}</wp:comment_{name}>" for name, value in values.items())
    return f"<wp:comment><wp:comment_id>{id}</wp:comment_id>{inside}</wp:comment>\n"
