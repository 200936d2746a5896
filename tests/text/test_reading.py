"""Where sentences begin, and what the sentence of a word is where semicolons part it."""

from __future__ import annotations

from typing import Any

import pytest

from kg.text.clauses import part_clauses

# Two sentences; the first has three parts.
PARTS = (
    "Chad/NNP/nsubj/left left/VBD/ROOT/left ;/:/punct/left Mali/NNP/nsubj/stayed stayed/VBD/ROOT/stayed ;/:/punct/stayed "
    "Peru/NNP/nsubj/slept slept/VBD/ROOT/slept ././punct/slept Cuba/NNP/nsubj/woke woke/VBD/ROOT/woke"
)
WHOLE = "Chad left ; Mali stayed ; Peru slept ."


@pytest.mark.parametrize(
    ("word", "start", "sentence"),
    [("left", 0, WHOLE), ("Mali", 0, WHOLE), ("slept", 0, WHOLE), ("woke", 9, "Cuba woke")],
)
def test_a_sentence_is_whole(read, word: str, start: int, sentence: str) -> None:
    block = read(PARTS)
    assert len(list(block.doc.sents)) == 4  # as they are parsed
    token = next(token for token in block.doc if token.text == word)
    assert block.sentence_start(token) == start
    assert block.sentence(token).text == sentence


def starts(vocab: Any, text: str) -> dict[str, bool | None]:
    from spacy.tokens import Doc

    doc = part_clauses(Doc(vocab, words=text.split(" ")))
    return {f"{doc[token.i - 1].text} {token.text}": token.is_sent_start for token in doc[1:]}


def test_sentences_begin_after_semicolons_and_marks_only(vocab) -> None:
    found = starts(vocab, "Mr. Ali left ; Peru , asleep , stayed . Cuba woke")
    assert found.pop("; Peru") is True
    assert {pair for pair, start in found.items() if start is None} == {"Mr. Ali", ". Cuba"}  # the parser decides
    assert {start for pair, start in found.items() if pair not in {"Mr. Ali", ". Cuba"}} == {False}


def test_a_line_break_may_end_a_sentence(vocab) -> None:
    assert starts(vocab, "Peru left \n Cuba stayed")["left \n"] is None
