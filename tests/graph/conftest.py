"""The servers, each started once for all tests that ask it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from servers import Running, oxigraph, virtuoso


@pytest.fixture(scope="session", params=["oxigraph", "virtuoso"])
def running(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Run a real server, which knows us by the environment."""
    made = oxigraph() if request.param == "oxigraph" else virtuoso(tmp_path_factory.mktemp("virtuoso"))
    with pytest.MonkeyPatch.context() as patch, made as found:
        for name, value in found.environment.items():
            patch.setenv(name, value)
        yield found
