"""Personal mail: what is kept, what is left out and counted, whose it is; golden pairs are in tests/golden/email."""

from __future__ import annotations

from pathlib import Path

import pytest

from permadani.errors import UnexpectedEnd, Unreadable
from permadani.sources import InputFile, recognise, walk
from permadani.sources.base import ReadOptions, Source
from permadani.sources.email import Email
from permadani.sources.email.mailbox import folder_of, role_of, undelivered
from permadani.sources.email.recognition import is_message
from permadani.vocabulary import Actor, Addressed, Coverage, Cue, Object, Problem, Record, address_hash

SHARED = Path(__file__).parents[3] / "shared" / "data"
ME, ANI = "mailto:me@mail.example", "mailto:ani@letters.example"


def letter(number: int = 1, extra: str = "", body: str = "Which loom?", frm: str = "Ani <ani@letters.example>") -> str:
    """A message to me; ``extra``: more header lines."""
    return (
        f"From - Fri May 20 10:00:00 2016\n{extra}Message-ID: <{number}@x.example>\nFrom: {frm}\n"
        f"To: Me <me@mail.example>\nDate: Fri, 20 May 2016 1{number % 10}:00:00 +0000\nSubject: Loom\n\n{body}\n\n"
    )


def mine(number: int, extra: str = "") -> str:
    return letter(number, extra, "A small one.", "me@mail.example").replace(
        "Me <me@mail.example>", "ani@letters.example"
    )


def opened(path: Path, content: str) -> InputFile:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    (file,) = walk(path)
    assert isinstance(file, InputFile)
    return file


class Read:
    """All that is yielded for a mailbox of this content, sorted out."""

    def __init__(self, tmp_path: Path, content: str, name: str = "mail.mbox", owner: str | None = None) -> None:
        file = opened(tmp_path / name, content)
        self.records: list[Record] = list(Email().read(file, ReadOptions(owner=owner)))
        self.objects = [r for r in self.records if isinstance(r, Object)]
        self.addressed = [(r.object, r.actor) for r in self.records if isinstance(r, Addressed)]
        self.reasons = [r.reason for r in self.records if isinstance(r, Problem)]
        self.actors = {r.id: r.name for r in self.records if isinstance(r, Actor)}
        self.lost = [r.reason for r in self.records if isinstance(r, Problem) and r.lost]
        self.claims = {
            (r.actor, r.direction): r.completeness for r in self.records if isinstance(r, Coverage)
        }  # fmt: skip


def test_it_is_a_source() -> None:
    assert isinstance(Email(), Source)


@pytest.mark.parametrize(
    ("extra", "reason"),
    [
        ("List-Id: <weavers.lists.example>\n", "mailing_list"),
        ("List-Post: <mailto:weavers@lists.example>\n", "mailing_list"),
        ("Precedence: list\n", "mailing_list"),
        ("Precedence: bulk\n", "bulk_mail"),
        ("Precedence: junk\n", "bulk_mail"),
        ("List-Unsubscribe: <https://shop.example>\n", "bulk_mail"),
        ("Return-Path: <>\n", "bounce"),
        ("Content-Type: multipart/report; boundary=a\n", "bounce"),
        ("X-Gmail-Labels: Drafts\n", "draft"),
        ("X-Gmail-Labels: =?UTF-8?Q?Entw=C3=BCrfe?=\n", "draft"),
        ("X-Gmail-Labels: Chat\n", "chat"),
    ],
)
def test_what_is_no_letter_is_left_out_and_counted(tmp_path: Path, extra: str, reason: str) -> None:
    found = Read(tmp_path, letter(1) + letter(2, extra))
    assert [o.id for o in found.objects] == ["mid:1@x.example"]
    assert found.reasons[0] == reason and not found.lost


@pytest.mark.parametrize(
    "extra",
    [
        "Auto-Submitted: auto-replied\n",
        "Auto-Submitted: auto-generated\nPrecedence: bulk\nReturn-Path: <>\n",
        "X-Autoreply: yes\n",
        "X-Auto-Response-Suppress: All\n",
    ],
)
def test_an_automatic_message_is_no_answer(tmp_path: Path, extra: str) -> None:
    assert [o.automatic for o in Read(tmp_path, letter(1, extra)).objects] == [True]


