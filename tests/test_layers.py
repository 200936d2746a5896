"""The shape of the code: imports run downward, and words live in data."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import kg
from kg.text.gazetteer import Gazetteer
from kg.text.lexicon import Lexicon

PACKAGE = Path(kg.__file__).parent
ROOT = Path(__file__).parents[1]
STANCES = ("says", "believes", "predicts", "warns", "denies", "accuses", "demands")


def test_the_import_contracts_hold() -> None:
    from importlinter.cli import lint_imports

    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """Give the strings of a Python file with their lines, docstrings left out."""
    tree = ast.parse(path.read_text("utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    first = [node.body[0] for node in ast.walk(tree) if isinstance(node, documented) and node.body]
    docstrings = {id(node.value) for node in first if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def test_literals_are_found_and_docstrings_are_not(tmp_path: Path) -> None:
    path = tmp_path / "some.py"
    path.write_text('"""Peru."""\nx = {"Chad"}\n\n\ndef f():\n    """Mali."""\n    return f"to {x} Cuba"\n')
    assert {text for _, text in literals(path)} == {"Chad", "to ", " Cuba"}


def test_no_state_is_named_in_python() -> None:
    gazetteer = Gazetteer.load()
    states = {entity.label for entity in gazetteer.entities() if entity.kind == "State"}
    assert len(states) > 190
    words = re.compile(rf"\b({'|'.join(map(re.escape, sorted(states | set(gazetteer.adjectives().values()))))})\b")
    files = [path for path in PACKAGE.rglob("*.py") if path.parent.name != "cli"]  # its help has examples
    assert [(path.name, *found) for path in files for found in literals(path) if words.search(found[1])] == []


def test_no_list_of_verbs_stands_in_python(lexicon: Lexicon) -> None:
    verbs = {lemma for pos, lemma in lexicon.frames if pos == "verb"}
    verbs |= {
        word for name, words in lexicon.cues.items() if name in STANCES or name.endswith("_verbs") for word in words
    }
    files = sorted((PACKAGE / "text").rglob("*.py"))
    sets = [
        (path.name, node)
        for path in files
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Set)
    ]
    assert len(sets) > 20
    words = [
        (name, node.lineno, {x.value for x in node.elts if isinstance(x, ast.Constant)} & verbs) for name, node in sets
    ]
    assert [found for found in words if len(found[2]) > 1] == []
