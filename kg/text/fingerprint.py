"""The fingerprint of an article, by which copies of one text are known when the text itself is gone."""

from __future__ import annotations

import re
from functools import cache

from datasketch import MinHash

from kg.model import Article, Fingerprint

# Runs of three words: an exchanged word spoils three of them, and two texts in words of their own share few.
RUN_WORDS = 3
# The standard error of a likeness J is sqrt(J(1 - J) / 128): four hundredths at most, for half a kilobyte an article.
PERMUTATIONS = 128
# All that the values depend on is written down, so that the fingerprints of two releases can be compared.
_SEED = 1
_SCHEME = "affine32"


def fingerprint(article: Article) -> Fingerprint:
    """Give the MinHash sketch of the runs of words in the paragraphs of an article.

    The title does not count, as every paper writes its own, unless there is nothing else; nor do case and punctuation.
    """
    titled = bool(article.title) and len(article.blocks) > 1
    runs = {run for start, end in article.blocks[titled:] for run in _runs(article.text[start:end])}
    sketch = _empty().copy()
    sketch.update_batch([run.encode() for run in sorted(runs)])
    return Fingerprint(len(runs), tuple(int(value) for value in sketch.hashvalues))


@cache
def _empty() -> MinHash:
    """Give the sketch of no runs: making its permutations costs more than all the rest."""
    return MinHash(num_perm=PERMUTATIONS, seed=_SEED, scheme=_SCHEME)


def _runs(paragraph: str) -> set[str]:
    words = re.findall(r"\w+", paragraph.casefold())
    return {" ".join(words[i : i + RUN_WORDS]) for i in range(max(1, len(words) - RUN_WORDS + 1))}
