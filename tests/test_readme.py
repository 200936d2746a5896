"""The README's commands do what it shows: each `$ ` line of its console blocks is run, in order, and its output compared.

`python tests/test_readme.py --update` writes the outputs into README.md anew.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"(?<=```console\n)(.*?)(?=```)", re.DOTALL)


def run(block: str, folder: Path) -> str:
    """Give a console block with the output that its commands print now, errors included."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    shown = ""
    for line in block.splitlines():
        if line.startswith("$ "):
            done = subprocess.run(
                line.removeprefix("$ "), shell=True, cwd=folder, capture_output=True, text=True, check=False,
                env={**os.environ, "PATH": path, "NO_COLOR": "1", "COLUMNS": "140"},
            )  # fmt: skip
            shown += f"{line}\n" + "".join(f"{one.rstrip()}\n" for one in (done.stderr + done.stdout).splitlines())
    return shown


def blocks_now(folder: Path) -> list[tuple[str, str]]:
    """Give each console block of the README as it stands and as it should be."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    return [(block, run(block, folder)) for block in BLOCK.findall(README.read_text("utf-8"))]


@pytest.mark.model
def test_readme_shows_what_is_printed(tmp_path):
    pairs = blocks_now(tmp_path)
    assert len(pairs) > 5
    for shown, printed in pairs:
        assert printed == shown


def test_readme_shows_every_query():
    text = README.read_text("utf-8")
    names = [path.stem for path in sorted((ROOT / "queries").glob("*.rq"))]
    assert [name for name in names if not re.search(rf"^\$ kg query {name}\b", text, re.MULTILINE)] == []


if __name__ == "__main__" and "--update" in sys.argv:
    with tempfile.TemporaryDirectory() as name:
        written = README.read_text("utf-8")
        for old, new in blocks_now(Path(name)):
            written = written.replace(f"```console\n{old}```", f"```console\n{new}```")
        README.write_text(written, "utf-8")
