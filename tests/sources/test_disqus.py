"""The Disqus export; its golden pairs are in tests/golden/disqus."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from written_exports import THREAD, Read, disqus, opened, post

from permadani.errors import UnexpectedEnd, Unreadable
from permadani.sources.base import ReadOptions, Source
from permadani.sources.disqus import Disqus
from permadani.store.importing import weakened
from permadani.vocabulary import Coverage

SHARED = Path(__file__).parents[3] / "shared" / "data"
REAL = SHARED / "disqus-benbalter" / "comments.xml"
needs_data = pytest.mark.skipif(not REAL.exists(), reason="../shared/data is not here")


def read(tmp_path: Path, *content: str) -> Read:
    path = tmp_path / "comments.xml"
    path.write_text(disqus(*content), "utf-8")
    return Read(Disqus(), path)


def test_it_is_a_source() -> None:
    assert isinstance(Disqus(), Source)


@needs_data
def test_every_thread_and_post_of_a_real_export_is_kept_or_counted() -> None:
    source = REAL.read_text("utf-8")
    found = Read(Disqus(), REAL)
    assert len(found.articles) == len(re.findall(r'^<thread dsq:id="\d+">', source, re.MULTILINE)) == 222
    assert len(found.comments) == len(re.findall(r'^<post dsq:id="\d+">', source, re.MULTILINE)) == 1145
    assert sum(o.spam is True for o in found.comments) == source.count("<isSpam>true") == 33
    assert sum(o.deleted is True for o in found.objects) == source.count("<isDeleted>true") == 15
    nested = [o for o in found.comments if o.in_reply_to != o.thread]
    assert len(nested) == source.count("<parent ") == 551
    assert found.reasons() == ["no_author_name"] * 3
    assert len({a.id for a in found.actors}) == len(found.actors)
    assert [(c.direction, c.completeness) for c in found.coverage] == [
        ("inbound", "complete"),
        ("outbound", "complete"),
    ]
    assert {c.actor for c in found.coverage} == {"disqus:user/BenBalter"}
    assert len({o.id for o in found.objects}) == 1367
    assert {o.in_reply_to for o in nested} <= {o.id for o in found.comments}


@needs_data
def test_it_claims_nothing_else_of_the_real_data() -> None:
    claimed = [p for p in SHARED.rglob("*") if p.is_file() and _claims(p)]
    assert claimed == [REAL]


def _claims(path: Path) -> bool:
    from permadani.sources import InputFile, walk

    return any(isinstance(file, InputFile) and Disqus().recognises(file) for file in walk(path))


def test_the_id_is_not_the_element_called_id(tmp_path: Path) -> None:
    found = read(tmp_path, THREAD, post(7))
    assert [o.id for o in found.objects] == ["disqus:thread/1", "disqus:post/7"]


def test_answers_point_at_comments_and_comments_at_the_article(tmp_path: Path) -> None:
    found = read(tmp_path, THREAD, post(7), post(8, more='<parent dsq:id="7" />'))
    assert [o.in_reply_to for o in found.comments] == ["disqus:thread/1", "disqus:post/7"]
    assert {o.thread for o in found.objects} == {"disqus:thread/1"}


def test_people_without_any_name_stay_apart(tmp_path: Path) -> None:
    found = read(tmp_path, THREAD, post(7, author="<name/>"), post(8, author=""), post(9, author="<name> </name>"))
    assert len({o.actor for o in found.comments}) == 3
    assert all(actor.name is None for actor in found.actors[1:])
    assert found.reasons() == ["no_author_name"] * 3
    assert not any(problem.lost for problem in found.problems)


def test_a_name_and_an_account_of_that_name_are_two_actors(tmp_path: Path) -> None:
    named, held = post(7, author="<name>rania</name>"), post(8, author="<name>R</name><username>rania</username>")
    found = read(tmp_path, THREAD, named, held)
    assert [o.actor for o in found.comments] == ["disqus:hall/name/rania", "disqus:user/rania"]
    assert [(a.id, a.handle) for a in found.actors] == [
        ("disqus:user/rania", "rania"),
        ("disqus:hall/name/rania", None),
    ]


def test_addresses_are_not_kept(tmp_path: Path) -> None:
    author = "<email>dewi@mail.example</email><name>dewi@mail.example</name>"
    found = read(tmp_path, THREAD, post(7, author=author, more="<ipAddress>192.0.2.1</ipAddress>"))
    everything = repr(found.records)
    assert "mail.example" not in everything
    assert "192.0.2" not in everything


def test_deleted_words_are_not_kept(tmp_path: Path) -> None:
    found = read(tmp_path, THREAD, post(7, "regretted").replace("<isDeleted>false", "<isDeleted>true"))
    assert found.comments[0].deleted is True
    assert "regretted" not in repr(found.records)


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://hall.example/a", "https://hall.example/a#comment-7"),
        ("https://a/#b", "https://a/#comment-7"),
        ("", None),
    ],
)
def test_a_comment_has_the_address_of_its_thread(tmp_path: Path, link: str, url: str | None) -> None:
    thread = THREAD.replace("https://hall.example/a", link)
    gone = post(8).replace("<isDeleted>false", "<isDeleted>true")
    assert [o.url for o in read(tmp_path, thread, post(7), gone).comments] == [url, None]


@pytest.mark.parametrize("stamp", ["", "yesterday", "0001-01-01T00:00:00Z", "2015-13-01T00:00:00Z"])
def test_a_post_without_a_time_is_counted(tmp_path: Path, stamp: str) -> None:
    found = read(tmp_path, THREAD, post(7).replace("2015-03-02T08:00:00Z", stamp), post(8))
    assert [o.id for o in found.comments] == ["disqus:post/8"]
    assert [(p.reason, p.lost, p.example) for p in found.problems] == [("unparsable_time", True, stamp or None)]


def test_a_missing_thread_is_counted_and_the_post_kept(tmp_path: Path) -> None:
    found = read(tmp_path, THREAD, post(7).replace('<thread dsq:id="1" />', '<thread dsq:id="5" />'))
    assert [(o.thread, o.in_reply_to) for o in found.comments] == [("disqus:thread/5", "disqus:thread/5")]
    assert found.reasons() == ["thread_missing"]


def test_a_forum_with_threads_by_two_authors_is_covered_for_both(tmp_path: Path) -> None:
    other = THREAD.replace('dsq:id="1"', 'dsq:id="2"').replace("rania", "budi").replace("2015-03-01", "2015-02-01")
    found = read(tmp_path, THREAD, other, post(7))
    assert {c.actor for c in found.coverage} == {"disqus:user/rania", "disqus:user/budi"}
    assert len({(c.since, c.until) for c in found.coverage}) == 1
    assert found.coverage[0].since == min(o.published for o in found.objects)
    assert found.coverage[0].until == max(o.published for o in found.objects)
    assert found.coverage[0].basis == "Disqus export of forum hall"


def test_a_cut_file_yields_its_coverage_before_it_says_so(tmp_path: Path) -> None:
    path = tmp_path / "comments.xml"
    path.write_text(disqus(THREAD, post(7), post(8))[:-40])
    records = []
    with pytest.raises(UnexpectedEnd, match="line 7"):
        for record in Disqus().read(opened(path), ReadOptions()):
            records.append(record)  # noqa: PERF402
    assert isinstance(records[-1], Coverage)
    claim = weakened(records[-1], lost=0, read=3, cut=True)  # by the store, in one place for all sources
    assert (claim.completeness, claim.basis) == ("partial", f"{records[-1].basis} (file cut off)")


@pytest.mark.parametrize("content", ["", "<rss/>", "<disqus/>", "<disqusting xmlns='http://disqus.com'/>"])
def test_other_files_are_not_claimed(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.xml"
    path.write_text(content)
    assert not Disqus().recognises(opened(path))
    if not content.startswith("<disqus/"):
        with pytest.raises(Unreadable):
            Read(Disqus(), path)
