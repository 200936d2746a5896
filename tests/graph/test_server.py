"""A server that is busy, away, elsewhere, endless or not what it should be; and logins that go nowhere else."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from kg.errors import QueryError, ServerError
from kg.graph.login import login_for
from kg.graph.remote import ask_server
from kg.graph.results import Rows
from kg.graph.server import Server, checked_address

Answer = Callable[[BaseHTTPRequestHandler, bytes], None]
SECRET = "open sesame"


class Scripted:
    """A server on the loopback that gives the answers of a script, the last one again and again."""

    def __init__(self, *answers: Answer) -> None:
        self.seen: list[tuple[str, str | None, bytes]] = []  # method, authorization, content
        answers_left = list(answers)

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(handler) -> None:  # noqa: N805
                content = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
                self.seen.append((handler.command, handler.headers.get("Authorization"), content))
                (answers_left.pop(0) if len(answers_left) > 1 else answers_left[0])(handler, content)

            do_GET = do_POST = answer  # noqa: N815

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._http.server_port}/sparql"

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()


Start = Callable[..., Scripted]


@pytest.fixture
def start() -> Iterator[Start]:
    started: list[Scripted] = []

    def begin(*answers: Answer) -> Scripted:
        started.append(Scripted(*answers))
        return started[-1]

    yield begin
    for server in started:
        server.close()


@pytest.fixture(autouse=True)
def _nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Know no login but those of the test."""
    monkeypatch.delenv("KG_USER", raising=False)
    monkeypatch.delenv("KG_PASSWORD", raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))


def says(status: int, body: str = "", **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler, content: bytes) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body.encode())))
        handler.end_headers()
        handler.wfile.write(body.encode())

    return answer