@pytest.mark.parametrize("extra", ["", "Auto-Submitted: no\n", "X-Auto-Response-Suppress: OOF, DR\n"])
def test_a_letter_is_not_automatic(tmp_path: Path, extra: str) -> None:
    assert [o.automatic for o in Read(tmp_path, letter(1, extra)).objects] == [None]


def test_nobody_writes_as_noreply(tmp_path: Path) -> None:
    senders = ("no-reply@shop.example", "donotreply+1@shop.example", "postmaster@shop.example", "noriko@shop.example")
    for sender, automatic in zip(senders, (True, True, True, None), strict=True):
        assert Read(tmp_path, letter(1, frm=sender)).objects[0].automatic is automatic


def test_spam_is_kept_as_such_where_somebody_said_so(tmp_path: Path) -> None:
    for extra, spam in (
        ("", None), ("X-Spam-Flag: YES\n", True), ("X-Spam-Status: No, score=1\n", False),
        ("X-Gmail-Labels: Spam\n", True), ("X-Gmail-Labels: Inbox\n", False),
    ):  # fmt: skip
        assert [o.spam for o in Read(tmp_path, letter(1, extra)).objects] == [spam]
    assert [o.spam for o in Read(tmp_path, letter(1), "Junk.mbox").objects] == [True]


def test_whoever_gets_a_copy_is_not_spoken_to(tmp_path: Path) -> None:
    found = Read(tmp_path, letter(1, "Cc: you@mail.example\nBcc: him@mail.example\n"))
    assert found.addressed == [("mid:1@x.example", ME)]


def test_a_forward_is_no_answer_to_whoever_wrote_the_original(tmp_path: Path) -> None:
    reply = "In-Reply-To: <1@x.example>\nReferences: <0@x.example> <1@x.example>\n"
    answer, forward = mine(2, reply), mine(3, reply).replace("Subject: Loom", "Subject: Fwd: Loom")
    found = Read(tmp_path, letter(1) + answer + forward).objects
    assert (found[1].in_reply_to, found[1].thread) == ("mid:1@x.example", "mid:0@x.example")
    assert found[2].in_reply_to is found[2].thread is None


def test_copies_are_counted_and_nobody_keeps_an_id_that_two_claim(tmp_path: Path) -> None:
    found = Read(tmp_path, letter(1) + letter(1, body="Which loom? (list footer)") + letter(11).replace("<11@", "<1@"))
    assert found.reasons[:1] == ["duplicate_message"] and len(found.objects) == 1  # both were sent in one second
    other = letter(2).replace("<2@", "<1@")
    found = Read(tmp_path, letter(1) + other)
    assert found.reasons[:2] == ["duplicate_id"] * 2 and len({o.id for o in found.objects}) == 2
    assert all(o.id.startswith("email:claimed/1@x.example/") for o in found.objects)
    assert found.objects[1].id == Read(tmp_path, letter(1) + letter(3) + other).objects[2].id


def test_a_strangers_letter_takes_no_id_whatever_the_order(tmp_path: Path) -> None:
    evil = letter(2, frm="evil@e.example").replace("<2@", "<1@")
    answer = mine(3, "X-Gmail-Labels: Sent\nIn-Reply-To: <1@x.example>\n")
    theft = letter(4, "Received: a\n", frm="evil@e.example").replace("<4@", "<3@")
    letters = [letter(1), evil, answer, theft]
    one, other = Read(tmp_path, "".join(letters)).objects, Read(tmp_path, "".join(reversed(letters))).objects
    assert sorted(one, key=lambda o: o.id) == sorted(other, key=lambda o: o.id)
    ids = {(o.actor, o.published): o.id for o in one}
    assert len(set(ids.values())) == 4 and "mid:1@x.example" not in ids.values()
    (reply,) = [o for o in one if o.actor == ME]
    assert reply.id == "mid:3@x.example"  # the owner did send it
    assert reply.in_reply_to == next(o.id for o in one if o.actor == ANI)  # it was addressed to her


