"""What a mail folder is, by its name or its labels: sent mail, drafts, spam."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from permadani.errors import InputError
from permadani.sources.reading import mail, mbox
from permadani.sources.reading.files import InputFile

Role = Literal["sent", "inbox", "draft", "spam", "chat"]
_NAMES: dict[Role, str] = {
    "sent": """sent|sent items|sent mail|sent messages|sent-mail|sentmail|sent_mail|gesendet|gesendete elemente
        |gesendete objekte|terkirim|pesan terkirim|item terkirim|surat terkirim|envoyés|messages envoyés
        |éléments envoyés|enviados|elementos enviados|mensajes enviados|posta inviata|inviata|verzonden
        |verzonden items|skickat|wysłane""",
    "draft": """drafts|draft|entwürfe|entw&apw-rfe|draf|konsep|brouillons|borradores|rascunhos|bozze|concepten|templates
        |outbox|unsent messages|postausgang|kotak keluar""",
    "spam": """spam|junk|junk mail|junk e-mail|junk email|bulk mail|junk-e-mail|unerwünscht|indésirables
        |correo no deseado|spamverdacht""",
    "inbox": """inbox|posteingang|kotak masuk|boîte de réception|bandeja de entrada|recibidos|caixa de entrada
        |posta in arrivo|postvak in|inkorg""",
    "chat": "chat|chats",
}
_ROLES: dict[str, Role] = {
    name.strip(): role for role, names in _NAMES.items() for name in names.split("|") if name.strip()
}
_SUFFIX = re.compile(r"(?i)(?:\.(?:mbox|mbx|eml|txt|gz|zip|tar|tgz))+$")
_NUMBERED = re.compile(r"[ _-]?\(?\d{1,3}\)?$")
SENT_BESIDE = (
    "Sent", "Sent.mbox", "Sent-1", "Sent Items", "Sent Messages", "Gesendet", "Terkirim", "../Sent Messages.mbox/mbox",
    "../Sent.mbox/mbox", "../[Gmail].sbd/Sent Mail", "[Gmail].sbd/Sent Mail",
)  # fmt: skip
"""Where mail programs keep sent mail, seen from the file of another folder."""
MAILDIR = ("cur", "new", "tmp")
_UNIQUE = re.compile(r"\d+\.[^.]+\.(?!eml$)")
"""How files of a Maildir are called."""


@lru_cache(5000)
def role_of(name: str) -> Role | None:
    """The role that a folder or label of this name has."""
    name = _SUFFIX.sub("", name).strip().lower()
    for shape in (name, _NUMBERED.sub("", name), name.rpartition(".")[2], name.rpartition("/")[2]):
        if found := _ROLES.get(shape):
            return found
    return None


def folder_of(file: InputFile, single: bool) -> str:
    """The name of the mail folder that a file is, or lies in."""
    parts = [part for part in re.split(r"[/\\]|!/", file.path) if part]
    parents = parts[:-1]
    if parents and parents[-1] in MAILDIR:
        parents.pop()
    elif not single and parts and file.name.lower() != "mbox":  # Apple keeps "Sent Messages.mbox/mbox"
        return parts[-1]
    return parents[-1] if parents else ""


def sent_beside(file: InputFile) -> InputFile | None:
    """A file of sent mail that lies beside this one."""
    return next((found for name in SENT_BESIDE if (found := file.beside(name)) is not None), None)


def senders_in(file: InputFile) -> set[str]:
    """Who sent what the file of sent mail begins with; nobody where they are several."""
    found: set[str] = set()
    try:
        for raw in mbox.in_head(file.head):
            line = mbox.FROM_LINE.match(raw)
            one = mail.message(raw, frozenset({"from"}), line.end() if line else 0)
            found.update(address for _, address in mail.addresses(one.get("from"))[:1])
    except InputError:
        pass  # told of by whoever reads that file
    return found if len(found) == 1 else set()


def undelivered(file: InputFile) -> bool:
    """Whether a file lies in the folder of a Maildir for what is still being written, which nobody got."""
    parts = re.split(r"[/\\]|!/", file.path)
    if len(parts) < 2 or parts[-2] != MAILDIR[2]:
        return False
    if file.disk_path is not None:
        return (file.disk_path.absolute().parents[1] / MAILDIR[0]).is_dir()
    return _UNIQUE.match(file.name) is not None


def flagged_draft(file: InputFile) -> bool:
    """Whether a file of a Maildir carries the mark D: a draft."""
    return "D" in file.path.rpartition(":2,")[2] if ":2," in file.path else False
