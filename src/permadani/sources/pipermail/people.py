"""Who wrote to a list whose archive hides addresses from harvesters: ``name at host.example (Display Name)``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from permadani.sources.reading import mail
from permadani.sources.reading.markup import display_name
from permadani.vocabulary import account, address_hash, named_actor

_HIDDEN = re.compile(r"\s*+([^\s()<>]{1,64}) at ([^\s()<>]{1,250})\s*(?:\((.*)\))?\s*")
_NAME_IS_ADDRESS = re.compile(r"([^\s@]{1,64})(?: at |@)\S{1,250}")
_VIA = re.compile(r"(.{1,190}?) (?:via|über) \S.{0,80}")


@dataclass(frozen=True, slots=True)
class Writer:
    id: str
    name: str | None
    address: str | None


@lru_cache(20_000)
def writer(field: str, of: str | None = None) -> Writer | None:
    """Whom the From field names on the list ``of``; None where it names nobody.

    An address is kept as its SHA-256 only: it was hidden for a reason, and is the same in every quarter. Lists that
    put their own address in the place of the writer's ("Ani via List") leave the name, a weak identity.
    """
    if found := _HIDDEN.fullmatch(field):
        address, said = f"{found[1]}@{found[2]}".lower(), (found[3] or "").strip().strip("\"'")
    elif others := mail.addresses(field):
        said, address = others[0]
    else:
        name = _name(field)
        return Writer(named_actor("pipermail", of or "list", name), name, None) if name else None
    if via := _VIA.fullmatch(said):
        name = _name(via[1].strip("\"' "))
        if name:
            return Writer(named_actor("pipermail", of or address.partition("@")[0], name), name, None)
    key = address_hash(address)[:20]
    return Writer(account("pipermail", f"{of}/{key}" if of else key), _name(said), address)


def _name(said: str) -> str | None:
    if found := _NAME_IS_ADDRESS.fullmatch(said):
        return f"{found[1]}@…"
    return display_name(said) if said else None
