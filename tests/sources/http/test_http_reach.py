"""How far --allow-local goes: only as far as what the user typed lies in the private network itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from permadani.errors import AddressRefused, FetchError
from permadani.sources.http import Client, guard, wire
from permadani.sources.http.guard import Reach
from permadani.sources.live import knock
from permadani.sources.live.base import FetchOptions
from sources.http.hostile import Behaviour, Hostile, answer, json, redirect, status

OPEN, LOCAL = "93.184.215.14", "127.0.0.1"


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hostile]:
    """A server that plays the open internet, by the name blog.example."""
    private = guard.is_local
    monkeypatch.setattr(guard, "is_open", lambda address: address == "127.1.2.3")
    monkeypatch.setattr(guard, "is_local", lambda address: address != "127.1.2.3" and private(address))
    monkeypatch.setattr(wire, "is_local", guard.is_local)
    monkeypatch.setattr(guard, "looked_up", lambda host, port, seconds: ["127.1.2.3"])
    with Hostile(host="127.1.2.3") as running:
        yield running


def linked(attributes: str) -> Behaviour:
    return answer(f"<link {attributes}>", type="text/html")


FEED = """<rss version="2.0" xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>t</title><link>{base}/</link><atom:link rel="next" href="{local}"/><item><title>a</title>
<guid>{base}/a</guid><link>{base}/a</link><author>ada</author><pubDate>Mon, 06 Jan 2025 00:00:00 GMT</pubDate>
<description>x</description><wfw:commentRss>{local}</wfw:commentRss></item></channel></rss>"""


@pytest.mark.parametrize(
    "leads",
    [
        lambda local, base: redirect(local),
        lambda local, base: linked(f"rel='https://api.w.org/' href='{local}'"),
        lambda local, base: answer("x", headers={"Link": f'<{local}>; rel="https://api.w.org/"'}),
        lambda local, base: linked(f"rel=alternate type=application/atom+xml href='{local}'"),
        lambda local, base: answer(FEED.format(local=local, base=base), type="application/rss+xml"),
    ],
)
def test_nothing_on_the_open_internet_leads_into_the_private_network(public: Hostile, leads: object) -> None:
    base = f"http://blog.example:{public.port}"
    with Hostile() as private, Client(allow_local=True, sleep=lambda seconds: None) as client:
        private.on("/*", json({"secret": "router"}))
        public.on("/*", status(404))
        public.on("/", leads(private.url("/reboot"), base))  # type: ignore[operator]
        try:
            for _ in knock(f"{base}/", client).pages(None, FetchOptions(1_790_000_000_000_000, 0)):
                pass
        except FetchError as error:
            assert error.text()
        assert private.seen == []
        assert public.seen
        with pytest.raises(AddressRefused) as caught:
            client.get(private.url("/"))
        assert "the address that was typed" in str(caught.value.hint_text())


def test_a_host_of_ones_own_network_may_lead_to_others_there() -> None:
    with Hostile() as one, Hostile() as other, Client(allow_local=True) as client:
        assert client.get(one.on("/", json({}))).json() == {}
        assert client.get(other.on("/", json({}))).json() == {}


def test_without_being_allowed_nothing_is_local() -> None:
    reach = Reach(allow_local=False)
    reach.typed = "nas.example"
    assert not reach.permits("nas.example")


def test_the_typed_host_may_be_local_after_another_was_asked() -> None:
    reach = Reach(allow_local=True)
    reach.typed = "nas.example"
    reach.learn("appview.example", [OPEN])
    assert reach.permits("nas.example") and not reach.permits("router.example")
    reach.learn("nas.example", [LOCAL])
    assert reach.permits("router.example")


def test_a_typed_host_that_was_open_once_never_becomes_local() -> None:
    reach = Reach(allow_local=True)
    reach.typed = "blog.example"
    reach.learn("blog.example", [OPEN])
    assert not reach.permits("blog.example")
    reach.learn("blog.example", [LOCAL])
    assert not reach.permits("blog.example")


def test_of_a_host_with_both_kinds_of_addresses_the_open_ones_count() -> None:
    reach = Reach(allow_local=True)
    assert reach.learn("blog.example", [LOCAL, OPEN]) == [OPEN]
    assert not reach.permits("blog.example")


def test_the_typed_host_is_known_by_the_form_that_is_used() -> None:
    with Client(allow_local=True) as client:
        for text, used in (("N\u00e4s.example:8443", "xn--ns-via.example"), ("[::1]:80", "::1"), ("", "")):
            client.typed = text
            assert client.typed == used
