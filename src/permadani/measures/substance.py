"""The rules of substance as values for ``sql/substance.sql``: word lists and patterns from ``rules/LANGUAGE.toml``."""

from __future__ import annotations

import re
from typing import Any

LANGUAGES = ("en", "id")
LISTS = ("praise", "turns", "common", "telling")
LAUGHTER = r"(?:wk){2,}w?|w?(?:kw)+k?|(?:ha|he|hi){2,}h?|(?:ah){2,}|xi(?:xi)+|lo+l|lmf?ao+"
GREETING = r"(?:(?:and|but|so|hi|hey|ok|okay|kak|min|mas|mbak|bang|pak|bu|dok|maaf)  )?"
"""A word before the beginning of a question."""


def values(language: str, rule: dict[str, list[str]]) -> dict[str, Any]:
    """Query values of one language. Words stand apart by two blanks in the text, so that neighbouring phrases share
    none; hence the patterns begin and end with one."""
    return {
        f"{language}_phrases": f" (?:{LAUGHTER}|{_either(rule['phrases'])}) ",
        f"{language}_openings": f"^  {GREETING}(?:{_either(rule['openings'])}) ",
        **{f"{language}_{name}": rule[name] for name in LISTS},
    }


def _either(phrases: list[str]) -> str:
    """The longest first: else "thank you" would hide "thank you so much"."""
    spaced = sorted(("  ".join(phrase.split()) for phrase in phrases), key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", " ") for phrase in spaced)


KINDS = tuple(f"{language}_{name}" for language in LANGUAGES for name in LISTS)
RULE_WORDS = f"""
    CREATE OR REPLACE TEMP TABLE rule_word AS
    SELECT word, {", ".join(f"bool_or(kind = '{kind}') AS {kind}" for kind in KINDS)}
    FROM ({" UNION ALL ".join(f"SELECT '{kind}' AS kind, unnest(${kind}::VARCHAR[]) AS word" for kind in KINDS)})
    GROUP BY word
"""
"""Every word of the lists with what it is in each language."""
