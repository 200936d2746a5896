"""Who we are to a server: from the environment or a netrc file, and told only when the server asks."""

from __future__ import annotations

import netrc
import os
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import NamedTuple

import httpx

from kg.errors import ServerError

#: The environment variables that hold the name and the password; they win over netrc.
USER, PASSWORD = "KG_USER", "KG_PASSWORD"


class Login(NamedTuple):
    """A name and a password; its text shows neither."""

    user: str
    password: str

    def __repr__(self) -> str:
        return "Login(…)"


def login_for(host: str, environment: Mapping[str, str] = os.environ) -> Login | None:
    """Give the login for a host: `$KG_USER` and `$KG_PASSWORD`, else its line in `$NETRC` or ~/.netrc, else None.

    Raises `ServerError`, which repeats nothing of what is read, for one variable without the other and for a broken or
    too widely readable file.
    """
    user, password = environment.get(USER), environment.get(PASSWORD)
    if user and password is not None:
        return Login(user, password)
    if user or password:
        raise ServerError(f"{USER if user else PASSWORD} is set without {PASSWORD if user else USER}: set both or none")
    path = Path(environment.get("NETRC") or Path.home() / ".netrc")
    if not path.is_file():
        return None
    try:
        found = netrc.netrc(path).authenticators(host)
    except netrc.NetrcParseError as error:
        raise ServerError(f"{path}: line {error.lineno} is not what a netrc file has") from None
    except (OSError, UnicodeDecodeError):
        raise ServerError(f"{path}: cannot be read") from None
    return Login(found[0], found[2] or "") if found else None


class WhenAsked(httpx.Auth):
    """Answers a challenge, a digest rather than a password in clear, and remembers how for the requests to come."""

    def __init__(self, login: Login) -> None:
        self._login = login
        self._way: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send the request as it is until the server has asked who we are."""
        if self._way is None:
            response = yield request
            if response.status_code != httpx.codes.UNAUTHORIZED:
                return
            self._way = self._answer_to(response)
        if self._way is not None:
            yield from self._way.auth_flow(request)

    def _answer_to(self, response: httpx.Response) -> httpx.Auth | None:
        challenges = [value.lower() for value in response.headers.get_list("www-authenticate")]
        if any(value.startswith("digest") for value in challenges):
            return httpx.DigestAuth(*self._login)
        if any("basic" in value for value in challenges):
            return httpx.BasicAuth(*self._login)
        return None
