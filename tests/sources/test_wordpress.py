"""The WordPress export; its golden pairs are in tests/golden/wordpress."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from written_exports import Read, comment, item, opened, wxr

from permadani.errors import UnexpectedEnd
from permadani.sources import InputFile, walk
from permadani.sources.base import ReadOptions, Source
from permadani.sources.reading import xmlstream
from permadani.sources.reading.clock import iso
from permadani.sources.wordpress import WordPress
from permadani.store.importing import weakened
from permadani.vocabulary import Coverage

SHARED = Path(__file__).parents[3] / "shared" / "data"
REAL = sorted((SHARED / "wordpress-wxr-wptest").glob("*.xml"))
needs_data = pytest.mark.skipif(not REAL, reason="../shared/data is not here")


def read(tmp_path: Path, *items: str, **options: str) -> Read:
    path = tmp_path / "site.WordPress.xml"
    path.write_text(wxr(*items, **options), "utf-8")
    return Read(WordPress(), path)


def test_it_is_a_source() -> None:
    assert isinstance(WordPress(), Source)


@needs_data
@pytest.mark.parametrize("name", ["wptest.xml", "64-block-test-data.xml"])
def test_every_item_and_comment_of_a_real_export_is_kept_or_counted(name: str) -> None:
    path = SHARED / "wordpress-wxr-wptest" / name
    source = path.read_text("utf-8")
    found = Read(WordPress(), path)
    reasons = Counter(found.reasons())
    assert not any(p.lost for p in found.problems)
    left_out = {r: n for r, n in reasons.items() if r.startswith(("not_a_post:", "not_published:"))}
    assert len(found.articles) + sum(left_out.values()) == source.count("<item>")
    kinds = Counter(re.findall(r"<wp:post_type>(?:<!\[CDATA\[)?([\w-]+)", source))
    assert {r: n for r, n in left_out.items() if r.startswith("not_a_post:")} == {
        f"not_a_post:{kind}": n for kind, n in kinds.items() if kind not in ("post", "page")
    }
    comments = source.count("<wp:comment>")
    assert len(found.comments) + reasons["pingback"] + reasons["on_left_out_post"] == comments
    assert reasons["pingback"] == source.count("<wp:comment_type><![CDATA[pingback]]>")
    assert sum(left_out.values()) + reasons["pingback"] + reasons["on_left_out_post"] == len(found.problems)
    assert {o.in_reply_to for o in found.comments} <= {o.id for o in found.objects}
    assert all(o.text and "<!--" not in o.text and "<p" not in o.text for o in found.objects)


@needs_data
def test_it_claims_nothing_else_of_the_real_data() -> None:
    files = (file for p in SHARED.rglob("*") if p.is_file() for file in walk(p))
    claimed = [file.disk_path for file in files if isinstance(file, InputFile) and WordPress().recognises(file)]
    assert sorted(p for p in claimed if p) == REAL


def test_plain_rss_is_not_wxr(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(
        '<rss version="2.0" xmlns:wfw="http://wellformedweb.org/CommentAPI/"><channel><item/></channel></rss>'
    )
    assert not WordPress().recognises(opened(path))


def test_the_admins_of_two_sites_are_two_actors(tmp_path: Path) -> None:
    first = read(tmp_path, item(1), site="https://one.example/")
    second = read(tmp_path, item(1), site="http://two.example/blog")
    assert first.articles[0].actor == "wordpress:user/admin@one.example"
    assert second.articles[0].actor == "wordpress:user/admin@two.example/blog"
    assert second.articles[0].id == "wordpress:post/two.example/blog/1"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"approved": "0"}, "held_for_moderation"),
        ({"type": "pingback"}, "pingback"),
        ({"type": "trackback", "approved": "0"}, "pingback"),
        ({"type": "order_note"}, "not_a_comment:order_note"),
        ({"approved": "whatever"}, "not_approved:whatever"),
    ],
)
def test_what_is_left_out_is_counted(tmp_path: Path, fields: dict[str, str], reason: str) -> None:
    found = read(tmp_path, item(1, comment(7, **fields), comment(8)))
    assert [o.id for o in found.comments] == ["wordpress:comment/hall.example/8"]
    assert [(p.reason, p.lost) for p in found.problems] == [(reason, False)]


@pytest.mark.parametrize("status", ["draft", "private", "future", "pending", "trash"])
def test_posts_that_are_not_public_are_left_out_with_their_comments(tmp_path: Path, status: str) -> None:
    found = read(tmp_path, item(1, comment(7), wp__status=status))
    assert found.objects == []
    assert found.coverage == []
    assert found.reasons() == [f"not_published:{status}", "on_left_out_post"]


def test_a_post_behind_a_password_is_not_public(tmp_path: Path) -> None:
    found = read(tmp_path, item(1, wp__post_password="sesame"))  # noqa: S106
    assert found.reasons() == ["not_published:password"]
    assert "sesame" not in repr(found.records)


def test_trash_keeps_no_words_and_its_answers_keep_their_parent(tmp_path: Path) -> None:
    gone = comment(7, approved="trash", content="regretted")
    found = read(tmp_path, item(1, gone, comment(8, parent="7"), comment(9, parent="400")))
    assert [o.deleted for o in found.comments] == [True, False, False]
    assert "regretted" not in repr(found.records)
    assert [o.in_reply_to for o in found.comments[1:]] == [
        "wordpress:comment/hall.example/7",
        "wordpress:comment/hall.example/400",
    ]


def test_spam_is_marked(tmp_path: Path) -> None:
    assert read(tmp_path, item(1, comment(7, approved="spam"))).comments[0].spam is True


def test_accounts_by_number_else_names(tmp_path: Path) -> None:
    comments = comment(7, "Rania", user_id="1"), comment(8, "Gone", user_id="9"), comment(9, "admin")
    found = read(tmp_path, item(1, *comments))
    assert [o.actor for o in found.comments] == [
        "wordpress:user/admin@hall.example",
        "wordpress:hall.example/name/Gone",
        "wordpress:hall.example/name/admin",
    ]


def test_people_without_a_name_stay_apart(tmp_path: Path) -> None:
    found = read(tmp_path, item(1, comment(7, ""), comment(8, " "), comment(9, "<script>x</script>")))
    assert len({o.actor for o in found.comments}) == 3
    assert found.reasons() == ["no_author_name"] * 3


def test_addresses_are_not_kept(tmp_path: Path) -> None:
    found = read(tmp_path, item(1, comment(7, "dewi@mail.example"), dc__creator="budi@mail.example"))
    assert "mail.example" not in repr(found.records)
    assert "192.0.2" not in repr(found.records)


@pytest.mark.parametrize("name", ["bo4@mail.example (home)", "bo5 @ mail.example", "Bo &lt;bo3@mail.example&gt;"])
def test_no_address_is_kept_within_a_name(tmp_path: Path, name: str) -> None:
    found = read(tmp_path, item(1, comment(7, name, author_url="http://bo7@mail.example")))
    assert found.comments and "mail.example" not in repr(found.records)


def test_times(tmp_path: Path) -> None:
    none = "0000-00-00 00:00:00"
    found = read(
        tmp_path,
        item(1, comment(7, date_gmt=none), comment(8, date_gmt=none, date="")),
        item(2, wp__post_date_gmt=none, pubDate="Sat, 02 Jan 2016 09:00:00 +0000"),
        item(3, comment(9), wp__post_date_gmt=none, wp__post_date=none, pubDate="Mon, 30 Nov -0001 00:00:00 +0000"),
    )
    assert found.comments[0].published == iso("2016-01-03T08:00:00Z")  # the site's offset, from its post
    assert found.articles[1].published == iso("2016-01-02T09:00:00Z")
    assert [(p.reason, p.lost) for p in found.problems] == [
        ("local_time", False),
        ("unparsable_time", True),
        ("unparsable_time", True),
    ]
    assert found.comments[-1].thread == "wordpress:post/hall.example/3"  # kept without its post


def test_custom_types_count_once_somebody_talks_there(tmp_path: Path) -> None:
    kept, empty = item(1, comment(7), wp__post_type="recipe"), item(2, wp__post_type="contact_form")
    pinged = item(3, comment(8, type="pingback"), wp__post_type="slide")
    found = read(tmp_path, kept, empty, pinged)
    assert [o.id for o in found.articles] == ["wordpress:post/hall.example/1"]
    assert found.reasons() == ["not_a_post:contact_form", "pingback", "not_a_post:slide"]


def test_a_shops_orders_are_nobodys_conversation(tmp_path: Path) -> None:
    found = read(tmp_path, item(1, comment(7), wp__post_type="shop_order", wp__status="wc-completed"))
    assert found.objects == []
    assert found.reasons() == ["not_a_post:shop_order", "on_left_out_post"]


def test_coverage_ends_with_the_export_or_else_its_last_record(tmp_path: Path) -> None:
    for exported, until in (("Sun, 01 May 2016 10:00:00 +0000", "2016-05-01T10:00:00Z"), ("", "2016-01-03T08:00:00Z")):
        found = read(tmp_path, item(1, comment(7)), exported=exported)
        assert [(c.actor, c.direction) for c in found.coverage] == [
            ("wordpress:user/admin@hall.example", "inbound"),
            ("wordpress:user/admin@hall.example", "outbound"),
        ]
        assert (found.coverage[0].since, found.coverage[0].until) == (iso("2016-01-02T08:00:00Z"), iso(until))
        assert found.coverage[0].basis == "WordPress export (WXR) of hall.example, spam not included"


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2", "1.9"])
def test_every_version_of_the_namespace(tmp_path: Path, version: str) -> None:
    assert len(read(tmp_path, item(1, comment(7)), version=version).objects) == 2


def test_a_post_with_very_many_comments_comes_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xmlstream, "BATCH", 1000)
    monkeypatch.setattr(xmlstream, "INNER_AFTER", 2000)
    monkeypatch.setattr("permadani.sources.reading.xmlbytes.CHUNK", 700)
    found = read(tmp_path, item(1, *(comment(n) for n in range(7, 107))), item(2, comment(200)))
    assert len(found.articles) == 2
    assert [o.thread for o in found.comments] == ["wordpress:post/hall.example/1"] * 100 + [
        "wordpress:post/hall.example/2"
    ]
    assert found.problems == []


def test_a_cut_file_yields_what_is_whole_and_its_coverage(tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    path.write_text(wxr(item(1, comment(7), comment(8)))[:-90])
    records = []
    with pytest.raises(UnexpectedEnd):
        for record in WordPress().read(opened(path), ReadOptions()):
            records.append(record)  # noqa: PERF402
    assert isinstance(records[-1], Coverage)
    claim = weakened(records[-1], lost=0, read=2, cut=True)  # by the store, in one place for all sources
    assert (claim.completeness, claim.basis) == ("partial", f"{records[-1].basis} (file cut off)")
    assert [r.id for r in records if getattr(r, "kind", "") == "comment"] == ["wordpress:comment/hall.example/7"]
