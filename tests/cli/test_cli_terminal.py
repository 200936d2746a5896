"""The command line on a terminal: completion, colour, labels."""

import os
import pty
import subprocess
import sys

import pytest


def complete(kg_process, words, monkeypatch):
    monkeypatch.setenv("_KG_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split(" ")) - 1))
    return kg_process().stdout.split()


def test_the_shell_completes_commands_options_and_queries(kg_process, monkeypatch):
    assert complete(kg_process, "kg vi", monkeypatch) == ["plain,view"]
    assert complete(kg_process, "kg view --max", monkeypatch) == ["plain,--max-nodes"]
    assert complete(kg_process, "kg query sanc", monkeypatch) == ["plain,sanctions"]
    assert complete(kg_process, "kg view --query netw", monkeypatch) == ["plain,network"]
    assert complete(kg_process, "kg query ./mine", monkeypatch) == ["file,./mine"]
    assert complete(kg_process, "kg view --type missile", monkeypatch) == ["plain,MissileLaunch"]


def on_a_terminal(*args, **variables):
    """Give what a command writes to a terminal of 80 columns."""
    main, other = pty.openpty()
    environment = {**os.environ, "COLUMNS": "80", **variables}
    with subprocess.Popen([sys.executable, "-m", "kg", *map(str, args)], stdout=other, stderr=other, env=environment):
        os.close(other)
        shown = b""
        while part := _read(main):
            shown += part
    os.close(main)
    return shown.decode()


def _read(terminal):
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when the other end is closed
        return b""


@pytest.mark.model
def test_a_table_fits_the_terminal_and_its_head_stands_out_unless_no_colour_is_wanted(examples_store, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    args = ("query", "claims", "--store", examples_store)
    shown = on_a_terminal(*args)
    assert shown.startswith("\x1b[1m")
    assert all(len(line) <= 80 for line in shown.replace("\x1b[1m", "").replace("\x1b[0m", "").splitlines())
    assert "\x1b" not in on_a_terminal(*args, NO_COLOR="1")


@pytest.mark.model
def test_a_note_fits_the_terminal_and_sets_off_what_each_event_is_called(examples_store, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    args = ("explain", "troops", "Kursk", "--store", examples_store)
    shown = on_a_terminal(*args)
    assert "\x1b[1mNorth Korea – TroopDeployment\x1b[0m" in shown
    plain = on_a_terminal(*args, NO_COLOR="1")
    assert "\x1b" not in plain
    assert all(len(line) <= 80 or " " not in line.strip() for line in plain.splitlines())


@pytest.mark.model
def test_a_file_gets_no_colour(kg, examples_store):
    assert "\x1b" not in kg("query", "claims", "--store", examples_store).stdout


@pytest.mark.model
def test_a_table_calls_things_by_their_labels(kg, examples_store):
    asked = "SELECT DISTINCT ?who { ?e a kg:MissileLaunch ; kg:actor ?who }"
    assert "North Korea (wd:Q423)" in kg("query", "-", "--store", examples_store, input=asked).stdout
    rows = kg("query", "-", "--store", examples_store, "--format", "csv", input=asked).stdout
    assert rows.splitlines()[1:] == ["http://www.wikidata.org/entity/Q423"]
