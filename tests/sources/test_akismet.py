"""Asking Akismet, from a stub that says it is one (tests/servers/akismet): what is sent, and what is never."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

import pytest

from permadani.errors import BudgetSpent
from permadani.settings import Secret
from permadani.sources.akismet import Akismet, CommentToCheck, akismet_for
from permadani.sources.http import Client
from servers.akismet.stub import ALWAYS_SPAM, KEY, SAYS, AkismetStub
from sources.http.hostile import Hostile, redirect, status

SITE = "https://blog.example"
COMMENT = CommentToCheck(
    id="wordpress:blog.example/comment/7",
    address="203.0.113.9",
    text="Where can I read more about it?",
    author="Wati",
    author_url="https://wati.example",
    browser="Lynx",
    page="https://blog.example/2024/rugs",
    published=1_700_000_000_000_000,
)
FORM = {
    "api_key": KEY, "blog": SITE, "user_ip": "203.0.113.9", "user_agent": "Lynx",
    "permalink": "https://blog.example/2024/rugs", "comment_type": "comment", "comment_author": "Wati",
    "comment_author_url": "https://wati.example", "comment_content": "Where can I read more about it?",
    "comment_date_gmt": "2023-11-14T22:13:20+00:00",
}  # fmt: skip


@pytest.fixture
def stub() -> Iterator[AkismetStub]:
    with AkismetStub() as running:
        yield running


def asker(stub: AkismetStub, client: Client, key: str = KEY, **more: bool) -> Akismet:
    return Akismet(client, Secret(key), SITE, base=stub.base, **more)


def test_spam_is_spam_and_the_rest_is_not(stub: AkismetStub, client: Client) -> None:
    akismet = asker(stub, client)
    assert akismet.check(replace(COMMENT, author=ALWAYS_SPAM)) is True
    assert akismet.check(COMMENT) is False
    assert akismet.problems == []
    assert [seen.path for seen in stub.server.seen] == ["/1.1/verify-key", "/1.1/comment-check", "/1.1/comment-check"]


def test_exactly_these_fields_leave_the_computer(stub: AkismetStub, client: Client) -> None:
    asker(stub, client).check(COMMENT)
    assert stub.sent == [FORM]
    asker(stub, client, is_test=True).check(replace(COMMENT, author=None, author_url=None, browser=None, page=None))
    assert stub.sent[1] == {
        name: value for name, value in FORM.items()
        if name in ("api_key", "blog", "user_ip", "comment_type", "comment_content", "comment_date_gmt")
    } | {"is_test": "1"}  # fmt: skip
    assert not any("mail" in field.name for field in fields(CommentToCheck))
    assert COMMENT.id not in repr(stub.server.seen)


def test_the_page_on_akismet_lists_every_field() -> None:
    from pathlib import Path

    page = (Path(__file__).parents[2] / "docs/sources/akismet.md").read_text()
    for name in (*FORM, "is_test", "key"):
        assert f"`{name}`" in page, name


@pytest.mark.parametrize("address", [None, "", "unknown", "203.0.113.999", "203.0.113.9, 10.0.0.1"])
def test_without_an_address_nothing_is_sent(stub: AkismetStub, client: Client, address: str | None) -> None:
    akismet = asker(stub, client)
    assert akismet.check(replace(COMMENT, address=address)) is None
    assert [problem.reason for problem in akismet.problems] == ["akismet_no_address"]
    assert stub.server.seen == []


def test_a_key_that_is_not_taken_is_said_once_and_no_comment_is_sent(stub: AkismetStub, client: Client) -> None:
    akismet = asker(stub, client, "a-wrong-key")
    assert akismet.check(COMMENT) is None and akismet.check(COMMENT) is None
    assert [p.reason for p in akismet.problems] == ["akismet_key_refused", "akismet_not_asked", "akismet_not_asked"]
    assert stub.sent == [] and len(stub.server.seen) == 1


@pytest.mark.parametrize("says", ["", "maybe", "<html>spam</html>", "TRUE"])
def test_another_word_is_no_verdict(stub: AkismetStub, client: Client, says: str) -> None:
    stub.says, stub.headers = says, {"X-akismet-debug-help": "something odd"}
    akismet = asker(stub, client)
    assert akismet.check(COMMENT) is None
    assert [(p.reason, p.example, p.lost) for p in akismet.problems] == [("akismet_unsure", "something odd", False)]
    stub.says = "true"
    assert akismet.check(COMMENT) is True


@pytest.mark.parametrize("headers", [{}, {"X-akismet-alert-code": "10007", "X-akismet-alert-msg": "too many sites"}])
def test_after_invalid_or_an_alert_nothing_more_is_sent(
    stub: AkismetStub, client: Client, headers: dict[str, str]
) -> None:
    stub.says, stub.headers = "maybe" if headers else "invalid", headers
    akismet = asker(stub, client)
    assert akismet.check(COMMENT) is None and akismet.check(COMMENT) is None
    assert [problem.reason for problem in akismet.problems] == ["akismet_unsure", "akismet_not_asked"]
    assert len(stub.sent) == 1


def test_discard_is_spam_of_the_worst_kind(stub: AkismetStub, client: Client) -> None:
    stub.headers = {"X-akismet-pro-tip": "discard"}
    assert asker(stub, client).check(replace(COMMENT, author=ALWAYS_SPAM)) is True


def test_a_service_that_is_away_is_asked_no_more(client: Client) -> None:
    with Hostile() as server:
        server.on("/1.1/verify-key", status(500))
        akismet = Akismet(client, Secret(KEY), SITE, base=server.url(""))
        assert akismet.check(COMMENT) is None and akismet.check(COMMENT) is None
        assert [p.reason for p in akismet.problems] == ["akismet_unreachable", "akismet_not_asked", "akismet_not_asked"]
        assert KEY not in repr(akismet.problems)


def test_the_key_is_sent_nowhere_else_and_shown_nowhere(stub: AkismetStub, client: Client) -> None:
    with Hostile() as server:
        server.on("/1.1/*", redirect(f"{stub.base}/1.1/verify-key"))
        akismet = Akismet(client, Secret(KEY), SITE, base=server.url(""))
        assert akismet.check(COMMENT) is None
    assert stub.server.seen == []
    loud = asker(stub, client)
    stub.says, stub.headers = "invalid", {"X-akismet-debug-help": f"{KEY} is no key"}
    loud.check(COMMENT)
    assert KEY not in repr(akismet.problems) + repr(loud.problems) + repr(vars(loud))


def test_a_spent_budget_is_told(stub: AkismetStub) -> None:
    with Client(allow_local=True, max_requests=1) as client:
        akismet = asker(stub, client)
        with pytest.raises(BudgetSpent):
            akismet.check(COMMENT)


def test_it_is_off_until_there_is_a_key(stub: AkismetStub, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert akismet_for(SITE, client) is None
    monkeypatch.setenv("PERMADANI_SECRET_REST_AKISMET_COM", KEY)
    assert akismet_for(SITE, client) is not None
    monkeypatch.setenv("PERMADANI_AKISMET", stub.base)
    assert akismet_for(SITE, client) is None, "the key is for one host only"
    monkeypatch.setenv(f"PERMADANI_SECRET_127_0_0_1___{stub.server.port}", KEY)
    akismet = akismet_for(SITE, client)
    assert akismet is not None and akismet.check(COMMENT) is False


def test_the_stub_says_that_it_is_one(stub: AkismetStub, client: Client) -> None:
    told = client.post(f"{stub.base}/1.1/verify-key", {"key": KEY, "blog": SITE})
    assert told.headers["x-stub"] == SAYS
