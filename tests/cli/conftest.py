import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli.group import main

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def kg():
    """Run the command line in this process."""
    runner = CliRunner()
    return lambda *args, **options: runner.invoke(main, [str(arg) for arg in args], **options)


@pytest.fixture
def kg_process():
    """Run the command line in a process of its own."""

    def run(*args, **options):
        environment = {k: v for k, v in os.environ.items() if k not in ("KG_STORE", "KG_CONFIG")}
        command = [sys.executable, "-m", "kg", *map(str, args)]
        return subprocess.run(
            command, check=False, capture_output=True, text=True, timeout=120, env=environment, **options
        )

    return run


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Run each test in a folder of its own, without settings from outside."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_STORE", raising=False)
    monkeypatch.delenv("KG_CONFIG", raising=False)
    return tmp_path


@pytest.fixture(scope="session")
def examples_store(tmp_path_factory):
    """The store of the examples."""
    store = tmp_path_factory.mktemp("examples") / "kg.store"
    result = CliRunner().invoke(main, ["build", str(EXAMPLES), "--store", str(store)])
    assert result.exit_code == 0, result.stderr
    return store
