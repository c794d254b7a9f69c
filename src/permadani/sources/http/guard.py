"""Which addresses may be visited: http and https, and on the open internet only.

A stranger's WebFinger answer, feed or redirect could send us to the router, to a database on this computer or to the
metadata of a cloud. So the address is read once, in the form in which it is used; the name is looked up here, every
address it has must be permitted, and the connection goes to the very address that was checked (``wire.py``).
"""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
from queue import Empty, SimpleQueue

import httpx

from permadani.errors import AddressRefused, Unreachable
from permadani.language import N_
from permadani.settings import secret_variable
from permadani.sources.http.words import quoted

MOST_LETTERS = 8192
_LABELS = re.compile(r"(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_][a-z0-9_-]{0,62})*")
_NUMBER = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")
_OPEN_6 = ipaddress.ip_network("2000::/3")
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
_CLOSED = tuple(
    ipaddress.ip_network(text)
    for text in (
        "192.88.99.0/24",  # relays of 6to4
        "2001::/23",  # protocols of their own, Teredo and its embedded addresses among them
        "2002::/16",  # 6to4: any IPv4 address inside
        "3fff::/20",  # documentation; Python learnt of it late
    )
)

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def checked(text: str) -> httpx.URL:
    """The address as it will be used, without its fragment. Raises AddressRefused."""
    if len(text) > MOST_LETTERS:
        raise AddressRefused(N_("the address is too long: {address}"), address=quoted(text))
    try:
        if re.search(r"[\x00-\x1f\x7f-\x9f]", text):
            raise ValueError
        url = httpx.URL(text)
        host = url.raw_host.decode("ascii")
    except (httpx.InvalidURL, ValueError):  # ValueError: a port that is no number, a name that is no name
        raise AddressRefused(N_("this is no address: {address}"), address=quoted(_anonymous(text))) from None
    if url.scheme not in ("http", "https"):
        raise AddressRefused(
            N_("only addresses with http:// or https:// are visited, not {address}"), address=quoted(_anonymous(text))
        )
    if url.userinfo:
        variable = secret_variable(url.netloc.decode("ascii"))
        raise AddressRefused(
            N_("an address with a password in it is not visited: {host}"),
            hint=N_("Leave it out, and put NAME:PASSWORD into the environment as {variable}, or into the keyring.")
            if variable
            else N_("Leave it out, and put NAME:PASSWORD into the keyring."),
            host=quoted(host),
            variable=variable,
        )
    bare = host.lower().removesuffix(".")
    if not _is_host(bare) or (url.port is not None and not 0 < url.port < 65536):
        raise AddressRefused(N_("this is no address: {address}"), address=quoted(_anonymous(text)))
    return url.copy_with(host=bare, fragment=None)


def _anonymous(text: str) -> str:
    """An address for an error text: what may be a name and a password is left out."""
    return re.sub(r"//[^/?#]*@", "//", text)


def _is_host(host: str) -> bool:
    if ":" in host:
        return _parsed(host) is not None
    if _NUMBER.fullmatch(host):  # 2130706433, 0x7f.1 and 0177.0.0.1 are read in as many ways as there are programs
        return _parsed(host) is not None
    return _LABELS.fullmatch(host) is not None


def _parsed(text: str) -> Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def is_open(text: str) -> bool:
    """Whether a numeric address is one of the open internet."""
    address = _parsed(text)
    if address is None or address.is_multicast or not address.is_global or getattr(address, "scope_id", None):
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if address in _TRANSLATED:  # how a network that knows only IPv6 reaches the rest: what is inside decides
            return is_open(str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)))
        if address not in _OPEN_6:
            return False
    return not any(address in network for network in _CLOSED if network.version == address.version)


def is_local(text: str) -> bool:
    """Whether it is this computer or its private network: what ``--allow-local`` permits. Addresses that configure
    themselves (169.254.…, where clouds keep their metadata) are not."""
    address = _parsed(text)
    if address is None or address.is_link_local or address.is_multicast or address.is_unspecified:
        return False
    return address.is_loopback or any(address in network for network in _PRIVATE if network.version == address.version)


_PRIVATE = tuple(map(ipaddress.ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")))


def is_loopback(host: str) -> bool:
    """Whether a host of an address is this computer, whoever is asked."""
    address = _parsed(host)
    return host == "localhost" or host.endswith(".localhost") if address is None else address.is_loopback


def looked_up(host: str, port: int, seconds: float) -> list[str]:
    """The numeric addresses of a name. Raises OSError, TimeoutError.

    In a thread of its own, since the system's look-up can neither be given a time nor be stopped with Ctrl-C.
    """
    found: SimpleQueue[list[str] | OSError] = SimpleQueue()

    def look() -> None:
        try:
            entries = socket.getaddrinfo(host.encode("ascii"), port, type=socket.SOCK_STREAM)
        except OSError as error:
            found.put(error)
        else:
            found.put(list(dict.fromkeys(str(entry[4][0]) for entry in entries)))

    threading.Thread(target=look, daemon=True, name="look-up").start()
    try:
        result = found.get(timeout=max(seconds, 0.001))
    except Empty:
        raise TimeoutError from None
    if isinstance(result, OSError):
        raise result
    return result


class Reach:
    """How far one client may go. What the user allowed (``allow_local``) counts only where the user's own words lead to
    the private network: as far as the first host that is asked lies there, or the one that was ``typed``, when it is
    asked first. Where that is the open internet, whatever is named there leads no further than there.
    """

    def __init__(self, allow_local: bool) -> None:
        self.allowed, self.typed = allow_local, ""
        self._local: bool | None = None
        self._met = False

    def permits(self, host: str) -> bool:
        """Whether a host may lie in the private network."""
        return self.allowed and (self._local is not False or (host == self.typed and not self._met))

    def learn(self, host: str, found: list[str]) -> list[str]:
        """Take note of the addresses of a host that is about to be visited; those to use. A host that is also on the
        open internet is of the open internet."""
        local = all(map(is_local, found))
        if self._local is None or (host == self.typed and not self._met):
            self._local = local
        self._met |= host == self.typed
        return found if local else list(filter(is_open, found))


def addresses(host: str, port: int, *, allow_local: bool, seconds: float, asked_for: bool = False) -> list[str]:
    """The addresses of a host that may be connected to. ``asked_for``: the user allowed local ones, but not from here.

    Raises:
        AddressRefused: at least one of them must not be visited.
        Unreachable: there is no such name.
        OSError: it could not be looked up now.
    """
    try:
        found = [host] if _parsed(host) else looked_up(host, port, seconds)
    except socket.gaierror as error:
        if error.errno == socket.EAI_AGAIN:
            raise
        raise Unreachable(
            N_("{host} cannot be found"), hint=N_("Is the name right, and is this computer online?"), host=host
        ) from None
    hint = N_("If it is your own, allow it with --allow-local.")
    if asked_for:
        hint = N_("--allow-local permits that only where the address that was typed is itself one of your own network.")
    for address in found:
        if not (is_open(address) or (allow_local and is_local(address))):
            raise AddressRefused(
                N_("{host} is not on the open internet ({address})"),
                hint=hint if is_local(address) else None,
                host=host,
                address=address,
            )
    if not found:
        raise Unreachable(
            N_("{host} cannot be found"), hint=N_("Is the name right, and is this computer online?"), host=host
        )
    return found
