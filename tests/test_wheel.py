"""A wheel built from the tree holds all data and works outside the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_wheel_works_outside_the_checkout(tmp_path):
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    unpacked = tmp_path / "unpacked"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(unpacked)
    held = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()}
    wanted = {f"kg/{path.relative_to(ROOT)}" for name in ("ontology", "queries") for path in (ROOT / name).rglob("*.*")}
    wanted |= {path.relative_to(ROOT).as_posix() for path in (ROOT / "kg/text/lexicon").rglob("*.t*")}
    wanted |= {path.relative_to(ROOT).as_posix() for path in (ROOT / "kg/graph/view").rglob("*.j*")}
    assert len(wanted) > 40
    assert wanted - held == set()
    program = (
        "import kg; from kg.graph.schema import load_ontology; from kg.text.lexicon import Lexicon; "
        "print(kg.__file__, len(Lexicon.load(load_ontology()).frames) > 500)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(unpacked)},
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert ran.stdout == f"{unpacked / 'kg' / '__init__.py'} True\n"
