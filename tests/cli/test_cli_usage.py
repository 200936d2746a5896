"""What needs no language model: help, usage, exit codes, and what is not imported."""

import json
import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from kg.cli.group import COMMANDS
from kg.graph.store import Store

HEAVY = ("spacy", "trafilatura", "rdflib", "networkx", "pyshacl", "dateparser", "scipy", "numpy")


def one_line(result):
    """Give the message of a command that failed, which must be one line and no traceback."""
    (line,) = result.stderr.splitlines()
    return line


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(kg, name):
    result = kg(name, "--help")
    assert result.exit_code == 0
    assert f"Example:\n    kg {name}" in result.stdout


def test_help_names_every_command(kg):
    result = kg("--help")
    assert result.exit_code == 0
    assert all(f"  {name}  " in result.stdout for name in COMMANDS)
    assert "..." not in result.stdout.partition("Commands:")[2]


def test_no_command_is_usage(kg):
    result = kg()
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Usage:" in result.stderr


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["bild"], "kg: No such command 'bild'."),
        (["build", "--nope", "x"], "kg build: No such option"),
        (["query"], "Usage:"),
        (["query", "launches", "--param", "x"], "'x' is not of the form NAME=VALUE"),
        (["query", "no-such-query"], "there is no query 'no-such-query'"),
        (["query", "none.rq"], "none.rq: cannot be read: No such file"),
        (["export", "--format", "word"], "Invalid value for '--format'"),
        (["export", "-o", "graph.doc"], "there is no store"),
        (["view", "--max-nodes", "0"], "Invalid value for '--max-nodes'"),
        (["stats"], "kg.store: there is no store; make one with `kg build"),
        (["stats", "--store", "none.ttl"], "none.ttl: there is no store"),
        (["remove", "x"], "there is no store"),
        (["build", "x.txt", "-o", "graph.doc"], "graph.doc: cannot tell the format from the suffix"),
        (["build", "x.txt", "--min-confidence", "2"], "Invalid value for '--min-confidence'"),
        (["build", "x.txt", "--published", "soon"], "published: unknown date 'soon'"),
        (["build", "x.txt", "--config", "none.toml"], "none.toml: cannot be read as TOML"),
    ],
)
def test_wrong_usage_is_exit_code_2_and_says_why(kg, args, words):
    result = kg(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr


def test_an_unknown_setting_is_named(kg, here):
    (here / "kg.toml").write_text("modle = 'x'\n")
    result = kg("stats", "--config", "kg.toml")
    assert result.exit_code == 2
    assert "kg.toml: unknown key 'modle'" in one_line(result)


@pytest.mark.parametrize("value", ["2", "-0.1", "'high'", "true"])
def test_a_confidence_is_a_number_from_0_to_1(kg, here, value):
    (here / "kg.toml").write_text(f"min_confidence = {value}\n")
    result = kg("stats", "--config", "kg.toml")
    assert result.exit_code == 2
    assert "kg.toml: min_confidence must be a number from 0 to 1" in one_line(result)


def test_store_comes_from_the_option_else_the_environment_else_the_settings(kg, here):
    (here / "kg.toml").write_text("store = 'from-settings'\n")
    named = {"KG_STORE": "from-environment"}
    assert "kg: from-option: " in kg("stats", "--config", "kg.toml", "--store", "from-option", env=named).stderr
    assert "kg: from-environment: " in kg("stats", "--config", "kg.toml", env=named).stderr
    assert "kg: from-settings: " in kg("stats", "--config", "kg.toml").stderr
    assert "kg: kg.store: " in kg("stats").stderr


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b"", "is empty"),
        ("binary.txt", b"\x7fELF\0\0", "is binary"),
        ("latin.txt", b"caf\xe9", "is not UTF-8: wrong byte at offset 3"),
        ("long.txt", b"a" * 5_000_000, "5,000,000 characters"),
        ("long.jsonl", b'{"text": "' + b"a" * 5_000_000 + b'"}', "5,000,000 characters"),
        ("dated.txt", b"Ships\nPublished: someday\nThey left.", "unknown date 'someday'"),
        ("broken.jsonl", b'{"text": ', "broken JSON"),
        ("odd\nname\x1b[31m.txt", b"", "odd\\nname\\x1b[31m.txt: is empty"),
    ],
)
def test_a_build_of_nothing_readable_says_why_and_makes_no_store(kg, here, name, content, words):
    (here / name).write_bytes(content)
    result = kg("build", name)
    assert (result.exit_code, result.stdout) == (2, "")
    skipped, nothing = result.stderr.splitlines()
    assert skipped.startswith("kg: skipped ")
    assert words in skipped
    assert nothing == "kg: no article could be read, so nothing was done"
    assert not (here / "kg.store").exists()


def test_missing_files_and_empty_folders_are_named(kg, here):
    (here / "empty").mkdir()
    result = kg("build", "none.txt", "empty")
    assert result.exit_code == 2
    assert "none.txt: no such file or folder" in result.stderr
    assert "empty: folder holds no article" in result.stderr


def test_broken_turtle_is_named_with_its_line(kg, here):
    (here / "bad.ttl").write_text("@prefix kg: <https://w3id.org/kg/ontology#> .\nkg:a kg:b\n")
    result = kg("stats", "--store", "bad.ttl")
    assert result.exit_code == 2
    assert one_line(result).startswith("kg: bad.ttl:")


