"""A real WordPress on loopback: starts MariaDB and PHP, and stops exactly what it started."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from servers.processes import free_ports, listens, until

HERE = Path(__file__).parent
CODE = Path("/usr/share/wordpress")


def why_not() -> str | None:
    """Why the site cannot be started here, or None."""
    missing = [name for name in ("php", "mariadbd", "mariadb-install-db", "mariadb") if _program(name) is None]
    missing += [] if (CODE / "wp-load.php").exists() else ["wordpress"]
    missing += [] if any(CODE.glob("wp-content/themes/*/style.css")) else ["a theme of WordPress"]
    return f"not installed: {', '.join(missing)}; make test-servers does it" if missing else None


def _program(name: str) -> str | None:
    return shutil.which(name) or shutil.which(name, path="/usr/sbin")


@dataclass(frozen=True)
class Site:
    """``url``: the address of the front page; ``folder``: where its files lie, for as long as it runs."""

    url: str
    folder: Path
    environment: dict[str, str]

    def run(self, do: str, **asked: Any) -> dict[str, Any]:
        """One command of run.php; what it answers."""
        told: dict[str, Any] = json.loads(self._php({"do": do, **asked}))
        return told

    def export(self, path: Path) -> Path:
        """The site's own export file."""
        path.write_bytes(self._php({"do": "export"}))
        return path

    def close(self, *paths: str) -> None:
        """Refuse what begins with these paths, as security plugins do; nothing: refuse nothing."""
        (self.folder / "closed").write_text("\n".join(paths))

    def _php(self, asked: dict[str, Any]) -> bytes:
        script = [str(_program("php")), "-d", "display_errors=stderr", str(HERE / "run.php")]
        done = subprocess.run(
            script, input=json.dumps(asked).encode(), capture_output=True, env=self.environment, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stderr.decode("utf-8", "replace")[-2000:])
        return done.stdout


@contextmanager
def site(pretty: bool = True) -> Iterator[Site]:
    """A site without posts, run by "rani". ``pretty``: with addresses like /2020/a-post/, else /?p=7."""
    with tempfile.TemporaryDirectory(prefix="permadani-wordpress-") as folder:  # where the database's user gets to
        yield from _site(Path(folder), pretty)


def _site(folder: Path, pretty: bool) -> Iterator[Site]:
    database, port = free_ports(2)
    pages = folder / "site"
    shutil.copytree(CODE, pages, symlinks=False, ignore_dangling_symlinks=True)
    (pages / "wp-config.php").unlink(missing_ok=True)
    shutil.copy(HERE / "wp-config.php", pages)
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(folder), "TMPDIR": str(folder), "WP_TEST_DATABASE": str(database),
        "WP_TEST_PORT": str(port), "WP_TEST_SITE": str(pages), "PHP_CLI_SERVER_WORKERS": "4",
    }  # fmt: skip
    made = Site(f"http://127.0.0.1:{port}", folder, environment)
    with ExitStack() as stack:
        stack.enter_context(_mariadb(folder, database))
        made.run("install", pretty=pretty)
        command = [str(_program("php")), "-S", f"127.0.0.1:{port}", "-t", str(pages), str(HERE / "router.php")]
        # PHP starts workers that outlive it when it alone is told to end: all of them are in a group of their own
        log = stack.enter_context((folder / "php.log").open("wb"))
        process = stack.enter_context(
            _running(command, group=True, env=environment, stdout=log, stderr=log, start_new_session=True)
        )
        until(lambda: listens(port), process, "PHP")
        yield made


@contextmanager
def _mariadb(folder: Path, port: int) -> Iterator[None]:
    """MariaDB with an empty database. As root it runs as the user ``mysql``."""
    data = folder / "db"
    data.mkdir()
    as_other = []
    if os.getuid() == 0:
        folder.chmod(0o711)
        shutil.chown(data, "mysql")
        as_other = ["--user=mysql"]
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
    install = [str(_program("mariadb-install-db")), "--no-defaults", *as_other, f"--datadir={data}"]
    install += ["--auth-root-authentication-method=normal", "--skip-test-db"]
    subprocess.run(install, check=True, **quiet)
    there = f"--socket={data}/sock"
    command = [str(_program("mariadbd")), "--no-defaults", *as_other, f"--datadir={data}", there, f"--port={port}"]
    command += ["--bind-address=127.0.0.1", "--innodb-flush-log-at-trx-commit=0", "--skip-log-bin"]
    with _running(command, group=False, **quiet) as process:
        client = [str(_program("mariadb")), "--no-defaults", there, "-uroot", "-e"]
        until(lambda: subprocess.run([*client, "select 1"], check=False, **quiet).returncode == 0, process, "MariaDB")
        users = "; ".join(
            f"create user wp@'{host}' identified by 'wp'; grant all on wp.* to wp@'{host}'"
            for host in ("127.0.0.1", "localhost")
        )
        subprocess.run([*client, f"create database wp; {users}"], check=True, **quiet)
        yield


@contextmanager
def _running(command: list[str], group: bool, **more: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A process of our own (with all of its group), told to end, and killed where it does not."""
    process = subprocess.Popen(command, **more)
    try:
        yield process
    finally:
        for end in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(process.pid, end) if group else process.send_signal(end)
                process.wait(20)
            except ProcessLookupError:
                break
            except subprocess.TimeoutExpired:
                continue
            if not group:
                break
        process.wait()
