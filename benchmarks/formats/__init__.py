"""Made-up exports of any size, so that importing can be measured: one file a source, named after it.

Each has ``WHO`` (an account to audit, or None) and ``generate(folder, count, size)``, which writes about ``count``
messages of about ``size`` bytes each into the folder.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType


def formats() -> dict[str, ModuleType]:
    """The generators by source."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in ("__init__", "crowd"))
    return {name: import_module(f"formats.{name}") for name in names}
