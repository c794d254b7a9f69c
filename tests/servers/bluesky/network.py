"""A real Bluesky network on loopback: starts PostgreSQL, Redis and the network, and stops exactly what it started."""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import httpx

from servers.processes import PATIENCE, free_ports, listens, until

HOME = Path(__file__).resolve().parents[3] / "build/servers/bluesky"
PASSWORD = "a-password-of-the-tests"  # noqa: S105


def why_not() -> str | None:
    """Why the network cannot be started here, or None."""
    if not (HOME / ".installed").exists():
        return "not installed: make test-servers does it"
    if _initdb() is None or shutil.which("redis-server") is None:
        return "PostgreSQL or Redis is missing: make test-servers says more"
    return None


def _initdb() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    other = shutil.which("initdb")
    return found[-1] if found else Path(other).resolve() if other else None


@contextmanager
def _running(command: list[str], end: signal.Signals, **more: Any) -> Iterator[subprocess.Popen[str]]:
    """A process of our own; it is told to end by ``end``, and killed where it does not."""
    process = subprocess.Popen(command, text=True, **more)
    try:
        yield process
    finally:
        if process.stdin:
            process.stdin.close()
        if process.poll() is None:
            process.send_signal(end)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _with_us(as_other: list[str]) -> list[str]:
    """Before a command: it ends when we do, even where we are killed. Node ends with its stdin."""
    return [*(as_other or ["setpriv"]), "--pdeathsig=INT"] if shutil.which("setpriv") else as_other


@contextmanager
def _postgres(folder: Path, port: int) -> Iterator[str]:
    """PostgreSQL refuses to run as root; then it runs as the user ``postgres``."""
    initdb = _initdb()
    assert initdb is not None
    data = folder / "pg"
    data.mkdir()
    as_other = list[str]()
    if os.getuid() == 0:
        folder.chmod(0o711)
        shutil.chown(data, "postgres")
        as_other = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
    subprocess.run([*as_other, initdb, "-D", data, "-A", "trust", "-U", "postgres", "-N"], check=True, **quiet)
    command = [*_with_us(as_other), str(initdb.with_name("postgres")), "-D", str(data), "-p", str(port)]
    for setting in ("listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off", "max_connections=200"):
        command += ["-c", setting]
    with _running(command, signal.SIGINT, **quiet) as process:
        psql = [str(initdb.with_name("psql")), "-qh", "127.0.0.1", "-p", str(port), "-U", "postgres", "-c"]
        until(lambda: subprocess.run([*psql, "select 1"], check=False, **quiet).returncode == 0, process, "PostgreSQL")
        subprocess.run([*psql, "create database atproto"], check=True, **quiet)
        yield f"postgres://postgres@127.0.0.1:{port}/atproto"


@contextmanager
def network() -> Iterator[Network]:
    """A network with no accounts yet. Its files are gone with it."""
    postgres, redis, *ports = free_ports(5)
    with ExitStack() as stack:
        # not under pytest's own folders, which other users may not enter
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="permadani-", ignore_cleanup_errors=True)))
        database = stack.enter_context(_postgres(folder, postgres))
        command = [
            *_with_us([]),
            "redis-server",
            "--port",
            str(redis),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
        ]
        silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
        until(lambda: listens(redis), stack.enter_context(_running(command, signal.SIGTERM, **silent)), "Redis")
        (folder / "tmp").mkdir()
        environment = {
            "PATH": f"{HOME}/node22/bin:{os.environ['PATH']}", "HOME": str(folder), "TMPDIR": str(folder / "tmp"),
            "DB_POSTGRES_URL": database, "DB_POSTGRES_SCHEMA": "tests", "REDIS_HOST": f"127.0.0.1:{redis}",
            "NODE_ENV": "test", "LOG_ENABLED": "false",
        }  # fmt: skip
        # beside its node_modules, where node looks for them
        script = shutil.copy(Path(__file__).with_name("net.mjs"), HOME / "net.mjs")
        errors = stack.enter_context((folder / "net.log").open("w"))
        node = stack.enter_context(
            _running(
                [f"{HOME}/node22/bin/node", str(script), *map(str, ports)], signal.SIGTERM, cwd=HOME, env=environment,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors,
            )
        )  # fmt: skip
        assert node.stdin is not None and node.stdout is not None
        lines: queue.Queue[str] = queue.Queue()
        reader = threading.Thread(target=_gather, args=(node.stdout, lines), daemon=True)
        reader.start()
        told = _answer(lines, folder)
        with httpx.Client(timeout=60) as http:
            yield Network(told["directory"], told["server"], told["appview"], http, node.stdin, lines, folder)


def _gather(stream: IO[str], lines: queue.Queue[str]) -> None:
    with stream:
        for line in stream:
            lines.put(line)
    lines.put("")


def _answer(lines: queue.Queue[str], folder: Path) -> dict[str, Any]:
    line = lines.get(timeout=PATIENCE)
    if not line:
        raise RuntimeError("the network ended: " + (folder / "net.log").read_text()[-2000:])
    told: dict[str, Any] = json.loads(line)
    if "failed" in told:
        raise RuntimeError(told["failed"])
    return told


@dataclass(eq=False)
class Account:
    did: str
    handle: str
    token: str


@dataclass(eq=False)
class Network:
    """``directory`` (PLC), ``server`` (PDS) and ``appview`` are their addresses."""

    directory: str
    server: str
    appview: str
    http: httpx.Client
    stdin: IO[str]
    lines: queue.Queue[str]
    folder: Path

    def settle(self) -> None:
        """Wait until the application view has seen everything that was written."""
        self.stdin.write("process\n")
        self.stdin.flush()
        _answer(self.lines, self.folder)

    def call(self, who: Account | None, method: str, body: dict[str, Any]) -> dict[str, Any]:
        headers = {"authorization": f"Bearer {who.token}"} if who else {}
        answer = self.http.post(f"{self.server}/xrpc/{method}", json=body, headers=headers)
        if answer.is_error:
            raise RuntimeError(f"{method}: {answer.text[:500]}")
        found: dict[str, Any] = answer.json() if answer.content else {}
        return found

    def account(self, name: str) -> Account:
        handle = f"{name}.test"
        made = self.call(
            None, "com.atproto.server.createAccount",
            {"handle": handle, "email": f"{name}@mail.example", "password": PASSWORD},
        )  # fmt: skip
        return Account(made["did"], handle, made["accessJwt"])

    def create(self, who: Account, collection: str, record: dict[str, Any], key: str | None = None) -> dict[str, str]:
        """A record; its ``uri`` and ``cid``."""
        body = {"repo": who.did, "collection": collection, "record": {"$type": collection, **record}}
        made = self.call(who, "com.atproto.repo.createRecord", body | ({"rkey": key} if key else {}))
        return {"uri": made["uri"], "cid": made["cid"]}

    def delete(self, who: Account, uri: str) -> None:
        collection, key = uri.split("/")[-2:]
        self.call(who, "com.atproto.repo.deleteRecord", {"repo": who.did, "collection": collection, "rkey": key})
