"""What an import did, in lines for people."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import groupby
from pathlib import PurePath

from permadani.language import N_, Translate
from permadani.reports.foreign import safe as shortened
from permadani.reports.words import Words
from permadani.store.fetchreport import FetchReport
from permadani.store.importreport import FileReport, ImportReport, ProblemCount, told

MOST_FILES = 30
MOST_NAMES = 3
MOST_REFUSED = 20
MOST_FOLDERS = 12
REASONS: dict[str, str] = {
    "not_recognised": N_("not recognised"),
    "media": N_("a picture, film or the like"),
    "empty_file": N_("empty"),
    "unexpected_end": N_("ends unexpectedly"),
    "unreadable": N_("cannot be read"),
    "too_large": N_("refused for its size"),
    "unparsable_time": N_("time missing or not understood"),
    "duplicate_id": N_("id used twice"),
    "missing_value": N_("a required value is missing"),
    "invalid_value": N_("a value that is not allowed"),
    "malformed_json": N_("broken JSON"),
    "recovered_xml": N_("broken XML, mended"),
    "no_author_name": N_("no author"),
    "thread_missing": N_("conversation not in the file"),
    "held_for_moderation": N_("held for moderation, left out"),
    "pingback": N_("pingbacks, not people"),
    "id_collision": N_("two ids with the same hash"),
    "forgotten": N_("belongs to somebody forgotten"),
    "conflicting_versions": N_("two versions of one message"),
    "linked_otherwise": N_("account linked to another person before: the two are one person now"),
    "unknown_column": N_("unknown columns"),
    "mention_without_id": N_("mention without an id"),
    "missing_id": N_("no id"),
    "missing_author": N_("author not told"),
    "malformed_row": N_("broken line"),
    "unreadable_record": N_("broken record"),
    "swallowed_record": N_("swallowed by a broken record before it"),
    "nested_too_deeply": N_("nested too deeply"),
    "invalid_utf8": N_("not UTF-8"),
    "lone_surrogate": N_("half a character, replaced"),
    "not_a_tweet": N_("no tweet"),
    "unexpected_shape": N_("not built as expected"),
    "api_error": N_("error message of the service"),
    "stream_notice": N_("notice of the stream, no message"),
    "deleted_upstream": N_("deleted on the service"),
    "unavailable_upstream": N_("withheld or gone on the service"),
    "local_time": N_("local time only"),
    "not_a_post": N_("no post"),
    "not_a_comment": N_("no comment"),
    "not_published": N_("not published"),
    "time_of_update": N_("only the time of the last change is known"),
    "several_authors": N_("several authors, the first was taken"),
    "words_hidden": N_("hidden by the forum, kept without words"),
    "posts_not_loaded": N_("topic with posts that are not in the file"),
    "forum_unknown": N_("forum not told"),
    "list_unknown": N_("mailing list not told; all such lists are one channel"),
    "on_left_out_post": N_("comment on a post that was left out"),
    "posts_of_others": N_("posts by others on the owner's timeline, left out"),
    "untranslated_title": N_("whom it speaks to is not understood"),
    "another_author": N_("written by somebody else"),
    "repeated_entry": N_("the same entry again"),
    "like_without_object": N_("like of something that is not named"),
    "reshare_without_time": N_("reshare by others, time not told"),
    "reshare_without_original": N_("reshare of something that is not named"),
    "not_mojibake": N_("text not written as Facebook writes it, kept as it is"),
    "unknown_form": N_("unknown form"),
    "other_record": N_("record of another kind, left out"),
    "missing_text": N_("text missing"),
    "time_corrected": N_("wrong time, corrected"),
    "time_doubtful": N_("doubtful time, kept as claimed"),
    "future_time": N_("dated in the future, kept; nothing is claimed of that time"),
    "time_before_channel": N_("dated before the service existed, kept; nothing is claimed of that time"),
    "time_not_told": N_("reshare by others, time not told"),
    "reply_without_parent": N_("reply to something that is not named"),
    "replies_limited": N_("not everybody may reply"),
    "hidden_reply": N_("reply hidden by the author of the post"),
    "broken_tree": N_("broken index of the repository"),
    "missing_block": N_("missing part of the repository"),
    "unknown_block": N_("unknown part of the repository"),
    "wrong_hash": N_("part of the repository changed since it was written"),
    "older_version": N_("older version, left out"),
    "no_messages": N_("holds no messages"),
    "perhaps_private": N_("perhaps a private message, left out"),
    "private_messages": N_("private messages, not opened"),
    "not_an_activity": N_("no activity"),
    "only_an_address": N_("only the address of a message, not the message"),
    "other_activity": N_("neither post, reshare, like nor follow"),
    "other_object": N_("no message"),
    "no_object": N_("activity that does not name its object"),
    "direct_message": N_("direct message, left out"),
    "poll_vote": N_("vote in a poll, left out"),
    "undone": N_("taken back later"),
    "note_without_tweet": N_("long text whose tweet was not found"),
    "unreadable_note": N_("long text that cannot be read"),
    "only_day_known": N_("only the day is known"),
    "shortened_link": N_("short link, left out"),
    "estimated_time": N_("time only estimated"),
    "replies_not_in_file": N_("conversation whose replies are not all in the file"),
    "no_message_id": N_("mail without an id, known by its content"),
    "duplicate_message": N_("the same message again"),
    "claimed_time": N_("impossible time, corrected where it could be"),
    "message_too_large": N_("message of more than 64 MB"),
    "mailing_list": N_("mail of a mailing list, left out"),
    "bulk_mail": N_("mass mail, left out"),
    "bounce": N_("delivery report, left out"),
    "calendar": N_("calendar invitation, left out"),
    "draft": N_("draft, left out"),
    "chat": N_("chat, left out"),
    "folder_internal": N_("note of the mail program, left out"),
    "many_recipients": N_("mail to more than 50 people, counted as written to none of them"),
    "owner_unknown": N_("whose mail it is cannot be told; name the owner with --owner"),
    "owner_no_address": N_("--owner is no e-mail address and was not used"),
    "sent_mail_absent": N_("none of the owner's sent mail is in it, so no answers can be seen"),
    "not_sent_by_owner": N_("in the owner's name, but nothing shows that they sent it; left out"),
    "undelivered": N_("not yet delivered, left out"),
    "digest": N_("digest of other messages, left out"),
    "threaded_by_subject": N_("reply found by its subject only"),
    "followers_only": N_("for followers only, left out"),
    "akismet_no_address": N_("not sent to Akismet: the IP address it was written from is not known"),
    "akismet_not_asked": N_("not sent to Akismet after that"),
    "akismet_unsure": N_("Akismet could not say whether it is spam"),
    "akismet_key_refused": N_("Akismet does not take the key"),
    "akismet_unreachable": N_("Akismet did not answer"),
    "conversation_not_read": N_(
        "reply under a message whose conversation was not read, left out whether it was answered or not"
    ),
    "list_ends_early": N_("the server's list of messages ends before the number it tells"),
    "conversation_unreadable": N_("conversation that could not be read"),
    "repository_unread": N_("the account's own repository could not be read"),
    "account_server_unknown": N_("the account's own server could not be found"),
    "login_refused": N_("the login did not work; read as a stranger"),
    "replies_not_shown": N_("conversation with replies that the server does not show"),
    "comments_elsewhere": N_("comments kept by another service, which cannot be read from outside"),
    "list_refused": N_("a list that the site does not show"),
    "users_not_listed": N_("the site does not list its authors; they are known by their numbers"),
    "login_may_not_moderate": N_("the login may not moderate comments; read as a stranger"),
    "api_closed": N_("the site's API is closed; its feeds were read"),
    "of_another_site": N_("message of another site, left out"),
    "not_a_feed": N_("no feed"),
    "feed_unreadable": N_("feed that could not be read"),
    "too_many_missing": N_("more missing than can be believed; nothing was taken as deleted"),
    "akismet_spam": N_("spam in the eyes of Akismet"),
    "akismet_no_login": N_("Akismet was not asked: that takes a login that may moderate comments"),
    "akismet_no_key": N_("Akismet was not asked: no key was given for it"),
}

SILENT = {
    "no_messages": N_("Files without messages: {count} ({names})"),
    "private_messages": N_("Private messages, not opened: {count} ({names})"),
    "media": N_("Pictures, films and the like: {count} ({names})"),
}
"""Reasons of files that are parts of an export and hold nothing to read."""


def safe(text: str) -> str:
    """Foreign words, short enough for a line of a terminal."""
    return shortened(text, 240)


def reason_text(key: str, translate: Translate) -> str:
    """A reason in words; one that has none here is shown as it stands."""
    kind, _, detail = key.partition(":")
    words = translate(REASONS[kind]) if kind in REASONS else safe(kind.replace("_", " "))
    return f"{words} ({safe(detail)})" if detail else words


def import_lines(report: ImportReport, translate: Translate) -> list[str]:
    """The whole report as lines of plain text: files used, files refused, what was not recognised, totals."""
    words = Words(translate)
    sorts: dict[str, list[FileReport]] = defaultdict(list)
    for file in report.files:
        sorts[_sort(file)].append(file)
    used, silent, unknown = sorts["used"], sorts["silent"], sorts["unknown"]
    lines = _by_source(used, words) if len(used) > MOST_FILES else [line for f in used for line in _file(f, words)]
    lines += _silent(silent, words)
    lines += _refused(sorts["refused"], words)
    for notice, group in groupby(sorted(unknown, key=_notice), key=_notice):
        lines += _unknown(list(group), words, translate(notice) if notice else "")
    if unknown:
        lines.append(translate(N_("What can be read is listed by: permadani import --help")))
    return [*lines, totals(report, words)]


def totals(report: ImportReport | FetchReport, words: Words) -> str:
    return words.say(
        N_("New in the store: {objects}, {actors}, {announces}, {likes}, {follows}."),
        objects=words.plural(report.objects, N_("{n} message"), N_("{n} messages")),
        actors=words.plural(report.actors, N_("{n} account"), N_("{n} accounts")),
        announces=words.plural(report.announces, N_("{n} reshare"), N_("{n} reshares")),
        likes=words.plural(report.likes, N_("{n} like"), N_("{n} likes")),
        follows=words.plural(report.follows, N_("{n} follow"), N_("{n} follows")),
    )


def _sort(file: FileReport) -> str:
    """Whether a file was used, is a part of an export that holds no messages (a picture, a list of settings), is
    unknown, was refused, or is not worth a line (a description of tables)."""
    if file.problems and not file.read and all(p.reason in SILENT for p in file.problems):
        return "silent"
    if file.usable:
        return "used"
    if file.problems[0].reason == "not_recognised":
        return "unknown"
    return "refused" if file.problems[0].lost else "nothing"


def _silent(files: list[FileReport], words: Words) -> list[str]:
    lines = []
    for reason, text in SILENT.items():
        names = [PurePath(file.path).name for file in files if file.problems[0].reason == reason]
        if names:
            some = ", ".join(map(safe, names[:MOST_NAMES])) + (", …" if len(names) > MOST_NAMES else "")
            lines.append(words.translate(text).format(count=words.count(len(names)), names=some))
    return lines


def _refused(files: list[FileReport], words: Words) -> list[str]:
    """Each with its reasons; of very many those with the same reason together, in the words of the first."""
    told_of: dict[tuple[str, str], list[tuple[FileReport, ProblemCount]]] = defaultdict(list)
    for file in files:
        for problem in file.problems:
            key = (problem.reason, file.source or "") if len(files) > MOST_REFUSED else (problem.reason, file.path)
            told_of[key].append((file, problem))
    lines = []
    for (reason, _), cases in told_of.items():
        file, problem = cases[0]
        said = problem.error is not None and REASONS.get(reason, reason) in problem.error.message
        about = "" if said else reason_text(reason, words.translate)
        detail = safe((told(problem.error, words.translate) if problem.error else problem.example) or "")
        if len(cases) == 1:
            lines.append(": ".join(filter(None, (safe(file.path), about, detail))))
            continue
        names = ", ".join(safe(PurePath(file.path).name) for file, _ in cases[:MOST_NAMES])
        text = N_("{count} files refused: {reason} ({names}, …): {detail}")
        if said:
            text = N_("{count} files refused ({names}, …): {detail}")
        counted = words.translate(text).format(count=words.count(len(cases)), reason=about, names=names, detail=detail)
        lines.append(counted.rstrip(": "))
    return lines


def _counts(text: str, files: list[FileReport], words: Words, **more: object) -> str:
    sums = {name: words.count(sum(getattr(f, name) for f in files)) for name in ("read", "new", "known")}
    counted = words.plural(len(files), N_("{n} file"), N_("{n} files"))
    return words.translate(text).format(files=counted, **sums, **more)


def _file(file: FileReport, words: Words) -> list[str]:
    counts = _counts(N_("{read} read, {new} new, {known} already known"), [file], words)
    return [f"{safe(file.path)} ({file.source}): {counts}", *(problem_line(p, words) for p in file.problems)]


def problem_line(problem: ProblemCount, words: Words) -> str:
    """Lost records are marked with !, what was left out or mended with a dot."""
    sign = "!" if problem.lost else "·"
    example = f" ({safe(problem.example)})" if problem.example else ""
    return f"    {sign} {words.count(problem.count)} × {reason_text(problem.reason, words.translate)}{example}"


def _by_source(files: list[FileReport], words: Words) -> list[str]:
    """Many files: one line a source, problems added up."""
    lines = []
    files = sorted(files, key=lambda file: file.source or "")
    for source, group in groupby(files, key=lambda file: file.source or ""):
        some = list(group)
        text = N_("{source}: {files}, {read} read, {new} new, {known} already known")
        lines.append(_counts(text, some, words, source=source))
        added: dict[tuple[str, bool], ProblemCount] = {}
        for name, problem in ((PurePath(f.path).name, p) for f in some for p in f.problems):
            old = added.get((problem.reason, problem.lost))
            where = replace(problem, example=": ".join(filter(None, (name, problem.example))))
            added[problem.reason, problem.lost] = replace(old, count=old.count + problem.count) if old else where
        lines += [problem_line(p, words) for _, p in sorted(added.items())]
    return lines


def _notice(file: FileReport) -> str:
    """What is known of a file that is not read; empty where nothing is."""
    return file.problems[0].example or ""


def _unknown(files: list[FileReport], words: Words, notice: str) -> list[str]:
    """What nobody knew, with a few names a folder; of very many folders only the upper ones are told apart."""
    about = f" – {notice}" if notice else ""
    paths = [PurePath(file.path) for file in files]
    depth = max((len(path.parts) - 1 for path in paths), default=0)
    while depth > 1 and len({path.parts[:-1][:depth] for path in paths}) > MOST_FOLDERS:
        depth -= 1
    folders: dict[tuple[str, ...], list[PurePath]] = defaultdict(list)
    for path in paths:
        folders[path.parts[:-1][:depth]].append(path)
    lines = []
    for parts, some in folders.items():
        if len(some) == 1:
            lines.append(words.translate(N_("Not recognised: {path}")).format(path=safe(str(some[0]))) + about)
            continue
        distinct = list(dict.fromkeys(path.name for path in some))
        names = ", ".join(map(safe, distinct[:MOST_NAMES])) + (", …" if len(distinct) > MOST_NAMES else "")
        text = words.translate(N_("Not recognised: {count} files in {folder} ({names})"))
        lines.append(text.format(count=words.count(len(some)), folder=safe(str(PurePath(*parts))), names=names) + about)
    return lines
