"""When two URLs are one address: how a link was shared, and how its host is spelt, do not make another article."""

from __future__ import annotations

import tomllib
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

_DATA = Path(__file__).with_suffix(".toml")
_PORTS = {"http": ":80", "https": ":443"}


def plain_address(url: str) -> str:
    """Give what the variants of a URL have in common; what is no absolute http(s) URL is given as it is.

    Scheme and host are in lower case; the default port, parameters that only track (`address.toml`) and a «?» with nothing
    after it are left out. The rest stays as written and in its order, the fragment too.
    """
    try:
        parts = urlsplit(url)
    except ValueError:  # a broken IPv6 address
        return url
    if parts.scheme not in _PORTS or not parts.netloc:
        return url
    query = "&".join(part for part in parts.query.split("&") if not _tracks(part))
    return parts._replace(netloc=_host(parts), query=query).geturl()


def _host(parts: SplitResult) -> str:
    user, at, host = parts.netloc.rpartition("@")
    return user + at + host.lower().removesuffix(_PORTS[parts.scheme])


def _tracks(parameter: str) -> bool:
    name = parameter.partition("=")[0].lower()
    return any(fnmatchcase(name, pattern) for pattern in _tracking())


@lru_cache(maxsize=1)
def _tracking() -> tuple[str, ...]:
    return tuple(tomllib.loads(_DATA.read_text("utf-8"))["tracking"])
