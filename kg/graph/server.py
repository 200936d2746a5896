"""One server on the network: its address, and requests that are tried again when it is busy or away."""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Mapping
from contextlib import closing
from dataclasses import dataclass
from types import TracebackType

import httpx

from kg import __version__
from kg.errors import ServerError
from kg.graph.login import PASSWORD, USER, Login, WhenAsked, login_for

#: Seconds that one answer may take where nothing else is said.
PATIENCE = 600.0
_CONNECT = 10.0  # seconds
# Seconds to wait before each further attempt; a server may ask for other pauses, up to the longest.
_PAUSES = (0.5, 1.0, 2.0, 4.0)
_LONGEST_PAUSE = 60.0
_BUSY = {429, 500, 502, 503, 504}
# Virtuoso says 500 for everything; what it says before «Error» is a state of SQL, and only these pass by themselves:
# a transaction that was rolled back (40), a lost connection (08), a time-out (S1).
_LASTING = re.compile(r"Virtuoso (?!40|08|S1)\w{5} Error")
_SAID = 200  # characters of an answer that are repeated
_HOW_TO_LOG_IN = f"set ${USER} and ${PASSWORD}, or write them to ~/.netrc"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answers."""

    status: int
    headers: httpx.Headers
    body: bytes

    @property
    def form(self) -> str:
        """The media type."""
        return str(self.headers.get("content-type", "")).partition(";")[0].strip().lower()

    @property
    def words(self) -> str:
        """The beginning of the answer for a message, in one line; nothing of a page for a browser."""
        return "" if "html" in self.form else _line(self.body[: 4 * _SAID].decode(errors="replace"))


class Server:
    """A web address that is asked again and again. Use it as a context manager.

    `login` answers where the server asks for one; by default it is what `login_for` finds. Redirects are not followed,
    so that a login goes to no other server. All of `limit` seconds, where given, are for all requests together.
    """

    def __init__(
        self, address: str, *, patience: float = PATIENCE, limit: float | None = None, login: Login | None = None
    ) -> None:
        self.url = checked_address(address)
        #: The address without what may be secret, for messages.
        self.name = f"{self.url.scheme}://{self.url.netloc.decode('ascii')}{self.url.path}"
        self._login = login or login_for(self.url.host)
        self._patience = patience
        self._limit = limit
        self._end = None if limit is None else time.monotonic() + limit
        self._reached = False
        self._client = httpx.Client(
            auth=WhenAsked(self._login) if self._login else None, headers={"User-Agent": f"kg/{__version__}"}
        )

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def send(
        self,
        method: str,
        *,
        params: Mapping[str, str] | None = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        allowed: Collection[int] = (),
    ) -> Reply:
        """Give the answer to a request, which must do no harm when it is sent twice.

        Raises `ServerError` when there is none, and for an answer that is neither a success nor one of `allowed`.
        """
        request = self._client.build_request(
            method, self.url.copy_merge_params(params or {}), content=content, headers=headers
        )
        for pause in (*_PAUSES, None):
            try:
                reply = self._answer(request)
            except httpx.TransportError as error:
                if pause is None or self._is_final(error):
                    raise ServerError(self._cause(error)) from None
            else:
                self._reached = True
                if httpx.codes.is_success(reply.status) or reply.status in allowed:
                    return reply
                if pause is None or reply.status not in _BUSY or _LASTING.match(reply.words):
                    raise ServerError(self._refusal(reply))
                pause = _asked_pause(reply, pause)
            time.sleep(pause if self._end is None else max(0.0, min(pause, self._end - time.monotonic())))
        raise AssertionError("the last attempt returns or raises")

    def _answer(self, request: httpx.Request) -> Reply:
        """Give the whole answer, or raise `httpx.TimeoutException` when it is not there in time."""
        now = time.monotonic()
        end = now + self._patience if self._end is None else min(now + self._patience, self._end)
        left = max(0.001, end - now)
        request.extensions = {"timeout": httpx.Timeout(left, connect=min(_CONNECT, left)).as_dict()}
        parts = []
        try:
            response = self._client.send(request, stream=True)
            with closing(response):
                for part in response.iter_bytes():
                    parts.append(part)
                    if time.monotonic() > end:
                        raise httpx.ReadTimeout("the answer does not end in time")
        except httpx.DecodingError as error:
            raise httpx.ReadError(str(error)) from error
        return Reply(response.status_code, response.headers, b"".join(parts))

    def _is_final(self, error: httpx.TransportError) -> bool:
        """Whether another attempt is of no use: there was never a server, or the time is up."""
        if isinstance(error, httpx.ConnectError):
            return not self._reached
        return self._end is not None and time.monotonic() >= self._end

    def _cause(self, error: httpx.TransportError) -> str:
        if isinstance(error, httpx.TimeoutException):
            return f"{self.name}: no whole answer within {self._limit or self._patience:g} seconds"
        if isinstance(error, httpx.ConnectError):
            return f"{self.name}: there is no server, or it cannot be reached: {_line(str(error))}"
        return f"{self.name}: the connection was lost: {_line(str(error)) or type(error).__name__}"

    def _refusal(self, reply: Reply) -> str:
        if reply.status == httpx.codes.UNAUTHORIZED:
            if self._login:
                return f"{self.name}: the server does not accept the name and password of ${USER} or netrc"
            return f"{self.name}: the server wants a name and a password: {_HOW_TO_LOG_IN}"
        status = f"{reply.status} {httpx.codes.get_reason_phrase(reply.status)}".strip()
        if httpx.codes.is_redirect(reply.status):
            return f"{self.name}: the server sends us elsewhere ({status}), where no login must go: name that address"
        return f"{self.name}: the server refuses with {status}{f': {reply.words}' if reply.words else ''}"


def checked_address(address: str) -> httpx.URL:
    """Give an address as a URL; `ServerError`, which never repeats it, where it is not a plain http(s) one."""
    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, ValueError):
        raise ServerError("the address of the server is not a URL such as https://example.org/sparql") from None
    if url.userinfo:
        raise ServerError(f"a name or a password does not belong in the address: {_HOW_TO_LOG_IN}")
    if url.scheme not in {"http", "https"} or not url.host:
        raise ServerError("the address of a server begins with http:// or https:// and a host")
    return url.copy_with(fragment=None)


def _asked_pause(reply: Reply, otherwise: float) -> float:
    asked = reply.headers.get("retry-after", "")
    return min(float(asked), _LONGEST_PAUSE) if asked.isdecimal() else otherwise


def _line(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SAID else f"{line[:_SAID]}…"