def test_spam_takes_no_id(tmp_path: Path) -> None:
    spam = letter(2, "X-Spam-Flag: YES\n", frm="evil@e.example").replace("<2@", "<1@")
    found = {o.actor: o.id for o in Read(tmp_path, spam + letter(1)).objects}
    assert found[ANI] == "mid:1@x.example" != found["mailto:evil@e.example"]


ARRIVED = "Received: from a by b; Fri, 20 May 2016 10:00:00 +0000\n"


@pytest.mark.parametrize(
    ("extra", "name", "kept"),
    [
        ("", "mail.mbox", True),  # what a program keeps of what it sent
        ("", "Inbox.mbox", True),
        (ARRIVED, "mail.mbox", False),
        ("Return-Path: <me@mail.example>\n", "mail.mbox", False),
        ("Delivered-To: me@mail.example\n", "Inbox", False),
        (ARRIVED, "Sent.mbox", True),
        ("X-Gmail-Labels: Sent\n" + ARRIVED, "All.mbox", True),
        ("X-Gmail-Labels: Inbox,Sent\n" + ARRIVED, "All.mbox", True),  # to oneself
        ("X-Gmail-Labels: Inbox\n", "All.mbox", False),
        ("X-Gmail-Labels: Spam\n", "All.mbox", False),
        ("X-Gmail-Labels: Spam,Sent\n", "All.mbox", False),
        ("X-Gmail-Labels: Important\n", "All.mbox", True),  # nothing is labelled Sent there
        (ARRIVED + "X-Gmail-Labels: Sent\n", "mail.mbox", False),  # the sender wrote that
        ("X-Spam-Flag: YES\n", "mail.mbox", False),
        ("", "Spam.mbox", False),
        ("", "Junk", False),
    ],
)
def test_a_letter_in_the_owners_name_is_theirs_only_if_they_sent_it(
    tmp_path: Path, extra: str, name: str, kept: bool
) -> None:
    found = Read(tmp_path, letter(1) + mine(2, extra), name, owner="me@mail.example")
    assert ("mid:2@x.example" in {o.id for o in found.objects}) is kept
    assert ("not_sent_by_owner" in found.reasons) is not kept and not found.lost


def test_where_sent_mail_has_a_label_what_has_another_one_was_not_sent(tmp_path: Path) -> None:
    found = Read(tmp_path, mine(1, "X-Gmail-Labels: Sent\n") + mine(2, "X-Gmail-Labels: Important\n"))
    assert [o.id for o in found.objects] == ["mid:1@x.example"]
    forged_first = mine(2, "X-Gmail-Labels: Inbox\n" + ARRIVED) + mine(1, "X-Gmail-Labels: Sent\n")
    assert [o.id for o in Read(tmp_path, forged_first).objects] == ["mid:1@x.example"]


def test_the_sent_mail_beside_it_tells_in_whose_name_a_letter_is(tmp_path: Path) -> None:
    file = opened(tmp_path / "Inbox", letter(1) + mine(2, ARRIVED))
    opened(tmp_path / "Sent", mine(3))
    inbox, _ = walk(tmp_path)
    assert isinstance(inbox, InputFile) and inbox.path == file.path
    found = [r.id for r in Email().read(inbox, ReadOptions()) if isinstance(r, Object)]
    assert found == ["mid:1@x.example"]


def test_a_letter_to_oneself_is_one_message_though_it_is_there_twice(tmp_path: Path) -> None:
    to_me = letter(1, frm="me@mail.example")
    arrived = letter(1, ARRIVED, frm="me@mail.example")
    for letters in (to_me + arrived, arrived + to_me):
        found = Read(tmp_path, letters, owner="me@mail.example")
        assert [o.id for o in found.objects] == ["mid:1@x.example"] and not found.lost