def test_a_store_path_that_is_a_file_of_another_kind_is_refused(kg, here):
    (here / "notes.md").write_text("notes")
    assert "unknown kind of file" in one_line(kg("stats", "--store", "notes.md"))
    (here / "a.txt").write_text("Ships\nThey left.")
    assert "a store is a folder" in one_line(kg("build", "a.txt", "--store", "notes.md"))
    assert (here / "notes.md").read_text() == "notes"


def test_a_store_below_a_file_cannot_be_made(kg, here):
    (here / "a.txt").write_text("Ships\nThey left.")
    result = kg("build", "a.txt", "--store", "a.txt/kg.store")
    assert result.exit_code == 2
    assert "a.txt/kg.store" in one_line(result)


def test_a_store_that_another_process_writes_is_left_alone(kg_process, here):
    (here / "a.txt").write_text("Ships\nThey left.")
    with Store.open(here / "kg.store"):
        result = kg_process("build", "a.txt", cwd=here)
    assert result.returncode == 2
    who = f"process {os.getpid()} on {socket.gethostname()}, since 20"
    assert one_line(result).startswith(f"kg: kg.store: {who}")
    assert one_line(result).endswith(", is writing this store; try again when it is done, or wait with --wait")


def test_an_empty_store_can_be_counted_exported_and_validated(kg, here):
    with Store.open(here / "kg.store"):
        pass
    counts = kg("stats", "--format", "json")
    assert json.loads(counts.stdout)["articles"] == 0
    assert kg("export", "--format", "nquads").stdout == ""
    assert kg("validate").exit_code == 0
    assert "no event passes the filters" in kg("view", "-o", "page.html").stderr


def test_remove_says_what_is_not_there(kg, here):
    with Store.open(here / "kg.store"):
        pass
    result = kg("remove", "a.txt")
    assert result.exit_code == 2
    assert "kg.store has no article 'a.txt'" in one_line(result)


@pytest.mark.parametrize(
    "query", ["DELETE WHERE { ?s ?p ?o }", "SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }"]
)
def test_updates_and_service_are_refused(kg, here, query):
    with Store.open(here / "kg.store"):
        pass
    result = kg("query", "-", input=query)
    assert (result.exit_code, result.stdout) == (2, "")
    assert one_line(result).startswith("kg: ")


def test_a_violation_is_exit_code_1_and_on_standard_output(kg, here):
    event = "https://w3id.org/kg/id/event/1"
    (here / "bad.ttl").write_text(f"<{event}> a <https://w3id.org/kg/ontology#MissileLaunch> .\n")
    result = kg("validate", "--store", "bad.ttl")
    assert result.exit_code == 1
    assert all(line.startswith(f"{event}\t") for line in result.stdout.splitlines())
    assert "bad.ttl has" in one_line(result)


@pytest.mark.parametrize(("args", "words"), [(["-o", "/dev/full"], "/dev/full"), ([], "standard output")])
def test_a_full_disk_is_one_line(kg_process, here, args, words):
    with Store.open(here / "kg.store"):
        pass
    with open("/dev/full", "w") as full:  # noqa: PTH123
        command = [sys.executable, "-m", "kg", "stats", *args]
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, cwd=here, check=False)
    assert result.returncode == 2
    assert "cannot be written: No space left on device" in one_line(result)
    assert words in result.stderr


def test_an_output_folder_that_is_not_there_is_named(kg, here):
    with Store.open(here / "kg.store"):
        pass
    result = kg("export", "-o", "none/graph.ttl")
    assert result.exit_code == 2
    assert one_line(result) == "kg: none/graph.ttl: cannot be written: No such file or directory"


def test_a_reader_that_stops_ends_the_command_quietly(here):
    with Store.open(here / "kg.store"):
        pass
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "stats"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=here
    )
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(60) == 128 + signal.SIGPIPE


UNIGNORED = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from kg.cli import main
main()
"""


def test_the_keyboard_interrupt_ends_the_command_quietly(here):
    reading, writing = os.pipe()
    process = subprocess.Popen(
        # A shell that runs the tests in the background lets them ignore the interrupt, and they would hand that down.
        [sys.executable, "-c", UNIGNORED, "build", "-"],
        stdin=reading,
        stderr=subprocess.PIPE,
        cwd=here,
    )
    while process.poll() is None and not is_reading(process.pid):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    assert (process.stderr.read(), process.wait(60)) == (b"", 128 + signal.SIGINT)
    os.close(reading)
    os.close(writing)


def is_reading(pid):
    """Whether the process waits in a read of its standard input (system call 0 with file 0 on x86-64, 63 on ARM)."""
    with open(f"/proc/{pid}/syscall") as file:  # noqa: PTH123
        call = file.read().split()
    return call[:2] in (["0", "0x0"], ["63", "0x0"])


@pytest.mark.parametrize(
    ("args", "heavy"),
    [
        (["--help"], (*HEAVY, "pyoxigraph", "rich", "kg.graph")),
        (["build", "--help"], (*HEAVY, "pyoxigraph", "rich", "kg.graph")),
        (["query", "--list"], HEAVY),
        (["query", "-"], HEAVY),
        (["stats"], HEAVY),
    ],
)
def test_quick_commands_import_nothing_heavy(here, args, heavy):
    with Store.open(here / "kg.store"):
        pass
    program = (
        "import atexit, sys\n"
        "from kg.cli import main\n"
        f"atexit.register(lambda: print(*(m for m in {heavy!r} if m in sys.modules), file=sys.stderr))\n"
        f"main({args!r})\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], input="ASK {}", capture_output=True, text=True, cwd=here, check=False
    )
    assert (result.returncode, result.stderr.strip()) == (0, "")
