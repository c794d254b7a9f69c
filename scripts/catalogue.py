"""Bring the catalogues up to date with the sources: `python scripts/catalogue.py` (`make catalogue`).

Collects every text from `src/permadani` (`N_`, `_`, `translate` and the templates, see `babel.cfg`) into
`permadani.pot`, merges it into each `locale/*/LC_MESSAGES/permadani.po` without guessing (nothing is ever fuzzy; what
is gone is dropped), compiles the `.mo` files, and names what is not translated yet (exit 1). With `--check` nothing is
written: exit 1 too if something would be.
"""

from __future__ import annotations

import argparse
import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "src" / "permadani" / "locale"
POT = LOCALE / "permadani.pot"
# One date for ever: a catalogue changes when its texts change.
DAY = datetime(2026, 1, 1, tzinfo=UTC)


def collect() -> Catalog:
    """All texts of the sources."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    catalogue = Catalog(
        project="permadani",
        header_comment="# Texts of Permadani, made by scripts/catalogue.py.",
        creation_date=DAY,
        fuzzy=False,
        charset="utf-8",
    )
    keywords = dict.fromkeys(("N_", "_", "translate", "_translate"))
    for file, _line, text, comments, _context in extract_from_dir(
        ROOT / "src", method_map=methods, options_map=options, keywords=keywords, comment_tags=("i18n:",)
    ):
        if text:
            catalogue.add(text, locations=[(f"src/{file}", 0)], auto_comments=comments)
    return catalogue


def merged(po: Path, template: Catalog) -> Catalog:
    """The translations of one language for exactly the texts of the template."""
    with po.open("rb") as file:
        catalogue = read_po(file, locale=po.parent.parent.name)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.creation_date = catalogue.revision_date = DAY
    catalogue.header_comment = template.header_comment
    catalogue.fuzzy = False
    return catalogue


def written(catalogue: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=0, sort_by_file=True, include_lineno=False)
    return buffer.getvalue()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a catalogue is out of date")
    check = parser.parse_args().check
    template = collect()
    files = {POT: written(template)}
    missing = 0
    for po in sorted(LOCALE.glob("*/LC_MESSAGES/permadani.po")):
        catalogue = merged(po, template)
        files[po] = written(catalogue)
        open_texts = [message.id for message in catalogue if message.id and not message.string]
        missing += len(open_texts)
        for text in open_texts:
            print(f"{po.parent.parent.name}: not translated: {text!r}", file=sys.stderr)
        if not check:
            with po.with_suffix(".mo").open("wb") as file:
                write_mo(file, catalogue)
    stale = [path for path, content in files.items() if not path.exists() or path.read_bytes() != content]
    for path in stale:
        print(f"{'out of date' if check else 'written'}: {path.relative_to(ROOT)}", file=sys.stderr)
        if not check:
            path.write_bytes(files[path])
    return 1 if missing or (check and stale) else 0


if __name__ == "__main__":
    sys.exit(main())