def test_a_message_without_an_id_has_one_of_its_content(tmp_path: Path) -> None:
    bare = letter(1).replace("Message-ID: <1@x.example>\n", "")
    found = Read(tmp_path, bare + bare)
    assert found.reasons[:2] == ["no_message_id", "duplicate_message"]
    assert found.objects[0].id.startswith("email:digest/")


def test_the_owner_is_who_sent_what_is_labelled_sent(tmp_path: Path) -> None:
    found = Read(tmp_path, letter(1, "X-Gmail-Labels: Inbox\n") + mine(2, "X-Gmail-Labels: Gesendet,Wichtig\n"))
    assert found.claims == {(ME, "inbound"): "partial", (ME, "outbound"): "complete"}


@pytest.mark.parametrize(
    "name", ["Sent", "Sent.mbox", "Sent Items", "Gesendet.mbox", "Terkirim", "Sent-1", "INBOX.Sent"]
)
def test_the_owner_is_who_sent_what_lies_in_a_folder_of_sent_mail(tmp_path: Path, name: str) -> None:
    found = Read(tmp_path, mine(1), name)
    assert found.claims == {(ME, "inbound"): "none", (ME, "outbound"): "complete"}


def test_the_owner_is_to_whom_all_was_delivered(tmp_path: Path) -> None:
    delivered = "Delivered-To: me@mail.example\n"
    found = Read(tmp_path, letter(1, delivered) + letter(2, delivered))
    assert found.claims == {(ME, "inbound"): "partial", (ME, "outbound"): "none"}
    assert found.reasons == ["sent_mail_absent"]
    found = Read(tmp_path, letter(1, delivered) + letter(2, "Delivered-To: you@mail.example\n"))
    assert found.claims == {} and found.reasons == ["owner_unknown"]


def test_the_user_says_whose_mail_it_is(tmp_path: Path) -> None:
    found = Read(tmp_path, letter(1), owner="Me@mail.example, mailto:old@mail.example")
    assert {actor for actor, _ in found.claims} == {ME, "mailto:old@mail.example"}
    assert set(found.claims.values()) == {"partial", "none"}
    found = Read(tmp_path, mine(1), "Sent", owner="old@mail.example")
    assert found.claims["mailto:old@mail.example", "outbound"] == "none"  # sent from another address
    assert Read(tmp_path, letter(1), owner="@me").reasons == ["owner_no_address", "owner_unknown"]


def test_the_owner_and_whoever_is_written_to_have_a_record_of_their_own(tmp_path: Path) -> None:
    told_by_the_user = Read(tmp_path, letter(1).replace("me@mail", "us@mail"), owner="me@mail.example")
    told_by_the_server = Read(tmp_path, letter(1, "Delivered-To: me@mail.example\n").replace("To: Me <me@", "To: <us@"))
    for found in (told_by_the_user, told_by_the_server):
        assert found.actors == {ANI: "Ani", "mailto:us@mail.example": None, ME: None}
        assert Cue(actor=ME, kind="address", value=address_hash("me@mail.example")) in found.records


def test_a_recipient_has_no_name_but_the_one_they_sign_with(tmp_path: Path) -> None:
    letters = letter(1) + mine(2) + letter(3) + letter(4, frm="Me Myself <me@mail.example>") + letter(5)
    found = [r for r in Read(tmp_path, letters).records if isinstance(r, Actor)]
    assert [(r.id, r.name) for r in found] == [(ANI, "Ani"), (ME, None), (ME, "Me Myself")]


def test_that_nothing_sent_is_in_a_mailbox_is_told(tmp_path: Path) -> None:
    absent = ["sent_mail_absent"]
    assert Read(tmp_path, letter(1) + letter(2), "Inbox.mbox", owner="me@mail.example").reasons == absent
    assert Read(tmp_path, letter(1) + mine(2), "Inbox.mbox", owner="me@mail.example").reasons == []
    assert Read(tmp_path, letter(1), "Inbox.mbox").reasons == ["owner_unknown"]
    assert Read(tmp_path, letter(1, "Precedence: bulk\n"), owner="me@mail.example").reasons == ["bulk_mail"]
    single = letter(1).partition("\n")[2]
    assert Read(tmp_path, single, "cur/1.M1:2,S", owner="me@mail.example").reasons == []


