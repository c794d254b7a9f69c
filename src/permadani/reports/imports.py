"""What an import did, in lines for people."""

from __future__ import annotations

from collections import defaultdict
from pathlib import PurePath

from permadani.language import N_, Translate
from permadani.reports.foreign import safe as shortened
from permadani.store.importing import FileReport, ImportReport, ProblemCount

MOST_FILES = 30
MOST_NAMES = 3
REASONS: dict[str, str] = {
    "not_recognised": N_("not recognised"),
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
    "unknown_column": N_("unknown columns"),
    "mention_without_id": N_("mention without an id"),
}


def safe(text: str) -> str:
    """Foreign words, short enough for a line of a terminal."""
    return shortened(text, 240)


def reason_text(key: str, translate: Translate) -> str:
    """A reason in words; one that has none here is shown as it stands."""
    return translate(REASONS[key]) if key in REASONS else key.replace("_", " ")


def import_lines(report: ImportReport, translate: Translate) -> list[str]:
    """The whole report as lines of plain text: files used, totals, and what was not recognised, by folder."""
    _ = translate
    used = [file for file in report.files if file.source]
    lines = []
    if len(used) > MOST_FILES:
        lines += _by_folder(used, translate)
    else:
        for file in used:
            lines.append(_file_line(file, translate))
    refused = [f for f in report.files if not f.source and not _unknown(f)]
    for file in refused:
        problem = file.problems[0]
        lines.append(f"{safe(file.path)}: {reason_text(problem.reason, _)}: {safe(problem.example or '')}")
    lines += _unknown_lines([f for f in report.files if not f.source and _unknown(f)], translate)
    totals = _(
        "New in the store: {objects} messages, {actors} accounts, {announces} reshares, {likes} likes, "
        "{follows} follows."
    )
    lines.append(
        totals.format(
            objects=f"{report.objects:,}", actors=f"{report.actors:,}", announces=f"{report.announces:,}",
            likes=f"{report.likes:,}", follows=f"{report.follows:,}",
        )
    )  # fmt: skip
    return lines


def _unknown(file: FileReport) -> bool:
    return file.problems[0].reason in ("not_recognised", "empty_file")


def _file_line(file: FileReport, translate: Translate) -> str:
    counts = translate("{read} read, {new} new, {known} already known").format(
        read=f"{file.read:,}", new=f"{file.new:,}", known=f"{file.known:,}"
    )
    line = f"{safe(file.path)} ({file.source}): {counts}"
    return "\n".join([line, *(f"    {_problem(p, translate)}" for p in file.problems)])


def _problem(problem: ProblemCount, translate: Translate) -> str:
    sign = "!" if problem.lost else "·"
    example = f" ({safe(problem.example)})" if problem.example else ""
    return f"{sign} {problem.count:,} × {reason_text(problem.reason, translate)}{example}"


def _by_folder(files: list[FileReport], translate: Translate) -> list[str]:
    """Many files: one line a source, problems added up."""
    lines = []
    by_source: dict[str, list[FileReport]] = defaultdict(list)
    for file in files:
        by_source[file.source or ""].append(file)
    for source, some in sorted(by_source.items()):
        text = translate("{source}: {files} files, {read} read, {new} new, {known} already known")
        lines.append(
            text.format(
                source=source, files=f"{len(some):,}", read=f"{sum(f.read for f in some):,}",
                new=f"{sum(f.new for f in some):,}", known=f"{sum(f.known for f in some):,}",
            )
        )  # fmt: skip
        added: dict[tuple[str, bool], ProblemCount] = {}
        for file in some:
            for p in file.problems:
                old = added.get((p.reason, p.lost))
                added[p.reason, p.lost] = ProblemCount(
                    p.reason, p.count + (old.count if old else 0), old.example if old else p.example, p.lost
                )
        lines += [f"    {_problem(p, translate)}" for _, p in sorted(added.items())]
    return lines


def _unknown_lines(files: list[FileReport], translate: Translate) -> list[str]:
    """What nobody knew, by folder, with a few names."""
    folders: dict[str, list[str]] = defaultdict(list)
    for file in files:
        path = PurePath(file.path)
        folders[str(path.parent)].append(path.name)
    lines = []
    for folder, names in folders.items():
        shown = ", ".join(safe(name) for name in names[:MOST_NAMES]) + (", …" if len(names) > MOST_NAMES else "")
        if len(names) == 1:
            lines.append(translate("Not recognised: {path}").format(path=safe(f"{folder}/{names[0]}")))
        else:
            text = translate("Not recognised: {count} files in {folder} ({names})")
            lines.append(text.format(count=f"{len(names):,}", folder=safe(folder), names=shown))
    return lines