def hangs_up(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    handler.close_connection = True


def trickles(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    try:
        for _ in range(1000):
            handler.wfile.write(b"1\r\nx\r\n")
            time.sleep(0.01)
    except OSError:
        handler.close_connection = True


def cuts_at(most: int) -> Answer:
    """Answer queries on 30 triples, but never with more rows than `most`, and never say so."""
    store = ox.Store()
    for n in range(30):
        subject = ox.NamedNode(f"http://example.org/{n % 7}/{n:02}")
        store.add(ox.Quad(subject, ox.NamedNode("http://example.org/n"), ox.Literal(n % 3)))

    def answer(handler: BaseHTTPRequestHandler, content: bytes) -> None:
        found = store.query(parse_qs(content.decode())["query"][0])
        assert isinstance(found, ox.QuerySolutions)
        results = json.loads(found.serialize(format=ox.QueryResultsFormat.JSON) or b"")
        del results["results"]["bindings"][most:]
        says(200, json.dumps(results), Content_Type="application/sparql-results+json")(handler, content)

    return answer


BUSY = says(503, "no time", Retry_After="0")


@pytest.mark.parametrize("trouble", [BUSY, says(429), says(500, "deadlock"), says(502), hangs_up])
def test_a_busy_server_is_asked_again(start: Start, trouble: Answer) -> None:
    scripted = start(trouble, says(200, "done"))
    with Server(scripted.url) as server:
        assert server.send("POST", content=b"work").body == b"done"
    assert [content for _, _, content in scripted.seen] == [b"work", b"work"]


def test_a_server_that_stays_busy_is_given_up_in_one_line(start: Start) -> None:
    scripted = start(says(503, "no\n  time\x1b[31m", Retry_After="0", Content_Type="text/plain"))
    with (
        Server(scripted.url) as server,
        pytest.raises(ServerError, match=r"503 Service Unavailable: no time") as given_up,
    ):
        server.send("POST")
    assert "\n" not in str(given_up.value)
    assert 3 <= len(scripted.seen) <= 10


@pytest.mark.parametrize(
    "refusal",
    [says(400, "bad"), says(404), says(500, "Virtuoso 42000 Error SR186: No permission", Content_Type="text/plain")],
)
def test_what_will_not_pass_is_not_tried_again(start: Start, refusal: Answer) -> None:
    scripted = start(refusal)
    with Server(scripted.url) as server, pytest.raises(ServerError, match="refuses with"):
        server.send("POST")
    assert len(scripted.seen) == 1


def test_no_server_is_said_at_once() -> None:
    with Server("http://127.0.0.1:1/") as server, pytest.raises(ServerError, match="there is no server"):
        server.send("GET")


def test_an_answer_that_does_not_end_is_given_up(start: Start) -> None:
    scripted = start(trickles)
    with Server(scripted.url, limit=0.3) as server, pytest.raises(ServerError, match=r"within 0\.3 seconds"):
        server.send("GET")
    assert len(scripted.seen) == 1


def test_a_redirect_is_not_followed(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_USER", "ali")
    monkeypatch.setenv("KG_PASSWORD", SECRET)
    other = start(says(401, WWW_Authenticate='Basic realm="x"'))
    scripted = start(says(302, Location=other.url))
    with Server(scripted.url) as server, pytest.raises(ServerError, match="elsewhere"):
        server.send("POST")
    assert other.seen == []


def test_a_password_goes_out_when_it_is_asked_for(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_USER", "ali")
    monkeypatch.setenv("KG_PASSWORD", SECRET)
    scripted = start(says(200), says(401, WWW_Authenticate='Basic realm="x"'), says(200, "in"))
    with Server(scripted.url) as server:
        server.send("GET")
        assert [server.send("POST", content=b"x").body for _ in range(2)] == [b"in", b"in"]
    login = f"Basic {base64.b64encode(f'ali:{SECRET}'.encode()).decode()}"
    assert [authorization for _, authorization, _ in scripted.seen] == [None, None, login, login]


def test_a_digest_is_preferred_to_a_password_in_clear(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_USER", "ali")
    monkeypatch.setenv("KG_PASSWORD", SECRET)
    both = says(401, WWW_Authenticate='Digest realm="x", nonce="1", qop="auth", algorithm="MD5", Basic realm="x"')
    scripted = start(both, both, says(200, "in"))
    with Server(scripted.url) as server:
        assert server.send("GET").body == b"in"
    sent = scripted.seen[-1][1] or ""
    assert sent.startswith('Digest username="ali"')
    assert SECRET not in sent


def test_a_wrong_login_is_said_without_it(start: Start, tmp_path: Path) -> None:
    (tmp_path / "netrc").write_text(f"machine 127.0.0.1 login ali password {SECRET.replace(' ', '_')}\n")
    scripted = start(says(401, "who?", WWW_Authenticate='Basic realm="x"'))
    with Server(scripted.url) as server, pytest.raises(ServerError, match="does not accept") as refused:
        server.send("GET")
    assert "sesame" not in f"{refused.value}{login_for('127.0.0.1')}"
    assert scripted.seen[-1][1] is not None


def test_a_login_is_for_its_host(tmp_path: Path) -> None:
    (tmp_path / "netrc").write_text("machine example.org login ali password x\n")
    assert login_for("example.org") == ("ali", "x")
    assert login_for("example.com") is None


@pytest.mark.parametrize("environment", [{"KG_USER": "ali"}, {"KG_PASSWORD": SECRET}])
def test_half_a_login_is_an_error(environment: dict[str, str]) -> None:
    with pytest.raises(ServerError, match="set both or none") as refused:
        login_for("example.org", environment)
    assert SECRET not in str(refused.value)


def test_a_broken_netrc_is_an_error_that_repeats_nothing(tmp_path: Path) -> None:
    (tmp_path / "netrc").write_text("\nmachine x login y sesame z\n")
    with pytest.raises(ServerError, match="netrc: line 2") as refused:
        login_for("example.org")
    assert "sesame" not in str(refused.value)


@pytest.mark.parametrize(
    "address",
    [
        "https://ali:sesame@example.org/sparql", "https://sesame@example.org/", "ali:sesame@example.org/sparql",
        "file:///etc/sesame", "ftp://example.org/sesame", "//example.org/sesame", "http:///sesame", "http://", "",
        "http://exa\nmple.org/sesame", "javascript:sesame",
    ],
)  # fmt: skip
def test_only_a_plain_web_address_is_one(address: str) -> None:
    with pytest.raises(ServerError) as refused:
        checked_address(address)
    assert "sesame" not in str(refused.value)


def test_what_may_be_secret_in_an_address_is_not_repeated() -> None:
    with Server("http://127.0.0.1:1/sparql?key=sesame#x") as server, pytest.raises(ServerError) as refused:
        server.send("GET")
    assert "sesame" not in str(refused.value)
    assert "http://127.0.0.1:1/sparql" in str(refused.value)


@pytest.mark.parametrize("most", [1, 7, 29, 30, 1000])
@pytest.mark.parametrize("order", ["", "ORDER BY DESC(?n) ?s"])
def test_an_answer_that_is_cut_in_silence_is_made_whole(start: Start, most: int, order: str) -> None:
    if most == 1:
        scripted = start(cuts_at(most))
        with Server(scripted.url) as server, pytest.raises(QueryError, match="cuts the answer of 30 rows at 1"):
            ask_server(server, f"SELECT ?s ?n {{ ?s ?p ?n }} {order}")
        return
    scripted, whole = start(cuts_at(most)), start(cuts_at(1000))
    text = f"SELECT ?s ?n {{ ?s ?p ?n }} {order}"
    with Server(scripted.url) as server, Server(whole.url) as complete:
        found = ask_server(server, text)
        assert isinstance(found, Rows)
        assert len(found.rows) == 30
        assert found == ask_server(complete, text)


@pytest.mark.parametrize(
    "body",
    ["", "<html>", "[]", '{"head": {}}', '{"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {"type"', "\x00"],
)
def test_an_answer_that_is_no_answer_is_one_clear_line(start: Start, body: str) -> None:
    scripted = start(says(200, body, Content_Type="application/sparql-results+json"))
    for text in ("SELECT ?s { ?s ?p ?o }", "ASK { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }", "DESCRIBE <a:b>"):
        with Server(scripted.url) as server, pytest.raises(ServerError):
            ask_server(server, text)