def test_sent_mail_may_lie_in_a_file_beside_it(tmp_path: Path) -> None:
    opened(tmp_path / "Inbox", letter(1, "Delivered-To: me@mail.example\n"))
    opened(tmp_path / "Sent", mine(2))
    for file in walk(tmp_path):
        assert isinstance(file, InputFile)
        assert not [r for r in Email().read(file, ReadOptions()) if isinstance(r, Problem)], file.path


def test_a_folder_called_sent_with_several_senders_has_no_owner(tmp_path: Path) -> None:
    five = "".join(letter(n, frm=f"reader{n}@crowd.example") for n in range(5))
    found = Read(tmp_path, five, "Sent.mbox")
    assert found.claims == {} and found.reasons == ["owner_unknown"]
    found = Read(tmp_path, five, "Sent.mbox", owner="reader1@crowd.example")
    assert found.claims["mailto:reader1@crowd.example", "outbound"] == "complete" and len(found.claims) == 2


def test_a_folder_with_many_senders_is_no_folder_of_sent_mail(tmp_path: Path) -> None:
    crowd = "".join(letter(n, frm=f"reader{n}@crowd.example") for n in range(12))
    assert Read(tmp_path, crowd, "Sent").claims == {}


def test_a_maildir_is_one_folder_of_many_files(tmp_path: Path) -> None:
    raw = {name: content.partition("\n")[2] for name, content in {
        "cur/1.M1:2,S": letter(1, "Delivered-To: me@mail.example\n"), "new/2.M1": letter(2),
        ".Sent/cur/3.M1:2,S": mine(3), ".Sent/new/9": mine(9), "cur/4.M1:2,DS": mine(4), ".Drafts/cur/5": mine(5),
        ".Drafts/new/6": mine(6),
    }.items()}  # fmt: skip
    for name, content in raw.items():
        opened(tmp_path / name, content)
    (tmp_path / "dovecot-uidlist").write_text("3 V1 N1\n", "utf-8")
    kept, left_out, claims = [], [], set()
    for file in walk(tmp_path):
        assert isinstance(file, InputFile)
        source = recognise(file)
        if source is None:
            assert file.name == "dovecot-uidlist"
            continue
        for record in source.read(file, ReadOptions()):
            if isinstance(record, Object):
                kept.append(record.id[4:5])
            elif isinstance(record, Problem):
                left_out.append(record.reason)
            elif isinstance(record, Coverage):
                claims.add((record.direction, record.completeness))
    assert sorted(kept) == ["1", "2", "3", "9"] and left_out.count("draft") == 3
    assert claims == {("inbound", "partial"), ("outbound", "none"), ("inbound", "none"), ("outbound", "partial")}


def test_what_is_not_delivered_yet_is_not_read(tmp_path: Path) -> None:
    single = letter(1).partition("\n")[2]
    opened(tmp_path / "cur" / "1.M1.host:2,S", single)
    assert Read(tmp_path, single, "tmp/2.M1.host").reasons == ["undelivered"]
    assert len(Read(tmp_path / "other", single, "tmp/letter.eml").objects) == 1  # no Maildir
    for path, reasons in (("a.zip!/tmp/2.M1.host", True), ("a.zip!/tmp/letter.eml", False), ("a.zip!/tmp", False)):
        assert undelivered(InputFile(path, path.rpartition("/")[2], 0, open)) is reasons  # type: ignore[arg-type]


