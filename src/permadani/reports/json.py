"""Contracts as text (``permadani.audit/1``): unknown is null, never 0 and never NaN."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from permadani.findings.results import Audit

# They end a line for some readers of JSON Lines, and stand bare in JSON otherwise.
_LINE_ENDS = str.maketrans({"\u0085": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def audit_json(audit: Audit) -> str:
    """One object over several lines, ending with a newline."""
    return dump(audit.to_dict(), indent=2) + "\n"


def audit_line(audit: Audit) -> str:
    """One object on one line, without the newline (JSON Lines)."""
    return dump(audit.to_dict(), indent=None)


def dump(record: dict[str, Any], indent: int | None) -> str:
    """Any record of ours as text; ``indent`` None: on one line."""
    text = json.dumps(_finite(record), indent=indent, ensure_ascii=False, allow_nan=False)
    # A lone surrogate has no UTF-8; "backslashreplace" writes exactly its JSON escape.
    return text.encode("utf-8", "backslashreplace").decode("utf-8").translate(_LINE_ENDS)


def _finite(value: Any) -> Any:
    """A number that is none is unknown."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(key): _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return value
