import os
import stat

import pytest

from kg.cli.console import one_line
from kg.cli.output import open_output
from kg.errors import ExportError


def test_a_file_is_written_whole(here):
    with open_output("a.txt") as stream:
        stream.write("Ω\n")
        assert not (here / "a.txt").exists()
    assert (here / "a.txt").read_bytes() == "Ω\n".encode()


def test_a_failure_leaves_the_old_file_and_nothing_else(here):
    (here / "a.txt").write_text("old")
    with pytest.raises(RuntimeError), open_output("a.txt") as stream:
        stream.write("new")
        raise RuntimeError
    assert [(p.name, p.read_text()) for p in here.iterdir()] == [("a.txt", "old")]


def test_permissions_are_those_of_a_new_file_or_of_the_old_one(here):
    old = os.umask(0o027)
    try:
        with open_output("new.txt"):
            pass
        (here / "old.txt").touch(0o600)
        with open_output("old.txt"):
            pass
    finally:
        os.umask(old)
    assert stat.S_IMODE((here / "new.txt").stat().st_mode) == 0o640
    assert stat.S_IMODE((here / "old.txt").stat().st_mode) == 0o600


def test_a_link_stays_a_link(here):
    (here / "real.txt").write_text("old")
    (here / "link.txt").symlink_to("real.txt")
    with open_output("link.txt") as stream:
        stream.write("new")
    assert (here / "link.txt").is_symlink()
    assert (here / "real.txt").read_text() == "new"


def test_a_folder_cannot_be_written(here):
    (here / "folder").mkdir()
    with pytest.raises(ExportError, match="folder: cannot be written: Is a directory"), open_output("folder"):
        pass


def test_a_message_is_one_line_that_commands_no_terminal():
    assert one_line("a\nb\x1b[31m\u202e é 김") == "a\\nb\\x1b[31m\\u202e é 김"
