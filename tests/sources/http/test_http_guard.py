"""The addresses that may be visited, against Python's own knowledge of them, and every way to write them otherwise."""

from __future__ import annotations

import ipaddress
import socket
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from permadani.errors import AddressRefused, FetchError, Unreachable
from permadani.sources.http import guard
from permadani.sources.http.guard import addresses, checked, is_local, is_loopback, is_open, looked_up

CLOSED_BEYOND_PYTHON = [
    ipaddress.ip_network(text) for text in ("192.88.99.0/24", "2001::/23", "2002::/16", "3fff::/20", "100.64.0.0/10")
]


@given(st.ip_addresses(v=4))
@example(IPv4Address("192.88.99.1"))
@example(IPv4Address("224.0.0.251"))
def test_an_ipv4_address_is_open_exactly_where_python_calls_it_global(address: IPv4Address) -> None:
    elsewhere = any(address in network for network in CLOSED_BEYOND_PYTHON if network.version == 4)
    assert is_open(str(address)) == (address.is_global and not address.is_multicast and not elsewhere)


def private_networks() -> list[ipaddress.IPv4Network]:
    texts = (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.2.0/24",
        "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )  # fmt: skip
    return [ipaddress.IPv4Network(text) for text in texts]


@given(st.data(), st.sampled_from(private_networks()))
def test_no_network_that_is_not_the_internets_is_open(data: st.DataObject, network: ipaddress.IPv4Network) -> None:
    inside = IPv4Address(data.draw(st.integers(int(network[0]), int(network[-1]))))
    assert not is_open(str(inside))
    for wrapped in (
        IPv6Address((0xFFFF << 32) | int(inside)),  # mapped
        IPv6Address(int(inside)),  # compatible
        IPv6Address((0x2002 << 112) | (int(inside) << 80)),  # 6to4
        IPv6Address((0x0064FF9B << 96) | int(inside)),  # NAT64
        IPv6Address((0x20010000 << 96) | (int(inside) ^ 0xFFFFFFFF)),  # Teredo
    ):
        assert not is_open(str(wrapped)), wrapped


@given(st.ip_addresses(v=6))
@example(IPv6Address("fec0::1"))
@example(IPv6Address("ff0e::1"))
@example(IPv6Address("3fff::1"))
@example(IPv6Address("64:ff9b:1::a00:1"))
@example(IPv6Address("::ffff:8.8.8.8"))
def test_an_open_ipv6_address_is_global_for_python_too(address: IPv6Address) -> None:
    if is_open(str(address)):
        assert address.is_global
        assert not address.is_multicast
        assert address in ipaddress.ip_network("2000::/3") or address in ipaddress.ip_network("64:ff9b::/96")
        assert not address.ipv4_mapped
        assert not address.sixtofour


@given(st.integers(0, 2**125 - 1))
def test_common_ipv6_addresses_are_open(low: int) -> None:
    address = IPv6Address((0b001 << 125) | low)
    closed = any(address in network for network in CLOSED_BEYOND_PYTHON if network.version == 6)
    assert is_open(str(address)) == (address.is_global and not closed)


@given(st.one_of(st.ip_addresses(), st.text(max_size=20).map(str)))
def test_local_and_open_never_meet(address: object) -> None:
    assert not (is_open(str(address)) and is_local(str(address)))


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_open(address: str) -> None:
    assert is_open(address)


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("127.0.0.1", True), ("127.255.0.9", True), ("::1", True), ("10.1.2.3", True), ("172.31.0.1", True),
        ("192.168.1.1", True), ("fd00::1", True), ("169.254.169.254", False), ("fe80::1", False), ("0.0.0.0", False),  # noqa: S104
        ("::", False), ("224.0.0.1", False), ("255.255.255.255", False), ("100.100.100.200", False),
        ("::ffff:127.0.0.1", False), ("fe80::1%lo", False), ("localhost", False), ("", False),
    ],
)  # fmt: skip
def test_what_allow_local_permits(address: str, local: bool) -> None:
    assert is_local(address) is local
    assert not is_open(address)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "/", "//ada.example/", "ada.example", "http:", "http://", "http:///path", "http://?", "http://#",
        "http://:80/",
        "file:///etc/passwd", "ftp://ada.example/", "gopher://ada.example:70/_x", "javascript:alert(1)",
        "data:text/html,x",
        "ws://ada.example/", "unix:///run/x", "http+unix://x", "HTTPS:ada.example", "http:ada.example",
        "http://ada@ada.example/", "http://ada:secret@ada.example/", "http://good.example@127.0.0.1/", "http://@/",
        "http://good.example\\@127.0.0.1/", "http://ada\\.example/", "http://ada.example:0/",
        "http://ada.example:65536/",
        "http://ada.example:-1/", "http://ada.example:99999999999/", "http://ada.example:8o/",
        "http://a b.example/", "http://ada.example\n/", "http://ada.example/\r\nHost: x", "http://ada.example/\x00",
        "\thttp://ada.example/",
        "http://ada.example/\x7f", "http://ada.example/\x85",
        "http://2130706433/", "http://0x7f000001/", "http://0x7f.1/", "http://127.1/", "http://0177.0.0.1/",
        "http://010.0.0.1/",
        "http://1.2.3.4.5/", "http://256.1.1.1/", "http://ada.example.123/", "http://①②⑦.⓪.⓪.①/", "http://１２７.0.0.1/",
        "http://a..b/", "http://.ada.example/", "http://ada.example../", "http://-ada.example/",
        "http://%61da.example/",
        "http://127.0.0.1%2f@x/", "http://ada.example%00.x/", "http://ada.ex*mple/", "http://[::1", "http://::1/",
        "http://[]/",
        "http://[::g]/", "http://[127.0.0.1]/", "http://[v1.x]/", "http://" + "a" * 64 + ".example/",
        "http://" + "a." * 127 + "aa/",
        "http://ada.example/" + "a" * 9000, "http://" + "ä" * 3000 + "/", "http://ada。example\u0000/",
    ],
)  # fmt: skip
def test_what_is_no_address_of_ours(text: str) -> None:
    with pytest.raises(AddressRefused) as caught:
        checked(text)
    shown = caught.value.text()
    assert shown.isprintable()
    assert len(shown) < 260
    assert "secret" not in shown


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("https://Ada.Example/A?b=c#d", "https://ada.example/A?b=c"),
        ("http://ada.example:80/", "http://ada.example/"),
        ("https://ada.example:8443", "https://ada.example:8443/"),
        ("https://ada.example./x", "https://ada.example/x"),
        ("https://bücher.example/ü ö", "https://xn--bcher-kva.example/%C3%BC%20%C3%B6"),
        ("https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/"),
        ("https://a_b.example/", "https://a_b.example/"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x"),
        ("http://localhost", "http://localhost/"),
        ("http://xn--/", "http://xn--/"),
        ("http://ada.example:８０/", "http://ada.example/"),
    ],
)
def test_what_is_read_as_an_address(text: str, read: str) -> None:
    url = checked(text)
    assert str(url).rstrip("/") == read.rstrip("/")
    assert checked(str(url)) == url