def test_folders_and_labels_have_roles() -> None:
    for name, role in {
        "Sent": "sent", "SENT.MBOX": "sent", "[Gmail]/Sent Mail": "sent", ".Sent": "sent", "Terkirim": "sent",
        "Drafts": "draft", "Entwürfe": "draft", "Junk E-mail": "spam", "Inbox": "inbox", "Sentiments": None, "": None,
        "consent": None, "Presented": None, "Chats": "chat",
    }.items():  # fmt: skip
        assert role_of(name) == role, name
    for path, folder in {
        "a/Sent.mbox": "Sent.mbox", "a/Sent Messages.mbox/mbox": "Sent Messages.mbox",
        "a.zip!/Mail/Sent.mbox": "Sent.mbox", "Sent": "Sent", "mbox": "",
    }.items():  # fmt: skip
        assert folder_of(InputFile(path, path.rpartition("/")[2], 0, open), single=False) == folder  # type: ignore[arg-type]
    for path, folder in {"a/.Sent/cur/1": ".Sent", "a/Sent/letter.eml": "Sent", "letter.eml": ""}.items():
        assert folder_of(InputFile(path, path.rpartition("/")[2], 0, open), single=True) == folder  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "head",
    [
        "",
        "From: me\n",
        "From: Ani <ani@letters.example>\n\nIt begins like a letter.",
        "From: ani@letters.example\nDate: Friday\n\nA letter typed by hand.",
        "Date: Friday\nTo: ani@letters.example\n\nNobody signed.",
        "title: a\nfrom: a@b.example\ndate: 2016-05-20\ntags: x\n---\n",
        "From: <Saved by Blink>\nDate: Fri, 20 May 2016 10:00:00 +0000\nMIME-Version: 1.0\n\n",
        "Path: news!x\nFrom: a@b.example\nNewsgroups: a.b\nMessage-ID: <1@x>\nDate: Fri, 20 May 2016\n\n",
        "From: a@b.example\nDate: x\nTo: c@d.example\nthis is no field\n\nbody",
        "From a@b.example Fri May 20 10:00:00 2016\nTo: nobody signed\n\nbody",
        "From me to you: hello\n",
        "\0" * 999,
        '{"from": "a@b.example"}',
    ],
)
def test_other_texts_are_not_mail(tmp_path: Path, head: str) -> None:
    assert not Email().recognises(opened(tmp_path / "file", head))


def test_mail_is_recognised_also_when_cut_or_marked(tmp_path: Path) -> None:
    whole = letter(1, "Received: from a\n\tby b; Fri, 20 May 2016 10:00:00 +0000\n")
    for content in (whole, "\ufeff" + whole, whole[:150], whole.replace("\n", "\r\n"), "\n" + whole):
        assert Email().recognises(opened(tmp_path / "file", content))
    single = whole.partition("\n")[2]
    for content in (single, "\ufeff" + single, single[:160], single.replace("\n", "\r\n")):
        assert Email().recognises(opened(tmp_path / "file", content))
    assert not is_message(single[:20].encode())


def test_other_files_read_as_mail_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no e-mail"):
        Read(tmp_path, "Dear all,\nhello")


def test_a_cut_mailbox_tells_so_after_what_is_whole(tmp_path: Path) -> None:
    file = opened(tmp_path / "a.mbox", letter(1, "Delivered-To: me@mail.example\n") + letter(2)[:-10])
    found: list[Record] = []
    with pytest.raises(UnexpectedEnd):
        found.extend(Email().read(file, ReadOptions()))
    assert [r.id for r in found if isinstance(r, Object)] == ["mid:1@x.example"] and isinstance(found[-1], Coverage)


def test_no_address_stands_in_names_and_words(tmp_path: Path) -> None:
    written = letter(
        1, "Cc: you@mail.example\n", "Ask bayu@office.example.", '"ani@letters.example" <ani@letters.example>'
    )
    for record in Read(tmp_path, written).records:
        texts = [getattr(record, name, None) or "" for name in ("name", "text", "client")]
        assert "@letters" not in "".join(texts) and "@office" not in "".join(texts)


@pytest.mark.skipif(not SHARED.exists(), reason="../shared/data is not here")
def test_it_claims_nothing_of_the_real_data() -> None:
    assert [file.path for file in walk(SHARED) if isinstance(file, InputFile) and Email().recognises(file)] == []
