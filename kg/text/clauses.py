"""Where sentences may begin, said before the parser decides."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.lang.lex_attrs import is_punct

from kg.text.reading import SEMICOLON

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BEGINS, _GOES_ON = np.uint64(1), np.uint64(2**64 - 1)  # spaCy's 1 and -1, in the type of its arrays


def part_clauses(doc: Doc) -> Doc:
    """Say where sentences begin: after each semicolon (its two sides parse better apart), else only after a mark that ends one."""
    words = [token.text for token in doc]
    starts: Any = np.zeros((len(words), 1), dtype=np.uint64)
    for index, (word, after) in enumerate(pairwise(words), 1):
        if word == SEMICOLON:
            starts[index] = _BEGINS
        elif word == "," or not (_may_end(word) or after.isspace()):
            starts[index] = _GOES_ON
    return doc.from_array(["SENT_START"], starts)


@lru_cache(maxsize=50_000)
def _may_end(word: str) -> bool:
    """Whether a sentence may end with a word: with a mark, a space or a full stop."""
    return word[-1] == "." or word.isspace() or is_punct(word)
