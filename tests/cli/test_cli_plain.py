"""A plain `kg query NAME` is answered without click, and nobody can tell."""

import subprocess
import sys

import pytest

from kg.cli.plain import answer_plainly
from kg.graph.query import named_queries

GIVEN = {"article": ["--param", "article=examples/kursk-northern-dispatch.txt"]}


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_every_named_query_gives_what_click_gives(kg, examples_store, capsysbinary, form):
    for name in named_queries():
        args = ["query", name, "--store", str(examples_store), "--format", form, *GIVEN.get(name, [])]
        assert answer_plainly(args)
        assert capsysbinary.readouterr().out == kg(*args).stdout_bytes


@pytest.mark.parametrize(
    "args",
    [
        [], ["query"], ["stats"], ["query", "--list"], ["query", "-"], ["query", "a.rq"], ["query", "../queries/launches"],
        ["query", "launches", "--format", "turtle"], ["query", "launches", "--params", "a=b"], ["query", "article"],
        ["query", "launches", "--param", "a"], ["query", "launches", "--param", "x=y"], ["query", "none"],
        ["query", "launches", "--store"], ["query", "launches", "--store", "nowhere"], ["query", "launches", "-h"],
    ],
)  # fmt: skip
def test_all_else_is_left_to_click(examples_store, capsysbinary, monkeypatch, args):
    monkeypatch.setenv("KG_STORE", str(examples_store))
    assert not answer_plainly(args)
    assert capsysbinary.readouterr() == (b"", b"")


def test_click_is_not_imported(examples_store):
    program = (
        "import sys; from kg.cli import main\n"
        f"main(['query', 'launches', '--store', {str(examples_store)!r}])\n"
        "print(*(name for name in ('click', 're', 'typing', 'dataclasses') if name in sys.modules), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-S", "-c", program], capture_output=True, text=True, check=False,
                          env={"PYTHONPATH": ":".join(sys.path)})  # fmt: skip
    assert done.stderr.strip() == ""
    assert done.stdout.startswith("date")
