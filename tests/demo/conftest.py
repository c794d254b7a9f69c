"""The hall of the demo, once small and once, among the slow tests, as large as users see it."""

from __future__ import annotations

import pytest

from halls import Demo
from permadani.demo import run_demo

SMALL = 0.2


@pytest.fixture(
    scope="session", params=[SMALL, pytest.param(1.0, marks=pytest.mark.slow)], ids=["small", "full"]
)  # fmt: skip
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("demo") / "hall"
    (folder.parent / "lines.txt").write_text("\n".join(run_demo(folder, "en", request.param)), "utf-8")
    return Demo(folder, request.param)
