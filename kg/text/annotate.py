"""Article → Reading: tokens, sentences, parse and named entities, by spaCy."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from kg.errors import ModelError
from kg.model import Article
from kg.text.reading import Block, Reading

if TYPE_CHECKING:
    from spacy.language import Language

# Articles parsed together: enough to fill spaCy's batches, few enough to stream.
_BATCH = 64


def load_model(name: str) -> Language:
    """Load a spaCy model that is installed; raise `ModelError` with what to do where it is not."""
    import spacy

    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=r".*\[W095\]")  # trained with an older spaCy; works alike
            return spacy.load(name)
    except OSError as error:
        raise ModelError(f"model {name!r} is not installed; pip install it, or name another with --model") from error


def annotate(articles: Iterable[Article], nlp: Language) -> Iterator[Reading]:
    """Parse articles in order. Title and paragraphs are parsed one by one, so that none runs into the next."""
    iterator = iter(articles)
    while batch := list(islice(iterator, _BATCH)):
        texts = (article.text[start:end] for article in batch for start, end in article.blocks)
        docs = nlp.pipe(texts)
        for article in batch:
            blocks = [
                Block(article, number, start, doc, is_title=number == 0 and bool(article.title))
                for number, ((start, _), doc) in enumerate(zip(article.blocks, docs, strict=False))
            ]
            yield Reading(article, blocks)
