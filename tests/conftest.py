"""What several test files share. The language model is loaded once; tests that use it are marked `model`."""

from __future__ import annotations

import pytest

from kg.config import Settings
from kg.pipeline import Pipeline


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    return Pipeline(Settings())
