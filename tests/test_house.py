"""The house of DESIGN.md section 3: who may use whom, and what holds for all of the code."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from permadani import __version__
from permadani.cli import main

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "permadani"
GROUND = frozenset({"vocabulary", "errors", "language", "settings", ""})
"""Usable by everybody; "" is ``permadani`` itself, for its version."""
MAY_USE: dict[str, frozenset[str]] = {
    "sources": frozenset({"sources"}),
    "store": frozenset({"sources", "store"}),
    "measures": frozenset({"measures", "store.rows"}),
    "statistics": frozenset({"statistics"}),
    "findings": frozenset({"findings", "measures", "statistics", "store"}),
    "reports": frozenset({"reports", "findings", "store"}),
    "exports": frozenset({"exports", "findings", "store"}),
    "demo": frozenset({"demo", "api", "exports", "reports", "findings", "store"}),
    "api": frozenset({"exports", "reports", "findings", "store"}),
    "cli": frozenset({"cli", "api", "demo", "exports", "reports", "findings", "store"}),
    "__main__": frozenset({"cli"}),
    "__init__": frozenset({"api"}),
} | {room: frozenset() for room in GROUND if room}
MODULES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    """``store.rows`` for src/permadani/store/rows.py; a package by its folder."""
    name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
    return name.removesuffix(".__init__")


def imports_of(tree: ast.AST) -> Iterator[str]:
    """What of permadani a module imports, wherever in it, also only for type checkers: ``store.rows``."""
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        yield from (n.removeprefix("permadani").lstrip(".") for n in names if n.split(".")[0] == "permadani")


def allowed(room: str, used: str) -> bool:
    if used.split(".", maxsplit=1)[0] in GROUND or used.startswith("__version__"):
        return True
    return any(used == one or used.startswith(one + ".") for one in MAY_USE[room])


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_data_flows_one_way(path: Path) -> None:
    room = name_of(path).split(".")[0]
    assert room in MAY_USE, f"a new room: say in {Path(__file__).name} what it may use"
    wrong = [used for used in imports_of(ast.parse(path.read_text("utf-8"))) if not allowed(room, used)]
    assert wrong == []


def test_the_ground_floor_is_no_ring() -> None:
    order = ("", "language", "errors", "settings")
    for place, room in enumerate(order[1:], start=1):
        used = set(imports_of(ast.parse((PACKAGE / f"{room}.py").read_text("utf-8"))))
        assert {name.split(".")[0] for name in used} <= set(order[:place]), room
    assert not list(imports_of(ast.parse((PACKAGE / "vocabulary.py").read_text("utf-8"))))


def test_the_way_back_would_be_noticed() -> None:
    tree = ast.parse("def f():\n    from permadani.store import Store\n    import permadani.reports.html")
    assert [allowed("sources", used) for used in imports_of(tree)] == [False, False]
    assert allowed("measures", "store.rows.first")
    assert not allowed("measures", "store.merge")
    assert not allowed("reports", "statistics.intervals")
    assert not allowed("statistics", "store.rows")


def commands(command: click.Command = main, name: str = "permadani") -> Iterator[tuple[str, click.Command]]:
    yield name, command
    for child, one in getattr(command, "commands", {}).items():
        yield from commands(one, f"{name} {child}")


@pytest.mark.parametrize(("name", "command"), list(commands()), ids=[name for name, _ in commands()])
def test_every_command_and_option_has_help(name: str, command: click.Command) -> None:
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.name != "help":
            assert parameter.help, f"{name} {parameter.opts}"
    result = CliRunner().invoke(main, [*name.split()[1:], "--help"])
    assert result.exit_code == 0
    assert "--help" in result.output


def test_version() -> None:
    result = CliRunner().invoke(main, ["--version"])
    assert (result.exit_code, result.output) == (0, f"permadani, version {__version__}\n")
    run = subprocess.run([sys.executable, "-m", "permadani", "--version"], capture_output=True, text=True, check=True)
    assert run.stdout.endswith(f"{__version__}\n")


def test_the_package_says_that_it_is_typed() -> None:
    assert files("permadani").joinpath("py.typed").is_file()


def tracked() -> list[Path]:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a checkout")
def test_no_file_names_the_machine_it_was_made_on() -> None:
    folders = [folder + "/" for folder in ("/work", "/root", "/home/runner")]
    hosts = re.compile(r"https?://[^/\s\"']*(?:artifactory|nexus|proxy|mirror|pypi)[^/\s\"']*[:/]", re.IGNORECASE)
    found = []
    for path in tracked():
        if path == Path(__file__):
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        found += [f"{path.relative_to(ROOT)}: {folder}" for folder in folders if re.search(rf"(?<!\w){folder}", text)]
        found += [f"{path.relative_to(ROOT)}: {m}" for m in hosts.findall(text)]
        found += [f"{path.relative_to(ROOT)}: index-url" for _ in re.findall(r"(?:extra-)?index-url\s*[= ]", text)]
    assert found == []


TRANSLATORS = {"_", "N_", "translate"}


def bare_texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """String constants that a user would see without anybody having translated them."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        shown: list[ast.expr] = []
        if called in ("echo", "secho", "confirm", "prompt", "UsageError", "BadParameter", "ClickException"):
            shown = node.args[:1]
        elif called in ("command", "group", "option", "argument"):
            shown = [keyword.value for keyword in node.keywords if keyword.arg in ("help", "short_help", "epilog")]
        elif called.endswith("Error") and called in ERRORS:
            shown = [*node.args[:1], *(keyword.value for keyword in node.keywords if keyword.arg == "hint")]
        for value in shown:
            for text in untranslated(value):
                if re.search(r"[a-zA-Z]{2}", text):
                    yield node.lineno, text


ERRORS = frozenset({"PermadaniError", "StoreError", "WhoError"})


def untranslated(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Call):
        called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if called in TRANSLATORS:
            return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr | ast.BinOp | ast.Call | ast.Attribute | ast.IfExp):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                yield from untranslated(child)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_text_for_people_goes_through_gettext(path: Path) -> None:
    assert list(bare_texts(ast.parse(path.read_text("utf-8")))) == []


def test_a_text_that_nobody_translates_would_be_noticed() -> None:
    tree = ast.parse('click.echo("Done.")\nclick.option("--x", help=f"Use {x}")\nclick.echo(_("Good.").format(x=1))')
    assert [line for line, _ in bare_texts(tree)] == [1, 2]
