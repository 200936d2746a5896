"""Real SPARQL servers for tests: Oxigraph and Virtuoso, each on a free port of the loopback."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from kg.graph.query import Result
from kg.graph.remote import ask_server
from kg.graph.server import Server

DEADLINE = 60.0  # seconds until a server that does not start is given up: generous, as nothing is measured

#: Virtuoso's name and password in a new database.
DBA = "dba"

#: Rows at which the Virtuoso of the tests cuts an answer; so few that a small answer is cut.
CUT = 100

_VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = {cut}
"""


@dataclass(frozen=True)
class Running:
    """A server, with its addresses for queries, updates and graphs, and the environment in which it knows us."""

    name: str
    query: str
    update: str
    store: str
    environment: dict[str, str]


def ask(running: Running, text: str, *, graph: str | None = None, **params: str) -> Result:
    """Ask a server."""
    with Server(running.query) as server:
        return ask_server(server, text, params=params, graph=graph)


def free_port() -> int:
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return int(made.getsockname()[1])


@contextmanager
def oxigraph() -> Iterator[Running]:
    """Run `oxigraph serve` of the package `oxigraph`, in memory."""
    program = shutil.which("oxigraph", path=os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])))
    if program is None:
        pytest.skip("oxigraph is not installed: pip install oxigraph")
    base = f"http://127.0.0.1:{free_port()}"
    process = subprocess.Popen(
        [program, "serve", "--bind", base.removeprefix("http://")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    with _ended(process):
        _wait_for(f"{base}/query", process)
        yield Running("oxigraph", f"{base}/query", f"{base}/update", f"{base}/store", {})


@contextmanager
def virtuoso(folder: Path) -> Iterator[Running]:
    """Run Virtuoso on a new database in `folder`; it wants a login, by digest, for all but queries."""
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("Virtuoso is not installed: apt-get install virtuoso-opensource-7 virtuoso-opensource-7-bin")
    http = free_port()
    (folder / "virtuoso.ini").write_text(_VIRTUOSO.format(sql=free_port(), http=http, cut=CUT))
    process = subprocess.Popen(
        [program, "+foreground", "+configfile", "virtuoso.ini"],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    base = f"http://127.0.0.1:{http}"
    with _ended(process):
        _wait_for(f"{base}/sparql?query=ASK%20%7B%7D", process)
        yield Running(
            "virtuoso", f"{base}/sparql", f"{base}/sparql-auth", f"{base}/sparql-graph-crud-auth",
            {"KG_USER": DBA, "KG_PASSWORD": DBA},
        )  # fmt: skip


@contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    try:
        yield
    finally:
        process.kill()
        process.wait()


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + DEADLINE
    while time.monotonic() < give_up:
        assert process.poll() is None, f"the server ended with {process.returncode}"
        try:
            httpx.get(url)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server does not answer")