@given(st.text(max_size=60), st.sampled_from(["", "http://", "https://", "http://ada.example", "http://["]))
def test_any_text_is_an_address_or_refused(text: str, before: str) -> None:
    try:
        url = checked(before + text)
    except AddressRefused as error:
        assert error.text().isprintable()
    else:
        assert url.scheme in ("http", "https")
        assert url.raw_host
        assert not url.userinfo


def names(monkeypatch: pytest.MonkeyPatch, *found: str) -> None:
    monkeypatch.setattr(guard, "looked_up", lambda host, port, seconds: list(found))


def test_every_address_of_a_name_must_be_open(monkeypatch: pytest.MonkeyPatch) -> None:
    names(monkeypatch, "93.184.215.14", "2606:4700::1")
    assert addresses("ada.example", 443, allow_local=False, seconds=5) == ["93.184.215.14", "2606:4700::1"]
    for bad in ("10.0.0.1", "::1", "169.254.169.254", "::ffff:10.0.0.1", "fe80::1%eth0", "", "nonsense"):
        names(monkeypatch, "93.184.215.14", bad)
        with pytest.raises(AddressRefused):
            addresses("ada.example", 443, allow_local=False, seconds=5)


def test_allow_local_permits_the_private_network_and_no_metadata(monkeypatch: pytest.MonkeyPatch) -> None:
    names(monkeypatch, "127.0.0.1", "192.168.0.7", "93.184.215.14")
    assert len(addresses("ada.example", 443, allow_local=True, seconds=5)) == 3
    names(monkeypatch, "169.254.169.254")
    with pytest.raises(AddressRefused) as caught:
        addresses("ada.example", 80, allow_local=True, seconds=5)
    assert caught.value.hint is None
    names(monkeypatch, "10.0.0.1")
    with pytest.raises(AddressRefused) as caught:
        addresses("ada.example", 80, allow_local=False, seconds=5)
    assert "--allow-local" in str(caught.value.hint)


def test_a_name_without_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    names(monkeypatch)
    with pytest.raises(Unreachable):
        addresses("ada.example", 80, allow_local=True, seconds=5)


def test_what_the_look_up_says(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(FetchError, match=r"ada\.example cannot be found"):
        addresses("ada.example", 80, allow_local=False, seconds=5)

    def busy(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "later")

    monkeypatch.setattr(socket, "getaddrinfo", busy)
    with pytest.raises(socket.gaierror):
        addresses("ada.example", 80, allow_local=False, seconds=5)


def test_a_look_up_has_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    done = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: done.wait(20) and [])
    with pytest.raises(TimeoutError):
        looked_up("ada.example", 80, 0.05)
    done.set()


def test_loopback_by_name_or_number() -> None:
    assert all(is_loopback(host) for host in ("localhost", "a.localhost", "127.0.0.1", "127.1.2.3", "::1"))
    assert not any(is_loopback(host) for host in ("localhost.example", "10.0.0.1", "notlocalhost", "", "fe80::1"))
